"""Los bloques de toda página, en su orden: figura, tabla, avisos, ficha y descargas."""

from __future__ import annotations

import html
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import streamlit as st

from atalaya.figuras import textos
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import anotado, tr
from atalaya.informes import imagen, pdf, pptx, tablas
from atalaya.informes.ficha import fichas, pie, pie_precision
from atalaya.informes.vista import Vista
from atalaya.interfaz import compartir, datos, guardadas, incrustada, llevar
from atalaya.interfaz.llevada import LLEVADA

_FORMATOS: tuple[tuple[str, str, str, Callable[[Vista], bytes], str], ...] = (
    ("CSV", "csv", "text/csv", tablas.csv, anotado("Una fila por cifra, con su fuente y su celda")),
    (
        "XLSX",
        "xlsx",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        tablas.xlsx,
        anotado("Libro con datos, definiciones y fuentes"),
    ),
    (
        "PPTX",
        "pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        pptx.pptx,
        anotado("Lámina con gráficos que se editan en PowerPoint o LibreOffice"),
    ),
    ("PDF", "pdf", "application/pdf", pdf.pdf, anotado("Informe para imprimir, con su figura y sus fuentes")),
    ("PNG", "png", "image/png", imagen.png, anotado("Imagen para proyectar")),
    ("SVG", "svg", "image/svg+xml", imagen.svg, anotado("Imagen que se puede editar")),
)


def modo() -> str:
    """`claro` u `oscuro`, según el tema que ve quien mira."""
    return "oscuro" if st.context.theme.type == "dark" else "claro"


def encabezado(titulo: str, entrada: str) -> None:
    """Título de la página y una frase que dice qué contesta."""
    st.title(titulo, anchor=False)
    if not incrustada.es():
        st.markdown(entrada)


@dataclass(frozen=True)
class Dibujo:
    """Una figura lista para mandarse: su Vega-Lite con las tablas en Arrow (menos que JSON) y su texto alternativo."""

    spec: dict[str, Any]
    alternativo: str


def preparar(figura: Figura, alternativo: str) -> Dibujo:
    """La figura lista para `pintar`, tantas veces como haga falta."""
    # El alto lo fija la figura; a lo ancho, lo que haya.
    ajuste = {"type": "fit-x", "contains": "padding"}
    tablas_ = {nombre: _arrow(tabla) for nombre, tabla in figura.datos.items()}
    # Por dentro Vega nombra cada trazo en inglés («rule mark») y sin redondear: se leen el alternativo y la tabla.
    config = figura.spec.get("config", {})
    callado = {**config, "aria": False, "mark": {**config.get("mark", {}), "aria": False}}
    return Dibujo({**figura.spec, "config": callado, "datasets": tablas_, "autosize": ajuste}, alternativo)


def pintar(dibujo: Dibujo, clave: str | None = None, al_elegir: Callable[[], None] | None = None) -> None:
    """Pone la figura en la página, con su texto alternativo. Con `al_elegir`, lo llama cuando se elige algo en ella."""
    elegir: Any = {"on_select": al_elegir} if al_elegir else {}
    st.vega_lite_chart(dict(dibujo.spec), theme=None, width="stretch", alt=dibujo.alternativo, key=clave, **elegir)


def tabla(filas: pd.DataFrame, titulo: str, con_titulo: bool = False) -> None:
    """Tabla HTML (la leen los lectores de pantalla). `filas` ya viene escrita; `titulo` es su nombre accesible."""
    if con_titulo:
        st.markdown(f"**{titulo}**")
    # La clave del contenedor es también su clase: con ella el estilo alinea las cifras a la derecha.
    de_cifras = tr("Cifra") in filas or tr("Periodo") in filas
    with st.container(key=f"cifras_{zlib.crc32(titulo.encode())}" if de_cifras else None):
        st.table(filas, hide_index=True, border="horizontal", alt=titulo)


def cifras(filas: pd.DataFrame, primera: str = "") -> pd.DataFrame:
    """Las columnas que se leen junto a una figura: nombre, cifra con dos decimales, su intervalo y su precisión."""
    partes = list(zip(filas["estado"], filas["valor_pct"], filas["precision"], strict=True))
    columnas = {
        primera or tr("Ciudad"): list(filas["nombre"]),
        tr("Cifra"): [textos.pct(v, 2) if estado == "dato" else textos.ESTADO[estado] for estado, v, _ in partes],
    }
    if filas["ic_inf"].notna().any():
        columnas[tr("Intervalo al 95 %")] = [
            textos.intervalo(*ic) for ic in zip(filas["ic_inf"], filas["ic_sup"], strict=True)
        ]
    columnas[tr("Precisión")] = [_precision(estado, clase) for estado, _, clase in partes]
    return pd.DataFrame(columnas)


FICHA: Final = anotado("Ficha: fuente, pregunta, universo, precisión y celda del libro")
FICHA_CONTEO: Final = anotado("Ficha: qué se cuenta, fuente, edición, archivo, población e intervalo")


def ficha(filas: pd.DataFrame) -> None:
    """La ficha de cada indicador a la vista, plegada: de dónde sale la cifra, de quién es y con qué error."""
    if incrustada.es():
        return
    cuerpo = datos.recordar(
        filas, "ficha", lambda: "".join(_ficha_html(una.nombre, una.renglones) for una in fichas(filas))
    )
    with st.expander(tr(FICHA_CONTEO) if "casos" in filas else tr(FICHA), icon=":material/fact_check:"):
        st.html(cuerpo)


def descargas(
    vista: Vista,
    extensiones: tuple[str, ...] = ("csv", "xlsx", "pptx", "pdf", "png", "svg"),
    rotulo: str = "",
) -> None:
    """Un botón por formato; el archivo se hace sólo cuando alguien lo pide. La vista queda a mano para `recrear`."""
    st.session_state[LLEVADA] = vista
    if incrustada.es():
        incrustada.pie(f"{pie(vista.tabla)} {pie_precision(vista.tabla)}")
        return
    with st.container(horizontal=True, vertical_alignment="center", key="descargas"):
        st.markdown(f"**{rotulo or tr('Llevarse esta vista')}**", width="content")
        for formato, extension, mime, hacer, ayuda in _FORMATOS:
            if extension not in extensiones:
                continue
            st.download_button(
                formato,
                data=_perezoso(hacer, vista),
                file_name=f"{vista.archivo}.{extension}",
                mime=mime,
                key=f"descarga_{extension}",
                help=tr(ayuda),
                on_click="ignore",
                icon=":material/download:",
            )
        if "png" in extensiones:
            llevar.copiar_imagen()
        llevar.mas_formatos(vista, "png" in extensiones)
        compartir.boton(vista.titulo)
        guardadas.anadir(vista.titulo)
    llevar.como_se_calculo(vista)


def enlace_actual() -> str:
    """La dirección de la página con los filtros de esta corrida."""
    return compartir.direccion()


def _arrow(tabla: pd.DataFrame) -> bytes:
    salida = pa.BufferOutputStream()
    contenido = pa.Table.from_pandas(tabla, preserve_index=False).replace_schema_metadata()
    with pa.ipc.new_stream(salida, contenido.schema) as flujo:
        flujo.write_table(contenido)
    return bytes(salida.getvalue())


def _perezoso(hacer: Callable[[Vista], bytes], vista: Vista) -> Callable[[], bytes]:
    return datos.en_su_version(partial(hacer, vista))


def _precision(estado: str, clase: object) -> str:
    if estado != "dato":
        return "—"
    return tr(clase) if isinstance(clase, str) else tr("no publicada")


def _plegado(texto: str) -> str:
    """El texto; si es muy largo (las celdas de cien cifras), plegado tras su principio."""
    if len(texto) <= 600:
        return html.escape(texto)
    return f"<details><summary>{html.escape(texto[:120])}…</summary>{html.escape(texto)}</details>"


def _ficha_html(nombre: str, renglones: tuple[tuple[str, str], ...]) -> str:
    cuerpo = "".join(f"<dt>{html.escape(r)}</dt><dd>{_plegado(t)}</dd>" for r, t in renglones)
    return f"<section class='ficha'><h3>{html.escape(nombre)}</h3><dl>{cuerpo}</dl></section>"
