"""Dispersión: un punto por ciudad, dos cifras suyas, la recta entre todas y la ciudad elegida encima."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import numpy as np
import pandas as pd

from atalaya.figuras import plantilla, tema, textos, trazo
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import guardado, tr

ALTO: Final = 430
_PROMEDIO: Final = "promedio"
"""La `precision` de un punto que promedia varios periodos: no hay clase que decir de él, y va lleno."""
_INTERVALOS: Final = ("x_inf", "x_sup", "y_inf", "y_sup")
_COLUMNAS: Final = ["nombre", "x", "y", *_INTERVALOS, "precision", "foco", "ajena", "dicho_x", "dicho_y", "cuantos"]


def dispersion(
    tabla: pd.DataFrame,
    foco: str,
    pendiente: float | None,
    rotulos: tuple[str, str],
    modo: str = "claro",
    ancho: int | str = "container",
) -> Figura:
    """Un punto por ciudad; la recta pasa por el centro de todas con esa `pendiente` (ninguna si es nula).

    `tabla`: la de `tesis.puntos_de`; los intervalos se dibujan sólo en la destacada. `rotulos`: qué es x y qué es y.
    """
    filas = tabla.assign(
        foco=tabla["lugar"] == foco,
        ajena=False,
        dicho_x=[textos.pct(v) for v in tabla["x"]],
        dicho_y=[textos.pct(v) for v in tabla["y"]],
        cuantos=[tr("{n} trimestres", n=n) if n > 1 else tr("1 trimestre") for n in tabla["periodos"]],
    )
    nada = [float("nan")] * len(filas)
    filas = filas.assign(precision=filas.get("precision", _PROMEDIO), **{c: filas.get(c, nada) for c in _INTERVALOS})
    ejes = _dominio(filas["x"]), _dominio(filas["y"])
    recta = _recta(filas, pendiente, ejes)
    return plantilla.llenar(
        _forma(modo),
        {"eje_x": rotulos[0], "eje_y": rotulos[1], "dominio_x": list(ejes[0]), "dominio_y": list(ejes[1])},
        {"filas": filas[_COLUMNAS], "recta": recta},
        width=ancho,
        height=ALTO,
    )


def describir(tabla: pd.DataFrame, titulo: str, foco: str, pendiente: float | None, rotulos: tuple[str, str]) -> str:
    """Texto alternativo: cuántas ciudades, entre qué valores, hacia dónde va la recta y dónde está la destacada."""
    recorridos = [
        tr(
            "{eje}, {rotulo}, de {desde} a {hasta}",
            eje=eje,
            rotulo=rotulo,
            desde=textos.pct(tabla[eje].min()),
            hasta=textos.pct(tabla[eje].max()),
        )
        for eje, rotulo in zip(("x", "y"), rotulos, strict=True)
    ]
    partes = [
        tr(
            "Diagrama de dispersión. {titulo}. {tabla} ciudades. En {recorridos}.",
            titulo=titulo,
            tabla=len(tabla),
            recorridos="; en ".join(recorridos),
        )
    ]
    if pendiente is not None:
        partes.append(
            tr("La recta: {pendiente} puntos de y por cada punto de x.", pendiente=textos.con_signo(pendiente))
        )
    for fila in tabla[tabla["lugar"] == foco].to_dict("records"):
        partes.append(
            tr(
                "{nombre}: x {valor}, y {y}.",
                nombre=fila["nombre"],
                valor=textos.pct(fila["x"]),
                y=textos.pct(fila["y"]),
            )
        )
    return " ".join(partes)


def _dominio(valores: pd.Series) -> tuple[float, float]:
    """Límites en cincos, con aire para que ningún punto toque el borde."""
    return max(0.0, (valores.min() - 2) // 5 * 5), min(100.0, -(-(valores.max() + 2) // 5) * 5)


def _recta(filas: pd.DataFrame, pendiente: float | None, ejes: tuple[tuple[float, float], ...]) -> pd.DataFrame:
    """Los dos extremos de la recta, sin salirse de los puntos ni del cuadro."""
    if pendiente is None:
        return pd.DataFrame(columns=["x", "y"])
    x = np.array([filas["x"].min(), filas["x"].max()])
    centro_x, centro_y = filas["x"].mean(), filas["y"].mean()
    if pendiente:
        desde, hasta = sorted(centro_x + (limite - centro_y) / pendiente for limite in ejes[1])
        x = np.clip(x, desde, hasta)
    return pd.DataFrame({"x": x, "y": centro_y + pendiente * (x - centro_x)})


@guardado
def _forma(modo: str) -> dict[str, Any]:
    p = tema.paleta(modo)
    escalas = [alt.Scale(domain=[f"«dominio_{columna}»"], nice=False) for columna in "xy"]
    x = alt.X("x:Q", title="«eje_x»", scale=escalas[0], axis=alt.Axis(tickCount=5))
    y = alt.Y("y:Q", title="«eje_y»", scale=escalas[1], axis=alt.Axis(tickCount=6))
    globo = [
        alt.Tooltip("nombre:N", title=tr("Ciudad")),
        alt.Tooltip("dicho_x:N", title="x"),
        alt.Tooltip("dicho_y:N", title="y"),
        alt.Tooltip("cuantos:N", title=tr("De")),
    ]
    base = alt.Chart()
    puntos = base.transform_filter("!datum.foco").mark_point(size=70, strokeWidth=1.8, opacity=0.85)
    encima = base.transform_filter("datum.foco")
    capas = [
        plantilla.tabla("recta").mark_line(strokeWidth=2, color=p.referencia).encode(x=x, y=y),
        puntos.encode(x=x, y=y, tooltip=globo, **trazo.precision(p, p.acento, p.series[1])),
        *_cruz(encima, p, x, y, escalas),
        encima.mark_point(**{**trazo.PUNTO, "size": 220}).encode(
            x=x, y=y, tooltip=globo, **trazo.precision(p, p.acento, p.acento)
        ),
        # Al final del eje el nombre va antes de su punto: después no cabría.
        *_nombre(encima, p, x, y, f"!({_AL_FINAL})", "left", 13),
        *_nombre(encima, p, x, y, _AL_FINAL, "right", -13),
    ]
    return plantilla.congelar(alt.layer(*capas, data=alt.NamedData(name="filas")), modo)


_AL_FINAL: Final = "datum.x > «dominio_x»[0] + 0.62 * («dominio_x»[1] - «dominio_x»[0])"


def _cruz(base: Any, p: tema.Paleta, x: Any, y: Any, escalas: list[alt.Scale]) -> list[Any]:
    """Los dos intervalos de la ciudad destacada."""
    trazo_ = base.mark_rule(strokeWidth=2, color=p.acento, opacity=0.8)
    return [
        trazo_.encode(x=alt.X("x_inf:Q", scale=escalas[0]), x2="x_sup:Q", y=y).transform_filter("isValid(datum.x_inf)"),
        trazo_.encode(y=alt.Y("y_inf:Q", scale=escalas[1]), y2="y_sup:Q", x=x).transform_filter("isValid(datum.y_inf)"),
    ]


def _nombre(base: Any, p: tema.Paleta, x: Any, y: Any, filtro: str, lado: str, paso: int) -> list[Any]:
    suyo = base.transform_filter(filtro).encode(x=x, y=y, text="nombre:N")
    return trazo.etiqueta(suyo, p, align=lado, dx=paso, fontSize=15, fontWeight="bold", color=p.acento)
