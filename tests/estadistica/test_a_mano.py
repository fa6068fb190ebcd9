"""Diseños que se cuentan con los dedos: cada cifra esperada está hecha a mano en el comentario."""

from __future__ import annotations

import math

import duckdb
import pandas as pd
import pytest

from atalaya.errores import ErrorConsulta
from atalaya.estadistica import encuestas

COLUMNAS = ["estrato", "upm", "peso", "lugar", "sexo", "y"]


def cargar_ola(con: duckdb.DuckDBPyConnection, filas: list[tuple[object, ...]]) -> None:
    """Pone en `ola` una ola con esas filas (COLUMNAS)."""
    d = pd.DataFrame(filas, columns=COLUMNAS).astype({"y": "Int8", "peso": float, "sexo": "string", "lugar": "string"})
    con.register("filas", d.assign(entrevista=range(len(d))))
    con.execute(
        "create or replace table ola as select 'f' as fuente, '2025T1' as periodo, 'personas' as marco,"
        " entrevista::varchar as entrevista, estrato, upm, peso, null::varchar as pais,"
        " null::varchar as region, lugar, sexo, null::varchar as edad, y from filas"
    )


def celda(con: duckdb.DuckDBPyConnection, lugar: str, desglose: str = "total", **opciones: object) -> dict[str, object]:
    """El único renglón de ese lugar y desglose."""
    [fila] = [
        fila
        for fila in encuestas.estimar(con, ("total", "sexo"), **opciones).to_pylist()  # type: ignore[arg-type]
        if (fila["lugar"], fila["desglose"]) == (lugar, desglose)
    ]
    return fila


def test_un_estrato_dos_upm(conexion: duckdb.DuckDBPyConnection) -> None:
    # Pesos 1. UPM 1: 2 de 2 sí; UPM 2: 0 de 2. p = 2/4. z = (0.5·2 − 0.5·0)/4 = 0.25 y −0.25.
    # V = 2/1 · (0.25² + 0.25² − 0²/2) = 0.25; EE = 0.5. gl = 2 − 1.
    cargar_ola(conexion, [(1, 1, 1, "A", None, 1)] * 2 + [(1, 2, 1, "A", None, 0)] * 2)
    fila = celda(conexion, "A")
    assert (fila["valor_pct"], fila["error_estandar"], fila["gl"], fila["n"]) == (50, 50, 1, 4)
    assert (fila["numerador"], fila["denominador"], fila["upm"], fila["estratos"]) == (2, 4, 2, 1)
    # Muestreo simple: s²/(n−1)·(1−n/W) = 0.25/3·(1 − 4/4) = 0: con pesos 1 se entrevistó a todos y no hay efecto.
    assert fila["efecto_diseno"] is None


def test_el_peso_cuenta(conexion: duckdb.DuckDBPyConnection) -> None:
    # Sí pesa 3, no pesa 1, en UPM distintas. p = 3/4. z1 = 0.25·3/4 = 0.1875; z2 = −0.75·1/4 = −0.1875.
    # V = 2·(2·0.1875²) = 0.140625; EE = 0.375.
    cargar_ola(conexion, [(1, 1, 3, "A", None, 1), (1, 2, 1, "A", None, 0)])
    fila = celda(conexion, "A")
    assert (fila["valor_pct"], fila["error_estandar"]) == (75, 37.5)
    assert fila["cv_pct"] == 50


def test_las_upm_sin_casos_del_dominio_cuentan(conexion: duckdb.DuckDBPyConnection) -> None:
    # El dominio A vive en las UPM 1 y 2 del estrato; la 3 es de B. n_h = 3 y no 2: V = 3/2·(0.25²+0.25²) = 0.1875.
    # Filtrar antes daría 2/1·0.125 = 0.25. Los gl sí son del dominio: 2 − 1.
    filas = [(1, 1, 1, "A", None, 1)] * 2 + [(1, 2, 1, "A", None, 0)] * 2 + [(1, 3, 1, "B", None, 1)] * 5
    cargar_ola(conexion, filas)
    fila = celda(conexion, "A")
    assert fila["error_estandar"] == pytest.approx(100 * math.sqrt(0.1875), rel=1e-15)
    assert fila["gl"] == 1


def test_fuera_del_universo_no_es_no(conexion: duckdb.DuckDBPyConnection) -> None:
    filas = [(1, 1, 1, "A", None, 1), (1, 1, 1, "A", None, None), (1, 2, 1, "A", None, 0), (1, 3, 1, "A", None, None)]
    cargar_ola(conexion, filas)
    fila = celda(conexion, "A")
    # Dos en el universo, en dos de las tres UPM: p = 1/2, z = ±0.25, V = 3/2·0.125.
    assert (fila["valor_pct"], fila["n"], fila["denominador"], fila["upm"], fila["gl"]) == (50, 2, 2, 2, 1)
    assert fila["error_estandar"] == pytest.approx(100 * math.sqrt(0.1875), rel=1e-15)


def test_upm_unica_en_su_estrato(conexion: duckdb.DuckDBPyConnection) -> None:
    # Estrato 1 como el primer caso (z = 2·0.5/6 − …). p = 3/6. Estrato 2: una UPM con 1 sí y 1 no: z = 0.
    # Estrato 1: z = ±1/6 → V1 = 2·(2/36) = 1/9. adjust suma z² = 0 y certainty nada: ambas 1/9.
    base = [(1, 1, 1, "A", None, 1)] * 2 + [(1, 2, 1, "A", None, 0)] * 2
    cargar_ola(conexion, [*base, (2, 9, 1, "A", None, 1), (2, 9, 1, "A", None, 0)])
    assert celda(conexion, "A")["error_estandar"] == pytest.approx(100 / 3, rel=1e-15)
    # Con la UPM única toda «sí»: p = 4/6, q = 2/6. z: 2q/6 = 1/9, −2p/6 = −2/9 y 2q/6 = 1/9.
    # V1 = 2·(1/81 + 4/81 − (1/81)/2) = 1/9; la UPM única aporta (1/9)² con adjust.
    cargar_ola(conexion, [*base, (2, 9, 1, "A", None, 1), (2, 9, 1, "A", None, 1)])
    assert celda(conexion, "A")["error_estandar"] == pytest.approx(100 * math.sqrt(10 / 81), rel=1e-15)
    certeza = celda(conexion, "A", upm_unica="certainty")
    assert certeza["error_estandar"] == pytest.approx(100 / 3, rel=1e-15)
    assert (certeza["estratos_upm_unica"], certeza["gl"]) == (1, 1)
    with pytest.raises(ErrorConsulta, match="UPM única en el estrato 2"):
        encuestas.estimar(conexion, upm_unica="fail")


def test_una_upm_repetida_en_otro_estrato_es_otra(conexion: duckdb.DuckDBPyConnection) -> None:
    filas = [(h, u, 1, "A", None, (h + u) % 2) for h in (1, 2) for u in (1, 2)]
    cargar_ola(conexion, filas)
    fila = celda(conexion, "A")
    assert (fila["upm"], fila["gl"]) == (4, 2)


def test_sin_grados_de_libertad_no_hay_intervalo(conexion: duckdb.DuckDBPyConnection) -> None:
    cargar_ola(conexion, [(1, 1, 2, "A", None, 1), (1, 1, 2, "A", None, 0), (1, 2, 2, "B", None, 1)])
    fila = celda(conexion, "A")
    assert (fila["gl"], fila["ic_inf"], fila["ic_sup"], fila["metodo_intervalo"]) == (0, None, None, None)


def test_sexo_desconocido_cuenta_en_el_total_y_no_en_el_desglose(conexion: duckdb.DuckDBPyConnection) -> None:
    filas = [(1, u, 1, "A", s, 1) for u, s in enumerate(["hombres", "mujeres", None, "mujeres"])]
    cargar_ola(conexion, filas)
    assert celda(conexion, "A")["n"] == 4
    assert celda(conexion, "A", "sexo:mujeres")["n"] == 2
    assert {f["desglose"] for f in encuestas.estimar(conexion, ("sexo",)).to_pylist()} == {
        "sexo:hombres",
        "sexo:mujeres",
    }


def test_un_lugar_sin_casos_no_sale(conexion: duckdb.DuckDBPyConnection) -> None:
    cargar_ola(conexion, [(1, 1, 1, "A", None, 1), (1, 2, 1, "A", None, 0), (1, 3, 1, "B", None, None)])
    assert [f["lugar"] for f in encuestas.estimar(conexion).to_pylist()] == ["A"]


def test_diferencia_de_dos_grupos_de_las_mismas_upm(conexion: duckdb.DuckDBPyConnection) -> None:
    # Mujeres: UPM 1 sí, UPM 2 no → p = 0.5, z = ±0.25. Hombres igual: z idénticos, diferencia 0 con error 0:
    # sin la covarianza saldría raíz(2)·EE.
    filas = [(1, 1, 1, "A", s, 1) for s in ("hombres", "mujeres")]
    filas += [(1, 2, 1, "A", s, 0) for s in ("hombres", "mujeres")]
    cargar_ola(conexion, filas)
    lados = [encuestas.Dominio("f", "2025T1", "personas", "A", f"sexo:{s}") for s in ("hombres", "mujeres")]
    [fila] = encuestas.diferencias(conexion, [encuestas.Par("y", *lados)]).to_pylist()
    assert (fila["error_a"], fila["error_b"], fila["covarianza"]) == (50, 50, 2500)
    assert (fila["diferencia"], fila["error_estandar"], fila["gl"]) == (0, 0, 1)
    assert fila["veredicto"] == "sin_prueba"


@pytest.mark.parametrize(
    ("opcion", "valor"),
    [
        ("desgloses", ("estatura",)),
        ("upm_unica", "ignorar"),
        ("intervalo", "wald"),
        ("nivel", 20),
        ("indicadores", ["x"]),
    ],
)
def test_un_argumento_desconocido_se_explica(conexion: duckdb.DuckDBPyConnection, opcion: str, valor: object) -> None:
    cargar_ola(conexion, [(1, 1, 1, "A", None, 1), (1, 2, 1, "A", None, 0)])
    with pytest.raises(ErrorConsulta):
        encuestas.estimar(conexion, **{opcion: valor})  # type: ignore[arg-type]


def test_una_ola_sin_diseno_se_explica(conexion: duckdb.DuckDBPyConnection) -> None:
    cargar_ola(conexion, [(1, 1, 1, "A", None, 1), (1, 2, 1, "A", None, 0)])
    conexion.execute("alter table ola drop column upm")
    with pytest.raises(ErrorConsulta, match="falta upm"):
        encuestas.estimar(conexion)
