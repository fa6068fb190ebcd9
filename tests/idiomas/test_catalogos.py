"""Los catálogos están completos y al día: cada texto del proyecto, traducido, con sus huecos y sus marcas."""

from __future__ import annotations

import re
from collections import Counter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from atalaya.idiomas import CARPETA, IDIOMAS, LOCALES, OMISION
from herramientas.idiomas import textos

OTROS = [idioma for idioma in IDIOMAS if idioma != OMISION]
CORTO = 34
"""Un nombre corto cabe en una lista y en una figura; en español son 32."""
MARCAS = (r":material/\w+:", r"<[^>]+>", r"`[^`]*`", r"https?://[^\s)]+", r"\*\*", r"\n")


@pytest.fixture(params=OTROS)
def catalogo(request: pytest.FixtureRequest) -> Catalog:
    with (CARPETA / f"{request.param}.po").open("rb") as archivo:
        return read_po(archivo, locale=LOCALES[request.param], abort_invalid=True)


def pares(catalogo: Catalog) -> list[tuple[str, str]]:
    """Cada texto en español con el suyo; de un plural, cada forma con la que le toca."""
    dichos: list[tuple[str, str]] = []
    for uno in catalogo:
        if isinstance(uno.id, tuple):
            dichos += zip(uno.id, uno.string, strict=True)
        elif uno.id:
            dichos.append((uno.id, str(uno.string)))
    return dichos


def huecos(texto: str) -> set[str]:
    return set(re.findall(r"\{(\w+)", texto))


def test_lleva_los_textos_de_hoy_y_ninguno_de_mas(catalogo: Catalog) -> None:
    """Si falla: `python -m herramientas.idiomas`, y traduzca lo que entre vacío."""
    de_hoy = {texto for texto, _, _ in textos()}
    assert {uno.id if isinstance(uno.id, str) else tuple(uno.id) for uno in catalogo if uno.id} == de_hoy


def test_no_falta_ninguna_traduccion(catalogo: Catalog) -> None:
    assert [es for es, otro in pares(catalogo) if not otro.strip()] == []
    assert [uno.id for uno in catalogo if uno.id and uno.fuzzy] == []


def test_cada_hueco_es_de_los_suyos(catalogo: Catalog) -> None:
    """`numero` se da siempre junto a `ordinal`: «2.º trimestre» es «Q2»."""
    propios = {es: huecos(es) | ({"numero"} if "ordinal" in huecos(es) else set()) for es, _ in pares(catalogo)}
    assert [(es, otro) for es, otro in pares(catalogo) if not huecos(otro) <= propios[es]] == []


def test_las_marcas_y_las_orillas_son_las_mismas(catalogo: Catalog) -> None:
    def marcas(texto: str) -> Counter[str]:
        return Counter(m for marca in MARCAS for m in re.findall(marca, texto))

    def orillas(texto: str) -> tuple[bool, bool]:
        return texto[:1].isspace(), texto[-1:].isspace()

    malos = [p for p in pares(catalogo) if marcas(p[0]) != marcas(p[1]) or orillas(p[0]) != orillas(p[1])]
    assert malos == []


def test_los_nombres_cortos_siguen_siendo_cortos(catalogo: Catalog) -> None:
    cortos = {texto for texto, archivo, _ in textos() if archivo.endswith("indicadores.csv") and len(texto) <= 32}
    assert [(es, otro) for es, otro in pares(catalogo) if es in cortos and len(otro) > CORTO + 6] == []
