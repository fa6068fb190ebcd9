"""Las piezas comunes de lo que se sigue: lo que se lleva, de dónde sale, y qué hacer cuando una tabla está vacía."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from atalaya.figuras import cuentas
from atalaya.idiomas import anotado, tr
from atalaya.informes import legajo, pdf, pptx
from atalaya.informes.legajo import Legajo
from atalaya.informes.tablas import csv_llano
from atalaya.interfaz import bloque, compartir, guardadas, incrustada, llevar, marco, seguimiento
from atalaya.interfaz.llano import llano
from atalaya.interfaz.llevada import LLEVADA
from atalaya.seguimiento.contratos import contrato

TODOS: Final = "todos"
_FORMATOS: Final[tuple[tuple[str, str, Callable[[Legajo], bytes], str], ...]] = (
    ("CSV", "text/csv", legajo.csv, anotado("La tabla principal, con su documento, su pasaje y su cita")),
    (
        "XLSX",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        legajo.xlsx,
        anotado("Libro con todas las tablas a la vista, qué es cada una y sus documentos"),
    ),
    ("Parquet", "application/vnd.apache.parquet", legajo.parquet, anotado("La misma tabla que el CSV, con sus tipos")),
    (
        "PPTX",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        pptx.pptx,
        anotado("Lámina con su figura, su fuente y sus notas"),
    ),
    ("PDF", "application/pdf", pdf.pdf, anotado("Informe para imprimir, con sus tablas y sus documentos")),
    ("PNG", "image/png", legajo.png, anotado("Imagen para proyectar")),
    ("SVG", "image/svg+xml", legajo.svg, anotado("Imagen que se puede editar")),
)


def documentos() -> pd.DataFrame:
    """Los documentos de donde sale lo que se sigue."""
    return seguimiento.correr("documentos_citados")


def descargas(uno: Legajo) -> None:
    """Un botón por formato; el archivo se hace sólo cuando alguien lo pide. Sin figura no hay imágenes."""
    st.session_state[LLEVADA] = uno
    if incrustada.es():
        incrustada.pie(tr("Fuente: {cita}", cita=legajo.cita(uno)))
        return
    with st.container(horizontal=True, vertical_alignment="center", key="descargas"):
        st.markdown(tr("**Llevarse esta vista**"), width="content")
        for formato, mime, hacer, ayuda in _FORMATOS:
            if formato in ("PNG", "SVG") and uno.figura is None:
                continue
            st.download_button(
                formato,
                data=partial(hacer, uno),
                file_name=f"{uno.archivo}.{formato.lower()}",
                mime=mime,
                key=f"descarga_{formato.lower()}",
                help=tr(ayuda),
                on_click="ignore",
                icon=":material/download:",
            )
        if uno.figura is not None:
            llevar.copiar_imagen()
        compartir.boton(uno.titulo)
        guardadas.anadir(uno.titulo)
    llevar.como_se_calculo(uno)


def llenas(renglones: Sequence[Mapping[str, str]], opcionales: Sequence[str]) -> pd.DataFrame:
    """La tabla sin las columnas opcionales que nadie llena: en un teléfono cada una estorba."""
    vacias = [columna for columna in opcionales if all(renglon[columna] == "—" for renglon in renglones)]
    return pd.DataFrame(renglones).drop(columns=vacias)


def procedencia(tablas: Mapping[str, pd.DataFrame]) -> None:
    """De qué documento y qué pasaje sale lo que está a la vista, plegado; y lo que cada documento no dice."""
    pares = [tabla[["documento", "pasaje"]].dropna() for tabla in tablas.values() if "documento" in tabla]
    citas = pd.concat(pares).drop_duplicates() if pares else pd.DataFrame(columns=["documento", "pasaje"])
    if citas.empty or incrustada.es():
        return
    fichas = documentos().set_index("documento").to_dict("index")
    filas = []
    for clave, suyas in citas.groupby("documento", sort=False):
        ficha = fichas.get(str(clave), {})
        filas.append(
            {
                tr("Documento"): f"**{llano(ficha.get('titulo')) or llano(clave)}**",
                tr("Quién y cuándo"): ". ".join(
                    p for p in (llano(ficha.get("autoria")), cuentas.fecha(ficha.get("fecha"))) if p
                ),
                tr("Pasajes"): "; ".join(llano(pasaje) for pasaje in suyas["pasaje"].unique()),
                tr("Lo que no dice"): llano(ficha.get("nota")) or "—",
            }
        )
    with (
        st.expander(tr("Procedencia: documento y pasaje de cada cosa"), icon=":material/fact_check:"),
        st.container(key="procedencia"),
    ):
        bloque.tabla(pd.DataFrame(filas), tr("Documentos de donde sale esta vista"))


def falta(tabla: str, que: str, como: str) -> None:
    """La tabla no tiene filas de lo que se ve: qué falta, su plantilla para llenarla y dónde cargarla."""
    st.info(f"**{que}** {como}", icon=":material/inbox:")
    with st.container(horizontal=True, vertical_alignment="center"):
        plantilla(tabla)
        cargar(tabla)


def nombre_de_tabla(tabla: str) -> str:
    """«Indicadores municipales», el nombre de una tabla como se lee."""
    return tr(tabla.replace("_", " ").capitalize())


def plantilla(tabla: str) -> None:
    """El botón con la plantilla de una tabla: su encabezado, para llenarlo en una hoja de cálculo."""
    st.download_button(
        tr("Plantilla de {tabla} (CSV)", tabla=nombre_de_tabla(tabla).lower()),
        data=lambda: csv_llano(pd.DataFrame(columns=contrato(tabla).nombres)),
        file_name=f"{tabla}.csv",
        mime="text/csv",
        key=f"plantilla_{tabla}",
        on_click="ignore",
        icon=":material/table_view:",
    )


def cargar(tabla: str) -> None:
    """El enlace a la página donde se cargan datos propios, si este proyecto la trae."""
    if marco.registrada("cargar"):
        st.page_link(
            marco.archivo("cargar"),
            label=tr("Cargar la suya (sólo la ve usted)"),
            icon=":material/upload_file:",
            query_params={"tabla": tabla},
        )


def nota(texto: object) -> None:
    """Lo que el documento no dice, a la vista y por su nombre."""
    if isinstance(texto, str) and texto:
        st.caption(tr(":material/help: **Lo que el documento no dice.** {nombre}", nombre=llano(texto)))
