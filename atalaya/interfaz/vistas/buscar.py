"""La vista de la búsqueda: resultados por grupo, cada uno con el enlace a la página que lo enseña."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import streamlit as st

from atalaya.figuras import textos
from atalaya.idiomas import anotado, tr
from atalaya.interfaz import avisos, busqueda, filtros, hallable, marco
from atalaya.interfaz.busqueda import Entrada
from atalaya.interfaz.enlace import Enlace, tocar
from atalaya.interfaz.llano import llano

TODO: Final = "todo"
POR_GRUPO: Final = 5
TOPE: Final = 60
_LARGO: Final = 110
_EJEMPLOS: Final = (
    anotado("confianza policia"),
    "penalolen",
    anotado("robo de vehiculo"),
    anotado("auditorias sociales"),
)

Hallados = Mapping[str, Sequence[Entrada]]


def cuadro() -> None:
    """El cuadro de búsqueda de inicio: al escribir y dar Entrar lleva a la página Buscar."""
    with st.form("ir_a_buscar", clear_on_submit=True, border=False):
        columnas = st.columns([6, 1], vertical_alignment="bottom")
        escrito = columnas[0].text_input(
            tr("Buscar en todo el tablero"),
            placeholder=tr("confianza policia, penalolen, auditorias…"),
            max_chars=80,
            icon=":material/search:",
        )
        pedido = columnas[1].form_submit_button(tr("Buscar"), width="stretch")
    if pedido and escrito.strip():
        st.switch_page(marco.archivo("buscar"), query_params={"q": escrito.strip(), "clase": TODO})


def pedir(enlace: Enlace) -> str:
    """Lo que se busca, en la URL como `q`."""
    enlace.preparar_texto("q")
    escrito = st.text_input(
        tr("Qué busca"),
        key="q",
        placeholder=tr("confianza policia, penalolen, auditorias…"),
        max_chars=80,
        icon=":material/search:",
        on_change=tocar,
    ).strip()
    enlace.anotar("q", [escrito] if escrito else [])
    return escrito


def hallar(buscado: str) -> Hallados:
    """Lo hallado, por clase y en el orden en que se enseña."""
    hallados = busqueda.buscar(hallable.indice(), buscado)
    return {clase: hallados[clase] for clase in hallable.CLASES if clase in hallados}


def elegir(enlace: Enlace, hallados: Hallados) -> str:
    """De qué grupo se ven los resultados, o todos; no pregunta si sólo hay uno."""
    opciones = {TODO: tr("Todo")} | {
        clase: f"{rotulo} ({textos.entero(len(hallados[clase]))})"
        for clase, rotulo in hallable.CLASES.items()
        if clase in hallados
    }
    if len(opciones) <= 2:
        return TODO
    # Una búsqueda nueva puede no tener nada del grupo que se veía: entonces se ven todos, sin decirlo como error.
    pedida = st.query_params.get("clase", TODO)
    if pedida in hallable.CLASES and pedida not in opciones:
        st.query_params["clase"] = TODO
        st.session_state["clase"] = TODO
    return filtros.opcion(enlace, "clase", tr("Ver"), opciones, TODO)


def mostrar(hallados: Hallados, buscado: str, clase: str) -> None:
    """Los resultados por grupo; si no hay, qué se buscó y qué probar."""
    if not buscado:
        st.markdown(tr("Escriba arriba. Por ejemplo:"))
        _sugerir(_EJEMPLOS)
        return
    if not hallados:
        _nada(buscado)
        return
    total = sum(len(suyas) for suyas in hallados.values())
    st.markdown(
        tr(
            "**{total}** {dicho} para «{nombre}».",
            total=textos.entero(total),
            dicho=tr("resultado") if total == 1 else tr("resultados"),
            nombre=llano(buscado),
        )
    )
    solo = clase != TODO or len(hallados) == 1
    for cual, suyas in hallados.items():
        if clase in (TODO, cual):
            _grupo(cual, suyas, buscado, TOPE if solo else POR_GRUPO)


def _grupo(clase: str, suyas: Sequence[Entrada], buscado: str, tope: int) -> None:
    st.subheader(hallable.CLASES[clase], anchor=False)
    with st.container(key=f"hallados_{clase}", gap="xsmall"):
        for una in suyas[:tope]:
            _resultado(una)
    if len(suyas) <= tope:
        return
    if tope < TOPE:
        _ir(
            tr(
                "Ver todo en {clases} ({suyas})", clases=hallable.CLASES[clase].lower(), suyas=textos.entero(len(suyas))
            ),
            buscado,
            clase,
        )
    else:
        st.caption(
            tr(
                "Se muestran {tope} de {suyas}: escriba algo más para acotar.",
                tope=tope,
                suyas=textos.entero(len(suyas)),
            )
        )


def _resultado(una: Entrada) -> None:
    titulo = una.titulo if len(una.titulo) <= _LARGO else f"{una.titulo[:_LARGO].rsplit(' ', 1)[0]}…"
    # Dos páginas pueden enseñar lo mismo: se dice a cuál lleva.
    donde = next(tr(rotulo) for paginas in marco.MENU.values() for _, rotulo, _, ruta in paginas if ruta == una.pagina)
    icono = next(icono for paginas in marco.MENU.values() for _, _, icono, ruta in paginas if ruta == una.pagina)
    st.page_link(
        marco.archivo(una.pagina),
        label=f"**{llano(titulo)}** · {llano(una.detalle)}" if una.detalle else f"**{llano(titulo)}**",
        icon=icono,
        help=tr("Se ve en {donde}", donde=donde),
        query_params=dict(una.filtros),
    )


def _nada(buscado: str) -> None:
    avisos.vacio(
        tr("Nada tiene «{nombre}».", nombre=llano(buscado)),
        tr(
            "Se buscó en el nombre, la clave y el texto de los indicadores con cifras, los lugares de México y "
            "Chile, los "
            "compromisos, las afirmaciones, las experiencias, los procesos y las páginas. Pruebe con menos "
            "palabras, con "
            "una parte del nombre o con otra palabra."
        ),
    )
    parecidas = busqueda.parecidas(hallable.indice(), buscado)
    palabras = [p for p in dict.fromkeys(buscado.split()) if hallar(p)] if len(buscado.split()) > 1 else []
    if sugeridas := [*parecidas, *palabras][:6]:
        st.markdown(tr("Quizá quiso decir:") if parecidas else tr("Por separado sí hay:"))
        _sugerir(sugeridas)
    else:
        st.markdown(tr("Por ejemplo:"))
        _sugerir(_EJEMPLOS)


def _sugerir(buscados: Sequence[str]) -> None:
    with st.container(horizontal=True, gap="medium"):
        for uno in map(tr, buscados):
            _ir(uno, uno, TODO)


def _ir(rotulo: str, buscado: str, clase: str) -> None:
    parametros = {"q": buscado, "clase": clase}
    st.page_link(marco.archivo("buscar"), label=llano(rotulo), icon=":material/search:", query_params=parametros)
