"""Los cuatro veredictos, a mano y con frases sobre trimestres que el acervo sí trae; y la regla en sus bordes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.estadistica import afirmaciones
from atalaya.estadistica.afirmaciones import Juicio

NADA = float("nan")


def nivel(valor: float, precision: float, estimado: float, inf: float, sup: float) -> str:
    return afirmaciones.de_nivel(valor, precision, estimado, inf, sup).veredicto


@pytest.mark.parametrize(
    ("estimado", "inf", "sup", "veredicto"),
    [
        (65.0, 60, 70, "reproducida"),  # el borde de abajo se redondea a 70
        (74.99, 70, 80, "reproducida"),
        (75.0, 70, 80, "dentro_del_error"),  # el de arriba, a 80: no es 7 de cada 10, pero 74 sí lo sería
        (64.9, 60, 70, "dentro_del_error"),
        (58.6, 51.2, 65.7, "dentro_del_error"),  # contiene y excluye: basta con que contenga
        (58.6, 52.0, 64.9, "contradicha"),
        (80.0, 75.0, 85.0, "contradicha"),  # 75 ya se dice «8 de cada 10»
        (80.0, 74.9, 85.0, "dentro_del_error"),
    ],
)
def test_siete_de_cada_diez(estimado: float, inf: float, sup: float, veredicto: str) -> None:
    assert nivel(70, 10, estimado, inf, sup) == veredicto


@pytest.mark.parametrize(
    ("estimado", "veredicto"), [(45.63, "reproducida"), (45.55, "reproducida"), (45.66, "dentro_del_error")]
)
def test_un_decimal_es_de_media_decima(estimado: float, veredicto: str) -> None:
    assert nivel(45.6, NADA, estimado, estimado - 1, estimado + 1) == veredicto


def test_sin_error_lo_que_coincide_se_reproduce_y_lo_demas_no_se_sabe() -> None:
    assert afirmaciones.de_nivel(70, 10, 68, NADA, NADA) == Juicio("reproducida")
    assert afirmaciones.de_nivel(70, 10, 40, NADA, NADA) == Juicio("no_comprobable", "sin_error")
    assert afirmaciones.de_posicion(6, 9, NADA, NADA) == Juicio("no_comprobable", "sin_error")
    assert afirmaciones.de_los_primeros(3, 4, NADA, NADA) == Juicio("no_comprobable", "sin_error")


def test_el_cien_por_ciento_tiene_techo() -> None:
    assert afirmaciones.admitidos(100, 10) == (95, 100)
    assert nivel(100, 10, 100, 96, 100) == "reproducida"
    assert afirmaciones.admitidos(0, 10) == (0, 5)


@pytest.mark.parametrize(
    ("posicion", "rango", "veredicto"),
    [
        (6, (1, 40), "reproducida"),
        (26, (1, 73), "dentro_del_error"),
        (26, (6, 73), "dentro_del_error"),
        (26, (7, 73), "contradicha"),
        (2, (1, 5), "contradicha"),
    ],
)
def test_sexto(posicion: int, rango: tuple[int, int], veredicto: str) -> None:
    assert afirmaciones.de_posicion(6, posicion, *rango).veredicto == veredicto


@pytest.mark.parametrize(
    ("posicion", "rango", "veredicto"),
    [
        (3, (1, 7), "reproducida"),
        (4, (3, 7), "dentro_del_error"),
        (5, (4, 7), "contradicha"),
        (1, (1, 1), "reproducida"),
    ],
)
def test_entre_los_tres_primeros(posicion: int, rango: tuple[int, int], veredicto: str) -> None:
    assert afirmaciones.de_los_primeros(3, posicion, *rango).veredicto == veredicto


def cifra(**cambios: Any) -> dict[str, Any]:
    base = {"estado": "dato", "valor_pct": 68.0, "ic_inf": 61.0, "ic_sup": 74.0}
    return {**base, "posicion": 2.0, "rango_inf": 1, "rango_sup": 3, **cambios}


def test_lo_que_no_se_puede_comprobar_dice_por_que() -> None:
    juzgar = afirmaciones.juzgar
    assert juzgar("otra", 70, 10, cifra()) == Juicio("no_comprobable", "sin_cuenta")
    assert juzgar("nivel", NADA, 10, cifra()) == Juicio("no_comprobable", "sin_valor")
    assert juzgar("nivel", 70, 10, cifra(estado="no_incorporado")) == Juicio("no_comprobable", "no_incorporado")
    assert juzgar("posición", 2, NADA, cifra(posicion=NADA)) == Juicio("no_comprobable", "fuera_de_lista")


def test_reproducida_no_es_asegurada() -> None:
    assert not afirmaciones.asegurada("nivel", 70, 10, cifra())
    assert afirmaciones.asegurada("nivel", 70, 10, cifra(ic_inf=65.0))
    assert not afirmaciones.asegurada("posición", 2, NADA, cifra())
    assert afirmaciones.asegurada("posición", 1, NADA, cifra(posicion=1, rango_inf=1, rango_sup=1))
    assert afirmaciones.asegurada("entre los primeros", 3, NADA, cifra())
    assert not afirmaciones.asegurada("entre los primeros", 2, NADA, cifra())
    assert not afirmaciones.asegurada("entre los primeros", 2, NADA, cifra(rango_sup=NADA))


@pytest.mark.parametrize(
    ("texto", "esperado"),
    [
        ("7 de cada 10", (70, 10)),
        ("3 de 4", (75, 25)),
        ("45.6 %", (45.6, NADA)),
        ("45,6", (45.6, NADA)),
        ("6.º", (6, NADA)),
        ("6°", (6, NADA)),
        ("70 por ciento", (70, NADA)),
    ],
)
def test_se_lee_lo_que_se_dice(texto: str, esperado: tuple[float, float]) -> None:
    assert afirmaciones.leer(texto) == pytest.approx(esperado, nan_ok=True)


@pytest.mark.parametrize("texto", ["muchos", "", "7 de cada 0", "12 de cada 10", "-3", "1e9", "=1+1", "99999"])
def test_lo_que_no_es_una_cifra_no_se_adivina(texto: str) -> None:
    assert afirmaciones.leer(texto) is None


@pytest.mark.parametrize(("valor", "paso"), [(45.6, 0.1), (45.0, 1), (70, 1), (0.05, 0.01), (100, 1)])
def test_sin_redondeo_declarado_es_el_de_los_decimales(valor: float, paso: float) -> None:
    assert afirmaciones.redondeo(valor, NADA) == pytest.approx(paso)
    assert afirmaciones.redondeo(valor, 10) == 10


@given(
    valor=st.integers(0, 100),
    paso=st.sampled_from([0.1, 1.0, 5.0, 10.0]),
    estimado=st.floats(0.5, 99.5),
    abajo=st.floats(0, 30),
    arriba=st.floats(0, 30),
)
def test_un_intervalo_mas_ancho_nunca_contradice_mas(
    valor: int, paso: float, estimado: float, abajo: float, arriba: float
) -> None:
    """Al ensanchar, contradicha puede pasar a dentro del error, nunca al revés; reproducida no depende del error."""
    orden = ("contradicha", "dentro_del_error", "reproducida")
    justo = nivel(valor, paso, estimado, estimado - abajo, estimado + arriba)
    ancho = nivel(valor, paso, estimado, estimado - abajo - 5, estimado + arriba + 5)
    assert orden.index(ancho) >= orden.index(justo)
    assert (ancho == "reproducida") == (justo == "reproducida")


def test_los_cercanos_son_del_mismo_tipo_y_uno_por_lado() -> None:
    con_cifra = ["2021T3", "2021T4", "2024T1", "2024T2", "2022S1"]
    assert afirmaciones.cercanos("2023T1", con_cifra) == ["2021T4", "2024T1"]
    assert afirmaciones.cercanos("2025T1", con_cifra) == ["2024T2"]
    assert afirmaciones.cercanos("2023", con_cifra) == []


def test_el_archivo_que_la_decide_sale_del_catalogo() -> None:
    nombres = [nombre for _, nombre in afirmaciones.archivos("ensu", "2023T1")]
    assert nombres == ["conjunto_de_datos_ensu_2023_1t_csv.zip", "ensu1t2023_estimaciones.zip"]
    # El semestre acaba en su segundo trimestre: ése es su archivo.
    assert "ensu2t2023_estimaciones.zip" in [nombre for _, nombre in afirmaciones.archivos("ensu", "2023S1")]
    assert afirmaciones.archivos("cngmd", "2021T1") == []
