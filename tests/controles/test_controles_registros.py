"""Los controles de conteos y poblaciones: callan ante lo bueno y señalan la falta que se les pone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from registros_de_juguete import conteo, motor_con, poblacion

from atalaya.incorporacion import controlar

Filas = list[dict[str, Any]]
TASA = {"fuente": "cead", "lugar": "CL-13122", "indicador": "casos_policiales", "edicion": "2024", "casos": None}


def _tasa(casos: float) -> dict[str, Any]:
    return conteo("2024", **{**TASA, "tasa_publicada_100k": casos * 100_000 / 272_913})


def sano() -> tuple[Filas, Filas]:
    """Un mes, un año y una tasa, con su población."""
    return [conteo(), conteo("2024", 60), _tasa(9969)], [poblacion(), poblacion("CL-13122", 2024, 272_913)]


CONTEOS: list[tuple[str, dict[str, Any]]] = [
    ("clave_sin_catalogo", conteo("2024-02", lugar="MX-99999")),
    ("conteo_imposible", conteo("2024-02", -1)),
    ("conteo_imposible", conteo("2024-02", None)),
    ("conteo_imposible", conteo("2024-02", 3, estado="no_registrado")),
    ("conteo_imposible", conteo("2024-02", 3, meses=2)),
    ("conteo_imposible", conteo("2023", 3, meses=13)),
    ("conteo_imposible", conteo("2024T1", 3)),
    ("conteo_imposible", conteo("2025-01", 3)),
    ("registro_que_si_hay", conteo("2024-02", 3, indicador="amenazas")),
    ("registro_que_si_hay", conteo("2023", 3, indicador="amenazas", archivo="anual.csv")),
    ("tasa_que_no_da_enteros", {**_tasa(9970.4), "periodo": "2024", "indicador": "casos_policiales_familia_vida"}),
    ("tasa_que_no_da_enteros", {**_tasa(9970), "lugar": "CL-13101"}),
]


def test_lo_bueno_no_tiene_faltas(tmp_path: Path) -> None:
    assert controlar(motor_con(tmp_path, *sano())) == {}


@pytest.mark.parametrize(("control", "mala"), CONTEOS)
def test_cada_control_ve_su_falta(tmp_path: Path, control: str, mala: dict[str, Any]) -> None:
    conteos, poblaciones = sano()
    faltas = controlar(motor_con(tmp_path, [*conteos, mala], poblaciones))
    assert f"controlar/{control}" in faltas


def test_una_tasa_sin_poblaciones_en_el_acervo_espera_su_archivo(tmp_path: Path) -> None:
    """El orden en que llegan los archivos no importa: se exige en cuanto está la población de su país."""
    conteos, _ = sano()
    assert controlar(motor_con(tmp_path, conteos)) == {}
