"""Lo que Streamlit no deja decir en español, dicho en español: su página y los rótulos fijos de sus guiones.

Streamlit trae compilados en inglés unos pocos textos («No results», «Clear all»…) y su buscador de opciones distingue
acentos («merida» no halla «Mérida»); ninguno se puede configurar. Aquí se sustituyen al servirlos, texto por texto y
sólo en los guiones que los llevan. Si una versión nueva de Streamlit los cambia, se ven en inglés y nada se rompe; una
prueba avisa de cuál falta.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

_PLEGAR: Final = "e=>e.toLowerCase()"
_SIN_ACENTOS: Final = r"e=>e.normalize(`NFD`).replace(/\p{M}/gu,``).toLowerCase()"

FRASES: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "useSyncComboBoxEnterTargetFocus": ((f"={_PLEGAR};", f"={_SIN_ACENTOS};"),),
    "Multiselect": (
        ("`No results`", "`Sin resultados`"),
        ("`Clear all`", "`Quitar todas`"),
        ("`Remove ${e}`", "`Quitar ${e}`"),
        ("`Selected values`", "`Elegidas`"),
        ('"aria-label":`Open`', '"aria-label":`Abrir`'),
        (
            "`You can only select up to ${t.maxSelections} ${e}. Remove an option first.`",
            "`Caben ${t.maxSelections}. Quite una antes de elegir otra.`",
        ),
    ),
    "Selectbox": (
        ("`No results`", "`Sin resultados`"),
        ("`Clear value`", "`Quitar`"),
        ('"aria-label":`Open`', '"aria-label":`Abrir`'),
    ),
    "index": (
        ("`Skip to main content`", "`Ir al contenido`"),
        ("`Page not found`", "`Esa página no existe`"),
        (
            "`You have requested page /${e}, but no corresponding file was found in the app's pages/ directory`",
            "`Atalaya no tiene ninguna página /${e}`",
        ),
        ("`The page that you have requested does not seem to exist`", "`Atalaya no tiene esa página`"),
        ("`${t}. Running the app's main page.`", "`${t}. Se abre Inicio; en el menú están las demás.`"),
        ("`Connection error`", "`Se perdió la conexión con Atalaya`"),
        ("`Expand sidebar`", "`Abrir el menú`"),
        ("`Collapse sidebar`", "`Cerrar el menú`"),
        ('"aria-label":`Sidebar`', '"aria-label":`Menú`'),
        ("`App pages`", "`Páginas`"),
        ("`Navigate to home page`", "`Ir a Inicio`"),
        ("`Main menu`", "`Menú principal`"),
        ('"aria-label":`Close`', '"aria-label":`Cerrar`'),
        ("`Running...`", "`Calculando…`"),
        ("`Stopping...`:`Stop`", "`Deteniendo…`:`Detener`"),
        ("`Print`", "`Imprimir`"),
        ("`Record screen`", "`Grabar la pantalla`"),
    ),
}
"""De cada guion (por el principio de su nombre): lo que dice y lo que debe decir, con sus comillas."""

_GUION: Final = re.compile(rf"/static/js/({'|'.join(FRASES)})\.[\w-]+\.js$")


def guion_de(ruta: str) -> str:
    """Qué guion con textos hay en esa ruta; vacío si no es ninguno."""
    hallado = _GUION.search(ruta)
    return hallado[1] if hallado else ""


@lru_cache(maxsize=8)
def traducir(guion: str, cuerpo: bytes) -> bytes:
    """El guion con sus textos en español; lo que no lleve se deja como está."""
    texto = cuerpo.decode("utf-8")
    for ingles, espanol in FRASES[guion]:
        texto = texto.replace(ingles, espanol)
    return texto.encode("utf-8")
