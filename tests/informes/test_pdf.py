"""El PDF de una vista: se lee con otra biblioteca, lleva la fuente de cada cifra, etiquetas y texto alternativo."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pypdf
import pytest
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject
from test_informes import vista

from atalaya.informes import pdf


def leer(datos: bytes) -> pypdf.PdfReader:
    """El PDF abierto."""
    return pypdf.PdfReader(io.BytesIO(datos))


def texto(datos: bytes) -> str:
    """Todo lo que se lee, en una línea."""
    return " ".join(" ".join(pagina.extract_text() for pagina in leer(datos).pages).split())


def etiquetas(nodo: Any) -> Iterator[DictionaryObject]:
    """Los nodos del árbol de etiquetas."""
    nodo = nodo.get_object() if isinstance(nodo, IndirectObject) else nodo
    if isinstance(nodo, ArrayObject):
        for uno in nodo:
            yield from etiquetas(uno)
    elif isinstance(nodo, DictionaryObject):
        yield nodo
        if "/K" in nodo:
            yield from etiquetas(nodo["/K"])


def test_lleva_la_cifra_su_fuente_su_celda_y_su_enlace() -> None:
    datos = pdf.pdf(vista({"valor_pct": 55.946, "ic_inf": 48.8, "ic_sup": 62.86}))
    dicho = texto(datos)
    assert "55.9" in dicho
    assert "48.8 a 62.9" in dicho
    assert "Encuesta Nacional de Seguridad Pública Urbana" in dicho
    assert "E408" in dicho
    assert "versión 0001-abc" in dicho
    enlaces = [n["/A"]["/URI"] for p in leer(datos).pages for n in (a.get_object() for a in p.get("/Annots", []))]
    assert "http://localhost:8501/comparar?lugar=MX-CD28" in enlaces


def test_esta_etiquetado_en_espanol_y_su_figura_tiene_texto_alternativo() -> None:
    raiz = leer(pdf.pdf(vista())).trailer["/Root"]
    assert raiz["/Lang"] == "es-MX"
    assert raiz["/MarkInfo"]["/Marked"]
    nodos = list(etiquetas(raiz["/StructTreeRoot"]))
    assert [n["/Alt"] for n in nodos if n.get("/S") == "/Figure"] == ["Gráfico de puntos con <una> cifra"]
    assert any(n.get("/S") == "/TH" for n in nodos)  # el cuadro dice cuál es su encabezado
    assert b"pdfuaid" in raiz["/Metadata"].get_object().get_data()


def test_la_figura_va_en_vectores() -> None:
    imagenes = [imagen for pagina in leer(pdf.pdf(vista())).pages for imagen in pagina.images]
    assert imagenes == []


@pytest.mark.parametrize(("hoja", "ancho_pt"), [("a4", 595), ("carta", 612)])
def test_en_las_dos_hojas(hoja: str, ancho_pt: int) -> None:
    datos = pdf.pdf(vista(), hoja)
    assert {round(float(p.mediabox.width)) for p in leer(datos).pages} == {ancho_pt}


def test_numera_sus_paginas() -> None:
    paginas = leer(pdf.pdf(vista(*[{"nombre": f"Lugar {k}"} for k in range(120)]))).pages
    assert len(paginas) > 2
    for numero, pagina in enumerate(paginas, start=1):
        assert f"{numero} de {len(paginas)}" in " ".join(pagina.extract_text().split())


def test_un_texto_con_marcas_de_typst_se_lee_tal_cual() -> None:
    dicho = texto(pdf.pdf(vista({"nombre": "*Neza* #panic(1) $x$ _y_"})))
    assert "*Neza* #panic(1) $x$ _y_" in dicho


def test_lo_que_falta_se_dice() -> None:
    dicho = texto(pdf.pdf(vista({"valor_pct": None, "estado": "no_aplica"})))
    assert "no aplica" in dicho
    assert "nan" not in dicho.lower().split()
