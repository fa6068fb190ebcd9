"""Evolución: una línea por ciudad. Un periodo sin cifra corta la línea; jamás se une con una recta."""

from __future__ import annotations

from functools import cache
from typing import Any, Final

import altair as alt
import pandas as pd

from atalaya import catalogo, periodos
from atalaya.catalogo import Ruptura
from atalaya.estadistica.pruebas import CAMBIOS
from atalaya.figuras import cronologia, hallazgos, plantilla, tema, textos, trazo
from atalaya.figuras.cobertura import NACIONES
from atalaya.figuras.plantilla import Figura

ALTO: Final = 340
FRANJA_LEGIBLE: Final = 28
"""Con más periodos que éstos, una franja de un solo periodo es más angosta que su rótulo, y no lo lleva."""
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
    "metodo_error",
    "solo",
    "marca_previo",
    "marca_anual",
    "dicho",
    "intervalo",
]
_FORMA_NACION: Final = {"MX": "circle", "CL": "square"}
_RAYA_NACION: Final = {"MX": [5, 4], "CL": [2, 3]}
CAUSA: Final = {
    "no_levantado": "no se levantó",
    "sin_cifra_propia": "aún no se publicaba",
    "varias": "sin cifra",
    "no_incorporado": "falta su archivo",
    "no_publicado": "no publicado",
    "no_disponible": "sin dato",
    "suprimido": "suprimida",
    "no_aplica": "no aplica",
}
"""Cómo se rotula cada causa en la franja. `sin_cifra_propia`: la encuesta no llegaba ahí o lo publicaba dentro de otra
área; `varias`: a unas ciudades les falta por una causa y a otras por otra (el detalle va debajo de la figura)."""


def lineas(
    tabla: pd.DataFrame,
    orden: list[str],
    modo: str = "claro",
    ancho: int | str = "container",
    alto: int = ALTO,
    dominio: tuple[float, float] | None = None,
) -> Figura:
    """Líneas con huecos, de una sola tabla ya completa: una fila por lugar y periodo del calendario, con su estado.

    `tabla`: lugar, nombre, periodo, valor_pct, precision, estado (también `no_levantado` y `no_incorporado`) y, si los
    hay, ic_inf, ic_sup, metodo_error y los de `pruebas.con_cambios`. `orden`: las claves en el
    orden en que toman color y forma; las naciones van siempre punteadas. Donde una serie cambia hay una regla vertical
    y la línea se corta.
    """
    filas = completar(tabla)
    ejes = cronologia.eje(filas["periodo"])
    return plantilla.llenar(
        _forma(modo, 2 if isinstance(ancho, str) else 5),
        {
            "posiciones": cronologia.marcas(ejes),
            "rotulos": cronologia.rotulos(ejes),
            "calendario": [-0.4, len(ejes) - 0.6],
            "dominio": list(dominio or dominio_eje(filas)),
            **_series(filas, orden, tema.paleta(modo)),
        },
        {
            "filas": filas.loc[filas["estado"] == "dato", _COLUMNAS],
            "huecos": _huecos(filas, ejes),
            "rupturas": _rupturas(filas, ejes),
        },
        width=ancho,
        height=alto,
    )


def completar(tabla: pd.DataFrame) -> pd.DataFrame:
    """La tabla con `pos` (lugar en el calendario), `tramo` (cambia en cada hueco) y las cifras dichas en palabras."""
    filas = trazo.con_dichos(tabla)
    ejes = cronologia.eje(filas["periodo"])
    filas["pos"] = filas["periodo"].map(cronologia.posiciones(filas["periodo"], ejes))
    filas["periodo_dicho"] = filas["periodo"].map(periodos.nombre_mes)
    filas["serie"] = filas["nombre"]
    filas = filas.sort_values(["lugar", "pos"], ignore_index=True)
    # Una línea de Vega une los puntos de un mismo grupo: cada racha sin interrupción es un grupo aparte.
    # Ni un hueco ni un cambio de serie se cruzan: tras él empieza otro grupo.
    corte = (filas["estado"] != "dato").groupby(filas["lugar"]).cumsum()
    filas["tramo"] = filas["lugar"] + "/" + corte.astype(str)
    for una in cronologia.cambios_de_serie(filas):
        despues = filas["pos"] >= cronologia.lugar_de(una, ejes)
        filas.loc[despues & _alcanzadas(filas, una), "tramo"] += f"/{una.periodo}"
    con_cifra = (filas["estado"] == "dato").groupby(filas["tramo"]).transform("sum")
    filas["solo"] = con_cifra == 1
    for contra in CAMBIOS:
        filas[f"marca_{contra}"] = _marcas(filas, contra)
    return filas


def _marcas(filas: pd.DataFrame, contra: str) -> list[str]:
    """El triángulo de cada cambio probado: lleno si resiste la corrección, hueco si sólo supera su margen."""
    if f"cambio_{contra}" not in filas:
        return [""] * len(filas)
    partes = zip(filas[f"cambio_{contra}"], filas[f"diferencia_{contra}"], strict=True)
    return [
        hallazgos.MARCAS_SOLAS["sube" if diferencia > 0 else "baja"]
        if veredicto == "no_con_holm"
        else hallazgos.MARCAS.get(veredicto, "")
        for veredicto, diferencia in partes
    ]


def dominio_eje(filas: pd.DataFrame) -> tuple[float, float]:
    """Límites del eje en decenas, con al menos 30 puntos de alto: un cambio de un punto no llena la pantalla."""
    # También los intervalos: una banda cortada por el eje parecería más angosta de lo que es.
    cuales = [filas[c].astype(float) for c in ("valor_pct", "ic_inf", "ic_sup") if c in filas]
    valores = pd.concat(cuales).dropna()
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
    nombres = dict(zip(filas["lugar"], filas["nombre"], strict=True))
    puntos: dict[str, list[tuple[float, str]]] = {}
    for clave, estado, valor, cuando in zip(
        filas["lugar"], filas["estado"], filas["valor_pct"], filas["periodo_dicho"], strict=True
    ):
        if estado == "dato":
            puntos.setdefault(clave, []).append((valor, cuando))
    for clave in orden:
        suyos = puntos.get(clave)
        if not suyos:
            partes.append(f"{nombres.get(clave, clave)}: sin cifras en el intervalo.")
            continue
        (primera, a), (ultima, z), (mayor, alto), (menor, bajo) = suyos[0], suyos[-1], max(suyos), min(suyos)
        partes.append(
            f"{nombres[clave]}: {textos.pct(primera)} en {a} y {textos.pct(ultima)} en {z}; "
            f"máximo {textos.pct(mayor)} ({alto}), mínimo {textos.pct(menor)} ({bajo})."
        )
    for estado, sin_cifra in cronologia.vacios(filas).items():
        cuales = textos.lista([periodos.nombre_mes(v) for v in sin_cifra])
        partes.append(f"Ninguna ciudad tiene cifra ({CAUSA[estado]}) en {cuales}.")
    for una in cronologia.cambios_de_serie(filas):
        desde = periodos.nombre_mes(una.periodo)
        partes.append(f"En {desde} cambia la serie y no se compara con lo anterior: {una.descripcion}")
    return " ".join(partes)


def _huecos(filas: pd.DataFrame, ejes: list[str]) -> pd.DataFrame:
    """Las franjas de los periodos sin cifra para ninguna ciudad: de dónde a dónde y por qué."""
    bandas = [
        {
            "x": inicio - 0.5,
            "x2": fin + 0.5,
            "medio": (inicio + fin) / 2,
            "causa": "" if len(ejes) > FRANJA_LEGIBLE and inicio == fin else CAUSA[estado],
        }
        for estado, sin_cifra in cronologia.vacios(filas).items()
        for inicio, fin in cronologia.rachas([ejes.index(v) for v in sin_cifra])
    ]
    return pd.DataFrame(bandas, columns=["x", "x2", "medio", "causa"])


def _rupturas(filas: pd.DataFrame, ejes: list[str]) -> pd.DataFrame:
    """Las reglas verticales, entre el último periodo de antes y el primero de después; de qué encuesta, si hay dos."""
    halladas = cronologia.cambios_de_serie(filas)
    varias = len({catalogo.indicador(clave).fuente for clave in filas["indicador"].unique()}) > 1
    donde = sorted({(cronologia.lugar_de(una, ejes) - 0.5, una.fuente.upper() if varias else "") for una in halladas})
    marcas = [(x, cronologia.RUPTURA + (f" ({encuesta})" if encuesta else "")) for x, encuesta in donde]
    return pd.DataFrame(marcas, columns=["x", "rotulo"])


def _alcanzadas(filas: pd.DataFrame, ruptura: Ruptura) -> pd.Series:
    toca = [
        ruptura.alcanza(catalogo.indicador(indicador).fuente, lugar, indicador)
        for indicador, lugar in zip(filas["indicador"], filas["lugar"], strict=True)
    ]
    return pd.Series(toca, filas.index, dtype=bool)


def _series(filas: pd.DataFrame, orden: list[str], p: tema.Paleta) -> dict[str, list[Any]]:
    """Nombre, color, forma y raya de cada serie. Las naciones: color del texto, cada una con su punteado."""
    por_clave = dict(zip(filas["lugar"], filas["nombre"], strict=True))
    claves = [clave for clave in orden if clave in por_clave]
    ciudades = [clave for clave in claves if clave not in NACIONES]
    lugar = [ciudades.index(clave) if clave not in NACIONES else -1 for clave in claves]
    return {
        "series": [por_clave[clave] for clave in claves],
        "colores": [p.referencia if k < 0 else p.series[k % len(p.series)] for k in lugar],
        "formas": [
            _FORMA_NACION[clave] if k < 0 else tema.FORMAS_SERIE[k % len(tema.FORMAS_SERIE)]
            for clave, k in zip(claves, lugar, strict=True)
        ],
        "rayas": [_RAYA_NACION[clave] if k < 0 else [1, 0] for clave, k in zip(claves, lugar, strict=True)],
    }


@cache
def _forma(modo: str, columnas: int) -> dict[str, Any]:
    p = tema.paleta(modo)
    ticks = alt.Axis(
        values=["«posiciones»"],
        labelExpr="«rotulos»[datum.value]",
        grid=False,
        labelOverlap="parity",
        labelFlush=False,
    )
    x = alt.X("pos:Q", title=None, scale=alt.Scale(domain=["«calendario»"], nice=False), axis=ticks)
    escala = alt.Scale(domain=["«dominio»"], nice=False, zero=False, clamp=True)
    y = alt.Y("valor_pct:Q", title="por ciento", scale=escala, axis=alt.Axis(tickCount=6))
    leyenda = alt.Legend(title=None, orient="top", columns=columnas, symbolSize=110, symbolStrokeWidth=2)
    color = alt.Color("serie:N", scale=alt.Scale(domain=["«series»"], range=["«colores»"]), legend=leyenda)
    forma = alt.Shape("serie:N", scale=alt.Scale(domain=["«series»"], range=["«formas»"]), legend=leyenda)
    raya = alt.StrokeDash("serie:N", scale=alt.Scale(domain=["«series»"], range=["«rayas»"]), legend=leyenda)
    base, huecos, rupturas = alt.Chart(), plantilla.tabla("huecos"), plantilla.tabla("rupturas")
    capas = [
        huecos.mark_rect(color=p.rejilla, opacity=0.55).encode(x=alt.X("x:Q"), x2="x2:Q"),
        rupturas.mark_rule(color=p.texto, strokeWidth=1.5, strokeDash=[8, 3, 2, 3]).encode(x=alt.X("x:Q")),
        *_bandas(base.transform_filter("isValid(datum.ic_inf)"), x, escala, color),
        *_triangulos(base, p, x, y, color),
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
        # El rótulo de la franja, encima de todo y con halo: una línea que la cruce no lo tapa.
        *trazo.etiqueta(
            huecos.encode(x="medio:Q", y=alt.value(6), text="causa:N"),
            p,
            angle=270,
            fontSize=12,
            fontStyle="italic",
            color=p.tenue,
            align="right",
        ),
        *trazo.etiqueta(
            rupturas.encode(x=alt.X("x:Q"), y=alt.value(6), text="rotulo:N"),
            p,
            angle=270,
            dy=-8,
            fontSize=12,
            fontWeight="bold",
            color=p.texto,
            align="right",
        ),
    ]
    return plantilla.congelar(alt.layer(*capas, data=alt.NamedData(name="filas")), modo)


def _bandas(base: Any, x: Any, escala: Any, color: Any) -> list[Any]:
    """La banda de confianza de cada racha, de orilla punteada si el error es modelado; una cifra sola, su barra."""
    inf, sup = alt.Y("ic_inf:Q", scale=escala), alt.Y("ic_sup:Q", scale=escala)
    racha = base.transform_filter("!datum.solo")
    orilla = [
        racha.transform_filter(filtro)
        .mark_line(strokeWidth=1, opacity=0.55, strokeDash=trazos)
        .encode(x=x, y=y, color=color, detail="tramo:N")
        for filtro, trazos in ((trazo.MODELADO, trazo.PUNTEADO), (f"!({trazo.MODELADO})", [1, 0]))
        for y in (inf, sup)
    ]
    return [
        racha.mark_area(opacity=0.1).encode(x=x, y=inf, y2="ic_sup:Q", color=color, detail="tramo:N"),
        *orilla,
        base.transform_filter("datum.solo")
        .mark_rule(strokeWidth=1.5, opacity=0.6)
        .encode(x=x, y=inf, y2="ic_sup:Q", color=color, strokeDash=trazo.raya()),
    ]


def _triangulos(base: Any, p: tema.Paleta, x: Any, y: Any, color: Any) -> list[Any]:
    """Los cambios probados: arriba del punto, con el periodo anterior; abajo, con el de un año antes."""
    capas = []
    for contra, paso in (("previo", -13), ("anual", 14)):
        suyas = base.transform_filter(f"datum.marca_{contra} !== ''").encode(x=x, y=y, text=f"marca_{contra}:N")
        halo, marca = trazo.etiqueta(suyas, p, dy=paso, fontSize=13)
        capas += [halo, marca.encode(color=color)]
    return capas
