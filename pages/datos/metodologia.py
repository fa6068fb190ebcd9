"""Metodología: escrita por el catálogo y por las cabeceras de las consultas; no puede quedarse atrás."""

import streamlit as st

from atalaya.idiomas import tr
from atalaya.interfaz import avisos, bloque, filtros
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.vistas import metodologia

bloque.encabezado(
    tr("Metodología"),
    tr("Esta página se escribe sola con el catálogo y con las cabeceras de las consultas que corren en las demás."),
)
metodologia.fuentes()
metodologia.precision()
metodologia.tasas()
metodologia.ausencias()
metodologia.rupturas()

st.header(tr("El método, consulta por consulta"), anchor=False)
consultas = metodologia.consultas()
metodologia.indice(consultas)
enlace = Enlace()
nombre = filtros.de_lista(enlace, "consulta", tr("Consulta"), list(consultas), "mostrar/consultar")
enlace.escribir()
avisos.de_enlace(enlace)
metodologia.consulta(consultas[nombre])
