"""Mapa: el territorio que forma cada área urbana, pintado por clase de cifra. Cada ausencia tiene su trama.

Los datos van primero y la figura se busca por clave en el TopoJSON que sirve la propia aplicación: por reejecución
viajan sólo las filas (docs/fuentes/limites.md). Para descargar se incrusta el mapa, porque vl-convert no lee la URL.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any, Final

import altair as alt
import pandas as pd

from atalaya.figuras import plantilla, tema, textos, trazo
from atalaya.figuras.plantilla import Figura

URL: Final = "app/static/mapas/mx_areas.topojson"  # relativa: la absoluta falla con baseUrlPath
CLASES: Final = 5
SIN_CIFRA: Final = ("no_aplica", "no_levantado", "sin_dato")
RAYAS: Final = 10
ELEGIDA: Final = "elegida"
DUDOSA: Final = "contorno de puntos: precisión moderada o baja"
_COLUMNAS: Final = ["lugar", "nombre", "dicho", "intervalo", "clase", "dudosa", "foco"]


def panel(
    tabla: pd.DataFrame,
    caja: list[float],
    cortes: list[float],
    sentido: str,
    foco: list[str],
    modo: str = "claro",
    ancho: int | str = "container",
    alto: int = 470,
) -> Figura:
    """Un encuadre del mapa. `caja` en metros; `cortes`, límites de las clases; `foco`, áreas con contorno grueso.

    `tabla`: lugar, nombre, valor_pct, precision y estado de cada área.
    """
    filas = clasificar(tabla, cortes)
    filas["foco"] = filas["lugar"].isin(foco)
    filas["dudosa"] = filas["precision"].isin(["moderada", "baja"]) & (filas["estado"] == "dato")
    return plantilla.llenar(
        _forma(modo, sentido, tuple(c for c in SIN_CIFRA if c in set(filas["clase"]))),
        {},
        {"filas": filas[_COLUMNAS]},
        width=ancho,
        height=alto,
        projection=proyeccion(caja, ancho, alto),
    )


def clasificar(tabla: pd.DataFrame, cortes: list[float]) -> pd.DataFrame:
    """La tabla con `dicho` y `clase`: «0» a «4» si hay cifra; si no, `no_aplica`, `no_levantado` o `sin_dato`."""
    filas = trazo.con_dichos(tabla)
    filas["clase"] = [
        str(clase_de(v, cortes)) if e == "dato" else e if e in SIN_CIFRA else "sin_dato"
        for v, e in zip(filas["valor_pct"], filas["estado"], strict=True)
    ]
    return filas


def cortes_de(valores: pd.Series) -> list[float]:
    """Seis límites para cinco clases de igual ancho (múltiplo de cinco puntos) que abarcan todas las cifras."""
    v = valores.dropna()
    if v.empty:
        return [0.0, 20.0, 40.0, 60.0, 80.0, 100.0]
    desde = math.floor(v.min() / 5) * 5
    paso = max(5, math.ceil((v.max() - desde) / CLASES / 5) * 5)
    desde = max(0, min(desde, 100 - CLASES * paso))
    return [float(desde + k * paso) for k in range(CLASES + 1)]


def clase_de(valor: float, cortes: list[float]) -> int:
    """Número de clase, 0 a 4: incluye su límite inferior y excluye el superior (el último, lo incluye)."""
    return max(0, min(CLASES - 1, sum(valor >= corte for corte in cortes[1:-1])))


def rampa(p: tema.Paleta, sentido: str) -> tuple[str, ...]:
    """De menos a más: naranjas si más es peor, azules si no. La intensidad sola basta para leerla."""
    return p.peor if sentido == "mas_es_peor" else p.mejor


def proyeccion(caja: list[float], ancho: int | str, alto: int) -> dict[str, Any]:
    """La que hace caber `caja` (metros, ya proyectada) en el cuadro, centrada y con el norte arriba."""
    x_min, y_min, x_max, y_max = (round(v) for v in caja)
    x, y = (x_min + x_max) / 2, (y_min + y_max) / 2
    if isinstance(ancho, str):  # el ancho se sabrá en la pantalla; si manda él (un teléfono), el dibujo se pega arriba
        escala = f"min(width / {x_max - x_min}, {alto} / {y_max - y_min})"
        factor: Any = {"expr": escala}
        lugar: Any = {"expr": f"[width / 2 - {escala} * {x}, {escala} * {y_max}]"}
    else:
        factor = min(ancho / (x_max - x_min), alto / (y_max - y_min))
        lugar = [ancho / 2 - factor * x, alto / 2 + factor * y]
    # `identity` no usa `center`: está porque Vega-Lite funde las proyecciones que sólo difieren en escala y posición.
    return {"type": "identity", "reflectY": True, "scale": factor, "translate": lugar, "center": [x, y]}


def incrustar(spec: Any, mapa: dict[str, Any]) -> Any:
    """La especificación con el TopoJSON dentro, para dibujar fuera del navegador."""
    if isinstance(spec, list):
        return [incrustar(parte, mapa) for parte in spec]
    if not isinstance(spec, dict):
        return spec
    if spec.get("url") == URL:
        capa = spec["format"]["feature"]
        return {"values": mapa | {"objects": {capa: mapa["objects"][capa]}}, "format": spec["format"]}
    return {clave: incrustar(parte, mapa) for clave, parte in spec.items()}


def hay_dudosas(tabla: pd.DataFrame) -> bool:
    """Si alguna cifra tiene precisión moderada o baja."""
    return bool((tabla["precision"].isin(["moderada", "baja"]) & (tabla["estado"] == "dato")).any())


def leyenda(tabla: pd.DataFrame, cortes: list[float]) -> list[tuple[str, str, int]]:
    """Clave de clase, rótulo y cuántas áreas; primero las cifras, de mayor a menor, y luego las ausencias que haya."""
    cuenta = clasificar(tabla, cortes)["clase"].value_counts()
    renglones = [
        (
            str(k),
            f"{cortes[k]:g} a {'' if k == CLASES - 1 else 'menos de '}{cortes[k + 1]:g} %",
            int(cuenta.get(str(k), 0)),
        )
        for k in reversed(range(CLASES))
    ]
    dichos = {"no_aplica": "no aplica (sin policía municipal)", "no_levantado": "no se levantó", "sin_dato": "sin dato"}
    return renglones + [(c, dichos[c], int(cuenta[c])) for c in SIN_CIFRA if c in cuenta]


def leyenda_dibujada(tabla: pd.DataFrame, cortes: list[float], sentido: str, modo: str, ancho: int) -> Figura:
    """La leyenda como figura de un renglón o dos, para las descargas."""
    p = tema.paleta(modo)
    rellenos = {**{str(k): c for k, c in enumerate(rampa(p, sentido))}, "no_aplica": _trama(p.sin_cifra, p.contorno)}
    por_renglon = 4
    capas = []
    renglones = [(clase, f"{rotulo} ({cuantas})") for clase, rotulo, cuantas in leyenda(tabla, cortes)]
    renglones += [("elegida", ELEGIDA), *([("dudosa", DUDOSA)] if hay_dudosas(tabla) else [])]
    contornos: dict[str, tuple[str, float, list[int]]] = {
        "no_levantado": (p.contorno, 1, [3, 3]),
        "elegida": (p.texto, 3, [1, 0]),
        "dudosa": (p.texto, 1.2, [2, 2]),
    }
    for k, (clase, rotulo) in enumerate(renglones):
        x, y = ancho // por_renglon * (k % por_renglon), 10 + 22 * (k // por_renglon)
        relleno = rellenos.get(clase, p.sin_cifra if clase == "sin_dato" else p.rejilla)
        contorno, grueso, raya = contornos.get(clase, (p.contorno, 1, [1, 0]))
        base = alt.Chart(alt.InlineData(values=[{"rotulo": rotulo}]))
        capas += [
            base.mark_square(
                size=220, opacity=1, fill=relleno, stroke=contorno, strokeWidth=grueso, strokeDash=raya
            ).encode(x=alt.value(x + 8), y=alt.value(y)),
            base.mark_text(align="left", fontSize=13, color=p.texto).encode(
                x=alt.value(x + 22), y=alt.value(y), text="rotulo:N"
            ),
        ]
    alto = 22 * (1 + (len(capas) // 2 - 1) // por_renglon)
    return Figura(plantilla.congelar(alt.layer(*capas).properties(width=ancho, height=alto), modo))


def describir(tabla: pd.DataFrame, titulo: str, cortes: list[float], foco: list[str]) -> str:
    """Texto alternativo: cuántas áreas hay en cada clase y en cuál cae cada área elegida."""
    cuenta = [
        f"{textos.entero(n)} {'área' if n == 1 else 'áreas'} {dicho}" for _, dicho, n in leyenda(tabla, cortes) if n
    ]
    partes = [f"Mapa de áreas urbanas. {titulo}.", f"{'; '.join(cuenta)}."]
    partes += [f"{f['nombre']}: {textos.cifra(f)}." for f in tabla[tabla["lugar"].isin(foco)].to_dict("records")]
    return " ".join(partes)


@cache
def _forma(modo: str, sentido: str, presentes: tuple[str, ...]) -> dict[str, Any]:
    p = tema.paleta(modo)
    base = alt.Chart()
    clases = alt.Scale(domain=[str(k) for k in range(CLASES)], range=list(rampa(p, sentido)))
    relleno = alt.Color("clase:N", scale=clases, legend=None)
    fondo = alt.Chart(_geometria("fondo")).mark_geoshape(fill=p.rejilla, stroke=p.fondo, strokeWidth=0.8, clip=True)
    ausencias = {
        "no_aplica": {"fill": _trama(p.sin_cifra, p.contorno), "strokeWidth": 0.9},
        "no_levantado": {"fill": p.neutro, "fillOpacity": 0.35, "strokeWidth": 1.2, "strokeDash": [3, 3]},
        "sin_dato": {"fill": p.sin_cifra, "strokeWidth": 1.4},
    }
    capas = [
        _de(base, "con_cifra").mark_geoshape(stroke=p.contorno, strokeWidth=0.6, clip=True).encode(color=relleno),
        *(_de(base, clase).mark_geoshape(stroke=p.contorno, clip=True, **ausencias[clase]) for clase in presentes),
        base.transform_filter("datum.dudosa").mark_geoshape(
            filled=False, stroke=p.texto, strokeWidth=1.2, strokeDash=[2, 2], clip=True
        ),
        # Oscuro con orilla clara: se ve igual sobre lo más tenue y lo más intenso de la rampa.
        *(
            base.transform_filter("datum.foco").mark_geoshape(filled=False, stroke=color, strokeWidth=grueso, clip=True)
            for color, grueso in ((p.fondo, 6), (p.texto, 3))
        ),
    ]
    # La figura se busca una vez para todas las capas.
    areas = (
        alt.layer(*capas)
        .transform_lookup(lookup="lugar", from_=alt.LookupData(_geometria("areas"), key="id"), as_="figura")
        .encode(shape="figura:G", tooltip=trazo.globo())
    )
    return plantilla.congelar(alt.layer(fondo, areas, data=alt.NamedData(name="filas")), modo, con_ejes=False)


def _de(base: Any, clase: str) -> Any:
    if clase == "con_cifra":
        return base.transform_filter(f"indexof({list(SIN_CIFRA)!r}, datum.clase) < 0")
    return base.transform_filter(f"datum.clase === '{clase}'")


def _trama(fondo: str, raya: str) -> Any:
    """Rayas diagonales: Vega no tiene tramas, pero un degradado de cortes bruscos lo es."""
    paradas = [
        {"offset": (k + parte) / RAYAS, "color": color}
        for k in range(RAYAS)
        for parte, color in ((0.0, fondo), (0.72, fondo), (0.72, raya), (1.0, raya))
    ]
    return {"gradient": "linear", "x1": 0, "y1": 0, "x2": 1, "y2": 1, "stops": paradas}


def _geometria(capa: str) -> Any:
    return alt.UrlData(url=URL, format=alt.TopoDataFormat(type="topojson", feature=capa))
