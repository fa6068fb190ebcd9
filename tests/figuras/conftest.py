"""Tablas de juguete con las columnas que piden las figuras: se pueden contar con los dedos."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest


def fila(lugar: str, valor: float | None, **cambios: Any) -> dict[str, Any]:
    """Una cifra de juguete; sin valor, la que no aplica."""
    return {
        "lugar": lugar,
        "nombre": f"Ciudad {lugar}",
        "indicador": "inseguridad_ciudad",
        "periodo": "2025T2",
        "valor_pct": valor,
        "precision": "alta" if valor is not None else None,
        "estado": "dato" if valor is not None else "no_aplica",
        **cambios,
    }


@pytest.fixture
def tabla() -> pd.DataFrame:
    """Cuatro ciudades: alta, moderada, baja y una que no aplica."""
    return pd.DataFrame(
        [
            fila("A", 30.0),
            fila("B", 62.5, precision="moderada"),
            fila("C", 12.25, precision="baja"),
            fila("D", None),
        ]
    )


@pytest.fixture
def serie() -> pd.DataFrame:
    """Dos ciudades y la nación en seis trimestres: 2020T2 no se levantó, de 2020T4 no hay libro."""
    filas = []
    for lugar in ("A", "B", "MX"):
        for k, periodo in enumerate(("2019T4", "2020T1", "2020T2", "2020T3", "2020T4", "2021T1")):
            estado = {"2020T2": "no_levantado", "2020T4": "no_incorporado"}.get(periodo, "dato")
            if lugar == "MX" and periodo == "2020T4":
                estado = "dato"  # la serie nacional es más larga
            if lugar == "B" and periodo == "2019T4":
                estado = "no_levantado"
            valor = 40.0 + k if estado == "dato" else None
            filas.append(fila(lugar, valor, periodo=periodo, estado=estado))
    return pd.DataFrame(filas)
