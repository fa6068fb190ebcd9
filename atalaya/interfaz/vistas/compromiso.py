"""El detalle de un compromiso: quién responde, qué problema, qué se hizo y cuándo, y qué dicen las dos voces."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from atalaya.figuras import avance, cuentas, historia, textos
from atalaya.idiomas import Rotulos, anotado, tr
from atalaya.interfaz import bloque, filtros_seguimiento, ligados, seguimiento
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.filtros_seguimiento import TODOS
from atalaya.interfaz.llano import llano

Fila = dict[Any, Any]
Resultados = dict[str, list[dict[str, Any]]]
DIMENSIONES: Final = Rotulos(
    {
        "verificable": "¿Se puede comprobar?",
        "relevancia": "¿Hace falta para la apertura?",
        "cumplimiento": "¿Cuánto se cumplió?",
        "resultados_tempranos": "¿Qué cambió?",
        "veredicto": "Veredicto",
    }
)
NO_DICE: Final = anotado("el documento no lo dice")


def elegir(enlace: Enlace, visibles: pd.DataFrame) -> Fila | None:
    """El compromiso que se abre, de los que quedan con los filtros; ninguno, si no se elige."""
    nombres = {f["compromiso"]: f"{f['nombre_compromiso']} ({f['nombre_plan']})" for f in visibles.to_dict("records")}
    clave = filtros_seguimiento.de_claves(enlace, "compromiso", tr("Abrir un compromiso"), nombres, tr("Ninguno"))
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
            _parrafo(tr("El problema"), f["problema"])
            _parrafo(tr("En qué consiste"), f["descripcion"])
        with derecha:
            _responsables(suyos)
        _voces(f, tablas)
        _historia(f, tablas["cortes_de_avance"])
        _actividades(tablas["actividades_vistas"])
        ligados.mostrar(resultados.get(clave, []), _cumplido(f))
        st.caption(tr("Pasaje: {nombre}. Al {fecha}.", nombre=llano(f["pasaje"]), fecha=cuentas.fecha(hoy)))
    return {**tablas, "responsables_vistos": suyos, "compromisos_vistos": pd.DataFrame([f])}


def _cabeza(f: Fila) -> str:
    eje = tr(", eje «{nombre}»", nombre=llano(f["nombre_eje"])) if isinstance(f["nombre_eje"], str) else ""
    plazo = cuentas.fecha(f["plazo"]) or tr(NO_DICE)
    return tr(
        "{nombre}{eje}. **{signo} {situacion}**. Origen: {llano_2}. Tema: {llano_3}. Plazo: {plazo}{dicho}.",
        nombre=llano(f["nombre_plan"]),
        eje=eje,
        signo=avance.SIGNO[f["situacion"]],
        situacion=avance.SITUACION[f["situacion"]],
        llano_2=llano(f["origen"]),
        llano_3=llano(f["tema"]) or tr(NO_DICE),
        plazo=plazo,
        dicho=tr(", el del plan") if f["plazo_del_plan"] else "",
    )


def _parrafo(rotulo: str, texto: object) -> None:
    st.markdown(f"**{rotulo}**\n\n{llano(texto) or tr(NO_DICE).capitalize() + '.'}")


def _responsables(suyos: pd.DataFrame) -> None:
    for papel, rotulo in (("responsable", tr("Responsables")), ("corresponsable", tr("Corresponsables"))):
        nombres = [llano(nombre) for nombre in suyos.loc[suyos["papel"] == papel, "organizacion"]]
        dicho = "\n".join(f"- {nombre}" for nombre in nombres) or f"{tr(NO_DICE).capitalize()}."
        st.markdown(f"**{rotulo}**\n\n{dicho}")


def _voces(f: Fila, tablas: dict[str, pd.DataFrame]) -> None:
    """Lo que se reporta y lo que se califica, lado a lado, con su fecha y su evidencia."""
    st.markdown(tr("**Las dos voces**: {voces}", voces=avance.VOCES[f["voces"]]))
    izquierda, derecha = st.columns(2, gap="medium")
    with izquierda:
        st.markdown(tr("*Lo que el gobierno reporta*\n\n{reporte}", reporte=_reporte(f)))
    with derecha:
        st.markdown(tr("*Lo que dice quien califica por fuera*"))
        calificaciones = tablas["calificaciones_vistas"].to_dict("records")
        if not calificaciones:
            st.markdown(tr("Nadie lo ha calificado en los documentos."))
        for c in calificaciones:
            st.markdown(
                f"**{llano(c['califica'])}**, {cuentas.fecha(c['fecha']) or tr('sin fecha dicha')}: "
                f"«{llano(c['texto'])}»"
            )
            dichas = {
                rotulo: llano(c[columna]) for columna, rotulo in DIMENSIONES.items() if isinstance(c[columna], str)
            }
            if dichas:
                filas = pd.DataFrame({tr("Dimensión"): list(dichas), tr("Calificación"): list(dichas.values())})
                bloque.tabla(
                    filas,
                    tr(
                        "Calificación de {nombre}, {fecha}",
                        nombre=llano(c["califica"]),
                        fecha=cuentas.fecha(c["fecha"]),
                    ),
                )


def _reporte(f: Fila) -> str:
    if pd.isna(f["avance_pct"]):
        cuando = (
            tr(" El {fecha} no se reportó.", fecha=cuentas.fecha(f["sin_reporte_en"]))
            if isinstance(f["sin_reporte_en"], str)
            else ""
        )
        return tr("**No reportado**: ningún documento trae su avance.{cuando}", cuando=cuando)
    fecha = cuentas.fecha(f["corte"])
    es = tr(" (fecha del documento que lo cita: no dice la del corte)") if f["corte_es"] == "documento" else ""
    quien = tr(", según {nombre}", nombre=llano(f["reporta"])) if isinstance(f["reporta"], str) else ""
    return tr(
        "**{avance}**, al {fecha}{es}{quien}. Evidencia: {nombre}.",
        avance=avance.avance(f),
        fecha=fecha,
        es=es,
        quien=quien,
        nombre=llano(f["evidencia"]) or tr(NO_DICE),
    )


def _historia(f: Fila, cortes: pd.DataFrame) -> None:
    """Los cortes fechados; la línea, si hay dos o más del compromiso entero."""
    st.markdown(tr("**Historia: cada corte se queda; uno nuevo no borra los anteriores**"))
    if cortes.empty:
        st.markdown(tr("Ningún corte de avance en los documentos."))
        return
    if int(cortes["nombre_actividad"].isna().sum()) > 1:
        meta = float(f["meta"])
        bloque.pintar(bloque.preparar(historia.dibujar(cortes, meta, bloque.modo()), historia.describir(cortes, meta)))
    renglones = [
        {
            tr("Corte"): cuentas.fecha(c["corte"]) + (tr(" (del documento)") if c["corte_es"] == "documento" else ""),
            tr("De qué"): llano(c["nombre_actividad"]) or tr("el compromiso entero"),
            tr("Avance"): textos.pct(c["avance_pct"]) if c["estado"] == "dato" else tr("no reportado"),
            tr("Reporta"): llano(c["reporta"]),
            tr("Evidencia"): llano(c["evidencia"]) or tr(NO_DICE),
        }
        for c in cortes.to_dict("records")
    ]
    bloque.tabla(pd.DataFrame(renglones), tr("Cortes de avance"))


def _actividades(actividades: pd.DataFrame) -> None:
    if actividades.empty:
        st.markdown(tr("**Actividades**: el documento no las enumera."))
        return
    renglones = [
        {
            tr("Actividad"): llano(a["nombre_actividad"]),
            tr("Cuándo"): cuentas.lapso(a["inicio"], a["fin"]),
            tr("Peso"): textos.numero(a["peso"]),
            tr("Avance"): textos.pct(a["avance_pct"]) if pd.notna(a["avance_pct"]) else tr("no reportado"),
            tr("Al corte de"): cuentas.fecha(a["corte"]) or "—",
        }
        for a in actividades.to_dict("records")
    ]
    bloque.tabla(pd.DataFrame(renglones), tr("Actividades"), True)


def _cumplido(f: Fila) -> str:
    que: str = (
        tr("avance no reportado")
        if pd.isna(f["avance_pct"])
        else tr("avance reportado, {avance}", avance=avance.avance(f))
    )
    return f"{f['nombre_compromiso']}: {que}"
