"""El CSV mensual del SESNSP: doce columnas de mes, en latin-1 o UTF-8, de una entidad por renglón o de un municipio.

El municipal completo tiene 2.6 millones de renglones: las columnas de texto se leen como diccionario (cada texto una
sola vez) y los números se comprueban una vez por valor distinto, no por celda.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as lector_csv

from atalaya.errores import ErrorFuente
from atalaya.periodos import MESES

COLUMNAS_MES: Final = tuple(mes.capitalize() for mes in MESES)
_LUGAR_ESTATAL: Final = ("Año", "Clave_Ent", "Entidad")
_LUGAR_MUNICIPAL: Final = (*_LUGAR_ESTATAL, "Cve. Municipio", "Municipio")
_DELITO: Final = ("Bien jurídico afectado", "Tipo de delito", "Subtipo de delito", "Modalidad")
ESTATAL: Final = (*_LUGAR_ESTATAL, *_DELITO, *COLUMNAS_MES)
MUNICIPAL: Final = (*_LUGAR_MUNICIPAL, *_DELITO, *COLUMNAS_MES)
"""19 y 21 columnas, como las publica el SESNSP desde 2015; el instrumento de 2026 usa las mismas."""

_SENAS: Final = {"Subtipo de delito", "Modalidad", "Enero"}
_SIN_USO: Final = ("Bien jurídico afectado", "Municipio")  # el bien jurídico lo dice el subtipo; el municipio, su clave
_BLOQUE: Final = 16 << 20
_DESCARGA: Final = "descárguelo otra vez de la página del SESNSP y no lo abra ni lo guarde con una hoja de cálculo"


class Crudo:
    """Las columnas de un archivo mensual, con el renglón de cada fila para decir dónde está una falta."""

    def __init__(self, archivo: str, columnas: dict[str, pa.DictionaryArray], renglones: np.ndarray) -> None:
        """`columnas`: texto por nombre; `renglones`: el del archivo, contando el encabezado como 1."""
        self.archivo, self.columnas, self.renglones = archivo, columnas, renglones

    @property
    def es_municipal(self) -> bool:
        """Si trae municipio."""
        return "Cve. Municipio" in self.columnas

    def codigos(self, columna: str) -> tuple[np.ndarray, list[str]]:
        """De cada fila, el número de su texto, y los textos distintos."""
        texto = self.columnas[columna]
        return texto.indices.to_numpy(), texto.dictionary.to_pylist()

    def convertir(self, columna: str, como: Callable[[str], Any], esperado: str, tipo: pa.DataType) -> pa.Array:
        """La columna con cada texto convertido; `como` lanza ValueError si el texto no se puede.

        Un texto se da como diccionario. Lanza ErrorFuente con columna, renglones y lo que llegó.
        """
        codigos, textos = self.codigos(columna)
        valores, malos = [], {}
        for numero, texto in enumerate(textos):
            try:
                valores.append(como(texto.strip()))
            except ValueError:
                valores.append(None)
                malos[numero] = texto
        if malos:
            self.fallar(columna, np.isin(codigos, list(malos)), esperado, ", ".join(map(repr, [*malos.values()][:5])))
        convertidos = pa.array(valores, tipo)
        if not pa.types.is_string(tipo):
            return convertidos.take(pa.array(codigos))
        distintos = convertidos.dictionary_encode()  # «01» y «1» son la misma clave
        return pa.DictionaryArray.from_arrays(distintos.indices.take(pa.array(codigos)), distintos.dictionary)

    def fallar(self, columna: str, mala: np.ndarray, esperado: str, recibido: str) -> None:
        """Lanza ErrorFuente señalando los primeros renglones de la máscara, si hay alguno."""
        filas = self.renglones[mala]
        if filas.size:
            dichos = ", ".join(map(str, filas[:5].tolist())) + (", …" if filas.size > 5 else "")
            raise ErrorFuente(f"{self.archivo} › {columna} › renglones {dichos}", esperado, recibido, _DESCARGA)


def encabezado(ruta: Path) -> tuple[list[str], str]:
    """Los nombres de columna y la codificación (`utf-8`, `latin-1`); sin nombres si no es un CSV de texto."""
    with ruta.open("rb") as flujo:
        primera = flujo.readline(4096).removeprefix(b"\xef\xbb\xbf")
    if b"\0" in primera:
        return [], ""
    try:
        texto, codificacion = primera.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        texto, codificacion = primera.decode("latin-1"), "latin-1"
    return next(csv.reader([texto.strip("\r\n")]), []), codificacion


def parece(ruta: Path) -> bool:
    """Si el encabezado tiene las columnas que distinguen al CSV mensual, aunque le falte alguna otra."""
    return ruta.is_file() and set(encabezado(ruta)[0]) >= _SENAS


def leer_crudo(ruta: Path) -> Crudo:
    """Todas las celdas como texto, sin encabezados repetidos a la mitad del archivo.

    Lanza ErrorFuente si el encabezado no es el oficial, la codificación está mezclada, un renglón está cortado o no
    hay ninguno.
    """
    nombres, codificacion = encabezado(ruta)
    _exigir_columnas(ruta.name, nombres)
    usadas = [nombre for nombre in nombres if nombre not in _SIN_USO]
    try:
        tabla = lector_csv.read_csv(
            ruta,
            read_options=lector_csv.ReadOptions(
                encoding=codificacion, column_names=nombres, skip_rows=1, block_size=_BLOQUE
            ),
            convert_options=lector_csv.ConvertOptions(
                column_types=dict.fromkeys(usadas, pa.dictionary(pa.int32(), pa.string())),
                include_columns=usadas,
                strings_can_be_null=False,
            ),
        )
    except (pa.ArrowInvalid, UnicodeError) as falla:
        raise _ilegible(ruta.name, str(falla)) from falla
    if not tabla.num_rows:
        raise ErrorFuente(ruta.name, "renglones de delitos", "sólo el encabezado", _DESCARGA)
    unificada = tabla.unify_dictionaries()
    columnas = {nombre: unificada[nombre].combine_chunks() for nombre in usadas}
    renglones = np.arange(2, tabla.num_rows + 2)
    repetido = pc.equal(columnas["Año"].cast(pa.string()), "Año")
    if pc.any(repetido).as_py():  # al juntar archivos de varios meses queda a veces el encabezado de cada uno
        buenos = pc.invert(repetido)
        columnas = {
            nombre: columna.filter(buenos).cast(pa.string()).dictionary_encode() for nombre, columna in columnas.items()
        }
        renglones = renglones[buenos.to_numpy(zero_copy_only=False)]
    return Crudo(ruta.name, columnas, renglones)


def entero(texto: str) -> int:
    """El entero que dice un texto («12», «12.0»); lanza ValueError si no lo es."""
    if not re.fullmatch(r"\d{1,9}(\.0+)?", texto):
        raise ValueError(texto)
    return int(texto.split(".", maxsplit=1)[0])


def casos(texto: str) -> int | None:
    """Las carpetas de una celda de mes; None si viene vacía, que no es cero. Lanza ValueError si no es un conteo."""
    return entero(texto) if texto else None


def _exigir_columnas(archivo: str, nombres: list[str]) -> None:
    if tuple(nombres) in (ESTATAL, MUNICIPAL):
        return
    oficial = MUNICIPAL if {"Cve. Municipio", "Municipio"} & set(nombres) else ESTATAL
    faltan = [n for n in oficial if n not in nombres]
    sobran = [n for n in nombres if n not in oficial]
    dicho = [f"faltan {faltan}"] * bool(faltan) + [f"sobran {sobran}"] * bool(sobran)
    raise ErrorFuente(
        f"{archivo} › encabezado",
        f"las {len(oficial)} columnas oficiales, en su orden: {', '.join(oficial[:-12])} y los doce meses",
        "; ".join(dicho) or "las mismas en otro orden o repetidas",
        _DESCARGA,
    )


def _ilegible(archivo: str, detalle: str) -> ErrorFuente:
    if "UTF8" in detalle or "codec" in detalle:
        return ErrorFuente(
            archivo, "una sola codificación, latin-1 o UTF-8, en todo el archivo", "dos mezcladas", _DESCARGA
        )
    return ErrorFuente(
        archivo, "un CSV entero, con todas sus columnas en cada renglón", detalle.splitlines()[0], _DESCARGA
    )
