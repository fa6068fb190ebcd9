"""Cómo escribe INEGI los periodos en los tabulados de la ENSU, y a qué periodo de Atalaya corresponde cada uno.

«Junio 2025», «2do trimestre 2025» → 2025T2; «1er semestre 2025», «Enero - Junio 2025» → 2025S1. Las ventanas que
no son trimestre ni semestre («Enero - Septiembre 2020», «Octubre 2023 - Septiembre 2024») llevan el trimestre en
que terminan y, en `rubros.csv`, indicadores propios: no se comparan con las otras.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from atalaya.catalogo import normalizar
from atalaya.periodos import MESES

_MES: Final = "|".join(MESES)
_TRIMESTRE: Final = re.compile(r"([1-4])(?:er|do|to) trimestre (\d{4})")
_SEMESTRE: Final = re.compile(r"([12])(?:er|do) semestre (\d{4})")
_MES_SOLO: Final = re.compile(rf"({_MES}) (\d{{4}})")
_LAPSO: Final = re.compile(rf"({_MES})(?: (\d{{4}}))? - ({_MES}) (\d{{4}})")
_VENTANAS: Final = {3: "trimestre", 6: "semestre", 9: "nueve_meses", 12: "doce_meses"}


class Lapso(NamedTuple):
    """Lo que abarca un cuadro (`serie`, `trimestre`, `semestre`, `nueve_meses`, `doce_meses`) y su periodo."""

    ventana: str
    periodo: str


def de_titulo(texto: str) -> Lapso | None:
    """El lapso que dice el título de un cuadro; None si no se entiende. Las series no tienen un solo periodo."""
    llano = normalizar(texto)
    if llano.startswith("serie historica") or re.fullmatch(rf"{_TRIMESTRE.pattern} - {_TRIMESTRE.pattern}", llano):
        return Lapso("serie", "")
    if hallado := _TRIMESTRE.fullmatch(llano):
        return Lapso("trimestre", f"{hallado[2]}T{hallado[1]}")
    if hallado := _SEMESTRE.fullmatch(llano):
        return Lapso("semestre", f"{hallado[2]}S{hallado[1]}")
    if hallado := _MES_SOLO.fullmatch(llano):
        return _lapso(3, int(hallado[2]), _numero(hallado[1]))
    if hallado := _LAPSO.fullmatch(llano):
        inicio, fin = _numero(hallado[1]), _numero(hallado[3])
        anios = int(hallado[4]) - int(hallado[2] or hallado[4])
        meses = anios * 12 + fin - inicio + 1
        # «Marzo 2018 - Marzo 2019»: cinco levantamientos, uno por columna; no un lapso de trece meses.
        return Lapso("serie", "") if meses == 13 else _lapso(meses, int(hallado[4]), fin)
    return None


def de_columna(texto: str, calendario: str) -> str | None:
    """El periodo de una columna de serie. En las semestrales, «Junio 2024» es el semestre que termina ahí."""
    lapso = de_titulo(texto)
    if lapso is None or lapso.ventana == "serie":
        return None
    if lapso.ventana == "trimestre" and calendario == "semestre":
        anio, trimestre = lapso.periodo.split("T")
        return f"{anio}S{int(trimestre) // 2}" if trimestre in "24" else None
    return lapso.periodo if lapso.ventana == calendario else None


def _numero(mes: str) -> int:
    return MESES.index(mes) + 1


def _lapso(meses: int, anio: int, mes_final: int) -> Lapso | None:
    ventana = _VENTANAS.get(meses)
    if ventana is None or mes_final % 3:
        return None
    if ventana == "semestre":
        return Lapso(ventana, f"{anio}S{mes_final // 6}") if mes_final % 6 == 0 else None
    return Lapso(ventana, f"{anio}T{mes_final // 3}")
