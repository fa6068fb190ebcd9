"""Un enlace con `acervo=0006-96560fc2` fija de qué versión salen las cifras; sin él, de la más nueva.

Fijada, sigue en toda la visita y en la dirección de cada página, hasta que se suelta.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from atalaya.acervo import versiones
from atalaya.errores import ErrorAcervo
from atalaya.idiomas import tr
from atalaya.interfaz import avisos, datos
from atalaya.interfaz.compartir import ACERVO

_FIJADA: Final = "_acervo_fijado"
_SUELTA: Final = "_acervo_suelto"


def poner() -> None:
    """Fija la versión que pide la dirección, o la que ya lo estaba, y lo dice; si no está, qué hacer, y ahí termina."""
    # Tras soltarla, el navegador puede mandar una vez más la dirección de antes.
    en_url = st.query_params.get(ACERVO, "")
    pedida = en_url if en_url and en_url != st.session_state.get(_SUELTA) else st.session_state.get(_FIJADA, "")
    datos.fijar(pedida)
    if not pedida:
        if en_url:
            del st.query_params[ACERVO]
        return
    try:
        with st.spinner(tr("Abriendo el acervo de ese enlace: la primera vez tarda…")):
            datos.version()
    except ErrorAcervo as falla:
        datos.fijar("")
        _no_esta(pedida, falla)
        st.stop()
    st.session_state[_FIJADA] = pedida
    if en_url != pedida:
        st.query_params[ACERVO] = pedida
    _decir(pedida)


def _decir(version: str) -> None:
    nueva = datos.vigente()
    al_dia = version == nueva
    with st.container(horizontal=True, vertical_alignment="center", key="congelado"):
        st.markdown(
            tr(":material/ac_unit: **Enlace congelado**: las cifras son las del acervo {version}", version=version)
            + (tr(", que sigue siendo el más nuevo.") if al_dia else tr(". El más nuevo es {nueva}.", nueva=nueva)),
            width="content",
        )
        st.button(tr("Seguir el más nuevo"), key="soltar_acervo", on_click=_soltar, args=(version,), type="tertiary")


def _no_esta(pedida: str, falla: ErrorAcervo) -> None:
    try:
        hay = ", ".join(m.version for m in versiones())
    except ErrorAcervo as otra:
        avisos.falla(otra)
        return
    conocida = pedida in hay.split(", ")
    st.title(tr("Enlace congelado"), anchor=False)
    st.error(
        tr(
            "**Este enlace está congelado en el acervo «{version}», ",
            version="".join(c for c in pedida if c.isalnum() or c in "-_")[:40],
        )
        + (
            tr("que no se puede abrir.** {recibido}.", recibido=falla.recibido)
            if conocida
            else tr("que ya no está en este tablero.**")
        )
        + tr(
            " Están: {hay}. Puede ver la misma página con el más nuevo (las cifras pueden ser otras), o "
            "pedir a quien publicó el enlace el paquete (ZIP) de su vista.",
            hay=hay,
        ),
        icon=":material/ac_unit:",
    )
    st.button(tr("Ver con el acervo más nuevo"), key="soltar_acervo", on_click=_soltar, args=(pedida,))


def _soltar(version: str) -> None:
    st.session_state.pop(_FIJADA, None)
    st.session_state[_SUELTA] = version
    st.query_params.pop(ACERVO, None)
