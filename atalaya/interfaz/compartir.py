"""Compartir la vista: enlace vivo (del acervo más nuevo), congelado (de su versión) y fragmento para incrustarla."""

from __future__ import annotations

import html
from typing import Final
from urllib.parse import quote

import streamlit as st

from atalaya.idiomas import tr
from atalaya.interfaz import datos

ACERVO: Final = "acervo"
"""La clave de la dirección que fija la versión."""
_LLANOS: Final = "|,:/"
ALTO: Final = 760


def direccion(acervo: str | None = None) -> str:
    """La dirección de la página con los filtros de esta corrida; `acervo`: la versión que fija, vacía si ninguna.

    Sin decirlo, queda como esté en la barra.
    """
    base = (st.context.url or "").partition("?")[0]
    pares = [(k, v) for k in st.query_params for v in st.query_params.get_all(k)]
    if acervo is not None:
        pares = [(k, v) for k, v in pares if k != ACERVO] + ([(ACERVO, acervo)] if acervo else [])
    consulta = "&".join(f"{quote(k, safe=_LLANOS)}={quote(v, safe=_LLANOS)}" for k, v in pares)
    return f"{base}?{consulta}" if consulta else base


def fragmento(enlace: str, titulo: str) -> str:
    """El `<iframe>` listo para pegar en otro sitio."""
    incrustado = f"{enlace}{'&' if '?' in enlace else '?'}embed=true"
    return (
        f'<iframe src="{html.escape(incrustado)}" title="{html.escape(titulo)}" width="100%" height="{ALTO}" '
        'style="border:0" loading="lazy" referrerpolicy="no-referrer"></iframe>'
    )


def boton(titulo: str) -> None:
    """El botón «Compartir», con los dos enlaces y el fragmento, cada uno con su copiar."""
    version = datos.version()
    with st.popover(tr("Compartir"), icon=":material/link:"):
        st.markdown(tr("**Enlace vivo**: cuando haya un acervo más nuevo, lo enseñará."))
        st.code(direccion(""), language=None, wrap_lines=True)
        st.markdown(tr("**Enlace congelado**: siempre el acervo {version}, con las cifras de hoy.", version=version))
        st.code(direccion(version), language=None, wrap_lines=True)
        st.markdown(tr("**Incrustar** en otro sitio (con el enlace vivo):"))
        st.code(fragmento(direccion(""), titulo), language=None, wrap_lines=True)
