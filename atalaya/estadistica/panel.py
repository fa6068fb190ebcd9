"""Si dos cifras van juntas: entre ciudades y, dentro de cada ciudad, en el tiempo. Asociación, nunca causa.

Entre ciudades se comparan sus promedios: dice si las que tienen más de una cosa tienen más de la otra, y ahí caben
todas las demás diferencias entre ciudades. Dentro de cada ciudad se comparan sus propios cambios, descontado lo que
cambió en todas a la vez (efectos fijos de ciudad y de periodo): descarta lo que en una ciudad no cambia, no lo demás.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

MINIMO_CIUDADES: Final = 20
"""Con menos grupos, el error por conglomerados subestima (Cameron y Miller 2015, sección VI)."""


@dataclass(frozen=True)
class Asociacion:
    """Cuánto difiere o cambia `y`, en puntos, por cada punto de `x`, con su error y su intervalo.

    tipo: `entre` ciudades o `dentro` de cada una. `confiabilidad`: qué parte de la variación de `x` no es error
    muestral (0 a 1); cuanto menor, más se acerca a cero el coeficiente (atenuación).
    """

    tipo: str
    coeficiente: float
    error_estandar: float
    ic_inf: float
    ic_sup: float
    p: float
    correlacion: float
    confiabilidad: float
    ciudades: int
    periodos: int
    celdas: int


def entre_ciudades(panel: pd.DataFrame, nivel: float = 95) -> Asociacion | None:
    """La recta entre los promedios de cada ciudad, con error robusto HC3 (MacKinnon y White 1985).

    `panel`: una fila por ciudad y periodo con `lugar`, `periodo`, `x`, `y` (por ciento) y `error_x` (puntos; nulo si
    no se sabe). None si hay menos de MINIMO_CIUDADES.
    """
    completo = panel.dropna(subset=["x", "y"])
    medias = completo.groupby("lugar")[["x", "y"]].mean()
    if len(medias) < MINIMO_CIUDADES or medias["x"].var() == 0:
        return None
    import statsmodels.api as sm  # noqa: PLC0415  -- tarda un segundo y sólo esta página lo usa

    ajuste = sm.OLS(medias["y"], sm.add_constant(medias["x"])).fit(cov_type="HC3", use_t=True)
    varianza = completo.groupby("lugar")["error_x"].agg(_varianza_del_promedio)
    return _asociacion("entre", ajuste, completo, medias["x"], medias["y"], float(varianza.mean()), nivel)


def dentro_de_ciudades(panel: pd.DataFrame, nivel: float = 95) -> Asociacion | None:
    """La recta de los cambios de cada ciudad, con efectos fijos de ciudad y periodo y error por ciudad.

    Mínimos cuadrados con variables indicadoras y covarianza por conglomerados con la corrección G/(G−1)·(N−1)/(N−K)
    y t de G−1 grados de libertad (Cameron y Miller 2015, ec. 10-13). Mismo `panel` que `entre_ciudades`; sólo cuentan
    las ciudades con dos periodos o más. None si quedan menos de MINIMO_CIUDADES o de dos periodos.
    """
    completo = panel.dropna(subset=["x", "y"])
    completo = completo[completo.groupby("lugar")["periodo"].transform("nunique") > 1].reset_index(drop=True)
    if completo["lugar"].nunique() < MINIMO_CIUDADES or completo["periodo"].nunique() < 2:
        return None
    import statsmodels.api as sm  # noqa: PLC0415

    fijos = pd.get_dummies(completo[["lugar", "periodo"]], drop_first=True, dtype=float)
    # `x` con nombre, para encontrarla entre las indicadoras; la constante la pone add_constant.
    diseno = sm.add_constant(pd.concat([completo["x"], fijos], axis=1))
    ciudades = completo["lugar"].astype("category").cat.codes
    ajuste = sm.OLS(completo["y"], diseno).fit(cov_type="cluster", cov_kwds={"groups": ciudades}, use_t=True)
    x, y = (_sin_efectos(completo[columna], diseno.drop(columns="x")) for columna in ("x", "y"))
    return _asociacion("dentro", ajuste, completo, x, y, float((completo["error_x"] ** 2).mean()), nivel)


def _asociacion(
    tipo: str, ajuste: Any, completo: pd.DataFrame, x: pd.Series, y: pd.Series, ruido: float, nivel: float
) -> Asociacion:
    inferior, superior = ajuste.conf_int(alpha=1 - nivel / 100).loc["x"]
    varianza = float(x.var())
    return Asociacion(
        tipo=tipo,
        coeficiente=float(ajuste.params["x"]),
        error_estandar=float(ajuste.bse["x"]),
        ic_inf=float(inferior),
        ic_sup=float(superior),
        p=float(ajuste.pvalues["x"]),
        correlacion=float(np.corrcoef(x, y)[0, 1]),
        confiabilidad=max(0.0, 1 - ruido / varianza) if varianza > 0 else 0.0,
        ciudades=completo["lugar"].nunique(),
        periodos=completo["periodo"].nunique(),
        celdas=len(completo),
    )


def _varianza_del_promedio(errores: pd.Series) -> float:
    """La varianza muestral del promedio de los periodos de una ciudad, tomados por independientes."""
    return float((errores**2).sum() / len(errores) ** 2)


def _sin_efectos(columna: pd.Series, fijos: pd.DataFrame) -> pd.Series:
    """Lo que queda de la columna al quitarle los efectos de ciudad y periodo (Frisch, Waugh y Lovell)."""
    coeficientes, *_ = np.linalg.lstsq(fijos.to_numpy(), columna.to_numpy(), rcond=None)
    return columna - fijos.to_numpy() @ coeficientes
