"""CONAPO: reconstrucción y proyecciones de la población de los municipios, 1990-2040 (CSV, un archivo por sexo).

Cada archivo trae un renglón por municipio y una columna por año, a mitad de año. Ver docs/fuentes/poblacion.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyarrow as pa

from atalaya.catalogo import normalizar
from atalaya.contratos import SEXOS
from atalaya.errores import ErrorFuente
from atalaya.fuentes import habitantes
from atalaya.fuentes.archivo_csv import encabezado, renglones
from atalaya.fuentes.habitantes import PREPARAR, TABLA
from atalaya.fuentes.lectura import Lectura

__all__ = ["PREPARAR", "TABLA", "leer", "reconocer"]

FUENTE: Final = "conapo"
PROYECCION: Final = "conapo_2023"
ORIGEN: Final = (
    "https://www.gob.mx/conapo/documentos/reconstruccion-y-proyecciones-de-la-poblacion-de-los-municipios-de-mexico"
)
ANIOS: Final = tuple(range(1990, 2041))
ENCABEZADO: Final = ("CVE", "Entidad", "Municipio", *map(str, ANIOS))
"""Los años dicen qué edición es: la anterior (2019) iba de 2015 a 2030."""

MITAD: Final = 90_000_000
"""Entre lo que suma cualquier año de un sexo (a lo más 74 millones) y lo que suma el total de 2020 (128 millones)."""


def reconocer(ruta: Path) -> bool:
    """Si el primer renglón es el de los archivos municipales de CONAPO: clave, nombres y los años de 1990 a 2040."""
    return encabezado(ruta) == ENCABEZADO


def leer(ruta: Path) -> Lectura:
    """Las tablas `habitantes` y `publicacion` (ver `habitantes.py`), sin edades y con el sexo del archivo.

    De qué sexo es un archivo sólo lo dice su nombre (total, hombres o mujeres): su suma nacional de 2020 lo comprueba a
    medias —un total no pasa por un sexo— y los controles del acervo hacen el resto (hombres + mujeres = total, y más
    mujeres que hombres en el país).

    Lanza ErrorFuente, con el renglón, si una clave no tiene cinco cifras o se repite, si una población no es un entero,
    si el nombre no dice un solo sexo o si lo que suma lo desmiente.
    """
    sexo = _sexo(ruta)
    claves: list[str] = []
    personas: list[list[int]] = []
    for clave, valores in _municipios(ruta):
        claves.append(clave)
        personas.append(valores)
    _exigir_magnitud(ruta, sexo, sum(valores[ANIOS.index(2020)] for valores in personas))
    tabla = pa.table(
        {
            "lugar": [f"MX-{clave}" for clave in claves for _ in ANIOS],
            "anio": [*ANIOS] * len(claves),
            "sexo": [sexo] * (len(claves) * len(ANIOS)),
            "edad_desde": pa.nulls(len(claves) * len(ANIOS), pa.int64()),
            "personas": [valor for valores in personas for valor in valores],
        }
    )
    archivo = f"población municipal {ANIOS[0]}-{ANIOS[-1]}, {sexo}"
    return habitantes.lectura(tabla, FUENTE, PROYECCION, archivo, ORIGEN, sexo, ruta.name)


def _sexo(ruta: Path) -> str:
    dichos = [sexo for sexo in SEXOS if sexo in re.split(r"[^a-z]+", normalizar(ruta.stem))]
    if len(dichos) != 1:
        raise ErrorFuente(
            ruta.name,
            "un nombre que diga «total», «hombres» o «mujeres»: el contenido no lo dice",
            "ninguna de las tres" if not dichos else " y ".join(dichos),
            "devuélvale el nombre con que se publica",
        )
    return dichos[0]


def _municipios(ruta: Path) -> Iterator[tuple[str, list[int]]]:
    vistas: dict[str, int] = {}
    for renglon, fila in renglones(ruta):
        donde = f"{ruta.name} › renglón {renglon}"
        if len(fila) != len(ENCABEZADO):
            raise _falla(donde, f"{len(ENCABEZADO)} celdas", str(len(fila)))
        if not re.fullmatch(r"[0-9]{5}", fila[0]):
            raise _falla(donde, "CVE: cinco cifras, con su cero inicial (01001)", repr(fila[0]))
        if (antes := vistas.setdefault(fila[0], renglon)) != renglon:
            raise _falla(donde, "un renglón por municipio", f"{fila[0]} repite el renglón {antes}")
        malas = [(anio, v) for anio, v in zip(ANIOS, fila[3:], strict=True) if not re.fullmatch(r"[0-9]+", v)]
        if malas:
            raise _falla(f"{donde} › {malas[0][0]}", "un número entero de personas", repr(malas[0][1]))
        yield fila[0], [int(valor) for valor in fila[3:]]


def _exigir_magnitud(ruta: Path, sexo: str, suma: int) -> None:
    if (suma > MITAD) != (sexo == "total"):
        lado = "más" if sexo == "total" else "menos"
        esperado = f"que los municipios de «{sexo}» sumen en 2020 {lado} de {MITAD:,} personas"
        raise ErrorFuente(
            ruta.name, esperado, f"{suma:,}", "compruebe que el archivo está entero y no lleva el nombre de otro"
        )


def _falla(donde: str, esperado: str, recibido: str) -> ErrorFuente:
    return ErrorFuente(donde, esperado, recibido, "descárguelo otra vez, entero y sin abrirlo en una hoja de cálculo")
