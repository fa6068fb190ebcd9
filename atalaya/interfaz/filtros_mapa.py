"""Los filtros del mapa: nivel, indicador del nivel, lugares marcados y el deslizador de periodos. Todos en la URL."""

from __future__ import annotations

from typing import Final

import streamlit as st

from atalaya import periodos
from atalaya.idiomas import Rotulos, tr
from atalaya.interfaz import datos_mapa, filtros
from atalaya.interfaz.enlace import Enlace, tocar

_CADA: Final = Rotulos({"anio": "por año", "mes": "por mes", "trimestre": "por trimestre", "semestre": "por semestre"})
_CLICS: Final = "_mapa_clics"


def nivel(enlace: Enlace) -> str:
    """País y tipo de lugar. Un enlace que no lo dice lo da por su indicador y su lugar."""
    opciones = datos_mapa.niveles()
    if "nivel" not in st.query_params:
        pedidos = {c: (st.query_params.get_all(c) or [""])[0].partition(",")[0] for c in ("indicador", "lugar")}
        sirven = [uno for uno in opciones if datos_mapa.sirve(uno, **pedidos)]
        if sirven and st.session_state.get("nivel") not in sirven:
            st.session_state["nivel"] = sirven[0]
    return filtros.opcion(enlace, "nivel", tr("Nivel"), opciones, next(iter(opciones)))


def indicador(enlace: Enlace, nivel_: str) -> str:
    """Un indicador con cifras en ese nivel."""
    return filtros.indicador(enlace, disponibles=datos_mapa.disponibles(nivel_))


def lugares(enlace: Enlace, nivel_: str) -> list[str]:
    """Los lugares marcados; el primero abre su ficha. La URL admite también el municipio de un área, o al revés."""
    opciones = datos_mapa.lugares(nivel_)
    antes = [datos_mapa.llevar(uno, nivel_) for uno in st.session_state.get("lugar") or [] if isinstance(uno, str)]
    omision = [uno for uno in dict.fromkeys(antes) if uno in opciones] or [datos_mapa.FOCO[nivel_]]
    enlace.preparar(
        "lugar",
        opciones,
        omision[: filtros.MAXIMO_CIUDADES],
        varios=True,
        traducir=lambda clave: datos_mapa.llevar(clave, nivel_),
        maximo=filtros.MAXIMO_CIUDADES,
    )
    elegidos = st.multiselect(
        tr("Lugares marcados"),
        opciones,
        format_func=datos_mapa.nombre,
        key="lugar",
        filter_mode=filtros.BUSCAR,
        max_selections=filtros.MAXIMO_CIUDADES,
        placeholder=tr("Escriba el nombre de un lugar"),
        select_all=False,
        wrap=True,
        on_change=tocar,
        help=tr("El primero abre su ficha; también se abre al hacer clic en el mapa."),
    )
    enlace.anotar("lugar", elegidos)
    return list(elegidos)


def periodo(enlace: Enlace, nivel_: str, indicador_: str) -> str:
    """El periodo, con un deslizador que también se mueve con las flechas del teclado.

    Si el indicador se tiene por año y por mes (o por trimestre y semestre) se elige antes cuál.
    """
    todos = datos_mapa.disponibles(nivel_)[indicador_]
    tipos = {clave: rotulo for clave, rotulo in _CADA.items() if clave in {periodos.partes(p).tipo for p in todos}}
    pedido = [p for p in st.query_params.get_all("periodo") if p in todos]
    tipo, donde = next(iter(tipos)), st.container()
    if len(tipos) > 1:
        omision = periodos.partes(pedido[0]).tipo if pedido else tipo
        columnas = st.columns([2, 3], vertical_alignment="center")
        with columnas[0]:
            tipo = filtros.opcion(enlace, "cada", tr("Periodo"), tipos, omision)
        donde = columnas[1]
    suyos = [p for p in todos if periodos.partes(p).tipo == tipo]
    enlace.preparar("periodo", suyos, suyos[-1:])
    rotulo = {"anio": tr("Año"), "mes": tr("Mes"), "trimestre": tr("Trimestre"), "semestre": tr("Semestre")}[tipo]
    if len(suyos) == 1:  # un deslizador de un solo punto no se mueve
        donde.markdown(
            tr(
                "**{rotulo}** {nombre_periodo}, el único con cifras en este nivel",
                rotulo=rotulo,
                nombre_periodo=filtros.nombre_periodo(suyos[0]),
            )
        )
        elegido = suyos[0]
    else:
        elegido = donde.select_slider(rotulo, suyos, format_func=filtros.nombre_periodo, key="periodo", on_change=tocar)
    enlace.anotar("periodo", [elegido])
    return str(elegido)


def al_hacer_clic(clave: str, nivel_: str) -> None:
    """`on_select` del mapa: el lugar en que se hizo clic pasa a ser el primero de los marcados, y se abre su ficha.

    Vega apunta cada clic en una lista, de la que un segundo clic lo quita: lo que cambió de la vez anterior es lo que
    se acaba de tocar. Así se puede volver a abrir un lugar aunque entre tanto se haya elegido otro en la lista.
    """
    elegido = st.session_state[clave].selection.get("elegido") or []
    ahora = {fila["lugar"] for fila in elegido if isinstance(fila, dict) and fila.get("lugar")}
    clics = st.session_state.setdefault(_CLICS, {})
    tocados = ahora ^ clics.get(clave, set())
    clics[clave] = ahora
    if len(tocados) != 1 or not tocados <= set(datos_mapa.lugares(nivel_)):
        return
    [lugar] = tocados
    otros = [uno for uno in (st.session_state.get("lugar") or [])[1:] if uno != lugar]
    st.session_state["lugar"] = [lugar, *otros]
    tocar()
