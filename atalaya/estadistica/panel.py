"""Si dos cifras van juntas: entre ciudades y, dentro de cada ciudad, en el tiempo. Asociación, nunca causa.

Entre ciudades se comparan sus promedios: dice si las que tienen más de una cosa tienen más de la otra, y ahí caben
todas las demás diferencias entre ciudades. Dentro de cada ciudad se comparan sus propios cambios, descontado lo que
cambió en todas a la vez (efectos fijos de ciudad y de periodo): descarta lo que en una ciudad no cambia, no lo demás.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import pandas as pd

from atalaya.estadistica import inferencia

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
    # Al usarlo, porque tarda casi un segundo; y por sus módulos, que son la mitad que toda su api.
    from statsmodels.regression.linear_model import OLS  # noqa: PLC0415
    from statsmodels.tools.tools import add_constant  # noqa: PLC0415

    ajuste = OLS(medias["y"], add_constant(medias["x"])).fit(cov_type="HC3", use_t=True)
    varianza = completo.groupby("lugar")["error_x"].agg(_varianza_del_promedio)
    coeficiente, error = float(ajuste.params["x"]), float(ajuste.bse["x"])
    ruido = float(varianza.mean())
    return _asociacion("entre", coeficiente, error, ajuste.df_resid, completo, medias["x"], medias["y"], ruido, nivel)


def dentro_de_ciudades(panel: pd.DataFrame, nivel: float = 95) -> Asociacion | None:
    """La recta de los cambios de cada ciudad, con efectos fijos de ciudad y periodo y error por ciudad.

    Mínimos cuadrados con covarianza por conglomerados, la corrección G/(G−1)·(N−1)/(N−K) y t de G−1 grados de libertad
    (Cameron y Miller 2015, ec. 10-13). Mismo `panel` que `entre_ciudades`; sólo cuentan las ciudades con dos periodos o
    más. None si quedan menos de MINIMO_CIUDADES o de dos periodos.
    """
    completo = panel.dropna(subset=["x", "y"])
    completo = completo[completo.groupby("lugar")["periodo"].transform("nunique") > 1].reset_index(drop=True)
    if completo["lugar"].nunique() < MINIMO_CIUDADES or completo["periodo"].nunique() < 2:
        return None
    from statsmodels.regression.linear_model import OLS  # noqa: PLC0415

    # Centrar en cada ciudad da lo mismo que noventa indicadoras (Frisch, Waugh y Lovell) y tarda cien veces menos.
    columnas = completo[["x", "y"]].join(pd.get_dummies(completo["periodo"], drop_first=True, dtype=float))
    centradas = columnas - columnas.groupby(completo["lugar"]).transform("mean")
    ciudades = completo["lugar"].astype("category").cat.codes
    ajuste = OLS(centradas["y"], centradas.drop(columns="y")).fit(
        cov_type="cluster", cov_kwds={"groups": ciudades, "use_correction": False}, use_t=True
    )
    cuantas, celdas = completo["lugar"].nunique(), len(completo)
    estimados = ajuste.model.rank + cuantas  # los efectos de ciudad, que ya no están a la vista, también cuentan
    correccion = cuantas / (cuantas - 1) * (celdas - 1) / (celdas - estimados)
    error = float(ajuste.bse["x"]) * correccion**0.5
    x, y = (_sin_efectos(centradas[columna], centradas.drop(columns=["x", "y"])) for columna in ("x", "y"))
    ruido = float((completo["error_x"] ** 2).mean())
    return _asociacion("dentro", float(ajuste.params["x"]), error, cuantas - 1, completo, x, y, ruido, nivel)


def _asociacion(
    tipo: str,
    coeficiente: float,
    error: float,
    gl: float,
    completo: pd.DataFrame,
    x: pd.Series,
    y: pd.Series,
    ruido: float,
    nivel: float,
) -> Asociacion:
    margen = float(inferencia.cuantil_t(nivel, gl)) * error
    varianza = float(x.var())
    return Asociacion(
        tipo=tipo,
        coeficiente=coeficiente,
        error_estandar=error,
        ic_inf=coeficiente - margen,
        ic_sup=coeficiente + margen,
        p=float(inferencia.valor_p(coeficiente / error, gl)),
        correlacion=float(np.corrcoef(x, y)[0, 1]),
        confiabilidad=max(0.0, 1 - ruido / varianza) if varianza > 0 else 0.0,
        ciudades=completo["lugar"].nunique(),
        periodos=completo["periodo"].nunique(),
        celdas=len(completo),
    )


def _varianza_del_promedio(errores: pd.Series) -> float:
    """La varianza muestral del promedio de los periodos de una ciudad, tomados por independientes."""
    return float((errores**2).sum() / len(errores) ** 2)


def _sin_efectos(columna: pd.Series, de_periodo: pd.DataFrame) -> pd.Series:
    """Lo que queda de una columna ya centrada por ciudad al quitarle los efectos de periodo."""
    coeficientes, *_ = np.linalg.lstsq(de_periodo.to_numpy(), columna.to_numpy(), rcond=None)
    return columna - de_periodo.to_numpy() @ coeficientes
