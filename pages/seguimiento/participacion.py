"""Participación: hasta dónde han llegado los procesos en que la gente decide, y qué se cumplió."""

from atalaya.idiomas import tr
from atalaya.interfaz import avisos, bloque, seguido, seguimiento
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.vistas import cotejos, participacion

bloque.encabezado(
    tr("Participación"),
    tr(
        "¿Hasta dónde ha llegado cada proceso en que la gente decide? Lo que cada documento cuenta, con sus "
        "palabras; lo "
        "que no dice, dicho."
    ),
)
todos = seguimiento.correr("procesos")
avisos.exigir(len(todos), tr("La tabla de procesos está vacía."), tr("Llénela en datos/gobierno_abierto/procesos.csv."))

enlace = Enlace()
procesos = participacion.filtrar(enlace, todos)
enlace.escribir()
avisos.de_enlace(enlace)
avisos.exigir(len(procesos), tr("Ningún proceso con esos filtros."), tr("Quite uno: lugar, clase o proceso."))

tablas = participacion.consultar(procesos)
legajo = participacion.mostrar(procesos, tablas)
cotejos.mostrar("participacion", set(procesos["proceso"]))
seguido.descargas(legajo)
seguido.procedencia(legajo.tablas)
