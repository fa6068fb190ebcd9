"""Números como los escribe la gente: con coma o punto decimal, miles con coma, punto o espacio, y por ciento."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, Literal

Decimal_ = Literal["", ",", "."]

_ESPACIOS: Final = re.compile(r"(?<=\d)[ \u00a0\u202f\u2009'’](?=\d{3}(\D|$))")
_ENTERO: Final = re.compile(r"[-−]?\d+")
_UNO_SOLO: Final = re.compile(r"([-−]?\d+)([.,])(\d+)")
_MILES: Final = re.compile(r"[-−]?\d{1,3}(([.,])\d{3})(\2\d{3})+")
_LOS_DOS: Final = re.compile(r"[-−]?\d{1,3}(?:(?P<miles>[.,])\d{3})(?:(?P=miles)\d{3})*(?!(?P=miles))(?P<dec>[.,])\d+")


def limpio(celda: str) -> str:
    """Sin espacios de miles, sin «%» al final y con el signo menos del teclado."""
    sin_pct = celda.strip().removesuffix("%").strip()
    return _ESPACIOS.sub("", sin_pct).replace("−", "-")


def decimal_de(celdas: Iterable[str]) -> Decimal_:
    """Qué signo lleva los decimales, por las celdas que no dejan duda; vacío si ninguna lo dice o se contradicen."""
    vistos = {signo for celda in celdas if (signo := _testigo(limpio(celda)))}
    return vistos.pop() if len(vistos) == 1 else ""


def canonico(celda: str, decimal: Decimal_, entero: bool) -> str | None:
    """El número con punto decimal y sin miles; None si no es un número o si no se sabe si su signo es de miles.

    `decimal`: el del archivo, para lo que por sí solo es ambiguo («1.234»). Un entero no puede llevar decimales: en él
    «1.234» son miles.
    """
    texto = limpio(celda)
    if _ENTERO.fullmatch(texto):
        return texto
    if _MILES.fullmatch(texto):
        return re.sub(r"[.,]", "", texto)
    if hallado := _LOS_DOS.fullmatch(texto):
        return _sin_ceros(texto.replace(hallado["miles"], "").replace(hallado["dec"], "."))
    if hallado := _UNO_SOLO.fullmatch(texto):
        signo_decimal = _testigo(texto) or decimal
        if entero and _parecen_miles(hallado) and hallado[2] != decimal:
            return hallado[1] + hallado[3]
        if signo_decimal:
            junto = hallado[1] + ("." if hallado[2] == signo_decimal else "") + hallado[3]
            return _sin_ceros(junto)
    return None


def _sin_ceros(texto: str) -> str:
    return texto.rstrip("0").rstrip(".") if "." in texto else texto


def es_ambiguo(celda: str) -> bool:
    """«1.234» o «1,234»: mil doscientos treinta y cuatro, o uno y pico."""
    hallado = _UNO_SOLO.fullmatch(limpio(celda))
    return bool(hallado and _parecen_miles(hallado))


def _testigo(texto: str) -> Decimal_:
    """El signo decimal que esta celda delata por sí sola."""
    if hallado := _LOS_DOS.fullmatch(texto):
        return "," if hallado["dec"] == "," else "."
    if hallado := _MILES.fullmatch(texto):
        return "." if hallado[2] == "," else ","
    if (hallado := _UNO_SOLO.fullmatch(texto)) and not _parecen_miles(hallado):
        return "," if hallado[2] == "," else "."
    return ""


def _parecen_miles(hallado: re.Match[str]) -> bool:
    """Si lo que va tras el signo podría ser un grupo de miles: «0.123» y «1234.567» no."""
    entera = hallado[1].lstrip("-−")
    return len(hallado[3]) == 3 and len(entera) <= 3 and not entera.startswith("0")
