"""`incorporar`: de los archivos oficiales al acervo, y de los de un observatorio a sus tablas. Todo o nada."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from atalaya.ordenes.comun import ErrorUso, OpcionAcervo, desplegar

if TYPE_CHECKING:
    from atalaya.seguimiento.admision import Admision


def incorporar(
    rutas: Annotated[
        list[Path],
        typer.Argument(
            metavar="RUTA...",
            help="Archivos oficiales, tal como se publican (tabulados o microdatos), o tablas de un observatorio.",
        ),
    ],
    acervo: OpcionAcervo = None,
    procesos: Annotated[int, typer.Option("--procesos", min=1, help="Cuántos archivos se leen a la vez.")] = 2,
    informe: Annotated[
        Path | None,
        typer.Option("--informe", metavar="ARCHIVO", help="De las tablas: dónde dejar sus faltas, .csv o .xlsx."),
    ] = None,
) -> None:
    """Lee archivos oficiales (los reconoce por su contenido) y publica con ellos una versión nueva del acervo.

    De los microdatos se publican las cifras que se estiman con ellos, con su error; las entrevistas, no. Las tablas de
    un observatorio (CSV o XLSX con el encabezado de una de «tabla --lista») se agregan a las suyas. Si un archivo
    falla no se publica ninguno; si ya estaban, no cambia nada.
    """
    from atalaya.incorporacion import propias

    oficiales, tablas = propias.separar(desplegar(rutas))
    admision = _revisar(tablas, informe) if tablas else None
    if oficiales:
        _incorporar_oficiales(oficiales, acervo, procesos)
    if admision is not None:
        propias.publicar(admision)
        _decir_tablas(admision)


def _revisar(tablas: list[Path], informe: Path | None) -> Admision:
    """Lo que entraría; si hay faltas las dice todas, deja el informe y sale con 1 sin haber tocado nada."""
    from atalaya.incorporacion import propias
    from atalaya.informes import faltas

    hacer = {".csv": faltas.csv, ".xlsx": faltas.xlsx}.get(informe.suffix.lower()) if informe else None
    if informe and hacer is None:
        raise ErrorUso(f"El informe se guarda como .csv o .xlsx, no «{informe.suffix}».")
    admision = propias.revisar(tablas)
    for aviso in admision.avisos:
        typer.echo(aviso, err=True)
    if admision.aceptada:
        return admision
    typer.echo(faltas.texto(admision.hallazgos), err=True)
    if informe and hacer:
        informe.write_bytes(hacer(admision.hallazgos))
        typer.echo(f"El informe quedó en {informe}.", err=True)
    n = len(admision.hallazgos)
    typer.echo(f"{n:,} {'falta' if n == 1 else 'faltas'}: no se publicó nada.", err=True)
    raise typer.Exit(1)


def _decir_tablas(admision: Admision) -> None:
    ya = f" Ya estaban, iguales: {admision.ya_estaban:,}." if admision.ya_estaban else ""
    if not admision.cuantas:
        typer.echo(f"Nada cambió en las tablas.{ya}")
        return
    partes = ", ".join(f"{len(filas):,} en {nombre}" for nombre, filas in admision.nuevas.items())
    typer.echo(f"Renglones nuevos: {partes}.{ya}")


def _incorporar_oficiales(rutas: list[Path], acervo: Path | None, procesos: int) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    from atalaya.incorporacion import incorporar as publicar

    consola = Console(stderr=True)
    columnas = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columnas, console=consola) as barra:
        tarea = barra.add_task("Leyendo", total=len(rutas))

        def avance(ruta: Path, que: str) -> None:
            barra.console.print(f"{ruta.name}: {que}", highlight=False)
            barra.advance(tarea)

        resultado = publicar(rutas, acervo, avance, procesos=procesos)
        barra.update(tarea, description="Listo", completed=len(rutas))
    if not resultado.hay_version_nueva:
        typer.echo(f"Nada cambió: sigue vigente la versión {resultado.acervo.version}.")
        return
    filas = sum(fuente.filas for fuente in resultado.acervo.fuentes)
    typer.echo(
        f"Versión {resultado.acervo.version}: {len(resultado.acervo.fuentes)} archivos oficiales, {filas:,} filas, "
        f"en {resultado.acervo.raiz}."
    )
