"""«¿Quién va tarde?», con sus responsables, y «¿dónde discrepan las dos voces?», lado a lado."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from atalaya.figuras import avance, cuentas
from atalaya.interfaz import bloque
from atalaya.interfaz.llano import llano

Fila = dict[Any, Any]
_CABEN: Final = 15


def tarde(visibles: pd.DataFrame, hoy: str) -> None:
    """«¿Quién va tarde?»: lo vencido que no llega a su meta, con sus responsables; y lo vencido que nadie reportó."""
    st.header("¿Quién va tarde?", anchor=False)
    tardes = visibles[visibles["situacion"] == "tarde"].sort_values("vence", kind="stable")
    sin_saber = visibles[visibles["situacion"] == "vencido sin reporte"].sort_values("vence", kind="stable")
    dicho = cuentas.fecha(hoy)
    if tardes.empty:
        st.markdown(f"Al {dicho}, ningún compromiso con reporte va tarde.")
    else:
        quien = "un compromiso con reporte va tarde" if len(tardes) == 1 else f"{len(tardes)} compromisos van tarde"
        st.markdown(f"Al {dicho}, **{quien}**.")
        bloque.tabla(pd.DataFrame([_tarde(f) for f in tardes.to_dict("records")]), "Compromisos tarde y quién responde")
    if len(sin_saber):
        cuantos = "uno" if len(sin_saber) == 1 else str(len(sin_saber))
        que = f"{'Otros ' if len(tardes) and len(sin_saber) > 1 else ''}{cuantos} tiene{'n' * (len(sin_saber) > 1)}"
        que = que[:1].upper() + que[1:]
        st.markdown(f"{que} el plazo vencido y **nadie reportó su avance**: no se sabe si van tarde.")
        abierto = tardes.empty and len(sin_saber) <= _CABEN  # sin nadie tarde, es todo lo que hay que mirar
        with st.expander(f"Vencidos y sin reporte: {len(sin_saber)}", icon=":material/help:", expanded=abierto):
            filas = [_tarde(f) for f in sin_saber.to_dict("records")]
            bloque.tabla(pd.DataFrame(filas), "Compromisos vencidos y sin reporte, y quién responde")


def discrepan(visibles: pd.DataFrame) -> None:
    """Las dos voces lado a lado: primero donde discrepan, luego donde sólo habla quien califica."""
    st.header("¿Dónde discrepan las dos voces?", anchor=False)
    con_otra = visibles[visibles["califican"] > 0]
    distintas = con_otra[con_otra["voces"] == "discrepan"]
    if con_otra.empty:
        st.markdown(
            "Ninguno de estos compromisos tiene calificación independiente: no hay con qué contrastar el reporte."
        )
        return
    cuantos = "en ninguno" if distintas.empty else "en uno" if len(distintas) == 1 else f"en {len(distintas)}"
    solas = int((con_otra["voces"] == "sólo la independiente").sum())
    calificados = f"De {len(con_otra)} con calificación independiente" if len(con_otra) > 1 else "Hay uno calificado"
    resto = f" De {'uno' if solas == 1 else solas} los documentos no traen lo que el gobierno reportó." if solas else ""
    st.markdown(f"{calificados}, **{cuantos} discrepan**.{resto}")
    orden = con_otra.assign(_orden=(con_otra["voces"] != "discrepan")).sort_values("_orden", kind="stable")
    bloque.tabla(pd.DataFrame([_dos_voces(f) for f in orden.to_dict("records")]), "Lo que dicen las dos voces")


def _tarde(f: Fila) -> dict[str, str]:
    dias: str = f" ({int(f['dias_tarde']):,} días)" if pd.notna(f["dias_tarde"]) else ""
    return {
        "Compromiso": f"**{llano(f['nombre_compromiso'])}**",
        "Responsables": llano(f["responsables"]) or "el documento no lo dice",
        "Plazo": f"{cuentas.fecha(f['plazo'])}{', el del plan' if f['plazo_del_plan'] else ''}{dias}",
        "Avance": avance.avance(f),
        "Plan": llano(f["nombre_plan"]),
    }


def _dos_voces(f: Fila) -> dict[str, str]:
    tema = f"{llano(f['tema'])}; " if isinstance(f["tema"], str) else ""
    corte = f", al {cuentas.fecha(f['corte'])}" if isinstance(f["corte"], str) else ""
    return {
        "Compromiso": f"**{llano(f['nombre_compromiso'])}** ({tema}{llano(f['nombre_plan'])})",
        "Las dos voces": avance.VOCES[f["voces"]],
        "Lo que reporta el gobierno": f"{avance.avance(f)}{corte}",
        "Quien califica por fuera": f"{llano(f['quienes'])}: {llano(f['conclusion'])}",
    }
