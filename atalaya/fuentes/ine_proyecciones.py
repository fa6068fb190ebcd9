"""INE de Chile: estimaciones y proyecciones 2002-2035, base 2017, por comuna, sexo y edad simple (Parquet).

Un renglón por comuna, sexo y edad (0 a 79 y 80 o más) y una columna por año, a mitad de año. Ver
docs/fuentes/poblacion.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from atalaya.errores import ErrorFuente
from atalaya.fuentes import habitantes
from atalaya.fuentes.habitantes import PREPARAR, TABLA
from atalaya.fuentes.lectura import Lectura

__all__ = ["PREPARAR", "TABLA", "leer", "reconocer"]

FUENTE: Final = "ine_poblacion"
PROYECCION: Final = "ine_base_2017"
ORIGEN: Final = "https://www.ine.gob.cl/estadisticas/sociales/demografia-y-vitales/proyecciones-de-poblacion"
SEXO: Final = "Sexo (1=Hombre 2=Mujer)"
ANIOS: Final = tuple(range(2002, 2036))
COLUMNAS: Final = (
    *("Region", "Nombre Region", "Provincia", "Nombre Provincia", "Comuna", "Nombre Comuna"),
    *(SEXO, "Edad"),
    *(f"Poblacion {anio}" for anio in ANIOS),
)
"""Los años dicen qué base es: la 2017 va de 2002 a 2035."""
EDADES: Final = 81


def reconocer(ruta: Path) -> bool:
    """Si es un Parquet con las columnas de la base 2017 por comuna, sexo y edad."""
    try:
        return tuple(pq.read_schema(ruta).names) == COLUMNAS
    except (OSError, pa.ArrowInvalid):
        return False


def leer(ruta: Path) -> Lectura:
    """Las tablas `habitantes` y `publicacion` (ver `habitantes.py`), por comuna, sexo y edad simple.

    Lanza ErrorFuente si falta un dato, si un sexo o una edad no son los conocidos o si a una comuna le falta una
    combinación: la suma saldría corta sin que se notara.
    """
    ancha = pq.read_table(ruta)
    for columna in ("Comuna", SEXO, "Edad", *COLUMNAS[8:]):
        if ancha[columna].null_count:
            raise _falla(f"{ruta.name} › {columna}", "un valor en cada renglón", f"{ancha[columna].null_count} vacíos")
    _exigir_completa(ancha, ruta)
    base = {
        "lugar": pa.array([f"CL-{comuna:05d}" for comuna in ancha["Comuna"].to_pylist()]),
        "sexo": pc.if_else(pc.equal(ancha[SEXO], 1), "hombres", "mujeres"),
        "edad_desde": ancha["Edad"],
    }
    larga = pa.concat_tables(
        pa.table({**base, "anio": [anio] * ancha.num_rows, "personas": ancha[f"Poblacion {anio}"]}).select(
            habitantes.HABITANTES.names
        )
        for anio in ANIOS
    )
    archivo = "proyecciones 2002-2035, base 2017, por comuna, sexo y edad"
    return habitantes.lectura(larga, FUENTE, PROYECCION, archivo, ORIGEN, "proyecciones_base_2017", ruta.name)


def _exigir_completa(ancha: pa.Table, ruta: Path) -> None:
    for columna, minimo, maximo in ((SEXO, 1, 2), ("Edad", 0, EDADES - 1)):
        vistos = pc.min_max(ancha[columna]).as_py()
        if vistos["min"] < minimo or vistos["max"] > maximo:
            raise _falla(f"{ruta.name} › {columna}", f"de {minimo} a {maximo}", f"de {vistos['min']} a {vistos['max']}")
    cuentas = ancha.group_by("Comuna").aggregate([([], "count_all")])
    if (malas := cuentas.filter(pc.not_equal(cuentas["count_all"], 2 * EDADES))).num_rows:
        primera = malas.to_pylist()[0]
        esperado = f"{2 * EDADES} renglones por comuna: 2 sexos × {EDADES} edades"
        raise _falla(ruta.name, esperado, f"{primera['count_all']} en la comuna {primera['Comuna']}")


def _falla(donde: str, esperado: str, recibido: str) -> ErrorFuente:
    return ErrorFuente(donde, esperado, recibido, "descargue el archivo entero otra vez de la página del INE")
