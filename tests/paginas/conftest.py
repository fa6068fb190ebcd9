"""Las páginas, corridas por AppTest sobre el acervo del proyecto: como las ve una persona, sin navegador."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from seguido_de_juguete import tablas
from streamlit.testing.v1 import AppTest

from atalaya.seguimiento import contratos

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
def ver() -> Callable[..., AppTest]:
    """`ver(tablas, proceso="p")`: una página con esas tablas de la visita, y vacías las demás, en esa dirección."""

    def _ver(propias: Mapping[str, Any], pagina: str = "seguimiento/participacion", **url: str) -> AppTest:
        prueba = AppTest.from_file(str(RAIZ / "app.py"), default_timeout=60)
        for clave, valor in url.items():
            prueba.query_params[clave] = valor
        vacias: dict[str, list[Any]] = {nombre: [] for nombre in contratos() if nombre != "documentos"}
        prueba.session_state["tablas_propias"] = {**tablas(**vacias), **propias}
        prueba.switch_page(f"pages/{pagina}.py")
        return prueba.run()

    return _ver


@pytest.fixture
def sin_acervo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Una carpeta de acervo que no tiene nada."""
    monkeypatch.setenv("ATALAYA_ACERVO", str(tmp_path))
    return tmp_path
