"""Evolución: cómo cambian en el tiempo las cifras de varias ciudades; un hueco se ve como hueco."""

import streamlit as st

from atalaya.interfaz import avisos, bloque, datos, filtros, precision
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.vistas import evolucion

bloque.encabezado("Evolución", "Trimestre a trimestre. Donde no hay cifra no hay línea, y se dice por qué.")

enlace = Enlace()
indicadores = filtros.indicadores(enlace, filtros.BASICOS[-1:])
columnas = st.columns([5, 2, 2])
with columnas[0]:
    ciudades = filtros.ciudades(enlace, datos.EVOLUCION, maximo=evolucion.MAXIMO)
desde, hasta = filtros.intervalo(enlace, columnas[1:], indicadores)
columnas = st.columns([2, 3])
with columnas[0]:
    forma = filtros.opcion(enlace, "forma", "Cuadros", evolucion.FORMAS, "juntas")
with columnas[1]:
    regla = precision.elegir(enlace)
enlace.escribir()
avisos.de_enlace(enlace)
avisos.exigir(ciudades and indicadores, "Falta elegir.", "Elija al menos una ciudad y un indicador arriba.")

tabla = datos.correr(
    "consultar",
    indicadores=indicadores,
    lugares=[*ciudades, datos.NACIONAL],
    periodos=datos.calendario(desde, hasta),
    desgloses=["total"],
)
tabla = precision.aplicar(tabla, regla)
vista = evolucion.mostrar(tabla, ciudades, indicadores, desde, hasta, forma)
avisos.rupturas(indicadores, ciudades, desde, hasta)
avisos.ausencias(tabla)
bloque.descargas(vista)
bloque.ficha(tabla)
