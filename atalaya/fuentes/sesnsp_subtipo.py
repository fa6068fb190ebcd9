"""SESNSP: un subtipo de delito por municipio y mes, en JSON: sólo celdas mayores que cero y sólo nombres.

Es el archivo municipal pasado a una celda por renglón. Qué ceros se sostienen lo decide la preparación
(`cotejo_municipal.csv`). Ver docs/fuentes/sesnsp.md.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final, NoReturn

import pyarrow as pa

from atalaya.errores import ErrorFuente
from atalaya.fuentes.lectura import Lectura
from atalaya.fuentes.sesnsp_csv import COLUMNAS_MES
from atalaya.fuentes.sesnsp_delitos import FUENTE, ORIGEN, PRIMER_ANIO, RNID, TABLA, modalidades, subtipos
from atalaya.fuentes.sesnsp_lugares import exigir_entidad, municipio_por_nombre

__all__ = ["FUENTE", "ORIGEN", "PREPARAR", "TABLA", "leer", "nombres", "reconocer"]

PREPARAR: Final = "preparar/sesnsp_subtipo"
CAMPOS: Final = (
    "Año",
    "Entidad",
    "Municipio",
    "Bien jurídico afectado",
    "Tipo de delito",
    "Subtipo de delito",
    "Modalidad",
    "Mes",
    "Cantidad",
)
_SENAS: Final = ('"Subtipo de delito"', '"Mes"')
_ETIQUETAS: Final = {f"{numero}-{mes}": numero for numero, mes in enumerate(COLUMNAS_MES, start=1)}
CELDAS: Final = pa.schema(
    [
        pa.field("periodo", pa.string(), nullable=False),  # 2024-07
        pa.field("lugar", pa.string(), nullable=False),
        pa.field("modalidad", pa.string(), nullable=False),
        pa.field("casos", pa.int64(), nullable=False),  # carpetas, mayor que cero
        pa.field("nombre", pa.string()),  # el del archivo, sólo si no casa con un municipio
    ]
)


def reconocer(ruta: Path) -> bool:
    """Si es un JSON con las celdas de un subtipo, por su principio."""
    if not ruta.is_file():
        return False
    with ruta.open("rb") as flujo:
        principio = flujo.read(4096).decode("utf-8", "replace").lstrip("\ufeff \r\n\t")
    return principio.startswith("[") and all(sena in principio for sena in _SENAS)


def leer(ruta: Path) -> Lectura:
    """Tablas: `celdas` (esquema CELDAS) y `portada` (una fila: archivo, edicion, subtipo). Fuente: SESNSP.

    Lanza ErrorFuente, con el número de la celda, si el JSON está cortado, falta un campo, el año, el mes, la entidad,
    el subtipo o la modalidad no existen, la cantidad no es un entero positivo, hay más de un subtipo o una se repite.
    """
    crudas = _crudas(ruta)
    subtipo = _un_subtipo(crudas, ruta.name)
    filas = [_celda(cruda, numero, ruta.name) for numero, cruda in enumerate(crudas, start=1)]
    _exigir_unicas(crudas, ruta.name)
    celdas = pa.Table.from_pylist(filas, schema=CELDAS)
    meses = sorted(celdas["periodo"].unique().to_pylist())
    archivo = f"incidencia delictiva municipal, {subtipo}, {meses[0][:4]} a {meses[-1]}"
    portada = pa.table({"archivo": [archivo], "edicion": [meses[-1]], "subtipo": [subtipo]})
    indicador = subtipos()[subtipo].indicador
    return Lectura(FUENTE, meses[-1], archivo, ORIGEN, {"celdas": celdas, "portada": portada}, f"municipal_{indicador}")


def nombres(ruta: Path) -> Iterator[tuple[str, str, int]]:
    """(entidad, municipio, carpetas) de cada celda: lo que revisa `sesnsp_lugares.sin_municipio`."""
    return ((cruda["Entidad"], cruda["Municipio"], cruda["Cantidad"]) for cruda in _crudas(ruta))


def _crudas(ruta: Path) -> list[dict[str, Any]]:
    try:
        crudas = json.loads(ruta.read_text(encoding="utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as falla:
        raise ErrorFuente(
            ruta.name, "un JSON entero, en UTF-8", f"está cortado o dañado ({falla})", "consígalo de nuevo"
        ) from None
    for numero, cruda in enumerate(crudas, start=1):
        if not isinstance(cruda, dict) or set(cruda) != set(CAMPOS):
            faltan = [campo for campo in CAMPOS if not isinstance(cruda, dict) or campo not in cruda]
            _fallar(
                ruta.name, numero, "celda", f"los campos {', '.join(CAMPOS)}", f"faltan {faltan}" if faltan else "otros"
            )
    return list(crudas)


def _un_subtipo(crudas: list[dict[str, Any]], archivo: str) -> str:
    traidos = sorted({str(cruda["Subtipo de delito"]) for cruda in crudas})
    if len(traidos) == 1 and traidos[0] in subtipos():
        return traidos[0]
    raise ErrorFuente(
        f"{archivo} › Subtipo de delito",
        "un solo subtipo, que delitos.csv describa",
        ", ".join(traidos[:5]) or "ninguna celda",
        "use un archivo por subtipo",
    )


def _celda(cruda: dict[str, Any], numero: int, archivo: str) -> dict[str, object]:
    anio, mes, cantidad = cruda["Año"], _ETIQUETAS.get(cruda["Mes"]), cruda["Cantidad"]
    # Desde 2026 es otro instrumento, con otros subtipos: no puede venir en un archivo de éstos.
    if not isinstance(anio, int) or not PRIMER_ANIO <= anio < RNID:
        _fallar(archivo, numero, "Año", f"un año de {PRIMER_ANIO} a {RNID - 1}", anio)
    if mes is None:
        _fallar(archivo, numero, "Mes", "un mes como «1-Enero»", cruda["Mes"])
    if not isinstance(cantidad, int) or isinstance(cantidad, bool) or cantidad <= 0:
        _fallar(archivo, numero, "Cantidad", "un número de carpetas mayor que cero", cantidad)
    if cruda["Modalidad"] not in modalidades(cruda["Subtipo de delito"]):
        _fallar(archivo, numero, "Modalidad", "una modalidad que modalidades.csv describa", cruda["Modalidad"])
    entidad = exigir_entidad(str(cruda["Entidad"]), f"{archivo} › celda {numero} › Entidad")
    destino = municipio_por_nombre(entidad, str(cruda["Municipio"]))
    return {
        "periodo": f"{anio}-{mes:02d}",
        "lugar": destino.lugar,
        "modalidad": cruda["Modalidad"],
        "casos": cantidad,
        "nombre": cruda["Municipio"] if destino.motivo else None,
    }


def _exigir_unicas(crudas: list[dict[str, Any]], archivo: str) -> None:
    vistas: set[tuple[Any, ...]] = set()
    for numero, cruda in enumerate(crudas, start=1):
        llave = tuple(cruda[campo] for campo in CAMPOS[:-1])
        if llave in vistas:
            _fallar(archivo, numero, "celda", "una por municipio, modalidad y mes", "repetida")
        vistas.add(llave)


def _fallar(archivo: str, numero: int, campo: str, esperado: str, recibido: object) -> NoReturn:
    raise ErrorFuente(
        f"{archivo} › celda {numero} › {campo}", esperado, repr(recibido), "compruebe el archivo o consígalo de nuevo"
    )
