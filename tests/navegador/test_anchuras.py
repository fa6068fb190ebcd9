"""En un proyector de 1024 × 768 y en uno de 1920 × 1080 todo se lee entero: tarjetas, filtros y tablas."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser
from test_tareas import CON_FIGURA, GRAFICA, SEGUIDAS
from visita import Visita

pytestmark = pytest.mark.navegador

# Lo que se sale de su caja: la cifra de una tarjeta, el valor de un filtro o una tabla más ancha que su columna.
_CORTADO = """() => [...document.querySelectorAll(
    '[data-testid=stMetricValue], [data-testid=stTable], .stTable > div, .stButtonGroup > div')]
    .filter(e => e.offsetParent && e.scrollWidth > e.clientWidth + 1)
    .map(e => (e.dataset.testid || e.className) + ': ' + e.innerText.slice(0, 40))"""


@pytest.mark.parametrize("ancho_alto", [(1024, 768), (1920, 1080)])
@pytest.mark.parametrize("ruta", [*CON_FIGURA, *SEGUIDAS, "metodologia"])
def test_nada_se_corta_en_un_proyector(
    servidor: str, chromium: Browser, ruta: str, ancho_alto: tuple[int, int]
) -> None:
    ancho, alto = ancho_alto
    contexto = chromium.new_context(viewport={"width": ancho, "height": alto}, locale="es-MX")
    pagina = Visita(servidor, contexto.new_page()).ir(ruta)
    if ruta in CON_FIGURA:
        pagina.wait_for_selector(GRAFICA)
        derechas = pagina.locator(GRAFICA).evaluate_all("f => f.map(e => e.getBoundingClientRect().right)")
        assert max(derechas) <= ancho
    pagina.wait_for_timeout(800)
    assert pagina.evaluate(_CORTADO) == []
    assert pagina.evaluate("document.documentElement.scrollWidth") <= ancho
    contexto.close()
