"""INEGI, CNGMD 2021: personal de seguridad pública municipal, por organización policial y sexo (CSV).

Un renglón por municipio y tipo de organización policial (`orgapoli_e`, de 1 a 9). Qué tipo cuenta como policía lo dice
`datos/catalogo/delitos.csv`. Ver docs/fuentes/cngmd.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from atalaya.errores import ErrorFuente
from atalaya.fuentes.archivo_csv import encabezado, renglones
from atalaya.fuentes.lectura import Lectura

FUENTE: Final = "cngmd"
TABLA: Final = "conteo"
PREPARAR: Final = "preparar/cngmd"
ORIGEN: Final = "https://www.inegi.org.mx/programas/cngmd/2021/#datos_abiertos"
EDICION_DEL_CENSO: Final = "2021"
PERIODO: Final = "2020"
"""La edición de 2021 da el personal al cierre de 2020 (docs/fuentes/cngmd.md)."""
ARCHIVO: Final = f"CNGMD {EDICION_DEL_CENSO}, m3s1p2"
ENCABEZADO: Final = ("cve", "ubicageo_c", "orgapoli_e", "sexostt", "sexos1", "sexos2")
TIPOS: Final = tuple(range(1, 10))
SIN_CIFRA: Final = ("NA", "ND", "NSS")
"""NA: no aplica (el municipio no tiene ese tipo de policía). ND: no disponible. NSS: no se sabe. Ninguno es cero."""

PERSONAL: Final = pa.schema(
    [
        pa.field("archivo", pa.string(), nullable=False),
        pa.field("periodo", pa.string(), nullable=False),
        pa.field("municipio", pa.string(), nullable=False),  # cinco cifras
        pa.field("tipo", pa.int64(), nullable=False),  # orgapoli_e
        pa.field("total", pa.int64()),
        pa.field("hombres", pa.int64()),
        pa.field("mujeres", pa.int64()),
        pa.field("renglon", pa.int64(), nullable=False),
    ]
)
"""Una fila por municipio y tipo. Es la tabla `personal` que lee `consultas/preparar/cngmd.sql`."""


def reconocer(ruta: Path) -> bool:
    """Si el primer renglón es el de la tabla de personal por organización policial (m3s1p2)."""
    return encabezado(ruta) == ENCABEZADO


def leer(ruta: Path) -> Lectura:
    """La tabla `personal` (esquema PERSONAL).

    Lanza ErrorFuente, con el renglón, si el nombre no dice la edición (el contenido no trae año), si una clave o una
    cifra no lo son, si hombres y mujeres no suman el total o si a un municipio le falta o le sobra un tipo.
    """
    if EDICION_DEL_CENSO not in ruta.name:
        raise ErrorFuente(
            ruta.name,
            f"un nombre con la edición del censo ({EDICION_DEL_CENSO}): el contenido no dice de qué año es",
            "no la trae",
            "devuélvale el nombre con que se publica; de otra edición habría que comprobar antes a qué año se refiere",
        )
    filas = list(_filas(ruta))
    _exigir_completos(ruta, filas)
    tabla = pa.Table.from_pylist(filas, schema=PERSONAL)
    return Lectura(FUENTE, PERIODO, ARCHIVO, ORIGEN, {"personal": tabla}, "personal")


def _filas(ruta: Path) -> Iterator[dict[str, Any]]:
    for renglon, fila in renglones(ruta):
        donde = f"{ruta.name} › renglón {renglon}"
        if len(fila) != len(ENCABEZADO):
            raise _falla(donde, f"{len(ENCABEZADO)} celdas", str(len(fila)))
        entidad, clave, tipo, *cifras = fila
        if not (clave.isdigit() and len(clave) in (4, 5) and clave.zfill(5)[:2] == entidad.zfill(2)):
            raise _falla(donde, "ubicageo_c: la clave de un municipio de la entidad de cve", f"{entidad}, {clave}")
        if tipo not in map(str, TIPOS):
            raise _falla(donde, f"orgapoli_e: de {TIPOS[0]} a {TIPOS[-1]}", repr(tipo))
        total, hombres, mujeres = (_cifra(donde, texto) for texto in cifras)
        if total != (None if hombres is None or mujeres is None else hombres + mujeres):
            raise _falla(donde, "sexostt = sexos1 + sexos2", ", ".join(cifras))
        yield {
            "archivo": ARCHIVO,
            "periodo": PERIODO,
            "municipio": clave.zfill(5),
            "tipo": int(tipo),
            "total": total,
            "hombres": hombres,
            "mujeres": mujeres,
            "renglon": renglon,
        }


def _cifra(donde: str, texto: str) -> int | None:
    if texto in SIN_CIFRA:
        return None
    if texto.isascii() and texto.isdigit():
        return int(texto)
    raise _falla(donde, f"un entero o {', '.join(SIN_CIFRA)}", repr(texto))


def _exigir_completos(ruta: Path, filas: list[dict[str, Any]]) -> None:
    tipos: dict[str, list[int]] = {}
    for fila in filas:
        tipos.setdefault(fila["municipio"], []).append(fila["tipo"])
    malo = next((municipio for municipio, suyos in tipos.items() if sorted(suyos) != [*TIPOS]), None)
    if malo or not filas:
        recibido = f"{tipos[malo]} en {malo}" if malo else "ningún municipio"
        raise _falla(ruta.name, f"un renglón por municipio y tipo, de {TIPOS[0]} a {TIPOS[-1]}", recibido)


def _falla(donde: str, esperado: str, recibido: str) -> ErrorFuente:
    return ErrorFuente(donde, esperado, recibido, "corrija el renglón contra el tabulado de INEGI")
