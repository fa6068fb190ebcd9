"""La vista de compromisos: filtros, cuentas de un vistazo, avance por plan y eje, y la lista."""

from __future__ import annotations

import html
from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from atalaya import catalogo
from atalaya.estadistica.avance import Avance, por_plan_y_eje
from atalaya.figuras import avance, cuentas, textos
from atalaya.figuras.ligados import resumen as resumen_de_resultados
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import anotado, tr
from atalaya.informes.imagen import ANCHO
from atalaya.informes.legajo import Legajo
from atalaya.interfaz import bloque, filtros, filtros_seguimiento, seguido, seguimiento
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.filtros_seguimiento import TODOS, en_clave
from atalaya.interfaz.llano import llano
from atalaya.interfaz.vistas import cumplimiento

Fila = dict[Any, Any]
Resultados = dict[str, list[dict[str, Any]]]
_BUSCADAS = ("nombre_compromiso", "problema", "descripcion", "tema", "nombre_plan", "nombre_eje")
_REGLA = anotado(
    "El avance de un plan es la media de sus compromisos (o la ponderada, si el plan da pesos) **entre los que tienen "
    "reporte**: lo no reportado no cuenta como cero y se dice cuántos faltan. Tarde: el plazo pasó y lo último "
    "reportado no llega a la meta (100 % si nadie dice otra). Discrepan: uno lo da por cumplido y el otro no."
)


def fecha(enlace: Enlace) -> str:
    """La fecha a la que se mira: va primero porque decide qué va tarde."""
    with st.columns([2, 7])[0]:
        return filtros_seguimiento.a_la_fecha(enlace)


def exigir(todos: pd.DataFrame) -> None:
    """Si no hay ni un compromiso, ofrece la plantilla y la página termina ahí."""
    if todos.empty:
        seguido.falta(
            "compromisos", tr("Todavía no hay compromisos."), tr("Llene la plantilla y cárguela, con sus planes.")
        )
        st.stop()


def filtrar(
    enlace: Enlace, todos: pd.DataFrame, planes: pd.DataFrame, responsables: pd.DataFrame
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Los filtros por plan, tema, organización, estado y texto; da los compromisos y los planes que quedan.

    Un plan sin compromisos enumerados se queda mientras no se filtre por lo que son sus compromisos.
    """
    nombres = dict(zip(planes["plan"], planes["nombre_plan"], strict=True))
    nombres |= {plan: plan for plan in todos["plan"] if plan not in nombres}
    columnas = st.columns([3, 2, 3, 2, 3])
    with columnas[0]:
        plan = filtros_seguimiento.de_claves(enlace, "plan", tr("Plan"), nombres)
    with columnas[1]:
        tema = filtros_seguimiento.de_textos(enlace, "asunto", tr("Tema"), todos["tema"])
    with columnas[2]:
        organizaciones = responsables["organizacion"]
        organizacion = filtros_seguimiento.de_textos(enlace, "organizacion", tr("Quién responde"), organizaciones)
    with columnas[3]:
        presentes = {en_clave(s): avance.SITUACION[s].partition(":")[0] for s in avance.SITUACION}
        presentes |= {"discrepan": tr("discrepan las dos voces"), "vencido_sin_reporte": tr("vencido, sin reporte")}
        estado = filtros_seguimiento.de_claves(enlace, "estado", tr("Estado"), presentes)
    with columnas[4]:
        texto = filtros.busqueda(enlace, tr("Buscar"), tr("gasto, salud, agua…"))
    suyos = set(responsables.loc[organizaciones.map(en_clave) == organizacion, "compromiso"])
    queda = pd.Series(True, index=todos.index)
    if plan != TODOS:
        queda &= todos["plan"] == plan
    if tema != TODOS:
        queda &= todos["tema"].map(lambda t: en_clave(t) if isinstance(t, str) else "") == tema
    if organizacion != TODOS:
        queda &= todos["compromiso"].isin(suyos)
    if estado != TODOS:
        queda &= (todos["situacion"].map(en_clave) == estado) | (todos["voces"] == estado)
    if texto:
        buscado = catalogo.normalizar(texto)
        queda &= (
            todos[list(_BUSCADAS)]
            .fillna("")
            .agg(" ".join, axis=1)
            .map(catalogo.normalizar)
            .str.contains(buscado, regex=False)
        )
    sin_enumerar = ~planes["plan"].isin(todos["plan"]) & (tema == organizacion == estado == TODOS and not texto)
    del_plan = planes["plan"] == plan if plan != TODOS else True
    return todos[queda], planes[planes["plan"].isin(todos.loc[queda, "plan"]) | (sin_enumerar & del_plan)]


def mostrar(
    visibles: pd.DataFrame,
    todos: pd.DataFrame,
    planes: pd.DataFrame,
    responsables: pd.DataFrame,
    resultados: Resultados,
    hoy: str,
) -> Legajo:
    """Las cuentas, el avance por plan y eje, lo tarde, lo que discrepa y la lista; devuelve lo que se lleva."""
    # El avance de un plan es el de todos sus compromisos: un filtro por tema no lo cambia.
    ejes = seguimiento.correr("ejes_vistos")
    suyos = todos[todos["plan"].isin(visibles["plan"])]
    resumidos = por_plan_y_eje(suyos, planes, ejes)
    if len(visibles):
        de_un_vistazo(visibles, hoy)
    st.header(tr("Avance por plan y eje"), anchor=False)
    if len(visibles):
        bloque.pintar(bloque.preparar(avance.dibujar(resumidos, bloque.modo()), avance.describir(resumidos)))
    st.caption(tr(_REGLA))
    de_planes(resumidos, planes)
    if len(visibles):
        cumplimiento.tarde(visibles, hoy)
        cumplimiento.discrepan(visibles)
        lista(visibles, resultados)
    return Legajo(
        archivo=f"atalaya_compromisos_{hoy}",
        titulo=tr("Avance reportado por plan y eje"),
        subtitulo=tr(
            "Al {fecha}. De 0 a 100 %, entre los compromisos con reporte. Contorno partido: nadie reportó, "
            "que no es cero.",
            fecha=cuentas.fecha(hoy),
        ),
        tablas={
            "compromisos_vistos": visibles,
            "planes_vistos": planes,
            "ejes_vistos": ejes[ejes["plan"].isin(planes["plan"])],
            "responsables_vistos": responsables[responsables["compromiso"].isin(visibles["compromiso"])],
        },
        documentos=seguido.documentos(),
        figura=(lambda: _lamina(resumidos)) if len(visibles) else None,
        alternativo=lambda: avance.describir(resumidos),
        enlace=bloque.enlace_actual(),
    )


def de_un_vistazo(visibles: pd.DataFrame, hoy: str) -> None:
    """Cuántos hay, cuántos reportan, cuántos van tarde y en cuántos discrepan las dos voces."""
    situaciones, voces = visibles["situacion"].value_counts(), visibles["voces"].value_counts()
    con_reporte = int(visibles["avance_pct"].notna().sum())
    vencidos = int(situaciones.get("vencido sin reporte", 0))
    vencido = (
        tr("y {vencidos} con el plazo vencido y sin reporte: no se sabe", vencidos=vencidos)
        if vencidos
        else tr("de los que tienen reporte")
    )
    solas = int(voces.get("sólo la independiente", 0))
    tarjetas = [
        (len(visibles), _plural(len(visibles)), _en_planes(int(visibles["plan"].nunique()))),
        (
            con_reporte,
            tr("con reporte"),
            tr("{visibles} sin reporte; ninguno cuenta como cero", visibles=len(visibles) - con_reporte),
        ),
        (int(situaciones.get("tarde", 0)), tr("tarde"), vencido),
        (
            int(voces.get("discrepan", 0)),
            tr("en que discrepan"),
            tr("las dos voces; en {solas} sólo habla quien califica", solas=solas) if solas else tr("las dos voces"),
        ),
    ]
    st.html(
        f"<ul class='seguido' aria-label='{html.escape(tr('Al {fecha}', fecha=cuentas.fecha(hoy)))}'>"
        + "".join(
            f"<li><b>{textos.entero(n)}</b><strong>{que}</strong><span>{html.escape(d)}</span></li>"
            for n, que, d in tarjetas
        )
        + "</ul>"
    )


def de_planes(resumidos: Sequence[tuple[Avance, Sequence[Avance]]], planes: pd.DataFrame) -> None:
    """La tabla del resumen y, de cada plan, lo que su documento no dice."""
    fichas = planes.set_index("plan").to_dict("index")
    renglones = []
    for plan, ejes in resumidos:
        ficha = fichas.get(plan.clave, {})
        for k, uno in enumerate([plan, *(eje for eje in ejes if eje.compromisos)]):
            entre = "—"
            if uno.minimo is not None and uno.sin_reporte:
                entre = tr("{minimo} a {maximo}", minimo=textos.pct(uno.minimo, 0), maximo=textos.pct(uno.maximo, 0))
            renglones.append(
                {
                    tr("Plan o eje"): tr("eje: {nombre}", nombre=llano(uno.nombre))
                    if k
                    else f"**{llano(uno.nombre)}**",
                    tr("Periodo del plan"): "—" if k or not ficha else cuentas.lapso(ficha["inicio"], ficha["fin"]),
                    tr("Avance"): avance.cifra(uno) if uno.compromisos else "—",
                    tr("Con reporte"): tr(
                        "{con_reporte} de {compromisos}", con_reporte=uno.con_reporte, compromisos=uno.compromisos
                    )
                    if uno.compromisos
                    else tr("no los enumera"),
                    tr("Si los que faltan fueran 0 o 100"): entre,
                    tr("Tarde"): str(uno.tarde) if uno.compromisos else "—",
                    tr("Enumerados y declarados"): "—" if k else _declarados(ficha, ejes),
                }
            )
    tabla = pd.DataFrame(renglones)
    sin_nada = [columna for columna in tabla if set(tabla[columna]) == {"—"}]  # en un teléfono cada columna cuenta
    bloque.tabla(tabla.drop(columns=sin_nada), tr("Avance por plan y eje"))
    notas = [(plan.nombre, fichas.get(plan.clave, {}).get("nota")) for plan, _ in resumidos]
    con_nota = [(nombre, nota) for nombre, nota in notas if isinstance(nota, str)]
    if len(con_nota) == 1:
        seguido.nota(con_nota[0][1])
    elif con_nota:
        with st.expander(tr("Lo que los documentos no dicen de cada plan"), icon=":material/help:"):
            st.markdown("\n".join(f"- **{llano(nombre)}**: {llano(nota)}" for nombre, nota in con_nota))


def lista(visibles: pd.DataFrame, resultados: Resultados) -> None:
    """Todos los compromisos a la vista, con su situación y, si tienen resultado ligado, si se movió."""
    rotulo = tr(
        "{dicho}{visibles} {plural}, como tabla",
        dicho=tr("Los ") if len(visibles) > 1 else "",
        visibles=len(visibles),
        plural=_plural(len(visibles)),
    )
    with st.expander(rotulo, icon=":material/table_rows:"):
        bloque.tabla(
            pd.DataFrame([_renglon(f, resultados) for f in visibles.to_dict("records")]),
            tr("Compromisos y su situación"),
        )


def _renglon(f: Fila, resultados: Resultados) -> dict[str, str]:
    numero: str = f"{int(f['numero'])}\\. " if pd.notna(f["numero"]) else ""
    return {
        tr("Compromiso"): f"{numero}{llano(f['nombre_compromiso'])}",
        tr("Plan, tema y origen"): "; ".join(
            llano(f[c]) for c in ("nombre_plan", "tema", "origen") if isinstance(f[c], str)
        ),
        tr("Plazo"): cuentas.fecha(f["plazo"]) or tr("no lo dice"),
        tr("Avance"): avance.avance(f),
        tr("Situación"): f"{avance.SIGNO[f['situacion']]} {avance.SITUACION[f['situacion']]}",
        tr("Dos voces"): avance.VOCES[f["voces"]],
        tr("Resultado"): resumen_de_resultados(resultados.get(f["compromiso"], [])) or tr("ninguno ligado"),
    }


def _plural(cuantos: int) -> str:
    return tr("compromiso") if cuantos == 1 else tr("compromisos")


def _en_planes(cuantos: int) -> str:
    return tr("en un plan") if cuantos == 1 else tr("en {cuantos} planes", cuantos=cuantos)


def _declarados(ficha: Fila, ejes: Sequence[Avance]) -> str:
    """«13 de 13 compromisos; 3 de 5 ejes: …»: los que la tabla enumera, de los que el documento dice que son."""
    if not ficha:
        return "—"
    hay, declarados = int(ficha["compromisos_enumerados"]), ficha["compromisos_declarados"]
    dichos: list[str] = [
        tr("{hay} de {declarados} compromisos", hay=hay, declarados=int(declarados))
        if pd.notna(declarados)
        else f"{hay} {_plural(hay)}"
    ]
    if pd.notna(ficha["ejes_declarados"]) or ejes:
        de: str = (
            tr(" de {ejes_declarados}", ejes_declarados=int(ficha["ejes_declarados"]))
            if pd.notna(ficha["ejes_declarados"])
            else ""
        )
        nombres = f": {textos.lista([llano(eje.nombre) for eje in ejes])}" if ejes else ""
        dichos.append(tr("{ejes}{de} ejes{nombres}", ejes=len(ejes), de=de, nombres=nombres))
    return "; ".join(dichos)


def _lamina(resumidos: Sequence[tuple[Avance, Sequence[Avance]]]) -> Figura:
    return avance.dibujar(resumidos, "claro", ANCHO - 60)
