"""Inicio: qué hay, qué tan fresco, y una ciudad entre las demás de un vistazo."""

import streamlit as st

from atalaya.idiomas import tr
from atalaya.interfaz import avisos, bloque, datos, filtros
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.vistas import buscar, inicio, lo_que_sigue

bloque.encabezado(
    "Atalaya",
    tr(
        "Cifras oficiales de seguridad de las ciudades de México y de las comunas de Chile, con su procedencia y su "
        "precisión a la vista; y lo que un observatorio municipal sigue: compromisos, evaluaciones, participación e "
        "intercambios."
    ),
)
buscar.cuadro()
inicio.frescura(datos.correr("resumen"))

enlace = Enlace()
columnas = st.columns([2, 2, 4])
with columnas[0]:
    ciudad = filtros.ciudad(enlace)
with columnas[1]:
    periodo = filtros.trimestre(enlace, filtros.BASICOS)
enlace.escribir()
avisos.de_enlace(enlace)

indicadores = filtros.basicos()
tabla = datos.correr("panorama", indicadores=indicadores, periodo=periodo, desglose="total")
lugares = {
    clave: datos.correr("clasificar", indicador=clave, periodo=periodo, entre="ciudades", desglose="total")
    for clave in indicadores
}
vista = inicio.mostrar(tabla, lugares, ciudad, periodo)
avisos.cuenta(list(lugares.values()))
avisos.ausencias(tabla[tabla["lugar"] == ciudad])
bloque.descargas(vista)
bloque.ficha(tabla)
inicio.seguir(ciudad, periodo)
lo_que_sigue.mostrar()
