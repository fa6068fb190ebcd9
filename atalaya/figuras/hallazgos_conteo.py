"""Lo probado de unos conteos, en palabras: cambios desde una base y razones entre lugares, y lo que no se distingue.

Ningún verbo dice más que la prueba. Las frases van en Markdown, para debajo de la figura o, sin marcas, en su texto
alternativo.
"""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from atalaya import periodos
from atalaya.estadistica.pruebas import NIVEL, RUPTURA
from atalaya.estadistica.pruebas_conteo import COMPARTEN
from atalaya.figuras import textos
from atalaya.figuras.conteos import con_mas

POCOS: Final = 20
"""Con menos casos el error relativo de un conteo pasa de 22 % (1/√20). Los CDC de Estados Unidos dan por inestable la
tasa de 20 o menos (WISQARS, «Annotation and Suppression of Unstable Rates»)."""
NOTA: Final = (
    f"Prueba exacta de dos conteos de Poisson, al {NIVEL:g} % de confianza; el veredicto descuenta que son varias "
    "pruebas del mismo delito a la vez (Holm). Un año a medias no se prueba. El azar de los conteos es el mínimo: no "
    "mide lo que no se denuncia ni el error de la población, y si los hechos vienen en racimo el intervalo debería ser "
    "más ancho."
)


def de_cambios(probados: pd.DataFrame) -> list[str]:
    """Una frase por lugar; `probados`: las filas de `pruebas_conteo.cambios` de un indicador."""
    return [
        f"**{nombre}**: {'; '.join(_cambio(f) for f in suyas.to_dict('records'))}.{_pocos(suyas, 'casos_desde')}"
        for nombre, suyas in probados.groupby("nombre", sort=False)
    ]


def de_razones(probadas: pd.DataFrame, foco: str) -> list[str]:
    """Una frase con la tasa de `foco` frente a las demás; `probadas`: las de `pruebas_conteo.razones`, un indicador."""
    if probadas.empty:
        return []
    cuando = periodos.nombre(probadas["periodo"].iloc[0])
    frases = [f"{_razon(f)}.{_pocos(pd.DataFrame([f]), 'casos_de_frente')}" for f in probadas.to_dict("records")]
    return [f"**{foco}**, {cuando}: {frase}" for frase in frases]


def _cambio(f: Any) -> str:
    entre = f"de {periodos.nombre(f['desde'])} a {periodos.nombre(f['periodo'])}"
    if f["veredicto"] == RUPTURA:
        return f"{entre} no se calcula el cambio, porque cambia la serie"
    de_a = f"de {textos.entero(f['casos_desde'])} a {textos.entero(f['casos'])} casos"
    if pd.isna(f["cambio_pct"]) or f["casos_desde"] == 0:
        return f"{entre}, {de_a}: sin casos en el primero no hay cambio que medir"
    cifra = f"{con_mas(f['cambio_pct'])} ({con_mas(f['cambio_inf'])} a {con_mas(f['cambio_sup'])})"
    if f["veredicto"] in ("sube", "baja"):
        verbo = "subió" if f["veredicto"] == "sube" else "bajó"
        return f"{entre} la tasa {verbo}, {cifra}, {de_a}: más que el azar de los conteos"
    if f["veredicto"] == "no_con_holm":
        return f"{entre}, {cifra}, {de_a}: supera el azar por separado, pero no la prueba conjunta, y no basta"
    return f"{entre} no se distingue un cambio, {cifra}, {de_a}"


def _razon(f: Any) -> str:
    otra = f["nombre"]
    if f["veredicto"] == COMPARTEN:
        return f"sin prueba frente a {otra}, porque uno es parte del otro y comparten casos"
    if pd.isna(f["razon"]) or f["razon"] in (0, float("inf")):
        return f"frente a {otra} no hay razón que calcular: uno de los dos no tiene casos"
    cifra = f"{f['razon']:.2f} veces la de {otra} ({textos.intervalo(f['razon_inf'], f['razon_sup'], 2)})"
    if f["veredicto"] in ("mayor", "menor"):
        return f"su tasa es {cifra}: {f['veredicto']}, más allá del azar de los conteos"
    if f["veredicto"] == "no_con_holm":
        return f"su tasa es {cifra}: supera el azar por separado, pero no la prueba conjunta, y no basta"
    return f"su tasa no se distingue de la de {otra}: es {cifra.partition(' (')[0]} ({cifra.partition(' (')[2]}"


def _pocos(filas: pd.DataFrame, otra: str) -> str:
    con_cifra = filas[filas["p"].notna() & (filas[otra] > 0)]
    menor = con_cifra[["casos", otra]].min().min() if len(con_cifra) else POCOS
    return f" Con menos de {POCOS} casos es poco preciso." if menor < POCOS else ""
