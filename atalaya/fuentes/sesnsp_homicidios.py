"""SESNSP: violencia homicida por municipio y mes (feminicidio, homicidio doloso y culposo), con nombres y sin claves.

Un cuadro con una fila por municipio y mes y una columna por subtipo, derivado del archivo municipal. Trae los ceros.
Ver docs/fuentes/sesnsp.md.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa

from atalaya.errores import ErrorFuente
from atalaya.fuentes.lectura import Lectura
from atalaya.fuentes.sesnsp import MESES, PREPARAR, portada, ultimo_mes
from atalaya.fuentes.sesnsp_csv import COLUMNAS_MES, encabezado, entero
from atalaya.fuentes.sesnsp_delitos import FUENTE, ORIGEN, PRIMER_ANIO, TABLA, instrumento
from atalaya.fuentes.sesnsp_lugares import exigir_entidad, municipio_por_nombre
from atalaya.fuentes.sesnsp_texto import filas_de

__all__ = ["FUENTE", "ORIGEN", "PREPARAR", "TABLA", "leer", "nombres", "reconocer"]

SUBTIPOS: Final = (
    "Feminicidio",
    "Homicidio culposo",
    "Homicidio doloso",
    "Otros delitos que atentan contra la vida y la integridad corporal",
)
COLUMNAS: Final = ("Entidad", "Municipio", *SUBTIPOS[:3], "Total", "Año", "Mes", "Periodo", SUBTIPOS[3])
_SENAS: Final = {"Municipio", "Homicidio doloso", "Mes"}


class Fila(NamedTuple):
    """Un municipio en un mes: carpetas por subtipo, en el orden de SUBTIPOS."""

    entidad: str
    municipio: str
    anio: int
    mes: int
    carpetas: tuple[int, ...]


def reconocer(ruta: Path) -> bool:
    """Si el encabezado es el del cuadro de violencia homicida, aunque le falte alguna columna."""
    return ruta.is_file() and set(encabezado(ruta)[0]) >= _SENAS


def leer(ruta: Path) -> Lectura:
    """Las tablas de `sesnsp.leer`, un renglón por municipio, año y subtipo; `nombre`, sólo si no casa con un municipio.

    Un subtipo con cero en todo el país y todos los meses es una columna sin llenar, no un conteo, y se descarta.
    Fuente: SESNSP.

    Lanza ErrorFuente, con su renglón, si falta una columna, una cifra no es un entero, el total no es la suma, un mes o
    una entidad no existen, un municipio se repite o le faltan meses.
    """
    filas = list(_filas(ruta))
    _exigir_parejos(filas, ruta.name)
    renglones = _renglones(filas)
    edicion = ultimo_mes(renglones, ruta.name)
    primero = min((fila.anio, fila.mes) for fila in filas)
    archivo = f"incidencia delictiva municipal, violencia homicida, {primero[0]}-{primero[1]:02d} a {edicion}"
    tablas = {"renglones": renglones, "portada": portada(archivo, edicion, es_estatal=False)}
    return Lectura(FUENTE, edicion, archivo, ORIGEN, tablas, "municipal_homicidios")


def nombres(ruta: Path) -> Iterator[tuple[str, str, int]]:
    """(entidad, municipio, carpetas) de cada fila: lo que revisa `sesnsp_lugares.sin_municipio`."""
    return ((fila.entidad, fila.municipio, sum(fila.carpetas)) for fila in _filas(ruta))


def _filas(ruta: Path) -> Iterator[Fila]:
    for celdas in filas_de(ruta, COLUMNAS):
        anio = celdas.numero("Año", entero, "un año")
        mes = celdas.uno_de("Mes", COLUMNAS_MES) + 1
        if anio < PRIMER_ANIO or celdas["Periodo"] != f"{celdas['Mes']} {anio}":
            celdas.fallar(
                "Periodo", f"el mes y el año de sus columnas, de {PRIMER_ANIO} en adelante", celdas["Periodo"]
            )
        carpetas = tuple(celdas.numero(subtipo, entero, "un número de carpetas") for subtipo in SUBTIPOS)
        if celdas.numero("Total", entero, "un número de carpetas") != sum(carpetas):
            celdas.fallar("Total", f"la suma de los subtipos, {sum(carpetas)}", celdas["Total"])
        exigir_entidad(celdas["Entidad"], celdas.donde("Entidad"))
        yield Fila(celdas["Entidad"], celdas["Municipio"], anio, mes, carpetas)


def _exigir_parejos(filas: list[Fila], archivo: str) -> None:
    """Todo municipio en todos los meses, una vez: al archivo cortado le faltan municipios en el último."""
    meses = {(fila.anio, fila.mes) for fila in filas}
    llaves = {fila[:4] for fila in filas}
    municipios = {fila[:2] for fila in filas}
    if not filas or len(llaves) != len(filas) or len(filas) != len(meses) * len(municipios):
        raise ErrorFuente(
            archivo,
            f"una fila por municipio y mes: {len(municipios)} municipios por {len(meses)} meses",
            f"{len(filas)} filas, {len(filas) - len(llaves)} repetidas",
            "consígalo de nuevo, entero",
        )


def _renglones(filas: list[Fila]) -> pa.Table:
    llenos = [n for n in range(len(SUBTIPOS)) if any(fila.carpetas[n] for fila in filas)]
    por_renglon: dict[tuple[str, str, int], list[tuple[int | None, ...]]] = {}
    vacio = (None,) * len(SUBTIPOS)
    for fila in filas:
        llave = (fila.entidad, fila.municipio, fila.anio)
        por_renglon.setdefault(llave, [vacio] * 12)[fila.mes - 1] = fila.carpetas
    columnas: dict[str, list[object]] = {
        c: [] for c in ("anio", "lugar", "instrumento", "subtipo", "modalidad", "nombre", *MESES)
    }
    for (nombre_entidad, municipio, anio), meses in por_renglon.items():
        destino = municipio_por_nombre(exigir_entidad(nombre_entidad, nombre_entidad), municipio)
        for n in llenos:
            fijas = (anio, destino.lugar, instrumento(anio), SUBTIPOS[n], None, municipio if destino.motivo else None)
            for columna, valor in zip(columnas, (*fijas, *(mes[n] for mes in meses)), strict=True):
                columnas[columna].append(valor)
    tipos = {"anio": pa.int32(), **dict.fromkeys(MESES, pa.int32())}
    return pa.table({c: pa.array(valores, tipos.get(c, pa.string())) for c, valores in columnas.items()})
