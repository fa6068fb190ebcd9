"""Lo que comparten las pruebas del estimador: una conexión con su tabla `ola` y los valores de referencia de R."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest

REFERENCIA = Path(__file__).resolve().parent.parent / "referencia"
TIPOS_JUGUETE = {"entrevista": str} | dict.fromkeys(
    ["frecuente", "raro", "casi_todos", "con_filtro", "solo_cd03"], "Int8"
)


@pytest.fixture
def conexion() -> Iterator[duckdb.DuckDBPyConnection]:
    """DuckDB en memoria, vacía."""
    con = duckdb.connect(config={"threads": 2})
    yield con
    con.close()


@pytest.fixture
def juguete(conexion: duckdb.DuckDBPyConnection) -> duckdb.DuckDBPyConnection:
    """Conexión con la tabla `ola` de la encuesta de juguete (tests/referencia/juguete.R)."""
    conexion.register("juguete", leer_juguete())
    conexion.execute("create table ola as from juguete")
    return conexion


def leer_juguete() -> pd.DataFrame:
    """La encuesta de juguete, tal como la leyó R."""
    return pd.read_csv(REFERENCIA / "juguete.csv", dtype=TIPOS_JUGUETE)


def referencia(nombre: str) -> pd.DataFrame:
    """Una tabla de valores de R (`tests/referencia/<nombre>.csv`; versiones en versiones.txt)."""
    return pd.read_csv(REFERENCIA / f"{nombre}.csv")


def unir(propia: pd.DataFrame, de_r: pd.DataFrame, llaves: list[str]) -> pd.DataFrame:
    """Una fila por celda de R con las columnas propias (sufijo `_a`); falla si a alguna le falta la otra."""
    juntas = propia.merge(de_r, on=llaves, how="outer", suffixes=("_a", ""), indicator=True, validate="one_to_one")
    sueltas = juntas[juntas["_merge"] != "both"]
    assert sueltas.empty, sueltas[[*llaves, "_merge"]].to_string()
    return juntas


def iguales(propias: pd.Series, de_r: pd.Series, relativo: float = 1e-9, absoluto: float = 1e-15) -> None:
    """Falla con las diez peores si alguna cifra dista de la de R más que el error relativo (o absoluto) admitido."""
    a, b = propias.astype(float), de_r.astype(float)
    assert (a.isna() == b.isna()).all(), "nulos en distinto lugar"
    exceso = ((a - b).abs() - absoluto) / b.abs().clip(lower=1e-300)
    peores = exceso.nlargest(10)
    assert not (peores > relativo).any(), pd.DataFrame({"propia": a, "R": b, "exceso": exceso}).loc[peores.index]
