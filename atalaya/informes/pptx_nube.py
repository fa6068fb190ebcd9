"""La dispersión de ciudades y los coeficientes de una lámina, en gráficos nativos."""

from __future__ import annotations

import math
from typing import Any, Final

import pandas as pd
from pptx.chart.data import CategoryChartData, XyChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION, XL_MARKER_STYLE
from pptx.util import Pt

from atalaya.figuras import tema, textos
from atalaya.idiomas import tr
from atalaya.informes.errores_nativos import poner_errores
from atalaya.informes.pptx_graficos import BLANCO, TINTA, Sitio, color_de, saltar_rotulos, vestir
from atalaya.informes.proyectable import Nube

CON_NOMBRE: Final = 12
"""Hasta cuántos puntos de una dispersión llevan su nombre y su error; con más, sólo la ciudad elegida."""


def dispersion(lamina: Any, una: Nube, sitio: Sitio) -> None:
    """Un punto por ciudad, la elegida encima con su error y su nombre, y la recta entre todas.

    Con pocas ciudades, todas llevan nombre y error; con muchas taparían los puntos, como en la página.
    """
    pocas = len(una.puntos) <= CON_NOMBRE
    demas = tr("Las demás")
    series = [(demas, una.puntos[~una.puntos["foco"].astype(bool)])]
    series += [(str(n), filas) for n, filas in una.puntos[una.puntos["foco"].astype(bool)].groupby("nombre")]
    series = [(nombre, filas) for nombre, filas in series if len(filas)]
    datos = XyChartData(number_format="0.0")
    for nombre, filas in [*series, *([(tr("Recta entre todas"), una.recta)] if len(una.recta) else [])]:
        suya = datos.add_series(nombre)
        for x, y in zip(filas["x"], filas["y"], strict=True):
            suya.add_data_point(float(x), float(y))
    marco = lamina.shapes.add_chart(XL_CHART_TYPE.XY_SCATTER, *sitio, datos)
    marco._element.nvGraphicFramePr.cNvPr.set("descr", _alternativo_nube(una))
    grafico = marco.chart
    grafico.font.size, grafico.font.color.rgb = Pt(14), TINTA
    _poner_titulo(grafico, una.titulo)
    grafico.has_legend = False
    for eje, columna, rotulo in zip((grafico.category_axis, grafico.value_axis), "xy", una.ejes, strict=True):
        _eje_de_nube(eje, una.puntos[columna], rotulo)
    dibujadas = list(grafico.plots[0].series)
    for serie, (nombre, filas) in zip(dibujadas, series, strict=False):
        _puntos(serie, filas, nombre != demas, pocas)
    if len(una.recta):
        _recta(dibujadas[-1])


def _puntos(serie: Any, filas: pd.DataFrame, elegida: bool, pocas: bool) -> None:
    color = color_de(tema.CLARO.acento if elegida else tema.CLARO.neutro)
    serie.format.line.fill.background()
    serie.marker.style, serie.marker.size = XL_MARKER_STYLE.CIRCLE, 14 if elegida else 8
    serie.marker.format.fill.solid()
    serie.marker.format.fill.fore_color.rgb = color
    serie.marker.format.line.color.rgb = BLANCO
    if not (elegida or pocas):
        return
    for k, nombre in enumerate(filas["nombre"]):
        rotulo = serie.points[k].data_label
        rotulo.text_frame.text, rotulo.position = str(nombre), XL_LABEL_POSITION.RIGHT
        rotulo.text_frame.word_wrap = False
        letra = rotulo.text_frame.paragraphs[0].runs[0].font
        letra.size, letra.bold, letra.color.rgb = Pt(14), elegida, color if elegida else TINTA
    for eje in "xy":
        valor, inf, sup = (filas[c].astype("float64") for c in (eje, f"{eje}_inf", f"{eje}_sup"))
        poner_errores(serie, valor - inf, sup - valor, eje)


def _recta(serie: Any) -> None:
    serie.marker.style = XL_MARKER_STYLE.NONE
    serie.format.line.color.rgb, serie.format.line.width = color_de(tema.CLARO.referencia), Pt(2)
    serie.smooth = False


def _eje_de_nube(eje: Any, valores: pd.Series, rotulo: str) -> None:
    """De cinco en cinco, con aire para que ningún punto toque el borde; los mismos límites que en la página."""
    eje.minimum_scale = max(0.0, (float(valores.min()) - 2) // 5 * 5)
    eje.maximum_scale = min(100.0, -(-(float(valores.max()) + 2) // 5) * 5)
    eje.has_title, eje.axis_title.text_frame.text = True, rotulo
    letra = eje.axis_title.text_frame.paragraphs[0].runs[0].font
    letra.size, letra.bold = Pt(14), False
    eje.tick_labels.font.size, eje.tick_labels.number_format = Pt(14), "0"
    eje.tick_labels.number_format_is_linked = False
    eje.has_major_gridlines = True
    eje.major_gridlines.format.line.color.rgb = RGBColor(0xD9, 0xDF, 0xE3)


def coeficientes(lamina: Any, tabla: pd.DataFrame, sitio: Sitio) -> None:
    """Dos barras por par, entre ciudades y dentro de cada una, con su intervalo; huecas si no se distinguen de cero."""
    orden = list(dict.fromkeys(tabla["rotulo"]))[::-1]  # PowerPoint pone la primera abajo
    datos = CategoryChartData(number_format="0.00")
    datos.categories = [rotulo.replace("\n", " ") for rotulo in orden]
    tipos = list(dict.fromkeys(tabla["tipo_dicho"]))[::-1]
    filas = {tipo: tabla[tabla["tipo_dicho"] == tipo].set_index("rotulo").reindex(orden) for tipo in tipos}
    for tipo in tipos:
        datos.add_series(tipo, [None if pd.isna(v) else float(v) for v in filas[tipo]["coeficiente"]])
    marco = lamina.shapes.add_chart(XL_CHART_TYPE.BAR_CLUSTERED, *sitio, datos)
    titulo = tr("Puntos de la segunda cifra por cada punto de la primera")
    dichos = [
        f"{f['rotulo']}, {f['tipo_dicho'].lower()}: {textos.con_signo(f['coeficiente'])}"
        for f in tabla.to_dict("records")
    ]
    marco._element.nvGraphicFramePr.cNvPr.set("descr", f"{titulo}. {'; '.join(dichos)}.".replace("\n", " "))
    grafico = marco.chart
    vestir(grafico, titulo, len(tipos), False, 14)
    grafico.value_axis.minimum_scale = math.floor(min(0.0, float(tabla["ic_inf"].min())) * 4) / 4
    grafico.value_axis.maximum_scale = math.ceil(max(0.0, float(tabla["ic_sup"].max())) * 4) / 4
    grafico.value_axis.tick_labels.number_format, grafico.value_axis.tick_labels.number_format_is_linked = "0.0", False
    saltar_rotulos(grafico, 1)
    grafico.plots[0].gap_width = 60
    for k, (serie, tipo) in enumerate(zip(grafico.plots[0].series, tipos, strict=True)):
        suyas, color = filas[tipo], color_de(tema.CLARO.series[k])
        serie.format.fill.solid()
        serie.format.fill.fore_color.rgb, serie.format.line.color.rgb = color, color
        serie.invert_if_negative = False
        for n, firme in enumerate(suyas["firme"]):
            if firme is False or firme == 0:
                punto = serie.points[n].format
                punto.fill.solid()
                punto.fill.fore_color.rgb, punto.line.color.rgb = BLANCO, color
        poner_errores(serie, suyas["coeficiente"] - suyas["ic_inf"], suyas["ic_sup"] - suyas["coeficiente"])


def _alternativo_nube(una: Nube) -> str:
    dichos = [
        tr("{nombre}: {x:.1f} y {y:.1f}", nombre=f["nombre"], x=f["x"], y=f["y"])
        for f in una.puntos[una.puntos["foco"]].to_dict("records")
    ]
    return tr(
        "Dispersión de {puntos} ciudades: {ejes} contra {ejes_2}. {dichos}",
        puntos=len(una.puntos),
        ejes=una.ejes[0],
        ejes_2=una.ejes[1],
        dichos="; ".join(dichos),
    )


def _poner_titulo(grafico: Any, titulo: str) -> None:
    grafico.has_title = bool(titulo)
    if titulo:
        grafico.chart_title.text_frame.text = titulo
        grafico.chart_title.text_frame.paragraphs[0].runs[0].font.size = Pt(16)
