"""El tema único de los gráficos: color, tipografía, números en español y el trazo de cada precisión.

Toda figura sale por `vestir`, así la de la pantalla y la que se descarga son la misma. Los colores de las series se
distinguen entre sí con las tres formas de daltonismo (ΔE00 ≥ 10) y contrastan 4.5:1 con su fondo; aun así ninguno lleva
solo un significado: la precisión va en el relleno y la forma del punto, y las ciudades, en la forma y la etiqueta.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import altair as alt

from atalaya import idiomas

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


# Series: buscadas a máquina para que la pareja más parecida, vista por quien peor la ve, sea lo más distinta posible.
# Con los tonos de siempre (Okabe-Ito) azul y morado eran el mismo para un deuteranope: ΔE00 de 1.2 a 2.3.
CLARO: Final = Paleta(
    fondo="#ffffff",
    texto="#1c2730",
    tenue="#4d5b66",
    rejilla="#e3e8ec",
    neutro="#8594a0",
    acento="#c2410c",
    referencia="#1c2730",
    series=("#c2410c", "#0f6ae6", "#008754", "#881250", "#0039d4", "#5a4725", "#20616f", "#6c6c6c"),
    peor=("#fbe3d0", "#f3b78c", "#e08550", "#bb5220", "#7c2d0a"),
    mejor=("#d9ecf3", "#a3cfe0", "#5ca6c4", "#24779d", "#0a4769"),
    sin_cifra="#ffffff",
    contorno="#7b8894",
    ausente="#c2cad1",
    cero="#d7c5f7",
)
OSCURO: Final = Paleta(
    fondo="#12181d",
    texto="#edf1f4",
    tenue="#b3bfc8",
    rejilla="#2b353d",
    neutro="#7d8b96",
    acento="#ff9e64",
    referencia="#edf1f4",
    series=("#ff9e64", "#92b7d6", "#229581", "#ff3081", "#9c8fe5", "#f8f7b2", "#c5fbf2", "#b8b8b8"),
    peor=("#4a2412", "#7e3f1d", "#b5622f", "#e28f55", "#fbc79d"),
    mejor=("#12384a", "#1d5a75", "#3582a3", "#69b1cf", "#b3dff0"),
    sin_cifra="#12181d",
    contorno="#8d9aa5",
    ausente="#485359",
    cero="#41106e",
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


def paleta(modo: str) -> Paleta:
    """La paleta de `claro` u `oscuro`."""
    return MODOS[modo]


def vestir(figura: Any, modo: str = "claro", con_ejes: bool = True) -> Any:
    """La misma figura con el tema y, en el idioma actual, los números; no cambia la recibida. Un mapa no lleva ejes."""
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
        locale=idiomas.de_vega(idiomas.actual()),
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
