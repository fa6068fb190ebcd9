"""Pone al día los catálogos de idiomas: `python -m herramientas.idiomas` junta los textos y los mezcla en cada `.po`.

De Python salen los textos de `tr`, `tr_n`, `anotado` y `Rotulos`; de los CSV del proyecto, las columnas de `COLUMNAS`.
Lo que ya estaba traducido se queda; lo que nadie dice ya se quita; lo nuevo entra vacío, y su prueba falla hasta que
alguien lo traduzca. Nada se adivina por parecido (los «fuzzy» de gettext).
"""

from __future__ import annotations

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from atalaya.idiomas import CARPETA, IDIOMAS, LOCALES, OMISION
from atalaya.interfaz import frases_streamlit
from atalaya.seguimiento import contratos

RAIZ: Final = Path(__file__).resolve().parents[1]
COLUMNAS: Final = {
    "datos/catalogo/temas.csv": ("nombre", "nota"),
    "datos/catalogo/indicadores.csv": ("nombre", "nombre_corto", "universo", "unidad", "nota"),
    "datos/catalogo/rupturas.csv": ("descripcion",),
    "datos/catalogo/lugares.csv": ("nota",),
    "datos/catalogo/lugares_cl.csv": ("nota",),
    "datos/catalogo/municipios.csv": ("nota",),
    "datos/catalogo/fuentes.csv": ("calendario",),
    "datos/catalogo/modalidades.csv": ("nombre",),
    "datos/catalogo/proyecciones.csv": ("nombre", "nota"),
    "datos/catalogo/discrepancias_municipales.csv": ("causa",),
    "datos/catalogo/comparabilidad.csv": ("universo", "periodo", "dominio", "que_difiere", "que_le_hace", "evidencia"),
    "datos/gobierno_abierto/tablas.csv": ("describe",),
    "datos/gobierno_abierto/diccionario.csv": ("describe",),
    "datos/gobierno_abierto/medidas.csv": ("unidad",),
    "datos/gobierno_abierto/indicadores_municipales.csv": ("unidad",),
}
"""Lo que escribió Atalaya. Lo que escribió otro (una pregunta, un documento) va en su idioma."""
VOCABULARIO: Final = ("datos/gobierno_abierto/diccionario.csv", "valores")
DE_SQL: Final = ("consultas/mostrar/cotejos.sql",)
"""Lo que una consulta dice en palabras: sus textos de más de una palabra."""
_LITERAL: Final = re.compile(r"'([^'\n]*)'")
_DE_UNO: Final = ("tr", "anotado")


def textos() -> Iterator[tuple[str | tuple[str, str], str, int]]:
    """Cada texto con su archivo y su renglón; los de `tr_n`, en singular y plural."""
    for carpeta in ("atalaya", "pages"):
        for ruta in sorted((RAIZ / carpeta).rglob("*.py")):
            yield from _de_python(ruta)
    for archivo, columnas in COLUMNAS.items():
        for numero, fila in _filas(archivo):
            yield from ((fila[columna], archivo, numero) for columna in columnas if fila[columna].strip())
    for archivo in DE_SQL:
        for numero, renglon in enumerate((RAIZ / archivo).read_text(encoding="utf-8").splitlines(), start=1):
            if not renglon.lstrip().startswith("--"):
                yield from ((texto, archivo, numero) for texto in _de_sql(renglon))
    yield from (
        (nombre.replace("_", " ").capitalize(), "datos/gobierno_abierto/tablas.csv", 1) for nombre in contratos()
    )
    yield from ((texto, "atalaya/interfaz/frases_streamlit.py", 1) for texto in frases_streamlit.en_espanol())
    archivo, columna = VOCABULARIO
    for numero, fila in _filas(archivo):
        yield from ((valor, archivo, numero) for valor in fila[columna].split("|") if valor)


def poner_al_dia(idioma: str) -> Catalog:
    """El catálogo de ese idioma con los textos de hoy, guardado en su `.po`."""
    archivo = CARPETA / f"{idioma}.po"
    hoy = Catalog(locale=LOCALES[idioma], project="Atalaya", fuzzy=False)
    previo = read_po(archivo.open("rb"), locale=LOCALES[idioma]) if archivo.is_file() else Catalog()
    for texto, donde, numero in textos():
        llave = texto[0] if isinstance(texto, tuple) else texto
        antes = previo.get(llave)
        suyo = antes.string if antes is not None and isinstance(antes.id, tuple) == isinstance(texto, tuple) else None
        hoy.add(texto, suyo, locations=[(donde, numero)])
    with archivo.open("wb") as salida:
        write_po(salida, hoy, width=120, sort_output=True, include_lineno=False, omit_header=False)
    return hoy


def _de_python(ruta: Path) -> Iterator[tuple[str | tuple[str, str], str, int]]:
    donde = str(ruta.relative_to(RAIZ))
    for nodo in ast.walk(ast.parse(ruta.read_text(encoding="utf-8"))):
        if not isinstance(nodo, ast.Call) or not isinstance(nodo.func, ast.Name | ast.Attribute):
            continue
        llamada = nodo.func.id if isinstance(nodo.func, ast.Name) else nodo.func.attr
        if llamada in _DE_UNO and nodo.args:
            yield from ((una, donde, nodo.lineno) for una in _literales(nodo.args[0]))
        elif llamada == "tr_n":
            uno, varios = (_literales(argumento) for argumento in nodo.args[:2])
            yield ((uno[0], varios[0]), donde, nodo.lineno)
        elif llamada == "Rotulos" and nodo.args and isinstance(nodo.args[0], ast.Dict):
            for valor in nodo.args[0].values:
                yield from ((una, donde, valor.lineno) for una in _literales(valor))


def _de_sql(renglon: str) -> Iterator[str]:
    """Lo que un renglón de SQL dice en palabras: dos o más, o una ante «: »; de lo que cita otro, sólo lo de antes."""
    for texto in _LITERAL.findall(renglon):
        if len(texto) > 2 and (texto.endswith(": ") or (" " in texto and "^" not in texto)):
            yield texto.removesuffix(": ").partition(" «")[0]


def _literales(nodo: ast.expr) -> list[str]:
    """Lo que dice una expresión que es un texto, o uno de dos según una condición."""
    if isinstance(nodo, ast.Constant) and isinstance(nodo.value, str) and nodo.value.strip():
        return [nodo.value]
    if isinstance(nodo, ast.IfExp):
        return _literales(nodo.body) + _literales(nodo.orelse)
    return []


def _filas(archivo: str) -> Iterator[tuple[int, dict[str, str]]]:
    with (RAIZ / archivo).open(encoding="utf-8", newline="") as abierto:
        yield from enumerate(csv.DictReader(abierto), start=2)


if __name__ == "__main__":
    for idioma in IDIOMAS:
        if idioma != OMISION:
            hecho = poner_al_dia(idioma)
            faltan = sum(1 for uno in hecho if uno.id and not all(uno.string if uno.pluralizable else [uno.string]))
            print(f"{idioma}: {len(hecho)} textos, {faltan} sin traducir")
