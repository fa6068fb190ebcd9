"""Datos: qué hay, buscarlo, llevárselo con su cita, y de qué archivos oficiales salió."""

import streamlit as st

from atalaya.idiomas import tr
from atalaya.interfaz import avisos, bloque, datos, filtros
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.vistas import catalogo

bloque.encabezado(tr("Datos"), tr("Todo lo que trae el acervo, para buscarlo, entenderlo y llevárselo."))

enlace = Enlace()
columnas = st.columns([2, 5])
with columnas[0]:
    que = filtros.opcion(enlace, "que", tr("Buscar en"), catalogo.QUE, "indicadores")
with columnas[1]:
    buscado = filtros.busqueda(
        enlace,
        tr("Buscar (con o sin acentos)"),
        tr("policia, cajero…") if que == "indicadores" else tr("tlahuac, 15058…"),
    )
hallados = catalogo.indicadores(buscado) if que == "indicadores" else catalogo.lugares(buscado)
if not hallados:
    otro, cuantos = catalogo.en_lo_otro(que, buscado)
    if cuantos:
        avisos.vacio(
            tr(
                "Nada se llama «{buscado}» aquí, pero sí en {que}: {cuantos}.",
                buscado=buscado,
                que=catalogo.QUE[otro].lower(),
                cuantos=cuantos,
            ),
            "",
        )
        st.page_link(
            "pages/datos/datos.py",
            label=tr("Ver «{buscado}» en {que}", buscado=buscado, que=catalogo.QUE[otro].lower()),
            icon=":material/search:",
            query_params={"que": otro, "buscar": buscado},
        )
    else:
        ejemplos = tr("«robo», «alumbrado», «cajero»") if que == "indicadores" else tr("«tlahuac», «neza», «15058»")
        avisos.vacio(
            tr("Nada se llama «{buscado}».", buscado=buscado),
            tr("Pruebe con menos palabras o con otra: {ejemplos}.", ejemplos=ejemplos),
        )
elif que == "lugares":
    catalogo.tabla_lugares(hallados)
else:
    catalogo.tabla_indicadores(hallados)

clave = filtros.de_todos(enlace, hallados if que == "indicadores" else [], catalogo.todos())
enlace.escribir()
avisos.de_enlace(enlace)
catalogo.indicador(clave, catalogo.cifras(clave))
catalogo.manifiesto(datos.acervo())
