"""El reloj de una evaluación y las dos voces de cada recomendación."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from seguimiento_de_juguete import evaluaciones, recomendacion, tabla, voz

from atalaya import motor
from atalaya.figuras import voces as dicho

HOY = "2021-03-01"


@pytest.fixture(scope="module")
def casa() -> Iterator[motor.Motor]:
    """El motor sobre el acervo del proyecto."""
    uno = motor.abrir(perezoso=True)
    yield uno
    uno.cerrar()


def correr(casa: motor.Motor, consulta: str, tablas: dict[str, Any] | None = None, **p: Any) -> list[dict[str, Any]]:
    """Las filas de una consulta sobre las tablas de juguete."""
    filas: list[dict[str, Any]] = casa.correr_con(f"mostrar/{consulta}", tablas or evaluaciones(), **p).to_pylist()
    return filas


def una(casa: motor.Motor, hoy: str = HOY, **cambios: Any) -> dict[str, Any]:
    """La evaluación de juguete con esos cambios."""
    base = evaluaciones()["evaluaciones"].to_pylist()[0]
    return correr(
        casa, "evaluaciones_vistas", evaluaciones(evaluaciones=tabla("evaluaciones", base | cambios)), hoy=hoy
    )[0]


def test_el_reloj_de_180_dias_y_los_357_que_duro(casa: motor.Motor) -> None:
    fila = una(casa)
    assert (fila["limite"], fila["dias"], fila["reloj"]) == ("2020-08-22", 357, "fuera de plazo")
    frase = dicho.decir_reloj(fila)
    assert "hasta **180 días**, que llegan al 22 de agosto de 2020" in frase
    assert "**357 días**" in frase
    assert "177 más" in frase


def test_mientras_no_acaba_el_reloj_corre_hasta_la_fecha(casa: motor.Motor) -> None:
    assert una(casa, hoy="2020-08-22", fin=None)["reloj"] == "corriendo"
    vencida = una(casa, hoy="2020-08-23", fin=None)
    assert (vencida["reloj"], vencida["dias"]) == ("vencido sin cerrar", 181)
    assert una(casa, hoy="2020-05-01")["reloj"] == "corriendo", "a esa fecha el fin todavía no llegaba"
    assert una(casa, fin="2020-08-22")["reloj"] == "a tiempo"


def test_sin_plazo_o_sin_dia_entero_no_se_inventa(casa: motor.Motor) -> None:
    assert una(casa, plazo_dias=None)["reloj"] == "sin plazo"
    sin_dia = una(casa, inicio="2020-02")
    assert (sin_dia["dias"], sin_dia["limite"], sin_dia["reloj"]) == (None, None, "sin plazo")
    assert "no se cuentan días" in dicho.decir_reloj(sin_dia)


def test_las_dos_voces_se_comparan_por_lo_ultimo_que_dijeron(casa: motor.Motor) -> None:
    filas = {f["recomendacion"]: f for f in correr(casa, "recomendaciones_vistas", hoy=HOY)}
    assert {clave: f["acuerdo"] for clave, f in filas.items()} == {
        "r1": "discrepan",
        "r2": "coinciden",
        "r3": "sólo el observatorio",
        "r4": "ninguna",
    }
    assert (filas["r1"]["autoridad_postura"], filas["r1"]["autoridad_evidencia"]) == ("atendida", "oficio 7")
    assert filas["r1"]["dias_sin_respuesta"] == 31
    antes = {f["recomendacion"]: f for f in correr(casa, "recomendaciones_vistas", hoy="2020-12-31")}
    assert (antes["r1"]["autoridad_postura"], antes["r1"]["acuerdo"]) == ("no atendida", "sólo la autoridad")


def test_la_historia_no_pisa_nada(casa: motor.Motor) -> None:
    filas = correr(casa, "voces_en_orden", evaluacion="ev")
    assert len(filas) == 6
    assert [f["postura"] for f in filas if f["recomendacion"] == "r1" and f["voz"] == "autoridad"] == [
        "atendida",
        "no atendida",
    ]


def test_la_matriz_cuenta_las_recomendaciones_y_ninguna_se_pierde(casa: motor.Motor) -> None:
    celdas = correr(casa, "criterios_por_perspectiva", evaluacion="ev")
    cuentas = {(c["criterio"], c["perspectiva"]): c["recomendaciones"] for c in celdas}
    assert cuentas["social", "género"] == 2
    assert cuentas["técnico", "penal"] == 1
    assert cuentas["técnico", "sin decir"] == 1
    assert cuentas["social", "penal"] == 0
    assert sum(cuentas.values()) == 4
    sin = evaluaciones(recomendaciones=tabla("recomendaciones"))
    vacia = correr(casa, "criterios_por_perspectiva", sin, evaluacion="ev")
    assert [(c["criterio"], c["perspectiva"], c["recomendaciones"]) for c in vacia] == [
        ("social", "género", 0),
        ("social", "penal", 0),
        ("técnico", "género", 0),
        ("técnico", "penal", 0),
    ]


def test_el_texto_alternativo_dice_primero_donde_discrepan(casa: motor.Motor) -> None:
    tablas = evaluaciones(
        recomendaciones=tabla("recomendaciones", recomendacion("r1", 1), recomendacion("r2", 2)),
        voces=tabla(
            "voces",
            voz("r1", "autoridad", "2021-01-01", "atendida"),
            voz("r1", "observatorio", "2021-01-01", "atendida"),
            voz("r2", "autoridad", "2021-01-01", "atendida"),
            voz("r2", "observatorio", "2021-01-01", "no atendida"),
        ),
    )
    texto = dicho.describir(pd.DataFrame(correr(casa, "recomendaciones_vistas", tablas, hoy=HOY)))
    assert "discrepan en 1" in texto
    assert texto.index("Recomendación r2") < texto.index("Recomendación r1")
