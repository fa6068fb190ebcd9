"""Lo que una fila dice en una columna y niega en otra: fechas al revés, «dato» sin dato, nivel sin cifra."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from atalaya import periodos
from atalaya.idiomas import tr
from atalaya.seguimiento.contratos import Contrato

Contradiccion = tuple[str, str, str]
"""Columna, qué se esperaba y qué hacer."""

CIFRAS_DE: Final[Mapping[str, tuple[str, ...]]] = {
    "avances": ("avance_pct",),
    "medidas": ("valor",),
    "indicadores_municipales": ("valor", "numerador", "denominador"),
}
"""Dónde va la cifra en las tablas que dicen con `estado` si la hay."""
CLASES_CON_VALOR: Final = ("nivel", "posición", "entre los primeros")


def contradicciones(contrato: Contrato, fila: Mapping[str, str]) -> Iterator[Contradiccion]:
    """Las de una fila cuyas celdas, una por una, están bien."""
    if contrato.tabla in CIFRAS_DE:
        yield from _estado_y_cifra(CIFRAS_DE[contrato.tabla], fila)
    if fila.get("inicio") and fila.get("fin") and _despues(fila["inicio"], fila["fin"]):
        yield (
            "fin",
            tr("una fecha que no sea anterior al inicio ({inicio})", inicio=fila["inicio"]),
            tr("corrija una de las dos fechas"),
        )
    if contrato.tabla == "indicadores_municipales":
        yield from _proporcion(fila)
    if contrato.tabla == "indicadores_ligados" and not _en_orden(fila["antes"], fila["despues"]):
        yield "despues", tr("un periodo posterior a {antes}", antes=fila["antes"]), tr("ponga en antes el más antiguo")
    if contrato.tabla == "afirmaciones" and fila["clase"] in CLASES_CON_VALOR and not fila["valor"]:
        remedio = tr("ponga la cifra que afirma; si no afirma ninguna, la clase es «otra»")
        yield "valor", tr("la cifra que afirma, si la clase es «{clase}»", clase=fila["clase"]), remedio
    if contrato.tabla == "asambleas" and fila["estado"] != "celebrada" and fila["asistentes"]:
        yield (
            "asistentes",
            tr("vacía si la asamblea está «{estado}»", estado=fila["estado"]),
            tr("quite la cifra o ponga «celebrada»"),
        )


def _estado_y_cifra(columnas: tuple[str, ...], fila: Mapping[str, str]) -> Iterator[Contradiccion]:
    """«dato» trae cifra (el cero es una) y lo demás no la trae: un hueco nunca se lee como cero."""
    llenas = [columna for columna in columnas if fila[columna]]
    if fila["estado"] == "dato" and not llenas:
        yield columnas[0], tr("la cifra, si el estado es «dato»"), tr("ponga la cifra, o en estado por qué no la hay")
    if fila["estado"] != "dato":
        for columna in llenas:
            yield (
                columna,
                tr("vacía si el estado es «{estado}»", estado=fila["estado"]),
                tr("quite la cifra o ponga «dato» en estado"),
            )


def _proporcion(fila: Mapping[str, str]) -> Iterator[Contradiccion]:
    if bool(fila["numerador"]) != bool(fila["denominador"]):
        falta = "denominador" if fila["numerador"] else "numerador"
        yield falta, tr("numerador y denominador, los dos o ninguno"), tr("complete la proporción")
    elif fila["denominador"] and float(fila["denominador"]) <= 0:
        yield "denominador", tr("un número mayor que cero"), tr("corrija el denominador")


def _despues(inicio: str, fin: str) -> bool:
    """Si `inicio` es posterior a `fin` hasta donde las dos fechas dicen: 2020-05 no es posterior a 2020."""
    comun = min(len(inicio), len(fin))
    return inicio[:comun] > fin[:comun]


def _en_orden(antes: str, despues: str) -> bool:
    return periodos.clave_orden(antes) < periodos.clave_orden(despues)
