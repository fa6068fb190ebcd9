"""Las consultas del intercambio, con tablas que se cuentan con los dedos."""

from __future__ import annotations

from typing import Any

import pytest
from seguido_de_juguete import tablas

from atalaya import motor

SIN_FILTRO = {"tipo": "", "objetivo": "", "territorial": "", "tematico": ""}
TRASPASO = {"de_lugar": "MX-15058", "a_lugar": "CL-13122"}


@pytest.fixture(scope="module")
def motor_() -> motor.Motor:
    return motor.abrir()


def correr(motor_: motor.Motor, consulta: str, parametros: dict[str, Any], **filas: Any) -> list[dict[str, Any]]:
    return motor_.correr_con(f"mostrar/{consulta}", tablas(**filas), **parametros).to_pylist()


def experiencia(clave: str) -> dict[str, Any]:
    return {"experiencia": clave, "titulo": clave, "lugar": "MX-22", "institucion": "I"}


def casilla(de: str, grupo: str, opcion: str, marcada: str = "sí") -> dict[str, Any]:
    return {"experiencia": de, "grupo": grupo, "opcion": opcion, "marcada": marcada}


@pytest.mark.parametrize(
    ("pedido", "quedan"),
    [
        ({}, ["a", "b", "c"]),
        ({"tipo": "Consejo"}, ["a", "b"]),
        ({"tipo": "Consejo", "tematico": "Salud"}, ["b"]),
        ({"tematico": "Consejo"}, []),  # la opción es de otro apartado
        ({"tipo": "Foro"}, []),  # está en la ficha, sin marcar
    ],
)
def test_solo_las_experiencias_con_todas_las_casillas_marcadas(
    motor_: motor.Motor, pedido: dict[str, str], quedan: list[str]
) -> None:
    casillas = [
        casilla("a", "tipo de experiencia", "Consejo"),
        casilla("b", "tipo de experiencia", "Consejo"),
        casilla("b", "ámbito temático", "Salud"),
        casilla("c", "ámbito temático", "Salud"),
        casilla("c", "tipo de experiencia", "Foro", "no"),
    ]
    filas = correr(
        motor_, "experiencias_vistas", {**SIN_FILTRO, **pedido}, experiencias=[experiencia(c) for c in "abc"],
        experiencias_casillas=casillas, experiencias_textos=[], ciclo=[],
    )  # fmt: skip
    assert [f["experiencia"] for f in filas] == quedan


def test_el_ciclo_tiene_sus_ocho_pasos_aunque_el_documento_calle(motor_: motor.Motor) -> None:
    paso = {"experiencia": "a", "etapa": "resultados", "texto": "Pausa", "quien_ubica": "documento"}
    filas = correr(motor_, "ciclo_visto", {}, experiencias=[experiencia("a")], ciclo=[paso])
    assert [(f["etapa"], f["dicho"]) for f in filas if f["dicho"]] == [("resultados", True)]
    assert [f["orden"] for f in filas] == list(range(1, 9))
    assert all(f["texto"] is None for f in filas if not f["dicho"])


def test_dias_solo_de_fechas_con_dia(motor_: motor.Motor) -> None:
    fechas = [
        ("2022-03-21", "2022-03-25"),
        ("2022-11-06", "2022-11-06"),
        ("2022-03", "2022-03"),
        ("2022-03-21", "2022-03"),
    ]
    pasantias = [
        {"pasantia": f"p{k}", "convenio": "c", "nombre": "n", "inicio": a, "fin": z, **TRASPASO}
        for k, (a, z) in enumerate(fechas)
    ]
    convenio = {"convenio": "c", "nombre": "C", "lugar_a": "MX-15058", "lugar_b": "CL-13122"}
    filas = correr(motor_, "pasantias_vistas", {}, pasantias=pasantias, convenios=[convenio])
    assert {f["pasantia"]: f["dias"] for f in filas} == {"p0": 5, "p1": 1, "p2": None, "p3": None}


def test_lo_declarado_y_lo_nombrado_no_se_igualan(motor_: motor.Motor) -> None:
    modelo = {"modelo": "m", "lugar": "MX-15058", "nombre": "M", "componentes_declarados": 7}
    partes = [{"modelo": "m", "clase": clase, "orden": 1, "nombre": "x"} for clase in ("problema", "componente")]
    (fila,) = correr(motor_, "modelos_vistos", {}, modelos=[modelo], componentes=partes)
    assert (fila["componentes_declarados"], fila["clase_declarada"], fila["nombrados"]) == (7, "componente", 1)
    ejes = [{"modelo": "m", "clase": "eje", "orden": k, "nombre": "x"} for k in (1, 2, 3)]
    (fila,) = correr(motor_, "modelos_vistos", {}, modelos=[{**modelo, "componentes_declarados": 3}], componentes=ejes)
    assert (fila["clase_declarada"], fila["nombrados"]) == ("eje", 3)
    (fila,) = correr(motor_, "modelos_vistos", {}, modelos=[modelo], componentes=[])
    assert (fila["clase_declarada"], fila["nombrados"]) == ("componente", 0)


def test_transferencias_de_lo_mas_a_lo_menos_hecho_con_sus_ligas(motor_: motor.Motor) -> None:
    estados = ["no dicho", "retirada", "propuesta", "en curso", "instalada"]
    filas = [{"transferencia": f"t{k}", "practica": "p", "estado": e, **TRASPASO} for k, e in enumerate(estados)]
    liga = {
        "objeto": "transferencias", "clave": "t2", "indicador": "confianza_policia_municipal", "lugar": "MX-15058",
        "sentido": "sube", "antes": "2019T2", "despues": "2023T1", "quien_liga": "q", "razon": "r",
    }  # fmt: skip
    ajena = {**liga, "objeto": "compromisos", "clave": "t1"}
    vistas = correr(
        motor_, "transferencias_vistas", {}, transferencias=filas, convenios=[], modelos=[],
        indicadores_ligados=[liga, ajena],
    )  # fmt: skip
    assert [f["estado"] for f in vistas] == ["instalada", "en curso", "propuesta", "retirada", "no dicho"]
    assert {f["transferencia"]: f["ligados"] for f in vistas} == {"t0": 0, "t1": 0, "t2": 1, "t3": 0, "t4": 0}


def test_las_lecciones_dicen_de_que_modelo_o_convenio_son(motor_: motor.Motor) -> None:
    lecciones = [{"de": de, "orden": 1, "clase": "lección", "texto": "x"} for de in ("m", "c", "suelta")]
    convenio = {"convenio": "c", "nombre": "Convenio", "lugar_a": "MX-15058", "lugar_b": "CL-13122"}
    modelo = {"modelo": "m", "lugar": "MX-15058", "nombre": "Modelo"}
    filas = correr(motor_, "lecciones_vistas", {}, lecciones=lecciones, modelos=[modelo], convenios=[convenio])
    assert {f["de"]: f["de_que"] for f in filas} == {"m": "Modelo", "c": "Convenio", "suelta": "suelta"}
