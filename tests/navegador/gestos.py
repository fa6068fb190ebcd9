"""Lo que hace una persona con la página abierta: elegir, leer una cifra, llevarse un archivo."""

from __future__ import annotations

from pathlib import Path
from typing import Final
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page

GRAFICA: Final = "[data-testid='stVegaLiteChart'] canvas, [data-testid='stVegaLiteChart'] svg.marks"


def url_de(pagina: Page) -> dict[str, list[str]]:
    """Los parámetros de la barra de direcciones."""
    return parse_qs(urlsplit(pagina.url).query, keep_blank_values=True)


def cifra(pagina: Page, ciudad: str) -> str:
    """La cifra de una ciudad en la primera tabla."""
    fila = pagina.locator("table").first.locator("tr", has_text=ciudad).first
    return fila.locator("td").nth(1).inner_text().replace("\N{NO-BREAK SPACE}", " ").strip()


def quitar_todas(pagina: Page, rotulo: str) -> None:
    """Vacía un selector múltiple con el teclado: el campo borra la última con retroceso."""
    campo = pagina.get_by_role("combobox", name=rotulo)
    campo.click()
    for _ in range(20):
        campo.press("Backspace")
    pagina.keyboard.press("Escape")


def descargar(pagina: Page, formato: str, destino: Path) -> bytes:
    """Pulsa un botón de descarga y devuelve los bytes que llegan al disco."""
    with pagina.expect_download(timeout=60_000) as espera:
        pagina.get_by_role("button", name=formato, exact=True).click()
    ruta = destino / espera.value.suggested_filename
    espera.value.save_as(ruta)
    return ruta.read_bytes()
