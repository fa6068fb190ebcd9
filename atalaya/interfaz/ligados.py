"""Los indicadores que un compromiso o una transferencia debía mover, con su prueba, al lado de lo cumplido."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from atalaya.estadistica.ligados import probar
from atalaya.figuras import ligados as dicho
from atalaya.idiomas import tr
from atalaya.interfaz import bloque, seguimiento
from atalaya.interfaz.llano import llano

Fila = Mapping[Any, Any]


def de(objeto: str) -> dict[str, list[dict[str, Any]]]:
    """Las ligas ya probadas de una tabla (`compromisos`, `transferencias`…), por clave; vacío si no hay ninguna."""
    por_clave: dict[str, list[dict[str, Any]]] = {}
    for fila in probar(seguimiento.correr("ligados", objeto=objeto).to_dict("records")):
        por_clave.setdefault(str(fila["clave"]), []).append(fila)
    return por_clave


def mostrar(filas: Sequence[Fila], cumplido: str) -> None:
    """Lo cumplido al lado de lo que pasó con el resultado. `cumplido`: lo que se afirma, «95 % de avance»."""
    st.markdown(tr("**Lo cumplido y el resultado**"))
    if not filas:
        st.markdown(
            tr(
                "{nombre}. Ningún indicador se le ha ligado: no se sabe si el resultado se movió.",
                nombre=llano(cumplido),
            )
        )
        return
    st.markdown(f"**{llano(cumplido)}**; {llano(dicho.resumen(filas))}.")
    st.markdown("\n".join(f"- {dicho.SIGNO[fila['lectura']]} {llano(dicho.frase(fila))}." for fila in filas))
    bloque.tabla(
        pd.DataFrame([_renglon(fila) for fila in filas]), tr("Resultados ligados: {nombre}", nombre=llano(cumplido))
    )
    st.caption(dicho.nota())


def _renglon(fila: Fila) -> dict[str, str]:
    return {
        tr("Resultado"): f"{llano(dicho.indicador(fila['indicador']))}, {llano(dicho.lugar(fila['lugar_cifra']))}",
        tr("Antes"): f"{dicho.cifra(fila, 'de')} ({llano(dicho.periodo(fila['antes']))})",
        tr("Después"): f"{dicho.cifra(fila, 'a')} ({llano(dicho.periodo(fila['despues']))})",
        tr("Cambio"): dicho.cambio(fila),
        tr("Lectura"): f"{dicho.SIGNO[fila['lectura']]} {dicho.ROTULO[fila['lectura']]}",
        tr("Quién lo liga y por qué"): llano(f"{fila['quien_liga']}: {fila['razon']}"),
        tr("Cuadro y celda"): llano(" → ".join(_donde(fila, lado) for lado in ("de", "a"))),
    }


def _donde(fila: Fila, lado: str) -> str:
    partes = (fila[f"archivo_{lado}"], fila[f"cuadro_{lado}"], fila[f"celda_{lado}"])
    return ", ".join(parte for parte in partes if isinstance(parte, str) and parte) or "—"
