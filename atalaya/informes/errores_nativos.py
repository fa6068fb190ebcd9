"""Barras de error en un gráfico nativo de PowerPoint, con un valor propio por punto (ECMA-376, 21.2.2.55 `errBars`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

import pandas as pd
from lxml import etree
from pptx.oxml.ns import qn

ANTES: Final = ("c:cat", "c:val", "c:xVal", "c:yVal", "c:smooth", "c:shape", "c:extLst")
"""Lo que en una serie va después de `errBars`: PowerPoint pide reparar el archivo si el orden no es el del esquema."""


def poner_errores(serie: Any, menos: Iterable[float], mas: Iterable[float], eje: str = "y") -> None:
    """Añade a una serie de python-pptx sus barras, hacia lo menos y hacia lo más; sin intervalo no hay barra.

    `eje`: en una dispersión, `x` o `y`; en barras el esquema no lo admite y no se escribe.
    """
    bajos, altos = list(menos), list(mas)
    if all(pd.isna(v) for v in (*bajos, *altos)):
        return
    barras = etree.SubElement(serie._element, qn("c:errBars"))
    if serie._element.getparent().tag in (qn("c:lineChart"), qn("c:scatterChart")):
        _valor(barras, "c:errDir", eje)
    _valor(barras, "c:errBarType", "both")
    _valor(barras, "c:errValType", "cust")
    _valor(barras, "c:noEndCap", "0")
    _numeros(barras, "c:plus", altos)
    _numeros(barras, "c:minus", bajos)
    trazo = etree.SubElement(barras, qn("c:spPr"))
    linea = etree.SubElement(trazo, qn("a:ln"), w="19050")
    relleno = etree.SubElement(linea, qn("a:solidFill"))
    etree.SubElement(relleno, qn("a:srgbClr"), val="44525E")
    despues = next(hijo for hijo in serie._element if hijo.tag in {qn(nombre) for nombre in ANTES})
    despues.addprevious(barras)


def _valor(padre: Any, nombre: str, valor: str) -> None:
    etree.SubElement(padre, qn(nombre), val=valor)


def _numeros(padre: Any, nombre: str, valores: list[float]) -> None:
    numeros = etree.SubElement(etree.SubElement(padre, qn(nombre)), qn("c:numLit"))
    etree.SubElement(numeros, qn("c:formatCode")).text = "General"
    _valor(numeros, "c:ptCount", str(len(valores)))
    for k, valor in enumerate(valores):
        if not pd.isna(valor):
            punto = etree.SubElement(numeros, qn("c:pt"), idx=str(k))
            etree.SubElement(punto, qn("c:v")).text = repr(float(valor))
