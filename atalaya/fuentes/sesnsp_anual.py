"""SESNSP: totales anuales por subtipo de unos municipios, transcritos: no es el archivo oficial, sino una copia a mano.

Una fila por municipio, subtipo y año; `parcial` es 1 en el año que no está completo. Ver docs/fuentes/sesnsp.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pyarrow as pa

from atalaya.errores import ErrorFuente
from atalaya.fuentes.lectura import Lectura
from atalaya.fuentes.sesnsp_csv import encabezado, entero
from atalaya.fuentes.sesnsp_delitos import FUENTE, ORIGEN, PRIMER_ANIO, TABLA, subtipos
from atalaya.fuentes.sesnsp_lugares import claves_municipales
from atalaya.fuentes.sesnsp_texto import Celdas, filas_de

__all__ = ["FUENTE", "ORIGEN", "PREPARAR", "TABLA", "leer", "reconocer"]

PREPARAR: Final = "preparar/sesnsp_anual"
COLUMNAS: Final = ("cve_mun", "municipio", "subtipo", "anio", "parcial", "total")
_SENAS: Final = {"cve_mun", "subtipo"}
TOTALES: Final = pa.schema(
    [
        pa.field("lugar", pa.string(), nullable=False),
        pa.field("subtipo", pa.string(), nullable=False),
        pa.field("anio", pa.int32(), nullable=False),
        pa.field("parcial", pa.bool_(), nullable=False),
        pa.field("total", pa.int64(), nullable=False),  # carpetas
    ]
)


def reconocer(ruta: Path) -> bool:
    """Si el encabezado es el de los totales anuales por municipio, aunque le falte alguna columna."""
    return ruta.is_file() and set(encabezado(ruta)[0]) >= _SENAS


def leer(ruta: Path) -> Lectura:
    """Tablas: `totales` (esquema TOTALES) y `portada` (archivo y edicion, el último año con dato). Fuente: SESNSP.

    Lanza ErrorFuente, con su renglón, si falta una columna, una cifra no es un entero, un municipio o subtipo no
    existe, un total se repite o a un subtipo le faltan años.
    """
    filas = [_fila(celdas) for celdas in filas_de(ruta, COLUMNAS)]
    _exigir_parejos(filas, ruta.name)
    totales = pa.Table.from_pylist(filas, schema=TOTALES)
    anios, cuantos = sorted(totales["anio"].unique().to_pylist()), len(totales["lugar"].unique())
    archivo = f"incidencia delictiva municipal, totales anuales de {cuantos} municipios, {anios[0]} a {anios[-1]}"
    portada = pa.table({"archivo": [archivo], "edicion": [str(anios[-1])]})
    return Lectura(FUENTE, str(anios[-1]), archivo, ORIGEN, {"totales": totales, "portada": portada}, "municipal_anual")


def _fila(celdas: Celdas) -> dict[str, object]:
    lugar = f"MX-{celdas['cve_mun']}"
    if lugar not in claves_municipales():
        celdas.fallar("cve_mun", "la clave de un municipio, con cinco cifras", celdas["cve_mun"])
    anio = celdas.numero("anio", entero, "un año")
    if not PRIMER_ANIO <= anio <= 2099:
        celdas.fallar("anio", f"un año de {PRIMER_ANIO} en adelante", celdas["anio"])
    # Los nombres son los de siempre aun en el año parcial: quien los transcribió dobló los de 2026 a los anteriores.
    if celdas["subtipo"] not in subtipos():
        celdas.fallar("subtipo", "un subtipo que delitos.csv describa", celdas["subtipo"])
    return {
        "lugar": lugar,
        "subtipo": celdas["subtipo"],
        "anio": anio,
        "parcial": celdas.uno_de("parcial", ("0", "1")) == 1,
        "total": celdas.numero("total", entero, "un número de carpetas"),
    }


def _exigir_parejos(filas: list[dict[str, object]], archivo: str) -> None:
    llaves = {(fila["lugar"], fila["subtipo"], fila["anio"]) for fila in filas}
    series = {llave[:2] for llave in llaves}
    anios = {llave[2] for llave in llaves}
    if not filas or len(llaves) != len(filas) or len(filas) != len(series) * len(anios):
        raise ErrorFuente(
            archivo,
            f"todos los años de cada serie: {len(series)} series por {len(anios)} años",
            f"{len(filas)} filas, {len(filas) - len(llaves)} repetidas",
            "consígalo de nuevo, entero",
        )
