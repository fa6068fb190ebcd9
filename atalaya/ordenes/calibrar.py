"""`calibrar`: cuánto se aparta la ENSU del muestreo simple, para decir el error de lo que se publicó sin él."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from atalaya.ordenes.comun import ErrorUso, Formato, OpcionAcervo, OpcionFormato
from atalaya.ordenes.salida import escribir

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

DESDE = "2024T1"
PRODUCTO = "calibracion"
COLUMNAS = {
    "efecto": "Efecto",
    "tema": "Tema",
    "efecto_diseno": "Efecto de diseño",
    "error_pct": "± (%)",
    "celdas": "Celdas",
    "celdas_moderada": "Moderadas",
    "celdas_baja": "Bajas",
    "acuerdo_pct": "Acuerdo (%)",
}


def calibrar(
    desde: Annotated[
        str,
        typer.Option("--desde", metavar="P", help="Desde qué trimestre se usan las clases; los anteriores validan."),
    ] = DESDE,
    informe: Annotated[
        Path | None,
        typer.Option("--informe", metavar="ARCHIVO", help="Documento en que se ponen las tablas de acuerdo."),
    ] = None,
    formato: OpcionFormato = Formato.tabla,
    acervo: OpcionAcervo = None,
) -> None:
    """Calibra el efecto de diseño contra las clases de precisión publicadas y lo publica en el acervo.

    Con él, «consultar», «clasificar», «comparar» y «cambios» dan el error de las cifras que INEGI publica sin él. El
    acuerdo es fuera de muestra: cada celda la predice quien no la vio.
    """
    from atalaya import motor
    from atalaya.acervo.lectura import Acervo
    from atalaya.estadistica import error_modelado as modelo
    from atalaya.informes import acuerdo

    with _pasos() as paso:
        paso("Celdas con clase de precisión")
        celdas = modelo.como_celdas(motor.abrir(acervo).correr("estimar/evidencia_precision"))
        nuevas = celdas[celdas["trimestre"] >= desde]
        if nuevas.empty:
            raise ErrorUso(
                f"El acervo no trae celdas con clase de precisión y entrevistas contadas desde {desde}: incorpora los "
                "tabulados y entrevistas_por_municipio.csv."
            )
        paso("Calibración")
        areas = modelo.calibrar(nuevas)
        nacion = modelo.calibrar_nacion(nuevas, areas)
        paso("Acuerdo fuera de muestra")
        validadas = modelo.validar_todo(celdas, desde)
        tabla = modelo.tabla(nuevas, areas, nacion, next(iter(validadas.values())))
        paso("Publicación")
        abierto = _publicar(Acervo.abrir(acervo), tabla)
    if informe is not None:
        acuerdo.poner(informe, acuerdo.tablas(tabla, celdas, nuevas, validadas))
    escribir(
        _filas(tabla), formato, COLUMNAS, f"Efecto de diseño calibrado, {abierto.fuentes[0].fuente}", _pie(validadas)
    )


def _publicar(acervo: Any, tabla: pa.Table) -> Any:
    """La calibración como una entrega más: su huella es la de los archivos de que sale."""
    import hashlib

    from atalaya.acervo.publicacion import Entrega, publicar

    insumos = "".join(sorted(f.sha256 for f in acervo.fuentes if f.producto != PRODUCTO))
    entrega = Entrega(
        fuente=tabla["fuente"][0].as_py(),
        edicion="todas",
        archivo="calibracion",
        origen="Calculada con «python -m atalaya calibrar» sobre los demás archivos de este acervo",
        sha256=hashlib.sha256(insumos.encode()).hexdigest(),
        bytes=0,
        receta="",
        tablas={"calibracion": tabla},
        producto=PRODUCTO,
    )
    return publicar(acervo.raiz, [entrega])


def _filas(tabla: pa.Table) -> list[dict[str, Any]]:
    from math import exp

    return [
        {
            **{clave: fila[clave] for clave in ("efecto", "tema")},
            "efecto_diseno": round(exp(fila["log_efecto_diseno"]), 3),
            "error_pct": round(100 * fila["error_log"], 1),
            **{clave: fila[clave] for clave in ("celdas", "celdas_moderada", "celdas_baja")},
            "acuerdo_pct": fila["acuerdo_pct"],
        }
        for fila in tabla.to_pylist()
        if fila["efecto"] != "lugar_periodo"
    ]


def _pie(validadas: dict[str, pd.DataFrame]) -> str:
    return "Los de tema y nación multiplican al general. Acuerdo fuera de muestra: " + "; ".join(
        f"{nombre}, {100 * celdas['acierta'].mean():.1f} % de {len(celdas):,} celdas"
        for nombre, celdas in validadas.items()
    )


@contextmanager
def _pasos() -> Iterator[Any]:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columnas = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columnas, console=Console(stderr=True)) as barra:
        tarea = barra.add_task("", total=None)
        yield lambda que: barra.update(tarea, description=que)
