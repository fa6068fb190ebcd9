"""Mapa de los dos países, por el nivel que se elija; al hacer clic en un lugar se abre su ficha."""

import streamlit as st

from atalaya.idiomas import tr
from atalaya.interfaz import avisos, bloque, datos_mapa, filtros, filtros_mapa
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.vistas import mapa

bloque.encabezado(tr("Mapa"), tr("Cada lugar por su cifra. Haga clic en uno para abrir su ficha."))

enlace = Enlace()
nivel = filtros_mapa.nivel(enlace)
columnas = st.columns([5, 4])
with columnas[0]:
    indicador = filtros_mapa.indicador(enlace, nivel)
with columnas[1]:
    lugares = filtros_mapa.lugares(enlace, nivel)
columnas = st.columns([5, 4], vertical_alignment="center")
with columnas[0]:
    periodo = filtros_mapa.periodo(enlace, nivel, indicador)
recuadros = mapa.recuadros(nivel)
with columnas[1]:
    recuadro = (
        filtros.opcion(enlace, "recuadro", tr("Recuadro"), recuadros, next(iter(recuadros))) if recuadros else None
    )
enlace.escribir()
avisos.de_enlace(enlace)

tabla = datos_mapa.tabla(nivel, indicador, periodo)
vista = mapa.mostrar(tabla, nivel, lugares, indicador, periodo, recuadro)
avisos.ausencias(tabla)
bloque.descargas(vista)
bloque.ficha(tabla)
