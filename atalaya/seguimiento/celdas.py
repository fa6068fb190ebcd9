"""Si una celda ya canónica es lo que su columna admite."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from atalaya import catalogo
from atalaya.idiomas import tr
from atalaya.seguimiento.contratos import Columna
from atalaya.tabla_csv import periodo

# [0-9] y no \d: \d admite cifras de otros alfabetos, que DuckDB no convierte.
_ENTERO: Final = re.compile(r"-?[0-9]{1,15}")
_NUMERO: Final = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,12})?")
_FECHA: Final = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_CLAVE: Final = re.compile(r"[a-z0-9][a-z0-9_]*")
_DIRECCION: Final = re.compile(r"https?://[^\s<>\"]+")
_INVISIBLES: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def revisar(columna: Columna, celda: str) -> str | None:
    """Qué se esperaba en la celda, si no lo es; None si está bien. Vacía, sólo donde no es obligatoria."""
    if not celda.strip():
        if columna.es_obligatoria:
            return tr("{describe}: no puede ir vacía", describe=columna.describe)
        return tr("vacía del todo, sin espacios") if celda else None
    if columna.admitidos and celda not in columna.admitidos:
        return tr("uno de: ") + ", ".join(columna.admitidos)
    return _POR_TIPO[columna.tipo](celda)


def _texto(celda: str) -> str | None:
    return tr("un texto sin caracteres de control") if _INVISIBLES.search(celda) else None


def _clave(celda: str) -> str | None:
    return None if _CLAVE.fullmatch(celda) else tr("una clave: minúsculas sin acentos, números y _")


def _entero(celda: str) -> str | None:
    return None if _ENTERO.fullmatch(celda) else tr("un número entero, como 1234")


def _numero(celda: str) -> str | None:
    return None if _NUMERO.fullmatch(celda) else tr("un número, como 1234.5")


def _pct(celda: str) -> str | None:
    return None if _NUMERO.fullmatch(celda) and 0 <= float(celda) <= 100 else tr("un número de 0 a 100")


def _fecha(celda: str) -> str | None:
    esperado = tr("una fecha: 2020-02-24 o 24/02/2020; si sólo se sabe el mes o el año, 2020-02 o 2020")
    if not _FECHA.fullmatch(celda):
        return esperado
    try:
        date.fromisoformat((celda + "-01-01")[:10])
    except ValueError:
        return tr("{esperado}; y que exista en el calendario", esperado=esperado)
    return None


def _lugar(celda: str) -> str | None:
    return (
        None if celda in catalogo.lugares() else tr("la clave de un lugar del catálogo (MX-15058) o su nombre entero")
    )


def _indicador(celda: str) -> str | None:
    return None if celda in catalogo.indicadores() else tr("la clave de un indicador del catálogo")


def _direccion(celda: str) -> str | None:
    return None if _DIRECCION.fullmatch(celda) else tr("una dirección que empiece por https:// o http://")


_POR_TIPO: Final[Mapping[str, Callable[[str], str | None]]] = {
    "texto": _texto,
    "clave": _clave,
    "entero": _entero,
    "numero": _numero,
    "pct": _pct,
    "fecha": _fecha,
    "periodo": periodo,
    "lugar": _lugar,
    "indicador": _indicador,
    "direccion": _direccion,
}
