"""Lo que se importa tarde no debe pesar después."""

from __future__ import annotations

import gc


def congelar() -> None:
    """Saca lo ya importado de la recolección de basura, que Streamlit corre tras cada reejecución reteniendo el GIL."""
    gc.collect()
    gc.freeze()
