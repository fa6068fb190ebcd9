"""Lo que se cuenta: cómo llama cada fuente a cada delito, y qué poblaciones hay para hacer tasas."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from atalaya.catalogo import CARPETA, fuentes, indicadores
from atalaya.tabla_csv import casa, en, leer, leer_por_clave, lleno

DENOMINADORES: Final = ("proyeccion", "censo")


@dataclass(frozen=True, slots=True)
class Delito:
    """Cómo llama un instrumento de una fuente a un indicador. Varias filas pueden sumar al mismo.

    `instrumento` distingue registros que no son la misma serie aunque compartan oficina (SESNSP: `cnsp_38_15` hasta
    2025 y `rnid` desde 2026). `tipo` es el grupo en que la fuente lo pone, vacío si no lo agrupa.
    """

    fuente: str
    instrumento: str
    tipo: str
    delito: str
    indicador: str
    nota: str


@dataclass(frozen=True, slots=True)
class Proyeccion:
    """Una población publicada. `denominador`: `proyeccion`, la de las tasas oficiales de su país, o `censo`."""

    proyeccion: str
    pais: str
    denominador: str
    fuente: str
    nombre: str
    nota: str


@cache
def delitos(carpeta: Path = CARPETA) -> tuple[Delito, ...]:
    """Los nombres de cada fuente, en el orden del archivo. Lanza ErrorCatalogo si una clave no existe."""
    revisiones = {
        "fuente": en(fuentes(carpeta), "fuentes.csv"),
        "instrumento": casa(r"[a-z][a-z0-9_]*"),
        "delito": lleno,
        "indicador": en(indicadores(carpeta), "indicadores.csv"),
    }
    return tuple(leer(carpeta / "delitos.csv", Delito, revisiones))


@cache
def proyecciones(carpeta: Path = CARPETA) -> dict[str, Proyeccion]:
    """Las poblaciones por clave. Lanza ErrorCatalogo si la tabla se contradice."""
    revisiones = {
        "proyeccion": casa(r"[a-z][a-z0-9_]*"),
        "pais": casa(r"[A-Z]{2}"),
        "denominador": en(DENOMINADORES),
        "fuente": en(fuentes(carpeta), "fuentes.csv"),
        "nombre": lleno,
    }
    return leer_por_clave(carpeta / "proyecciones.csv", Proyeccion, revisiones)
