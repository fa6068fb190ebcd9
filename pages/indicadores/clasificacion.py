"""Clasificación: todas las ciudades, las elegidas marcadas y la nacional de referencia."""

import streamlit as st

from atalaya.idiomas import tr
from atalaya.interfaz import avisos, bloque, datos, filtros, precision
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.vistas import clasificacion

bloque.encabezado(tr("Clasificación"), tr("Dónde queda cada ciudad entre todas las que cubre la encuesta."))

enlace = Enlace()
columnas = st.columns([5, 4, 2])
with columnas[0]:
    indicador = filtros.indicador(enlace)
with columnas[1]:
    marcadas = filtros.ciudades(enlace, [datos.FOCO], tr("Ciudades marcadas"))
with columnas[2]:
    periodo = filtros.trimestre(enlace, [indicador])
columnas = st.columns([3, 2])
with columnas[0]:
    entre = filtros.opcion(enlace, "entre", tr("Entre"), clasificacion.ENTRE, "ciudades")
with columnas[1]:
    regla = precision.elegir(enlace)
enlace.escribir()
avisos.de_enlace(enlace)

tabla = datos.correr("clasificar", indicador=indicador, periodo=periodo, entre=entre, desglose="total")
nacional = datos.correr(
    "consultar", indicadores=[indicador], lugares=[datos.NACIONAL], periodos=[periodo], desgloses=["total"]
)
avisos.exigir(
    tabla["posicion"].notna().any(),
    tr("Nadie tiene cifra en esta lista."),
    tr("Elija otro trimestre, otro indicador u otro grupo; las alcaldías, por ejemplo, no tienen policía municipal."),
)
tabla, nacional = clasificacion.con_rangos(precision.aplicar(tabla, regla)), precision.aplicar(nacional, regla)
vista = clasificacion.mostrar(tabla, nacional, marcadas, indicador, periodo, entre)
avisos.cuenta([tabla])
avisos.ausencias(tabla)
avisos.orden(tabla, marcadas)
bloque.descargas(vista)
bloque.ficha(tabla)
