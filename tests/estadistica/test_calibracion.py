"""La calibración con evidencia censurada: cuentas a mano, derivadas, y un efecto de diseño conocido que se recupera."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya.estadistica import calibracion

SEMILLA = 20250621
VERDAD = {"general": 0.3, "sigma": 0.25, "temas": np.array([-0.2, 0.0, 0.05, 0.15])}


def simular(celdas: int, semilla: int = SEMILLA) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """p, n, tema y clase de celdas con un efecto de diseño log-normal conocido; la mitad, con p chica."""
    azar = np.random.default_rng(semilla)
    p, n = azar.uniform(0.02, 0.5, celdas), azar.integers(60, 300, celdas).astype(float)
    tema = azar.integers(0, len(VERDAD["temas"]), celdas)
    log_deff = VERDAD["general"] + VERDAD["temas"][tema] + VERDAD["sigma"] * azar.standard_normal(celdas)
    cv = np.sqrt(np.exp(log_deff) * (1 - p) / (n * p))
    clase = np.select([cv < 0.15, cv < 0.30], ["alta", "moderada"], "baja")
    return p, n, tema, clase


def test_cotas_a_mano() -> None:
    # p = 1/2 y n = 100: CV² = deff/100; 15 % pide deff = 2.25 y 30 %, deff = 9.
    quince, treinta = calibracion.cotas(0.5, 100)
    assert np.exp([quince, treinta]) == pytest.approx([2.25, 9.0])


def test_la_clase_dice_entre_que_valores() -> None:
    datos = calibracion.evidencia([0.5] * 3, [100] * 3, ["alta", "moderada", "baja"])
    assert np.exp(datos.inferior) == pytest.approx([0, 2.25, 9])
    assert np.exp(datos.superior) == pytest.approx([2.25, 9, np.inf])


def test_las_tres_clases_suman_uno() -> None:
    quince, treinta = calibracion.cotas([0.05, 0.2, 0.9], [30, 250, 1000])
    probabilidades = calibracion.probabilidades(quince, treinta, 0.3, 0.25)
    assert probabilidades.sum(axis=1) == pytest.approx([1, 1, 1])
    assert (probabilidades >= 0).all()
    datos = [calibracion.evidencia([0.05, 0.2, 0.9], [30, 250, 1000], [c] * 3) for c in ("alta", "moderada", "baja")]
    juntas = np.stack([np.exp(calibracion.log_verosimilitud(0.3, 0.25, uno)[0]) for uno in datos], axis=-1)
    assert juntas == pytest.approx(probabilidades)


@given(st.floats(-1.5, 2.5), st.floats(0.05, 1.0), st.floats(-2, 3), st.floats(0.1, 2))
def test_derivadas(media: float, sigma: float, inferior: float, ancho: float) -> None:
    paso = 1e-4 * sigma
    extremos = [(-np.inf, inferior), (inferior, inferior + ancho), (inferior, np.inf)]
    datos = calibracion.Evidencia(*(np.array(x) for x in zip(*extremos, strict=True)))
    valor, primera, segunda = calibracion.log_verosimilitud(media, sigma, datos)
    mas, pendiente_mas, _ = calibracion.log_verosimilitud(media + paso, sigma, datos)
    menos, pendiente_menos, _ = calibracion.log_verosimilitud(media - paso, sigma, datos)
    escala = 1 + np.abs(primera)
    assert (mas - menos) / (2 * paso) / escala == pytest.approx(primera / escala, abs=1e-4)
    assert (pendiente_mas - pendiente_menos) / (2 * paso) * sigma**2 == pytest.approx(segunda * sigma**2, abs=1e-3)
    assert (valor <= 0).all()
    assert (segunda <= 1e-9).all()  # log-cóncava: hay un solo máximo


def test_recupera_un_efecto_conocido() -> None:
    p, n, tema, clase = simular(12_000)
    ajuste = calibracion.ajustar(calibracion.evidencia(p, n, clase, [tema]), [4])
    assert ajuste.sigma == pytest.approx(VERDAD["sigma"], abs=0.02)
    hallado = ajuste.general + ajuste.efectos[0]
    assert hallado == pytest.approx(VERDAD["general"] + VERDAD["temas"], abs=0.04)
    assert ajuste.taus[0] == pytest.approx(np.std(VERDAD["temas"]), rel=0.6)


def test_el_error_que_declara_es_el_que_tiene() -> None:
    """En 60 simulaciones, el general dista de la verdad lo que su error dice (χ² con 60 grados, 99.9 %)."""
    distancias = []
    for semilla in range(60):
        azar = np.random.default_rng(semilla)
        p, n = azar.uniform(0.05, 0.4, 800), np.full(800, 260.0)
        cv = np.sqrt(np.exp(0.3 + 0.25 * azar.standard_normal(800)) * (1 - p) / (n * p))
        clase = np.select([cv < 0.15, cv < 0.30], ["alta", "moderada"], "baja")
        ajuste = calibracion.ajustar(calibracion.evidencia(p, n, clase))
        distancias.append((ajuste.general - 0.3) / ajuste.error_general)
    assert 30.3 < np.sum(np.square(distancias)) < 99.6


def test_un_grupo_sin_evidencia_se_queda_con_los_demas() -> None:
    p, n, tema, clase = simular(4000)
    # El quinto tema sólo tiene una celda alta con p = 1/2: no dice nada.
    con_quinto = calibracion.evidencia(
        np.append(p, 0.5), np.append(n, 290), np.append(clase, "alta"), [np.append(tema, 4)]
    )
    ajuste = calibracion.ajustar(con_quinto, [5])
    assert ajuste.efectos[0][4] == pytest.approx(0, abs=0.01)
    assert ajuste.errores[0][4] == pytest.approx(ajuste.taus[0], rel=0.05)
    assert ajuste.errores[0][4] > ajuste.errores[0][:4].max()


def test_con_menos_evidencia_mas_encogido() -> None:
    p, n, tema, clase = simular(12_000)
    aparte = tema == 3
    pocas = ~aparte | (np.cumsum(aparte) <= 40)
    entero = calibracion.ajustar(calibracion.evidencia(p, n, clase, [tema]), [4])
    recortado = calibracion.ajustar(calibracion.evidencia(p[pocas], n[pocas], clase[pocas], [tema[pocas]]), [4])
    assert recortado.errores[0][3] > entero.errores[0][3]


def test_el_orden_de_las_celdas_no_importa() -> None:
    p, n, tema, clase = simular(2000)
    orden = np.random.default_rng(1).permutation(2000)
    uno = calibracion.ajustar(calibracion.evidencia(p, n, clase, [tema]), [4])
    otro = calibracion.ajustar(calibracion.evidencia(p[orden], n[orden], clase[orden], [tema[orden]]), [4])
    assert otro.general == pytest.approx(uno.general, abs=1e-6)
    assert otro.efectos[0] == pytest.approx(uno.efectos[0], abs=1e-6)


def test_todas_altas_no_revienta() -> None:
    ajuste = calibracion.ajustar(calibracion.evidencia([0.5] * 50, [260] * 50, ["alta"] * 50))
    assert np.isfinite(ajuste.general)
    assert ajuste.error_general > 0.5  # y lo dice: no sabe casi nada


def test_grados_equivalentes() -> None:
    # Una varianza estimada con 32 grados de libertad tiene log con varianza 2/32.
    assert calibracion.grados_equivalentes(2 / 32) == pytest.approx(32)
