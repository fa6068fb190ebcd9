"""Que se hable en español y se busque sin acentos: lo que Streamlit trae fijo en inglés, ya servido por Atalaya."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import streamlit
from gestos import GRAFICA
from playwright.sync_api import Page, expect
from visita import Visita

from atalaya.interfaz import frases_streamlit, reparos

pytestmark = pytest.mark.navegador

GUIONES = Path(streamlit.__file__).parent / "static" / "static" / "js"


@pytest.mark.parametrize("guion", frases_streamlit.FRASES)
def test_cada_texto_sigue_en_el_guion_de_streamlit(guion: str) -> None:
    """Si falta alguno es que Streamlit cambió: mire qué dice ahora y corrija `frases_streamlit.FRASES`."""
    todos = "".join(ruta.read_text(encoding="utf-8") for ruta in GUIONES.glob(f"{guion}.*.js"))
    cambios = (*frases_streamlit.FRASES[guion], *reparos.REPAROS.get(guion, ()))
    assert [antes for antes, _ in cambios if antes not in todos] == []


def elegir(pagina: Page, rotulo: str, escrito: str, ciudad: str) -> None:
    """Lo que hace una persona: escribir, ver que la primera opción es la suya y Enter."""
    campo = pagina.get_by_role("combobox", name=rotulo)
    campo.click()
    campo.press_sequentially(escrito, delay=15)
    expect(pagina.get_by_role("option").first).to_have_text(ciudad)
    campo.press("Enter")


@pytest.mark.parametrize(
    ("escrito", "ciudad"),
    [
        ("nezahualcoyotl", "Nezahualcóyotl"),
        ("Neza", "Nezahualcóyotl"),
        ("merida", "Mérida"),
        ("Mérida", "Mérida"),
        ("leon", "León"),
        ("san luis potosi", "San Luis Potosí"),
        ("TLAHUAC", "Tláhuac"),
    ],
)
def test_se_busca_una_ciudad_con_y_sin_acentos(visita: Visita, escrito: str, ciudad: str) -> None:
    pagina = visita.ir("comparar?lugar=MX-CD03&indicador=inseguridad_ciudad")
    elegir(pagina, "Lugares", escrito, ciudad)
    expect(pagina.locator("table").first).to_contain_text(ciudad)
    expect(pagina.locator("table").first.locator("tbody tr")).to_have_count(3)


def test_la_lista_de_una_sola_ciudad_tambien_busca_sin_acentos(visita: Visita) -> None:
    pagina = visita.ir("")
    elegir(pagina, "Ciudad", "merida", "Mérida")
    expect(pagina.get_by_role("heading", name="Mérida entre todas las ciudades")).to_be_visible()


def test_lo_que_no_existe_se_dice_en_espanol(visita: Visita) -> None:
    pagina = visita.ir("comparar")
    expect(pagina.get_by_role("button", name="Quitar todas").first).to_be_attached()
    expect(pagina.get_by_text("Ir al contenido")).to_be_attached()
    pagina.get_by_role("combobox", name="Lugares").press_sequentially("zzzz")
    expect(pagina.get_by_text("Sin resultados")).to_be_visible()


def test_una_pagina_que_no_existe_avisa_en_espanol_y_abre_inicio(visita: Visita) -> None:
    pagina = visita.ir("noexiste")
    expect(pagina.get_by_text("Atalaya no tiene esa página")).to_be_visible()
    visita.quejas.clear()  # Streamlit repite ese aviso en la consola


def test_una_ruta_con_carpetas_lleva_a_su_pagina(visita: Visita) -> None:
    pagina = visita.ir("indicadores/mapa?periodo=2024T2")
    assert pagina.url.startswith(f"{visita.base}/mapa?")
    assert "periodo=2024T2" in pagina.url
    expect(pagina.locator("h1")).to_have_text("Mapa")


def test_la_ventana_lleva_el_nombre_de_la_pagina(visita: Visita) -> None:
    expect(visita.ir("mapa")).to_have_title("Mapa · Atalaya")
    expect(visita.ir("")).to_have_title("Atalaya")


def test_el_grafico_no_ofrece_la_barra_en_ingles(visita: Visita) -> None:
    pagina = visita.ir("comparar")
    pagina.wait_for_selector(GRAFICA)
    pagina.locator(GRAFICA).first.hover()
    for rotulo in ("Show data", "Download as PNG", "Copy Vega-Lite spec", "Fullscreen"):
        expect(pagina.get_by_role("button", name=rotulo).locator("visible=true")).to_have_count(0)


def test_el_idioma_se_elige_en_el_menu_y_sigue_en_la_direccion_y_en_las_demas_paginas(visita: Visita) -> None:
    pagina = visita.ir("comparar")
    pagina.get_by_role("radio", name="English").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Compare places")
    expect(pagina.locator("html")).to_have_attribute("lang", "en")
    assert "idioma=en" in pagina.url
    pagina.get_by_role("link", name="Ranking").click()
    expect(pagina.get_by_role("heading", level=1)).to_have_text("Ranking")
    expect(pagina).to_have_url(re.compile("idioma=en"))
    assert visita.quejas == []


def test_un_enlace_en_portugues_se_abre_en_portugues(visita: Visita) -> None:
    """También lo que Streamlit sólo dice en inglés, y los números de la figura y de la tabla."""
    pagina = visita.ir("comparar?idioma=pt&lugar=MX-CD28&indicador=inseguridad_ciudad&periodo=2025T2")
    expect(pagina.locator("html")).to_have_attribute("lang", "pt")
    expect(pagina.locator("table").first).to_contain_text("64,86%")
    campo = pagina.get_by_role("combobox", name="Lugares")
    campo.click()
    campo.press_sequentially("xyzxyz")
    expect(pagina.get_by_text("Sem resultados")).to_be_visible()
    assert visita.quejas == []
