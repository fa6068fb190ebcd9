"""`clasificar`: todas las áreas urbanas, de mayor a menor valor."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any

import typer

from atalaya import catalogo, periodos
from atalaya.ordenes.comun import (
    ErrorUso,
    Formato,
    OpcionAcervo,
    OpcionFormato,
    OpcionReglas,
    OpcionVersion,
    abrir_motor,
    con_reglas,
    indicadores_pedidos,
    nivel_pedido,
    periodos_pedidos,
)
from atalaya.ordenes.salida import MODELADO, escribir, explicar

COLUMNAS = {
    "posicion": "N.º",
    "nombre": "Lugar",
    "lugar": "Clave",
    "valor_pct": "Valor (%)",
    "ic_inf": "Desde",
    "ic_sup": "Hasta",
    "rango_inf": "Rango de",
    "rango_sup": "a",
    "precision": "Precisión",
    "cuadro": "Cuadro",
}
SENTIDOS = {"mas_es_peor": "un valor mayor es peor", "mas_es_mejor": "un valor mayor es mejor"}


class Entre(StrEnum):
    """Qué áreas urbanas se ordenan."""

    ciudades = "ciudades"
    municipios = "municipios"
    alcaldias = "alcaldias"


ROTULOS = {Entre.ciudades: "áreas urbanas", Entre.municipios: "municipios", Entre.alcaldias: "alcaldías"}


def clasificar(
    indicador: Annotated[str, typer.Option("--indicador", metavar="K", help="Clave de un indicador.")],
    periodo: Annotated[str, typer.Option("--periodo", metavar="P", help="Un periodo: 2025T2.")],
    entre: Annotated[
        Entre,
        typer.Option(
            "--entre",
            help="ciudades: todas las áreas urbanas; municipios: las que son un solo municipio; alcaldias: CDMX.",
        ),
    ] = Entre.ciudades,
    desglose: Annotated[str, typer.Option("--desglose", metavar="D", help="total, sexo:mujeres…")] = "total",
    nivel: Annotated[int, typer.Option("--nivel", metavar="N", help="De los rangos, en por ciento: 90, 95 o 99.")] = 90,
    reglas: OpcionReglas = None,
    formato: OpcionFormato = Formato.tabla,
    acervo: OpcionAcervo = None,
    version_acervo: OpcionVersion = None,
) -> None:
    """Ordena las áreas urbanas de mayor a menor valor; las que no tienen cifra salen al final, sin posición.

    Los empates comparten posición y la siguiente se salta (1, 2, 2, 4). rango_inf y rango_sup: entre qué posiciones
    puede estar de verdad cada una, todas a la vez con esa confianza (Klein, Wright y Wieczorek 2020).
    """
    claves, cuando = indicadores_pedidos(indicador), periodos_pedidos(periodo)
    if len(claves) != 1 or len(cuando) != 1:
        raise ErrorUso("Se clasifica un solo indicador en un solo periodo.")
    ficha = catalogo.indicador(claves[0])
    tabla = abrir_motor(acervo, version_acervo).correr(
        "mostrar/clasificar", indicador=ficha.indicador, periodo=cuando[0], entre=entre.value, desglose=desglose
    )
    filas = con_rangos(con_reglas(tabla, reglas), nivel_pedido(nivel))
    con_cifra = filas[0]["lugares_con_cifra"] if filas else 0
    titulo = f"{ficha.nombre}, {periodos.nombre(cuando[0])}: {con_cifra} {ROTULOS[entre]} con cifra"
    escribir(filas, formato, COLUMNAS, titulo, _pie(filas, ficha.sentido, nivel))


def con_rangos(filas: list[dict[str, Any]], nivel: float) -> list[dict[str, Any]]:
    """Las filas de `mostrar/clasificar` con `rango` (la posición), `rango_inf` y `rango_sup`, y `nivel_rango`.

    Se cuentan los renglones que INEGI lista, como en la posición. Sin error, el rango va de la primera a la última.
    """
    from itertools import chain, repeat

    import numpy as np

    from atalaya.estadistica import inferencia

    con_cifra = [fila for fila in filas if fila["posicion"] is not None]
    listadas = list(chain.from_iterable(repeat(fila, fila["renglones"]) for fila in con_cifra))
    valor, error, gl = (
        np.array([np.nan if fila[campo] is None else fila[campo] for fila in listadas], dtype=float)
        for campo in ("valor_pct", "error_estandar", "gl")
    )
    inferiores, superiores = inferencia.rangos(valor / 100, error / 100, np.where(np.isnan(gl), np.inf, gl), nivel)
    por_lugar = {
        fila["lugar"]: (int(inf), int(sup)) for fila, inf, sup in zip(listadas, inferiores, superiores, strict=True)
    }
    return [_con_rango(fila, por_lugar.get(fila["lugar"], (None, None)), nivel) for fila in filas]


def _con_rango(fila: dict[str, Any], rango: tuple[int | None, int | None], nivel: float) -> dict[str, Any]:
    propio = {
        "rango": fila["posicion"],
        "rango_inf": rango[0],
        "rango_sup": rango[1],
        "nivel_rango": nivel if rango[0] else None,
    }
    return {"posicion": fila["posicion"], **propio, **{k: v for k, v in fila.items() if k != "posicion"}}


def _pie(filas: list[dict[str, Any]], sentido: str, nivel: float) -> str:
    notas = ["De mayor a menor" + (f"; {SENTIDOS[sentido]}" if sentido in SENTIDOS else "") + "."]
    if any((fila["lugares_empatados"] or 0) > 1 for fila in filas):
        notas.append("Los empates comparten posición.")
    if any(fila["error_estandar"] is not None for fila in filas):
        notas.append(f"Rango: entre qué posiciones está cada una, todas a la vez, con {nivel:g} % de confianza.")
    if any(fila["metodo_error"] == "modelada" for fila in filas):
        notas.append(MODELADO)
    dobles = [fila["nombre"] for fila in filas if fila["renglones"] > 1]
    notas += [f"{nombre} está en dos entidades: INEGI la lista dos veces y aquí cuenta dos." for nombre in dobles]
    return "\n".join([*notas, *explicar(filas)])
