"""El estimador da lo mismo que R `survey` en la encuesta de juguete: diseño completo, dominios y UPM únicas."""

from __future__ import annotations

import duckdb
import pandas as pd
import pytest

from atalaya.errores import ErrorConsulta
from atalaya.estadistica import encuestas, inferencia
from tests.estadistica.conftest import iguales, referencia, unir

LLAVES = ["periodo", "lugar", "desglose", "indicador"]


def estimadas(con: duckdb.DuckDBPyConnection, periodos: set[str], **opciones: object) -> pd.DataFrame:
    """Todas las celdas de esas olas, con proporciones de 0 a 1."""
    tabla = encuestas.estimar(con, encuestas.DESGLOSES, **opciones).to_pandas()  # type: ignore[arg-type]
    tabla = tabla[tabla.periodo.isin(periodos)]
    tabla["p_a"], tabla["ee_a"] = tabla.valor_pct / 100, tabla.error_estandar / 100
    return tabla


def de_r(periodos: set[str], upm_unica: str, nivel: int) -> pd.DataFrame:
    """Las celdas de R de esas olas y opción de UPM única."""
    r = referencia("juguete_estimaciones")
    return r[r.periodo.isin(periodos) & (r.upm_unica == upm_unica) & (r.nivel == nivel)].drop(columns="upm_unica")


@pytest.mark.parametrize(
    ("periodos", "upm_unica"), [({"A1"}, "adjust"), ({"U1"}, "adjust"), ({"U1"}, "certainty")], ids=str
)
def test_razon_error_gl_y_efecto_de_diseno(
    juguete: duckdb.DuckDBPyConnection, periodos: set[str], upm_unica: str
) -> None:
    celdas = unir(estimadas(juguete, periodos, upm_unica=upm_unica), de_r(periodos, upm_unica, 95), LLAVES)
    assert len(celdas) > 400
    iguales(celdas.p_a, celdas.p)
    iguales(celdas.ee_a, celdas.ee)
    assert (celdas.n_a == celdas.n).all()
    assert (celdas.gl_a == celdas.gl).all()
    con_variacion = celdas[celdas.ee > 1e-12]  # si p = 1, R deja un residuo de redondeo de 1e-17
    iguales(con_variacion.efecto_diseno, con_variacion.deff, absoluto=1e-12)
    assert (celdas.denominador_a == celdas.denominador.round()).all()
    assert (celdas.numerador_a == celdas.numerador.round()).all()


def test_dominios_que_pierden_upm_y_estratos_enteros(juguete: duckdb.DuckDBPyConnection) -> None:
    """La referencia no sirve de nada si los dominios cubren siempre todas las UPM."""
    celdas = estimadas(juguete, {"A1"})
    toda = celdas[(celdas.lugar == "MX") & (celdas.desglose == "total") & (celdas.indicador == "frecuente")]
    assert (celdas.upm < toda.upm.item()).mean() > 0.5
    assert (celdas.estratos < toda.estratos.item()).any()
    assert ((celdas.upm < toda.upm.item()) & (celdas.estratos == toda.estratos.item())).any()


@pytest.mark.parametrize("nivel", [90, 95, 99])
def test_intervalos_logit_y_normal(juguete: duckdb.DuckDBPyConnection, nivel: int) -> None:
    r = de_r({"A1", "U1"}, "adjust", nivel)
    for intervalo in ("logit", "normal"):
        propias = estimadas(juguete, {"A1", "U1"}, nivel=nivel, intervalo=intervalo)
        celdas = propias.merge(r, on=LLAVES, suffixes=("_a", ""))
        celdas = celdas[(celdas.ee > 1e-12) & (celdas.gl > 0)]
        assert len(celdas) > 20
        assert (celdas.metodo_intervalo == intervalo).all()
        iguales(celdas.ic_inf / 100, celdas[f"{intervalo}_inf"].clip(lower=0))
        iguales(celdas.ic_sup / 100, celdas[f"{intervalo}_sup"].clip(upper=1))


def test_intervalo_beta(juguete: duckdb.DuckDBPyConnection) -> None:
    celdas = unir(estimadas(juguete, {"A1"}), de_r({"A1"}, "adjust", 95), LLAVES)
    celdas = celdas[celdas.beta_inf.notna() & (celdas.ee > 1e-12)]
    inferior, superior = inferencia.intervalo_beta(celdas.p_a, celdas.ee_a, celdas.n, celdas.gl)
    iguales(pd.Series(inferior, celdas.index), celdas.beta_inf)
    iguales(pd.Series(superior, celdas.index), celdas.beta_sup)


def test_sin_variacion_el_intervalo_es_exacto_y_no_degenera(juguete: duckdb.DuckDBPyConnection) -> None:
    celdas = estimadas(juguete, {"A1"})
    cero, todo = celdas[(celdas.p_a == 0) & (celdas.gl > 0)], celdas[(celdas.p_a == 1) & (celdas.gl > 0)]
    assert len(cero) > 10
    assert len(todo) > 10
    assert (pd.concat([cero, todo]).metodo_intervalo == "exacto").all()
    assert (cero.ic_inf == 0).all()
    assert (todo.ic_sup == 100).all()
    _, superior = inferencia.intervalo_beta(0.0, 0.0, cero.n, cero.gl)
    iguales(cero.ic_sup / 100, pd.Series(superior, cero.index))
    inferior, _ = inferencia.intervalo_beta(1.0, 0.0, todo.n, todo.gl)
    iguales(todo.ic_inf / 100, pd.Series(inferior, todo.index))


def test_upm_unica_fail_se_niega_y_dice_el_estrato(juguete: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(ErrorConsulta, match=r"UPM única en el estrato (3|7|11)"):
        encuestas.estimar(juguete, upm_unica="fail")
    juguete.execute("delete from ola where periodo = 'U1'")
    assert encuestas.estimar(juguete, upm_unica="fail").num_rows > 0


def test_avisa_cuantos_estratos_tienen_una_sola_upm(juguete: duckdb.DuckDBPyConnection) -> None:
    celdas = estimadas(juguete, {"A1", "U1"}).set_index(LLAVES).estratos_upm_unica
    assert celdas["U1", "MX", "total", "frecuente"] == 3
    assert (celdas["A1"] == 0).all()


def test_diferencias_con_upm_compartidas(juguete: duckdb.DuckDBPyConnection) -> None:
    r = referencia("juguete_diferencias")
    pares = [
        encuestas.Par(
            fila.indicador,
            encuestas.Dominio("juguete", fila.periodo_a, "personas", fila.lugar_a, fila.desglose_a),
            encuestas.Dominio("juguete", fila.periodo_b, "personas", fila.lugar_b, fila.desglose_b),
        )
        for fila in r.itertuples()
    ]
    propias = encuestas.diferencias(juguete, pares).to_pandas()
    assert propias.par.tolist() == list(range(len(r)))
    for columna in ("valor_a", "valor_b"):
        iguales(propias[f"{columna}_pct"] / 100, r[columna])
    for columna in ("error_a", "error_b"):
        iguales(propias[columna] / 100, r[columna])
    iguales(propias.error_estandar / 100, r.ee)
    iguales(propias.diferencia / 100, r.diferencia, absoluto=1e-14)
    iguales(propias.covarianza / 10_000, r.covarianza, absoluto=1e-15)
    assert (propias.gl == r.gl).all()
    entre_olas = r.periodo_a != r.periodo_b
    assert (r.covarianza[entre_olas] > 0).mean() > 0.6, "el juguete ya no ejercita la covarianza entre olas"
