"""La vista de cargar: subir, leer qué falta corregir o qué entró, llevarse plantillas, olvidar y publicar."""

from __future__ import annotations

from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from atalaya.idiomas import tr
from atalaya.informes import faltas, plantillas
from atalaya.interfaz import avisos, bloque, carga, filtros, seguido, sesion
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.llano import llano
from atalaya.seguimiento.admision import Admision
from atalaya.seguimiento.contratos import contratos
from atalaya.seguimiento.limites import MAX_BYTES, MAX_FILAS

A_LA_VISTA: Final = 50
"""Cuántas faltas se enseñan; el informe las trae todas."""
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def subir() -> None:
    """El lugar donde se sueltan los archivos y lo que de ellos resulta."""
    archivos = st.file_uploader(
        tr("Sus archivos: CSV o XLSX"),
        type=["csv", "txt", "tsv", "xlsx"],
        accept_multiple_files=True,
        key=carga.clave_de_subida(),
        help=tr(
            "Hasta {max_archivos} archivos de {max_mb} MB y {max_filas:,} renglones. Cada tabla se "
            "reconoce por su encabezado; en un XLSX, cada hoja es una tabla.",
            max_archivos=carga.MAX_ARCHIVOS,
            max_mb=MAX_BYTES // 2**20,
            max_filas=MAX_FILAS,
        ),
    )
    if archivos and len(archivos) > carga.MAX_ARCHIVOS:
        avisos.vacio(
            tr("Son más de {max_archivos} archivos.", max_archivos=carga.MAX_ARCHIVOS),
            tr("Súbalos en varias tandas: no se leyó ninguno."),
        )
        return
    admision = carga.recibir(archivos or [])
    if admision is not None:
        _resultado(admision)


def _resultado(admision: Admision) -> None:
    if admision.aceptada:
        cuantas = {nombre: len(filas) for nombre, filas in admision.nuevas.items()}
        partes = ", ".join(
            tr("{n:,} en {nombre}", n=n, nombre=nombre.replace("_", " ")) for nombre, n in cuantas.items()
        )
        ya = (
            tr(" {ya_estaban:,} renglones ya estaban, iguales.", ya_estaban=admision.ya_estaban)
            if admision.ya_estaban
            else ""
        )
        entraron = (
            tr("**Todo bien.** Entraron: {partes}.", partes=partes)
            if partes
            else tr("**Todo bien.** No hay nada nuevo.")
        )
        st.success(f"{entraron}{ya}", icon=":material/check_circle:")
    else:
        _faltas(admision)
    if admision.avisos:
        st.info("\n".join(f"- {llano(aviso)}" for aviso in admision.avisos), icon=":material/info:")


def _faltas(admision: Admision) -> None:
    todas = admision.hallazgos
    n = len(todas)
    st.warning(
        tr(
            "**{dicho} que corregir; no entró ningún renglón.** Corríjalas en su archivo, quite aquí el de "
            "antes (×) y súbalo otra vez.",
            dicho=tr("Hay una cosa") if n == 1 else tr("Hay {n:,} cosas", n=n),
        )
        + (
            tr(" Lo que entró antes en esta visita sigue; si lo que sube lo corrige, olvídelo primero.")
            if carga.suyas()
            else ""
        ),
        icon=":material/rule:",
    )
    visibles = faltas.tabla(todas[:A_LA_VISTA])
    llenas = [columna for columna in visibles if (visibles[columna] != "").any()]
    bloque.tabla(visibles[llenas].map(lambda v: llano(str(v)) or "—"), tr("Lo que hay que corregir"))
    if n > A_LA_VISTA:
        st.caption(tr("Se ven las primeras {a_la_vista}; el informe trae las {n:,}.", a_la_vista=A_LA_VISTA, n=n))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(tr("**Llevarse el informe**"), width="content")
        for rotulo, extension, mime, hacer in (
            (tr("Informe CSV"), "csv", "text/csv", faltas.csv),
            (tr("Informe XLSX"), "xlsx", _XLSX, faltas.xlsx),
        ):
            st.download_button(
                rotulo, data=partial(hacer, todas), file_name=f"faltas.{extension}", mime=mime,
                key=f"faltas_{extension}", on_click="ignore", icon=":material/download:",
            )  # fmt: skip


def lo_suyo() -> None:
    """Qué trajo esta visita, el botón para olvidarlo y, a quien puede, el de publicarlo."""
    suyas = {nombre: len(filas) for nombre, filas in carga.suyas().items() if filas}
    if not suyas:
        return
    st.markdown(
        tr("**Lo suyo, en esta visita:** ")
        + ", ".join(tr("{n:,} en {nombre}", n=n, nombre=nombre.replace("_", " ")) for nombre, n in suyas.items())
        + tr(". Sólo lo ve usted, en todas las páginas, hasta que lo olvide o cierre la ventana.")
    )
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(tr("Olvidar lo que subí"), on_click=carga.olvidar, icon=":material/delete:", key="olvidar")
        if sesion.puede_publicar():
            if st.button(tr("Publicar para todos"), icon=":material/publish:", key="publicar"):
                n = carga.publicar()
                st.success(
                    tr("Publicado: {n:,} renglones, por {nombre}.", n=n, nombre=llano(sesion.correo())),
                    icon=":material/public:",
                )
        elif sesion.configurada() and not sesion.iniciada():
            st.button(
                tr("Iniciar sesión para publicar"), on_click=st.login, icon=":material/login:", key="iniciar_sesion"
            )
    if not sesion.puede_publicar():
        st.caption(
            tr(
                "Para que lo vean todos: `python -m atalaya incorporar su_archivo.xlsx` en el servidor, o que lo "
                "publique "
                "alguien con permiso. Así se explica en `docs/datos_propios.md`."
            )
        )


def tablas_que_se_cargan(enlace: Enlace) -> None:
    """Qué tabla se quiere llenar, sus columnas y su plantilla."""
    todos = contratos()
    nombres = {nombre: f"{seguido.nombre_de_tabla(nombre)} — {tr(uno.describe)}" for nombre, uno in todos.items()}
    with st.expander(tr("Plantillas: qué columnas lleva cada tabla"), icon=":material/table_view:", expanded=False):
        elegida = filtros.de_opciones(enlace, "tabla", tr("Tabla"), nombres, "indicadores_municipales")
        uno = todos[elegida]
        with st.container(horizontal=True):
            for rotulo, extension, mime, hacer in (
                (tr("Plantilla XLSX, con instrucciones"), "xlsx", _XLSX, plantillas.xlsx),
                (tr("Plantilla CSV"), "csv", "text/csv", plantillas.csv),
            ):
                st.download_button(
                    rotulo, data=partial(hacer, uno), file_name=f"{elegida}.{extension}", mime=mime,
                    key=f"plantilla_{extension}", on_click="ignore", icon=":material/download:",
                )  # fmt: skip
        renglones = [
            {
                tr("Columna"): f"`{c.columna}`" + (tr(" (obligatoria)") if c.es_obligatoria else ""),
                tr("Qué es"): llano(tr(c.describe)),
                tr("Cómo se escribe"): llano("; ".join(c.admitidos)) or llano(plantillas.COMO[c.tipo]),
            }
            for c in uno.columnas
        ]
        bloque.tabla(pd.DataFrame(renglones), tr("Columnas de {elegida}", elegida=elegida))
