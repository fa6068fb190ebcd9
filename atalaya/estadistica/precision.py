"""Clases de precisión de una proporción según tres oficinas: funciones puras, vectorizadas.

Cada regla devuelve `precision` (alta, moderada, baja) y `suprimida`: si su cifra no se debe publicar. Lo suprimido
lo es en pantalla y en toda descarga (`clasificar`).

- **INEGI** (tabulados de la ENSU): CV [0, 15) alta, [15, 30) moderada, 30 o más baja; no suprime, avisa.
- **INE Chile** (2020, «Estándar para la evaluación de la calidad de las estimaciones en encuestas de hogares»): con
  n < 60 o gl < 9, no fiable; una proporción es fiable si su error estándar ≤ p^(2/3)/9 (1−p si p > 0.5) y si no poco
  fiable; otras razones, por CV 15/30.
- **CEPAL** (2023, «Criterios de calidad en la estimación de indicadores a partir de encuestas de hogares»): n ≥ 100,
  n efectivo ≥ 60, gl ≥ 9; CV hasta 20 se publica, hasta 30 con aviso; lo demás se suprime.

Con p = 0 o 1 el error estimado es cero por falta de variación, no por precisión: INE Chile y CEPAL no la evalúan y aquí
queda en baja; INEGI no define el CV de un cero y también queda en baja.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import ArrayLike, NDArray

from atalaya.errores import ErrorConsulta

Palabras = NDArray[np.str_]
Booleanos = NDArray[np.bool_]


@dataclass(frozen=True)
class Celdas:
    """Lo que miran las reglas: p de 0 a 1, error estándar en la misma unidad, entrevistas, gl y efecto de diseño."""

    p: ArrayLike
    ee: ArrayLike
    n: ArrayLike
    gl: ArrayLike
    efecto_diseno: ArrayLike

    def arreglos(self) -> tuple[NDArray[np.float64], ...]:
        """Los cinco campos como arreglos de la misma forma."""
        campos = (self.p, self.ee, self.n, self.gl, self.efecto_diseno)
        return tuple(np.broadcast_arrays(*(np.asarray(campo, dtype=float) for campo in campos)))


def cv_pct(p: ArrayLike, ee: ArrayLike) -> NDArray[np.float64]:
    """Coeficiente de variación en por ciento; infinito si p = 0: no se sabe nada de su tamaño relativo."""
    prop, error = np.asarray(p, dtype=float), np.asarray(ee, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(prop > 0, 100 * error / prop, np.inf)


def inegi(celdas: Celdas) -> tuple[Palabras, Booleanos]:
    """Clase por coeficiente de variación de 15 y 30 por ciento; nada se suprime."""
    p, ee, *_ = celdas.arreglos()
    cv = cv_pct(p, ee)
    return _clases(cv < 15, cv < 30), np.zeros(p.shape, dtype=bool)


def ine_chile(celdas: Celdas, proporcion: bool = True) -> tuple[Palabras, Booleanos]:
    """Fiable (alta), poco fiable (moderada) o no fiable (baja, suprimida); `proporcion=False` mira el CV."""
    p, ee, n, gl, _ = celdas.arreglos()
    suficiente = (n >= 60) & (gl >= 9)
    if proporcion:
        dentro = (p > 0) & (p < 1)
        lejos = np.where(dentro, np.minimum(p, 1 - p), np.nan)
        fiable, usable = ee <= lejos ** (2 / 3) / 9, dentro & np.isfinite(ee)
    else:
        cv = cv_pct(p, ee)
        fiable, usable = cv <= 15, cv <= 30
    clases = _clases(suficiente & fiable, suficiente & usable)
    return clases, clases == "baja"


def cepal(celdas: Celdas) -> tuple[Palabras, Booleanos]:
    """Publicable (alta), publicable con aviso (moderada) o suprimida (baja)."""
    p, ee, n, gl, efecto = celdas.arreglos()
    cv = cv_pct(p, ee)
    with np.errstate(divide="ignore", invalid="ignore"):
        suficiente = (p < 1) & (n >= 100) & (n / efecto >= 60) & (gl >= 9)
    clases = _clases(suficiente & (cv <= 20), suficiente & (cv <= 30))
    return clases, clases == "baja"


USADAS: Final = ("valor_pct", "error_estandar", "n", "gl", "efecto_diseno")
SUPRIMIBLES: Final = (
    *("valor_pct", "error_estandar", "ic_inf", "ic_sup", "cv_pct"),
    *("numerador", "denominador", "efecto_diseno", "n_efectivo"),
)

REGLAS: Final[dict[str, Callable[[Celdas], tuple[Palabras, Booleanos]]]] = {
    "inegi": inegi,
    "ine_chile": ine_chile,
    "cepal": cepal,
}


def _clases(alta: Booleanos, moderada: Booleanos) -> Palabras:
    return np.where(alta, "alta", np.where(moderada, "moderada", "baja"))


def evaluar(celdas: Celdas, regla: str) -> tuple[Palabras, Booleanos]:
    """Clase de cada celda y si se suprime, con una de `REGLAS`; lanza ErrorConsulta con cualquier otra."""
    if regla not in REGLAS:
        raise ErrorConsulta("regla de precisión", ", ".join(REGLAS), regla, "elige una de ellas")
    return REGLAS[regla](celdas)


def clasificar(tabla: pa.Table, regla: str) -> pa.Table:
    """La tabla de `encuestas.estimar` con `precision` y `suprimida`, y nulas las cifras de las celdas suprimidas.

    Los nulos viajan así a toda página y descarga: lo suprimido no se recupera restando. `regla`: inegi, ine_chile o
    cepal; lanza ErrorConsulta con cualquier otra.
    """
    columna = {nombre: tabla[nombre].to_numpy().astype(float) for nombre in USADAS}
    celdas = Celdas(
        columna["valor_pct"] / 100,
        columna["error_estandar"] / 100,
        columna["n"],
        columna["gl"],
        columna["efecto_diseno"],
    )
    clases, suprimida = evaluar(celdas, regla)
    for nombre in SUPRIMIBLES:
        valores = pc.if_else(pa.array(suprimida), pa.scalar(None, tabla[nombre].type), tabla[nombre])
        tabla = tabla.set_column(tabla.column_names.index(nombre), nombre, valores)
    return tabla.append_column("precision", pa.array(clases)).append_column("suprimida", pa.array(suprimida))
