"""Los diccionarios de los 41 trimestres: se leen todos y cada indicador se resuelve, o se dice dónde no existe."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from matriz_ensu import ARCHIVO, matriz, variables_de

from atalaya.catalogo import indicadores
from atalaya.errores import ErrorFuente
from atalaya.fuentes.diccionario_inegi import decodificar, leer_diccionario
from atalaya.fuentes.preguntas import preguntas, resolver

SIN_MICRODATO = (
    # 2013T3-2014T4: antes de los microdatos que INEGI publica.
    "_policias_estatales_y_municipales",
    # Hasta diez agresores y meses por persona, repartidos en decenas de variables: los da el tabulado.
    "violencia_familiar_agresor_",
    "violencia_familiar_mes_",
)
SIEMPRE = (
    "inseguridad_ciudad",
    "expectativa_empeorara",
    "atestigua_robos",
    "cambia_menores",
    "identifica_policia_municipal",
    "efectividad_policia_municipal",
    "identifica_policia_estatal",
    "efectividad_policia_estatal",
)
DESDE = {
    "confianza_policia_municipal": "2016T3",
    "identifica_ejercito": "2016T3",
    "identifica_marina": "2016T3",
    "conflicto_alguno": "2016T3",
    "problema_baches": "2016T1",
    "efectividad_gobierno_ciudad": "2016T1",
    "atestigua_huachicol": "2019T2",
    "identifica_guardia_nacional": "2019T2",
    "atestigua_tomas_luz": "2020T1",
    "problema_hospitales": "2021T1",
    "conoce_acciones_gobierno": "2022T4",
    "identifica_fuerza_aerea": "2024T1",
}
HASTA = {"identifica_gendarmeria": "2019T1", "identifica_policia_federal": "2020T3"}


@pytest.fixture(scope="module")
def diccionarios(fuentes: Path) -> Path:
    return fuentes / "ensu" / "diccionarios"


@pytest.fixture(scope="module")
def celdas(diccionarios: Path) -> dict[str, dict[str, str]]:
    return matriz(diccionarios)


@pytest.mark.fuentes
def test_la_matriz_guardada_es_la_que_sale_de_los_41_diccionarios(celdas: dict[str, dict[str, str]]) -> None:
    with ARCHIVO.open(encoding="utf-8", newline="") as flujo:
        guardada = {fila.pop("indicador"): fila for fila in csv.DictReader(flujo)}
    assert len(next(iter(celdas.values()))) == 41
    assert guardada == celdas


@pytest.mark.fuentes
def test_la_policia_municipal_esta_donde_se_comprobo_que_esta(celdas: dict[str, dict[str, str]]) -> None:
    """La tabla de LEEME.md de las fuentes, variable por variable y trimestre por trimestre."""
    for periodo in celdas["inseguridad_ciudad"]:
        if periodo.startswith("2015"):
            esperadas = ("P5_1", "P6_1", "")
        elif periodo in ("2016T1", "2016T2"):
            esperadas = ("BP1_6_1", "BP1_7_1", "")
        elif periodo.startswith("2016"):
            esperadas = ("BP1_6_1", "BP1_7_1", "BP1_8_1")
        elif periodo in ("2020T3", "2020T4"):
            esperadas = ("BP1_8_1", "BP1_9_1", "BP1_10_1")
        else:
            esperadas = ("BP1_7_1", "BP1_8_1", "BP1_9_1")
        halladas = tuple(celdas[f"{p}_policia_municipal"][periodo] for p in ("identifica", "efectividad", "confianza"))
        assert halladas == esperadas, periodo
        inseguridad = ("P1", "P2") if periodo.startswith("2015") else ("BP1_1", "BP1_3")
        assert (celdas["inseguridad_ciudad"][periodo], celdas["expectativa_empeorara"][periodo]) == inseguridad


@pytest.mark.fuentes
def test_los_sufijos_de_las_demas_autoridades_cambian_de_trimestre(celdas: dict[str, dict[str, str]]) -> None:
    ejercito = celdas["identifica_ejercito"]
    assert [ejercito[p] for p in ("2019T2", "2020T3", "2020T4", "2021T1")] == [
        "BP1_7_5",
        "BP1_8_5",
        "BP1_8_4",
        "BP1_7_4",
    ]
    marina = celdas["confianza_marina"]
    assert [marina[p] for p in ("2023T4", "2024T1", "2025T2")] == ["BP1_9_5", "BP1_9_6", "BP1_9_6"]


@pytest.mark.fuentes
def test_cada_indicador_existe_desde_y_hasta_cuando_debe(celdas: dict[str, dict[str, str]]) -> None:
    for indicador in SIEMPRE:
        assert all(celdas[indicador].values()), indicador
    for indicador, desde in DESDE.items():
        assert [bool(v) for v in celdas[indicador].values()] == [p >= desde for p in celdas[indicador]], indicador
    for indicador, hasta in HASTA.items():
        assert [bool(v) for v in celdas[indicador].values()] == [p <= hasta for p in celdas[indicador]], indicador


@pytest.mark.fuentes
def test_lo_semestral_sale_en_junio_y_diciembre_y_lo_anual_en_septiembre(celdas: dict[str, dict[str, str]]) -> None:
    con = {periodo for periodo, variable in celdas["hogares_victimas"].items() if variable}
    assert con == {p for p in celdas["hogares_victimas"] if p >= "2018T2" and p[4:] in ("T2", "T4")}
    assert [p for p, v in celdas["hogares_victimas_ene_sep"].items() if v] == ["2020T3"]
    nueve = [p for p, v in celdas["violencia_familiar_ene_sep"].items() if v]
    doce = [p for p, v in celdas["violencia_familiar"].items() if v]
    assert (nueve, doce) == (["2020T3", "2021T3", "2022T3"], ["2023T3", "2024T3"])


@pytest.mark.fuentes
def test_el_diccionario_de_2016t1_se_salta_variables_que_el_siguiente_trae(
    celdas: dict[str, dict[str, str]],
) -> None:
    """INEGI lo publicó incompleto: salta BP1_2_01 a BP1_2_09, BP1_7_4 y BP3_1_01. No se adivinan."""
    faltan = [k for k, por in celdas.items() if por["2016T1"] == "" != por["2016T2"] and k.startswith("inseguridad")]
    assert faltan == [f"inseguridad_{lugar}" for lugar in (
        "casa", "trabajo", "calle", "escuela", "mercado", "centro_comercial", "banco", "cajero", "transporte_publico",
    )]  # fmt: skip


@pytest.mark.fuentes
def test_el_catalogo_conoce_todas_las_claves_que_los_diccionarios_declaran(diccionarios: Path) -> None:
    desconocidas = {}
    for carpeta in sorted(diccionarios.iterdir()):
        variables = variables_de(diccionarios, carpeta.name)
        for indicador, una in resolver("ensu", carpeta.name, variables, carpeta.name).items():
            for variable in una.variables:
                claves = {c.lstrip("0") or "0" if c.isdigit() else c for c in variable.claves}
                if sobran := claves - una.pregunta.conocidas - {"b"}:
                    desconocidas[indicador, carpeta.name] = sobran
    assert desconocidas == {}


def test_todo_indicador_de_la_ensu_tiene_pregunta_o_se_dice_por_que_no() -> None:
    con_pregunta = {una.indicador for una in preguntas()}
    encuestas = {"ensu", "enusc"}
    faltan = {k for k, uno in indicadores().items() if uno.fuente in encuestas and k not in con_pregunta}
    assert {k for k in faltan if not any(parte in k for parte in SIN_MICRODATO)} == set()
    assert con_pregunta <= set(indicadores())


def test_un_diccionario_con_dos_codificaciones_se_rechaza_con_sus_renglones() -> None:
    mezclado = "a\nPercepción\n".encode() + "Policía\n".encode("cp1252")
    with pytest.raises(ErrorFuente, match="UTF-8 en los renglones 2 y otra en los renglones 3"):
        decodificar(mezclado, "diccionario.csv")


@pytest.mark.parametrize("salto", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("codificacion", ["utf-8", "utf-8-sig", "cp1252"])
def test_el_mismo_diccionario_en_cualquier_codificacion_y_salto(salto: str, codificacion: str) -> None:
    texto = salto.join(
        [
            '"NOMBRE_CAMPO","NEMONICO","TIPO","LONGITUD","RANGO_CLAVES"',
            '"Percepción de seguridad en la ciudad","bp1_1","Numérico",1,"1\r"',
            '"Percepción de seguridad en la ciudad","bp1_1","Numérico",1,"2\r"\t',
        ]
    )
    hallado = leer_diccionario(texto.encode(codificacion), "d.csv")["BP1_1"]
    assert (hallado.texto, hallado.claves) == ("Percepción de seguridad en la ciudad", ("1", "2"))


def test_un_encabezado_que_no_corresponde_a_los_renglones_no_engana() -> None:
    """Como el de 2019T2: anuncia primero las claves y los renglones empiezan por el texto."""
    texto = 'RANGO_CLAVES,NOMBRE_CAMPO,NEMONICO,TIPO,LONGITUD\n"Sexo","SEXO","Numérico",1,"1"\n'
    assert leer_diccionario(texto.encode(), "d.csv")["SEXO"].claves == ("1",)


def test_una_variable_con_dos_preguntas_se_rechaza() -> None:
    texto = "NOMBRE_CAMPO,NEMONICO,TIPO,LONGITUD,RANGO_CLAVES\nSexo,X1,Numérico,1,1\nEdad,X1,Numérico,1,2\n"
    with pytest.raises(ErrorFuente, match="una sola pregunta para X1"):
        leer_diccionario(texto.encode(), "d.csv")
