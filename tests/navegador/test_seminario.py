"""El seminario entero: se arma una presentación de cinco vistas, se presenta con teclado, se reparte y se comparte."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pypdf
import pytest
from gestos import descargar
from playwright.sync_api import Browser, Page, expect
from pptx import Presentation
from visita import Visita, vigilar

pytestmark = pytest.mark.navegador

CINCO = {"Comparar": "comparar", "Evolución": "evolucion", "Mapa": "mapa", "Incidencia": "incidencia"}
CINCO["Intercambio"] = "intercambio"


def por_el_menu(visita: Visita, titulo: str) -> Page:
    """Va a una página por el menú: la visita sigue siendo la misma."""
    visita.pagina.get_by_test_id("stSidebarNav").get_by_role("link", name=titulo, exact=True).click()
    expect(visita.pagina.locator("h1").first).to_be_visible()
    visita.pagina.wait_for_timeout(300)
    return visita.lista()


def armar(visita: Visita) -> Page:
    """Añade las cinco vistas y abre la página Presentación."""
    visita.ir("")
    for titulo in CINCO:
        pagina = por_el_menu(visita, titulo)
        # El rótulo del menú cambia antes que la página: se espera al encabezado de la pedida.
        expect(pagina.locator("h1").first).to_have_text(re.compile(titulo), timeout=30_000)
        visita.lista()
        pagina.get_by_role("button", name=re.compile("Añadir a la presentación")).click()
        expect(pagina.get_by_text("Añadida. Se ordena y se presenta").first).to_be_visible(timeout=30_000)
        visita.lista()
    return por_el_menu(visita, "Presentación")


def test_se_arma_se_presenta_se_reparte_y_se_comparte(visita: Visita, chromium: Browser, tmp_path: Path) -> None:
    pagina = armar(visita)
    expect(pagina.locator("[class*='st-key-lamina_']")).to_have_count(5)

    # Se ordena y se anota.
    pagina.get_by_role("button", name="Bajar").first.click()
    visita.lista()
    guardada = json.loads(descargar(pagina, "Guardar en un archivo", tmp_path))
    assert [u["vista"].partition("?")[0] for u in guardada["laminas"]] == [
        "evolucion",
        "comparar",
        *list(CINCO.values())[2:],
    ]

    # Se presenta con el teclado, como lo haría un control remoto.
    enlace = pagina.get_by_role("link", name="Presentar", exact=True).get_attribute("href")
    assert enlace
    vista = chromium.new_context(viewport={"width": 1920, "height": 1080}).new_page()
    otra = Visita(visita.base, vista)
    vigilar(otra)
    vista.goto(f"{visita.base}/{enlace.lstrip('/')}", timeout=120_000)
    titulos = []
    for _ in range(5):
        visible = vista.locator("section.lamina:visible")
        expect(visible).to_have_count(1)
        titulos.append(visible.locator("h1").inner_text())
        assert "Fuente: " in visible.locator("footer").inner_text()
        caja = visible.locator("footer").bounding_box()
        assert caja
        assert caja["y"] + caja["height"] <= 1080  # la fuente nunca se sale
        vista.keyboard.press("PageDown")
    assert len(set(titulos)) >= 4  # comparar y mapa llevan el mismo indicador
    vista.keyboard.press("Home")
    expect(vista.locator("section.lamina:visible h1")).to_contain_text(titulos[0].splitlines()[0])
    with vista.context.expect_page() as notas:
        vista.keyboard.press("n")
    expect(notas.value.locator("body")).to_contain_text("1 de 5")
    vista.keyboard.press("ArrowRight")
    expect(notas.value.locator("body")).to_contain_text("2 de 5")
    # Sin red sigue: todo está en la página.
    vista.context.set_offline(True)
    vista.keyboard.press("End")
    expect(vista.locator("section.lamina:visible svg")).to_have_count(1)
    assert otra.ajenas() == []
    assert otra.quejas == []
    vista.context.close()

    # Se reparte: los valores del PPTX son los del acervo, y el PDF cita la fuente de cada vista.
    laminas = Presentation(io.BytesIO(descargar(pagina, "PPTX", tmp_path))).slides
    assert len(laminas) == 5
    comparada = next(f.chart for f in laminas[1].shapes if f.has_chart)
    cifras = dict(zip(comparada.plots[0].categories, comparada.plots[0].series[0].values, strict=True))
    assert round(next(v for k, v in cifras.items() if k.startswith("Nezahualcóyotl")), 1) == 30.9
    impreso = pypdf.PdfReader(io.BytesIO(descargar(pagina, "PDF", tmp_path)))
    texto = " ".join(" ".join(hoja.extract_text() for hoja in impreso.pages).split())
    for fuente in (
        "Encuesta Nacional de Seguridad Pública Urbana",
        "Incidencia delictiva",
        "Papel de los observatorios",
    ):
        assert fuente in texto

    # Se comparte: otra persona abre el enlace y ve las mismas láminas.
    pagina.get_by_text("Compartir por enlace").click()
    compartido = pagina.locator("[data-testid='stCode']").first.inner_text().strip()
    ajena = Visita(visita.base, chromium.new_context(viewport={"width": 1440, "height": 2400}).new_page())
    ajena.pagina.goto(compartido)
    ajena.lista()
    expect(ajena.pagina.locator("[class*='st-key-lamina_']")).to_have_count(5)
    ajena.pagina.context.close()


def test_un_enlace_cortado_se_explica(visita: Visita) -> None:
    pagina = visita.ir("presentacion?p=cortado")
    expect(pagina.get_by_text("el enlace entero de una presentación")).to_be_visible()
    respuesta = visita.pagina.request.get(f"{visita.base}/presentar?p=cortado")
    assert respuesta.status == 400
    assert "se esperaba" in respuesta.text()
