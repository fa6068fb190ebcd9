"""Fechas y periodos como los escribe la gente en español, llevados a `2020-02-24`, `2020-02`, `2020`, `2025T2`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date
from typing import Final

from atalaya.catalogo import normalizar
from atalaya.periodos import MESES

_ABREVIADOS: Final = {mes[:3]: k for k, mes in enumerate(MESES, start=1)}
_MES: Final = {**{m: k for k, m in enumerate(MESES, start=1)}, **_ABREVIADOS, "sept": 9, "setiembre": 9, "set": 9}
_ORDINAL: Final = {
    **dict.fromkeys(("primer", "primero", "i"), 1),
    **dict.fromkeys(("segundo", "ii"), 2),
    **dict.fromkeys(("tercer", "tercero", "iii"), 3),
    **dict.fromkeys(("cuarto", "iv"), 4),
}
_DIAS: Final = r"(?:(?:lunes|martes|miercoles|jueves|viernes|sabado|domingo),? )?"
_EN_ISO: Final = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[t ]0{1,2}:00(?::00(?:\.0+)?)?z?)?")
_EN_CIFRAS: Final = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})(?: 0{1,2}:00(?::00)?)?")
_MES_EN_CIFRAS: Final = re.compile(r"(\d{1,2})[-/.](\d{4})")
_CON_DIA: Final = re.compile(
    _DIAS + r"(?:el )?(\d{1,2})(?:\.?(?:o|º|°|ro|er))?[ /.-]*(?:de )?([a-z]+)\.?[ /.,-]*(?:del? (?:ano )?)?(\d{4})"
)
_CON_MES: Final = re.compile(r"([a-z]+)\.?[ /.,-]*(?:del? (?:ano )?)?(\d{4})")
_PARTE: Final = r"([ts])(?:rim|em)?\.?[ -]*([1-4])"
_CORTO: Final = re.compile(rf"(\d{{4}})[ -]*{_PARTE}|{_PARTE}[ /-]*(?:del? )?(\d{{4}})")
_AL_REVES: Final = re.compile(r"([1-4])[ -]*([ts])[ /-]*(?:del? )?(\d{4})")
_LARGO: Final = re.compile(r"(\d|[a-z]+)[.]?(?:o|º|°|er|do|to)? (trimestre|semestre),? (?:del? )?(?:ano )?(\d{4})")
_FORMAS: Final[tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], tuple[str, int, str | None]]], ...]] = (
    (_EN_ISO, lambda h: (h[1], int(h[2]), h[3])),
    (_EN_CIFRAS, lambda h: (h[3], int(h[2]), h[1])),
    (_MES_EN_CIFRAS, lambda h: (h[2], int(h[1]), None)),
    (_CON_DIA, lambda h: (h[3], _MES.get(h[2], 0), h[1])),
    (_CON_MES, lambda h: (h[2], _MES.get(h[1], 0), None)),
)


def fecha(celda: str) -> str | None:
    """La fecha canónica, con lo que diga: día, mes o año. None si no se entiende o no existe (31 de junio).

    «24/02/2020» es día, mes, año. Un año de dos cifras no se adivina.
    """
    texto = _plano(celda)
    if re.fullmatch(r"\d{4}", texto):
        return texto
    for forma, armar in _FORMAS:
        if hallado := forma.fullmatch(texto):
            return _armar(*armar(hallado))
    return None


def periodo(celda: str) -> str | None:
    """El periodo canónico: trimestre, semestre, mes o año; None si no se entiende. Un día no es un periodo."""
    texto = _plano(celda)
    if hallado := _CORTO.fullmatch(texto):
        return _de_parte(hallado[2] or hallado[4], int(hallado[3] or hallado[5]), hallado[1] or hallado[6])
    if hallado := _AL_REVES.fullmatch(texto):
        return _de_parte(hallado[2], int(hallado[1]), hallado[3])
    if hallado := _LARGO.fullmatch(texto):
        numero = int(hallado[1]) if hallado[1].isdigit() else _ORDINAL.get(hallado[1], 0)
        return _de_parte(hallado[2][0], numero, hallado[3])
    dicha = fecha(celda)
    return dicha if dicha and len(dicha) <= 7 else None


def al_reves(celdas: Iterable[str]) -> bool:
    """Si alguna fecha en cifras sólo se entiende como mes, día, año: entonces ninguna de la columna es de fiar."""
    halladas = [_EN_CIFRAS.fullmatch(_plano(celda)) for celda in celdas]
    return any(h and int(h[1]) <= 12 < int(h[2]) <= 31 for h in halladas)


def _plano(celda: str) -> str:
    return normalizar(celda).rstrip(".")


def _de_parte(letra: str, numero: int, anio: str) -> str | None:
    return f"{anio}{letra.upper()}{numero}" if 1 <= numero <= (4 if letra == "t" else 2) else None


def _armar(anio: str, mes: int, dia: str | None) -> str | None:
    try:
        entera = date(int(anio), mes, int(dia or 1))
    except ValueError:
        return None
    return entera.isoformat() if dia else entera.isoformat()[:7]
