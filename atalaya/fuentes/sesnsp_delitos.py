"""Lo común a los archivos del SESNSP: de dónde son, con qué instrumento se registró cada año y qué delitos admite."""

from __future__ import annotations

from functools import cache
from typing import Final

from atalaya.catalogo import registros

FUENTE: Final = "sesnsp"
TABLA: Final = "conteo"
ORIGEN: Final = "https://www.gob.mx/sesnsp/acciones-y-programas/datos-abiertos-de-incidencia-delictiva"
PRIMER_ANIO: Final = 2015
RNID: Final = 2026
"""Primer año del Registro Nacional de Incidencia Delictiva; hasta 2025 rige el instrumento CNSP/38/15."""

ANTERIOR: Final = "cnsp_38_15"


def instrumento(anio: int) -> str:
    """Con qué instrumento se registró ese año: la clave de `delitos.csv`."""
    return "rnid" if anio >= RNID else ANTERIOR


@cache
def subtipos(instrumento: str = ANTERIOR) -> dict[str, registros.Delito]:
    """Los subtipos de un instrumento por su nombre."""
    return {d.delito: d for d in registros.delitos() if (d.fuente, d.instrumento) == (FUENTE, instrumento)}


@cache
def modalidades(subtipo: str, instrumento: str = ANTERIOR) -> frozenset[str]:
    """Cómo se llaman las modalidades de un subtipo; el que no se desglosa repite su nombre."""
    dichas = frozenset(
        m.modalidad
        for m in registros.modalidades()
        if (m.fuente, m.instrumento, m.delito) == (FUENTE, instrumento, subtipo)
    )
    return dichas or frozenset({subtipo})
