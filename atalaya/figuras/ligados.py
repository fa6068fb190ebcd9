"""Cómo se dice si el resultado se movió: al lado de «cumplido», sin afirmar que lo uno causó lo otro."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from atalaya import catalogo, periodos
from atalaya.errores import ErrorAtalaya
from atalaya.estadistica.pruebas import NIVEL
from atalaya.figuras import textos
from atalaya.idiomas import Rotulos, anotado, tr

Fila = Mapping[Any, Any]
ROTULO: Final = Rotulos(
    {
        "se_movio": "se movió más que su error, hacia donde se esperaba",
        "al_reves": "se movió más que su error, al revés de lo esperado",
        "no_se_movio": "no se movió más que su error",
        "no_se_sabe": "no se sabe si se movió",
    }
)
SIGNO: Final = {"se_movio": "✓", "al_reves": "✕", "no_se_movio": "≈", "no_se_sabe": "?"}
_NOTA: Final = anotado(
    "Cada resultado se prueba al {nivel} %, con Holm entre los que se ligan a lo mismo. De encuesta, los dos periodos "
    "se toman por independientes, como hace INEGI; de conteo, la tasa con prueba exacta. Que un resultado se mueva "
    "después no prueba que esto lo movió; que no se mueva más que su error no prueba que no hizo nada."
)


def nota() -> str:
    """Con qué regla se decide si un resultado se movió."""
    return tr(_NOTA, nivel=NIVEL)


def frase(fila: Fila) -> str:
    """«Confianza en su policía, Nezahualcóyotl: de 58.1 % (marzo de 2019) a 55.9 % (junio de 2025): −2.2 puntos…»."""
    quien = f"{indicador(fila['indicador'])}, {lugar(fila['lugar_cifra'])}"
    dicho = ROTULO[fila["lectura"]]
    if fila["lectura"] == "no_se_sabe":
        return tr(
            "{quien}: {dicho}, porque {motivo}", quien=quien, dicho=dicho, motivo=fila["motivo"] or tr("falta su error")
        )
    de, a = (
        tr("{fila} en {periodo}", fila=cifra(fila, lado), periodo=periodo(fila[cual]))
        for lado, cual in (("de", "antes"), ("a", "despues"))
    )
    debia = tr("subiera") if fila["sentido"] == "sube" else tr("bajara")
    return tr(
        "{quien}: de {de} a {desde}, {cambio}; se esperaba que {debia}: {dicho}",
        quien=quien,
        de=de,
        desde=a,
        cambio=cambio(fila),
        debia=debia,
        dicho=dicho,
    )


def resumen(filas: Sequence[Fila]) -> str:
    """«el resultado no se movió más que su error»; de varios, cuántos de cada uno. Vacío si no hay ninguno."""
    cuantos = Counter(fila["lectura"] for fila in filas)
    if not cuantos:
        return ""
    if len(filas) == 1:
        lectura = filas[0]["lectura"]
        return (
            tr(
                "no se sabe si el resultado se movió, porque {motivo}",
                motivo=filas[0]["motivo"] or tr("falta su error"),
            )
            if (lectura == "no_se_sabe")
            else tr("el resultado {rotulo}", rotulo=ROTULO[lectura])
        )
    dichos = [f"{cuantos[clave]} {rotulo}" for clave, rotulo in ROTULO.items() if cuantos[clave]]
    return tr("de {filas} resultados, {dichos}", filas=len(filas), dichos=textos.lista(dichos))


def cifra(fila: Fila, lado: str) -> str:
    """La cifra de un lado: «58.1 %» o «181 casos»; raya si no la hay."""
    if not fila["es_conteo"]:
        return textos.pct(fila[f"valor_pct_{lado}"])
    casos = fila[f"casos_{lado}"]
    return "—" if pd.isna(casos) else f"{textos.entero(casos)} {_unidad(fila['indicador'])}"


def cambio(fila: Fila) -> str:
    """«−2.2 puntos (de −12.7 a +8.4 al 95 %)»; «−59.6 % de la tasa (…)»; raya si no se calcula."""
    if pd.isna(fila["diferencia"]):
        return "—"
    dicho = f"{textos.con_signo(fila['diferencia'], 1)} {fila['unidad_cambio']}"
    if pd.isna(fila["ic_inf"]):
        return dicho
    extremos = " a ".join(textos.con_signo(fila[fin], 1) for fin in ("ic_inf", "ic_sup"))
    return tr("{dicho} (de {extremos} al {nivel} %)", dicho=dicho, extremos=extremos, nivel=NIVEL)


def indicador(clave: str) -> str:
    """Su nombre; si el catálogo no lo conoce (lo trajo la visita), la clave."""
    try:
        return catalogo.indicador(clave).nombre
    except ErrorAtalaya:
        return clave


def lugar(clave: str) -> str:
    """Su nombre corto; si el catálogo no lo conoce, la clave."""
    try:
        return catalogo.lugar(clave).nombre_corto
    except ErrorAtalaya:
        return clave


def periodo(clave: str) -> str:
    """«junio de 2025»; si está mal escrito, tal cual."""
    try:
        return periodos.nombre_mes(clave)
    except ErrorAtalaya:
        return clave


def _unidad(clave: str) -> str:
    try:
        return catalogo.indicador(clave).unidad_dicha
    except ErrorAtalaya:
        return "casos"
