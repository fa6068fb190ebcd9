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
    OpcionVersion,
    abrir_motor,
    indicadores_pedidos,
    periodos_pedidos,
)
from atalaya.ordenes.salida import escribir, explicar

COLUMNAS = {
    "posicion": "N.º",
    "nombre": "Lugar",
    "lugar": "Clave",
    "valor_pct": "Valor (%)",
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
    formato: OpcionFormato = Formato.tabla,
    acervo: OpcionAcervo = None,
    version_acervo: OpcionVersion = None,
) -> None:
    """Ordena las áreas urbanas de mayor a menor valor; las que no tienen cifra salen al final, sin posición.

    Los empates comparten posición y la siguiente se salta (1, 2, 2, 4).
    """
    claves, cuando = indicadores_pedidos(indicador), periodos_pedidos(periodo)
    if len(claves) != 1 or len(cuando) != 1:
        raise ErrorUso("Se clasifica un solo indicador en un solo periodo.")
    ficha = catalogo.indicador(claves[0])
    tabla = abrir_motor(acervo, version_acervo).correr(
        "mostrar/clasificar", indicador=ficha.indicador, periodo=cuando[0], entre=entre.value, desglose=desglose
    )
    filas = tabla.to_pylist()
    con_cifra = filas[0]["lugares_con_cifra"] if filas else 0
    titulo = f"{ficha.nombre}, {periodos.nombre(cuando[0])}: {con_cifra} {ROTULOS[entre]} con cifra"
    escribir(filas, formato, COLUMNAS, titulo, _pie(filas, ficha.sentido))


def _pie(filas: list[dict[str, Any]], sentido: str) -> str:
    notas = ["De mayor a menor" + (f"; {SENTIDOS[sentido]}" if sentido in SENTIDOS else "") + "."]
    if any((fila["lugares_empatados"] or 0) > 1 for fila in filas):
        notas.append("Los empates comparten posición.")
    dobles = [fila["nombre"] for fila in filas if fila["renglones"] > 1]
    notas += [f"{nombre} está en dos entidades: INEGI la lista dos veces y aquí cuenta dos." for nombre in dobles]
    return "\n".join([*notas, *explicar(filas)])
