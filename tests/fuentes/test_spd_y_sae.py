"""Víctimas de homicidio y estimación en áreas pequeñas, con archivos de juguete: ceros, errores y rechazos."""

from __future__ import annotations

from math import exp, log
from pathlib import Path
from typing import Any

import pytest
from registros_de_chile import Filas, escribir_json, preparada

from atalaya.errores import ErrorFuente
from atalaya.fuentes import enusc_sae, spd_homicidios
from atalaya.incorporacion import reconocer

AVISO = "2025 data is partial and unconsolidated. Communes with zero homicides are absent (not zeroed)."


def victima(cut: str = "13122", nombre: str = "Peñalolén", anio: int = 2023, casos: Any = 11) -> dict[str, Any]:
    return {"cut": cut, "name": nombre, "year": anio, "homicides": casos}


def victimas() -> Filas:
    return [victima(), victima(anio=2025, casos=13), victima("5101", "Valparaíso", 2024, 7)]


def sae(p: float = 0.1, ee: float = 0.01, **cambios: Any) -> dict[str, Any]:
    """Una comuna cuyo cv y cuyo intervalo salen del mismo error estándar."""
    centro, radio = log(p / (1 - p)), 1.959963984540054 * ee / (p * (1 - p))
    inferior, superior = (1 / (1 + exp(-(centro + signo * radio))) for signo in (-1, 1))
    return {
        "cut": "13122",
        "name": "Peñalolén",
        "vhdv_rate": p,
        "ci_lower": inferior,
        "ci_upper": superior,
        "tipo_estimacion": "Sintética",
        "cv": ee / (p * -log(p)),
        **cambios,
    }


@pytest.fixture
def ruta(tmp_path: Path) -> Path:
    return tmp_path / "un nombre cualquiera"


def test_se_reconocen_por_los_campos_de_sus_registros(ruta: Path) -> None:
    assert reconocer(escribir_json(ruta, victimas(), caveat=AVISO)) is spd_homicidios
    assert reconocer(escribir_json(ruta, [sae()], vintage="2024")) is enusc_sae
    for contenido in ('{"records": []}', '{"records": [1]}', "[1, 2]", '{"a": ', "{}", '{"records": {"cut": 1}}'):
        ruta.write_text(contenido, encoding="utf-8")
        assert not spd_homicidios.reconocer(ruta)
        assert not enusc_sae.reconocer(ruta)
    assert not spd_homicidios.reconocer(ruta.parent)


def test_que_ausencia_es_cero(ruta: Path) -> None:
    filas = preparada(spd_homicidios, escribir_json(ruta, victimas(), caveat=AVISO))
    casos = {(f["lugar"], f["periodo"]): (f["casos"], f["estado"]) for f in filas}
    assert casos["CL-13122", "2023"] == (11, "dato")
    assert casos["CL-13122", "2024"] == (0, "dato")  # está en el archivo y 2024 está consolidado
    assert casos["CL-13122", "2025"] == (13, "dato")
    assert casos["CL-05101", "2023"] == (0, "dato")
    assert casos["CL-05101", "2025"] == (None, "no_disponible")  # 2025 puede sumar víctimas
    assert casos["CL-01101", "2023"] == (None, "no_disponible")  # nunca sale: no se sabe si es cero
    assert len(casos) == 346 * 3
    assert {f["lugar"] for f in filas}.isdisjoint({"CL", "CL-13"})


def test_el_cero_a_la_izquierda_y_la_grafia_de_la_otra_oficina(ruta: Path) -> None:
    dos = [victima("05101", "Valparaíso"), victima("11101", "Coyhaique")]
    filas = preparada(spd_homicidios, escribir_json(ruta, dos, caveat=AVISO))
    assert {f["lugar"] for f in filas if f["casos"]} == {"CL-05101", "CL-11101"}


@pytest.mark.parametrize(
    ("malo", "esperado"),
    [
        (victima("99999", anio=2024), "comuna de Chile"),
        (victima("13a22", anio=2024), "código (CUT)"),
        (victima("13101", "Peñalolén", 2024), "el nombre de la comuna"),
        (victima(anio=2024, casos=0), "una víctima o más"),
        (victima(anio=2024, casos=-3), "una víctima o más"),
        (victima(anio=2024, casos=1.5), "los tipos"),
        (victima(anio=2024, casos="once"), "los tipos"),
        (victima(anio=2024, casos=None), "todos con valor"),
        ({**victima(anio=2024), "sexo": "mujer"}, "los campos"),
        (victima(), "un registro por comuna y año"),
        (victima(anio=2021), "años seguidos"),
    ],
)
def test_las_victimas_malas_se_rechazan(ruta: Path, malo: dict[str, Any], esperado: str) -> None:
    with pytest.raises(ErrorFuente) as falla:
        spd_homicidios.leer(escribir_json(ruta, [*victimas(), malo], caveat=AVISO))
    assert esperado in falla.value.esperado


def test_si_el_aviso_ya_no_dice_que_es_una_ausencia_no_se_lee(ruta: Path) -> None:
    with pytest.raises(ErrorFuente, match="caveat"):
        spd_homicidios.leer(escribir_json(ruta, victimas(), caveat="Todo bien."))


def test_la_experimental_lleva_su_error_y_su_tipo(ruta: Path) -> None:
    filas = [sae(), sae(0.03, 0.006, cut="5101", name="Valparaíso", tipo_estimacion="Directa y sintética")]
    valparaiso, penalolen = preparada(enusc_sae, escribir_json(ruta, filas, vintage="2024"))
    assert penalolen["valor_pct"] == pytest.approx(10)
    assert penalolen["error_estandar"] == pytest.approx(1)
    assert penalolen["cv_pct"] == pytest.approx(10)  # error ÷ valor; el publicado es del logaritmo
    assert penalolen["ic_inf"] < 10 < penalolen["ic_sup"]
    assert penalolen["ic_sup"] - 10 > 10 - penalolen["ic_inf"]
    assert (penalolen["metodo"], penalolen["nivel_confianza"], penalolen["precision"]) == ("experimental", 95, None)
    assert (penalolen["n"], penalolen["gl"], penalolen["numerador"]) == (None, None, None)
    assert valparaiso["celda"].startswith("Directa y sintética")
    assert {f["indicador"] for f in (valparaiso, penalolen)} == {"victimizacion_hogar_violenta"}


@pytest.mark.parametrize(
    ("malo", "esperado"),
    [
        (sae(cut="13101"), "el nombre de la comuna"),
        (sae(tipo_estimacion="Directa"), "Sintética"),
        (sae(vhdv_rate=10.0), "dentro de su intervalo"),
        (sae(ci_upper=0.05), "dentro de su intervalo"),
        (sae(cv=0.2), "el mismo error estándar"),
        (sae(ci_upper=0.13), "el mismo error estándar"),
        (sae(cv="alto"), "los tipos"),
        (sae(cv=None), "todos con valor"),
    ],
)
def test_lo_experimental_malo_se_rechaza(ruta: Path, malo: dict[str, Any], esperado: str) -> None:
    with pytest.raises(ErrorFuente) as falla:
        enusc_sae.leer(escribir_json(ruta, [malo], vintage="2024"))
    assert esperado in falla.value.esperado


def test_comuna_repetida_o_sin_ano(ruta: Path) -> None:
    with pytest.raises(ErrorFuente, match="1 repetidos"):
        enusc_sae.leer(escribir_json(ruta, [sae(), sae()], vintage="2024"))
    with pytest.raises(ErrorFuente, match="vintage"):
        enusc_sae.leer(escribir_json(ruta, [sae()], vintage="junio"))
