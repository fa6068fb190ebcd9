"""De las filas de `mostrar/conteos` a sus tasas: la misma cuenta para la línea de órdenes y las páginas."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from numpy.typing import ArrayLike

from atalaya import catalogo
from atalaya.estadistica.tasas import Reales, tasas


def con_tasas(tabla: pa.Table, nivel: float = 95) -> pa.Table:
    """La tabla con `tasa_100k`, `tasa_inf`, `tasa_sup` y `nivel_confianza` detrás de su población.

    `tabla`: casos, meses y poblacion. Anualizada (12 / meses), por 100 mil habitantes; nula donde falte un dato. El
    personal de policía no lleva intervalo.
    """
    casos, meses, personas = (
        tabla[columna].cast(pa.float64()).to_numpy(zero_copy_only=False) for columna in ("casos", "meses", "poblacion")
    )
    calculadas = tasas(casos, personas, meses, nivel=nivel)
    # Los policías se cuentan enteros: es una existencia, no un hecho que pudo ocurrir más o menos veces.
    existencias = np.array([catalogo.indicador(k).unidad == "policías" for k in tabla["indicador"].to_pylist()], bool)
    for extremo in ("tasa_inf", "tasa_sup"):
        calculadas[extremo] = np.where(existencias, np.nan, calculadas[extremo])
    con_tasa = np.isfinite(calculadas["tasa_100k"])
    nuevas = {nombre: pa.array(valores, mask=~np.isfinite(valores)) for nombre, valores in calculadas.items()}
    nuevas["nivel_confianza"] = pa.array(np.full(len(casos), float(nivel)), mask=~con_tasa | existencias)
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
