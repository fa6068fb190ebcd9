"""¿Qué afirmaciones se sostienen? Quien presenta prueba una frase, lee el veredicto, lo comparte y se lo lleva."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from gestos import GRAFICA, descargar
from playwright.sync_api import Page, expect
from visita import Visita

pytestmark = pytest.mark.navegador

RUTA = "afirmaciones?indicador=confianza_policia_municipal&lugar=MX-15058&periodo=2024T1"


def propia(pagina: Page) -> str:
    """El texto de la tarjeta de la frase propia."""
    return " ".join(pagina.locator(".st-key-frase_propia").inner_text().split())


def test_probar_una_frase_leer_el_veredicto_y_compartirlo(visita: Visita, tmp_path: Path) -> None:
    pagina = visita.ir(RUTA)
    pagina.wait_for_selector(GRAFICA)
    campo = pagina.get_by_label("Lo que dice")
    campo.fill("7 de cada 10")
    campo.press("Enter")
    expect(pagina.locator(".st-key-frase_propia .veredicto")).to_contain_text("Dentro del error")
    visita.lista()
    assert "58.65 % (51.2 a 65.7)" in propia(pagina)
    enlace = pagina.url
    assert parse_qs(urlsplit(enlace).query)["valor"] == ["7 de cada 10"]
    visita.pagina.goto(enlace)
    visita.lista()
    expect(pagina.locator(".st-key-frase_propia .veredicto")).to_contain_text("Dentro del error")
    assert descargar(pagina, "PNG", tmp_path)[:8] == b"\x89PNG\r\n\x1a\n"
    assert "dentro_del_error" in descargar(pagina, "CSV", tmp_path).decode("utf-8-sig")


def test_cambiar_de_trimestre_a_uno_sin_archivo_no_responde_con_otro(visita: Visita) -> None:
    pagina = visita.ir(RUTA.replace("2024T1", "2023T1") + "&valor=7%20de%20cada%2010")
    expect(pagina.locator(".st-key-frase_propia .veredicto")).to_contain_text("No comprobable con este acervo")
    visita.lista()
    texto = propia(pagina)
    assert "ensu1t2023_estimaciones.zip" in texto
    assert re.search(r"Otra cosa, no la respuesta.*diciembre de 2021.*marzo de 2024", texto)


def test_en_el_telefono_la_frase_se_lee_entera(visita: Visita) -> None:
    visita.pagina.set_viewport_size({"width": 390, "height": 844})
    pagina = visita.ir(RUTA + "&valor=7%20de%20cada%2010")
    pagina.wait_for_selector(GRAFICA)
    assert pagina.evaluate("document.documentElement.scrollWidth") <= 390
    anchos = pagina.locator(".veredictos li").evaluate_all("f => f.map(e => e.scrollWidth - e.clientWidth)")
    assert max(anchos) <= 1


def test_la_ficha_se_lleva_como_imagen(visita: Visita, tmp_path: Path) -> None:
    pagina = visita.ir("ficha?lugar=MX-15058")
    pagina.wait_for_selector(GRAFICA)
    assert descargar(pagina, "PNG", tmp_path)[:8] == b"\x89PNG\r\n\x1a\n"
    dibujo = descargar(pagina, "SVG", tmp_path).decode()
    assert "nacional" in dibujo
    assert "Confianza: policía municipal" in dibujo
