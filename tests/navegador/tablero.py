"""Un tablero de verdad, arrancado con `streamlit run app.py` en un puerto libre."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

RAIZ = Path(__file__).resolve().parents[2]
ESPERA_S = 60


@contextmanager
def servir(carpeta: Path, raiz: Path = RAIZ, **ambiente: str) -> Iterator[str]:
    """Un tablero arrancado en un puerto libre, con esas variables de ambiente de más; se apaga al salir.

    `raiz`: dónde está su `app.py`.
    """
    with socket.socket() as enchufe:
        enchufe.bind(("localhost", 0))
        puerto = enchufe.getsockname()[1]
    bitacora = carpeta / "salida.txt"
    orden = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={puerto}", "--server.headless=true"]
    with bitacora.open("w") as salida:
        entorno = {**os.environ, **ambiente}
        proceso = subprocess.Popen(orden, cwd=raiz, stdout=salida, stderr=subprocess.STDOUT, env=entorno)
        try:
            _esperar(f"http://localhost:{puerto}/_stcore/health", proceso, bitacora)
            yield f"http://localhost:{puerto}"
        finally:
            proceso.terminate()
            proceso.wait(timeout=20)


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
