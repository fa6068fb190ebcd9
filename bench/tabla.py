"""La tabla de medidas de un documento de rendimiento."""

from __future__ import annotations

import os
import platform
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import psutil

MARCA: Final = "<!-- medido -->"


def escribir(salida: Path, medidas: Iterable[tuple[str, str, str]]) -> None:
    """Reescribe lo que va debajo de la marca: la máquina, la fecha y una fila por (qué, medido, meta)."""
    maquina = f"{os.cpu_count()} núcleos, {psutil.virtual_memory().total / 2**30:.0f} GB, Python "
    tabla = [f"Máquina: {maquina}{platform.python_version()}. Fecha: {time.strftime('%Y-%m-%d')}. Medianas.", ""]
    tabla += ["| qué | medido | meta |", "|---|---:|---:|", *(f"| {q} | {v} | {m} |" for q, v, m in medidas)]
    antes = salida.read_text(encoding="utf-8").split(MARCA)[0]
    salida.write_text(antes + MARCA + "\n" + "\n".join(tabla) + "\n", encoding="utf-8")
