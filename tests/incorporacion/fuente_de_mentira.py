"""Fuente de mentira, sólo para pruebas: un JSON que dice su edición y sus filas."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa

from atalaya.errores import ErrorFuente
from atalaya.fuentes.lectura import Lectura

PREPARAR = "preparar/fuente_de_mentira"


def reconocer(ruta: Path) -> bool:
    """Por contenido: un JSON con la marca."""
    return ruta.is_file() and ruta.read_bytes().startswith(b'{"mentira"')


def leer(ruta: Path) -> Lectura:
    """Las celdas tal cual; una edición «mala» no se puede leer."""
    crudo = json.loads(ruta.read_text(encoding="utf-8"))
    if crudo["edicion"] == "mala":
        raise ErrorFuente(donde=f"{ruta.name} › A1", esperado="otra cosa", recibido="mala", remedio="ninguno")
    celdas = pa.table({"lugar": [f[0] for f in crudo["filas"]], "valor_pct": [float(f[1]) for f in crudo["filas"]]})
    edicion = pa.table({"edicion": [crudo["edicion"]]})
    return Lectura(
        "ensu",
        crudo["edicion"],
        f"{crudo['edicion']}.zip",
        "https://ejemplo.invalid/",
        {"celdas": celdas, "portada": edicion},
    )
