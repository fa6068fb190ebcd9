"""Cargar datos propios: se revisan, sirven sólo en la visita y se ven junto a los de los demás municipios."""

from atalaya.idiomas import tr
from atalaya.interfaz import avisos, bloque
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.vistas import cargar, municipales

bloque.encabezado(
    tr("Cargar datos propios"),
    tr(
        "Suba las tablas de su observatorio como las guarda: se revisan celda por celda, sólo las ve usted, y "
        "enseguida se "
        "comparan con las de los demás."
    ),
)
enlace = Enlace()
cargar.subir()
cargar.lo_suyo()
cargar.tablas_que_se_cargan(enlace)
municipales.mostrar(enlace, municipales.consultar())
avisos.de_enlace(enlace)
