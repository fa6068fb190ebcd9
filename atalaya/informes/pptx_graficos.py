"""Los gráficos nativos de una lámina: se editan en PowerPoint, llevan el error de cada punto y dejan sus huecos."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.oxml.ns import qn
from pptx.util import Pt

from atalaya import catalogo, periodos
from atalaya.figuras import tema, textos
from atalaya.idiomas import tr
from atalaya.informes.errores_nativos import poner_errores
from atalaya.informes.proyectable import TOPE_LUGARES, Lista
from atalaya.informes.vista import Vista

TOPE_CUADROS: Final = 4
EN_CUARTO: Final = 6
"""Más barras no se leen en un cuarto de lámina: van menos indicadores, más grandes."""
DEMASIADOS: Final = 6
"""Con más indicadores no hay cuatro que hablen por todos: va la figura de la página, que los resume."""
EN_COLUMNA: Final = 12
"""Más barras en una columna no se leen a diez metros: se parten en dos."""
TINTA: Final = RGBColor(0x1C, 0x28, 0x33)
BLANCO: Final = RGBColor(0xFF, 0xFF, 0xFF)
_MARCADORES: Final = (
    XL_MARKER_STYLE.CIRCLE,
    XL_MARKER_STYLE.SQUARE,
    XL_MARKER_STYLE.TRIANGLE,
    XL_MARKER_STYLE.DIAMOND,
)
Sitio = tuple[int, int, int, int]
"""Izquierda, arriba, ancho y alto, en EMU."""


def cuadros(vista: Vista) -> tuple[list[tuple[str, pd.DataFrame]], str]:
    """De cada indicador, sus filas con `valor`, `inf` y `sup`, y qué se dejó fuera; vacía si no cabe en gráficos.

    Un indicador sin ninguna cifra no lleva gráfico: se dice.
    """
    if vista.archivo.startswith("atalaya_mapa"):
        return [], ""
    hechos, vacios = [], []
    for clave, suyas in vista.tabla.groupby("indicador", sort=False):
        uno = catalogo.indicador(str(clave))
        de = ("tasa_100k", "tasa_inf", "tasa_sup") if uno.es_conteo else ("valor_pct", "ic_inf", "ic_sup")
        if any(columna not in suyas for columna in de) or suyas["nombre"].nunique() > TOPE_LUGARES:
            return [], ""
        filas = suyas.assign(
            **dict(zip(("valor", "inf", "sup"), (suyas[c].astype("float64") for c in de), strict=True))
        )
        unidad = tr("{unidad} por 100 mil habitantes", unidad=uno.unidad_dicha) if uno.es_conteo else uno.unidad_dicha
        if filas["valor"].notna().any():
            hechos.append((f"{uno.nombre} ({unidad})", filas))
        else:
            vacios.append(uno.nombre)
    if len(hechos) > DEMASIADOS:
        return [], ""
    tope = _cuantos_caben([filas for _, filas in hechos])
    dichos = (
        [tr("Se muestran {tope} de {hechos} indicadores.", tope=tope, hechos=len(hechos))] if len(hechos) > tope else []
    )
    if hechos and vacios:
        dichos.append(tr("Sin ninguna cifra: {vacios}.", vacios=textos.lista(vacios)))
    return hechos[:tope], " ".join(dichos)


def _cuantos_caben(tablas: Sequence[pd.DataFrame]) -> int:
    barras = max((len(filas) for filas in tablas if filas["periodo"].nunique() <= 2), default=0)
    if barras > EN_COLUMNA:
        return 1
    return TOPE_CUADROS if barras <= EN_CUARTO else 2


def graficos(lamina: Any, hechos: Sequence[tuple[str, pd.DataFrame]], sitio: Sitio) -> None:
    """Los de `cuadros`, en una o dos columnas; uno solo con muchas barras, partido en dos con el mismo eje."""
    if len(hechos) == 1 and _son_muchas(hechos[0][1]):
        _en_dos(lamina, hechos[0][1], sitio, None)
        return
    columnas = 1 if len(hechos) == 1 else 2
    renglones = -(-len(hechos) // columnas)
    x0, y0, ancho, alto = sitio
    ancho_de, alto_de = ancho // columnas, alto // renglones
    for k, (titulo, filas) in enumerate(hechos):
        donde = (x0 + (k % columnas) * ancho_de, y0 + (k // columnas) * alto_de, ancho_de, alto_de)
        _grafico(lamina, titulo if len(hechos) > 1 else "", filas, donde, renglones > 1)


def clasificados(lamina: Any, una: Lista, sitio: Sitio) -> None:
    """Una clasificación: el número de cada lugar en su rótulo, y las marcadas y la nacional de otro color."""
    rotulos = [
        str(n) if pd.isna(p) else f"{int(p)}. {n}"
        for p, n in zip(una.filas["posicion"], una.filas["nombre"], strict=True)
    ]
    valores = {"valor": una.filas["valor_pct"], "inf": una.filas["ic_inf"], "sup": una.filas["ic_sup"]}
    filas = una.filas.assign(nombre=rotulos, **{c: v.astype("float64") for c, v in valores.items()})
    if _son_muchas(filas):
        _en_dos(lamina, filas, sitio, una.marcadas)
    else:
        _grafico(lamina, "", filas, sitio, False, marcadas=una.marcadas)


def _son_muchas(filas: pd.DataFrame) -> bool:
    return bool(filas["periodo"].nunique() <= 2 and len(filas) > EN_COLUMNA)


def _en_dos(lamina: Any, filas: pd.DataFrame, sitio: Sitio, marcadas: Sequence[str] | None) -> None:
    x, y, ancho, alto = sitio
    corte, tope = -(-len(filas) // 2), _tope(filas)
    for k, mitad in enumerate((filas.iloc[:corte], filas.iloc[corte:])):
        donde = (x + k * (ancho // 2), y, ancho // 2, alto)
        _grafico(lamina, "", mitad, donde, False, marcadas=marcadas, tope=tope)


def _grafico(
    lamina: Any,
    titulo: str,
    filas: pd.DataFrame,
    donde: Sitio,
    apretado: bool,
    marcadas: Sequence[str] | None = None,
    tope: float | None = None,
) -> None:
    categorias: list[str]
    en_el_tiempo = filas["periodo"].nunique() > 2
    if en_el_tiempo:
        cuando = sorted(filas["periodo"].unique(), key=periodos.clave_orden)
        calendario = periodos.rango(cuando[0], cuando[-1])
        categorias = [periodos.corto(p) for p in calendario]
        series = [(str(n), s.set_index("periodo").reindex(calendario)) for n, s in filas.groupby("nombre", sort=False)]
        tipo = XL_CHART_TYPE.LINE_MARKERS
    else:
        # De arriba abajo, como en la página: PowerPoint pone la primera categoría abajo.
        en_orden = filas.iloc[::-1]
        cuales = en_orden["periodo"].map(periodos.nombre)
        varios = en_orden["periodo"].nunique() > 1
        categorias = [f"{n}, {p}" if varios else str(n) for n, p in zip(en_orden["nombre"], cuales, strict=True)]
        series = [(titulo or tr("Cifra"), en_orden)]
        tipo = XL_CHART_TYPE.BAR_CLUSTERED
    datos = CategoryChartData(number_format="0.0")
    datos.categories = categorias
    for nombre, suyas in series:
        datos.add_series(nombre, [None if pd.isna(v) else float(v) for v in suyas["valor"]])
    marco = lamina.shapes.add_chart(tipo, *donde, datos)
    marco._element.nvGraphicFramePr.cNvPr.set("descr", _alternativo(titulo, filas))
    grafico = marco.chart
    vestir(grafico, titulo, len(series), en_el_tiempo, 10 if apretado else 14)
    grafico.value_axis.maximum_scale = tope or _tope(filas)
    saltar_rotulos(grafico, -(-len(categorias) // (6 if apretado else 13)) if en_el_tiempo else 1)
    if not en_el_tiempo:
        grafico.plots[0].gap_width = 40  # la cifra va dentro de la barra
    for k, (serie, (_, suyas)) in enumerate(zip(grafico.plots[0].series, series, strict=True)):
        color = color_de(tema.CLARO.series[k % len(tema.CLARO.series)])
        _serie(serie, color, k, en_el_tiempo)
        poner_errores(serie, suyas["valor"] - suyas["inf"], suyas["sup"] - suyas["valor"])
        if marcadas is not None and not en_el_tiempo:
            _marcar(serie, suyas, marcadas)


def _marcar(serie: Any, filas: pd.DataFrame, marcadas: Sequence[str]) -> None:
    """Las marcadas, del color de la figura de la página; la nacional, que no tiene lugar en la lista, de otro."""
    serie.format.fill.fore_color.rgb = color_de(tema.CLARO.tenue)
    for k, (lugar, posicion) in enumerate(zip(filas["lugar"], filas["posicion"], strict=True)):
        if lugar in marcadas or pd.isna(posicion):
            relleno = serie.points[k].format.fill
            relleno.solid()
            relleno.fore_color.rgb = color_de(tema.CLARO.acento if lugar in marcadas else tema.CLARO.series[1])


def _tope(filas: pd.DataFrame) -> float:
    """El primer número redondo en que caben todos los intervalos."""
    mayor = float(filas[["valor", "sup"]].max().max())
    paso = 10 ** math.floor(math.log10(mayor)) / 2 if mayor > 0 else 1.0
    return math.ceil(mayor / paso) * paso


def saltar_rotulos(grafico: Any, cada: int) -> None:
    """Un rótulo de cada tantos: en el tiempo, para que no se encimen; en barras, todos, que si no se quitan solos."""
    eje = grafico.category_axis._element
    for nombre in ("c:tickLblSkip", "c:tickMarkSkip"):
        marca = eje.makeelement(qn(nombre), {"val": str(max(1, cada))})
        eje.find(qn("c:noMultiLvlLbl")).addprevious(marca)


def vestir(grafico: Any, titulo: str, series: int, en_el_tiempo: bool, puntos: int) -> None:
    """Letra legible, ejes sin adornos y leyenda sólo si hay qué distinguir."""
    grafico.font.size, grafico.font.color.rgb = Pt(puntos + 2), TINTA
    grafico.has_title = bool(titulo)
    if titulo:
        grafico.chart_title.text_frame.text = titulo
        grafico.chart_title.text_frame.paragraphs[0].runs[0].font.size = Pt(puntos + 2)
    grafico.has_legend = series > 1
    if series > 1:
        grafico.legend.position, grafico.legend.include_in_layout = XL_LEGEND_POSITION.BOTTOM, False
        grafico.legend.font.size = Pt(puntos)
    valores = grafico.value_axis
    valores.has_major_gridlines, valores.tick_labels.font.size = True, Pt(puntos)
    valores.major_gridlines.format.line.color.rgb = RGBColor(0xD9, 0xDF, 0xE3)
    valores.minimum_scale = 0
    grafico.category_axis.tick_labels.font.size = Pt(puntos)
    grafico.category_axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW


def _serie(serie: Any, color: RGBColor, cual: int, en_el_tiempo: bool) -> None:
    if en_el_tiempo:
        serie.format.line.color.rgb, serie.format.line.width, serie.smooth = color, Pt(2.5), False
        serie.marker.style, serie.marker.size = _MARCADORES[cual % len(_MARCADORES)], 8
        serie.marker.format.fill.solid()
        serie.marker.format.fill.fore_color.rgb = color
        return
    serie.format.fill.solid()
    serie.format.fill.fore_color.rgb = color
    rotulos = serie.data_labels
    rotulos.show_value, rotulos.number_format, rotulos.number_format_is_linked = True, "0.0", False
    rotulos.position, rotulos.font.size = XL_LABEL_POSITION.INSIDE_BASE, Pt(14)
    rotulos.font.color.rgb, rotulos.font.bold = BLANCO, True


def _alternativo(titulo: str, filas: pd.DataFrame) -> str:
    """Lo que se lee del gráfico sin verlo: las cifras con su intervalo, las diez primeras."""
    dichos = [
        f"{f['nombre']}, {periodos.nombre(f['periodo'])}: {textos.numero(f['valor'])} "
        f"({textos.intervalo(f['inf'], f['sup'])})"
        for f in filas.head(10).to_dict("records")
    ]
    return f"{titulo or tr('Gráfico')}. {'; '.join(dichos)}."


def color_de(de_tema: str) -> RGBColor:
    """Un color del tema («#c2410c»), como lo pide python-pptx."""
    return RGBColor.from_string(de_tema.lstrip("#"))
