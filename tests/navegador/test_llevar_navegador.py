"""En Chromium: buscar, llevarse el paquete, copiar los enlaces, y ver una vista dentro de otro sitio y sólo ahí."""

from __future__ import annotations

import io
import threading
import urllib.request
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from visita import Visita

from atalaya.acervo import versiones

pytestmark = pytest.mark.navegador
VIGENTE = versiones()[-1].version
VISTA = "comparar?lugar=MX-CD28&lugar=MX-CD27&indicador=confianza_policia_municipal&periodo=2025T2"


@pytest.fixture
def otro_sitio(servidor: str) -> Iterator[str]:
    """Un sitio ajeno (otro origen) que pone en un marco la dirección que se le pida."""

    class Ajeno(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            ruta = self.path.partition("?ver=")[2]
            self.send_response(200)
            self.send_header("content-type", "text/html")
            self.end_headers()
            self.wfile.write(f"<h1>Otro sitio</h1><iframe src='{servidor}/{ruta}' width=900 height=900>".encode())

        def log_message(self, *_: object) -> None:
            pass

    sitio = HTTPServer(("127.0.0.1", 0), Ajeno)
    threading.Thread(target=sitio.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{sitio.server_port}"
    sitio.shutdown()


def _bajar(pagina: Page, rotulo: str, destino: Path) -> bytes:
    pagina.get_by_role("button", name="Más formatos").click()
    with pagina.expect_download(timeout=60_000) as espera:
        pagina.get_by_role("button", name=rotulo, exact=True).click()
    ruta = destino / espera.value.suggested_filename
    espera.value.save_as(ruta)
    return ruta.read_bytes()


def test_se_busca_desde_inicio_y_el_resultado_abre_su_pagina(visita: Visita) -> None:
    pagina = visita.ir()
    pagina.get_by_label("Buscar en todo el tablero").fill("penalolen")
    pagina.keyboard.press("Enter")
    pagina.wait_for_url("**/buscar?**")
    assert "q=penalolen" in visita.lista().url
    pagina.get_by_role("link", name="Peñalolén · Comuna").click()
    pagina.wait_for_url("**/ficha?**")
    expect(visita.lista().get_by_role("heading", name="Peñalolén", exact=False).first).to_be_visible()


def test_el_paquete_llega_entero(visita: Visita, tmp_path: Path) -> None:
    libro = zipfile.ZipFile(io.BytesIO(_bajar(visita.ir(VISTA), "Todo (ZIP)", tmp_path)))
    nombres = libro.namelist()
    assert {"LEEME.txt", "cita.bib", "cita_apa.txt", "licencias.txt"} <= set(nombres)
    leeme = libro.read("LEEME.txt").decode()
    assert VIGENTE in leeme and "/comparar?" in leeme and "lugar=MX-CD28" in leeme
    assert any(n.endswith(".sql") and b"prepare mostrar_consultar" in libro.read(n) for n in nombres)


def test_el_enlace_congelado_da_la_misma_vista_y_se_suelta(visita: Visita) -> None:
    pagina = visita.ir(VISTA)
    pagina.get_by_role("button", name="Compartir").click()
    copiables = pagina.locator("[data-testid=stPopoverBody] code")
    expect(copiables).to_have_count(3, timeout=15_000)
    enlaces = copiables.all_inner_texts()
    assert "acervo" not in enlaces[0] and enlaces[1].endswith(f"acervo={VIGENTE}")
    cifras = pagina.locator("table").first.inner_text()
    pagina.goto(enlaces[1])
    assert visita.lista().locator("table").first.inner_text() == cifras
    expect(pagina.get_by_text("Enlace congelado")).to_be_visible()
    pagina.get_by_role("button", name="Seguir el más nuevo").click()
    pagina.wait_for_url(lambda url: "acervo=" not in url)
    expect(pagina.get_by_text("Enlace congelado")).to_have_count(0)


def test_una_vista_incrustada_se_ve_en_otro_sitio_sin_menu_ni_descargas(chromium: Browser, otro_sitio: str) -> None:
    pagina = chromium.new_page()
    pagina.goto(f"{otro_sitio}/?ver={VISTA}&embed=true")
    marco = pagina.frame_locator("iframe")
    expect(marco.locator("table").first).to_contain_text("Nezahualcóyotl", timeout=30_000)
    expect(marco.get_by_text("Fuente: Instituto Nacional de Estadística")).to_be_visible(timeout=30_000)
    expect(marco.get_by_role("link", name="Ver en Atalaya")).to_have_attribute("target", "_blank")
    for sobra in ("[data-testid=stSidebar]", "[data-testid=stDownloadButton]", ".stMultiSelect", ".stSelectbox"):
        assert not [uno for uno in marco.locator(sobra).all() if uno.is_visible()], sobra
    pagina.close()


@pytest.mark.parametrize("ruta", ["comparar?lugar=MX-CD28", "presentacion?embed=true", "presentar?embed=true"])
def test_lo_demas_no_se_deja_poner_en_otro_sitio(chromium: Browser, otro_sitio: str, ruta: str) -> None:
    pagina = chromium.new_page()
    quejas: list[str] = []
    pagina.on("console", lambda m: quejas.append(m.text))
    pagina.goto(f"{otro_sitio}/?ver={ruta}")
    pagina.wait_for_timeout(1_500)
    assert any("frame-ancestors" in q or "X-Frame-Options" in q for q in quejas), quejas
    # Lo que queda en el marco es la negativa del navegador.
    assert pagina.frames[1].url.startswith("chrome-error://")
    assert pagina.frame_locator("iframe").locator(".stApp").count() == 0
    pagina.close()


@pytest.mark.parametrize(
    ("ruta", "marco", "opciones"),
    [("comparar?embed=true", "'self' *", None), ("comparar", "'self'", "SAMEORIGIN"), ("", "'self'", "SAMEORIGIN")],
)
def test_las_cabeceras_dicen_quien_puede_enmarcar(servidor: str, ruta: str, marco: str, opciones: str | None) -> None:
    with urllib.request.urlopen(f"{servidor}/{ruta}") as respuesta:  # noqa: S310 - nuestro propio servidor
        assert respuesta.headers["x-frame-options"] == opciones
        politica = respuesta.headers["content-security-policy"]
    assert politica.split("frame-ancestors ")[1].split(";")[0] == marco
    assert "script-src 'self'" in politica
