"""Los territorios de los procesos: su etapa, sus asambleas y sus acuerdos; lo que no se sabe no es cero."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from atalaya.figuras import asambleas, barras, cuentas, textos
from atalaya.figuras.barras import Barra
from atalaya.idiomas import anotado, tr, tr_n
from atalaya.interfaz import bloque, seguido
from atalaya.interfaz.llano import llano

TOPE: Final = 40
"""Con más territorios que éstos la figura no se lee: se ve la tabla."""
ACUERDO: Final = {
    "cumplido": (anotado("Cumplidos"), "lleno"),
    "en proceso": (anotado("En proceso"), "segundo"),
    "incumplido": (anotado("Incumplidos"), "rayado"),
    "no reportado": (anotado("No se reportó"), "partido"),
}
_COMO: Final = anotado(
    "Cuatro cosas se ven distintas: no se celebró, se celebró y fueron cero, no se reportó y se suprimió. Si su "
    "municipio las lleva, llene la plantilla y cárguela."
)


def mostrar(tablas: Mapping[str, pd.DataFrame]) -> None:
    """Territorios, asambleas y acuerdos, o qué hacer si no los hay."""
    st.header(tr("Territorios, asambleas y enlaces"), anchor=False)
    filas = tablas["territorios_vistos"]
    if filas.empty:
        seguido.falta(
            "territorios",
            tr("Los documentos dan totales y no nombran los territorios uno por uno."),
            tr("Con los suyos se ve en qué etapa va cada uno, sus enlaces por mil habitantes y sus acuerdos."),
        )
    else:
        bloque.tabla(tabla_territorios(filas), tr("Territorios: etapa, asambleas, enlaces y acuerdos"))
    _asambleas(tablas["asambleas_vistas"])
    st.header(tr("Acuerdos y su cumplimiento"), anchor=False)
    _acuerdos(tablas["acuerdos_vistos"])


def tabla_territorios(filas: pd.DataFrame) -> pd.DataFrame:
    """Un renglón por territorio; una suma a la que le falta algo se dice «más de»."""
    return pd.DataFrame(
        [
            {
                tr("Territorio"): llano(f["nombre_territorio"]),
                tr("Etapa"): tr(f["etapa"]) if f["etapa"] != "no dicho" else tr("el documento no lo dice"),
                tr("Asambleas"): cuantas(f),
                tr("Enlaces"): _suma(f["enlaces"], f["sin_cuenta"]),
                tr("Enlaces por mil"): _por_mil(f),
                tr("Acuerdos cumplidos"): tr(
                    "{cumplidos:.0f} de {acuerdos:.0f}", cumplidos=f["cumplidos"], acuerdos=f["acuerdos"]
                )
                if pd.notna(f["acuerdos"])
                else tr("sin acuerdos"),
            }
            for f in filas.to_dict("records")
        ]
    )


def cuantas(f: dict[Any, Any]) -> str:
    """«3 celebradas (1 con cero), 1 no celebrada, 2 no reportadas, 1 suprimida»."""
    if pd.isna(f["celebradas"]):
        return tr("sin asambleas en la tabla")
    n = {c: int(f[c]) for c in ("celebradas", "con_cero", "no_celebradas", "no_reportadas", "suprimidas")}
    dichas = [
        tr_n("{n} celebrada", "{n} celebradas", n["celebradas"], n=n["celebradas"])
        + (tr(" ({con_cero} con cero)", con_cero=n["con_cero"]) if n["con_cero"] else ""),
        tr_n("{n} no celebrada", "{n} no celebradas", n["no_celebradas"], n=n["no_celebradas"]),
        tr_n("{n} no reportada", "{n} no reportadas", n["no_reportadas"], n=n["no_reportadas"]),
        tr_n("{n} suprimida", "{n} suprimidas", n["suprimidas"], n=n["suprimidas"]),
    ]
    hay = (True, n["no_celebradas"], n["no_reportadas"], n["suprimidas"])
    return ", ".join(dicha for dicha, si in zip(dichas, hay, strict=True) if si)


def _asambleas(filas: pd.DataFrame) -> None:
    if filas.empty:
        seguido.falta("asambleas", tr("Ningún documento da sus asambleas una por una."), tr(_COMO))
        return
    if filas["territorio"].nunique() <= TOPE:
        figura = asambleas.asambleas(filas, bloque.modo())
        bloque.pintar(bloque.preparar(figura, asambleas.describir(filas)))
    renglones = [
        {
            tr("Territorio"): llano(f["nombre_territorio"]),
            tr("Fecha"): cuentas.fecha(f["fecha"]),
            tr("Qué pasó"): cuentas.ASAMBLEA[f["visto"]],
            tr("Asistentes"): textos.entero(f["asistentes"]),
            tr("Enlaces"): textos.entero(f["enlaces"]),
            tr("Asistentes por mil hab."): textos.numero(f["por_mil"]),
        }
        for f in filas.to_dict("records")
    ]
    bloque.tabla(pd.DataFrame(renglones), tr("Asambleas: qué pasó en cada una"))


def _acuerdos(filas: pd.DataFrame) -> None:
    if filas.empty:
        seguido.falta(
            "acuerdos",
            tr("Ningún documento enumera los acuerdos de sus asambleas."),
            tr("Con los suyos se ve cuántos se cumplieron, cuáles vencieron y de cuáles no se sabe."),
        )
        return
    figura = barras.barras(barras_de_acuerdos(filas), bloque.modo())
    dichos = "; ".join(una.rotulo for una in barras_de_acuerdos(filas))
    vencidos = int(filas["vencido"].sum())
    bloque.pintar(
        bloque.preparar(
            figura,
            tr(
                "Barras: {filas} acuerdos por cómo van. {dichos}. Vencidos: {vencidos}.",
                filas=len(filas),
                dichos=dichos,
                vencidos=vencidos,
            ),
        )
    )
    if vencidos:
        st.markdown(
            tr_n(
                "**Uno** pasó su plazo y no consta que se cumpliera.",
                "**{vencidos}** pasaron su plazo y no consta que se cumplieran.",
                vencidos,
                vencidos=vencidos,
            )
        )
    renglones = [
        {
            tr("Acuerdo"): llano(f["texto"]),
            tr("Territorio"): llano(f["nombre_territorio"]),
            tr("Responsable"): llano(f["responsable"]) or "—",
            tr("Plazo"): (cuentas.fecha(f["fin"]) or tr("sin plazo")) + (tr(" · **vencido**") if f["vencido"] else ""),
            tr("Cómo va"): tr("no se reportó") if f["estado"] == "no reportado" else tr(f["estado"]),
            tr("Evidencia"): llano(f["evidencia"]) or "—",
        }
        for f in filas.to_dict("records")
    ]
    bloque.tabla(pd.DataFrame(renglones), tr("Acuerdos y cómo va cada uno"))


def barras_de_acuerdos(filas: pd.DataFrame) -> list[Barra]:
    """Una barra por estado, también los que nadie tiene: cero incumplidos es una cifra."""
    cuenta = filas["estado"].value_counts()
    total = len(filas)
    return [
        Barra(
            tr("{rotulo}: {cual} de {total}", rotulo=tr(rotulo), cual=int(cuenta.get(estado, 0)), total=total),
            ((0.0, float(cuenta.get(estado, 0)) / total, clase), (0.0, 1.0, "hueco")),
        )
        for estado, (rotulo, clase) in ACUERDO.items()
    ]


def _suma(valor: float, sin_cuenta: float) -> str:
    if pd.isna(valor):
        return tr("no se sabe") if pd.notna(sin_cuenta) else "—"
    return f"{tr('más de ') if sin_cuenta else ''}{cuentas.numero(valor)}"


def _por_mil(f: dict[Any, Any]) -> str:
    if pd.isna(f["enlaces"]):
        return "—"
    if pd.isna(f["enlaces_por_mil"]):
        return tr("sin población")
    de = tr("de {habitantes} hab.", habitantes=cuentas.numero(f["habitantes"]))
    return f"{tr('más de ') if f['sin_cuenta'] else ''}{textos.numero(f['enlaces_por_mil'])} ({de})"
