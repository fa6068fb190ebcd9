"""La página Presentación: sus láminas, su orden, sus notas, y cómo se presenta, se guarda y se comparte."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import streamlit as st

from atalaya import idiomas
from atalaya.errores import ErrorAtalaya
from atalaya.idiomas import tr
from atalaya.interfaz import avisos, datos, idioma, marco, obrador
from atalaya.interfaz import presentacion as modelo
from atalaya.interfaz.guardadas import actual, poner
from atalaya.interfaz.llano import llano
from atalaya.interfaz.presentacion import Lamina, Presentacion

_ABIERTO: Final = "_presentacion_del_enlace"


def vigente() -> Presentacion:
    """La que se está armando; si la dirección trae otra, ésa, una sola vez."""
    enlace = st.query_params.get("p", "")
    if enlace and st.session_state.get(_ABIERTO) != enlace:
        st.session_state[_ABIERTO] = enlace
        try:
            poner(modelo.de_enlace(enlace))
        except ErrorAtalaya as falla:
            avisos.falla(falla)
    return actual()


def llevar(una: Presentacion) -> None:
    """Presentar y bajar los archivos."""
    if not una.laminas:
        st.info(
            tr(
                "Todavía no hay láminas. En cualquier página, «Añadir a la presentación» guarda lo que se ve. "
                "También puede empezar por la del seminario Nezahualcóyotl–Peñalolén."
            ),
            icon=":material/slideshow:",
        )
        if st.button(tr("Abrir la del seminario"), icon=":material/auto_stories:"):
            poner(modelo.seminario())
            st.rerun()
        return
    enlace = modelo.a_enlace(una)
    en = "" if idiomas.actual() == idiomas.OMISION else f"&{idioma.CLAVE}={idiomas.actual()}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.link_button(tr("Presentar"), f"presentar?p={enlace}{en}", type="primary", icon=":material/play_arrow:")
        _archivo(una, tr("HTML sin red"), "html", "text/html", obrador.proyeccion_de)
        tipo = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
        _archivo(una, "PPTX", "pptx", tipo, obrador.pptx_de)
        _archivo(una, "PDF", "pdf", "application/pdf", obrador.pdf_de)
    st.caption(
        tr(
            "Al presentar: → y ← (o el control remoto) cambian de lámina, F pantalla completa, N notas en otra "
            "ventana, "
            "O claro u oscuro, B pantalla en negro. El archivo HTML se presenta sin red."
        )
    )
    with st.expander(tr("Compartir por enlace"), icon=":material/link:"):
        st.code(f"{_sitio()}presentacion?p={enlace}{en}", language=None, wrap_lines=True)


def laminas(una: Presentacion) -> None:
    """Cada lámina con su título, su nota y sus botones para moverla o quitarla."""
    for k, lamina in enumerate(una.laminas):
        with st.container(border=True, key=f"lamina_{k}"):
            _lamina(una, k, lamina)


def guardar_y_abrir(una: Presentacion) -> None:
    """El archivo de la presentación: bajarlo, y abrir otro."""
    st.header(tr("Guardar y abrir"), anchor=False)
    columnas = st.columns(2)
    with columnas[0]:
        titulo = st.text_input(tr("Título de la presentación"), una.titulo, max_chars=modelo.LARGO["titulo"])
        if titulo != una.titulo:
            poner(Presentacion(titulo, una.laminas))
            st.rerun()
        st.download_button(
            tr("Guardar en un archivo"),
            data=partial(modelo.a_json, una),
            file_name="presentacion.json",
            mime="application/json",
            on_click="ignore",
            icon=":material/save:",
            disabled=not una.laminas,
        )
    with columnas[1]:
        archivo = st.file_uploader(tr("Abrir un archivo guardado"), type="json", max_upload_size=1)
        if archivo and st.session_state.get("_abierta") != archivo.file_id:
            st.session_state["_abierta"] = archivo.file_id
            try:
                poner(modelo.de_json(archivo.getvalue(), archivo.name))
            except ErrorAtalaya as falla:
                avisos.falla(falla)
            else:
                st.rerun()


def _lamina(una: Presentacion, k: int, lamina: Lamina) -> None:
    st.markdown(f"**{k + 1}. {llano(lamina.titulo or modelo.decir(lamina.vista))}**")
    titulo = st.text_input(
        tr("Título"),
        lamina.titulo,
        key=f"titulo_{k}_{lamina.vista}",
        max_chars=modelo.LARGO["titulo"],
        placeholder=tr("Si se deja vacío, el de la vista"),
    )
    nota = st.text_area(
        tr("Nota de quien habla"),
        lamina.nota,
        key=f"nota_{k}_{lamina.vista}",
        height=80,
        max_chars=modelo.LARGO["nota"],
    )
    if (titulo, nota) != (lamina.titulo, lamina.nota):
        poner(una.cambiar(k, titulo=titulo, nota=nota))
        st.rerun()
    with st.container(horizontal=True):
        _boton(tr("Subir"), f"subir_{k}", ":material/arrow_upward:", lambda: una.mover(k, -1), k == 0)
        ultima = k == len(una.laminas) - 1
        _boton(tr("Bajar"), f"bajar_{k}", ":material/arrow_downward:", lambda: una.mover(k, 1), ultima)
        _boton(tr("Quitar"), f"quitar_{k}", ":material/delete:", lambda: una.sin(k))
        ruta, _, consulta = lamina.vista.partition("?")
        pares: dict[str, list[str]] = {}
        for parte in filter(None, consulta.split("&")):
            clave, _, valor = parte.partition("=")
            pares.setdefault(clave, []).append(valor)
        st.page_link(marco.archivo(ruta), label=tr("Abrir la vista"), icon=":material/open_in_new:", query_params=pares)


def _boton(rotulo: str, clave: str, icono: str, hacer: Callable[[], Presentacion], apagado: bool = False) -> None:
    if st.button(rotulo, key=clave, icon=icono, disabled=apagado):
        poner(hacer())
        st.rerun()


def _archivo(una: Presentacion, rotulo: str, extension: str, mime: str, hacer: Callable[..., bytes]) -> None:
    en = idiomas.actual()  # el archivo se hace después, en otro hilo
    st.download_button(
        rotulo,
        data=lambda: obrador.encargar(hacer, una, _sitio(), datos.version(), en),
        file_name=f"presentacion.{extension}",
        mime=mime,
        key=f"presentacion_{extension}",
        on_click="ignore",
        icon=":material/download:",
    )


def _sitio() -> str:
    """`https://tablero.ejemplo/`: la dirección de esta página sin su último tramo."""
    base = (st.context.url or "").partition("?")[0]
    return f"{base.rstrip('/').rpartition('/')[0]}/" if "://" in base else ""
