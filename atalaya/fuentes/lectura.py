"""Lo que entrega el lector de una fuente: tablas de celdas tal como se publicaron y de dónde salieron."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyarrow as pa


@dataclass(frozen=True)
class Lectura:
    """Un archivo oficial ya leído.

    fuente: clave de `datos/catalogo/fuentes.csv`. edicion: periodo de la publicación (`2025T2`).
    archivo: nombre del archivo oficial. origen: dirección oficial donde se publica.
    tablas: por nombre, las que pide `consultas/preparar/<fuente>.sql`.
    producto: qué publicación de esa fuente es (`tabulados`, `microdatos`…); una edición tiene una de cada uno.
    """

    fuente: str
    edicion: str
    archivo: str
    origen: str
    tablas: Mapping[str, pa.Table]
    producto: str = "tabulados"
