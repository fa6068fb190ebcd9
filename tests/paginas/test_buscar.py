"""Buscar: con o sin acentos, lo más parecido primero, y cada resultado lleva a donde se ve."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest
from visible import cuadros

from atalaya.interfaz import busqueda, hallable, marco
from atalaya.interfaz.busqueda import Entrada
from bench.busqueda import META_MS, medir


@pytest.fixture(scope="module")
def indice() -> busqueda.Indice:
    return hallable.indice()


def _enlaces(prueba: AppTest) -> list[tuple[str, str]]:
    """Rótulo y dirección de cada enlace a una página."""
    return [(e.proto.label, f"{e.proto.page}?{e.proto.query_string}") for e in prueba.get("page_link")]


def test_con_o_sin_acentos_da_lo_mismo(indice: busqueda.Indice) -> None:
    con, sin = busqueda.buscar(indice, "PEÑALOLÉN"), busqueda.buscar(indice, "penalolen")
    assert con == sin
    assert con["lugar"][0].titulo == "Peñalolén"


def test_el_que_se_llama_asi_va_primero_y_lo_del_texto_al_final() -> None:
    entradas = [
        Entrada("x", "Otra cosa", "", "inicio", {}, "menciona robo"),
        Entrada("x", "Intento de robo", "", "inicio", {}),
        Entrada("x", "Robo de vehículo", "", "inicio", {}),
        Entrada("x", "Robo", "", "inicio", {}),
    ]
    hallados = busqueda.buscar(busqueda.indizar(entradas), "robo")["x"]
    assert [e.titulo for e in hallados] == ["Robo", "Robo de vehículo", "Intento de robo", "Otra cosa"]


def test_se_piden_todas_las_palabras(indice: busqueda.Indice) -> None:
    hallados = busqueda.buscar(indice, "confianza policia municipal")["indicador"]
    assert hallados[0].filtros == {"indicador": "confianza_policia_municipal"}
    assert not busqueda.buscar(indice, "confianza policia zzz")
    assert busqueda.buscar(indice, "   ") == {}


@pytest.mark.parametrize(
    ("buscado", "clase", "pagina"),
    [
        ("homicidio doloso", "indicador", "incidencia"),
        ("auditorias sociales al poder judicial", "experiencia", "intercambio"),
        ("registro de detenidos", "compromiso", "compromisos"),
        ("7 de cada 10", "afirmacion", "afirmaciones"),
        ("cocreacion 2.º plan", "proceso", "participacion"),
        ("protocolo unico", "evaluacion", "evaluaciones"),
        ("primer convenio", "intercambio", "intercambio"),
        ("MX-15058", "lugar", "ficha"),
        ("metodologia", "pagina", "metodologia"),
    ],
)
def test_cada_clase_se_halla_y_dice_donde_se_ve(indice: busqueda.Indice, buscado: str, clase: str, pagina: str) -> None:
    assert busqueda.buscar(indice, buscado)[clase][0].pagina == pagina


def test_todo_lo_hallable_lleva_a_una_pagina_que_hay(indice: busqueda.Indice) -> None:
    assert {e.pagina for e in indice.entradas if not marco.registrada(e.pagina)} == set()
    assert {e.clase for e in indice.entradas} == set(hallable.CLASES)


def test_sugiere_lo_parecido_con_sus_acentos(indice: busqueda.Indice) -> None:
    assert "Peñalolén" in busqueda.parecidas(indice, "pelalolen")
    assert busqueda.parecidas(indice, "penalolen") == []


@pytest.mark.parametrize(
    ("buscado", "clase"),
    [("7 de cada 10", "afirmacion"), ("registro de detenidos", "compromiso"), ("cocreacion 2.º", "proceso")],
)
def test_el_enlace_ensena_lo_hallado(
    indice: busqueda.Indice, abrir: Callable[..., AppTest], buscado: str, clase: str
) -> None:
    una = busqueda.buscar(indice, buscado)[clase][0]
    archivo = marco.archivo(una.pagina).removeprefix("pages/").removesuffix(".py")
    prueba = abrir(archivo, **una.filtros)
    assert not prueba.exception
    assert not [a.value for a in prueba.warning if "no existe" in a.value]
    dicho = " ".join(cuadros(prueba)) + " ".join(e.label for e in prueba.expander)
    assert una.titulo.split(",")[0][:30] in dicho


def test_la_pagina_agrupa_y_enlaza_con_los_filtros(abrir: Callable[..., AppTest]) -> None:
    prueba = abrir("indicadores/buscar", q="penalolen")
    assert not prueba.exception
    grupos = [s.value for s in prueba.header]
    assert grupos[:2] == ["Lugares", "Afirmaciones"]
    direcciones = {rotulo: parse_qs(urlsplit(direccion).query) for rotulo, direccion in _enlaces(prueba)}
    assert {"lugar": ["CL-13122"]} in direcciones.values()


def test_un_solo_grupo_se_ve_entero(abrir: Callable[..., AppTest]) -> None:
    todo, uno = (abrir("indicadores/buscar", q="penalolen", clase=clase) for clase in ("todo", "afirmacion"))
    assert [s.value for s in uno.header] == ["Afirmaciones"]
    assert len(_enlaces(uno)) > len([1 for _, d in _enlaces(todo) if d.startswith("afirmaciones")])


def test_sin_resultados_dice_que_se_busco_y_que_probar(abrir: Callable[..., AppTest]) -> None:
    prueba = abrir("indicadores/buscar", q="pelalolen")
    assert "pelalolen" in prueba.info[0].value and "Pruebe con" in prueba.info[0].value
    assert ("Peñalolén", "Peñalolén") in [
        (rotulo, parse_qs(urlsplit(direccion).query)["q"][0]) for rotulo, direccion in _enlaces(prueba)
    ]


def test_lo_buscado_no_se_pinta(abrir: Callable[..., AppTest]) -> None:
    prueba = abrir("indicadores/buscar", q="**negra** <b>x</b>")
    assert "\\*\\*negra" in prueba.info[0].value and "<b>" not in prueba.info[0].value.replace("\\<b", "")


def test_un_grupo_que_ya_no_hay_no_es_un_error(abrir: Callable[..., AppTest]) -> None:
    prueba = abrir("indicadores/buscar", q="penalolen", clase="pagina")
    assert not prueba.warning and not prueba.exception
    assert next(s.value for s in prueba.header) == "Lugares"


def test_inicio_trae_el_cuadro(abrir: Callable[..., AppTest]) -> None:
    assert "Buscar en todo el tablero" in [t.label for t in abrir("indicadores/inicio").text_input]


def test_buscar_cabe_en_su_tiempo() -> None:
    assert max(medir(5).values()) <= META_MS
