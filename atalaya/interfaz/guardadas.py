"""La presentación que se arma en esta visita, y el botón que le añade la vista que se está mirando."""

from __future__ import annotations

from typing import Final

import streamlit as st

from atalaya.idiomas import tr
from atalaya.interfaz.idioma import CLAVE
from atalaya.interfaz.presentacion import MAXIMO_LAMINAS, Lamina, Presentacion

_CLAVE: Final = "_presentacion"


def actual() -> Presentacion:
    """La de esta visita; vacía si no se ha añadido nada."""
    guardada: Presentacion = st.session_state.get(_CLAVE, Presentacion(tr("Presentación")))
    return guardada


def poner(una: Presentacion) -> None:
    """La sustituye."""
    st.session_state[_CLAVE] = una


def anadir(titulo: str) -> None:
    """El botón «Añadir a la presentación» de la página que se está viendo, con el estado de sus filtros."""
    una = actual()
    llena = len(una.laminas) >= MAXIMO_LAMINAS
    rotulo = tr("Añadir a la presentación") + (f" ({len(una.laminas)})" if una.laminas else "")
    if st.button(rotulo, icon=":material/add_to_queue:", key="anadir_lamina", disabled=llena):
        poner(una.con(Lamina(_vista(), titulo)))
        st.toast(tr("Añadida. Se ordena y se presenta en la página Presentación."), icon=":material/slideshow:")


def _vista() -> str:
    """`comparar?lugar=…`: la página y su estado. El idioma es el de quien la presente."""
    ruta = (st.context.url or "").partition("?")[0].rstrip("/").rpartition("/")[2]
    consulta = "&".join(f"{k}={v}" for k in st.query_params for v in st.query_params.get_all(k) if k != CLAVE)
    ruta = ruta if "." not in ruta and ":" not in ruta else ""
    return f"{ruta or 'inicio'}?{consulta}"
