"""Cómo se resume el avance de muchos compromisos: con la regla de su plan y sin contar como cero lo no reportado."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

Fila = Mapping[Any, Any]
REGLAS: Final = ("media", "ponderada")
ATENCION: Final = ("tarde", "vencido sin reporte")


@dataclass(frozen=True)
class Avance:
    """El resumen de un grupo de compromisos.

    `avance_pct`: el de los que tienen cifra; nulo si ninguno la tiene o si la regla pide pesos y a alguno le falta.
    `minimo` y `maximo`: entre qué estaría el de todos si los no reportados fueran 0 o 100.
    """

    clave: str
    nombre: str
    regla: str
    compromisos: int
    con_reporte: int
    tarde: int
    vencidos_sin_reporte: int
    discrepan: int
    avance_pct: float | None
    minimo: float | None
    maximo: float | None
    motivo: str = ""

    @property
    def sin_reporte(self) -> int:
        """Cuántos no tienen cifra."""
        return self.compromisos - self.con_reporte


def resumir(filas: Sequence[Fila], clave: str, nombre: str, regla: str) -> Avance:
    """El resumen de las filas de `mostrar/compromisos_vistos`, de un mismo plan o eje.

    Media: la simple de los que tienen cifra. Ponderada: Σ peso·avance / Σ peso de los que tienen cifra; si a uno le
    falta el peso no se calcula, porque ponerle uno sería inventarlo.
    """
    pesos = [1.0 if regla == "media" else _numero(fila["peso"]) for fila in filas]
    avances = [_numero(fila["avance_pct"]) for fila in filas]
    situaciones = [fila["situacion"] for fila in filas]
    cuentas = {
        "compromisos": len(filas),
        "con_reporte": sum(avance is not None for avance in avances),
        "tarde": situaciones.count("tarde"),
        "vencidos_sin_reporte": situaciones.count("vencido sin reporte"),
        "discrepan": sum(fila["voces"] == "discrepan" for fila in filas),
    }
    sin_peso = sum(peso is None for peso in pesos)
    if sin_peso:
        motivo = f"la regla es ponderada y a {sin_peso} de {len(filas)} le falta el peso"
        return Avance(clave, nombre, regla, **cuentas, avance_pct=None, minimo=None, maximo=None, motivo=motivo)
    con_peso = [(peso or 0.0, avance) for peso, avance in zip(pesos, avances, strict=True)]
    total = sum(peso for peso, _ in con_peso)
    dicho = [(peso, avance) for peso, avance in con_peso if avance is not None]
    suma, reportado = sum(peso * avance for peso, avance in dicho), sum(peso for peso, _ in dicho)
    if not reportado:
        return Avance(clave, nombre, regla, **cuentas, avance_pct=None, minimo=None, maximo=None)
    return Avance(
        clave,
        nombre,
        regla,
        **cuentas,
        avance_pct=suma / reportado,
        minimo=suma / total,
        maximo=(suma + 100 * (total - reportado)) / total,
    )


def por_plan_y_eje(tabla: pd.DataFrame) -> list[tuple[Avance, list[Avance]]]:
    """Cada plan de la tabla con sus ejes, en su orden; los compromisos sin eje no forman uno."""
    resumidos = []
    for plan, suyos in tabla.groupby("plan", sort=False):
        regla = str(suyos["regla_avance"].iloc[0])
        entero = resumir(suyos.to_dict("records"), str(plan), str(suyos["nombre_plan"].iloc[0]), regla)
        ejes = [
            resumir(del_eje.to_dict("records"), str(eje), str(del_eje["nombre_eje"].iloc[0]), regla)
            for eje, del_eje in suyos[suyos["eje"].notna()].groupby("eje", sort=False)
        ]
        resumidos.append((entero, ejes))
    return resumidos


def _numero(valor: Any) -> float | None:
    return None if valor is None or pd.isna(valor) else float(valor)
