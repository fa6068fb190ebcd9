"""Un zip con la anatomía de los tabulados ENSU y cifras de juguete, para probar el lector sin los archivos oficiales.

Lleva el cuadro 1.7 (percepción por ciudad) con todos los lugares que el catálogo espera en 2025T2, y el 1.2 (serie
por sexo). Los números son redondos a propósito: se comprueban de memoria.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Alignment, PatternFill
from openpyxl.worksheet.worksheet import Worksheet

from atalaya import catalogo
from atalaya.fuentes.ensu_coherencia import lugares_esperados
from atalaya.tabla_csv import filas

EDICION = "2025T2"
PORTADA = "INEGI. Encuesta Nacional de Seguridad Pública Urbana (ENSU). Tabulados básicos."
FIRMA = "INEGI. Encuesta Nacional de Seguridad Pública Urbana. Junio 2025. SNIEG."
MODERADA, BAJA = "FFFFEA00", "FFFF5400"
POBLACION, SEGUROS, INSEGUROS = 1000, 400, 590

Cambio = Callable[[Workbook], None]


def escribir(ruta: Path, *cambios: Cambio, nombre: str = "1.Bas_percepcion_est.xlsx") -> Path:
    """Escribe el zip mínimo, con los cambios ya hechos a su libro, y devuelve la ruta."""
    libro = libro_minimo()
    for cambio in cambios:
        cambio(libro)
    return empacar(ruta, {nombre: libro})


def empacar(ruta: Path, libros: dict[str, Workbook]) -> Path:
    """Un zip con esos libros."""
    with zipfile.ZipFile(ruta, "w", zipfile.ZIP_DEFLATED) as zip_:
        for nombre, libro in libros.items():
            bufer = io.BytesIO()
            libro.save(bufer)
            zip_.writestr(nombre, bufer.getvalue())
    return ruta


def libro_minimo() -> Workbook:
    """Índice, 1.2, 1.7 y una hoja oculta con números que nadie debe leer."""
    libro = Workbook()
    indice = libro.active
    indice.title = "Índice"
    _poner(indice, {"A1": PORTADA, "A3": "1. Percepción", "A4": 1.2, "A5": 1.7, "A7": FIRMA})
    _serie(libro.create_sheet("1.2"))
    _ciudades(libro.create_sheet("1.7"))
    oculta = libro.create_sheet("1.7n")
    oculta.sheet_state = "hidden"
    oculta["A1"] = 31416
    return libro


def resumen(conteo: dict[float, tuple[int, int, int, int]]) -> Workbook:
    """El libro `Resumen_cv_*` de INEGI: por cuadro, celdas en total y de precisión alta, moderada y baja."""
    libro = Workbook()
    hoja = libro.active
    hoja.title = "Resumen CV"
    _poner(hoja, {"A1": PORTADA, "C11": "Total de indicadores", f"A{14 + len(conteo)}": FIRMA})
    for fila, (cuadro, cifras) in enumerate(conteo.items(), start=12):
        _poner(hoja, dict(zip((f"{c}{fila}" for c in "CDFIL"), (cuadro, *cifras), strict=True)))
    return libro


def fila_de(hoja: Worksheet, etiqueta: str) -> int:
    """El renglón cuya etiqueta, sin llamadas, es ésa."""
    return next(c.row for c in hoja["A"] if c.value and str(c.value).strip().removesuffix("1") == etiqueta)


def con_llamada(texto: str, llamada: str) -> CellRichText:
    """El texto con su llamada de nota en superíndice, como lo escribe INEGI."""
    return CellRichText(texto, TextBlock(InlineFont(vertAlign="superscript"), llamada))


def _serie(hoja: Worksheet) -> None:
    universo = (
        "Distribución porcentual de la población de 18 años y más que reside en áreas urbanas (ciudades) de interés"
    )
    _poner(
        hoja,
        {
            "A1": PORTADA,
            "A3": f"{universo} por sexo y características",
            "F3": "Cuadro 1.2",
            "A4": "de percepción sobre seguridad pública",
            "A5": "Serie histórica",
            "A7": "Sexo\n   Percepción de seguridad pública",
            "B7": universo,
            "B8": "Junio\n2025",
            "C8": con_llamada("Diciembre\n2023", "1"),
            "D8": "Junio\n2020",
        },
    )
    for rango in ("A7:A8", "B7:D7"):
        hoja.merge_cells(rango)
    fila = 10
    for grupo, insegura in (("Estados Unidos Mexicanos", 59.0), ("Hombres", 55.0), ("Mujeres", 62.5)):
        hoja[f"A{fila}"] = grupo
        _renglon(hoja, fila + 1, "Seguro", B=99 - insegura, C=98 - insegura, D="ND")
        _renglon(hoja, fila + 2, "Inseguro", B=insegura, C=insegura + 1, D="ND")
        fila += 4
    _poner(hoja, {f"A{fila}": "Nota: Las estimaciones están coloreadas.", f"A{fila + 1}": "ND: No Disponible."})


def _ciudades(hoja: Worksheet) -> None:
    _poner(
        hoja,
        {
            "A1": PORTADA,
            "A3": "Población de 18 años y más por área urbana (ciudad) de interés",
            "E3": "Cuadro 1.7",
            "A4": "y características de percepción de seguridad pública",
            "A5": "Junio 2025",
            "A7": "Área urbana (ciudad) de interés\n   Percepción de seguridad pública",
            "B7": "Población de 18 \naños y más",
            "D7": con_llamada("Junio 2025", "2"),
            "D8": "Absolutos",
            "E8": "Relativos",
        },
    )
    for rango in ("A7:A8", "B7:B8", "D7:E7"):
        hoja.merge_cells(rango)
    fila = _lugar(hoja, 10, "Estados Unidos Mexicanos")
    for entidad, ciudades in _por_entidad().items():
        hoja[f"A{fila + 1}"] = entidad
        fila += 2
        for ciudad in ciudades:
            fila = _lugar(hoja, fila, ciudad)
    _poner(hoja, {f"A{fila + 1}": "Nota: Las estimaciones están coloreadas.", f"A{fila + 2}": "1 Cabo San Lucas."})
    hoja[f"A{fila + 3}"] = "Moderado, CV en el rango de [15, 30)"
    hoja[f"A{fila + 3}"].fill = PatternFill("solid", MODERADA)


def _lugar(hoja: Worksheet, fila: int, nombre: str) -> int:
    hoja[f"A{fila}"] = con_llamada(nombre, "1") if nombre == "Los Cabos" else nombre
    hoja[f"B{fila}"] = POBLACION
    _renglon(hoja, fila + 1, "Seguro", D=SEGUROS, E=100 * SEGUROS / POBLACION)
    _renglon(hoja, fila + 2, "Inseguro", D=INSEGUROS, E=100 * INSEGUROS / POBLACION)
    return fila + 3


def _renglon(hoja: Worksheet, fila: int, etiqueta: str, **valores: float | str) -> None:
    hoja[f"A{fila}"] = etiqueta
    hoja[f"A{fila}"].alignment = Alignment(indent=1)
    _poner(hoja, {f"{columna}{fila}": valor for columna, valor in valores.items()})


def _poner(hoja: Worksheet, valores: dict) -> None:
    for celda, valor in valores.items():
        hoja[celda] = valor


def _por_entidad() -> dict[str, list[str]]:
    """Una grafía de cada ciudad esperada bajo cada entidad donde INEGI la pone (La Laguna, en dos)."""
    esperados = lugares_esperados(EDICION)
    por_entidad: dict[str, dict[str, str]] = {}
    for _, fila in filas(catalogo.CARPETA / "lugar_variantes.csv", ["variante", "entidad", "lugar"]):
        if fila["entidad"] and fila["lugar"] in esperados:
            por_entidad.setdefault(fila["entidad"], {}).setdefault(fila["lugar"], fila["variante"])
    nombres = catalogo.lugares()
    return {nombres[entidad].nombre: list(ciudades.values()) for entidad, ciudades in por_entidad.items()}
