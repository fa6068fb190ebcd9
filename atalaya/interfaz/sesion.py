"""Quién puede publicar desde el tablero: nadie, salvo que quien lo instala lo configure (OIDC, docs/datos_propios.md).

Iniciar sesión no basta: cualquiera tiene una cuenta. Publican sólo los correos de `publican`, ya verificados por el
proveedor.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st
from streamlit.errors import StreamlitSecretNotFoundError


def configurada() -> bool:
    """Si hay con qué iniciar sesión: la sección [auth] de secrets.toml."""
    return bool(_seccion("auth"))


def iniciada() -> bool:
    """Si quien mira inició sesión."""
    return configurada() and bool(_de_quien_mira().get("is_logged_in"))


def puede_publicar() -> bool:
    """Si inició sesión con un correo verificado de la lista `publican` de [atalaya] en secrets.toml."""
    if not iniciada():
        return False
    quien = _de_quien_mira()
    permitidos = {str(correo).casefold() for correo in _seccion("atalaya").get("publican", ())}
    verificado = quien.get("email_verified") in (True, "true")
    return verificado and str(quien.get("email", "")).casefold() in permitidos


def correo() -> str:
    """El correo con que se inició sesión."""
    return str(_de_quien_mira().get("email", ""))


def _seccion(nombre: str) -> Mapping[str, Any]:
    try:
        return dict(st.secrets[nombre])
    except (StreamlitSecretNotFoundError, KeyError, FileNotFoundError):
        return {}


def _de_quien_mira() -> Mapping[str, Any]:
    return st.user.to_dict()
