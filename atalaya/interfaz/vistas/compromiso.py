"""El detalle de un compromiso: quién responde, qué problema, qué se hizo y cuándo, y qué dicen las dos voces."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from atalaya.figuras import avance, cuentas, historia, textos
from atalaya.interfaz import bloque, filtros_seguimiento, ligados, seguimiento
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.filtros_seguimiento import TODOS
from atalaya.interfaz.llano import llano

Fila = dict[Any, Any]
Resultados = dict[str, list[dict[str, Any]]]
DIMENSIONES: Final = {
    "verificable": "¿Se puede comprobar?",
    "relevancia": "¿Hace falta para la apertura?",
    "cumplimiento": "¿Cuánto se cumplió?",
    "resultados_tempranos": "¿Qué cambió?",
    "veredicto": "Veredicto",
}
NO_DICE: Final = "el documento no lo dice"


def elegir(enlace: Enlace, visibles: pd.DataFrame) -> Fila | None:
    """El compromiso que se abre, de los que quedan con los filtros; ninguno, si no se elige."""
    nombres = {f["compromiso"]: f"{f['nombre_compromiso']} ({f['nombre_plan']})" for f in visibles.to_dict("records")}
    clave = filtros_seguimiento.de_claves(enlace, "compromiso", "Abrir un compromiso", nombres, "Ninguno")
    filas = visibles[visibles["compromiso"] == clave].to_dict("records")
    return filas[0] if clave != TODOS and filas else None


def mostrar(f: Fila | None, responsables: pd.DataFrame, resultados: Resultados, hoy: str) -> dict[str, pd.DataFrame]:
    """La ficha del compromiso elegido; devuelve las tablas de donde sale."""
    if f is None:
        return {}
    clave = str(f["compromiso"])
    tablas = {
        nombre: seguimiento.correr(nombre, compromiso=clave)
        for nombre in ("cortes_de_avance", "actividades_vistas", "calificaciones_vistas")
    }
    suyos = responsables[responsables["compromiso"] == clave]
    with st.container(border=True, key="detalle"):
        st.header(llano(f["nombre_compromiso"]), anchor=False)
        st.markdown(_cabeza(f))
        izquierda, derecha = st.columns(2, gap="medium")
        with izquierda:
            _parrafo("El problema", f["problema"])
            _parrafo("En qué consiste", f["descripcion"])
        with derecha:
            _responsables(suyos)
        _voces(f, tablas)
        _historia(f, tablas["cortes_de_avance"])
        _actividades(tablas["actividades_vistas"])
        ligados.mostrar(resultados.get(clave, []), _cumplido(f))
        st.caption(f"Pasaje: {llano(f['pasaje'])}. Al {cuentas.fecha(hoy)}.")
    return {**tablas, "responsables_vistos": suyos, "compromisos_vistos": pd.DataFrame([f])}


def _cabeza(f: Fila) -> str:
    eje = f", eje «{llano(f['nombre_eje'])}»" if isinstance(f["nombre_eje"], str) else ""
    plazo = cuentas.fecha(f["plazo"]) or NO_DICE
    return (
        f"{llano(f['nombre_plan'])}{eje}. **{avance.SIGNO[f['situacion']]} {avance.SITUACION[f['situacion']]}**. "
        f"Origen: {llano(f['origen'])}. Tema: {llano(f['tema']) or NO_DICE}. "
        f"Plazo: {plazo}{', el del plan' if f['plazo_del_plan'] else ''}."
    )


def _parrafo(rotulo: str, texto: object) -> None:
    st.markdown(f"**{rotulo}**\n\n{llano(texto) or NO_DICE.capitalize() + '.'}")


def _responsables(suyos: pd.DataFrame) -> None:
    for papel, rotulo in (("responsable", "Responsables"), ("corresponsable", "Corresponsables")):
        nombres = [llano(nombre) for nombre in suyos.loc[suyos["papel"] == papel, "organizacion"]]
        dicho = "\n".join(f"- {nombre}" for nombre in nombres) or f"{NO_DICE.capitalize()}."
        st.markdown(f"**{rotulo}**\n\n{dicho}")


def _voces(f: Fila, tablas: dict[str, pd.DataFrame]) -> None:
    """Lo que se reporta y lo que se califica, lado a lado, con su fecha y su evidencia."""
    st.markdown(f"**Las dos voces**: {avance.VOCES[f['voces']]}")
    izquierda, derecha = st.columns(2, gap="medium")
    with izquierda:
        st.markdown(f"*Lo que el gobierno reporta*\n\n{_reporte(f)}")
    with derecha:
        st.markdown("*Lo que dice quien califica por fuera*")
        calificaciones = tablas["calificaciones_vistas"].to_dict("records")
        if not calificaciones:
            st.markdown("Nadie lo ha calificado en los documentos.")
        for c in calificaciones:
            st.markdown(
                f"**{llano(c['califica'])}**, {cuentas.fecha(c['fecha']) or 'sin fecha dicha'}: «{llano(c['texto'])}»"
            )
            dichas = {
                rotulo: llano(c[columna]) for columna, rotulo in DIMENSIONES.items() if isinstance(c[columna], str)
            }
            if dichas:
                filas = pd.DataFrame({"Dimensión": list(dichas), "Calificación": list(dichas.values())})
                bloque.tabla(filas, f"Calificación de {llano(c['califica'])}, {cuentas.fecha(c['fecha'])}")


def _reporte(f: Fila) -> str:
    if pd.isna(f["avance_pct"]):
        cuando = (
            f" El {cuentas.fecha(f['sin_reporte_en'])} no se reportó." if isinstance(f["sin_reporte_en"], str) else ""
        )
        return f"**No reportado**: ningún documento trae su avance.{cuando}"
    fecha = cuentas.fecha(f["corte"])
    es = " (fecha del documento que lo cita: no dice la del corte)" if f["corte_es"] == "documento" else ""
    quien = f", según {llano(f['reporta'])}" if isinstance(f["reporta"], str) else ""
    return f"**{avance.avance(f)}**, al {fecha}{es}{quien}. Evidencia: {llano(f['evidencia']) or NO_DICE}."


def _historia(f: Fila, cortes: pd.DataFrame) -> None:
    """Los cortes fechados; la línea, si hay dos o más del compromiso entero."""
    st.markdown("**Historia: cada corte se queda; uno nuevo no borra los anteriores**")
    if cortes.empty:
        st.markdown("Ningún corte de avance en los documentos.")
        return
    if int(cortes["nombre_actividad"].isna().sum()) > 1:
        meta = float(f["meta"])
        bloque.pintar(bloque.preparar(historia.dibujar(cortes, meta, bloque.modo()), historia.describir(cortes, meta)))
    renglones = [
        {
            "Corte": cuentas.fecha(c["corte"]) + (" (del documento)" if c["corte_es"] == "documento" else ""),
            "De qué": llano(c["nombre_actividad"]) or "el compromiso entero",
            "Avance": textos.pct(c["avance_pct"]) if c["estado"] == "dato" else "no reportado",
            "Reporta": llano(c["reporta"]),
            "Evidencia": llano(c["evidencia"]) or NO_DICE,
        }
        for c in cortes.to_dict("records")
    ]
    bloque.tabla(pd.DataFrame(renglones), "Cortes de avance")


def _actividades(actividades: pd.DataFrame) -> None:
    if actividades.empty:
        st.markdown("**Actividades**: el documento no las enumera.")
        return
    renglones = [
        {
            "Actividad": llano(a["nombre_actividad"]),
            "Cuándo": cuentas.lapso(a["inicio"], a["fin"]),
            "Peso": textos.numero(a["peso"]),
            "Avance": textos.pct(a["avance_pct"]) if pd.notna(a["avance_pct"]) else "no reportado",
            "Al corte de": cuentas.fecha(a["corte"]) or "—",
        }
        for a in actividades.to_dict("records")
    ]
    bloque.tabla(pd.DataFrame(renglones), "Actividades", True)


def _cumplido(f: Fila) -> str:
    que: str = "avance no reportado" if pd.isna(f["avance_pct"]) else f"avance reportado, {avance.avance(f)}"
    return f"{f['nombre_compromiso']}: {que}"
