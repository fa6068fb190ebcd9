"""Números, fechas, listas y plurales en cada idioma; y que un idioma no se cuele en otro hilo."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from atalaya import catalogo, idiomas, periodos
from atalaya.figuras import cuentas, textos


@pytest.mark.parametrize(
    ("idioma", "entero", "decimal", "pct", "signo", "intervalo"),
    [
        ("es", "1,031,422", "1,234.5", "55.9\N{NO-BREAK SPACE}%", "\N{MINUS SIGN}0.40", "48.8 a 62.9"),
        ("en", "1,031,422", "1,234.5", "55.9%", "\N{MINUS SIGN}0.40", "48.8 to 62.9"),
        ("pt", "1.031.422", "1.234,5", "55,9%", "\N{MINUS SIGN}0,40", "48,8 a 62,9"),
    ],
)
def test_los_numeros(idioma: str, entero: str, decimal: str, pct: str, signo: str, intervalo: str) -> None:
    with idiomas.usando(idioma):
        assert textos.entero(1_031_422) == entero
        assert textos.numero(1234.54) == decimal
        assert textos.pct(55.93) == pct
        assert textos.con_signo(-0.4) == signo
        assert textos.con_signo(-0.001) == idiomas.numero(0, ".2f")
        assert textos.intervalo(48.83, 62.94).replace("\N{NO-BREAK SPACE}", " ") == intervalo
        assert idiomas.tr("{n:,} lugares", n=1500).startswith(idiomas.numero(1500, ","))


@pytest.mark.parametrize(
    ("idioma", "trimestre", "mes", "semestre", "eje", "dia", "lapso"),
    [
        ("es", "2.º trimestre de 2025", "junio de 2025", "1.er semestre de 2025", "jun 2025", "24 de diciembre de 2018",
         "21 a 25 de marzo de 2022"),
        ("en", "Q2 2025", "June 2025", "H1 2025", "Jun 2025", "24 December 2018", "21 to 25 March 2022"),
        ("pt", "2.º trimestre de 2025", "junho de 2025", "1.º semestre de 2025", "jun 2025", "24 de dezembro de 2018",
         "21 a 25 de março de 2022"),
    ],
)  # fmt: skip
def test_las_fechas(idioma: str, trimestre: str, mes: str, semestre: str, eje: str, dia: str, lapso: str) -> None:
    with idiomas.usando(idioma):
        assert periodos.nombre("2025T2") == trimestre
        assert periodos.nombre_mes("2025T2") == mes
        assert periodos.nombre("2025S1") == semestre
        assert periodos.corto("2025T2") == eje
        assert cuentas.fecha("2018-12-24") == dia
        assert cuentas.lapso("2022-03-21", "2022-03-25") == lapso


@pytest.mark.parametrize(
    ("idioma", "dichos"),
    [
        ("es", ["1.º", "2.º", "3.º", "11.º", "22.º", "113.º"]),
        ("en", ["1st", "2nd", "3rd", "11th", "22nd", "113th"]),
        ("pt", ["1.º", "2.º", "3.º", "11.º", "22.º", "113.º"]),
    ],
)
def test_los_ordinales(idioma: str, dichos: list[str]) -> None:
    with idiomas.usando(idioma):
        assert [idiomas.ordinal(n) for n in (1, 2, 3, 11, 22, 113)] == dichos


def test_las_listas() -> None:
    casos = {
        "es": "Ecatepec, León e Iztapalapa",
        "en": "Ecatepec, León and Iztapalapa",
        "pt": "Ecatepec, León e Iztapalapa",
    }
    for idioma, dicha in casos.items():
        with idiomas.usando(idioma):
            assert textos.lista(["Ecatepec", "León", "Iztapalapa"]) == dicha


def test_los_meses_en_espanol_son_los_de_babel() -> None:
    """Los propios van aparte sólo para no importar Babel al arrancar."""
    assert idiomas._meses("es", "wide") == periodos.MESES


def test_lo_guardado_no_se_cuela_de_un_idioma_a_otro() -> None:
    with idiomas.usando("en"):
        ingles = catalogo.indicador("inseguridad_ciudad").nombre
    assert catalogo.indicador("inseguridad_ciudad").nombre == "Percepción de inseguridad en la ciudad" != ingles


def test_el_idioma_no_pasa_de_un_hilo_a_otro_salvo_que_se_pida() -> None:
    with idiomas.usando("en"), ThreadPoolExecutor(1) as hilos:
        assert hilos.submit(idiomas.actual).result() == "es"
        assert hilos.submit(idiomas.en_su_idioma(idiomas.actual)).result() == "en"


def test_un_idioma_que_no_se_tiene_es_espanol() -> None:
    with idiomas.usando("fr"):
        assert idiomas.actual() == "es"


def test_un_texto_con_llaves_y_sin_valores_sale_tal_cual() -> None:
    assert idiomas.tr("{} no es un hueco") == "{} no es un hueco"
