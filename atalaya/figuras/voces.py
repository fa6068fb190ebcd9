"""Las dos voces de cada recomendación en una escala: en el mismo sitio coinciden; si no, una raya las une."""

from __future__ import annotations

import textwrap
from typing import Any, Final

import altair as alt
import pandas as pd

from atalaya.figuras import barras, cuentas, plantilla, tema, textos
from atalaya.figuras.barras import Barra
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import Rotulos, guardado, tr

POSTURAS: Final = ("sin respuesta", "rechazada", "no atendida", "atendida en parte", "atendida")
QUIEN: Final = {"autoridad": "autoridad", "observatorio": "observatorio"}
ALTO: Final = 62
RELOJ: Final = Rotulos(
    {
        "a tiempo": "cabe en el plazo",
        "fuera de plazo": "no cabe en el plazo",
        "corriendo": "el plazo corre",
        "vencido sin cerrar": "el plazo venció y no consta que haya acabado",
        "sin plazo": "el documento no da plazo",
    }
)


def dibujar(filas: pd.DataFrame, modo: str = "claro", ancho: int | str = "container") -> Figura:
    """Un renglón por recomendación, en el orden en que vienen: círculo, la autoridad; cuadro, el observatorio."""
    puntos, rayas, rotulos = [], [], []
    for k, f in enumerate(filas.to_dict("records")):
        marca = "≠ " if f["acuerdo"] == "discrepan" else ""
        rotulos.append({"renglon": k, "rotulo": textwrap.shorten(f"{marca}{nombre(f)}", 64, placeholder="…")})
        donde = {voz: POSTURAS.index(f[f"{voz}_postura"]) for voz in QUIEN if isinstance(f[f"{voz}_postura"], str)}
        puntos += [{"renglon": k, "donde": d, "voz": voz, "postura": POSTURAS[d]} for voz, d in donde.items()]
        if len(set(donde.values())) == 2:
            rayas.append({"renglon": k, "desde": min(donde.values()), "hasta": max(donde.values())})
    datos = {
        "puntos": pd.DataFrame(puntos, columns=["renglon", "donde", "voz", "postura"]),
        "rayas": pd.DataFrame(rayas, columns=["renglon", "desde", "hasta"]),
        "rotulos": pd.DataFrame(rotulos, columns=["renglon", "rotulo"]),
    }
    return plantilla.llenar(_forma(modo), {}, datos, width=ancho, height=ALTO * max(1, len(filas)))


def describir(filas: pd.DataFrame) -> str:
    """Texto alternativo: qué dice cada voz de cada recomendación, primero donde discrepan."""
    orden = filas.assign(_o=filas["acuerdo"] != "discrepan").sort_values("_o", kind="stable").to_dict("records")
    dichos = [
        tr(
            "{cifra}: la autoridad, {autoridad_postura}; el observatorio, {observatorio_postura}{dicho}",
            cifra=nombre(f),
            autoridad_postura=f["autoridad_postura"] or tr("no ha hablado"),
            observatorio_postura=f["observatorio_postura"] or tr("no ha hablado"),
            dicho=" (discrepan)" if f["acuerdo"] == "discrepan" else "",
        )
        for f in orden
    ]
    cuantas = int((filas["acuerdo"] == "discrepan").sum())
    return tr(
        "Dos voces sobre {filas} recomendaciones, en una escala de sin respuesta a atendida; discrepan "
        "en {cuantas}. {dichos}.",
        filas=len(filas),
        cuantas=cuantas,
        dichos=". ".join(dichos),
    )


def nombre(f: Any) -> str:
    """«3. Que el protocolo…»."""
    numero = f"{int(f['numero'])}. " if pd.notna(f["numero"]) else ""
    return f"{numero}{f['texto']}"


def reloj(f: Any, modo: str = "claro", ancho: int | str = "container") -> Figura:
    """El plazo y lo que duró, en días, a la misma escala."""
    return barras.barras([Barra(rotulo, ((0.0, parte, clase),)) for rotulo, parte, clase in _reloj(f)], modo, ancho)


def decir_reloj(f: Any) -> str:
    """«El documento da hasta 180 días, que llegan al… El periodo va del… al…: 357 días, 177 más; no cabe en él.»."""
    if pd.isna(f["dias"]):
        return tr("Del {fecha}: sin fechas de día entero no se cuentan días.", fecha=cuentas.fecha(f["inicio"]))
    hasta = cuentas.fecha(f["fin"]) if f["cerrada"] else tr("hoy")
    dicho = tr(
        "El periodo va del {fecha} a{dicho} {hasta}: ",
        fecha=cuentas.fecha(f["inicio"]),
        dicho="l" if f["cerrada"] else "",
        hasta=hasta,
    )
    dicho += tr("**{dias} días**", dias=textos.entero(f["dias"]))
    if pd.isna(f["plazo_dias"]):
        return f"{dicho}; {RELOJ[f['reloj']]}."
    plazo = tr(
        "El documento da hasta **{plazo_dias} días**, que llegan al {fecha}",
        plazo_dias=int(f["plazo_dias"]),
        fecha=cuentas.fecha(f["limite"]),
    )
    pasan = int(f["dias"]) - int(f["plazo_dias"])
    mas = tr(", {pasan} más", pasan=pasan) if f["reloj"] == "fuera de plazo" else ""
    return f"{plazo}. {dicho}{mas}; {RELOJ[f['reloj']]}."


def _reloj(f: Any) -> list[tuple[str, float, str]]:
    plazo = 0 if pd.isna(f["plazo_dias"]) else int(f["plazo_dias"])
    dias = 0 if pd.isna(f["dias"]) else max(0, int(f["dias"]))
    todo = max(plazo, dias, 1)
    renglones = [(tr("hasta {plazo} días · plazo", plazo=plazo), plazo / todo, "hueco")] if plazo else []
    return [
        *renglones,
        (
            tr("{dias} días · {dicho}", dias=dias, dicho=tr("periodo") if f["cerrada"] else tr("lleva")),
            dias / todo,
            "lleno",
        ),
    ]


@guardado
def _forma(modo: str) -> dict[str, Any]:
    p = tema.paleta(modo)
    y = alt.Y("renglon:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0))
    escala = alt.Scale(domain=[-0.4, len(POSTURAS) - 0.6], nice=False)
    lista = ", ".join(f"'{postura}'" for postura in POSTURAS)
    eje = alt.Axis(
        values=list(range(len(POSTURAS))),
        labelExpr=f"split([{lista}][datum.value], ' ')",
        orient="bottom",
        grid=True,
        labelLineHeight=14,
    )
    x = alt.X("donde:Q", title=None, scale=escala, axis=eje)
    leyenda = alt.Legend(title=None, orient="top", symbolSize=140)
    voces = list(QUIEN)
    color = alt.Color("voz:N", scale=alt.Scale(domain=voces, range=[p.acento, p.series[1]]), legend=leyenda)
    forma = alt.Shape("voz:N", scale=alt.Scale(domain=voces, range=["circle", "square"]), legend=leyenda)
    puntos, rayas, rotulos = (plantilla.tabla(nombre) for nombre in ("puntos", "rayas", "rotulos"))
    marca = {"filled": False, "strokeWidth": 3, "opacity": 1, "yOffset": 12}
    capas = [
        rayas.mark_rule(strokeWidth=3, color=p.texto, strokeDash=[6, 4], yOffset=12).encode(
            y=y, x=alt.X("desde:Q", scale=escala), x2="hasta:Q"
        ),
        puntos.transform_filter("datum.voz === 'autoridad'")
        .mark_point(size=150, **marca)
        .encode(y=y, x=x, stroke=color, shape=forma, tooltip=[alt.Tooltip("voz:N"), alt.Tooltip("postura:N")]),
        # El cuadro es mayor que el círculo: donde coinciden se ven los dos, uno dentro de otro.
        puntos.transform_filter("datum.voz === 'observatorio'")
        .mark_point(size=420, **marca)
        .encode(y=y, x=x, stroke=color, shape=forma, tooltip=[alt.Tooltip("voz:N"), alt.Tooltip("postura:N")]),
        rotulos.mark_text(
            align="left", baseline="middle", dy=-16, fontSize=13, fontWeight="bold", color=p.texto
        ).encode(y=y, x=alt.value(0), text="rotulo:N"),
    ]
    return plantilla.congelar(alt.layer(*capas), modo)
