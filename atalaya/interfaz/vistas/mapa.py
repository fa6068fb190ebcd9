"""La vista del mapa: el país, un recuadro ampliado, la leyenda y la tabla."""

from __future__ import annotations

import html
from typing import Final

import pandas as pd
import streamlit as st

from atalaya import catalogo, periodos
from atalaya.figuras import mapa, plantilla, tema
from atalaya.figuras.plantilla import Figura
from atalaya.fuentes import mapas
from atalaya.informes.imagen import ANCHO
from atalaya.informes.vista import Vista
from atalaya.interfaz import bloque, datos

RECUADROS: Final = {"valle_mexico": "Valle de México", "guadalajara": "Guadalajara", "monterrey": "Monterrey"}
ALTO: Final = 480


def mostrar(tabla: pd.DataFrame, ciudades: list[str], indicador: str, periodo: str, recuadro: str) -> Vista:
    """Dibuja los dos encuadres, la leyenda y la tabla, y devuelve la vista para descargar."""
    titulo = f"{catalogo.indicador(indicador).nombre}, {periodos.nombre_mes(periodo)}"
    clave = ("mapa", tuple(sorted(ciudades)), recuadro, bloque.modo())
    st.subheader(titulo, anchor=False)
    dibujos = datos.recordar(tabla, clave, lambda: _dibujos(tabla, ciudades, indicador, titulo, recuadro))
    for columna, rotulo, dibujo in zip(
        st.columns([7, 3], gap="medium"), ("México", RECUADROS[recuadro]), dibujos, strict=True
    ):
        with columna:
            st.markdown(f"**{rotulo}**")
            bloque.pintar(dibujo)
    st.html(datos.recordar(tabla, ("leyenda", bloque.modo()), lambda: _leyenda(tabla, indicador)))
    with st.expander("El mapa como tabla", icon=":material/table_rows:"):
        bloque.tabla(datos.recordar(tabla, "tabla", lambda: _en_tabla(tabla)), titulo)
    return Vista(
        archivo=f"atalaya_mapa_{indicador}_{periodo}",
        titulo=titulo,
        subtitulo="Se pinta el municipio entero; la encuesta cubre su zona urbana. "
        "Límites: INEGI, Marco Geoestadístico.",
        tabla=tabla,
        figura=lambda: _para_llevar(tabla, indicador, ciudades, recuadro),
        alternativo=lambda: mapa.describir(tabla, titulo, mapa.cortes_de(tabla["valor_pct"]), ciudades),
        enlace=bloque.enlace_actual(),
        version=datos.version(),
    )


def _dibujos(
    tabla: pd.DataFrame, ciudades: list[str], indicador: str, titulo: str, recuadro: str
) -> list[bloque.Dibujo]:
    cortes, sentido = mapa.cortes_de(tabla["valor_pct"]), catalogo.indicador(indicador).sentido
    return [
        bloque.preparar(
            mapa.panel(filas, _caja(encuadre), cortes, sentido, ciudades, bloque.modo(), "container", ALTO),
            mapa.describir(filas, f"{titulo}, {rotulo}", cortes, ciudades),
        )
        for filas, encuadre, rotulo in (
            (tabla, "nacional", "México"),
            (_del_recuadro(tabla, recuadro), recuadro, RECUADROS[recuadro]),
        )
    ]


def _en_tabla(tabla: pd.DataFrame) -> pd.DataFrame:
    orden = ["valor_pct", "nombre"]
    return bloque.cifras(tabla.sort_values(orden, ascending=[False, True], na_position="last"), "Área urbana")


def _caja(encuadre: str) -> list[float]:
    return list(datos.topologia()["encuadres"][encuadre])


def _del_recuadro(tabla: pd.DataFrame, recuadro: str) -> pd.DataFrame:
    return tabla[tabla["lugar"].isin(mapas.AREAS[recuadro])]


def _para_llevar(tabla: pd.DataFrame, indicador: str, ciudades: list[str], recuadro: str) -> Figura:
    cortes, sentido = mapa.cortes_de(tabla["valor_pct"]), catalogo.indicador(indicador).sentido
    grande = mapa.panel(tabla, _caja("nacional"), cortes, sentido, ciudades, "claro", ANCHO - 330, 430)
    chico = mapa.panel(_del_recuadro(tabla, recuadro), _caja(recuadro), cortes, sentido, ciudades, "claro", 290, 430)
    mapas = plantilla.juntar("hconcat", [grande, chico.con(title=RECUADROS[recuadro])], 16)
    leyenda = mapa.leyenda_dibujada(tabla, cortes, sentido, "claro", ANCHO - 20)
    return plantilla.juntar("vconcat", [mapas, leyenda], 10)


def _leyenda(tabla: pd.DataFrame, indicador: str) -> str:
    """La leyenda en HTML: se acomoda a cualquier ancho y la leen los lectores de pantalla."""
    p = tema.paleta(bloque.modo())
    cortes, colores = mapa.cortes_de(tabla["valor_pct"]), mapa.rampa(p, catalogo.indicador(indicador).sentido)
    trama = f"repeating-linear-gradient(45deg,{p.sin_cifra} 0 5px,{p.contorno} 5px 7px)"
    muestras = {
        "no_aplica": f"background:{trama};border:1px solid {p.contorno}",
        "no_levantado": f"background:{p.neutro}59;border:1px dashed {p.contorno}",
        "sin_dato": f"background:{p.sin_cifra};border:2px solid {p.contorno}",
    }
    partes = []
    for clase, rotulo, cuantas in mapa.leyenda(tabla, cortes):
        estilo = muestras.get(clase) or f"background:{colores[int(clase)]};border:1px solid {p.contorno}"
        partes.append(f"<li><span style='{estilo}'></span>{html.escape(rotulo)} <small>({cuantas})</small></li>")
    partes.append(f"<li><span style='border:3px solid {p.texto}'></span>{mapa.ELEGIDA}</li>")
    if mapa.hay_dudosas(tabla):
        partes.append(f"<li><span style='border:2px dotted {p.texto}'></span>{mapa.DUDOSA}</li>")
    return f"<ul class='leyenda' aria-label='Leyenda del mapa: clase y número de áreas'>{''.join(partes)}</ul>"
