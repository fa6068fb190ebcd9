"""El servidor local, una política que no espera y un pedido de la ENSU tal como sale del catálogo."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from servidor import Servidor
from zips import zip_de_juguete

from atalaya.descargas import Pedido, planear
from atalaya.descargas.red import Politica

HOY = date(2026, 11, 26)


@pytest.fixture
def servidor() -> Iterator[Servidor]:
    with Servidor().encendido() as uno:
        yield uno


@pytest.fixture
def esperas() -> list[float]:
    """Lo que se habría dormido."""
    return []


@pytest.fixture
def politica(esperas: list[float]) -> Politica:
    return Politica(intentos=4, lectura=0.3, conexion=2, ventana=0.2, avance_minimo=1000, dormir=esperas.append)


@pytest.fixture
def pedido() -> Pedido:
    """ENSU 2025T2, con su dirección real y un límite de 1 MB."""
    [uno] = planear("ensu", "2025T2", "2025T2", HOY, "microdatos").pedidos
    return replace(uno, limite_bytes=1_000_000)


@pytest.fixture
def ruta() -> str:
    """La de ese pedido en el servidor."""
    return "/contenidos/programas/ensu/datosabiertos/conjunto_de_datos_ensu_2025_2t_csv.zip"


@pytest.fixture
def bueno() -> bytes:
    """Un zip sano de unos 20 kB que no se comprime: se puede cortar en muchos sitios."""
    return zip_de_juguete()
