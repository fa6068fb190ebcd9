"""Un acervo de juguete para la línea de órdenes: tres áreas, un empate, una alcaldía sin policía municipal."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from atalaya.acervo.publicacion import Entrega, publicar
from atalaya.contratos import ESTIMACION

CONFIANZA = "confianza_policia_municipal"


def _fila(lugar: str, valor: float | None, **cambios: Any) -> dict[str, Any]:
    return {
        "fuente": "ensu",
        "periodo": "2025T2",
        "lugar": lugar,
        "indicador": CONFIANZA,
        "desglose": "total",
        "valor_pct": valor,
        "precision": "alta" if valor is not None else None,
        "estado": "dato" if valor is not None else "no_aplica",
        "metodo": "publicada",
        "edicion": "2025T2",
        "archivo": "=juguete.zip",
        "cuadro": "8.7",
        "celda": "E1",
        **cambios,
    }


@pytest.fixture(scope="session")
def acervo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """La Laguna (dos entidades) arriba, dos empatadas, una abajo y una que no aplica; nombre de archivo hostil."""
    raiz = tmp_path_factory.mktemp("acervo")
    filas = [
        _fila("MX", 50.0),
        _fila("MX-CD07", 90.0),
        _fila("MX-CD28", 55.94807583),
        _fila("MX-CD65", 55.94807583),
        _fila("MX-CD03", 0.0),
        _fila("MX-CD76", None),
    ]
    for valor in (10.0, 55.94807583):
        filas[2]["valor_pct"] = valor
        tabla = pa.Table.from_pylist(filas, schema=ESTIMACION)
        publicar(
            raiz,
            [Entrega("ensu", "2025T2", "j.zip", "https://ejemplo.invalid/", "0" * 64, 1, "r", {"estimacion": tabla})],
        )
    return raiz
