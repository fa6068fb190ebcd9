"""De los bytes de un CSV a sus renglones: en qué codificación viene y con qué separa sus celdas."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from atalaya.errores import ErrorArchivo
from atalaya.idiomas import anotado, tr
from atalaya.seguimiento import limites

SEPARADORES: Final = (",", ";", "\t", "|")
_MARCAS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_REMEDIO: Final = anotado("ábralo en una hoja de cálculo y guárdelo como «CSV UTF-8» o como .xlsx")

Renglones = list[tuple[int, list[str]]]
"""(fila como la numera una hoja de cálculo, celdas); sin los renglones vacíos."""


def descifrar(archivo: str, contenido: bytes) -> str:
    """El texto de un CSV en UTF-8, UTF-16, UTF-32 o Windows-1252 (que abarca latin-1).

    Lanza ErrorArchivo si no es texto o si ninguna codificación lo lee entero.
    """
    for codificacion in _candidatas(contenido):
        try:
            texto = contenido.decode(codificacion)
        except UnicodeDecodeError:
            continue
        return _sin_nulos(archivo, texto.removeprefix("\ufeff"))
    raise ErrorArchivo(
        archivo, tr("texto en UTF-8, UTF-16 o latin-1"), tr("bytes que no son texto en ninguna"), tr(_REMEDIO)
    )


def separar(archivo: str, texto: str, vale: Callable[[Sequence[str]], int]) -> tuple[str, Renglones]:
    """El separador y los renglones no vacíos de un CSV.

    `vale` dice cuántas columnas conocidas tiene un renglón: gana el separador con el que alguno tiene más. Lanza
    ErrorArchivo si una comilla no cierra o si tiene más renglones, columnas o texto en una celda de lo que se lee.
    """
    separador = _separador(texto, vale)
    renglones: Renglones = []
    fila = 0
    try:
        for fila, celdas in enumerate(_lector(texto, separador), start=1):
            if fila > limites.MAX_FILAS + 1_000:
                raise limites.demasiadas(archivo)
            if len(celdas) > limites.MAX_COLUMNAS:
                raise limites.anchisima(archivo)
            if any(celda and not celda.isspace() for celda in celdas):
                renglones.append((fila, celdas))
    except csv.Error as falla:
        raise ErrorArchivo(
            archivo,
            tr("un CSV bien formado"),
            tr("{en_palabras}, después de la fila {fila}", en_palabras=_en_palabras(falla), fila=fila),
            tr("revise las comillas de esa fila: cada una que abre se cierra, y dentro de un texto van dobles"),
        ) from falla
    return separador, renglones


def _en_palabras(falla: csv.Error) -> str:
    """Lo que el lector de CSV dice en inglés."""
    dicho = str(falla)
    if "unexpected end" in dicho:
        return tr("unas comillas que no se cierran")
    if "expected after" in dicho:
        return tr("letras después de las comillas que cierran")
    return (
        tr("una celda larguísima (suele faltar unas comillas antes)")
        if "field limit" in dicho
        else tr("comillas mal puestas")
    )


def _candidatas(contenido: bytes) -> tuple[str, ...]:
    for marca, codificacion in _MARCAS:
        if contenido.startswith(marca):
            return (codificacion,)
    # Sin marca, UTF-16 se delata por un cero en cada letra latina.
    principio = contenido[:4096]
    pares, nones = principio[0::2].count(0), principio[1::2].count(0)
    if (pares + nones) * 5 > len(principio):
        return ("utf-16-le",) if nones > pares else ("utf-16-be",)
    return ("utf-8", "cp1252")


def _sin_nulos(archivo: str, texto: str) -> str:
    if (donde := texto.find("\0")) >= 0:
        fila = texto.count("\n", 0, donde) + 1
        raise ErrorArchivo(
            archivo, tr("sólo texto"), tr("un carácter nulo en la línea {fila}", fila=fila), tr(_REMEDIO)
        )
    return texto


def _separador(texto: str, vale: Callable[[Sequence[str]], int]) -> str:
    """El que reconoce más columnas en algún renglón del principio; si ninguno, el que más parte el primero."""
    principio = texto[:65_536]
    # Excel escribe a veces «sep=;» en la primera línea.
    if principio[:4].lower() == "sep=" and principio[4:5] in SEPARADORES:
        return principio[4]
    notas = {}
    for separador in SEPARADORES:
        filas: list[list[str]] = []
        try:
            for celdas in _lector(principio, separador, estricto=False):
                filas.append(celdas)
                if len(filas) == 60:
                    break
        except csv.Error:
            pass
        notas[separador] = (max(map(vale, filas), default=0), max(map(len, filas), default=0))
    return max(SEPARADORES, key=lambda s: notas[s])


def _lector(texto: str, separador: str, estricto: bool = True) -> Iterator[list[str]]:
    csv.field_size_limit(limites.MAX_CELDA * 4)
    return csv.reader(io.StringIO(texto, newline=""), delimiter=separador, strict=estricto)
