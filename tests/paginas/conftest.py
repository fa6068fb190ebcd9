"""Las páginas, corridas por AppTest sobre el acervo del proyecto: como las ve una persona, sin navegador."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

RAIZ = Path(__file__).resolve().parents[2]
Abrir = Callable[..., AppTest]


@pytest.fixture
def abrir() -> Abrir:
    """`abrir("indicadores/comparar", lugar=["MX-CD28"])`: la página de esa dirección, ya corrida."""

    def _abrir(pagina: str, **url: str | list[str]) -> AppTest:
        prueba = AppTest.from_file(str(RAIZ / "app.py"), default_timeout=60)
        for clave, valor in url.items():
            prueba.query_params[clave] = valor
        for nivel in ("areas", "municipios", "entidades", "comunas", "regiones"):
            prueba.session_state[f"tabla_{nivel}"] = True  # la tabla del mapa viaja sólo si está abierta
        prueba.switch_page(f"pages/{pagina}.py")
        return prueba.run()

    return _abrir


@pytest.fixture
def sin_acervo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Una carpeta de acervo que no tiene nada."""
    monkeypatch.setenv("ATALAYA_ACERVO", str(tmp_path))
    return tmp_path
