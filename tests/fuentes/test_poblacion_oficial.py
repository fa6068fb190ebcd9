"""Los archivos oficiales de población: cifras conocidas, sumas que dan y acuerdo entre archivos distintos."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from atalaya import catalogo
from atalaya.acervo import Acervo
from atalaya.fuentes import conapo, ine_censo, libro
from atalaya.incorporacion import incorporar

pytestmark = pytest.mark.fuentes

BYTES_MAXIMOS = 1_500_000
SEXOS = ("total", "hombres", "mujeres")
CENSO = "ine_censo2024_D1_sexo_edad_comuna.xlsx"


@pytest.fixture(scope="module")
def carpeta(fuentes: Path) -> Path:
    return fuentes / "poblacion"


@pytest.fixture(scope="module")
def conapo_leido(carpeta: Path) -> dict[str, pd.DataFrame]:
    """Los tres archivos, todos sus años, con el lector de la casa."""
    return {
        sexo: conapo.leer(carpeta / "mx" / f"conapo_municipal_1990-2040_{sexo}.csv").tablas["habitantes"].to_pandas()
        for sexo in SEXOS
    }


@pytest.fixture(scope="module")
def acervo(carpeta: Path, tmp_path_factory: pytest.TempPathFactory) -> Acervo:
    """Todos los archivos, publicados: han pasado los controles."""
    rutas = [*sorted((carpeta / "mx").glob("conapo_*.csv")), *sorted((carpeta / "cl").glob("*.parquet"))]
    rutas.append(carpeta / "cl" / CENSO)
    return incorporar(rutas, tmp_path_factory.mktemp("acervo")).acervo


@pytest.fixture(scope="module")
def con(acervo: Acervo) -> Iterator[duckdb.DuckDBPyConnection]:
    conexion = duckdb.connect()
    conexion.read_parquet([str(ruta) for ruta in acervo.rutas("poblacion")]).create("poblacion")
    yield conexion
    conexion.close()


def personas(con: duckdb.DuckDBPyConnection, proyeccion: str, lugar: str, anio: int, sexo: str = "total") -> int:
    consulta = "select personas from poblacion where edad = 'total' and (proyeccion, lugar, anio, sexo) = (?, ?, ?, ?)"
    [(valor,)] = con.execute(consulta, [proyeccion, lugar, anio, sexo]).fetchall()
    return valor


def test_cifras_conocidas(con: duckdb.DuckDBPyConnection) -> None:
    assert personas(con, "conapo_2023", "MX-15058", 2020) == 1_091_644
    assert personas(con, "conapo_2023", "MX-15058", 2020, "hombres") == 528_727
    assert personas(con, "conapo_2023", "MX", 2020) == 128_209_170
    assert personas(con, "ine_base_2017", "CL-13122", 2024) == 272_913
    assert personas(con, "ine_base_2017", "CL", 2024) == 20_086_377
    assert personas(con, "censo_2024", "CL-13122", 2024) == 236_478
    assert personas(con, "censo_2024", "CL", 2024) == 18_480_432


def test_el_parquet_cabe(acervo: Acervo) -> None:
    assert sum(ruta.stat().st_size for ruta in acervo.rutas("poblacion")) < BYTES_MAXIMOS


def test_hombres_y_mujeres_suman_el_total_en_los_51_anios(conapo_leido: dict[str, pd.DataFrame]) -> None:
    """Es lo que sostiene que cada archivo sea del sexo que dice su nombre; cuál es cuál, que haya más mujeres."""
    total, hombres, mujeres = (tabla.set_index(["lugar", "anio"]).personas for tabla in conapo_leido.values())
    assert len(total) == 2_475 * 51
    pd.testing.assert_series_equal(hombres + mujeres, total, check_exact=True)
    assert (hombres.groupby("anio").sum() < mujeres.groupby("anio").sum()).all()


def test_los_unicos_municipios_sin_conapo_son_los_tres_recientes(conapo_leido: dict[str, pd.DataFrame]) -> None:
    with (catalogo.CARPETA / "municipios.csv").open(encoding="utf-8", newline="") as archivo:
        del_catalogo = {fila["lugar"] for fila in csv.DictReader(archivo)}
    for tabla in conapo_leido.values():
        assert del_catalogo - set(tabla.lugar) == {"MX-24059", "MX-25019", "MX-25020"}
        assert set(tabla.lugar) <= del_catalogo


def test_el_csv_del_ine_dice_lo_mismo_que_su_parquet(carpeta: Path, con: duckdb.DuckDBPyConnection) -> None:
    """Se incorpora el Parquet, que trae sexo y edad; el CSV, sólo totales, lo comprueba comuna por comuna y año."""
    de_csv = pd.read_csv(carpeta / "cl" / "ine_proyecciones_comuna_2002_2035.csv")
    de_csv["lugar"] = [f"CL-{clave:05d}" for clave in de_csv.cut_comuna]
    propia = con.sql(
        "select lugar, anio, personas from poblacion where proyeccion = 'ine_base_2017' and sexo = 'total'"
        " and edad = 'total' and len(lugar) = 8"
    ).df()
    juntas = propia.merge(de_csv, left_on=["lugar", "anio"], right_on=["lugar", "año"], how="outer")
    assert len(juntas) == 346 * 34
    assert (juntas.personas == juntas["población"]).all()
    regiones = de_csv.groupby(["cut_region", "año"])["población"].sum()
    assert all(
        personas(con, "ine_base_2017", f"CL-{region:02d}", anio) == n
        for (region, anio), n in regiones.items()
        if anio == 2024
    )


def test_el_censo_coincide_con_sus_otras_hojas(carpeta: Path, con: duckdb.DuckDBPyConnection) -> None:
    """Se lee la hoja 4. La 1 da las regiones, la 2 las comunas y la 3 las regiones por edad."""
    ruta = carpeta / "cl" / CENSO
    hojas = {hoja.nombre: hoja for hoja in libro.abrir(ruta.read_bytes(), ruta.name)}
    comprobadas = 0
    for nombre, clave, primera in (("1", 1, 3), ("2", 5, 7)):
        celdas = hojas[nombre].celdas
        for fila in sorted(f for f, columna in celdas if columna == clave and f > ine_censo.FILA_ENCABEZADO):
            if not isinstance(celdas[fila, clave].valor, int):
                continue
            numero = int(celdas[fila, clave].valor)
            lugar = "CL" if numero == 0 else f"CL-{numero:0{2 if clave == 1 else 5}d}"
            for columna, sexo in enumerate(("total", "hombres", "mujeres"), start=primera):
                assert celdas[fila, columna].valor == personas(con, "censo_2024", lugar, 2024, sexo), lugar
                comprobadas += 1
    assert comprobadas == 3 * (17 + 347)
    de_region = hojas["3"].celdas
    mayores = sum(int(de_region[f, 6].valor) for f, c in de_region if c == 3 and de_region[f, 1].valor == 13
                  and str(de_region[f, 3].valor) in ("80 a 84", "85 o más"))  # fmt: skip
    [(propias,)] = con.sql(
        "select personas from poblacion where proyeccion = 'censo_2024' and lugar = 'CL-13' and sexo = 'mujeres'"
        " and edad = '80+'"
    ).fetchall()
    assert propias == mayores > 0
