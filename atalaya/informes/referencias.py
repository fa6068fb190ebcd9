"""La cita de una vista en APA y en BibTeX, la licencia de cada fuente y lo que hace falta para citarla mañana igual."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

import pandas as pd

from atalaya import catalogo
from atalaya.catalogo import Fuente
from atalaya.idiomas import tr
from atalaya.informes import ficha
from atalaya.informes.vista import Vista

_ANIOS: Final = re.compile(r"\((\d{4})(?:-(\d{4}))?\)")
_LATEX: Final = re.compile(r"[&%$#_{}]")
_SIGLAS: Final = re.compile(r"\s*\([^)]*\)$")


def fuentes(tabla: pd.DataFrame) -> list[Fuente]:
    """Las fuentes de las cifras y, si son tasas, las de su población, en el orden en que aparecen."""
    return [catalogo.fuentes()[clave] for clave in ficha.claves_de_fuentes(tabla)]


def apa(vista: Vista, hoy: date) -> str:
    """La referencia de cada fuente y la de la vista, en APA 7, una por renglón."""
    propia = tr(
        "Atalaya. ({year}). {titulo} (acervo {version}) [conjunto de datos]. Consultado el {dia}. {enlace}",
        year=hoy.year,
        titulo=vista.titulo,
        version=vista.version,
        dia=hoy.isoformat(),
        enlace=vista.enlace,
    )
    return "\n".join([*(una.cita for una in fuentes(vista.tabla)), propia]) + "\n"


def bibtex(vista: Vista, hoy: date) -> str:
    """Lo mismo en BibTeX: un `@misc` por fuente y otro de la vista. Los autores van entre llaves: son instituciones."""
    entradas = [_de_fuente(una) for una in fuentes(vista.tabla)]
    entradas.append(
        _entrada(
            f"atalaya_{re.sub(r'[^a-z0-9]+', '_', catalogo.normalizar(vista.archivo).removeprefix('atalaya_'))}",
            [
                ("author", "{Atalaya}"),
                ("title", f"{{{_tex(vista.titulo)}}}"),
                ("year", str(hoy.year)),
                (
                    "note",
                    _tex(
                        tr(
                            "Acervo {version}. Consultado el {dia}",
                            version=vista.version,
                            dia=hoy.isoformat(),
                        )
                    ),
                ),
                ("url", vista.enlace),
            ],
        )
    )
    return "\n".join(entradas)


def licencias(fuentes_: Sequence[Fuente]) -> str:
    """La licencia de cada fuente, con quién la publica y dónde."""
    partes = [
        tr(
            "{nombre}\n{productor}\n{url}\nLicencia: {licencia}\n",
            nombre=una.nombre,
            productor=una.productor,
            url=una.url,
            licencia=una.licencia,
        )
        for una in fuentes_
    ]
    return "\n".join(partes)


def _de_fuente(una: Fuente) -> str:
    anios = _ANIOS.search(una.cita)
    return _entrada(
        una.fuente,
        [
            ("author", f"{{{_tex(_SIGLAS.sub('', una.productor))}}}"),
            ("title", f"{{{_tex(una.nombre)}}}"),
            *([("year", anios[2] or anios[1])] if anios else []),
            *(
                [("note", _tex(tr("Ediciones de {anios} a {anios_2}", anios=anios[1], anios_2=anios[2])))]
                if anios and anios[2]
                else []
            ),
            ("howpublished", tr("Conjunto de datos")),
            ("url", una.url),
        ],
    )


def _entrada(clave: str, campos: Sequence[tuple[str, str]]) -> str:
    cuerpo = ",\n".join(f"  {nombre} = {{{valor}}}" for nombre, valor in campos)
    return f"@misc{{{clave},\n{cuerpo}\n}}\n"


def _tex(texto: str) -> str:
    return _LATEX.sub(lambda m: "\\" + m[0], texto)
