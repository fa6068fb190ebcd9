"""Compromisos: cómo va lo que un gobierno prometió, quién va tarde y dónde no dicen lo mismo las dos voces."""

import streamlit as st

from atalaya.idiomas import tr
from atalaya.interfaz import avisos, bloque, ligados, seguido, seguimiento
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.vistas import cocreacion, compromiso, compromisos, cotejos

bloque.encabezado(
    tr("Compromisos"),
    tr(
        "¿Se está cumpliendo lo que se prometió? Lo que cada gobierno reporta de sí mismo, lo que dice quien lo "
        "califica "
        "por fuera, y si el resultado se movió."
    ),
)

enlace = Enlace()
hoy = compromisos.fecha(enlace)
todos = seguimiento.correr("compromisos_vistos", hoy=hoy)
planes = seguimiento.correr("planes_vistos")
responsables = seguimiento.correr("responsables_vistos")
resultados = ligados.de("compromisos")
compromisos.exigir(todos)
visibles, suyos = compromisos.filtrar(enlace, todos, planes, responsables)
panorama = st.container()
elegido = compromiso.elegir(enlace, visibles)
detalle = st.container()
origen = cocreacion.consultar()
proceso = cocreacion.elegir(enlace, origen)
enlace.escribir()

with panorama:
    avisos.de_enlace(enlace)
    avisos.exigir(
        len(suyos), tr("Ningún compromiso con esos filtros."), tr("Quite uno: plan, tema, estado o búsqueda.")
    )
    legajo = compromisos.mostrar(visibles, todos, suyos, responsables, resultados, hoy)
with detalle:
    tablas = compromiso.mostrar(elegido, responsables, resultados, hoy)
cocreacion.mostrar(origen, proceso)
cotejos.mostrar("compromisos", set(visibles["plan"]))
seguido.descargas(legajo)
seguido.procedencia({**legajo.tablas, **tablas, **origen})
