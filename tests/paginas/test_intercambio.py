"""Intercambio, como lo ve una persona: transferencias, fichas, ciclo, pasantías y lo que el documento no nombra."""

from __future__ import annotations

import pytest
from de_juguete import HOSTIL, Ver, de_intercambio, tabla, todo
from test_paginas import sana

from atalaya.informes import legajo
from atalaya.informes.legajo import Legajo
from atalaya.interfaz import seguido

PAGINA = "intercambio/intercambio"


def test_vacia_ofrece_plantillas_y_no_dibuja(ver: Ver) -> None:
    prueba = sana(ver({}, PAGINA))
    rotulos = [b.label for b in prueba.get("download_button")]
    assert {"Plantilla de transferencias (CSV)", "Plantilla de convenios (CSV)", "Plantilla de modelos (CSV)"} <= set(
        rotulos
    )
    assert not prueba.get("vega_lite_chart")
    assert not {"PNG", "SVG"} & set(rotulos)


def test_transferencias_de_quien_a_quien_y_lo_que_no_se_dice(ver: Ver) -> None:
    prueba = sana(ver(de_intercambio(), PAGINA))
    filas = tabla(prueba, "Práctica", "Estado").set_index("Práctica")
    assert filas.loc["Agentes preventivos", ["De quién a quién", "Estado"]].tolist() == [
        "Nezahualcóyotl → Peñalolén (Chile)",
        "instalada",
    ]
    assert filas.loc["Mesas de trabajo", "Estado"] == "el documento no lo dice"
    alternativo = next(f.proto.alt for f in prueba.get("vega_lite_chart") if "Pista" in f.proto.alt)
    assert "Agentes preventivos, Nezahualcóyotl → Peñalolén: instalada" in alternativo
    assert "el documento no dice en qué estado está" in alternativo
    assert "Sin ningún indicador ligado: «Agentes preventivos»" in todo(prueba)


def test_pasantias_con_fechas_y_dias(ver: Ver) -> None:
    filas = tabla(sana(ver(de_intercambio(), PAGINA)), "Empieza", "Días").set_index("Pasantía, seminario o congreso")
    assert filas.loc["Pasantía", ["Empieza", "Termina", "Días"]].tolist() == [
        "21 de marzo de 2022",
        "25 de marzo de 2022",
        "5",
    ]
    assert filas.loc["Congreso", ["Empieza", "Días"]].tolist() == ["julio de 2022", "no los dice"]


def test_siete_componentes_que_el_documento_no_nombra(ver: Ver) -> None:
    dicho = todo(sana(ver(de_intercambio(), PAGINA)))
    assert "**El documento dice que tiene 7 componentes** y no nombra ninguno" in dicho
    assert "1 · Abatir la incidencia delictiva" in dicho


def test_el_ciclo_dice_que_pasos_calla_el_documento(ver: Ver) -> None:
    prueba = sana(ver(de_intercambio(), PAGINA, experiencia="e"))
    alternativo = next(f.proto.alt for f in prueba.get("vega_lite_chart") if f.proto.alt.startswith("Ciclo"))
    assert "El documento dice algo de 2 de 8: problema, resultados." in alternativo
    pasos = tabla(prueba, "Paso", "Qué dice el documento").set_index("Paso")
    assert pasos.loc["1 · Problema"].tolist() == ["Violencia", "Atalaya"]
    assert pasos.loc["Replicabilidad"].tolist() == ["no lo dice", "—"]


def test_las_casillas_se_leen_marcadas_o_no(ver: Ver) -> None:
    prueba = sana(ver(de_intercambio(), PAGINA))
    casillas = next(
        h.proto.body for h in prueba.get("html") if "class='casillas'" in h.proto.body and "Salud" in h.proto.body
    )
    assert (
        "<li class='marcada'><span aria-hidden='true'>☑</span> <span class='oculto'>marcada: </span>Fortalecer"
        in casillas
    )
    assert (
        "<li class='libre'><span aria-hidden='true'>☐</span> <span class='oculto'>sin marcar: </span>Salud" in casillas
    )


def test_filtrar_por_casilla_deja_las_marcadas_y_queda_en_la_url(ver: Ver) -> None:
    prueba = sana(ver(de_intercambio(), PAGINA, tematico="Salud"))
    assert prueba.query_params["tematico"] == "Salud"
    fichas = [e.label for e in prueba.expander if "Iztapalapa" in e.label or "Querétaro" in e.label]
    assert fichas == ["**Otra** · Iztapalapa"]
    prueba = sana(ver(de_intercambio(), PAGINA, objetivo="Fortalecer", tematico="Salud"))
    assert any("Ninguna experiencia tiene marcadas" in i.value for i in prueba.info)
    assert "«Nada»" in sana(ver(de_intercambio(), PAGINA, objetivo="Nada")).warning[0].value


def test_ver_una_sola_parte(ver: Ver) -> None:
    prueba = sana(ver(de_intercambio(), PAGINA, ver="convenios"))
    assert [s.value for s in prueba.header] == ["Convenios y pasantías"]
    prueba.segmented_control(key="ver").set_value("modelos").run()
    assert "Modelos y sus componentes" in [s.value for s in sana(prueba).header]
    assert prueba.query_params["ver"] == "modelos"


def test_texto_hostil_se_lee_y_no_se_pinta(ver: Ver) -> None:
    dicho = todo(sana(ver(de_intercambio(HOSTIL), PAGINA, experiencia="e")))
    assert "&lt;script&gt;" in dicho
    assert "<script>" not in dicho.replace("\\<script\\>", "")
    for marca in ("![x]", "[clic](", ":red["):
        solo_markdown = "\n".join(r for r in dicho.splitlines() if "<section" not in r)
        assert marca not in solo_markdown.replace("\\" + marca[0], ""), marca


@pytest.mark.parametrize(
    ("ver_", "titulo", "primera", "dice"),
    [
        ("todo", "Qué práctica pasó de quién a quién", "transferencias_vistas", "Pista"),
        ("convenios", "Quién visitó a quién", "pasantias_vistas", "Línea de tiempo con 2"),
        ("experiencias", "Observatorio de prueba: en el ciclo", "ciclo_visto", "algo de 2 de 8"),
    ],
)
def test_se_lleva_la_figura_y_la_tabla_de_lo_que_se_ve(
    monkeypatch: pytest.MonkeyPatch, ver: Ver, ver_: str, titulo: str, primera: str, dice: str
) -> None:
    llevados: list[Legajo] = []
    monkeypatch.setattr(seguido, "descargas", llevados.append)
    sana(ver(de_intercambio(), PAGINA, ver=ver_, experiencia="e"))
    (uno,) = llevados
    assert uno.titulo.startswith(titulo)
    assert next(iter(uno.tablas)) == primera
    assert dice in uno.alternativo()
    assert legajo.svg(uno).startswith(b"<svg")
    assert legajo.xlsx(uno).startswith(b"PK")


def test_los_modelos_no_tienen_figura_que_llevarse(ver: Ver) -> None:
    rotulos = [b.label for b in sana(ver(de_intercambio(), PAGINA, ver="modelos")).get("download_button")]
    assert [r for r in rotulos if r in ("CSV", "XLSX", "PNG", "SVG")] == ["CSV", "XLSX"]
