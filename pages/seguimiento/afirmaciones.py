"""Afirmaciones: lo que se da por hecho, comprobado contra las cifras oficiales; y una frase propia."""

import streamlit as st

from atalaya.idiomas import tr
from atalaya.interfaz import avisos, bloque, dichos
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.vistas import afirmaciones, frase_propia

bloque.encabezado(
    tr("Afirmaciones"),
    tr(
        "¿Qué se sostiene de lo que se da por hecho? Cada frase, tal como la dice su documento, frente a la "
        "cifra oficial "
        "con su error."
    ),
)

enlace = Enlace()
respuestas = dichos.todas()
afirmaciones.cuenta(respuestas)
visibles = afirmaciones.filtrar(enlace, respuestas)
lista = st.container()
propia = frase_propia.elegir(enlace)
enlace.escribir()
juntas = afirmaciones.con_propia(visibles, frase_propia.mostrar(propia))

with lista:
    avisos.de_enlace(enlace)
    afirmaciones.mostrar(visibles, len(respuestas))
afirmaciones.en_tabla(juntas)
bloque.descargas(afirmaciones.vista_de(juntas))
bloque.ficha(afirmaciones.tabla_de(juntas))
afirmaciones.regla()
