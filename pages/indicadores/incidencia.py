"""Incidencia: lo que registran las autoridades, en tasas con su intervalo, por mes y por año, delito por delito."""

from atalaya.idiomas import tr
from atalaya.interfaz import avisos, bloque, conteos, filtros_conteo, frontera
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.vistas import incidencia, revisiones

bloque.encabezado(
    tr("Incidencia"),
    tr(
        "Lo que registran las autoridades, no lo que ocurre: delitos denunciados o conocidos, por cada 100 mil "
        "habitantes."
    ),
)
avisos.exigir(
    conteos.delitos(),
    tr("El acervo no trae conteos de delitos."),
    tr("Incorpore los archivos del SESNSP, del CEAD o de la SPD (docs/acervo.md)."),
)

enlace = Enlace()
pedido = filtros_conteo.pedir(enlace)
enlace.escribir()
avisos.de_enlace(enlace)
avisos.exigir(
    pedido.lugares and pedido.indicadores, tr("Falta elegir."), tr("Elija al menos un lugar y un delito arriba.")
)
pedido = incidencia.con_datos(pedido)
avisos.exigir(
    pedido.indicadores, tr("Nada de lo elegido se puede mostrar así."), tr("Elija otro lugar u otra frecuencia.")
)

tabla = conteos.tabla(pedido)
vista = incidencia.mostrar(tabla, pedido)
avisos.rupturas(frontera.de_conteo(pedido), pedido.desde, pedido.hasta)
revisiones.mostrar(pedido)
bloque.descargas(vista)
bloque.ficha(tabla)
