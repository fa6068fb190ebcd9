"""Lo dicho y lo registrado: de qué años a qué años se comparan, con qué prueba y cuándo no hay nada que probar."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from atalaya.estadistica import inferencia
from atalaya.estadistica.contraste import SIN_COMUN, contrastar
from atalaya.estadistica.tasas import cambio_relativo


def cifra(periodo: str, valor: float, **cambios: Any) -> dict[str, Any]:
    """Una fila de `mostrar/consultar`."""
    return {
        "fuente": "ensu",
        "lugar": "MX-CD28",
        "indicador": "inseguridad_ciudad",
        "periodo": periodo,
        "valor_pct": valor,
        "error_estandar": 2.0,
        "gl": None,
        "estado": "dato",
        **cambios,
    }


def contado(anio: str, casos: int, **cambios: Any) -> dict[str, Any]:
    """Una fila de `mostrar/conteos` por año, con su tasa."""
    return {
        "fuente": "sesnsp",
        "lugar": "MX-15058",
        "nombre": "Nezahualcóyotl",
        "indicador": "homicidio_doloso",
        "periodo": anio,
        "casos": casos,
        "meses": 12,
        "poblacion": 1_000_000,
        "tasa_100k": casos / 10,
        "estado": "dato",
        **cambios,
    }


def tablas(*filas: dict[str, Any]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """La de la encuesta y la del registro."""
    encuesta = [f for f in filas if "valor_pct" in f]
    return pd.DataFrame(encuesta), pd.DataFrame([f for f in filas if "casos" in f])


def test_se_comparan_los_anios_en_comun() -> None:
    filas = contrastar(
        *tablas(
            cifra("2018T4", 90.0),  # el registro aún no empieza
            cifra("2019T1", 80.0),
            cifra("2019T4", 78.0),
            cifra("2021T1", 70.0),
            cifra("2021T2", 60.0),
            cifra("2022T1", 10.0),  # ya no hay registro
            *(contado(anio, casos) for anio, casos in (("2019", 180), ("2020", 150), ("2021", 90))),
        )
    )
    (fila,) = filas.to_dict("records")
    assert (fila["periodo_desde"], fila["periodo_hasta"]) == ("2019T1", "2021T2")
    assert (fila["desde"], fila["hasta"], fila["casos_desde"], fila["casos"]) == ("2019", "2021", 180, 90)
    assert fila["diferencia"] == -20
    assert fila["margen"] == pytest.approx(float(inferencia.cuantil_t(95, float("inf"))) * 8**0.5)
    esperado = cambio_relativo(180, 1e6, 90, 1e6)
    for clave in ("cambio_pct", "cambio_inf", "cambio_sup", "p"):
        assert fila[clave] == pytest.approx(float(esperado[clave]))
    assert (fila["veredicto_dice"], fila["veredicto"], fila["motivo"]) == ("baja", "baja", "")


def test_cada_cosa_se_prueba_con_su_error() -> None:
    """La percepción se mueve menos que su error; la tasa, mucho más que su azar."""
    (fila,) = contrastar(
        *tablas(cifra("2019T1", 70.0), cifra("2021T1", 73.0), contado("2019", 180), contado("2021", 40))
    ).to_dict("records")
    assert (fila["veredicto_dice"], fila["veredicto"]) == ("sin_cambio", "baja")
    (otra,) = contrastar(
        *tablas(cifra("2019T1", 50.0), cifra("2021T1", 73.0), contado("2019", 5), contado("2021", 3))
    ).to_dict("records")
    assert (otra["veredicto_dice"], otra["veredicto"]) == ("sube", "sin_cambio")


def test_no_se_cruza_un_cambio_de_serie() -> None:
    """Desde 2024S2 la cuenta de hogares víctimas agrega fraudes: se compara hasta el semestre anterior."""
    victimas = [
        cifra(p, v, indicador="hogares_victimas") for p, v in (("2019S1", 45.0), ("2024S1", 21.0), ("2025S1", 30.0))
    ]
    registro = [contado(str(anio), 100) for anio in range(2019, 2026)]
    (fila,) = contrastar(*tablas(*victimas, *registro)).to_dict("records")
    assert (fila["periodo_hasta"], fila["hasta"]) == ("2024S1", "2024")


@pytest.mark.parametrize(
    "registro",
    [
        [contado("2021", 90)],
        [contado("2019", 180), contado("2021", 90, meses=6)],
        [contado("2019", 180), contado("2021", 90, tasa_100k=None)],
        [contado("2019", 180), contado("2021", 0, estado="no_publicado")],
    ],
    ids=["un solo año", "un año a medias", "sin población", "sin dato"],
)
def test_sin_dos_anios_en_comun_no_se_prueba(registro: list[dict[str, Any]]) -> None:
    (fila,) = contrastar(*tablas(cifra("2019T1", 80.0), cifra("2021T1", 60.0), *registro)).to_dict("records")
    assert fila["motivo"] == SIN_COMUN
    assert pd.isna(fila["p"])
    assert (fila["veredicto"], fila["veredicto_dice"]) == ("sin_prueba", "sin_prueba")


def test_la_correccion_cuenta_una_vez_cada_cambio() -> None:
    """Dos delitos contra la misma percepción son tres pruebas, no cuatro."""
    registro = [contado(a, c) for a, c in (("2019", 180), ("2021", 90))]
    otros = [contado(a, c, indicador="feminicidio") for a, c in (("2019", 9), ("2021", 8))]
    filas = contrastar(*tablas(cifra("2019T1", 80.0), cifra("2021T1", 74.0), *registro, *otros))
    assert filas["pruebas"].unique().tolist() == [3]
    assert filas["p_holm_dice"].nunique() == 1
    percepcion, homicidio, feminicidio = filas["p_dice"].iloc[0], filas["p"].iloc[0], filas["p"].iloc[1]
    esperados = inferencia.holm([percepcion, homicidio, feminicidio])
    assert filas["p_holm"].tolist() == pytest.approx([esperados[1], esperados[2]])
    assert filas["p_holm_dice"].iloc[0] == pytest.approx(esperados[0])
    assert filas["veredicto_dice"].iloc[0] == "no_con_holm"  # p = 0.034 solo; con tres pruebas, ya no


def test_cada_municipio_de_un_area_es_una_serie() -> None:
    registro = [contado(a, 50, lugar=m, nombre=m) for m in ("MX-05035", "MX-10007") for a in ("2019", "2021")]
    filas = contrastar(*tablas(cifra("2019T1", 50.0), cifra("2021T1", 50.0), *registro))
    assert filas["lugar"].tolist() == ["MX-05035", "MX-10007"]


def test_sin_error_no_hay_prueba_y_sin_nada_no_hay_filas() -> None:
    (fila,) = contrastar(
        *tablas(
            cifra("2019T1", 80.0, error_estandar=None), cifra("2021T1", 60.0), contado("2019", 9), contado("2021", 9)
        )
    ).to_dict("records")
    assert fila["veredicto_dice"] == "sin_prueba"
    assert contrastar(pd.DataFrame(), pd.DataFrame()).empty
