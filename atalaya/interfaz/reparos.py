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
    # Una tabla más ancha que su caja se desplaza; que también se llegue a ella con el teclado, y sólo entonces.
    "Table": (
        (
            'tabIndex:N||P?0:void 0,role:N||P?`region`:void 0,"aria-label":N||P?`Scrollable table`:void 0,',
            "ref:e=>{if(!e||e.dataset.vigilada)return;e.dataset.vigilada=`si`;let v=new ResizeObserver(()=>{"
            "let d=e.scrollWidth>e.clientWidth+1||e.scrollHeight>e.clientHeight+1,"
            "p={tabindex:`0`,role:`group`,'aria-label':H||`Tabla`};"
            "for(let k in p)d?e.setAttribute(k,p[k]):e.removeAttribute(k)});"
            "v.observe(e);e.firstElementChild&&v.observe(e.firstElementChild)},",
        ),
    ),
}
"""De cada guion (por el principio de su nombre): lo que escribe y lo que debe escribir."""
