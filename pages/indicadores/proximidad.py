"""Proximidad: la policía municipal según quien vive ahí, y si más cercanía va con más confianza y menos inseguridad."""

import streamlit as st

from atalaya.idiomas import tr
from atalaya.interfaz import avisos, bloque, datos, filtros
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.vistas import policias, proximidad, tesis

bloque.encabezado(
    tr("Proximidad"),
    tr(
        "La policía más cercana a la gente: si se le identifica, si sirve y si da confianza. Y una prueba de la "
        "tesis del "
        "seminario Peñalolén–Nezahualcóyotl: «más cercanía, más confianza, menos percepción de inseguridad»."
    ),
)

enlace = Enlace()
columnas = st.columns([3, 3, 5])
with columnas[0]:
    ciudad = filtros.ciudad(enlace)
with columnas[1]:
    periodo = filtros.trimestre(enlace, proximidad.DE_LA_POLICIA)
with columnas[2]:
    par = filtros.de_opciones(enlace, "par", tr("Par de la dispersión"), tesis.pares(), tesis.PAR)
puntos = filtros.opcion(enlace, "puntos", tr("Cada ciudad, con"), tesis.PUNTOS, "promedio")
enlace.escribir()
avisos.de_enlace(enlace)

panorama = datos.correr("panorama", indicadores=tesis.INDICADORES, periodo=periodo, desglose="total")
propia = datos.correr(
    "consultar",
    indicadores=proximidad.DE_LA_POLICIA,
    lugares=[ciudad, datos.NACIONAL],
    periodos=[periodo],
    desgloses=["total"],
)
panel = datos.correr("panel", indicadores=tesis.INDICADORES, desglose="total")
prueba = tesis.armar(panel, par, ciudad, periodo, puntos)
proximidad.policia(panorama, propia, ciudad, periodo)
avisos.ausencias(propia)
policias.mostrar(policias.contar(), ciudad)
tesis.mostrar(prueba)
tesis.limites(prueba)
bloque.descargas(proximidad.vista(panorama, prueba, periodo))
bloque.ficha(panorama)
