"""La ayuda y los errores de uso de typer, dichos en español (typer los escribe en inglés y no trae traducciones)."""

from __future__ import annotations

import re
from difflib import get_close_matches

import typer
from typer import _click as click  # typer lleva su propia copia de click y de ella no reexporta los errores de uso
from typer._click.exceptions import BadOptionUsage, MissingParameter, NoSuchOption, UsageError
from typer.core import TyperCommand, TyperGroup

__all__ = ["Grupo", "Orden", "UsageError", "en_espanol", "traducir"]


class _EnEspanol(click.Command):
    def get_usage(self, ctx: click.Context) -> str:
        return super().get_usage(ctx).replace("Usage: ", "Uso: ", 1)

    def get_help_option(self, ctx: click.Context):  # type: ignore[no-untyped-def]
        opcion = super().get_help_option(ctx)
        if opcion is not None:
            opcion.help = "Muestra esta ayuda."
        return opcion


class Orden(_EnEspanol, TyperCommand):
    """Una orden cuya ayuda sale en español."""


class Grupo(_EnEspanol, TyperGroup):
    """El conjunto de órdenes, con la ayuda en español."""


def en_espanol() -> None:
    """Pone en español los títulos de la ayuda; importa lo que la dibuja, así que sólo conviene si se va a mostrar."""
    from typer import rich_utils

    rich_utils.ARGUMENTS_PANEL_TITLE = "Argumentos"
    rich_utils.OPTIONS_PANEL_TITLE = "Opciones"
    rich_utils.COMMANDS_PANEL_TITLE = "Órdenes"
    rich_utils.DEFAULT_STRING = "[por omisión: {}]"
    rich_utils.REQUIRED_LONG_STRING = "[obligatoria]"
    rich_utils.ENVVAR_STRING = "[variable de entorno: {}]"


def traducir(falla: UsageError) -> str:
    """El error de uso en español, con lo que se puede escribir en su lugar."""
    orden = falla.ctx.command_path if falla.ctx else "atalaya"
    return f"{_motivo(falla)}\nMira «python -m {orden} --help»."


def _motivo(falla: UsageError) -> str:
    match falla:
        case MissingParameter():
            return f"Falta {_nombre(falla.param)}."
        case NoSuchOption():
            posibles = f" ¿Querías {' o '.join(falla.possibilities)}?" if falla.possibilities else ""
            return f"No existe la opción {falla.option_name}.{posibles}"
        case BadOptionUsage():
            return f"La opción {falla.option_name} necesita un valor."
        case typer.BadParameter():
            return f"El valor de {_nombre(falla.param)} no sirve{_admitido(falla.message)}."
    return _orden_desconocida(falla) or f"Orden mal escrita: {falla.message}"


def _admitido(mensaje: str) -> str:
    """Qué se puede escribir, sacado del mensaje en inglés de typer («'x' is not one of 'a', 'b'»)."""
    if " is not one of " in mensaje:
        return "; se admite: " + ", ".join(re.findall(r"'([^']+)'", mensaje.split(" is not one of ")[1]))
    if "valid integer" in mensaje:
        return "; se admite un número entero"
    if "greater than or equal" in mensaje:
        return "; se admite un número entero desde " + mensaje.rsplit(" ", 1)[-1].rstrip(".")
    return f": {mensaje.rstrip('.')}"


def _orden_desconocida(falla: UsageError) -> str:
    grupo = falla.ctx.command if falla.ctx else None
    if not falla.message.startswith("No such command") or not isinstance(grupo, Grupo):
        return ""
    pedida = falla.message.split("'")[1]
    parecidas = get_close_matches(pedida, grupo.commands, n=1, cutoff=0.7)
    sugerencia = f" ¿Querías {parecidas[0]}?" if parecidas else ""
    return f"No existe la orden «{pedida}».{sugerencia} Hay: {', '.join(grupo.commands)}."


def _nombre(parametro: object) -> str:
    opciones = getattr(parametro, "opts", [])
    if getattr(parametro, "param_type_name", "") == "option":
        return f"la opción {max(opciones, key=len)}"
    return str(getattr(parametro, "metavar", None) or getattr(parametro, "name", None) or "un valor")
