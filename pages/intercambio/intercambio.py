"""Intercambio: qué práctica pasó de quién a quién, qué se aprendió y cómo se cuenta una experiencia."""

import streamlit as st

from atalaya.idiomas import tr
from atalaya.interfaz import avisos, bloque, filtros, seguido
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.vistas import cotejos, experiencias, intercambio

bloque.encabezado(
    tr("Intercambio"),
    tr(
        "¿Qué práctica pasó de quién a quién, y sirvió? Transferencias, convenios, modelos y experiencias, con las "
        "palabras de su documento."
    ),
)
aviso = st.container()
enlace = Enlace()
tablas = intercambio.consultar()
elegida = ""
ver = filtros.opcion(enlace, "ver", tr("Ver"), intercambio.VER, "todo")
if ver in ("todo", "transferencias"):
    intercambio.transferencias(tablas["transferencias_vistas"])
if ver in ("todo", "convenios"):
    intercambio.convenios(tablas["convenios_vistos"], tablas["pasantias_vistas"])
if ver in ("todo", "modelos"):
    intercambio.modelos(tablas["modelos_vistos"], tablas["componentes_vistos"], tablas["lecciones_vistas"])
if ver in ("todo", "experiencias"):
    st.header(tr("Experiencias"), anchor=False)
    fichas = experiencias.filtrar(enlace, tablas["casillas"])
    elegida = experiencias.elegir(enlace, fichas)
    experiencias.mostrar(fichas, elegida, tablas)
enlace.escribir()
with aviso:
    avisos.de_enlace(enlace)

if ver != "experiencias":
    cotejos.mostrar("intercambio", {*tablas["modelos_vistos"]["modelo"], *tablas["pasantias_vistas"]["pasantia"]})
legajo = intercambio.legajo(tablas, ver, elegida)
seguido.descargas(legajo)
seguido.procedencia(legajo.tablas)
