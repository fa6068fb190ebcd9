"""Clasificación: todas las ciudades de mayor a menor, con las elegidas marcadas y la nacional de referencia."""

from __future__ import annotations

import math
from typing import Any, Final

import altair as alt
import pandas as pd

from atalaya.figuras import hallazgos, plantilla, tema, textos, trazo
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import guardado, tr

ALTO_FILA: Final = 19
ANCHO_NOMBRES: Final = 152
"""Píxeles de los nombres, siempre los mismos: así las dos mitades de la lista tienen la misma escala."""
CORTE: Final = 0.66
"""Qué parte del ancho lleva las cifras; el resto, los lugares posibles."""

_COLUMNAS: Final = [
    "rotulo",
    "nombre",
    "valor_pct",
    "precision",
    "ic_inf",
    "ic_sup",
    "metodo_error",
    "dicho",
    "intervalo",
    "etiqueta",
    "anclaje",
    "antes",
    "foco",
    "puesto",
    "posicion",
    "rango_inf",
    "rango_sup",
]


def clasificacion(
    tabla: pd.DataFrame,
    marcadas: list[str],
    referencia: tuple[str, float] | None = None,
    modo: str = "claro",
    ancho: int | str = "container",
    tope: float | None = None,
) -> Figura:
    """Una fila por ciudad con cifra, en el orden de `posicion`: a la izquierda la cifra, a la derecha sus lugares.

    `tabla`: lugar, nombre, posicion, lugares_con_cifra, valor_pct, precision, estado y, si los hay, ic_inf, ic_sup,
    metodo_error, rango_inf y rango_sup. Las marcadas llevan color y negrita. Para que quepa en una proyección se parte
    con `mitades` y se dibuja cada parte con el mismo `tope` de eje.
    """
    filas = trazo.con_dichos(tabla[tabla["estado"] == "dato"]).sort_values(["posicion", "nombre"])
    hasta = tope or trazo.tope_eje(*filas["valor_pct"])
    filas = _con_rangos(trazo.con_anclaje(filas, hasta, referencia))
    ultimo = int(filas["lugares_con_cifra"].max()) if "lugares_con_cifra" in filas else len(filas)
    filas["foco"] = filas["lugar"].isin(marcadas)
    filas["puesto"] = [hallazgos.de_clasificacion(fila) for fila in filas.to_dict("records")]
    filas["rotulo"] = filas["posicion"].astype(int).astype(str) + ". " + filas["nombre"]
    return plantilla.llenar(
        _forma(modo),
        {
            "orden": filas["rotulo"].tolist(),
            "destacados": filas.loc[filas["foco"], "rotulo"].tolist(),
            "dominio": [0, hasta],
            "lugares": [0.5, ultimo + 0.5],
            "marcas": [1, (ultimo + 1) // 2, ultimo],
        },
        {"filas": filas[_COLUMNAS], "referencia": trazo.filas_referencia(referencia)},
        width=ancho,
        height=ALTO_FILA * len(filas),
    )


def mitades(tabla: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Las ciudades con cifra en dos partes iguales (la primera lleva la impar), en el orden de `posicion`."""
    filas = tabla[tabla["estado"] == "dato"].sort_values(["posicion", "nombre"], ignore_index=True)
    corte = math.ceil(len(filas) / 2)
    return filas.iloc[:corte], filas.iloc[corte:]


def describir(
    tabla: pd.DataFrame, titulo: str, marcadas: list[str], referencia: tuple[str, float] | None = None
) -> str:
    """Texto alternativo: cuántas ciudades, los extremos, el lugar de cada marcada, la referencia y las ausencias."""
    filas = tabla[tabla["estado"] == "dato"].sort_values(["posicion", "nombre"]).to_dict("records")
    if not filas:
        return tr("{titulo}. Ninguna ciudad tiene cifra en este periodo.", titulo=titulo)
    # La tabla puede ser media lista: el lugar es entre todos los de la lista entera.
    total = int(filas[0].get("lugares_con_cifra") or len(filas))
    partes = [
        tr("Clasificación de {filas} ciudades, de mayor a menor cifra. {titulo}.", filas=len(filas), titulo=titulo),
        tr("Primera: {nombre}, {filas}.", nombre=filas[0]["nombre"], filas=textos.cifra(filas[0])),
        tr("Última: {nombre}, {filas}.", nombre=filas[-1]["nombre"], filas=textos.cifra(filas[-1])),
    ]
    partes += [
        tr(
            "{nombre}: {de_clasificacion} de {total}, {cifra}.",
            nombre=f["nombre"],
            de_clasificacion=hallazgos.de_clasificacion(f),
            total=total,
            cifra=textos.cifra(f),
        )
        for f in filas
        if f["lugar"] in marcadas
    ]
    if referencia is not None:
        partes.append(
            tr(
                "Referencia, {referencia}: {referencia_2}.",
                referencia=referencia[0],
                referencia_2=textos.pct(referencia[1]),
            )
        )
    ausentes = tabla[tabla["estado"] != "dato"]
    for estado, grupo in ausentes.groupby("estado"):
        partes.append(
            tr(
                "{estado} en {grupo}: {nombre}.",
                estado=textos.ESTADO[str(estado)].capitalize(),
                grupo=len(grupo),
                nombre=textos.lista(sorted(grupo["nombre"])),
            )
        )
    return " ".join(partes)


def _con_rangos(filas: pd.DataFrame) -> pd.DataFrame:
    nada = [float("nan")] * len(filas)
    return filas.assign(**{c: filas[c].astype(float) if c in filas else nada for c in ("rango_inf", "rango_sup")})


@guardado
def _forma(modo: str) -> dict[str, Any]:
    p = tema.paleta(modo)
    base = alt.Chart()
    nombres = trazo.nombres(p, tamano=12)
    nombres["minExtent"] = nombres["maxExtent"] = ANCHO_NOMBRES
    y = alt.Y("rotulo:N", sort=["«orden»"], title=None, axis=nombres)
    color = alt.when("datum.foco").then(alt.value(p.acento)).otherwise(alt.value(p.tenue))
    globo = trazo.globo(alt.Tooltip("puesto:N", title=tr("Lugar en la lista")))
    x = alt.X(
        "valor_pct:Q",
        title=tr("por ciento"),
        scale=alt.Scale(domain=["«dominio»"], range=[0, _hasta(CORTE)], nice=False),
        axis=alt.Axis(tickCount=4, labelFontSize=12),
    )
    cifras = [
        trazo.barras(base, p, 1.5),
        base.mark_point(strokeWidth=1.8, opacity=1, size=60).encode(
            x=x, tooltip=globo, **trazo.precision(p, p.acento, p.neutro)
        ),
        *trazo.rotulos(base.encode(text="etiqueta:N", color=color), p, fontSize=12),
    ]
    con_rango = base.transform_filter("isValid(datum.rango_inf)")
    trazos = alt.when("datum.foco").then(alt.value(p.acento)).otherwise(alt.value(p.neutro))
    rangos = [
        con_rango.mark_rule(strokeWidth=5, opacity=0.45, strokeCap="round").encode(
            x=_por_lugar("rango_inf:Q"), x2="rango_sup:Q", color=trazos, tooltip=globo
        ),
        base.mark_tick(thickness=2, size=12).encode(x=_por_lugar("posicion:Q"), color=color, tooltip=globo),
    ]
    izquierda = trazo.sobre_referencia(p, alt.layer(*cifras).encode(y=y))
    figura = alt.layer(izquierda, alt.layer(*rangos).encode(y=y), data=alt.NamedData(name="filas")).resolve_scale(
        x="independent"
    )
    return plantilla.congelar(figura, modo)


def _por_lugar(columna: str) -> Any:
    escala = alt.Scale(domain=["«lugares»"], range=[_hasta(CORTE + 0.05), _hasta(1)], nice=False)
    return alt.X(
        columna, title=tr("lugar"), scale=escala, axis=alt.Axis(values=["«marcas»"], labelFontSize=12, orient="bottom")
    )


def _hasta(parte: float) -> Any:
    """Un punto del ancho de la figura, de 0 a 1."""
    return alt.ExprRef(f"{parte} * width")
