"""Cada control calla ante un acervo bueno y señala la falta que se le pone; el acervo del proyecto los pasa todos."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyarrow as pa
import pytest
from test_controles_poblacion import POBLACIONES
from test_controles_registros import CONTEOS

from atalaya.contratos import ESTIMACION
from atalaya.incorporacion import controlar
from atalaya.motor import Motor, abrir, consultas

Filas = list[dict[str, Any]]


def fila(lugar: str = "MX-CD28", **cambios: Any) -> dict[str, Any]:
    """Una cifra de juguete que cumple todo."""
    return {
        "fuente": "ensu",
        "periodo": "2025T2",
        "lugar": lugar,
        "indicador": "identifica_policia_municipal",
        "desglose": "total",
        "valor_pct": 60.0,
        "precision": "alta",
        "numerador": 600,
        "denominador": 1000,
        "estado": "dato",
        "metodo": "publicada",
        "edicion": "2025T2",
        "archivo": "juguete.zip",
        "cuadro": "8.5",
        "celda": "E10",
        **cambios,
    }


def areas_de_2025() -> list[str]:
    consulta = "select lugar from lugares where tipo = 'area_urbana' and desde <= '2025T2' and hasta is null"
    return [lugar for (lugar,) in Motor(None)._conexion.sql(consulta).fetchall()]


AREAS = areas_de_2025()


def sano() -> Filas:
    """Un cuadro completo: la nación y todas las áreas de 2025T2 (Torreón no suma: está dentro de La Laguna)."""
    suman = len(AREAS) - 1
    return [
        fila("MX", numerador=600 * suman, denominador=1000 * suman),
        *(fila(area, celda=f"E{n}") for n, area in enumerate(AREAS, start=11)),
    ]


def motor_con(filas: Filas) -> Motor:
    """Un motor sin acervo al que se le ponen estas filas como `estimacion` y su vigente."""
    motor = Motor(None)
    tabla = pa.Table.from_pylist(filas, schema=ESTIMACION)
    for nombre in ("estimacion", "estimacion_vigente"):
        cursor = motor._conexion.cursor()
        cursor.append(nombre, tabla.to_pandas())
    return motor


def cambiar(**cambios: Any) -> Callable[[Filas], Filas]:
    """Cambia la primera área (no la nación)."""
    return lambda filas: [filas[0], {**filas[1], **cambios}, *filas[2:]]


def agregar(**cambios: Any) -> Callable[[Filas], Filas]:
    """Agrega una fila como la de la primera área, cambiada."""
    return lambda filas: [*filas, {**filas[1], **cambios}]


SIN_CIFRA = {"valor_pct": None, "precision": None, "numerador": None, "denominador": None}
OTRO = {"cuadro": "8.6", "indicador": "confianza_policia_municipal"}

FALTAS: list[tuple[str, Callable[[Filas], Filas]]] = [
    ("llave_repetida", agregar()),
    ("clave_sin_catalogo", agregar(indicador="no_existe", cuadro="9.9")),
    ("clave_sin_catalogo", agregar(lugar="MX-CD99")),
    ("fuera_de_rango", agregar(periodo="2024T2", valor_pct=100.1, numerador=None, denominador=None)),
    ("fuera_de_rango", agregar(periodo="2024T2", valor_pct=-0.1, numerador=None, denominador=None)),
    ("fuera_de_rango", agregar(periodo="2024T2", numerador=1001, valor_pct=100.0)),
    ("fuera_de_rango", agregar(periodo="2024T2", ic_inf=61.0, ic_sup=62.0)),
    ("porcentaje_que_no_cuadra", agregar(periodo="2024T2", numerador=602)),
    ("estado_que_no_casa", cambiar(**{**SIN_CIFRA})),
    ("estado_que_no_casa", cambiar(estado="no_aplica")),
    ("estado_que_no_casa", cambiar(precision=None)),
    ("cuadros_que_se_contradicen", agregar(cuadro="8.1", desglose="total", valor_pct=60.1, numerador=601)),
    ("periodo_posterior_a_su_edicion", agregar(periodo="2025T3")),
    ("cifra_en_un_hueco", agregar(periodo="2020T2")),
    ("cifra_en_un_hueco", agregar(lugar="MX-CD76", periodo="2019T2")),
    ("lugar_que_falta", lambda filas: filas[:-1]),
    ("nacional_fuera_de_sus_areas", lambda filas: [{**filas[0], "valor_pct": 61.0}, *filas[1:]]),
    ("nacional_que_no_es_la_suma", cambiar(numerador=601, denominador=1000, valor_pct=60.1)),
    ("publicada_que_no_sale_de_sus_microdatos", agregar(metodo="microdatos", cuadro="personas", valor_pct=60.1)),
    ("autoridad_a_medias", agregar(**OTRO, **SIN_CIFRA, estado="no_aplica", periodo="2025T2")),
]


def test_un_acervo_bueno_no_tiene_faltas() -> None:
    assert controlar(motor_con(sano())) == {}


@pytest.mark.parametrize(("control", "estropear"), FALTAS)
def test_cada_control_ve_su_falta(control: str, estropear: Callable[[Filas], Filas]) -> None:
    faltas = controlar(motor_con(estropear(sano())))
    assert f"controlar/{control}" in faltas
    assert faltas[f"controlar/{control}"].num_rows >= 1


def test_todo_control_tiene_quien_lo_dispare() -> None:
    """Un control sin prueba que lo haga fallar podría no ver nada nunca."""
    nombres = {c.nombre.removeprefix("controlar/") for c in consultas() if c.nombre.startswith("controlar/")}
    assert nombres == {control for control, *_ in [*FALTAS, *CONTEOS, *POBLACIONES]}


def test_redondear_a_un_decimal_se_admite_y_otra_cosa_no() -> None:
    """Falla conocida de la fuente (2019T4, cuadro 7.7): 1 de 3 publicado 33.3 pasa; 33.4 o 33, no."""
    bien = fila(periodo="2024T2", numerador=1, denominador=3, valor_pct=33.3)
    assert "controlar/porcentaje_que_no_cuadra" not in controlar(motor_con([*sano(), bien]))
    for valor in (33.4, 33.0):
        mal = {**bien, "valor_pct": valor}
        assert controlar(motor_con([*sano(), mal]))["controlar/porcentaje_que_no_cuadra"].num_rows == 1


def test_absolutos_redondeados_de_factores_con_decimales() -> None:
    """De microdatos, el numerador puede haberse movido medio hogar y el denominador otro; más, no."""
    una = fila(
        "CL-13122", fuente="enusc", indicador="victimizacion_hogar", periodo="2023", edicion="2023",
        metodo="microdatos", cuadro="hogares_comunal", numerador=5, denominador=9, valor_pct=100 * 5.49 / 8.51,
    )  # fmt: skip
    control = "controlar/porcentaje_que_no_cuadra"
    assert control not in controlar(motor_con([*sano(), una]))
    assert control in controlar(motor_con([*sano(), {**una, "valor_pct": 100 * 5.6 / 8.4}]))
    publicada = {**una, "metodo": "publicada", "precision": "alta"}
    assert control in controlar(motor_con([*sano(), publicada]))


def test_lo_suprimido_no_trae_cifra() -> None:
    una = fila("CL-13122", fuente="enusc", indicador="victimizacion_hogar", periodo="2023", edicion="2023", **SIN_CIFRA)
    una |= {"estado": "suprimido", "metodo": "microdatos", "n": 12, "gl": 3}
    assert controlar(motor_con([*sano(), una])) == {}
    con_cifra = {**una, "valor_pct": 10.0}
    assert "controlar/estado_que_no_casa" in controlar(motor_con([*sano(), con_cifra]))


def test_una_cifra_publicada_a_un_decimal_coincide_con_sus_microdatos() -> None:
    control = "controlar/publicada_que_no_sale_de_sus_microdatos"
    publicada = fila(periodo="2024T2", numerador=None, denominador=None, valor_pct=33.3)
    calculada = {**publicada, "metodo": "microdatos", "cuadro": "personas", "valor_pct": 100 / 3}
    assert control not in controlar(motor_con([*sano(), publicada, calculada]))
    assert control in controlar(motor_con([*sano(), {**publicada, "valor_pct": 33.2}, calculada]))
    # Sólo cuenta lo que dice la edición más nueva: INEGI corrige hacia adelante.
    corregida = {**publicada, "edicion": "2025T3"}
    assert control not in controlar(motor_con([*sano(), {**publicada, "valor_pct": 33.2}, corregida, calculada]))


def test_redondeada_en_otro_cuadro_no_se_contradice() -> None:
    exacta = fila(periodo="2024T2", numerador=1, denominador=3, valor_pct=100 / 3)
    control = "controlar/cuadros_que_se_contradicen"
    assert control not in controlar(motor_con([*sano(), exacta, {**exacta, "cuadro": "9.9", "valor_pct": 33.3}]))
    assert control in controlar(motor_con([*sano(), exacta, {**exacta, "cuadro": "9.9", "valor_pct": 33.2}]))


def test_un_motivo_que_no_se_imprime_no_es_un_area_que_falta() -> None:
    """El tabulado imprime sólo los principales motivos de conflicto de cada área: se exige el área, no cada motivo."""
    motivos = [fila(area, indicador="conflicto_ruido", cuadro="7.7") for area in AREAS]
    uno_menos = [*sano(), *motivos[:-1], {**motivos[-1], "indicador": "conflicto_basura"}]
    assert "controlar/lugar_que_falta" not in controlar(motor_con(uno_menos))
    assert controlar(motor_con([*sano(), *motivos[:-1]]))["controlar/lugar_que_falta"].num_rows == 1


def test_el_acervo_del_proyecto_pasa_todos() -> None:
    assert {nombre: filas.slice(0, 5).to_pylist() for nombre, filas in controlar(abrir()).items()} == {}
