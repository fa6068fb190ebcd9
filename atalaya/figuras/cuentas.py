"""Cómo se dice lo que un documento cuenta: exacto, cerca de o más de; y lo que no se contó, por su nombre."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from atalaya.figuras import textos
from atalaya.periodos import MESES

ESTADO: Final = {
    "no celebrado": "no se celebró",
    "no reportado": "no se reportó",
    "suprimido": "suprimido: se sabe y no se publica",
    "no dicho": "el documento no lo dice",
}
"""Lo que no es una cifra, cada cosa con su nombre. El cero sí lo es: se contó y no hubo."""
ALCANCE: Final = {"exacta": "", "aproximada": "cerca de ", "mínimo": "más de "}
ROTULO_ALCANCE: Final = {"exacta": "exacta", "aproximada": "redondeada por el documento", "mínimo": "un mínimo"}
ASAMBLEA: Final = {
    "celebrada": "se celebró",
    "cero": "se celebró, cero asistentes",
    "sin cuenta": "se celebró, sin cuenta",
    "no celebrada": "no se celebró",
    "no reportada": "no se reportó",
    "suprimida": "suprimida: se sabe y no se publica",
}
"""Lo que de una asamblea se sabe, de lo más a lo menos."""


def numero(valor: float) -> str:
    """«17,000»; con decimales sólo si los trae."""
    return textos.entero(valor) if float(valor).is_integer() else f"{valor:,.10g}"


def decir(estado: str, valor: float | None, alcance: str = "exacta") -> str:
    """«cerca de 6,500», «más de 120», «cero», «no se celebró»."""
    if estado != "dato" or valor is None or pd.isna(valor):
        return ESTADO.get(estado, "sin cifra")
    return "cero" if valor == 0 else f"{ALCANCE[alcance]}{numero(valor)}"


def por_mil(fila: Mapping[Any, Any]) -> str:
    """La tasa por mil habitantes de una cuenta, con lo aproximado dicho; raya si no lleva."""
    if fila["denominador"] != "poblacion" or fila["estado"] != "dato":
        return "—"
    if pd.isna(fila["por_mil"]):
        return "sin población de ese año" if pd.notna(fila["anio"]) else "sin fecha: no se sabe entre quiénes"
    return f"{ALCANCE[fila['alcance']]}{fila['por_mil']:.1f}"


def parte(fila: Mapping[Any, Any]) -> str:
    """«41 % de 130» («Unidades territoriales»); raya si la cuenta no es parte de otra o no se contó."""
    if pd.isna(fila["parte_pct"]):
        return "—"
    return f"{textos.pct(fila['parte_pct'], 0)} de {numero(fila['todo_valor'])}"


def fecha(texto: object) -> str:
    """«24 de diciembre de 2018», «diciembre de 2018», «2018»; vacía si no la hay."""
    if not isinstance(texto, str) or not re.fullmatch(r"\d{4}(-\d{2}){0,2}", texto):
        return texto if isinstance(texto, str) else ""
    anio, mes, dia = (*map(int, texto.split("-")), 0, 0)[:3]
    if not mes:
        return str(anio)
    dicho = f"{MESES[mes - 1]} de {anio}"
    return f"{dia} de {dicho}" if dia else dicho


def lapso(inicio: object, fin: object) -> str:
    """«21 a 25 de marzo de 2022»; sin fin, «desde…»; sin fechas, que el documento no las dice."""
    a, z = fecha(inicio), fecha(fin)
    if not a:
        return f"hasta {z}" if z else "el documento no dice cuándo"
    if not z:
        return f"desde {a}"
    if a == z:
        return a
    mismo_mes = isinstance(inicio, str) and isinstance(fin, str) and len(inicio) == len(fin) == 10
    if mismo_mes and str(inicio)[:7] == str(fin)[:7]:
        return f"{int(str(inicio)[8:])} a {z}"
    return f"de {a} a {z}"
