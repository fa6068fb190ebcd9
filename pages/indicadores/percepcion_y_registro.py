"""Percepción y registro: lo que la gente dice junto a lo que la autoridad registra, cada cosa en su eje."""

from atalaya.idiomas import tr
from atalaya.interfaz import avisos, bloque, filtros_contraste
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.vistas import percepcion_y_registro

bloque.encabezado(
    tr("Percepción y registro"),
    tr(
        "Lo que la gente dice en una encuesta y lo que la autoridad registra, en los mismos años y cada cosa en "
        "su eje. No "
        "miden lo mismo: que no coincidan no quiere decir que una esté mal."
    ),
)

enlace = Enlace()
pedido = filtros_contraste.pedir(enlace)
enlace.escribir()
avisos.de_enlace(enlace)
avisos.exigir(pedido.dice or pedido.registra, tr("Falta elegir."), tr("Elija arriba qué se dice o qué se registra."))

tablas = percepcion_y_registro.consultar(pedido)
avisos.exigir(len(tablas.clave), tr("Nada de lo elegido tiene cifra en esos años."), tr("Elija otros años arriba."))
vista = percepcion_y_registro.mostrar(pedido, tablas)
percepcion_y_registro.ausencias(pedido, tablas)
bloque.descargas(vista)
percepcion_y_registro.fichas(tablas)
