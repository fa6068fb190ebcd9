"""Cuantiles, Holm, rangos y clases de precisión: casos contados a mano o tomados de quien los definió."""

from __future__ import annotations

import duckdb
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from atalaya.errores import ErrorConsulta
from atalaya.estadistica import encuestas, inferencia, precision


def test_cuantil_t_de_tabla() -> None:
    # Tabla de Fisher y Yates: t de dos colas al 95 % con 1, 10 y ∞ grados de libertad.
    assert inferencia.cuantil_t(95, [1, 10, np.inf]) == pytest.approx([12.706205, 2.228139, 1.959964], abs=1e-6)
    assert np.isnan(inferencia.cuantil_t(95, [0, -1])).all()


@pytest.mark.parametrize("nivel", [90, 95, 99])
def test_la_serie_del_sql_sigue_donde_acaba_la_lista(nivel: int) -> None:
    """La serie en 1/gl, con más de CUANTILES grados de libertad, acierta la t a 1e-10."""
    parametros = encuestas.cuantiles(nivel)
    for gl in (encuestas.CUANTILES + 1, 5_000, 50_000):
        serie = parametros["z"] + sum(c / gl**k for k, c in enumerate(parametros["serie_t"], start=1))
        assert serie == pytest.approx(float(inferencia.cuantil_t(nivel, gl)), rel=1e-10)


def test_el_sql_usa_la_serie_con_muchas_upm(conexion: duckdb.DuckDBPyConnection) -> None:
    conexion.execute(
        "create table ola as select 'f' as fuente, '2025' as periodo, 'p' as marco, i::varchar as entrevista,"
        " 1 as estrato, i as upm, 1.0 + i % 7 as peso,"
        " 'MX' as pais, null::varchar as region,"
        " null::varchar as lugar, null::varchar as sexo, null::varchar as edad, (i % 3 = 0)::tinyint as y"
        " from range(2000) as t(i)"
    )
    [fila] = encuestas.estimar(conexion, nivel=99).to_pylist()
    inferior, superior = inferencia.intervalo_logit(fila["valor_pct"] / 100, fila["error_estandar"] / 100, 1999, 99)
    assert fila["gl"] == 1999
    assert (fila["ic_inf"], fila["ic_sup"]) == pytest.approx((100 * float(inferior), 100 * float(superior)), rel=1e-11)


def test_holm_a_mano() -> None:
    # Ordenadas 0.01, 0.02, 0.04: 3·0.01, 2·0.02, 1·0.04 y no decrece. El NaN no es una prueba.
    assert inferencia.holm([0.04, 0.01, np.nan, 0.02]) == pytest.approx([0.04, 0.03, np.nan, 0.04], nan_ok=True)
    assert inferencia.holm([0.6, 0.7]) == pytest.approx([1, 1])


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_holm_nunca_baja_un_valor_p_ni_cambia_el_orden(p: list[float]) -> None:
    ajustados = inferencia.holm(p)
    assert (ajustados >= np.asarray(p)).all()
    assert (ajustados <= np.minimum(1, len(p) * np.asarray(p))).all()
    assert (np.diff(ajustados[np.argsort(p, kind="stable")]) >= 0).all()


def test_valor_p_y_veredicto() -> None:
    assert inferencia.valor_p(1.959964, np.inf) == pytest.approx(0.05, abs=1e-7)
    assert inferencia.valor_p([2.228139, -2.228139], 10) == pytest.approx([0.05, 0.05], abs=1e-6)
    assert inferencia.veredictos([3, -3, 3, 0], [0.01, 0.01, 0.2, np.nan], 95).tolist() == [
        "sube",
        "baja",
        "sin_cambio",
        "sin_prueba",
    ]


def test_diferencia_independiente() -> None:
    diferencia, error = inferencia.diferencia_independiente(60, 3, 65, 4)
    assert (diferencia, error) == (5, 5)


def test_rangos_conjuntos_a_mano() -> None:
    # A [50,60], B [40,52], C [10,20], D [15,45]. Nadie queda entero por encima de A: 1.º; por debajo, C y D: hasta 2.º.
    # B: nadie por encima; C por debajo: 1.º-3.º. C: por encima A y B: 3.º-4.º. D: por encima A: 2.º; nadie debajo: 4.º.
    altos, bajos = inferencia.rangos_conjuntos([50, 40, 10, 15], [60, 52, 20, 45])
    assert altos.tolist() == [1, 1, 3, 2]
    assert bajos.tolist() == [2, 3, 4, 4]


def test_rangos_sin_traslape_son_puntos_y_sin_intervalo_no_dicen_nada() -> None:
    altos, bajos = inferencia.rangos_conjuntos([30, 20, 10], [31, 21, 11])
    assert (altos.tolist(), bajos.tolist()) == ([1, 2, 3], [1, 2, 3])
    altos, bajos = inferencia.rangos_conjuntos([30, np.nan, 10], [31, np.nan, 11])
    assert (altos.tolist(), bajos.tolist()) == ([1, 1, 2], [2, 3, 3])


@given(st.lists(st.tuples(st.floats(0.05, 0.95), st.floats(1e-4, 0.1)), min_size=1, max_size=40))
def test_el_rango_observado_cae_en_su_intervalo(celdas: list[tuple[float, float]]) -> None:
    p, ee = (np.asarray(x) for x in zip(*celdas, strict=True))
    altos, bajos = inferencia.rangos(p, ee, 20)
    observado = 1 + (p[None, :] > p[:, None]).sum(axis=1)
    assert (altos <= observado).all()
    assert (observado <= bajos).all()


def test_la_region_de_rangos_cubre_lo_prometido() -> None:
    """Simulación con semilla: la fracción de muestras con *todos* los rangos verdaderos dentro es al menos 90 %."""
    azar = np.random.default_rng(7)
    verdad = np.linspace(0.3, 0.7, 25)
    ee = np.full(25, 0.02)
    rango = stats.rankdata(-verdad)
    aciertos = 0
    for _ in range(400):
        altos, bajos = inferencia.rangos(verdad + azar.normal(0, ee), ee, nivel=90)
        aciertos += bool(((altos <= rango) & (rango <= bajos)).all())
    assert aciertos / 400 >= 0.90


def celdas(**campos: object) -> precision.Celdas:
    """Una celda buena en todo, salvo lo que se diga."""
    return precision.Celdas(**({"p": 0.5, "ee": 0.02, "n": 400, "gl": 50, "efecto_diseno": 1.5} | campos))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("ee", "clase"), [(0.0749, "alta"), (0.075, "moderada"), (0.1499, "moderada"), (0.15, "baja"), (0.3, "baja")]
)
def test_inegi_corta_en_15_y_30(ee: float, clase: str) -> None:
    clases, suprimida = precision.inegi(celdas(ee=ee))
    assert (str(clases), bool(suprimida)) == (clase, False)


@pytest.mark.parametrize(
    ("campos", "clase"),
    [
        ({}, "alta"),
        ({"n": 59}, "baja"),
        ({"n": 60}, "alta"),
        ({"gl": 8}, "baja"),
        ({"gl": 9}, "alta"),
        # p = 0.008: p^(2/3)/9 = 0.04/9 = 0.00444…
        ({"p": 0.008, "ee": 0.00444}, "alta"),
        ({"p": 0.008, "ee": 0.00445}, "moderada"),
        ({"p": 0.992, "ee": 0.00444}, "alta"),
        ({"p": 0.992, "ee": 0.00445}, "moderada"),
        ({"p": 0.0, "ee": 0.0}, "baja"),
        ({"p": 1.0, "ee": 0.0}, "baja"),
    ],
    ids=str,
)
def test_ine_chile(campos: dict[str, float], clase: str) -> None:
    clases, suprimida = precision.ine_chile(celdas(**campos))
    assert (str(clases), bool(suprimida)) == (clase, clase == "baja")


def test_ine_chile_de_una_razon_mira_el_cv() -> None:
    clases, _ = precision.ine_chile(celdas(p=2.0, ee=np.array([0.3, 0.31, 0.6, 0.61])), proporcion=False)
    assert clases.tolist() == ["alta", "moderada", "moderada", "baja"]


@pytest.mark.parametrize(
    ("campos", "clase"),
    [
        ({}, "alta"),
        ({"n": 99}, "baja"),
        ({"n": 100, "efecto_diseno": 100 / 60}, "alta"),
        ({"n": 100, "efecto_diseno": 1.7}, "baja"),
        ({"gl": 8}, "baja"),
        ({"ee": 0.1}, "alta"),
        ({"ee": 0.1001}, "moderada"),
        ({"ee": 0.15}, "moderada"),
        ({"ee": 0.1501}, "baja"),
        ({"p": 0.0, "ee": 0.0, "efecto_diseno": np.nan}, "baja"),
    ],
    ids=str,
)
def test_cepal(campos: dict[str, float], clase: str) -> None:
    clases, suprimida = precision.cepal(celdas(**campos))
    assert (str(clases), bool(suprimida)) == (clase, clase == "baja")


def test_lo_suprimido_desaparece_de_todas_las_columnas(juguete: duckdb.DuckDBPyConnection) -> None:
    tabla = encuestas.estimar(juguete, ("total", "sexo|edad"))
    cepal = precision.clasificar(tabla, "cepal").to_pandas()
    assert set(cepal.precision) >= {"alta", "baja"}
    borradas = cepal[cepal.suprimida]
    assert len(borradas) > 0
    assert borradas[list(precision.SUPRIMIBLES)].isna().all(axis=None)
    assert cepal.loc[~cepal.suprimida, "valor_pct"].notna().all()
    assert borradas.n.notna().all()
    inegi = precision.clasificar(tabla, "inegi")
    assert inegi["valor_pct"].null_count == 0


def test_una_regla_que_no_existe() -> None:
    with pytest.raises(ErrorConsulta, match="inegi, ine_chile, cepal"):
        precision.evaluar(celdas(), "otra")
