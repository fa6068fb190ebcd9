"""Archivos de juguete como los guarda la gente, y las tablas vigentes contra las que se revisan."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache

import openpyxl

from atalaya.seguimiento import contrato, guardadas
from atalaya.seguimiento.admision import Admision, admitir
from atalaya.seguimiento.guardadas import Fila

COLUMNAS = "lugar,periodo,indicador,nombre,estado,valor,unidad,alcance,metodo,fuente"
RENGLON = "MX-15106,2024,cuadrantes_policiales,Cuadrantes policiales,dato,60,cuadrantes,exacta,registro,Mi observatorio"
BUENO = f"{COLUMNAS}\n{RENGLON}\n"


@cache
def vigentes() -> dict[str, list[Fila]]:
    """Las tablas del proyecto. No se modifican."""
    return guardadas.vigentes()


def admite(contenido: str | bytes, nombre: str = "mis_datos.csv") -> Admision:
    """Lo que pasa al traer un archivo."""
    crudo = contenido.encode() if isinstance(contenido, str) else contenido
    return admitir([(nombre, crudo)], vigentes())


def entra(contenido: str | bytes, nombre: str = "mis_datos.csv", tabla: str = "indicadores_municipales") -> list[Fila]:
    """Las filas nuevas de una tabla; falla si hay faltas."""
    admision = admite(contenido, nombre)
    assert admision.aceptada, admision.hallazgos
    return admision.nuevas[tabla]


def con(**cambios: str) -> str:
    """El archivo bueno con otras celdas en su renglón."""
    celdas = dict(zip(COLUMNAS.split(","), RENGLON.split(","), strict=True)) | cambios
    return (
        ",".join(celdas) + "\n" + ",".join(f'"{celda}"' if "," in celda else celda for celda in celdas.values()) + "\n"
    )


def fila(tabla: str = "indicadores_municipales", **celdas: str) -> Fila:
    """La fila canónica de esa tabla con esas celdas; las demás, vacías."""
    return {nombre: celdas.get(nombre, "") for nombre in contrato(tabla).nombres}


def libro(hojas: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """Un XLSX con esas hojas."""
    uno = openpyxl.Workbook()
    uno.remove(uno.active)
    for nombre, renglones in hojas.items():
        hoja = uno.create_sheet(nombre)
        for renglon in renglones:
            hoja.append(list(renglon))
    salida = io.BytesIO()
    uno.save(salida)
    return salida.getvalue()


def libro_bueno() -> bytes:
    """El archivo bueno, en XLSX."""
    renglon: list[object] = list(RENGLON.split(","))
    renglon[5] = 60
    return libro({"Hoja 1": [COLUMNAS.split(","), renglon]})


def con_parte(contenido: bytes, nombre: str, nueva: bytes) -> bytes:
    """El mismo ZIP con una parte cambiada o agregada."""
    salida = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(contenido)) as viejo, zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as otro:
        for parte in viejo.namelist():
            if parte != nombre:
                otro.writestr(parte, viejo.read(parte))
        otro.writestr(nombre, nueva)
    return salida.getvalue()


def parte(contenido: bytes, nombre: str) -> bytes:
    """Una parte de un ZIP."""
    with zipfile.ZipFile(io.BytesIO(contenido)) as uno:
        return uno.read(nombre)
