"""Un acervo de juguete con dos ediciones que traen el mismo trimestre."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from atalaya.acervo.publicacion import Entrega, publicar
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


@pytest.fixture(scope="session")
def acervo_de_dos_ediciones(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """2024T1 dice 50; 2024T2 la repite corregida, 51, y trae lo suyo en dos cuadros, sólo uno con números absolutos."""
    raiz = tmp_path_factory.mktemp("acervo")
    publicar(
        raiz,
        [
            entrega("2024T1", [fila("2024T1", valor_pct=50.0), fila("2024T1", lugar="MX-CD65", valor_pct=20.0)]),
            entrega(
                "2024T2",
                [
                    fila("2024T2", periodo="2024T1", valor_pct=51.0),
                    fila("2024T2", cuadro="1.1", valor_pct=60.0),
                    fila("2024T2", cuadro="1.3", valor_pct=60.0, numerador=6, denominador=10),
                    fila("2024T2", cuadro="1.4", valor_pct=60.0, numerador=6, denominador=10),
                ],
            ),
        ],
    )
    return raiz
