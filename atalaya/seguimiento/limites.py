"""Hasta dónde se lee un archivo ajeno, y qué archivos ni se abren."""

from __future__ import annotations

import re
from typing import Final

from atalaya.errores import ErrorArchivo
from atalaya.idiomas import anotado, tr

MAX_BYTES: Final = 20 * 1024 * 1024
MAX_FILAS: Final = 50_000
MAX_COLUMNAS: Final = 300
MAX_CELDA: Final = 32_767
"""Lo que cabe en una celda de Excel."""
MAX_ABIERTO: Final = 150 * 1024 * 1024
"""Lo que puede medir un XLSX ya descomprimido. Es lo que su índice declara: Python no descomprime más que eso."""
MAX_RAZON: Final = 200
MAX_PARTES: Final = 1_000
MAX_HOJAS: Final = 60

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""Con esto empieza lo que una hoja de cálculo ejecuta como fórmula."""

_XLS: Final = anotado("es un libro de Excel antiguo (.xls), con contraseña, o un documento de Office viejo")
_IMAGEN: Final = anotado("es una imagen")
_FIRMAS: Final = (
    (b"MZ", anotado("es un programa de Windows")),
    (b"\x7fELF", anotado("es un programa")),
    (b"\xcf\xfa\xed\xfe", anotado("es un programa")),
    (b"\xca\xfe\xba\xbe", anotado("es un programa")),
    (b"#!", anotado("es un guion de órdenes")),
    (b"%PDF", anotado("es un PDF")),
    (b"\xd0\xcf\x11\xe0", _XLS),
    (b"\x1f\x8b", anotado("está comprimido (gzip)")),
    (b"Rar!", anotado("está comprimido (RAR)")),
    (b"7z\xbc\xaf", anotado("está comprimido (7z)")),
    (b"\x89PNG", _IMAGEN),
    (b"\xff\xd8\xff", _IMAGEN),
    (b"GIF8", _IMAGEN),
    (b"<?xml", anotado("es XML, no una tabla")),
    (b"<!DOCTYPE", anotado("es una página web, no una tabla")),
    (b"<html", anotado("es una página web, no una tabla")),
    (b"{\\rtf", anotado("es un documento RTF")),
)


_EMPIEZA: Final = f"(^|[;\\t\\r\\n])('*)(?=[{re.escape(''.join(FORMULA))}])"
_PELIGRO: Final = re.compile(_EMPIEZA)
_NEUTRALIZADO: Final = re.compile(_EMPIEZA.replace("('*)", "'('*)"))


def inocuo(valor: object) -> object:
    """Un texto que una hoja de cálculo tomaría por fórmula, con un apóstrofo delante; lo demás, tal cual.

    También dentro del texto, tras lo que una hoja con otra configuración toma por separador o por renglón nuevo:
    abierto con «;», «a;=1+1» son dos celdas, y la segunda, una fórmula.
    """
    return _PELIGRO.sub(r"\1'\2", valor) if isinstance(valor, str) else valor


def original(texto: str) -> str:
    """El texto que era antes de `inocuo`."""
    return _NEUTRALIZADO.sub(r"\1\2", texto)


def es_libro(contenido: bytes) -> bool:
    """Si por su principio es un ZIP, como todo XLSX."""
    return contenido.startswith(b"PK\x03\x04")


def exigir(archivo: str, contenido: bytes) -> None:
    """Lanza ErrorArchivo si está vacío, es demasiado grande o por su principio no es ni texto ni XLSX."""
    if not contenido.strip(b"\x00\xef\xbb\xbf\xff\xfe \t\r\n"):
        raise ErrorArchivo(
            archivo, tr("una tabla con encabezado"), tr("un archivo vacío"), tr("guárdelo otra vez y súbalo")
        )
    if len(contenido) > MAX_BYTES:
        raise ErrorArchivo(
            archivo,
            tr("un archivo de {max_mb} MB o menos", max_mb=MAX_BYTES // 2**20),
            tr("{mb:.1f} MB", mb=len(contenido) / 2**20),
            tr("divídalo en varios: cada uno con su encabezado"),
        )
    for firma, que in _FIRMAS:
        if contenido[: len(firma)].lower() == firma.lower():
            raise ErrorArchivo(
                archivo,
                tr("un CSV o un XLSX"),
                tr(que),
                tr("ábralo en una hoja de cálculo y guárdelo como .xlsx o como CSV UTF-8"),
            )


def demasiadas(archivo: str) -> ErrorArchivo:
    """La falla de un archivo con más renglones de los que se leen."""
    return ErrorArchivo(
        archivo,
        tr("{max_filas:,} renglones o menos", max_filas=MAX_FILAS),
        tr("más renglones"),
        tr("divídalo en varios archivos, cada uno con su encabezado, o quite los renglones vacíos del final"),
    )


def anchisima(archivo: str) -> ErrorArchivo:
    """La falla de un archivo con más columnas de las que tiene cualquier tabla."""
    return ErrorArchivo(
        archivo,
        tr("{max_columnas} columnas o menos", max_columnas=MAX_COLUMNAS),
        tr("más columnas"),
        tr("deje sólo las de la plantilla"),
    )
