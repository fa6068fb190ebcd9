"""La página del mapa: niveles, deslizador, ficha del lugar, leyenda y tabla, en los dos países."""

from __future__ import annotations

import re
from collections.abc import Callable
from types import SimpleNamespace

import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest
from test_paginas import sana, tabla_con

from atalaya.interfaz import filtros_mapa

Abrir = Callable[..., AppTest]
MAPA = "indicadores/mapa"
CONFIANZA = "confianza_policia_municipal"
SIN_PARTIR = "\N{NO-BREAK SPACE}"


def ficha(prueba: AppTest) -> str:
    """La ficha del lugar, en texto llano."""
    cuerpo = next(h.proto.body for h in prueba.get("html") if "ficha lugar" in h.proto.body)
    return pd.Series([cuerpo]).str.replace(r"<[^>]+>", " ", regex=True).str.split().str.join(" ")[0]


def descripcion(prueba: AppTest) -> str:
    """Lo que se lee de la figura sin verla."""
    return next(h.proto.body for h in prueba.get("html") if "oculto" in h.proto.body)


def test_mapa_de_2019_pinta_las_regiones_y_no_las_alcaldias(abrir: Abrir) -> None:
    prueba = sana(abrir("indicadores/mapa", indicador="inseguridad_ciudad", periodo="2019T1"))
    pintadas = set(tabla_con(prueba, "Área urbana")["Área urbana"])
    assert {"CDMX Norte", "CDMX Sur", "CDMX Oriente", "CDMX Poniente", "La Laguna"} <= pintadas
    assert not {"Iztacalco", "Iztapalapa", "Torreón"} & pintadas


def test_mapa_distingue_las_ausencias_en_la_leyenda(abrir: Abrir) -> None:
    antes = sana(abrir("indicadores/mapa", indicador=CONFIANZA, periodo="2019T4"))
    leyenda = next(h.proto.body for h in antes.get("html") if "leyenda" in h.proto.body)
    assert "no aplica (sin policía municipal)" in leyenda
    assert "no se levantó" in leyenda  # Irapuato, Chetumal…: la encuesta llegó en 2021


@pytest.mark.parametrize(
    ("indicador", "periodo", "rotulo", "ejemplo"),
    [
        ("conflicto_con_familiares", "2021T4", "sin dato", "Tijuana"),
        (CONFIANZA, "2025T2", "no aplica (sin policía municipal)", "Iztapalapa"),
        ("inseguridad_ciudad", "2019T4", "no se levantó", "Irapuato"),
    ],
)
def test_cada_ausencia_del_mapa_se_ve_en_una_vista_real(
    abrir: Abrir, indicador: str, periodo: str, rotulo: str, ejemplo: str
) -> None:
    prueba = sana(abrir("indicadores/mapa", indicador=indicador, periodo=periodo))
    leyenda = next(h.proto.body for h in prueba.get("html") if "leyenda" in h.proto.body)
    assert rotulo in leyenda
    tabla = tabla_con(prueba, "Área urbana").set_index("Área urbana")
    assert "%" not in tabla.loc[ejemplo, "Cifra"]


@pytest.mark.parametrize(
    ("nivel", "indicador", "columna", "cuantos", "lugar"),
    [
        ("areas", CONFIANZA, "Área urbana", 91, "Nezahualcóyotl"),
        ("comunas", "victimizacion_hogar", "Comuna", 346, "Peñalolén"),
        ("regiones", "victimizacion_hogar", "Región", 16, "Metropolitana"),
    ],
)
def test_cada_nivel_pinta_todos_sus_lugares_y_abre_la_ficha_de_uno(
    abrir: Abrir, nivel: str, indicador: str, columna: str, cuantos: int, lugar: str
) -> None:
    prueba = sana(abrir(MAPA, nivel=nivel, indicador=indicador))
    assert len(tabla_con(prueba, columna)) == cuantos
    assert ficha(prueba).startswith(lugar)
    assert f"{lugar}: " in descripcion(prueba)
    assert all("Mapa de" in f.proto.alt for f in prueba.get("vega_lite_chart"))


def test_la_ficha_de_una_comuna_da_la_cifra_con_su_error(abrir: Abrir) -> None:
    """Peñalolén, ENUSC 2023: hogares víctimas, con el factor comunal."""
    dicho = ficha(sana(abrir(MAPA, nivel="comunas", lugar="CL-13122", indicador="victimizacion_hogar")))
    assert dicho.startswith(f"Peñalolén 33.65{SIN_PARTIR}%".replace(SIN_PARTIR, " "))
    assert "Intervalo 27.52 a 40.38 al 95 %; error de diseño, de los microdatos" in dicho
    assert "Precisión alta, según INE Chile" in dicho
    assert "Entrevistas 307" in dicho
    assert "Dónde está base de datos ENUSC 2023, variables VH_DC" in dicho


def test_la_ficha_de_un_area_lleva_a_sus_otras_paginas(abrir: Abrir) -> None:
    prueba = sana(abrir(MAPA, lugar="MX-15058", indicador=CONFIANZA, periodo="2025T2"))
    dicho = ficha(prueba)
    assert dicho.startswith("Nezahualcóyotl 55.95 %")
    assert "error modelado por Atalaya" in dicho
    assert "ensu2t2025_estimaciones.zip, cuadro 8.7, celda E408" in dicho
    destinos = {e.proto.label: e.proto.query_string for e in prueba.get("page_link")}
    assert set(destinos) >= {"Evolución", "Comparar"}
    assert "lugar=MX-CD28" in destinos["Comparar"]
    assert "periodo=2025T2" in destinos["Comparar"]


@pytest.mark.parametrize(
    ("nivel", "lugar", "indicador", "porque"),
    [
        ("areas", "MX-CD76", CONFIANZA, "no hay policía municipal"),
        ("comunas", "CL-12202", "victimizacion_hogar", "no se levantó, o no daba cifra propia"),
    ],
)
def test_la_ficha_de_un_lugar_sin_cifra_dice_por_que(
    abrir: Abrir, nivel: str, lugar: str, indicador: str, porque: str
) -> None:
    assert porque in ficha(sana(abrir(MAPA, nivel=nivel, lugar=lugar, indicador=indicador)))


def test_sin_lugar_marcado_dice_como_abrir_una_ficha(abrir: Abrir) -> None:
    prueba = sana(abrir(MAPA, lugar=""))
    assert any("haga clic en el mapa" in m.value for m in prueba.markdown)


def test_el_deslizador_cambia_el_titulo_la_url_y_la_ficha(abrir: Abrir) -> None:
    prueba = sana(abrir(MAPA, indicador=CONFIANZA, periodo="2025T2"))
    deslizador = prueba.select_slider(key="periodo")
    assert deslizador.options[0].startswith("Marzo de 2019")
    assert deslizador.options[-1] == "Junio de 2025 (T2)"
    sana(deslizador.set_value("2024T2").run())
    assert prueba.header[0].value.endswith("junio de 2024")
    assert prueba.query_params["periodo"] == "2024T2"
    assert "Periodo junio de 2024" in ficha(prueba)


def test_las_clases_son_las_mismas_en_todos_los_periodos(abrir: Abrir) -> None:
    def rotulos(periodo: str) -> list[str]:
        prueba = sana(abrir(MAPA, indicador="inseguridad_ciudad", periodo=periodo))
        leyenda = next(h.proto.body for h in prueba.get("html") if "Leyenda del mapa" in h.proto.body)
        return re.findall(r"</span>([\d.]+ a [^<]+ %)", leyenda)

    assert len(rotulos("2019T4")) == 5
    assert rotulos("2019T4") == rotulos("2025T2")


def test_cambiar_de_nivel_lleva_al_lugar_que_corresponde(abrir: Abrir) -> None:
    prueba = sana(abrir(MAPA, nivel="comunas", lugar="CL-05109"))
    prueba.button_group(key="nivel").set_value("regiones")
    sana(prueba.run())
    assert prueba.query_params["lugar"] == "CL-05"
    assert ficha(prueba).startswith("Valparaíso")


@pytest.mark.parametrize(
    ("url", "nivel"),
    [
        ({}, "areas"),
        ({"indicador": "victimizacion_hogar"}, "comunas"),
        ({"lugar": "CL-13"}, "regiones"),
        ({"lugar": "CL-13122", "indicador": "victimizacion_hogar"}, "comunas"),
        ({"lugar": "MX-15058", "indicador": "inseguridad_ciudad"}, "areas"),
    ],
)
def test_un_enlace_sin_nivel_lo_da_por_su_indicador_y_su_lugar(abrir: Abrir, url: dict[str, str], nivel: str) -> None:
    prueba = sana(abrir(MAPA, **url))
    assert prueba.query_params["nivel"] == nivel
    assert not [a for a in prueba.warning if "El enlace" in a.value]


def test_un_solo_periodo_se_dice_en_lugar_de_un_deslizador_que_no_se_mueve(abrir: Abrir) -> None:
    prueba = sana(abrir(MAPA, nivel="comunas"))
    assert not prueba.select_slider
    assert any("2023, el único con cifras" in m.value for m in prueba.markdown)
    assert prueba.query_params["periodo"] == "2023"


def test_doscientas_comunas_sin_levantar_se_cuentan_y_no_se_listan(abrir: Abrir) -> None:
    prueba = sana(abrir(MAPA, nivel="comunas"))
    notas = " ".join(m.value for m in prueba.markdown)
    assert "**No se levantó**: 210 lugares." in notas
    assert "INEGI" not in notas  # la cautela es la de la oficina de la cifra


def _clic(monkeypatch: pytest.MonkeyPatch, estado: dict[str, object], *lugares: str) -> None:
    """Como si Vega mandara esa lista de lugares tocados."""
    estado["m"] = SimpleNamespace(selection={"elegido": [{"lugar": uno} for uno in lugares]})
    monkeypatch.setattr(st, "session_state", estado)
    filtros_mapa.al_hacer_clic("m", "areas")


def test_un_clic_pone_el_lugar_primero_y_otro_en_el_mismo_lo_vuelve_a_abrir(monkeypatch: pytest.MonkeyPatch) -> None:
    estado: dict[str, object] = {"lugar": ["MX-CD28", "MX-CD03"]}
    _clic(monkeypatch, estado, "MX-CD27")
    assert estado["lugar"] == ["MX-CD27", "MX-CD03"]
    _clic(monkeypatch, estado, "MX-CD27", "MX-CD03")
    assert estado["lugar"] == ["MX-CD03"]
    estado["lugar"] = ["MX-CD28"]  # se elige otro en la lista…
    _clic(monkeypatch, estado, "MX-CD03")  # …y se vuelve a tocar el primero: Vega lo quita de la suya
    assert estado["lugar"] == ["MX-CD27"]


@pytest.mark.parametrize("tocado", ["MX-99999", "CL-13122", ""])
def test_un_clic_fuera_de_los_lugares_no_hace_nada(monkeypatch: pytest.MonkeyPatch, tocado: str) -> None:
    estado: dict[str, object] = {"lugar": ["MX-CD28"]}
    _clic(monkeypatch, estado, tocado)
    assert estado["lugar"] == ["MX-CD28"]


@pytest.mark.parametrize(
    ("nivel", "indicador", "periodo"),
    [
        ("municipios", "homicidio_doloso", "2025"),
        ("municipios", "homicidio_doloso", "2025-06"),
        ("entidades", "homicidio_doloso", "2023"),
        ("comunas", "casos_policiales", "2024"),
        ("regiones", "victimizacion_hogar", "2024"),
    ],
)
def test_cada_nivel_se_pinta_con_el_acervo_entero(abrir: Abrir, nivel: str, indicador: str, periodo: str) -> None:
    prueba = sana(abrir(MAPA, nivel=nivel, indicador=indicador, periodo=periodo))
    leyenda = next(h.proto.body for h in prueba.get("html") if "leyenda" in h.proto.body)
    cuantos = sum(int(n.replace(",", "")) for n in re.findall(r"\(([\d,]+)\)", leyenda))
    # Los municipios «no especificados» tienen casos y no territorio: no se pintan ni se cuentan.
    assert cuantos == {"municipios": 2478, "entidades": 32, "comunas": 346, "regiones": 16}[nivel]
    assert "no especificado" not in descripcion(prueba)


def test_dice_en_cuantos_lugares_el_ano_va_a_medias(abrir: Abrir) -> None:
    prueba = sana(abrir(MAPA, nivel="municipios", indicador="homicidio_doloso", periodo="2025"))
    notas = [n.value for n in prueba.caption if n.value.startswith("2025 lleva")]
    # Cinco municipios traen su total anual; los de Guanajuato, hasta noviembre; los demás, hasta junio.
    assert notas == ["2025 lleva de 6 a 11 meses en 2,470 lugares: su tasa va llevada a un año."]


def test_el_enlace_que_solo_trae_el_indicador_abre_su_tema(abrir: Abrir) -> None:
    prueba = sana(abrir(MAPA, nivel="comunas", indicador="casos_policiales"))
    assert prueba.selectbox(key="tema").value == "incidencia_cl"
    assert prueba.selectbox(key="indicador").value == "casos_policiales"
