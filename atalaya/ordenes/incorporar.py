"""`incorporar`: de los archivos oficiales al acervo, todo o nada."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from atalaya.ordenes.comun import OpcionAcervo, desplegar


def incorporar(
    rutas: Annotated[
        list[Path],
        typer.Argument(metavar="RUTA...", help="Archivos oficiales, tal como se publican: tabulados o microdatos."),
    ],
    acervo: OpcionAcervo = None,
    procesos: Annotated[int, typer.Option("--procesos", min=1, help="Cuántos archivos se leen a la vez.")] = 2,
) -> None:
    """Lee archivos oficiales (los reconoce por su contenido) y publica con ellos una versión nueva del acervo.

    De los microdatos se publican las cifras que se estiman con ellos, con su error; las entrevistas, no. Si un archivo
    falla no se publica ninguno; si ya estaban, no cambia nada.
    """
    rutas = desplegar(rutas)

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
