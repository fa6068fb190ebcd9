"""Leer una tabla CSV pequeña y revisada a mano: encabezado exacto, celdas admitidas, clave sin repetir.

Cada falla dice archivo, fila (como se ve en una hoja de cálculo) y campo, qué se esperaba y qué llegó.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from atalaya import periodos
from atalaya.errores import ErrorAtalaya, ErrorCatalogo

T = TypeVar("T")
Revision = Callable[[str], str | None]
"""Recibe la celda; devuelve qué se esperaba si está mal, o None."""


def leer(archivo: Path, clase: type[T], revisiones: Mapping[str, Revision]) -> list[T]:
    """Una instancia de `clase` (dataclass) por fila; las columnas son sus campos, en su orden.

    Lanza ErrorCatalogo si falta el archivo, el encabezado no es ése o una celda no pasa su revisión.
    """
    campos = {campo.name: campo.type for campo in fields(clase)}  # type: ignore[arg-type]
    salida = []
    for numero, fila in filas(archivo, list(campos)):
        for campo, revisar in revisiones.items():
            if esperado := revisar(fila[campo]):
                falla(archivo, numero, campo, esperado, fila[campo])
        valores: dict[str, Any] = {c: int(fila[c]) if tipo == "int" else fila[c] for c, tipo in campos.items()}
        salida.append(clase(**valores))
    return salida


def leer_por_clave(archivo: Path, clase: type[T], revisiones: Mapping[str, Revision]) -> dict[str, T]:
    """Como `leer`, en un diccionario por la primera columna. Lanza ErrorCatalogo si una clave se repite."""
    campo = fields(clase)[0].name  # type: ignore[arg-type]
    por_clave: dict[str, T] = {}
    for numero, uno in enumerate(leer(archivo, clase, revisiones), start=2):
        clave = getattr(uno, campo)
        if clave in por_clave:
            falla(archivo, numero, campo, "cada clave una sola vez", clave)
        por_clave[clave] = uno
    return por_clave


def filas(archivo: Path, campos: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """(número de fila, celdas por campo). Lanza ErrorCatalogo si falta el archivo o no trae justo esos campos."""
    if not archivo.is_file():
        raise ErrorCatalogo(
            donde=str(archivo),
            esperado="una tabla del catálogo",
            recibido="el archivo no existe",
            remedio="recupérelo de una copia íntegra del proyecto",
        )
    with archivo.open(encoding="utf-8", newline="") as flujo:
        lector = csv.DictReader(flujo, strict=True)
        if lector.fieldnames != campos:
            falla(archivo, 1, "encabezado", ",".join(campos), ",".join(lector.fieldnames or []))
        for numero, fila in enumerate(lector, start=2):
            if None in fila or None in fila.values():
                falla(archivo, numero, "fila entera", f"{len(campos)} celdas", "más o menos celdas que el encabezado")
            yield numero, fila


def falla(archivo: Path, fila: int, campo: str, esperado: str, recibido: str) -> NoReturn:
    """Lanza ErrorCatalogo diciendo dónde y qué corregir."""
    raise ErrorCatalogo(
        donde=f"{archivo.name} › fila {fila} › {campo}",
        esperado=esperado,
        recibido=repr(recibido),
        remedio=f"corrija esa fila en {archivo}",
    )


def casa(forma: str) -> Revision:
    """La celda entera casa con la expresión regular."""
    patron = re.compile(forma)
    return lambda celda: None if patron.fullmatch(celda) else f"algo de la forma {forma}"


def en(admitidos: Iterable[str], tabla: str = "") -> Revision:
    """La celda es uno de los valores admitidos (o una clave de otra tabla)."""
    conjunto = tuple(admitidos)
    dicho = f"una clave de {tabla}" if tabla else "uno de: " + ", ".join(c or "(vacío)" for c in conjunto)
    return lambda celda: None if celda in conjunto else dicho


def lleno(celda: str) -> str | None:
    """La celda trae un texto."""
    return None if celda.strip() else "un texto"


def periodo(celda: str) -> str | None:
    """La celda es un periodo bien escrito."""
    try:
        periodos.validar(celda)
    except ErrorAtalaya as error:
        return error.esperado
    return None


def periodo_o_vacio(celda: str) -> str | None:
    """La celda es un periodo o está vacía."""
    return periodo(celda) if celda else None
