"""Comparar: varios lugares, uno o más indicadores, un periodo; también a los dos lados de la frontera."""

import streamlit as st

from atalaya.idiomas import tr
from atalaya.interfaz import avisos, bloque, filtros, frontera, precision
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.vistas import comparar

bloque.encabezado(
    tr("Comparar lugares"),
    tr(
        "Las mismas preguntas, en el mismo periodo, lugar por lugar. Entre México y Chile las encuestas son distintas: "
        "cada par dice cuánto se puede comparar."
    ),
)

enlace = Enlace()
indicadores = filtros.indicadores(enlace, comparar.INDICADORES, frontera=True)
columnas = st.columns([6, 2, 3])
with columnas[0]:
    lugares = filtros.ciudades(enlace, comparar.CIUDADES, tr("Lugares"), frontera=True)
with columnas[1]:
    periodo = filtros.trimestre(enlace, indicadores, frontera=True)
with columnas[2]:
    regla = precision.elegir(enlace)
enlace.escribir()
avisos.de_enlace(enlace)
avisos.exigir(lugares and indicadores, tr("Falta elegir."), tr("Elija al menos un lugar y un indicador arriba."))

cruces = frontera.de_un_periodo(indicadores, lugares, periodo)
avisos.de_otro_periodo(cruces, periodo)
tabla = frontera.tabla(cruces, regla)
vista = comparar.mostrar(tabla, cruces, periodo)
avisos.ausencias(tabla)
bloque.descargas(vista)
bloque.ficha(tabla)
