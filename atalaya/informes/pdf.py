"""PDF de una vista, compuesto con Typst: etiquetado (PDF/UA-1), con guiones en español y las figuras en vectores.

Por qué Typst: es el único cajista que viene entero en PyPI (sin LaTeX ni navegador), compone en una fracción de segundo
y escribe PDF accesible con texto alternativo.
"""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

import pandas as pd
import typst
import vl_convert

from atalaya import periodos
from atalaya.figuras import conteos, mapa, textos
from atalaya.informes.ficha import Ficha, cita, fichas, pie, pie_precision
from atalaya.informes.vista import Vista

PLANTILLA: Final = Path(__file__).with_name("impreso.typ")
HOJAS: Final = {"a4": "a4", "carta": "us-letter"}
"""El tamaño del papel, como se pide y como lo llama Typst."""
TOPE_FILAS: Final = 400
"""Renglones de cuadro que caben en un impreso que alguien va a leer; los demás van en el CSV, y se dice."""

CIERRE: Final = "Compuesto por Atalaya. Los datos completos, con su definición, van en el CSV y el XLSX de la vista."
ROTULOS: Final = {"como_se_sabe": "Cómo se sabe", "fuentes": "Fuentes", "enlace": "La vista:"}


@dataclass(frozen=True)
class Cuadro:
    """Un cuadro del impreso. `numericas`: qué columnas van a la derecha; `anchos`: proporciones, 0 = lo que pida."""

    titulo: str
    columnas: tuple[str, ...]
    filas: list[list[str]]
    numericas: tuple[int, ...] = ()
    anchos: tuple[int, ...] = ()
    nota: str = ""


@dataclass(frozen=True)
class Impreso:
    """Lo que lleva un PDF. `figura` es su Vega-Lite de ancho fijo; sin ella, None."""

    titulo: str
    subtitulo: str
    parrafos: Sequence[str]
    figura: dict[str, Any] | None
    alternativo: str
    cuadros: Sequence[Cuadro]
    fichas: Sequence[Ficha]
    fuentes: Sequence[str]
    enlace: str
    version: str
    cierre: str = field(default=CIERRE)


def pdf(vista: Vista, hoja: str = "a4") -> bytes:
    """El PDF de una vista: su hallazgo, su figura, sus cifras con su error, cómo se sabe y sus fuentes."""
    return componer(de_vista(vista), hoja)


def componer(impreso: Impreso, hoja: str = "a4") -> bytes:
    """El PDF de un impreso en una de `HOJAS`; lanza KeyError si no es una de ellas."""
    datos = asdict(impreso) | {
        "hoja": HOJAS[hoja],
        "idioma": "es",
        "region": "MX",
        "figura": None,
        "rotulos": {
            "como_se_sabe": "Cómo se sabe",
            "fuentes": "Fuentes",
            "cierre": impreso.cierre,
            "enlace": "La vista:",
        },
    }
    with tempfile.TemporaryDirectory() as carpeta:
        raiz = Path(carpeta)
        shutil.copy(PLANTILLA, raiz / "impreso.typ")
        if impreso.figura:
            dibujo = vl_convert.vegalite_to_svg(impreso.figura)
            (raiz / "figura.svg").write_text(dibujo, encoding="utf-8")
            datos["figura"] = "figura.svg"
        (raiz / "datos.json").write_text(json.dumps(datos, ensure_ascii=False), encoding="utf-8")
        salida = typst.compile(str(raiz / "impreso.typ"), format="pdf", pdf_standards="ua-1")
    return bytes(salida)


def de_vista(vista: Vista) -> Impreso:
    """El impreso de una vista de indicadores."""
    return Impreso(
        titulo=vista.titulo,
        subtitulo=vista.subtitulo,
        parrafos=[f"{pie(vista.tabla)} {pie_precision(vista.tabla)}".strip()],
        figura=mapa.incrustar(vista.figura().vegalite()),
        alternativo=vista.alternativo(),
        cuadros=cuadros(vista.tabla),
        fichas=fichas(vista.tabla),
        fuentes=[cita(vista.tabla)],
        enlace=vista.enlace,
        version=vista.version,
    )


def cuadros(tabla: pd.DataFrame) -> list[Cuadro]:
    """Un cuadro por indicador: lugar, cuándo, cifra, intervalo y precisión; de un conteo, casos, población y tasa."""
    salida = []
    for _clave, suyas in tabla.groupby("indicador", sort=False):
        filas = [_fila(fila) for fila in suyas.head(TOPE_FILAS).to_dict("records")]
        de_conteo = "casos" in suyas and suyas["casos"].notna().any()
        nota = "" if len(suyas) <= TOPE_FILAS else f"Y {len(suyas) - TOPE_FILAS:,} renglones más, en el CSV."
        ultima = "Casos" if de_conteo else "Precisión"
        nombre = str(fichas(suyas)[0].nombre)
        columnas = ("Lugar", "Cuándo", "Cifra", "Intervalo", ultima)
        salida.append(Cuadro(nombre, columnas, filas, (2, 3, 4), (3, 2, 2, 2, 2), nota))
    return salida


def _fila(fila: dict[Any, Any]) -> list[str]:
    cuando = periodos.nombre(fila["periodo"])
    if pd.notna(fila.get("tasa_100k")) or pd.notna(fila.get("casos")):
        intervalo = textos.intervalo(fila.get("tasa_inf"), fila.get("tasa_sup"))
        return [str(fila["nombre"]), cuando, conteos.decir(fila, "tasa_100k"), intervalo, textos.entero(fila["casos"])]
    precision = fila.get("precision")
    return [
        str(fila["nombre"]),
        cuando,
        textos.cifra(fila),
        textos.intervalo(fila.get("ic_inf"), fila.get("ic_sup")),
        str(precision) if isinstance(precision, str) else "—",
    ]
