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

Fila = Mapping[Any, Any]
ROTULO: Final = {
    "se_movio": "se movió más que su error, hacia donde se esperaba",
    "al_reves": "se movió más que su error, al revés de lo esperado",
    "no_se_movio": "no se movió más que su error",
    "no_se_sabe": "no se sabe si se movió",
}
SIGNO: Final = {"se_movio": "✓", "al_reves": "✕", "no_se_movio": "≈", "no_se_sabe": "?"}
NOTA: Final = (
    f"Cada resultado se prueba al {NIVEL} %, con Holm entre los que se ligan a lo mismo. De encuesta, los dos periodos "
    "se toman por independientes, como hace INEGI; de conteo, la tasa con prueba exacta. Que un resultado se mueva "
    "después no prueba que esto lo movió; que no se mueva más que su error no prueba que no hizo nada."
)


def frase(fila: Fila) -> str:
    """«Confianza en su policía, Nezahualcóyotl: de 58.1 % (marzo de 2019) a 55.9 % (junio de 2025): −2.2 puntos…»."""
    quien = f"{indicador(fila['indicador'])}, {lugar(fila['lugar_cifra'])}"
    dicho = ROTULO[fila["lectura"]]
    if fila["lectura"] == "no_se_sabe":
        return f"{quien}: {dicho}, porque {fila['motivo'] or 'falta su error'}"
    de, a = (f"{cifra(fila, lado)} en {periodo(fila[cual])}" for lado, cual in (("de", "antes"), ("a", "despues")))
    debia = "subiera" if fila["sentido"] == "sube" else "bajara"
    return f"{quien}: de {de} a {a}, {cambio(fila)}; se esperaba que {debia}: {dicho}"


def resumen(filas: Sequence[Fila]) -> str:
    """«el resultado no se movió más que su error»; de varios, cuántos de cada uno. Vacío si no hay ninguno."""
    cuantos = Counter(fila["lectura"] for fila in filas)
    if not cuantos:
        return ""
    if len(filas) == 1:
        lectura = filas[0]["lectura"]
        return (
            f"no se sabe si el resultado se movió, porque {filas[0]['motivo'] or 'falta su error'}"
            if (lectura == "no_se_sabe")
            else f"el resultado {ROTULO[lectura]}"
        )
    dichos = [f"{cuantos[clave]} {rotulo}" for clave, rotulo in ROTULO.items() if cuantos[clave]]
    return f"de {len(filas)} resultados, {textos.lista(dichos)}"


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
    return f"{dicho} (de {extremos} al {NIVEL} %)"


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
        return catalogo.indicador(clave).unidad
    except ErrorAtalaya:
        return "casos"
