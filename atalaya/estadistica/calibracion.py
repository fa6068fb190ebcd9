"""Cuánto se aparta una encuesta del muestreo simple, deducido de la clase de precisión con que se publica cada celda.

De una celda con proporción p y n entrevistas, CV² = deff·(1−p)/(n·p): decir que su CV cae en [15, 30) por ciento es
decir entre qué valores está su efecto de diseño. Se supone log deff = general + efectos de sus grupos + σ·ε y se estima
por máxima verosimilitud con evidencia censurada por intervalos. Funciones puras de numpy; docs/error_modelado.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import optimize, special

Reales = NDArray[np.float64]
Enteros = NDArray[np.int64]

CORTES_CV: Final = (0.15, 0.30)
"""Límites de INEGI entre alta, moderada y baja, como proporción."""

_CONVERGE: Final = 1e-9
_PASOS: Final = 50
_PREVIA_GENERAL: Final = 1e-2
_LIMITE: Final = 6.0  # de |log σ| y |log τ|: más allá ya no cambia nada


@dataclass(frozen=True)
class Evidencia:
    """Entre qué valores de log deff cae cada celda (`inferior`, `superior`, ±∞ si es abierta) y de qué grupos es.

    `grupos`: por cada familia de grupos, el número de grupo de cada celda (0, 1, …).
    """

    inferior: Reales
    superior: Reales
    grupos: tuple[Enteros, ...] = ()

    def de(self, filas: NDArray[np.bool_]) -> Evidencia:
        """La evidencia de una parte de las celdas, con la misma numeración de grupos."""
        return Evidencia(self.inferior[filas], self.superior[filas], tuple(grupo[filas] for grupo in self.grupos))


@dataclass(frozen=True)
class Ajuste:
    """Lo estimado, en logaritmos: `general`; por familia de grupos, `efectos`, su error y cuánto varían (`taus`).

    `sigma`: cuánto se aparta cada celda de lo que dicen sus grupos. `verosimilitud`: marginal (Laplace).
    """

    general: float
    error_general: float
    sigma: float
    taus: tuple[float, ...]
    efectos: tuple[Reales, ...]
    errores: tuple[Reales, ...]
    verosimilitud: float

    def media(self, evidencia: Evidencia, familias: Sequence[int] | None = None) -> Reales:
        """El log deff esperado de cada celda con los efectos de esas familias (todas por omisión)."""
        usadas = range(len(self.efectos)) if familias is None else familias
        partes = [self.efectos[familia][evidencia.grupos[familia]] for familia in usadas]
        return np.full(len(evidencia.inferior), self.general) + sum(partes, np.zeros(len(evidencia.inferior)))


def cotas(p: ArrayLike, n: ArrayLike) -> tuple[Reales, Reales]:
    """log deff con que el CV de una celda (p de 0 a 1, n entrevistas) sería justo 15 y justo 30 por ciento."""
    prop, cuantas = np.asarray(p, dtype=float), np.asarray(n, dtype=float)
    sin_diseno = np.log((1 - prop) / (cuantas * prop))
    return 2 * np.log(CORTES_CV[0]) - sin_diseno, 2 * np.log(CORTES_CV[1]) - sin_diseno


def evidencia(p: ArrayLike, n: ArrayLike, clases: ArrayLike, grupos: Sequence[ArrayLike] = ()) -> Evidencia:
    """La evidencia de unas celdas con 0 < p < 1, n > 0 y clase alta, moderada o baja."""
    quince, treinta = cotas(p, n)
    clase = np.asarray(clases, dtype=str)
    inferior = np.select([clase == "moderada", clase == "baja"], [quince, treinta], -np.inf)
    superior = np.select([clase == "alta", clase == "moderada"], [quince, treinta], np.inf)
    return Evidencia(inferior, superior, tuple(np.asarray(grupo, dtype=np.int64) for grupo in grupos))


def log_verosimilitud(media: ArrayLike, sigma: float, datos: Evidencia) -> tuple[Reales, Reales, Reales]:
    """De cada celda, log P(inferior ≤ log deff < superior) y sus derivadas primera y segunda respecto a la media."""
    centro = np.asarray(media, dtype=float)
    a, b = (datos.inferior - centro) / sigma, (datos.superior - centro) / sigma
    # Del lado en que las dos colas son chicas no se restan números casi iguales a uno.
    voltear = a > 0
    bajo, alto = np.where(voltear, -b, a), np.where(voltear, -a, b)
    log_alto, log_bajo = special.log_ndtr(alto), special.log_ndtr(bajo)
    valor = log_alto + np.log1p(-np.exp(log_bajo - log_alto))
    en_a, en_b = np.exp(_log_densidad(a) - valor), np.exp(_log_densidad(b) - valor)
    primera = (en_a - en_b) / sigma
    producto = np.where(np.isfinite(a), a, 0) * en_a - np.where(np.isfinite(b), b, 0) * en_b
    return valor, primera, producto / sigma**2 - primera**2


def ajustar(datos: Evidencia, cuantos: Sequence[int] = ()) -> Ajuste:
    """El ajuste de máxima verosimilitud marginal; `cuantos` dice cuántos grupos tiene cada familia.

    Los efectos de una familia son normales alrededor de cero con desviación τ: con poca evidencia un grupo se queda
    cerca de los demás (encogimiento). σ y las τ maximizan la verosimilitud marginal de Laplace.
    """
    coeficientes = np.zeros(1 + sum(cuantos))

    def perdida(logaritmos: Reales) -> float:
        nonlocal coeficientes
        if np.any(np.abs(logaritmos) > _LIMITE):
            return np.inf
        sigma, *taus = np.exp(logaritmos)
        valor, coeficientes, _ = _laplace(datos, cuantos, float(sigma), taus, coeficientes)
        return -valor

    inicio = np.log([0.3] + [0.1] * len(cuantos))
    hallado = optimize.minimize(perdida, inicio, method="Nelder-Mead", options={"xatol": 1e-2, "fatol": 5e-2})
    sigma, *taus = (float(x) for x in np.exp(hallado.x))
    valor, coeficientes, hessiana = _laplace(datos, cuantos, sigma, taus, coeficientes)
    errores = np.sqrt(np.diag(np.linalg.inv(hessiana)))
    cortes = np.cumsum([1, *cuantos])
    return Ajuste(
        general=float(coeficientes[0]),
        error_general=float(errores[0]),
        sigma=sigma,
        taus=tuple(taus),
        efectos=tuple(coeficientes[i:j] for i, j in pairwise(cortes)),
        errores=tuple(errores[i:j] for i, j in pairwise(cortes)),
        verosimilitud=valor,
    )


def probabilidades(quince: Reales, treinta: Reales, media: ArrayLike, desviacion: ArrayLike) -> Reales:
    """Probabilidad de que cada celda sea alta, moderada y baja, de sus cotas y su log deff esperado; filas × 3."""
    hasta_15, hasta_30 = (special.ndtr((corte - np.asarray(media)) / desviacion) for corte in (quince, treinta))
    return np.stack([hasta_15, hasta_30 - hasta_15, 1 - hasta_30], axis=-1)


def grados_equivalentes(varianza_log_deff: ArrayLike) -> Reales:
    """Grados de libertad de una varianza que se conoce con ese error: 2/Var(log v), como en Satterthwaite (1946)."""
    return 2 / np.asarray(varianza_log_deff, dtype=float)


def _laplace(
    datos: Evidencia, cuantos: Sequence[int], sigma: float, taus: Sequence[float], inicio: Reales
) -> tuple[float, Reales, Reales]:
    """Verosimilitud marginal aproximada, coeficientes (general y efectos) y hessiana en su máximo, con σ y τ fijas."""
    # La precisión de la previa de cada coeficiente; la del general sólo evita que se vaya a ±∞ si falta evidencia.
    previa = np.concatenate([[_PREVIA_GENERAL], *(np.full(k, tau**-2.0) for k, tau in zip(cuantos, taus, strict=True))])
    columnas = _columnas(datos, cuantos)
    coeficientes, actual = inicio, -np.inf
    for _ in range(_PASOS):
        valor, primera, segunda = log_verosimilitud(coeficientes[columnas].sum(axis=0), sigma, datos)
        hessiana = _cruzar(columnas, -segunda, len(previa)) + np.diag(previa)
        anterior, actual = actual, float(valor.sum() - (previa * coeficientes**2).sum() / 2)
        if abs(actual - anterior) < _CONVERGE * (1 + abs(actual)):
            break
        paso = np.linalg.solve(hessiana, _sumar(columnas, primera, len(previa)) - previa * coeficientes)
        coeficientes = coeficientes + paso / max(1.0, float(np.abs(paso).max()))
    log_determinantes = float(np.log(previa[1:]).sum() - np.linalg.slogdet(hessiana)[1])
    return actual + log_determinantes / 2, coeficientes, hessiana


def _columnas(datos: Evidencia, cuantos: Sequence[int]) -> Enteros:
    """De cada celda, en qué posición de los coeficientes está su efecto general y el de cada uno de sus grupos."""
    inicio = np.cumsum([1, *cuantos])[:-1]
    general = np.zeros(len(datos.inferior), dtype=np.int64)
    return np.stack([general, *(grupo + desde for grupo, desde in zip(datos.grupos, inicio, strict=True))])


def _sumar(columnas: Enteros, pesos: Reales, total: int) -> Reales:
    suma: Reales = np.zeros(total)
    for columna in columnas:
        suma += np.bincount(columna, pesos, total)
    return suma


def _cruzar(columnas: Enteros, pesos: Reales, total: int) -> Reales:
    cruce = np.zeros(total * total)
    for una in columnas:
        for otra in columnas:
            cruce += np.bincount(una * total + otra, pesos, total * total)
    return cruce.reshape(total, total)


def _log_densidad(x: Reales) -> Reales:
    return np.where(np.isfinite(x), -(np.where(np.isfinite(x), x, 0) ** 2) / 2 - np.log(2 * np.pi) / 2, -np.inf)
