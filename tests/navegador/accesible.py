"""axe-core sobre una página abierta, y lo que de él se deja pasar."""

from __future__ import annotations

from typing import Any, Final

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

# Lo que pinta Streamlit, no lo decide la aplicación y no se pudo reparar al servirlo: regla, algo de su selector o de
# su etiqueta, y por qué. Otra falta, o la misma en otro lado, hace fallar la prueba.
DE_STREAMLIT: Final[tuple[tuple[str, str, str], ...]] = ()

# target-size (WCAG 2.2, 2.5.8) viene apagada en axe-core.
_OPCIONES: Final = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
_AXE: Final = Axe()


# Lo único que cambia con el ancho: el resto ya se miró en la página ancha, que cuesta tres veces más.
DEL_ANCHO: Final = ("scrollable-region-focusable", "target-size")


def faltas(pagina: Page, reglas: tuple[str, ...] = ()) -> list[str]:
    """Cada falta de cualquier gravedad, en un renglón: gravedad, regla, selector y etiqueta. Vacía si no hay.

    Con `reglas`, sólo ésas.
    """
    opciones = {"resultTypes": ["violations"], "runOnly": {"type": "rule", "values": reglas}} if reglas else _OPCIONES
    hallado: dict[str, Any] = _AXE.run(pagina, options=opciones).response
    assert hallado["testEngine"]["name"] == "axe-core"
    return [
        f"{falta['impact']} {falta['id']} {nodo['target']} {nodo['html'][:160]} · {nodo['failureSummary'][:200]}"
        for falta in hallado["violations"]
        for nodo in falta["nodes"]
        if not any(
            falta["id"] == regla and pista in f"{nodo['target']}{nodo['html']}" for regla, pista, _ in DE_STREAMLIT
        )
    ]
