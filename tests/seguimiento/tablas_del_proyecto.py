"""Las tablas de `datos/gobierno_abierto/`, con su número de fila, y las claves a que se puede referir."""

from __future__ import annotations

from functools import cache

from atalaya.seguimiento import CARPETA, contratos
from atalaya.tabla_csv import filas

Fila = dict[str, str]


@cache
def numeradas() -> dict[str, list[tuple[int, Fila]]]:
    """Por tabla, (fila como en una hoja de cálculo, celdas); el encabezado tiene que ser el del contrato."""
    return {nombre: list(filas(CARPETA / f"{nombre}.csv", uno.nombres)) for nombre, uno in contratos().items()}


def celdas(tabla: str) -> list[Fila]:
    """Las filas de una tabla."""
    return [fila for _, fila in numeradas()[tabla]]


@cache
def claves() -> dict[str, set[str]]:
    """Por tabla, las claves que existen."""
    return {nombre: {fila[uno.llave[0]] for fila in celdas(nombre)} for nombre, uno in contratos().items()}
