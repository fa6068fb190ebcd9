"""Cómo se dice lo que un documento cuenta: exacto, cerca de o más de; y lo que no se contó, por su nombre."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from atalaya import idiomas, periodos
from atalaya.figuras import textos
from atalaya.idiomas import Rotulos, tr

ESTADO: Final = Rotulos(
    {
        "no celebrado": "no se celebró",
        "no reportado": "no se reportó",
        "suprimido": "suprimido: se sabe y no se publica",
        "no dicho": "el documento no lo dice",
    }
)
"""Lo que no es una cifra, cada cosa con su nombre. El cero sí lo es: se contó y no hubo."""
ALCANCE: Final = Rotulos({"exacta": "", "aproximada": "cerca de ", "mínimo": "más de "})
ROTULO_ALCANCE: Final = Rotulos(
    {"exacta": "exacta", "aproximada": "redondeada por el documento", "mínimo": "un mínimo"}
)
ASAMBLEA: Final = Rotulos(
    {
        "celebrada": "se celebró",
        "cero": "se celebró, cero asistentes",
        "sin cuenta": "se celebró, sin cuenta",
        "no celebrada": "no se celebró",
        "no reportada": "no se reportó",
        "suprimida": "suprimida: se sabe y no se publica",
    }
)
"""Lo que de una asamblea se sabe, de lo más a lo menos."""


def numero(valor: float) -> str:
    """«17,000»; con decimales sólo si los trae."""
    return textos.entero(valor) if float(valor).is_integer() else idiomas.numero(valor, ",.10g")


def decir(estado: str, valor: float | None, alcance: str = "exacta") -> str:
    """«cerca de 6,500», «más de 120», «cero», «no se celebró»."""
    if estado != "dato" or valor is None or pd.isna(valor):
        return ESTADO.get(estado, "sin cifra")
    return tr("cero") if valor == 0 else f"{ALCANCE[alcance]}{numero(valor)}"


def por_mil(fila: Mapping[Any, Any]) -> str:
    """La tasa por mil habitantes de una cuenta, con lo aproximado dicho; raya si no lleva."""
    if fila["denominador"] != "poblacion" or fila["estado"] != "dato":
        return "—"
    if pd.isna(fila["por_mil"]):
        return tr("sin población de ese año") if pd.notna(fila["anio"]) else tr("sin fecha: no se sabe entre quiénes")
    return f"{ALCANCE[fila['alcance']]}{textos.numero(fila['por_mil'])}"


def parte(fila: Mapping[Any, Any]) -> str:
    """«41 % de 130» («Unidades territoriales»); raya si la cuenta no es parte de otra o no se contó."""
    if pd.isna(fila["parte_pct"]):
        return "—"
    return tr(
        "{parte_pct} de {todo_valor}", parte_pct=textos.pct(fila["parte_pct"], 0), todo_valor=numero(fila["todo_valor"])
    )


def fecha(texto: object) -> str:
    """«24 de diciembre de 2018», «diciembre de 2018», «2018»; vacía si no la hay."""
    if not isinstance(texto, str) or not re.fullmatch(r"\d{4}(-\d{2}){0,2}", texto):
        return texto if isinstance(texto, str) else ""
    anio, mes, dia = (*map(int, texto.split("-")), 0, 0)[:3]
    if not mes:
        return str(anio)
    mes_y_anio = periodos.nombre(f"{anio}-{mes:02d}")
    return tr("{dia} de {mes_y_anio}", dia=dia, mes_y_anio=mes_y_anio) if dia else mes_y_anio


def lapso(inicio: object, fin: object) -> str:
    """«21 a 25 de marzo de 2022»; sin fin, «desde…»; sin fechas, que el documento no las dice."""
    a, z = fecha(inicio), fecha(fin)
    if not a:
        return tr("hasta {hasta}", hasta=z) if z else tr("el documento no dice cuándo")
    if not z:
        return tr("desde {desde}", desde=a)
    if a == z:
        return a
    mismo_mes = isinstance(inicio, str) and isinstance(fin, str) and len(inicio) == len(fin) == 10
    if mismo_mes and str(inicio)[:7] == str(fin)[:7]:
        return tr("{inicio} a {hasta}", inicio=int(str(inicio)[8:]), hasta=z)
    return tr("de {desde} a {hasta}", desde=a, hasta=z)
