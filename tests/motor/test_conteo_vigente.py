"""Qué conteo se muestra cuando varias ediciones dicen algo, y cómo se suma un año."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from registros_de_juguete import conteo, motor_con, poblacion

MESES = [f"2024-{m:02d}" for m in range(1, 13)]


def _vigente(raiz: Path, conteos: list[dict[str, Any]], poblaciones: list[dict[str, Any]] | None = None) -> Any:
    motor = motor_con(raiz, conteos, poblaciones or [])
    with motor.con_tablas({}) as cursor:
        filas = cursor.sql("from conteo_vigente order by all").to_arrow_table().to_pylist()
    return {(f["periodo"], f["lugar"]): f for f in filas}


def test_de_dos_cosechas_se_muestra_la_nueva_y_la_vieja_sigue_ahi(tmp_path: Path) -> None:
    vieja = conteo(casos=5, edicion="2024-06", archivo="vieja.csv")
    nueva = conteo(casos=7, edicion="2024-12", archivo="nueva.csv")
    motor = motor_con(tmp_path, [vieja, nueva])
    with motor.con_tablas({}) as cursor:
        assert cursor.sql("select casos, edicion from conteo_vigente where len(periodo) = 7").fetchall() == [
            (7, "2024-12")
        ]
        assert cursor.sql("select casos from conteo order by edicion").fetchall() == [(5,), (7,)]


def test_el_anio_es_la_suma_de_sus_meses_y_dice_cuantos(tmp_path: Path) -> None:
    vigente = _vigente(tmp_path, [conteo(mes, k) for k, mes in enumerate(MESES)])
    assert vigente["2024", "MX-15058"]["casos"] == sum(range(12))
    assert vigente["2024", "MX-15058"]["meses"] == 12


def test_un_mes_vacio_no_es_cero_y_el_anio_queda_a_medias(tmp_path: Path) -> None:
    filas = [conteo(mes, 2) for mes in MESES[:6]] + [conteo(MESES[6], None, estado="no_disponible")]
    anual = _vigente(tmp_path, filas)["2024", "MX-15058"]
    assert (anual["casos"], anual["meses"], anual["estado"]) == (12, 6, "dato")


def test_un_delito_que_no_se_registra_no_tiene_total(tmp_path: Path) -> None:
    filas = [conteo(mes, None, estado="no_registrado") for mes in MESES]
    anual = _vigente(tmp_path, filas)["2024", "MX-15058"]
    assert (anual["casos"], anual["meses"], anual["estado"]) == (None, 0, "no_registrado")


@pytest.mark.parametrize(("edicion", "esperado"), [("2025-06", 99), ("2024-11", 24), ("2024-12", 99)])
def test_el_total_anual_publicado_vale_si_es_mas_nuevo_o_empata(tmp_path: Path, edicion: str, esperado: int) -> None:
    filas = [conteo(mes, 2) for mes in MESES]
    filas.append(conteo("2024", 99, edicion=edicion, archivo="anual.csv"))
    assert _vigente(tmp_path, filas)["2024", "MX-15058"]["casos"] == esperado


def test_los_casos_de_una_tasa_publicada_son_un_entero(tmp_path: Path) -> None:
    cifra = conteo(
        "2024", None, fuente="cead", lugar="CL-13122", edicion="2024", tasa_publicada_100k=100_000 * 9969 / 272_913
    )
    vigente = _vigente(tmp_path, [cifra], [poblacion("CL-13122", 2024, 272_913)])
    assert vigente["2024", "CL-13122"]["casos"] == 9969
