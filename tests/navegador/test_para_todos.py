"""Cada página, en claro y en oscuro: axe-core sin faltas, y nada se corta del teléfono al proyector.

Las capturas quedan en `capturas/<ruta>_<ancho>_<modo>.jpg`, para mirarlas.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from accesible import DEL_ANCHO, faltas
from playwright.sync_api import Browser, Page
from tablero import RAIZ
from visita import Visita, vigilar

from atalaya.interfaz import marco, presentacion

pytestmark = pytest.mark.navegador

CAPTURAS = RAIZ / "capturas"
RUTAS = [una[3] for paginas in marco.PAGINAS.values() for una in paginas]
TAMANOS = ((1440, 900), (1920, 1080), (1024, 768), (390, 844))
ESQUEMA = {"claro": "light", "oscuro": "dark"}

# Lo que se sale de su caja: la cifra de una tarjeta, el valor de un filtro o una tabla más ancha que su columna. En el
# teléfono una tabla se desplaza dentro de su caja, que se alcanza con el teclado (axe lo comprueba).
_CORTADO = """ancho => [...document.querySelectorAll('[data-testid=stMetricValue], .stButtonGroup > div'
    + (ancho > 640 ? ', [data-testid=stTable], .stTable > div' : ''))]
    .filter(e => e.checkVisibility() && e.scrollWidth > e.clientWidth + 1)
    .map(e => (e.dataset.testid || e.className) + ': ' + e.innerText.slice(0, 40))"""
# Lo que pasa de la orilla derecha y no está dentro de una caja que se desplaza, ni escondido.
_FUERA = """ancho => [...document.querySelectorAll('[data-testid=stMain] *')].filter(e => {
    if (!e.checkVisibility() || e.closest('svg svg, .oculto, canvas') || !e.getBoundingClientRect().width) return false;
    if (e.getBoundingClientRect().right <= ancho + 1) return false;
    for (let p = e.parentElement; p && p.dataset.testid !== 'stMain'; p = p.parentElement)
        if (getComputedStyle(p).overflowX !== 'visible') return false;
    return true; }).slice(0, 5)
    .map(e => e.tagName + '.' + (e.dataset.testid || e.className) + ': ' + (e.innerText || '').slice(0, 40))"""


@pytest.fixture(params=ESQUEMA)
def abierta(request: pytest.FixtureRequest, servidor: str, chromium: Browser) -> Iterator[tuple[str, Visita]]:
    """Una visita en claro y otra en oscuro."""
    contexto = chromium.new_context(
        viewport={"width": 1440, "height": 900}, locale="es-MX", color_scheme=ESQUEMA[request.param]
    )
    una = Visita(servidor, contexto.new_page())
    vigilar(una)
    yield request.param, una
    assert una.ajenas() == []
    assert una.quejas == []
    contexto.close()


def entera(pagina: Page, ancho: int, minimo: int) -> None:
    """Ajusta la ventana a ese ancho y a todo el alto de la página; espera a que acabe de acomodarse."""
    pagina.set_viewport_size({"width": ancho, "height": minimo})
    pagina.wait_for_timeout(350)
    alto = pagina.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    pagina.set_viewport_size({"width": ancho, "height": max(minimo, min(alto, 9_000))})
    pagina.wait_for_timeout(150)


@pytest.mark.parametrize("ruta", RUTAS)
def test_una_pagina_para_todos(abierta: tuple[str, Visita], ruta: str) -> None:
    modo, una = abierta
    # Presentación se mira con láminas, que vacía no enseña casi nada.
    enlace = f"presentacion?p={presentacion.a_enlace(presentacion.seminario())}" if ruta == "presentacion" else ruta
    pagina = una.ir("" if ruta == "inicio" else enlace)
    pagina.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')")
    CAPTURAS.mkdir(exist_ok=True)
    mal: list[str] = []
    for ancho, alto in TAMANOS:
        entera(pagina, ancho, alto)
        if ancho in (1440, 390):
            mal += [f"{ancho}: {falta}" for falta in faltas(pagina, DEL_ANCHO if ancho == 390 else ())]
        mal += [f"{ancho}: se corta {cual}" for cual in pagina.evaluate(_CORTADO, ancho)]
        mal += [f"{ancho}: se sale {cual}" for cual in pagina.evaluate(_FUERA, ancho)]
        if pagina.evaluate("document.documentElement.scrollWidth") > ancho:
            mal.append(f"{ancho}: la página se desborda")
        pagina.screenshot(path=_captura(ruta, ancho, modo), type="jpeg", quality=60)
    assert not mal, "\n".join(mal)


def test_la_proyeccion_para_todos(abierta: tuple[str, Visita]) -> None:
    modo, una = abierta
    todas = presentacion.seminario()
    dos = presentacion.Presentacion(todas.titulo, todas.laminas[:2])
    una.pagina.goto(f"{una.base}/presentar?p={presentacion.a_enlace(dos)}")
    pagina = una.pagina
    pagina.wait_for_selector("section.lamina:not([hidden]) svg")
    mal: list[str] = []
    for ancho, alto in TAMANOS:
        pagina.set_viewport_size({"width": ancho, "height": alto})
        pagina.mouse.move(ancho / 2, alto / 2)
        pagina.wait_for_timeout(300)  # los botones acaban de aparecer
        mal += [f"{ancho}: {falta}" for falta in faltas(pagina)]
        if pagina.evaluate("document.documentElement.scrollWidth") > ancho:
            mal.append(f"{ancho}: la lámina se desborda")
        pagina.screenshot(path=_captura("presentar", ancho, modo), type="jpeg", quality=60)
    assert not mal, "\n".join(mal)


def test_axe_encuentra_lo_que_falta(abierta: tuple[str, Visita]) -> None:
    """Que una página sin faltas no sea una prueba que no mira."""
    _, una = abierta
    pagina = una.ir("metodologia")
    assert faltas(pagina) == []
    pagina.evaluate(
        "document.querySelector('[data-testid=stMain] p').insertAdjacentHTML('beforeend',"
        " '<button></button><span style=\"color:#999;background:#fff\">apenas se lee</span>')"
    )
    assert {falta.split()[1] for falta in faltas(pagina)} >= {"button-name", "color-contrast"}


def _captura(ruta: str, ancho: int, modo: str) -> Path:
    return CAPTURAS / f"{ruta}_{ancho}_{modo}.jpg"
