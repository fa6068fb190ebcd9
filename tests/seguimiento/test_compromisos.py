"""El avance de los compromisos: quién va tarde, qué no se reportó y dónde discrepan las dos voces."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from seguimiento_de_juguete import califica, compromiso, compromisos, corte, eje, tabla

from atalaya import motor
from atalaya.estadistica.avance import por_plan_y_eje, resumir
from atalaya.figuras import avance as dicho

HOY = "2024-07-15"


@pytest.fixture(scope="module")
def casa() -> Iterator[motor.Motor]:
    """El motor sobre el acervo del proyecto."""
    uno = motor.abrir(perezoso=True)
    yield uno
    uno.cerrar()


def vistos(casa: motor.Motor, hoy: str = HOY, **tablas: Any) -> dict[str, dict[str, Any]]:
    """Las filas de la consulta, por compromiso."""
    filas = casa.correr_con("mostrar/compromisos_vistos", compromisos(**tablas), hoy=hoy).to_pylist()
    return {fila["compromiso"]: fila for fila in filas}


def test_cada_compromiso_tiene_su_situacion(casa: motor.Motor) -> None:
    filas = vistos(casa)
    assert {clave: fila["situacion"] for clave, fila in filas.items()} == {
        "a": "tarde",
        "b": "cumplió",
        "c": "en plazo",
        "d": "vencido sin reporte",
        "e": "no reportado",
    }
    assert filas["d"]["avance_pct"] is None
    assert filas["e"]["avance_pct"] is None
    assert filas["e"]["sin_reporte_en"] == "2024-03-01"


def test_lo_tarde_depende_de_la_fecha_y_no_mira_lo_reportado_despues(casa: motor.Motor) -> None:
    filas = vistos(casa, hoy="2024-05-31")
    assert filas["a"]["situacion"] == "en plazo"
    assert (filas["a"]["avance_pct"], filas["a"]["corte"]) == (20, "2024-01-15")
    assert filas["b"]["situacion"] == "no reportado"
    assert vistos(casa, hoy="2024-06-01")["a"]["situacion"] == "tarde"
    assert filas["a"]["califican"] == 0
    assert vistos(casa)["a"]["dias_tarde"] == 45


def test_un_plazo_que_solo_dice_mes_vence_al_acabar(casa: motor.Motor) -> None:
    assert vistos(casa, hoy="2024-06-30")["d"]["situacion"] == "no reportado"
    assert vistos(casa, hoy="2024-07-01")["d"]["situacion"] == "vencido sin reporte"
    assert vistos(casa)["d"]["plazo_del_plan"]


def test_las_dos_voces(casa: motor.Motor) -> None:
    filas = vistos(casa)
    assert {clave: fila["voces"] for clave, fila in filas.items()} == {
        "a": "coinciden",
        "b": "discrepan",
        "c": "sólo el autoinforme",
        "d": "sólo la independiente",
        "e": "ninguna",
    }
    assert filas["b"]["quienes"] == "El observatorio"
    assert filas["d"]["conclusion"] == "distinto, con menor impacto"


def test_discrepan_tambien_si_quien_califica_lo_da_por_completo_y_el_gobierno_no(casa: motor.Motor) -> None:
    filas = vistos(casa, calificaciones=tabla("calificaciones", califica("a", cumplimiento="completo")))
    assert filas["a"]["voces"] == "discrepan"


def test_una_calificacion_sin_conclusion_no_es_una_voz_en_contra(casa: motor.Motor) -> None:
    filas = vistos(casa, calificaciones=tabla("calificaciones", califica("b", verificable="sí")))
    assert filas["b"]["voces"] == "sólo el autoinforme"


def test_vale_la_ultima_calificacion_de_cada_quien(casa: motor.Motor) -> None:
    dos = tabla(
        "calificaciones",
        califica("b", cumplimiento="limitado", fecha="2024-01-01"),
        califica("b", cumplimiento="completo", fecha="2024-07-01"),
    )
    assert vistos(casa, calificaciones=dos)["b"]["voces"] == "coinciden"


def test_de_sus_actividades_el_avance_es_su_media_ponderada(casa: motor.Motor) -> None:
    base = {"compromiso": "d", "nombre": "x"}
    con_peso = tabla(
        "actividades",
        {**base, "actividad": "d1", "peso": 3.0},
        {**base, "actividad": "d2", "peso": 1.0},
        {**base, "actividad": "d3", "peso": 6.0},
    )
    cortes = tabla(
        "avances", corte("d", "2024-05-01", 100, actividad="d1"), corte("d", "2024-06-01", 20, actividad="d2")
    )
    fila = vistos(casa, actividades=con_peso, avances=cortes)["d"]
    assert fila["avance_pct"] == pytest.approx((3 * 100 + 20) / 4)
    assert (fila["avance_de"], fila["actividades_reportadas"], fila["actividades"]) == ("actividades", 2, 3)
    assert fila["corte"] == "2024-06-01"
    sin_peso = tabla("actividades", {**base, "actividad": "d1"}, {**base, "actividad": "d2"})
    assert vistos(casa, actividades=sin_peso, avances=cortes)["d"]["avance_pct"] == 60
    entero = tabla("avances", corte("d", "2024-05-01", 10), corte("d", "2024-06-01", 90, actividad="d1"))
    assert vistos(casa, actividades=con_peso, avances=entero)["d"]["avance_pct"] == 10


def test_la_historia_guarda_todos_los_cortes(casa: motor.Motor) -> None:
    filas = casa.correr_con("mostrar/cortes_de_avance", compromisos(), compromiso="a").to_pylist()
    assert [(f["corte"], f["avance_pct"]) for f in filas] == [("2024-06-15", 60), ("2024-01-15", 20)]


def test_el_plan_dice_lo_que_declara_y_lo_que_enumera(casa: motor.Motor) -> None:
    plan = casa.correr_con("mostrar/planes_vistos", compromisos()).to_pylist()[0]
    assert (plan["compromisos_declarados"], plan["compromisos_enumerados"], plan["ejes_enumerados"]) == (6, 5, 1)


def test_lo_no_reportado_no_es_cero_y_se_cuenta(casa: motor.Motor) -> None:
    filas = pd.DataFrame(vistos(casa).values())
    planes, de_ejes = (casa.correr_con(f"mostrar/{n}_vistos", compromisos()).to_pandas() for n in ("planes", "ejes"))
    plan, ejes = por_plan_y_eje(filas, planes, de_ejes)[0]
    assert plan.avance_pct == pytest.approx((60 + 100 + 40) / 3)
    assert (plan.compromisos, plan.con_reporte, plan.sin_reporte) == (5, 3, 2)
    assert (plan.minimo, plan.maximo) == (pytest.approx(200 / 5), pytest.approx(400 / 5))
    assert (plan.tarde, plan.vencidos_sin_reporte, plan.discrepan) == (1, 1, 1)
    assert [(eje.nombre, eje.avance_pct) for eje in ejes] == [("Eje uno", 80)]
    assert "2 de 5 compromisos sin reporte" in dicho.decir(plan)
    assert "entre 40" in dicho.decir(plan)


def test_sin_ningun_reporte_no_hay_avance_que_resumir() -> None:
    fila = {"peso": None, "avance_pct": None, "situacion": "no reportado", "voces": "ninguna"}
    uno = resumir([fila, fila], "p", "Plan", "media")
    assert (uno.avance_pct, uno.minimo, uno.sin_reporte) == (None, None, 2)
    assert "no reportado" in dicho.decir(uno)
    assert "0 %" not in dicho.decir(uno)


def test_la_regla_ponderada_usa_los_pesos_y_sin_ellos_se_niega() -> None:
    fila = {"situacion": "en plazo", "voces": "ninguna"}
    filas = [{**fila, "peso": 3.0, "avance_pct": 100.0}, {**fila, "peso": 1.0, "avance_pct": 0.0}]
    assert resumir(filas, "p", "Plan", "ponderada").avance_pct == 75
    assert resumir(filas, "p", "Plan", "media").avance_pct == 50
    negada = resumir([*filas, {**fila, "peso": None, "avance_pct": 50.0}], "p", "Plan", "ponderada")
    assert negada.avance_pct is None
    assert "a 1 de 3 le falta el peso" in dicho.decir(negada)


def test_un_compromiso_de_un_plan_que_no_esta_no_se_pierde(casa: motor.Motor) -> None:
    assert (
        vistos(casa, compromisos=tabla("compromisos", compromiso("z", plan="otro")))["z"]["situacion"] == "no reportado"
    )


def test_un_plan_que_no_enumera_sus_compromisos_se_dice(casa: motor.Motor) -> None:
    otro = {"plan": "p2", "lugar": "MX", "nombre": "Sin lista", "regla_avance": "media", "compromisos_declarados": 26}
    tablas = compromisos(planes=tabla("planes", otro), ejes=tabla("ejes", eje("e9", "p2")))
    planes, ejes = (casa.correr_con(f"mostrar/{n}_vistos", tablas).to_pandas() for n in ("planes", "ejes"))
    sin_ninguno = pd.DataFrame(vistos(casa).values()).iloc[:0]
    plan, suyos = por_plan_y_eje(sin_ninguno, planes, ejes)[0]
    assert (plan.compromisos, plan.avance_pct, [e.nombre for e in suyos]) == (0, None, ["Eje e9"])
    assert "no enumera sus compromisos" in dicho.decir(plan)
