"""«Pruebe su propia frase»: lugar, indicador, periodo y lo que se dice; el veredicto sale al momento y tiene enlace."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from atalaya.estadistica import afirmaciones
from atalaya.estadistica.afirmaciones import DE_LISTA, NIVEL, POSICION, PRIMEROS
from atalaya.idiomas import Rotulos, tr
from atalaya.interfaz import avisos, datos, dichos, filtros
from atalaya.interfaz.dichos import Respuesta
from atalaya.interfaz.enlace import Enlace, tocar
from atalaya.interfaz.vistas import afirmaciones as vista

CLASES: Final = Rotulos({NIVEL: "Cuánto", POSICION: "Su lugar", PRIMEROS: "Entre los primeros"})
_EJEMPLO: Final = Rotulos({NIVEL: "7 de cada 10, 45.6 %", POSICION: "6.º", PRIMEROS: "3"})
_NINGUNO: Final = float("nan")


def elegir(enlace: Enlace) -> dict[str, Any]:
    """Los campos de la frase; da su fila, con `valor` nulo si todavía no se escribe o no se entiende."""
    st.header(tr("Pruebe su propia frase"), anchor=False)
    st.markdown(tr("Elija de qué, de dónde y de cuándo habla, y escriba la cifra tal como se dice."))
    indicador = filtros.indicador(enlace)
    columnas = st.columns([3, 3])
    with columnas[0]:
        lugar = _lugar(enlace)
    with columnas[1]:
        periodo = _periodo(enlace, indicador)
    columnas = st.columns([3, 2, 3])
    with columnas[0]:
        clase = filtros.opcion(enlace, "clase", tr("Qué dice"), CLASES, NIVEL)
    with columnas[1]:
        texto = _valor(enlace, clase)
    with columnas[2]:
        conjunto = filtros.opcion(enlace, "entre", tr("Entre quiénes"), _ENTRE, "nacional") if clase in DE_LISTA else ""
    leido = afirmaciones.leer(texto) if texto else None
    return {
        "texto": texto,
        "clase": clase,
        "valor": _admitido(leido[0], clase) if leido else _NINGUNO,
        "precision_dicha": leido[1] if leido else _NINGUNO,
        "lugar": lugar,
        "indicador": indicador,
        "periodo": periodo,
        "conjunto": dichos.VALLE if conjunto == "valle" else None,
        "presenta": None,
        "documento": "",
        "documento_titulo": tr("Frase propia"),
        "pasaje": None,
    }


def mostrar(frase: dict[str, Any]) -> Respuesta:
    """La respuesta a la frase de la visita; sin valor, sólo la cifra."""
    respuesta = dichos.responder(frase)
    escrito = bool(frase["texto"])
    if escrito and pd.isna(frase["valor"]):
        limite = (
            tr("un por ciento de 0 a 100, o «7 de cada 10»")
            if frase["clase"] == NIVEL
            else tr("un lugar: un entero desde 1")
        )
        avisos.vacio(tr("No se entiende la cifra."), tr("Se espera {limite}.", limite=limite))
    with st.container(border=True, key="frase_propia"):
        if escrito and pd.notna(frase["valor"]):
            vista.tarjeta(respuesta)
            st.caption(tr("La dirección de esta página ya lleva la frase: cópiela para compartir el veredicto."))
        else:
            vista.sin_dicho(respuesta)
    return respuesta


_ENTRE: Final = Rotulos({"nacional": "Todas las ciudades", "valle": "Valle de México"})


def _lugar(enlace: Enlace) -> str:
    opciones = datos.lugares()
    enlace.preparar("lugar", opciones, [datos.FOCO if datos.FOCO in opciones else opciones[0]], traducir=filtros.area)
    elegido = st.selectbox(
        tr("Lugar"),
        opciones,
        format_func=datos.nombre_entero,
        key="lugar",
        filter_mode=filtros.BUSCAR,
        on_change=tocar,
    )
    enlace.anotar("lugar", [elegido])
    return str(elegido)


def _periodo(enlace: Enlace, indicador: str) -> str:
    """Cualquiera en que haya cifra, aunque sea sólo la nacional: de lo que no se tiene también se pregunta."""
    opciones = filtros.periodos_de([indicador], por_area=False, frontera=True)
    enlace.preparar("periodo", opciones, opciones[:1])
    elegido = st.selectbox(
        tr("Periodo"),
        opciones,
        format_func=filtros.nombre_periodo,
        key="periodo",
        filter_mode=filtros.BUSCAR,
        on_change=tocar,
    )
    enlace.anotar("periodo", [elegido])
    return str(elegido)


def _valor(enlace: Enlace, clase: str) -> str:
    enlace.preparar_texto("valor")
    texto = st.text_input(tr("Lo que dice"), key="valor", placeholder=_EJEMPLO[clase], max_chars=24, on_change=tocar)
    enlace.anotar("valor", [texto] if texto else [])
    return str(texto or "")


def _admitido(valor: float, clase: str) -> float:
    """El valor, si puede serlo: un por ciento, o un lugar entero."""
    bien = 0 <= valor <= 100 if clase == NIVEL else valor >= 1 and valor == int(valor)
    return valor if bien else _NINGUNO
