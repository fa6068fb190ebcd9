"""Buscar: indicadores, lugares y lo que se sigue, con o sin acentos, cada cosa con el enlace a donde se ve."""

from atalaya.idiomas import tr
from atalaya.interfaz import avisos, bloque
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.vistas import buscar

bloque.encabezado(
    tr("Buscar"),
    tr("En indicadores, lugares, compromisos, afirmaciones, experiencias, procesos y páginas; con o sin acentos."),
)

enlace = Enlace()
buscado = buscar.pedir(enlace)
hallados = buscar.hallar(buscado)
clase = buscar.elegir(enlace, hallados)
enlace.escribir()
avisos.de_enlace(enlace)

buscar.mostrar(hallados, buscado, clase)
