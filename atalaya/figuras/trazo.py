"""Piezas comunes a las figuras: el punto que enseña su precisión, la línea de referencia, el globo."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from atalaya.figuras import textos
from atalaya.figuras.tema import Paleta

HUECA = "datum.precision === 'moderada' || datum.precision === 'baja'"
SIN_CLASE = "!isValid(datum.precision)"
PUNTO: dict[str, Any] = {"size": 150, "strokeWidth": 2.5, "opacity": 1}


def precision(p: Paleta, foco: str, otro: str) -> dict[str, Any]:
    """Codificación de un punto: alta, círculo lleno; moderada, círculo hueco; baja, rombo hueco; sin clase, tenue.

    `foco` y `otro` son los colores de las filas destacadas (columna `foco`) y de las demás.
    """
    return {
        "stroke": alt.when("datum.foco").then(alt.value(foco)).otherwise(alt.value(otro)),
        "fill": alt.when(HUECA)
        .then(alt.value(p.fondo))
        .when("datum.foco")
        .then(alt.value(foco))
        .otherwise(alt.value(otro)),
        "fillOpacity": alt.when(SIN_CLASE).then(alt.value(0.4)).otherwise(alt.value(1)),
        "shape": alt.when("datum.precision === 'baja'").then(alt.value("diamond")).otherwise(alt.value("circle")),
    }


def referencia(nombre: str, valor: float, p: Paleta) -> list[Any]:
    """La línea vertical de referencia y su rótulo arriba: «Nacional 48.2»."""
    base = alt.Chart(pd.DataFrame({"valor_pct": [valor], "rotulo": [f"{nombre} {valor:,.1f}"]}))
    return [
        base.mark_rule(strokeDash=[5, 4], strokeWidth=1.5, color=p.referencia).encode(x="valor_pct:Q"),
        base.mark_text(align="left", baseline="bottom", dx=4, dy=-3, fontSize=13, color=p.referencia).encode(
            x="valor_pct:Q", y=alt.value(0), text="rotulo:N"
        ),
    ]


def etiqueta(base: Any, p: Paleta, **marca: Any) -> list[Any]:
    """Un texto con halo del color del fondo, para que se lea encima de líneas."""
    return [base.mark_text(**marca, stroke=p.fondo, strokeWidth=4, strokeJoin="round"), base.mark_text(**marca)]


def globo(*extra: Any) -> list[Any]:
    """Lo que dice cada punto al pasar por encima."""
    return [alt.Tooltip("nombre:N", title="Lugar"), *extra, alt.Tooltip("dicho:N", title="Cifra")]


def nombres(destacados: list[str], p: Paleta, tamano: int = 14) -> alt.Axis:
    """Eje de nombres; los destacados van en negrita."""
    es_destacado = f"indexof({destacados!r}, datum.label) >= 0"
    return alt.Axis(
        domain=False,
        ticks=False,
        grid=True,
        gridDash=[1, 3],
        labelFontSize=tamano,
        labelFontWeight=alt.when(es_destacado).then(alt.value("bold")).otherwise(alt.value("normal")),
        labelColor=alt.when(es_destacado).then(alt.value(p.texto)).otherwise(alt.value(p.tenue)),
    )


def con_dichos(tabla: pd.DataFrame) -> pd.DataFrame:
    """La tabla con ic_inf e ic_sup (nulos si no venían), `dicho` (la cifra en palabras) y `etiqueta` (la del punto)."""
    filas = tabla.copy()
    for columna in ("ic_inf", "ic_sup"):
        filas[columna] = pd.to_numeric(filas[columna]) if columna in filas else float("nan")
    filas["dicho"] = [textos.cifra(fila, 2) for fila in filas.to_dict("records")]
    filas["etiqueta"] = [textos.etiqueta(fila) for fila in filas.to_dict("records")]
    return filas


def tope_eje(*valores: float) -> float:
    """Fin de un eje que siempre empieza en cero: el primero de 10, 25 y 50 que deja aire a la mayor cifra, o 100."""
    mayor = max((v for v in valores if not pd.isna(v)), default=0)
    return next((tope for tope in (10, 25, 50) if mayor <= tope * 0.85), 100)
