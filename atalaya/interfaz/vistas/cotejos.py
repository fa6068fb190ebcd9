"""Las cuentas de los documentos, rehechas: qué dicen, qué sale y si cuadra."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import pandas as pd
import streamlit as st

from atalaya.figuras import cuentas
from atalaya.idiomas import tr
from atalaya.interfaz import bloque, seguimiento
from atalaya.interfaz.llano import llano


def mostrar(seccion: str, claves: Collection[str]) -> None:
    """Los cotejos de una sección que tocan a lo que está a la vista, plegados; nada si no hay ninguno."""
    todos = seguimiento.correr("cotejos")
    suyos = todos[(todos["seccion"] == seccion) & todos["clave"].isin(list(claves))]
    if suyos.empty:
        return
    filas = sorted(suyos.to_dict("records"), key=lambda f: _cuadra(f["cuadra"]) is not False)
    with st.expander(titulo(filas), icon=":material/calculate:"):
        st.markdown(
            tr(
                "Se rehízo cada suma o cuenta que el documento escribe con lo que él mismo enumera. No se "
                "corrige nada: "
                "se deja lo que escribe y se dice si sale lo mismo."
            )
        )
        bloque.tabla(pd.DataFrame([renglon(f) for f in filas]), tr("Cuentas de los documentos, rehechas"))


def titulo(filas: Collection[dict[Any, Any]]) -> str:
    """«Cuentas rehechas: 2 de 8 no cuadran»."""
    faltas = sum(_cuadra(f["cuadra"]) is False for f in filas)
    if not faltas:
        return tr("Cuentas rehechas: {filas}, ninguna deja de cuadrar", filas=len(filas))
    return tr(
        "Cuentas rehechas: {faltas} de {filas} no {dicho}",
        faltas=faltas,
        filas=len(filas),
        dicho=tr("cuadra") if faltas == 1 else tr("cuadran"),
    )


def renglon(f: dict[Any, Any]) -> dict[str, str]:
    """Un cotejo en palabras."""
    # «personas por sexo: Academia»: lo de después es del documento. Y lo que la nota cita entre «», también.
    que, _, de_que = str(f["que"]).partition(": ")
    que = f"{tr(que)}: {de_que}" if de_que else tr(que)
    nota, comilla, cita = str(f["nota"]).partition(" «")
    return {
        tr("Qué se contó"): llano(que[:1].upper() + que[1:]),
        tr("¿Cuadra?"): veredicto(f),
        tr("Cómo"): llano(f"{tr(nota)}{comilla}{cita}"),
    }


def veredicto(f: dict[Any, Any]) -> str:
    """«✓ sí: 480»; «✕ no: dice 26, sale 9»; «— no se puede decir: dice 17»: en una celda, que cabe en un teléfono."""
    cuadra, dicho, sale = (
        _cuadra(f["cuadra"]),
        _lado(f["dicho"], f["dicho_max"]),
        _lado(f["recalculado"], f["recalculado_max"]),
    )
    if cuadra:
        return tr("✓ sí: {dicho}", dicho=dicho)
    lados = [
        tr("dice {dicho}", dicho=dicho) if dicho else tr("no lo escribe"),
        tr("sale {sale}", sale=sale) if sale else tr("no hay con qué rehacerla"),
    ]
    return f"{tr('✕ no') if cuadra is False else tr('— no se puede decir')}: {', '.join(lados)}"


def _lado(desde: float | None, hasta: float | None) -> str:
    if pd.isna(desde):
        return ""
    return (
        cuentas.numero(desde)
        if pd.isna(hasta)
        else tr("{desde} a {hasta}", desde=cuentas.numero(desde), hasta=cuentas.numero(hasta))
    )


def _cuadra(valor: object) -> bool | None:
    return None if valor is None or pd.isna(valor) else bool(valor)  # type: ignore[call-overload]
