"""Si una celda ya canónica es lo que su columna admite."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from atalaya import catalogo
from atalaya.seguimiento.contratos import Columna
from atalaya.tabla_csv import periodo as revisar_periodo

_NUMERO: Final = re.compile(r"-?\d{1,15}(\.\d{1,12})?")


def revisar(columna: Columna, celda: str) -> str | None:
    """Qué se esperaba en la celda, si no lo es; None si está bien. Vacía, sólo donde no es obligatoria."""
    if not celda:
        return f"{columna.describe}: no puede ir vacía" if columna.es_obligatoria else None
    if columna.admitidos and celda not in columna.admitidos:
        return "uno de: " + ", ".join(columna.admitidos)
    return _POR_TIPO[columna.tipo](celda)


def _fecha(celda: str) -> str | None:
    esperado = "una fecha: 2020-02-24 o 24/02/2020; si sólo se sabe el mes o el año, 2020-02 o 2020"
    if re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", celda):
        try:
            date.fromisoformat((celda + "-01-01")[:10])
        except ValueError:
            return esperado
        return None
    return esperado


def _numero(celda: str) -> str | None:
    return None if _NUMERO.fullmatch(celda) else "un número, como 1234.5"


def _pct(celda: str) -> str | None:
    return None if _NUMERO.fullmatch(celda) and 0 <= float(celda) <= 100 else "un número de 0 a 100"


def _lugar(celda: str) -> str | None:
    return None if celda in catalogo.lugares() else "la clave de un lugar del catálogo (MX-15058) o su nombre entero"


def _indicador(celda: str) -> str | None:
    return None if celda in catalogo.indicadores() else "la clave de un indicador del catálogo"


def _direccion(celda: str) -> str | None:
    return None if re.fullmatch(r"https?://[^\s<>\"]+", celda) else "una dirección que empiece por https:// o http://"


def _periodo(celda: str) -> str | None:
    return revisar_periodo(celda)


_POR_TIPO: Final[Mapping[str, Callable[[str], str | None]]] = {
    "texto": lambda celda: None,
    "clave": lambda c: None if re.fullmatch(r"[a-z0-9][a-z0-9_]*", c) else "una clave: minúsculas sin acentos y _",
    "entero": lambda c: None if re.fullmatch(r"-?\d{1,15}", c) else "un número entero, como 1234",
    "numero": _numero,
    "pct": _pct,
    "fecha": _fecha,
    "periodo": _periodo,
    "lugar": _lugar,
    "indicador": _indicador,
    "direccion": _direccion,
}
