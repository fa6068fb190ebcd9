"""Los «datos abiertos» de INEGI como un conjunto de archivos, vengan en carpeta o en zip, y sus tablas CSV."""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as arrow_csv

from atalaya.errores import ErrorFuente
from atalaya.fuentes.diccionario_inegi import decodificar

Archivos = Mapping[str, Callable[[], bytes]]
"""Ruta dentro del paquete (con `/`, sin espacios sobrantes) y cómo leerla."""

_EXTENSIONES: Final = (".csv", ".txt")


def listar(ruta: Path) -> Archivos:
    """Los .csv y .txt de una carpeta o de un zip, por su ruta interior. Vacío si no es ninguna de las dos cosas.

    Lanza ErrorFuente si el zip está truncado o dañado.
    """
    if ruta.is_dir():
        return {
            _limpia(archivo.relative_to(ruta).as_posix()): archivo.read_bytes
            for archivo in sorted(ruta.rglob("*"))
            if archivo.suffix.lower() in _EXTENSIONES
        }
    if not zipfile.is_zipfile(ruta):
        return {}
    with zipfile.ZipFile(ruta) as paquete:
        nombres = [nombre for nombre in paquete.namelist() if nombre.lower().endswith(_EXTENSIONES)]
    return {_limpia(nombre): partial(_leer_de_zip, ruta, nombre) for nombre in nombres}


def buscar(archivos: Archivos, prefijo: str, tabla: str) -> dict[str, Callable[[], bytes]]:
    """Los archivos cuyo nombre empieza por `prefijo` y lleva `tabla` (cb, cs, viv) entre sus partes.

    El orden de las partes cambia entre trimestres: `..._cb_ensu_01_2015`, `..._ensu_cb_0625`, `..._CB_SEC4_...`.
    """
    hallados = {}
    for nombre, abrir in archivos.items():
        partes = PurePosixPath(nombre).stem.lower().replace(" ", "_").split("_")
        if (
            nombre.lower().endswith(".csv")
            and PurePosixPath(nombre).name.lower().startswith(prefijo)
            and tabla in partes
        ):
            hallados[nombre] = abrir
    return hallados


def leer_tabla(crudo: bytes, donde: str) -> pa.Table:
    """Una tabla de datos CSV: columnas de texto sin blancos sobrantes, con el nombre en mayúsculas.

    Acepta cualquier salto de línea, también dentro de celdas entrecomilladas. Lanza ErrorFuente si algún registro
    tiene más o menos celdas que el encabezado, si una columna se repite o si la tabla no trae registros.
    """
    texto = decodificar(crudo, donde)
    encabezado = texto.split("\r", 1)[0].split("\n", 1)[0]
    nombres = [celda.strip().strip('"').strip().upper() for celda in encabezado.split(",")]
    if repetidas := sorted({n for n in nombres if nombres.count(n) > 1}):
        raise ErrorFuente(
            f"{donde} › encabezado", "cada columna una vez", f"se repite {', '.join(repetidas)}", "corrija el archivo"
        )
    try:
        tabla = arrow_csv.read_csv(
            pa.BufferReader(texto.encode()),
            read_options=arrow_csv.ReadOptions(column_names=nombres, skip_rows=1, use_threads=False),
            parse_options=arrow_csv.ParseOptions(newlines_in_values=True),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(nombres, pa.string()), strings_can_be_null=False
            ),
        )
    except pa.ArrowInvalid as error:
        raise ErrorFuente(
            donde,
            f"{len(nombres)} celdas en cada registro, como el encabezado",
            str(error),
            "descárguelo de nuevo de INEGI",
        ) from error
    if not tabla.num_rows:
        raise ErrorFuente(donde, "al menos un registro", "sólo el encabezado", "descárguelo de nuevo de INEGI")
    columnas = [pc.utf8_trim_whitespace(columna).combine_chunks() for columna in tabla.columns]
    return pa.table(columnas, names=nombres)


def _leer_de_zip(ruta: Path, nombre: str) -> bytes:
    try:
        with zipfile.ZipFile(ruta) as paquete:
            return paquete.read(nombre)
    except (zipfile.BadZipFile, EOFError, OSError) as error:
        raise ErrorFuente(
            f"{ruta.name} › {nombre}", "un zip íntegro", str(error), "descárguelo de nuevo de INEGI"
        ) from error


def _limpia(nombre: str) -> str:
    # Algún archivo se publicó con un espacio al principio del nombre.
    return "/".join(parte.strip() for parte in nombre.split("/"))
