"""De las filas de `mostrar/conteos` a sus tasas: la misma cuenta para la línea de órdenes y las páginas."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike

from atalaya.estadistica.tasas import Reales, tasas


def con_tasas(tabla: pa.Table, nivel: float = 95) -> pa.Table:
    """La tabla con `tasa_100k`, `tasa_inf`, `tasa_sup` y `nivel_confianza` detrás de su población.

    `tabla`: casos, meses y poblacion. Anualizada (12 / meses), por 100 mil habitantes; nula donde falte un dato.
    """
    casos, meses, personas = (
        tabla[columna].cast(pa.float64()).to_numpy(zero_copy_only=False) for columna in ("casos", "meses", "poblacion")
    )
    calculadas = tasas(casos, personas, meses, nivel=nivel)
    con_tasa = np.isfinite(calculadas["tasa_100k"])
    nuevas = {nombre: pa.array(valores, mask=~con_tasa) for nombre, valores in calculadas.items()}
    nuevas["nivel_confianza"] = pa.array(np.full(len(casos), float(nivel)), mask=~con_tasa)
    lugar = tabla.column_names.index("proyeccion") + 1
    for k, (nombre, valores) in enumerate(nuevas.items()):
        tabla = tabla.add_column(lugar + k, nombre, valores)
    return tabla


def por_mil(casos: ArrayLike, poblacion: ArrayLike) -> Reales:
    """Cuántos hay por cada mil habitantes, de lo que se cuenta entero (plazas, policías): no lleva intervalo.

    NaN si falta un dato o la población no es positiva.
    """
    cuantos, personas = np.asarray(casos, dtype=float), np.asarray(poblacion, dtype=float)
    return 1000 * cuantos / np.where(personas > 0, personas, np.nan)
