"""CEAD, SPD y SAE tal como se publican: las cifras conocidas, y cómo casan entre sí la serie mensual y las familias."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from registros_de_chile import Filas, preparada

from atalaya import catalogo, motor
from atalaya.catalogo import registros
from atalaya.contratos import CONTEO
from atalaya.estadistica import comparaciones
from atalaya.fuentes import cead_mensual, cead_tasas, enusc_sae, spd_homicidios
from atalaya.motor import Motor

pytestmark = pytest.mark.fuentes

PENALOLEN = "CL-13122"


@pytest.fixture(scope="module")
def casos(fuentes: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """Tablas `mensual`, `tasas` (contrato conteo) y `anual`: casos por lugar, año e indicador de las dos.

    Los de una familia son tasa × proyección del INE base 2017.
    """
    motor = Motor(None)
    tablas = {}
    for nombre, modulo, archivo in (
        ("mensual", cead_mensual, "cead_delincuencia_chile_2010_2025.parquet"),
        ("tasas", cead_tasas, "cead_tasas_por_familia_2005_2026.parquet"),
    ):
        lectura = modulo.leer(fuentes / "cead" / archivo)
        tablas[nombre] = motor.correr_con(modulo.PREPARAR, lectura.tablas).cast(CONTEO)
    motor.cerrar()
    conexion = duckdb.connect(config={"threads": 2})
    for nombre, tabla in tablas.items():
        conexion.register(nombre, tabla)
    proyeccion = fuentes / "poblacion" / "cl" / "ine_proyecciones_comuna_2002_2035.csv"
    conexion.read_csv(str(proyeccion)).create("proyeccion")
    conexion.execute(
        """create table convertida as
        select t.*, tasa_publicada_100k * p.población / 100000 as exactos
        from tasas as t
        inner join proyeccion as p on p.cut_comuna = right(t.lugar, 5)::int and p.año = t.periodo::int"""
    )
    conexion.execute(
        """create table anual as
        select lugar, left(periodo, 4) as anio, indicador, sum(casos)::bigint as casos
        from mensual where len(lugar) = 8 group by all
        union all select lugar, periodo, indicador, round(exactos)::bigint from convertida"""
    )
    yield conexion
    conexion.close()


def _uno(casos: duckdb.DuckDBPyConnection, consulta: str, **valores: Any) -> tuple:
    [fila] = casos.execute(consulta, valores).fetchall()
    return fila


# ── CEAD ─────────────────────────────────────────────────────────────────────────────────────────


def test_lo_mensual_trae_todo_y_cuanto_se_corrige(casos: duckdb.DuckDBPyConnection) -> None:
    consulta = (
        "select count(*), count(distinct lugar), count(distinct indicador), min(periodo), max(periodo) from mensual"
    )
    assert _uno(casos, consulta) == ((345 + 16 + 1) * 30 * 192, 345 + 16 + 1, 30, "2010-01", "2025-12")
    corregidas = "select count(*) filter (celda like '%millares'), count(*) filter (celda like '%errata') from mensual"
    assert _uno(casos, corregidas) == (108, 1)
    assert _uno(casos, "select count(*) from mensual where lugar = 'CL-12202'") == (0,)  # Antártica no viene


def test_desde_cuando_se_registra_cada_delito_es_lo_que_dice_el_catalogo(casos: duckdb.DuckDBPyConnection) -> None:
    consulta = """select indicador, min(periodo) filter (estado = 'dato') from mensual
        group by 1 having bool_or(estado = 'no_registrado')"""
    cambios = {(r.indicador, r.periodo) for r in catalogo.rupturas() if r.fuente == "cead" and r.tipo == "cambio"}
    assert set(casos.execute(consulta).fetchall()) == cambios
    assert len(cambios) == 3


def test_las_tasas_por_la_proyeccion_dan_enteros(casos: duckdb.DuckDBPyConnection) -> None:
    filas, peor = _uno(casos, "select count(*), max(abs(exactos - round(exactos))) from convertida")
    assert filas == 346 * 21 * 8  # 2005-2025; 2026 sigue abierto y no se publica
    assert peor < 0.001


@pytest.mark.parametrize(("anio", "esperado"), [("2019", 12_316), ("2023", 9_794), ("2024", 9_969)])
def test_penalolen_todas_las_familias(casos: duckdb.DuckDBPyConnection, anio: str, esperado: int) -> None:
    consulta = "select casos from anual where lugar = $lugar and anio = $anio and indicador = 'casos_policiales'"
    assert _uno(casos, consulta, lugar=PENALOLEN, anio=anio) == (esperado,)


FRENTE_A_SU_CONTENEDOR = """
    with suma as (
        select lugar, anio,
            coalesce(sum(casos) filter (list_contains($dentro, indicador)), 0) as dentro,
            sum(casos) filter (indicador = $contenedor) as todo
        from anual
        where anio between '2010' and '2025' and lugar <> 'CL-12202'
        group by all
    )
    select count(*), count(*) filter (dentro > todo), count(*) filter (dentro = todo) from suma"""


def _frente(casos: duckdb.DuckDBPyConnection, contenedor: str, dentro: list[str]) -> tuple:
    """Comunas-año en total, en que lo de dentro supera a su contenedor, y en que lo iguala."""
    return _uno(casos, FRENTE_A_SU_CONTENEDOR, contenedor=contenedor, dentro=dentro)


@pytest.mark.parametrize("contenedor", sorted({c.contenedor for c in registros.contenidos()}))
def test_un_conteo_contiene_a_los_que_dice_el_catalogo(casos: duckdb.DuckDBPyConnection, contenedor: str) -> None:
    """Comuna por comuna y año por año: los completos suman exacto; los otros nunca superan a su contenedor.

    Que la serie mensual de 2025 sume las tasas de 2025 prueba además que esas tasas ya cubren los doce meses.
    """
    suyos = [c for c in registros.contenidos() if c.contenedor == contenedor]
    iguales = 345 * 16 if all(c.completa == "si" for c in suyos) else 110
    assert _frente(casos, contenedor, [c.contenido for c in suyos]) == (345 * 16, 0, iguales)


def test_el_robo_frustrado_no_cabe_en_incivilidades(casos: duckdb.DuckDBPyConnection) -> None:
    """Ni en otra familia, que ya están completas: con él, 182 comunas-año superan a las incivilidades."""
    contenedor = "casos_policiales_familia_incivilidades"
    dentro = [c.contenido for c in registros.contenidos() if c.contenedor == contenedor]
    _, pasados, _ = _frente(casos, contenedor, [*dentro, "casos_policiales_robo_frustrado"])
    assert pasados == 182


def test_armas_mes_por_mes(casos: duckdb.DuckDBPyConnection) -> None:
    contenedor = "casos_policiales_delitos_asociados_a_armas"
    dentro = [c.contenido for c in registros.contenidos() if c.contenedor == contenedor]
    consulta = """select count(*), count(*) filter (suma <> todo) from (
        select sum(casos) filter (list_contains($dentro, indicador)) as suma,
            sum(casos) filter (indicador = $contenedor) as todo
        from mensual where len(lugar) = 8 group by lugar, periodo)"""
    assert _uno(casos, consulta, contenedor=contenedor, dentro=dentro) == (345 * 192, 0)


def test_sin_la_errata_santiago_2013_no_casa(casos: duckdb.DuckDBPyConnection) -> None:
    consulta = """select casos, celda from mensual
        where lugar = 'CL-13101' and periodo = '2013-08' and indicador = 'casos_policiales_hurtos'"""
    assert _uno(casos, consulta) == (1000, "CL-13101 › Hurtos; dice 1, errata")


def test_los_saltos_que_avisa_el_catalogo(casos: duckdb.DuckDBPyConnection) -> None:
    armas = "casos_policiales_crimenes_y_simples_delitos_ley_de_armas"
    salto = """select max(casos) filter (periodo = '2024-04'), max(casos) filter (periodo = '2024-05'),
        max(casos) filter (periodo < '2024-05') from mensual where lugar = 'CL' and indicador = $armas"""
    assert _uno(casos, salto, armas=armas) == (1097, 3279, 1641)
    familia = """select list(c order by anio) from (select anio, sum(casos)::bigint as c from anual
        where indicador = 'casos_policiales_familia_armas' and anio between '2007' and '2010' group by 1)"""
    assert _uno(casos, familia) == ([10_222, 27_559, 25_514, 10_680],)


# ── SPD ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def victimas(fuentes: Path) -> Filas:
    return preparada(spd_homicidios, fuentes / "cead" / "spd_homicidios_comuna_2018_2025.json")


def test_victimas_de_penalolen(victimas: Filas) -> None:
    assert [f["casos"] for f in victimas if f["lugar"] == PENALOLEN] == [9, 9, 13, 9, 13, 11, 6, 13]


def test_que_ceros_se_sostienen(victimas: Filas, casos: duckdb.DuckDBPyConnection) -> None:
    def con(casos: int | None, anio: str = "") -> set[tuple[str, str]]:
        return {(f["lugar"], f["periodo"]) for f in victimas if f["casos"] == casos and anio in f["periodo"]}

    assert sum(f["casos"] is not None and f["casos"] > 0 for f in victimas) == 1534
    assert len(con(0)) == 846
    assert not con(0, "2025")
    sin_dato = {lugar for lugar, periodo in con(None) if periodo != "2025"}
    assert len(sin_dato) == 33
    # Una ausencia total no es cero: la policía registró homicidios en La Calera casi todos esos años.
    assert "CL-05502" in sin_dato
    policiales = """select count(distinct anio), sum(casos) from anual
        where lugar = 'CL-05502' and anio >= '2018' and indicador = 'casos_policiales_homicidios' and casos > 0"""
    assert _uno(casos, policiales)[0] >= 6


# ── SAE ──────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture(scope="module")
def experimental(fuentes: Path) -> Filas:
    return preparada(enusc_sae, fuentes / "enusc" / "enusc_2024_sae_vhdv_comunal.json")


def test_experimental_136_comunas_con_su_error(experimental: Filas) -> None:
    assert len({f["lugar"] for f in experimental}) == 136
    assert sum("Directa" in f["celda"] for f in experimental) == 115
    [una] = [f for f in experimental if f["lugar"] == PENALOLEN]
    assert una["valor_pct"] == pytest.approx(9.2182, abs=5e-5)
    assert una["ic_inf"] == pytest.approx(7.5495, abs=5e-5)
    assert una["ic_sup"] == pytest.approx(11.2111, abs=5e-5)
    assert una["error_estandar"] == pytest.approx(0.9305, abs=5e-5)
    for fila in experimental:  # el intervalo de la casa, con ese error, es el que publica el INE
        [rehecha] = comparaciones.con_intervalo([fila], 95)
        assert (rehecha["ic_inf"], rehecha["ic_sup"]) == pytest.approx((fila["ic_inf"], fila["ic_sup"]), rel=1e-9)


def test_son_las_comunas_de_la_encuesta_y_no_contradicen_a_sus_regiones(experimental: Filas) -> None:
    """Las 136 de 2023, y cada región de 2024 (microdatos) toca el recorrido de sus comunas experimentales."""
    consulta = """select lugar, periodo, valor_pct, ic_inf, ic_sup from estimacion_vigente
        where fuente = 'enusc' and indicador = 'victimizacion_hogar_violenta' and desglose = 'total'
            and metodo = 'microdatos'"""
    with motor.abrir(perezoso=True).con_tablas({}) as cursor:
        publicadas = cursor.sql(consulta).fetchall()
    assert {f["lugar"] for f in experimental} == {p[0] for p in publicadas if p[1] == "2023" and len(p[0]) == 8}
    regiones = [p for p in publicadas if p[1] == "2024"]
    assert {len(p[0]) for p in regiones} == {2, 5}  # de comuna no hay: no compiten por la misma celda
    for lugar, _, _, inferior, superior in regiones:
        suyas = [f["valor_pct"] for f in experimental if f["lugar"].startswith(lugar)]
        assert min(suyas) <= superior, lugar
        assert max(suyas) >= inferior, lugar
