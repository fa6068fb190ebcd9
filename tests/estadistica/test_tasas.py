"""Tasas e intervalos de Poisson: contra R (`poisson.test`), la tabla de Breslow y Day, y lo que no puede fallar."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.estadistica.tasas import CASOS_BYAR, cambio_relativo, intervalo_poisson, razon_de_tasas, tasas
from tests.estadistica.conftest import iguales, referencia

RAIZ = Path(__file__).resolve().parents[2]
CASOS = st.integers(0, 200_000)
PERSONAS = st.integers(1, 130_000_000)
NIVELES = st.sampled_from([90, 95, 99])


def por_nivel(tabla, calcular):  # type: ignore[no-untyped-def]
    """Junta lo propio con lo de R, nivel por nivel: la función recibe uno solo."""
    for nivel, filas in tabla.groupby("nivel"):
        yield filas, calcular(filas, nivel)


def test_el_intervalo_es_el_de_r() -> None:
    for filas, (inferior, superior) in por_nivel(
        referencia("tasas_poisson"), lambda f, nivel: intervalo_poisson(f.casos, nivel)
    ):
        pocos = filas.casos < CASOS_BYAR
        for propio, lado in ((inferior, "inf"), (superior, "sup")):
            de_r = filas[f"exacto_{lado}"].where(pocos, filas[f"byar_{lado}"])
            iguales(filas.casos * 0 + propio, de_r, 1e-12)


def test_byar_dista_poco_del_exacto() -> None:
    """Desde 10 casos la aproximación y el exacto de R difieren menos de 0.4 % al 95 %: por eso se corta ahí."""
    filas = referencia("tasas_poisson").query("nivel == 95 and casos >= 10")
    inferior, superior = intervalo_poisson(filas.casos, 95)
    assert np.abs(inferior / filas.exacto_inf - 1).max() < 0.004
    assert np.abs(superior / filas.exacto_sup - 1).max() < 0.004


def test_la_razon_es_la_de_r() -> None:
    for filas, propia in por_nivel(
        referencia("tasas_razon"), lambda f, nivel: razon_de_tasas(f.casos_a, f.pob_a, f.casos_b, f.pob_b, nivel)
    ):
        for campo in ("razon", "razon_inf", "razon_sup", "p"):
            suya, de_r = propia[campo], filas[campo].to_numpy()
            assert (np.isinf(suya) == np.isinf(de_r)).all()
            finita = np.isfinite(de_r)
            # El p de una cola muy lejana (1e-200) pierde dígitos en las dos partes.
            np.testing.assert_allclose(suya[finita], de_r[finita], rtol=1e-8, atol=0)


def test_a_mano() -> None:
    # 6 casos en 3 meses entre 200 000 personas: 24 al año, 12 por 100 mil. χ²/2 al 95 % de 6 casos: 2.2019 a 13.0595.
    una = tasas(6, 200_000, 3)
    assert una["tasa_100k"] == 12
    assert (una["tasa_inf"], una["tasa_sup"]) == (
        pytest.approx(2 * 2.20189, rel=1e-5),
        pytest.approx(2 * 13.05948, rel=1e-5),
    )
    # Cero casos: de 0 a −ln(0.025) = 3.6889 («regla de tres» de dos colas).
    cero = tasas(0, 100_000, 12)
    assert (cero["tasa_100k"], cero["tasa_inf"]) == (0, 0)
    assert cero["tasa_sup"] == pytest.approx(-np.log(0.025))
    # Con 10 entra Byar: 10·(1 − 1/90 − 1.959964/(3√10))³ = 4.7879 y 11·(1 − 1/99 + 1.959964/(3√11))³ = 18.3914.
    diez = tasas(10, 100_000, 12)
    assert (diez["tasa_inf"], diez["tasa_sup"]) == (pytest.approx(4.7879, abs=1e-3), pytest.approx(18.391, abs=1e-3))


@pytest.mark.parametrize(
    ("casos", "poblacion", "meses"),
    [
        (np.nan, 1000, 12),
        (None, 1000, 12),
        (5, np.nan, 12),
        (5, None, 12),
        (5, 0, 12),
        (5, -1, 12),
        (-1, 9, 12),
        (5, 9, 0),
    ],
)
def test_sin_dato_no_hay_tasa(casos: float | None, poblacion: float | None, meses: int) -> None:
    assert all(np.isnan(valor) for valor in tasas(casos, poblacion, meses).values())  # type: ignore[arg-type]


def test_sin_dato_no_hay_razon_y_sin_casos_no_se_sabe() -> None:
    razon = razon_de_tasas([np.nan, 3, 0, 0, 4], [10, 0, 10, 10, 10], [3, 3, 0, 4, 0], 10)
    assert np.isnan(razon["razon"]).tolist() == [True, True, True, False, False]
    assert razon["razon"][3:].tolist() == [np.inf, 0]
    assert np.isnan(razon["p"]).tolist() == [True, True, False, False, False]
    assert (razon["razon_inf"][2], razon["razon_sup"][2], razon["p"][2]) == (0, np.inf, 1)
    assert razon["razon_sup"][3] == np.inf
    assert razon["razon_inf"][4] == 0


@given(st.lists(CASOS, min_size=1, max_size=20), PERSONAS, st.integers(1, 12), NIVELES)
def test_el_intervalo_contiene_la_tasa_y_crece_con_los_casos(
    casos: list[int], personas: int, meses: int, nivel: int
) -> None:
    ordenados = np.sort(casos)
    una = tasas(ordenados, personas, meses, nivel=nivel)
    assert (una["tasa_inf"] >= 0).all()
    assert (una["tasa_inf"] <= una["tasa_100k"]).all()
    assert (una["tasa_100k"] < una["tasa_sup"]).all()
    assert ((una["tasa_inf"] == 0) == (ordenados == 0)).all()
    for campo in una.values():
        assert (np.diff(campo)[np.diff(ordenados) > 0] > 0).all()


def test_no_hay_salto_donde_cambia_el_metodo() -> None:
    for nivel in (90, 95, 99):
        inferior, superior = intervalo_poisson(np.arange(40), nivel)
        assert (np.diff(inferior) > 0).all()
        assert (np.diff(superior) > 0).all()


@given(CASOS, PERSONAS, st.integers(1, 12))
def test_mas_confianza_es_mas_ancho_y_mas_gente_menos_tasa(casos: int, personas: int, meses: int) -> None:
    estrecha, ancha = (tasas(casos, personas, meses, nivel=nivel) for nivel in (90, 99))
    assert ancha["tasa_inf"] <= estrecha["tasa_inf"]
    assert estrecha["tasa_sup"] < ancha["tasa_sup"]
    assert tasas(casos, personas + 1, meses)["tasa_sup"] < tasas(casos, personas, meses)["tasa_sup"]


@given(CASOS, PERSONAS, st.integers(1, 12), st.integers(2, 1_000))
def test_escalar_poblacion_y_base_no_cambia_nada(casos: int, personas: int, meses: int, factor: int) -> None:
    una, otra = tasas(casos, personas, meses), tasas(casos, personas * factor, meses, por=100_000 * factor)
    anual = tasas(casos, personas * meses, 12, por=144 * 100_000 / 12)
    for campo, valor in una.items():
        assert otra[campo] == pytest.approx(valor, rel=1e-12)
        assert anual[campo] == pytest.approx(valor, rel=1e-12)


@given(CASOS, PERSONAS, CASOS, PERSONAS, NIVELES)
def test_prueba_e_intervalo_dicen_lo_mismo(a: int, pob_a: int, b: int, pob_b: int, nivel: int) -> None:
    razon = razon_de_tasas(a, pob_a, b, pob_b, nivel)
    fuera = bool(razon["razon_inf"] > 1 or razon["razon_sup"] < 1)
    cerca = abs(razon["p"] - (1 - nivel / 100)) < 1e-9
    assert cerca or fuera == bool(razon["p"] < 1 - nivel / 100)
    assert 0 <= razon["p"] <= 1
    if a or b:
        assert razon["razon_inf"] <= razon["razon"] <= razon["razon_sup"]


@given(CASOS, PERSONAS, CASOS, PERSONAS, st.integers(2, 100))
def test_la_razon_se_invierte_y_no_depende_de_la_escala(a: int, pob_a: int, b: int, pob_b: int, factor: int) -> None:
    ida, vuelta = razon_de_tasas(a, pob_a, b, pob_b), razon_de_tasas(b, pob_b, a, pob_a)
    with np.errstate(divide="ignore"):
        np.testing.assert_allclose(1 / vuelta["razon_sup"], ida["razon_inf"], rtol=1e-9)
    assert vuelta["p"] == pytest.approx(ida["p"], rel=1e-9)
    escalada = razon_de_tasas(a, pob_a * factor, b, pob_b * factor)
    for campo, valor in ida.items():
        np.testing.assert_allclose(escalada[campo], valor, rtol=1e-9)


def test_el_cambio_es_la_razon_y_cuenta_los_meses() -> None:
    cambio = cambio_relativo(100, 50_000, 25, 50_000, 12, 6)
    razon = razon_de_tasas(100, 50_000 * 12, 25, 50_000 * 6)
    assert cambio["cambio_pct"] == -50
    assert (cambio["cambio_inf"], cambio["cambio_sup"]) == (
        100 * (razon["razon_inf"] - 1),
        100 * (razon["razon_sup"] - 1),
    )
    assert cambio["p"] == razon["p"]


def test_el_intervalo_exacto_cubre_lo_prometido() -> None:
    """Sumando la probabilidad de cada conteo: con media λ el intervalo al 95 % contiene a λ casi 95 % de las veces."""
    conteos = np.arange(400)
    inferior, superior = intervalo_poisson(conteos, 95)
    logfact = np.concatenate([[0], np.cumsum(np.log(np.arange(1, 400)))])
    for media in np.arange(0.5, 200, 0.5):
        pesos = np.exp(conteos * np.log(media) - media - logfact)
        # Byar es aproximado: pierde a lo más dos décimas de punto.
        assert pesos[(inferior <= media) & (media <= superior)].sum() >= 0.948


def test_los_ejemplos_de_la_documentacion() -> None:
    texto = " ".join((RAIZ / "docs" / "estadistica.md").read_text(encoding="utf-8").replace("\n> ", " ").split())
    tasa, inferior, superior = (f"{valor:.2f}" for valor in tasas(112, 1_091_644, 12).values())
    assert f"**{tasa}** por 100 mil, de {inferior} a {superior}." in texto
    cambio, menos, mas, _ = (f"{valor:.1f}" for valor in cambio_relativo(135, 1_072_214, 51, 1_105_861).values())
    assert f"**{cambio} %**, de {menos} a {mas}." in texto
