"""Un idioma de mentira que cambia cada letra por otra: lo que se lee sin descifrar es lo que nadie tradujo."""

from __future__ import annotations

import csv
import html
import json
import re
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from babel.messages.pofile import read_po

from atalaya import idiomas
from herramientas.idiomas import COLUMNAS

RAIZ: Final = Path(__file__).resolve().parents[2]
CLAVE: Final = "xx"
_FIJO: Final = re.compile(r"\{[^{}]*\}|:material/\w+:|<[^>]+>|\]\([^)]*\)|https?://\S+|`[^`]*`|&\w+;")
"""Lo que no es texto: huecos, iconos, etiquetas, enlaces y código."""
_CIFRADO: Final = {ord(c): 0x430 + k for k, c in enumerate(string.ascii_lowercase)} | {
    ord(c): 0x410 + k for k, c in enumerate(string.ascii_uppercase)
}
_CON_ACENTO: Final = dict.fromkeys(map(ord, "áéíóúñüÁÉÍÓÚÑÜ"), "ж")
_NO_ES_PROSA: Final = re.compile(
    r"\b[\w.-]+\.(?:zip|xlsx|csv|sql|py|rda|parquet|R|json|md|pdf|xls)\b"  # archivos
    r"|\b[A-Za-z0-9]+(?:_[A-Za-z0-9]+)+\b"  # claves
    r"|\b(?:MX|CL)(?:-\w+)?\b|\b\d{4}[TS]\d\b|\b[0-9a-f]{8,}\b"  # lugares, periodos y huellas
    r"|\w+…"  # una palabra cortada
    r"|Directa y sintética; cv del logaritmo",  # la celda de la ENUSC de áreas pequeñas, como la escribe el INE
    re.IGNORECASE,
)
_TRAMO: Final = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ0-9 ,.;:()«»“”¿?¡!°º'’\"\-–/%\xa0]*")
_CORTES: Final = re.compile(r"[,;:()«»“”/.]| - ")
_PROPIOS: Final = {
    *("español", "english", "português", "idioma", "language", "língua", "atalaya", "parquet", "python", "streamlit"),
    *("holm", "poisson", "duckdb", "penalolen"),
}
_NOMBRES: Final = {
    **dict.fromkeys(("lugares.csv", "municipios.csv", "lugares_cl.csv"), ("nombre", "nombre_corto")),
    "fuentes.csv": ("nombre", "productor", "cita", "fuente"),
}


class Clave:
    """Un catálogo que «traduce» cifrando."""

    def gettext(self, texto: str) -> str:
        """El texto cifrado, con sus huecos y sus marcas; el que los catálogos no conocen, como está."""
        if texto not in _conocidos():
            return texto
        partes, desde = [], 0
        for fijo in _FIJO.finditer(texto):
            partes += [_cifrar(texto[desde : fijo.start()]), fijo[0]]
            desde = fijo.end()
        return "".join([*partes, _cifrar(texto[desde:])])

    def ngettext(self, uno: str, varios: str, cuantos: int) -> str:
        """Ídem, en singular o plural."""
        return self.gettext(uno if cuantos == 1 else varios)


@cache
def _conocidos() -> frozenset[str]:
    with (idiomas.CARPETA / "en.po").open("rb") as abierto:
        ids = [mensaje.id for mensaje in read_po(abierto)]
    return frozenset(dicho for uno in ids for dicho in ([uno] if isinstance(uno, str) else uno))


def sin_traducir(texto: str) -> list[str]:
    """Los tramos que quedaron en español y no son de un documento, de un cuestionario ni un nombre propio."""
    return _restos(texto) and _restos(_sin_lo_ajeno(texto))


def _restos(texto: str) -> list[str]:
    if _de_otro(texto):
        return []
    limpio = _NO_ES_PROSA.sub(" ¦ ", _FIJO.sub(" ¦ ", texto))
    tramos = (hallado[0].strip(' ,.;:()«»“”-–/%"\xa0') for hallado in _TRAMO.finditer(limpio))
    return [t for t in tramos if not (_se_admite(t) or _por_partes(t, r"; ") or _por_partes(t, _CORTES))]


def _sin_lo_ajeno(texto: str) -> str:
    """El texto sin las celdas de otro que cite enteras, que pueden llevar signos y comillas por dentro."""
    visto = html.unescape(texto)
    visto = re.sub(r"([^:;·¦]{6,})…", lambda m: " ¦ " if m[1].strip().casefold() in _todas_juntas() else m[0], visto)
    for celda in _largas():
        if celda in visto.casefold():
            visto = re.sub(re.escape(celda), " ¦ ", visto, flags=re.IGNORECASE)
    return visto


@cache
def _largas() -> tuple[str, ...]:
    return tuple(sorted((celda for celda in _celdas() if len(celda) > 12), key=len, reverse=True))


def _cifrar(texto: str) -> str:
    return texto.translate(_CIFRADO).translate(_CON_ACENTO)


def _por_partes(tramo: str, donde: str | re.Pattern[str]) -> bool:
    return all(map(_se_admite, re.split(donde, tramo)))


def _se_admite(tramo: str) -> bool:
    palabras = [p for p in re.findall(r"[A-Za-zÀ-ÿ]+", tramo) if len(p) > 2 and not p.isupper()]
    return _de_otro(tramo) or all(palabra.casefold() in _nombres() for palabra in palabras)


def _de_otro(texto: str) -> bool:
    """Si es una celda del proyecto que no se traduce, o un trozo largo de una."""
    dicho = texto.casefold().strip(' ,.;:()«»“”"?¿!…\xa0')
    return dicho in _celdas() or (len(dicho.split()) >= 3 and dicho in _todas_juntas())


@cache
def _celdas() -> frozenset[str]:
    return frozenset(dicho for celda in (*_leidas(), *_del_acervo()) for dicho in (celda, *celda.split("|")))


@cache
def _todas_juntas() -> str:
    """También las cabeceras de las consultas, que Metodología enseña como documentación del SQL."""
    consultas = (ruta.read_text(encoding="utf-8") for ruta in sorted((RAIZ / "consultas").glob("*/*.sql")))
    return "\n".join((*_celdas(), *(" ".join(re.sub(r"(?m)^-- ?", "", c).split()).casefold() for c in consultas)))


def _del_acervo() -> Iterator[str]:
    """Los nombres de los archivos oficiales de que sale, como los llama su manifiesto."""
    manifiesto = json.loads((RAIZ / "datos" / "acervo" / "manifiesto.json").read_text(encoding="utf-8"))
    yield from (str(f[c]).casefold() for f in manifiesto["fuentes"] for c in ("archivo", "origen", "edicion"))


def _leidas() -> Iterator[str]:
    for archivo in sorted((RAIZ / "datos").glob("*/*.csv")):
        traducidas = COLUMNAS.get(archivo.relative_to(RAIZ).as_posix(), ())
        for fila in _filas(archivo):
            ajenas = (v for c, v in fila.items() if v and c not in traducidas)
            # Una palabra suelta en minúsculas es una clave, que también podría ser un rótulo sin traducir; las de
            # delitos.csv son las de la fuente, y la ficha las enseña como tales.
            claves = archivo.name != "delitos.csv" and re.compile(r"[a-zñáéíóú]+")
            yield from (v.casefold().strip(" .") for v in ajenas if not (claves and claves.fullmatch(v)))


@cache
def _nombres() -> frozenset[str]:
    """Palabras de nombres propios: lugares, fuentes y los meses del portugués, que da Babel."""
    carpeta = RAIZ / "datos" / "catalogo"
    dichos = [fila[c] for archivo, cs in _NOMBRES.items() for fila in _filas(carpeta / archivo) for c in cs]
    palabras = {p.casefold() for dicho in dichos for p in re.findall(r"[A-Za-zÀ-ÿ]+", dicho) if p[0].isupper()}
    meses = {mes for anchura in ("wide", "abbreviated") for mes in idiomas._meses("pt", anchura)}
    return frozenset(palabras | _PROPIOS | meses)


def _filas(archivo: Path) -> list[dict[str, str]]:
    with archivo.open(encoding="utf-8", newline="") as abierto:
        return list(csv.DictReader(abierto))
