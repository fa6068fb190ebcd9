"""Las cuentas que los documentos escriben, vueltas a hacer: dónde cuadran, dónde no y dónde no se puede saber."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from atalaya.figuras import cuentas
from atalaya.informes.tablas import csv_llano
from atalaya.interfaz import bloque, seguimiento
from atalaya.interfaz.llano import llano

SIGNO: Final = {"no": "✕ no cuadra", "no se puede": "? no se puede", "sí": "✓ cuadra"}


def mostrar() -> None:
    """Plegado, con la cuenta en el rótulo: lo que no cuadra primero, y lo que no se puede rehacer, por qué."""
    filas = seguimiento.correr("cotejos")
    if filas.empty:
        return
    with st.expander(f"¿Cuadran las cuentas de los documentos? {resumen(filas)}", icon=":material/calculate:"):
        st.markdown(
            "Cada total que un documento escribe, frente a lo que dan sus propias partes. Nada se corrige: queda lo "
            "escrito. Que no cuadre no lo hace falso; casi siempre es que el documento no enumera todo lo que cuenta."
        )
        bloque.tabla(pd.DataFrame([_renglon(f) for f in filas.to_dict("records")]), "Cuentas vueltas a hacer")
        st.download_button(
            "Cotejos (CSV)",
            data=lambda: csv_llano(filas),
            file_name="atalaya_cotejos.csv",
            mime="text/csv",
            key="cotejos_csv",
            on_click="ignore",
            icon=":material/download:",
        )


def resumen(filas: pd.DataFrame) -> str:
    """«6 de 36 no; 5 no se pueden rehacer»."""
    cuantas = filas["cuadra"].value_counts()
    return f"{cuantas.get('no', 0)} de {len(filas)} no; {cuantas.get('no se puede', 0)} no se pueden rehacer"


def _renglon(f: dict[Any, Any]) -> dict[str, str]:
    return {
        "Qué": llano(f["que"]),
        "Dice": _cuanto(f["dicho"], "no lo escribe"),
        "Da": _cuanto(f["recalculado"], "no se puede contar"),
        "¿Cuadra?": SIGNO[f["cuadra"]],
        "Con qué": llano(f["explica"]),
    }


def _cuanto(valor: Any, vacio: str) -> str:
    return cuentas.numero(valor) if pd.notna(valor) else vacio
