"""Evolución: una línea por ciudad. Un periodo sin cifra corta la línea; jamás se une con una recta."""

from __future__ import annotations

from typing import Any, Final

import altair as alt
import pandas as pd

from atalaya import periodos
from atalaya.figuras import tema, textos, trazo

ALTO: Final = 340
NACIONAL: Final = "MX"
_COLUMNAS: Final = [
    "serie",
    "nombre",
    "pos",
    "periodo_dicho",
    "valor_pct",
    "precision",
    "estado",
    "tramo",
    "ic_inf",
    "ic_sup",
    "dicho",
    "etiqueta",
]
CAUSA: Final = {
    "no_levantado": "no se levantó",
    "no_incorporado": "sin libro por ciudad",
    "no_publicado": "no publicado",
    "no_disponible": "sin dato",
    "no_aplica": "no aplica",
}
"""Cómo se rotula cada causa en la franja, de la que más explica a la que menos."""


def lineas(
    tabla: pd.DataFrame,
    orden: list[str],
    modo: str = "claro",
    ancho: int | str = "container",
    alto: int = ALTO,
    dominio: tuple[float, float] | None = None,
) -> Any:
    """Líneas con huecos, de una sola tabla ya completa: una fila por lugar y periodo del calendario, con su estado.

    `tabla`: lugar, nombre, periodo, valor_pct, precision, estado (también `no_levantado` y `no_incorporado`) y, si los
    hay, ic_inf e ic_sup. `orden`: las claves en el orden en que toman color y forma; `MX` va siempre punteada.
    """
    p = tema.paleta(modo)
    filas = completar(tabla)
    ejes = calendario(filas)
    nombres = _nombres(filas, orden)
    desde, hasta = dominio or dominio_eje(filas)
    x = alt.X(
        "pos:Q",
        title=None,
        scale=alt.Scale(domain=[-0.4, len(ejes) - 0.6], nice=False),
        axis=alt.Axis(
            values=list(range(len(ejes))), labelExpr=_rotulos(ejes), grid=False, labelOverlap="parity", labelFlush=False
        ),
    )
    escala = alt.Scale(domain=[desde, hasta], nice=False, zero=False, clamp=True)
    y = alt.Y("valor_pct:Q", title="por ciento", scale=escala, axis=alt.Axis(tickCount=6))
    color, forma, raya = _codificar(nombres, p, 2 if isinstance(ancho, str) else 5)
    base = alt.Chart(filas.loc[filas["estado"] == "dato", _COLUMNAS])
    capas = [
        *_huecos(filas, ejes, p),
        base.transform_filter("isValid(datum.ic_inf)")
        .mark_rule(strokeWidth=1.5, opacity=0.6)
        .encode(x=x, y=alt.Y("ic_inf:Q", scale=escala), y2="ic_sup:Q", color=color),
        base.mark_line(strokeWidth=2.5).encode(x=x, y=y, color=color, strokeDash=raya, detail="tramo:N"),
        base.mark_point(size=64, strokeWidth=2, opacity=1).encode(
            x=x,
            y=y,
            shape=forma,
            stroke=color,
            fill=alt.when(trazo.HUECA).then(alt.value(p.fondo)).otherwise(color),
            fillOpacity=alt.when(trazo.SIN_CLASE).then(alt.value(0.4)).otherwise(alt.value(1)),
            tooltip=trazo.globo(alt.Tooltip("periodo_dicho:N", title="Periodo")),
        ),
    ]
    return alt.layer(*capas).properties(width=ancho, height=alto)


def completar(tabla: pd.DataFrame) -> pd.DataFrame:
    """La tabla con `pos` (lugar en el calendario), `tramo` (cambia en cada hueco) y las cifras dichas en palabras."""
    filas = trazo.con_dichos(tabla)
    calendario_ = sorted(filas["periodo"].unique(), key=periodos.clave_orden)
    filas["pos"] = filas["periodo"].map({periodo: k for k, periodo in enumerate(calendario_)})
    filas["periodo_dicho"] = filas["periodo"].map(periodos.nombre_mes)
    filas["serie"] = filas["nombre"]
    filas = filas.sort_values(["lugar", "pos"], ignore_index=True)
    # Una línea de Vega une los puntos de un mismo grupo: cada racha sin interrupción es un grupo aparte.
    corte = (filas["estado"] != "dato").groupby(filas["lugar"]).cumsum()
    filas["tramo"] = filas["lugar"] + "/" + corte.astype(str)
    return filas


def calendario(filas: pd.DataFrame) -> list[str]:
    """Los periodos del eje, en orden."""
    return sorted(filas["periodo"].unique(), key=periodos.clave_orden)


def dominio_eje(filas: pd.DataFrame) -> tuple[float, float]:
    """Límites del eje en decenas, con al menos 30 puntos de alto: un cambio de un punto no llena la pantalla."""
    valores = filas["valor_pct"].dropna()
    if valores.empty:
        return 0.0, 100.0
    desde, hasta = (valores.min() - 3) // 10 * 10, -(-(valores.max() + 3) // 10) * 10
    falta = max(0.0, 30 - (hasta - desde))
    desde = max(0.0, desde - falta // 20 * 10)
    return desde, min(100.0, max(hasta, desde + 30))


def describir(tabla: pd.DataFrame, titulo: str, orden: list[str]) -> str:
    """Texto alternativo: de cada ciudad, primera y última cifra y sus extremos; y qué periodos faltan y por qué."""
    filas = completar(tabla)
    partes = [f"Gráfico de líneas. {titulo}."]
    for clave in orden:
        serie = filas[(filas["lugar"] == clave)]
        con_cifra = serie[serie["estado"] == "dato"]
        nombre = serie["nombre"].iloc[0] if len(serie) else clave
        if con_cifra.empty:
            partes.append(f"{nombre}: sin cifras en el intervalo.")
            continue
        a, z = con_cifra.iloc[0], con_cifra.iloc[-1]
        por_cifra = con_cifra.sort_values("valor_pct")
        alto, bajo = por_cifra.iloc[-1], por_cifra.iloc[0]
        partes.append(
            f"{nombre}: {textos.pct(a['valor_pct'])} en {a['periodo_dicho']} y {textos.pct(z['valor_pct'])} en "
            f"{z['periodo_dicho']}; máximo {textos.pct(alto['valor_pct'])} ({alto['periodo_dicho']}), "
            f"mínimo {textos.pct(bajo['valor_pct'])} ({bajo['periodo_dicho']})."
        )
    for estado, sin_cifra in vacios(filas).items():
        cuales = textos.lista([periodos.nombre_mes(v) for v in sin_cifra])
        partes.append(f"Ninguna ciudad tiene cifra ({CAUSA[estado]}) en {cuales}.")
    return " ".join(partes)


def vacios(filas: pd.DataFrame) -> dict[str, list[str]]:
    """Los periodos en que ninguna ciudad tiene cifra, por causa. La nacional no cuenta: su serie es más larga.

    Si unas filas dan una causa y otras otra, manda la primera de CAUSA.
    """
    ciudades = filas[filas["lugar"] != NACIONAL]
    por_periodo = (ciudades if len(ciudades) else filas).groupby("periodo")["estado"].agg(set)
    hallados: dict[str, list[str]] = {}
    for periodo in sorted(por_periodo.index, key=periodos.clave_orden):
        causas = [causa for causa in CAUSA if causa in por_periodo[periodo]]
        if causas and "dato" not in por_periodo[periodo]:
            hallados.setdefault(causas[0], []).append(str(periodo))
    return hallados


def _huecos(filas: pd.DataFrame, ejes: list[str], p: tema.Paleta) -> list[Any]:
    """Franjas de los periodos sin cifra para nadie, con la causa escrita de arriba abajo."""
    bandas = []
    for estado, sin_cifra in vacios(filas).items():
        for inicio, fin in _rachas([ejes.index(v) for v in sin_cifra]):
            bandas.append({"x": inicio - 0.5, "x2": fin + 0.5, "medio": (inicio + fin) / 2, "causa": CAUSA[estado]})
    if not bandas:
        return []
    base = alt.Chart(pd.DataFrame(bandas))
    return [
        base.mark_rect(color=p.rejilla, opacity=0.55).encode(x="x:Q", x2="x2:Q"),
        base.mark_text(angle=270, fontSize=12, fontStyle="italic", color=p.tenue, align="center").encode(
            x="medio:Q", y=alt.value({"expr": "height/2"}), text="causa:N"
        ),
    ]


def _rachas(posiciones: list[int]) -> list[tuple[int, int]]:
    rachas: list[tuple[int, int]] = []
    for k in posiciones:
        if rachas and rachas[-1][1] == k - 1:
            rachas[-1] = (rachas[-1][0], k)
        else:
            rachas.append((k, k))
    return rachas


def _rotulos(ejes: list[str]) -> str:
    """Mes abreviado y, en el primer periodo de cada año (o al empezar el eje), el año debajo."""
    rotulos = []
    for k, periodo in enumerate(ejes):
        corto = periodos.corto(periodo)
        mes, _, anio = corto.rpartition(" ")
        nuevo = k == 0 or periodos.corto(ejes[k - 1]).rpartition(" ")[2] != anio
        rotulos.append([mes or anio, anio if nuevo and mes else ""])
    return f"{rotulos!r}[datum.value]"


def _nombres(filas: pd.DataFrame, orden: list[str]) -> dict[str, str]:
    por_clave = dict(zip(filas["lugar"], filas["nombre"], strict=True))
    return {clave: por_clave[clave] for clave in orden if clave in por_clave}


def _codificar(nombres: dict[str, str], p: tema.Paleta, columnas: int) -> tuple[Any, Any, Any]:
    """Color, forma y raya de cada serie. La nacional: color del texto y punteada."""
    ciudades = [clave for clave in nombres if clave != NACIONAL]
    colores, formas, rayas = [], [], []
    for clave in nombres:
        k = ciudades.index(clave) if clave in ciudades else -1
        colores.append(p.referencia if k < 0 else p.series[k % len(p.series)])
        formas.append("circle" if k < 0 else tema.FORMAS_SERIE[k % len(tema.FORMAS_SERIE)])
        rayas.append([5, 4] if k < 0 else [1, 0])
    dominio = list(nombres.values())
    leyenda = alt.Legend(title=None, orient="top", columns=columnas, symbolSize=110, symbolStrokeWidth=2)
    return (
        alt.Color("serie:N", scale=alt.Scale(domain=dominio, range=colores), legend=leyenda),
        alt.Shape("serie:N", scale=alt.Scale(domain=dominio, range=formas), legend=leyenda),
        alt.StrokeDash("serie:N", scale=alt.Scale(domain=dominio, range=rayas), legend=leyenda),
    )
