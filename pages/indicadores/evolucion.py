"""Evolución: cómo cambian en el tiempo las cifras de varios lugares; un hueco se ve como hueco."""

import streamlit as st

from atalaya.idiomas import tr
from atalaya.interfaz import avisos, bloque, datos, filtros, frontera, precision
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.vistas import evolucion

bloque.encabezado(tr("Evolución"), tr("Periodo a periodo. Donde no hay cifra no hay línea, y se dice por qué."))

enlace = Enlace()
indicadores = filtros.indicadores(enlace, filtros.BASICOS[-1:], frontera=True)
columnas = st.columns([5, 2, 2])
with columnas[0]:
    lugares = filtros.ciudades(enlace, datos.EVOLUCION, tr("Lugares"), evolucion.MAXIMO, frontera=True)
desde, hasta = filtros.intervalo(enlace, columnas[1:], indicadores, frontera=True)
columnas = st.columns([2, 3])
with columnas[0]:
    forma = filtros.opcion(enlace, "forma", tr("Cuadros"), evolucion.FORMAS, "juntas")
with columnas[1]:
    regla = precision.elegir(enlace)
enlace.escribir()
avisos.de_enlace(enlace)
avisos.exigir(lugares and indicadores, tr("Falta elegir."), tr("Elija al menos un lugar y un indicador arriba."))

cruces = frontera.de_un_intervalo(indicadores, lugares, desde, hasta)
tabla = frontera.tabla(cruces, regla)
vista = evolucion.mostrar(tabla, cruces, desde, hasta, forma)
avisos.rupturas(cruces, desde, hasta)
avisos.ausencias(tabla)
bloque.descargas(vista)
bloque.ficha(tabla)
