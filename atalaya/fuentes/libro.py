"""Abre un libro xlsx con lo que los tabulados de INEGI dicen sin palabras: color, sangría y superíndices.

Lee el XML de la hoja directamente: openpyxl con `rich_text` tarda 6.5 s en el zip más grande de la ENSU y esto
1.9 s, porque no crea las 530 mil celdas vacías con formato (docs/fuentes/ensu_tabulados.md). Formato: ECMA-376,
parte 1, 18.3 (hojas), 18.4 (textos compartidos) y 18.8 (estilos).
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Final, NamedTuple

# Un xlsx oficial es un archivo de confianza limitada: expat (≥ 2.4.1) corta por sí solo la expansión de entidades.
from xml.etree import ElementTree as ET

from atalaya.errores import ErrorFuente

_X: Final = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R: Final = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_COORDENADA: Final = re.compile(r"([A-Z]+)(\d+)")
BYTES_MAXIMOS: Final = 300_000_000
"""Tope de un libro descomprimido; el mayor de la ENSU ocupa 5 MB. Más que esto no es un tabulado."""


class Texto(NamedTuple):
    """Texto de una celda sin sus superíndices, y los superíndices aparte («1», «3, 4»)."""

    texto: str
    llamadas: str


class Celda(NamedTuple):
    """Una celda con contenido. `relleno`: `` (ninguno), `FFEA00`, `tema:4` o `indice:12`. `sangria`: niveles."""

    fila: int
    columna: int
    valor: str | int | float
    llamadas: str
    relleno: str
    sangria: int

    @property
    def coordenada(self) -> str:
        """«E408»."""
        return f"{letra(self.columna)}{self.fila}"


class Hoja(NamedTuple):
    """Una hoja: celdas con contenido por (fila, columna) y rangos fusionados (fila, columna, fila, columna)."""

    nombre: str
    oculta: bool
    celdas: dict[tuple[int, int], Celda]
    fusiones: tuple[tuple[int, int, int, int], ...]

    def texto(self, fila: int, columna: int) -> str:
        """El texto de la celda con espacios simples; vacío si no hay celda o trae un número."""
        celda = self.celdas.get((fila, columna))
        return " ".join(celda.valor.split()) if celda and isinstance(celda.valor, str) else ""


class Estilo(NamedTuple):
    """De un formato de celda, lo único que aquí importa."""

    relleno: str
    sangria: int


def abrir(contenido: bytes, donde: str) -> list[Hoja]:
    """Las hojas del libro, en su orden y con las ocultas marcadas.

    Lanza ErrorFuente con `donde` si el contenido no es un libro xlsx íntegro.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(contenido)) as zip_:
            if sum(parte.file_size for parte in zip_.infolist()) > BYTES_MAXIMOS:
                raise ValueError(f"más de {BYTES_MAXIMOS} bytes descomprimidos")
            return list(_hojas(zip_))
    except (zipfile.BadZipFile, KeyError, ET.ParseError, ValueError, IndexError) as falla:
        raise ErrorFuente(
            donde,
            "un libro de Excel (xlsx) íntegro",
            f"{type(falla).__name__}: {falla}",
            "descargue otra vez el archivo de inegi.org.mx; éste está dañado",
        ) from falla


def letra(columna: int) -> str:
    """1 → A, 27 → AA."""
    letras = ""
    while columna:
        columna, resto = divmod(columna - 1, 26)
        letras = chr(65 + resto) + letras
    return letras


def coordenada(texto: str) -> tuple[int, int]:
    """«E408» → (408, 5)."""
    hallada = _COORDENADA.fullmatch(texto)
    if not hallada:
        raise ValueError(f"coordenada «{texto}»")
    columna = 0
    for caracter in hallada[1]:
        columna = columna * 26 + ord(caracter) - 64
    return int(hallada[2]), columna


def _hojas(zip_: zipfile.ZipFile) -> Iterator[Hoja]:
    textos = _textos(zip_)
    estilos = _estilos(zip_)
    rutas = {
        vinculo.get("Id"): "xl/" + vinculo.get("Target", "").removeprefix("/xl/")
        for vinculo in _xml(zip_, "xl/_rels/workbook.xml.rels")
    }
    for hoja in _xml(zip_, "xl/workbook.xml").iter(f"{_X}sheet"):
        raiz = _xml(zip_, rutas[hoja.get(f"{_R}id")])
        celdas = {(c.fila, c.columna): c for c in _celdas(raiz, textos, estilos)}
        fusiones = tuple(
            (*coordenada(desde), *coordenada(hasta))
            for fusion in raiz.iter(f"{_X}mergeCell")
            for desde, _, hasta in [fusion.get("ref", "").partition(":")]
        )
        yield Hoja(hoja.get("name", ""), hoja.get("state", "visible") != "visible", celdas, fusiones)


def _celdas(raiz: ET.Element, textos: list[Texto], estilos: list[Estilo]) -> Iterator[Celda]:
    for celda in raiz.iter(f"{_X}c"):
        if not len(celda):
            continue  # vacía con formato: tres de cada cuatro en 2021
        contenido = _contenido(celda, textos)
        if contenido is None:
            continue
        fila, columna = coordenada(celda.get("r", ""))
        estilo = estilos[int(celda.get("s", "0"))]
        if isinstance(contenido, Texto):
            yield Celda(fila, columna, contenido.texto, contenido.llamadas, *estilo)
        else:
            yield Celda(fila, columna, contenido, "", *estilo)


def _contenido(celda: ET.Element, textos: list[Texto]) -> Texto | int | float | None:
    tipo = celda.get("t", "n")
    if tipo == "inlineStr":
        return _texto(celda[0])
    valor = celda.findtext(f"{_X}v")
    if valor is None:
        return None
    if tipo == "s":
        return textos[int(valor)] if textos[int(valor)].texto else None
    if tipo == "n":
        return int(valor) if valor.lstrip("-").isdigit() else float(valor)
    return Texto(valor, "")


def _textos(zip_: zipfile.ZipFile) -> list[Texto]:
    if "xl/sharedStrings.xml" not in zip_.namelist():
        return []
    return [_texto(uno) for uno in _xml(zip_, "xl/sharedStrings.xml").iter(f"{_X}si")]


def _texto(elemento: ET.Element) -> Texto:
    """Separa del texto los tramos en superíndice: las llamadas de nota, que van pegadas a la etiqueta."""
    corrido = elemento.findtext(f"{_X}t")
    partes: list[str] = [corrido] if corrido else []
    llamadas: list[str] = []
    for tramo in elemento.findall(f"{_X}r"):
        texto = tramo.findtext(f"{_X}t") or ""
        vertical = tramo.find(f"{_X}rPr/{_X}vertAlign")
        elevado = vertical is not None and vertical.get("val") == "superscript"
        (llamadas if elevado else partes).append(texto)
    return Texto("".join(partes), "".join(llamadas).strip())


def _estilos(zip_: zipfile.ZipFile) -> list[Estilo]:
    raiz = _xml(zip_, "xl/styles.xml")
    rellenos = [_relleno(uno) for uno in raiz.findall(f"{_X}fills/{_X}fill")]
    estilos = []
    for formato in raiz.findall(f"{_X}cellXfs/{_X}xf"):
        alineacion = formato.find(f"{_X}alignment")
        sangria = int(alineacion.get("indent", "0")) if alineacion is not None else 0
        estilos.append(Estilo(rellenos[int(formato.get("fillId", "0"))], sangria))
    return estilos


def _relleno(fill: ET.Element) -> str:
    patron = fill.find(f"{_X}patternFill")
    if patron is None or patron.get("patternType", "none") == "none":
        return ""
    color = patron.find(f"{_X}fgColor")
    if color is None:
        return ""
    if rgb := color.get("rgb"):
        return rgb[-6:].upper()
    return f"tema:{color.get('theme')}" if color.get("theme") else f"indice:{color.get('indexed')}"


def _xml(zip_: zipfile.ZipFile, ruta: str) -> ET.Element:
    return ET.fromstring(zip_.read(ruta))  # noqa: S314
