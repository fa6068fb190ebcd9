"""Lo que una persona lee en una página sin abrir nada: los textos, cuadro por cuadro, fuera de lo plegado."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Any

from streamlit.testing.v1 import AppTest

_CON_TEXTO = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "success", "error")
_OCULTO = re.compile(r"<[a-z]+ class='oculto'.*?</[a-z]+>", re.DOTALL)
_ETIQUETA = re.compile(r"<[^>]+>")


def cuadros(prueba: AppTest) -> list[str]:
    """El texto de cada pieza a la vista: párrafo, tarjeta, tabla entera, figura. Ni lo plegado ni lo oculto."""
    return [texto for texto in _recorrer(prueba.main) if texto]


def _recorrer(nodo: Any) -> Iterator[str]:
    for hijo in nodo.children.values():
        if getattr(hijo, "type", "") in ("expander", "status") and not hijo.proto.expanded:
            continue
        # De varias pestañas, sólo la primera está a la vista.
        if hasattr(hijo, "children"):
            pestanas = [h for h in hijo.children.values() if getattr(h, "type", "") == "tab"]
            yield from _recorrer(_Primera(pestanas[0])) if pestanas else _recorrer(hijo)
        else:
            yield _texto(hijo)


class _Primera:
    """Un bloque con una sola de sus pestañas."""

    def __init__(self, pestana: Any) -> None:
        self.children = {0: pestana}


def _texto(pieza: Any) -> str:
    clase = pieza.type
    if clase in _CON_TEXTO:
        return _sin_marcas(str(pieza.value))
    if clase == "html":
        return _sin_marcas(html.unescape(_ETIQUETA.sub(" ", _OCULTO.sub(" ", pieza.proto.body))))
    if clase in ("table", "arrow_table", "dataframe", "arrow_data_frame"):
        filas = pieza.value
        return " | ".join(str(x) for x in [*filas.columns, *filas.to_numpy().ravel()])
    if clase == "metric":
        return f"{pieza.label} {pieza.value} {pieza.delta or ''}"
    if clase == "vega_lite_chart" or "vega" in clase:
        # Los rótulos de la figura van en su texto alternativo: es lo que lee quien no la ve.
        return str(getattr(pieza.proto, "alt", ""))
    return ""


def _sin_marcas(texto: str) -> str:
    return re.sub(r"[*`\\]", "", _ETIQUETA.sub(" ", texto)).replace("\N{NO-BREAK SPACE}", " ")
