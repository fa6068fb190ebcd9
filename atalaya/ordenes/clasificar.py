"""`clasificar`: todas las áreas urbanas, de mayor a menor valor."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

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
from atalaya.ordenes.salida import escribir

COLUMNAS = {
    "posicion": "N.º",
    "lugar": "Lugar",
    "nombre": "Nombre",
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
    from atalaya import catalogo, periodos

    claves, cuando = indicadores_pedidos(indicador), periodos_pedidos(periodo)
    if len(claves) != 1 or len(cuando) != 1:
        raise ErrorUso("Se clasifica un solo indicador en un solo periodo.")
    ficha = catalogo.indicador(claves[0])
    tabla = abrir_motor(acervo, version_acervo).correr(
        "mostrar/clasificar", indicador=ficha.indicador, periodo=cuando[0], entre=entre.value, desglose=desglose
    )
    filas = tabla.to_pylist()
    con_cifra = filas[0]["lugares_con_cifra"] if filas else 0
    titulo = f"{ficha.nombre}, {periodos.nombre(cuando[0])}: {con_cifra} {entre.value} con cifra"
    notas = [
        "De mayor a menor" + (f"; {SENTIDOS[ficha.sentido]}" if ficha.sentido in SENTIDOS else "") + ".",
        "Los empates comparten posición." if any((f["lugares_empatados"] or 0) > 1 for f in filas) else "",
        "" if filas else "El acervo no trae este indicador en ese periodo: «listar periodos» dice cuáles hay.",
    ]
    escribir(filas, formato, COLUMNAS, titulo, " ".join(nota for nota in notas if nota))
