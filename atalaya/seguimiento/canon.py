"""De la celda como se escribió a la celda canónica de su columna, y qué tiene de raro si no se puede."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Final

from atalaya import catalogo
from atalaya.idiomas import tr
from atalaya.seguimiento import fechas, limites, numeros
from atalaya.seguimiento.contratos import Columna
from atalaya.seguimiento.encabezado import clave
from atalaya.seguimiento.libros import SIN_VALOR

_ROTO: Final = re.compile(
    "[ÃÂ][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u2122]"
)
"""«Ã³» donde debía decir «ó»: UTF-8 leído como latin-1 antes de llegar aquí."""
_DE_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_INVISIBLES: Final = re.compile("[\u180e\u200b-\u200f\u2060-\u2064\ufeff]")
"""Ocupan lugar y no se ven: con uno delante, «=» deja de ser lo primero sólo para quien lo revisa."""
_ESPACIOS: Final = re.compile("[ \u00a0\u202f\u2007]+")
_GUION: Final = re.compile(r"[-–—]|n/?[da]|s/?d|nd|na|null|none|nan|#n/a", re.IGNORECASE)
_FORMULA: Final = re.compile(r"[=@＝＠]|[+\-＋－](?! [^=(|!@]*$)", re.DOTALL)
"""«+ cercanía» es una viñeta, que se lee; «+52 55…» o «- cmd|…» los ejecutaría una hoja de cálculo."""
_NUMERICAS: Final = ("entero", "numero", "pct")


@dataclass(frozen=True, slots=True)
class Rara:
    """Por qué una celda no se admite, si la revisión de su tipo no lo diría bien."""

    esperado: str
    remedio: str


@dataclass(frozen=True, slots=True)
class Costumbre:
    """Cómo escribe el archivo esa columna: qué signo lleva los decimales y si sus fechas van con el mes primero."""

    decimal: numeros.Decimal_
    mes_primero: bool


def costumbre(columna: Columna, celdas: Iterable[str], decimal: numeros.Decimal_) -> Costumbre:
    """La de una columna por sus celdas; `decimal`, la del archivo."""
    de_fechas = columna.tipo in ("fecha", "periodo")
    return Costumbre(decimal, de_fechas and fechas.al_reves(celdas))


def llevar(columna: Columna, cruda: str, como: Costumbre) -> tuple[str, Rara | None]:
    """La celda canónica y, si no se admite, por qué. Lo que no se entiende queda como vino: su revisión lo dirá."""
    celda = _limpia(cruda)
    if not celda or (rara := _hostil(celda, columna)):
        return celda, rara if celda else None
    if columna.tipo in _NUMERICAS:
        return _numero(columna, celda, como)
    if columna.tipo in ("fecha", "periodo"):
        return _fecha(columna, celda, como)
    if columna.tipo == "lugar" and len(posibles := lugares(celda)) > 1:
        return celda, Rara(
            tr("un solo lugar: varios se llaman así"),
            tr("escriba su clave: ") + ", ".join(map(_con_nombre, posibles[:6])),
        )
    return _texto(columna, celda), None


def _texto(columna: Columna, celda: str) -> str:
    if columna.admitidos:
        return _admitido(columna, celda)
    match columna.tipo:
        case "lugar":
            return lugar(celda)
        case "clave":
            return clave(celda)
        case "indicador":
            return celda.lower()
    return celda


def lugar(celda: str) -> str:
    """La clave del lugar que se llama así («Nezahualcóyotl», «Benito Juárez, Quintana Roo»), si es uno solo."""
    candidatos = lugares(celda)
    return candidatos[0] if len(candidatos) == 1 else celda


def lugares(celda: str) -> tuple[str, ...]:
    """Las claves que puede querer decir: ella misma, su número de cinco cifras, o las de los que se llaman así."""
    todos = catalogo.lugares()
    if celda.upper() in todos:
        return (celda.upper(),)
    if re.fullmatch(r"[0-9]{5}", celda):
        return tuple(clave_ for clave_ in (f"MX-{celda}", f"CL-{celda}") if clave_ in todos)
    return _por_nombre().get(catalogo.normalizar(celda), ())


def _con_nombre(clave_: str) -> str:
    uno = catalogo.lugar(clave_)
    dicho = {"pais": tr("el país"), "entidad": tr("la entidad")}.get(uno.tipo) or catalogo.lugar(
        uno.entidad
    ).nombre_corto
    return f"{clave_} ({dicho})"


@cache
def _por_nombre() -> dict[str, tuple[str, ...]]:
    """Nombre → claves: «Puebla» es el municipio y el estado, y «México» el país y el estado; no se elige por nadie.

    Un municipio se llama también «nombre, entidad» y «nombre (entidad)»; un estado, «estado de nombre».
    """
    todos = catalogo.lugares()
    nombres: dict[str, dict[str, None]] = {}
    for uno in todos.values():
        if uno.tipo != "municipio":
            continue
        entidad = todos.get(uno.entidad)
        dichos = {uno.nombre, uno.nombre_corto}
        if entidad:
            for suya in {entidad.nombre, entidad.nombre_corto}:
                dichos |= {f"{uno.nombre}, {suya}", f"{uno.nombre} ({suya})"}
        for dicho in dichos:
            nombres.setdefault(catalogo.normalizar(dicho), {})[uno.lugar] = None
    for uno in todos.values():
        if uno.tipo in ("pais", "entidad"):
            dichos = {uno.nombre, uno.nombre_corto.removesuffix(" (nacional)")}
            dichos |= {f"Estado de {uno.nombre}"} if uno.lugar.startswith("MX-") else set()
            for dicho in dichos:
                nombres.setdefault(catalogo.normalizar(dicho), {})[uno.lugar] = None
    return {nombre: tuple(claves) for nombre, claves in nombres.items()}


def _limpia(cruda: str) -> str:
    """Sin espacios de más ni saltos de línea raros, con los acentos compuestos."""
    texto = unicodedata.normalize("NFC", cruda).replace("\r\n", "\n").replace("\r", "\n")
    # Antes de quitar espacios: en «'» seguido de un salto de línea, sin el salto ya no se sabe que el apóstrofo sobra.
    texto = limites.original(_INVISIBLES.sub("", texto))
    return "\n".join(_ESPACIOS.sub(" ", linea).strip(" \t") for linea in texto.split("\n")).strip()


def _hostil(celda: str, columna: Columna) -> Rara | None:
    if celda == SIN_VALOR:
        return Rara(
            tr("un valor"), tr("la fórmula no trae su resultado: péguelo como valor («pegado especial › valores»)")
        )
    if len(celda) > limites.MAX_CELDA:
        return Rara(
            tr("{max_celda:,} letras o menos", max_celda=limites.MAX_CELDA),
            tr("acorte el texto; lo largo, en su propio documento"),
        )
    if _DE_CONTROL.search(celda):
        return Rara(
            tr("letras, sin caracteres de control"), tr("escriba la celda otra vez, sin pegarla de otro programa")
        )
    if "\ufffd" in celda or _ROTO.search(celda):
        return Rara(tr("letras enteras"), tr("los acentos vienen rotos: guarde el original como «CSV UTF-8» o .xlsx"))
    if columna.tipo not in _NUMERICAS and _FORMULA.match(celda):
        return Rara(
            tr("un texto que no empiece como fórmula (= + - @)"),
            tr("una hoja de cálculo lo ejecutaría como fórmula: anteponga una palabra o quite el signo"),
        )
    return None


def _admitido(columna: Columna, celda: str) -> str:
    """El valor admitido que sólo difiere en mayúsculas o acentos; si no lo hay, la celda."""
    iguales = [uno for uno in columna.admitidos if catalogo.normalizar(uno) == catalogo.normalizar(celda)]
    return iguales[0] if len(iguales) == 1 else celda


def _numero(columna: Columna, celda: str, como: Costumbre) -> tuple[str, Rara | None]:
    if dicho := numeros.canonico(celda, como.decimal, columna.tipo == "entero"):
        return dicho, None
    if numeros.es_ambiguo(celda):
        return celda, Rara(
            tr("un número sin duda de cuánto es"),
            tr(
                "«{celda}» puede ser miles o decimales: escriba los miles sin signo (1234) o un decimal más (1.2340)",
                celda=celda,
            ),
        )
    if _GUION.fullmatch(celda):
        return celda, Rara(
            tr("un número, o la celda vacía"), tr("si no hay cifra, deje la celda vacía y dígalo en «estado»")
        )
    return celda, None


def _fecha(columna: Columna, celda: str, como: Costumbre) -> tuple[str, Rara | None]:
    dicha = fechas.fecha(celda) if columna.tipo == "fecha" else fechas.periodo(celda)
    if como.mes_primero and re.match(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{4}", celda):
        return celda, Rara(
            tr("día, mes y año"),
            tr("en esta columna hay fechas con el mes primero: escríbalas todas como 2020-02-24 o 24/02/2020"),
        )
    return dicha or celda, None
