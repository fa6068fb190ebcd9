"""Español por omisión, inglés y portugués: qué se dice, con qué números y en qué idioma se está diciendo.

El texto en español es su propia clave (gettext). `tr` lo dice en el idioma de quien mira; `anotado` y `Rotulos` guardan
textos que se dirán después. Los catálogos están en `atalaya/idiomas/*.po`; `herramientas/idiomas.py` los pone al día y
una prueba falla si a alguno le falta un texto. Los documentos, las preguntas de una encuesta y los nombres propios van
como los escribió su autor: no se traducen.
"""

from __future__ import annotations

import dataclasses
import functools
import io
import string
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any, Final, ParamSpec, TypeVar, cast

CARPETA: Final = Path(__file__).resolve().parent
OMISION: Final = "es"
IDIOMAS: Final = {"es": "Español", "en": "English", "pt": "Português"}
LOCALES: Final = {"es": "es_MX", "en": "en_US", "pt": "pt_BR"}
"""De dónde salen el punto decimal, los millares y los meses de cada idioma (Unicode CLDR, por Babel)."""

P = ParamSpec("P")
R = TypeVar("R")
_actual: ContextVar[str] = ContextVar("idioma", default=OMISION)


def actual() -> str:
    """El idioma en que se está diciendo: `es`, `en` o `pt`."""
    return _actual.get()


def poner(idioma: str) -> None:
    """Desde aquí, en este hilo, se dice en `idioma`; uno que no se tiene es español."""
    _actual.set(idioma if idioma in IDIOMAS else OMISION)


@contextmanager
def usando(idioma: str) -> Iterator[None]:
    """Mientras dure, se dice en `idioma`."""
    antes = actual()
    poner(idioma)
    try:
        yield
    finally:
        _actual.set(antes)


def en_su_idioma(hacer: Callable[P, R]) -> Callable[P, R]:
    """Para lo que corre después y en otro hilo (una descarga): en el idioma de ahora."""
    idioma = actual()

    @functools.wraps(hacer)
    def hacerlo(*cosas: P.args, **otras: P.kwargs) -> R:
        with usando(idioma):
            return hacer(*cosas, **otras)

    return hacerlo


def guardado(hacer: Callable[P, R]) -> Callable[P, R]:
    """Como `functools.cache`, aparte para cada idioma: para lo que lleva textos."""

    @functools.cache
    def en(idioma: str, *cosas: Any, **otras: Any) -> R:
        del idioma  # sólo distingue en la clave: `hacer` ve el de su hilo
        return hacer(*cosas, **otras)

    @functools.wraps(hacer)
    def hacerlo(*cosas: P.args, **otras: P.kwargs) -> R:
        return en(actual(), *cosas, **otras)  # type: ignore[arg-type]

    return hacerlo


def con_textos(*campos: str) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Para lo que lee una tabla del catálogo (un diccionario o una tupla de objetos): esos campos, dichos con `tr`."""

    def envolver(leer: Callable[P, R]) -> Callable[P, R]:
        en_espanol = functools.cache(leer)

        @guardado
        def dicho(*cosas: P.args, **otras: P.kwargs) -> R:
            hecho: Any = en_espanol(*cosas, **otras)  # type: ignore[arg-type]
            if actual() == OMISION:
                return cast(R, hecho)
            if isinstance(hecho, dict):
                return cast(R, {clave: _decir(uno, campos) for clave, uno in hecho.items()})
            return cast(R, tuple(_decir(uno, campos) for uno in hecho))

        return functools.wraps(leer)(dicho)

    return envolver


def _decir(uno: Any, campos: tuple[str, ...]) -> Any:
    return dataclasses.replace(uno, **{campo: tr(getattr(uno, campo)) for campo in campos})


def tr(texto: str, /, **valores: object) -> str:
    """`texto` en el idioma actual, con `{nombre}` cambiado por su valor; los números, como se escriben en él."""
    if _actual.get() == OMISION or not texto:  # los números del español son los de Python
        return texto.format(**valores) if valores else texto
    dicho = _catalogo(actual()).gettext(texto)
    return _FORMATO.format(dicho, **valores) if valores else dicho


def tr_n(uno: str, varios: str, cuantos: float, /, **valores: object) -> str:
    """Como `tr`, en singular o plural según `cuantos`."""
    dicho = _catalogo(actual()).ngettext(uno, varios, 1 if cuantos == 1 else 2)
    return _FORMATO.format(dicho, **valores) if valores else dicho


def anotado(texto: str) -> str:
    """El mismo texto, que `tr` dirá después: sólo lo apunta para los catálogos."""
    return texto


class Rotulos(Mapping[Any, str]):
    """Claves y sus nombres; el nombre se lee siempre en el idioma actual."""

    def __init__(self, rotulos: Mapping[Any, str]) -> None:
        self._rotulos = dict(rotulos)

    def __getitem__(self, clave: Any) -> str:
        return tr(self._rotulos[clave])

    def __iter__(self) -> Iterator[Any]:
        return iter(self._rotulos)

    def __len__(self) -> int:
        return len(self._rotulos)

    def __or__(self, otros: Rotulos) -> Rotulos:
        return Rotulos(self._rotulos | otros._rotulos)


def numero(valor: float, forma: str = ",.1f") -> str:
    """`valor` con esa forma de Python, con el punto decimal y los millares del idioma: «1,234.5» o «1.234,5»."""
    dicho = format(valor, forma)
    decimal, millares = _signos(actual())
    if (decimal, millares) == (".", ","):
        return dicho
    return dicho.translate({ord("."): decimal, ord(","): millares})


def ordinal(numero_: int) -> str:
    """«24.º», o «24th» en inglés."""
    if actual() != "en":
        return f"{numero(numero_, ',')}.º"
    resto = numero_ % 100
    sufijo = "th" if 10 < resto < 14 else {1: "st", 2: "nd", 3: "rd"}.get(numero_ % 10, "th")
    return f"{numero_:,}{sufijo}"


def meses(anchura: str = "wide") -> tuple[str, ...]:
    """Los doce meses, como se escriben en medio de una frase; `abbreviated`, de tres letras."""
    return _meses(actual(), anchura)


@functools.cache
def de_vega(idioma: str) -> dict[str, Any]:
    """Los números de ese idioma, como los pide Vega (d3-format). Las fechas de los ejes las escribe `periodos`."""
    decimal, millares = _signos(idioma)
    signo = " %" if idioma == OMISION else "%"
    return {
        "number": {"decimal": decimal, "thousands": millares, "grouping": [3], "currency": ["$", ""], "percent": signo}
    }


@functools.cache
def _signos(idioma: str) -> tuple[str, str]:
    if idioma not in LOCALES or idioma == OMISION:
        return ".", ","
    from babel import Locale

    signos = Locale.parse(LOCALES[idioma]).number_symbols["latn"]
    return signos["decimal"], signos["group"]


@functools.cache
def _meses(idioma: str, anchura: str) -> tuple[str, ...]:
    from babel import Locale

    suyos = Locale.parse(LOCALES.get(idioma, LOCALES[OMISION])).months["format"][anchura]
    return tuple(suyos[k].rstrip(".") for k in range(1, 13))


@functools.cache
def _catalogo(idioma: str) -> NullTranslations:
    if idioma == OMISION:
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compilado = io.BytesIO()
    with (CARPETA / f"{idioma}.po").open("rb") as archivo:
        write_mo(compilado, read_po(archivo, locale=LOCALES[idioma], abort_invalid=True))
    compilado.seek(0)
    return GNUTranslations(compilado)


class _Formato(string.Formatter):
    """El de `str.format`, con los números como se escriben en el idioma actual."""

    def format_field(self, value: Any, format_spec: str) -> str:
        if format_spec and isinstance(value, int | float) and not isinstance(value, bool):
            return numero(value, format_spec)
        return cast(str, super().format_field(value, format_spec))


_FORMATO: Final = _Formato()
