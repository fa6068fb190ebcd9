"""Todas las faltas de una tabla ya canónica contra su contrato: celdas, llaves, referencias y lo que se contradice."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from atalaya.idiomas import tr
from atalaya.seguimiento.celdas import revisar as revisar_celda
from atalaya.seguimiento.congruencia import contradicciones
from atalaya.seguimiento.contratos import Columna, Contrato

REFIEREN_SEGUN: Final = {("indicadores_ligados", "clave"): "objeto"}
"""Columnas que refieren a la tabla que dice otra columna de su fila."""
REFIEREN_A_VARIAS: Final = {("lecciones", "de"): ("modelos", "convenios")}
"""Columnas que refieren a cualquiera de varias tablas."""


@dataclass(frozen=True, slots=True)
class Falta:
    """Qué está mal y dónde: fila como en una hoja de cálculo (1 es el encabezado), y qué hacer."""

    tabla: str
    fila: int
    columna: str
    esperado: str
    recibido: str
    remedio: str


def _remedio(columna: Columna, celda: str) -> str:
    if not celda:
        return tr("llene la celda; un renglón sin ese dato no entra")
    if columna.admitidos:
        return tr("elija uno de la lista, escrito igual")
    if columna.tipo == "lugar":
        return tr("búsquelo en la página Datos y copie su clave")
    if columna.tipo in ("fecha", "periodo"):
        return tr("escríbala así; el año, con sus cuatro cifras")
    return (
        tr("escriba la celda así; si no se sabe, déjela vacía")
        if not columna.es_obligatoria
        else tr("escriba la celda así")
    )


def revisar(
    contrato: Contrato, filas: Sequence[tuple[int, Mapping[str, str]]], claves: Mapping[str, Collection[str]]
) -> list[Falta]:
    """Las faltas de las filas, cada una con su número. `claves`: por tabla, las que existen y a que se puede referir.

    Lo que se contradice entre columnas sólo se mira si ninguna de las celdas de la fila tiene ya su falta.
    """
    faltas: list[Falta] = []
    vistas: dict[tuple[str, ...], int] = {}
    for numero, fila in filas:
        suyas = list(_de_sus_celdas(contrato, numero, fila, claves))
        faltas += suyas or [
            Falta(contrato.tabla, numero, columna, esperado, fila[columna] or tr("(vacía)"), remedio)
            for columna, esperado, remedio in contradicciones(contrato, fila)
        ]
        llave = tuple(fila[c] for c in contrato.llave)
        if any(llave) and (primera := vistas.setdefault(llave, numero)) != numero:
            faltas.append(
                Falta(
                    contrato.tabla, numero, ", ".join(contrato.llave), tr("cada llave una sola vez"),
                    " · ".join(llave), tr("ya está en la fila {primera}: deje un solo renglón", primera=primera),
                )
            )  # fmt: skip
    return faltas


def _de_sus_celdas(
    contrato: Contrato, numero: int, fila: Mapping[str, str], claves: Mapping[str, Collection[str]]
) -> Iterator[Falta]:
    for columna in contrato.columnas:
        celda = fila[columna.columna]
        if esperado := revisar_celda(columna, celda):
            yield Falta(
                contrato.tabla, numero, columna.columna, esperado, celda or tr("(vacía)"), _remedio(columna, celda)
            )
            continue
        refiere = _refiere(columna, fila)
        if celda and refiere and not any(celda in claves.get(tabla, ()) for tabla in refiere):
            dichas = " o ".join(refiere)
            yield Falta(
                contrato.tabla, numero, columna.columna, tr("una clave de la tabla {dichas}", dichas=dichas), celda,
                tr("corrija la clave o suba también {dichas} con su renglón", dichas=dichas),
            )  # fmt: skip


def _refiere(columna: Columna, fila: Mapping[str, str]) -> tuple[str, ...]:
    cual = (columna.tabla, columna.columna)
    if cual in REFIEREN_A_VARIAS:
        return REFIEREN_A_VARIAS[cual]
    if cual in REFIEREN_SEGUN:
        return (fila[REFIEREN_SEGUN[cual]],)
    return (columna.refiere,) if columna.refiere else ()
