"""Lo que espera quien mira: primera gráfica en un navegador recién abierto y redibujo del mapa."""

from __future__ import annotations

import shutil
import tempfile
import time

from playwright.sync_api import Page, sync_playwright

BANDERAS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
GRAFICA = "[data-testid='stVegaLiteChart'] canvas, [data-testid='stVegaLiteChart'] svg"

ESPERAR_OTRO_DIBUJO = """
([selector, antes]) => new Promise(listo => {
  const mirar = () => {
    const lienzo = document.querySelector(selector);
    const ahora = lienzo && (lienzo.toDataURL ? lienzo.toDataURL() : lienzo.outerHTML);
    ahora && ahora !== antes ? listo(performance.now()) : requestAnimationFrame(mirar);
  };
  mirar();
})
"""
DIBUJO = "selector => { const l = document.querySelector(selector); return l.toDataURL ? l.toDataURL() : l.outerHTML; }"


def _chromium() -> str:
    for nombre in ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable"):
        ruta = shutil.which(nombre)
        if ruta:
            return ruta
    raise RuntimeError("no hay Chromium ni Chrome: corra `bash herramientas/preparar.sh chromium`")


def primera_grafica_ms(puerto: int, ruta: str) -> float:
    """Milisegundos desde pedir la dirección hasta ver la gráfica, con un perfil nuevo (sin caché)."""
    with sync_playwright() as juego, tempfile.TemporaryDirectory() as perfil:
        contexto = juego.chromium.launch_persistent_context(perfil, executable_path=_chromium(), args=BANDERAS)
        pagina = contexto.new_page()
        inicio = time.perf_counter()
        pagina.goto(f"http://localhost:{puerto}/{ruta}")
        pagina.wait_for_selector(GRAFICA, timeout=30_000)
        tardo = (time.perf_counter() - inicio) * 1000
        contexto.close()
        return tardo


def redibujos_ms(puerto: int, ruta: str, veces: int) -> list[float]:
    """Milisegundos desde que se mueve el deslizador del mapa hasta que el dibujo cambia en pantalla.

    Incluyen los 200 que Streamlit espera a que la persona deje de moverlo.
    """
    with sync_playwright() as juego, tempfile.TemporaryDirectory() as perfil:
        contexto = juego.chromium.launch_persistent_context(
            perfil, executable_path=_chromium(), args=BANDERAS, viewport={"width": 1440, "height": 2000}
        )
        pagina = contexto.new_page()
        pagina.goto(f"http://localhost:{puerto}/{ruta}")
        pagina.wait_for_selector(GRAFICA, timeout=30_000)
        time.sleep(2)
        medidas = [_mover_deslizador(pagina) for _ in range(veces)]
        contexto.close()
        return medidas


def _mover_deslizador(pagina: Page) -> float:
    antes = pagina.evaluate(DIBUJO, GRAFICA)
    pagina.get_by_role("slider").first.focus()
    inicio = pagina.evaluate("performance.now()")
    pagina.keyboard.press("ArrowLeft")
    fin = pagina.evaluate(ESPERAR_OTRO_DIBUJO, [GRAFICA, antes])
    time.sleep(1)
    return float(fin - inicio)
