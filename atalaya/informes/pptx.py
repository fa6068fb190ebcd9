"""Láminas de PowerPoint con gráficos nativos: se editan, llevan su error y sus huecos, y citan su fuente.

python-pptx es la biblioteca de referencia para escribir PPTX sin PowerPoint; no sabe de barras de error, que van en el
XML del gráfico (`errores_nativos`).
"""

from __future__ import annotations

import io
import math
import textwrap
from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Pt

from atalaya import catalogo, periodos
from atalaya.figuras import mapa, tema, textos
from atalaya.informes import imagen, legajo
from atalaya.informes.errores_nativos import poner_errores
from atalaya.informes.ficha import cita, pie, pie_precision
from atalaya.informes.legajo import Legajo
from atalaya.informes.vista import Vista

ANCHO: Final = int(Inches(13.333))
ALTO: Final = int(Inches(7.5))
MARGEN: Final = int(Inches(0.55))
TOPE_LUGARES: Final = 24
"""Más renglones no se leen a diez metros: ésas, y los mapas, van como la figura de la página, en imagen."""
TOPE_CUADROS: Final = 4
PUNTOS_POR_PULGADA: Final = 220
"""Los que PowerPoint conserva por omisión al guardar: una y media veces los de una pantalla de 1 920 puntos."""
LARGO_TITULO: Final = 170
LARGO_FUENTE: Final = 420
_TINTA, _TENUE, _MARCA = RGBColor(0x1C, 0x28, 0x33), RGBColor(0x44, 0x52, 0x5E), RGBColor(0x11, 0x55, 0x68)
_MARCADORES: Final = (
    XL_MARKER_STYLE.CIRCLE,
    XL_MARKER_STYLE.SQUARE,
    XL_MARKER_STYLE.TRIANGLE,
    XL_MARKER_STYLE.DIAMOND,
)


def pptx(vista: Vista | Legajo) -> bytes:
    """La lámina de una vista."""
    return laminas([(vista, "", "")])


def laminas(vistas: Sequence[tuple[Vista | Legajo, str, str]]) -> bytes:
    """Una lámina por (vista, título, nota). Sin título, lo que la prueba sostiene o, si no prueba nada, el de la vista.

    El gráfico lleva los valores del acervo, con sus huecos, y barras de error con los límites de su intervalo.
    """
    archivo = Presentation()
    archivo.slide_width, archivo.slide_height = Emu(ANCHO), Emu(ALTO)
    archivo.core_properties.author, archivo.core_properties.language = "Atalaya", "es-MX"
    for vista, titulo, nota in vistas:
        _lamina(archivo, vista, titulo, nota)
    salida = io.BytesIO()
    archivo.save(salida)
    return salida.getvalue()


def _lamina(archivo: Any, vista: Vista | Legajo, titulo: str, nota: str) -> None:
    lamina = archivo.slides.add_slide(archivo.slide_layouts[5])  # sólo título
    dicho = titulo or _hallazgo(vista)
    _texto_en(lamina.shapes.title, dicho, 28, _TINTA, negrita=True)
    forma = lamina.shapes.title
    forma.left, forma.top, forma.width, forma.height = (
        Emu(v) for v in (MARGEN, 274_320, ANCHO - 2 * MARGEN, 1_051_560)
    )
    if dicho != vista.titulo:
        _caja(lamina, vista.titulo, 18, _TENUE, int(Inches(1.45)), int(Inches(0.5)))
    arriba, abajo = int(Inches(2.0)), int(Inches(6.35))
    cuadros = _cuadros(vista)
    if cuadros:
        _graficos(lamina, cuadros, arriba, abajo - arriba)
    elif vista.figura:
        _imagen(lamina, vista, arriba, abajo - arriba)
    else:
        _caja(lamina, vista.alternativo(), 20, _TINTA, arriba, abajo - arriba)
    _pie(lamina, vista)
    fuente = cita(vista.tabla) if isinstance(vista, Vista) else legajo.cita(vista)
    lamina.notes_slide.notes_text_frame.text = f"{nota}\n\n{vista.alternativo()}\n\n{fuente}".strip()


def _hallazgo(vista: Vista | Legajo) -> str:
    if isinstance(vista, Vista):
        return next((h for h in vista.hallazgos() if len(h) <= LARGO_TITULO), vista.titulo)
    return vista.titulo


def _cuadros(vista: Vista | Legajo) -> list[tuple[str, pd.DataFrame]]:
    """De cada indicador, sus filas con `valor`, `inf` y `sup`; vacía si la vista no cabe en gráficos que se lean."""
    if not isinstance(vista, Vista) or vista.archivo.startswith("atalaya_mapa"):
        return []
    cuadros = []
    for clave, suyas in vista.tabla.groupby("indicador", sort=False):
        uno = catalogo.indicador(str(clave))
        de = ("tasa_100k", "tasa_inf", "tasa_sup") if uno.es_conteo else ("valor_pct", "ic_inf", "ic_sup")
        if any(columna not in suyas for columna in de) or suyas["nombre"].nunique() > TOPE_LUGARES:
            return []
        filas = suyas.assign(
            **dict(zip(("valor", "inf", "sup"), (suyas[c].astype("float64") for c in de), strict=True))
        )
        unidad = f"{uno.unidad} por 100 mil habitantes" if uno.es_conteo else uno.unidad
        cuadros.append((f"{uno.nombre} ({unidad})", filas))
    hay = all(filas["valor"].notna().any() for _, filas in cuadros)
    return cuadros if hay and len(cuadros) <= TOPE_CUADROS else []


def _graficos(lamina: Any, cuadros: Sequence[tuple[str, pd.DataFrame]], arriba: int, alto: int) -> None:
    """Los gráficos, en una o dos columnas."""
    columnas = 1 if len(cuadros) == 1 else 2
    renglones = -(-len(cuadros) // columnas)
    ancho_de, alto_de = (ANCHO - 2 * MARGEN) // columnas, alto // renglones
    for k, (titulo, filas) in enumerate(cuadros):
        x, y = MARGEN + (k % columnas) * ancho_de, arriba + (k // columnas) * alto_de
        _grafico(lamina, titulo if len(cuadros) > 1 else "", filas, (x, y, ancho_de, alto_de), renglones > 1)


def _grafico(lamina: Any, titulo: str, filas: pd.DataFrame, donde: tuple[int, int, int, int], apretado: bool) -> None:
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
        series = [(titulo or "Cifra", en_orden)]
        tipo = XL_CHART_TYPE.BAR_CLUSTERED
    datos = CategoryChartData(number_format="0.0")
    datos.categories = categorias
    for nombre, suyas in series:
        datos.add_series(nombre, [None if pd.isna(v) else float(v) for v in suyas["valor"]])
    marco = lamina.shapes.add_chart(tipo, *donde, datos)
    marco._element.nvGraphicFramePr.cNvPr.set("descr", _alternativo(titulo, filas))
    grafico = marco.chart
    _vestir(grafico, titulo, len(series), en_el_tiempo, 10 if apretado else 14)
    grafico.value_axis.maximum_scale = _tope(filas)
    if en_el_tiempo:
        _saltar_rotulos(grafico, -(-len(categorias) // (6 if apretado else 13)))
    for k, (serie, (_, suyas)) in enumerate(zip(grafico.plots[0].series, series, strict=True)):
        color = RGBColor.from_string(tema.CLARO.series[k % len(tema.CLARO.series)].lstrip("#"))
        _serie(serie, color, k, en_el_tiempo)
        poner_errores(serie, suyas["valor"] - suyas["inf"], suyas["sup"] - suyas["valor"])


def _tope(filas: pd.DataFrame) -> float:
    """El primer número redondo en que caben todos los intervalos."""
    mayor = float(filas[["valor", "sup"]].max().max())
    paso = 10 ** math.floor(math.log10(mayor)) / 2 if mayor > 0 else 1.0
    return math.ceil(mayor / paso) * paso


def _saltar_rotulos(grafico: Any, cada: int) -> None:
    """Un rótulo de cada tantos en el eje del tiempo, para que no se encimen."""
    eje = grafico.category_axis._element
    for nombre in ("c:tickLblSkip", "c:tickMarkSkip"):
        marca = eje.makeelement(qn(nombre), {"val": str(max(1, cada))})
        eje.find(qn("c:noMultiLvlLbl")).addprevious(marca)


def _vestir(grafico: Any, titulo: str, series: int, en_el_tiempo: bool, puntos: int) -> None:
    """Letra legible, ejes sin adornos y leyenda sólo si hay qué distinguir."""
    grafico.font.size, grafico.font.color.rgb = Pt(puntos + 2), _TINTA
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
    rotulos.font.color.rgb, rotulos.font.bold = RGBColor(0xFF, 0xFF, 0xFF), True


def _alternativo(titulo: str, filas: pd.DataFrame) -> str:
    """Lo que se lee del gráfico sin verlo: las cifras con su intervalo, las diez primeras."""
    dichos = [
        f"{f['nombre']}, {periodos.nombre(f['periodo'])}: {textos.numero(f['valor'])} "
        f"({textos.intervalo(f['inf'], f['sup'])})"
        for f in filas.head(10).to_dict("records")
    ]
    return f"{titulo or 'Gráfico'}. {'; '.join(dichos)}."


def _imagen(lamina: Any, vista: Vista | Legajo, arriba: int, alto: int) -> None:
    """La figura de la página, centrada, con su texto alternativo, a los puntos que caben donde va."""
    assert vista.figura is not None  # noqa: S101 - lo miró quien llama
    svg = imagen.dibujo({**mapa.incrustar(vista.figura().vegalite()), "background": None})
    suyo_ancho, suyo_alto = imagen.medidas(svg)
    escala = min((ANCHO - 2 * MARGEN) / suyo_ancho, alto / suyo_alto)  # EMU por píxel de la figura
    puntos = imagen.en_puntos(svg, escala / int(Inches(1)) * PUNTOS_POR_PULGADA)
    ancho_de, alto_de = int(suyo_ancho * escala), int(suyo_alto * escala)
    donde = (ANCHO - ancho_de) // 2, arriba + (alto - alto_de) // 2
    dibujo = lamina.shapes.add_picture(io.BytesIO(puntos), *donde, ancho_de, alto_de)
    dibujo._element.nvPicPr.cNvPr.set("descr", vista.alternativo())


def _pie(lamina: Any, vista: Vista | Legajo) -> None:
    """Fuente, precisión, entrevistas, versión del acervo y el enlace a la vista."""
    if isinstance(vista, Vista):
        partes = [pie(vista.tabla), pie_precision(vista.tabla), _entrevistas(vista.tabla), f"Acervo {vista.version}."]
    else:
        partes = [f"Fuente: {legajo.cita(vista)}"]
    dicho = textwrap.shorten(" ".join(filter(None, partes)), LARGO_FUENTE, placeholder=" […] Entera, en las notas.")
    caja = _caja(lamina, f"{dicho} ", 12, _TENUE, int(Inches(6.45)), int(Inches(0.9)))
    if "://" in vista.enlace:
        tramo = caja.text_frame.paragraphs[0].add_run()
        tramo.text, tramo.font.size, tramo.hyperlink.address = "Ver la vista en Atalaya", Pt(12), vista.enlace


def _entrevistas(tabla: pd.DataFrame) -> str:
    n = tabla["n"].dropna() if "n" in tabla else pd.Series(dtype="float64")
    if n.empty:
        return ""
    return f"Entrevistas por cifra: {textos.entero(n.min())}" + (
        f" a {textos.entero(n.max())}." if n.min() < n.max() else "."
    )


def _caja(lamina: Any, dicho: str, puntos: int, color: RGBColor, arriba: int, alto: int) -> Any:
    caja = lamina.shapes.add_textbox(MARGEN, arriba, ANCHO - 2 * MARGEN, alto)
    _texto_en(caja, dicho, puntos, color)
    return caja


def _texto_en(forma: Any, dicho: str, puntos: int, color: RGBColor, negrita: bool = False) -> None:
    marco = forma.text_frame
    marco.word_wrap, marco.vertical_anchor = True, MSO_ANCHOR.TOP
    marco.text = dicho
    letra = marco.paragraphs[0].font
    # Un hallazgo largo baja de cuerpo antes que salirse de su caja.
    letra.size = Pt(puntos if len(dicho) <= 110 or puntos < 20 else puntos - 4)
    letra.bold, letra.color.rgb = negrita, color
    marco.paragraphs[0].alignment = PP_ALIGN.LEFT
