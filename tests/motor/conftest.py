"""Un acervo de juguete con dos ediciones que traen el mismo trimestre."""

from __future__ import annotations

from pathlib import Path

import pytest
from acervo_de_dos import entrega, fila

from atalaya.acervo.publicacion import publicar


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
