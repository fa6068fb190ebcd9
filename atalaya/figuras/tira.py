"""Tira: dónde cae una ciudad entre todas. Un renglón por indicador, una raya por ciudad, el foco encima."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import pandas as pd

from atalaya.figuras import plantilla, tema, textos, trazo
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import guardado, tr

ALTO_FILA: Final = 78


def tira(
    tabla: pd.DataFrame,
    foco: str,
    grupo: list[str],
    orden: list[str],
    modo: str = "claro",
    ancho: int | str = "container",
) -> Figura:
    """Todas las ciudades como rayas; las del `grupo`, como círculos; el `foco`, con su cifra; la nacional, más alta.

    `tabla`: una fila por lugar e indicador con lugar, nombre, indicador_corto, valor_pct, precision y estado; `MX` es
    la nacional. `orden`: los indicadores (indicador_corto) de arriba abajo.
    """
    filas = trazo.con_dichos(tabla[tabla["estado"] == "dato"])
    filas["papel"] = [
        "nacional" if lugar == "MX" else "foco" if lugar == foco else "grupo" if lugar in grupo else "otra"
        for lugar in filas["lugar"]
    ]
    filas["foco"] = filas["papel"] == "foco"
    columnas = [
        "indicador_corto",
        "nombre",
        "valor_pct",
        "precision",
        "dicho",
        "intervalo",
        "etiqueta",
        "papel",
        "foco",
    ]
    return plantilla.llenar(
        _forma(modo),
        {"orden": orden, "destacados": orden, "dominio": [0, 100]},
        {"filas": filas[columnas]},
        width=ancho,
        height=ALTO_FILA * len(orden),
    )


def describir(tabla: pd.DataFrame, titulo: str, foco: str, grupo: list[str], orden: list[str]) -> str:
    """Texto alternativo: por indicador, la cifra del foco, la nacional y entre qué valores están las del grupo."""
    partes = [tr("Tira de puntos. {titulo}.", titulo=titulo)]
    for nombre in orden:
        filas = tabla[(tabla["indicador_corto"] == nombre) & (tabla["estado"] == "dato")]
        de_foco, nacional = filas[filas["lugar"] == foco], filas[filas["lugar"] == "MX"]
        de_grupo = filas[filas["lugar"].isin(grupo)]["valor_pct"]
        dicho = [f"{f['nombre']} {textos.cifra(f)}" for f in de_foco.to_dict("records")]
        dicho += [tr("nacional {valor_pct}", valor_pct=textos.pct(f["valor_pct"])) for f in nacional.to_dict("records")]
        if len(de_grupo):
            dicho.append(
                tr(
                    "{de_grupo} ciudades del grupo entre {desde} y {hasta}",
                    de_grupo=len(de_grupo),
                    desde=textos.pct(de_grupo.min()),
                    hasta=textos.pct(de_grupo.max()),
                )
            )
        partes.append(f"{nombre}: {'; '.join(dicho) or tr('sin cifras')}.")
    return " ".join(partes)


# Junto a la orilla la cifra se escribe hacia adentro: en un teléfono, centrada, no cabría.
_LADO: Final = "datum.valor_pct > 85 ? 'right' : datum.valor_pct < 10 ? 'left' : 'center'"


@guardado
def _forma(modo: str) -> dict[str, Any]:
    p = tema.paleta(modo)
    base = alt.Chart()
    capas = [
        _de(base, "otra").mark_tick(thickness=2, size=20, color=p.neutro, opacity=0.55).encode(tooltip=trazo.globo()),
        _de(base, "nacional").mark_tick(thickness=2.5, size=34, color=p.referencia).encode(tooltip=trazo.globo()),
        _de(base, "nacional").mark_text(dy=25, fontSize=12, color=p.tenue).encode(text=alt.value(tr("nacional"))),
        _de(base, "grupo")
        .mark_point(size=90, strokeWidth=1.5, opacity=0.95)
        .encode(tooltip=trazo.globo(), **trazo.precision(p, p.series[1], p.series[1])),
        _de(base, "foco")
        .mark_point(**{**trazo.PUNTO, "size": 240})
        .encode(tooltip=trazo.globo(), **trazo.precision(p, p.acento, p.acento)),
        _de(base, "foco")
        .mark_text(dy=-24, fontSize=15, fontWeight="bold", color=p.acento, align=alt.expr(_LADO))
        .encode(text="etiqueta:N"),
    ]
    y = alt.Y("indicador_corto:N", sort=["«orden»"], title=None, axis=trazo.nombres(p))
    figura = alt.layer(*capas, data=alt.NamedData(name="filas")).encode(y=y, x=trazo.por_ciento())
    return plantilla.congelar(figura, modo)


def _de(base: Any, papel: str) -> Any:
    return base.transform_filter(f"datum.papel === '{papel}'")
