"""La página dentro de otro sitio (`?embed=true`): sólo la vista y su fuente, con el enlace para abrirla entera."""

from __future__ import annotations

import html
from typing import Final

import streamlit as st

from atalaya.idiomas import tr
from atalaya.interfaz import compartir

FUERA: Final = ("cargar", "presentacion", "buscar")
"""Las páginas que no se incrustan: reciben archivos o llevan a otras."""
_DE_ELEGIR: Final = ".stSelectbox,.stMultiSelect,.stTextInput,.stButtonGroup,.stForm,.stPageLink,.stButton"
_DE_VER: Final = ".stVegaLiteChart,.stTable,.stHtml,.stMarkdown,.stSlider,.stSelectSlider"
_ESTILO: Final = f"""<style>
[data-testid=stSidebar],[data-testid=stSidebarCollapsedControl],[data-testid=stExpandSidebarButton]{{display:none}}
[data-testid=stElementContainer]:has(> :is({_DE_ELEGIR})){{display:none}}
[data-testid=stHorizontalBlock]:has({_DE_ELEGIR}):not(:has({_DE_VER})){{display:none}}
.stMainBlockContainer{{padding:.75rem 1rem}}
.stMainBlockContainer h1{{font-size:1.3rem;padding:0}}
</style>"""


def es() -> bool:
    """Si la página se está viendo dentro de otra."""
    return bool(st.context.is_embedded)


def poner(ruta: str) -> None:
    """Quita lo que sólo sirve en el tablero; la que no se incrusta lo dice y termina ahí."""
    if not es():
        return
    st.html(_ESTILO)
    if ruta in FUERA:
        st.title("Atalaya", anchor=False)
        st.info(tr("**Esta página no se incrusta en otro sitio.**"), icon=":material/frame_bug:")
        _abrir(tr("Abrirla en el tablero"))
        st.stop()


def pie(fuente: str) -> None:
    """La fuente de lo que se ve y el enlace que lo abre entero, con su ficha y sus descargas."""
    st.html(f"<p class='pie_incrustado'>{html.escape(fuente)}</p>")
    _abrir(tr("Ver en Atalaya, con su ficha, su método y sus descargas"))


def _abrir(rotulo: str) -> None:
    destino = html.escape(compartir.direccion())
    st.html(f"<p><a href='{destino}' target='_blank' rel='noopener'>{html.escape(rotulo)}</a></p>")
