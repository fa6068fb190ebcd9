"""Las recomendaciones de una evaluación, a dos voces, autoridad y observatorio, con fecha y evidencia."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from atalaya import catalogo
from atalaya.figuras import cuentas, voces
from atalaya.idiomas import Rotulos, tr
from atalaya.informes.imagen import ANCHO
from atalaya.informes.legajo import Legajo
from atalaya.interfaz import avisos, bloque, filtros, filtros_seguimiento, seguido, seguimiento
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.filtros_seguimiento import TODOS, en_clave
from atalaya.interfaz.llano import llano

Fila = dict[Any, Any]
ACUERDO: Final = Rotulos(
    {
        "discrepan": "≠ discrepan",
        "coinciden": "✓ coinciden",
        "sólo la autoridad": "sólo ha hablado la autoridad",
        "sólo el observatorio": "sólo ha hablado el observatorio",
        "ninguna": "ninguna ha hablado",
    }
)


def de(elegida: Fila, hoy: str) -> pd.DataFrame:
    """Las recomendaciones de la evaluación, con sus dos voces hasta esa fecha."""
    todas = seguimiento.correr("recomendaciones_vistas", hoy=hoy)
    return todas[todas["evaluacion"] == elegida["evaluacion"]]


def filtrar(enlace: Enlace, suyas: pd.DataFrame) -> pd.DataFrame:
    """Los filtros por acuerdo, criterio, perspectiva y texto; sin recomendaciones no hay qué filtrar."""
    if suyas.empty:
        return suyas
    columnas = st.columns([3, 3, 3, 3])
    with columnas[0]:
        claves = {en_clave(cual): dicho for cual, dicho in ACUERDO.items()}
        acuerdo = filtros_seguimiento.de_claves(enlace, "acuerdo", tr("Las dos voces"), claves)
    with columnas[1]:
        criterio = filtros_seguimiento.de_textos(enlace, "criterio", tr("Criterio"), suyas["criterio"])
    with columnas[2]:
        perspectiva = filtros_seguimiento.de_textos(
            enlace, "perspectiva", tr("Perspectiva"), suyas["perspectiva"], tr("Todas")
        )
    with columnas[3]:
        texto = filtros.busqueda(enlace, tr("Buscar"), tr("protocolo, refugio…"))
    queda = pd.Series(True, index=suyas.index)
    for columna, elegido in (("acuerdo", acuerdo), ("criterio", criterio), ("perspectiva", perspectiva)):
        if elegido != TODOS:
            queda &= suyas[columna].map(lambda t: en_clave(t) if isinstance(t, str) else "") == elegido
    if texto:
        queda &= suyas["texto"].map(catalogo.normalizar).str.contains(catalogo.normalizar(texto), regex=False)
    return suyas[queda]


def mostrar(
    elegida: Fila, visibles: pd.DataFrame, suyas: pd.DataFrame, tablas: dict[str, pd.DataFrame], hoy: str
) -> Legajo:
    """Dónde discrepan, las dos voces de cada una y la historia; devuelve lo que se lleva."""
    st.header(tr("¿Dónde discrepan la autoridad y el observatorio?"), anchor=False)
    if suyas.empty:
        _ninguna(elegida)
    elif visibles.empty:
        avisos.vacio(
            tr("Ninguna recomendación con esos filtros."), tr("Quite uno: voces, criterio, perspectiva o búsqueda.")
        )
    else:
        _voces(visibles, hoy)
    if len(tablas["voces_en_orden"]):
        _historia(tablas["voces_en_orden"])
    con_voz = visibles[visibles["acuerdo"] != "ninguna"] if len(visibles) else visibles
    hay = len(con_voz) > 0
    return Legajo(
        archivo=f"atalaya_evaluacion_{elegida['evaluacion']}",
        titulo=f"{elegida['observatorio']}: {elegida['instrumento']}",
        subtitulo=tr("Al {fecha}. ", fecha=cuentas.fecha(hoy))
        + (
            tr("Círculo: autoridad. Cuadro: observatorio. ≠: discrepan.")
            if hay
            else tr("El plazo y lo que duró, en días.")
        ),
        tablas={"recomendaciones_vistas": visibles, **tablas},
        documentos=seguido.documentos(),
        figura=lambda: (
            voces.dibujar(con_voz, "claro", ANCHO - 60) if hay else voces.reloj(elegida, "claro", ANCHO - 60)
        ),
        alternativo=lambda: voces.describir(con_voz) if hay else voces.decir_reloj(elegida).replace("**", ""),
        enlace=bloque.enlace_actual(),
    )


def _ninguna(elegida: Fila) -> None:
    """El documento no las enumera: se dice, y se ofrece con qué llenarlas."""
    declaradas = elegida["recomendaciones_declaradas"]
    cuantas: str = (
        tr(" Dice que hubo {declaradas}.", declaradas=int(declaradas))
        if pd.notna(declaradas)
        else tr(" Tampoco dice cuántas hubo.")
    )
    seguido.falta(
        "recomendaciones",
        tr("El documento no enumera ninguna recomendación."),
        tr(
            "Dice que las hubo, no cuáles.{cuantas} Sin ellas no hay dos voces que comparar. Quien las "
            "tenga puede llenar la plantilla, y la de las voces (qué dice de cada una la autoridad y qué el "
            "observatorio, con fecha y evidencia), y cargarlas.",
            cuantas=cuantas,
        ),
    )
    seguido.plantilla("voces")


def _voces(visibles: pd.DataFrame, hoy: str) -> None:
    cuentas_ = visibles["acuerdo"].value_counts()
    discrepan = int(cuentas_.get("discrepan", 0))
    sin_autoridad = visibles[visibles["autoridad_postura"].isna()]
    dicho = tr(
        "Al {fecha}, de {visibles} recomendaciones **discrepan en {discrepan}**",
        fecha=cuentas.fecha(hoy),
        visibles=len(visibles),
        discrepan=discrepan,
    )
    coinciden = int(cuentas_.get("coinciden", 0))
    sin = (
        tr(" De {sin_autoridad} la autoridad no ha dicho nada.", sin_autoridad=len(sin_autoridad))
        if len(sin_autoridad)
        else ""
    )
    st.markdown(tr("{dicho} y coinciden en {coinciden}.{sin}", dicho=dicho, coinciden=coinciden, sin=sin))
    con_voz = visibles[visibles["acuerdo"] != "ninguna"]
    if len(con_voz):
        bloque.pintar(bloque.preparar(voces.dibujar(con_voz, bloque.modo()), voces.describir(con_voz)))
    orden = visibles.assign(_o=visibles["acuerdo"] != "discrepan").sort_values("_o", kind="stable")
    bloque.tabla(
        pd.DataFrame([_renglon(f) for f in orden.to_dict("records")]), tr("Las dos voces de cada recomendación")
    )


def _renglon(f: Fila) -> dict[str, str]:
    de_que = " · ".join(llano(f[c]) for c in ("criterio", "perspectiva") if isinstance(f[c], str))
    return {
        tr("Recomendación"): f"**{llano(voces.nombre(f))}**",
        tr("Las dos voces"): ACUERDO[f["acuerdo"]],
        tr("La autoridad"): _voz(f, "autoridad"),
        tr("El observatorio"): _voz(f, "observatorio"),
        tr("Criterio y perspectiva"): de_que or tr("no lo dice"),
    }


def _voz(f: Fila, quien: str) -> str:
    if not isinstance(f[f"{quien}_postura"], str):
        dias = f["dias_sin_respuesta"]
        espera = tr(" en {dias:,} días", dias=int(dias)) if quien == "autoridad" and pd.notna(dias) else ""
        return tr("no ha dicho nada{espera}", espera=espera)
    texto = f": «{llano(f[f'{quien}_texto'])}»" if isinstance(f[f"{quien}_texto"], str) else ""
    evidencia = llano(f[f"{quien}_evidencia"]) or tr("sin evidencia dicha")
    return f"**{f[f'{quien}_postura']}**{texto} ({cuentas.fecha(f[f'{quien}_fecha'])}; {evidencia})"


def _historia(filas: pd.DataFrame) -> None:
    renglones = [
        {
            tr("Cuándo"): cuentas.fecha(f["fecha"]),
            tr("Quién"): f["voz"],
            tr("De qué"): llano(voces.nombre({"numero": f["numero"], "texto": f["recomendado"]})),
            tr("Postura"): f["postura"],
            tr("Qué dice"): llano(f["texto"]) or "—",
            tr("Evidencia"): llano(f["evidencia"]) or "—",
        }
        for f in filas.to_dict("records")
    ]
    with st.expander(tr("Todo lo que se dijo, con su fecha: nada se borra"), icon=":material/history:"):
        bloque.tabla(pd.DataFrame(renglones), tr("Historia de las dos voces"))
