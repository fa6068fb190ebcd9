"""Las tablas del proyecto pasan sus contratos, y lo que un contrato no puede decir de ellas."""

from __future__ import annotations

import pytest
from tablas_del_proyecto import celdas, claves, numeradas

from atalaya.seguimiento import CARPETA, contratos
from atalaya.seguimiento.revision import revisar

CASILLAS = {"qro_ocs", "izt_dialogos"}


@pytest.mark.parametrize("tabla", contratos())
def test_la_tabla_pasa_su_contrato_y_sus_referencias(tabla: str) -> None:
    assert revisar(contratos()[tabla], numeradas()[tabla], claves()) == []


def test_no_hay_archivos_sin_contrato_ni_contratos_sin_archivo() -> None:
    archivos = {ruta.stem for ruta in CARPETA.glob("*.csv")} - {"tablas", "diccionario"}
    assert archivos == set(contratos())


def test_todo_indicador_ligado_existe_en_la_tabla_de_su_objeto() -> None:
    ligados = celdas("indicadores_ligados")
    assert ligados
    for fila in ligados:
        assert fila["clave"] in claves()[fila["objeto"]], fila


def test_un_compromiso_no_esta_en_el_eje_de_otro_plan() -> None:
    plan_del_eje = {eje["eje"]: eje["plan"] for eje in celdas("ejes")}
    for fila in celdas("compromisos"):
        assert not fila["eje"] or plan_del_eje[fila["eje"]] == fila["plan"], fila["compromiso"]


def test_una_medida_es_parte_de_otra_de_su_proceso_o_de_la_poblacion() -> None:
    suyas = {(m["proceso"], m["medida"]) for m in celdas("medidas")} | {
        (m["proceso"], "poblacion") for m in celdas("medidas")
    }
    for medida in celdas("medidas"):
        assert not medida["denominador"] or (medida["proceso"], medida["denominador"]) in suyas, medida["medida"]


def test_cada_cifra_apunta_a_una_fila_que_existe_y_a_su_documento_o_a_otro_que_la_repite() -> None:
    llaves = {
        nombre: {"|".join(fila[c] for c in uno.llave) for fila in celdas(nombre)} for nombre, uno in contratos().items()
    }
    for cifra in celdas("cifras"):
        assert cifra["fila"] in llaves[cifra["tabla"]], cifra["cifra"]


def test_lo_que_el_documento_no_escribe_queda_vacio() -> None:
    """Lo que a la vista parece faltar y no está en el documento: nadie lo debe llenar sin otro documento."""
    planes = {p["plan"]: p for p in celdas("planes")}
    assert planes["mx_pa4"]["compromisos_declarados"] == "", "el documento los numera; no escribe cuántos son"
    assert {i["personas"] for i in celdas("integrantes")} == {""}
    assert celdas("recomendaciones") == [], "el documento de Querétaro no lista ninguna"
    assert celdas("voces") == []
    assert {e["activo"] for e in celdas("ejercicios_locales")} == {"no dicho"}, "dice cuántos, no cuáles"
    assert not [c for c in celdas("componentes") if c["modelo"] == "proximidad" and c["clase"] == "componente"]
    contraloria = {m["medida"]: m["corte"] for m in celdas("medidas") if m["proceso"] == "dgo_contraloria"}
    assert {m for m, corte in contraloria.items() if corte} == {"quejas"}, "sólo fecha las quejas"


def test_las_casillas_de_la_ficha_son_las_de_los_documentos_que_la_llenan() -> None:
    assert {c["experiencia"] for c in celdas("experiencias_casillas")} == CASILLAS
    qro = [c for c in celdas("experiencias_casillas") if c["experiencia"] == "qro_ocs"]
    marcadas: dict[str, int] = {}
    for casilla in qro:
        marcadas[casilla["grupo"]] = marcadas.get(casilla["grupo"], 0) + (casilla["marcada"] == "sí")
    assert marcadas == {
        "tipo de candidatura": 1,
        "tipo de experiencia": 2,
        "objetivo": 6,
        "ámbito territorial": 1,
        "ámbito temático": 6,
    }
