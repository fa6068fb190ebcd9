"""La vista de compromisos: de un vistazo, qué va tarde y con quién, dónde discrepan las dos voces, y la lista."""

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
from atalaya.informes.imagen import ANCHO
from atalaya.informes.legajo import Legajo
from atalaya.interfaz import bloque, filtros, filtros_seguimiento, ligados, seguido
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.filtros_seguimiento import TODOS, en_clave
from atalaya.interfaz.llano import llano

Fila = dict[Any, Any]
_BUSCADAS = ("nombre_compromiso", "problema", "descripcion", "tema", "nombre_plan", "nombre_eje")
_REGLA = (
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
        seguido.falta("compromisos", "Todavía no hay compromisos.", "Llene la plantilla y cárguela, con sus planes.")
        st.stop()


def filtrar(enlace: Enlace, todos: pd.DataFrame, responsables: pd.DataFrame) -> pd.DataFrame:
    """Los filtros por plan, tema, organización, estado y texto; da los compromisos que quedan."""
    planes = dict(zip(todos["plan"], todos["nombre_plan"].fillna(todos["plan"]), strict=True))
    columnas = st.columns([3, 2, 3, 2, 3])
    with columnas[0]:
        plan = filtros_seguimiento.de_claves(enlace, "plan", "Plan", planes)
    with columnas[1]:
        tema = filtros_seguimiento.de_textos(enlace, "asunto", "Tema", todos["tema"])
    with columnas[2]:
        organizaciones = responsables["organizacion"]
        organizacion = filtros_seguimiento.de_textos(enlace, "organizacion", "Quién responde", organizaciones)
    with columnas[3]:
        presentes = {en_clave(s): avance.SITUACION[s].partition(":")[0] for s in avance.SITUACION}
        presentes |= {"discrepan": "discrepan las dos voces", "vencido_sin_reporte": "vencido, sin reporte"}
        estado = filtros_seguimiento.de_claves(enlace, "estado", "Estado", presentes)
    with columnas[4]:
        texto = filtros.busqueda(enlace, "Buscar", "gasto, salud, agua…")
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
    return todos[queda]


def mostrar(
    visibles: pd.DataFrame, todos: pd.DataFrame, planes: pd.DataFrame, responsables: pd.DataFrame, hoy: str
) -> Legajo:
    """Las cuentas, el avance por plan y eje, lo tarde, lo que discrepa y la lista; devuelve lo que se lleva."""
    # El avance de un plan es el de todos sus compromisos: un filtro por tema no lo cambia.
    resumidos = por_plan_y_eje(todos[todos["plan"].isin(visibles["plan"])])
    de_un_vistazo(visibles, hoy)
    st.subheader("Avance por plan y eje", anchor=False)
    bloque.pintar(bloque.preparar(avance.dibujar(resumidos, bloque.modo()), avance.describir(resumidos)))
    st.caption(_REGLA)
    de_planes(resumidos, planes)
    tarde(visibles, hoy)
    discrepan(visibles)
    lista(visibles)
    return Legajo(
        archivo=f"atalaya_compromisos_{hoy}",
        titulo="Avance reportado por plan y eje",
        subtitulo=f"Al {cuentas.fecha(hoy)}. De 0 a 100 %, entre los compromisos con reporte. Contorno partido: nadie "
        "reportó, que no es cero.",
        tablas={"compromisos_vistos": visibles, "planes_vistos": planes, "responsables_vistos": responsables},
        documentos=seguido.documentos(),
        figura=lambda: _lamina(resumidos),
        alternativo=lambda: avance.describir(resumidos),
        enlace=bloque.enlace_actual(),
    )


def de_un_vistazo(visibles: pd.DataFrame, hoy: str) -> None:
    """Cuántos hay, cuántos reportan, cuántos van tarde y en cuántos discrepan las dos voces."""
    situaciones, voces = visibles["situacion"].value_counts(), visibles["voces"].value_counts()
    con_reporte = int(visibles["avance_pct"].notna().sum())
    vencidos = int(situaciones.get("vencido sin reporte", 0))
    tarjetas = [
        (len(visibles), "compromisos", _en_planes(int(visibles["plan"].nunique()))),
        (con_reporte, "con reporte", f"{len(visibles) - con_reporte} no reportados; ninguno cuenta como cero"),
        (int(situaciones.get("tarde", 0)), "tarde", f"y {vencidos} con el plazo vencido y sin reporte: no se sabe"),
        (
            int(voces.get("discrepan", 0)),
            "en que discrepan",
            f"las dos voces; en {int(voces.get('sólo la independiente', 0))} sólo habla quien califica",
        ),
    ]
    st.html(
        f"<ul class='seguido' aria-label='Al {html.escape(cuentas.fecha(hoy))}'>"
        + "".join(f"<li><b>{n:,}</b><strong>{que}</strong><span>{html.escape(d)}</span></li>" for n, que, d in tarjetas)
        + "</ul>"
    )


def de_planes(resumidos: Sequence[tuple[Avance, Sequence[Avance]]], planes: pd.DataFrame) -> None:
    """La tabla del resumen y, de cada plan, lo que su documento no dice."""
    fichas = planes.set_index("plan").to_dict("index")
    renglones = []
    for plan, ejes in resumidos:
        ficha = fichas.get(plan.clave, {})
        for k, uno in enumerate([plan, *ejes]):
            entre = f"{textos.pct(uno.minimo, 0)} a {textos.pct(uno.maximo, 0)}" if uno.minimo is not None else "—"
            renglones.append(
                {
                    "Plan o eje": f"eje: {llano(uno.nombre)}" if k else f"**{llano(uno.nombre)}**",
                    "Avance": avance.cifra(uno),
                    "Con reporte": f"{uno.con_reporte} de {uno.compromisos}",
                    "Si los que faltan fueran 0 o 100": entre,
                    "Tarde": str(uno.tarde),
                    "Enumerados y declarados": "—" if k else _declarados(ficha),
                }
            )
    bloque.tabla(pd.DataFrame(renglones), "Avance por plan y eje")
    notas = [(plan.nombre, fichas.get(plan.clave, {}).get("nota")) for plan, _ in resumidos]
    con_nota = [(nombre, nota) for nombre, nota in notas if isinstance(nota, str)]
    if len(con_nota) == 1:
        seguido.nota(con_nota[0][1])
    elif con_nota:
        with st.expander("Lo que los documentos no dicen de cada plan", icon=":material/help:"):
            st.markdown("\n".join(f"- **{llano(nombre)}**: {llano(nota)}" for nombre, nota in con_nota))


def tarde(visibles: pd.DataFrame, hoy: str) -> None:
    """«¿Quién va tarde?»: lo vencido que no llega a su meta, con sus responsables; y lo vencido que nadie reportó."""
    st.subheader("¿Quién va tarde?", anchor=False)
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
        que = "Otro tiene" if len(sin_saber) == 1 else f"Otros {len(sin_saber)} tienen"
        st.markdown(f"{que} el plazo vencido y **nadie reportó su avance**: no se sabe si van tarde.")
        with st.expander(f"Vencidos y sin reporte: {len(sin_saber)}", icon=":material/help:"):
            filas = [_tarde(f) for f in sin_saber.to_dict("records")]
            bloque.tabla(pd.DataFrame(filas), "Compromisos vencidos y sin reporte, y quién responde")


def discrepan(visibles: pd.DataFrame) -> None:
    """Las dos voces lado a lado: primero donde discrepan, luego donde sólo habla quien califica."""
    st.subheader("¿Dónde discrepan las dos voces?", anchor=False)
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


def lista(visibles: pd.DataFrame) -> None:
    """Todos los compromisos a la vista, con su situación y, si tienen resultado ligado, si se movió."""
    de_resultado = ligados.de("compromisos")
    with st.expander(f"Los {len(visibles)} compromisos, como tabla", icon=":material/table_rows:"):
        bloque.tabla(
            pd.DataFrame([_renglon(f, de_resultado) for f in visibles.to_dict("records")]), "Compromisos y su situación"
        )


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
    corte = f", al {cuentas.fecha(f['corte'])}" if isinstance(f["corte"], str) else ""
    return {
        "Compromiso": f"**{llano(f['nombre_compromiso'])}** ({llano(f['nombre_plan'])})",
        "Las dos voces": avance.VOCES[f["voces"]],
        "Lo que reporta el gobierno": f"{avance.avance(f)}{corte}",
        "Quien califica por fuera": f"{llano(f['quienes'])}: {llano(f['conclusion'])}",
    }


def _renglon(f: Fila, de_resultado: dict[str, list[Fila]]) -> dict[str, str]:
    numero: str = f"{int(f['numero'])}\\. " if pd.notna(f["numero"]) else ""
    return {
        "Compromiso": f"{numero}{llano(f['nombre_compromiso'])}",
        "Plan": llano(f["nombre_plan"]),
        "Tema": llano(f["tema"]) or "—",
        "Origen": llano(f["origen"]),
        "Plazo": cuentas.fecha(f["plazo"]) or "no lo dice",
        "Avance": avance.avance(f),
        "Situación": f"{avance.SIGNO[f['situacion']]} {avance.SITUACION[f['situacion']]}",
        "Dos voces": avance.VOCES[f["voces"]],
        "Resultado": resumen_de_resultados(de_resultado.get(f["compromiso"], [])) or "ninguno ligado",
        "Responsables": llano(f["responsables"]) or "—",
    }


def _en_planes(cuantos: int) -> str:
    return "en un plan" if cuantos == 1 else f"en {cuantos} planes"


def _declarados(ficha: Fila) -> str:
    """«13 de 13 compromisos»: los que la tabla enumera, de los que el documento dice que son."""
    if not ficha:
        return "—"
    dichos: list[str] = []
    for que in ("compromisos", "ejes"):
        declarados, hay = ficha[f"{que}_declarados"], int(ficha[f"{que}_enumerados"])
        if pd.notna(declarados):
            dichos.append(f"{hay} de {int(declarados)} {que}")
        elif hay:
            dichos.append(f"{hay} {que}")
    return ", ".join(dichos) or "—"


def _lamina(resumidos: Sequence[tuple[Avance, Sequence[Avance]]]) -> Figura:
    return avance.dibujar(resumidos, "claro", ANCHO - 60)
