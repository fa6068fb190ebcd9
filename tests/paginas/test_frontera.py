"""Comparar y Evolución entre dos países: qué va junto, con qué aviso, qué va aparte y qué no se prueba."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest
from test_paginas import CONFIANZA, NEZA, frases_de, sana, tabla_con

from atalaya.catalogo import comparabilidad
from atalaya.informes import tablas
from atalaya.interfaz import datos, frontera

Abrir = Callable[..., AppTest]
NEZA_PENALOLEN = ["MX-CD28", "CL-13122"]
HOGARES, HOGAR = "hogares_victimas", "victimizacion_hogar"


def fichas_abiertas(prueba: AppTest) -> list[str]:
    """Los rótulos de las fichas de comparabilidad que se ven sin tocar nada."""
    return [e.label for e in prueba.expander if e.label.startswith("Ficha de comparabilidad") and e.proto.expanded]


def test_abrir_comparar_ensena_a_nezahualcoyotl_y_penalolen(abrir: Abrir) -> None:
    prueba = sana(abrir("indicadores/comparar"))
    assert prueba.query_params["lugar"][:2] == NEZA_PENALOLEN
    avisos = [a.value for a in prueba.warning]
    assert any("Comparabilidad media" in a and "no se prueba" in a for a in avisos)
    assert any("No se comparan" in a and "no es la misma pregunta" in a.lower() for a in avisos)
    assert any("La autoridad no existe en Chile" in a for a in avisos)
    assert fichas_abiertas(prueba) == ["Ficha de comparabilidad: media"]
    tabla = tabla_con(prueba, "Encuesta").set_index("Lugar")
    assert tabla.loc["Peñalolén", ["Encuesta", "Cifra"]].tolist() == ["ENUSC 2023", "33.65\N{NO-BREAK SPACE}%"]
    assert tabla.loc[NEZA, "Encuesta"] == "ENSU 1.er sem 2025"


def test_media_va_en_un_eje_con_la_ficha_abierta_y_sin_prueba_entre_encuestas(abrir: Abrir) -> None:
    url = {"lugar": [*NEZA_PENALOLEN, "MX-CD27", "CL-13110"], "indicador": HOGARES, "periodo": "2025S1"}
    prueba = sana(abrir("indicadores/comparar", **url))
    (figura,) = prueba.get("vega_lite_chart")
    assert "Peñalolén, ENUSC 2023" in figura.proto.alt
    assert "Nezahualcóyotl, ENSU 1.er sem 2025" in figura.proto.alt
    dicho = frases_de(prueba)
    assert "La diferencia entre las dos encuestas mezcla la realidad con el método: no se prueba." in dicho
    (ficha,) = (h.proto.body for h in prueba.get("html") if "Qué le hace a la cifra" in h.proto.body)
    for dice in ("Universo", "Periodo", "Dominio", "6 meses contra 12", "los doce meses anteriores a la entrevista"):
        assert dice in ficha
    # Dentro de cada encuesta sí se prueba; entre ellas, nunca.
    assert "Nezahualcóyotl (ENSU): la cifra de Nezahualcóyotl es menor que la de Ecatepec" in dicho
    assert "Peñalolén (ENUSC): " in dicho
    for linea in dicho.split("\n"):
        if "(ENSU):" in linea:
            assert "La Florida" not in linea
            assert "de Peñalolén" not in linea


def test_ninguna_va_en_dos_paneles_y_la_pagina_dice_por_que(abrir: Abrir) -> None:
    prueba = sana(abrir("indicadores/comparar", lugar=NEZA_PENALOLEN, indicador="inseguridad_ciudad", periodo="2025T2"))
    textos = [f.proto.alt for f in prueba.get("vega_lite_chart")]
    assert len(textos) == 2
    assert "Peñalolén" not in textos[0]
    assert NEZA not in textos[1]
    (aviso,) = prueba.warning
    assert "No se comparan" in aviso.value
    assert "si la delincuencia aumentó en el país" in aviso.value
    assert fichas_abiertas(prueba) == []


def test_lo_que_no_existe_en_el_otro_pais_se_dice_y_no_se_dibuja(abrir: Abrir) -> None:
    prueba = sana(abrir("indicadores/comparar", lugar=NEZA_PENALOLEN, indicador=CONFIANZA, periodo="2025T2"))
    (figura,) = prueba.get("vega_lite_chart")
    assert "Peñalolén" not in figura.proto.alt
    assert "En Chile no hay cifra que poner al lado" in prueba.warning[0].value


def test_lo_que_nadie_escribio_se_niega_diciendolo(abrir: Abrir) -> None:
    prueba = sana(abrir("indicadores/comparar", lugar=NEZA_PENALOLEN, indicador="problema_baches", periodo="2025T2"))
    assert comparabilidad.NADIE in prueba.warning[0].value


def test_elegir_el_indicador_chileno_busca_el_mexicano(abrir: Abrir) -> None:
    prueba = sana(abrir("indicadores/comparar", lugar=NEZA_PENALOLEN[::-1], indicador=HOGAR, periodo="2023"))
    tabla = tabla_con(prueba, "Encuesta").set_index("Lugar")
    assert tabla.loc["Peñalolén", "Encuesta"] == "ENUSC 2023"
    assert tabla.loc[NEZA, "Encuesta"].startswith("ENSU 1.er sem 2024")  # el más cercano a diciembre de 2023 con cifra
    assert "Comparabilidad media" in prueba.warning[0].value


def test_cada_pais_lleva_su_nacional(abrir: Abrir) -> None:
    chile = sana(abrir("indicadores/comparar", lugar=["CL-13122", "CL-13"], indicador=HOGAR, periodo="2023"))
    assert not [a for a in chile.warning if "ompara" in a.value]
    (figura,) = chile.get("vega_lite_chart")
    assert "Referencia, Chile: 34.8" in figura.proto.alt.replace("\N{NO-BREAK SPACE}", " ")
    assert "México" not in figura.proto.alt


def test_sin_lugares_del_pais_del_indicador_queda_su_nacion(abrir: Abrir) -> None:
    prueba = sana(abrir("indicadores/comparar", lugar="CL-13122", indicador=HOGARES, periodo="2025S1"))
    assert {"Peñalolén", "México (nacional)", "Chile (nacional)"} == set(tabla_con(prueba, "Encuesta")["Lugar"])


def test_evolucion_junta_dos_calendarios_y_marca_la_ruptura_de_su_encuesta(abrir: Abrir) -> None:
    url = {"lugar": ["MX-CD28", "CL-13"], "indicador": HOGARES, "desde": "2019S1", "hasta": "2025S1"}
    prueba = sana(abrir("indicadores/evolucion", **url))
    (figura,) = prueba.get("vega_lite_chart")
    assert "Metropolitana, ENUSC: " in figura.proto.alt
    assert "cambia la serie y no se compara con lo anterior" in figura.proto.alt
    assert fichas_abiertas(prueba) == ["Ficha de comparabilidad: media"]
    assert any("no se calcula ningún cambio a través de esta ruptura" in a.value for a in prueba.warning)
    assert len([t for t in prueba.table if "Periodo" in t.value]) == 2


def test_evolucion_de_lo_que_no_se_compara_va_en_dos_cuadros(abrir: Abrir) -> None:
    url = {"lugar": NEZA_PENALOLEN, "indicador": "inseguridad_ciudad", "desde": "2023T1", "hasta": "2025T2"}
    prueba = sana(abrir("indicadores/evolucion", **url))
    assert len(prueba.get("vega_lite_chart")) == 2
    assert "No se comparan" in prueba.warning[0].value
    notas = frases_de(prueba)
    assert "ENUSC. **" in notas
    assert "ENSU. **Falta su archivo**" in notas


def test_lo_que_se_descarga_lleva_el_nivel_la_fuente_y_ninguna_prueba_entre_encuestas() -> None:
    from atalaya.informes.vista import Vista
    from atalaya.interfaz.vistas.comparar import _con_pruebas

    cruces = frontera.de_un_periodo([HOGARES], NEZA_PENALOLEN, "2025S1")
    tabla = frontera.tabla(cruces, "inegi")
    probada = _con_pruebas(tabla, {HOGARES: "MX-CD28", HOGAR: "CL-13122"})
    vista = Vista("x", "x", "x", probada, lambda: None, str, "x", "x")  # type: ignore[arg-type, return-value]
    filas = list(csv.DictReader(io.StringIO(tablas.csv(vista).decode("utf-8-sig"), newline="")))
    por_lugar = {fila["lugar"]: fila for fila in filas}
    assert {fila["comparabilidad"] for fila in filas} == {"media"}
    assert por_lugar["MX-CD28"]["comparado_con"] == HOGAR
    assert por_lugar["CL-13122"]["fuente"] == "enusc"
    assert por_lugar["CL-13122"]["periodo"] == "2023"
    assert por_lugar["CL"]["frente_a"] == "CL-13122"
    assert por_lugar["MX"]["frente_a"] == "MX-CD28"
    assert por_lugar["CL-13122"]["p"] == por_lugar["MX-CD28"]["p"] == ""


def test_nivel_alta_si_se_prueba(monkeypatch: pytest.MonkeyPatch) -> None:
    """No hay ninguno todavía; el día que lo haya, la diferencia entre encuestas se prueba."""
    from dataclasses import replace

    from atalaya.interfaz.vistas import comparar

    cruces = frontera.de_un_periodo([HOGARES], NEZA_PENALOLEN, "2025S1")
    tabla = frontera.tabla(cruces, "inegi")
    (media,) = comparar._hacer_paneles(tabla, cruces[0])
    alta = replace(cruces[0], par=replace(cruces[0].par, nivel="alta"))
    (panel,) = comparar._hacer_paneles(tabla, alta)
    assert any("de Peñalolén" in frase for frase in panel.frases)
    assert not any("istingue de la de Peñalolén" in frase for frase in media.frases)


def test_los_lugares_que_se_ofrecen_no_se_llaman_igual() -> None:
    nombres = [datos.nombre_entero(clave) for clave in datos.lugares()]
    assert len(nombres) == len(set(nombres))
    assert {"CL-13122", "CL-13", "CL", "MX", "MX-CD28"} <= set(datos.lugares())


def test_las_demas_paginas_siguen_siendo_de_areas_urbanas() -> None:
    assert not [clave for clave in datos.areas() if clave.startswith("CL")]
    assert HOGAR not in datos.disponibles()
    assert HOGAR in datos.disponibles(frontera=True)
