"""`estimar`: las cifras de unos microdatos, con su error y su precisión, sin publicarlas."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from atalaya import catalogo, periodos
from atalaya.ordenes.comun import (
    NIVEL,
    ErrorUso,
    Formato,
    Intervalo,
    OpcionFormato,
    OpcionIntervalo,
    OpcionNivel,
    Reglas,
    desplegar,
    indicadores_pedidos,
    lugares_pedidos,
    nivel_pedido,
    partir,
)
from atalaya.ordenes.salida import escribir, explicar

if TYPE_CHECKING:
    from atalaya.incorporacion.microdatos import Opciones

COLUMNAS = {
    "indicador": "Indicador",
    "nombre": "Lugar",
    "lugar": "Clave",
    "periodo": "Periodo",
    "desglose": "Desglose",
    "valor_pct": "Valor (%)",
    "error_estandar": "Error",
    "ic_inf": "Desde",
    "ic_sup": "Hasta",
    "n": "n",
    "gl": "gl",
    "cv_pct": "CV (%)",
    "precision": "Precisión",
}
CORTES = ("sexo", "edad", "sexo|edad")
NOMBRES_REGLAS = {"inegi": "INEGI", "ine_chile": "el INE de Chile", "cepal": "la CEPAL"}


class UpmUnica(StrEnum):
    """Qué se hace con un estrato que sólo tiene una UPM."""

    adjust = "adjust"
    certainty = "certainty"
    fail = "fail"


def estimar(
    rutas: Annotated[
        list[Path],
        typer.Argument(metavar="RUTA...", help="Microdatos oficiales: zip o carpeta de INEGI, o base de la ENUSC."),
    ],
    por: Annotated[
        str,
        typer.Option("--por", metavar="C[,C]", help="Además del total: sexo, edad o sexo|edad (cruzados)."),
    ] = "",
    indicador: Annotated[str, typer.Option("--indicador", metavar="K[,K]", help="Claves; si no, todos.")] = "",
    lugar: Annotated[str, typer.Option("--lugar", metavar="L[,L]", help="Claves de lugar; si no, todos.")] = "",
    upm_unica: Annotated[
        UpmUnica,
        typer.Option(
            "--upm-unica",
            help="Estratos con una sola UPM: adjust la mide contra la media general; certainty no le da varianza; "
            "fail se detiene.",
        ),
    ] = UpmUnica.adjust,
    nivel: OpcionNivel = NIVEL,
    intervalo: OpcionIntervalo = Intervalo.logit,
    reglas: Annotated[
        Reglas | None, typer.Option("--reglas", help="De precisión; si no, las de la oficina que levanta la encuesta.")
    ] = None,
    formato: OpcionFormato = Formato.tabla,
) -> None:
    """Estima todos los indicadores de unos microdatos, con su error de diseño, y los escribe; no publica nada.

    Lo que la regla de precisión no dejaría publicar sale «suprimido», sin cifra, en todos los formatos.
    """
    cortes = partir(por, "--por") if por else []
    if malos := [corte for corte in cortes if corte not in CORTES]:
        raise ErrorUso(f"--por admite {', '.join(CORTES)}; no {', '.join(malos)}.")
    claves = indicadores_pedidos(indicador) if indicador else []
    lugares = set(lugares_pedidos(lugar).values()) if lugar else set()

    from atalaya.incorporacion.microdatos import Opciones

    opciones = Opciones(
        desgloses=("total", *cortes),
        upm_unica=upm_unica.value,
        nivel=nivel_pedido(nivel),
        intervalo=intervalo.value,
        reglas=reglas.value if reglas else "",
        indicadores=tuple(claves),
    )
    filas = _filas(desplegar(rutas), opciones, lugares)
    # Lo que es igual en todas las filas va en el título, no en una columna.
    unicos = {clave for clave in ("indicador", "periodo", "desglose") if len({fila[clave] for fila in filas}) == 1}
    visibles = {clave: rotulo for clave, rotulo in COLUMNAS.items() if clave not in unicos}
    escribir(filas, formato, visibles, _titulo(filas[0], unicos), _pie(filas, upm_unica))


def _filas(rutas: list[Path], opciones: Opciones, lugares: set[str]) -> list[dict[str, Any]]:
    """Una fila por cifra de cada archivo, con el nombre del lugar, en orden; sólo de los lugares que se pidan.

    Los lugares se apartan después de estimar: el error de uno necesita el diseño de toda la muestra.
    """
    from atalaya.incorporacion.microdatos import estimar_archivo

    filas = [
        {"nombre": catalogo.lugar(fila["lugar"]).nombre, **fila}
        for ruta in rutas
        for fila in estimar_archivo(ruta, opciones).to_pylist()
        if not lugares or fila["lugar"] in lugares
    ]
    if not filas:
        raise ErrorUso("Esos microdatos no dan ninguno de los indicadores pedidos en los lugares pedidos.")
    return sorted(
        filas,
        key=lambda f: (f["periodo"], f["indicador"], f["lugar"], f["desglose"] != "total", f["desglose"], f["cuadro"]),
    )


def _titulo(fila: dict[str, Any], unicos: set[str]) -> str:
    indicador = catalogo.indicador(fila["indicador"]).nombre if "indicador" in unicos else "Varios indicadores"
    cuando = f", {periodos.nombre(fila['periodo'])}" if "periodo" in unicos else ""
    return f"{indicador}{cuando}: estimado de microdatos, sin publicar"


def _pie(filas: list[dict[str, Any]], upm_unica: UpmUnica) -> str:
    """Con qué regla se etiquetó, qué estratos hubo que tratar aparte, por qué falta lo que falta, y la cita."""
    usadas = [NOMBRES_REGLAS[clave] for clave in dict.fromkeys(fila["reglas"] for fila in filas)]
    solas = sum(bool(fila["estratos_upm_unica"]) for fila in filas)
    aviso = [f"Cifras con estratos de una sola UPM, tratados con «{upm_unica.value}»: {solas:,}."] if solas else []
    citas = [catalogo.fuentes()[clave].cita for clave in dict.fromkeys(fila["fuente"] for fila in filas)]
    return "\n".join([f"Precisión según {' y '.join(usadas)}.", *aviso, *explicar(filas), *citas])
