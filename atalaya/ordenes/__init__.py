"""Las órdenes de `python -m atalaya`; `--help` las lista.

Códigos de salida: 0, bien; 1, los datos o un archivo están mal; 2, la orden está mal escrita.
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence

import typer

from atalaya import __version__
from atalaya.errores import ErrorAtalaya
from atalaya.ordenes import (
    ayuda,
    calibrar,
    cambios,
    clasificar,
    comparar,
    consultar,
    descargar,
    estimar,
    exportar,
    incorporar,
    listar,
    tabla,
    verificar,
)
from atalaya.ordenes.comun import ErrorUso

BIEN, MAL, USO, INTERRUMPIDO = 0, 1, 2, 130

app = typer.Typer(
    name="atalaya",
    cls=ayuda.Grupo,
    options_metavar="[OPCIONES]",
    subcommand_metavar="ORDEN [ARGUMENTOS]…",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
    rich_markup_mode="rich",
)
ORDENES = (
    descargar.descargar,
    incorporar.incorporar,
    consultar.consultar,
    clasificar.clasificar,
    comparar.comparar,
    cambios.cambios,
    estimar.estimar,
    exportar.exportar,
    exportar.ficha,
    listar.listar,
    tabla.tabla,
    verificar.verificar,
    calibrar.calibrar,
)
for _orden in ORDENES:
    app.command(cls=ayuda.Orden, options_metavar="[OPCIONES]")(_orden)


def _decir_version(pedida: bool) -> None:
    if pedida:
        typer.echo(f"atalaya {__version__}")
        raise typer.Exit


@app.callback()
def _raiz(
    version: bool = typer.Option(False, "--version", callback=_decir_version, is_eager=True, help="Dice la versión."),
) -> None:
    """Cifras oficiales de seguridad de las ciudades, con su procedencia y su precisión."""


def principal(argumentos: Sequence[str] | None = None) -> int:
    """Corre una orden y devuelve su código de salida (0, 1 o 2); los errores van a la salida de errores, sin rastro."""
    argumentos = sys.argv[1:] if argumentos is None else list(argumentos)
    if not argumentos or {"--help", "-h"} & set(argumentos):
        ayuda.en_espanol()
    for salida in (sys.stdout, sys.stderr):
        if hasattr(salida, "reconfigure"):  # en Windows, una tubería no es UTF-8 si no se pide
            salida.reconfigure(encoding="utf-8")
    try:
        codigo = app(argumentos or ["--help"], prog_name="atalaya", standalone_mode=False)
    except (Exception, KeyboardInterrupt) as falla:
        return _salir(falla)
    return codigo or (BIEN if argumentos else USO)


def _salir(falla: BaseException) -> int:
    """Dice la falla y devuelve el código de salida que le toca."""
    match falla:
        case ayuda.UsageError():
            return _decir(ayuda.traducir(falla), USO)
        case ErrorUso():
            return _decir(falla.motivo, USO)
        case ExceptionGroup() if falla.split(ErrorAtalaya)[1] is None:
            return _decir("\n\n".join(str(una) for una in falla.exceptions), MAL)
        case ErrorAtalaya():
            return _decir(falla, MAL)
        case KeyboardInterrupt() | typer.Abort():
            return _decir("Interrumpido; no se publicó nada.", INTERRUMPIDO)
    return _inesperado(falla)


def _decir(mensaje: object, codigo: int) -> int:
    print(mensaje, file=sys.stderr)
    return codigo


def _inesperado(falla: BaseException) -> int:
    if os.environ.get("ATALAYA_RASTRO"):
        traceback.print_exception(falla)
    remedio = "Es una falla de Atalaya: repórtala con la orden que escribiste y lo que salga con ATALAYA_RASTRO=1."
    return _decir(f"Error inesperado: {type(falla).__name__}: {falla}\n{remedio}", MAL)
