"""Leer los textos y diccionarios de los «datos abiertos» de INEGI tal como se publican.

Un diccionario dice, variable por variable, qué se preguntó y qué claves admite. Entre trimestres cambian la
codificación (UTF-8 con y sin BOM, Windows-1252), los saltos de línea (CRLF, LF, CR solo y CR dentro de celdas
entrecomilladas), las mayúsculas de los nombres y hasta el orden del encabezado: aquí se leen todos igual.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from atalaya.catalogo import normalizar
from atalaya.errores import ErrorFuente

ENCABEZADO: Final = ("NOMBRE_CAMPO", "NEMONICO", "TIPO", "LONGITUD", "RANGO_CLAVES")
_TIPOS: Final = {"numerico", "caracter", "character", "alfanumerico", "texto"}
_NEMONICO: Final = re.compile(r"[A-Za-z]\w*")
_BLANCO_TRAS_COMILLAS: Final = re.compile(r'"[ \t]+(?=[\r\n]|\Z)')
_MUESTRA: Final = 5


@dataclass(frozen=True, slots=True)
class Variable:
    """Una variable del cuestionario: `nombre` en mayúsculas, `texto` como lo escribe INEGI, claves declaradas."""

    nombre: str
    texto: str
    claves: tuple[str, ...]

    @property
    def normal(self) -> str:
        """El texto sin acentos, mayúsculas ni punto final: lo que se compara con el catálogo."""
        return normalizar(self.texto).rstrip(" .")


def decodificar(crudo: bytes, donde: str) -> str:
    """El texto de un archivo en UTF-8 (con o sin BOM) o en Windows-1252.

    Lanza ErrorFuente con los renglones si el archivo mezcla las dos codificaciones o no es texto: una letra mal
    leída cambia el sentido de una pregunta o el nombre de una ciudad.
    """
    if b"\x00" in crudo:
        raise ErrorFuente(donde, "un archivo de texto", "bytes nulos", "descárguelo de nuevo de INEGI")
    try:
        return crudo.decode("utf-8-sig")
    except UnicodeDecodeError:
        pass
    utf8, otros = _renglones_por_codificacion(crudo.removeprefix(b"\xef\xbb\xbf"))
    if utf8:
        raise ErrorFuente(
            donde,
            "una sola codificación en todo el archivo",
            f"UTF-8 en los renglones {_lista(utf8)} y otra en los renglones {_lista(otros)}",
            "guárdelo entero en UTF-8 o descárguelo de nuevo de INEGI",
        )
    try:
        return crudo.decode("cp1252")
    except UnicodeDecodeError as error:
        renglon = len(re.split(rb"\r\n|\r|\n", crudo[: error.start]))
        recibido = f"el byte 0x{crudo[error.start]:02X} en el renglón {renglon}"
        raise ErrorFuente(donde, "texto en UTF-8 o Windows-1252", recibido, "descárguelo de nuevo de INEGI") from error


def leer_diccionario(crudo: bytes, donde: str) -> dict[str, Variable]:
    """Las variables de un diccionario de datos de INEGI, por nombre en mayúsculas y en su orden.

    Lanza ErrorFuente si no tiene las cinco columnas conocidas o si una variable aparece con dos preguntas.
    """
    filas = leer_csv(decodificar(crudo, donde), donde)
    if len(filas) < 2:
        raise ErrorFuente(donde, "un diccionario con variables", "un archivo vacío", "descárguelo de nuevo de INEGI")
    orden = _orden_de_columnas(filas, donde)
    textos: dict[str, str] = {}
    claves: dict[str, list[str]] = {}
    for numero, fila in enumerate(filas[1:], start=2):
        texto, nombre, _, _, clave = (" ".join(fila[i].split()) for i in orden)
        nombre = nombre.upper()
        if normalizar(textos.setdefault(nombre, texto)) != normalizar(texto):
            raise ErrorFuente(
                f"{donde} › registro {numero}",
                f"una sola pregunta para {nombre}: «{textos[nombre]}»",
                f"«{texto}»",
                "avise del cambio: el diccionario se contradice",
            )
        claves.setdefault(nombre, []).append(clave)
    return {nombre: Variable(nombre, texto, tuple(claves[nombre])) for nombre, texto in textos.items()}


def leer_csv(texto: str, donde: str) -> list[list[str]]:
    """Registros de un CSV, sin espacios ni saltos sobrantes en las celdas y sin registros vacíos.

    Sirve para tablas pequeñas (diccionarios y catálogos). Lanza ErrorFuente si las comillas no cierran.
    """
    texto = _BLANCO_TRAS_COMILLAS.sub('"', texto)  # los diccionarios de 2015 llevan tabuladores al final del renglón
    try:
        registros = list(csv.reader(io.StringIO(texto, newline=""), strict=True))
    except csv.Error as error:
        raise ErrorFuente(donde, "un CSV bien formado", str(error), "descárguelo de nuevo de INEGI") from error
    limpios = ([celda.strip() for celda in registro] for registro in registros)
    return [registro for registro in limpios if any(registro)]


def unir(diccionarios: Iterable[Mapping[str, Variable]]) -> dict[str, Variable]:
    """Un solo diccionario cuando INEGI parte el cuestionario en varios archivos (2020T3): manda el primero."""
    todo: dict[str, Variable] = {}
    for uno in diccionarios:
        todo = {**uno, **todo}
    return todo


def _orden_de_columnas(filas: list[list[str]], donde: str) -> tuple[int, ...]:
    """Posición de cada columna de ENCABEZADO, comprobada contra el contenido.

    El encabezado de 2019T2 anuncia un orden y los renglones traen otro; por eso no basta con creerle.
    """
    encabezado = [celda.upper() for celda in filas[0]]
    if set(ENCABEZADO) - set(encabezado):
        raise ErrorFuente(
            donde, "las columnas " + ", ".join(ENCABEZADO), ", ".join(filas[0]), "use el diccionario de datos de INEGI"
        )
    for orden in (tuple(encabezado.index(c) for c in ENCABEZADO), tuple(range(len(ENCABEZADO)))):
        malos = [n for n, fila in enumerate(filas[1:], start=2) if not _fila_en_orden(fila, orden)]
        if not malos:
            return orden
    raise ErrorFuente(
        f"{donde} › registros {_lista(malos)}",
        "nombre de variable, tipo y longitud en sus columnas",
        " | ".join(filas[malos[0] - 1]),
        "use el diccionario de datos de INEGI sin cambios",
    )


def _fila_en_orden(fila: list[str], orden: tuple[int, ...]) -> bool:
    if len(fila) <= max(orden):
        return False
    _, nombre, tipo, longitud, _ = (fila[i] for i in orden)
    if not tipo and not longitud:  # 2018 los escribe sólo en el primer renglón de cada variable
        return bool(_NEMONICO.fullmatch(nombre))
    return bool(_NEMONICO.fullmatch(nombre)) and normalizar(tipo) in _TIPOS and longitud.isdigit()


def _renglones_por_codificacion(crudo: bytes) -> tuple[list[int], list[int]]:
    """Números de renglón con letras en UTF-8 y con bytes que no lo son; el ASCII puro no dice nada."""
    utf8, otros = [], []
    for numero, renglon in enumerate(re.split(rb"\r\n|\r|\n", crudo), start=1):
        if renglon.isascii():
            continue
        try:
            renglon.decode("utf-8")
            utf8.append(numero)
        except UnicodeDecodeError:
            otros.append(numero)
    return utf8, otros


def _lista(numeros: list[int]) -> str:
    cuantos = f" y {len(numeros) - _MUESTRA} más" if len(numeros) > _MUESTRA else ""
    return ", ".join(map(str, numeros[:_MUESTRA])) + cuantos
