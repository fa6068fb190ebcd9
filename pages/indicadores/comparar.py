"""Comparar: varias ciudades, uno o más indicadores, un trimestre."""

import streamlit as st

from atalaya.interfaz import avisos, bloque, datos, filtros, precision
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.vistas import comparar

bloque.encabezado("Comparar ciudades", "Las mismas preguntas, en el mismo trimestre, ciudad por ciudad.")

enlace = Enlace()
indicadores = filtros.indicadores(enlace, filtros.BASICOS[-2:])
columnas = st.columns([6, 2, 3])
with columnas[0]:
    ciudades = filtros.ciudades(enlace, comparar.CIUDADES)
with columnas[1]:
    periodo = filtros.trimestre(enlace, indicadores)
with columnas[2]:
    regla = precision.elegir(enlace)
enlace.escribir()
avisos.de_enlace(enlace)
avisos.exigir(ciudades and indicadores, "Falta elegir.", "Elija al menos una ciudad y un indicador arriba.")
indicadores = avisos.de_otro_calendario(indicadores, periodo)
avisos.exigir(indicadores, "Nada de lo elegido se publica en ese periodo.", "Elija otro periodo arriba.")

tabla = datos.correr(
    "consultar", indicadores=indicadores, lugares=[*ciudades, datos.NACIONAL], periodos=[periodo], desgloses=["total"]
)
tabla = precision.aplicar(tabla, regla)
vista = comparar.mostrar(tabla, ciudades, indicadores, periodo)
avisos.ausencias(tabla)
bloque.descargas(vista)
bloque.ficha(tabla)
