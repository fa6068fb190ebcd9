"""Barras con su rótulo encima: lo que cada una dice va escrito, y se lee igual en un teléfono que en un proyector.

Cada clase de tramo se distingue por su forma y no sólo por su color: lleno, rayado, hueco o de contorno partido.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import altair as alt
import pandas as pd

from atalaya.figuras import plantilla, tema, tramas
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import guardado

ALTO: Final = 68
CLASES: Final = ("lleno", "segundo", "hueco", "rayado", "partido", "cruz")
"""`lleno`, `segundo`: lo contado. `hueco`: el todo. `rayado`: suprimido. `partido`: no se sabe. `cruz`: no hubo."""
LETRA: Final = plantilla.letra(14, 18)


@dataclass(frozen=True)
class Barra:
    """Un renglón: lo que dice y sus tramos (de dónde, hasta dónde y de qué clase), entre 0 y 1."""

    rotulo: str
    tramos: tuple[tuple[float, float, str], ...]


def barras(renglones: Sequence[Barra], modo: str = "claro", ancho: int | str = "container") -> Figura:
    """Un renglón debajo de otro, en el orden en que vienen."""
    rotulos = pd.DataFrame({"renglon": range(len(renglones)), "rotulo": [una.rotulo for una in renglones]})
    tramos = [
        {"renglon": k, "desde": desde, "hasta": hasta, "clase": clase}
        for k, una in enumerate(renglones)
        for desde, hasta, clase in una.tramos
    ]
    columnas = ["renglon", "desde", "hasta", "clase"]
    datos = {"rotulos": rotulos, "tramos": pd.DataFrame(tramos, columns=columnas)}
    return plantilla.llenar(_forma(modo), plantilla.fijo(ancho), datos, width=ancho, height=ALTO * len(renglones))


@guardado
def _forma(modo: str) -> dict[str, Any]:
    p = tema.paleta(modo)
    y = alt.Y("renglon:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    base = plantilla.tabla("tramos").encode(
        y=y,
        x=alt.X("desde:Q", axis=None, scale=alt.Scale(domain=[0, 1])),
        x2="hasta:Q",
    )
    rotulo = (
        plantilla.tabla("rotulos")
        .mark_text(align="left", baseline="middle", dy=-17, fontSize=LETRA, fontWeight="bold", color=p.texto)
        .encode(y=y, x=alt.value(0), text="rotulo:N")
    )
    trazos: dict[str, dict[str, Any]] = {
        "hueco": {"fillOpacity": 0, "stroke": p.contorno, "strokeWidth": 1.5},
        "partido": {"fillOpacity": 0, "stroke": p.contorno, "strokeWidth": 1.5, "strokeDash": [5, 4]},
        "lleno": {"fill": p.series[1]},
        "segundo": {"fill": p.series[0], "stroke": p.fondo, "strokeWidth": 2},
        "rayado": {"fill": tramas.de_vega("suprimido", p), "stroke": p.contorno, "strokeWidth": 1.5},
    }
    capas = [_de(base, clase).mark_bar(size=22, yOffset=14, **trazo) for clase, trazo in trazos.items()]
    cruz = _de(base, "cruz").mark_point(
        shape="M-1,-1L1,1M1,-1L-1,1", size=160, strokeWidth=3, stroke=p.acento, yOffset=14, xOffset=9
    )
    return plantilla.congelar(alt.layer(*capas, cruz, rotulo), modo)


def _de(base: Any, clase: str) -> Any:
    return base.transform_filter(f"datum.clase === '{clase}'")
