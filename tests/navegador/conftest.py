"""Un servidor de verdad en un puerto libre y un Chromium que anota todo lo que pide y todo lo que se queja."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright, expect, sync_playwright
from tablero import servir
from visita import Visita, visitar

expect.set_options(
    timeout=20_000
)  # una máquina ocupada tarda más de los 5 s de Playwright; quien llega antes no espera
BANDERAS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]


@pytest.fixture(scope="session")
def servidor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """La dirección de un tablero recién arrancado con `streamlit run app.py`."""
    with servir(tmp_path_factory.mktemp("servidor")) as direccion:
        yield direccion


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """El Chromium o Chrome de la máquina (o el de CHROMIUM)."""
    nombres = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    ruta = os.environ.get("CHROMIUM") or next((r for r in map(shutil.which, nombres) if r), None)
    if ruta is None:
        pytest.fail("no hay Chromium ni Chrome: corra `bash herramientas/preparar.sh chromium` o diga CHROMIUM=/ruta")
    juego: Playwright
    with sync_playwright() as juego:
        navegador = juego.chromium.launch(executable_path=ruta, args=BANDERAS)
        yield navegador
        navegador.close()


@pytest.fixture(scope="session")
def escritorio(chromium: Browser) -> Iterator[BrowserContext]:
    """El contexto que comparten las visitas de escritorio, una tras otra."""
    contexto = chromium.new_context(viewport={"width": 1440, "height": 2400}, locale="es-MX")
    yield contexto
    contexto.close()


@pytest.fixture
def visita(servidor: str, escritorio: BrowserContext) -> Iterator[Visita]:
    """Una visita nueva, de escritorio y en español; al terminar nada pudo salir del propio servidor ni quejarse."""
    with visitar(escritorio, servidor) as una:
        yield una
