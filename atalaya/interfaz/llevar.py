"""Lo demás que se lleva de una vista: Parquet, el paquete entero, otros tamaños de imagen, y cómo se calculó."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

import streamlit as st

from atalaya.idiomas import Rotulos, anotado, tr
from atalaya.informes import imagen
from atalaya.informes.legajo import Legajo
from atalaya.informes.paquete import paquete, parquet
from atalaya.informes.receta import receta_python, receta_r, receta_sql, se_puede_rehacer
from atalaya.informes.vista import Vista
from atalaya.interfaz import datos, rastro

_PESO: Final = Rotulos({1: "para un correo", 4: "para imprimir en grande"})
COMO: Final = anotado("Cómo se calculó: SQL, Python y R")


def mas_formatos(vista: Vista, con_figura: bool) -> None:
    """El botón «Más formatos»: paquete, Parquet y, si hay figura, PNG a 1× y 4×."""
    corridas = rastro.corridas()
    ofertas: list[tuple[str, str, str, Callable[[], bytes], str]] = [
        (
            tr("Todo (ZIP)"),
            "zip",
            "application/zip",
            partial(paquete, vista, corridas, con_figura),
            tr("Datos, figura, cita en APA y BibTeX, licencias, método y versión del acervo"),
        ),
        (
            tr("Parquet"),
            "parquet",
            "application/vnd.apache.parquet",
            partial(parquet, vista),
            tr("Con tipos, para programas"),
        ),
    ]
    if con_figura:
        ofertas += [
            (
                tr("PNG {escala}×", escala=escala),
                f"{escala}x.png",
                "image/png",
                partial(imagen.png, vista, escala),
                _PESO[escala],
            )
            for escala in _PESO
        ]
    with st.popover(tr("Más formatos"), icon=":material/folder_zip:"):
        for rotulo, extension, mime, hacer, ayuda in ofertas:
            st.download_button(
                rotulo,
                data=datos.en_su_version(hacer),
                file_name=f"{vista.archivo}.{extension}",
                mime=mime,
                key=f"descarga_{extension.replace('.', '_')}",
                help=ayuda,
                on_click="ignore",
                icon=":material/download:",
                width="stretch",
            )


def copiar_imagen() -> None:
    """El botón que deja la imagen en el portapapeles: lo atiende `pagina.js`, en el momento del clic."""
    st.button(
        tr("Copiar imagen"),
        key="copiar_imagen",
        icon=":material/content_copy:",
        help=tr("Con su título y su fuente, para pegarla en un documento"),
    )


def como_se_calculo(uno: Vista | Legajo) -> None:
    """Plegado: las consultas con sus parámetros y los guiones que rehacen la vista. Viaja sólo si se abre."""
    corridas = rastro.corridas()
    with st.expander(tr(COMO), icon=":material/function:", key="como_se_calculo", on_change="rerun") as plegado:
        if not plegado.open:
            return
        st.markdown(
            tr(
                "Las consultas, con los valores que se ven. Cada una dice en su cabecera qué da y con qué método; la "
                "página Metodología las explica todas."
            )
        )
        _codigo(receta_sql(corridas, datos.version()), "sql", uno.archivo)
        if isinstance(uno, Vista) and se_puede_rehacer(uno):
            st.markdown(
                tr(
                    "Y desde la descarga: guárdelos junto a `{archivo}.csv` y córralos. Rehacen cada cifra, su "
                    "intervalo, su diferencia o su tasa, y dicen cuánto se apartan de lo exportado.",
                    archivo=uno.archivo,
                )
            )
            python, erre = st.tabs([tr("Python"), "R"])
            with python:
                _codigo(receta_python(uno), "python", uno.archivo, "py")
            with erre:
                _codigo(receta_r(uno), "r", uno.archivo, "R")


def _codigo(texto: str, lenguaje: str, archivo: str, extension: str = "") -> None:
    st.code(texto, language=lenguaje, height=320)
    extension = extension or lenguaje
    st.download_button(
        tr("Bajar {archivo}.{extension}", archivo=archivo, extension=extension),
        data=texto,
        file_name=f"{archivo}.{extension}",
        mime="text/plain",
        key=f"receta_{extension}",
        on_click="ignore",
        icon=":material/download:",
    )
