"""Diferencias de cifras con su error, lugares que comparten gente, rupturas y palabras."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from atalaya.estadistica import comparaciones


def cifra(
    lugar: str, valor: float | None, error: float | None = 3.0, gl: int | None = 25, den: int | None = 1000
) -> dict:
    return {"lugar": lugar, "valor_pct": valor, "error_estandar": error, "gl": gl, "denominador": den}


def una(a: dict[str, Any], b: dict[str, Any], nivel: float = 95, covarianza: float = 0.0) -> dict[str, Any]:
    return {campo: valor[0] for campo, valor in comparaciones.diferencias([a], [b], nivel, covarianza).items()}


def test_es_la_prueba_de_welch() -> None:
    """Contra scipy, que la calcula de medias, desviaciones y tamaños."""
    esperado = stats.ttest_ind_from_stats(60, 9, 26, 50, 20, 41, equal_var=False)
    hallado = una(cifra("MX-CD27", 50, 20 / 41**0.5, 40), cifra("MX-CD28", 60, 9 / 26**0.5, 25))
    assert hallado["p"] == pytest.approx(esperado.pvalue, rel=1e-10)
    assert hallado["diferencia"] == 10


@given(st.floats(1, 99), st.floats(1, 99), st.floats(0.5, 9), st.floats(0.5, 9), st.sampled_from([90.0, 95.0, 99.0]))
def test_el_intervalo_y_la_prueba_dicen_lo_mismo(a: float, b: float, ea: float, eb: float, nivel: float) -> None:
    hallado = una(cifra("MX-CD27", a, ea), cifra("MX-CD28", b, eb), nivel)
    fuera_de_cero = hallado["ic_inf"] > 0 or hallado["ic_sup"] < 0
    if abs(hallado["p"] - (1 - nivel / 100)) > 1e-9:
        assert fuera_de_cero == (hallado["veredicto"] in ("sube", "baja"))
    al_reves = una(cifra("MX-CD28", b, eb), cifra("MX-CD27", a, ea), nivel)
    assert al_reves["diferencia"] == pytest.approx(-hallado["diferencia"])
    assert al_reves["p"] == pytest.approx(hallado["p"])


def test_sin_error_no_hay_prueba() -> None:
    hallado = una(cifra("MX-CD27", 50, None), cifra("MX-CD28", 60))
    assert (hallado["diferencia"], hallado["veredicto"]) == (10, "sin_prueba")
    assert np.isnan(hallado["p"])


def test_la_parte_y_el_todo() -> None:
    """Torreón es 60 % de La Laguna: T − L = (1−w)(T − resto), y las dos partes son independientes."""
    w, var_torreon, var_resto = 0.6, 9.0, 16.0
    var_laguna = w**2 * var_torreon + (1 - w) ** 2 * var_resto
    torreon, laguna = cifra("MX-05035", 44, var_torreon**0.5, den=600), cifra("MX-CD07", 42, var_laguna**0.5)
    comun = comparaciones.parte_comun(torreon, laguna)
    assert comun == pytest.approx(w * var_torreon)
    assert comparaciones.parte_comun(laguna, torreon) == comun
    hallado = una(laguna, torreon, covarianza=comun or 0.0)
    assert hallado["error_estandar"] ** 2 == pytest.approx((1 - w) ** 2 * (var_torreon + var_resto))


def test_ciudades_distintas_son_independientes() -> None:
    assert comparaciones.parte_comun(cifra("MX-CD27", 50), cifra("MX-CD28", 60)) == 0


def test_la_ciudad_es_parte_del_pais() -> None:
    assert comparaciones.parte_comun(cifra("MX", 60, 0.4, den=10_000), cifra("MX-CD28", 65, 3.0)) == pytest.approx(0.9)


def test_la_comuna_es_parte_de_su_region_y_de_ninguna_otra() -> None:
    penalolen = cifra("CL-13122", 33.65, 3.0, den=100)
    assert comparaciones.parte_comun(penalolen, cifra("CL-13", 38.8, 0.5, den=10_000)) == pytest.approx(0.09)
    assert comparaciones.parte_comun(penalolen, cifra("CL-05", 30.0, 0.5, den=10_000)) == 0
    assert comparaciones.parte_comun(penalolen, cifra("CL-13101", 46.28, 3.0, den=100)) == 0


def test_parte_sin_peso_conocido_no_se_compara() -> None:
    assert comparaciones.parte_comun(cifra("MX-05035", 44, den=None), cifra("MX-CD07", 42)) is None
    assert comparaciones.parte_comun(cifra("MX-CD28", 44), cifra("MX-CD28", 44)) is None


@pytest.mark.parametrize(
    ("de", "a", "hay"),
    [("2024T1", "2025T1", True), ("2024T1", "2024T3", True), ("2024T3", "2025T1", False), ("2023T1", "2024T1", False)],
)
def test_ruptura_entre(de: str, a: str, hay: bool) -> None:
    """La confianza en el gobierno federal cambió de respuesta en 2024T3 (rupturas.csv)."""
    ruptura = comparaciones.ruptura_entre("ensu", "MX-CD28", "confianza_gobierno_federal", de, a)
    assert (ruptura is not None) == hay


def test_un_aviso_no_impide() -> None:
    assert comparaciones.ruptura_entre("ensu", "MX-CD28", "inseguridad_calle", "2024T1", "2025T2") is None
    (aviso,) = comparaciones.avisos_entre("ensu", "inseguridad_calle", "2024T1", "2025T2")
    assert "calle" in aviso


@pytest.mark.parametrize(
    ("error", "dicho"),
    [
        (2.0, "Neza está 10.0 puntos arriba de Ecatepec; la diferencia supera el error muestral (95 % de confianza)."),
        (
            9.0,
            "Neza está 10.0 puntos arriba de Ecatepec; la diferencia no se distingue del error muestral "
            "(95 % de confianza).",
        ),
        (
            None,
            "Neza está 10.0 puntos arriba de Ecatepec; sin error muestral de las dos no se sabe si la diferencia "
            "es real.",
        ),
    ],
)
def test_en_palabras(error: float | None, dicho: str) -> None:
    hallado = una(cifra("MX-CD27", 50, error), cifra("MX-CD28", 60, error))
    assert comparaciones.en_palabras("Ecatepec", "Neza", hallado, 95) == dicho


def test_otro_nivel_y_la_convencion_de_inegi() -> None:
    (normal,) = comparaciones.con_intervalo([cifra("MX-CD28", 50, 3.0)], 90, "normal")
    assert (normal["ic_inf"], normal["ic_sup"]) == pytest.approx((50 - 1.6448536 * 3, 50 + 1.6448536 * 3))
    (logit,) = comparaciones.con_intervalo([cifra("MX-CD28", 50, 3.0)], 95)
    assert logit["ic_inf"] + logit["ic_sup"] == pytest.approx(100)
    assert logit["ic_sup"] - 50 < stats.t.ppf(0.975, 25) * 3  # en logit, más corto en el centro que la recta
    (sin_error,) = comparaciones.con_intervalo([{**cifra("MX-CD28", 50, None), "ic_inf": None}], 90)
    assert sin_error["ic_inf"] is None
