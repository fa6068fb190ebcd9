"""Lo que se lleva de una página de lo que se sigue: sus tablas, su figura y los documentos de donde salen."""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd
import xlsxwriter  # type: ignore[import-untyped]

from atalaya.figuras import cuentas
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import tr
from atalaya.informes import imagen
from atalaya.informes.tablas import csv_llano, en_parquet
from atalaya.motor import cargar

_SIN_FUNCIONES: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


@dataclass(frozen=True)
class Legajo:
    """`tablas`: por la consulta de `consultas/mostrar/` de que salen; la primera es la del CSV. Todas con su documento.

    `figura` (de ancho fijo) se llama sólo al descargar una imagen; nula si la página no tiene ninguna a la vista.
    `documentos`: las filas de `mostrar/documentos_citados`.
    """

    archivo: str
    titulo: str
    subtitulo: str
    tablas: Mapping[str, pd.DataFrame]
    documentos: pd.DataFrame
    figura: Callable[[], Figura] | None
    alternativo: Callable[[], str]
    enlace: str


def citados(uno: Legajo) -> pd.DataFrame:
    """Los documentos que citan sus tablas, por título."""
    claves = {clave for tabla in uno.tablas.values() if "documento" in tabla for clave in tabla["documento"].dropna()}
    return uno.documentos[uno.documentos["documento"].isin(claves)].reset_index(drop=True)


def cita(uno: Legajo) -> str:
    """«Autoría, título, fecha.» de cada documento citado."""
    partes = []
    for fila in citados(uno).to_dict("records"):
        fecha = cuentas.fecha(fila["fecha"])
        partes.append(f"{fila['autoria']}, «{fila['titulo']}»{f', {fecha}' if fecha else ''}.")
    return " ".join(partes)


def csv(uno: Legajo) -> bytes:
    """La primera tabla con algo, en CSV a prueba de fórmulas, con su cita y el enlace que la reproduce."""
    return csv_llano(_principal(uno).assign(cita=cita(uno), enlace=uno.enlace))


def parquet(uno: Legajo) -> bytes:
    """La misma tabla que el CSV en Parquet, con sus tipos; su cita y su enlace, en los metadatos."""
    propios = {"titulo": uno.titulo, "subtitulo": uno.subtitulo, "cita": cita(uno), "enlace": uno.enlace}
    return en_parquet(_principal(uno), propios)


def xlsx(uno: Legajo) -> bytes:
    """Libro con una hoja por tabla que tenga algo, más qué es cada una y los documentos. Ninguna celda es fórmula."""
    salida = io.BytesIO()
    con_algo = {nombre: tabla for nombre, tabla in uno.tablas.items() if len(tabla)}
    with xlsxwriter.Workbook(salida, _SIN_FUNCIONES) as libro:
        libro.set_properties({"title": uno.titulo, "comments": cita(uno), "author": "Atalaya"})
        cabeza = libro.add_format({"bold": True, "bottom": 1})
        for nombre, tabla in con_algo.items():
            _hoja(libro, nombre, tabla, cabeza)
        _hoja(libro, "que_es_cada_hoja", _que_es(uno, list(con_algo)), cabeza)
        _hoja(libro, "documentos", citados(uno), cabeza)
    return salida.getvalue()


def png(uno: Legajo) -> bytes:
    """La figura en PNG, al doble de su tamaño."""
    return imagen.en_puntos(imagen.dibujo(_lamina(uno)), imagen.ESCALA)


def svg(uno: Legajo) -> bytes:
    """La figura en SVG, con su texto alternativo dentro."""
    return imagen.accesible(imagen.dibujo(_lamina(uno)), uno.titulo, uno.alternativo())


def _principal(uno: Legajo) -> pd.DataFrame:
    return next((tabla for tabla in uno.tablas.values() if len(tabla)), pd.DataFrame())


def _lamina(uno: Legajo) -> dict[str, Any]:
    if uno.figura is None:
        raise ValueError("esta vista no tiene figura")
    pie = textwrap.shorten(tr("Fuente: {cita}", cita=cita(uno)), 600, placeholder=" …")
    return imagen.lamina(uno.figura(), uno.titulo, uno.subtitulo, tr("{pie} Elaborado con Atalaya.", pie=pie))


def _que_es(uno: Legajo, hojas: list[str]) -> pd.DataFrame:
    renglones = [("vista", f"{uno.titulo}. {uno.subtitulo}"), ("enlace", uno.enlace)]
    for nombre in hojas:
        consulta = cargar(f"mostrar/{nombre}")
        renglones.append((nombre, f"{consulta.devuelve}; {consulta.grano}. {consulta.metodo}"))
    return pd.DataFrame(renglones, columns=["hoja", "que_es"])


def _hoja(libro: Any, nombre: str, tabla: pd.DataFrame, cabeza: Any) -> None:
    hoja = libro.add_worksheet(nombre[:31])
    hoja.freeze_panes(1, 0)
    for k, columna in enumerate(tabla.columns):
        hoja.write_string(0, k, str(columna), cabeza)
        hoja.set_column(k, k, 60 if columna in ("texto", "que_es", "descripcion", "nota") else 18)
        for renglon, valor in enumerate(tabla[columna], start=1):
            if valor is None or (not isinstance(valor, str) and pd.isna(valor)):
                continue
            if isinstance(valor, bool):
                hoja.write_string(renglon, k, tr("sí") if valor else tr("no"))
            elif isinstance(valor, str):
                hoja.write_string(renglon, k, valor[:32_767])
            else:
                hoja.write_number(renglon, k, float(valor))
