"""Las consultas de participación, con tablas que se cuentan con los dedos: ninguna ausencia se vuelve cero."""

from __future__ import annotations

from typing import Any

import pytest
from seguido_de_juguete import acuerdo, asamblea, medida, proceso, tablas, territorio

from atalaya import motor

P = {"procesos": ["p"]}


@pytest.fixture(scope="module")
def motor_() -> motor.Motor:
    return motor.abrir()


def correr(motor_: motor.Motor, consulta: str, parametros: dict[str, Any], **filas: Any) -> list[dict[str, Any]]:
    """Las filas de `mostrar/<consulta>` sobre esas tablas."""
    return motor_.correr_con(f"mostrar/{consulta}", tablas(**filas), **parametros).to_pylist()


def cuentas(motor_: motor.Motor, *medidas: dict[str, Any], **otras: Any) -> dict[str, dict[str, Any]]:
    filas = correr(
        motor_, "cuentas", P, **{"procesos": [proceso()], "medidas": list(medidas), "territorios": [], **otras}
    )
    return {f["medida"]: f for f in filas if f["ultimo"]}


def test_por_mil_con_la_poblacion_del_anio_del_corte_o_del_documento(motor_: motor.Motor) -> None:
    suyas = cuentas(
        motor_,
        medida("con_fecha", 18_395, corte="2021", denominador="poblacion"),
        medida("sin_fecha", 18_567.87, denominador="poblacion"),
        medida("sin_pedirla", 5),
    )
    assert suyas["con_fecha"]["poblacion"] == 1_839_491  # CONAPO, Iztapalapa, 2021
    assert suyas["con_fecha"]["por_mil"] == pytest.approx(1000 * 18_395 / 1_839_491)
    assert suyas["con_fecha"]["anio_es"] == "corte"
    assert "CONAPO" in suyas["con_fecha"]["poblacion_es"]
    assert (suyas["sin_fecha"]["anio"], suyas["sin_fecha"]["anio_es"]) == (2020, "documento")
    assert suyas["sin_fecha"]["por_mil"] == pytest.approx(10)  # 1,856,787 habitantes en 2020
    assert suyas["sin_pedirla"]["por_mil"] is None


def test_sin_poblacion_de_ese_anio_no_hay_tasa_y_queda_dicho_el_anio(motor_: motor.Motor) -> None:
    fila = cuentas(motor_, medida("enlaces", 10, corte="1970", denominador="poblacion"))["enlaces"]
    assert (fila["anio"], fila["poblacion"], fila["por_mil"]) == (1970, None, None)


def test_la_del_territorio_es_la_suya_y_no_la_del_municipio(motor_: motor.Motor) -> None:
    barrio = territorio("t", habitantes=2_000, habitantes_fuente="INEGI 2020")
    fila = cuentas(motor_, medida("enlaces", 10, territorio="t", denominador="poblacion"), territorios=[barrio])[
        "enlaces"
    ]
    assert (fila["poblacion"], fila["por_mil"], fila["poblacion_es"]) == (2_000, 5.0, "INEGI 2020")
    sin_gente = territorio("t")
    fila = cuentas(motor_, medida("enlaces", 10, territorio="t", denominador="poblacion"), territorios=[sin_gente])[
        "enlaces"
    ]
    assert fila["por_mil"] is None


def test_los_cuatro_estados_siguen_siendo_cuatro_y_solo_lo_contado_se_divide(motor_: motor.Motor) -> None:
    suyas = cuentas(
        motor_,
        medida("todo", 20),
        medida("cero", 0, denominador="todo"),
        medida("parte", 5, denominador="todo"),
        medida("no_hubo", estado="no celebrado", denominador="todo"),
        medida("no_se_sabe", estado="no reportado", denominador="todo"),
        medida("tapado", estado="suprimido", denominador="todo"),
    )
    assert {c: (f["estado"], f["valor"], f["parte_pct"]) for c, f in suyas.items() if c != "todo"} == {
        "cero": ("dato", 0.0, 0.0),
        "parte": ("dato", 5.0, 25.0),
        "no_hubo": ("no celebrado", None, None),
        "no_se_sabe": ("no reportado", None, None),
        "tapado": ("suprimido", None, None),
    }


def test_un_todo_de_cero_o_que_no_se_conto_no_da_proporcion(motor_: motor.Motor) -> None:
    assert cuentas(motor_, medida("todo", 0), medida("parte", 0, denominador="todo"))["parte"]["parte_pct"] is None
    assert cuentas(motor_, medida("todo"), medida("parte", 3, denominador="todo"))["parte"]["parte_pct"] is None


def test_cada_corte_con_el_todo_de_su_corte_y_el_ultimo_marcado(motor_: motor.Motor) -> None:
    filas = correr(
        motor_, "cuentas", P, procesos=[proceso()], territorios=[],
        medidas=[
            medida("todo", 100, corte="2024"), medida("todo", 200, corte="2025"),
            medida("parte", 50, corte="2024", denominador="todo"),
            medida("parte", 50, corte="2025", denominador="todo"),
            medida("parte", 60, corte="2025-06", denominador="todo"),
        ],
    )  # fmt: skip
    partes = {f["corte"]: (f["parte_pct"], f["ultimo"], f["cortes"]) for f in filas if f["medida"] == "parte"}
    assert partes == {"2024": (50.0, False, 3), "2025": (25.0, False, 3), "2025-06": (30.0, True, 3)}


def embudo(motor_: motor.Motor, medidas: list[dict[str, Any]], territorios: list[dict[str, Any]]) -> list[Any]:
    filas = correr(motor_, "embudo", P, procesos=[proceso()], medidas=medidas, territorios=territorios)
    return [(f["etapa"], f["estado"], f["valor"], f["total"], f["parte_pct"]) for f in filas]


def test_embudo_de_lo_que_cuenta_el_documento_y_lo_que_calla(motor_: motor.Motor) -> None:
    medidas = [medida("territorios", 130), medida("diagnosticos", 130), medida("agendas", 52)]
    assert embudo(motor_, medidas, [territorio("t", "seguimiento")]) == [
        ("diagnóstico", "dato", 130.0, 130.0, 100.0),
        ("agenda", "dato", 52.0, 130.0, 40.0),
        ("seguimiento", "no dicho", None, 130.0, None),
    ]


def test_embudo_de_los_territorios_es_acumulado_y_no_esconde_los_que_no_dicen(motor_: motor.Motor) -> None:
    etapas = ["sin empezar", "diagnóstico", "agenda", "seguimiento", "no dicho"]
    territorios = [territorio(f"t{k}", etapa) for k, etapa in enumerate(etapas)]
    assert [(e, v, t) for e, _, v, t, _ in embudo(motor_, [], territorios)] == [
        ("diagnóstico", 3.0, 5.0),
        ("agenda", 2.0, 5.0),
        ("seguimiento", 1.0, 5.0),
    ]
    fila = correr(motor_, "embudo", P, procesos=[proceso()], medidas=[], territorios=territorios)[0]
    assert fila["sin_etapa"] == 1


ASAMBLEAS = [
    asamblea("a1", "t", asistentes=35, enlaces=4),
    asamblea("a2", "t", asistentes=0, enlaces=0),
    asamblea("a3", "t"),
    asamblea("a4", "t", "no celebrada"),
    asamblea("a5", "t", "no reportada"),
    asamblea("a6", "t", "suprimida", asistentes=50, enlaces=9),
]


def test_asambleas_cada_cosa_por_su_nombre_y_lo_suprimido_no_sale(motor_: motor.Motor) -> None:
    comun = {"procesos": [proceso()], "territorios": [territorio("t", habitantes=1_000)], "asambleas": ASAMBLEAS}
    filas = correr(motor_, "asambleas_vistas", P, **comun)
    assert {f["asamblea"]: (f["visto"], f["asistentes"], f["enlaces"], f["por_mil"]) for f in filas} == {
        "a1": ("celebrada", 35, 4, 35.0),
        "a2": ("cero", 0, 0, 0.0),
        "a3": ("sin cuenta", None, None, None),
        "a4": ("no celebrada", None, None, None),
        "a5": ("no reportada", None, None, None),
        "a6": ("suprimida", None, None, None),
    }
    (fila,) = correr(motor_, "territorios_vistos", P, acuerdos=[], **comun)
    assert [fila[c] for c in ("celebradas", "con_cero", "no_celebradas", "no_reportadas", "suprimidas")] == [
        3,
        1,
        1,
        1,
        1,
    ]
    assert (fila["enlaces"], fila["sin_cuenta"], fila["enlaces_por_mil"]) == (4, 3, 4.0)


def test_un_territorio_sin_asambleas_no_tiene_cero_enlaces(motor_: motor.Motor) -> None:
    (fila,) = correr(
        motor_, "territorios_vistos", P, procesos=[proceso()], territorios=[territorio("t")], asambleas=[], acuerdos=[]
    )
    assert (fila["celebradas"], fila["enlaces"], fila["acuerdos"]) == (None, None, None)


def test_acuerdos_vence_el_que_paso_su_plazo_y_no_consta_cumplido(motor_: motor.Motor) -> None:
    acuerdos = [
        acuerdo("tarde", "t", "en proceso", fin="2026-01-31"),
        acuerdo("hecho", "t", "cumplido", fin="2025-01-31"),
        acuerdo("este_mes", "t", "no reportado", fin="2026-02"),
        acuerdo("mes_pasado", "t", "no reportado", fin="2026-01"),
        acuerdo("sin_plazo", "t", "incumplido"),
    ]
    filas = correr(
        motor_, "acuerdos_vistos", {**P, "hoy": "2026-02-10"}, procesos=[proceso()], territorios=[territorio("t")],
        acuerdos=acuerdos,
    )  # fmt: skip
    assert {f["acuerdo"]: f["vencido"] for f in filas} == {
        "tarde": True, "hecho": False, "este_mes": False, "mes_pasado": True, "sin_plazo": False,
    }  # fmt: skip


def participantes(motor_: motor.Motor, total: dict[str, Any]) -> dict[str, Any]:
    partes = [
        {"proceso": "p", "procedencia": "A", "instituciones": 2, "hombres": 3, "mujeres": 4, "personas": 7},
        {"proceso": "p", "procedencia": "B", "instituciones": 1, "hombres": 1, "mujeres": 1, "personas": 2},
        {"proceso": "p", "procedencia": "total", **total},
    ]
    filas = correr(motor_, "participantes_sumados", P, procesos=[proceso()], participantes=partes)
    assert filas[-1]["es_total"]
    return filas[-1]


def test_el_total_del_documento_se_comprueba_y_no_se_corrige(motor_: motor.Motor) -> None:
    bien = participantes(motor_, {"hombres": 4, "mujeres": 5, "personas": 9})
    assert (bien["cuadra"], bien["suma_personas"], bien["instituciones"]) == (True, 9, None)
    mal = participantes(motor_, {"personas": 10})
    assert (mal["cuadra"], mal["personas"], mal["suma_personas"]) == (False, 10, 9)
    assert participantes(motor_, {})["cuadra"] is None


def test_sin_saber_la_etapa_de_ninguno_no_hay_embudo(motor_: motor.Motor) -> None:
    """Un territorio nombrado de paso no es un embudo de «0 de 1»; ni unas agendas de no se sabe cuántos territorios."""
    assert embudo(motor_, [medida("agendas", 3)], [territorio("t", "no dicho")]) == []


def test_el_embudo_de_iztapalapa_es_el_de_su_documento(motor_: motor.Motor) -> None:
    filas = motor_.correr("mostrar/embudo", procesos=["izt_dialogos"]).to_pylist()
    assert [(f["etapa"], f["estado"], f["valor"], f["total"]) for f in filas] == [
        ("diagnóstico", "dato", 130.0, 130.0),
        ("agenda", "dato", 53.0, 130.0),
        ("seguimiento", "no dicho", None, 130.0),
    ]


def test_sin_fecha_la_cuenta_ni_el_documento_se_usa_el_ano_en_que_empezo_el_proceso(motor_: motor.Motor) -> None:
    """Los enlaces de Iztapalapa no traen fecha, ni su ficha; el proceso empezó en 2018."""
    filas = motor_.correr("mostrar/cuentas", procesos=["izt_dialogos"]).to_pylist()
    enlaces = next(f for f in filas if f["medida"] == "enlaces")
    assert (enlaces["anio"], enlaces["anio_es"], enlaces["poblacion"]) == (2018, "proceso", 1_870_898)
    assert enlaces["por_mil"] == pytest.approx(1000 * 17_000 / 1_870_898)
