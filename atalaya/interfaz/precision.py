"""La regla de precisión elegida y la leyenda del error: de dónde sale cada intervalo, a la vista."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from atalaya.estadistica import pruebas
from atalaya.figuras import textos
from atalaya.idiomas import Rotulos, anotado, tr
from atalaya.interfaz import datos, filtros
from atalaya.interfaz.enlace import Enlace

REGLAS: Final = Rotulos({"inegi": "INEGI", "ine_chile": "INE Chile", "cepal": "CEPAL"})
_TRAZO: Final = {
    "modelada": ("dotted", anotado("intervalo al 95 %, con error modelado por Atalaya (la oficina no lo publica)")),
    "microdatos": ("solid", anotado("intervalo al 95 %, con error calculado de los microdatos")),
    "publicada": ("solid", anotado("intervalo al 95 %, con el error que publica la oficina")),
}
_PUNTO: Final = {
    "hueco": (anotado("hueco"), "border:2.5px solid currentColor", anotado("precisión moderada o baja")),
    "tenue": (
        anotado("tenue"),
        "border:2.5px solid currentColor;background:color-mix(in srgb,currentColor 40%,transparent)",
        anotado("la oficina no publicó su clase de precisión"),
    ),
}
_CAMBIOS: Final = (
    ("▲▼", anotado("cambio mayor que el error: arriba del punto, con el periodo anterior; abajo, con un año antes")),
    ("△▽", anotado("supera su margen, pero no la corrección por probar muchos a la vez")),
)


def elegir(enlace: Enlace) -> str:
    """La regla de precisión, en la URL."""
    return filtros.opcion(enlace, "regla", tr("Regla de precisión"), REGLAS, "inegi")


def aplicar(tabla: pd.DataFrame, regla: str) -> pd.DataFrame:
    """La tabla con las clases de esa regla y sin lo que suprime, hecha una vez. No se debe modificar."""
    return datos.recordar(tabla, ("regla", regla), lambda: pruebas.con_regla(tabla, regla))


def leyenda(tabla: pd.DataFrame, con_cambios: bool = False) -> None:
    """Qué quiere decir cada trazo de los que hay en la figura; nada si no hace falta decir nada."""
    cuerpo = datos.recordar(tabla, ("leyenda del error", con_cambios), lambda: _leyenda(tabla, con_cambios))
    if cuerpo:
        st.html(f"<ul class='leyenda' aria-label='{tr('Leyenda del error')}'>{cuerpo}</ul>")


def pie(tabla: pd.DataFrame) -> str:
    """Lo mismo en una frase, para el pie de lo que se descarga; vacío si no hace falta."""
    presentes = set(tabla["metodo_error"].dropna()) if "metodo_error" in tabla else set()
    trazos = {
        "modelada": tr("punteado, con error modelado por Atalaya"),
        "microdatos": tr("continuo, con error de diseño"),
    }
    dichos = [dicho for metodo, dicho in trazos.items() if metodo in presentes]
    partes = [tr("Intervalos al 95 %: {dichos}.", dichos=textos.lista(dichos))] if dichos else []
    partes += [tr("Punto {como}: {dicho}.", como=como, dicho=dicho) for como, _, dicho in _puntos(tabla)]
    return " ".join(partes)


def _puntos(tabla: pd.DataFrame) -> list[tuple[str, str, str]]:
    """Los puntos que no van llenos, si los hay: cómo se ven, su muestra en CSS y qué quieren decir."""
    clases = tabla.loc[tabla["estado"] == "dato", "precision"]
    hueco, tenue = bool(clases.isin(["moderada", "baja"]).any()), bool(clases.isna().any())
    return [
        (tr(_PUNTO[clase][0]), _PUNTO[clase][1], tr(_PUNTO[clase][2]))
        for clase, hay in (("hueco", hueco), ("tenue", tenue))
        if hay
    ]


def _leyenda(tabla: pd.DataFrame, con_cambios: bool) -> str:
    presentes = set(tabla["metodo_error"].dropna()) if "metodo_error" in tabla else set()
    partes = [
        f"<li><span style='flex:none;height:0;border-top:3px {raya} currentColor'></span>{tr(dicho)}</li>"
        for metodo, (raya, dicho) in _TRAZO.items()
        if metodo in presentes
    ]
    partes += [
        f"<li><span style='flex:none;width:.8rem;height:.8rem;border-radius:50%;{estilo}'></span>{dicho}</li>"
        for _, estilo, dicho in _puntos(tabla)
    ]
    if con_cambios and presentes:
        partes += [f"<li><b>{marca}</b>{tr(dicho)}</li>" for marca, dicho in _CAMBIOS]
    return "".join(partes)
