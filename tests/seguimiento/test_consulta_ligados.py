"""La consulta de resultados ligados busca la cifra de quien la tiene: el área del municipio, o al revés."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from seguimiento_de_juguete import tabla

from atalaya import motor

LIGA = {
    "objeto": "transferencias",
    "clave": "t",
    "sentido": "baja",
    "quien_liga": "la prueba",
    "razon": "de juguete",
}


@pytest.fixture(scope="module")
def casa() -> Iterator[motor.Motor]:
    """El motor sobre el acervo del proyecto."""
    uno = motor.abrir()
    yield uno
    uno.cerrar()


def ligas(casa: motor.Motor, *filas: dict[str, Any], objeto: str = "transferencias") -> list[dict[str, Any]]:
    """Las filas de la consulta para esas ligas."""
    tablas = {"indicadores_ligados": tabla("indicadores_ligados", *({**LIGA, **fila} for fila in filas))}
    hallada: list[dict[str, Any]] = casa.correr_con("mostrar/ligados", tablas, objeto=objeto).to_pylist()
    return hallada


def test_de_un_municipio_que_es_un_area_la_encuesta_da_la_del_area(casa: motor.Motor) -> None:
    fila = ligas(
        casa, {"indicador": "inseguridad_ciudad", "lugar": "MX-15058", "antes": "2019T2", "despues": "2025T2"}
    )[0]
    assert (fila["lugar"], fila["lugar_cifra"], fila["es_conteo"]) == ("MX-15058", "MX-CD28", False)
    assert fila["valor_pct_de"] == pytest.approx(76.62, abs=0.01)
    assert fila["error_estandar_a"] > 0
    assert fila["casos_de"] is None


def test_de_un_area_de_un_municipio_los_delitos_son_los_del_municipio(casa: motor.Motor) -> None:
    fila = ligas(casa, {"indicador": "homicidio_doloso", "lugar": "MX-CD28", "antes": "2019", "despues": "2024"})[0]
    assert (fila["lugar_cifra"], fila["es_conteo"]) == ("MX-15058", True)
    assert (fila["casos_de"], fila["casos_a"], fila["meses_a"]) == (181, 74, 12)
    assert fila["poblacion_a"] > 1_000_000


def test_lo_que_falta_sale_nulo_y_la_liga_no_se_pierde(casa: motor.Motor) -> None:
    filas = ligas(
        casa,
        {"indicador": "inseguridad_ciudad", "lugar": "MX-15058", "antes": "2020T2", "despues": "2025T2"},
        {"indicador": "no_existe", "lugar": "MX-15058", "antes": "2024T1", "despues": "2025T2"},
    )
    assert [(f["indicador"], f["valor_pct_de"]) for f in filas] == [("inseguridad_ciudad", None), ("no_existe", None)]
    assert filas[1]["fuente"] is None
    assert (
        ligas(casa, {"indicador": "x", "lugar": "MX", "antes": "2024", "despues": "2025"}, objeto="compromisos") == []
    )
