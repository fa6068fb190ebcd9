"""Qué dice cada columna de un cuadro ENSU (medida, periodo, rubro, opción) y qué dice cada celda por sí sola."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, NamedTuple

from atalaya.catalogo import CARPETA
from atalaya.fuentes.ensu_descripcion import Cuadro, etiquetas, llano
from atalaya.fuentes.ensu_hoja import Sitio, Tabulado
from atalaya.fuentes.ensu_periodos import de_columna, de_titulo
from atalaya.fuentes.libro import Celda, letra

PRECISIONES: Final = {"FFEA00": "moderada", "FF5400": "baja", "": "alta", "FFFFFF": "alta", "tema:0": "alta"}
"""Clase de precisión por color de celda. El blanco (escrito o del tema) es decorativo: vale como sin color."""

ESTADOS: Final = {"ND": "no_disponible", "NS": "no_disponible", "NA": "no_aplica"}
"""NS, «no significativo», es lo que INEGI no publica por ser una estimación pequeña con CV de 30 % o más."""

_CUALITATIVA: Final = re.compile(r"(\d+(?:\.\d+)?)\*")
_CON_ESPACIOS: Final = re.compile(r"\d{1,3}(?: \d{3})*")


class Contenido(NamedTuple):
    """Lo que dice una celda por sí sola."""

    texto: str
    valor: float | None
    estado: str
    precision: str | None


class Columna(NamedTuple):
    """Qué aporta una columna: medida, y periodo, rubro u opción si su encabezado los dice."""

    medida: str
    periodo: str
    rubro: str
    opcion: str


def leer_contenido(celda: Celda, sitio: Sitio) -> Contenido:
    """Número, estado y precisión de una celda de datos. Lanza ErrorFuente ante un color o un texto nuevos."""
    if celda.relleno not in PRECISIONES:
        colores = "sin color, #FFEA00 (precisión moderada) o #FF5400 (baja)"
        raise sitio.falla(celda.coordenada, colores, f"color {celda.relleno}")
    if not isinstance(celda.valor, str):
        return Contenido("", float(celda.valor), "dato", PRECISIONES[celda.relleno])
    texto = " ".join(celda.valor.split())
    if texto in ESTADOS:
        return Contenido(texto, None, ESTADOS[texto], None)
    if cualitativa := _CUALITATIVA.fullmatch(texto):
        # «0.0*», «100.0*»: posible ausencia o generalidad del fenómeno; INEGI no le da clase de precisión.
        return Contenido(texto, float(cualitativa[1]), "dato", None)
    if _CON_ESPACIOS.fullmatch(texto):
        return Contenido(texto, float(texto.replace(" ", "")), "dato", PRECISIONES[celda.relleno])
    esperado = "un número, ND, NA, NS o una estimación cualitativa como 0.0*"
    raise sitio.falla(celda.coordenada, esperado, repr(celda.valor))


def interpretar_columnas(tabulado: Tabulado, cuadro: Cuadro, carpeta: Path = CARPETA) -> dict[int, Columna]:
    """Qué dice cada columna con datos. Lanza ErrorFuente si un encabezado no está en el catálogo."""
    columnas = {}
    for numero, (textos, propio) in tabulado.columnas.items():
        donde = f"encabezado de la columna {letra(numero)}"
        if cuadro.ventana == "serie":
            periodo = de_columna(textos[-1], cuadro.calendario) if len(textos) == 2 else None
            if periodo is None:
                raise tabulado.sitio.falla(donde, f"el universo y un {cuadro.calendario}", " / ".join(textos))
            columnas[numero] = Columna("porcentaje", periodo, "", "")
        elif numero == 2:
            columnas[numero] = Columna("denominador", "", "", "")
        elif propio and (leida := _de_medida(textos, tabulado, cuadro, donde, carpeta)).medida:
            columnas[numero] = leida
    return columnas


def _de_medida(textos: tuple[str, ...], tabulado: Tabulado, cuadro: Cuadro, donde: str, carpeta: Path) -> Columna:
    """Medida, rubro y opción que dicen los textos; sin medida si sólo son un título."""
    hallado = dict.fromkeys(("medida", "rubro", "opcion"), "")
    conocidas = etiquetas(cuadro.familia, carpeta)
    for texto in textos:
        etiqueta = conocidas.get(llano(texto))
        if etiqueta is not None and etiqueta.papel in hallado:
            hallado[etiqueta.papel] = etiqueta.clave
        elif etiqueta is None and de_titulo(texto) != de_titulo(tabulado.periodo):
            raise tabulado.sitio.falla(donde, f"un encabezado de la familia «{cuadro.familia}»", texto)
    return Columna(hallado["medida"], "", hallado["rubro"], hallado["opcion"])
