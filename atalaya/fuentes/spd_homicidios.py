"""SPD: víctimas de homicidios consumados por comuna y año.

La base oficial cuenta una fila por víctima; el archivo trae ya la cuenta y omite las comunas sin ninguna. Qué ausencia
es un cero lo decide lo que afirma su propio aviso. Ver docs/fuentes/spd.md.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from atalaya import catalogo
from atalaya.errores import ErrorFuente
from atalaya.fuentes.lectura import Lectura
from atalaya.fuentes.registros_cl import REMEDIO, comunas, enteros, exigir, exigir_comunas, registros_json, tabla_json

FUENTE: Final = "spd"
PRODUCTO: Final = "victimas_homicidio"
TABLA: Final = "conteo"
PREPARAR: Final = "preparar/spd_homicidios"
CRUDO: Final = pa.schema(
    [
        pa.field("cut", pa.string()),
        pa.field("name", pa.string()),
        pa.field("year", pa.int64()),
        pa.field("homicides", pa.int64()),
    ]
)
"""Una fila por comuna y año con al menos una víctima."""

SIN_CONSOLIDAR: Final = re.compile(r"\b(\d{4}) data is partial and unconsolidated")
AUSENTES: Final = "absent (not zeroed)"
"""Lo que dice el aviso del archivo cuando omite las comunas sin víctimas."""


def reconocer(ruta: Path) -> bool:
    """Si es el JSON de víctimas de homicidio por comuna y año: por los campos de sus registros."""
    return ruta.is_file() and registros_json(ruta, frozenset(CRUDO.names)) is not None


def leer(ruta: Path) -> Lectura:
    """Las tablas `celdas` (lugar, periodo, casos) y `anios` (periodo y si está consolidado).

    Fuente: Centro para la Prevención de Homicidios y Delitos Violentos, Subsecretaría de Prevención del Delito. Lanza
    ErrorFuente, con el registro, si una comuna no existe o no se llama como dice su código, si una cuenta no es
    positiva, si una comuna y año se repiten, si falta un año entero, o si el aviso del archivo ya no dice qué pasa con
    las comunas sin víctimas.
    """
    crudo = registros_json(ruta, frozenset(CRUDO.names))
    if crudo is None:
        raise ErrorFuente(ruta.name, "un JSON con sus registros por comuna y año", "otra cosa", REMEDIO)
    aviso = str(crudo.get("caveat", ""))
    if AUSENTES not in aviso:
        raise ErrorFuente(
            f"{ruta.name} › caveat", f"el aviso «{AUSENTES}»: dice qué es una comuna ausente", aviso or "vacío", REMEDIO
        )
    tabla = tabla_json(crudo, CRUDO, ruta.name)
    lugar = comunas(enteros(tabla["cut"], f"{ruta.name} › cut"), f"{ruta.name} › cut")
    exigir_comunas(lugar, tabla["name"], f"{ruta.name} › name")
    # La cuenta es de víctimas: quien está en el archivo tiene al menos una.
    exigir(pc.greater(tabla["homicides"], 0), f"{ruta.name} › homicides", "una víctima o más", tabla["homicides"])
    celdas = pa.table({"lugar": lugar, "periodo": tabla["year"].cast(pa.string()), "casos": tabla["homicides"]})
    if repetidas := celdas.num_rows - celdas.group_by(["lugar", "periodo"]).aggregate([]).num_rows:
        raise ErrorFuente(f"{ruta.name} › records", "un registro por comuna y año", f"{repetidas} repetidos", REMEDIO)
    anios = _anios(tabla["year"], aviso, ruta.name)
    edicion = anios["periodo"][-1].as_py()
    archivo = f"víctimas de homicidios consumados por comuna y año, {anios['periodo'][0].as_py()} a {edicion}"
    portada = pa.table({"archivo": [archivo], "edicion": [edicion]})
    tablas = {"celdas": celdas, "anios": anios, "portada": portada}
    return Lectura(FUENTE, edicion, archivo, catalogo.fuentes()[FUENTE].url, tablas, PRODUCTO)


def _anios(columna: pa.ChunkedArray, aviso: str, donde: str) -> pa.Table:
    vistos = sorted(pc.unique(columna).to_pylist())
    if vistos != list(range(vistos[0], vistos[-1] + 1)):
        raise ErrorFuente(f"{donde} › year", "años seguidos: uno entero que falta no es cero", str(vistos), REMEDIO)
    abiertos = {int(anio) for anio in SIN_CONSOLIDAR.findall(aviso)}
    return pa.table(
        {"periodo": [str(anio) for anio in vistos], "consolidado": [anio not in abiertos for anio in vistos]}
    )
