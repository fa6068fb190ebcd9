"""`tabla`: cualquier tabla de lo que se sigue o del catálogo, su lista y las plantillas para llenarlas."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from atalaya import catalogo
from atalaya.errores import ErrorAtalaya
from atalaya.ordenes.comun import ErrorUso
from atalaya.seguimiento.contratos import Contrato, contratos, ruta_de
from atalaya.seguimiento.limites import inocuo


class FormatoDeTabla(StrEnum):
    """Cómo se escribe una tabla."""

    csv = "csv"
    json = "json"


def tabla(
    nombre: Annotated[str, typer.Argument(metavar="[NOMBRE]", help="Una tabla de las que dice --lista.")] = "",
    formato: Annotated[FormatoDeTabla, typer.Option("--formato", help="csv o json.")] = FormatoDeTabla.csv,
    lista: Annotated[bool, typer.Option("--lista", help="Dice qué tablas hay, qué son y su llave.")] = False,
    plantilla: Annotated[bool, typer.Option("--plantilla", help="El encabezado, para llenarlo y cargarlo.")] = False,
    salida: Annotated[
        Path | None,
        typer.Option("--salida", metavar="ARCHIVO", help="De la plantilla: .csv, o .xlsx con listas desplegables."),
    ] = None,
) -> None:
    """Imprime una tabla de lo que se sigue (compromisos, avances…) o del catálogo, o la plantilla para llenarla."""
    if lista:
        _escribir(formato, ("tabla", "seccion", "describe", "llave"), _lista(), {})
        return
    if not nombre:
        raise ErrorUso("Falta el nombre de la tabla; «python -m atalaya tabla --lista» las dice todas.")
    if salida and not plantilla:
        raise ErrorUso("--salida es de las plantillas; una tabla se guarda con «> archivo.csv».")
    uno = contratos().get(nombre)
    if plantilla:
        _plantilla(nombre, uno, salida)
        return
    if uno is None and nombre not in _del_catalogo():
        raise ErrorUso(_no_existe(nombre))
    ruta = ruta_de(nombre) if uno else _del_catalogo()[nombre]
    tipos = {c.columna: c.tipo for c in uno.columnas} if uno else {}
    _escribir(formato, *_filas(ruta), tipos)


def _del_catalogo() -> dict[str, Path]:
    return {ruta.stem: ruta for ruta in sorted(catalogo.CARPETA.glob("*.csv"))}


def _lista() -> list[dict[str, str]]:
    suyas = [
        {"tabla": uno.tabla, "seccion": uno.seccion, "describe": uno.describe, "llave": ",".join(uno.llave)}
        for uno in contratos().values()
    ]
    return suyas + [
        {"tabla": nombre, "seccion": "catálogo", "describe": "docs/catalogo.md la explica", "llave": ""}
        for nombre in _del_catalogo()
    ]


def _filas(ruta: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Su encabezado y sus filas, como texto."""
    with ruta.open(encoding="utf-8-sig", newline="") as archivo:
        lector = csv.DictReader(archivo)
        return list(lector.fieldnames or []), list(lector)


def _escribir(
    formato: FormatoDeTabla, columnas: Sequence[str], filas: Sequence[dict[str, str]], tipos: dict[str, str]
) -> None:
    numericas = {columna for columna, tipo in tipos.items() if tipo in ("entero", "numero", "pct")}
    if formato is FormatoDeTabla.json:
        dichas = [{c: _valor(fila[c], tipos.get(c, "")) for c in columnas} for fila in filas]
        texto = json.dumps(dichas, ensure_ascii=False, indent=1) + "\n"
    else:
        flujo = io.StringIO()
        escritor = csv.writer(flujo, lineterminator="\n")
        escritor.writerow(columnas)
        escritor.writerows([fila[c] if c in numericas else inocuo(fila[c]) for c in columnas] for fila in filas)
        texto = flujo.getvalue()
    try:
        sys.stdout.write(texto)
        sys.stdout.flush()
    except BrokenPipeError:  # «atalaya tabla … | head»: quien lee ya tuvo bastante
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _valor(celda: str, tipo: str) -> str | int | float | None:
    if not celda:
        return None
    return int(celda) if tipo == "entero" else float(celda) if tipo in ("numero", "pct") else celda


def _plantilla(nombre: str, uno: Contrato | None, salida: Path | None) -> None:
    if uno is None:
        raise ErrorUso(
            f"«{nombre}» es del catálogo y no se carga." if nombre in _del_catalogo() else _no_existe(nombre)
        )
    if salida is None:
        sys.stdout.write(",".join(uno.nombres) + "\n")
        return
    from atalaya.informes import plantillas

    hacer = {".csv": plantillas.csv, ".xlsx": plantillas.xlsx}.get(salida.suffix.lower())
    if hacer is None:
        raise ErrorUso(f"La plantilla se guarda como .csv o .xlsx, no «{salida.suffix}».")
    try:
        salida.write_bytes(hacer(uno))
    except OSError as falla:
        raise ErrorAtalaya(str(salida), "un archivo que se pueda escribir", str(falla), "diga otro lugar") from falla
    typer.echo(f"Plantilla de {nombre} en {salida}.", err=True)


def _no_existe(nombre: str) -> str:
    from difflib import get_close_matches

    todas = [*contratos(), *_del_catalogo()]
    parecidas = get_close_matches(nombre, todas, n=3, cutoff=0.5)
    quiso = f" ¿Quiso decir {' o '.join(parecidas)}?" if parecidas else ""
    return f"No hay una tabla «{nombre}».{quiso} «python -m atalaya tabla --lista» las dice todas."
