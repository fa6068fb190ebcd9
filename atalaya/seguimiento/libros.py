"""De un XLSX a los renglones de sus hojas, sin abrir lo que no sea seguro: macros, entidades XML, bombas ZIP."""

from __future__ import annotations

import io
import math
import re
import warnings
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

import openpyxl

from atalaya.errores import ErrorArchivo
from atalaya.idiomas import anotado, tr
from atalaya.seguimiento import limites
from atalaya.seguimiento.descifrado import Renglones
from atalaya.seguimiento.numeros import es_ambiguo

_REMEDIO: Final = anotado("ábralo en una hoja de cálculo y guárdelo como .xlsx sencillo, sin macros ni vínculos")
_ENTIDADES: Final = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
BUSCADAS: Final = 60
"""Los renglones de `solo_principio`."""
SIN_VALOR: Final = "\ufffc"
"""Lo que queda de una fórmula sin su resultado guardado: no es una celda vacía, y se dice."""


@dataclass(frozen=True, slots=True)
class Hoja:
    """Una hoja a la vista: su nombre, sus renglones como texto y en qué filas hubo fórmulas."""

    nombre: str
    renglones: Renglones
    con_formulas: bool


def hojas(archivo: str, contenido: bytes, solo_principio: bool = False) -> tuple[list[Hoja], list[str]]:
    """Las hojas visibles y los nombres de las ocultas, que no se leen. Lanza ErrorArchivo si el libro no es seguro.

    `solo_principio`: los primeros renglones de cada una, que bastan para reconocerlas.
    """
    con_formulas = _exigir_seguro(archivo, contenido) and not solo_principio
    hasta = BUSCADAS if solo_principio else None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            libro = openpyxl.load_workbook(io.BytesIO(contenido), read_only=True, data_only=True, keep_links=False)
            crudo = (
                openpyxl.load_workbook(io.BytesIO(contenido), read_only=True, keep_links=False)
                if con_formulas
                else None
            )
            visibles = [h for h in libro.worksheets if h.sheet_state == "visible"]
            ocultas = [h.title for h in libro.worksheets if h.sheet_state != "visible"]
            return [_hoja(archivo, h, crudo[h.title] if crudo else None, hasta) for h in visibles], ocultas
    except ErrorArchivo:
        raise
    except Exception as falla:  # openpyxl lanza de todo con un libro roto
        raise ErrorArchivo(
            archivo,
            tr("un libro de Excel entero"),
            tr("uno dañado ({clase})", clase=type(falla).__name__),
            tr(_REMEDIO),
        ) from falla


def _exigir_seguro(archivo: str, contenido: bytes) -> bool:
    """Si trae fórmulas. Lanza ErrorArchivo antes de abrirlo si es una bomba, trae macros o entidades XML."""
    try:
        with zipfile.ZipFile(io.BytesIO(contenido)) as zip_:
            _exigir_medidas(archivo, zip_.infolist())
            nombres = [parte.filename for parte in zip_.infolist()]
            if "[Content_Types].xml" not in nombres or not any(n.startswith("xl/") for n in nombres):
                raise _no(archivo, tr("un ZIP que no es un libro de Excel"))
            _exigir_sin_macros(archivo, zip_, nombres)
            partes = [n for n in nombres if n.lower().endswith((".xml", ".rels", ".vml"))]
            # Todas se revisan, aunque la primera ya traiga fórmulas.
            return sum(_revisar_parte(archivo, zip_, parte) for parte in partes) > 0
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, RuntimeError, EOFError, OSError) as falla:
        raise _no(archivo, tr("un ZIP dañado o cifrado ({falla})", falla=falla)) from falla
    except (ValueError, zipfile.zlib.error) as falla:  # type: ignore[attr-defined]
        raise _no(archivo, tr("un ZIP dañado")) from falla


def _exigir_medidas(archivo: str, partes: Iterable[zipfile.ZipInfo]) -> None:
    partes = list(partes)
    abierto = sum(parte.file_size for parte in partes)
    if len(partes) > limites.MAX_PARTES or abierto > limites.MAX_ABIERTO:
        raise _no(
            archivo,
            tr(
                "un ZIP de {partes:,} partes que abierto mide {abierto:,.0f} MB: no se abre",
                partes=len(partes),
                abierto=abierto / 2**20,
            ),
        )
    if any(p.file_size > 2**20 and p.file_size > limites.MAX_RAZON * max(p.compress_size, 1) for p in partes):
        raise _no(archivo, tr("una bomba ZIP: una parte que abierta mide cientos de veces más; no se abre"))


def _exigir_sin_macros(archivo: str, zip_: zipfile.ZipFile, nombres: list[str]) -> None:
    tipos = zip_.read("[Content_Types].xml").lower()
    if b"macroenabled" in tipos or any("vbaproject" in n.lower() or "/macrosheets/" in n.lower() for n in nombres):
        raise _no(archivo, tr("un libro con macros (.xlsm): no se abre"))
    if any(n.startswith(("xl/embeddings/", "xl/activeX/")) for n in nombres):
        raise _no(archivo, tr("un libro con objetos incrustados: no se abre"))


def _revisar_parte(archivo: str, zip_: zipfile.ZipFile, nombre: str) -> bool:
    """Si es una hoja con fórmulas. Lanza ErrorArchivo si declara un DTD o entidades, en cualquier codificación."""
    contenido = zip_.read(nombre)
    # En UTF-16 cada letra lleva un cero: sin ellos se lee igual.
    if _ENTIDADES.search(contenido) or (b"\0" in contenido[:200] and _ENTIDADES.search(contenido.replace(b"\0", b""))):
        raise _no(archivo, tr("un libro con entidades XML (en {nombre}): no se abre", nombre=nombre))
    return nombre.startswith("xl/worksheets/") and (b"<f>" in contenido or b"<f " in contenido)


def _no(archivo: str, recibido: str) -> ErrorArchivo:
    return ErrorArchivo(archivo, tr("un libro .xlsx sencillo"), recibido, tr(_REMEDIO))


def _hoja(archivo: str, hoja: Any, cruda: Any, hasta: int | None = None) -> Hoja:
    renglones: Renglones = []
    formulas = False
    # Las medidas que el libro declara pueden mentir: se cuenta lo que de verdad trae.
    hoja.reset_dimensions()
    if cruda is not None:
        cruda.reset_dimensions()
    crudas = iter(cruda.iter_rows()) if cruda is not None else None
    for fila, celdas in enumerate(hoja.iter_rows(max_row=hasta), start=1):
        if fila > limites.MAX_FILAS + 1_000:
            raise limites.demasiadas(f"{archivo} › {hoja.title}")
        if len(celdas) > limites.MAX_COLUMNAS and any(c.value is not None for c in celdas[limites.MAX_COLUMNAS :]):
            raise limites.anchisima(f"{archivo} › {hoja.title}")
        suyas = [_texto(celda) for celda in celdas[: limites.MAX_COLUMNAS]]
        if crudas is not None:
            for k, otra in enumerate(next(crudas, ())[: limites.MAX_COLUMNAS]):
                if getattr(otra, "data_type", "") == "f":
                    formulas = True
                    suyas[k] = suyas[k] or SIN_VALOR
        if any(una and not una.isspace() for una in suyas):
            renglones.append((fila, suyas))
    return Hoja(hoja.title, renglones, formulas)


def _texto(celda: Any) -> str:
    """El valor de la celda, escrito como en un CSV canónico."""
    valor = celda.value
    match valor:
        case bool():
            return "sí" if valor else "no"
        case datetime() | date():
            return _fecha(valor, str(celda.number_format))
        case time():
            return valor.isoformat()
        case int() | float():
            return _numero(valor, str(celda.number_format))
    return "" if valor is None else str(valor)


def _fecha(valor: datetime | date, formato: str) -> str:
    """Día, o sólo mes si la celda no enseña el día (Excel cambia «2024-07» por jul-24) o año si sólo lo enseña."""
    visto = re.sub(r'"[^"]*"|\[[^]]*\]|\\.', "", formato).lower()
    dia = f"{valor:%Y-%m-%d}".zfill(10)
    if "d" in visto or "general" in visto:
        return dia
    return dia[:7] if "m" in visto else dia[:4]


def _numero(valor: float, formato: str) -> str:
    if not math.isfinite(valor):
        return str(valor)
    # Como decimal: 0.456 × 100 en binario no es 45.6.
    exacto = Decimal(repr(valor)) * (100 if "%" in formato else 1)
    dicho = f"{exacto:f}"
    dicho = dicho.rstrip("0").rstrip(".") if "." in dicho else dicho
    if es_ambiguo(dicho):  # aquí el punto es decimal sin duda: un cero más, y ya no parece de miles
        dicho += "0"
    return dicho + (" %" if "%" in formato else "")
