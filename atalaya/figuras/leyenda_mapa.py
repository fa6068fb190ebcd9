"""La leyenda de un mapa como figura, para las descargas: en pantalla va en HTML."""

from __future__ import annotations

from typing import Final

import altair as alt
import pandas as pd

from atalaya.figuras import mapa, plantilla, tema, textos, tramas
from atalaya.figuras.escala import AUSENCIAS, CERO, Escala, leyenda
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import tr

ALTO: Final = 22


def dibujar(tabla: pd.DataFrame, escala: Escala, modo: str, ancho: int) -> Figura:
    """Cada clase con su muestra y cuántos lugares tiene, en los renglones que hagan falta."""
    p = tema.paleta(modo)
    colores = [*mapa.rampa(p, escala.sentido), p.cero]
    muestras = []
    for clase, rotulo, cuantos in leyenda(tabla, escala):
        ausencia = AUSENCIAS[clase - CERO - 1] if clase > CERO else ""
        raya = [3, 3] if ausencia == "no_levantado" else [1, 0]
        relleno = tramas.de_vega(ausencia, p) if ausencia else colores[clase]
        muestras.append((relleno, p.contorno, 1.0, raya, f"{rotulo} ({textos.entero(cuantos)})"))
    muestras.append((p.rejilla, p.texto, 3.0, [1, 0], tr(mapa.MARCADA)))
    if mapa.hay_dudosas(tabla):
        muestras.append((p.rejilla, p.texto, 1.2, [2, 2], tr(mapa.DUDOSA)))
    por_renglon = 3 if escala.es_tasa else 4  # «de 20 a menos de 40 por 100 mil» es más largo que un por ciento
    capas = []
    for k, (relleno, contorno, grueso, raya, rotulo) in enumerate(muestras):
        x, y = ancho // por_renglon * (k % por_renglon), 10 + ALTO * (k // por_renglon)
        base = alt.Chart(alt.InlineData(values=[{"rotulo": rotulo}]))
        marca = base.mark_square(
            size=220, opacity=1, fill=relleno, stroke=contorno, strokeWidth=grueso, strokeDash=raya
        )
        texto = base.mark_text(align="left", fontSize=13, color=p.texto)
        capas += [
            marca.encode(x=alt.value(x + 8), y=alt.value(y)),
            texto.encode(x=alt.value(x + 22), y=alt.value(y), text="rotulo:N"),
        ]
    alto = ALTO * (1 + (len(muestras) - 1) // por_renglon)
    return Figura(plantilla.congelar(alt.layer(*capas).properties(width=ancho, height=alto), modo))
