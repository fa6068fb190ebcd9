"""ENUSC: microdatos del INE de Chile (2018-2020 y 2023-2025), en .rda, .rds, .sav o .csv.

Cada año cambia los nombres de las variables y los factores que publica; ninguno trae aquí un diccionario. Qué
pregunta es cada indicador lo dice `datos/catalogo/preguntas.csv`, año por año. Ver docs/fuentes/enusc.md.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from atalaya.errores import ErrorFuente
from atalaya.fuentes.diccionario_inegi import Variable
from atalaya.fuentes.diseno_muestral import codigo, exigir_anidadas, exigir_columnas, exigir_unicas, factor
from atalaya.fuentes.lectura import Lectura
from atalaya.fuentes.preguntas import resolver
from atalaya.fuentes.respuestas import tabla_de_respuestas, tabla_de_variables
from atalaya.fuentes.tabla_estadistica import EXTENSIONES, abrir
from atalaya.fuentes.valores import Valores, calcular

FUENTE: Final = "enusc"
PREPARAR: Final = "preparar/enusc"
ORIGEN: Final = "https://www.ine.gob.cl/estadisticas/sociales/seguridad-publica-y-justicia"
PAPELES: Final = {
    "estrato": ("varstrat", "var_strat"),
    "conglomerado": ("conglomerado",),
    "factor_persona_regional": ("fact_pers_reg", "fact_pers"),
    "factor_hogar_regional": ("fact_hog_reg", "fact_hog"),
    "region": ("enc_region16", "enc_region"),  # en 2018 enc_region junta Ñuble con Biobío
    "sexo": ("rph_sexo",),
    "edad": ("rph_edad",),
}
OPCIONALES: Final = {
    "factor_persona_comunal": ("fact_pers_com",),
    "factor_hogar_comunal": ("fact_hog_com",),
    "factor_persona_102": ("fact_pers_regional_102",),
    "factor_hogar_102": ("fact_hog_regional_102",),
    "comuna": ("enc_rpc",),
}
"""Sólo 2023 trae comuna y factores comunales. Los de 102 comunas (2023 y 2024) prolongan la serie anterior a 2023."""
_SENAS: Final = ({"conglomerado", "rph_sexo", "enc_region"}, {"varstrat", "var_strat"})


def reconocer(ruta: Path) -> bool:
    """Si es una base con las variables de diseño y de persona de la ENUSC."""
    if ruta.suffix.lower() not in EXTENSIONES or not ruta.is_file():
        return False
    try:
        columnas = set(_tabla(ruta, ruta.stat().st_mtime_ns).columns)
    except ErrorFuente:
        return False
    return _SENAS[0] <= columnas and bool(_SENAS[1] & columnas)


def leer(ruta: Path) -> Lectura:
    """Las entrevistas de un año con su diseño muestral y el valor de cada indicador.

    Tablas: `entrevistas` (una fila por informante: periodo, entrevista, estrato, upm, los factores que el año
    publique —nulos los demás—, region, comuna, sexo y edad con las claves del INE), `valores_personas` y
    `valores_hogares` (entrevista y una columna por indicador: 1, 0 o nulo) y `variables` (con cuáles se calcula cada
    indicador). El INE publica la misma base en varios formatos y con varios nombres: se nombra por su año. Fuente: INE
    de Chile, ENUSC.

    Lanza ErrorFuente, con variable y renglones, si falta el diseño, un factor no es positivo, un conglomerado está en
    dos estratos, una clave es desconocida o un informante se repite.
    """
    tabla = _informantes(ruta)
    entrevistas = _entrevistas(tabla, ruta.name)
    valores = _valores(tabla, ruta.name)
    periodo = _periodo(tabla, ruta.name)
    return Lectura(
        fuente=FUENTE,
        edicion=periodo,
        archivo=f"base de datos ENUSC {periodo}",
        origen=ORIGEN,
        tablas={
            "entrevistas": entrevistas,
            **{f"valores_{marco}": _ancha(entrevistas, valores, marco) for marco in ("personas", "hogares")},
            "variables": tabla_de_variables(valores),
        },
        producto="microdatos",
    )


def leer_respuestas(ruta: Path) -> pa.Table:
    """Las respuestas tal como vinieron, para auditar: una fila por informante e indicador (ver `respuestas.ESQUEMA`).

    Lanza los mismos errores que `leer`.
    """
    tabla = _informantes(ruta)
    entrevistas = _entrevistas(tabla, ruta.name)["entrevista"]
    return tabla_de_respuestas(FUENTE, _periodo(tabla, ruta.name), entrevistas, _valores(tabla, ruta.name))


@lru_cache(maxsize=1)  # reconocer y leer abren el mismo archivo uno tras otro, y abrirlo es lo caro
def _tabla(ruta: Path, _modificado: int) -> pd.DataFrame:
    return abrir(ruta)


def _informantes(ruta: Path) -> pd.DataFrame:
    """Sólo quien contestó el cuestionario: la base completa de 2023 trae también a los demás integrantes del hogar."""
    tabla = _tabla(ruta, ruta.stat().st_mtime_ns)
    if "kish" not in tabla.columns:
        return tabla
    elegidos = _texto(tabla["kish"]).to_numpy(zero_copy_only=False) == "1"
    return tabla[elegidos].reset_index(drop=True)


def _entrevistas(tabla: pd.DataFrame, donde: str) -> pa.Table:
    papeles = exigir_columnas(list(tabla.columns), PAPELES, donde)
    estrato = codigo(_texto(tabla[papeles["estrato"]]), papeles["estrato"], donde)
    upm = codigo(_texto(tabla[papeles["conglomerado"]]), papeles["conglomerado"], donde)
    exigir_anidadas(estrato, upm, donde)
    llaves = _llaves(tabla, donde)
    columnas = {
        "periodo": pa.array([_periodo(tabla, donde)] * len(tabla)),
        "entrevista": llaves,
        "estrato": pa.array(estrato),
        "upm": pa.array(upm),
    }
    for papel in ("factor_persona_regional", "factor_hogar_regional"):
        columnas[papel] = factor(_factor(tabla[papeles[papel]]), papeles[papel], donde)
    for papel, (nombre,) in OPCIONALES.items():
        if papel.startswith("factor"):
            columnas[papel] = _opcional(tabla, nombre, donde)
    for papel, (minimo, maximo) in {"region": (1, 16), "sexo": (1, 2), "edad": (1, 120)}.items():
        columnas[papel] = _entre(tabla, papeles[papel], minimo, maximo, donde)
    comuna = OPCIONALES["comuna"][0]
    hay_comuna = comuna in tabla.columns
    columnas["comuna"] = _entre(tabla, comuna, 1101, 16305, donde) if hay_comuna else pa.nulls(len(tabla), pa.int64())
    return pa.table(columnas)


def _valores(tabla: pd.DataFrame, donde: str) -> dict[str, Valores]:
    # Sin diccionario, el nombre de la variable hace de texto de la pregunta.
    variables = {nombre: Variable(nombre, nombre, ()) for nombre in tabla.columns}
    resueltas = resolver(FUENTE, _periodo(tabla, donde), variables, donde)
    columnas = {v.nombre: _texto(tabla[v.nombre]) for una in resueltas.values() for v in una.variables}
    return calcular(resueltas, columnas, donde)


def _periodo(tabla: pd.DataFrame, donde: str) -> str:
    """El año, que el INE antepone a la clave de cada conglomerado (2023000001, 20240000000001)."""
    exigir_columnas(list(tabla.columns), {"conglomerado": PAPELES["conglomerado"]}, donde)
    anios = sorted({str(clave)[:4] for clave in _texto(tabla["conglomerado"]).unique().to_pylist()})
    if len(anios) == 1 and anios[0].isdigit() and 2008 <= int(anios[0]) <= 2099:
        return anios[0]
    raise ErrorFuente(
        f"{donde} › conglomerado",
        "claves que empiezan todas por el mismo año",
        ", ".join(anios[:5]) or "ninguna",
        "use la base de un solo año, sin juntarla con otras",
    )


def _llaves(tabla: pd.DataFrame, donde: str) -> pa.Array:
    if "rph_id" not in tabla.columns:
        # La base de 2023 con comuna se publica sin identificador: sólo queda el lugar en el archivo.
        return pa.array([f"renglon-{i}" for i in range(2, len(tabla) + 2)])
    llaves = _texto(tabla["rph_id"])
    exigir_unicas(llaves, "informante (rph_id)", donde)
    return llaves


def _opcional(tabla: pd.DataFrame, nombre: str, donde: str) -> pa.Array:
    """Un factor que no todos los informantes tienen; nulo donde falta."""
    if nombre not in tabla.columns:
        return pa.nulls(len(tabla), pa.float64())
    crudo = _factor(tabla[nombre])
    presentes = crudo.is_valid() if pa.types.is_floating(crudo.type) else _no_vacia(crudo)
    buenos = factor(crudo.filter(presentes), nombre, donde)
    salida = np.full(len(tabla), np.nan)
    salida[presentes.to_numpy(zero_copy_only=False)] = buenos.to_numpy()
    return pa.array(salida, mask=~presentes.to_numpy(zero_copy_only=False))


def _entre(tabla: pd.DataFrame, nombre: str, minimo: int, maximo: int, donde: str) -> pa.Array:
    claves = codigo(_texto(tabla[nombre]), nombre, donde)
    malos = np.flatnonzero((claves < minimo) | (claves > maximo))
    if malos.size:
        raise ErrorFuente(
            f"{donde} › {nombre} › renglones {', '.join(str(i + 2) for i in malos[:5])}",
            f"claves entre {minimo} y {maximo}",
            ", ".join(map(str, sorted(set(claves[malos].tolist()))[:5])),
            "compruebe el archivo o descárguelo de nuevo de la página del INE",
        )
    return pa.array(claves)


def _ancha(entrevistas: pa.Table, valores: dict[str, Valores], marco: str) -> pa.Table:
    propios = {clave: uno.columna() for clave, uno in valores.items() if uno.resuelta.pregunta.marco == marco}
    return pa.table({"entrevista": entrevistas["entrevista"], **propios})


def _factor(columna: pd.Series) -> pa.Array:
    """Los decimales tal como vienen; los de un CSV, todavía como texto y con punto decimal."""
    if columna.dtype.kind == "f":
        return pa.array(columna, from_pandas=True)
    return pc.replace_substring_regex(_texto(columna), r"^(-?\d+),(\d+)$", r"\1.\2")


def _texto(columna: pd.Series) -> pa.Array:
    """Claves como texto: los enteros guardados como decimales pierden el «.0»; lo que falta queda vacío."""
    if columna.dtype.kind == "f":
        enteras = [("" if np.isnan(v) else str(int(v)) if v == int(v) else repr(v)) for v in columna.tolist()]
        return pa.array(enteras, pa.string())
    limpias = columna.astype("string").fillna("").str.strip().str.replace(r"[.,]0$", "", regex=True)
    return pa.array(limpias.replace("NA", "").tolist(), pa.string())


def _no_vacia(columna: pa.Array) -> pa.Array:
    return pa.array([bool(v) for v in columna.to_pylist()])
