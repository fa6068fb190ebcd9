"""Incidencia en Chromium: una persona abre, busca un lugar, cambia la medida, lee una ausencia y se lleva la vista."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from acervo_de_incidencia import NEZA, PENALOLEN, TOLUCA, publicar_incidencia
from gestos import GRAFICA, descargar, url_de
from playwright.sync_api import BrowserContext, ViewportSize, expect
from tablero import servir
from visita import Visita, visitar

pytestmark = pytest.mark.navegador
MOVIL: ViewportSize = {"width": 390, "height": 844}


@pytest.fixture(scope="module")
def con_conteos(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """La dirección de un tablero con los conteos de juguete."""
    raiz = tmp_path_factory.mktemp("conteos")
    publicar_incidencia(raiz)
    with servir(tmp_path_factory.mktemp("servidor_conteos"), ATALAYA_ACERVO=str(raiz)) as direccion:
        yield direccion


@pytest.fixture
def visita(con_conteos: str, escritorio: BrowserContext) -> Iterator[Visita]:
    """Una visita al tablero con conteos; al terminar nada pudo salir del propio servidor ni quejarse."""
    with visitar(escritorio, con_conteos) as una:
        yield una


def test_abre_busca_un_lugar_y_lee_que_no_se_registra(visita: Visita) -> None:
    pagina = visita.ir("incidencia")
    expect(pagina.locator(GRAFICA)).to_have_count(2)
    expect(pagina.get_by_text("No son el mismo hecho.")).to_be_visible()
    campo = pagina.get_by_role("combobox", name="Lugares")
    campo.click()
    campo.fill("toluca, estado de mexico")  # sin acentos
    pagina.get_by_role("option", name="Toluca, Estado de México", exact=True).click()
    pagina.keyboard.press("Escape")
    # La página puede estar en calma y no haber recibido aún la elección: se espera a que llegue a la dirección.
    expect(pagina).to_have_url(re.compile(TOLUCA))
    visita.lista()
    assert url_de(pagina)["lugar"] == [NEZA, PENALOLEN, TOLUCA]
    expect(pagina.get_by_text("No se registra").first).to_be_visible()
    pagina.get_by_text("Las cifras como tabla").click()
    fila = pagina.locator("table").first.locator("tr", has_text="2024").first
    expect(fila).to_contain_text("no se registra")


def test_el_cambio_junta_las_dos_fuentes_en_un_eje(visita: Visita) -> None:
    pagina = visita.ir("incidencia")
    pagina.get_by_role("radio", name="Cambio desde un año").click()
    expect(pagina.get_by_role("heading", name="Cambio desde 2019")).to_be_visible()
    visita.lista()
    expect(pagina.locator(GRAFICA)).to_have_count(1)
    assert url_de(pagina)["medida"] == ["indice"]
    assert url_de(pagina)["base"] == ["2019"]


def test_el_area_elegida_en_otra_pagina_llega_como_municipio(visita: Visita) -> None:
    pagina = visita.ir("incidencia?lugar=MX-CD28")
    visita.lista()
    assert url_de(pagina)["lugar"] == [NEZA]


def test_se_lleva_la_vista(visita: Visita, tmp_path: Path) -> None:
    pagina = visita.ir(f"incidencia?lugar={NEZA}&indicador=homicidio_doloso&desde=2024&hasta=2026")
    filas = list(csv.DictReader(io.StringIO(descargar(pagina, "CSV", tmp_path).decode("utf-8-sig"), newline="")))
    assert [(f["periodo"], f["casos"], f["meses"]) for f in filas] == [
        ("2024", "72", "12"),
        ("2025", "72", "12"),
        ("2026", "15", "5"),
    ]
    assert descargar(pagina, "PNG", tmp_path).startswith(b"\x89PNG")
    svg = descargar(pagina, "SVG", tmp_path).decode("utf-8")
    for dicho in ("cambia la serie", "SESNSP", "CONAPO", "5 de 12 meses"):
        assert dicho in svg, dicho


@pytest.mark.parametrize("tema", ["light", "dark"])
def test_cabe_en_un_telefono(visita: Visita, tema: Literal["light", "dark"]) -> None:
    visita.pagina.set_viewport_size(MOVIL)
    visita.pagina.emulate_media(color_scheme=tema)
    pagina = visita.ir("incidencia?medida=indice")
    pagina.wait_for_selector(GRAFICA)
    assert pagina.evaluate("document.documentElement.scrollWidth") <= MOVIL["width"]
    derechas = pagina.locator(GRAFICA).evaluate_all("f => f.map(e => e.getBoundingClientRect().right)")
    assert max(derechas) <= MOVIL["width"]
