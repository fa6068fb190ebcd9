"""Puntos ordenados: varias ciudades, un indicador, un periodo. La posición en el eje es la cifra."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import pandas as pd

from atalaya.figuras import plantilla, tema, textos, trazo
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import guardado, tr

ALTO_FILA: Final = 32
ALTO_DOBLE: Final = 44
"""El de una fila cuyo nombre va en dos renglones, porque dice de qué encuesta y periodo es."""
_COLUMNAS: Final = [
    *("nombre", "valor_pct", "precision", "estado", "ic_inf", "ic_sup", "metodo_error"),
    *("dicho", "intervalo", "etiqueta", "anclaje", "antes", "foco", "ajena", "nacional_pct", "nacional"),
]


def puntos(
    tabla: pd.DataFrame,
    foco: str = "",
    referencia: tuple[str, float] | None = None,
    modo: str = "claro",
    ancho: int | str = "container",
    tope: float | None = None,
) -> Figura:
    """Gráfico de puntos de mayor a menor; las ausencias van al final, con su nombre en lugar de punto.

    `tabla`: una fila por lugar con lugar, nombre, valor_pct, precision, estado y, si los hay, ic_inf, ic_sup y
    metodo_error; `ajena`, verdadero en las de otra encuesta. `foco`: clave del lugar que se destaca. `referencia`:
    nombre y cifra de la línea de la nacional; `nacional_pct`, si cada fila tiene la suya: una marca en su renglón. Un
    nombre con salto de línea va en dos renglones.
    """
    hasta = tope or trazo.tope_eje(*tabla["valor_pct"], referencia[1] if referencia else 0)
    filas = trazo.con_anclaje(ordenar(tabla), hasta, referencia)
    propias = filas["nacional_pct"] if "nacional_pct" in filas else pd.Series(float("nan"), filas.index)
    filas = filas.assign(
        foco=filas["lugar"] == foco,
        ajena=filas.get("ajena", False),
        nacional_pct=propias,
        nacional=[tr("nacional {v:,.1f}", v=v) if pd.notna(v) else "" for v in propias],
    )
    alto = ALTO_DOBLE if filas["nombre"].str.contains("\n").any() else ALTO_FILA
    return plantilla.llenar(
        _forma(modo),
        {
            "orden": filas["nombre"].tolist(),
            "destacados": filas.loc[filas["foco"], "nombre"].tolist(),
            "dominio": [0, hasta],
        },
        {"filas": filas[_COLUMNAS], "referencia": trazo.filas_referencia(referencia)},
        width=ancho,
        height=alto * len(filas),
    )


def ordenar(tabla: pd.DataFrame) -> pd.DataFrame:
    """Las filas de mayor a menor (ausencias al final), con lo que dice su etiqueta; si ya lo están, ellas."""
    if "etiqueta" in tabla:
        return tabla
    orden = ["valor_pct", "nombre"]
    return trazo.con_dichos(tabla).sort_values(orden, ascending=[False, True], na_position="last", ignore_index=True)


def describir(tabla: pd.DataFrame, titulo: str, referencia: tuple[str, float] | None = None) -> str:
    """Texto alternativo: las cifras de mayor a menor, la referencia y las ausencias con su causa."""
    filas = ordenar(tabla)
    partes_de = zip(filas["nombre"], filas["estado"], filas["valor_pct"], filas["precision"], strict=True)
    dichas = [
        (nombre.replace("\n", ", "), estado, textos.decir(estado, valor, clase))
        for nombre, estado, valor, clase in partes_de
    ]
    con_cifra = [f"{nombre} {dicho}" for nombre, estado, dicho in dichas if estado == "dato"]
    ausentes = [f"{nombre}, {dicho}" for nombre, estado, dicho in dichas if estado != "dato"]
    partes = [tr("Gráfico de puntos. {titulo}.", titulo=titulo)]
    if con_cifra:
        partes.append(tr("De mayor a menor: {con_cifra}.", con_cifra="; ".join(con_cifra)))
    if referencia is not None:
        partes.append(
            tr(
                "Referencia, {referencia}: {referencia_2}.",
                referencia=referencia[0],
                referencia_2=textos.pct(referencia[1]),
            )
        )
    if ausentes:
        partes.append(tr("Sin cifra: {ausentes}.", ausentes="; ".join(ausentes)))
    return " ".join(partes)


def _rotulo_nacional(base: Any, p: tema.Paleta) -> list[Any]:
    """Bajo su marca; cerca de un extremo del eje, hacia adentro, para no salirse de él."""
    parte = "datum.nacional_pct / «dominio»[1]"
    lados = (("left", f"{parte} < 0.2"), ("center", f"{parte} >= 0.2 && {parte} <= 0.8"), ("right", f"{parte} > 0.8"))
    return [
        base.transform_filter(filtro).mark_text(align=lado, dy=20, fontSize=12, color=p.tenue).encode(text="nacional:N")
        for lado, filtro in lados
    ]


@guardado
def _forma(modo: str) -> dict[str, Any]:
    p = tema.paleta(modo)
    x = trazo.por_ciento()
    base = alt.Chart()
    con_cifra = base.transform_filter("datum.estado === 'dato'")
    de_la_nacion = base.transform_filter("isValid(datum.nacional_pct)").encode(x="nacional_pct:Q")
    capas = [
        de_la_nacion.mark_tick(thickness=2.5, size=26, color=p.referencia),
        *_rotulo_nacional(de_la_nacion, p),
        trazo.barras(con_cifra, p),
        con_cifra.mark_point(**trazo.PUNTO).encode(
            x=x, tooltip=trazo.globo(), **trazo.precision(p, p.acento, p.series[1])
        ),
        *trazo.rotulos(con_cifra.encode(text="etiqueta:N"), p),
        base.transform_filter("datum.estado !== 'dato'")
        .mark_text(align="left", dx=4, fontSize=13, fontStyle="italic", color=p.tenue)
        .encode(x=alt.datum(0), text="dicho:N"),
    ]
    y = alt.Y("nombre:N", sort=["«orden»"], title=None, axis=trazo.nombres(p))
    return plantilla.congelar(trazo.sobre_referencia(p, alt.layer(*capas).encode(y=y)), modo)
