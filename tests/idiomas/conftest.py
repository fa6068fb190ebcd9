"""El idioma de mentira, como uno más, mientras dura una prueba."""

from __future__ import annotations

import pytest
from en_clave import CLAVE, Clave

from atalaya import idiomas


@pytest.fixture
def cifrado(monkeypatch: pytest.MonkeyPatch) -> str:
    """La clave de un idioma que sale cifrado; se guarda todo aparte del español, así que no estorba a nadie."""
    catalogo = idiomas._catalogo
    monkeypatch.setitem(idiomas.IDIOMAS, CLAVE, "Atalaya")
    monkeypatch.setitem(idiomas.LOCALES, CLAVE, "pt_BR")
    monkeypatch.setattr(idiomas, "_catalogo", lambda idioma: Clave() if idioma == CLAVE else catalogo(idioma))
    return CLAVE
