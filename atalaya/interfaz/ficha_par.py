"""La ficha de comparabilidad: las dos preguntas, qué difiere y qué le hace a la cifra; y su aviso, bien visible."""

from __future__ import annotations

import html
from typing import Final

import streamlit as st

from atalaya import catalogo
from atalaya.catalogo.comparabilidad import Par
from atalaya.figuras import textos
from atalaya.idiomas import anotado, tr
from atalaya.interfaz import datos
from atalaya.interfaz.frontera import Cruce

_AVISO: Final = {
    "alta": (
        anotado("Comparabilidad alta"),
        anotado("Las dos cifras miden lo mismo: van en el mismo eje y la diferencia se prueba."),
    ),
    "media": (
        anotado("Comparabilidad media: léase con la ficha"),
        anotado("Van en el mismo eje, pero la diferencia mezcla la realidad con el método, y no se prueba."),
    ),
    "baja": (
        anotado("Comparabilidad baja: sólo como orientación"),
        anotado(
            "Van en el mismo eje, pero se preguntan cosas distintas: la diferencia puede ser del método, y no se "
            "prueba."
        ),
    ),
    "ninguna": (anotado("No se comparan"), anotado("Cada una va en su panel.")),
}


def aviso(cruce: Cruce) -> None:
    """El nivel y qué hace con él Atalaya; nada si no se cruza la frontera."""
    if cruce.par is None:
        return
    titulo, dicho = map(tr, _AVISO[cruce.par.nivel])
    contra = cruce.par.indicador_b
    con = tr(" con «{nombre}»", nombre=catalogo.indicador(contra).nombre) if contra else ""
    porque = f" {cruce.par.que_difiere}" if not cruce.par.mismo_eje else ""
    if len(cruce.lados) < 2:
        dicho = (
            tr("En {paises} no hay cifra que poner al lado.", paises=datos.PAISES[cruce.par.pais_b])
            if not contra
            else (tr("De los lugares elegidos no hay cifra."))
        )
    mostrar = st.success if cruce.par.nivel == "alta" else st.warning
    mostrar(f"**{titulo}**{con}. {dicho}{porque}", icon=_ICONO[cruce.par.nivel])


def ficha(cruce: Cruce) -> None:
    """La ficha del par: abierta si las dos cifras comparten eje sin ser lo mismo; en los demás casos, plegada."""
    if cruce.par is None:
        return
    abierta = cruce.par.nivel in ("media", "baja")
    with st.expander(
        tr("Ficha de comparabilidad: {nivel}", nivel=cruce.par.nivel),
        icon=":material/compare_arrows:",
        expanded=abierta,
    ):
        nombres = [catalogo.indicador(lado.indicador).nombre for lado in cruce.lados]
        st.html(_html(cruce.par, nombres, ". ".join(map(tr, _AVISO[cruce.par.nivel]))))
    for mejor in cruce.mejores:
        st.caption(
            tr(
                "Hay una contraparte de comparabilidad {nivel}, «{nombre}», sin cifra de {lugares}: {primera}",
                nivel=mejor.nivel,
                nombre=catalogo.indicador(mejor.indicador_b).nombre,
                lugares=_lugares(cruce),
                primera=_primera(mejor.dominio, mejor.indicador_b),
            )
        )
        regiones = dict.fromkeys(catalogo.lugar(lugar).entidad or lugar for lugar in cruce.lados[-1].lugares)
        if datos.periodos_con_cifra(mejor.indicador_b, tuple(regiones)):
            st.page_link(
                "pages/indicadores/comparar.py",
                label=tr(
                    "Comparar con {nombre}", nombre=textos.lista([catalogo.lugar(clave).nombre for clave in regiones])
                ),
                icon=":material/arrow_forward:",
                query_params={"indicador": cruce.indicador, "lugar": [*cruce.lados[0].lugares, *regiones]},
            )


def de_par(par: Par, nivel: str) -> None:
    """La ficha de dos indicadores que van cada uno en su eje, plegada; `nivel`: qué se hace aquí con él."""
    nombres = [catalogo.indicador(clave).nombre for clave in (par.indicador_a, par.indicador_b)]
    with st.expander(
        tr("Ficha de comparabilidad: {nombres}", nombres=textos.lista(nombres)), icon=":material/compare_arrows:"
    ):
        st.html(_html(par, nombres, nivel))


def _html(par: Par, nombres: list[str], nivel: str) -> str:
    renglones = [
        (tr("Nivel"), nivel),
        (tr("Pregunta, {encuesta}", encuesta=_encuesta(par.indicador_a)), par.pregunta_a),
        (tr("Pregunta, {encuesta}", encuesta=_encuesta(par.indicador_b) or datos.PAISES[par.pais_b]), par.pregunta_b),
        (tr("Universo"), par.universo),
        (tr("Periodo"), par.periodo),
        (tr("Dominio"), par.dominio),
        (tr("Qué difiere"), par.que_difiere),
        (tr("Qué le hace a la cifra"), par.que_le_hace),
        (tr("En qué se apoya"), par.evidencia),
    ]
    cuerpo = "".join(f"<dt>{html.escape(r)}</dt><dd>{html.escape(t)}</dd>" for r, t in renglones)
    return f"<section class='ficha'><h3>{html.escape(textos.lista(nombres))}</h3><dl>{cuerpo}</dl></section>"


def _encuesta(clave: str) -> str:
    if not clave:
        return ""
    uno = catalogo.indicador(clave)
    return f"{uno.fuente.upper()}: {uno.nombre_corto}"


def _lugares(cruce: Cruce) -> str:
    return textos.lista([datos.nombre(lugar) for lugar in cruce.lados[-1].lugares])


def _primera(dominio: str, clave: str) -> str:
    """De «ENSU: … ENUSC: …», lo que toca a la encuesta de ese indicador."""
    siglas = f"{catalogo.indicador(clave).fuente.upper()}: "
    return siglas + dominio.partition(siglas)[2].partition(". ")[0].rstrip(".") + "."


_ICONO: Final = {
    "alta": ":material/check_circle:",
    "media": ":material/warning:",
    "baja": ":material/warning:",
    "ninguna": ":material/block:",
}
