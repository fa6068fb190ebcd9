"""De cada página: su título, llena, sin acervo, con una URL que no dice nada, y sus descargas."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qs

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

Abrir = Callable[..., AppTest]
TITULOS = {
    "indicadores/inicio": "Atalaya",
    "indicadores/ficha": "Ficha de un lugar",
    "indicadores/comparar": "Comparar lugares",
    "indicadores/evolucion": "Evolución",
    "indicadores/clasificacion": "Clasificación",
    "indicadores/mapa": "Mapa",
    "indicadores/percepcion_y_registro": "Percepción y registro",
    "indicadores/proximidad": "Proximidad",
    "indicadores/incidencia": "Incidencia",
    "seguimiento/compromisos": "Compromisos",
    "seguimiento/evaluaciones": "Evaluaciones",
    "seguimiento/participacion": "Participación",
    "seguimiento/afirmaciones": "Afirmaciones",
    "intercambio/intercambio": "Intercambio",
    "datos/datos": "Datos",
    "datos/cargar": "Cargar datos propios",
    "datos/metodologia": "Metodología",
}
CON_DESCARGA = [pagina for pagina in TITULOS if pagina.startswith("indicadores/")]
NEZA = "Nezahualcóyotl"
CONFIANZA = "confianza_policia_municipal"


def sana(prueba: AppTest) -> AppTest:
    """La misma prueba, si no enseña ningún error."""
    assert not prueba.exception, prueba.exception[0].message
    assert not prueba.error, prueba.error[0].value
    return prueba


def tabla_con(prueba: AppTest, columna: str) -> pd.DataFrame:
    """La primera tabla de la página que tiene esa columna."""
    return next(t.value for t in prueba.table if columna in t.value.columns)


@pytest.mark.parametrize(("pagina", "titulo"), TITULOS.items())
def test_abre_con_su_titulo_y_sin_avisos_de_enlace(abrir: Abrir, pagina: str, titulo: str) -> None:
    prueba = sana(abrir(pagina))
    assert prueba.title[0].value == titulo
    assert not [a for a in prueba.warning if "El enlace" in a.value]


@pytest.mark.parametrize("pagina", [p for p in TITULOS if p != "datos/metodologia"])
def test_sin_acervo_dice_que_hacer(abrir: Abrir, sin_acervo: Path, pagina: str) -> None:
    prueba = abrir(pagina)
    assert not prueba.exception
    assert "incorporar" in prueba.error[0].value
    assert str(sin_acervo) in prueba.error[0].value


@pytest.mark.parametrize("pagina", CON_DESCARGA)
def test_url_que_no_existe_avisa_y_muestra_lo_de_siempre(abrir: Abrir, pagina: str) -> None:
    prueba = sana(abrir(pagina, lugar="MX-99999", periodo="2099T9", indicador="nada", desde="ayer", entre="x"))
    aviso = next(a.value for a in prueba.warning if "El enlace" in a.value)
    assert "«MX-99999»" in aviso
    assert prueba.query_params["lugar"] != "MX-99999"
    assert prueba.get("vega_lite_chart")


@pytest.mark.parametrize("pagina", CON_DESCARGA)
def test_ofrece_las_cuatro_descargas(abrir: Abrir, pagina: str) -> None:
    rotulos = [boton.label for boton in sana(abrir(pagina)).download_button]
    assert [r for r in rotulos if r in ("CSV", "XLSX", "PNG", "SVG")] == ["CSV", "XLSX", "PNG", "SVG"]


@pytest.mark.parametrize("pagina", CON_DESCARGA)
def test_toda_figura_lleva_texto_alternativo_tabla_y_ficha(abrir: Abrir, pagina: str) -> None:
    prueba = sana(abrir(pagina))
    figuras = prueba.get("vega_lite_chart")
    assert figuras
    assert all(len(figura.proto.alt) > 80 for figura in figuras)
    assert len(prueba.table) >= 1
    assert any("Ficha" in plegado.label for plegado in prueba.expander)
    assert any("Pregunta" in bloque.proto.body for bloque in prueba.get("html"))


@pytest.mark.parametrize("pagina", CON_DESCARGA)
def test_la_url_lleva_todo_lo_elegido_y_lo_reproduce(abrir: Abrir, pagina: str) -> None:
    primera = sana(abrir(pagina, lugar="MX-CD27", periodo="2024T2"))
    url = {clave: primera.query_params[clave] for clave in primera.query_params}
    segunda = sana(abrir(pagina, **url))
    assert {clave: segunda.query_params[clave] for clave in segunda.query_params} == url
    assert [t.value.to_dict() for t in segunda.table] == [t.value.to_dict() for t in primera.table]
    # Lo que se ve está en el texto alternativo o, en el mapa, en el que lo sigue.
    dichos = [f.proto.alt for f in segunda.get("vega_lite_chart")] + [h.proto.body for h in segunda.get("html")]
    assert "Ecatepec" in " ".join(dichos)


def test_comparar_da_la_cifra_oficial(abrir: Abrir) -> None:
    tabla = tabla_con(sana(abrir("indicadores/comparar", periodo="2025T2", indicador=CONFIANZA)), "Ciudad").set_index(
        "Ciudad"
    )
    assert tabla.loc[NEZA, "Cifra"] == "55.95\N{NO-BREAK SPACE}%"
    assert tabla.loc["Iztapalapa", "Cifra"] == "no aplica"


def test_comparar_acepta_municipio_y_lista_con_comas(abrir: Abrir) -> None:
    prueba = sana(abrir("indicadores/comparar", lugar="MX-15058,MX-CD27"))
    assert prueba.query_params["lugar"] == ["MX-CD28", "MX-CD27"]


def test_comparar_vacia_dice_que_elegir_y_el_enlace_la_reproduce(abrir: Abrir) -> None:
    prueba = sana(abrir("indicadores/comparar"))
    prueba.multiselect(key="lugar").set_value([]).run()
    assert "Elija al menos un lugar" in prueba.info[0].value
    assert prueba.query_params["lugar"] == ""
    assert "Elija al menos un lugar" in sana(abrir("indicadores/comparar", lugar="")).info[0].value


def test_cambiar_un_filtro_cambia_la_url_la_tabla_y_la_figura(abrir: Abrir) -> None:
    prueba = sana(abrir("indicadores/comparar", indicador=CONFIANZA))
    prueba.multiselect(key="lugar").set_value(["MX-CD28", "MX-CD03"]).run()
    prueba.selectbox(key="periodo").set_value("2021T3").run()
    sana(prueba)
    assert prueba.query_params["lugar"] == ["MX-CD28", "MX-CD03"]
    assert prueba.query_params["periodo"] == "2021T3"
    tabla = tabla_con(prueba, "Ciudad").set_index("Ciudad")
    assert set(tabla.index) == {NEZA, "Tijuana", "Nacional"}
    assert tabla.loc[NEZA, "Cifra"] == "71.17\N{NO-BREAK SPACE}%"
    assert "septiembre de 2021" in prueba.get("vega_lite_chart")[0].proto.alt


def test_lo_elegido_sigue_al_cambiar_de_pagina(abrir: Abrir) -> None:
    lugares = ["MX-CD03", "MX-CD28"]
    prueba = sana(abrir("indicadores/comparar", lugar=lugares, periodo="2024T2", indicador=CONFIANZA))
    prueba.switch_page("pages/indicadores/clasificacion.py").run()
    sana(prueba)
    assert prueba.query_params["lugar"] == ["MX-CD03", "MX-CD28"]
    assert prueba.query_params["periodo"] == "2024T2"


@pytest.mark.parametrize(
    ("periodo", "lugar"),
    [("2019T1", "13.º de 67"), ("2021T3", "4.º de 75"), ("2024T2", "11.º de 76"), ("2025T2", "24.º de 76")],
)
def test_clasificacion_da_el_lugar_oficial(abrir: Abrir, periodo: str, lugar: str) -> None:
    prueba = sana(abrir("indicadores/clasificacion", indicador=CONFIANZA, periodo=periodo))
    assert prueba.metric[0].value.replace("\N{NO-BREAK SPACE}", " ") == lugar
    assert prueba.metric[0].label.startswith(NEZA)


def test_clasificacion_sin_nadie_dice_que_hacer(abrir: Abrir) -> None:
    prueba = sana(abrir("indicadores/clasificacion", entre="alcaldias", indicador=CONFIANZA))
    assert "Elija otro trimestre" in prueba.info[0].value


def test_evolucion_dice_los_huecos_por_su_causa(abrir: Abrir) -> None:
    prueba = sana(abrir("indicadores/evolucion", lugar="MX-CD28", desde="2019T1", hasta="2025T2"))
    notas = " ".join(m.value for m in prueba.markdown)
    assert "**No se levantó**: jun 2020" in notas
    assert "sep 2019" in notas.partition("**Falta su archivo**")[2]
    tabla = tabla_con(prueba, "Periodo").set_index("Periodo")
    assert tabla.loc["junio de 2020", NEZA] == "no se levantó"
    assert tabla.loc["marzo de 2022", NEZA] == "falta su archivo"


def test_cada_motivo_del_hueco_va_con_sus_lugares_y_periodos(abrir: Abrir) -> None:
    lugares = ["MX-CD28", "MX-CD21", "MX-CD76", "MX-CD07"]
    prueba = sana(
        abrir("indicadores/evolucion", lugar=lugares, indicador="inseguridad_ciudad", desde="2013T3", hasta="2025T2")
    )
    notas = [renglon for m in prueba.markdown for renglon in m.value.split("\n")]
    otis = next(n for n in notas if "Otis" in n and "levantó" in n)
    assert "**No se levantó**: dic 2023 (Acapulco)." in otis
    covid = next(n for n in notas if "COVID-19" in n and "levantó" in n)
    assert "jun 2020 (todas las ciudades)" in covid
    assert any(
        "de sep 2013 a jun 2016 (Nezahualcóyotl). La encuesta da su cifra desde septiembre de 2016" in n for n in notas
    )
    assert any("de mar 2016 a jun 2019 (Iztapalapa). Se encuestaba dentro de CDMX Oriente" in n for n in notas)


def test_torreon_antes_de_2022_estaba_dentro_de_la_laguna(abrir: Abrir) -> None:
    prueba = sana(abrir("indicadores/comparar", lugar="MX-05035", indicador="inseguridad_ciudad", periodo="2021T4"))
    assert "Torreón. Se encuestaba dentro de La Laguna" in " ".join(m.value for m in prueba.markdown)


def test_evolucion_al_reves_se_endereza(abrir: Abrir) -> None:
    prueba = sana(abrir("indicadores/evolucion", desde="2025T2", hasta="2021T1"))
    periodos = list(tabla_con(prueba, "Periodo")["Periodo"])
    assert (periodos[0], periodos[-1]) == ("junio de 2025", "marzo de 2021")


def test_evolucion_una_ciudad_por_cuadro(abrir: Abrir) -> None:
    prueba = sana(abrir("indicadores/evolucion", lugar=["MX-CD28", "MX-CD27", "MX-CD03"], forma="separadas"))
    assert [s.value for s in prueba.header][:3] == [NEZA, "Ecatepec", "Tijuana"]
    assert len(prueba.get("vega_lite_chart")) == 3


def test_datos_busca_con_y_sin_acentos(abrir: Abrir) -> None:
    con = tabla_con(sana(abrir("datos/datos", buscar="policía municipal")), "Indicador")
    sin = tabla_con(sana(abrir("datos/datos", buscar="POLICIA MUNICIPAL")), "Indicador")
    assert len(con) > 3
    assert list(con["Indicador"]) == list(sin["Indicador"])


def test_datos_busca_lugares_y_dice_con_que_area_se_responde(abrir: Abrir) -> None:
    tabla = tabla_con(sana(abrir("datos/datos", que="lugares", buscar="nezahualcoyotl")), "Lugar")
    assert {"encuesta", "encuesta, como MX-CD28 y conteos"} <= set(tabla["Con cifras"])


def test_datos_sin_hallazgos_propone_otra_busqueda(abrir: Abrir) -> None:
    prueba = sana(abrir("datos/datos", buscar="zzzz"))
    assert "Nada se llama «zzzz»" in prueba.info[0].value


def test_datos_da_el_manifiesto_y_se_lleva(abrir: Abrir) -> None:
    prueba = sana(abrir("datos/datos"))
    archivos = tabla_con(prueba, "SHA-256")
    assert "ensu2t2025_estimaciones.zip" in set(archivos["Archivo"])
    assert archivos["SHA-256"].str.fullmatch(r"`[0-9a-f]{64}`").all()
    assert {"CSV", "XLSX", "Manifiesto (CSV)"} <= {boton.label for boton in prueba.download_button}


def test_metodologia_sale_de_las_cabeceras(abrir: Abrir) -> None:
    from atalaya import motor

    prueba = sana(abrir("datos/metodologia", consulta="mostrar/clasificar"))
    assert motor.cargar("mostrar/clasificar").metodo in " ".join(m.value for m in prueba.markdown)
    listadas = {celda for t in prueba.table if "Consulta" in t.value for celda in t.value["Consulta"]}
    assert listadas == {f"`{una.nombre}`" for una in motor.consultas()}


def test_enlaces_de_inicio_llevan_la_ciudad(abrir: Abrir) -> None:
    prueba = sana(abrir("indicadores/inicio", lugar="MX-CD03", periodo="2024T2"))
    consultas = [parse_qs(enlace.proto.query_string) for enlace in prueba.get("page_link")]
    assert {"lugar": ["MX-CD03"], "periodo": ["2024T2"]} in consultas


def frases_de(prueba: AppTest) -> str:
    """Todo el texto de la página, con espacios corrientes."""
    return " ".join(m.value for m in prueba.markdown).replace("\N{NO-BREAK SPACE}", " ")


def test_comparar_dice_que_diferencias_superan_el_error(abrir: Abrir) -> None:
    ciudades = ["MX-CD28", "MX-CD27", "MX-CD90"]
    prueba = sana(abrir("indicadores/comparar", lugar=ciudades, periodo="2025T2", indicador=CONFIANZA))
    dicho = frases_de(prueba)
    assert "La cifra de Nezahualcóyotl supera a la de Ecatepec en 24.8 puntos (± " in dicho
    assert "No se distingue de la de Atizapán" in dicho
    assert "95 % de confianza" in dicho
    assert "supera a la de Ecatepec" in prueba.get("vega_lite_chart")[0].proto.alt
    assert "a" in tabla_con(prueba, "Intervalo al 95 %").set_index("Ciudad").loc[NEZA, "Intervalo al 95 %"]
    assert any("error modelado" in h.proto.body for h in prueba.get("html"))


def test_comparar_torreon_con_la_laguna_no_los_toma_por_independientes(abrir: Abrir) -> None:
    from atalaya.estadistica import comparaciones
    from atalaya.interfaz import datos

    pareja = ["MX-05035", "MX-CD07"]
    sana(abrir("indicadores/comparar", lugar=pareja, periodo="2025T2", indicador=CONFIANZA))
    tabla = datos.correr("consultar", indicadores=[CONFIANZA], lugares=pareja, periodos=["2025T2"], desgloses=["total"])
    comun = comparaciones.parte_comun(*tabla.to_dict("records"))
    assert comun is None or comun > 0


def test_evolucion_lista_los_cambios_y_la_tabla_los_marca(abrir: Abrir) -> None:
    url = {"lugar": "MX-CD27", "indicador": CONFIANZA, "desde": "2020T3", "hasta": "2021T4"}
    prueba = sana(abrir("indicadores/evolucion", **url))
    dicho = frases_de(prueba)
    assert "**Ecatepec**: bajó" in dicho
    assert "más que el error muestral" in dicho
    assert "Ecatepec: bajó" in prueba.get("vega_lite_chart")[0].proto.alt
    assert "▼" in tabla_con(prueba, "Periodo").set_index("Periodo").loc["diciembre de 2021", "Ecatepec"]


def test_clasificacion_dice_entre_que_lugares(abrir: Abrir) -> None:
    prueba = sana(abrir("indicadores/clasificacion", indicador=CONFIANZA, periodo="2025T2"))
    assert prueba.metric[0].delta.startswith("entre ")
    assert "**Nezahualcóyotl**: 24.º, entre " in frases_de(prueba)
    assert "por sí solo no prueba" not in frases_de(prueba)


def test_la_regla_va_en_la_url_y_suprime_en_la_tabla_y_la_lista(abrir: Abrir) -> None:
    prueba = sana(abrir("indicadores/clasificacion", indicador=CONFIANZA, periodo="2025T2", regla="cepal"))
    assert prueba.query_params["regla"] == "cepal"
    cifras = tabla_con(prueba, "Lugar")["Cifra"]
    suprimidas = int(cifras.str.contains("suprimida").sum())
    assert suprimidas > 0
    assert prueba.metric[0].value.endswith(str(76 - suprimidas))
    prueba.button_group(key="regla").set_value("inegi").run()
    assert not tabla_con(prueba, "Lugar")["Cifra"].str.contains("suprimida").any()


def test_la_ficha_da_la_celda_de_cada_cifra_tambien_cuando_son_muchas(abrir: Abrir) -> None:
    prueba = sana(abrir("indicadores/clasificacion", indicador=CONFIANZA, periodo="2025T2"))
    ficha = next(b.proto.body for b in prueba.get("html") if "Dónde está" in b.proto.body)
    assert "Nezahualcóyotl E408" in ficha
    assert ficha.count("Tijuana ") >= 1
    assert "cuadro 8.7" in ficha


def test_el_texto_alternativo_de_media_clasificacion_dice_el_lugar_entre_todas(abrir: Abrir) -> None:
    prueba = sana(abrir("indicadores/clasificacion", indicador=CONFIANZA, periodo="2025T2"))
    texto = prueba.get("vega_lite_chart")[0].proto.alt
    suyo = texto.partition(f"{NEZA}: ")[2].partition(".  ")[0]
    assert suyo.startswith("24.º")
    assert " de 76, 55.9" in suyo


def test_un_trimestre_que_no_se_levanto_se_explica(abrir: Abrir) -> None:
    prueba = sana(abrir("indicadores/comparar", periodo="2020T2"))
    avisos = " ".join(a.value for a in prueba.warning)
    assert "**Junio de 2020**: No se levantó por la emergencia sanitaria del COVID-19." in avisos
    assert "no reconoce" not in avisos


def test_datos_sin_hallazgos_ofrece_el_otro_ambito(abrir: Abrir) -> None:
    prueba = sana(abrir("datos/datos", que="indicadores", buscar="tlahuac"))
    assert "pero sí en lugares" in prueba.info[0].value
    assert any(parse_qs(e.proto.query_string).get("que") == ["lugares"] for e in prueba.get("page_link"))


def test_metodologia_solo_nombra_fuentes_con_cifras(abrir: Abrir) -> None:
    from atalaya.interfaz import datos

    filas = tabla_con(sana(abrir("datos/metodologia")), "Cómo se cita")
    assert len(filas) == len({una.fuente for una in datos.acervo().fuentes})
    assert {"sesnsp", "conapo"} <= {una.fuente for una in datos.acervo().fuentes}


def test_un_punto_sin_clase_de_precision_se_explica(abrir: Abrir) -> None:
    prueba = sana(abrir("indicadores/evolucion", indicador=CONFIANZA, desde="2019T1", hasta="2021T4"))
    clases = [h.proto.body for h in prueba.get("html") if "no publicó su clase de precisión" in h.proto.body]
    assert clases


def test_un_indicador_semestral_dice_su_frecuencia_y_su_periodo(abrir: Abrir) -> None:
    claves = ["contacto_alguno", "inseguridad_ciudad"]
    prueba = sana(abrir("indicadores/comparar", lugar="MX-CD28", indicador=claves, periodo="2021T4"))
    assert "es semestral: no tiene cifra de diciembre de 2021" in prueba.info[0].value
    assert "la más cercana, 2.º semestre de 2021" in prueba.info[0].value
    figuras = prueba.get("vega_lite_chart")
    assert [("2.º semestre de 2021" in f.proto.alt, "diciembre de 2021" in f.proto.alt) for f in figuras] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.parametrize("pagina", ["indicadores/inicio", "indicadores/clasificacion"])
def test_se_dice_de_donde_sale_el_de_76(abrir: Abrir, pagina: str) -> None:
    prueba = sana(abrir(pagina, indicador=CONFIANZA, periodo="2025T2"))
    notas = " ".join(c.value for c in prueba.caption)
    assert "De 76: 75 áreas con cifra, y La Laguna dos veces" in notas
    assert "Torreón está además dentro de La Laguna" in notas


def test_inicio_y_datos_cuentan_los_mismos_indicadores(abrir: Abrir) -> None:
    """Inicio dice los de encuesta; Datos, además, los que se cuentan."""
    from atalaya.interfaz import conteos, datos

    inicio = " ".join(h.proto.body for h in sana(abrir("indicadores/inicio")).get("html"))
    cuantos = len(datos.disponibles(por_area=False))
    assert f"<b>{cuantos}</b>indicadores" in inicio
    assert f"de {cuantos + len(conteos.disponibles())}:" in " ".join(
        c.value for c in sana(abrir("datos/datos")).caption
    )
