"""El ciclo de «transparencia inteligente» de una experiencia: seis pasos y dos frutos, dichos o no por su documento."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import pandas as pd

from atalaya.figuras import plantilla, tema
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import anotado, guardado, tr

ALTO: Final = 440
DONDE: Final = {
    anotado("problema"): (0, 2),
    anotado("posibilidades"): (1, 2),
    anotado("solución compartida"): (2, 2),
    anotado("conocimiento público"): (2, 1),
    anotado("uso estratégico"): (1, 1),
    anotado("resultados"): (0, 1),
    anotado("valor público"): (0, 0),
    anotado("replicabilidad"): (1, 0),
}
"""Columna y altura de cada paso: la vuelta va por arriba hacia la derecha y regresa por en medio; los frutos, abajo."""
FRUTOS: Final = ("valor público", "replicabilidad")
_VUELTA: Final = tuple(etapa for etapa in DONDE if etapa not in FRUTOS)
_GRANDE: Final = plantilla.letra(14, 24)
_AIRE: Final = 0.22
"""Lo que una flecha deja libre junto a cada paso, en columnas."""


def ciclo(filas: pd.DataFrame, modo: str = "claro", ancho: int | str = "container") -> Figura:
    """`filas`: las de `mostrar/ciclo_visto` de una experiencia. Lleno, el documento lo dice; hueco, no dice nada."""
    dichas = dict(zip(filas["etapa"], filas["dicho"], strict=True))
    pasos = pd.DataFrame(
        [
            {
                "x": x,
                "y": y,
                "rotulo": "\n".join(tr(etapa).capitalize().split()),
                "numero": "" if etapa in FRUTOS else str(k + 1),
                "dicho": bool(dichas.get(etapa)),
                "fruto": etapa in FRUTOS,
            }
            for k, (etapa, (x, y)) in enumerate(DONDE.items())
        ]
    )
    datos = {"pasos": pasos, "flechas": _flechas()}
    return plantilla.llenar(_forma(modo), plantilla.fijo(ancho), datos, width=ancho, height=ALTO)


def describir(filas: pd.DataFrame, titulo: str) -> str:
    """Texto alternativo: qué pasos dice el documento y cuáles no."""
    dichos = [tr(str(e)) for e, si in zip(filas["etapa"], filas["dicho"], strict=True) if si]
    callados = [tr(str(e)) for e, si in zip(filas["etapa"], filas["dicho"], strict=True) if not si]
    partes = [
        tr(
            "El documento dice algo de {dichos} de {filas}: {dichos_2}.",
            dichos=len(dichos),
            filas=len(filas),
            dichos_2=", ".join(dichos) or tr("ninguno"),
        )
    ]
    if callados:
        partes.append(tr("No dice nada de: {callados}.", callados=", ".join(callados)))
    return tr(
        "Ciclo de transparencia inteligente: problema, posibilidades, solución compartida, conocimiento "
        "público, uso estratégico y resultados, con replicabilidad y valor público. {titulo}. {partes}",
        titulo=titulo,
        partes=" ".join(partes),
    )


def _flechas() -> pd.DataFrame:
    """De cada paso al siguiente, y del último al primero; de los resultados bajan los frutos."""
    pares = [*zip(_VUELTA, (*_VUELTA[1:], _VUELTA[0]), strict=True), (_VUELTA[-1], FRUTOS[0])]
    filas = []
    for de, a in pares:
        (x1, y1), (x2, y2) = DONDE[de], DONDE[a]
        dx, dy = x2 - x1, y2 - y1
        aire_x, aire_y = (_AIRE if dx else 0), (0.36 if dy else 0)
        signo_x, signo_y = (dx > 0) - (dx < 0), (dy > 0) - (dy < 0)
        filas.append(
            {
                "x": x1 + aire_x * signo_x,
                "y": y1 + aire_y * signo_y - (0.18 if dy < 0 else 0),
                "x2": x2 - aire_x * signo_x,
                "y2": y2 - aire_y * signo_y - (0.18 if dy > 0 else 0),
                "angulo": {(1, 0): 90, (-1, 0): 270, (0, 1): 0, (0, -1): 180}[signo_x, signo_y],
            }
        )
    return pd.DataFrame(filas)


@guardado
def _forma(modo: str) -> dict[str, Any]:
    p = tema.paleta(modo)
    ejes = {
        "x": alt.X("x:Q", axis=None, scale=alt.Scale(domain=[-0.5, 2.5], nice=False)),
        "y": alt.Y("y:Q", axis=None, scale=alt.Scale(domain=[-0.62, 2.3], nice=False)),
    }
    pasos = plantilla.tabla("pasos").encode(**ejes)
    flechas = plantilla.tabla("flechas")
    capas = [
        flechas.mark_rule(strokeWidth=3, color=p.neutro).encode(**ejes, x2="x2:Q", y2="y2:Q"),
        flechas.mark_point(shape="triangle", size=150, filled=True, opacity=1, color=p.neutro).encode(
            x=alt.X("x2:Q", axis=None), y=alt.Y("y2:Q", axis=None), angle=alt.Angle("angulo:Q", scale=None)
        ),
        pasos.transform_filter("datum.dicho").mark_point(
            size=1900, filled=True, opacity=1, color=p.series[1], shape="circle"
        ),
        pasos.transform_filter("!datum.dicho").mark_point(
            size=1900, fill=p.fondo, stroke=p.contorno, strokeWidth=2, strokeDash=[5, 4], opacity=1
        ),
        pasos.transform_filter("datum.dicho && !datum.fruto")
        .mark_text(fontSize=24, fontWeight="bold", color=p.fondo)
        .encode(text="numero:N"),
        pasos.transform_filter("!datum.dicho && !datum.fruto")
        .mark_text(fontSize=24, fontWeight="bold", color=p.tenue)
        .encode(text="numero:N"),
        pasos.transform_filter("datum.dicho && datum.fruto").mark_point(
            shape="M-1,0.05L-0.25,0.75L1,-0.75", size=300, strokeWidth=4, stroke=p.fondo, fill=None, opacity=1
        ),
        pasos.transform_filter("datum.fruto && datum.x === 0")
        .transform_calculate(mas="0.5")
        .mark_text(fontSize=30, fontWeight="bold", color=p.neutro)
        .encode(x=alt.X("mas:Q", axis=None), text=alt.value("+")),
        pasos.mark_text(
            fontSize=_GRANDE, fontWeight="bold", baseline="top", dy=27, lineBreak="\n", color=p.texto
        ).encode(text="rotulo:N"),
        pasos.transform_filter("!datum.dicho")
        .mark_text(fontSize=plantilla.letra(11, 14), fontStyle="italic", dy=-34, color=p.tenue)
        .encode(text=alt.value(tr("no lo dice"))),
    ]
    return plantilla.congelar(alt.layer(*capas), modo)
