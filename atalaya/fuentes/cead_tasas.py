"""CEAD: tasas anuales de casos policiales por comuna y familia de delito.

La oficina publica la tasa por 100 mil habitantes y no los casos. Con la proyección del INE base 2017 dan enteros
exactos, que calcula `consultas/preparar/conteo_vigente.sql`. Ver docs/fuentes/cead.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from atalaya import catalogo
from atalaya.catalogo.registros import delitos
from atalaya.errores import ErrorFuente
from atalaya.fuentes.lectura import Lectura
from atalaya.fuentes.registros_cl import (
    REMEDIO,
    comunas,
    enteros,
    es_parquet_con,
    exigir,
    exigir_nombres,
    exigir_rejilla,
    leer_parquet,
)

FUENTE: Final = "cead"
INSTRUMENTO: Final = "cead_tasas"
PRODUCTO: Final = "tasas_por_familia"
TABLA: Final = "conteo"
PREPARAR: Final = "preparar/cead_tasas"
CRUDO: Final = pa.schema(
    [
        pa.field("cut", pa.string()),
        pa.field("comuna", pa.string()),
        pa.field("anio", pa.int64()),
        pa.field("familia", pa.string()),
        pa.field("tasa_100k", pa.float64()),
    ]
)
"""Una fila por comuna, año y familia. Tasas por 100 mil habitantes, con toda su precisión."""

TODAS: Final = "todas"
TOLERANCIA_100K: Final = 1e-6
"""La de todas es la suma de las demás (mismo denominador). Las de la oficina coinciden a 1e-10; una tasa recortada a
menos cifras ya no daría casos enteros."""


def reconocer(ruta: Path) -> bool:
    """Si es el Parquet de tasas por comuna, año y familia: por sus columnas."""
    return es_parquet_con(ruta, frozenset(CRUDO.names))


def leer(ruta: Path) -> Lectura:
    """La tabla `celdas`: lugar, periodo (año), familia y tasa_100k; una fila por comuna, año cerrado y familia.

    El último año del archivo no se lee: la oficina lo va completando por trimestres y el archivo no dice cuántos meses
    lleva; los anteriores están cerrados porque ya hay dato del que sigue. Fuente: CEAD, Subsecretaría de Prevención del
    Delito. Lanza ErrorFuente, con los renglones, si una comuna o una familia no están en el catálogo, si una tasa no es
    una cantidad, si la de todas no es la suma de las familias, si una combinación se repite o falta, o si sólo hay un
    año.
    """
    crudo = leer_parquet(ruta, CRUDO)
    exigir_nombres(crudo, "familia", {d.delito for d in delitos() if d.instrumento == INSTRUMENTO}, ruta.name)
    lugar = comunas(enteros(crudo["cut"], f"{ruta.name} › cut"), f"{ruta.name} › cut")
    tasas = crudo["tasa_100k"].to_numpy()
    exigir(np.isfinite(tasas) & (tasas >= 0), f"{ruta.name} › tasa_100k", "una tasa por 100 mil, sin signo", tasas)
    celdas = pa.table(
        {"lugar": lugar, "anio": crudo["anio"], "familia": crudo["familia"], "tasa_100k": crudo["tasa_100k"]}
    )
    exigir_rejilla(celdas, ("lugar", "anio", "familia"), ruta.name)
    _exigir_suma(celdas, ruta.name)
    anios = pc.min_max(celdas["anio"]).as_py()
    if anios["min"] == anios["max"]:
        raise ErrorFuente(ruta.name, "dos años o más: el último se deja por abierto", f"sólo {anios['max']}", REMEDIO)
    cerradas = celdas.filter(pc.less(celdas["anio"], anios["max"]))
    periodo = cerradas["anio"].cast(pa.string())
    archivo = f"tasas por comuna, año y familia, {anios['min']} a {anios['max']}"
    return Lectura(
        FUENTE,
        str(anios["max"]),
        archivo,
        catalogo.fuentes()[FUENTE].url,
        {
            "celdas": cerradas.drop_columns("anio").append_column("periodo", periodo),
            "portada": pa.table({"archivo": [archivo], "edicion": [str(anios["max"])]}),
        },
        PRODUCTO,
    )


def _exigir_suma(celdas: pa.Table, donde: str) -> None:
    es_todas = pc.equal(celdas["familia"], TODAS)
    con_signo = pc.multiply(celdas["tasa_100k"], pc.if_else(es_todas, -1.0, 1.0))
    restos = celdas.append_column("resto", con_signo).group_by(["lugar", "anio"]).aggregate([("resto", "sum")])
    malas = restos.filter(pc.greater(pc.abs(restos["resto_sum"]), TOLERANCIA_100K))
    if malas.num_rows:
        ejemplo = malas.slice(0, 1).to_pylist()[0]
        raise ErrorFuente(
            f"{donde} › {ejemplo['lugar']} › {ejemplo['anio']}",
            "que la tasa de todas las familias sea la suma de las de cada una",
            f"difieren en {ejemplo['resto_sum']:.6f}; {malas.num_rows} en total",
            REMEDIO,
        )
