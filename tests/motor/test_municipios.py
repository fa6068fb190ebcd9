"""Los municipios con su población y su cobertura: lo que se propone como comparable sale de aquí."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from registros_de_juguete import poblacion

from atalaya.acervo.publicacion import Entrega, publicar
from atalaya.contratos import TABLAS
from atalaya.motor import abrir


def cifra(lugar: str, fuente: str, indicador: str, estado: str = "dato") -> dict[str, Any]:
    """Una estimación con lo indispensable."""
    valores = dict.fromkeys(TABLAS["estimacion"].names)
    fija = {"periodo": "2024T1", "desglose": "total", "metodo": "publicada", "edicion": "2024T1"}
    fija |= {"archivo": "cifras", "cuadro": "1", "celda": "A1"}
    dato = {"valor_pct": 50.0 if estado == "dato" else None, "estado": estado}
    return {**valores, **fija, **dato, "lugar": lugar, "fuente": fuente, "indicador": indicador}


@pytest.fixture
def municipios(tmp_path: Path) -> dict[str, dict[str, Any]]:
    cifras = [
        cifra("MX-CD28", "ensu", "inseguridad_ciudad"),  # Nezahualcóyotl, ella sola
        cifra("MX-CD01", "ensu", "inseguridad_ciudad"),  # Aguascalientes: dos municipios
        cifra("CL-13122", "enusc", "victimizacion_hogar"),
        cifra("CL-13101", "enusc", "victimizacion_hogar", "suprimido"),
    ]
    lugares = ("MX-15058", "MX-01001", "MX-01002", "CL-13122", "CL-13101", "MX-15", "MX")
    gente = [poblacion(lugar, 2024, 1_000 + k) for k, lugar in enumerate(lugares)]
    gente += [poblacion("MX-15058", 2023, 5), poblacion("MX-15058", 2024, 500, sexo="mujeres")]
    entregas = [
        Entrega("ensu", "2024T1", "cifras", "https://ejemplo.invalid/", "0" * 64, 1, "r",
                {"estimacion": pa.Table.from_pylist(cifras, schema=TABLAS["estimacion"])}, "cifras"),
        Entrega("conapo", "2023", "poblacion.csv", "https://ejemplo.invalid/", "1" * 64, 1, "r",
                {"poblacion": pa.Table.from_pylist(gente, schema=TABLAS["poblacion"])}, "poblacion"),
    ]  # fmt: skip
    publicar(tmp_path, entregas)
    return {fila["lugar"]: fila for fila in abrir(tmp_path).correr("mostrar/municipios", anio=2024).to_pylist()}


def test_solo_municipios_y_comunas_con_la_poblacion_de_ese_ano(municipios: dict[str, dict[str, Any]]) -> None:
    assert {lugar: fila["personas"] for lugar, fila in municipios.items()} == {
        "MX-15058": 1_000,
        "MX-01001": 1_001,
        "MX-01002": 1_002,
        "CL-13122": 1_003,
        "CL-13101": 1_004,
    }


def test_la_cobertura_dice_si_la_cifra_es_suya(municipios: dict[str, dict[str, Any]]) -> None:
    assert {lugar: (fila["cobertura"], fila["con_cifra"]) for lugar, fila in municipios.items()} == {
        "MX-15058": ("propia", "MX-CD28"),
        "MX-01001": ("compartida", "MX-CD01"),
        "MX-01002": ("ninguna", None),
        "CL-13122": ("propia", "CL-13122"),
        "CL-13101": ("ninguna", None),  # suprimida no es cifra
    }
