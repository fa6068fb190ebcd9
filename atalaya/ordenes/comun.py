"""Lo que comparten las órdenes: opciones, claves pedidas y el motor."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from atalaya import catalogo, periodos
from atalaya.errores import ErrorCatalogo, ErrorConsulta

if TYPE_CHECKING:
    import pyarrow as pa

    from atalaya.motor import Motor


class Formato(StrEnum):
    """Cómo se escribe el resultado."""

    tabla = "tabla"
    csv = "csv"
    json = "json"


class Intervalo(StrEnum):
    """Cómo se hace el intervalo de confianza."""

    logit = "logit"
    normal = "normal"


class Denominador(StrEnum):
    """Con qué población se hacen las tasas."""

    proyeccion = "proyeccion"
    censo = "censo"


class Reglas(StrEnum):
    """De qué oficina es la regla de precisión."""

    inegi = "inegi"
    ine_chile = "ine_chile"
    cepal = "cepal"


NIVEL = 95
NIVELES = (90, 95, 99)
_UNO = r"(sexo:(hombres|mujeres)|edad:\d+(-\d+|\+))"
_DESGLOSE = re.compile(rf"total|modalidad:[a-z0-9_]+|{_UNO}(\|{_UNO})*")

OpcionFormato = Annotated[Formato, typer.Option("--formato", help="Cómo se escribe el resultado.")]
OpcionAcervo = Annotated[
    Path | None,
    typer.Option(
        "--acervo", metavar="DIR", envvar="ATALAYA_ACERVO", help="Carpeta del acervo; si no, la del proyecto."
    ),
]
OpcionVersion = Annotated[
    str | None,
    typer.Option(
        "--version-acervo", metavar="VERSIÓN", help="Una versión anterior del acervo (ver «listar versiones»)."
    ),
]
OpcionNivel = Annotated[int, typer.Option("--nivel", metavar="N", help="De los intervalos: 90, 95 o 99 por ciento.")]
OpcionIntervalo = Annotated[
    Intervalo, typer.Option("--intervalo", help="logit: con t de Student; normal: la convención de INEGI.")
]
OpcionReglas = Annotated[
    Reglas | None,
    typer.Option(
        "--reglas",
        help="De precisión: las de otra oficina; lo que no dejen publicar sale suprimido. Si no, las de quien publica.",
    ),
]


OpcionDenominador = Annotated[
    Denominador,
    typer.Option("--denominador", help="De las tasas: la proyección oficial, o el censo donde lo hay (Chile, 2024)."),
]


@dataclass
class ErrorUso(Exception):
    """La orden está bien formada pero pide algo que no existe; se sale con código 2."""

    motivo: object


@contextmanager
def uso() -> Iterator[None]:
    """Una clave o un periodo que la persona escribió mal es un error de uso, no de los datos."""
    try:
        yield
    except (ErrorCatalogo, ErrorConsulta) as falla:
        raise ErrorUso(falla) from falla


def partir(texto: str, opcion: str) -> list[str]:
    """«a, b,a» → ["a", "b"]: sin repetidos y en el orden en que se pidieron. Lanza ErrorUso si no queda ninguno."""
    partes = list(dict.fromkeys(parte.strip() for parte in texto.split(",") if parte.strip()))
    if not partes:
        raise ErrorUso(f"La opción {opcion} necesita al menos un valor.")
    return partes


def indicadores_pedidos(texto: str) -> list[str]:
    """Las claves, comprobadas contra el catálogo; si alguna no está, ErrorUso con las parecidas."""
    with uso():
        return [catalogo.indicador(clave).indicador for clave in partir(texto, "--indicador")]


def lugares_pedidos(texto: str) -> dict[str, str]:
    """De cada clave pedida, el lugar que tiene sus cifras (un municipio que es él solo un área da esa área)."""
    with uso():
        return {clave: catalogo.area_de(clave).lugar for clave in partir(texto, "--lugar")}


def territorios_pedidos(texto: str) -> dict[str, str]:
    """De cada clave pedida, el lugar que tiene sus conteos (un área de un solo municipio da ese municipio)."""
    with uso():
        return {clave: catalogo.territorio_de(clave).lugar for clave in partir(texto, "--lugar")}


def periodos_pedidos(texto: str) -> list[str]:
    """Los periodos de «2019T1,2024T1:2025T2», sin repetir; un intervalo da todos sus periodos, haya cifra o no."""
    with uso():
        return _sin_repetir(
            uno
            for parte in partir(texto, "--periodo")
            for uno in (periodos.rango(*_extremos(parte)) if ":" in parte else [periodos.validar(parte)])
        )


def desgloses_pedidos(texto: str) -> list[str]:
    """Los desgloses, bien escritos: total, sexo:mujeres, edad:18-29 o varios con «|»; si no, ErrorUso."""
    pedidos = partir(texto, "--desglose")
    for pedido in pedidos:
        if not _DESGLOSE.fullmatch(pedido):
            raise ErrorUso(
                f"El desglose «{pedido}» no existe; se escribe total, sexo:hombres, sexo:mujeres, edad:18-29 "
                "o varios a la vez, como sexo:mujeres|edad:18-29."
            )
    return pedidos


def un_indicador(texto: str) -> str:
    """La clave, comprobada; ErrorUso si no es una."""
    claves = indicadores_pedidos(texto)
    if len(claves) != 1:
        raise ErrorUso("Se compara un solo indicador.")
    return claves[0]


def un_periodo(texto: str, opcion: str) -> str:
    """El periodo, comprobado; ErrorUso si no es uno."""
    pedidos = periodos_pedidos(texto)
    if len(pedidos) != 1:
        raise ErrorUso(f"{opcion} es un solo periodo, como 2025T1.")
    return pedidos[0]


def nivel_pedido(nivel: int) -> int:
    """El nivel de confianza; ErrorUso si no es de los que se usan."""
    if nivel not in NIVELES:
        raise ErrorUso(f"--nivel es 90, 95 o 99, no {nivel}.")
    return nivel


def desplegar(rutas: Iterable[Path]) -> list[Path]:
    """Los archivos que casan con cada «carpeta/*.zip» (en Windows no lo hace la terminal); sin ninguno, la ruta."""
    return [
        una
        for ruta in rutas
        for una in (
            [ruta]
            if ruta.exists() or not any(comodin in ruta.name for comodin in "*?[")
            else sorted(ruta.parent.glob(ruta.name)) or [ruta]
        )
    ]


def con_reglas(tabla: pa.Table, reglas: Reglas | None) -> list[dict[str, Any]]:
    """Las filas de una consulta con la precisión de esas reglas y sin lo que suprimen; sin reglas, tal cual."""
    if reglas is None:
        return tabla.to_pylist()
    import pyarrow as pa

    from atalaya.estadistica.pruebas import con_regla

    nueva = pa.Table.from_pandas(con_regla(tabla.to_pandas(), reglas.value), preserve_index=False)
    # En pandas un entero que puede faltar es decimal: vuelve a ser entero.
    campos = [tabla.schema.field(c.name) if c.name in tabla.column_names else c for c in nueva.schema]
    return nueva.cast(pa.schema(campos)).to_pylist()


def con_lo_pedido(filas: Iterable[Mapping[str, Any]], lugares: Mapping[str, str]) -> list[dict[str, Any]]:
    """Cada fila, una vez por clave con que se pidió su lugar (pedir MX-15058 y MX-CD28 da las dos)."""
    por_lugar: dict[str, list[str]] = {}
    for pedido, lugar in lugares.items():
        por_lugar.setdefault(lugar, []).append(pedido)
    return [
        {"lugar_pedido": pedido, "nombre": catalogo.lugar(fila["lugar"]).nombre, **fila}
        for fila in filas
        for pedido in por_lugar[fila["lugar"]]
    ]


def citas(filas: Iterable[Mapping[str, Any]]) -> list[str]:
    """La cita de cada fuente que sale en las filas."""
    fuentes = catalogo.fuentes()
    return [fuentes[clave].cita for clave in dict.fromkeys(fila["fuente"] for fila in filas) if clave in fuentes]


def _extremos(intervalo: str) -> tuple[str, str]:
    extremos = [extremo.strip() for extremo in intervalo.split(":")]
    if len(extremos) != 2 or not all(extremos):
        raise ErrorUso(f"El intervalo «{intervalo}» se escribe con dos periodos, como 2024T1:2025T2.")
    return extremos[0], extremos[1]


def _sin_repetir(valores: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(valores))


def abrir_motor(acervo: Path | None, version: str | None) -> Motor:
    """El motor sobre el acervo pedido, sin cargarlo en memoria: para una sola consulta es lo más rápido."""
    from atalaya import motor

    return motor.abrir(acervo, version, perezoso=True)
