"""Fixtures comunes. Sólo las pruebas marcadas `fuentes` necesitan los archivos oficiales de al lado."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

RAIZ = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def fuentes() -> Path:
    """Carpeta con los archivos oficiales (`../shared/fuentes` o `ATALAYA_FUENTES`); salta si no está."""
    carpeta = Path(os.environ.get("ATALAYA_FUENTES", RAIZ.parent / "shared" / "fuentes"))
    if not carpeta.is_dir():
        pytest.skip(f"faltan los archivos oficiales en {carpeta}: esta prueba los lee tal como se publican")
    return carpeta


def pytest_configure(config: pytest.Config) -> None:
    """Hace el índice del acervo una vez, antes de repartir las pruebas: tarda, y cada proceso lo haría por su lado."""
    if not hasattr(config, "workerinput"):
        from atalaya import motor

        motor.abrir().cerrar()
