"""Lo que se sigue, en Chromium: «¿quién va tarde?» y «¿dónde discrepan la autoridad y el observatorio?».

El tablero es el de verdad; la visita trae tablas de juguete, como si las hubiera cargado.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from gestos import GRAFICA, descargar
from playwright.sync_api import Browser, BrowserContext, Page, expect
from tablero import RAIZ, servir
from visita import Visita, visitar

pytestmark = pytest.mark.navegador

GUION = """import streamlit as st

from atalaya.interfaz import marco, seguimiento, servidor

if __name__ == "__main__":
    from seguimiento_de_juguete import compromisos, evaluaciones

    if not seguimiento.propias():
        seguimiento.guardar({**evaluaciones(), **compromisos()})
    marco.correr()
else:
    app = st.App(__file__, **servidor.MONTAJE)
"""


@pytest.fixture(scope="module")
def con_datos(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """La dirección de un tablero cuyas visitas traen ya las tablas de juguete."""
    raiz = tmp_path_factory.mktemp("con_datos")
    for nombre in ("pages", "static", ".streamlit"):
        (raiz / nombre).symlink_to(RAIZ / nombre)
    (raiz / "app.py").write_text(GUION, encoding="utf-8")
    with servir(raiz, raiz, PYTHONPATH=os.pathsep.join([str(RAIZ), str(RAIZ / "tests")])) as direccion:
        yield direccion


@pytest.fixture
def suya(con_datos: str, escritorio: BrowserContext) -> Iterator[Visita]:
    """Una visita de escritorio a ese tablero; nada pudo salir del servidor ni quejarse."""
    with visitar(escritorio, con_datos) as una:
        yield una


def tabla_tras(pagina: Page, rotulo: str) -> list[list[str]]:
    """Las celdas de la tabla que se llama así."""
    filas = pagina.get_by_role("table", name=rotulo).locator("tbody tr")
    expect(filas.first).to_be_visible()
    return [fila.locator("td").all_inner_texts() for fila in filas.all()]


def test_quien_va_tarde(suya: Visita, tmp_path: Path) -> None:
    pagina = suya.ir("compromisos?hoy=2024-07-15")
    pagina.wait_for_selector(GRAFICA)
    tarde = tabla_tras(pagina, "Compromisos tarde y quién responde")
    assert [fila[:2] for fila in tarde] == [["Alumbrado", "Obras, Públicas"]]
    # Un mes antes todavía no vencía: la fecha se cambia a mano y el enlace la lleva.
    campo = pagina.get_by_role("textbox", name="A la fecha")
    campo.fill("2024-05-31")
    campo.press("Enter")
    expect(pagina.get_by_text("ningún compromiso con reporte va tarde")).to_be_visible()
    suya.lista()
    assert parse_qs(urlsplit(pagina.url).query)["hoy"] == ["2024-05-31"]
    filas = list(csv.DictReader(io.StringIO(descargar(pagina, "CSV", tmp_path).decode("utf-8-sig"))))
    assert {fila["situacion"] for fila in filas} == {"en plazo", "no reportado"}
    assert descargar(pagina, "PNG", tmp_path)[:8] == b"\x89PNG\r\n\x1a\n"


def test_abrir_un_compromiso_y_compartirlo(suya: Visita) -> None:
    pagina = suya.ir("compromisos?hoy=2024-07-15")
    campo = pagina.get_by_role("combobox", name="Abrir un compromiso")
    campo.click()
    pagina.get_by_role("option", name="Cabildo abierto (Plan de juguete)").click()
    detalle = pagina.locator(".st-key-detalle")
    expect(detalle).to_contain_text("No se publicó el acta.")
    suya.lista()
    assert parse_qs(urlsplit(pagina.url).query)["compromiso"] == ["b"]
    suya.pagina.goto(pagina.url)
    suya.lista()
    expect(pagina.locator(".st-key-detalle")).to_contain_text("≠ discrepan")


def test_donde_discrepan_la_autoridad_y_el_observatorio(suya: Visita, tmp_path: Path) -> None:
    pagina = suya.ir("evaluaciones?hoy=2021-03-01")
    pagina.wait_for_selector(GRAFICA)
    expect(pagina.get_by_role("heading", name="¿Dónde discrepan la autoridad y el observatorio?")).to_be_visible()
    voces = tabla_tras(pagina, "Las dos voces de cada recomendación")
    assert voces[0][1] == "≠ discrepan"
    assert voces[0][2].startswith("atendida: «Se adecuó.»")
    assert voces[0][3].startswith("atendida en parte: «Falta el refugio.»")
    campo = pagina.get_by_role("combobox", name="Las dos voces")
    campo.click()
    pagina.get_by_role("option", name="≠ discrepan").click()
    expect(pagina.get_by_role("table", name="Las dos voces de cada recomendación").locator("tbody tr")).to_have_count(1)
    suya.lista()
    assert parse_qs(urlsplit(pagina.url).query)["acuerdo"] == ["discrepan"]
    dibujo = descargar(pagina, "SVG", tmp_path).decode()
    assert "discrepan en 1" in dibujo
    assert "Acta de juguete" in dibujo


@pytest.mark.parametrize("ruta", ["compromisos?hoy=2024-07-15&compromiso=a", "evaluaciones?hoy=2021-03-01"])
def test_en_el_telefono_no_se_desborda(con_datos: str, chromium: Browser, ruta: str) -> None:
    contexto = chromium.new_context(viewport={"width": 390, "height": 844}, locale="es-MX", is_mobile=True)
    pagina = Visita(con_datos, contexto.new_page()).ir(ruta)
    pagina.wait_for_selector(GRAFICA)
    assert pagina.evaluate("document.documentElement.scrollWidth") <= 390
    contexto.close()
