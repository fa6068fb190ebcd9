"""Ficha: un municipio o comuna en una página, de los dos países, con el error de cada cifra."""

from atalaya.idiomas import tr
from atalaya.interfaz import avisos, bloque, datos_ficha
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.vistas import ficha

bloque.encabezado(
    tr("Ficha de un lugar"),
    tr("Lo que se sabe de un municipio o una comuna, cada cifra con su error; lo que no se sabe, dicho."),
)

enlace = Enlace()
lugar = ficha.elegir(enlace)
enlace.escribir()
avisos.de_enlace(enlace)

armada = datos_ficha.armar(lugar)
vista = ficha.mostrar(armada)
if len(vista.tabla):
    bloque.descargas(vista, ficha.formatos(armada))
ficha.fichas(armada)
