"""Lo que Streamlit sólo dice en inglés, dicho en el idioma de la visita: los rótulos fijos de sus guiones.

Streamlit trae compilados en inglés unos pocos textos («No results», «Clear all»…) y su buscador de opciones distingue
acentos («merida» no halla «Mérida»); ninguno se puede configurar. Aquí se sustituyen al servirlos, texto por texto y
sólo en los guiones que los llevan, por `atalayaDi(español, inglés, portugués)`, que escoge en el navegador según la
dirección (`pagina.js`). Si una versión nueva de Streamlit los cambia, se ven en inglés y nada se rompe; una
prueba avisa de cuál falta.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

from atalaya.idiomas import tr, usando
from atalaya.interfaz.reparos import REPAROS

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
        ("`View less`:`View ${x-m} more`", "`Ver menos`:`Ver ${x-m} más`"),
        ("`view less`:`view more`", "`ver menos`:`ver más`"),
        ('"aria-label":`Notifications`', '"aria-label":`Avisos`'),
    ),
    "FileUploader": (
        ("`Upload`", "`Elegir archivo`"),
        ("`Upload directories`", "`Elegir carpetas`"),
        ("} per file`", "} ${atalayaDi(`por archivo`,`per file`,`por arquivo`)}`"),
        ("`Drag and drop a file here`", "`Suelte aquí el archivo`"),
        ("`Drag and drop files here`", "`Suelte aquí los archivos`"),
        ("`Add files`", "`Añadir archivos`"),
        ("`${e.type} files are not allowed.`", "`No se admiten archivos ${e.type}.`"),
    ),
    "utils": (
        ("`file upload`", "`archivo`"),
        ("`Remove ${e.name}`", "`Quitar ${e.name}`"),
        ("`Only one file is allowed.`", "`Sólo cabe un archivo.`"),
        ("`Upload failed`", "`No se pudo subir`"),
        ("`Too many files`", "`Demasiados archivos`"),
        ("`${t.type} files are not allowed.`", "`No se admiten archivos ${t.type}.`"),
        ("`File must be ${", "`${atalayaDi(`El archivo debe pesar`,`File must be`,`O arquivo deve pesar`)} ${"),
        (")} or smaller.`", ")} ${atalayaDi(`o menos.`,`or smaller.`,`ou menos.`)}`"),
    ),
    "useCopyToClipboard": (("`Copied`:`Copy to clipboard`", "`Copiado`:`Copiar`"),),
    "InputInstructions": (
        ("`submit form`:`apply`", "`enviar`:`aplicar`"),
        ("`Press ${r()?`⌘`:`Ctrl`}+Enter to ${e}`", "`${r()?`⌘`:`Ctrl`}+Intro para ${e}`"),
        ("`Press Enter to ${e}`", "`Intro para ${e}`"),
    ),
    "Toolbar": (
        ("label:`Fullscreen`", "label:`Pantalla completa`"),
        ("label:`Close fullscreen`", "label:`Salir de pantalla completa`"),
    ),
    "Table": (("children:`empty`", "children:`sin filas`"),),
    "useFloatingOverlay": ((":`Dismiss`", ":`Cerrar`"),),
}
"""De cada guion (por el principio de su nombre): lo que dice y lo que debe decir, con sus comillas."""

_TEXTO: Final = re.compile(r"`((?:[^`$]|\$\{(?:[^`{}]|`[^`]*`)*\})*)`")
_GUION: Final = re.compile(rf"/static/js/({'|'.join(FRASES)})\.[\w-]+\.js$")


def guion_de(ruta: str) -> str:
    """Qué guion con textos hay en esa ruta; vacío si no es ninguno."""
    hallado = _GUION.search(ruta)
    return hallado[1] if hallado else ""


@lru_cache(maxsize=32)
def traducir(guion: str, cuerpo: bytes) -> bytes:
    """El guion con sus textos en los tres idiomas y sus reparos; lo que no lleve se deja como está."""
    texto = cuerpo.decode("utf-8")
    for antes, ahora in FRASES[guion]:
        texto = texto.replace(antes, _en_tres(antes, ahora))
    for antes, ahora in REPAROS.get(guion, ()):
        texto = texto.replace(antes, ahora)
    return texto.encode("utf-8")


def en_espanol() -> Iterator[str]:
    """Los textos en español, para los catálogos; los que van partidos ya llevan los tres idiomas."""
    pares = [par for suyos in FRASES.values() for par in suyos if _son_textos(*par)]
    yield from (texto for _, ahora in pares for texto in _TEXTO.findall(ahora))


def _son_textos(antes: str, ahora: str) -> bool:
    return bool(_TEXTO.search(antes)) and "atalayaDi(" not in ahora


def _en_tres(antes: str, ahora: str) -> str:
    """Cada texto de `ahora` (entre comillas invertidas) con el inglés de `antes` y el portugués del catálogo."""
    if not _son_textos(antes, ahora):
        return ahora
    ingles = iter(_TEXTO.findall(antes))

    def decir(hallado: re.Match[str]) -> str:
        with usando("pt"):
            portugues = tr(hallado[1])
        # Entre paréntesis: delante puede ir pegada una palabra («return`…`»).
        return f"(atalayaDi(`{hallado[1]}`,`{next(ingles)}`,`{portugues}`))"

    return _TEXTO.sub(decir, ahora)
