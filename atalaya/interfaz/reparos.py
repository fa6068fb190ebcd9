"""Lo que el menú y los campos de Streamlit no dejan usar a todos, reparado al servir sus guiones.

Sólo lo que axe-core señala como grave o el teclado no alcanza y ningún ajuste de Streamlit cambia. Como los textos
(`idioma`): si una versión nueva de Streamlit escribe distinto, nada se rompe y una prueba dice qué reparo ya no entra.
"""

from __future__ import annotations

from typing import Final

REPAROS: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "index": (
        # Las secciones del menú eran <div> dentro de un <ul>, con los <li> sueltos: ningún lector contaba la lista.
        # Y su título, que pliega la sección, no se alcanzaba con el teclado.
        (
            'o(YC,{children:[e&&o(KC,{"data-testid":`stNavSectionHeader`,',
            'o(YC,{as:`li`,children:[e&&o(KC,{as:`button`,type:`button`,"aria-expanded":!!n,'
            '"data-testid":`stNavSectionHeader`,',
        ),
        (
            "size:`lg`})})]}),n&&t]}),Yw=",
            "size:`lg`})})]}),n&&c(`ul`,{children:t})]}),Yw=",
        ),
    ),
    # La caja donde se sueltan archivos se decía de adorno (role=presentation) y a la vez llevaba nombre.
    "FileUploader": (
        ('isDragActive:p,"aria-label":c,"aria-disabled":s,', 'isDragActive:p,role:`group`,"aria-label":c,'),
    ),
}
"""De cada guion (por el principio de su nombre): lo que escribe y lo que debe escribir."""
