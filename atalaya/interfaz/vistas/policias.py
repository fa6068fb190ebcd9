"""Cuántos policías municipales hay por cada mil habitantes: los municipios de los que se sabe, y la ciudad elegida."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from atalaya import catalogo
from atalaya.catalogo.registros import proyecciones
from atalaya.estadistica.conteos import por_mil
from atalaya.figuras import textos
from atalaya.idiomas import tr
from atalaya.interfaz import bloque, datos

INDICADOR: Final = "policias_municipales"
DESDE: Final = 2020
"""El primer año con dato: la edición de 2021 del censo de gobiernos da el personal al cierre de 2020."""


def contar() -> pd.DataFrame:
    """El último año con dato de cada municipio de las áreas urbanas: las columnas de `mostrar/conteos` y `por_mil`."""
    anios = [str(anio) for anio in range(DESDE, int(datos.ultimo()[:4]) + 1)]
    municipios = sorted({m for area in datos.areas() for m in catalogo.municipios_de(area)})
    tabla = datos.correr(
        "conteos",
        indicadores=[INDICADOR],
        lugares=municipios,
        periodos=anios,
        desgloses=["total"],
        denominador="proyeccion",
    )
    return datos.recordar(tabla, "policias", lambda: _con_tasa(tabla))


def mostrar(policias: pd.DataFrame, ciudad: str) -> None:
    """La frase de la ciudad, la tabla de los municipios con dato y de dónde sale."""
    st.header(tr("Policías municipales por mil habitantes"), anchor=False)
    st.markdown(frase(policias, ciudad))
    if policias.empty:
        return
    suyos = set(catalogo.municipios_de(ciudad))
    filas = [
        {
            tr("Municipio"): f"**{fila['nombre']}**" if fila["lugar"] in suyos else fila["nombre"],
            tr("Por mil"): f"{fila['por_mil']:.2f}" if pd.notna(fila["por_mil"]) else tr("sin población"),
            tr("Policías"): textos.entero(fila["casos"]),
            tr("Habitantes"): textos.entero(fila["poblacion"]),
            tr("Periodo"): fila["periodo"],
        }
        for fila in policias.to_dict("records")
    ]
    bloque.tabla(pd.DataFrame(filas), tr("Policías municipales por cada mil habitantes"))
    st.caption(nota(policias))


def frase(policias: pd.DataFrame, ciudad: str) -> str:
    """Lo que se sabe de la ciudad; si no se sabe, que no está publicado."""
    nombre, municipios = datos.nombre(ciudad), catalogo.municipios_de(ciudad)
    if policias.empty:
        return tr("**No publicado**: el acervo no trae el personal de las policías municipales (INEGI, CNGMD).")
    suyas = policias[policias["lugar"].isin(municipios) & policias["por_mil"].notna()].to_dict("records")
    if not suyas:
        return tr("**{nombre}**: no publicado; ninguno de los municipios de la tabla es suyo.", nombre=nombre)
    dichas = [
        tr(
            "{por_mil:.2f} por cada mil habitantes al cierre de {periodo} ({casos} policías preventivos)",
            por_mil=fila["por_mil"],
            periodo=fila["periodo"],
            casos=textos.entero(fila["casos"]),
        )
        + (tr(" en el municipio de {nombre}", nombre=fila["nombre"]) if len(municipios) > 1 else "")
        for fila in suyas
    ]
    faltan = len(municipios) - len(suyas)
    resto = tr(
        " De {dicho} no hay dato.",
        dicho=tr("otro municipio suyo") if faltan == 1 else tr("otros {faltan} municipios suyos", faltan=faltan),
    )
    return f"**{nombre}**: {textos.lista(dichas)}." + (resto if faltan else "")


def nota(policias: pd.DataFrame) -> str:
    """De dónde sale, qué cuenta y qué no."""
    fuente = catalogo.fuentes()[catalogo.indicador(INDICADOR).fuente]
    poblaciones = [proyecciones()[clave].nombre for clave in policias["proyeccion"].dropna().unique()]
    citada = (
        tr(" Es una transcripción que no se ha podido rehacer desde la tabla oficial.") if _citada(policias) else ""
    )
    return tr(
        "{productor}, {nombre}. {nota}{citada} Habitantes: {poblaciones}. Con {policias} municipios no se prueba nada.",
        productor=fuente.productor,
        nombre=fuente.nombre,
        nota=catalogo.indicador(INDICADOR).nota,
        citada=citada,
        poblaciones=textos.lista(poblaciones) or tr("sin población"),
        policias=len(policias),
    )


def _con_tasa(tabla: pd.DataFrame) -> pd.DataFrame:
    con_dato = tabla[tabla["estado"] == "dato"].sort_values(["lugar", "periodo"]).drop_duplicates("lugar", keep="last")
    con_dato = con_dato.assign(por_mil=por_mil(con_dato["casos"], con_dato["poblacion"]))
    return con_dato.sort_values("por_mil", ascending=False, na_position="last", ignore_index=True)


def _citada(policias: pd.DataFrame) -> bool:
    return bool((policias["metodo"] == "citada").any())
