"""Importa todas las vistas: lo usa el servidor para tenerlas listas antes de la primera visita."""

from atalaya.interfaz.vistas import (
    catalogo,
    clasificacion,
    comparar,
    evolucion,
    ficha,
    incidencia,
    inicio,
    mapa,
    metodologia,
    percepcion_y_registro,
    policias,
    proximidad,
    revisiones,
    tesis,
)

__all__ = [
    "catalogo",
    "clasificacion",
    "comparar",
    "evolucion",
    "ficha",
    "incidencia",
    "inicio",
    "mapa",
    "metodologia",
    "percepcion_y_registro",
    "policias",
    "proximidad",
    "revisiones",
    "tesis",
]
