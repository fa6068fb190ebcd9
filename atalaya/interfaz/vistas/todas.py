"""Importa todas las vistas: lo usa el servidor para tenerlas listas antes de la primera visita."""

from atalaya.interfaz.vistas import (
    catalogo,
    clasificacion,
    comparar,
    evolucion,
    inicio,
    mapa,
    metodologia,
    policias,
    proximidad,
)

__all__ = [
    "catalogo",
    "clasificacion",
    "comparar",
    "evolucion",
    "inicio",
    "mapa",
    "metodologia",
    "policias",
    "proximidad",
]
