"""Archivos del SESNSP fabricados con el formato de los oficiales, y lo que sale de prepararlos."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from atalaya import catalogo
from atalaya.fuentes import sesnsp_csv, sesnsp_homicidios
from atalaya.incorporacion.preparacion import preparar
from atalaya.incorporacion.reconocimiento import Huella
from atalaya.periodos import MESES

DOLOSO = ("Homicidio", "Homicidio doloso", "Con arma de fuego")
BLANCA = ("Homicidio", "Homicidio doloso", "Con arma blanca")
AMENAZAS = ("Amenazas", "Amenazas", "Amenazas")
Delito = tuple[str, str, str]
Meses = Sequence[object]


def renglon(
    delito: Delito, meses: Meses, entidad: int = 15, municipio: int | None = None, anio: object = 2024
) -> dict[str, object]:
    """Un renglón; los meses que falten hasta doce van vacíos."""
    lugar: dict[str, object] = {"Año": anio, "Clave_Ent": entidad, "Entidad": nombre_de(entidad)}
    if municipio is not None:
        lugar |= {"Cve. Municipio": municipio, "Municipio": "da igual"}
    tipo, subtipo, modalidad = delito
    cifras = [*meses, *[""] * 12][:12]
    return {
        **lugar,
        "Bien jurídico afectado": "da igual",
        "Tipo de delito": tipo,
        "Subtipo de delito": subtipo,
        "Modalidad": modalidad,
        **dict(zip(sesnsp_csv.COLUMNAS_MES, cifras, strict=True)),
    }


def nombre_de(entidad: int) -> str:
    """Como lo escribe el SESNSP."""
    return catalogo.lugares()[f"MX-{entidad:02d}"].nombre if 1 <= entidad <= 32 else "da igual"


def en_todo_el_pais(delito: Delito, meses: Meses, anio: int = 2024) -> list[dict[str, object]]:
    """Un renglón igual en cada una de las 32 entidades."""
    return [renglon(delito, meses, entidad, anio=anio) for entidad in range(1, 33)]


def texto_csv(filas: Sequence[Mapping[str, object]]) -> str:
    """El CSV de esas filas, con los nombres de la primera y saltos de Windows, como los oficiales."""
    salida = io.StringIO()
    escritor = csv.DictWriter(salida, list(filas[0]))
    escritor.writeheader()
    escritor.writerows(filas)
    return salida.getvalue()


def mensual(carpeta: Path, filas: Sequence[Mapping[str, object]], codificacion: str = "latin-1") -> Path:
    """Un archivo mensual en esa codificación."""
    ruta = carpeta / "cualquier nombre.csv"
    ruta.write_bytes(texto_csv(filas).encode(codificacion))
    return ruta


def celda(municipio: str = "Toluca", mes: int = 1, cantidad: object = 1, **cambios: object) -> dict[str, object]:
    """Una celda del JSON de un subtipo."""
    base = {
        "Año": 2024,
        "Entidad": "México",
        "Municipio": municipio,
        "Bien jurídico afectado": "da igual",
        "Tipo de delito": "Aborto",
        "Subtipo de delito": "Aborto",
        "Modalidad": "Aborto",
        "Mes": f"{mes}-{MESES[mes - 1].capitalize()}",
        "Cantidad": cantidad,
    }
    return {**base, **cambios}


def subtipo(carpeta: Path, celdas: Sequence[Mapping[str, object]]) -> Path:
    """El JSON de un subtipo."""
    ruta = carpeta / "Aborto.json"
    ruta.write_text(json.dumps(list(celdas), ensure_ascii=False, indent=4), encoding="utf-8")
    return ruta


def mes_homicida(
    municipio: str, mes: int, cifras: tuple[int, int, int, int] = (0, 0, 0, 0), **cambios: object
) -> dict[str, object]:
    """Una fila del cuadro de violencia homicida: feminicidio, culposo, doloso y otros."""
    dicho = MESES[mes - 1].capitalize()
    por_subtipo = dict(zip(sesnsp_homicidios.SUBTIPOS, (f"{n}.0" for n in cifras), strict=True))
    fila = {"Entidad": "México", "Municipio": municipio, "Total": f"{sum(cifras)}.0", "Año": 2024, "Mes": dicho}
    fila |= {"Periodo": f"{dicho} 2024", **por_subtipo, **cambios}
    return {columna: fila[columna] for columna in sesnsp_homicidios.COLUMNAS}


def texto(carpeta: Path, filas: Sequence[Mapping[str, object]]) -> Path:
    """Un CSV en UTF-8."""
    ruta = carpeta / "cuadro.csv"
    ruta.write_text(texto_csv(filas), encoding="utf-8")
    return ruta


def conteos(modulo: ModuleType, ruta: Path) -> list[dict[str, Any]]:
    """Las filas de la tabla conteo, ya revisadas contra su contrato."""
    entrega = preparar(ruta, Huella("0" * 64, 1), "r", (modulo.__name__,))
    filas = [fila for _, parte in entrega.partes() for fila in parte.to_pylist()]
    return sorted(filas, key=lambda f: (f["lugar"], f["indicador"], f["desglose"], f["periodo"]))


def serie(
    filas: Sequence[Mapping[str, Any]], lugar: str, indicador: str, desglose: str = "total"
) -> dict[str, int | str]:
    """Por periodo, los casos o, si no hay, el estado."""
    suyas = [f for f in filas if (f["lugar"], f["indicador"], f["desglose"]) == (lugar, indicador, desglose)]
    return {f["periodo"]: f["estado"] if f["casos"] is None else f["casos"] for f in suyas}
