"""ENSU: entrevistas por municipio y trimestre, contadas en los microdatos de INEGI (CSV).

INEGI no publica con sus tabulados cuántas entrevistas hay detrás de cada cifra. Este conteo, sin ponderar, permite
decir el error de lo publicado (docs/error_modelado.md). Qué lugar es cada municipio lo decide
`consultas/preparar/muestra_ensu.sql` con el catálogo.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyarrow as pa

from atalaya import periodos
from atalaya.errores import ErrorAtalaya, ErrorFuente
from atalaya.fuentes.archivo_csv import encabezado
from atalaya.fuentes.lectura import Lectura

FUENTE: Final = "ensu"
EDICION: Final = "todas"  # un archivo nuevo, con más trimestres, sustituye al anterior
PRODUCTO: Final = "entrevistas"
TABLA: Final = "muestra"
PREPARAR: Final = "preparar/muestra_ensu"
ORIGEN: Final = "https://www.inegi.org.mx/programas/ensu/#datos_abiertos"
ENCABEZADO: Final = ("trimestre", "entidad", "municipio", "entrevistas", "seguro", "inseguro", "no_sabe")
CONTEOS: Final = pa.schema(
    [
        pa.field("archivo", pa.string(), nullable=False),
        pa.field("periodo", pa.string(), nullable=False),
        pa.field("entidad", pa.string(), nullable=False),  # como lo escribe el archivo
        pa.field("municipio", pa.string(), nullable=False),
        pa.field("entrevistas", pa.int64(), nullable=False),
    ]
)
"""Una fila por trimestre y municipio. Es la tabla `conteos` que lee `consultas/preparar/muestra_ensu.sql`."""

_REMEDIO: Final = "corrija el renglón o vuelva a contar las entrevistas en los microdatos de ese trimestre"


def reconocer(ruta: Path) -> bool:
    """Si el archivo es el conteo de entrevistas por municipio: su primer renglón es el encabezado de la casa."""
    return encabezado(ruta) == ENCABEZADO


def leer(ruta: Path) -> Lectura:
    """La tabla `conteos` (esquema CONTEOS).

    Lanza ErrorFuente, con el renglón, si un trimestre no lo es, si un conteo no es un entero positivo, si las
    respuestas no suman las entrevistas o si un municipio se repite en un trimestre.
    """
    filas = list(_filas(ruta))
    if not filas:
        raise ErrorFuente(ruta.name, "al menos un municipio", "sólo el encabezado", "vuelva a descargar el archivo")
    vistos: dict[tuple[str | int, ...], int] = {}
    for renglon, fila in filas:
        clave = tuple(fila[campo] for campo in ("periodo", "entidad", "municipio"))
        if (antes := vistos.setdefault(clave, renglon)) != renglon:
            raise _falla(ruta, renglon, "un renglón por trimestre y municipio", f"repite el renglón {antes}")
    tabla = pa.Table.from_pylist([{"archivo": ruta.name, **fila} for _, fila in filas], schema=CONTEOS)
    return Lectura(FUENTE, EDICION, ruta.name, ORIGEN, {"conteos": tabla}, PRODUCTO)


def _filas(ruta: Path) -> Iterator[tuple[int, dict[str, str | int]]]:
    with ruta.open(encoding="utf-8-sig", newline="") as archivo:
        lector = csv.DictReader(archivo)
        for cruda in lector:
            renglon = lector.line_num
            if None in cruda or None in cruda.values():
                raise _falla(ruta, renglon, f"{len(ENCABEZADO)} columnas", str(list(cruda.values())))
            entrevistas, *respuestas = (_entero(ruta, renglon, cruda[columna], columna) for columna in ENCABEZADO[3:])
            if entrevistas == 0 or sum(respuestas) != entrevistas:
                recibido = f"{entrevistas} entrevistas, {respuestas} respuestas"
                raise _falla(ruta, renglon, "una o más entrevistas, y que sus respuestas suman lo mismo", recibido)
            yield (
                renglon,
                {
                    "periodo": _trimestre(ruta, renglon, cruda["trimestre"]),
                    "entidad": cruda["entidad"],
                    "municipio": cruda["municipio"],
                    "entrevistas": entrevistas,
                },
            )


def _entero(ruta: Path, renglon: int, texto: str, columna: str) -> int:
    if not (texto.isascii() and texto.isdigit()):
        raise _falla(ruta, renglon, f"{columna}: un entero sin signo", repr(texto))
    return int(texto)


def _trimestre(ruta: Path, renglon: int, texto: str) -> str:
    try:
        if "T" in periodos.validar(texto):
            return texto
    except ErrorAtalaya:
        pass
    raise _falla(ruta, renglon, "trimestre: como 2025T2", repr(texto))


def _falla(ruta: Path, renglon: int, esperado: str, recibido: str) -> ErrorFuente:
    return ErrorFuente(f"{ruta.name} › renglón {renglon}", esperado, recibido, _REMEDIO)
