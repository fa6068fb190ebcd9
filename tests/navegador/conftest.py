"""Un servidor de verdad en un puerto libre y un Chromium que anota todo lo que pide y todo lo que se queja."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright
from visita import Visita, vigilar

RAIZ = Path(__file__).resolve().parents[2]
BANDERAS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
]
ESPERA_S = 60


@pytest.fixture(scope="session")
def servidor(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """La dirección de un tablero recién arrancado con `streamlit run app.py`."""
    with socket.socket() as enchufe:
        enchufe.bind(("localhost", 0))
        puerto = enchufe.getsockname()[1]
    bitacora = tmp_path_factory.mktemp("servidor") / "salida.txt"
    orden = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={puerto}", "--server.headless=true"]
    with bitacora.open("w") as salida:
        proceso = subprocess.Popen(orden, cwd=RAIZ, stdout=salida, stderr=subprocess.STDOUT)
        try:
            _esperar(f"http://localhost:{puerto}/_stcore/health", proceso, bitacora)
            yield f"http://localhost:{puerto}"
        finally:
            proceso.terminate()
            proceso.wait(timeout=20)


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


@pytest.fixture
def visita(servidor: str, chromium: Browser) -> Iterator[Visita]:
    """Una visita nueva, de escritorio y en español; al terminar nada pudo salir del propio servidor ni quejarse."""
    contexto = chromium.new_context(viewport={"width": 1440, "height": 2400}, locale="es-MX")
    una = Visita(servidor, contexto.new_page())
    vigilar(una)
    yield una
    assert una.ajenas() == []
    assert una.quejas == []
    contexto.close()


def _esperar(direccion: str, proceso: subprocess.Popen[bytes], bitacora: Path) -> None:
    limite = time.monotonic() + ESPERA_S
    while time.monotonic() < limite:
        if proceso.poll() is not None:
            break
        try:
            with urllib.request.urlopen(direccion, timeout=1):  # noqa: S310 - nuestro propio servidor
                return
        except OSError:
            time.sleep(0.2)
    pytest.fail(f"el servidor no arrancó:\n{bitacora.read_text()}")
