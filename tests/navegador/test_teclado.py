"""Cada tarea, sólo con el teclado llegar con Tab, ver el foco, hacerla con Intro o flechas."""

from __future__ import annotations

import re
from typing import Literal

import pytest
from playwright.sync_api import Locator, Page, expect
from visita import Visita

from atalaya.interfaz import presentacion

pytestmark = pytest.mark.navegador

# El anillo del foco: en el elemento o en la caja que lo pinta.
_CON_ANILLO = """() => {
    for (let e = document.activeElement, k = 0; e && k < 5; e = e.parentElement, k++) {
        const s = getComputedStyle(e);
        if ((s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== 'none') return true;
    }
    return false; }"""


def tabular(pagina: Page, destino: Locator, limite: int = 90) -> None:
    """Tab hasta `destino`; en cada paso el foco se ve."""
    expect(destino).to_be_attached()
    for _ in range(limite):
        pagina.keyboard.press("Tab")
        if destino.evaluate("e => e === document.activeElement || e.contains(document.activeElement)"):
            pagina.wait_for_timeout(200)
            assert pagina.evaluate(_CON_ANILLO), pagina.evaluate("document.activeElement.outerHTML.slice(0, 200)")
            return
    pytest.fail("no se llega con Tab")


def test_saltar_al_contenido_y_plegar_una_seccion_del_menu(visita: Visita) -> None:
    pagina = visita.ir("metodologia")
    tabular(pagina, pagina.get_by_role("link", name="Ir al contenido"), 3)
    seccion = pagina.get_by_role("button", name="Intercambio")
    tabular(pagina, seccion)
    expect(seccion).to_have_attribute("aria-expanded", "true")
    pagina.keyboard.press("Enter")
    expect(seccion).to_have_attribute("aria-expanded", "false")
    expect(pagina.get_by_role("link", name="Presentación")).to_have_count(0)


def test_comparar_otra_ciudad(visita: Visita) -> None:
    pagina = visita.ir("comparar?lugar=MX-CD03&indicador=inseguridad_ciudad")
    tabular(pagina, pagina.get_by_role("combobox", name="Lugares"))
    pagina.keyboard.type("merida", delay=15)
    expect(pagina.get_by_role("option").first).to_have_text("Mérida")
    pagina.keyboard.press("Enter")
    expect(pagina.locator("table").first).to_contain_text("Mérida")


def test_mover_el_deslizador_del_mapa(visita: Visita) -> None:
    pagina = visita.ir("mapa?indicador=confianza_policia_municipal&periodo=2025T2")
    tabular(pagina, pagina.get_by_role("slider", name="Trimestre"))
    pagina.keyboard.press("ArrowLeft")
    expect(pagina.locator("h2").first).to_contain_text("marzo de 2025")


def test_abrir_un_compromiso(visita: Visita) -> None:
    pagina = visita.ir("compromisos")
    tabular(pagina, pagina.get_by_role("combobox", name="Abrir un compromiso"))
    pagina.keyboard.type("obesidad", delay=15)
    expect(pagina.get_by_role("option").first).to_contain_text("Obesidad")
    pagina.keyboard.press("Enter")
    expect(pagina).to_have_url(re.compile("compromiso="))
    visita.lista()
    expect(pagina.get_by_role("heading", name="Obesidad")).to_be_visible()


def test_filtrar_afirmaciones(visita: Visita) -> None:
    pagina = visita.ir("afirmaciones")
    tabular(pagina, pagina.get_by_role("radiogroup", name="Veredicto"))
    pagina.keyboard.press("ArrowRight")
    pagina.keyboard.press("Space")
    expect(pagina).to_have_url(re.compile("veredicto=reproducida"))
    visita.lista()
    expect(pagina.locator(".frase")).to_have_count(1)


def test_presentar(visita: Visita) -> None:
    todas = presentacion.seminario()
    enlace = presentacion.a_enlace(presentacion.Presentacion(todas.titulo, todas.laminas[:2]))
    pagina = visita.ir(f"presentacion?p={enlace}")
    tabular(pagina, pagina.get_by_role("link", name="Presentar", exact=True))
    with pagina.expect_popup() as espera:
        pagina.keyboard.press("Enter")
    proyeccion = espera.value
    expect(proyeccion).to_have_title(re.compile("^1/2 "), timeout=60_000)
    proyeccion.keyboard.press("ArrowRight")
    expect(proyeccion).to_have_title(re.compile("^2/2 "))
    proyeccion.keyboard.press("PageUp")
    expect(proyeccion).to_have_title(re.compile("^1/2 "))
    # Los botones de la barra también: Intro en «Siguiente» avanza una lámina, no dos.
    siguiente = proyeccion.get_by_role("button", name="Siguiente")
    for _ in range(4):
        proyeccion.keyboard.press("Tab")
        if siguiente.evaluate("e => e === document.activeElement"):
            break
    proyeccion.keyboard.press("Enter")
    expect(proyeccion).to_have_title(re.compile("^2/2 "))
    oscuro = proyeccion.get_by_role("button", name="Claro u oscuro")
    antes = proyeccion.evaluate("document.documentElement.className")
    oscuro.focus()
    proyeccion.keyboard.press("Enter")
    assert proyeccion.evaluate("document.documentElement.className") != antes
    expect(proyeccion).to_have_title(re.compile("^2/2 "))


@pytest.mark.parametrize(("pide", "dura"), [("reduce", False), ("no-preference", True)])
def test_sin_movimiento_para_quien_lo_pide(
    visita: Visita, pide: Literal["reduce", "no-preference"], dura: bool
) -> None:
    duracion = """[...document.querySelectorAll('*')].map(e => getComputedStyle(e))
        .flatMap(s => [s.transitionDuration, s.animationDuration].join().split(','))
        .map(d => d.includes('ms') ? parseFloat(d) / 1000 : parseFloat(d)).reduce((a, b) => Math.max(a, b), 0)"""
    visita.pagina.emulate_media(reduced_motion=pide)
    larga = visita.ir("metodologia").evaluate(duracion)
    assert larga > 0.05 if dura else larga <= 0.001
