"""Archivos de juguete con el formato de los registros de Chile, y cómo leerlos hasta su tabla del acervo."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from atalaya.acervo.revision import revisar_contrato
from atalaya.contratos import TABLAS
from atalaya.motor import Motor

Filas = list[dict[str, Any]]
PENALOLEN, SANTIAGO, VALPARAISO = 13122, 13101, 5101


def mensual(
    comunas: Sequence[int] = (PENALOLEN, SANTIAGO, VALPARAISO),
    delitos: Sequence[str] = ("Hurtos", "Daños"),
    meses: Sequence[str] = ("2024-01", "2024-02"),
) -> Filas:
    """Todas las combinaciones, cada una con tantos casos como su lugar en la lista."""
    llaves = [(c, d, m) for c in comunas for d in delitos for m in meses]
    return [
        {
            "comuna": "una",
            "cut_comuna": float(c),
            "region": "una",
            "cut_region": float(c // 1000),
            "fecha": dt.date.fromisoformat(f"{m}-01"),
            "delito": d,
            "delito_n": float(casos),
        }
        for casos, (c, d, m) in enumerate(llaves)
    ]


FAMILIAS = ("vida", "robos_violentos", "vif", "drogas", "armas", "propiedad", "incivilidades")


def tasas(comunas: Sequence[str] = ("13122", "05101"), anios: Sequence[int] = (2023, 2024, 2025)) -> Filas:
    """Cada familia con su lugar en la lista por tasa, y todas con su suma."""
    valores = {"todas": float(sum(range(1, 8))), **{f: float(n) for n, f in enumerate(FAMILIAS, start=1)}}
    return [
        {"cut": c, "comuna": "una", "anio": a, "familia": f, "tasa_100k": valor}
        for c in comunas
        for a in anios
        for f, valor in valores.items()
    ]


def escribir_parquet(ruta: Path, filas: Filas) -> Path:
    """Las filas tal cual, en Parquet."""
    pq.write_table(pa.Table.from_pylist(filas), ruta)
    return ruta


def escribir_json(ruta: Path, filas: Filas, **cabecera: Any) -> Path:
    """Un objeto con su cabecera y la lista `records`."""
    ruta.write_text(json.dumps({**cabecera, "records": filas}, ensure_ascii=False), encoding="utf-8")
    return ruta


def preparada(modulo: ModuleType, ruta: Path) -> Filas:
    """Las filas que irían al acervo; comprueba que cumplen su contrato."""
    nombre = getattr(modulo, "TABLA", "estimacion")
    lectura = modulo.leer(ruta)
    motor = Motor(None)
    tabla = motor.correr_con(modulo.PREPARAR, lectura.tablas).cast(TABLAS[nombre])
    motor.cerrar()
    assert modulo.reconocer(ruta)
    assert revisar_contrato(nombre, tabla) == []
    return tabla.to_pylist()
