"""Un archivo hostil, subido de verdad: nada de lo que trae se pinta, se pide ni sale de la visita que lo trajo."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from visita import Visita, vigilar

pytestmark = pytest.mark.navegador

MARCAS = (
    "![x](http://malo.invalid/x.png)",
    "http://malo.invalid/a_b*c",
    "HTTP://MALO.invalid",
    "(www.malo.invalid)",
    "yo@malo.invalid",
    "mailto:yo@malo.invalid",
    "[clic](javascript:alert(1))",
    "<http://malo.invalid>",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "&lt;b&gt; &#65;",
    ":smile: :100: :streamlit:",
    ":material/home: :red[rojo]",
    "$x^2$ y $$z$$",
    "**n** _i_ ~~t~~ `c`",
    "a -> b <- c -- d",
    "# título",
    "> cita",
)
COLUMNAS = ("lugar", "periodo", "indicador", "nombre", "estado", "valor", "unidad", "alcance", "metodo", "fuente")
RAROS = """() => [...document.querySelectorAll('[data-testid=stMain] td [data-testid=stMarkdownContainer] *')]
    .filter(uno => !uno.closest('[data-testid=stExpander]') && !['P', 'DIV', 'STRONG'].includes(uno.tagName))
    .map(uno => uno.outerHTML)"""
"""Lo que en las celdas de datos no es texto; las plantillas, plegadas, sí llevan marcas nuestras."""


def hostil() -> bytes:
    """Una fila por marca, en la nota y en la fuente de un indicador propio."""
    flujo = io.StringIO()
    escritor = csv.writer(flujo)
    escritor.writerow([*COLUMNAS, "nota"])
    for k, marca in enumerate(MARCAS):
        quien = f"fuente {k} {marca}"
        fijas = [
            "MX-15033",
            str(1990 + k),
            "marcas",
            "Marcas <b>x</b> **y**",
            "dato",
            str(k),
            "u",
            "exacta",
            "registro",
        ]
        escritor.writerow([*fijas, quien, f"nota {marca}"])
    return flujo.getvalue().encode()


def subir(pagina: Page, nombre: str, contenido: bytes) -> None:
    archivo = {"name": nombre, "mimeType": "text/csv", "buffer": contenido}
    pagina.set_input_files("[data-testid=stMain] input[type=file]", files=[archivo])  # type: ignore[list-item]


def celdas(pagina: Page) -> list[str]:
    """Lo que se lee en las tablas, sin la letra que no se ve y rompe los enlaces."""
    return [
        texto.replace("\N{WORD JOINER}", "") for texto in pagina.locator("[data-testid=stMain] td").all_inner_texts()
    ]


def test_nada_de_lo_subido_se_pinta(visita: Visita) -> None:
    pagina = visita.ir("cargar")
    dialogos: list[str] = []
    pagina.on("dialog", lambda uno: (dialogos.append(uno.message), uno.dismiss()))
    subir(pagina, "hostil.csv", hostil())
    pagina.get_by_text("Todo bien").wait_for(timeout=30_000)
    visita.lista()
    leidas = celdas(pagina)
    for k, marca in enumerate(MARCAS):
        assert f"fuente {k} {marca}" in leidas
        assert f"nota {marca}" in leidas
    assert pagina.evaluate(RAROS) == []
    assert pagina.locator("[data-testid=stMain] a[href*=malo]").count() == 0
    assert pagina.locator("[data-testid=stMain] img").count() == 0
    assert dialogos == []


def test_un_nombre_de_archivo_hostil_y_sus_faltas_tampoco(visita: Visita) -> None:
    pagina = visita.ir("cargar")
    malo = "lugar,periodo,indicador,nombre,estado,valor,unidad,alcance,metodo,fuente\n"
    malo += 'http://malo.invalid,:smile:,x,<b>y</b>,**quizá**,[1](http://malo.invalid),u,exacta,registro,"=cmd|x"\n'
    subir(pagina, "![x](www.malo.invalid) :smile:.csv", malo.encode())
    pagina.get_by_text("que corregir").wait_for(timeout=30_000)
    visita.lista()
    assert {"http://malo.invalid", ":smile:", "**quizá**", "[1](http://malo.invalid)", "=cmd|x"} <= set(celdas(pagina))
    assert pagina.evaluate(RAROS) == []
    assert pagina.locator("[data-testid=stMain] a[href*=malo]").count() == 0


def test_lo_subido_es_de_una_sola_visita(visita: Visita, chromium: Browser, tmp_path: Path) -> None:
    pagina = visita.ir("cargar")
    subir(pagina, "hostil.csv", hostil())
    pagina.get_by_text("Todo bien").wait_for(timeout=30_000)
    otro = chromium.new_context(locale="es-MX")
    ajena = Visita(visita.base, otro.new_page())
    vigilar(ajena)
    for ruta in ("cargar", "cargar?municipal=marcas"):
        texto = ajena.ir(ruta).locator("[data-testid=stMain]").inner_text()
        assert "Marcas <b>" not in texto
        assert "Lo suyo" not in texto
    otro.close()
    # Y quien lo trajo lo olvida cuando quiere.
    visita.lista()
    pagina.get_by_role("button", name="Olvidar lo que subí").click()
    pagina.get_by_text("Lo suyo").wait_for(state="detached", timeout=30_000)
    visita.lista()
    assert "Marcas <b>" not in pagina.locator("[data-testid=stMain]").inner_text()
