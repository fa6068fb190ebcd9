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
from atalaya.idiomas import anotado, tr

POCOS: Final = 20
"""Con menos casos el error relativo de un conteo pasa de 22 % (1/√20). Los CDC de Estados Unidos dan por inestable la
tasa de 20 o menos (WISQARS, «Annotation and Suppression of Unstable Rates»)."""
_NOTA: Final = anotado(
    "Prueba exacta de dos conteos de Poisson, al {nivel:g} % de confianza; el veredicto descuenta que son varias "
    "pruebas del mismo delito a la vez (Holm). Un año a medias no se prueba. El azar de los conteos es el mínimo: no "
    "mide lo que no se denuncia ni el error de la población, y si los hechos vienen en racimo el intervalo debería ser "
    "más ancho."
)


def nota() -> str:
    """Con qué regla se prueban los cambios y las razones de un conteo."""
    return tr(_NOTA, nivel=NIVEL)


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
    entre = tr("de {desde} a {periodo}", desde=periodos.nombre(f["desde"]), periodo=periodos.nombre(f["periodo"]))
    if f["veredicto"] == RUPTURA:
        return tr("{entre} no se calcula el cambio, porque cambia la serie", entre=entre)
    de_a = tr(
        "de {casos_desde} a {casos} casos", casos_desde=textos.entero(f["casos_desde"]), casos=textos.entero(f["casos"])
    )
    if pd.isna(f["cambio_pct"]) or f["casos_desde"] == 0:
        return tr("{entre}, {de_a}: sin casos en el primero no hay cambio que medir", entre=entre, de_a=de_a)
    cifra = tr(
        "{cambio} ({desde} a {hasta})",
        cambio=con_mas(f["cambio_pct"]),
        desde=con_mas(f["cambio_inf"]),
        hasta=con_mas(f["cambio_sup"]),
    )
    if f["veredicto"] in ("sube", "baja"):
        verbo = tr("subió") if f["veredicto"] == "sube" else tr("bajó")
        return tr(
            "{entre} la tasa {verbo}, {cifra}, {de_a}: más que el azar de los conteos",
            entre=entre,
            verbo=verbo,
            cifra=cifra,
            de_a=de_a,
        )
    if f["veredicto"] == "no_con_holm":
        return tr(
            "{entre}, {cifra}, {de_a}: supera el azar por separado, pero no la prueba conjunta, y no basta",
            entre=entre,
            cifra=cifra,
            de_a=de_a,
        )
    return tr("{entre} no se distingue un cambio, {cifra}, {de_a}", entre=entre, cifra=cifra, de_a=de_a)


def _razon(f: Any) -> str:
    otra = f["nombre"]
    if f["veredicto"] == COMPARTEN:
        return tr("sin prueba frente a {otra}, porque uno es parte del otro y comparten casos", otra=otra)
    if pd.isna(f["razon"]) or f["razon"] in (0, float("inf")):
        return tr("frente a {otra} no hay razón que calcular: uno de los dos no tiene casos", otra=otra)
    cifra = tr(
        "{razon:.2f} veces la de {otra} ({razon_inf})",
        razon=f["razon"],
        otra=otra,
        razon_inf=textos.intervalo(f["razon_inf"], f["razon_sup"], 2),
    )
    if f["veredicto"] in ("mayor", "menor"):
        return tr(
            "su tasa es {cifra}: {veredicto}, más allá del azar de los conteos", cifra=cifra, veredicto=f["veredicto"]
        )
    if f["veredicto"] == "no_con_holm":
        return tr(
            "su tasa es {cifra}: supera el azar por separado, pero no la prueba conjunta, y no basta", cifra=cifra
        )
    return tr(
        "su tasa no se distingue de la de {otra}: es {razon} ({intervalo}",
        otra=otra,
        razon=cifra.partition(" (")[0],
        intervalo=cifra.partition(" (")[2],
    )


def _pocos(filas: pd.DataFrame, otra: str) -> str:
    con_cifra = filas[filas["p"].notna() & (filas[otra] > 0)]
    menor = con_cifra[["casos", otra]].min().min() if len(con_cifra) else POCOS
    return tr(" Con menos de {pocos} casos es poco preciso.", pocos=POCOS) if menor < POCOS else ""
