"""El índice: las vistas que toda página consulta, ya calculadas y ordenadas, en un archivo de DuckDB local.

En memoria calcularlas cuesta segundos y cientos de MB en cada arranque; del archivo, milisegundos y sólo lo que se lee.
No es parte del acervo: se puede borrar, y un acervo de sólo lectura funciona sin él.
"""

from __future__ import annotations

import hashlib
from contextlib import suppress
from pathlib import Path
from typing import Final

import duckdb

from atalaya.acervo.disco import ruta_temporal
from atalaya.acervo.lectura import Acervo
from atalaya.contratos import TABLAS
from atalaya.motor.consulta import CATALOGO, cargar

VISTAS: Final = {
    "estimacion_vigente": "preparar/estimacion_vigente",
    "muestra_lugar": "estimar/muestra_lugar",
    "estimacion_con_error": "estimar/error_modelado",
    "poblacion_vigente": "preparar/poblacion_vigente",
    "conteo_vigente": "preparar/conteo_vigente",
}
"""Cada una se apoya en las de antes: se calculan en este orden."""

POR_PARTES: Final = {"conteo_vigente": ("conteo", "indicador")}
"""Se calcula por tandas de indicadores enteros, que no comparten nada entre sí. La serie municipal del SESNSP tiene 31
millones de celdas: de una sola vez pedía 20 GB de memoria; por tandas, cerca de uno."""

ORDEN: Final = " order by indicador, desglose, periodo, lugar"
ORDENES: Final = {
    "muestra_lugar": "",
    "poblacion_vigente": " order by proyeccion, sexo, edad, anio, lugar",
    "conteo_vigente": "",  # sus Parquet ya vienen por indicador: ordenar millones de filas otra vez no ahorra nada
}
FILAS_POR_TANDA: Final = 1_500_000
CARPETA: Final = ".indice"
GUARDADOS: Final = 3


def poner(conexion: duckdb.DuckDBPyConnection, acervo: Acervo, hacerlo: bool) -> bool:
    """Pone las vistas sobre el índice del acervo, que se hace la primera vez si `hacerlo`; False si no se pudo."""
    archivo = acervo.raiz / CARPETA / f"{_receta(acervo)}.duckdb"
    try:
        if not archivo.is_file():
            if not hacerlo:
                return False
            _hacer(conexion, archivo)
        conexion.execute(f"attach '{_citar(archivo)}' as indice (read_only)")
        _apuntar(conexion, "indice.main")
    except OSError:
        return False
    except duckdb.Error:
        with suppress(OSError):
            archivo.unlink()  # a medias o dañado: el próximo arranque lo rehace
        return False
    return True


def en_memoria(conexion: duckdb.DuckDBPyConnection) -> None:
    """Calcula las vistas y las deja en memoria: para un acervo donde no se puede escribir."""
    conexion.execute("create schema calculado")
    _calcular(conexion, "memory.calculado")
    for nombre in VISTAS:
        conexion.execute(f"drop view memory.main.{nombre}")
        conexion.execute(f"create table memory.main.{nombre} as from memory.calculado.{nombre}")
        conexion.execute(f"drop table memory.calculado.{nombre}")


def _hacer(conexion: duckdb.DuckDBPyConnection, archivo: Path) -> None:
    temporal = ruta_temporal(archivo)
    try:
        archivo.parent.mkdir(exist_ok=True)
        conexion.execute(f"attach '{_citar(temporal)}' as nuevo")
        try:
            _calcular(conexion, "nuevo.main")
        finally:
            conexion.execute("detach nuevo")
        temporal.replace(archivo)  # si otro proceso lo hizo a la vez, son iguales
    except BaseException:
        with suppress(OSError):
            temporal.unlink()
        raise
    for viejo in sorted(archivo.parent.glob("*.duckdb"), key=lambda r: r.stat().st_mtime)[:-GUARDADOS]:
        with suppress(OSError):  # en Windows no se borra el que alguien tiene abierto
            viejo.unlink()


def _calcular(conexion: duckdb.DuckDBPyConnection, destino: str) -> None:
    """Deja en `destino` una tabla por vista; ya hecha, tapa a su vista mientras se calculan las siguientes."""
    try:
        for nombre, consulta in VISTAS.items():
            sql, orden = cargar(consulta).sql, ORDENES.get(nombre, ORDEN)
            if nombre in POR_PARTES:
                _por_partes(conexion, f"{destino}.{nombre}", sql, orden, *POR_PARTES[nombre])
            else:
                conexion.execute(f"create table {destino}.{nombre} as from ({sql}\n){orden}")
            conexion.execute(f"create or replace temp view {nombre} as from {destino}.{nombre}")
    finally:
        for nombre in VISTAS:
            conexion.execute(f"drop view if exists temp.{nombre}")


def _por_partes(conexion: duckdb.DuckDBPyConnection, tabla: str, sql: str, orden: str, base: str, columna: str) -> None:
    """Calcula `sql` con las filas de `base` de unos cuantos valores de `columna` a la vez."""
    conexion.execute(f"create table {tabla} as from ({sql}\n) limit 0")
    try:
        numeradas = ", ".join(f"{campo}::{tipo} as {campo}" for campo, tipo in _enumerar(conexion, base).items())
        for desde, hasta in _tandas(conexion, base, columna):
            trozo = f"from memory.main.{base} where {columna} between {_texto(desde)} and {_texto(hasta)}"
            conexion.execute(f"create or replace temp table {base} as select * replace ({numeradas}) {trozo}")
            conexion.execute(f"insert into {tabla} from ({sql}\n){orden}")
    finally:
        conexion.execute(f"drop table if exists temp.{base}")


def _enumerar(conexion: duckdb.DuckDBPyConnection, base: str) -> dict[str, str]:
    """Un tipo enumerado por columna de texto de pocos valores: agrupar y ordenar números tarda la mitad que textos.

    Los valores van en orden alfabético, que es el que ven `min`, `max` y `order by`. El periodo se parte con `left`:
    queda como texto.
    """
    tipos = {}
    for campo in TABLAS[base]:
        if campo.type == "string" and campo.name != "periodo":
            tipos[campo.name] = f"{base}_{campo.name}"
            valores = f"{campo.name} from memory.main.{base} where {campo.name} is not null order by 1"
            conexion.execute(f"create or replace temp type {tipos[campo.name]} as enum (select distinct {valores})")
    return tipos


def _tandas(conexion: duckdb.DuckDBPyConnection, base: str, columna: str) -> list[tuple[str, str]]:
    """El primero y el último valor de cada tanda: seguidos en orden, hasta juntar FILAS_POR_TANDA."""
    cuentas = conexion.table(f"memory.main.{base}").aggregate(f"{columna}, count(*)", columna).order(columna)
    tandas: list[tuple[str, str]] = []
    llevadas = FILAS_POR_TANDA
    for valor, filas in cuentas.fetchall():
        if llevadas + filas > FILAS_POR_TANDA:
            tandas.append((valor, valor))
            llevadas = filas
        else:
            tandas[-1] = (tandas[-1][0], valor)
            llevadas += filas
    return tandas


def _texto(valor: str) -> str:
    return "'" + valor.replace("'", "''") + "'"


def _apuntar(conexion: duckdb.DuckDBPyConnection, origen: str) -> None:
    for nombre in VISTAS:
        conexion.execute(f"create or replace view {nombre} as from {origen}.{nombre}")


def _citar(ruta: Path) -> str:
    return str(ruta).replace("'", "''")


def _receta(acervo: Acervo) -> str:
    """Huella de todo lo que decide el contenido del índice: versión, catálogo, consultas y programa."""
    suma = hashlib.sha256(f"{acervo.manifiesto.huella}|{ORDEN}|{ORDENES}|{duckdb.__version__}".encode())
    for consulta in VISTAS.values():
        suma.update(cargar(consulta).sql.encode())
    for ruta in sorted(CATALOGO.glob("*.csv")):
        suma.update(ruta.read_bytes())
    return suma.hexdigest()[:16]
