"""Las consultas del mapa, sobre acervos que se cuentan con los dedos."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from registros_de_juguete import conteo, motor_con, poblacion

from atalaya.interfaz import datos_mapa
from atalaya.motor import Motor, abrir

DONDE = {"pais": "MX", "largo": 8}


@pytest.fixture
def registros(tmp_path: Path) -> Motor:
    """Tres municipios en 2024; uno registra cero y otro no registra."""
    conteos = [
        conteo("2024-01", 10),
        conteo("2024-02", 20),
        conteo("2024-01", 0, lugar="MX-15031"),
        conteo("2024-01", None, lugar="MX-29001", estado="no_registrado"),
        conteo("2024-01", 30, lugar="MX-15"),
    ]
    personas = [poblacion(), poblacion("MX-15031", personas=500_000), poblacion("MX-15", personas=17_000_000)]
    return motor_con(tmp_path, conteos, personas)


def test_lo_disponible_por_nivel_e_indicador(registros: Motor) -> None:
    filas = registros.correr("mostrar/mapa_disponible").to_pylist()
    assert [(f["nivel"], f["periodo"]) for f in filas] == [
        ("entidades", "2024"),
        ("entidades", "2024-01"),
        ("municipios", "2024"),
        ("municipios", "2024-01"),
        ("municipios", "2024-02"),
    ]
    assert {f["indicador"] for f in filas} == {"homicidio_doloso"}


@pytest.mark.parametrize(
    ("largo_periodo", "esperado"),
    [
        # De los meses: 10 · 12 y 20 · 12 por millón, es decir 12 y 24 por 100 mil; el cero no entra.
        (7, [12.0, 14.4, 16.8, 19.2, 21.6, 24.0]),
        (4, [18.0] * 6),  # del año: 30 en dos meses, llevados a doce
    ],
)
def test_los_quintiles_son_de_las_tasas_anualizadas(
    registros: Motor, largo_periodo: int, esperado: list[float]
) -> None:
    pedido = {"indicador": "homicidio_doloso", "largo_periodo": largo_periodo, **DONDE}
    [fila] = registros.correr("mostrar/mapa_cortes", **pedido).to_pylist()
    assert fila["quintiles"] == pytest.approx(esperado)


def test_sin_tasas_no_hay_quintiles(registros: Motor) -> None:
    pedido = {"indicador": "no_existe", "largo_periodo": 4, **DONDE}
    assert registros.correr("mostrar/mapa_cortes", **pedido).to_pylist() == [{"quintiles": None}]


def test_la_tasa_de_cada_lugar_distingue_cero_no_registrado_y_sin_poblacion(registros: Motor) -> None:
    pedido = {
        "indicadores": ["homicidio_doloso"],
        "lugares": ["MX-15058", "MX-15031", "MX-29001", "MX-15"],
        "periodos": ["2024-01"],
        "desgloses": ["total"],
        "denominador": "proyeccion",
    }
    crudas = registros.correr("mostrar/conteos", **pedido).to_pandas()
    filas = datos_mapa.con_tasa(
        crudas.assign(poblacion=crudas["poblacion"].mask(crudas["lugar"] == "MX-15"))
    ).set_index("lugar")
    assert list(filas["estado"]) == ["dato", "dato", "no_registrado", "sin_denominador"]
    assert filas.loc["MX-15058", "valor"] == pytest.approx(12.0)
    assert filas.loc["MX-15031", "valor"] == 0
    assert filas.loc["MX-15031", "ic_sup"] > 0  # de cero casos no se sigue riesgo cero
    assert pd.isna(filas.loc["MX-29001", "valor"])
    assert filas.loc["MX-15", "casos"] == 30


@pytest.mark.parametrize(
    ("pais", "largo", "cuantos", "con_cifra"),
    [("CL", 8, 346, 136), ("CL", 5, 16, 16), ("MX", 5, 32, 0), ("MX", 8, 2478, 0)],
)
def test_la_encuesta_da_todos_los_lugares_del_tipo(pais: str, largo: int, cuantos: int, con_cifra: int) -> None:
    pedido = {"indicador": "victimizacion_hogar", "periodo": "2023", "desglose": "total", "pais": pais, "largo": largo}
    filas = abrir(perezoso=True).correr("mostrar/mapa_encuesta", **pedido).to_pandas()
    assert filas["lugar"].is_unique
    assert len(filas) == cuantos
    assert (filas["estado"] == "dato").sum() == con_cifra
    sin = set(filas.loc[filas["estado"] != "dato", "estado"])
    # En Chile, fuera de la muestra; de México, el acervo no tiene esa encuesta.
    assert sin <= ({"no_levantado"} if pais == "CL" else {"no_publicado", "no_incorporado"})
