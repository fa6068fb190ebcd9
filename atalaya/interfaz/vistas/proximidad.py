"""La vista de proximidad: la policía municipal según quien vive ahí, y lo que se lleva quien la mira."""

from __future__ import annotations

from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from atalaya import catalogo, periodos
from atalaya.estadistica import pruebas
from atalaya.figuras import hallazgos, lectura_tesis, plantilla, textos, tira
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import anotado, tr
from atalaya.informes.imagen import ANCHO
from atalaya.informes.vista import Vista
from atalaya.interfaz import bloque, datos
from atalaya.interfaz.vistas import inicio
from atalaya.interfaz.vistas.tesis import INDICADORES, Prueba

DE_LA_POLICIA: Final = INDICADORES[:3]
CHILE: Final = anotado(
    "**En Chile no hay policía municipal.** La más cercana, Carabineros, es nacional, y la ENUSC no da de ella una "
    "confianza por comuna que se pueda usar: no se pone otra cifra en su lugar."
)


def policia(panorama: pd.DataFrame, propia: pd.DataFrame, ciudad: str, periodo: str) -> None:
    """Las tres cifras de la ciudad entre todas (`panorama`), su tabla y si difieren de la nacional (`propia`)."""
    tabla = _de_la_policia(panorama)
    titulo = tr(
        "{ciudad}: la policía municipal, {periodo}", ciudad=datos.nombre(ciudad), periodo=periodos.nombre_mes(periodo)
    )
    st.header(titulo, anchor=False)
    grupo = inicio.grupo_de(ciudad)
    izquierda, derecha = st.columns([4, 3], gap="medium")
    with izquierda:
        bloque.pintar(
            datos.recordar(
                panorama,
                ("policia", ciudad, bloque.modo()),
                lambda: bloque.preparar(
                    inicio.dibujar_tira(tabla, ciudad, grupo, bloque.modo()),
                    tira.describir(inicio.con_rotulo(tabla), titulo, ciudad, grupo, inicio.rotulos(tabla)),
                ),
            )
        )
        st.html(inicio.leyenda(datos.nombre(ciudad), bool(grupo)))
    with derecha:
        bloque.tabla(_en_tabla(propia, ciudad), titulo)
    frases = datos.recordar(propia, "frases", lambda: _frases(propia, ciudad))
    st.markdown("\n".join(f"- {frase}" for frase in [*frases, tr(CHILE)]))


def vista(panorama: pd.DataFrame, prueba: Prueba, periodo: str) -> Vista:
    """Lo que se descarga: las cifras de todas las ciudades y trimestres con que se hizo, y las tres figuras."""
    ciudad = prueba.ciudad

    def figura() -> Figura:
        ancho = ANCHO - 240
        partes = [inicio.dibujar_tira(_de_la_policia(panorama), ciudad, inicio.grupo_de(ciudad), "claro", ancho)]
        if len(prueba.ajustes):
            partes.append(prueba.coeficientes("claro", ancho))
        if len(prueba.nube):
            partes.append(prueba.dispersion("claro", ancho).con(title=prueba.titulo))
        return plantilla.juntar("vconcat", partes, 40)

    return Vista(
        archivo=f"atalaya_proximidad_{ciudad}_{periodo}",
        titulo=tr("Proximidad: {ciudad}, {periodo}", ciudad=datos.nombre(ciudad), periodo=periodos.nombre_mes(periodo)),
        subtitulo=" ".join(lectura_tesis.de_la_tesis(prueba.ajustes)).replace("**", "")
        + tr(" Es asociación, no causa."),
        tabla=datos.recordar(prueba.panel, ("vista", periodo), partial(_con_periodo, prueba.panel, panorama)),
        figura=figura,
        alternativo=lambda: " ".join(prueba.alternativos()),
        enlace=bloque.enlace_actual(),
        version=datos.version(),
        hallazgos=lambda: [frase.replace("**", "") for frase in lectura_tesis.de_la_tesis(prueba.ajustes)],
    )


def _de_la_policia(panorama: pd.DataFrame) -> pd.DataFrame:
    return panorama[panorama["indicador"].isin(DE_LA_POLICIA)]


def _frases(propia: pd.DataFrame, ciudad: str) -> list[str]:
    """Si cada cifra de la ciudad se distingue de la nacional."""
    frases = []
    for clave, par in propia.groupby("indicador", sort=False):
        dichas = hallazgos.de_comparar(datos.nombre(ciudad), pruebas.frente_al_foco(par, ciudad))
        frases += [f"{catalogo.indicador(str(clave)).nombre_corto}. {dicha}" for dicha in dichas]
    return frases


def _en_tabla(propia: pd.DataFrame, ciudad: str) -> pd.DataFrame:
    renglones = []
    for clave, par in propia.groupby("indicador", sort=False):
        suyas = {f["lugar"]: f for f in par.to_dict("records")}
        renglones.append(
            {
                tr("Indicador"): catalogo.indicador(str(clave)).nombre_corto,
                tr("Cifra"): textos.cifra(suyas[ciudad], 2),
                tr("Intervalo al 95 %"): textos.intervalo(suyas[ciudad]["ic_inf"], suyas[ciudad]["ic_sup"]),
                tr("Nacional"): textos.cifra(suyas[datos.NACIONAL], 2),
            }
        )
    return pd.DataFrame(renglones)


def _con_periodo(panel: pd.DataFrame, panorama: pd.DataFrame) -> pd.DataFrame:
    """El panel y, del trimestre a la vista, la nación y lo que el panel no cuenta aparte."""
    return pd.concat([panel, panorama]).drop_duplicates(["indicador", "lugar", "periodo"], ignore_index=True)
