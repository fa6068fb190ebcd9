"""PNG y SVG de una vista: la misma figura de la pantalla, con título, pie de fuente y enlace dentro."""

from __future__ import annotations

import html
import textwrap
from typing import Any, Final

import vl_convert

from atalaya.figuras import mapa
from atalaya.figuras.plantilla import Figura
from atalaya.informes.ficha import pie, pie_precision
from atalaya.informes.vista import Vista

ANCHO: Final = 960
ESCALA: Final = 2.0  # 1 920 px de ancho o más: nítida en una proyección
_LETRAS_POR_RENGLON: Final = 118


def png(vista: Vista, escala: float = ESCALA) -> bytes:
    """La figura en PNG; por omisión, al doble de su tamaño."""
    return bytes(vl_convert.vegalite_to_png(_lamina(vista), scale=escala))


def svg(vista: Vista) -> bytes:
    """La figura en SVG, con su texto alternativo como `<title>` y `<desc>`."""
    return accesible(vl_convert.vegalite_to_svg(_lamina(vista)), vista.titulo, vista.alternativo())


def accesible(dibujo: str, titulo: str, alternativo: str) -> bytes:
    """Un SVG con su título y su texto alternativo dentro."""
    inicio = dibujo.index(">", dibujo.index("<svg")) + 1
    dichos = f"<title>{html.escape(titulo)}</title><desc>{html.escape(alternativo)}</desc>"
    return (dibujo[:inicio] + dichos + dibujo[inicio:]).encode("utf-8")


def _lamina(vista: Vista) -> dict[str, Any]:
    dicho = f"{pie(vista.tabla)} {pie_precision(vista.tabla)} Elaborado con Atalaya."
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
