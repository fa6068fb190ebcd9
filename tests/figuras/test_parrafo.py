"""El párrafo de la ficha: ningún verbo dice más que la prueba, y lo que falta se dice."""

from __future__ import annotations

from typing import Any

import pytest

from atalaya.figuras import parrafo

CONFIANZA: dict[str, Any] = {
    "indicador": "confianza_policia_municipal",
    "periodo": "2025T2",
    "metodo": "publicada",
    "estado": "dato",
    "valor_pct": 55.9,
    "ic_inf": 48.8,
    "ic_sup": 62.9,
    "precision": "alta",
    "nacional_pct": 48.5,
    "frente_veredicto": "mayor",
    "cambio_previo": "sin_cambio",
    "diferencia_previo": 1.0,
    "cambio_anual": "baja",
    "diferencia_anual": -9.3,
    "posicion": 24,
    "lugares_con_cifra": 76,
    "rango_inf": 12,
    "rango_sup": 38,
}
HOMICIDIO: dict[str, Any] = {
    "indicador": "homicidio_doloso",
    "periodo": "2025",
    "casos": 51.0,
    "tasa_100k": 4.61,
    "tasa_inf": 3.43,
    "tasa_sup": 6.06,
    "desde": "2024",
    "casos_desde": 74.0,
    "cambio_pct": -31.3,
    "cambio_inf": -52.9,
    "cambio_sup": -0.5,
    "veredicto": "baja",
}


def llano(texto: str) -> str:
    return texto.replace("\N{NO-BREAK SPACE}", " ")


def test_una_cifra_con_todo() -> None:
    assert llano(parrafo.encuesta(CONFIANZA)) == (
        "Tiene mucha o algo de confianza en la Policía Preventiva Municipal: 55.9 %, de 48.8 a 62.9 al 95 % (ENSU, "
        "junio de 2025); supera a la nacional, 48.5 %; no cambió más que su error desde el periodo anterior; bajó 9.3 "
        "puntos desde un año antes; de mayor a menor es 24.º de 76, entre 12.º y 38.º."
    )


@pytest.mark.parametrize(
    ("veredicto", "dicho"),
    [
        ("menor", "es menor que la nacional, 48.5 %"),
        ("no_se_distingue", "no se distingue de la nacional, 48.5 %"),
        ("no_con_holm", "no se distingue de la nacional, 48.5 %"),
        (None, ""),
    ],
)
def test_frente_a_la_nacional_solo_lo_probado(veredicto: str | None, dicho: str) -> None:
    assert llano(parrafo.frente({**CONFIANZA, "frente_veredicto": veredicto})) == dicho


@pytest.mark.parametrize("veredicto", ["comparten", "sin_prueba"])
def test_sin_prueba_no_afirma_ni_niega(veredicto: str) -> None:
    dicho = parrafo.frente({**CONFIANZA, "frente_veredicto": veredicto})
    assert dicho.startswith("sin prueba frente a la nacional")
    assert "distingue" not in dicho


def test_lo_que_solo_supera_su_margen_no_es_un_cambio() -> None:
    fila = {**CONFIANZA, "cambio_previo": "no_con_holm", "cambio_anual": "no_con_holm"}
    assert parrafo.cambio(fila) == "no cambió más que su error desde el periodo anterior y un año antes"


def test_una_ruptura_se_dice_y_sin_pareja_tambien() -> None:
    rota = parrafo.cambio({**CONFIANZA, "cambio_previo": None, "cambio_anual": "ruptura"})
    assert rota == "por una ruptura de la serie no se calcula el cambio desde un año antes"
    assert "sin cambio probado" in parrafo.cambio({**CONFIANZA, "cambio_previo": None, "cambio_anual": "sin_prueba"})


def test_sin_error_ni_lugar_lo_dice() -> None:
    fila = {**CONFIANZA, "ic_inf": None, "ic_sup": None, "posicion": None, "metodo": "experimental"}
    dicho = parrafo.encuesta(fila)
    assert "sin error conocido" in dicho
    assert "porque falta su error" in parrafo.encuesta({**fila, "frente_veredicto": "comparten"})
    assert "experimental, de áreas pequeñas" in dicho
    assert "de mayor a menor" not in dicho


def test_un_conteo_con_su_tasa_y_su_cambio() -> None:
    assert llano(parrafo.registro(HOMICIDIO)) == (
        "Homicidio doloso, carpetas de investigación: 51, 4.6 por 100 mil habitantes, de 3.4 a 6.1 (SESNSP, 2025); la "
        "tasa bajó desde 2024 más que el azar (−31.3 %, de −52.9 % a −0.5 %)."
    )


def test_un_conteo_sin_cambio_pocos_casos_o_sin_base() -> None:
    quieto = {**HOMICIDIO, "veredicto": "sin_cambio", "casos": 3.0}
    assert "no se distingue un cambio desde 2024" in parrafo.registro(quieto)
    assert "poco preciso" in parrafo.registro(quieto)
    assert "no hay cambio que medir" in parrafo.registro({**HOMICIDIO, "casos_desde": 0.0})
    assert "cambia la serie" in parrafo.registro({**HOMICIDIO, "veredicto": "ruptura"})
    assert "sin año anterior" in parrafo.registro({**HOMICIDIO, "veredicto": None, "desde": None})


def test_el_parrafo_junta_y_dice_lo_que_falta() -> None:
    entero = parrafo.parrafo("Peñalolén", [], [HOMICIDIO], ["No hay cifra comunal de confianza."])
    assert entero.startswith("**Peñalolén.** Homicidio doloso")
    assert entero.endswith("No hay cifra comunal de confianza.")
    assert "ninguna cifra" in parrafo.parrafo("X", [], [], [])
