"""La ficha de un lugar del mapa: su cifra con su error, o por qué no la hay, de dónde sale y a dónde seguir."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from atalaya import catalogo, periodos
from atalaya.catalogo.registros import proyecciones
from atalaya.figuras import cobertura, mapa, textos
from atalaya.figuras.escala import Escala
from atalaya.idiomas import Rotulos, anotado, tr
from atalaya.interfaz import conteos, datos, datos_ficha, datos_mapa

SEGUIR: Final = (("evolucion", anotado("Evolución")), ("comparar", anotado("Comparar")))
_METODO: Final = Rotulos(
    {
        "publicada": "publicada por la oficina",
        "microdatos": "estimada aquí de los microdatos",
        "experimental": "experimental, de áreas pequeñas",
        "citada": "citada de un documento",
    }
)
_ERROR: Final = Rotulos(
    {
        "modelada": "error modelado por Atalaya",
        "microdatos": "error de diseño, de los microdatos",
        "publicada": "error que publica la oficina",
    }
)


def mostrar(tabla: pd.DataFrame, lugares: Sequence[str], indicador: str, escala: Escala) -> None:
    """La ficha del primer lugar marcado; sin ninguno, cómo abrirla."""
    suyas = tabla[tabla["lugar"] == lugares[0]] if lugares else tabla.head(0)
    with st.container(border=True, key="ficha_lugar"):
        if suyas.empty:
            st.markdown(
                tr("**Ficha de un lugar**: haga clic en el mapa o elíjalo en «Lugares marcados».")
                if not lugares
                else tr("**{lugares}** no estaba en el mapa de ese periodo.", lugares=datos_mapa.nombre(lugares[0]))
            )
            return
        fila: dict[Any, Any] = suyas.iloc[0].to_dict()
        st.html(_tarjeta(fila, escala))
        _seguir(fila["lugar"], indicador, fila["periodo"])


def _tarjeta(fila: dict[Any, Any], escala: Escala) -> str:
    renglones = _de_registro(fila) if escala.es_tasa else _de_encuesta(fila)
    cuerpo = "".join(f"<dt>{r}</dt><dd>{html.escape(t)}</dd>" for r, t in renglones if t)
    nombre = html.escape(datos_mapa.nombre(fila["lugar"]))
    return (
        f"<section class='ficha lugar' aria-live='polite' aria-label='Ficha de {nombre}'><h3>{nombre}</h3>"
        f"<p><b>{html.escape(mapa.decir(fila, escala))}</b></p><dl>{cuerpo}</dl></section>"
    )


def _de_encuesta(fila: dict[Any, Any]) -> list[tuple[str, str]]:
    ficha = catalogo.indicador(fila["indicador"])
    comunes = [
        (tr("Periodo"), periodos.nombre_mes(fila["periodo"])),
        (tr("Fuente"), catalogo.fuentes()[ficha.fuente].nombre),
    ]
    if fila["estado"] != "dato":
        return [(tr("Por qué"), cobertura.motivo(fila["lugar"], fila["periodo"], fila["estado"], None)[1]), *comunes]
    error = _ERROR.get(str(fila["metodo_error"]), "")
    intervalo = textos.intervalo(fila["ic_inf"], fila["ic_sup"], 2)
    precision = fila["precision"]
    return [
        (
            tr("Intervalo"),
            tr("{intervalo} al 95 %; {error}", intervalo=intervalo, error=error) if error else tr("sin error conocido"),
        ),
        (
            tr("Precisión"),
            tr("{precision}, según {regla}", precision=tr(precision), regla=_regla(ficha.fuente))
            if isinstance(precision, str)
            else tr("no publicada"),
        ),
        (tr("Entrevistas"), textos.entero(fila["n"]) if pd.notna(fila["n"]) else tr("la fuente no las publica")),
        (tr("Método"), _METODO.get(str(fila["metodo"]), str(fila["metodo"]))),
        *comunes,
        (tr("Dónde está"), f"{fila['archivo']}, {_cuadro(fila)}"),
    ]


def _de_registro(fila: dict[Any, Any]) -> list[tuple[str, str]]:
    ficha, anual = catalogo.indicador(fila["indicador"]), len(fila["periodo"]) == 4
    con_tasa = fila["estado"] == "dato"
    con_casos = con_tasa or fila["estado"] == "sin_denominador"
    renglones = [] if con_tasa else [(tr("Por qué"), textos.CAUSA.get(fila["estado"], ""))]
    if con_tasa:
        proyeccion = proyecciones()[fila["proyeccion"]].nombre.partition(",")[0]
        renglones += [
            (tr("Intervalo"), tr("{ic_inf} al 95 %", ic_inf=textos.intervalo(fila["ic_inf"], fila["ic_sup"]))),
            (tr("Población"), f"{textos.entero(fila['poblacion'])} ({proyeccion}, {fila['periodo'][:4]})"),
        ]
        if not anual or fila["meses"] < 12:
            de = tr("del mes") if not anual else tr("de {meses} meses", meses=int(fila["meses"]))
            renglones.append((tr("Tasa"), tr("{de}, llevada a un año", de=de)))
    if con_casos:
        renglones.insert(1, (tr("Casos"), f"{textos.entero(fila['casos'])} {ficha.unidad_dicha}"))
        renglones.append((tr("Método"), _METODO.get(str(fila["metodo"]), "")))
    renglones += [
        (tr("Periodo"), periodos.nombre_mes(fila["periodo"])),
        (tr("Fuente"), catalogo.fuentes()[ficha.fuente].nombre),
    ]
    return [*renglones, *([(tr("Dónde está"), f"{fila['archivo']}, {fila['celda']}")] if con_casos else [])]


def _regla(fuente: str) -> str:
    return textos.REGLA[catalogo.fuentes()[fuente].reglas].partition(":")[0]


def _cuadro(fila: dict[Any, Any]) -> str:
    if fila["metodo"] == "microdatos":
        return tr("variables {celda}", celda=fila["celda"])
    return tr("cuadro {cuadro}, celda {celda}", cuadro=fila["cuadro"], celda=fila["celda"])


def _seguir(lugar: str, indicador: str, periodo: str) -> None:
    """Enlaces a las páginas que tienen cifras de ese lugar."""
    with st.container(horizontal=True):
        if conteos.territorio(lugar) in datos_ficha.lugares():
            st.page_link("pages/indicadores/ficha.py", label=tr("Ficha entera"), query_params={"lugar": lugar})
        for pagina, rotulo in SEGUIR if lugar in datos.areas() else ():
            consulta: dict[str, Any] = {"lugar": lugar, "indicador": indicador}
            if pagina == "comparar":
                consulta["periodo"] = periodo
            st.page_link(f"pages/indicadores/{pagina}.py", label=tr(rotulo), query_params=consulta)
