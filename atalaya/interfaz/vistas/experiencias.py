"""Las experiencias como fichas de buena práctica, y cada una en el ciclo de «transparencia inteligente»."""

from __future__ import annotations

import html
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from atalaya.figuras import ciclo, cuentas
from atalaya.idiomas import anotado, tr
from atalaya.interfaz import avisos, bloque, datos, filtros, seguido, seguimiento
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.llano import en_html, llano
from atalaya.interfaz.seguido import TODOS

FILTROS: Final = {
    "tipo": ("tipo de experiencia", anotado("Tipo de experiencia")),
    "objetivo": ("objetivo", anotado("Objetivo")),
    "territorial": ("ámbito territorial", anotado("Ámbito territorial")),
    "tematico": ("ámbito temático", anotado("Ámbito temático")),
}
"""Clave en la URL: apartado de la ficha y rótulo. Cada uno ofrece las opciones que alguien marcó."""


def filtrar(enlace: Enlace, casillas: pd.DataFrame) -> pd.DataFrame:
    """Los filtros por casilla de la ficha; da las experiencias que las tienen marcadas."""
    pedido = {}
    for columna, (clave, (grupo, rotulo)) in zip(st.columns(len(FILTROS)), FILTROS.items(), strict=True):
        marcadas = casillas[(casillas["grupo"] == grupo) & (casillas["marcada"] == "sí")]["opcion"]
        opciones = {TODOS: tr("Todos"), **{str(o): str(o) for o in dict.fromkeys(marcadas)}}
        with columna:
            elegida = filtros.de_opciones(enlace, clave, tr(rotulo), opciones, TODOS)
        pedido[clave] = "" if elegida == TODOS else elegida
    return seguimiento.correr("experiencias_vistas", **pedido)


def elegir(enlace: Enlace, filas: pd.DataFrame) -> str:
    """La experiencia cuyo ciclo se ve en grande; vacía si no hay ninguna."""
    nombres = dict(zip(filas["experiencia"], filas["titulo"], strict=True))
    if not nombres:
        return ""
    return filtros.de_opciones(enlace, "experiencia", tr("Experiencia"), nombres, next(iter(nombres)))


def mostrar(filas: pd.DataFrame, elegida: str, tablas: Mapping[str, pd.DataFrame]) -> None:
    """El ciclo de la elegida, en qué pasos está cada una y la ficha de todas."""
    if filas.empty:
        avisos.vacio(tr("Ninguna experiencia tiene marcadas esas casillas."), tr("Quite un filtro."))
        return
    vistas = tablas["ciclo_visto"][tablas["ciclo_visto"]["experiencia"].isin(filas["experiencia"])]
    suya = vistas[vistas["experiencia"] == elegida]
    titulo = str(suya["titulo"].iloc[0])
    st.markdown(tr("### {nombre}: en el ciclo de «transparencia inteligente»", nombre=llano(titulo)))
    bloque.pintar(bloque.preparar(ciclo.ciclo(suya, bloque.modo()), ciclo.describir(suya, titulo)))
    bloque.tabla(_pasos(suya), tr("Ciclo de transparencia inteligente: {titulo}", titulo=titulo))
    if len(filas) > 1:
        bloque.tabla(_matriz(vistas), tr("Qué pasos del ciclo dice cada experiencia"), con_titulo=True)
    st.markdown(tr("### Fichas de buena práctica"))
    for fila in filas.to_dict("records"):
        _ficha(fila, tablas, abierta=fila["experiencia"] == elegida)


def _ficha(f: dict[Any, Any], tablas: Mapping[str, pd.DataFrame], abierta: bool) -> None:
    """Los datos básicos, las casillas y las respuestas, textuales y en el orden de la ficha."""
    casillas = tablas["casillas"][tablas["casillas"]["experiencia"] == f["experiencia"]]
    respuestas = tablas["respuestas_de_ficha"][tablas["respuestas_de_ficha"]["experiencia"] == f["experiencia"]]
    with st.expander(f"**{llano(f['titulo'])}** · {datos.nombre_entero(f['lugar'])}", expanded=abierta):
        basicos = {
            tr("Institución"): f["institucion"],
            tr("Lugar"): datos.nombre_entero(f["lugar"]),
            tr("Cuándo"): cuentas.lapso(f["inicio"], f["fin"]),
            tr("Distinción"): f["distincion"],
            tr("Objetivos de desarrollo sostenible"): f["ods"],
        }
        st.html(_lista({rotulo: texto for rotulo, texto in basicos.items() if isinstance(texto, str) and texto}))
        seguido.nota(f["nota"])
        if len(casillas):
            st.html("".join(_apartado(str(g), suyas) for g, suyas in casillas.groupby("grupo", sort=False)))
        else:
            st.caption(tr("El documento no trae las casillas de la ficha."))
        for respuesta in respuestas.to_dict("records"):
            st.html(
                f"<section class='respuesta' lang='es'><h4>{html.escape(respuesta['campo'], quote=False)}</h4>"
                f"{en_html(respuesta['texto'])}</section>"
            )


def _apartado(grupo: str, filas: pd.DataFrame) -> str:
    """Un apartado de casillas: marcada o no, en signo y en palabra."""
    renglones = "".join(
        f"<li class='{'marcada' if si else 'libre'}'><span aria-hidden='true'>{'☑' if si else '☐'}</span> "
        f"<span class='oculto'>{tr('marcada') if si else tr('sin marcar')}: </span>"
        f"{html.escape(opcion, quote=False)}</li>"
        for opcion, si in zip(filas["opcion"], filas["marcada"] == "sí", strict=True)
    )
    return (
        f"<section class='casillas' lang='es'><h4>{html.escape(grupo.capitalize())}</h4><ul>{renglones}</ul></section>"
    )


def _lista(renglones: Mapping[str, str]) -> str:
    cuerpo = "".join(f"<dt>{html.escape(r)}</dt><dd>{html.escape(t, quote=False)}</dd>" for r, t in renglones.items())
    return f"<section class='ficha'><dl>{cuerpo}</dl></section>"


def _pasos(filas: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                tr("Paso"): ("" if f["etapa"] in ciclo.FRUTOS else f"{f['orden']} · ") + f["etapa"].capitalize(),
                tr("Qué dice el documento"): llano(f["texto"]) or tr("no lo dice"),
                tr("Quién lo ubica ahí"): f["quien_ubica"] if f["dicho"] else "—",
            }
            for f in filas.to_dict("records")
        ]
    )


def _matriz(filas: pd.DataFrame) -> pd.DataFrame:
    """Experiencias por paso: un signo y su palabra, para leerlo sin color."""
    return pd.DataFrame(
        [
            {
                tr("Experiencia"): llano(titulo),
                tr("Dice"): ", ".join(suyas.loc[suyas["dicho"], "etapa"]) or "ninguno",
                tr("No dice"): ", ".join(suyas.loc[~suyas["dicho"].astype(bool), "etapa"]) or "—",
            }
            for titulo, suyas in filas.groupby("titulo", sort=False)
        ]
    )
