"""Los textos que vienen de los datos se leen tal cual: nada de ellos se vuelve negrita, enlace, imagen ni fórmula.

Las páginas y las tablas de Streamlit entienden Markdown; lo que escribe una tabla (o un archivo que trae la visita) no.
"""

from __future__ import annotations

import html
import re
from typing import Final

# Sólo lo que Markdown entendería: escapar toda la puntuación ensuciaría el texto que se copia.
_MARCAS: Final = re.compile(r"[\\`*_\[\]<>$~|{}]|&(?=[#\w])")
_AL_PRINCIPIO: Final = re.compile(r"^(\s*)([#+=-])|^(\s*\d+)([.)])")
# Los enlaces sin corchetes, los emojis, los iconos y las flechas los busca Streamlit cuando la barra que escapa ya se
# quitó: sólo los rompe una letra de por medio, y ésta ni se ve ni parte el renglón.
_PEGAN: Final = re.compile(r"(?<=:)(?=[\w/+-])|(?<=\w@)(?=\w)|(?<=www)(?=\.)|(?<=-)(?=[->])|(?<=<)(?=-)", re.IGNORECASE)
UNION: Final = "\N{WORD JOINER}"


def llano(texto: object) -> str:
    """El texto, para ponerlo dentro de Markdown sin que ninguna de sus letras sea una marca; nulo es vacío."""
    if not isinstance(texto, str):
        return ""
    seguido = _MARCAS.sub(lambda m: "\\" + m[0], _PEGAN.sub(UNION, " ".join(texto.split())))
    return _AL_PRINCIPIO.sub(lambda m: f"{m[1] or m[3] or ''}\\{m[2] or m[4]}", seguido)


def en_html(texto: object) -> str:
    """El texto para HTML, con sus párrafos; nulo es vacío."""
    if not isinstance(texto, str):
        return ""
    parrafos = [" ".join(uno.split()) for uno in re.split(r"\n\s*\n", texto) if uno.strip()]
    return "".join(f"<p>{html.escape(uno, quote=False)}</p>" for uno in parrafos)
