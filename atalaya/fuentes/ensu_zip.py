"""El zip de tabulados ENSU por dentro: qué libros trae, de qué edición es y qué hojas deben estar.

Cada libro abre con un «Índice» que lista sus cuadros y firma la edición («… Junio 2025. SNIEG.»). Desde 2024 hay
además un libro sin índice, `Resumen_cv_*`, con el conteo de INEGI por cuadro y clase de precisión.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final, NamedTuple

from atalaya.catalogo import normalizar
from atalaya.errores import ErrorFuente
from atalaya.fuentes import libro
from atalaya.fuentes.ensu_coherencia import DESCARGA, Conteo
from atalaya.fuentes.ensu_hoja import Sitio
from atalaya.fuentes.ensu_periodos import de_titulo
from atalaya.fuentes.libro import Hoja

INDICE: Final = "indice"
RESUMEN: Final = "resumen cv"
_PORTADA: Final = "inegi. encuesta nacional de seguridad publica urbana (ensu). tabulados basicos"
_FIRMA: Final = re.compile(r"inegi\. encuesta nacional de seguridad publica urbana\. (\w+ \d{4})\. sniege?\.?")
_CUADRO: Final = re.compile(r"\d{1,2}\.\d{1,2}")
_LIBRO_ENSU: Final = re.compile(rb"PK\x03\x04.{22}(..)..[^\x00]*?_est\.xlsx", re.DOTALL)
_COLUMNAS_RESUMEN: Final = (4, 6, 9, 12)  # D total, F alta, I moderada, L baja


class LibroEnsu(NamedTuple):
    """Un libro del zip: su nombre y las hojas de sus cuadros por número. `conteo` no vacío sólo en el resumen."""

    nombre: str
    edicion: str
    cuadros: dict[str, Hoja]
    conteo: dict[str, Conteo]


def parece_tabulado(ruta: Path) -> bool:
    """Si el archivo es (o empieza como) un zip de tabulados ENSU, sin fijarse en cómo se llama.

    Un zip cortado a media descarga también es reconocible: así `leer` puede decir que está cortado.
    """
    try:
        with zipfile.ZipFile(ruta) as zip_:
            return any(_es_portada(zip_.read(nombre)) for nombre in _libros(zip_)[:1])
    except (OSError, zipfile.BadZipFile, ErrorFuente):
        return ruta.is_file() and bool(_LIBRO_ENSU.match(_principio(ruta)))


def abrir(ruta: Path) -> list[LibroEnsu]:
    """Los libros del zip, ya abiertos y con sus hojas completas. Lanza ErrorFuente diciendo qué le falta o le sobra."""
    try:
        with zipfile.ZipFile(ruta) as zip_:
            if roto := zip_.testzip():
                raise zipfile.BadZipFile(roto)
            contenidos = [(nombre, zip_.read(nombre)) for nombre in _libros(zip_)]
    except (OSError, zipfile.BadZipFile) as falla:
        recibido = f"{ruta.stat().st_size} bytes que no lo son ({falla})" if ruta.is_file() else "no existe"
        remedio = "la descarga está cortada o no es el zip: descárguelo otra vez de inegi.org.mx"
        raise ErrorFuente(ruta.name, "un archivo zip íntegro", recibido, remedio) from falla
    libros = [_libro(ruta.name, nombre, contenido) for nombre, contenido in contenidos]
    if not any(uno.cuadros for uno in libros):
        raise ErrorFuente(
            ruta.name,
            "libros de tabulados básicos de la ENSU, con su hoja Índice",
            f"{len(libros)} libros de Excel, ninguno con cuadros de la ENSU",
            "este lector toma el archivo «estimaciones» (ensu{t}t{año}_estimaciones.zip) tal como lo publica INEGI",
        )
    return libros


def edicion(libros: Iterable[LibroEnsu], archivo: str) -> str:
    """El trimestre que firman todos los libros. Lanza ErrorFuente si no es uno solo."""
    firmas = {uno.edicion: uno.nombre for uno in libros}
    if len(firmas) != 1:
        dichas = ", ".join(f"{nombre}: {firma}" for firma, nombre in sorted(firmas.items()))
        raise ErrorFuente(archivo, "libros de una misma edición", dichas, DESCARGA)
    return next(iter(firmas))


def _principio(ruta: Path) -> bytes:
    with ruta.open("rb") as archivo:
        return archivo.read(400)


def _libros(zip_: zipfile.ZipFile) -> list[str]:
    return [nombre for nombre in zip_.namelist() if nombre.endswith(".xlsx")]


def _es_portada(contenido: bytes) -> bool:
    return any(normalizar(hoja.texto(1, 1)).startswith(_PORTADA) for hoja in libro.abrir(contenido, "")[:1])


def _libro(archivo: str, ruta: str, contenido: bytes) -> LibroEnsu:
    nombre = ruta.rpartition("/")[2]
    hojas = {" ".join(h.nombre.split()): h for h in libro.abrir(contenido, f"{archivo} › {nombre}") if not h.oculta}
    indice = next((h for n, h in hojas.items() if normalizar(n) == INDICE), None)
    resumen = next((h for n, h in hojas.items() if normalizar(n) == RESUMEN), None)
    if indice is None:
        if resumen is None:
            raise Sitio(archivo, nombre, "Índice").falla("", "la hoja Índice", f"hojas {', '.join(hojas)}", DESCARGA)
        sitio = Sitio(archivo, nombre, resumen.nombre)
        return LibroEnsu(nombre, _firma(resumen, sitio), {}, _conteo(resumen, sitio))
    sitio = Sitio(archivo, nombre, indice.nombre)
    listados = _listados(indice)
    presentes = {n: h for n, h in hojas.items() if normalizar(n) not in (INDICE, RESUMEN)}
    if set(listados) != set(presentes):
        faltan, sobran = sorted(set(listados) - set(presentes)), sorted(set(presentes) - set(listados))
        recibido = "; ".join(
            f"{que} {', '.join(cuales)}" for que, cuales in (("falta", faltan), ("sobra", sobran)) if cuales
        )
        raise sitio.falla("columna A", f"las hojas que lista el índice: {', '.join(listados)}", recibido, DESCARGA)
    return LibroEnsu(nombre, _firma(indice, sitio), presentes, {})


def _firma(hoja: Hoja, sitio: Sitio) -> str:
    """El trimestre de la línea «INEGI. Encuesta Nacional de Seguridad Pública Urbana. Junio 2025. SNIEG.»."""
    for celda in hoja.celdas.values():
        hallada = _FIRMA.match(normalizar(str(celda.valor)))
        lapso = de_titulo(hallada[1]) if hallada else None
        if lapso and lapso.ventana == "trimestre":
            return lapso.periodo
    raise sitio.falla("pie de la hoja", "la firma «INEGI. … Urbana. Junio 2025. SNIEG.»", "ninguna", DESCARGA)


def _listados(indice: Hoja) -> list[str]:
    return _numeros(celda.valor for (_, columna), celda in sorted(indice.celdas.items()) if columna == 1)


def _numeros(valores: Iterable[str | int | float]) -> list[str]:
    """Los números de cuadro entre esos valores. Excel guarda 7.10 como 7.1: el segundo 7.1 es el 7.10."""
    numeros: list[str] = []
    for valor in valores:
        texto = str(valor).strip()
        if _CUADRO.fullmatch(texto):
            numeros.append(f"{texto}0" if texto in numeros else texto)
    return numeros


def _conteo(resumen: Hoja, sitio: Sitio) -> dict[str, Conteo]:
    filas = [fila for fila, columna in sorted(resumen.celdas) if columna == 3]
    filas = [fila for fila in filas if _CUADRO.fullmatch(str(resumen.celdas[fila, 3].valor).strip())]
    conteo: dict[str, Conteo] = {}
    for numero, fila in zip(_numeros(resumen.celdas[fila, 3].valor for fila in filas), filas, strict=True):
        cifras = [resumen.celdas.get((fila, columna)) for columna in _COLUMNAS_RESUMEN]
        enteros = [int(c.valor) for c in cifras if c is not None and not isinstance(c.valor, str)]
        if len(enteros) != len(_COLUMNAS_RESUMEN):
            raise sitio.falla(
                f"renglón {fila}", "el conteo de celdas por clase de precisión", "celdas vacías", DESCARGA
            )
        conteo[numero] = (enteros[0], enteros[1], enteros[2], enteros[3])
    return conteo
