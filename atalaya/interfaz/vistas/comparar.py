"""La vista de comparar: por indicador, los puntos ordenados y su tabla al lado."""

from __future__ import annotations

from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from atalaya import catalogo, periodos
from atalaya.figuras import plantilla, puntos, textos, trazo
from atalaya.figuras.plantilla import Figura
from atalaya.informes.imagen import ANCHO
from atalaya.informes.vista import Vista
from atalaya.interfaz import bloque, datos

CIUDADES: Final = ("MX-CD28", "MX-CD27", "MX-CD91", "MX-CD88", "MX-CD87", "MX-CD89", "MX-CD90", "MX-CD76")
"""Nezahualcóyotl, los municipios grandes del Valle de México y una alcaldía, que enseña qué es «no aplica»."""


def mostrar(tabla: pd.DataFrame, ciudades: list[str], indicadores: list[str], periodo: str) -> Vista:
    """Dibuja un renglón por indicador (figura y tabla) y devuelve la vista para descargar."""
    tope = trazo.tope_eje(*tabla["valor_pct"])  # el mismo eje en todos: se leen juntos
    for clave in indicadores:
        parte = tabla[tabla["indicador"] == clave]
        titulo = f"{catalogo.indicador(clave).nombre}, {periodos.nombre_mes(periodo)}"
        st.subheader(catalogo.indicador(clave).nombre, anchor=False)
        izquierda, derecha = st.columns([5, 3], gap="medium")
        with izquierda:
            bloque.figura(
                ("puntos", clave, periodo, tuple(ciudades), tope),
                partial(_puntos, parte, ciudades, tope),
                puntos.describir(_ciudades(parte), titulo, _nacional(parte)),
            )
        with derecha:
            bloque.tabla(bloque.cifras(_en_tabla(parte)), titulo)
    return _vista(tabla, ciudades, indicadores, periodo, tope)


def _vista(tabla: pd.DataFrame, ciudades: list[str], indicadores: list[str], periodo: str, tope: float) -> Vista:
    nombres = [catalogo.indicador(clave).nombre for clave in indicadores]
    partes = [tabla[tabla["indicador"] == clave] for clave in indicadores]

    def figura() -> Figura:
        dibujos = [_puntos(parte, ciudades, tope, "claro", ANCHO - 220) for parte in partes]
        con_titulo = [d.con(title=n) for d, n in zip(dibujos, nombres, strict=True)] if len(nombres) > 1 else dibujos
        return plantilla.juntar("vconcat", con_titulo, 36)

    titulo = (
        nombres[0] if len(nombres) == 1 else textos.lista([catalogo.indicador(k).nombre_corto for k in indicadores])
    )
    return Vista(
        archivo=f"atalaya_comparar_{periodo}",
        titulo=f"{titulo}, {periodos.nombre_mes(periodo)}",
        subtitulo=textos.lista([datos.nombre(c) for c in ciudades]),
        tabla=tabla,
        figura=figura,
        alternativo=" ".join(
            puntos.describir(_ciudades(parte), nombre, _nacional(parte))
            for parte, nombre in zip(partes, nombres, strict=True)
        ),
        enlace=bloque.enlace_actual(),
        version=datos.version(),
    )


def _puntos(
    parte: pd.DataFrame, ciudades: list[str], tope: float, modo: str = "", ancho: int | str = "container"
) -> Figura:
    return puntos.puntos(_ciudades(parte), ciudades[0], _nacional(parte), modo or bloque.modo(), ancho, tope)


def _ciudades(parte: pd.DataFrame) -> pd.DataFrame:
    return parte[parte["lugar"] != datos.NACIONAL]


def _nacional(parte: pd.DataFrame) -> tuple[str, float] | None:
    fila = parte[(parte["lugar"] == datos.NACIONAL) & (parte["estado"] == "dato")]
    return ("Nacional", float(fila["valor_pct"].iloc[0])) if len(fila) else None


def _en_tabla(parte: pd.DataFrame) -> pd.DataFrame:
    """Las ciudades como en la figura y la nacional al final."""
    return pd.concat([puntos.ordenar(_ciudades(parte)), parte[parte["lugar"] == datos.NACIONAL]])
