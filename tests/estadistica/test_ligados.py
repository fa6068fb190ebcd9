"""El resultado de un compromiso, con números que se pueden hacer a mano."""

from __future__ import annotations

from math import sqrt
from typing import Any

import pytest

from atalaya.estadistica.ligados import probar
from atalaya.figuras import ligados as dicho

LADOS = ("de", "a")
VACIO = ("valor_pct", "error_estandar", "gl", "metodo", "casos", "meses", "poblacion")


def liga(de: dict[str, Any], a: dict[str, Any], **cambios: Any) -> dict[str, Any]:
    """Una fila de `mostrar/ligados`: confianza en Nezahualcóyotl, de 2024T1 a 2025T1, y se esperaba que subiera."""
    lados = {f"{c}_{lado}": suyo.get(c) for c in VACIO for lado, suyo in zip(LADOS, (de, a), strict=True)}
    return {
        "clave": "c1",
        "indicador": "confianza_policia_municipal",
        "lugar": "MX-15058",
        "lugar_cifra": "MX-CD28",
        "fuente": "ensu",
        "es_conteo": False,
        "sentido": "sube",
        "antes": "2024T1",
        "despues": "2025T1",
        **lados,
        **cambios,
    }


def cifra(valor: float, error: float | None) -> dict[str, Any]:
    """Una cifra de encuesta con error bien conocido."""
    return {"valor_pct": valor, "error_estandar": error, "metodo": "publicada"}


def test_la_diferencia_y_su_margen_son_los_de_la_cuenta_a_mano() -> None:
    una = probar([liga(cifra(50, 3), cifra(60, 4))])[0]
    assert una["diferencia"] == pytest.approx(10)
    assert una["ic_inf"] == pytest.approx(10 - 1.959964 * 5, abs=1e-4)
    assert (una["veredicto"], una["lectura"]) == ("sube", "se_movio")


def test_un_cambio_menor_que_su_error_no_se_movio() -> None:
    una = probar([liga(cifra(50, 3), cifra(59, 4))])[0]
    assert (una["veredicto"], una["lectura"]) == ("sin_cambio", "no_se_movio")
    assert "no se movió más que su error" in dicho.resumen([una])
    assert "+9.0 puntos" in dicho.frase(una)


def test_moverse_al_reves_no_es_lo_esperado() -> None:
    una = probar([liga(cifra(60, 3), cifra(45, 3))])[0]
    assert (una["veredicto"], una["lectura"]) == ("baja", "al_reves")
    assert probar([liga(cifra(60, 3), cifra(45, 3), sentido="baja")])[0]["lectura"] == "se_movio"


def test_holm_ajusta_entre_las_ligas_de_una_misma_clave_y_no_entre_claves() -> None:
    apenas = liga(cifra(50, 3), cifra(50 + 2.05 * sqrt(18), 3))  # p = 0.040 por sí sola
    nada = liga(cifra(50, 3), cifra(50, 3), indicador="inseguridad_ciudad")
    assert probar([apenas])[0]["veredicto"] == "sube"
    juntas = probar([apenas, nada])
    assert (juntas[0]["veredicto"], juntas[0]["lectura"]) == ("no_con_holm", "no_se_movio")
    assert probar([apenas, {**nada, "clave": "c2"}])[0]["veredicto"] == "sube"


def test_lo_que_no_se_puede_probar_dice_por_que() -> None:
    casos = {
        "sin_cifra": liga(cifra(50, 3), {}),
        "sin_prueba": liga(cifra(50, None), cifra(60, 3)),
        "no_comparable": liga(cifra(50, 3), {**cifra(60, 3), "metodo": "experimental"}),
    }
    for veredicto, fila in casos.items():
        una = probar([fila])[0]
        assert (una["veredicto"], una["lectura"]) == (veredicto, "no_se_sabe")
        assert una["motivo"]
        assert una["motivo"] in dicho.frase(una)
    assert "marzo de 2025" in probar([casos["sin_cifra"]])[0]["motivo"]


def test_no_se_calcula_nada_a_traves_de_una_ruptura() -> None:
    """El catálogo dice que la confianza en el gobierno municipal cambia de escala en 2024T3."""
    una = probar([liga(cifra(50, 1), cifra(90, 1), indicador="confianza_gobierno_municipal")])[0]
    assert una["veredicto"] == "ruptura"
    assert una["diferencia"] != una["diferencia"]
    assert dicho.cambio(una) == "—"


def test_periodos_al_reves_no_se_comparan() -> None:
    una = probar([liga(cifra(50, 1), cifra(90, 1), antes="2025T1", despues="2024T1")])[0]
    assert (una["veredicto"], una["lectura"]) == ("no_comparable", "no_se_sabe")


def conteo(casos: int, meses: int = 12) -> dict[str, Any]:
    """Casos de un año entre cien mil personas."""
    return {"casos": casos, "meses": meses, "poblacion": 100_000}


def test_de_conteo_se_prueba_la_tasa_y_un_anio_a_medias_no() -> None:
    cosas = {"indicador": "homicidio_doloso", "es_conteo": True, "fuente": "sesnsp", "sentido": "baja"}
    anios = {"antes": "2022", "despues": "2024", "lugar_cifra": "MX-15058"}
    una = probar([liga(conteo(100), conteo(50), **cosas, **anios)])[0]
    assert una["diferencia"] == pytest.approx(-50)
    assert (una["veredicto"], una["lectura"], una["unidad_cambio"]) == ("baja", "se_movio", "% de la tasa")
    assert probar([liga(conteo(10), conteo(8), **cosas, **anios)])[0]["lectura"] == "no_se_movio"
    a_medias = probar([liga(conteo(100), conteo(50, 6), **cosas, **anios)])[0]
    assert "a medias" in a_medias["motivo"]


def test_el_resumen_de_varios_los_cuenta() -> None:
    filas = probar([liga(cifra(50, 1), cifra(90, 1)), liga(cifra(50, 3), cifra(50, 3), indicador="inseguridad_ciudad")])
    assert dicho.resumen(filas).startswith("de 2 resultados, 1 se movió más que su error, hacia donde se esperaba")
    assert dicho.resumen([]) == ""
