"""Los cuadros de la ENSU descritos en datos: `cuadros.csv`, `rubros.csv`, `rubro_etiquetas.csv` y `erratas.csv`.

Ningún trimestre tiene código propio: un cuadro, una etiqueta o una errata nuevos son un renglón en esas tablas.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from atalaya.catalogo import CARPETA, normalizar
from atalaya.tabla_csv import casa, en, falla, leer, lleno

VENTANAS: Final = ("serie", "trimestre", "semestre", "nueve_meses", "doce_meses")
DIMENSIONES: Final = ("lugar", "sexo", "edad", "rubro", "opcion")
PAPELES: Final = ("sexo", "edad", "rubro", "opcion", "medida", "titulo")
_CLAVE: Final = r"[a-z][a-z0-9_]*"


@dataclass(frozen=True, slots=True)
class Cuadro:
    """Un título de cuadro y cómo se lee.

    cuadro: clave estable entre trimestres. ventana: qué abarca (serie: una columna por periodo).
    calendario: de las columnas de una serie. renglones: qué dimensiones se anidan en la columna A, de fuera adentro.
    opcion, desglose: los que valen para todo el cuadro si ni renglón ni columna dicen otro.
    denominador: opción cuyo absoluto es el denominador de las demás; vacío: la columna B.
    excluyentes: dimensión (rubro u opción) cuyas respuestas se excluyen: sus porcentajes no pueden sumar más de 100.
    universo: encabezado de la columna B («|» separa redacciones equivalentes).
    """

    cuadro: str
    familia: str
    ventana: str
    calendario: str
    renglones: str
    opcion: str
    desglose: str
    denominador: str
    excluyentes: str
    universo: str
    titulo: str

    @property
    def orden(self) -> tuple[str, ...]:
        """Dimensiones de los renglones, de fuera adentro; la nación es el lugar de los cuadros que no lo dicen."""
        return ("lugar", *(d for d in self.renglones.split() if d != "lugar"))

    @property
    def por_lugar(self) -> bool:
        """Si el cuadro da cifras de cada ciudad."""
        return "lugar" in self.renglones.split()


@dataclass(frozen=True, slots=True)
class Rubro:
    """Qué indicador es un rubro (y opción) de una familia; `parte` = si: sumando del indicador, no el indicador."""

    familia: str
    rubro: str
    opcion: str
    ventana: str
    indicador: str
    parte: str


@dataclass(frozen=True, slots=True)
class Etiqueta:
    """Cómo escribe INEGI una clave; `familia` vacía vale para todas. `papel`: de qué dimensión es la etiqueta."""

    familia: str
    papel: str
    etiqueta: str
    clave: str


@dataclass(frozen=True, slots=True)
class Errata:
    """Una celda mal escrita en lo publicado y por qué se sabe.

    dice: lo publicado (vacío: nada). se_lee: lo que se lee en su lugar (vacío: se descarta).
    """

    edicion: str
    hoja: str
    celda: str
    dice: str
    se_lee: str
    motivo: str


@lru_cache(maxsize=4096)
def llano(texto: str) -> str:
    """El texto para comparar: sin acentos, comas ni puntos finales, y con «ciudad» por «área urbana (ciudad)»."""
    limpio = " ".join(normalizar(texto).replace(",", " ").split()).rstrip(". ")
    return limpio.replace("areas urbanas (ciudades)", "ciudades").replace("area urbana (ciudad)", "ciudad")


@cache
def cuadros(carpeta: Path = CARPETA) -> dict[tuple[str, str], Cuadro]:
    """Los cuadros por (título llano, ventana). Lanza ErrorCatalogo si la tabla se contradice."""
    archivo = carpeta / "cuadros.csv"
    dimensiones = "|".join(DIMENSIONES)
    revisiones = {
        "cuadro": casa(_CLAVE),
        "familia": en({rubro.familia for rubro in rubros(carpeta)}, "rubros.csv"),
        "ventana": en(VENTANAS),
        "calendario": en(("", "trimestre", "semestre")),
        "renglones": casa(rf"(({dimensiones})( ({dimensiones}))*)?"),
        "desglose": casa(r"|sexo:(hombres|mujeres)"),
        "excluyentes": en(("", "rubro", "opcion")),
        "universo": lleno,
        "titulo": lleno,
    }
    por_titulo: dict[tuple[str, str], Cuadro] = {}
    for fila, uno in enumerate(leer(archivo, Cuadro, revisiones), start=2):
        if por_titulo.setdefault((llano(uno.titulo), uno.ventana), uno) is not uno:
            falla(archivo, fila, "titulo", "cada título y ventana una sola vez", uno.titulo)
    return por_titulo


@cache
def rubros(carpeta: Path = CARPETA) -> tuple[Rubro, ...]:
    """Todos los rubros, en el orden del archivo. Lanza ErrorCatalogo si la tabla se contradice."""
    revisiones = {
        "familia": casa(_CLAVE),
        "rubro": casa(rf"|{_CLAVE}"),
        "opcion": casa(rf"|{_CLAVE}"),
        "ventana": en(("", "nueve_meses")),
        "indicador": casa(_CLAVE),
        "parte": en(("", "si")),
    }
    return tuple(leer(carpeta / "rubros.csv", Rubro, revisiones))


@cache
def combinaciones(carpeta: Path = CARPETA) -> frozenset[tuple[str, str, str, str]]:
    """Las (familia, rubro, opción, ventana) que van a algún indicador: toda celda leída debe ser una de éstas."""
    return frozenset((r.familia, r.rubro, r.opcion, r.ventana) for r in rubros(carpeta))


@cache
def etiquetas(familia: str, carpeta: Path = CARPETA) -> dict[str, Etiqueta]:
    """Las etiquetas de una familia y las comunes, por su texto llano. Lanza ErrorCatalogo si una se repite."""
    archivo = carpeta / "rubro_etiquetas.csv"
    revisiones = {"familia": casa(rf"|{_CLAVE}"), "papel": en(PAPELES), "etiqueta": lleno}
    por_texto: dict[str, Etiqueta] = {}
    for fila, una in enumerate(leer(archivo, Etiqueta, revisiones), start=2):
        if una.familia in ("", familia) and por_texto.setdefault(llano(una.etiqueta), una).clave != una.clave:
            falla(archivo, fila, "etiqueta", "una sola clave por familia y etiqueta", una.etiqueta)
    return por_texto


@cache
def erratas(carpeta: Path = CARPETA) -> tuple[Errata, ...]:
    """Las erratas conocidas de lo publicado. Lanza ErrorCatalogo si la tabla se contradice."""
    revisiones = {
        "edicion": casa(r"\d{4}T[1-4]"),
        "hoja": casa(r"\d+\.\d+"),
        "celda": casa(r"[A-Z]+\d+"),
        "motivo": lleno,
    }
    return tuple(leer(carpeta / "erratas.csv", Errata, revisiones))


def erratas_de(edicion: str, hoja: str, carpeta: Path = CARPETA) -> dict[str, tuple[str, str]]:
    """De una hoja de una edición: celda → (lo que dice, lo que se lee)."""
    return {e.celda: (e.dice, e.se_lee) for e in erratas(carpeta) if (e.edicion, e.hoja) == (edicion, hoja)}


def es_universo(cuadro: Cuadro, encabezado: str) -> bool:
    """Si el encabezado de la columna B dice el universo que el catálogo espera de este cuadro."""
    return llano(encabezado) in {llano(uno) for uno in re.split(r"\s*\|\s*", cuadro.universo)}
