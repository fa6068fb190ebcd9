"""El informe de faltas de unos archivos, para llevárselo y corregir: CSV y XLSX, seguros de abrir."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from atalaya.idiomas import Rotulos, tr
from atalaya.informes.tablas import csv_llano, xlsx_llano
from atalaya.seguimiento.lectura import Hallazgo

COLUMNAS: Final = Rotulos(
    {
        "archivo": "Archivo",
        "hoja": "Hoja",
        "tabla": "Tabla",
        "fila": "Fila",
        "columna": "Columna",
        "esperado": "Se esperaba",
        "recibido": "Se recibió",
        "remedio": "Qué hacer",
    }
)


def tabla(hallazgos: Sequence[Hallazgo]) -> pd.DataFrame:
    """Una fila por falta, con sus columnas en español."""
    filas = [
        {rotulo: "" if (valor := getattr(una, campo)) is None else valor for campo, rotulo in COLUMNAS.items()}
        for una in hallazgos
    ]
    return pd.DataFrame(filas, columns=list(COLUMNAS.values())).astype(object)


def csv(hallazgos: Sequence[Hallazgo]) -> bytes:
    """El informe en CSV."""
    return csv_llano(tabla(hallazgos))


def xlsx(hallazgos: Sequence[Hallazgo]) -> bytes:
    """El informe en un libro de una hoja."""
    return xlsx_llano({"faltas": tabla(hallazgos)})


def texto(hallazgos: Sequence[Hallazgo]) -> str:
    """El informe para leer en una terminal: dos renglones por falta."""
    return "\n".join(
        tr(
            "{donde}: se esperaba {esperado}; se recibió {recibido}\n  qué hacer: {remedio}",
            donde=donde(una),
            esperado=una.esperado,
            recibido=una.recibido,
            remedio=una.remedio,
        )
        for una in hallazgos
    )


def donde(una: Hallazgo) -> str:
    """«mis_datos.xlsx › hoja › fila 7 › valor»."""
    partes = (una.archivo, una.hoja, tr("fila {fila}", fila=una.fila) if una.fila is not None else "", una.columna)
    return " › ".join(parte for parte in partes if parte)
