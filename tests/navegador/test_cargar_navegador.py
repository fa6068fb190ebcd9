"""«Subo mis cuadrantes y los veo junto a los de Nezahualcóyotl», como lo hace una persona en Chromium."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest
from gestos import GRAFICA, descargar
from playwright.sync_api import Browser, expect
from visita import Visita

pytestmark = pytest.mark.navegador
COLUMNAS = "Lugar;Periodo;Indicador;Nombre;Estado;Valor;Unidad;Alcance;Método;Fuente"
MIO = "Toluca;2024;cuadrantes_policiales;Cuadrantes policiales;dato;60;cuadrantes;exacta;registro;Mi observatorio"
HOSTIL = "<img src=x onerror=alert(1)><script>document.title='malo'</script> **x**"


def guardar(carpeta: Path, *renglones: str, nombre: str = "mis_cuadrantes.csv") -> Path:
    ruta = carpeta / nombre
    ruta.write_text("\r\n".join(["Mis cuadrantes;;", COLUMNAS, *renglones]), encoding="cp1252")
    return ruta


def soltar(visita: Visita, ruta: Path) -> None:
    visita.pagina.locator("input[type=file]").set_input_files(ruta)
    visita.pagina.wait_for_timeout(800)
    visita.lista()


def test_subo_mis_cuadrantes_y_los_veo_junto_a_los_de_neza(visita: Visita, chromium: Browser, tmp_path: Path) -> None:
    pagina = visita.ir("cargar")
    pagina.wait_for_selector(GRAFICA)
    expect(pagina.get_by_role("cell", name="México Evalúa").first).to_be_visible()
    soltar(visita, guardar(tmp_path, MIO))
    expect(pagina.get_by_text("Todo bien.")).to_be_visible()
    tabla = pagina.locator("table").last
    expect(tabla).to_contain_text("Toluca (suya)")
    expect(tabla).to_contain_text("Nezahualcóyotl")
    libro = openpyxl.load_workbook(io.BytesIO(descargar(pagina, "XLSX", tmp_path)))
    lugares = [celda.value for celda in libro["municipales_vistos"]["A"]]
    assert {"MX-15106", "MX-15058"} <= set(lugares)
    # Otra persona, al mismo tiempo, no lo ve.
    otra = Visita(visita.base, chromium.new_context(locale="es-MX").new_page())
    otra.ir("cargar")
    otra.pagina.wait_for_selector(GRAFICA)
    expect(otra.pagina.locator("table").last).to_contain_text("Nezahualcóyotl")
    expect(otra.pagina.locator("table").last).not_to_contain_text("Toluca")
    otra.pagina.context.close()
    pagina.get_by_role("button", name="Olvidar lo que subí").click()
    visita.lista()
    expect(tabla).not_to_contain_text("Toluca")


def test_lo_que_hay_que_corregir_se_lee_y_se_lleva(visita: Visita, tmp_path: Path) -> None:
    visita.ir("cargar")
    soltar(visita, guardar(tmp_path, MIO.replace("Toluca", "Macondo").replace(";60;", ";=1+1;")))
    pagina = visita.pagina
    expect(pagina.get_by_text("Hay 2 cosas que corregir")).to_be_visible()
    expect(pagina.locator("table").first).to_contain_text("Macondo")
    informe = descargar(pagina, "Informe CSV", tmp_path).decode("utf-8-sig")
    assert "'=1+1" in informe


def test_un_texto_hostil_se_lee_y_no_se_pinta(visita: Visita, tmp_path: Path) -> None:
    pagina = visita.ir("cargar")
    soltar(visita, guardar(tmp_path, MIO.replace("Mi observatorio", HOSTIL)))
    expect(pagina.get_by_text("Todo bien.")).to_be_visible()
    expect(pagina.locator("table").last).to_contain_text("<script>")
    assert pagina.locator("table img, table script").count() == 0
    assert pagina.title().startswith("Cargar datos propios")


def test_en_un_telefono_nada_se_sale(visita: Visita, tmp_path: Path) -> None:
    visita.pagina.set_viewport_size({"width": 390, "height": 844})
    visita.ir("cargar")
    soltar(visita, guardar(tmp_path, MIO))
    assert visita.pagina.evaluate("document.documentElement.scrollWidth") <= 390
