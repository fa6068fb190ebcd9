"""«¿Quién va tarde?», con sus responsables, y «¿dónde discrepan las dos voces?», lado a lado."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from atalaya.figuras import avance, cuentas
from atalaya.idiomas import tr, tr_n
from atalaya.interfaz import bloque
from atalaya.interfaz.llano import llano

Fila = dict[Any, Any]
_CABEN: Final = 15


def tarde(visibles: pd.DataFrame, hoy: str) -> None:
    """«¿Quién va tarde?»: lo vencido que no llega a su meta, con sus responsables; y lo vencido que nadie reportó."""
    st.header(tr("¿Quién va tarde?"), anchor=False)
    tardes = visibles[visibles["situacion"] == "tarde"].sort_values("vence", kind="stable")
    sin_saber = visibles[visibles["situacion"] == "vencido sin reporte"].sort_values("vence", kind="stable")
    dicho = cuentas.fecha(hoy)
    if tardes.empty:
        st.markdown(tr("Al {dicho}, ningún compromiso con reporte va tarde.", dicho=dicho))
    else:
        quien = (
            tr("un compromiso con reporte va tarde")
            if len(tardes) == 1
            else tr("{tardes} compromisos van tarde", tardes=len(tardes))
        )
        st.markdown(tr("Al {dicho}, **{quien}**.", dicho=dicho, quien=quien))
        bloque.tabla(
            pd.DataFrame([_tarde(f) for f in tardes.to_dict("records")]), tr("Compromisos tarde y quién responde")
        )
    if len(sin_saber):
        n = len(sin_saber)
        if len(tardes) and n > 1:
            vencidos = tr("Otros {n} tienen el plazo vencido", n=n)
        else:
            vencidos = tr_n("Uno tiene el plazo vencido", "{n} tienen el plazo vencido", n, n=n)
        st.markdown(tr("{vencidos} y **nadie reportó su avance**: no se sabe si van tarde.", vencidos=vencidos))
        abierto = tardes.empty and len(sin_saber) <= _CABEN  # sin nadie tarde, es todo lo que hay que mirar
        with st.expander(
            tr("Vencidos y sin reporte: {sin_saber}", sin_saber=len(sin_saber)),
            icon=":material/help:",
            expanded=abierto,
        ):
            filas = [_tarde(f) for f in sin_saber.to_dict("records")]
            bloque.tabla(pd.DataFrame(filas), tr("Compromisos vencidos y sin reporte, y quién responde"))


def discrepan(visibles: pd.DataFrame) -> None:
    """Las dos voces lado a lado: primero donde discrepan, luego donde sólo habla quien califica."""
    st.header(tr("¿Dónde discrepan las dos voces?"), anchor=False)
    con_otra = visibles[visibles["califican"] > 0]
    distintas = con_otra[con_otra["voces"] == "discrepan"]
    if con_otra.empty:
        st.markdown(
            tr("Ninguno de estos compromisos tiene calificación independiente: no hay con qué contrastar el reporte.")
        )
        return
    cuantos = (
        tr("en ninguno")
        if distintas.empty
        else tr("en uno")
        if len(distintas) == 1
        else tr("en {distintas}", distintas=len(distintas))
    )
    solas = int((con_otra["voces"] == "sólo la independiente").sum())
    calificados = (
        tr("De {con_otra} con calificación independiente", con_otra=len(con_otra))
        if len(con_otra) > 1
        else tr("Hay uno calificado")
    )
    resto = (
        tr(" De {dicho} los documentos no traen lo que el gobierno reportó.", dicho=tr("uno") if solas == 1 else solas)
        if solas
        else ""
    )
    st.markdown(
        tr("{calificados}, **{cuantos} discrepan**.{resto}", calificados=calificados, cuantos=cuantos, resto=resto)
    )
    orden = con_otra.assign(_orden=(con_otra["voces"] != "discrepan")).sort_values("_orden", kind="stable")
    bloque.tabla(pd.DataFrame([_dos_voces(f) for f in orden.to_dict("records")]), tr("Lo que dicen las dos voces"))


def _tarde(f: Fila) -> dict[str, str]:
    dias: str = tr(" ({dias_tarde:,} días)", dias_tarde=int(f["dias_tarde"])) if pd.notna(f["dias_tarde"]) else ""
    return {
        tr("Compromiso"): f"**{llano(f['nombre_compromiso'])}**",
        tr("Responsables"): llano(f["responsables"]) or tr("el documento no lo dice"),
        tr("Plazo"): f"{cuentas.fecha(f['plazo'])}{tr(', el del plan') if f['plazo_del_plan'] else ''}{dias}",
        tr("Avance"): avance.avance(f),
        tr("Plan"): llano(f["nombre_plan"]),
    }


def _dos_voces(f: Fila) -> dict[str, str]:
    tema = f"{llano(f['tema'])}; " if isinstance(f["tema"], str) else ""
    corte = tr(", al {fecha}", fecha=cuentas.fecha(f["corte"])) if isinstance(f["corte"], str) else ""
    return {
        tr("Compromiso"): f"**{llano(f['nombre_compromiso'])}** ({tema}{llano(f['nombre_plan'])})",
        tr("Las dos voces"): avance.VOCES[f["voces"]],
        tr("Lo que reporta el gobierno"): f"{avance.avance(f)}{corte}",
        tr("Quien califica por fuera"): f"{llano(f['quienes'])}: {llano(f['conclusion'])}",
    }
