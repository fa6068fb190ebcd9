"""Lo que no puede cambiar la estimación: orden de filas, escala de pesos, nombres de UPM, número de hilos."""

from __future__ import annotations

import duckdb
import numpy as np
import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from atalaya.estadistica import encuestas
from tests.estadistica.conftest import leer_juguete

LLAVES = ["lugar", "indicador", "desglose"]
# Si la varianza es cero exacto, el decimal de doble precisión deja a lo más esto, en puntos porcentuales.
NADA = 1e-5
EXACTAS = ["valor_pct", "error_estandar", "ic_inf", "ic_sup", "n", "gl", "cv_pct", "upm", "estratos"]


@st.composite
def olas(draw: st.DrawFn) -> pd.DataFrame:
    """Una ola pequeña cualquiera: 1-4 estratos, 1-5 UPM en cada uno, pesos con decimales, dos lugares y nulos."""
    filas: list[dict[str, object]] = []
    for estrato in range(draw(st.integers(1, 4))):
        for upm in range(draw(st.integers(1, 5))):
            filas += [
                {
                    "estrato": estrato,
                    "upm": 10 * estrato + upm,
                    "peso": draw(st.floats(0.5, 5_000, allow_nan=False)),
                    "lugar": draw(st.sampled_from(["A", "B"])),
                    "sexo": draw(st.sampled_from(["hombres", "mujeres", None])),
                    "y": draw(st.sampled_from([0, 1, 1, 0, None])),
                    "todos": 1,
                }
                for _ in range(draw(st.integers(1, 4)))
            ]
    d = pd.DataFrame(filas)
    return completar(d)


def completar(d: pd.DataFrame) -> pd.DataFrame:
    """Las columnas de `ola` que no cambian entre ejemplos."""
    return d.assign(
        fuente="f", periodo="2025T1", marco="personas", entrevista=range(len(d)), pais="MX",
        region=None, edad=None,
    ).astype(
        {"y": "Int8", "todos": "Int8", "entrevista": str}
        | dict.fromkeys(("pais", "region", "edad", "lugar", "sexo"), "string")
    )  # fmt: skip


def estimada(d: pd.DataFrame, hilos: int = 2) -> pd.DataFrame:
    """Estimaciones de la ola, una fila por celda y en orden."""
    con = duckdb.connect(config={"threads": hilos})
    try:
        con.register("d", d)
        con.execute("create table ola as from d")
        tabla = encuestas.estimar(con, ("total", "sexo")).to_pandas()
    finally:
        con.close()
    return tabla.set_index(LLAVES)


@settings(max_examples=25, deadline=None)
@given(olas(), st.randoms(use_true_random=False))
def test_el_orden_de_las_filas_no_importa(d: pd.DataFrame, azar: object) -> None:
    orden = list(range(len(d)))
    azar.shuffle(orden)  # type: ignore[attr-defined]
    pd.testing.assert_frame_equal(estimada(d), estimada(d.iloc[orden]), check_exact=True)


@settings(max_examples=25, deadline=None)
@given(olas(), st.integers(-6, 10))
def test_escalar_los_pesos_no_cambia_la_proporcion_ni_su_error(d: pd.DataFrame, exponente: int) -> None:
    """Por una potencia de dos, ni en el último dígito; el efecto de diseño sí depende de a cuántos representan."""
    escalada = d.assign(peso=d.peso * 2.0**exponente)
    pd.testing.assert_frame_equal(estimada(d)[EXACTAS], estimada(escalada)[EXACTAS], check_exact=True)


@settings(max_examples=25, deadline=None)
@given(olas(), st.floats(0.01, 100))
def test_escalar_los_pesos_por_cualquier_factor(d: pd.DataFrame, factor: float) -> None:
    una, otra = estimada(d), estimada(d.assign(peso=d.peso * factor))
    # Redondear el factor a punto fijo de 52 bits deja un error relativo de 1e-11 en la proporción.
    pd.testing.assert_frame_equal(una[["valor_pct", "n", "gl"]], otra[["valor_pct", "n", "gl"]], rtol=1e-9)
    np.testing.assert_allclose(una.error_estandar, otra.error_estandar, rtol=1e-7, atol=NADA)


@settings(max_examples=25, deadline=None)
@given(olas(), st.integers(0, 10_000))
def test_renombrar_upm_y_estratos_no_importa(d: pd.DataFrame, semilla: int) -> None:
    nombres = np.random.default_rng(semilla).permutation(100) * 7_919 + 3
    otra = d.assign(upm=nombres[d.upm], estrato=nombres[d.estrato])
    pd.testing.assert_frame_equal(estimada(d), estimada(otra), check_exact=True)


@settings(max_examples=25, deadline=None)
@given(olas())
def test_un_dominio_igual_al_todo_es_el_todo(d: pd.DataFrame) -> None:
    tabla = estimada(d.assign(lugar="A", sexo="mujeres"))
    todo = tabla.loc["MX"].reset_index().set_index("indicador").query("desglose == 'total'").drop(columns="desglose")
    for lugar, desglose in (("A", "total"), ("A", "sexo:mujeres"), ("MX", "sexo:mujeres")):
        parte = tabla.loc[lugar].reset_index().set_index("indicador")
        pd.testing.assert_frame_equal(parte[parte.desglose == desglose].drop(columns="desglose"), todo)


@settings(max_examples=25, deadline=None)
@given(olas())
def test_todos_y_nadie_no_tienen_error_y_son_simetricos(d: pd.DataFrame) -> None:
    todos = estimada(d).xs("todos", level="indicador")
    nadie = estimada(d.assign(todos=(d.todos - 1).astype("Int8"))).xs("todos", level="indicador")
    assert (todos.valor_pct == 100).all()
    assert (nadie.valor_pct == 0).all()
    assert (todos.error_estandar == 0).all()
    assert (nadie.error_estandar == 0).all()
    pd.testing.assert_series_equal(100 - todos.ic_inf, nadie.ic_sup, check_names=False)


@settings(max_examples=25, deadline=None)
@given(olas())
def test_el_complemento_tiene_el_mismo_error(d: pd.DataFrame) -> None:
    assume(d.y.notna().any())
    una, otra = (estimada(o).xs("y", level="indicador") for o in (d, d.assign(y=1 - d.y)))
    np.testing.assert_allclose(100 - una.valor_pct, otra.valor_pct, rtol=1e-13, atol=1e-12)
    np.testing.assert_allclose(una.error_estandar, otra.error_estandar, rtol=1e-9, atol=NADA)


@settings(max_examples=25, deadline=None)
@given(olas())
def test_la_diferencia_cambia_de_signo_y_la_covarianza_es_simetrica(d: pd.DataFrame) -> None:
    con = duckdb.connect()
    con.register("d", d)
    con.execute("create table ola as from d")
    mujeres, hombres = (
        encuestas.Dominio("f", "2025T1", "personas", "MX", f"sexo:{sexo}") for sexo in ("mujeres", "hombres")
    )
    filas = encuestas.diferencias(
        con, [encuestas.Par("y", a, b) for a, b in ((mujeres, hombres), (hombres, mujeres), (mujeres, mujeres))]
    ).to_pylist()
    con.close()
    por_par = {fila["par"]: fila for fila in filas}
    if 0 in por_par:
        ida, vuelta = por_par[0], por_par[1]
        assert ida["diferencia"] == -vuelta["diferencia"]
        assert ida["covarianza"] == vuelta["covarianza"]
        assert ida["error_estandar"] == vuelta["error_estandar"]
        assert abs(ida["covarianza"]) <= ida["error_a"] * ida["error_b"] * (1 + 1e-9) + 1e-12
    if 2 in por_par:
        assert (por_par[2]["diferencia"], por_par[2]["error_estandar"]) == (0, 0)


def test_el_numero_de_hilos_no_cambia_ni_el_ultimo_digito() -> None:
    """Con muchas filas por grupo y varios hilos, sumar decimales daría otra cifra en cada corrida."""
    d = leer_juguete().query("periodo == 'A1'")
    grande = pd.concat([d.assign(upm=d.upm + 100 * i, peso=d.peso * (1 + i / 977)) for i in range(700)])
    grande["entrevista"] = np.arange(len(grande)).astype(str)
    assert len(grande) > 200_000  # más de un grupo de filas de DuckDB: si no, trabaja un solo hilo
    una = estimada(grande, hilos=1)
    for hilos in (2, 4, 4):
        pd.testing.assert_frame_equal(una, estimada(grande, hilos), check_exact=True)


def test_por_bloques_de_indicadores_da_lo_mismo(juguete: duckdb.DuckDBPyConnection, monkeypatch: object) -> None:
    de_una = encuestas.estimar(juguete).to_pandas()
    monkeypatch.setattr(encuestas, "CELDAS_POR_BLOQUE", 1)  # type: ignore[attr-defined]
    por_bloques = encuestas.estimar(juguete).to_pandas()
    llaves = ["periodo", *LLAVES]
    pd.testing.assert_frame_equal(
        de_una.sort_values(llaves, ignore_index=True), por_bloques.sort_values(llaves, ignore_index=True)
    )
