"""Fixtures del acervo de juguete."""

from __future__ import annotations

from pathlib import Path

import pytest


@pytest.fixture
def raiz(tmp_path: Path) -> Path:
    """Carpeta de un acervo que aún no existe."""
    return tmp_path / "acervo"
