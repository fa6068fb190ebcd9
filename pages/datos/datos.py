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
    buscado = filtros.busqueda(
        enlace, "Buscar (con o sin acentos)", "policia, cajero…" if que == "indicadores" else "tlahuac, 15058…"
    )
hallados = catalogo.indicadores(buscado) if que == "indicadores" else catalogo.lugares(buscado)
if not hallados:
    otro, cuantos = catalogo.en_lo_otro(que, buscado)
    if cuantos:
        avisos.vacio(f"Nada se llama «{buscado}» aquí, pero sí en {catalogo.QUE[otro].lower()}: {cuantos}.", "")
        st.page_link(
            "pages/datos/datos.py",
            label=f"Ver «{buscado}» en {catalogo.QUE[otro].lower()}",
            icon=":material/search:",
            query_params={"que": otro, "buscar": buscado},
        )
    else:
        ejemplos = "«robo», «alumbrado», «cajero»" if que == "indicadores" else "«tlahuac», «neza», «15058»"
        avisos.vacio(f"Nada se llama «{buscado}».", f"Pruebe con menos palabras o con otra: {ejemplos}.")
elif que == "lugares":
    catalogo.tabla_lugares(hallados)
else:
    catalogo.tabla_indicadores(hallados)

clave = filtros.de_todos(enlace, hallados if que == "indicadores" else [], catalogo.todos())
enlace.escribir()
avisos.de_enlace(enlace)
catalogo.indicador(clave, catalogo.cifras(clave))
catalogo.manifiesto(datos.acervo())
