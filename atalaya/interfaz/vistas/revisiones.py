"""Qué dijo cada edición de lo que se está viendo: ninguna pisa a otra, y una revisión se puede mirar."""

from __future__ import annotations

from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from atalaya import catalogo, periodos
from atalaya.figuras import textos
from atalaya.idiomas import tr
from atalaya.interfaz import bloque, conteos, datos
from atalaya.interfaz.conteos import Pedido


def mostrar(pedido: Pedido) -> None:
    """Qué dijo cada edición donde más de una dijo algo, plegado."""
    filas = datos.correr(
        "revisiones",
        indicadores=list(pedido.indicadores),
        lugares=list(pedido.lugares),
        periodos=pedido.periodos,
    )
    if filas.empty:
        return
    with st.expander(tr("Revisiones: qué dijo cada edición"), icon=":material/history:"):
        st.markdown(
            tr(
                "Cada edición corrige a las anteriores. Se muestra la más nueva; lo que dijeron las demás sigue en el "
                "acervo, y si una cifra cambió entre ediciones va en negrita."
            )
        )
        for clave, suyas in filas.groupby("indicador", sort=False):
            tabla_ = datos.recordar(filas, ("revisiones", clave), partial(_de_revisiones, suyas))
            bloque.tabla(tabla_, tr("{nombre}: ediciones", nombre=catalogo.indicador(str(clave)).nombre), True)


def _de_revisiones(filas: pd.DataFrame) -> pd.DataFrame:
    nombres = conteos.nombres(list(dict.fromkeys(filas["lugar"])))
    distintas = filas.groupby(["lugar", "periodo"])["casos"].transform("nunique") > 1
    renglones = [
        {
            tr("Cuándo"): periodos.nombre(f["periodo"]),
            tr("Lugar"): nombres[f["lugar"]],
            tr("Edición"): tr("hasta {edicion}", edicion=periodos.nombre(f["edicion"]))
            + (tr(" (la que se muestra)") if f["vigente"] else ""),
            tr("Casos"): f"**{_casos(f)}**" if cambio else _casos(f),
            tr("Archivo"): f["archivo"],
        }
        for f, cambio in zip(filas.to_dict("records"), distintas, strict=True)
    ]
    return pd.DataFrame(renglones)


def _casos(fila: Any) -> str:
    if fila["estado"] != "dato":
        return textos.ESTADO[fila["estado"]]
    if pd.isna(fila["casos"]):
        return tr(
            "{tasa_publicada_100k} por 100 mil", tasa_publicada_100k=textos.numero(fila["tasa_publicada_100k"], 2)
        )
    parte = tr(" en {meses} meses", meses=fila["meses"]) if len(fila["periodo"]) == 4 and fila["meses"] < 12 else ""
    return f"{textos.entero(fila['casos'])}{parte}"
