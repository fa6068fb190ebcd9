"""Piezas comunes a las figuras: el punto que enseña su precisión, la línea de referencia, el globo."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import pandas as pd

from atalaya.figuras import textos
from atalaya.figuras.plantilla import tabla
from atalaya.figuras.tema import Paleta
from atalaya.idiomas import tr

HUECA: Final = "datum.precision === 'moderada' || datum.precision === 'baja'"
SIN_CLASE: Final = "!isValid(datum.precision)"
MODELADO: Final = "datum.metodo_error === 'modelada'"
PUNTEADO: Final = [2, 2]
PUNTO: Final[dict[str, Any]] = {"size": 150, "strokeWidth": 2.5, "opacity": 1}


def precision(p: Paleta, foco: str, otro: str) -> dict[str, Any]:
    """Codificación de un punto: alta, círculo lleno; moderada, círculo hueco; baja, rombo hueco; sin clase, tenue.

    `foco` y `otro` son los colores de las filas destacadas (columna `foco`) y de las demás; las de otra encuesta
    (columna `ajena`) van en el suyo, y su nombre la dice.
    """
    return {
        "stroke": alt.when("datum.foco")
        .then(alt.value(foco))
        .when("datum.ajena")
        .then(alt.value(p.series[2]))
        .otherwise(alt.value(otro)),
        "fill": alt.when(HUECA)
        .then(alt.value(p.fondo))
        .when("datum.foco")
        .then(alt.value(foco))
        .when("datum.ajena")
        .then(alt.value(p.series[2]))
        .otherwise(alt.value(otro)),
        "fillOpacity": alt.when(SIN_CLASE).then(alt.value(0.4)).otherwise(alt.value(1)),
        "shape": alt.when("datum.precision === 'baja'").then(alt.value("diamond")).otherwise(alt.value("circle")),
    }


def sobre_referencia(p: Paleta, capas: Any) -> Any:
    """`capas` (que leen la tabla `filas`) encima de la línea de referencia y su rótulo (tabla `referencia`)."""
    base = tabla("referencia")
    linea = base.mark_rule(strokeDash=[5, 4], strokeWidth=1.5, color=p.referencia).encode(x="valor_pct:Q")
    # Cerca del final del eje el rótulo va antes de la línea: después no cabría.
    al_final = "datum.valor_pct > 0.7 * «dominio»[1]"
    rotulos_ = [
        base.transform_filter(filtro)
        .mark_text(align=lado, baseline="bottom", dx=paso, dy=-3, fontSize=13, color=p.referencia)
        .encode(x="valor_pct:Q", y=alt.value(0), text="rotulo:N")
        for filtro, lado, paso in ((f"!({al_final})", "left", 4), (al_final, "right", -4))
    ]
    return alt.layer(linea, *rotulos_, capas, data=alt.NamedData(name="filas"))


def filas_referencia(linea: tuple[str, float] | None) -> pd.DataFrame:
    """La tabla `referencia`: una fila con la línea, o ninguna."""
    filas = [{"valor_pct": linea[1], "rotulo": f"{linea[0]} {textos.numero(linea[1])}"}] if linea else []
    return pd.DataFrame(filas, columns=["valor_pct", "rotulo"])


def barras(base: Any, p: Paleta, grosor: float = 2) -> Any:
    """El intervalo de confianza, acostado: continuo si el error es del diseño muestral, punteado si es modelado."""
    return (
        base.transform_filter("isValid(datum.ic_inf)")
        .mark_rule(strokeWidth=grosor, color=p.tenue)
        .encode(x="ic_inf:Q", x2="ic_sup:Q", strokeDash=raya())
    )


def raya() -> Any:
    """Continua o punteada, según de dónde sale el error."""
    return alt.when(MODELADO).then(alt.value(PUNTEADO)).otherwise(alt.value([1, 0]))


def rotulos(base: Any, p: Paleta, **marca: Any) -> list[Any]:
    """La etiqueta de cada punto después de su intervalo, o antes si no cabe (columnas `anclaje` y `antes`)."""
    capas = []
    for filtro, lado, paso in (("!datum.antes", "left", 8), ("datum.antes", "right", -8)):
        suya = base.transform_filter(filtro).encode(x="anclaje:Q")
        capas += etiqueta(suya, p, **{"align": lado, "dx": paso, **marca})
    return capas


def etiqueta(base: Any, p: Paleta, **marca: Any) -> list[Any]:
    """Un texto con halo del color del fondo, para que se lea encima de líneas."""
    return [base.mark_text(**marca, stroke=p.fondo, strokeWidth=5, strokeJoin="round"), base.mark_text(**marca)]


def globo(*extra: Any) -> list[Any]:
    """Lo que dice cada punto al pasar por encima."""
    return [
        alt.Tooltip("nombre:N", title=tr("Lugar")),
        *extra,
        alt.Tooltip("dicho:N", title=tr("Cifra")),
        alt.Tooltip("intervalo:N", title=tr("Intervalo al 95 %")),
    ]


def nombres(p: Paleta, tamano: int = 14) -> alt.Axis:
    """Eje de nombres; los de «destacados» van en negrita."""
    es_destacado = "indexof(«destacados», datum.label) >= 0"
    return alt.Axis(
        domain=False,
        ticks=False,
        grid=True,
        gridDash=[1, 3],
        labelFontSize=tamano,
        labelExpr="split(datum.label, '\\n')",  # el segundo renglón, si lo hay, dice la encuesta y el periodo
        labelFontWeight=alt.when(es_destacado).then(alt.value("bold")).otherwise(alt.value("normal")),
        labelColor=alt.when(es_destacado).then(alt.value(p.texto)).otherwise(alt.value(p.tenue)),
    )


def por_ciento() -> alt.X:
    """Eje de la cifra: de cero a «tope»."""
    return alt.X(
        "valor_pct:Q",
        title=tr("por ciento"),
        scale=alt.Scale(domain=["«dominio»"], nice=False),
        axis=alt.Axis(tickCount=5),
    )


def con_dichos(filas: pd.DataFrame) -> pd.DataFrame:
    """Otra tabla, con ic_inf, ic_sup y metodo_error (nulos si no venían) y lo que se escribe de cada cifra."""
    nada = [float("nan")] * len(filas)
    ic_inf, ic_sup = (list(filas[c].astype(float)) if c in filas else nada for c in ("ic_inf", "ic_sup"))
    metodos = list(filas["metodo_error"]) if "metodo_error" in filas else [None] * len(filas)
    partes = list(zip(filas["estado"], filas["valor_pct"], filas["precision"], strict=True))
    nuevas: dict[str, Any] = {
        "ic_inf": ic_inf,
        "ic_sup": ic_sup,
        "metodo_error": metodos,
        "dicho": [textos.decir(estado, valor, clase, 2) for estado, valor, clase in partes],
        "intervalo": [
            textos.intervalo(inf, sup, 2) + (tr(" (error modelado)") if metodo == "modelada" else "")
            for inf, sup, metodo in zip(ic_inf, ic_sup, metodos, strict=True)
        ],
        "etiqueta": [textos.etiqueta(estado, valor, clase) for estado, valor, clase in partes],
    }
    return filas.assign(**nuevas)


def con_anclaje(filas: pd.DataFrame, tope: float, referencia: tuple[str, float] | None = None) -> pd.DataFrame:
    """Otra tabla, con dónde va la etiqueta: tras el intervalo o, si ahí no cabe o la cruza la referencia, antes."""
    fin, inicio = (filas[c].fillna(filas["valor_pct"]) for c in ("ic_sup", "ic_inf"))
    # Una cifra ocupa, en un teléfono, la quinta parte del eje; con su precisión al lado, más.
    ocupa = pd.Series([0.34 if " " in texto else 0.18 for texto in filas["etiqueta"]], filas.index) * tope
    antes = fin + ocupa > tope * 1.02
    if referencia is not None:
        cruza = (fin < referencia[1]) & (fin + ocupa * 0.7 > referencia[1])
        antes |= cruza & (inicio > ocupa)
    return filas.assign(antes=antes, anclaje=fin.mask(antes, inicio))


def tope_eje(*valores: float) -> float:
    """Fin de un eje que siempre empieza en cero: el primero de 10, 25 y 50 que deja aire a la mayor cifra, o 100."""
    mayor = max((v for v in valores if not pd.isna(v)), default=0)
    return next((tope for tope in (10, 25, 50) if mayor <= tope * 0.85), 100)
