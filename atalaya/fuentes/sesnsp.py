"""SESNSP: incidencia delictiva del fuero común, mes a mes (municipal, estatal y, desde 2026, del RNID).

Carpetas de investigación por lugar, subtipo y modalidad, como las publica el Secretariado Ejecutivo, en cualquier
corte. Qué indicador es cada subtipo lo dice `delitos.csv`; cada modalidad, `modalidades.csv`. Ver
docs/fuentes/sesnsp.md.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from atalaya.errores import ErrorFuente
from atalaya.fuentes import sesnsp_csv
from atalaya.fuentes.lectura import Lectura
from atalaya.fuentes.sesnsp_csv import COLUMNAS_MES, casos, entero
from atalaya.fuentes.sesnsp_delitos import ANTERIOR, FUENTE, ORIGEN, PRIMER_ANIO, RNID, TABLA, instrumento, subtipos
from atalaya.fuentes.sesnsp_revision import exigir_completo, exigir_conocidos, lugar_de

__all__ = ["FUENTE", "MESES", "ORIGEN", "PREPARAR", "TABLA", "leer", "partes", "portada", "reconocer", "ultimo_mes"]

PREPARAR: Final = "preparar/sesnsp"
MESES: Final = tuple(f"m{mes:02d}" for mes in range(1, 13))
ENTIDADES: Final = 32
RENGLONES_POR_PARTE: Final = 200_000


def reconocer(ruta: Path) -> bool:
    """Si el encabezado es el del CSV mensual del SESNSP, estatal o municipal, aunque le falte alguna columna."""
    return sesnsp_csv.parece(ruta)


def leer(ruta: Path) -> Lectura:
    """Los renglones del archivo, tipados y revisados.

    Tablas: `renglones` (una fila por renglón: anio, lugar —clave de la entidad o del municipio—, instrumento, subtipo,
    modalidad, nombre —vacío: el lugar viene con clave— y `m01`…`m12`, carpetas; nulo si la celda viene vacía) y
    `portada` (una fila: archivo, edicion —el último mes con dato— y `es_estatal`). Fuente: SESNSP.

    Lanza ErrorFuente, con columna y renglones, si falta una columna, un mes no es un entero, el año o una clave no
    existen, un subtipo o modalidad no están en el catálogo, un renglón se repite o el archivo está incompleto.
    """
    crudo = sesnsp_csv.leer_crudo(ruta)
    anio = crudo.convertir("Año", _anio, f"un año de {PRIMER_ANIO} en adelante", pa.int32())
    anios = anio.to_numpy()
    lugar = lugar_de(crudo)
    exigir_conocidos(crudo, anios)
    exigir_completo(crudo, anios, lugar)
    meses = {
        clave: crudo.convertir(columna, casos, "un número de carpetas, o vacío", pa.int32())
        for clave, columna in zip(MESES, COLUMNAS_MES, strict=True)
    }
    renglones = pa.table(
        {
            "anio": anio,
            "lugar": lugar,
            "instrumento": _instrumentos(anios),
            "subtipo": crudo.convertir("Subtipo de delito", str, "un texto", pa.string()),
            "modalidad": crudo.convertir("Modalidad", str, "un texto", pa.string()),
            "nombre": pa.nulls(len(anio), pa.string()),
            **meses,
        }
    )
    edicion = ultimo_mes(renglones, ruta.name)
    producto, archivo = _nombrar(renglones, edicion, "municipal" if crudo.es_municipal else "estatal")
    tablas = {"renglones": renglones, "portada": portada(archivo, edicion, not crudo.es_municipal)}
    return Lectura(FUENTE, edicion, archivo, ORIGEN, tablas, producto)


def partes(lectura: Lectura) -> Iterator[dict[str, pa.Table]]:
    """Las tablas de `leer`, por grupos de indicadores de unos RENGLONES_POR_PARTE: el país entero no cabe de una vez.

    Los subtipos que suman a un mismo indicador van juntos, así que preparar las partes es preparar el todo.
    """
    renglones = lectura.tablas["renglones"]
    indicador_de = {nombre: d.indicador for que in (ANTERIOR, "rnid") for nombre, d in subtipos(que).items()}
    indicadores = list(dict.fromkeys(indicador_de[s] for s in renglones["subtipo"].unique().to_pylist()))
    cuantas = min(len(indicadores), -(-renglones.num_rows // RENGLONES_POR_PARTE))
    grupo_de = {indicador: numero % cuantas for numero, indicador in enumerate(indicadores)}
    for grupo in range(cuantas):
        suyos = pa.array([s for s, indicador in indicador_de.items() if grupo_de.get(indicador) == grupo])
        mascara = pc.is_in(renglones["subtipo"].cast(pa.string()), suyos)
        yield {**lectura.tablas, "renglones": renglones.filter(mascara)}


def portada(archivo: str, edicion: str, es_estatal: bool) -> pa.Table:
    """La tabla `portada` que pide la preparación."""
    return pa.table({"archivo": [archivo], "edicion": [edicion], "es_estatal": [es_estatal]})


def ultimo_mes(renglones: pa.Table, donde: str) -> str:
    """El último mes (`2024-11`) con alguna celda llena. Lanza ErrorFuente si todas vienen vacías."""
    anios = renglones["anio"].to_numpy()
    for anio in sorted(set(anios.tolist()), reverse=True):
        suyos = renglones.select(MESES).filter(pa.array(anios == anio))
        llenos = [numero for numero, mes in enumerate(MESES, start=1) if suyos[mes].null_count < suyos.num_rows]
        if llenos:
            return f"{anio:04d}-{llenos[-1]:02d}"
    raise ErrorFuente(donde, "algún mes con dato", "todas las celdas vacías", "descárguelo de nuevo del SESNSP")


def _anio(texto: str) -> int:
    anio = entero(texto)
    if not PRIMER_ANIO <= anio <= 2099:
        raise ValueError(texto)
    return anio


def _instrumentos(anios: np.ndarray) -> pa.DictionaryArray:
    nombres = pa.array([instrumento(PRIMER_ANIO), instrumento(RNID)])
    return pa.DictionaryArray.from_arrays(pa.array((anios >= RNID).astype(np.int8)), nombres)


def _nombrar(renglones: pa.Table, edicion: str, nivel: str) -> tuple[str, str]:
    """Producto y nombre. Uno parcial (una entidad, unos delitos) lleva huella: no sustituye al nacional ni a otro."""
    desde = min(renglones["anio"].unique().to_pylist())
    entidades = sorted({lugar[3:5] for lugar in renglones["lugar"].unique().to_pylist()})
    traidos = sorted(renglones["subtipo"].unique().to_pylist())
    producto = f"{nivel}_rnid" if desde >= RNID else nivel
    archivo = f"incidencia delictiva {nivel}, {desde} a {edicion}"
    if len(entidades) == ENTIDADES and set(traidos) >= set(subtipos(instrumento(int(edicion[:4])))):
        return producto, archivo
    huella = hashlib.sha256("|".join([*entidades, *traidos]).encode()).hexdigest()[:8]
    dichas = ", ".join(entidades) if len(entidades) <= 3 else str(len(entidades))
    return f"{producto}_parcial_{huella}", f"{archivo} (parcial: entidades {dichas}; subtipos, {len(traidos)})"
