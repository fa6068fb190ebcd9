"""Una página abierta en Chromium que anota todo lo que pide y todo lo que se queja."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, Page


@dataclass
class Visita:
    """Una página abierta, con lo que pidió y lo que se quejó la consola."""

    base: str
    pagina: Page
    pedidas: list[str] = field(default_factory=list)
    quejas: list[str] = field(default_factory=list)

    def ir(self, ruta: str = "") -> Page:
        """Abre una ruta y espera a que la página esté entera (Streamlit dejó de correr)."""
        self.pagina.goto(f"{self.base}/{ruta}")
        return self.lista()

    def lista(self) -> Page:
        """Espera a que termine la reejecución en curso."""
        self.pagina.wait_for_selector("h1", timeout=30_000)
        self.pagina.wait_for_function(
            "document.querySelector('[data-testid=stApp]')?.dataset.testScriptState === 'notRunning'", timeout=30_000
        )
        return self.pagina

    def ajenas(self) -> list[str]:
        """Lo que se pidió a otro sitio que no es el propio servidor."""
        propio = urlsplit(self.base).netloc
        return [u for u in self.pedidas if urlsplit(u).scheme not in ("data", "blob") and urlsplit(u).netloc != propio]

    def revisar(self) -> None:
        """Nada pudo salir del propio servidor ni quejarse."""
        assert self.ajenas() == []
        assert self.quejas == []


def vigilar(una: Visita) -> None:
    """Anota cada petición (también WebSocket), cada error de la consola y cada falla de la página."""
    una.pagina.on("request", lambda peticion: una.pedidas.append(peticion.url))
    una.pagina.on("websocket", lambda ws: una.pedidas.append(ws.url))
    una.pagina.on("pageerror", lambda falla: una.quejas.append(str(falla)))
    una.pagina.on("console", lambda m: una.quejas.append(m.text) if m.type == "error" else None)


@contextmanager
def visitar(contexto: BrowserContext, base: str) -> Iterator[Visita]:
    """Una visita nueva en ese contexto, que no deja nada en él; al terminar nada pudo salir ni quejarse.

    Un contexto que ya leyó y compiló los guiones de Streamlit abre una página con la mitad de procesador que uno nuevo.
    """
    una = Visita(base, contexto.new_page())
    vigilar(una)
    try:
        yield una
        una.revisar()
    finally:
        una.pagina.goto(f"{base}/salud")  # del mismo origen: ahí se borra lo que guardó
        una.pagina.evaluate("localStorage.clear()")
        contexto.clear_cookies()
        for hoja in contexto.pages:
            hoja.close()
