"""Lo que comparten los lectores de un CSV pequeño: su encabezado para reconocerlo y sus renglones con número."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

_LARGO_MAXIMO: Final = 1_000


def encabezado(ruta: Path) -> tuple[str, ...]:
    """Las celdas del primer renglón; ninguna si la ruta no es un archivo de texto en UTF-8."""
    try:
        with ruta.open(encoding="utf-8-sig", newline="") as archivo:
            return tuple(next(csv.reader([archivo.readline(_LARGO_MAXIMO)]), ()))
    except (OSError, UnicodeDecodeError):
        return ()


def renglones(ruta: Path) -> Iterator[tuple[int, list[str]]]:
    """(número de renglón, celdas) de todo lo que sigue al encabezado."""
    with ruta.open(encoding="utf-8-sig", newline="") as archivo:
        lector = csv.reader(archivo)
        next(lector)
        for celdas in lector:
            yield lector.line_num, celdas
