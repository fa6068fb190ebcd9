"""Lo que una persona hace en participación y en intercambio: hasta dónde llegó un barrio, qué práctica pasó a quién."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from gestos import GRAFICA, descargar, url_de
from playwright.sync_api import expect
from visita import Visita

pytestmark = pytest.mark.navegador


def test_hasta_donde_llego_iztapalapa_y_entre_cuantos_habitantes(visita: Visita, tmp_path: Path) -> None:
    pagina = visita.ir("participacion")
    pagina.get_by_role("combobox", name="Dónde").click()
    pagina.get_by_role("option", name="Iztapalapa", exact=True).click()
    visita.lista()
    assert url_de(pagina)["donde"] == ["MX-09007"]
    pagina.wait_for_selector(GRAFICA)
    expect(pagina.locator("table").first).to_contain_text("53 de 130")
    expect(pagina.get_by_text("Por mil habitantes de Iztapalapa").first).to_be_visible()
    expect(pagina.get_by_text("cerca de 17,000").first).to_be_visible()
    expect(pagina.get_by_role("button", name="Plantilla de asambleas (CSV)")).to_be_visible()
    libro = openpyxl.load_workbook(io.BytesIO(descargar(pagina, "XLSX", tmp_path)))
    assert {"cuentas", "embudo", "documentos"} <= set(libro.sheetnames)
    assert descargar(pagina, "PNG", tmp_path).startswith(b"\x89PNG")


def test_que_practica_paso_a_quien_y_los_siete_componentes_sin_nombrar(visita: Visita, tmp_path: Path) -> None:
    pagina = visita.ir("intercambio")
    pagina.wait_for_selector(GRAFICA)
    expect(pagina.locator("table").first).to_contain_text("Peñalolén (Chile)")
    pagina.get_by_role("radio", name="Modelos y lecciones").or_(
        pagina.get_by_role("button", name="Modelos y lecciones")
    ).first.click()
    pagina.wait_for_url("**ver=modelos**")
    visita.lista()
    expect(pagina.get_by_text("El documento dice que tiene 7 componentes").first).to_be_visible()
    pagina = visita.ir("intercambio?ver=experiencias&tematico=Seguridad")
    pagina.wait_for_selector(GRAFICA)
    expect(pagina.get_by_text("Observatorio Ciudadano de Seguridad").first).to_be_visible()
    assert "transparencia inteligente" in descargar(pagina, "SVG", tmp_path).decode()
