"""La vista de participación: qué procesos hay, hasta dónde ha llegado cada uno y qué se contó en él."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

import pandas as pd
import streamlit as st

from atalaya import catalogo
from atalaya.figuras import cuentas, embudo, plantilla
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import Rotulos, tr
from atalaya.informes.imagen import ANCHO
from atalaya.informes.legajo import Legajo
from atalaya.interfaz import bloque, datos, filtros, ligados, seguido, seguimiento
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.llano import llano
from atalaya.interfaz.seguido import TODOS
from atalaya.interfaz.vistas import participantes, territorios

DE_UN_PROCESO: Final = (
    "cuentas",
    "embudo",
    "territorios_vistos",
    "asambleas_vistas",
    "etapas_de_proceso",
    "temas_en_orden",
    "participantes_sumados",
    "ejercicios_vistos",
)
Tablas = Mapping[str, pd.DataFrame]


def filtrar(enlace: Enlace, procesos: pd.DataFrame) -> pd.DataFrame:
    """Los filtros por lugar, clase y proceso; da los procesos que quedan."""
    columnas = st.columns([2, 2, 4])
    lugares = {lugar: datos.nombre_entero(lugar) for lugar in sorted(set(procesos["lugar"]), key=_orden_lugar)}
    clases = {str(clase): str(clase).capitalize() for clase in dict.fromkeys(procesos["clase"])}
    with columnas[0]:
        donde = filtros.de_opciones(enlace, "donde", tr("Dónde"), {TODOS: tr("Todos los lugares"), **lugares}, TODOS)
    with columnas[1]:
        clase = filtros.de_opciones(enlace, "clase", tr("Qué es"), {TODOS: tr("Todo"), **clases}, TODOS)
    quedan = procesos[
        procesos["lugar"].isin([donde] if donde != TODOS else lugares)
        & procesos["clase"].isin([clase] if clase != TODOS else clases)
    ]
    nombres = dict(zip(procesos["proceso"], procesos["nombre_proceso"], strict=True))
    with columnas[2]:
        proceso = filtros.de_opciones(
            enlace, "proceso", tr("Proceso"), {TODOS: tr("Todos los procesos"), **nombres}, TODOS
        )
    return quedan if proceso == TODOS else quedan[quedan["proceso"] == proceso]


def consultar(procesos: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Todo lo que se sabe de esos procesos, por consulta; los acuerdos, al día de hoy."""
    claves = list(procesos["proceso"])
    tablas = {nombre: seguimiento.correr(nombre, procesos=claves) for nombre in DE_UN_PROCESO}
    hoy = date.today().isoformat()
    return {**tablas, "acuerdos_vistos": seguimiento.correr("acuerdos_vistos", procesos=claves, hoy=hoy)}


def mostrar(procesos: pd.DataFrame, tablas: Tablas) -> Legajo:
    """El panorama, cada proceso con lo suyo, los territorios y la historia; devuelve lo que se lleva."""
    panorama(procesos, tablas)
    ligas = ligados.de("procesos")
    # De varios, abierto el que más cuentas trae: todos abiertos no dejan ver qué más hay.
    for numero, fila in enumerate(procesos.to_dict("records")):
        suyas = {nombre: tabla[tabla["proceso"] == fila["proceso"]] for nombre, tabla in tablas.items()}
        detalle(fila, suyas, ligas.get(fila["proceso"], []), abierto=numero == 0)
    territorios.mostrar(tablas)
    historia(tablas["cuentas"])
    embudos = _embudos(tablas["embudo"])
    return Legajo(
        archivo="atalaya_participacion",
        titulo=tr("Hasta dónde ha llegado cada proceso participativo"),
        subtitulo=tr(
            "Unidades territoriales que llegaron a cada etapa, de las que siguen el proceso. Contorno partido: "
            "no se sabe; rayado: suprimido; cruz: no se celebró."
        ),
        tablas={**tablas, "procesos": procesos},
        documentos=seguido.documentos(),
        figura=(lambda: _lamina(embudos)) if embudos else None,
        alternativo=lambda: " ".join(embudo.describir(filas, nombre) for nombre, filas in embudos),
        enlace=bloque.enlace_actual(),
    )


def panorama(procesos: pd.DataFrame, tablas: Tablas) -> None:
    """De un vistazo: cuántos procesos, el embudo de los que tienen unidades territoriales, y la lista."""
    contadas = tablas["cuentas"][tablas["cuentas"]["ultimo"]]
    de_dato = contadas[contadas["estado"] == "dato"]
    sin_cifra = len(contadas) - len(de_dato)
    sin_exactitud = int((de_dato["alcance"] != "exacta").sum())
    st.markdown(
        tr(
            "**{procesos}** {dicho} de **{cuantos}** {dicho_2}, con **{contadas}** cuentas: {de_dato} con "
            "cifra (de ellas, {sin_exactitud} aproximadas o mínimas, que llevan «cerca de» o «más de»)",
            procesos=len(procesos),
            dicho=tr("proceso") if len(procesos) == 1 else tr("procesos"),
            cuantos=procesos["lugar"].nunique(),
            dicho_2=tr("lugar") if procesos["lugar"].nunique() == 1 else tr("lugares"),
            contadas=len(contadas),
            de_dato=len(de_dato),
            sin_exactitud=sin_exactitud,
        )
        + (tr(" y {sin_cifra} sin ella, cada una con su motivo.", sin_cifra=sin_cifra) if sin_cifra else ".")
    )
    for nombre, filas in _embudos(tablas["embudo"]):
        st.header(tr("{nombre}: unidades territoriales por etapa", nombre=llano(nombre)), anchor=False)
        figura = embudo.embudo(filas, bloque.modo())
        bloque.pintar(bloque.preparar(figura, embudo.describir(filas, nombre)))
        bloque.tabla(_tabla_embudo(filas), tr("Unidades territoriales por etapa: {nombre}", nombre=nombre))
        if sin_etapa := int(filas["sin_etapa"].max()):
            st.caption(
                tr(
                    "De {sin_etapa} unidades no se dice la etapa: cuentan en el total y en ninguna etapa.",
                    sin_etapa=sin_etapa,
                )
            )


def detalle(proceso: dict[Any, Any], tablas: Tablas, ligas: Sequence[Mapping[Any, Any]], abierto: bool) -> None:
    """Un proceso: qué es, qué se contó, sus etapas, sus temas, quiénes participaron y lo que el documento no dice."""
    contadas = tablas["cuentas"][tablas["cuentas"]["ultimo"]]
    lugar = datos.nombre_entero(proceso["lugar"])
    cuantas = f"{len(contadas)} {tr('cuenta') if len(contadas) == 1 else tr('cuentas')}"
    with st.expander(f"**{llano(proceso['nombre_proceso'])}** · {lugar} · {cuantas}", expanded=abierto):
        quien = f" · {llano(proceso['responsable'])}" if isinstance(proceso["responsable"], str) else ""
        cuando = cuentas.lapso(proceso["inicio"], proceso["fin"])
        st.markdown(f"{proceso['clase'].capitalize()} · {cuando}{quien}")
        if isinstance(proceso["descripcion"], str):
            st.markdown(llano(proceso["descripcion"]))
        seguido.nota(proceso["nota"])
        if len(contadas):
            bloque.tabla(
                tabla_cuentas(contadas),
                tr("Lo que se contó: {nombre_proceso}", nombre_proceso=proceso["nombre_proceso"]),
            )
            if contadas["corte"].isna().all():
                st.caption(tr("El documento no dice de qué fecha son estas cuentas."))
            for renglon in denominadores(contadas):
                st.caption(renglon)
        participantes.etapas(tablas["etapas_de_proceso"])
        participantes.temas(tablas["temas_en_orden"])
        participantes.personas(tablas["participantes_sumados"])
        participantes.ejercicios(tablas["ejercicios_vistos"])
        if ligas:
            ligados.mostrar(ligas, tr("El proceso, según sus cuentas"))


def tabla_cuentas(filas: pd.DataFrame) -> pd.DataFrame:
    """Cada cuenta como se lee: cuánto, de cuántas, por mil habitantes, cuándo y las palabras del documento."""
    renglones = [
        {
            tr("Qué se contó"): llano(f["nombre_medida"])
            + (f" ({llano(f['nombre_territorio'])})" if isinstance(f["nombre_territorio"], str) else ""),
            tr("Cuánto"): f"**{cuentas.decir(f['estado'], f['valor'], f['alcance'])}{_unidad(f)}**",
            tr("Parte"): cuentas.parte(f),
            tr("Por mil hab."): cuentas.por_mil(f),
            tr("Fecha"): cuentas.fecha(f["corte"]) or "—",
            tr("Palabras del documento"): llano(f["texto"]),
        }
        for f in filas.sort_values("valor", ascending=False, na_position="last", kind="stable").to_dict("records")
    ]
    return seguido.llenas(renglones, (tr("Parte"), tr("Por mil hab."), tr("Fecha")))


def denominadores(filas: pd.DataFrame) -> list[str]:
    """Entre cuántos habitantes se dividió, de qué año y de qué fuente; uno por lugar y año."""
    con_tasa = filas[filas["por_mil"].notna()]
    dichos = []
    for fila in con_tasa.drop_duplicates(["lugar", "territorio", "anio"]).to_dict("records"):
        de_que = llano(fila["nombre_territorio"]) or datos.nombre(fila["lugar"])
        anio = "" if isinstance(fila["territorio"], str) else tr(" en {anio:.0f}", anio=fila["anio"])
        porque = _ANIO_ES.get(fila["anio_es"], "")
        dichos.append(
            tr(
                "Por mil habitantes de {de_que}: {poblacion}{anio}{porque}. {nombre}.",
                de_que=de_que,
                poblacion=cuentas.numero(fila["poblacion"]),
                anio=anio,
                porque=porque,
                nombre=llano(fila["poblacion_es"]),
            )
        )
    return dichos


def _unidad(f: Mapping[Any, Any]) -> str:
    """La unidad va en el nombre, menos la que cambia lo que el número quiere decir; el cero, con su cifra."""
    if f["estado"] != "dato":
        return ""
    if not f["valor"]:
        return " (0)"
    return "\N{NO-BREAK SPACE}%" if f["unidad"] == "por ciento" else ""


_ANIO_ES: Final = Rotulos(
    {
        "documento": " (el año del documento: la cuenta no trae fecha)",
        "proceso": " (el año en que empezó el proceso: ni la cuenta ni su documento traen fecha)",
    }
)


def historia(filas: pd.DataFrame) -> None:
    """Todos los cortes de las cuentas que tienen más de uno: uno nuevo no borra los anteriores."""
    varias = filas[filas["cortes"] > 1]
    with st.expander(tr("Historia: todos los cortes"), icon=":material/history:"):
        if varias.empty:
            st.markdown(
                tr(
                    "Ninguna de las cuentas a la vista tiene más de un corte: los documentos las dan una sola "
                    "vez. Cuando "
                    "se cargue otro, los dos quedan aquí; uno nuevo no borra al anterior."
                )
            )
            return
        renglones = [
            {
                tr("Proceso"): llano(f["nombre_proceso"]),
                tr("Qué se contó"): llano(f["nombre_medida"]),
                tr("Corte"): cuentas.fecha(f["corte"]) or tr("sin fecha"),
                tr("Cuánto"): cuentas.decir(f["estado"], f["valor"], f["alcance"])
                + (" (vigente)" if f["ultimo"] else ""),
            }
            for f in varias.to_dict("records")
        ]
        bloque.tabla(pd.DataFrame(renglones), tr("Cuentas con más de un corte"))


def _embudos(filas: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    return [(str(suyas["nombre_proceso"].iloc[0]), suyas) for _, suyas in filas.groupby("proceso", sort=False)]


def _lamina(embudos: Sequence[tuple[str, pd.DataFrame]]) -> Figura:
    partes = [embudo.embudo(filas, "claro", ANCHO - 240).con(title=nombre) for nombre, filas in embudos]
    return partes[0] if len(partes) == 1 else plantilla.juntar("vconcat", partes, 30)


def _tabla_embudo(filas: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                tr("Etapa"): f["etapa"].capitalize(),
                tr("Unidades"): embudo.dicho(f),
                tr("De dónde"): llano(f["texto"]) if isinstance(f["texto"], str) else _DE_DONDE[f["de_donde"]],
            }
            for f in filas.to_dict("records")
        ]
    )


_DE_DONDE: Final = Rotulos({"documento": "—", "territorios": "contadas en la tabla de territorios"})


def _orden_lugar(lugar: str) -> str:
    return catalogo.normalizar(datos.nombre_entero(lugar))
