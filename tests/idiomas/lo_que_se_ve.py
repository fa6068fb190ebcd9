"""Todo texto que una página corrida con `AppTest` manda al navegador: elementos, figuras y tablas."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

import pyarrow as pa
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.message import Message
from streamlit.testing.v1 import AppTest

_NO_SE_LEE: Final = {
    *("id", "form_id", "key", "user_key", "element_id", "deferred_file_id", "mark", "page", "app_id", "name"),
    *("icon", "url", "url_path", "app_page_url_path", "query_string", "upload_url", "file_urls_json"),
    *(
        "page_script_hash",
        "main_script_hash",
        "script_hash",
        "language",
        "mime",
        "code_text",
        "format",
        "css",
        "anchor",
    ),
    *("theme", "width", "height", "color", "type", "alignment", "selection_mode", "stylable", "avatar"),
}
"""Campos de los mensajes de Streamlit que no son texto para nadie. `code_text`: direcciones, SQL y guiones."""
_INTERNAS: Final = {
    *("precision", "papel", "clase", "metodo_error", "estado", "visto", "forma", "archivo", "metodo", "color", "id"),
    *("indicador", "lugar", "periodo", "documento", "tipo", "veredicto", "falta", "marca_previo", "marca_anual"),
}
"""Columnas de las figuras que escogen un color, una forma o un filtro y no se escriben."""
_DE_VEGA: Final = ("title", "text", "labelExpr", "description", "domain", "values", "expr")
_CALLADO: Final = ("$schema", "datasets", "data", "field", "type", "as", "filter", "name", "href", "font", "align")


def textos(prueba: AppTest) -> Iterator[str]:
    """Cada texto a la vista, en la página y en la barra de la izquierda."""
    for mensaje in _mensajes(prueba):
        yield from _cadenas(mensaje)
        yield from _de_tablas(mensaje)


def _mensajes(prueba: AppTest) -> Iterator[Any]:
    pendientes = [prueba.main, prueba.sidebar]
    while pendientes:
        for hijo in getattr(pendientes.pop(), "children", {}).values():
            if getattr(hijo, "proto", None) is not None:
                yield hijo.proto
            pendientes.append(hijo)


def _cadenas(mensaje: Message) -> Iterator[str]:
    for campo, valor in mensaje.ListFields():
        if campo.name in _NO_SE_LEE:
            continue
        for uno in valor if campo.is_repeated else [valor]:
            if campo.type == FieldDescriptor.TYPE_MESSAGE:
                yield from _cadenas(uno)
            elif campo.type == FieldDescriptor.TYPE_STRING:
                yield from _de_figura(json.loads(uno), "") if campo.name == "spec" else [uno]


def _de_figura(parte: Any, clave: str) -> Iterator[str]:
    if isinstance(parte, dict):
        for suya, valor in parte.items():
            if suya not in _CALLADO:
                yield from _de_figura(valor, clave if suya == "value" else suya)
    elif isinstance(parte, list):
        for valor in parte:
            yield from _de_figura(valor, clave)
    elif isinstance(parte, str) and clave in _DE_VEGA:
        yield from re.findall(r"'([^']*)'", parte) if clave.lower().endswith("expr") else [parte]


def _de_tablas(mensaje: Message) -> Iterator[str]:
    for campo, valor in mensaje.ListFields():
        for uno in valor if campo.is_repeated else [valor]:
            if campo.type == FieldDescriptor.TYPE_MESSAGE:
                yield from _de_tablas(uno)
            elif campo.type == FieldDescriptor.TYPE_BYTES:
                yield from _de_arrow(uno)


def _de_arrow(crudo: bytes) -> Iterator[str]:
    try:
        tabla = pa.ipc.open_stream(crudo).read_all()
    except pa.ArrowInvalid:
        return
    for columna in tabla.column_names:
        if not re.fullmatch(r"[a-z_0-9]+", columna):
            yield columna  # el encabezado de una tabla a la vista; los de una figura son claves
        if columna not in _INTERNAS:
            yield from (valor for valor in set(tabla[columna].to_pylist()) if isinstance(valor, str))
