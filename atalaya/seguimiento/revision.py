"""Todas las faltas de una tabla ya canónica contra su contrato."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from atalaya.seguimiento.celdas import revisar as revisar_celda
from atalaya.seguimiento.contratos import Columna, Contrato


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
        return "llene la celda; un renglón sin ese dato no entra"
    if columna.admitidos:
        return "elija uno de la lista, escrito igual"
    if columna.tipo == "lugar":
        return "búsquelo en la página Datos y copie su clave"
    if columna.tipo in ("fecha", "periodo"):
        return "escríbala así; el año, con sus cuatro cifras"
    return "escriba la celda así; si no se sabe, déjela vacía" if not columna.es_obligatoria else "escriba la celda así"


def revisar(
    contrato: Contrato, filas: Sequence[Mapping[str, str]], claves: Mapping[str, Collection[str]]
) -> list[Falta]:
    """Celdas, llaves repetidas y referencias a otras tablas. `claves`: por tabla, las que existen."""
    faltas: list[Falta] = []
    vistas: dict[tuple[str, ...], int] = {}
    for numero, fila in enumerate(filas, start=2):
        for columna in contrato.columnas:
            celda = fila[columna.columna]
            if esperado := revisar_celda(columna, celda):
                faltas.append(
                    Falta(
                        contrato.tabla, numero, columna.columna, esperado, celda or "(vacía)", _remedio(columna, celda)
                    )
                )
            elif celda and columna.refiere and celda not in claves.get(columna.refiere, ()):
                faltas.append(
                    Falta(
                        contrato.tabla, numero, columna.columna, f"una clave de la tabla {columna.refiere}", celda,
                        f"corrija la clave o suba también {columna.refiere} con su renglón",
                    )
                )  # fmt: skip
        llave = tuple(fila[c] for c in contrato.llave)
        if (primera := vistas.setdefault(llave, numero)) != numero:
            faltas.append(
                Falta(
                    contrato.tabla, numero, ", ".join(contrato.llave), "cada llave una sola vez",
                    " · ".join(llave), f"ya está en la fila {primera}: deje un solo renglón",
                )
            )  # fmt: skip
    return faltas
