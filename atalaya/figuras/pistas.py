"""Renglones con su rótulo encima y una pista debajo: cuándo fue una pasantía, o hasta dónde llegó una práctica."""

from __future__ import annotations

import textwrap
from typing import Any, Final

import altair as alt
import pandas as pd

from atalaya.figuras import cuentas, plantilla, tema
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import guardado, tr
from atalaya.periodos import mes_corto

ALTO_PISTA: Final = 58
"""Lo que ocupa la pista de un renglón, sin su rótulo."""
ALTO_LETRA: Final = 21
PASOS: Final = ("propuesta", "en curso", "instalada")
_LETRA: Final = plantilla.letra(13, 17)
_LETRAS_POR_RENGLON: Final = 52


def estados(filas: pd.DataFrame, modo: str = "claro", ancho: int | str = "container") -> Figura:
    """Hasta dónde llegó cada práctica. `filas`: rotulo y estado; uno retirado o no dicho no va en la pista: lo dice."""
    puntos, rotulos = [], []
    for k, (rotulo, estado) in enumerate(zip(filas["rotulo"], filas["estado"], strict=True)):
        llega = PASOS.index(estado) if estado in PASOS else -1
        rotulos.append({"renglon": k, "rotulo": _partir(rotulo), "fuera": _fuera(estado)})
        puntos += [
            {"renglon": k, "paso": j, "nombre": tr(paso), "lleno": j <= llega, "actual": j == llega, "hay": llega >= 0}
            for j, paso in enumerate(PASOS)
        ]
    datos = {"rotulos": pd.DataFrame(rotulos), "puntos": pd.DataFrame(puntos)}
    return _llena(_de_estados(modo), datos, [str(uno["rotulo"]) for uno in rotulos], ancho)


def describir_estados(filas: pd.DataFrame) -> str:
    """Texto alternativo: cada práctica, de quién a quién y en qué va."""
    dichos = [
        f"{rotulo.replace(chr(10), ', ')}: {_fuera(estado) or tr(str(estado))}"
        for rotulo, estado in zip(filas["rotulo"], filas["estado"], strict=True)
    ]
    return tr(
        "Pista de tres pasos, propuesta, en curso e instalada. {filas} prácticas. {dichos}.",
        filas=len(filas),
        dichos="; ".join(dichos),
    )


def fechas(filas: pd.DataFrame, modo: str = "claro", ancho: int | str = "container") -> Figura:
    """Línea de tiempo. `filas`: rotulo, inicio y fin (día, mes o año)."""
    datos = pd.DataFrame(
        {
            "renglon": range(len(filas)),
            "rotulo": [_partir(rotulo) for rotulo in filas["rotulo"]],
            "inicio": [_dia(texto, False) for texto in filas["inicio"]],
            "fin": [_dia(texto, True) for texto in filas["fin"]],
        }
    )
    return _llena(_de_fechas(modo), {"tramos": datos}, list(datos["rotulo"]), ancho)


def describir_fechas(filas: pd.DataFrame) -> str:
    """Texto alternativo: qué hubo y cuándo, en orden."""
    dichos = [
        f"{rotulo.replace(chr(10), ', ')}, {cuentas.lapso(inicio, fin)}"
        for rotulo, inicio, fin in zip(filas["rotulo"], filas["inicio"], filas["fin"], strict=True)
    ]
    return tr(
        "Línea de tiempo con {filas} pasantías, seminarios o congresos, en orden. {dichos}.",
        filas=len(filas),
        dichos="; ".join(dichos),
    )


def _llena(forma: dict[str, Any], datos: dict[str, pd.DataFrame], rotulos: list[str], ancho: int | str) -> Figura:
    """La figura con el alto que piden sus rótulos: todos los renglones, el del más largo."""
    alto = ALTO_PISTA + ALTO_LETRA * max(rotulo.count("\n") + 1 for rotulo in rotulos)
    return plantilla.llenar(
        forma, {"alto": alto, **plantilla.fijo(ancho)}, datos, width=ancho, height=alto * len(rotulos)
    )


def _fuera(estado: str) -> str:
    return {"retirada": tr("retirada"), "no dicho": tr("el documento no dice en qué estado está")}.get(estado, "")


def _partir(rotulo: str) -> str:
    return "\n".join(r for parte in rotulo.split("\n") for r in textwrap.wrap(parte, _LETRAS_POR_RENGLON) or [""])


def _dia(texto: str, final: bool) -> str:
    """El día de una fecha que quizá sólo dice mes o año; `final`: el último de los que abarca."""
    if len(texto) == 10:
        return texto
    anio, mes = int(texto[:4]), int(texto[5:7] or (12 if final else 1))
    return f"{anio}-{mes:02d}-{pd.Period(year=anio, month=mes, freq='M').days_in_month if final else 1:02d}"


_ARRIBA: Final = {"expr": "6 - «alto» / 2"}
_PISTA: Final = {"expr": "«alto» / 2 - 38"}
_DEBAJO: Final = {"expr": "«alto» / 2 - 18"}


def _renglon() -> Any:
    return alt.Y("renglon:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))


def _rotulo(tabla: str, p: tema.Paleta) -> Any:
    return (
        plantilla.tabla(tabla)
        .mark_text(
            align="left", baseline="top", dy=_ARRIBA, fontSize=_LETRA, fontWeight="bold", color=p.texto, lineBreak="\n"
        )
        .encode(y=_renglon(), x=alt.value(0), text="rotulo:N")
    )


@guardado
def _de_estados(modo: str) -> dict[str, Any]:
    p = tema.paleta(modo)
    x = alt.X("paso:Q", axis=None, scale=alt.Scale(domain=[-0.3, 2.4], nice=False))
    base = plantilla.tabla("puntos").transform_filter("datum.hay").encode(y=_renglon(), x=x)
    capas = [
        base.mark_line(strokeWidth=3, color=p.ausente, yOffset=_PISTA).encode(detail="renglon:O"),
        base.transform_filter("datum.lleno")
        .mark_line(strokeWidth=5, color=p.series[1], yOffset=_PISTA)
        .encode(detail="renglon:O"),
        base.transform_filter("!datum.lleno").mark_point(
            size=170, fill=p.fondo, stroke=p.contorno, strokeWidth=2, opacity=1, yOffset=_PISTA
        ),
        base.transform_filter("datum.lleno").mark_point(
            size=170, filled=True, opacity=1, color=p.series[1], yOffset=_PISTA
        ),
        base.mark_text(dy=_DEBAJO, fontSize=_LETRA, color=p.tenue).encode(
            text="nombre:N", opacity=alt.condition("datum.actual", alt.value(0), alt.value(1))
        ),
        base.transform_filter("datum.actual")
        .mark_text(dy=_DEBAJO, fontSize=_LETRA, fontWeight="bold", color=p.series[1])
        .encode(text="nombre:N"),
        plantilla.tabla("rotulos")
        .mark_text(align="left", dy=_PISTA, fontSize=_LETRA, fontStyle="italic", color=p.tenue)
        .encode(y=_renglon(), x=alt.value(2), text="fuera:N"),
        _rotulo("rotulos", p),
    ]
    return plantilla.congelar(alt.layer(*capas), modo)


@guardado
def _de_fechas(modo: str) -> dict[str, Any]:
    p = tema.paleta(modo)
    # Los nombres de los meses van en la etiqueta: el idioma de las fechas de Vega es el inglés.
    meses = f"{[mes_corto(k) for k in range(1, 13)]}[month(datum.value)]"
    eje = alt.Axis(
        orient="bottom", labelExpr=f"{meses} + ' ' + year(datum.value)", labelOverlap="greedy", tickCount=6, grid=True
    )
    base = plantilla.tabla("tramos").encode(y=_renglon())
    inicio, fin = alt.X("inicio:T", title=None, axis=eje, scale=alt.Scale(nice="month")), alt.X2("fin:T")
    capas = [
        base.mark_bar(size=14, color=p.series[1], yOffset=_PISTA, stroke=p.series[1], strokeWidth=4).encode(
            x=inicio, x2=fin
        ),
        _rotulo("tramos", p),
    ]
    return plantilla.congelar(alt.layer(*capas), modo)
