"""La plantilla de las líneas: sus marcas, ejes y leyenda, sin datos. La llena `lineas`."""

from __future__ import annotations

from typing import Any

import altair as alt

from atalaya.figuras import plantilla, tema, trazo
from atalaya.idiomas import guardado, tr


@guardado
def forma(modo: str, columnas: int) -> dict[str, Any]:
    """El Vega-Lite de `modo` claro u oscuro, con la leyenda en tantas columnas."""
    p = tema.paleta(modo)
    ticks = alt.Axis(
        values=["«posiciones»"],
        labelExpr="«rotulos»[datum.value]",
        grid=False,
        labelOverlap="parity",
        labelFlush=False,
    )
    x = alt.X("pos:Q", title=None, scale=alt.Scale(domain=["«calendario»"], nice=False), axis=ticks)
    escala = alt.Scale(domain=["«dominio»"], nice=False, zero=False, clamp=True)
    y = alt.Y("valor:Q", title="«titulo»", scale=escala, axis=alt.Axis(tickCount=6))
    leyenda = alt.Legend(title=None, orient="top", columns=columnas, symbolSize=110, symbolStrokeWidth=2)
    color = alt.Color("serie:N", scale=alt.Scale(domain=["«series»"], range=["«colores»"]), legend=leyenda)
    figura = alt.Shape("serie:N", scale=alt.Scale(domain=["«series»"], range=["«formas»"]), legend=leyenda)
    raya = alt.StrokeDash("serie:N", scale=alt.Scale(domain=["«series»"], range=["«rayas»"]), legend=leyenda)
    base, huecos, rupturas = alt.Chart(), plantilla.tabla("huecos"), plantilla.tabla("rupturas")
    cero = plantilla.tabla("cero").mark_rule(color=p.neutro, strokeWidth=1.5)
    capas = [
        huecos.mark_rect(color=p.rejilla, opacity=0.55).encode(x=alt.X("x:Q"), x2="x2:Q"),
        rupturas.mark_rule(color=p.texto, strokeWidth=1.5, strokeDash=[8, 3, 2, 3]).encode(x=alt.X("x:Q")),
        cero.encode(y=alt.Y("y:Q", scale=escala)),
        *_bandas(base.transform_filter("isValid(datum.ic_inf)"), x, escala, color),
        *_triangulos(base, p, x, y, color),
        base.mark_line(strokeWidth=2.5).encode(x=x, y=y, color=color, strokeDash=raya, detail="tramo:N"),
        base.mark_point(size=64, strokeWidth=2, opacity=1).encode(
            x=x,
            y=y,
            shape=figura,
            stroke=color,
            fill=alt.when("datum.hueca").then(alt.value(p.fondo)).otherwise(color),
            fillOpacity=alt.when("datum.tenue").then(alt.value(0.4)).otherwise(alt.value(1)),
            tooltip=trazo.globo(alt.Tooltip("periodo_dicho:N", title=tr("Periodo"))),
        ),
        *_faltas(p, escala, color),
        # El rótulo de la franja, encima de todo y con halo: una línea que la cruce no lo tapa.
        *trazo.etiqueta(
            huecos.encode(x="medio:Q", y=alt.value(6), text="causa:N"),
            p,
            angle=270,
            fontSize=12,
            fontStyle="italic",
            color=p.tenue,
            align="right",
        ),
        *trazo.etiqueta(
            rupturas.encode(x=alt.X("x:Q"), y=alt.value(6), text="rotulo:N"),
            p,
            angle=270,
            dy=-8,
            fontSize=12,
            fontWeight="bold",
            color=p.texto,
            align="right",
        ),
    ]
    return plantilla.congelar(alt.layer(*capas, data=alt.NamedData(name="filas")), modo)


def _bandas(base: Any, x: Any, escala: Any, color: Any) -> list[Any]:
    """La banda de confianza de cada racha, de orilla punteada si el error es modelado; una cifra sola, su barra."""
    inf, sup = alt.Y("ic_inf:Q", scale=escala), alt.Y("ic_sup:Q", scale=escala)
    racha = base.transform_filter("!datum.solo")
    orilla = [
        racha.transform_filter(filtro)
        .mark_line(strokeWidth=1, opacity=0.55, strokeDash=trazos)
        .encode(x=x, y=y, color=color, detail="tramo:N")
        for filtro, trazos in ((trazo.MODELADO, trazo.PUNTEADO), (f"!({trazo.MODELADO})", [1, 0]))
        for y in (inf, sup)
    ]
    return [
        racha.mark_area(opacity=0.1).encode(x=x, y=inf, y2="ic_sup:Q", color=color, detail="tramo:N"),
        *orilla,
        base.transform_filter("datum.solo")
        .mark_rule(strokeWidth=1.5, opacity=0.6)
        .encode(x=x, y=inf, y2="ic_sup:Q", color=color, strokeDash=trazo.raya()),
    ]


def _triangulos(base: Any, p: tema.Paleta, x: Any, y: Any, color: Any) -> list[Any]:
    """Los cambios probados: arriba del punto, con el periodo anterior; abajo, con el de un año antes."""
    capas = []
    for contra, paso in (("previo", -13), ("anual", 14)):
        suyas = base.transform_filter(f"datum.marca_{contra} !== ''").encode(x=x, y=y, text=f"marca_{contra}:N")
        halo, marca = trazo.etiqueta(suyas, p, dy=paso, fontSize=13)
        capas += [halo, marca.encode(color=color)]
    return capas


def _faltas(p: tema.Paleta, escala: Any, color: Any) -> list[Any]:
    """Los periodos que a una serie le faltan: una raya de puntos de su color, al pie, y por qué."""
    base = plantilla.tabla("faltas").encode(y=alt.Y("y:Q", scale=escala), color=color)
    rotulo = trazo.etiqueta(base.encode(x="medio:Q", text="causa:N"), p, fontSize=12, fontWeight="bold")
    halo, texto = rotulo[0].encode(color=alt.value(p.fondo)), rotulo[1]
    return [base.mark_rule(strokeWidth=2, strokeDash=[1, 4]).encode(x="x:Q", x2="x2:Q"), halo, texto]
