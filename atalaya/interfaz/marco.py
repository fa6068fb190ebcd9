"""El marco de toda página: título de la ventana, marca, estilo y menú por secciones."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from atalaya.errores import ErrorAtalaya
from atalaya.idiomas import anotado, tr
from atalaya.interfaz import avisos, congelado, idioma, incrustada, rastro

CARPETA: Final = Path(__file__).resolve().parent
MARCA: Final = CARPETA / "marca.svg"
MENU: Final = {
    anotado("Indicadores"): (
        ("pages/indicadores/inicio.py", anotado("Inicio"), ":material/home:", "inicio"),
        ("pages/indicadores/buscar.py", anotado("Buscar"), ":material/search:", "buscar"),
        ("pages/indicadores/ficha.py", anotado("Ficha"), ":material/badge:", "ficha"),
        ("pages/indicadores/comparar.py", anotado("Comparar"), ":material/scatter_plot:", "comparar"),
        ("pages/indicadores/evolucion.py", anotado("Evolución"), ":material/show_chart:", "evolucion"),
        (
            "pages/indicadores/clasificacion.py",
            anotado("Clasificación"),
            ":material/format_list_numbered:",
            "clasificacion",
        ),
        ("pages/indicadores/incidencia.py", anotado("Incidencia"), ":material/gavel:", "incidencia"),
        (
            "pages/indicadores/percepcion_y_registro.py",
            anotado("Percepción y registro"),
            ":material/compare:",
            "percepcion_y_registro",
        ),
        ("pages/indicadores/mapa.py", anotado("Mapa"), ":material/map:", "mapa"),
        ("pages/indicadores/proximidad.py", anotado("Proximidad"), ":material/handshake:", "proximidad"),
    ),
    anotado("Lo que se sigue"): (
        ("pages/seguimiento/compromisos.py", anotado("Compromisos"), ":material/task_alt:", "compromisos"),
        ("pages/seguimiento/evaluaciones.py", anotado("Evaluaciones"), ":material/rate_review:", "evaluaciones"),
        ("pages/seguimiento/participacion.py", anotado("Participación"), ":material/groups:", "participacion"),
        ("pages/seguimiento/afirmaciones.py", anotado("Afirmaciones"), ":material/format_quote:", "afirmaciones"),
    ),
    anotado("Intercambio"): (
        ("pages/intercambio/intercambio.py", anotado("Intercambio"), ":material/sync_alt:", "intercambio"),
        ("pages/intercambio/presentacion.py", anotado("Presentación"), ":material/slideshow:", "presentacion"),
    ),
    anotado("Datos"): (
        ("pages/datos/datos.py", anotado("Datos"), ":material/database:", "datos"),
        ("pages/datos/cargar.py", anotado("Cargar datos propios"), ":material/upload_file:", "cargar"),
        ("pages/datos/metodologia.py", anotado("Metodología"), ":material/menu_book:", "metodologia"),
    ),
}
"""El menú entero, en su orden: archivo, título, icono y ruta de cada página."""

PAGINAS: Final = {
    seccion: suyas
    for seccion, paginas in MENU.items()
    if (suyas := tuple(una for una in paginas if (CARPETA.parents[1] / una[0]).is_file()))
}
"""Lo del menú que este proyecto trae."""


def registrada(ruta: str) -> bool:
    """Si hay una página con esa ruta: lo demás no se enlaza."""
    return any(una[3] == ruta for paginas in PAGINAS.values() for una in paginas)


def archivo(ruta: str) -> str:
    """El archivo de la página de esa ruta, como lo pide `st.page_link`."""
    return next(una[0] for paginas in MENU.values() for una in paginas if una[3] == ruta)


def correr() -> None:
    """Arma la página pedida y la corre. Un error de los nuestros se enseña con su remedio, sin rastro de pila."""
    idioma.poner()
    # El icono, antes de la navegación: si no, Streamlit pide afuera el de la página.
    st.set_page_config(page_icon=str(MARCA), layout="wide", initial_sidebar_state="auto")
    if not incrustada.es():
        st.logo(str(CARPETA / "marca_nombre.svg"), size="large")
    secciones = {
        tr(seccion): [
            st.Page(archivo, title=tr(titulo), icon=icono, url_path=ruta, default=ruta == "inicio")
            for archivo, titulo, icono, ruta in paginas
        ]
        for seccion, paginas in PAGINAS.items()
    }
    if not incrustada.es():
        idioma.elegir()
    pagina = st.navigation(secciones, position="hidden" if incrustada.es() else "sidebar", expanded=True)
    st.set_page_config(page_title=tr("{titulo} · Atalaya", titulo=pagina.title) if pagina.url_path else tr("Atalaya"))
    try:
        rastro.empezar()
        incrustada.poner(pagina.url_path)
        congelado.poner()
        pagina.run()
    except ErrorAtalaya as falla:
        avisos.falla(falla)
    except Exception as falla:
        avisos.inesperada(falla)
