"""Los comparables propuestos, con municipios de juguete: cada término de la distancia se cuenta con los dedos."""

from __future__ import annotations

import pandas as pd
import pytest

from atalaya.estadistica import pares

MUNICIPIOS = pd.DataFrame(
    [
        # lugar, país, personas, km2, cobertura
        ("MX-00001", "MX", 1_000_000, 100.0, "propia"),  # el elegido: 10 000 por km²
        ("MX-00002", "MX", 2_000_000, 200.0, "propia"),  # el doble de gente, igual densidad: distancia 1
        ("MX-00003", "MX", 1_000_000, 400.0, "propia"),  # igual gente, la cuarta parte de densidad: distancia 2
        ("MX-00004", "MX", 1_000_000, 100.0, "ninguna"),  # idéntico, pero sin encuesta
        ("MX-00005", "MX", 1_000_000, 1_000.0, "propia"),  # disperso: 1 000 por km²
        ("MX-00006", "MX", 1_000_000, 100.0, "compartida"),  # idéntico, dentro de un área mayor
        ("CL-00001", "CL", 500_000, 100.0, "propia"),  # la mitad de gente y de densidad: distancia √2
        ("CL-00002", "CL", 1_000_000, 100.0, "propia"),  # idéntico, pero aislado: densa sin vecino denso
    ],
    columns=["lugar", "pais", "personas", "km2", "cobertura"],
).assign(nombre=lambda t: t["lugar"])
VECINOS = pd.DataFrame(
    [
        ("MX-00001", "MX-00002"),
        ("MX-00003", "MX-00004"),
        ("MX-00005", "MX-00001"),
        ("MX-00006", "MX-00001"),
        ("CL-00001", "CL-00003"),
        ("CL-00002", "CL-00009"),
    ],
    columns=["lugar", "vecino"],
)


@pytest.fixture
def municipios() -> pd.DataFrame:
    densa = pd.DataFrame(
        [("CL-00003", "CL", 200_000, 100.0, "ninguna", "CL-00003")],
        columns=["lugar", "pais", "personas", "km2", "cobertura", "nombre"],
    )
    return pares.con_clase(pd.concat([MUNICIPIOS, densa], ignore_index=True), VECINOS)


def test_la_clase_sale_de_la_densidad_y_de_los_vecinos(municipios: pd.DataFrame) -> None:
    clases = dict(zip(municipios["lugar"], municipios["clase"], strict=True))
    assert clases["MX-00001"] == clases["MX-00002"] == clases["MX-00003"] == clases["CL-00001"] == "conurbado"
    assert clases["MX-00005"] == "disperso"  # aunque toque a uno denso
    assert clases["CL-00002"] == "denso"  # su vecino no es denso


def test_distancia_cuenta_duplicaciones(municipios: pd.DataFrame) -> None:
    propuestos = pares.proponer("MX-00001", municipios).set_index("lugar")
    assert propuestos.loc["MX-00002", "distancia"] == pytest.approx(1)
    assert propuestos.loc["MX-00003", "distancia"] == pytest.approx(2)
    assert propuestos.loc["CL-00001", "distancia"] == pytest.approx(2**0.5)


def test_primero_su_pais_y_su_clase_y_nadie_sin_cifra_propia(municipios: pd.DataFrame) -> None:
    propuestos = pares.proponer("MX-00001", municipios)
    # MX-00005 también tiene cifra propia, pero queda a más de tres duplicaciones: no es un par.
    assert list(propuestos["lugar"]) == ["MX-00002", "MX-00003", "CL-00001", "CL-00002"]
    assert list(propuestos["orden"]) == [1, 2, 1, 2]
    assert set(propuestos["cobertura"]) == {"propia"}


def test_el_identico_de_otra_clase_va_despues_y_la_razon_lo_dice(municipios: pd.DataFrame) -> None:
    propuestos = pares.proponer("MX-00001", municipios).set_index("lugar")
    assert propuestos.loc["CL-00002", "distancia"] == 0
    assert "no hay más de su clase: éste es denso" in propuestos.loc["CL-00002", "razon"]
    assert propuestos.loc["CL-00001", "razon"] == (
        "0.5 veces su población (500,000 y 1,000,000); 0.5 veces su densidad (5,000 y 10,000 habitantes por km²); "
        "misma clase: denso y pegado a otro denso; con cifra propia de encuesta."
    )


def test_es_simetrica_en_la_distancia(municipios: pd.DataFrame) -> None:
    ida = pares.proponer("MX-00001", municipios).set_index("lugar").loc["CL-00001", "distancia"]
    vuelta = pares.proponer("CL-00001", municipios).set_index("lugar").loc["MX-00001", "distancia"]
    assert ida == pytest.approx(vuelta)


def test_cuantos_de_cada_pais(municipios: pd.DataFrame) -> None:
    propuestos = pares.proponer("MX-00001", municipios, por_pais=1)
    assert list(propuestos["lugar"]) == ["MX-00002", "CL-00001"]


@pytest.mark.parametrize("cambio", [{"personas": float("nan")}, {"km2": 0.0}])
def test_sin_poblacion_o_sin_superficie_no_se_propone_nada(municipios: pd.DataFrame, cambio: dict[str, float]) -> None:
    rota = municipios.copy()
    for columna, valor in cambio.items():
        rota[columna] = rota[columna].astype(float).mask(rota["lugar"] == "MX-00001", valor)
    assert pares.proponer("MX-00001", rota).empty
    assert "MX-00001" not in set(pares.proponer("MX-00002", rota)["lugar"])
    assert pares.proponer("XX-99999", municipios).empty
