"""La vista del mapa: el país, un recuadro ampliado, la leyenda y la tabla."""

from __future__ import annotations

import html
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from atalaya import catalogo, periodos
from atalaya.figuras import mapa, plantilla, tema
from atalaya.figuras.plantilla import Figura
from atalaya.fuentes import limites
from atalaya.informes.imagen import ANCHO
from atalaya.informes.vista import Vista
from atalaya.interfaz import bloque, datos

RECUADROS: Final = {"valle_mexico": "Valle de México", "guadalajara": "Guadalajara", "monterrey": "Monterrey"}
ALTO: Final = 470


def mostrar(tabla: pd.DataFrame, ciudades: list[str], indicador: str, periodo: str, recuadro: str) -> Vista:
    """Dibuja los dos encuadres, la leyenda y la tabla, y devuelve la vista para descargar."""
    titulo = f"{catalogo.indicador(indicador).nombre}, {periodos.nombre_mes(periodo)}"
    cortes = mapa.cortes_de(tabla["valor_pct"])
    sentido = catalogo.indicador(indicador).sentido
    del_recuadro = _del_recuadro(tabla, recuadro)
    st.subheader(titulo, anchor=False)
    izquierda, derecha = st.columns([5, 3], gap="medium")
    clave = ("mapa", indicador, periodo, tuple(sorted(ciudades)))
    for columna, encuadre, filas, rotulo in (
        (izquierda, "nacional", tabla, "México"),
        (derecha, recuadro, del_recuadro, RECUADROS[recuadro]),
    ):
        with columna:
            st.markdown(f"**{rotulo}**")
            bloque.figura(
                (*clave, encuadre),
                partial(_panel, filas, encuadre, cortes, sentido, ciudades),
                mapa.describir(filas, f"{titulo}, {rotulo}", cortes, ciudades),
            )
    st.html(_leyenda(tabla, cortes, sentido))
    with st.expander("El mapa como tabla", icon=":material/table_rows:"):
        ordenada = tabla.sort_values(["valor_pct", "nombre"], ascending=[False, True], na_position="last")
        bloque.tabla(bloque.cifras(ordenada, "Área urbana"), titulo)
    return Vista(
        archivo=f"atalaya_mapa_{indicador}_{periodo}",
        titulo=titulo,
        subtitulo="Se pinta el municipio entero; la encuesta cubre su zona urbana. "
        "Límites: INEGI, Marco Geoestadístico.",
        tabla=tabla,
        figura=lambda: _para_llevar(tabla, del_recuadro, cortes, sentido, ciudades, recuadro),
        alternativo=mapa.describir(tabla, titulo, cortes, ciudades),
        enlace=bloque.enlace_actual(),
        version=datos.version(),
    )


def _panel(filas: pd.DataFrame, encuadre: str, cortes: list[float], sentido: str, ciudades: list[str]) -> Figura:
    return mapa.panel(filas, _caja(encuadre), cortes, sentido, ciudades, bloque.modo(), "container", ALTO)


def _caja(encuadre: str) -> list[float]:
    return list(datos.topologia()["encuadres"][encuadre])


def _del_recuadro(tabla: pd.DataFrame, recuadro: str) -> pd.DataFrame:
    return tabla[tabla["lugar"].isin(limites.RECUADROS[recuadro])]


def _para_llevar(
    tabla: pd.DataFrame,
    del_recuadro: pd.DataFrame,
    cortes: list[float],
    sentido: str,
    ciudades: list[str],
    recuadro: str,
) -> Figura:
    grande = mapa.panel(tabla, _caja("nacional"), cortes, sentido, ciudades, "claro", ANCHO - 330, 430)
    chico = mapa.panel(del_recuadro, _caja(recuadro), cortes, sentido, ciudades, "claro", 290, 430)
    mapas = plantilla.juntar("hconcat", [grande, chico.con(title=RECUADROS[recuadro])], 16)
    leyenda = mapa.leyenda_dibujada(tabla, cortes, sentido, "claro", ANCHO - 20)
    return plantilla.juntar("vconcat", [mapas, leyenda], 10)


def _leyenda(tabla: pd.DataFrame, cortes: list[float], sentido: str) -> str:
    """La leyenda en HTML: se acomoda a cualquier ancho y la leen los lectores de pantalla."""
    p = tema.paleta(bloque.modo())
    colores = mapa.rampa(p, sentido)
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
    partes.append(f"<li><span style='border:3px solid {p.acento}'></span>elegida</li>")
    return f"<ul class='leyenda' aria-label='Leyenda del mapa: clase y número de áreas'>{''.join(partes)}</ul>"
