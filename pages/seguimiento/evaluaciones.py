"""Evaluaciones: lo que un observatorio ciudadano recomendó, qué respondió la autoridad y dónde no están de acuerdo."""

from atalaya.idiomas import tr
from atalaya.interfaz import avisos, bloque, seguido, seguimiento
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.vistas import cotejos, evaluaciones, recomendaciones

bloque.encabezado(
    tr("Evaluaciones"),
    tr(
        "Cuando la ciudadanía evalúa un instrumento público: quién lo hizo, en cuánto tiempo, qué recomendó, y "
        "qué dicen "
        "de cada recomendación la autoridad y el observatorio."
    ),
)

enlace = Enlace()
hoy = evaluaciones.fecha(enlace)
todas = seguimiento.correr("evaluaciones_vistas", hoy=hoy)
evaluaciones.exigir(todas)
elegida = evaluaciones.elegir(enlace, todas)
tablas = evaluaciones.consultar(elegida)
suyas = recomendaciones.de(elegida, hoy)
visibles = recomendaciones.filtrar(enlace, suyas)
enlace.escribir()
avisos.de_enlace(enlace)

evaluaciones.mostrar(elegida, tablas, todas)
legajo = recomendaciones.mostrar(elegida, visibles, suyas, {**tablas, "evaluaciones_vistas": todas}, hoy)
evaluaciones.resultado(elegida)
cotejos.mostrar("evaluaciones", [elegida["evaluacion"]])
seguido.descargas(legajo)
seguido.procedencia(legajo.tablas)
