"""La tabla larga `respuesta`: lo que cada persona contestó, para auditar de dónde sale cada indicador."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa

from atalaya.fuentes.valores import TIPOS, Valores

ESQUEMA = pa.schema(
    [
        pa.field("fuente", pa.string(), nullable=False),
        pa.field("periodo", pa.string(), nullable=False),
        pa.field("entrevista", pa.string(), nullable=False),
        pa.field("indicador", pa.string(), nullable=False),
        pa.field("variable", pa.string(), nullable=False),  # con varias, separadas por ;
        pa.field("codigo", pa.string(), nullable=False),  # tal como vino; vacío: no se preguntó
        pa.field("tipo", pa.string(), nullable=False),  # valida, no_sabe, no_responde, no_aplica
        pa.field("y", pa.int8()),  # 1 cumple, 0 no cumple y está en el universo, nulo fuera
    ]
)
_VARIABLES = pa.schema([pa.field("indicador", pa.string()), pa.field("celda", pa.string())])


def tabla_de_variables(valores: Mapping[str, Valores]) -> pa.Table:
    """Con qué variables del archivo se calcula cada indicador: `indicador` y `celda` (`BP1_1`; varias, con ;).

    En mayúsculas, como las escriben las oficinas en sus documentos: en los archivos van de uno y otro modo.
    """
    celdas = {clave: ";".join(v.nombre.upper() for v in uno.resuelta.variables) for clave, uno in valores.items()}
    return pa.table({"indicador": list(celdas), "celda": list(celdas.values())}, _VARIABLES)


def tabla_de_respuestas(
    fuente: str, periodo: str, entrevistas: pa.ChunkedArray, valores: Mapping[str, Valores]
) -> pa.Table:
    """Una fila por entrevista e indicador, con la clave tal como vino y su tipo. Columnas de ESQUEMA."""
    tipos = np.array(TIPOS)
    bloques = []
    for indicador, uno in valores.items():
        n = len(uno.y)
        bloques.append(
            pa.table(
                {
                    "fuente": pa.array([fuente] * n),
                    "periodo": pa.array([periodo] * n),
                    "entrevista": entrevistas,
                    "indicador": pa.array([indicador] * n),
                    "variable": pa.array([";".join(v.nombre for v in uno.resuelta.variables)] * n),
                    "codigo": uno.claves,
                    "tipo": pa.array(tipos[uno.tipo]),
                    "y": uno.columna(),
                }
            ).cast(ESQUEMA)
        )
    return pa.concat_tables(bloques) if bloques else ESQUEMA.empty_table()
