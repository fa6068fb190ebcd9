"""El avance de planes y ejes en barras, y cómo se dice cada situación: la ausencia de reporte nunca es un cero."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from atalaya.estadistica.avance import Avance
from atalaya.figuras import barras, textos
from atalaya.figuras.barras import Barra
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import Rotulos, tr

SITUACION: Final = Rotulos(
    {
        "tarde": "tarde: el plazo pasó y no llega a su meta",
        "vencido sin reporte": "el plazo pasó y nadie reportó: no se sabe",
        "no reportado": "no reportado",
        "en plazo": "en plazo",
        "sin plazo": "sin plazo dicho",
        "cumplió": "llegó a su meta",
    }
)
SIGNO: Final = {
    "tarde": "⚠",
    "vencido sin reporte": "?",
    "no reportado": "?",
    "en plazo": "→",
    "sin plazo": "→",
    "cumplió": "✓",
}
VOCES: Final = Rotulos(
    {
        "discrepan": "≠ discrepan",
        "coinciden": "✓ coinciden",
        "sólo el autoinforme": "sólo el autoinforme",
        "sólo la independiente": "sólo la independiente",
        "ninguna": "ninguna",
    }
)
REGLA: Final = Rotulos({"media": "media simple", "ponderada": "media con los pesos del plan"})
_LETRAS: Final = 50
"""Lo que cabe en un teléfono: un rótulo más largo encogería las barras."""


def dibujar(
    resumidos: Sequence[tuple[Avance, Sequence[Avance]]], modo: str = "claro", ancho: int | str = "container"
) -> Figura:
    """Una barra por plan y, debajo, una por eje. Sin reporte, la barra va vacía y de contorno partido.

    Lo que no tiene ningún compromiso enumerado no lleva barra: no hay de qué.
    """
    renglones = [
        _barra(uno, k > 0) for plan, ejes in resumidos for k, uno in enumerate([plan, *ejes]) if uno.compromisos
    ]
    return barras.barras(renglones, modo, ancho)


def describir(resumidos: Sequence[tuple[Avance, Sequence[Avance]]]) -> str:
    """Texto alternativo: el avance de cada plan y eje, cuántos no reportan, cuántos van tarde y cuántos discrepan."""
    dichos = [decir(uno) for plan, ejes in resumidos for uno in [plan, *ejes]]
    return tr("Barras del avance reportado, de 0 a 100 %, por plan y eje. {dichos}", dichos=" ".join(dichos))


def decir(uno: Avance) -> str:
    """«4.º Plan de Acción: no reportado; 13 de 13 compromisos sin reporte. 13 con el plazo vencido y sin reporte.»."""
    partes = [f"{uno.nombre}: {cifra(uno)}; {faltan(uno)}"]
    if uno.avance_pct is not None and uno.sin_reporte:
        partes.append(
            tr(
                "con los que faltan, estaría entre {minimo} y {maximo}",
                minimo=textos.pct(uno.minimo, 0),
                maximo=textos.pct(uno.maximo, 0),
            )
        )
    partes += [tr("{tarde} tarde", tarde=uno.tarde)] if uno.tarde else []
    partes += (
        [tr("{vencidos_sin_reporte} con el plazo vencido y sin reporte", vencidos_sin_reporte=uno.vencidos_sin_reporte)]
        if uno.vencidos_sin_reporte
        else []
    )
    partes += [tr("en {discrepan} discrepan las dos voces", discrepan=uno.discrepan)] if uno.discrepan else []
    return "; ".join(partes) + "."


def cifra(uno: Avance) -> str:
    """«95 % de avance (media simple)»; «no reportado»; «no se puede ponderar»."""
    if uno.avance_pct is not None:
        return tr("{avance_pct} de avance ({regla})", avance_pct=textos.pct(uno.avance_pct, 0), regla=REGLA[uno.regla])
    return tr("no se resume: {motivo}", motivo=uno.motivo) if uno.motivo else tr("no reportado")


def faltan(uno: Avance) -> str:
    """«10 de 13 compromisos sin reporte»; «su único compromiso, con reporte»; que no los enumera."""
    if not uno.compromisos:
        return tr("el documento no enumera sus compromisos")
    if uno.compromisos == 1:
        return tr("su único compromiso, {dicho} reporte", dicho=tr("con") if uno.con_reporte else tr("sin"))
    if not uno.sin_reporte:
        return tr("sus {compromisos} compromisos, con reporte", compromisos=uno.compromisos)
    return tr(
        "{sin_reporte} de {compromisos} compromisos sin reporte",
        sin_reporte=uno.sin_reporte,
        compromisos=uno.compromisos,
    )


def avance(fila: Mapping[Any, Any]) -> str:
    """El avance de un compromiso frente a su meta: «95 % de una meta de 100 %»; «no reportado»."""
    if pd.isna(fila["avance_pct"]):
        return tr("no reportado")
    meta = (
        tr(" de una meta de {pct}", pct=_pct(fila["meta"])) if pd.notna(fila["meta_pct"]) else tr(" (sin meta dicha)")
    )
    dicho = f"{_pct(fila['avance_pct'])}{meta}"
    if fila["avance_de"] == "actividades":
        dicho += tr(
            " (media de {actividades_reportadas} de {actividades} actividades con reporte)",
            actividades_reportadas=fila["actividades_reportadas"],
            actividades=fila["actividades"],
        )
    return dicho


def _pct(valor: float) -> str:
    return textos.pct(valor, 0 if float(valor).is_integer() else 1)


def _barra(uno: Avance, es_eje: bool) -> Barra:
    nombre = f"{tr('eje: ') if es_eje else ''}{uno.nombre}"
    if uno.avance_pct is None:
        cuanto = tr("no se resume") if uno.motivo else tr("{compromisos} sin reporte", compromisos=uno.compromisos)
        return Barra(_corto(f"{cuanto} · {nombre}"), ((0.0, 1.0, "partido"),))
    hasta = min(max(uno.avance_pct / 100, 0), 1)
    cuanto = tr(
        "{avance_pct} ({con_reporte} de {compromisos})",
        avance_pct=textos.pct(uno.avance_pct, 0),
        con_reporte=uno.con_reporte,
        compromisos=uno.compromisos,
    )
    return Barra(_corto(f"{cuanto} · {nombre}"), ((0.0, hasta, "lleno"), (0.0, 1.0, "hueco")))


def _corto(rotulo: str) -> str:
    return textwrap.shorten(rotulo, _LETRAS, placeholder="…")
