"""`descargar`: los archivos oficiales, de las direcciones de cada oficina a una carpeta."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from atalaya.ordenes.comun import uso

if TYPE_CHECKING:
    from atalaya.descargas import AMano, Pedido
    from atalaya.descargas.bajar import Avance, Bajado


class Fuente(StrEnum):
    """De qué oficina."""

    ensu = "ensu"
    enusc = "enusc"
    sesnsp = "sesnsp"
    cead = "cead"


def descargar(
    fuente: Annotated[Fuente, typer.Argument(metavar="FUENTE", help="ensu, enusc, sesnsp o cead.")],
    desde: Annotated[str, typer.Option("--desde", metavar="P", help="Primer periodo: 2024T1 (ensu) o 2023.")],
    hasta: Annotated[str, typer.Option("--hasta", metavar="P", help="Último periodo, incluido.")],
    destino: Annotated[Path, typer.Option("--destino", metavar="DIR", help="Dónde se guardan.")] = Path("descargas"),
    producto: Annotated[
        str | None,
        typer.Option("--producto", metavar="P", help="Sólo uno: microdatos, tabulados, municipal, estatal, casos."),
    ] = None,
    actualizar: Annotated[
        bool, typer.Option("--actualizar", help="Pregunta si cambió lo que ya se tiene, y entonces lo baja otra vez.")
    ] = False,
) -> None:
    """Baja los archivos oficiales de la dirección de su oficina, comprobados y listos para «incorporar».

    Sigue lo que quedó a medias y no repite lo que ya está. Lo que una oficina no publica en una dirección estable se
    dice, con la página y el archivo que hay que bajar a mano.
    """
    from datetime import date

    from atalaya.descargas import planear

    with uso():
        plan = planear(fuente.value, desde, hasta, date.today(), producto)
    _decir_saltados(plan.saltados)
    if plan.a_mano and not plan.pedidos:
        raise ExceptionGroup("no hay dirección estable", [_sin_direccion(uno) for uno in plan.a_mano])
    if plan.pedidos:
        bajados, fallas = _bajar(plan.pedidos, destino, actualizar)
        _decir_bajados(bajados)
        for uno in plan.a_mano:
            typer.echo(f"\nA mano. {_sin_direccion(uno)}")
        if fallas:
            raise ExceptionGroup(f"{len(fallas)} de {len(plan.pedidos)} archivos no se pudieron bajar", fallas)


def _decir_saltados(saltados: dict[str, tuple[str, ...]]) -> None:
    from atalaya.descargas.plan import dichos

    for motivo, periodos in saltados.items():
        typer.echo(f"Se salta {dichos(periodos)}: {motivo}")


def _sin_direccion(uno: AMano) -> Exception:
    from atalaya.descargas.plan import dichos
    from atalaya.errores import ErrorDescarga

    archivos = f" Archivos: {', '.join(uno.archivos)}." if uno.archivos else ""
    return ErrorDescarga(
        f"{uno.fuente}, {uno.producto}, {dichos(uno.periodos)}",
        "una dirección estable de la oficina",
        "ninguna: no se inventa (docs/descargas.md)",
        f"bájalo a mano ({uno.pagina}). {uno.instruccion}{archivos}",
    )


def _bajar(pedidos: Sequence[Pedido], destino: Path, actualizar: bool) -> tuple[list[Bajado], list[Exception]]:
    """Uno tras otro, que es lo cortés con el servidor; lo que falle no impide lo demás."""
    from atalaya.descargas import bajar, red
    from atalaya.errores import ErrorDescarga

    bajados: list[Bajado] = []
    fallas: list[Exception] = []
    with bajar.carpeta_propia(destino), red.abrir_sesion() as sesion, _barras() as barra:
        for pedido in pedidos:
            avance = barra(pedido.archivo)
            try:
                bajado = bajar.bajar(pedido, destino, sesion, avance, actualizar)
            except ErrorDescarga as falla:
                fallas.append(falla)
            else:
                avance(bajado.recibo.bytes, bajado.recibo.bytes)
                bajados.append(bajado)
    return bajados, fallas


@contextmanager
def _barras() -> Iterator[Callable[[str], Avance]]:
    """Una barra por archivo, con lo que va, a qué paso y cuánto falta."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        DownloadColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
        TransferSpeedColumn,
    )

    columnas = (
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        DownloadColumn(),
        TransferSpeedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columnas, console=Console(stderr=True)) as progreso:

        def barra(archivo: str) -> Avance:
            tarea = progreso.add_task(archivo, total=None)
            return lambda van, total: progreso.update(tarea, completed=van, total=total)

        yield barra


def _decir_bajados(bajados: Sequence[Bajado]) -> None:
    for uno in bajados:
        que = "bajado" if uno.nuevo else "ya estaba"
        typer.echo(f"{que}: {uno.ruta}  {uno.recibo.bytes:,} bytes  sha256 {uno.recibo.sha256}")
    if bajados:
        typer.echo("Para publicarlos: python -m atalaya incorporar " + " ".join(f'"{uno.ruta}"' for uno in bajados))
