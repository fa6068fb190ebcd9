"""PNG y SVG de una vista: la misma figura de la pantalla, con título, pie de fuente y enlace dentro."""

from __future__ import annotations

import html
import re
import textwrap
from typing import Any, Final

import vl_convert

from atalaya.figuras import mapa
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import tr
from atalaya.informes.ficha import pie, pie_precision
from atalaya.informes.vista import Vista

ANCHO: Final = 960
ESCALA: Final = 2.0  # 1 920 px de ancho o más: nítida en una proyección
_LETRAS_POR_RENGLON: Final = 118
_ORILLA: Final = 8.0
"""Píxeles de mapa que quedan fuera de su cuadro: más que el contorno más grueso, para que el corte no se vea."""
_DEL_ANCHO: Final = re.compile(r"([\d.]+) \* width")


def png(vista: Vista, escala: float = ESCALA) -> bytes:
    """La figura en PNG; por omisión, al doble de su tamaño."""
    return en_puntos(dibujo(_lamina(vista)), escala)


def svg(vista: Vista) -> bytes:
    """La figura en SVG, con su texto alternativo como `<title>` y `<desc>`."""
    return accesible(dibujo(_lamina(vista)), vista.titulo, vista.alternativo())


def dibujo(spec: dict[str, Any]) -> str:
    """El SVG de un Vega-Lite con sus datos dentro (`mapa.incrustar`)."""
    return str(vl_convert.vegalite_to_svg(_fijado(spec)))


def medidas(svg_: str) -> tuple[float, float]:
    """Ancho y alto, en píxeles, de un SVG de `dibujo`."""
    cabeza = svg_[: svg_.index(">")]
    ancho, alto = (re.search(rf'\b{lado}="([\d.]+)"', cabeza) for lado in ("width", "height"))
    assert ancho and alto  # noqa: S101 - vl-convert siempre las escribe
    return float(ancho[1]), float(alto[1])


def en_puntos(svg_: str, escala: float) -> bytes:
    """El PNG de un SVG de `dibujo`."""
    return bytes(vl_convert.svg_to_png(svg_, scale=escala))


def accesible(svg_: str, titulo: str, alternativo: str) -> bytes:
    """Un SVG con su título y su texto alternativo dentro."""
    inicio = svg_.index(">", svg_.index("<svg")) + 1
    dichos = f"<title>{html.escape(titulo)}</title><desc>{html.escape(alternativo)}</desc>"
    return (svg_[:inicio] + dichos + svg_[inicio:]).encode("utf-8")


def _fijado(nodo: Any, ancho: float | None = None) -> Any:
    """Lo que una figura de tamaño fijo necesita para dibujarse dentro de otra. `ancho`: el del cuadro en que se está.

    Los tramos «0.66 * width» de una escala se calculan: dentro de otra figura Vega no conoce el ancho de cada una y los
    da por cero, con todas las cifras encimadas. Cada mapa se corta a su cuadro: sin el corte, un recuadro lleva el país
    entero escondido, y quien lo pasa a puntos reserva un lienzo de ese tamaño: las comunas tardaban el doble.
    """
    if isinstance(nodo, list):
        return [_fijado(parte, ancho) for parte in nodo]
    if not isinstance(nodo, dict):
        return nodo
    if ancho is not None and set(nodo) == {"expr"} and (parte := _DEL_ANCHO.fullmatch(str(nodo["expr"]))):
        return float(parte[1]) * ancho
    propio, alto = nodo.get("width"), nodo.get("height")
    ancho = propio if isinstance(propio, int | float) else ancho
    hecho = {c: v if c in ("datasets", "values") else _fijado(v, ancho) for c, v in nodo.items()}
    if "projection" in nodo and isinstance(propio, int | float) and isinstance(alto, int | float):
        corte = [[-_ORILLA, -_ORILLA], [propio + _ORILLA, alto + _ORILLA]]
        hecho["projection"] = {**nodo["projection"], "clipExtent": corte}
    return hecho


def _lamina(vista: Vista) -> dict[str, Any]:
    dicho = tr(
        "{pie} {pie_precision} Elaborado con Atalaya.", pie=pie(vista.tabla), pie_precision=pie_precision(vista.tabla)
    )
    return lamina(vista.figura(), vista.titulo, vista.subtitulo, dicho)


def lamina(figura: Figura, titulo: str, subtitulo: str, dicho: str) -> dict[str, Any]:
    """El Vega-Lite de una figura con título, subtítulo y, debajo, lo `dicho` de su fuente."""
    spec = mapa.incrustar(figura.vegalite())
    spec["title"] = {
        "text": textwrap.wrap(titulo, 84),
        "subtitle": textwrap.wrap(subtitulo, _LETRAS_POR_RENGLON),
        "anchor": "start",
        "frame": "bounds",
        "offset": 18,
        "fontSize": 22,
        "subtitleFontSize": 15,
        "subtitlePadding": 6,
    }
    spec["padding"] = 24
    return _con_pie(spec, textwrap.wrap(dicho, _LETRAS_POR_RENGLON))


def _con_pie(spec: dict[str, Any], renglones: list[str]) -> dict[str, Any]:
    """La figura dentro de una columna con el pie debajo; lo que es de la página entera sube un nivel."""
    arriba = ("$schema", "config", "datasets", "background", "padding", "usermeta", "autosize")
    fuera = {clave: spec.pop(clave) for clave in arriba if clave in spec}
    titulo = spec.pop("title")
    texto = {
        "data": {"values": [{}]},
        "mark": {"type": "text", "align": "left", "baseline": "top", "fontSize": 12, "lineHeight": 16},
        "encoding": {"text": {"value": renglones}, "x": {"value": 0}, "y": {"value": 0}},
        "width": 1,  # el texto se sale de su cuadro y no ensancha la lámina
        "height": 16 * len(renglones),
    }
    return {**fuera, "title": titulo, "vconcat": [spec, texto], "spacing": 22}
