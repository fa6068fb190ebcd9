"""Clasificación: todas las ciudades de mayor a menor, con las elegidas marcadas y la nacional de referencia."""

from __future__ import annotations

import math
from functools import cache
from typing import Any, Final

import altair as alt
import pandas as pd

from atalaya.figuras import plantilla, tema, textos, trazo
from atalaya.figuras.plantilla import Figura

ALTO_FILA: Final = 19
_COLUMNAS: Final = [
    "rotulo",
    "nombre",
    "valor_pct",
    "precision",
    "ic_inf",
    "ic_sup",
    "dicho",
    "etiqueta",
    "foco",
    "puesto",
]


def clasificacion(
    tabla: pd.DataFrame,
    marcadas: list[str],
    referencia: tuple[str, float] | None = None,
    modo: str = "claro",
    ancho: int | str = "container",
    tope: float | None = None,
) -> Figura:
    """Una fila por ciudad con cifra, en el orden de `posicion`; las marcadas llevan color, negrita y su valor escrito.

    `tabla`: lugar, nombre, posicion, valor_pct, precision, estado y, si los hay, ic_inf e ic_sup. Para que quepa en una
    proyección se parte con `mitades` y se dibuja cada parte con el mismo `tope` de eje.
    """
    filas = trazo.con_dichos(tabla[tabla["estado"] == "dato"]).sort_values(["posicion", "nombre"])
    filas["foco"] = filas["lugar"].isin(marcadas)
    filas["puesto"] = [textos.ordinal(int(r)) for r in filas["posicion"]]
    filas["rotulo"] = filas["nombre"] + "  " + filas["posicion"].astype(int).astype(str)
    return plantilla.llenar(
        _forma(modo),
        {
            "orden": filas["rotulo"].tolist(),
            "destacados": filas.loc[filas["foco"], "rotulo"].tolist(),
            "dominio": [0, tope or trazo.tope_eje(*filas["valor_pct"])],
        },
        {"filas": filas[_COLUMNAS], "referencia": trazo.filas_referencia(referencia)},
        width=ancho,
        height=ALTO_FILA * len(filas),
    )


def mitades(tabla: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Las ciudades con cifra en dos partes iguales (la primera lleva la impar), en el orden de `posicion`."""
    filas = tabla[tabla["estado"] == "dato"].sort_values(["posicion", "nombre"], ignore_index=True)
    corte = math.ceil(len(filas) / 2)
    return filas.iloc[:corte], filas.iloc[corte:]


def describir(
    tabla: pd.DataFrame, titulo: str, marcadas: list[str], referencia: tuple[str, float] | None = None
) -> str:
    """Texto alternativo: cuántas ciudades, los extremos, el lugar de cada marcada, la referencia y las ausencias."""
    filas = tabla[tabla["estado"] == "dato"].sort_values(["posicion", "nombre"]).to_dict("records")
    if not filas:
        return f"{titulo}. Ninguna ciudad tiene cifra en este periodo."
    partes = [
        f"Clasificación de {len(filas)} ciudades, de mayor a menor cifra. {titulo}.",
        f"Primera: {filas[0]['nombre']}, {textos.cifra(filas[0])}.",
        f"Última: {filas[-1]['nombre']}, {textos.cifra(filas[-1])}.",
    ]
    partes += [
        f"{f['nombre']}: {textos.ordinal(int(f['posicion']))} de {len(filas)}, {textos.cifra(f)}."
        for f in filas
        if f["lugar"] in marcadas
    ]
    if referencia is not None:
        partes.append(f"Referencia, {referencia[0]}: {textos.pct(referencia[1])}.")
    ausentes = tabla[tabla["estado"] != "dato"]
    for estado, grupo in ausentes.groupby("estado"):
        partes.append(
            f"{textos.ESTADO[str(estado)].capitalize()} en {len(grupo)}: {textos.lista(sorted(grupo['nombre']))}."
        )
    return " ".join(partes)


@cache
def _forma(modo: str) -> dict[str, Any]:
    p = tema.paleta(modo)
    base = alt.Chart()
    color = alt.when("datum.foco").then(alt.value(p.acento)).otherwise(alt.value(p.tenue))
    globo = trazo.globo(alt.Tooltip("puesto:N", title="Lugar en la lista"))
    capas = [
        base.transform_filter("isValid(datum.ic_inf)")
        .mark_rule(strokeWidth=1.5, color=p.neutro)
        .encode(x="ic_inf:Q", x2="ic_sup:Q"),
        base.mark_point(strokeWidth=1.8, opacity=1, size=70).encode(
            x=trazo.por_ciento(), tooltip=globo, **trazo.precision(p, p.acento, p.neutro)
        ),
        *trazo.etiqueta(
            base.encode(x="valor_pct:Q", text="etiqueta:N", color=color), p, align="left", dx=9, fontSize=12
        ),
    ]
    y = alt.Y("rotulo:N", sort=["«orden»"], title=None, axis=trazo.nombres(p, tamano=12))
    return plantilla.congelar(trazo.sobre_referencia(p, alt.layer(*capas).encode(y=y)), modo)
