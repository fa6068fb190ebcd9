"""Una vista lista para llevar: su tabla, su figura, su cita y el enlace que la reproduce."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pandas as pd

from atalaya.figuras.plantilla import Figura


@dataclass(frozen=True)
class Vista:
    """Lo que se descarga. `figura` (de ancho fijo) y `alternativo` se llaman sólo al descargar una imagen."""

    archivo: str  # nombre sin extensión
    titulo: str
    subtitulo: str
    tabla: pd.DataFrame  # de `mostrar/consultar` o de `mostrar/conteos` con su tasa, más nombre
    figura: Callable[[], Figura]
    alternativo: Callable[[], str]
    enlace: str
    version: str  # del acervo
    hallazgos: Callable[[], Sequence[str]] = tuple  # lo que la prueba sostiene, de lo más general a lo menos
