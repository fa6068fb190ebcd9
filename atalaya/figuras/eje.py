"""El eje de la cifra: su título, sus límites y cómo se dice un valor. Lo demás de una línea no depende de la unidad."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import pandas as pd

from atalaya.figuras import textos
from atalaya.idiomas import anotado

_PASOS: Final = (1, 2, 2.5, 5, 10)


def por_ciento(filas: pd.DataFrame) -> tuple[float, float]:
    """Límites en decenas, con al menos 30 puntos de alto: un cambio de un punto no llena la pantalla."""
    valores = _todos(filas)
    if valores.empty:
        return 0.0, 100.0
    desde, hasta = (valores.min() - 3) // 10 * 10, -(-(valores.max() + 3) // 10) * 10
    falta = max(0.0, 30 - (hasta - desde))
    desde = max(0.0, desde - falta // 20 * 10)
    return desde, min(100.0, max(hasta, desde + 30))


def desde_cero(filas: pd.DataFrame) -> tuple[float, float]:
    """De cero a un número redondo que deja aire a la mayor cifra y a su intervalo: lo que se cuenta no es negativo."""
    valores = _todos(filas)
    return 0.0, _redondo(1.04 * valores.max()) if len(valores) and valores.max() > 0 else 1.0


def con_signo(filas: pd.DataFrame) -> tuple[float, float]:
    """Números redondos a los dos lados del cero, que siempre queda a la vista."""
    valores = _todos(filas)
    abajo, arriba = (valores.min(), valores.max()) if len(valores) else (0.0, 0.0)
    paso = _paso(max(arriba, 10.0) - min(abajo, -10.0))
    return paso * math.floor(min(abajo, -10.0) / paso), paso * math.ceil(max(arriba, 10.0) / paso)


def _todos(filas: pd.DataFrame) -> pd.Series:
    # También los intervalos: una banda cortada por el eje parecería más angosta de lo que es.
    cuales = [filas[c].astype(float) for c in ("valor", "valor_pct", "ic_inf", "ic_sup") if c in filas]
    return pd.concat(cuales).replace([math.inf, -math.inf], math.nan).dropna()


def _redondo(mayor: float) -> float:
    paso = _paso(mayor)
    return paso * math.ceil(mayor / paso)


def _paso(largo: float) -> float:
    """La distancia redonda (1, 2, 2.5 o 5 por una potencia de diez) que parte un largo en unas cinco."""
    base = 10.0 ** math.floor(math.log10(largo / 5))
    return float(next(k * base for k in _PASOS if k * base >= largo / 5))


@dataclass(frozen=True)
class Eje:
    """Qué columna se dibuja, con qué título y límites, y cómo se dice.

    `limites` recibe las filas ya con `valor`, `ic_inf` e `ic_sup`. `cero`: se dibuja la línea del cero (un cambio
    puede ser negativo). `con_faltas`: las ausencias de cada serie se escriben dentro de la figura.
    """

    columna: str = "valor_pct"
    titulo: str = anotado("por ciento")  # se dice al dibujar
    decir: Callable[[float], str] = textos.pct
    limites: Callable[[pd.DataFrame], tuple[float, float]] = por_ciento
    cero: bool = False
    con_faltas: bool = False
