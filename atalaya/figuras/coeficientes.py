"""Coeficientes con su intervalo, contra el cero: por cada par, entre ciudades y dentro de ellas."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import pandas as pd

from atalaya.figuras import plantilla, tema, textos, trazo
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import Rotulos, guardado, tr

ALTO_FILA: Final = 62
TIPOS: Final = Rotulos({"entre": "Entre ciudades", "dentro": "Dentro de cada ciudad"})
FIRMES: Final = ("sube", "baja")
_COLUMNAS: Final = [
    "rotulo",
    "tipo_dicho",
    "coeficiente",
    "ic_inf",
    "ic_sup",
    "etiqueta",
    "firme",
    "intervalo",
    "dicho",
]


def coeficientes(
    tabla: pd.DataFrame, orden: list[str], destacado: str = "", modo: str = "claro", ancho: int | str = "container"
) -> Figura:
    """Un renglón por par (`rotulo`, en `orden` de arriba abajo) y dos marcas en él: círculo, entre; cuadro, dentro.

    `tabla`: rotulo, tipo, coeficiente, ic_inf, ic_sup y veredicto. La marca va llena si se distingue de cero.
    """
    filas = tabla.assign(
        tipo_dicho=tabla["tipo"].map(TIPOS),
        firme=tabla["veredicto"].isin(FIRMES),
        etiqueta=[textos.con_signo(v) for v in tabla["coeficiente"]],
        intervalo=[intervalo(a, b) for a, b in zip(tabla["ic_inf"], tabla["ic_sup"], strict=True)],
        dicho=[_VEREDICTO[v] for v in tabla["veredicto"]],
    )
    return plantilla.llenar(
        _forma(modo),
        {"orden": orden, "destacados": [destacado], "dominio": _dominio(filas)},
        {"filas": filas[_COLUMNAS]},
        width=ancho,
        height=ALTO_FILA * len(orden),
    )


def describir(tabla: pd.DataFrame, titulo: str) -> str:
    """Texto alternativo: cada coeficiente con su intervalo y si se distingue de cero."""
    dichos = [
        f"{f['rotulo'].replace(chr(10), ' ')}, {TIPOS[f['tipo']].lower()}: {textos.con_signo(f['coeficiente'])} "
        f"({intervalo(f['ic_inf'], f['ic_sup'])}), {_VEREDICTO[f['veredicto']]}"
        for f in tabla.to_dict("records")
    ]
    return tr(
        "Gráfico de coeficientes con su intervalo al 95 %. {titulo}. {dichos}.", titulo=titulo, dichos="; ".join(dichos)
    )


def intervalo(ic_inf: float, ic_sup: float) -> str:
    """«−0.12 a +0.10», sin que se parta."""
    return tr("{ic_inf} a {ic_sup}", ic_inf=textos.con_signo(ic_inf), ic_sup=textos.con_signo(ic_sup)).replace(
        " ", "\N{NO-BREAK SPACE}"
    )


def _dominio(filas: pd.DataFrame) -> list[float]:
    """De cuarto en cuarto, con el cero dentro y a la derecha sitio para la cifra: la quinta parte."""
    desde, hasta = min(0.0, filas["ic_inf"].min()), max(0.0, filas["ic_sup"].max())
    desde, hasta = desde - 0.05, hasta + 0.22 * (hasta - desde)
    return [desde * 4 // 1 / 4, -(-hasta * 4 // 1) / 4]


_VEREDICTO: Final = Rotulos(
    {
        "sube": "van en el mismo sentido, más allá del error",
        "baja": "van en sentido contrario, más allá del error",
        "no_con_holm": "su intervalo excluye el cero, pero no resiste la corrección por probar varios a la vez",
        "sin_cambio": "no se asocian más allá del error",
    }
)


@guardado
def _forma(modo: str) -> dict[str, Any]:
    p = tema.paleta(modo)
    es_destacado = "indexof(«destacados», datum.label) >= 0"
    nombres = alt.Axis(
        domain=False,
        ticks=False,
        grid=False,
        labelExpr="split(datum.label, '\\n')",
        labelFontWeight=alt.when(es_destacado).then(alt.value("bold")).otherwise(alt.value("normal")),
        labelLineHeight=17,
    )
    y = alt.Y("rotulo:N", sort=["«orden»"], title=None, axis=nombres)
    lado = alt.YOffset("tipo_dicho:N", sort=list(TIPOS.values()), scale=alt.Scale(paddingOuter=0.35))
    escala = alt.Scale(domain=["«dominio»"], nice=False)
    x = alt.X(
        "coeficiente:Q",
        title=tr("puntos de la segunda por cada punto de la primera"),
        scale=escala,
        axis=alt.Axis(tickCount=5),
    )
    leyenda = alt.Legend(title=None, orient="top", columns=1, symbolSize=120)
    dominio = list(TIPOS.values())
    color = alt.Color("tipo_dicho:N", scale=alt.Scale(domain=dominio, range=[p.series[1], p.acento]), legend=leyenda)
    forma = alt.Shape("tipo_dicho:N", scale=alt.Scale(domain=dominio, range=["circle", "square"]), legend=leyenda)
    globo = [
        alt.Tooltip("tipo_dicho:N", title=tr("Comparación")),
        alt.Tooltip("etiqueta:N", title=tr("Coeficiente")),
        alt.Tooltip("intervalo:N", title=tr("Intervalo al 95 %")),
        alt.Tooltip("dicho:N", title=tr("Lectura")),
    ]
    base = alt.Chart().encode(y=y, yOffset=lado)
    capas = [
        alt.Chart().mark_rule(strokeWidth=1.5, color=p.referencia, strokeDash=[5, 4]).encode(x=alt.datum(0)),
        base.mark_rule(strokeWidth=2.5).encode(x=alt.X("ic_inf:Q", scale=escala), x2="ic_sup:Q", color=color),
        base.mark_point(size=120, strokeWidth=2.5, opacity=1).encode(
            x=x,
            shape=forma,
            stroke=color,
            fill=alt.when("datum.firme").then(color).otherwise(alt.value(p.fondo)),
            tooltip=globo,
        ),
        *trazo.etiqueta(
            base.encode(x=alt.X("ic_sup:Q", scale=escala), text="etiqueta:N"), p, align="left", dx=9, fontSize=13
        ),
    ]
    return plantilla.congelar(alt.layer(*capas, data=alt.NamedData(name="filas")), modo)
