"""Pruebas y regiones de confianza sobre estimaciones ya calculadas: funciones puras de numpy.

Todas aceptan números o arreglos y devuelven arreglos de la misma forma; lo que no se puede calcular es NaN.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

Reales = NDArray[np.float64]


def cuantil_t(nivel: float, gl: ArrayLike) -> Reales:
    """Cuantil t de dos colas del nivel (por ciento); `gl` infinito da la normal. NaN sin grados de libertad."""
    grados = np.asarray(gl, dtype=float)
    cola = 0.5 + nivel / 200
    t = special.stdtrit(np.where(np.isfinite(grados) & (grados > 0), grados, 1), cola)
    return np.where(np.isinf(grados), special.ndtri(cola), np.where(grados > 0, t, np.nan))


def valor_p(estadistico: ArrayLike, gl: ArrayLike = np.inf) -> Reales:
    """Probabilidad de dos colas de un estadístico t (normal si `gl` es infinito)."""
    t, grados = np.broadcast_arrays(np.asarray(estadistico, dtype=float), np.asarray(gl, dtype=float))
    finitos = np.isfinite(grados) & (grados > 0)
    cola = np.where(finitos, special.stdtr(np.where(finitos, grados, 1), -np.abs(t)), special.ndtr(-np.abs(t)))
    return np.where(grados > 0, 2 * cola, np.nan)


def intervalo_logit(p: ArrayLike, ee: ArrayLike, gl: ArrayLike = np.inf, nivel: float = 95) -> tuple[Reales, Reales]:
    """Extremos del intervalo de una proporción (0-1) en la escala logit; NaN si p es 0 o 1.

    Es `svyciprop(method="xlogit")` de R; con `gl` = grados de libertad del dominio.
    """
    prop, error = np.asarray(p, dtype=float), np.asarray(ee, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        centro = np.log(prop / (1 - prop))
        radio = cuantil_t(nivel, gl) * error / (prop * (1 - prop))
    dentro = (prop > 0) & (prop < 1)
    return tuple(np.where(dentro, special.expit(centro + signo * radio), np.nan) for signo in (-1, 1))  # type: ignore[return-value]


def intervalo_beta(
    p: ArrayLike, ee: ArrayLike, n: ArrayLike, gl: ArrayLike, nivel: float = 95
) -> tuple[Reales, Reales]:
    """Extremos de Clopper-Pearson con n efectivo p·q/ee² corregido por gl (Korn y Graubard 1998), de 0 a 1.

    Es `svyciprop(method="beta")` de R; con p = 0 o 1, donde el efecto de diseño no se puede estimar, n efectivo es n.
    """
    prop, error, cuantos, grados = (np.asarray(x, dtype=float) for x in (p, ee, n, gl))
    with np.errstate(divide="ignore", invalid="ignore"):
        efectivo = np.where(error > 0, prop * (1 - prop) / error**2, cuantos)
    efectivo = efectivo * (cuantil_t(nivel, cuantos - 1) / cuantil_t(nivel, grados)) ** 2
    cola = (1 - nivel / 100) / 2
    si, no = efectivo * prop, efectivo * (1 - prop)
    inferior = np.where(prop > 0, special.betaincinv(np.where(si > 0, si, 1), no + 1, cola), 0.0)
    superior = np.where(prop < 1, special.betaincinv(si + 1, np.where(no > 0, no, 1), 1 - cola), 1.0)
    return np.where(np.isnan(efectivo), np.nan, inferior), np.where(np.isnan(efectivo), np.nan, superior)


def holm(valores_p: ArrayLike) -> Reales:
    """Valores p ajustados de Holm (1979), en el mismo orden; los NaN se quedan y no cuentan como prueba."""
    p = np.asarray(valores_p, dtype=float)
    ajustados = np.full(p.shape, np.nan)
    validos = np.flatnonzero(~np.isnan(p))
    orden = validos[np.argsort(p[validos], kind="stable")]
    factores = np.arange(len(orden), 0, -1)
    ajustados[orden] = np.minimum(1, np.maximum.accumulate(factores * p[orden]))
    return ajustados


def diferencia_independiente(
    valor_a: ArrayLike, ee_a: ArrayLike, valor_b: ArrayLike, ee_b: ArrayLike
) -> tuple[Reales, Reales]:
    """Diferencia b − a y su error estándar si las dos muestras son independientes, en las unidades de entrada.

    Es lo que hace INEGI al comparar trimestres; con microdatos, `encuestas.diferencias` usa la covarianza.
    """
    a, b, error_a, error_b = (np.asarray(x, dtype=float) for x in (valor_a, valor_b, ee_a, ee_b))
    return b - a, np.hypot(error_a, error_b)


def veredictos(diferencia: ArrayLike, p: ArrayLike, nivel: float) -> NDArray[np.str_]:
    """`sube`, `baja` o `sin_cambio` según el signo y si p < 1 − nivel; `sin_prueba` si p es NaN."""
    d, probabilidad = np.asarray(diferencia, dtype=float), np.asarray(p, dtype=float)
    firme = probabilidad < 1 - nivel / 100
    palabra = np.where(firme & (d > 0), "sube", np.where(firme & (d < 0), "baja", "sin_cambio"))
    return np.where(np.isnan(probabilidad), "sin_prueba", palabra)


def rangos_conjuntos(inferior: ArrayLike, superior: ArrayLike) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rango más alto y más bajo posibles de cada lugar (1 = el valor mayor), de sus intervalos *simultáneos*.

    Klein, Wright y Wieczorek (2020, teorema 1): a lo más alto, k queda detrás sólo de los intervalos enteros por encima
    del suyo; a lo más bajo, delante sólo de los enteros por debajo. Si los intervalos cubren a la vez con confianza
    1−α, los rangos también. Un lugar sin intervalo no limita a nadie y va de 1 al total.
    """
    bajo, alto = np.asarray(inferior, dtype=float), np.asarray(superior, dtype=float)
    bajo, alto = np.where(np.isnan(bajo), -np.inf, bajo), np.where(np.isnan(alto), np.inf, alto)
    por_encima = len(bajo) - np.searchsorted(np.sort(bajo), alto, side="right")
    por_debajo = np.searchsorted(np.sort(alto), bajo, side="left")
    return por_encima + 1, len(bajo) - por_debajo


def rangos(
    p: ArrayLike, ee: ArrayLike, gl: ArrayLike = np.inf, nivel: float = 90
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Intervalo de rangos conjunto de K proporciones (0-1), 1 = la mayor, con confianza simultánea `nivel` por ciento.

    Cada intervalo se hace en logit al nivel 1 − α/K (Bonferroni): vale también si los lugares comparten estrato y no
    son independientes. Con p 0 o 1, o sin error, el lugar no tiene intervalo y su rango queda abierto.
    """
    prop = np.asarray(p, dtype=float)
    cuantos = max(1, int(np.sum(~np.isnan(prop))))
    return rangos_conjuntos(*intervalo_logit(prop, ee, gl, 100 - (100 - nivel) / cuantos))
