"""Cómo se resume el avance de muchos compromisos: con la regla de su plan y sin contar como cero lo no reportado."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from atalaya.idiomas import tr

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
        motivo = tr(
            "la regla es ponderada y a {sin_peso} de {filas} le falta el peso", sin_peso=sin_peso, filas=len(filas)
        )
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


def por_plan_y_eje(tabla: pd.DataFrame, planes: pd.DataFrame, ejes: pd.DataFrame) -> list[tuple[Avance, list[Avance]]]:
    """Cada plan con sus ejes, en su orden, tengan o no compromisos enumerados; los compromisos sin eje no forman uno.

    `tabla`: mostrar/compromisos_vistos. `planes` y `ejes`: mostrar/planes_vistos y mostrar/ejes_vistos.
    """
    por_plan = {str(plan): suyos for plan, suyos in tabla.groupby("plan", sort=False)}
    nombres = dict(zip(planes["plan"], zip(planes["nombre_plan"], planes["regla_avance"], strict=True), strict=True))
    resumidos = []
    for plan in dict.fromkeys([*nombres, *por_plan]):
        nombre, regla = nombres.get(plan, (plan, "media"))
        suyos = por_plan.get(plan, tabla.iloc[:0])
        de_ejes = [
            resumir(suyos[suyos["eje"] == eje].to_dict("records"), eje, nombre_eje, regla)
            for eje, de, nombre_eje in zip(ejes["eje"], ejes["plan"], ejes["nombre_eje"], strict=True)
            if de == plan
        ]
        resumidos.append((resumir(suyos.to_dict("records"), plan, nombre, regla), de_ejes))
    return resumidos


def _numero(valor: Any) -> float | None:
    return None if valor is None or pd.isna(valor) else float(valor)
