"""Toda cifra de los documentos que el catálogo de cifras apunta se lee en la página que dice, sin abrir nada plegado.

La página se abre con las claves de la fila como filtros (una URL lleva sólo los que la página conoce). La cifra cuenta
si está en un cuadro que además habla de lo suyo: un «7» suelto no es «7 componentes».
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest
from visible import cuadros

from atalaya import periodos
from atalaya.catalogo import normalizar
from atalaya.interfaz import marco
from atalaya.seguimiento import CARPETA, contrato

Abrir = Callable[..., AppTest]
Fila = dict[str, str]


@cache
def tabla(nombre: str) -> tuple[Fila, ...]:
    """Las filas de una tabla de lo que se sigue."""
    with (CARPETA / f"{nombre}.csv").open(encoding="utf-8-sig", newline="") as archivo:
        return tuple(csv.DictReader(archivo))


CIFRAS = tabla("cifras")
PAGINA = {ruta: archivo for paginas in marco.MENU.values() for archivo, _, _, ruta in paginas}


def fila_de(cifra: Fila) -> Fila:
    """La fila de la tabla donde la cifra dice estar; su clave va con las partes separadas por |."""
    llave = contrato(cifra["tabla"]).llave
    partes = cifra["fila"].split("|")
    halladas = [f for f in tabla(cifra["tabla"]) if [f[c] for c in llave] == partes]
    assert len(halladas) == 1, (
        f"{cifra['cifra']}: {len(halladas)} filas de {cifra['tabla']} con la clave {cifra['fila']}"
    )
    return halladas[0]


def filtros_de(nombre: str, fila: Fila) -> dict[str, str]:
    """Las claves de una fila y de las filas a que refiere: el plan de su compromiso, el proceso de su territorio…"""
    claves: dict[str, str] = {}
    for columna in contrato(nombre).columnas:
        valor = fila.get(columna.columna, "")
        if not valor or columna.tipo not in ("clave", "lugar"):
            continue
        claves.setdefault(columna.columna, valor)
        if columna.refiere and columna.refiere != nombre:
            madre = next((f for f in tabla(columna.refiere) if f[contrato(columna.refiere).llave[0]] == valor), None)
            claves = {**(filtros_de(columna.refiere, madre) if madre else {}), **claves}
    return claves


PALABRAS = ("dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce")


def formas(valor: str) -> Iterator[str]:
    """Cómo se lee: «14377» es «14,377»; «70», «7 de cada 10»; «3», «tres»; «2022-03-21», «21 de marzo de 2022»."""
    yield valor
    if hallada := re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", valor):
        anio, mes, dia = hallada[1], periodos.MESES[int(hallada[2]) - 1], hallada[3]
        yield f"{int(dia)} de {mes} de {anio}" if dia else f"{mes} de {anio}"
        if dia:
            yield f"{int(dia)} de {mes}"
    elif re.fullmatch(r"\d+(\.\d+)?", valor):
        numero = float(valor)
        yield f"{numero:,.0f}" if numero == int(numero) else f"{numero:,}"
        yield f"{numero:,.1f}"
        yield f"{numero:,.2f}"
        if numero in range(10, 100, 10):
            yield f"{numero / 10:.0f} de cada 10"
        if numero in range(2, 2 + len(PALABRAS)):
            yield PALABRAS[int(numero) - 2]


def esta(valor: str, texto: str) -> bool:
    """Si la cifra está entera en el texto: ni «31» en «131» ni en «31.5»; «21 a 25 de marzo» lleva los dos días."""
    texto = re.sub(r"\b(\d{1,2}) a (\d{1,2} (de \w+(?: de \d{4})?))", r"\1 \3 a \2", texto)
    return any(
        re.search(rf"(?<![\w.,]){re.escape(f)}(?!\w|[.,]\d)", texto.casefold()) for f in formas(valor.casefold())
    )


def suyas(cifra: Fila) -> set[str]:
    """Las palabras que dicen de qué es la cifra: las largas de sus palabras y de su unidad."""
    palabras = re.findall(r"[a-z]{5,}", normalizar(f"{cifra['texto']} {cifra['unidad']}"))
    return set(palabras) or set(re.findall(r"[a-z]+", normalizar(cifra["unidad"])))


def se_lee(cifra: Fila, vistos: list[str]) -> bool:
    """Si algún cuadro a la vista lleva la cifra y habla de lo suyo."""
    palabras = suyas(cifra)
    return any(esta(cifra["valor"], v) and palabras & set(re.findall(r"[a-z]+", normalizar(v))) for v in vistos)


@pytest.mark.parametrize("cifra", CIFRAS, ids=[c["cifra"] for c in CIFRAS])
def test_la_cifra_se_lee_en_su_pagina(abrir: Abrir, cifra: Fila) -> None:
    if not marco.registrada(cifra["pagina"]):
        pytest.skip(f"la página «{cifra['pagina']}» todavía no está en el menú (marco.PAGINAS)")
    fila = fila_de(cifra)
    archivo = PAGINA[cifra["pagina"]].removeprefix("pages/").removesuffix(".py")
    if se_lee(cifra, _de_entrada(archivo)):
        return
    filtros = filtros_de(cifra["tabla"], fila)
    vistos = cuadros(abrir(archivo, **filtros))
    assert se_lee(cifra, vistos), (
        f"«{cifra['texto']}» ({cifra['valor']} {cifra['unidad']}) no se lee en «{cifra['pagina']}» con {filtros}"
    )


@cache
def _de_entrada(archivo: str) -> list[str]:
    """Lo que se lee en una página al abrirla sin filtros; se corre una vez."""
    prueba = AppTest.from_file(str(Path(__file__).resolve().parents[2] / "app.py"), default_timeout=60)
    prueba.switch_page(f"pages/{archivo}.py")
    prueba.run()
    assert not prueba.exception, prueba.exception[0].message
    return cuadros(prueba)


def test_la_cifra_se_busca_entera_y_junto_a_lo_suyo() -> None:
    """La prueba puede fallar: ni trozos de otra cifra, ni la cifra en un cuadro que habla de otra cosa."""
    cifra = {"valor": "131", "texto": "131 compromisos", "unidad": "compromisos"}
    assert se_lee(cifra, ["Hay 131 compromisos en 17 estados"])
    assert not se_lee(cifra, ["Hay 1,131 compromisos"])
    assert not se_lee(cifra, ["Hay 131.5 compromisos"])
    assert not se_lee(cifra, ["131 personas", "compromisos"])
    assert se_lee({**cifra, "valor": "14377", "texto": "14 377 propuestas"}, ["14,377 propuestas"])
    assert esta("2022-03-21", "21 a 25 de marzo de 2022")
    assert not esta("2022-03-22", "21 a 25 de marzo de 2022")
    assert esta("2022-03-21", "del 21 de marzo de 2022")
    assert not esta("2022-03-21", "del 1 de marzo de 2022")
    assert esta("70", "«7 de cada 10 ciudadanos»")
    assert esta("3", "Una de las tres policías")
    assert esta("6", "Es 6.º de 76")
    assert not esta("3", "los trescientos")


def test_lo_plegado_no_esta_a_la_vista(abrir: Abrir) -> None:
    """El texto de la ficha, que va plegada, no cuenta como leído; el título sí."""
    vistos = " ".join(cuadros(abrir("indicadores/clasificacion")))
    assert "Clasificación" in vistos
    assert "Cómo se calcula" not in vistos


@pytest.mark.parametrize("cifra", CIFRAS, ids=[c["cifra"] for c in CIFRAS])
def test_la_fila_de_la_cifra_existe_y_la_lleva(cifra: Fila) -> None:
    """La cifra está en la fila que dice, como valor o en sus palabras."""
    assert esta(cifra["valor"], " | ".join(fila_de(cifra).values()))
