"""El tema único de los gráficos: color, tipografía, números en español y el trazo de cada precisión.

Toda figura sale por `vestir`, así la de la pantalla y la que se descarga son la misma. Los colores se distinguen
entre sí con las tres formas de daltonismo y contrastan al menos 3:1 con su fondo; aun así ninguno lleva solo un
significado: la precisión va en el relleno y la forma del punto, y las ciudades, además, en la forma y la etiqueta.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import altair as alt

LETRA: Final = "Source Sans, Segoe UI, Roboto, Helvetica Neue, Liberation Sans, Arial, sans-serif"


@dataclass(frozen=True)
class Paleta:
    """Los colores de un modo. `series` va en el orden en que se asignan a las ciudades elegidas."""

    fondo: str
    texto: str
    tenue: str
    rejilla: str
    neutro: str
    acento: str
    referencia: str
    series: tuple[str, ...]
    peor: tuple[str, ...]
    mejor: tuple[str, ...]
    sin_cifra: str
    contorno: str
    ausente: str
    cero: str


# Series: Okabe-Ito con los tonos claros oscurecidos hasta 3:1 sobre blanco (y al revés sobre oscuro).
CLARO: Final = Paleta(
    fondo="#ffffff",
    texto="#1c2730",
    tenue="#4d5b66",
    rejilla="#e3e8ec",
    neutro="#8594a0",
    acento="#c2410c",
    referencia="#1c2730",
    series=("#c2410c", "#0063a6", "#00795c", "#a8326f", "#6b4fb3", "#7a6200", "#0e8a9c", "#5b5b5b"),
    peor=("#fbe3d0", "#f3b78c", "#e08550", "#bb5220", "#7c2d0a"),
    mejor=("#d9ecf3", "#a3cfe0", "#5ca6c4", "#24779d", "#0a4769"),
    sin_cifra="#ffffff",
    contorno="#7b8894",
    ausente="#c2cad1",
    cero="#d3ead3",
)
OSCURO: Final = Paleta(
    fondo="#12181d",
    texto="#edf1f4",
    tenue="#b3bfc8",
    rejilla="#2b353d",
    neutro="#7d8b96",
    acento="#ff9e64",
    referencia="#edf1f4",
    series=("#ff9e64", "#6cb8f0", "#45cda2", "#f08fc0", "#b9a4f5", "#e6cf4f", "#6fd5e2", "#c9c9c9"),
    peor=("#4a2412", "#7e3f1d", "#b5622f", "#e28f55", "#fbc79d"),
    mejor=("#12384a", "#1d5a75", "#3582a3", "#69b1cf", "#b3dff0"),
    sin_cifra="#12181d",
    contorno="#8d9aa5",
    ausente="#485359",
    cero="#17382a",
)
MODOS: Final = {"claro": CLARO, "oscuro": OSCURO}

FORMAS_SERIE: Final = (
    "circle",
    "square",
    "triangle-up",
    "diamond",
    "triangle-down",
    "cross",
    "triangle-right",
    "stroke",
)
_NUMEROS: Final = {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["$", ""], "percent": " %"}


def paleta(modo: str) -> Paleta:
    """La paleta de `claro` u `oscuro`."""
    return MODOS[modo]


def vestir(figura: Any, modo: str = "claro", con_ejes: bool = True) -> Any:
    """La misma figura con el tema y los números de Atalaya; no cambia la que recibe. Un mapa no lleva ejes."""
    p = paleta(modo)
    ejes = {
        "axis": alt.AxisConfig(
            labelColor=p.texto,
            titleColor=p.tenue,
            gridColor=p.rejilla,
            domainColor=p.rejilla,
            tickColor=p.rejilla,
            labelFontSize=14,
            titleFontSize=13,
            titleFontWeight="normal",
            labelPadding=6,
            labelLimit=260,
        ),
        "legend": alt.LegendConfig(labelColor=p.texto, labelFontSize=14, labelLimit=240, symbolOpacity=1),
        "text": alt.MarkConfig(color=p.texto, fontSize=14),
    }
    return figura.configure(
        background=p.fondo,
        font=LETRA,
        locale={"number": _NUMEROS},
        view=alt.ViewConfig(stroke=None),
        title=alt.TitleConfig(
            color=p.texto,
            subtitleColor=p.tenue,
            anchor="start",
            fontSize=17,
            subtitleFontSize=13,
            fontWeight="bold",
            offset=12,
            frame="group",
        ),
        **(ejes if con_ejes else {}),
    ).properties(usermeta={"embedOptions": {"actions": False}})
