"""El idioma de la visita: en la dirección (`?idioma=en`), en el menú y en todas las páginas hasta que se cambie."""

from __future__ import annotations

from typing import Final

import streamlit as st

from atalaya import idiomas

CLAVE: Final = "idioma"
_VISITA: Final = "_idioma_de_la_visita"
_ELEGIDO: Final = "_idioma_elegido"
_TOCADO: Final = "_idioma_tocado"


def poner() -> None:
    """Deja dicho el idioma de esta corrida: el que se acaba de elegir, el de la dirección o el de la visita."""
    en_url = st.query_params.get(CLAVE, "")
    # Tras elegirlo, el navegador puede mandar una vez más la dirección de antes.
    manda_url = en_url in idiomas.IDIOMAS and not st.session_state.pop(_TOCADO, False)
    visita = en_url if manda_url else st.session_state.get(_VISITA, "")
    idiomas.poner(visita)
    if visita:
        st.session_state[_VISITA] = visita
    if en_url != visita:
        if visita:
            st.query_params[CLAVE] = visita
        else:
            del st.query_params[CLAVE]


def elegir() -> None:
    """El selector, al pie del menú. Cada idioma se llama como se llama a sí mismo."""
    st.session_state[_ELEGIDO] = idiomas.actual()
    with st.sidebar:
        st.segmented_control(
            "Idioma · Language · Língua",
            list(idiomas.IDIOMAS),
            format_func=idiomas.IDIOMAS.__getitem__,
            key=_ELEGIDO,
            on_change=_cambiar,
            required=True,
        )


def _cambiar() -> None:
    st.session_state[_VISITA] = st.session_state[_ELEGIDO]
    st.session_state[_TOCADO] = True
