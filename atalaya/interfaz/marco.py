"""El marco de toda página: título de la ventana, marca, estilo y menú por secciones."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import streamlit as st

from atalaya.errores import ErrorAtalaya
from atalaya.interfaz import avisos

CARPETA: Final = Path(__file__).resolve().parent
MARCA: Final = CARPETA / "marca.svg"
PAGINAS: Final = {
    "Indicadores": (
        ("pages/indicadores/inicio.py", "Inicio", ":material/home:", "inicio"),
        ("pages/indicadores/ficha.py", "Ficha", ":material/badge:", "ficha"),
        ("pages/indicadores/comparar.py", "Comparar", ":material/scatter_plot:", "comparar"),
        ("pages/indicadores/evolucion.py", "Evolución", ":material/show_chart:", "evolucion"),
        ("pages/indicadores/clasificacion.py", "Clasificación", ":material/format_list_numbered:", "clasificacion"),
        ("pages/indicadores/incidencia.py", "Incidencia", ":material/gavel:", "incidencia"),
        (
            "pages/indicadores/percepcion_y_registro.py",
            "Percepción y registro",
            ":material/compare:",
            "percepcion_y_registro",
        ),
        ("pages/indicadores/mapa.py", "Mapa", ":material/map:", "mapa"),
        ("pages/indicadores/proximidad.py", "Proximidad", ":material/handshake:", "proximidad"),
    ),
    "Datos": (
        ("pages/datos/datos.py", "Datos", ":material/database:", "datos"),
        ("pages/datos/metodologia.py", "Metodología", ":material/menu_book:", "metodologia"),
    ),
}


def correr() -> None:
    """Arma la página pedida y la corre. Un error de los nuestros se enseña con su remedio, sin rastro de pila."""
    # El icono, antes de la navegación: si no, Streamlit pide afuera el de la página.
    st.set_page_config(page_icon=str(MARCA), layout="wide", initial_sidebar_state="auto")
    st.logo(str(CARPETA / "marca_nombre.svg"), size="large")
    secciones = {
        seccion: [
            st.Page(archivo, title=titulo, icon=icono, url_path=ruta, default=ruta == "inicio")
            for archivo, titulo, icono, ruta in paginas
        ]
        for seccion, paginas in PAGINAS.items()
    }
    pagina = st.navigation(secciones)
    st.set_page_config(page_title=f"{pagina.title} · Atalaya" if pagina.url_path else "Atalaya")
    try:
        pagina.run()
    except ErrorAtalaya as falla:
        avisos.falla(falla)
    except Exception as falla:
        avisos.inesperada(falla)
