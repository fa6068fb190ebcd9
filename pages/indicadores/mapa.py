"""Mapa: los municipios que forman cada área urbana de la encuesta, pintados por su cifra."""

import streamlit as st

from atalaya.interfaz import avisos, bloque, datos, filtros
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.vistas import mapa

bloque.encabezado("Mapa", "Los municipios que forman cada área urbana de la encuesta.")

enlace = Enlace()
columnas = st.columns([5, 4, 2])
with columnas[0]:
    indicador = filtros.indicador(enlace)
with columnas[1]:
    ciudades = filtros.ciudades(enlace, [datos.FOCO], "Áreas marcadas")
with columnas[2]:
    periodo = filtros.trimestre(enlace, [indicador])
recuadro = filtros.opcion(enlace, "recuadro", "Recuadro", mapa.RECUADROS, "valle_mexico")
enlace.escribir()
avisos.de_enlace(enlace)

tabla = datos.correr("mapa", indicador=indicador, periodo=periodo, desglose="total")
vista = mapa.mostrar(tabla, ciudades, indicador, periodo, recuadro)
avisos.ausencias(tabla)
bloque.descargas(vista)
bloque.ficha(tabla)
