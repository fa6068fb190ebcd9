"""Las asambleas de los territorios, por fecha: cada cosa que pudo pasar tiene su forma y su palabra."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import pandas as pd

from atalaya.figuras import cuentas, plantilla, tema
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import guardado, tr

ALTO_FILA: Final = 46
FORMA: Final = {
    "celebrada": "circle",
    "cero": "circle",
    "sin cuenta": "diamond",
    "no celebrada": "M-1,-1L1,1M1,-1L-1,1",
    "no reportada": "triangle-up",
    "suprimida": "square",
}
_SIGNO: Final = {"cero": "0", "sin cuenta": "", "no reportada": "?", "no celebrada": "", "suprimida": ""}


def asambleas(filas: pd.DataFrame, modo: str = "claro", ancho: int | str = "container") -> Figura:
    """`filas`: las de `mostrar/asambleas_vistas`. Un renglón por territorio, una columna por fecha."""
    vistas = [visto for visto in cuentas.ASAMBLEA if visto in set(filas["visto"])]
    datos = pd.DataFrame(
        {
            "territorio": filas["nombre_territorio"],
            "fecha": filas["fecha"],
            "visto": [cuentas.ASAMBLEA[visto] for visto in filas["visto"]],
            "cuantos": [
                cuentas.numero(n) if visto == "celebrada" else _SIGNO[visto]
                for visto, n in zip(filas["visto"], filas["asistentes"], strict=True)
            ],
        }
    )
    return plantilla.llenar(
        _forma(modo),
        {
            "vistos": [cuentas.ASAMBLEA[v] for v in vistas],
            "formas": [FORMA[v] for v in vistas],
            "rellenos": [_relleno(v, tema.paleta(modo)) for v in vistas],
        },
        {"asambleas": datos},
        width=ancho,
        height=ALTO_FILA * max(1, filas["nombre_territorio"].nunique()),
    )


def describir(filas: pd.DataFrame) -> str:
    """Texto alternativo: cuántas asambleas de cada clase y cuánta gente se contó."""
    cuantas = filas["visto"].value_counts()
    partes = [f"{cuentas.ASAMBLEA[v]}, {cuantas[v]}" for v in cuentas.ASAMBLEA if v in cuantas]
    gente = filas["asistentes"].sum()
    territorios = filas["nombre_territorio"].nunique()
    return tr(
        "Puntos: {filas} asambleas de {territorios} {dicho} por fecha. {partes}. Asistentes contados en "
        "las que se sabe: {gente}.",
        filas=len(filas),
        territorios=territorios,
        dicho=tr("territorio") if territorios == 1 else tr("territorios"),
        partes="; ".join(partes),
        gente=cuentas.numero(gente),
    )


def _relleno(visto: str, p: tema.Paleta) -> str:
    """Lleno, lo que se celebró con gente o sin cuenta; tapado, lo que se suprimió; hueco, lo demás."""
    if visto == "suprimida":
        return p.neutro
    return p.series[1] if visto in ("celebrada", "sin cuenta") else p.fondo


@guardado
def _forma(modo: str) -> dict[str, Any]:
    p = tema.paleta(modo)
    base = plantilla.tabla("asambleas").encode(
        x=alt.X("fecha:O", title=None, axis=alt.Axis(labelAngle=0, orient="top", labelOverlap="greedy", domain=False)),
        y=alt.Y("territorio:N", title=None, sort=None, axis=alt.Axis(domain=False, ticks=False)),
    )
    leyenda = alt.Legend(
        title=None, orient="bottom", columns={"expr": "width < 420 ? 1 : 3"}, symbolSize=160, symbolStrokeWidth=2
    )
    puntos = base.mark_point(size=190, strokeWidth=2.2, stroke=p.series[1], opacity=1).encode(
        shape=alt.Shape("visto:N", scale=alt.Scale(domain=["«vistos»"], range=["«formas»"]), legend=leyenda),
        fill=alt.Fill("visto:N", scale=alt.Scale(domain=["«vistos»"], range=["«rellenos»"]), legend=leyenda),
        tooltip=[alt.Tooltip("territorio:N"), alt.Tooltip("fecha:N"), alt.Tooltip("visto:N", title=tr("qué pasó"))],
    )
    cifras = base.mark_text(dx=13, align="left", fontSize=15, fontWeight="bold", color=p.texto).encode(text="cuantos:N")
    return plantilla.congelar(alt.layer(puntos, cifras), modo)
