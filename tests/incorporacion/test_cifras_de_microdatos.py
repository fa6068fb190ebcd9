"""Las cifras de microdatos que trae el acervo del proyecto: las publicadas por INEGI y el INE salen, y con su error."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from atalaya import motor
from atalaya.motor import Motor

REFERENCIA = Path(__file__).resolve().parent.parent / "referencia"
PAD = "percepcion_aumento_delincuencia_pais"
ENUSC_2023 = (
    "victimizacion_hogar",
    "victimizacion_hogar_violenta",
    "victimizacion_personal",
    "victimizacion_personal_violenta",
    PAD,
)
PUBLICADAS = [
    *(("MX", f"2015T{t}", "inseguridad_ciudad", v) for t, v in enumerate((67.94, 68.97, 67.99, 67.75), start=1)),
    ("MX", "2015T1", "identifica_policia_municipal", 85.52),
    ("MX", "2015T1", "efectividad_policia_municipal", 33.00),
    # VA_DC del INE, hogares víctimas de delitos de mayor connotación social, es victimizacion_hogar_dmcs.
    *(("CL", a, "victimizacion_hogar_dmcs", v) for a, v in (("2018", 25.38), ("2019", 23.34), ("2020", 19.17))),
    *(("CL", a, PAD, v) for a, v in (("2018", 76.84), ("2019", 82.00), ("2020", 84.31), ("2023", 87.66))),
    ("CL", "2023", "victimizacion_hogar", 34.78),
    ("CL", "2023", "victimizacion_hogar_violenta", 8.13),
    ("CL", "2023", "victimizacion_personal", 24.11),
]
ERRORES_DEL_INE = {
    # El INE publica el error estándar de su serie: docs/fuentes/enusc.md
    ("2018", "victimizacion_hogar_dmcs"): 0.45167708067268,
    ("2018", PAD): 0.50704405646452,
    ("2019", "victimizacion_hogar_dmcs"): 0.562486323402496,
    ("2019", PAD): 0.445527077909813,
    ("2020", "victimizacion_hogar_dmcs"): 0.41263729333358,
    ("2020", PAD): 0.394464451083183,
}


@pytest.fixture(scope="module")
def acervo() -> Motor:
    return motor.abrir(motor.RAIZ / "datos" / "acervo", perezoso=True)


def consultar(acervo: Motor, lugar: str, periodo: str, indicador: str) -> dict[str, Any]:
    """La única fila que ve quien consulta."""
    pedido = {"indicadores": [indicador], "lugares": [lugar], "periodos": [periodo], "desgloses": ["total"]}
    [fila] = acervo.correr("mostrar/consultar", **pedido).to_pylist()
    return fila


def filas(acervo: Motor, sql: str) -> list[tuple[Any, ...]]:
    with acervo.con_tablas({}) as cursor:
        return cursor.sql(sql).fetchall()


@pytest.mark.parametrize(("lugar", "periodo", "indicador", "publicada"), PUBLICADAS)
def test_la_cifra_publicada_sale_con_su_error(
    acervo: Motor, lugar: str, periodo: str, indicador: str, publicada: float
) -> None:
    fila = consultar(acervo, lugar, periodo, indicador)
    assert round(fila["valor_pct"], 2) == publicada
    assert (fila["estado"], fila["metodo"], fila["precision"]) == ("dato", "microdatos", "alta")
    assert 0 < fila["error_estandar"] < 2
    assert fila["ic_inf"] < fila["valor_pct"] < fila["ic_sup"]
    assert fila["nivel_confianza"] == 95
    assert fila["cv_pct"] == pytest.approx(100 * fila["error_estandar"] / fila["valor_pct"])
    assert fila["n"] > fila["gl"] > 0


@pytest.mark.parametrize(("llave", "error"), ERRORES_DEL_INE.items())
def test_el_error_estandar_es_el_que_publica_el_ine(acervo: Motor, llave: tuple[str, str], error: float) -> None:
    assert consultar(acervo, "CL", *llave)["error_estandar"] == pytest.approx(error, rel=1e-9)


def test_lo_publicado_es_lo_que_da_r_survey(acervo: Motor) -> None:
    """Nación, regiones y comunas de la ENUSC 2023 y la ENSU 2015 nacional, contra tests/referencia (R `survey`)."""
    claves = dict(zip(("VH_DC", "VH_DV", "VP_DC", "VP_DV", "PAD"), ENUSC_2023, strict=True))
    enusc = pd.read_csv(REFERENCIA / "enusc_2023.csv").assign(periodo="2023")
    ensu = pd.read_csv(REFERENCIA / "ensu_2015.csv").query("nivel == 95 and lugar == 'MX'")
    de_r = pd.concat([enusc.assign(indicador=enusc["clave"].map(claves)), ensu])
    pedido = {"indicadores": list(de_r["indicador"].unique()), "lugares": list(de_r["lugar"].unique())}
    tabla = acervo.correr("mostrar/consultar", **pedido, periodos=list(de_r["periodo"].unique()), desgloses=["total"])
    por_llave = {(f["lugar"], f["periodo"], f["indicador"]): f for f in tabla.to_pylist()}
    pares = {"valor_pct": "p", "error_estandar": "ee", "ic_inf": "logit_inf", "ic_sup": "logit_sup"}
    comparadas = 0
    for celda in de_r.itertuples():
        fila = por_llave[celda.lugar, celda.periodo, celda.indicador]
        assert (fila["n"], fila["gl"]) == (celda.n, celda.gl)
        if fila["estado"] == "suprimido":
            assert celda.p == 0
            continue
        for nuestro, suyo in pares.items():
            assert fila[nuestro] / 100 == pytest.approx(getattr(celda, suyo), rel=1e-9)
        comparadas += 1
    assert comparadas == 153 * 5 - 2 + 12


def test_las_series_que_inegi_repite_son_las_de_los_microdatos(acervo: Motor) -> None:
    """Los libros de 2025 dan la serie nacional desde 2015, por sexo: 480 cifras, y todas coinciden."""
    [(cifras, indicadores, peor)] = filas(
        acervo,
        """
        select count(distinct (p.periodo, p.indicador, p.desglose)), count(distinct p.indicador),
            max(abs(p.valor_pct - m.valor_pct))
        from estimacion as p join estimacion as m using (fuente, periodo, lugar, indicador, desglose)
        where p.metodo = 'publicada' and m.metodo = 'microdatos' and p.estado = 'dato' and m.estado = 'dato'
        """,
    )
    assert (cifras, indicadores) == (480, 40)
    assert peor < 1e-9


def test_las_dieciseis_regiones_cada_ano(acervo: Motor) -> None:
    con_error = filas(
        acervo,
        """
        select periodo, indicador, count(*) from estimacion_vigente
        where fuente = 'enusc' and lugar like 'CL-__' and desglose = 'total' and error_estandar > 0
        group by all
        """,
    )
    assert {regiones for *_, regiones in con_error} == {16}
    assert {periodo for periodo, *_ in con_error} == {"2018", "2019", "2020", "2023", "2024", "2025"}


@pytest.mark.parametrize("indicador", ENUSC_2023)
def test_las_136_comunas_de_2023(acervo: Motor, indicador: str) -> None:
    """Con su error; donde nadie contó un delito violento (Doñihue) no se sabe el error y el INE no publica."""
    por_estado = dict(
        filas(
            acervo,
            f"""
            select estado, count(*) from estimacion_vigente
            where periodo = '2023' and lugar like 'CL-_____' and indicador = '{indicador}' and desglose = 'total'
                and (estado = 'suprimido') = (error_estandar is null) and n > 0 and gl > 0
            group by estado
            """,  # noqa: S608 - la clave es de este archivo
        )
    )
    assert por_estado == ({"dato": 135, "suprimido": 1} if indicador.endswith("violenta") else {"dato": 136})


def test_penalolen(acervo: Motor) -> None:
    fila = consultar(acervo, "CL-13122", "2023", "victimizacion_hogar")
    assert (round(fila["valor_pct"], 2), round(fila["error_estandar"], 2)) == (33.65, 3.22)
    assert (fila["n"], fila["gl"], fila["cuadro"], fila["celda"]) == (307, 52, "hogares_comunal", "VH_DC")
    assert fila["archivo"] == "base de datos ENUSC 2023"
    # Otro año no tiene comunas: falta, y dice que el archivo está pero no la da.
    assert consultar(acervo, "CL-13122", "2024", "victimizacion_hogar")["estado"] == "no_publicado"
    assert consultar(acervo, "CL-13122", "2022", "victimizacion_hogar")["estado"] == "no_incorporado"


def test_lo_suprimido_no_deja_cifra_ni_en_el_parquet(acervo: Motor) -> None:
    [(suprimidas, con_algo)] = filas(
        acervo,
        """
        select count(*), count(coalesce(
            valor_pct, error_estandar, ic_inf, ic_sup, cv_pct, numerador, denominador, nivel_confianza
        )) from estimacion where estado = 'suprimido'
        """,
    )
    assert suprimidas > 1000  # casi todas, comunas por edad
    assert con_algo == 0


def test_lo_que_se_publica_cabe_en_quince_megas() -> None:
    todos = (motor.RAIZ / "datos" / "acervo").rglob("*")
    # Los registros se miden aparte (tests/ordenes/test_cifras_publicadas.py).
    archivos = [r for r in todos if r.suffix in (".parquet", ".json") and r.parent.name not in ("conteo", "poblacion")]
    assert sum(r.stat().st_size for r in archivos) < 15e6


def test_la_enusc_cubre_pais_regiones_y_las_136_comunas_de_2023() -> None:
    """Cada año con base publicada: el país y las 16 regiones; de comuna, sólo 2023 y sus cinco indicadores."""
    nuevas = set(ENUSC_2023)
    dmcs = {"victimizacion_hogar_dmcs", "victimizacion_personal_dmcs", PAD}
    esperado = dict.fromkeys(("2018", "2019", "2020"), dmcs) | {
        "2023": nuevas,
        "2024": nuevas,
        "2025": nuevas - {PAD},
    }
    consulta = """select periodo, len(lugar) as largo, indicador, count(*) as lugares from estimacion
        where fuente = 'enusc' and desglose = 'total' and metodo = 'microdatos' group by all"""
    with motor.abrir(perezoso=True).con_tablas({}) as cursor:
        lugares = {(p, largo, i): n for p, largo, i, n in cursor.sql(consulta).fetchall()}
    for anio, indicadores in esperado.items():
        for clave in indicadores:
            assert (lugares[anio, 2, clave], lugares[anio, 5, clave]) == (1, 16)
    assert {llave: n for llave, n in lugares.items() if llave[1] == 8} == {("2023", 8, clave): 136 for clave in nuevas}
    assert {anio for anio, *_ in lugares} == set(esperado)
