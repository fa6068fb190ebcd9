"""Escribir un resultado como tabla para leer, CSV o JSON."""

from __future__ import annotations

import csv
import json
import os
import sys
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from atalaya.ordenes.comun import Formato
from atalaya.seguimiento.limites import inocuo

if TYPE_CHECKING:
    from rich.text import Text

Fila = Mapping[str, Any]

DECIMALES: Final = {
    "valor_pct": 2,
    "error_estandar": 2,
    "ic_inf": 2,
    "ic_sup": 2,
    "cv_pct": 2,
    "valor_de_pct": 2,
    "valor_a_pct": 2,
    "valor_b_pct": 2,
    "error_de": 2,
    "error_a": 2,
    "error_b": 2,
    "diferencia": 2,
    "p": 4,
    "p_holm": 4,
    "efecto_diseno": 2,
    "n_efectivo": 1,
    "error_calibracion_pct": 1,
    "acuerdo_pct": 1,
    "tasa_100k": 2,
    "tasa_inf": 2,
    "tasa_sup": 2,
}
"""La ENSU se publica con un decimal; dos bastan para comprobarla y no prometen más de lo que la muestra da."""

MODELADO: Final = "INEGI no publica el error de estas cifras: es modelado (docs/error_modelado.md)."

ESTADOS: Final = {
    "suprimido": "suprimido",
    "no_disponible": "no disponible",
    "no_aplica": "no aplica",
    "no_levantado": "no levantado",
    "no_incorporado": "no incorporado",
    "no_publicado": "no publicado",
    "no_registrado": "no se registra",
    "aun_no_publicado": "aún no publicado",
}

EXPLICADOS: Final = {
    "suprimido": "se estimó, pero con esa precisión no se publica",
    "no_disponible": "la oficina escribió ND o dejó la celda vacía, o su archivo no permite saberlo",
    "no_aplica": "la pregunta no aplica en ese lugar (p. ej. una alcaldía, que no tiene policía municipal)",
    "no_levantado": "la encuesta no se hizo en ese lugar y periodo",
    "no_incorporado": "el acervo no trae el archivo de ese periodo",
    "no_publicado": "el archivo está, pero no da esa cifra para ese lugar",
    "no_registrado": "esa entidad no registra ese delito: su cero no es ausencia",
    "aun_no_publicado": "es posterior a lo último que la fuente ha publicado",
}
"""Por qué no hay cifra. Unos los pone la consulta; los demás vienen en el dato."""


def explicar(filas: Sequence[Fila]) -> list[str]:
    """Por qué falta lo que falta en estas filas: los huecos del catálogo y qué quiere decir cada estado que salga."""
    huecos = dict.fromkeys(f"{fila['periodo']}: {fila['nota']}" for fila in filas if fila.get("nota"))
    vistos = {fila["estado"] for fila in filas}
    return [
        *huecos,
        *(f"«{ESTADOS[estado]}»: {por_que}." for estado, por_que in EXPLICADOS.items() if estado in vistos),
    ]


def escribir(filas: Sequence[Fila], formato: Formato, columnas: Mapping[str, str], titulo: str, pie: str = "") -> None:
    """Escribe las filas en la salida estándar.

    CSV y JSON llevan todas las columnas con sus nombres; la tabla, sólo `columnas` (nombre → rótulo), con título y
    pie. Los nulos son null en JSON y celda vacía en CSV.
    """
    redondas = [redondear(fila) for fila in filas]
    try:
        match formato:
            case Formato.json:
                sys.stdout.write(json.dumps(redondas, ensure_ascii=False, indent=1) + "\n")
            case Formato.csv:
                _csv(redondas, columnas)
            case Formato.tabla:
                _tabla(redondas, columnas, titulo, pie)
        sys.stdout.flush()
    except BrokenPipeError:  # «atalaya consultar … | head»: quien lee ya tuvo bastante
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # y el cierre de Python no vuelve a fallar


def redondear(fila: Fila) -> dict[str, Any]:
    """La fila con sus cifras redondeadas según `DECIMALES`."""
    return {
        clave: round(valor, DECIMALES[clave]) if clave in DECIMALES and valor is not None else valor
        for clave, valor in fila.items()
    }


def _csv(filas: Sequence[Fila], columnas: Mapping[str, str]) -> None:
    escritor = csv.writer(sys.stdout, lineterminator="\n")
    escritor.writerow(filas[0] if filas else columnas)
    escritor.writerows([inocuo(valor) for valor in fila.values()] for fila in filas)


def _tabla(filas: Sequence[Fila], columnas: Mapping[str, str], titulo: str, pie: str) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    consola = Console()
    if not consola.is_terminal:
        consola.width = 160  # en un archivo o una tubería nadie corta los renglones
    # Como Text y no como cadena: Rich tomaría por marcas los corchetes de una cita («[conjunto de datos]»).
    tabla = Table(
        title=Text(titulo), title_justify="left", caption=Text(pie), caption_justify="left", box=box.SIMPLE_HEAD
    )
    for clave, rotulo in columnas.items():
        es_numero = any(isinstance(fila[clave], int | float) for fila in filas)
        tabla.add_column(rotulo, justify="right" if es_numero else "left", no_wrap=clave != "nombre")
    for fila in filas:
        tabla.add_row(*(_celda(clave, fila) for clave in columnas))
    consola.print(tabla)


def _celda(clave: str, fila: Fila) -> Text:
    """Lo que se lee: sin cifra dice por qué, y nunca queda en blanco donde se espera un número."""
    from rich.text import Text

    valor = fila[clave]
    if clave in ("valor_pct", "casos"):
        dicho = f"{valor:,}" if isinstance(valor, int) else f"{valor:.2f}" if valor is not None else ""
        return Text(dicho) if dicho else Text(ESTADOS.get(fila["estado"], "sin dato"), style="yellow")
    if valor is None:
        return Text("—", style="dim")
    if clave == "precision" and valor != "alta":
        return Text(valor, style="yellow")
    if clave in DECIMALES:
        return Text(f"{valor:.{DECIMALES[clave]}f}")
    return Text(f"{valor:,}" if isinstance(valor, int) else str(valor))
