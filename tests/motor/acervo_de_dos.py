"""Filas y archivos de juguete para el motor."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from atalaya.acervo.publicacion import Entrega
from atalaya.contratos import ESTIMACION


def fila(edicion: str, **cambios: Any) -> dict[str, Any]:
    """Una estimación de juguete."""
    return {
        "fuente": "ensu",
        "periodo": edicion,
        "lugar": "MX-CD28",
        "indicador": "inseguridad_ciudad",
        "desglose": "total",
        "estado": "dato",
        "metodo": "publicada",
        "edicion": edicion,
        "archivo": f"{edicion}.zip",
        "cuadro": "1.1",
        "celda": "B1",
        **cambios,
    }


def entrega(edicion: str, filas: list[dict[str, Any]]) -> Entrega:
    """Esas filas como un archivo de juguete."""
    tabla = pa.Table.from_pylist(filas, schema=ESTIMACION)
    return Entrega(
        "ensu", edicion, f"{edicion}.zip", "https://ejemplo.invalid/", "0" * 64, 1, "r", {"estimacion": tabla}
    )
