"""La vista de evolución: un cuadro de líneas por indicador, o uno por ciudad, y la tabla de cada uno."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from atalaya import catalogo, periodos
from atalaya.figuras import lineas, plantilla, textos
from atalaya.figuras.plantilla import Figura
from atalaya.informes.imagen import ANCHO
from atalaya.informes.vista import Vista
from atalaya.interfaz import bloque, datos

FORMAS: Final = {"juntas": "Ciudades juntas", "separadas": "Una ciudad por cuadro"}
MAXIMO: Final = 8


def mostrar(
    tabla: pd.DataFrame, ciudades: list[str], indicadores: list[str], desde: str, hasta: str, forma: str
) -> Vista:
    """Dibuja los cuadros y sus tablas y devuelve la vista para descargar."""
    cuadros = _cuadros(tabla, ciudades, indicadores, forma)
    ancho_doble = len(cuadros) > 1
    columnas: Sequence[Any] = [st.container()]
    for k, (rotulo, parte, orden) in enumerate(cuadros):
        if ancho_doble and k % 2 == 0:  # renglón por renglón: en un teléfono se leen en su orden
            columnas = st.columns(2, gap="medium")
        dominio = lineas.dominio_eje(tabla[tabla["indicador"] == parte["indicador"].iloc[0]])
        with columnas[k % len(columnas)]:
            st.subheader(rotulo, anchor=False)
            bloque.figura(
                ("lineas", rotulo, tuple(orden), parte["indicador"].iloc[0], desde, hasta, ancho_doble),
                partial(_lineas, parte, orden, 270 if ancho_doble else 400, dominio),
                lineas.describir(parte, rotulo, orden),
            )
    with st.expander("Las cifras como tabla", icon=":material/table_rows:"):
        for clave in indicadores:
            bloque.tabla(_en_tabla(tabla[tabla["indicador"] == clave]), catalogo.indicador(clave).nombre, True)
    return _vista(tabla, cuadros, indicadores, desde, hasta, forma)


def _lineas(parte: pd.DataFrame, orden: list[str], alto: int, dominio: tuple[float, float]) -> Figura:
    return lineas.lineas(parte, orden, bloque.modo(), "container", alto, dominio)


def _cuadros(
    tabla: pd.DataFrame, ciudades: list[str], indicadores: list[str], forma: str
) -> list[tuple[str, pd.DataFrame, list[str]]]:
    """Rótulo, filas y orden de las series de cada cuadro."""
    cuadros = []
    for clave in indicadores:
        suyas = tabla[tabla["indicador"] == clave]
        nombre = catalogo.indicador(clave).nombre
        if forma == "juntas":
            cuadros.append((nombre, suyas, [*ciudades, datos.NACIONAL]))
            continue
        for ciudad in ciudades:
            rotulo = datos.nombre(ciudad) if len(indicadores) == 1 else f"{datos.nombre(ciudad)}: {nombre}"
            cuadros.append((rotulo, suyas[suyas["lugar"].isin([ciudad, datos.NACIONAL])], [ciudad, datos.NACIONAL]))
    return cuadros


def _vista(
    tabla: pd.DataFrame,
    cuadros: list[tuple[str, pd.DataFrame, list[str]]],
    indicadores: list[str],
    desde: str,
    hasta: str,
    forma: str,
) -> Vista:
    def figura() -> Figura:
        dibujos = []
        for rotulo, parte, orden in cuadros:
            dominio = lineas.dominio_eje(tabla[tabla["indicador"] == parte["indicador"].iloc[0]])
            dibujo = lineas.lineas(parte, orden, "claro", ANCHO - 60, 300, dominio)
            dibujos.append(dibujo.con(title=rotulo) if len(cuadros) > 1 else dibujo)
        return plantilla.juntar("vconcat", dibujos, 36, comparten_series=forma == "juntas")

    nombres = [catalogo.indicador(clave).nombre for clave in indicadores]
    return Vista(
        archivo=f"atalaya_evolucion_{desde}_{hasta}",
        titulo=nombres[0] if len(nombres) == 1 else "Evolución",
        subtitulo=f"De {periodos.nombre_mes(desde)} a {periodos.nombre_mes(hasta)}. Donde no hay cifra, no hay línea.",
        tabla=tabla,
        figura=figura,
        alternativo=" ".join(lineas.describir(parte, rotulo, orden) for rotulo, parte, orden in cuadros),
        enlace=bloque.enlace_actual(),
        version=datos.version(),
    )


def _en_tabla(parte: pd.DataFrame) -> pd.DataFrame:
    """Un renglón por periodo y una columna por lugar, del más reciente al más antiguo."""
    celdas = parte.assign(texto=[textos.cifra(f, 2) for f in parte.to_dict("records")])
    ancha = celdas.pivot(index="periodo", columns="nombre", values="texto")[list(dict.fromkeys(parte["nombre"]))]
    orden = sorted(ancha.index, key=periodos.clave_orden, reverse=True)
    ancha = ancha.loc[orden].reset_index()
    ancha["periodo"] = [periodos.nombre_mes(p) for p in ancha["periodo"]]
    return ancha.rename(columns={"periodo": "Periodo"})
