"""Las cuentas de los documentos, vueltas a hacer: cuadran, no cuadran o no se puede, y por qué."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd
import pytest
from seguido_de_juguete import medida, tabla

from atalaya import motor
from atalaya.interfaz.vistas import cotejos

NO = "no"
SI = "sí"
NADA = "no se puede"
DEL_PROYECTO = [
    ("participantes_hombres", "mx_pa4_cocreacion", 250, 250, SI),
    ("participantes_mujeres", "mx_pa4_cocreacion", 230, 230, SI),
    ("participantes_personas", "mx_pa4_cocreacion", 480, 480, SI),
    ("participantes_instituciones", "mx_pa4_cocreacion", None, 168, NADA),
    ("participantes_por_sexo", "mx_pa4_cocreacion/total", 480, 480, SI),
    ("participantes_por_sexo", "mx_pa4_cocreacion/Instituciones públicas", 267, 267, SI),
    ("numeracion_del_plan", "mx_pa4", 13, 13, SI),
    ("compromisos_del_plan", "mx_pa3", 7, 7, SI),
    ("compromisos_del_plan", "mx_pa2", 26, 9, NO),
    ("ejes_del_plan_mismo", "mx_pa2", 5, 3, NO),
    ("ejes_del_plan_juntos", "mx_pa2", 5, 5, SI),
    ("lista_estados", "mx_ejercicios", 30, 30, SI),
    ("lista_estados_activos", "mx_ejercicios", 17, None, NADA),
    ("lista_fases", "mx_ejercicios", 6, 6, SI),
    ("lista_ejercicios", "ifai_cocreacion", 12, 12, SI),
    ("lista_bloques", "ifai_cocreacion", 2, 2, SI),
    ("lista_territorios", "izt_dialogos", 130, 1, NO),
    ("suma_participantes_2011", "mx_ogp", 9, 8, NO),
    ("suma_apoyo", "izt_dialogos", 1280, 1280, SI),
    ("suma_responsables", "izt_dialogos", 130, 130, SI),
    ("suma_cartas_compromiso", "dgo_contraloria", 151, 151, SI),
    ("componentes", "proximidad", 7, 0, NO),
    ("componentes", "promocion_derechos", 3, 3, SI),
    ("plazo", "qro_protocolo", 180, 357, NO),
    ("recomendaciones", "qro_protocolo", None, None, NADA),
]


@pytest.fixture(scope="module")
def casa() -> Iterator[motor.Motor]:
    """El motor sobre el acervo del proyecto."""
    uno = motor.abrir(perezoso=True)
    yield uno
    uno.cerrar()


def correr(casa: motor.Motor, **tablas: Any) -> list[dict[str, Any]]:
    filas: list[dict[str, Any]] = casa.correr_con("mostrar/cotejos", tablas).to_pylist()
    return filas


def uno(filas: list[dict[str, Any]], cotejo: str, sobre: str) -> dict[str, Any]:
    halladas = [f for f in filas if (f["cotejo"], f["sobre"]) == (cotejo, sobre)]
    assert len(halladas) == 1, (cotejo, sobre, len(halladas))
    return halladas[0]


@pytest.mark.parametrize(("cotejo", "sobre", "dicho", "recalculado", "cuadra"), DEL_PROYECTO)
def test_las_cuentas_de_los_documentos(
    casa: motor.Motor, cotejo: str, sobre: str, dicho: float | None, recalculado: float | None, cuadra: str
) -> None:
    fila = uno(correr(casa), cotejo, sobre)
    assert (fila["dicho"], fila["recalculado"], fila["cuadra"]) == (dicho, recalculado, cuadra)


def test_los_veredictos_del_informe_sombra_son_3_2_y_2(casa: motor.Motor) -> None:
    suyos = [f for f in correr(casa) if f["cotejo"] == "veredictos"]
    assert sorted((f["dicho"], f["recalculado"]) for f in suyos) == [(2, 2), (2, 2), (3, 3)]


def test_los_trece_son_6_cocreados_y_7_proactivos_y_las_6_fases_2_y_4(casa: motor.Motor) -> None:
    filas = correr(casa)
    assert uno(filas, "numeracion_del_plan", "mx_pa4")["explica"].startswith("6 cocreados y 7 proactivos")
    assert uno(filas, "lista_fases", "mx_ejercicios")["explica"] == "2 que explica y 4 que sólo nombra."


def test_no_se_cotejan_personas_con_familias(casa: motor.Motor) -> None:
    suyas = {f["dicho"]: f for f in correr(casa) if f["cotejo"] == "familias"}
    assert {f["cuadra"] for f in suyas.values()} == {NADA}
    assert suyas[80]["explica"] == "42 ladrilleras con 1 cada una son 42 familias: 1.9 personas por familia."
    assert "84 familias" in suyas[100]["explica"]


def test_cada_cotejo_se_distingue_y_dice_de_donde_sale(casa: motor.Motor) -> None:
    filas = correr(casa)
    assert len({(f["cotejo"], f["sobre"], f["que"]) for f in filas}) == len(filas)
    assert all(f["explica"] and f["documento"] and f["pasaje"] for f in filas)


def test_si_una_parte_cambia_el_total_deja_de_cuadrar(casa: motor.Motor) -> None:
    """La prueba puede fallar: con una parte menos, la suma ya no es la escrita."""
    fila = {"proceso": "p", "hombres": 1, "mujeres": 2, "personas": 4}
    filas = correr(
        casa,
        participantes=tabla(
            "participantes",
            {**fila, "procedencia": "a"},
            {"proceso": "p", "procedencia": "total", "hombres": 1, "mujeres": 3, "personas": 4, "instituciones": 2},
        ),
    )
    assert uno(filas, "participantes_por_sexo", "p/a")["cuadra"] == NO
    assert uno(filas, "participantes_mujeres", "p")["cuadra"] == NO
    assert uno(filas, "participantes_hombres", "p")["cuadra"] == SI
    assert uno(filas, "participantes_instituciones", "p")["cuadra"] == NADA


def test_lo_no_reportado_no_se_coteja(casa: motor.Motor) -> None:
    filas = correr(casa, medidas=tabla("medidas", medida("apoyo", proceso="izt_dialogos")))
    assert not [f for f in filas if f["cotejo"] == "suma_apoyo"]


def test_el_resumen_cuenta_lo_que_no_cuadra() -> None:
    filas = pd.DataFrame({"cuadra": [NO, SI, SI, NADA]})
    assert cotejos.resumen(filas) == "1 de 4 no; 1 no se pueden rehacer"
