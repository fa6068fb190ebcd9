"""Los indicadores propios de cada municipio, uno junto a otro, con los de la visita si trajo."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from atalaya.figuras import cuentas, municipales
from atalaya.idiomas import tr
from atalaya.informes.imagen import ANCHO
from atalaya.informes.legajo import Legajo
from atalaya.interfaz import avisos, bloque, carga, datos, filtros, seguido, seguimiento
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.llano import llano

_SIN_FILA = {"estado": "sin fila", "metodo": "", "suya": False, "periodo": None, "alcance": "exacta", "unidad": ""}


def consultar() -> pd.DataFrame:
    """Todos los indicadores municipales; `suya` dice cuáles trajo la visita."""
    filas = seguimiento.correr("municipales_vistos")
    llaves = {_llave(fila) for fila in carga.suyas().get("indicadores_municipales", [])}
    suyas = [_llave(fila) in llaves for fila in filas.to_dict("records")]
    return filas.assign(suya=pd.Series(suyas, index=filas.index, dtype=bool))


def mostrar(enlace: Enlace, filas: pd.DataFrame) -> None:
    """Qué se compara, la figura, la tabla y lo que se lleva."""
    avisos.exigir(len(filas), tr("No hay ningún indicador municipal."), tr("Cargue los suyos arriba."))
    clave, medida = _filtros(enlace, filas)
    enlace.escribir()
    elegidas = de_un_indicador(filas, clave)
    nombre = str(next(f["nombre_indicador"] for f in elegidas if f["estado"] != "sin fila"))
    st.header(tr("{nombre}: cada municipio junto a los demás", nombre=llano(nombre)), anchor=False)
    if hallazgo := municipales.hallazgo(elegidas, medida):
        st.markdown(tr("**{hallazgo}** Son fuentes y fechas distintas: la tabla dice cuáles.", hallazgo=hallazgo))
    texto = municipales.describir(elegidas, nombre, medida)
    bloque.pintar(bloque.preparar(municipales.figura(elegidas, medida, bloque.modo()), texto))
    st.caption(
        tr(
            "Azul: de un registro o publicada. Naranja: citada, la repite un tercero. Contorno partido: no se sabe. "
            "Junto a cada cifra va dicho también con su palabra."
        )
    )
    bloque.tabla(en_tabla(elegidas), tr("{nombre}, por municipio", nombre=nombre))
    for renglon in _denominadores(elegidas):
        st.caption(renglon)
    todas = filas.drop(columns=["anio", "mejor", "se_cuenta"])
    seguido.descargas(
        Legajo(
            archivo=f"atalaya_{clave}",
            titulo=nombre,
            subtitulo=tr(
                "{medidas}, por municipio; entre paréntesis, cómo se supo.", medidas=municipales.MEDIDAS[medida]
            ),
            tablas={"municipales_vistos": todas[todas["indicador"] == clave]},
            documentos=seguido.documentos(),
            figura=lambda: municipales.figura(elegidas, medida, "claro", ANCHO - 240),
            alternativo=lambda: texto,
            enlace=bloque.enlace_actual(),
        )
    )


def de_un_indicador(filas: pd.DataFrame, clave: str) -> list[dict[Any, Any]]:
    """Las filas de un indicador, lo de la visita primero; los municipios que no lo tienen, al final y dichos."""
    suyas = filas[filas["indicador"] == clave].sort_values(["suya", "valor"], ascending=[False, False], kind="stable")
    dichas = [{**fila, "quien": datos.nombre_entero(fila["lugar"])} for fila in suyas.to_dict("records")]
    faltan = [lugar for lugar in dict.fromkeys(filas["lugar"]) if lugar not in set(suyas["lugar"])]
    vacia = dict.fromkeys(filas.columns) | _SIN_FILA
    return dichas + [{**vacia, "lugar": lugar, "quien": datos.nombre_entero(lugar)} for lugar in faltan]


def en_tabla(filas: list[dict[Any, Any]]) -> pd.DataFrame:
    """Lo mismo para leer: cifra, tasa, cuándo, cómo se supo y quién lo dice."""
    renglones = [
        {
            tr("Municipio"): tr("**{quien}** (suya)", quien=f["quien"]) if f["suya"] else str(f["quien"]),
            tr("Cuánto"): municipales.decir(f, "cifra"),
            tr("Unidad"): llano(tr(f["unidad"])) or "—",
            tr("Por mil hab."): municipales.decir(f, "por_mil").removesuffix(" por mil habitantes")
            if f["estado"] == "dato"
            else "—",
            tr("Cuándo"): municipales.periodo(f) if f["metodo"] else "—",
            tr("Cómo se supo"): municipales.METODO.get(f["metodo"], "—"),
            tr("Quién lo dice"): llano(f["fuente"]) or "—",
            tr("Nota"): llano(f["nota"]) or "—",
        }
        for f in filas
    ]
    return seguido.llenas(renglones, (tr("Por mil hab."), tr("Nota")))


def _filtros(enlace: Enlace, filas: pd.DataFrame) -> tuple[str, str]:
    """Qué indicador y qué medida. Primero los que trajo la visita; luego, los que más municipios tienen."""
    grupos = filas.groupby("indicador", sort=True)
    orden = sorted(grupos, key=lambda par: (-int(par[1]["suya"].any()), -par[1]["lugar"].nunique()))
    nombres = {str(clave): str(suyas["nombre_indicador"].iloc[0]) for clave, suyas in orden}  # no es Markdown
    columnas = st.columns([3, 3])
    with columnas[0]:
        clave = filtros.de_opciones(enlace, carga.INDICADOR, tr("Indicador"), nombres, next(iter(nombres)))
    with columnas[1]:
        medida = filtros.opcion(enlace, "medida", tr("Medida"), municipales.MEDIDAS, "cifra")
    return clave, medida


def _denominadores(filas: list[dict[Any, Any]]) -> list[str]:
    """Entre cuántos habitantes, de qué año y de qué proyección."""
    con = {(f["lugar"], f["anio"]): f for f in filas if f.get("por_mil") is not None and pd.notna(f["por_mil"])}
    return [
        tr(
            "Por mil habitantes de {quien}: {poblacion} en {anio:.0f}. {proyeccion}.",
            quien=f["quien"],
            poblacion=cuentas.numero(f["poblacion"]),
            anio=f["anio"],
            proyeccion=f["proyeccion"],
        )
        for f in con.values()
    ]


def _llave(fila: Any) -> tuple[str, ...]:
    return tuple(fila[c] if isinstance(fila[c], str) else "" for c in ("lugar", "periodo", "indicador", "fuente"))
