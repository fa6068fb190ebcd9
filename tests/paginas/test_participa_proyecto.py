"""Participación e intercambio con lo que trae el proyecto: las cifras de los documentos, como ellos las dicen."""

from __future__ import annotations

from collections.abc import Callable

from de_juguete import tabla, todo
from streamlit.testing.v1 import AppTest
from test_paginas import sana

Abrir = Callable[..., AppTest]
PCT = "\N{NO-BREAK SPACE}%"


def test_iztapalapa_hasta_donde_llego_y_con_cuantos(abrir: Abrir) -> None:
    prueba = sana(abrir("seguimiento/participacion", proceso="izt_dialogos"))
    assert tabla(prueba, "Etapa", "Unidades")["Unidades"].tolist() == [
        f"130 de 130 (100{PCT})",
        f"53 de 130 (41{PCT})",
        "el documento no lo dice",
    ]
    cuanto = tabla(prueba, "Qué se contó", "Cuánto").set_index("Qué se contó")
    assert cuanto.loc["Enlaces comunitarios voluntarios", ["Cuánto", "Por mil hab."]].tolist() == [
        "**cerca de 17,000**",
        "cerca de 9.1",
    ]
    assert cuanto.loc["Barrios con mayor índice delictivo en que se empezó", "Parte"] == f"17{PCT} de 130"
    assert cuanto.loc["Parte del territorio con asambleas convocadas", "Cuánto"] == f"**cerca de 70{PCT}**"
    assert cuanto.loc["Evaluaciones de proceso, efectos, resultados o impactos", "Cuánto"] == "**cero (0)**"
    assert any("1,870,898 en 2018 (el año en que empezó el proceso" in c.value for c in prueba.caption)


def test_durango_registros_propuestas_y_temas_en_orden(abrir: Abrir) -> None:
    prueba = sana(abrir("seguimiento/participacion", donde="MX-10005", clase="consulta ciudadana"))
    cuanto = tabla(prueba, "Qué se contó", "Cuánto").set_index("Qué se contó")
    assert cuanto.loc["Propuestas", ["Cuánto", "Por mil hab."]].tolist() == ["**14,377**", "21.9"]  # 655,503 en 2014
    assert tabla(prueba, "Lugar", "Tema")["Tema"].tolist() == ["Seguridad", "Empleo", "Calles"]
    assert not prueba.get("vega_lite_chart")


def test_los_participantes_del_cuarto_plan_suman_lo_que_el_documento_dice(abrir: Abrir) -> None:
    prueba = sana(abrir("seguimiento/participacion", proceso="mx_pa4_cocreacion"))
    assert "Sumadas de nuevo, las partes dan lo que el documento escribe." in todo(prueba)
    assert tabla(prueba, "Procedencia", "Personas")["Personas"].tolist()[-1] == "480"


def test_de_penalolen_y_neza_lo_que_paso_y_lo_que_no_se_nombra(abrir: Abrir) -> None:
    prueba = sana(abrir("intercambio/intercambio"))
    filas = tabla(prueba, "Práctica", "Estado").set_index("Práctica")
    assert filas.loc["Programa CATC", ["De quién a quién", "Estado"]].tolist() == [
        "Peñalolén (Chile) → Nezahualcóyotl",
        "instalada",
    ]
    assert tabla(prueba, "Empieza", "Días")["Días"].tolist() == ["5", "5", "4", "6"]
    dicho = todo(prueba)
    assert "**5** prácticas: **3** instaladas, **2** sin estado dicho." in dicho
    assert "**El documento dice que tiene 7 componentes** y no nombra ninguno" in dicho
    assert "**El documento dice que tiene 3 ejes** y los nombra todos." in dicho
    assert "Lo cumplido y el resultado" in dicho  # hay indicadores ligados, con su prueba


def test_la_ficha_de_queretaro_se_filtra_por_lo_que_marco(abrir: Abrir) -> None:
    prueba = sana(abrir("intercambio/intercambio", ver="experiencias", tematico="Seguridad"))
    assert any("Querétaro" in e.label for e in prueba.expander)
    # Transporte está en su ficha, sin marcar: no se ofrece.
    assert "«Transporte»" in sana(abrir("intercambio/intercambio", tematico="Transporte")).warning[0].value
