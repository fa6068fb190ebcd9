"""Los controles del dato: cada consulta de `consultas/controlar/` devuelve las filas en falta; cero filas = bien."""

from __future__ import annotations

from typing import TYPE_CHECKING

from atalaya.errores import ErrorFuente
from atalaya.motor import Motor, consultas

if TYPE_CHECKING:
    import pyarrow as pa

    from atalaya.acervo import Acervo


def controlar(motor: Motor) -> dict[str, pa.Table]:
    """Corre todo `consultas/controlar/`: de cada control, sus filas en falta. Vacío = todo bien."""
    faltas = {}
    for consulta in consultas():
        if consulta.nombre.startswith("controlar/") and (tabla := motor.correr(consulta.nombre)).num_rows:
            faltas[consulta.nombre] = tabla
    return faltas


def exigir_controles(candidato: Acervo) -> None:
    """Corre los controles sobre la versión candidata; lanza ExceptionGroup con un ErrorFuente por control en falta."""
    motor = Motor(candidato, perezoso=True)
    try:
        faltas = controlar(motor)
    finally:
        motor.cerrar()
    if faltas:
        raise ExceptionGroup(
            f"{len(faltas)} controles del dato en falta", [_falta_de_control(*falta) for falta in faltas.items()]
        )


def _falta_de_control(nombre: str, filas: pa.Table) -> ErrorFuente:
    ejemplos = "; ".join(
        ", ".join(f"{columna}={valor}" for columna, valor in fila.items() if valor is not None)
        for fila in filas.slice(0, 3).to_pylist()
    )
    return ErrorFuente(
        f"consultas/{nombre}.sql",
        "cero filas en falta",
        f"{filas.num_rows}: {ejemplos}{'; …' if filas.num_rows > 3 else ''}",
        "corrige el archivo, el lector o el catálogo según lo que digan esas filas; no se publicó nada",
    )
