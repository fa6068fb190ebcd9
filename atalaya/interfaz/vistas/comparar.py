"""La vista de comparar: por indicador, los puntos ordenados y su tabla al lado."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from atalaya import catalogo, periodos
from atalaya.estadistica import pruebas
from atalaya.figuras import hallazgos, plantilla, puntos, textos, trazo
from atalaya.figuras.plantilla import Figura
from atalaya.informes.imagen import ANCHO
from atalaya.informes.vista import Vista
from atalaya.interfaz import bloque, datos, precision

CIUDADES: Final = ("MX-CD28", "MX-CD27", "MX-CD91", "MX-CD88", "MX-CD87", "MX-CD89", "MX-CD90", "MX-CD76")
"""Nezahualcóyotl, los municipios grandes del Valle de México y una alcaldía, que enseña qué es «no aplica»."""


@dataclass(frozen=True)
class Renglon:
    """Lo que se ve de un indicador: su nombre, su figura, qué diferencias prueba y su tabla."""

    nombre: str
    titulo: str
    dibujo: bloque.Dibujo
    frases: list[str]
    nota: str
    cifras: pd.DataFrame


def mostrar(tabla: pd.DataFrame, ciudades: list[str], indicadores: list[str], periodo: str) -> Vista:
    """Dibuja un renglón por indicador (figura y tabla) y devuelve la vista para descargar."""
    clave = ("comparar", tuple(ciudades), tuple(indicadores), bloque.modo())
    for renglon in datos.recordar(tabla, clave, lambda: _renglones(tabla, ciudades, indicadores, periodo)):
        st.subheader(renglon.nombre, anchor=False)
        izquierda, derecha = st.columns([5, 4], gap="medium")
        with izquierda:
            bloque.pintar(renglon.dibujo)
        with derecha:
            bloque.tabla(renglon.cifras, renglon.titulo)
        if renglon.frases:
            st.markdown(
                "\n".join(f"- {frase}" for frase in renglon.frases) + f"\n\n<small>{renglon.nota}</small>",
                unsafe_allow_html=True,
            )
    precision.leyenda(tabla)
    return _vista(tabla, ciudades, indicadores, periodo)


def _renglones(tabla: pd.DataFrame, ciudades: list[str], indicadores: list[str], periodo: str) -> list[Renglon]:
    tope = trazo.tope_eje(*tabla["valor_pct"])  # el mismo eje en todos: se leen juntos
    renglones = []
    for clave in indicadores:
        parte = tabla[tabla["indicador"] == clave]
        nombre, nacional = catalogo.indicador(clave).nombre, _nacional(parte)
        titulo = f"{nombre}, {periodos.nombre_mes(periodo)}"
        ordenadas = puntos.ordenar(_ciudades(parte))
        probadas = pruebas.frente_al_foco(parte, ciudades[0])
        frases = hallazgos.de_comparar(datos.nombre(ciudades[0]), probadas)
        dibujo = bloque.preparar(
            puntos.puntos(ordenadas, ciudades[0], nacional, bloque.modo(), "container", tope),
            " ".join([puntos.describir(ordenadas, titulo, nacional), *frases]),
        )
        con_nacional = pd.concat([ordenadas, parte[parte["lugar"] == datos.NACIONAL]])
        nota = hallazgos.nota_comparar(probadas)
        renglones.append(Renglon(nombre, titulo, dibujo, frases, nota, bloque.cifras(con_nacional)))
    return renglones


def _vista(tabla: pd.DataFrame, ciudades: list[str], indicadores: list[str], periodo: str) -> Vista:
    nombres = [catalogo.indicador(clave).nombre for clave in indicadores]

    def figura() -> Figura:
        tope = trazo.tope_eje(*tabla["valor_pct"])
        partes = [tabla[tabla["indicador"] == clave] for clave in indicadores]
        dibujos = [
            puntos.puntos(_ciudades(parte), ciudades[0], _nacional(parte), "claro", ANCHO - 220, tope)
            for parte in partes
        ]
        con_titulo = [d.con(title=n) for d, n in zip(dibujos, nombres, strict=True)] if len(nombres) > 1 else dibujos
        return plantilla.juntar("vconcat", con_titulo, 36)

    titulo = (
        nombres[0] if len(nombres) == 1 else textos.lista([catalogo.indicador(k).nombre_corto for k in indicadores])
    )
    return Vista(
        archivo=f"atalaya_comparar_{periodo}",
        titulo=f"{titulo}, {periodos.nombre_mes(periodo)}",
        subtitulo=f"{textos.lista([datos.nombre(c) for c in ciudades])}. {precision.pie(tabla)}".strip(),
        tabla=datos.recordar(tabla, ("con pruebas", ciudades[0]), partial(_con_pruebas, tabla, ciudades[0])),
        figura=figura,
        alternativo=lambda: " ".join(r.dibujo.alternativo for r in _renglones(tabla, ciudades, indicadores, periodo)),
        enlace=bloque.enlace_actual(),
        version=datos.version(),
    )


def _con_pruebas(tabla: pd.DataFrame, foco: str) -> pd.DataFrame:
    """La tabla que se descarga: con la diferencia de la destacada contra cada una, y su prueba."""
    probadas = [
        pruebas.frente_al_foco(parte, foco).assign(indicador=indicador, frente_a=foco)
        for indicador, parte in tabla.groupby("indicador", sort=False)
    ]
    columnas = ["indicador", "lugar", "frente_a", "diferencia", "margen", "p", "p_holm", "veredicto"]
    return tabla.merge(pd.concat(probadas)[columnas], how="left", on=["indicador", "lugar"])


def _ciudades(parte: pd.DataFrame) -> pd.DataFrame:
    return parte[parte["lugar"] != datos.NACIONAL]


def _nacional(parte: pd.DataFrame) -> tuple[str, float] | None:
    fila = parte[(parte["lugar"] == datos.NACIONAL) & (parte["estado"] == "dato")]
    return ("Nacional", float(fila["valor_pct"].iloc[0])) if len(fila) else None
