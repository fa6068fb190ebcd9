"""Lo que INEGI dijo en sus boletines: en cuántas ciudades cambió la inseguridad. La calibración no los usa.

INEGI prueba al 90 %, con los trimestres como independientes. Cifras de los comunicados de la ENSU de junio y septiembre
de 2024 y de marzo de 2025.
"""

from __future__ import annotations

from collections import Counter

import pytest

from atalaya.acervo.lectura import DEL_PROYECTO
from atalaya.motor import Motor, abrir
from atalaya.ordenes.cambios import probar

BOLETINES = [
    ("2024T1", "2024T2", {"baja": 10, "sube": 5}),
    ("2024T2", "2024T3", {"baja": 8, "sube": 4}),
    ("2024T1", "2025T1", {"baja": 14, "sube": 20}),
]


@pytest.fixture(scope="module")
def motor() -> Motor:
    return abrir(DEL_PROYECTO)


@pytest.mark.parametrize(("de", "a", "boletin"), BOLETINES, ids=str)
def test_tantos_cambios_como_dice_inegi(motor: Motor, de: str, a: str, boletin: dict[str, int]) -> None:
    filas = motor.correr("mostrar/cambios", indicador="inseguridad_ciudad", de=de, a=a, desglose="total").to_pylist()
    areas = [fila for fila in probar(filas, "inseguridad_ciudad", de, a, 90) if fila["lugar"] != "MX"]
    veredictos = Counter(fila["veredicto"] for fila in areas)
    assert set(veredictos) <= {"sube", "baja", "sin_cambio"}  # todas las ciudades tienen su prueba
    cambian = veredictos["sube"] + veredictos["baja"]
    assert abs(cambian - sum(boletin.values())) <= 2
    for sentido, cuantas in boletin.items():
        assert abs(veredictos[sentido] - cuantas) <= 2


def test_una_comuna_experimental_no_se_compara_con_la_de_la_muestra(motor: Motor) -> None:
    """Ni estorba a las demás: Holm se ajusta sólo entre lo que se prueba."""
    clave = "victimizacion_hogar_violenta"
    filas = motor.correr("mostrar/cambios", indicador=clave, de="2023", a="2024", desglose="total").to_pylist()
    regiones = [fila for fila in filas if len(fila["lugar"]) == 5]
    comuna = next(fila for fila in filas if fila["lugar"] == "CL-13122")
    comuna |= {campo.replace("_de", "_a"): valor for campo, valor in comuna.items() if campo.endswith("_de")}
    comuna |= {"metodo_a": "experimental", "valor_pct_a": 30.0}
    solas = probar(regiones, clave, "2023", "2024", 90)
    *acompanadas, de_comuna = probar([*regiones, comuna], clave, "2023", "2024", 90)
    assert de_comuna["veredicto"] == "no_comparable"
    assert "experimental" in de_comuna["nota"]
    assert de_comuna["diferencia"] is None
    assert [r["p_holm"] for r in acompanadas] == [r["p_holm"] for r in solas]


def test_en_chile_el_pais_va_aparte_de_sus_regiones(motor: Motor) -> None:
    """La nación se prueba sola: su p no se ajusta con las de sus regiones, ni las cuenta."""
    cifras = motor.correr("mostrar/cambios", indicador="victimizacion_hogar", de="2024", a="2025", desglose="total")
    probadas = {fila["lugar"]: fila for fila in probar(cifras.to_pylist(), "victimizacion_hogar", "2024", "2025", 90)}
    assert len(probadas) == 17
    assert probadas["CL"]["p_holm"] == probadas["CL"]["p"]
    menor = min((fila for lugar, fila in probadas.items() if lugar != "CL"), key=lambda fila: fila["p"])
    assert menor["p_holm"] == pytest.approx(min(1, 16 * menor["p"]))
