"""De dónde salieron los compromisos: etapas de la cocreación, temas, quién participó y ejercicios locales."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from atalaya.figuras import cuentas
from atalaya.idiomas import tr
from atalaya.interfaz import bloque, filtros_seguimiento, seguido, seguimiento
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.filtros_seguimiento import TODOS
from atalaya.interfaz.llano import llano
from atalaya.interfaz.vistas import participantes

CLASES: Final = ("cocreación", "ejercicio local")
TABLAS: Final = ("etapas_de_proceso", "temas_en_orden", "participantes_sumados", "ejercicios_vistos", "cuentas")


def consultar() -> dict[str, pd.DataFrame]:
    """Los procesos de cocreación y los ejercicios locales, con lo suyo, por consulta."""
    procesos = seguimiento.correr("procesos")
    procesos = procesos[procesos["clase"].isin(CLASES)]
    claves = list(procesos["proceso"])
    return {"procesos": procesos, **{nombre: seguimiento.correr(nombre, procesos=claves) for nombre in TABLAS}}


def elegir(enlace: Enlace, tablas: dict[str, pd.DataFrame]) -> str:
    """El proceso que se abre; sin elegir, van todos plegados."""
    procesos = tablas["procesos"]
    if procesos.empty:
        return TODOS
    st.header(tr("De dónde salieron: cocreación y ejercicios locales"), anchor=False)
    nombres = dict(zip(procesos["proceso"], procesos["nombre_proceso"], strict=True))
    return filtros_seguimiento.de_claves(enlace, "proceso", tr("Abrir un proceso"), nombres, tr("Ninguno"))


def mostrar(tablas: dict[str, pd.DataFrame], elegido: str) -> None:
    """Un plegado por proceso; el elegido, o el único, abierto."""
    procesos = tablas["procesos"]
    for fila in procesos.to_dict("records"):
        suyas = {nombre: tabla[tabla["proceso"] == fila["proceso"]] for nombre, tabla in tablas.items()}
        abierto = len(procesos) == 1 or fila["proceso"] == elegido
        with st.expander(llano(fila["nombre_proceso"]), icon=":material/diversity_3:", expanded=abierto):
            _proceso(fila, suyas)


def _proceso(fila: dict[Any, Any], suyas: dict[str, pd.DataFrame]) -> None:
    st.markdown(
        tr(
            "{nombre} **Conduce**: {llano_2}. **Cuándo**: {lapso}.",
            nombre=llano(fila["descripcion"]),
            llano_2=llano(fila["responsable"]) or tr("el documento no lo dice"),
            lapso=cuentas.lapso(fila["inicio"], fila["fin"]),
        )
    )
    seguido.nota(fila["nota"])
    _cuentas(suyas["cuentas"])
    participantes.etapas(suyas["etapas_de_proceso"])
    participantes.temas(suyas["temas_en_orden"])
    participantes.personas(suyas["participantes_sumados"])
    participantes.ejercicios(suyas["ejercicios_vistos"])


def _cuentas(filas: pd.DataFrame) -> None:
    if filas.empty:
        return
    renglones = [
        {
            tr("Qué se contó"): llano(f["nombre_medida"]),
            tr("Cuánto"): cuentas.decir(f["estado"], f["valor"], f["alcance"]),
            tr("De qué"): llano(tr(f["unidad"])),
            tr("A la fecha"): cuentas.fecha(f["corte"]) or tr("no la dice"),
            tr("Palabras del documento"): f"«{llano(f['texto'])}»",
        }
        for f in filas.to_dict("records")
    ]
    bloque.tabla(pd.DataFrame(renglones), tr("Lo que el documento cuenta"), con_titulo=True)
