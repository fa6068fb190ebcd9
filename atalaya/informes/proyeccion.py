"""La proyección de una presentación: un solo HTML, con sus figuras en vectores, que se presenta sin red."""

from __future__ import annotations

import hashlib
import html
import re
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from atalaya.figuras import mapa
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import actual, tr
from atalaya.informes import imagen, legajo, proyectable
from atalaya.informes.ficha import pie, pie_precision
from atalaya.informes.legajo import Legajo
from atalaya.informes.vista import Vista

_AQUI: Final = Path(__file__).resolve().parent
GUION: Final = (_AQUI / "proyeccion.js").read_text(encoding="utf-8")
ESTILO: Final = (_AQUI / "proyeccion.css").read_text(encoding="utf-8")
HUELLA: Final = f"'sha256-{b64encode(hashlib.sha256(GUION.encode()).digest()).decode()}'"
"""La del único guion del archivo, para la política de seguridad del servidor."""


@dataclass(frozen=True)
class Proyectada:
    """Una lámina lista: sin `dibujo` (un SVG, o la tabla de las afirmaciones) se lee su texto."""

    titulo: str
    subtitulo: str
    dibujo: str
    alternativo: str
    fuente: str
    enlace: str
    nota: str


def proyectar(vista: Vista | Legajo, titulo: str = "", nota: str = "") -> Proyectada:
    """La lámina de una vista. `titulo`: el que escribió quien presenta; por omisión, el de la vista."""
    dibujo, fuera, entera = _dibujo(vista)
    bajo_el_titulo = vista.subtitulo
    if isinstance(vista, Vista):
        bajo_el_titulo = next(iter(vista.hallazgos()), vista.subtitulo)
        fuente = tr(
            "{pie} {pie_precision} Acervo {version}.",
            pie=pie(vista.tabla),
            pie_precision=pie_precision(vista.tabla),
            version=vista.version,
        )
    else:
        fuente = tr("Fuente: {cita}", cita=legajo.cita(vista))
    if titulo and titulo != vista.titulo:
        bajo_el_titulo = vista.titulo
    elif fuera:  # lo que se muestra de cuánto no puede quedar detrás de un subtítulo largo
        bajo_el_titulo = ""
    return Proyectada(
        titulo or vista.titulo,
        " · ".join(filter(None, [bajo_el_titulo, fuera])),
        dibujo,
        vista.alternativo(),
        fuente,
        vista.enlace,
        "\n\n".join(filter(None, [nota, entera])),
    )


def _dibujo(vista: Vista | Legajo) -> tuple[str, str, str]:
    """Lo que se ve, lo que se dice de lo que no cupo y lo que va entero en las notas."""
    if isinstance(vista, Vista):
        if frases := proyectable.frases(vista):
            return _tabla(frases.renglones), frases.dicho, frases.entera
        if lista := proyectable.lista(vista):
            return _en_vectores(proyectable.figura_de_lista(lista)), lista.dicho, lista.entera
    figura = vista.figura() if vista.figura else None
    if not figura or not figura.spec:
        return "", "", ""
    acomodada, fuera = proyectable.junto_a_la_nube(figura) or (proyectable.acomodada(figura), "")
    return _en_vectores(acomodada), fuera, ""


def _en_vectores(figura: Figura) -> str:
    # Sin fondo: el de la proyección, que puede ser oscuro.
    return _suelto(imagen.dibujo({**mapa.incrustar(figura.vegalite()), "background": None}))


def _tabla(renglones: Sequence[tuple[str, str, str]]) -> str:
    cabeza = "".join(f"<th scope='col'>{tr(dicho)}</th>" for dicho in proyectable.CABEZA_FRASES)
    filas = (f"<tr>{''.join(f'<td>{html.escape(celda)}</td>' for celda in renglon)}</tr>" for renglon in renglones)
    return f"<table><thead><tr>{cabeza}</tr></thead><tbody>{''.join(filas)}</tbody></table>"


def pagina(titulo: str, laminas: Sequence[Proyectada]) -> bytes:
    """El HTML entero; lo de los datos va escapado."""
    cuerpo = "".join(_seccion(una, k) for k, una in enumerate(laminas))
    botones = "".join(
        f'<button type="button" id="{clave}" title="{tecla}">{rotulo}</button>'
        for clave, rotulo, tecla in (
            ("antes", tr("◀ Anterior"), tr("←, RePág")),
            ("despues", tr("Siguiente ▶"), tr("→, AvPág, espacio")),
            ("notas", tr("Notas"), "N"),
            ("oscuro", tr("Claro u oscuro"), "O"),
            ("entera", tr("Pantalla completa"), "F"),
        )
    )
    # Lo que dice el guion, que va por su huella y es el mismo en todos los idiomas.
    dichos = "".join(
        f' data-{clave}="{html.escape(dicho)}"'
        for clave, dicho in (
            ("lamina", tr("Lámina {k} de {n}")),
            ("cuantas", tr("{k} de {n}")),
            ("notas", tr("Notas")),
            ("sin", tr("(sin nota)")),
            ("sigue", tr("Sigue: ")),
        )
    )
    return (
        f'<!doctype html><html lang="{actual()}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        # Sin icono propio el navegador pide uno al sitio, que sin red falla.
        f'<link rel="icon" href="data:,"><title>{html.escape(titulo)}</title>'
        f"<style>{ESTILO}</style></head><body>"
        f'<main{dichos}>{cuerpo}</main><nav aria-label="{tr("Presentación")}">{botones}</nav>'
        f'<p class="oculto" id="dicho" aria-live="polite"></p><script>{GUION}</script></body></html>'
    ).encode()


def _seccion(una: Proyectada, numero: int) -> str:
    # Una tabla se lee por sus celdas; con el papel de imagen, quien no la ve oiría sólo su texto alternativo.
    como = "" if una.dibujo.startswith("<table") else f' role="img" aria-label="{html.escape(una.alternativo)}"'
    dibujo = una.dibujo or f"<p>{html.escape(una.alternativo)}</p>"
    segura = re.match(r"(?:https?://|[a-z_]+\?)", una.enlace)
    enlace = f' <a href="{html.escape(una.enlace)}">{tr("Ver en Atalaya")}</a>' if segura else ""
    return (
        f'<section class="lamina"{" hidden" if numero else ""} data-titulo="{html.escape(una.titulo)}" '
        f'data-nota="{html.escape(una.nota)}"><h1>{html.escape(una.titulo)}'
        f"<small>{html.escape(una.subtitulo)}</small></h1>"
        f"<figure{como}>{dibujo}</figure>"
        f"<footer>{html.escape(una.fuente)}{enlace}</footer></section>"
    )


def _suelto(dibujo: str) -> str:
    """El SVG que crece con la pantalla: sin medidas fijas, con su caja; y sus identificadores, sin chocar con otros."""
    propia = hashlib.sha256(dibujo.encode()).hexdigest()[:8]
    dibujo = re.sub(r'(\bid="|url\(#|href="#)', rf"\g<1>f{propia}_", dibujo)
    cabeza, _, resto = dibujo.partition(">")
    medidas = dict(re.findall(r'\b(width|height)="([\d.]+)"', cabeza))
    if "viewBox" not in cabeza:
        cabeza += f' viewBox="0 0 {medidas["width"]} {medidas["height"]}"'
    cabeza = re.sub(r'\b(?:width|height)="[\d.]+"', "", cabeza)
    return f'{cabeza} preserveAspectRatio="xMidYMid meet" aria-hidden="true">{resto}'
