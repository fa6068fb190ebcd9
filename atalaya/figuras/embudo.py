"""El embudo de un proceso: cuántas unidades territoriales han llegado a cada etapa, de cuántas."""

from __future__ import annotations

from typing import Any

import pandas as pd

from atalaya.figuras import barras, cuentas, textos
from atalaya.figuras.barras import Barra
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import tr

_CLASE_ESTADO = {"suprimido": "rayado", "no celebrado": "cruz"}


def embudo(filas: pd.DataFrame, modo: str = "claro", ancho: int | str = "container") -> Figura:
    """`filas`: las de `mostrar/embudo` de un proceso, en orden."""
    return barras.barras(renglones(filas), modo, ancho)


def renglones(filas: pd.DataFrame) -> list[Barra]:
    """Una barra por etapa; el todo es el denominador o, si no lo hay, la mayor."""
    contadas = filas.loc[filas["estado"] == "dato", "valor"]
    mayor = float(contadas.max()) if len(contadas) else 0.0
    return [Barra(f"{fila['etapa'].capitalize()}: {dicho(fila)}", _tramos(fila, mayor)) for fila in _filas(filas)]


def dicho(fila: dict[Any, Any]) -> str:
    """«53 de 130 (41 %)», «el documento no lo dice», «no se celebró»."""
    cuanto = cuentas.decir(fila["estado"], fila["valor"], fila["alcance"])
    if pd.isna(fila["parte_pct"]):
        return cuanto
    return tr(
        "{cuanto} de {total} ({parte_pct})",
        cuanto=cuanto,
        total=cuentas.numero(fila["total"]),
        parte_pct=textos.pct(fila["parte_pct"], 0),
    )


def describir(filas: pd.DataFrame, nombre: str) -> str:
    """Texto alternativo: qué se lee del embudo."""
    dichos = [f"{fila['etapa']}, {dicho(fila)}" for fila in _filas(filas)]
    sin_etapa = int(filas["sin_etapa"].max())
    resto = tr(" De {sin_etapa} unidades no se dice la etapa.", sin_etapa=sin_etapa) if sin_etapa else ""
    return tr(
        "Barras: unidades territoriales que llegaron a cada etapa. {nombre}: {dichos}.{resto}",
        nombre=nombre,
        dichos="; ".join(dichos),
        resto=resto,
    )


def _filas(filas: pd.DataFrame) -> list[dict[Any, Any]]:
    return list(filas.to_dict("records"))


def _tramos(fila: dict[Any, Any], mayor: float) -> tuple[tuple[float, float, str], ...]:
    if fila["estado"] != "dato":
        clase = _CLASE_ESTADO.get(fila["estado"], "partido")
        return ((0.0, 0.0 if clase == "cruz" else 1.0, clase),)
    todo = fila["total"] if pd.notna(fila["total"]) else mayor
    return ((0.0, min(1.0, fila["valor"] / todo) if todo else 0.0, "lleno"), (0.0, 1.0, "hueco"))
