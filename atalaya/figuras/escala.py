"""Las clases de color de un mapa: en qué clase cae cada cifra, qué ausencia es cada hueco y cómo se dicen.

Los cortes son los mismos en todos los periodos de un indicador y nivel: al mover el deslizador, que un lugar cambie de
color quiere decir que cambió de clase.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from atalaya.idiomas import Rotulos, numero, tr

CLASES: Final = 5
CERO: Final = CLASES
AUSENCIAS: Final = ("no_aplica", "no_levantado", "suprimido", "no_registrado", "sin_denominador", "sin_dato")
"""Cada una con su trama. Las demás (no publicado, falta su archivo…) se ven como `sin_dato` y se explican abajo."""
DICHO: Final = Rotulos(
    {
        "no_aplica": "no aplica (sin policía municipal)",
        "no_levantado": "no se levantó",
        "suprimido": "suprimida por imprecisa",
        "no_registrado": "no se registra ese delito",
        "sin_denominador": "con casos, sin población para la tasa",
        "sin_dato": "sin dato",
    }
)


@dataclass(frozen=True)
class Escala:
    """`cortes`: los seis límites de las cinco clases. `unidad`: «%» o «por 100 mil»; ésta lleva el cero aparte."""

    cortes: tuple[float, ...]
    sentido: str
    unidad: str = "%"

    @property
    def es_tasa(self) -> bool:
        """Si son casos por 100 mil habitantes y no por ciento."""
        return self.unidad != "%"

    @property
    def ausencias(self) -> tuple[str, ...]:
        """Las que pueden darse con estas cifras: fijas, para que la figura no cambie de un periodo a otro."""
        if self.es_tasa:
            return ("no_aplica", "no_registrado", "sin_denominador", "sin_dato")
        return ("no_aplica", "no_levantado", "suprimido", "sin_dato")


def de_porcentajes(minimo: float, maximo: float, sentido: str) -> Escala:
    """Cinco clases de igual ancho (múltiplo de cinco puntos) que abarcan de `minimo` a `maximo`."""
    if pd.isna(minimo) or pd.isna(maximo):
        return Escala((0.0, 20.0, 40.0, 60.0, 80.0, 100.0), sentido)
    desde = math.floor(minimo / 5) * 5
    paso = max(5, math.ceil((maximo - desde) / CLASES / 5) * 5)
    desde = max(0, min(desde, 100 - CLASES * paso))
    return Escala(tuple(float(desde + k * paso) for k in range(CLASES + 1)), sentido)


def de_tasas(quintiles: Sequence[float], sentido: str) -> Escala:
    """Cinco clases con tantos lugares una como otra, en cortes redondos.

    `quintiles`: el mínimo, los cuatro quintiles y el máximo de las tasas mayores que cero; vacío, ninguna lo es.
    Un cuantil, y no un ancho igual, porque las tasas de los municipios chicos son enormes y dejarían a los demás en una
    sola clase.
    """
    cortes = [0.0]
    for valor in list(quintiles or (1, 2, 3, 4, 5, 6))[1:-1]:
        redondo = _redondo(0.0 if pd.isna(valor) else valor)
        # Dos quintiles que redondean igual se separan: el que sigue es el siguiente redondo mayor.
        while redondo <= cortes[-1]:
            redondo = _redondo(max(cortes[-1], 0.1) * 1.3)
        cortes.append(redondo)
    tope = max([cortes[-1] * 1.3, *(v for v in list(quintiles)[-1:] if not pd.isna(v))])
    return Escala((*cortes, tope), sentido, tr("por 100 mil"))


def clase_ausente(estado: str) -> int:
    """El número de clase de una ausencia."""
    return CERO + 1 + AUSENCIAS.index(estado if estado in AUSENCIAS else "sin_dato")


def clases(tabla: pd.DataFrame, escala: Escala) -> NDArray[np.int16]:
    """La clase de cada fila (`valor`, `estado`): 0 a 4, CERO si es una tasa de cero, o la de su ausencia.

    Una clase incluye su límite inferior y excluye el superior; la última, lo incluye.
    """
    valor, estado = tabla["valor"].to_numpy(dtype="float64"), tabla["estado"]
    clase = np.searchsorted(escala.cortes[1:-1], valor, side="right").astype("int16")
    if escala.es_tasa:
        clase[valor == 0] = CERO
    for ausente in set(estado.unique()) - {"dato"}:
        clase[(estado == ausente).to_numpy()] = clase_ausente(ausente)
    return clase


def leyenda(tabla: pd.DataFrame, escala: Escala) -> list[tuple[int, str, int]]:
    """Clase, rótulo y cuántos lugares: las cifras de mayor a menor, el cero si son tasas, y las ausencias que haya."""
    cuenta = pd.Series(clases(tabla, escala), dtype="int64").value_counts()
    renglones = [(k, _tramo(k, escala), int(cuenta.get(k, 0))) for k in reversed(range(CLASES))]
    if escala.es_tasa:
        renglones.append((CERO, tr("cero casos"), int(cuenta.get(CERO, 0))))
    ausentes = [(clase_ausente(estado), DICHO[estado]) for estado in AUSENCIAS]
    return renglones + [(k, dicho, int(cuenta[k])) for k, dicho in ausentes if k in cuenta]


def _tramo(k: int, escala: Escala) -> str:
    a, b = (numero(corte, ",g") for corte in escala.cortes[k : k + 2])
    if not escala.es_tasa:
        return tr("{desde} a {dicho}{hasta} %", desde=a, dicho="" if k == CLASES - 1 else tr("menos de "), hasta=b)
    if k == CLASES - 1:
        return tr("{desde} o más {unidad}", desde=a, unidad=escala.unidad)
    return f"{tr('menos de') if k == 0 else tr('{desde} a menos de', desde=a)} {b} {escala.unidad}"


def _redondo(valor: float) -> float:
    """El número de una o dos cifras más cercano: 3, 12, 45, 150, 1 200."""
    if valor <= 0:
        return 0.0
    magnitud = 10 ** (math.floor(math.log10(valor)) - (0 if valor < 10 else 1))
    return round(round(valor / magnitud) * magnitud, 6)
