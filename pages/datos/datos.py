"""Datos: qué hay, buscarlo, llevárselo con su cita, y de qué archivos oficiales salió."""

import streamlit as st

from atalaya.interfaz import avisos, bloque, datos, filtros
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.vistas import catalogo

bloque.encabezado("Datos", "Todo lo que trae el acervo, para buscarlo, entenderlo y llevárselo.")

enlace = Enlace()
columnas = st.columns([2, 5])
with columnas[0]:
    que = filtros.opcion(enlace, "que", "Buscar en", catalogo.QUE, "indicadores")
with columnas[1]:
    buscado = filtros.busqueda(enlace, "Buscar (con o sin acentos)", "policia, cajero, tláhuac…")
hallados = catalogo.indicadores(buscado) if que == "indicadores" else catalogo.lugares(buscado)
if not hallados:
    avisos.vacio(f"Nada se llama «{buscado}».", "Pruebe con menos palabras o con otra: «robo», «alumbrado», «15058».")
elif que == "lugares":
    catalogo.tabla_lugares(hallados)
else:
    catalogo.tabla_indicadores(hallados)

clave = filtros.de_todos(enlace, hallados if que == "indicadores" else [])
enlace.escribir()
avisos.de_enlace(enlace)
catalogo.indicador(clave, datos.correr("indicador_entero", indicador=clave))
catalogo.manifiesto(datos.acervo())
