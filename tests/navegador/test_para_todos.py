"""Cada página, en claro y en oscuro, en escritorio y en teléfono: abre por su enlace sin pedir nada fuera, sus figuras
llevan nombre, axe-core no le halla faltas, y nada se corta del teléfono al proyector.

Todo se mira en la misma carga. Las capturas quedan en `capturas/<ruta>_<ancho>_<modo>.jpg`, para mirarlas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Literal

import pytest
from accesible import DEL_ANCHO, faltas
from gestos import GRAFICA
from playwright.sync_api import Browser, Page, expect
from tablero import RAIZ
from visita import Visita, vigilar

from atalaya.interfaz import marco, presentacion

pytestmark = pytest.mark.navegador

Modo = Literal["claro", "oscuro"]
CAPTURAS = RAIZ / "capturas"
ENLACES: Final = {
    **{una[3]: una[3] for paginas in marco.PAGINAS.values() for una in paginas},
    "inicio": "",
    "buscar_policia": "buscar?q=policia",
    # Presentación se mira con láminas, que vacía no enseña casi nada.
    "presentacion": f"presentacion?p={presentacion.a_enlace(presentacion.seminario())}",
}
CON_FIGURA = [
    "inicio",
    "ficha",
    "afirmaciones",
    "comparar",
    "evolucion",
    "clasificacion",
    "mapa",
    "proximidad",
    "percepcion_y_registro",
    "incidencia",
]
# Faltas de verdad que aún no se corrigen: los grupos de lo hallado saltan de h1 a h3.
POR_CORREGIR: Final = {"buscar_policia": "moderate heading-order"}
TAMANOS: Final = {"escritorio": ((1440, 900), (1920, 1080), (1024, 768)), "telefono": ((390, 844),)}
ESQUEMA: Final[dict[Modo, Literal["light", "dark"]]] = {"claro": "light", "oscuro": "dark"}

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


# El alto de la página y la caja de cada figura, hasta que llevan diez cuadros seguidos sin cambiar.
_ASENTADA = """figuras => new Promise(lista => {
    let antes = '', iguales = 0;
    const mirar = () => {
        const cajas = [...document.querySelectorAll(figuras)].map(e => JSON.stringify(e.getBoundingClientRect()));
        const ahora = [document.querySelector('[data-testid=stMain]').scrollHeight, ...cajas].join();
        iguales = ahora === antes ? iguales + 1 : 0;
        antes = ahora;
        iguales < 10 ? requestAnimationFrame(mirar) : lista();
    };
    mirar(); })"""


@pytest.fixture(scope="module")
def hojas(servidor: str, chromium: Browser) -> Iterator[dict[str, Visita]]:
    """Una hoja de cada aparato, que se queda abierta: ir en ella a otra página cuesta la mitad que abrir otra."""
    contextos = {aparato: chromium.new_context(locale="es-MX", is_mobile=aparato == "telefono") for aparato in TAMANOS}
    abiertas = {aparato: Visita(servidor, contexto.new_page()) for aparato, contexto in contextos.items()}
    for una in abiertas.values():
        vigilar(una)
    yield abiertas
    for contexto in contextos.values():
        contexto.close()


def preparar(una: Visita, aparato: str, modo: Modo) -> Visita:
    """La misma hoja, como recién abierta en ese modo."""
    una.pedidas.clear()
    una.quejas.clear()
    ancho, alto = TAMANOS[aparato][0]
    una.pagina.set_viewport_size({"width": ancho, "height": alto})
    una.pagina.emulate_media(color_scheme=ESQUEMA[modo])
    return una


def entera(pagina: Page, ancho: int, minimo: int) -> None:
    """Ajusta la ventana a ese ancho y a todo el alto de la página; espera a que acabe de acomodarse."""
    pagina.set_viewport_size({"width": ancho, "height": minimo})
    pagina.evaluate(_ASENTADA, GRAFICA)
    alto = pagina.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    pagina.set_viewport_size({"width": ancho, "height": max(minimo, min(alto, 9_000))})
    pagina.evaluate(_ASENTADA, GRAFICA)


def abre_bien(una: Visita) -> None:
    """Un título, ningún error, en español y por WebSocket."""
    expect(una.pagina.locator("h1")).to_have_count(1)
    expect(una.pagina.get_by_test_id("stException")).to_have_count(0)
    assert una.pagina.evaluate("document.documentElement.lang") == "es"
    assert any(u.startswith("ws://") for u in una.pedidas)


def con_nombre(pagina: Page, ruta: str) -> None:
    """Cada figura tiene su nombre accesible, que dice de cuándo es."""
    pagina.wait_for_selector(GRAFICA)
    nombres = pagina.locator("[data-testid='stVegaLiteChart']").evaluate_all(
        "cuadros => cuadros.map(c => [c, ...c.querySelectorAll('*')].map(e => e.getAttribute('aria-label') || '')"
        ".sort((a, b) => b.length - a.length)[0])"
    )
    assert nombres
    if ruta == "mapa":  # su nombre no cambia con los datos, para no rehacerlo; lo que se ve va en el texto que sigue
        assert all(nombre.startswith("Mapa de áreas urbanas: ") for nombre in nombres)
        nombres = pagina.locator(".oculto").all_inner_texts()
    assert all(re.search(r"\b20\d\d\b", nombre) for nombre in nombres)  # cada una dice su periodo: la ENUSC, 2023


def se_sale(pagina: Page, ancho: int) -> list[str]:
    """Lo que a ese ancho se corta o se sale de la pantalla."""
    mal = [f"{ancho}: se corta {cual}" for cual in pagina.evaluate(_CORTADO, ancho)]
    mal += [f"{ancho}: se sale {cual}" for cual in pagina.evaluate(_FUERA, ancho)]
    if pagina.evaluate("document.documentElement.scrollWidth") > ancho:
        mal.append(f"{ancho}: la página se desborda")
    return mal


@pytest.mark.parametrize("ruta", ENLACES)
@pytest.mark.parametrize("modo", ESQUEMA)
@pytest.mark.parametrize("aparato", TAMANOS)
def test_una_pagina_para_todos(hojas: dict[str, Visita], aparato: str, modo: Modo, ruta: str) -> None:
    una = preparar(hojas[aparato], aparato, modo)
    pagina = una.ir(ENLACES[ruta])
    pagina.wait_for_function("!document.querySelector('[data-testid=stSkeleton]')")
    abre_bien(una)
    if ruta in CON_FIGURA:
        con_nombre(pagina, ruta)
    CAPTURAS.mkdir(exist_ok=True)
    mal: list[str] = []
    for ancho, alto in TAMANOS[aparato]:
        entera(pagina, ancho, alto)
        if ancho in (1440, 390):
            halladas = faltas(pagina, DEL_ANCHO if ancho == 390 else ())
            mal += [f"{ancho}: {falta}" for falta in halladas if not falta.startswith(POR_CORREGIR.get(ruta, "nada"))]
        mal += se_sale(pagina, ancho)
        if aparato == "telefono" and ruta in CON_FIGURA:
            derechas = pagina.locator(GRAFICA).evaluate_all("f => f.map(e => e.getBoundingClientRect().right)")
            mal += [f"{ancho}: una figura llega a {derecha}" for derecha in derechas if derecha > 391]
        pagina.screenshot(path=_captura(ruta, ancho, modo), type="jpeg", quality=60)
    assert not mal, "\n".join(mal)
    una.revisar()


@pytest.mark.parametrize("modo", ESQUEMA)
def test_la_proyeccion_para_todos(hojas: dict[str, Visita], modo: Modo) -> None:
    una = preparar(hojas["escritorio"], "escritorio", modo)
    todas = presentacion.seminario()
    dos = presentacion.Presentacion(todas.titulo, todas.laminas[:2])
    una.pagina.goto(f"{una.base}/presentar?p={presentacion.a_enlace(dos)}")
    pagina = una.pagina
    pagina.wait_for_selector("section.lamina:not([hidden]) svg")
    mal: list[str] = []
    for ancho, alto in (*TAMANOS["escritorio"], *TAMANOS["telefono"]):
        pagina.set_viewport_size({"width": ancho, "height": alto})
        pagina.mouse.move(ancho / 2, alto / 2)
        pagina.wait_for_timeout(300)  # los botones acaban de aparecer
        mal += [f"{ancho}: {falta}" for falta in faltas(pagina)]
        if pagina.evaluate("document.documentElement.scrollWidth") > ancho:
            mal.append(f"{ancho}: la lámina se desborda")
        pagina.screenshot(path=_captura("presentar", ancho, modo), type="jpeg", quality=60)
    assert not mal, "\n".join(mal)
    una.revisar()


@pytest.mark.parametrize("modo", ESQUEMA)
def test_axe_encuentra_lo_que_falta(hojas: dict[str, Visita], modo: Modo) -> None:
    """Que una página sin faltas no sea una prueba que no mira."""
    una = preparar(hojas["escritorio"], "escritorio", modo)
    pagina = una.ir("metodologia")
    assert faltas(pagina) == []
    pagina.evaluate(
        "document.querySelector('[data-testid=stMain] p').insertAdjacentHTML('beforeend',"
        " '<button></button><span style=\"color:#999;background:#fff\">apenas se lee</span>')"
    )
    assert {falta.split()[1] for falta in faltas(pagina)} >= {"button-name", "color-contrast"}
    una.revisar()


def _captura(ruta: str, ancho: int, modo: str) -> Path:
    return CAPTURAS / f"{ruta}_{ancho}_{modo}.jpg"
