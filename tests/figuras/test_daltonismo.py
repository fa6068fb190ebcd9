"""Los colores que hay que distinguir se distinguen con las tres formas de daltonismo; y ninguno va solo."""

from __future__ import annotations

import re
from itertools import combinations, pairwise

import numpy as np
import pytest
from daltonismo import VISIONES, delta_e, diferencia

from atalaya.catalogo import indicadores
from atalaya.figuras import tema
from atalaya.interfaz import servidor

# Entre categorías que se buscan en una leyenda; y entre peldaños contiguos de una rampa, que van en orden.
DE_UN_VISTAZO = 10
DE_PASO = 8

todas = pytest.mark.parametrize(("modo", "vision"), [(m, v) for m in tema.MODOS for v in VISIONES])


@pytest.mark.parametrize(
    ("uno", "otro", "publicado"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.49, -0.001), (50, -2.49, 0.0011), 7.2195),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((6.7747, -0.2908, -2.4247), (5.8714, -0.0985, -2.2286), 0.6377),
    ],
)
def test_la_diferencia_es_la_publicada(uno: tuple[float, ...], otro: tuple[float, ...], publicado: float) -> None:
    """Parejas 1, 13, 17 y 33 de Sharma, Wu y Dalal (2005)."""
    assert delta_e(np.array(uno), np.array(otro)) == pytest.approx(publicado, abs=1e-4)


def test_la_simulacion_confunde_lo_que_se_confunde() -> None:
    """El rojo y el verde de siempre, y los dos colores que Atalaya usaba y un deuteranope no distinguía."""
    assert diferencia("#a05a00", "#6b7a00") > 15
    assert diferencia("#a05a00", "#6b7a00", "protanopia") < 9
    assert diferencia("#0063a6", "#6b4fb3") > 19
    assert diferencia("#0063a6", "#6b4fb3", "deuteranopia") < 3


@todas
def test_las_series_se_distinguen(modo: str, vision: str) -> None:
    series = tema.paleta(modo).series
    peor = min((diferencia(a, b, vision), a, b) for a, b in combinations(series, 2))
    assert peor[0] >= DE_UN_VISTAZO, peor


@todas
def test_el_foco_se_distingue_de_lo_demas(modo: str, vision: str) -> None:
    p = tema.paleta(modo)
    for a, b in combinations((p.acento, p.series[1], p.neutro), 2):
        assert diferencia(a, b, vision) >= DE_UN_VISTAZO, (a, b)


@todas
@pytest.mark.parametrize("rampa", ["peor", "mejor"])
def test_los_peldanos_de_una_rampa_se_distinguen(modo: str, vision: str, rampa: str) -> None:
    for a, b in pairwise(getattr(tema.paleta(modo), rampa)):
        assert diferencia(a, b, vision) >= DE_PASO, (a, b)


@todas
def test_el_cero_no_parece_ni_poco_ni_falta(modo: str, vision: str) -> None:
    """El cero sólo se pinta en las tasas de lo que se cuenta, y todo delito va con la rampa de lo peor."""
    contados = {i.sentido for i in indicadores().values() if not i.unidad.startswith("%") and i.unidad != "policías"}
    assert contados == {"mas_es_peor"}
    p = tema.paleta(modo)
    for otro in (*p.peor, p.sin_cifra, p.ausente):
        assert diferencia(p.cero, otro, vision) >= DE_UN_VISTAZO, otro


@pytest.mark.parametrize("vision", VISIONES)
def test_los_veredictos_se_distinguen(vision: str) -> None:
    estilo = servidor.ESTILO.read_text(encoding="utf-8")
    rayas = re.findall(r"\{ --veredicto: (#[0-9a-f]{6}); \}", estilo)
    assert len(rayas) == 4
    for a, b in combinations(rayas, 2):
        assert diferencia(a, b, vision) >= DE_UN_VISTAZO, (a, b)


def test_nada_depende_solo_del_color() -> None:
    """Cada serie tiene además su forma; y las formas no se repiten antes que los colores."""
    for p in tema.MODOS.values():
        assert len(set(tema.FORMAS_SERIE[: len(p.series)])) == len(p.series)
