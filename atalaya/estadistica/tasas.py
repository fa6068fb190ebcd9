"""Tasas de hechos registrados, con la incertidumbre de Poisson de sus casos: funciones puras de numpy.

Aceptan números o arreglos (se difunden entre sí) y devuelven arreglos de la misma forma; lo que no se puede calcular es
NaN. El intervalo dice cuánto variaría el conteo si el riesgo fuera el mismo; no mide lo que no se denuncia ni el error
de la población, y supone hechos independientes: si vienen en racimo queda corto (docs/estadistica.md).
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Reales = NDArray[np.float64]

CASOS_BYAR: Final = 10
"""Desde cuántos casos se usa la aproximación de Byar; con menos, el intervalo exacto."""


def tasas(
    casos: ArrayLike, poblacion: ArrayLike, meses: ArrayLike, por: float = 100_000, nivel: float = 95
) -> dict[str, Reales]:
    """Tasa anualizada y su intervalo: `tasa_100k`, `tasa_inf`, `tasa_sup`, en casos al año por cada `por` personas.

    Es casos / poblacion · por · 12 / meses; `meses` es cuántos cubren los casos (1, 12, o los que lleve el año) y
    `nivel` va en por ciento. NaN si falta un dato, si los casos son negativos o si población o meses no son positivos.
    """
    cuantos, personas, cubiertos = _reales(casos, poblacion, meses)
    sirve = (cuantos >= 0) & (personas > 0) & (cubiertos > 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        factor = np.where(sirve, por * 12 / (personas * cubiertos), np.nan)
    inferior, superior = intervalo_poisson(np.where(sirve, cuantos, np.nan), nivel)
    return {"tasa_100k": cuantos * factor, "tasa_inf": inferior * factor, "tasa_sup": superior * factor}


def intervalo_poisson(casos: ArrayLike, nivel: float = 95) -> tuple[Reales, Reales]:
    """Extremos del intervalo de la media de una Poisson de la que se contaron `casos`; NaN si faltan o son negativos.

    Exacto con menos de 10 casos (Garwood 1936: cuantiles χ²/2, que son los de una gama); con 10 o más, la aproximación
    de Byar (Breslow y Day 1987, *Statistical Methods in Cancer Research* II, §2.3). Con cero casos empieza en 0.
    """
    d = np.asarray(casos, dtype=float)
    d = np.where(d >= 0, d, np.nan)
    cola = (1 - nivel / 100) / 2
    exacto = np.where(d > 0, special.gammaincinv(np.where(d > 0, d, 1), cola), d), special.gammaincinv(d + 1, 1 - cola)
    byar = _byar(np.maximum(d, 1), -special.ndtri(1 - cola)), _byar(d + 1, special.ndtri(1 - cola))
    inferior, superior = (np.where(d < CASOS_BYAR, e, b) for e, b in zip(exacto, byar, strict=True))
    return inferior, superior


def razon_de_tasas(
    casos_a: ArrayLike, pob_a: ArrayLike, casos_b: ArrayLike, pob_b: ArrayLike, nivel: float = 95
) -> dict[str, Reales]:
    """Cuántas veces la tasa de a es la de b, con su prueba exacta: `razon` = b / a, `razon_inf`, `razon_sup` y `p`.

    Dado el total, los casos de b son binomiales: el intervalo es el de Clopper y Pearson (1934) de su proporción y `p`,
    el doble de la cola menor, que es la prueba de ese intervalo: p < α si y sólo si el 1 queda fuera (Fay 2010, *The R
    Journal* 2). `poisson.test` de R da el mismo intervalo, pero su `p` de dos colas es de otra prueba y puede
    contradecirlo. Si los meses no son los mismos, la población va multiplicada por ellos. Sin casos en a la razón es
    infinita; sin casos en ninguno es NaN, de 0 a infinito y p = 1: no se sabe nada. NaN como en `tasas`.
    """
    a, personas_a, b, personas_b = _reales(casos_a, pob_a, casos_b, pob_b)
    sirve = (a >= 0) & (personas_a > 0) & (b >= 0) & (personas_b > 0)
    a, b = np.where(sirve, a, np.nan), np.where(sirve, b, np.nan)
    cola = (1 - nivel / 100) / 2
    with np.errstate(divide="ignore", invalid="ignore"):
        escala = personas_a / personas_b
        razon = b / a * escala
        momios_inf, momios_sup = _momios_minimos(b, a, cola), 1 / _momios_minimos(a, b, cola)
        de_b = personas_b / (personas_a + personas_b)
    p = np.minimum(1, 2 * np.minimum(_al_menos(b, a, de_b), _al_menos(a, b, 1 - de_b)))
    return {"razon": razon, "razon_inf": momios_inf * escala, "razon_sup": momios_sup * escala, "p": p}


def cambio_relativo(
    casos_base: ArrayLike,
    pob_base: ArrayLike,
    casos: ArrayLike,
    pob: ArrayLike,
    meses_base: ArrayLike = 12,
    meses: ArrayLike = 12,
    nivel: float = 95,
) -> dict[str, Reales]:
    """Cambio de la tasa desde su periodo base: `cambio_pct`, `cambio_inf`, `cambio_sup` (por ciento de la base) y `p`.

    Es 100 · (`razon_de_tasas` − 1): −50 es la mitad y 100, el doble. Los dos conteos se toman por independientes.
    """
    personas_base, cubiertos_base, personas, cubiertos = _reales(pob_base, meses_base, pob, meses)
    razon = razon_de_tasas(casos_base, personas_base * cubiertos_base, casos, personas * cubiertos, nivel)
    cambios = {f"cambio_{fin}": 100 * (razon[de] - 1) for fin, de in _EXTREMOS.items()}
    return {**cambios, "p": razon["p"]}


_EXTREMOS: Final = {"pct": "razon", "inf": "razon_inf", "sup": "razon_sup"}


def _byar(d: Reales, z: float) -> Reales:
    """d · (1 − 1/9d + z/3√d)³, la transformación cúbica de Wilson y Hilferty."""
    return d * (1 - 1 / (9 * d) + z / (3 * np.sqrt(d))) ** 3


def _momios_minimos(exitos: Reales, fracasos: Reales, cola: float) -> Reales:
    """π/(1−π) del extremo inferior de Clopper-Pearson; los dos lados se invierten aparte para no restar de 1."""
    positivos = np.where(exitos > 0, exitos, 1)
    proporcion = special.betaincinv(positivos, fracasos + 1, cola)
    complemento = special.betainccinv(fracasos + 1, positivos, cola)
    return np.where(exitos > 0, proporcion / complemento, 0 * exitos)


def _al_menos(exitos: Reales, fracasos: Reales, proporcion: Reales) -> Reales:
    """Probabilidad de tantos éxitos o más en `exitos + fracasos` ensayos."""
    cola = special.betainc(np.where(exitos > 0, exitos, 1), fracasos + 1, proporcion)
    return np.where(exitos > 0, cola, 1 + 0 * (exitos + fracasos))


def _reales(*valores: ArrayLike) -> tuple[Reales, ...]:
    return tuple(np.broadcast_arrays(*(np.asarray(valor, dtype=float) for valor in valores)))
