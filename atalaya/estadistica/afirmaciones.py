"""¿Se sostiene lo que alguien dijo? Una frase con cifra contra la estimación de la encuesta, con su error.

Cuatro veredictos. `reproducida`: la cifra, con el redondeo con que se dice, es la dicha. `dentro_del_error`: no lo es,
pero el intervalo admite alguno de los valores que la frase admite. `contradicha`: no admite ninguno. `no_comprobable`:
no hay con qué. La regla y su porqué, en docs/estadistica.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

import pandas as pd

from atalaya import periodos
from atalaya.catalogo.descargas import Direccion, direcciones

VEREDICTOS: Final = ("reproducida", "dentro_del_error", "contradicha", "no_comprobable")
NIVEL: Final = "nivel"
POSICION: Final = "posición"
PRIMEROS: Final = "entre los primeros"
OTRA: Final = "otra"
DE_LISTA: Final = (POSICION, PRIMEROS)
"""Las clases que hablan del lugar entre otros; `nivel` habla de la cifra."""
_DE_CADA: Final = re.compile(r"(\d{1,4})\s+de\s+(?:cada\s+)?(\d{1,5})", re.IGNORECASE)
_NUMERO: Final = re.compile(r"(\d{1,4}(?:[.,]\d{1,4})?)\s*(?:%|por ciento|\.?\s?[º°oª])?", re.IGNORECASE)
_POLVO: Final = 1e-9
"""Lo que una cuenta con decimales puede desviarse de su valor exacto."""


@dataclass(frozen=True)
class Juicio:
    """El veredicto de una frase y, si no se pudo comprobar, por qué (clave de `figuras.lectura_dichos.MOTIVOS`)."""

    veredicto: str
    motivo: str = ""


def juzgar(clase: str, valor: float, precision: float, cifra: Mapping[str, Any]) -> Juicio:
    """El juicio de una frase contra su cifra: fila de `mostrar/consultar`; las de lista, con posición y rangos."""
    if clase not in (NIVEL, *DE_LISTA):
        return Juicio("no_comprobable", "sin_cuenta")
    if pd.isna(valor):
        return Juicio("no_comprobable", "sin_valor")
    if cifra["estado"] != "dato":
        return Juicio("no_comprobable", str(cifra["estado"]))
    if clase == NIVEL:
        return de_nivel(valor, precision, cifra["valor_pct"], cifra["ic_inf"], cifra["ic_sup"])
    if pd.isna(cifra["posicion"]):
        return Juicio("no_comprobable", "fuera_de_lista")
    de = de_posicion if clase == POSICION else de_los_primeros
    return de(int(valor), int(cifra["posicion"]), cifra["rango_inf"], cifra["rango_sup"])


def de_nivel(valor: float, precision: float, estimado: float, ic_inf: float, ic_sup: float) -> Juicio:
    """Una frase que dice cuánto. `precision`: con qué redondeo (10 si «7 de cada 10»); ausente, el de sus decimales."""
    desde, hasta = admitidos(valor, precision)
    if desde - _POLVO <= estimado < hasta - _POLVO or (hasta == 100 and estimado == 100):
        return Juicio("reproducida")
    if pd.isna(ic_inf) or pd.isna(ic_sup):
        return Juicio("no_comprobable", "sin_error")
    return Juicio("dentro_del_error" if ic_inf < hasta and ic_sup >= desde else "contradicha")


def de_posicion(valor: int, posicion: int, rango_inf: Any, rango_sup: Any) -> Juicio:
    """Una frase que dice un lugar («6.º»), contra el estimado y su intervalo de rangos conjunto."""
    if posicion == valor:
        return Juicio("reproducida")
    if pd.isna(rango_inf):
        return Juicio("no_comprobable", "sin_error")
    return Juicio("dentro_del_error" if rango_inf <= valor <= rango_sup else "contradicha")


def de_los_primeros(valor: int, posicion: int, rango_inf: Any, rango_sup: Any) -> Juicio:
    """Una frase que dice estar entre los `valor` primeros: la contradice sólo un intervalo de rangos más abajo."""
    del rango_sup  # que pueda estar más abajo no la contradice: la deja sin asegurar, y se dice aparte
    if posicion <= valor:
        return Juicio("reproducida")
    if pd.isna(rango_inf):
        return Juicio("no_comprobable", "sin_error")
    return Juicio("dentro_del_error" if rango_inf <= valor else "contradicha")


def asegurada(clase: str, valor: float, precision: float, cifra: Mapping[str, Any]) -> bool:
    """Si todo lo que el error admite cumple la frase. Reproducida dice que la cifra es ésa; esto, que no otra."""
    if clase == NIVEL:
        desde, hasta = admitidos(valor, precision)
        return bool(cifra["ic_inf"] >= desde and cifra["ic_sup"] < hasta)
    if pd.isna(cifra["rango_sup"]):
        return False
    if clase == POSICION:
        return bool(cifra["rango_inf"] == cifra["rango_sup"] == valor)
    return bool(cifra["rango_sup"] <= valor)


def admitidos(valor: float, precision: float) -> tuple[float, float]:
    """Los por cientos que, redondeados, se dicen así: «7 de cada 10» (70, de 10 en 10) es de 65 a menos de 75."""
    medio = redondeo(valor, precision) / 2
    return max(0.0, valor - medio), min(100.0, valor + medio)


def redondeo(valor: float, precision: float) -> float:
    """El paso con que se dice un valor: el declarado o, si no lo hay, el de su último decimal (45.6, de 0.1 en 0.1)."""
    if not pd.isna(precision) and precision > 0:
        return float(precision)
    exponente = Decimal(repr(float(valor))).normalize().as_tuple().exponent
    return float(Decimal(1).scaleb(min(int(exponente), 0)))


def leer(texto: str) -> tuple[float, float] | None:
    """Cuánto dice «7 de cada 10», «45.6 %» o «6.º», y con qué redondeo (NaN: el de sus decimales); None si nada."""
    if hallado := _DE_CADA.fullmatch(texto.strip()):
        parte, total = float(hallado[1]), float(hallado[2])
        return (100 * parte / total, 100 / total) if total > 0 and parte <= total else None
    hallado = _NUMERO.fullmatch(texto.strip())
    return (float(hallado[1].replace(",", ".")), float("nan")) if hallado else None


def cercanos(periodo: str, con_cifra: list[str]) -> list[str]:
    """El periodo con cifra más cercano antes y el más cercano después, del mismo tipo; ninguno si no los hay."""
    tipo, ordinal = periodos.partes(periodo).tipo, periodos.partes(periodo).ordinal
    mismos = sorted((periodos.partes(p).ordinal, p) for p in con_cifra if periodos.partes(p).tipo == tipo)
    antes = [p for cuando, p in mismos if cuando < ordinal][-1:]
    return antes + [p for cuando, p in mismos if cuando > ordinal][:1]


def archivos(fuente: str, periodo: str) -> list[tuple[Direccion, str]]:
    """Los archivos oficiales que traen ese periodo de esa fuente, según `descargas.csv`: su fila y su nombre."""
    partes = periodos.partes(periodo)
    # El archivo de un semestre es el del trimestre en que acaba.
    pedido = f"{partes.anio}T{2 * partes.numero}" if partes.tipo == "semestre" else periodo
    tipo = periodos.partes(pedido).tipo
    suyas = [d for d in direcciones() if d.fuente == fuente and periodos.partes(d.desde).tipo == tipo]
    return [(d, d.llenar(d.archivo, pedido)) for d in suyas if d.cubre(pedido)]
