"""Arrancar y parar el tablero tal como lo arranca una persona, en un puerto libre."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

RAIZ = Path(__file__).resolve().parent.parent


@dataclass
class Servidor:
    """Proceso en marcha: puerto, segundos hasta el primer HTTP 200 y pid."""

    puerto: int
    arranque_s: float
    pid: int


def puerto_libre() -> int:
    """Un puerto que nadie usa ahora mismo."""
    with socket.socket() as enchufe:
        enchufe.bind(("localhost", 0))
        return int(enchufe.getsockname()[1])


@contextlib.contextmanager
def servidor() -> Iterator[Servidor]:
    """Corre `streamlit run app.py` y espera a que conteste; al salir lo termina."""
    puerto = puerto_libre()
    orden = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        "app.py",
        "--server.port",
        str(puerto),
        "--server.headless",
        "true",
    ]
    inicio = time.perf_counter()
    proceso = subprocess.Popen(orden, cwd=RAIZ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while not _contesta(puerto):
            if proceso.poll() is not None or time.perf_counter() - inicio > 60:
                raise RuntimeError("el tablero no arrancó: pruebe `streamlit run app.py` y lea el error")
            time.sleep(0.02)
        yield Servidor(puerto, time.perf_counter() - inicio, proceso.pid)
    finally:
        proceso.terminate()
        proceso.wait(timeout=20)


def _contesta(puerto: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://localhost:{puerto}/", timeout=2) as respuesta:
            return bool(respuesta.status == 200)
    except OSError:
        return False
