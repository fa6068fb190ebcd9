"""Lo que una persona hace: abrir, elegir ciudades, leer la cifra, compartir el enlace, llevarse la vista."""

from __future__ import annotations

import csv
import io
import json
import re
import urllib.error
import urllib.request
from pathlib import Path

import openpyxl
import pytest
from gestos import GRAFICA, cifra, descargar, quitar_todas, url_de
from playwright.sync_api import Browser, Page, expect
from visita import Visita

pytestmark = pytest.mark.navegador


def test_elegir_nezahualcoyotl_y_dos_mas_leer_la_cifra_y_compartir(visita: Visita, chromium: Browser) -> None:
    pagina = visita.ir("comparar?indicador=confianza_policia_municipal&periodo=2025T2")
    quitar_todas(pagina, "Lugares")
    campo = pagina.get_by_role("combobox", name="Lugares")
    for ciudad in ("Nezahualcóyotl", "Tijuana", "Iztapalapa"):
        campo.click()
        campo.fill(ciudad)
        pagina.get_by_role("option", name=ciudad, exact=True).click()
    pagina.keyboard.press("Escape")
    expect(pagina.locator("table").first.locator("tbody tr")).to_have_count(4)
    visita.lista()
    assert cifra(pagina, "Nezahualcóyotl") == "55.95 %"
    assert cifra(pagina, "Iztapalapa") == "no aplica"
    assert url_de(pagina)["lugar"] == ["MX-CD28", "MX-CD03", "MX-CD76"]

    otro = chromium.new_context(locale="es-MX").new_page()
    otro.goto(pagina.url)
    expect(otro.locator("table").first.locator("tbody tr")).to_have_count(4)
    assert cifra(otro, "Nezahualcóyotl") == "55.95 %"
    otro.context.close()


def test_cambiar_la_url_cambia_la_vista_y_atras_regresa(visita: Visita) -> None:
    pagina = visita.ir("comparar?lugar=MX-15058&indicador=inseguridad_ciudad&periodo=2025T2")
    assert cifra(pagina, "Nezahualcóyotl") == "64.86 %"
    visita.ir("comparar?lugar=MX-15058&indicador=inseguridad_ciudad&periodo=2024T2")
    assert cifra(pagina, "Nezahualcóyotl").startswith("61.")
    pagina.get_by_role("combobox", name="Trimestre").click()
    pagina.get_by_role("option", name="Septiembre de 2021 (T3)").click()
    expect(pagina.locator("table").first).to_contain_text("69.4")
    assert url_de(pagina)["periodo"] == ["2021T3"]
    pagina.go_back()
    expect(pagina.locator("table").first).to_contain_text("61.")
    assert url_de(pagina)["periodo"] == ["2024T2"]


def test_url_que_no_dice_nada_avisa(visita: Visita) -> None:
    pagina = visita.ir("clasificacion?indicador=inventado&lugar=MX-99999")
    expect(pagina.get_by_test_id("stAlert").first).to_contain_text("«inventado» no es un indicador con cifras")
    pagina.wait_for_selector(GRAFICA)


def test_se_lleva_csv_xlsx_png_y_svg(visita: Visita, tmp_path: Path) -> None:
    pagina = visita.ir("comparar?lugar=MX-CD28&lugar=MX-CD76&indicador=confianza_policia_municipal&periodo=2025T2")
    filas = {
        fila["lugar"]: fila
        for fila in csv.DictReader(io.StringIO(descargar(pagina, "CSV", tmp_path).decode("utf-8-sig"), newline=""))
    }
    assert round(float(filas["MX-CD28"]["valor_pct"]), 2) == 55.95
    assert filas["MX-CD76"]["estado"] == "no_aplica"
    assert filas["MX-CD28"]["enlace"].startswith(visita.base + "/comparar?")
    libro = openpyxl.load_workbook(io.BytesIO(descargar(pagina, "XLSX", tmp_path)))
    assert libro.sheetnames == ["datos", "definiciones", "fuentes"]
    assert descargar(pagina, "PNG", tmp_path).startswith(b"\x89PNG")
    svg = descargar(pagina, "SVG", tmp_path).decode("utf-8")
    assert "Nezahualcóyotl" in svg
    assert "INEGI" in svg


def test_el_tema_oscuro_alcanza_a_los_graficos(visita: Visita) -> None:
    visita.pagina.emulate_media(color_scheme="dark")
    pagina = visita.ir("comparar")
    pagina.wait_for_selector(GRAFICA)
    fondo = pagina.evaluate(
        "() => { const l = document.querySelector('[data-testid=stVegaLiteChart] canvas');"
        " return l ? [...l.getContext('2d').getImageData(2, 2, 1, 1).data].slice(0, 3) : null }"
    )
    assert fondo in ([18, 24, 29], None)
    assert (
        pagina.evaluate("getComputedStyle(document.querySelector('[data-testid=stApp]')).backgroundColor")
        == "rgb(18, 24, 29)"
    )


def test_cabeceras_de_seguridad_y_salud(servidor: str) -> None:
    with urllib.request.urlopen(f"{servidor}/comparar") as respuesta:  # noqa: S310
        cabeceras, cuerpo = respuesta.headers, respuesta.read().decode()
    politica = cabeceras["content-security-policy"]
    assert "default-src 'self'" in politica
    assert "connect-src 'self'" in politica
    assert "'unsafe-inline'" not in re.search(r"script-src[^;]*", politica)[0]  # type: ignore[index]
    assert cabeceras["x-content-type-options"] == "nosniff"
    assert '<html lang="es">' in cuerpo
    with urllib.request.urlopen(f"{servidor}/salud") as respuesta:  # noqa: S310
        assert json.load(respuesta)["estado"] == "bien"


def test_no_se_sirven_archivos_de_la_casa(servidor: str) -> None:
    for ruta in (
        "app/static/../app.py",
        "app/static/%2e%2e/app.py",
        "datos/acervo/manifiesto.json",
        "pages/datos/datos.py",
    ):
        try:
            with urllib.request.urlopen(f"{servidor}/{ruta}") as respuesta:  # noqa: S310
                assert b"<html" in respuesta.read(), ruta
        except urllib.error.HTTPError as falla:
            assert falla.code in (400, 403, 404), ruta


def test_la_diferencia_con_ecatepec_supera_el_error(visita: Visita, tmp_path: Path) -> None:
    """Una persona quiere saber si puede decir que en Nezahualcóyotl se confía más que en Ecatepec."""
    pagina = visita.ir("comparar?lugar=MX-CD28&lugar=MX-CD27&indicador=confianza_policia_municipal&periodo=2025T2")
    frase = pagina.locator("li", has_text="Ecatepec en 24.8").first
    expect(frase).to_contain_text("La cifra de Nezahualcóyotl supera, más allá del error muestral, a la de Ecatepec")
    expect(pagina.get_by_text("error modelado por Atalaya").first).to_be_visible()
    filas = list(csv.DictReader(io.StringIO(descargar(pagina, "CSV", tmp_path).decode("utf-8-sig"), newline="")))
    (ecatepec,) = (fila for fila in filas if fila["lugar"] == "MX-CD27")
    assert ecatepec["veredicto"] == "mayor"
    assert abs(float(ecatepec["diferencia"])) > float(ecatepec["margen"])
    assert ecatepec["metodo_error"] == "modelada"
    assert ecatepec["regla_precision"] == "inegi"
    pagina.get_by_role("radio", name="CEPAL").click()
    pagina.wait_for_url("**regla=cepal**")
    expect(frase).to_contain_text("supera")


def test_comparar_los_dos_municipios_hallar_el_aviso_y_leer_la_ficha(visita: Visita, tmp_path: Path) -> None:
    """Una persona de la red abre Comparar: ve a Nezahualcóyotl junto a Peñalolén, el aviso, y qué difiere."""
    pagina = visita.ir("comparar")
    expect(pagina.locator("h1")).to_have_text("Comparar lugares")
    pagina.wait_for_selector(GRAFICA)
    aviso = pagina.get_by_test_id("stAlert").filter(has_text="Comparabilidad media").first
    expect(aviso).to_be_visible()
    expect(aviso).to_contain_text("mezcla la realidad con el método")
    ficha = pagina.locator("section.ficha", has_text="Qué le hace a la cifra").first
    expect(ficha).to_be_visible()  # abierta: se lee sin tocar nada
    expect(ficha).to_contain_text("6 meses contra 12")
    assert cifra_de(pagina, "Nezahualcóyotl") == ["ENSU 1.er sem 2025", "30.89 %"]
    assert cifra_de(pagina, "Peñalolén") == ["ENUSC 2023", "33.65 %"]
    expect(pagina.locator("li", has_text="La diferencia entre las dos encuestas").first).to_contain_text("no se prueba")

    no_existe = pagina.get_by_test_id("stAlert").filter(has_text="La autoridad no existe en Chile")
    expect(no_existe).to_be_visible()
    filas = list(csv.DictReader(io.StringIO(descargar(pagina, "CSV", tmp_path).decode("utf-8-sig"), newline="")))
    niveles = {(fila["lugar"], fila["indicador"]): fila["comparabilidad"] for fila in filas}
    assert niveles["CL-13122", "victimizacion_hogar"] == niveles["MX-CD28", "hogares_victimas"] == "media"
    assert niveles["CL-13122", "percepcion_aumento_delincuencia_pais"] == "ninguna"
    assert "ENUSC" in descargar(pagina, "SVG", tmp_path).decode("utf-8")

    pagina.get_by_role("combobox", name="Lugares").click()
    pagina.get_by_role("combobox", name="Lugares").fill("La Florida")
    pagina.get_by_role("option", name="La Florida (Chile)", exact=True).click()
    pagina.keyboard.press("Escape")
    expect(pagina.locator("table").first).to_contain_text("La Florida")
    assert "CL-13110" in url_de(pagina)["lugar"]


def cifra_de(pagina: Page, lugar: str) -> list[str]:
    """Encuesta y cifra de un lugar en la primera tabla."""
    celdas = pagina.locator("table").first.locator("tr", has_text=lugar).first.locator("td")
    return [celdas.nth(k).inner_text().replace("\N{NO-BREAK SPACE}", " ").strip() for k in (1, 2)]


def test_la_tesis_se_lee_se_cambia_de_par_y_se_comparte(visita: Visita, tmp_path: Path) -> None:
    """Quien presenta en el seminario busca si «más cercanía, más confianza» aparece en las cifras."""
    pagina = visita.ir("proximidad")
    expect(pagina.get_by_text("ninguno de sus 4 coeficientes se distingue de cero")).to_be_visible()
    expect(pagina.get_by_text("hay 0.40 puntos menos de inseguridad (de 0.29 a 0.51)")).to_be_visible()
    expect(pagina.get_by_role("heading", name="Lo que esto no prueba")).to_be_visible()
    pagina.get_by_role("combobox", name="Par de la dispersión").click()
    pagina.get_by_role("option", name="Identifica a la policía → confía en ella").click()
    expect(pagina.get_by_text("Identifica a la policía → confía en ella, promedio").first).to_be_visible()
    pagina.get_by_role("radio", name="Sólo el trimestre elegido").click()
    pagina.wait_for_url("**puntos=periodo**")
    expect(pagina.get_by_text("Entre ciudades, en junio de 2025").first).to_be_visible()
    visita.lista()
    assert url_de(pagina)["par"] == ["identifica_confianza"]
    filas = list(csv.DictReader(io.StringIO(descargar(pagina, "CSV", tmp_path).decode("utf-8-sig"), newline="")))
    assert {fila["lugar"] for fila in filas} >= {"MX", "MX-CD28", "MX-05035"}
    assert descargar(pagina, "PNG", tmp_path).startswith(b"\x89PNG")


def test_percepcion_y_registro_alinea_los_anios(visita: Visita, tmp_path: Path) -> None:
    """Los cuadros tienen la misma anchura de eje: un año cae en la misma vertical en todos."""
    pagina = visita.ir("percepcion_y_registro?lugar=MX-15058&desde=2019&hasta=2025")
    pagina.wait_for_selector(GRAFICA)
    expect(pagina.locator(GRAFICA).nth(1)).to_be_visible()
    cajas = pagina.locator(GRAFICA).evaluate_all(
        "f => f.map(e => { const c = e.getBoundingClientRect(); return [c.left, c.right].map(Math.round).join() })"
    )
    assert len(cajas) >= 2
    assert len(set(cajas)) == 1
    expect(pagina.get_by_role("heading", name="Por qué pueden ir en direcciones distintas")).to_be_visible()
    svg = descargar(pagina, "SVG", tmp_path).decode("utf-8")
    assert "Se dice: Percepción de inseguridad en la ciudad" in svg
