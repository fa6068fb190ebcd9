"""Lo dicho frente a la cifra, en la misma escala: arriba la frase, abajo la encuesta con su error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from atalaya import periodos
from atalaya.estadistica import afirmaciones
from atalaya.figuras import lectura_dichos, plantilla, tema, textos, trazo
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import anotado, guardado, tr

ALTO_FILA: Final = 50
DICHO: Final = anotado("Lo dicho")
CIFRA: Final = anotado("La cifra")
OTRO: Final = anotado("Otro periodo")
_COLUMNAS: Final = ["renglon", "papel", "valor", "inf", "sup", "etiqueta", "anclaje", "antes", "metodo_error"]


def dibujar(
    frase: Mapping[str, Any],
    cifra: Mapping[str, Any],
    cercanas: Sequence[Mapping[str, Any]] = (),
    modo: str = "claro",
    ancho: int | str = "container",
) -> Figura:
    """Un renglón para lo dicho, uno para la cifra de su periodo y, apagados, los de otros periodos.

    La banda son los valores que la frase admite: el redondeo con que se dice, o los lugares. Un nivel va de 0 a 100 por
    ciento; un lugar, de 1 a cuántos son. `cifra` y `cercanas`: filas de `mostrar/consultar` con posición y rangos.
    """
    de_lista = frase["clase"] in afirmaciones.DE_LISTA
    filas = pd.DataFrame(_filas(frase, cifra, cercanas, de_lista), columns=[*_COLUMNAS[:6], "metodo_error"])
    dominio = [0.5, _cuantos(cifra, cercanas) + 0.5] if de_lista else [0.0, 100.0]
    desde, hasta = _banda(frase, de_lista)
    # Lo dicho se rotula a un lado de su banda; la cifra, encima de su punto: su intervalo puede ocupar todo el eje.
    antes = hasta > dominio[0] + 0.62 * (dominio[1] - dominio[0])
    filas = filas.assign(antes=antes, anclaje=desde if antes else hasta)
    banda = pd.DataFrame([{"renglon": r, "inf": desde, "sup": hasta} for r in filas["renglon"][:2]])
    return plantilla.llenar(
        _forma(modo),
        {
            "orden": filas["renglon"].tolist(),
            "destacados": filas["renglon"][:2].tolist(),
            "dominio": dominio,
            "marcas": _marcas(int(dominio[1])) if de_lista else [0, 25, 50, 75, 100],
            "eje": tr("lugar, de la cifra más alta a la más baja") if de_lista else tr("por ciento"),
        },
        {"filas": filas[_COLUMNAS], "banda": banda if pd.notna(desde) else banda.head(0)},
        width=ancho,
        height=ALTO_FILA * len(filas),
    )


def describir(
    frase: Mapping[str, Any], veredicto: str, lectura: str, cercanas: Sequence[Mapping[str, Any]] = ()
) -> str:
    """Texto alternativo: lo dicho, el veredicto, la respuesta y, como otra cosa, los otros periodos."""
    otros = textos.lista([lectura_dichos.cercana(c, frase.get("conjunto")) for c in cercanas])
    aparte = tr(" Otra cosa, no la respuesta: {otros}.", otros=otros) if otros else ""
    dicho = lectura_dichos.decir(frase) or tr("sin cifra")
    if isinstance(frase.get("periodo"), str):
        dicho += tr(" de {periodo}", periodo=periodos.nombre_mes(frase["periodo"]))
    return tr(
        "Lo dicho frente a la cifra. Se dijo {dicho}. {rotulo}. {lectura}{aparte}",
        dicho=dicho,
        rotulo=lectura_dichos.ROTULO[veredicto],
        lectura=lectura,
        aparte=aparte,
    )


def _filas(
    frase: Mapping[str, Any], cifra: Mapping[str, Any], cercanas: Sequence[Mapping[str, Any]], de_lista: bool
) -> list[dict[str, Any]]:
    dicho = lectura_dichos.decir(frase).partition(" (")[0]
    cuando = periodos.corto(cifra["periodo"])
    valor = float("nan") if pd.isna(frase["valor"]) else float(frase["valor"])
    return [
        {"renglon": f"{tr(DICHO)}\n{cuando}", "papel": "dicho", "valor": valor, "etiqueta": dicho},
        {"renglon": f"{tr(CIFRA)}\n{cuando}", "papel": "cifra", **_estimado(cifra, de_lista)},
        *(
            {"renglon": f"{tr(OTRO)}\n{periodos.corto(una['periodo'])}", "papel": "otro", **_estimado(una, de_lista)}
            for una in cercanas
        ),
    ]


def _estimado(cifra: Mapping[str, Any], de_lista: bool) -> dict[str, Any]:
    if cifra["estado"] != "dato":
        return {"etiqueta": textos.ESTADO[cifra["estado"]]}
    if de_lista:
        valor, inf, sup = (float(cifra[c]) if pd.notna(cifra[c]) else float("nan") for c in _DE_LISTA)
        etiqueta = textos.ordinal(int(valor)) if pd.notna(valor) else tr("sin lugar")
    else:
        valor, inf, sup = (float(cifra[c]) for c in ("valor_pct", "ic_inf", "ic_sup"))
        etiqueta = textos.pct(valor)
    return {"valor": valor, "inf": inf, "sup": sup, "etiqueta": etiqueta, "metodo_error": cifra["metodo_error"]}


_DE_LISTA: Final = ("posicion", "rango_inf", "rango_sup")


def _banda(frase: Mapping[str, Any], de_lista: bool) -> tuple[float, float]:
    valor = frase["valor"]
    if pd.isna(valor):
        return float("nan"), float("nan")
    if not de_lista:
        desde, hasta = afirmaciones.admitidos(valor, frase["precision_dicha"])
        # Con un decimal la banda sería un pelo: se ensancha lo justo para verse.
        return min(desde, valor - 0.4), max(hasta, valor + 0.4)
    return (0.5 if frase["clase"] == afirmaciones.PRIMEROS else valor - 0.5), valor + 0.5


def _cuantos(cifra: Mapping[str, Any], cercanas: Sequence[Mapping[str, Any]]) -> int:
    vistos = [int(c["lugares_con_cifra"]) for c in (cifra, *cercanas) if pd.notna(c["lugares_con_cifra"])]
    return max(vistos, default=1)


@guardado
def _forma(modo: str) -> dict[str, Any]:
    p = tema.paleta(modo)
    base = alt.Chart()
    x = alt.X(
        "valor:Q",
        title="«eje»",
        scale=alt.Scale(domain=["«dominio»"], nice=False, zero=False),
        axis=alt.Axis(values=["«marcas»"], format="d"),
    )
    intervalo = base.transform_filter("isValid(datum.inf) && datum.papel !== 'dicho'")
    capas = [
        plantilla.tabla("banda")
        .mark_rect(color=p.series[1], opacity=0.22, stroke=p.series[1], strokeWidth=1, strokeDash=[3, 3])
        .encode(x=alt.X("inf:Q"), x2="sup:Q"),
        _de(intervalo, "cifra")
        .mark_rule(strokeWidth=3, color=p.acento)
        .encode(x="inf:Q", x2="sup:Q", strokeDash=trazo.raya()),
        _de(intervalo, "otro")
        .mark_rule(strokeWidth=2, color=p.neutro)
        .encode(x="inf:Q", x2="sup:Q", strokeDash=trazo.raya()),
        _de(base, "dicho").mark_tick(thickness=4, size=26, color=p.series[1]).encode(x=x),
        _de(base, "cifra").mark_point(**trazo.PUNTO, color=p.acento, fill=p.acento).encode(x=x),
        _de(base, "otro").mark_point(**{**trazo.PUNTO, "size": 90}, color=p.neutro, fill=p.fondo).encode(x=x),
        *trazo.rotulos(_de(base, "dicho").encode(text="etiqueta:N"), p, fontSize=15),
        *_encima(_de(base, "cifra"), p, x, fontSize=15, fontWeight="bold"),
        *_encima(_de(base, "otro"), p, x, fontStyle="italic", color=p.tenue),
    ]
    y = alt.Y("renglon:N", sort=["«orden»"], title=None, axis=trazo.nombres(p, 13))
    figura = alt.layer(*capas, data=alt.NamedData(name="filas")).encode(y=y)
    return plantilla.congelar(figura, modo)


def _encima(base: Any, p: tema.Paleta, x: alt.X, **marca: Any) -> list[Any]:
    """El rótulo sobre el punto; lo que no tiene cifra se escribe al principio del renglón."""
    con, sin = (base.transform_filter(f"{no}isValid(datum.valor)").encode(text="etiqueta:N") for no in ("", "!"))
    return [
        *trazo.etiqueta(con.encode(x=x), p, dy=-15, **marca),
        *trazo.etiqueta(sin.encode(x=alt.value(4)), p, align="left", fontStyle="italic", color=p.texto, fontSize=14),
    ]


def _marcas(cuantos: int) -> list[int]:
    """Los lugares que se escriben en el eje: todos o, si son muchos, el primero, las decenas y el último."""
    if cuantos <= _POCOS:
        return list(range(1, cuantos + 1))
    return [1, *range(10, cuantos - 3, 10), cuantos]


_POCOS: Final = 12


def _de(base: Any, papel: str) -> Any:
    return base.transform_filter(f"datum.papel === '{papel}'")
