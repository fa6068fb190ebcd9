"""`docs/gobierno_abierto.md` dice las tablas y columnas que de verdad hay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from atalaya import motor
from atalaya.seguimiento import contratos
from atalaya.seguimiento.contratos import TIPOS

TEXTO = (Path(__file__).resolve().parents[2] / "docs" / "gobierno_abierto.md").read_text(encoding="utf-8")
APARTADOS = dict(re.findall(r"^### `(\w+)`\n(.*?)(?=^##)", TEXTO, re.DOTALL | re.MULTILINE))


def renglon(tabla: str, rotulo: str) -> str:
    """Lo que sigue a «- **Rótulo**:» en el apartado de una tabla."""
    hallado = re.search(rf"^- \*\*{rotulo}\*\*: (.+)$", APARTADOS[tabla], re.MULTILINE)
    assert hallado, f"{tabla}: falta «{rotulo}»"
    return hallado[1]


def test_estan_todas_las_tablas_en_su_orden_y_ninguna_mas() -> None:
    assert list(APARTADOS) == list(contratos())


@pytest.mark.parametrize("tabla", contratos())
def test_las_columnas_y_la_llave_son_las_del_diccionario(tabla: str) -> None:
    uno = contratos()[tabla]
    esperadas = [(c.columna, "*" if c.es_obligatoria else "") for c in uno.columnas]
    assert re.findall(r"`(\w+)`(\*?)", renglon(tabla, "Columnas")) == esperadas
    assert tuple(re.findall(r"`(\w+)`", renglon(tabla, "Llave"))) == uno.llave
    assert renglon(tabla, "Sale de")
    assert renglon(tabla, "Lo que no dicen")


def test_estan_todos_los_tipos() -> None:
    tipos = TEXTO.split("## Los tipos")[1].split("\n## ")[0]
    assert set(re.findall(r"^\| (`[^|]+`) \|", tipos, re.MULTILINE))
    assert {
        t for fila in re.findall(r"^\| (`[^|]+`) \|", tipos, re.MULTILINE) for t in re.findall(r"\w+", fila)
    } == set(TIPOS)


@pytest.fixture(scope="module")
def sin_cuadrar() -> Iterator[list[dict[str, object]]]:
    """Los cotejos que no cuadran o que no se pueden decir."""
    casa = motor.abrir(perezoso=True)
    yield [f for f in casa.correr("mostrar/cotejos").to_pylist() if not f["cuadra"]]
    casa.cerrar()


def test_los_cotejos_que_no_cuadran_estan_todos_dichos(sin_cuadrar: list[dict[str, object]]) -> None:
    filas = re.findall(r"^\| (?!qué|---)([^|]+) \|", TEXTO.split("## Los cotejos")[1], re.MULTILINE)
    assert len(filas) == len(sin_cuadrar)
