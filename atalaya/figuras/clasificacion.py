"""Clasificación: todas las ciudades de mayor a menor, con las elegidas marcadas y la nacional de referencia."""

from __future__ import annotations

import math
from typing import Any, Final

import altair as alt
import pandas as pd

from atalaya.figuras import tema, textos, trazo

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
) -> Any:
    """Una fila por ciudad con cifra, en el orden de `posicion`; las marcadas llevan color, negrita y su valor escrito.

    `tabla`: lugar, nombre, posicion, valor_pct, precision, estado y, si los hay, ic_inf e ic_sup. Para que quepa en una
    proyección se parte con `mitades` y se dibuja cada parte con el mismo `tope` de eje.
    """
    p = tema.paleta(modo)
    filas = trazo.con_dichos(tabla[tabla["estado"] == "dato"]).sort_values(["posicion", "nombre"])
    filas["foco"] = filas["lugar"].isin(marcadas)
    filas["puesto"] = [textos.ordinal(int(r)) for r in filas["posicion"]]
    filas["rotulo"] = filas["nombre"] + "  " + filas["posicion"].astype(int).astype(str)
    hasta = tope or trazo.tope_eje(*filas["valor_pct"])
    eje = trazo.nombres(filas.loc[filas["foco"], "rotulo"].tolist(), p, tamano=12)
    base = alt.Chart(filas[_COLUMNAS]).encode(y=alt.Y("rotulo:N", sort=filas["rotulo"].tolist(), title=None, axis=eje))
    x = alt.X("valor_pct:Q", title="por ciento", scale=alt.Scale(domain=[0, hasta]), axis=alt.Axis(tickCount=5))
    globo = trazo.globo(alt.Tooltip("puesto:N", title="Lugar en la lista"))
    capas = [
        base.transform_filter("isValid(datum.ic_inf)")
        .mark_rule(strokeWidth=1.5, color=p.neutro)
        .encode(x="ic_inf:Q", x2="ic_sup:Q"),
        base.mark_point(strokeWidth=1.8, opacity=1, size=70).encode(
            x=x, tooltip=globo, **trazo.precision(p, p.acento, p.neutro)
        ),
        *trazo.etiqueta(
            base.encode(
                x=x,
                text="etiqueta:N",
                color=alt.when("datum.foco").then(alt.value(p.acento)).otherwise(alt.value(p.tenue)),
            ),
            p,
            align="left",
            dx=9,
            fontSize=12,
        ),
    ]
    if referencia is not None:
        capas = [*trazo.referencia(*referencia, p), *capas]
    return alt.layer(*capas).properties(width=ancho, height=ALTO_FILA * len(filas))


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
