"""Los filtros de lo que se sigue: textos de las tablas y una fecha, en la URL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final

import streamlit as st

from atalaya import catalogo
from atalaya.idiomas import tr
from atalaya.interfaz import filtros
from atalaya.interfaz.enlace import Enlace, tocar

TODOS: Final = "todos"


def en_clave(texto: str) -> str:
    """Un texto de una tabla como clave de la URL: sin acentos, comas ni espacios."""
    return re.sub(r"[^a-z0-9]+", "_", catalogo.normalizar(texto)).strip("_") or "sin_nombre"


def de_textos(enlace: Enlace, clave: str, rotulo: str, vistos: Iterable[object], todos: str = "") -> str:
    """Uno de los textos que hay en una columna, o todos; da su clave (`en_clave`) o `todos`."""
    presentes = sorted({texto for texto in vistos if isinstance(texto, str) and texto}, key=catalogo.normalizar)
    return de_claves(enlace, clave, rotulo, {en_clave(texto): texto for texto in presentes}, todos)


def de_claves(enlace: Enlace, clave: str, rotulo: str, opciones: Mapping[str, str], todos: str = "") -> str:
    """Una de las claves, o todas (`todos`)."""
    return filtros.de_opciones(enlace, clave, rotulo, {TODOS: todos or tr("Todos"), **opciones}, TODOS)


def a_la_fecha(enlace: Enlace) -> str:
    """La fecha a la que se mira (AAAA-MM-DD); por omisión, hoy. Una que no existe se dice y se toma hoy."""
    hoy = date.today().isoformat()
    enlace.preparar_texto("hoy")
    if not st.session_state["hoy"]:
        st.session_state["hoy"] = hoy
    escrita = st.text_input(
        tr("A la fecha"),
        key="hoy",
        max_chars=10,
        placeholder=hoy,
        on_change=tocar,
        help=tr("Año, mes y día: 2021-08-31. Lo tarde se cuenta hasta ese día, y lo reportado después no se mira."),
    ).strip()
    try:
        elegida = date.fromisoformat(escrita).isoformat() if len(escrita) == 10 else ""
    except ValueError:
        elegida = ""
    if not elegida:
        enlace.rechazados.append(("hoy", escrita))
    enlace.anotar("hoy", [elegida or hoy])
    return elegida or hoy
