"""`listar`: qué claves hay, qué archivos oficiales entraron y qué versiones se pueden abrir."""

from __future__ import annotations

from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from atalaya import catalogo
from atalaya.ordenes.comun import Formato, OpcionAcervo, OpcionFormato, OpcionVersion, abrir_motor
from atalaya.ordenes.salida import escribir


class Que(StrEnum):
    """Lo que se puede listar."""

    indicadores = "indicadores"
    lugares = "lugares"
    periodos = "periodos"
    fuentes = "fuentes"
    versiones = "versiones"


COLUMNAS: dict[Que, dict[str, str]] = {
    Que.indicadores: {"indicador": "Clave", "tema": "Tema", "nombre": "Nombre"},
    Que.lugares: {
        "lugar": "Clave",
        "nombre": "Nombre",
        "clase": "Clase",
        "municipio_unico": "Municipio",
        "desde": "Desde",
    },
    Que.periodos: {"fuente": "Fuente", "periodo": "Periodo", "lugares": "Lugares", "indicadores": "Indicadores"},
    Que.fuentes: {
        "fuente": "Fuente",
        "edicion": "Edición",
        "producto": "Producto",
        "archivo": "Archivo",
        "filas": "Filas",
        "incorporado": "Incorporado",
        "sha256": "SHA-256",
    },
    Que.versiones: {"version": "Versión", "publicado": "Publicada", "archivos": "Archivos", "filas": "Filas"},
}


def listar(
    que: Annotated[Que, typer.Argument(metavar="QUÉ", help="indicadores, lugares, periodos, fuentes o versiones.")],
    formato: OpcionFormato = Formato.tabla,
    acervo: OpcionAcervo = None,
    version_acervo: OpcionVersion = None,
) -> None:
    """Lista las claves que se pueden pedir, los archivos oficiales incorporados o las versiones del acervo."""
    filas = _filas(que, acervo, version_acervo)
    escribir(filas, formato, COLUMNAS[que], que.value.capitalize())


def _filas(que: Que, raiz: Path | None, version: str | None) -> list[dict[str, Any]]:
    from atalaya.acervo import Acervo, versiones

    match que:
        case Que.indicadores:
            return [asdict(uno) for uno in catalogo.indicadores().values()]
        case Que.lugares:
            return [asdict(uno) for uno in catalogo.lugares().values()]
        case Que.periodos:
            return abrir_motor(raiz, version).correr("mostrar/periodos").to_pylist()
        case Que.fuentes:
            return [
                {clave: valor for clave, valor in asdict(f).items() if clave != "tablas"}
                for f in Acervo.abrir(raiz, version).fuentes
            ]
        case Que.versiones:
            return [
                {
                    "version": m.version,
                    "publicado": m.publicado,
                    "archivos": len(m.fuentes),
                    "filas": sum(f.filas for f in m.fuentes),
                }
                for m in versiones(raiz)
            ]
