"""INE de Chile: Censo 2024, cuadro D1, población censada por comuna, sexo y grupo quinquenal (xlsx).

Se lee la hoja 4, la más fina. La 1, la 2 y la 3 son sumas suyas. Ver docs/fuentes/poblacion.md.
"""

from __future__ import annotations

import re
import zipfile
from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

import pyarrow as pa

from atalaya.errores import ErrorFuente
from atalaya.fuentes import habitantes, libro
from atalaya.fuentes.habitantes import PREPARAR, TABLA
from atalaya.fuentes.lectura import Lectura

__all__ = ["PREPARAR", "TABLA", "leer", "reconocer"]

FUENTE: Final = "ine_poblacion"
ORIGEN: Final = "https://censo2024.ine.gob.cl/estadisticas/"
HOJA: Final = "4"
FILA_TITULO: Final = 3
FILA_ENCABEZADO: Final = 4
TITULO: Final = "4. Población censada por sexo y razón hombre-mujer, según grupos de edad quinquenal y comuna."
ENCABEZADO: Final = (
    *("Código región", "Región", "Código provincia", "Provincia", "Código comuna", "Comuna", "Grupos de edad"),
    *("Población censada", "Hombres", "Mujeres"),
)
COMUNA, EDAD, PERSONAS, HOMBRES, MUJERES = (ENCABEZADO.index(n) + 1 for n in ("Código comuna", *ENCABEZADO[6:]))
PAIS: Final = 0
_TOTALES: Final = ("Total País", "Total Comuna")
_GRUPO: Final = re.compile(r"(\d+) (?:a \d+|o más)")


class _Renglon(NamedTuple):
    fila: int
    comuna: int
    edad: int | None  # nulo en el renglón del total
    personas: int
    hombres: int
    mujeres: int


def reconocer(ruta: Path) -> bool:
    """Si es el libro del cuadro D1: su hoja 4 lleva ese título y ese encabezado."""
    try:
        with zipfile.ZipFile(ruta) as zip_:
            if "xl/workbook.xml" not in zip_.namelist():
                return False
        hoja = _hoja(ruta, ruta.stat().st_mtime_ns)
    except (OSError, zipfile.BadZipFile, ErrorFuente):
        return False
    return hoja is not None and hoja.texto(FILA_TITULO, 1) == TITULO


def leer(ruta: Path) -> Lectura:
    """Las tablas `habitantes` y `publicacion` (ver `habitantes.py`), por comuna, sexo y quinquenio.

    Lanza ErrorFuente, con la celda, si el encabezado o un grupo de edad no son los conocidos, si falta un número, si
    hombres y mujeres no suman la población, si las edades no suman el total de su comuna o si las comunas no
    suman el país.
    """
    hoja = _hoja(ruta, ruta.stat().st_mtime_ns)
    if hoja is None:
        raise _falla(ruta.name, f"una hoja «{HOJA}»", "no la trae")
    donde = f"{ruta.name} › hoja {HOJA}"
    encabezado = tuple(hoja.texto(FILA_ENCABEZADO, columna) for columna in range(1, len(ENCABEZADO) + 1))
    if encabezado != ENCABEZADO:
        raise _falla(f"{donde} › fila {FILA_ENCABEZADO}", ", ".join(ENCABEZADO), ", ".join(encabezado))
    anio = _anio(hoja, donde)
    renglones = [_renglon(hoja, fila, donde) for fila in _filas(hoja)]
    _exigir_sumas(renglones, donde)
    finos = [r for r in renglones if r.comuna != PAIS and r.edad is not None]
    tabla = pa.table(
        {
            "lugar": [f"CL-{r.comuna:05d}" for r in finos] * 2,
            "anio": [anio] * (2 * len(finos)),
            "sexo": ["hombres"] * len(finos) + ["mujeres"] * len(finos),
            "edad_desde": [r.edad for r in finos] * 2,
            "personas": [r.hombres for r in finos] + [r.mujeres for r in finos],
        }
    )
    archivo = f"Censo {anio}, cuadro D1"
    return habitantes.lectura(tabla, FUENTE, f"censo_{anio}", archivo, ORIGEN, "censo", ruta.name)


@lru_cache(maxsize=1)  # reconocer y leer abren el mismo libro uno tras otro
def _hoja(ruta: Path, _modificado: int) -> libro.Hoja | None:
    return next((hoja for hoja in libro.abrir(ruta.read_bytes(), ruta.name) if hoja.nombre == HOJA), None)


def _anio(hoja: libro.Hoja, donde: str) -> int:
    """El año del censo, que sólo dice la nota al pie."""
    textos = " ".join(str(celda.valor) for celda in hoja.celdas.values() if celda.columna == 1)
    if hallado := re.search(r"Fuente: Censo de Población y Vivienda (\d{4})", textos):
        return int(hallado[1])
    raise _falla(donde, "al pie, «Fuente: Censo de Población y Vivienda» y su año", "no lo dice")


def _filas(hoja: libro.Hoja) -> list[int]:
    return sorted(fila for fila, columna in hoja.celdas if columna == COMUNA and fila > FILA_ENCABEZADO)


def _renglon(hoja: libro.Hoja, fila: int, donde: str) -> _Renglon:
    numeros = []
    for columna in (COMUNA, PERSONAS, HOMBRES, MUJERES):
        celda = hoja.celdas.get((fila, columna))
        if celda is None or not isinstance(celda.valor, int) or celda.valor < 0:
            sitio = f"{donde} › {libro.letra(columna)}{fila}"
            raise _falla(sitio, f"{ENCABEZADO[columna - 1]}: un entero", repr(celda.valor if celda else ""))
        numeros.append(celda.valor)
    comuna, personas, hombres, mujeres = numeros
    if personas != hombres + mujeres:
        raise _falla(f"{donde} › fila {fila}", f"{hombres} hombres + {mujeres} mujeres", f"{personas} personas")
    texto = hoja.texto(fila, EDAD)
    grupo = _GRUPO.fullmatch(texto)
    if grupo is None and texto not in _TOTALES:
        raise _falla(f"{donde} › {libro.letra(EDAD)}{fila}", "un grupo como «5 a 9» o el total", repr(texto))
    return _Renglon(fila, comuna, int(grupo[1]) if grupo else None, personas, hombres, mujeres)


def _exigir_sumas(renglones: list[_Renglon], donde: str) -> None:
    """Cada total es la suma de sus edades, y el país la de sus comunas, por sexo: nada se quedó sin leer."""
    totales = {r.comuna: (r.hombres, r.mujeres) for r in renglones if r.edad is None}
    por_edad: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for r in renglones:
        if r.edad is not None:
            por_edad[r.comuna] = [por_edad[r.comuna][0] + r.hombres, por_edad[r.comuna][1] + r.mujeres]
    for comuna in totales.keys() | por_edad.keys():
        if totales.get(comuna) != tuple(por_edad[comuna]):
            raise _falla(
                f"{donde} › comuna {comuna}", f"{totales.get(comuna)}, su total", f"{por_edad[comuna]} por edad"
            )
    suma = tuple(sum(total[sexo] for comuna, total in totales.items() if comuna != PAIS) for sexo in (0, 1))
    if totales.get(PAIS) != suma:
        raise _falla(f"{donde} › país", f"{totales.get(PAIS)}, su total", f"{suma} sumando comunas")


def _falla(donde: str, esperado: str, recibido: str) -> ErrorFuente:
    return ErrorFuente(
        donde, esperado, recibido, "descargue el libro otra vez, sin volverlo a guardar, de la página del INE"
    )
