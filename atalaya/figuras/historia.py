"""Los cortes de avance en el tiempo: cada uno con su fecha y quien lo reporta; uno nuevo no borra los anteriores."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from atalaya.figuras import cuentas, plantilla, tema, textos, trazo
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import guardado, tr

ALTO = 240


def dibujar(cortes: pd.DataFrame, meta: float, modo: str = "claro", ancho: int | str = "container") -> Figura:
    """Escalones del avance del compromiso entero, de `mostrar/cortes_de_avance`; lo no reportado, un signo al pie."""
    filas = cortes[cortes["nombre_actividad"].isna()].sort_values("corte")
    dia = filas["corte"].map(_dia)
    hay = (filas["estado"] == "dato") & filas["avance_pct"].notna()
    con = pd.DataFrame(
        {
            "dia": dia[hay],
            "avance": filas.loc[hay, "avance_pct"].astype(float),
            "rotulo": [textos.pct(v, 0) for v in filas.loc[hay, "avance_pct"]],
            "cuando": [cuentas.fecha(c) for c in filas.loc[hay, "corte"]],
            "reporta": filas.loc[hay, "reporta"],
        }
    )
    sin = pd.DataFrame({"dia": dia[~hay], "y": 0.0, "rotulo": tr("no reportado")})
    tablas = {
        "cortes": con,
        "faltas": sin,
        "meta": pd.DataFrame({"y": [meta], "rotulo": [tr("meta {meta:g} %", meta=meta)]}),
    }
    return plantilla.llenar(_forma(modo), {}, tablas, width=ancho, height=ALTO)


def describir(cortes: pd.DataFrame, meta: float) -> str:
    """Texto alternativo: cada corte con su fecha y quien lo reporta, y la meta."""
    filas = cortes[cortes["nombre_actividad"].isna()].sort_values("corte")
    dichos = [
        tr(
            "{fecha}, {avance_pct}, según {reporta}",
            fecha=cuentas.fecha(f["corte"]),
            avance_pct=textos.pct(f["avance_pct"], 0) if f["estado"] == "dato" else tr("no reportado"),
            reporta=f["reporta"],
        )
        for f in filas.to_dict("records")
    ]
    return tr(
        "Línea del avance reportado en el tiempo, con meta de {meta:g} %. {filas} cortes: {dichos}.",
        meta=meta,
        filas=len(filas),
        dichos="; ".join(dichos),
    )


def _dia(texto: str) -> str:
    """El último día que admite una fecha que sólo dice mes o año: es cuando ya se puede saber."""
    if len(texto) == 10:
        return texto
    fin = pd.Period(texto, freq="M" if len(texto) == 7 else "Y").end_time
    return str(fin.date())


@guardado
def _forma(modo: str) -> dict[str, Any]:
    p = tema.paleta(modo)
    x = alt.X("dia:T", title=None, axis=alt.Axis(format="%Y-%m", labelOverlap="parity", tickCount=6))
    escala = alt.Scale(domain=[0, 105], nice=False)
    y = alt.Y("avance:Q", title=tr("avance reportado (%)"), scale=escala, axis=alt.Axis(values=[0, 25, 50, 75, 100]))
    base, faltas, meta = alt.Chart(), plantilla.tabla("faltas"), plantilla.tabla("meta")
    capas = [
        meta.mark_rule(color=p.referencia, strokeDash=[5, 4], strokeWidth=1.5).encode(y=alt.Y("y:Q", scale=escala)),
        *trazo.etiqueta(
            meta.encode(y=alt.Y("y:Q", scale=escala), x=alt.value(4), text="rotulo:N"), p, align="left", dy=-8
        ),
        base.mark_line(interpolate="step-after", strokeWidth=2.5, color=p.series[1]).encode(x=x, y=y),
        base.mark_point(size=90, filled=True, opacity=1, color=p.series[1]).encode(
            x=x,
            y=y,
            tooltip=[
                alt.Tooltip("cuando:N", title=tr("Corte")),
                alt.Tooltip("rotulo:N", title=tr("Avance")),
                alt.Tooltip("reporta:N", title=tr("Reporta")),
            ],
        ),
        *trazo.etiqueta(base.encode(x=x, y=y, text="rotulo:N"), p, dy=16, fontSize=13),
        faltas.mark_point(shape="cross", angle=45, size=110, strokeWidth=2.5, color=p.acento).encode(
            x=x, y=alt.Y("y:Q", scale=escala)
        ),
        *trazo.etiqueta(
            faltas.encode(x=x, y=alt.Y("y:Q", scale=escala), text="rotulo:N"), p, align="left", dx=9, dy=-8
        ),
    ]
    return plantilla.congelar(alt.layer(*capas, data=alt.NamedData(name="cortes")), modo)
