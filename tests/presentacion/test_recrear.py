"""De la dirección a la vista: la misma cifra que enseña la página; y la proyección, con todo escapado."""

from __future__ import annotations

import io
import re

import pytest
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.oxml.ns import qn

from atalaya.errores import ErrorConsulta
from atalaya.estadistica import tesis
from atalaya.informes import pptx, proyeccion
from atalaya.informes.legajo import Legajo
from atalaya.informes.vista import Vista
from atalaya.interfaz import presentacion, recrear

EJES = ("c:xVal", "c:yVal")
COMPARAR = "comparar?lugar=MX-CD28&lugar=MX-CD27&indicador=confianza_policia_municipal&periodo=2025T2"


def test_la_vista_trae_la_cifra_publicada_y_su_enlace() -> None:
    una = recrear.vista(f"https://tablero.ejemplo/{COMPARAR}")
    assert isinstance(una, Vista)
    cifra = una.tabla.set_index("lugar").loc["MX-CD28", "valor_pct"]
    assert round(cifra, 2) == 55.95
    assert una.enlace.startswith("https://tablero.ejemplo/comparar?lugar=MX-CD28&lugar=MX-CD27")
    assert any("supera, más allá del error muestral, a la de Ecatepec" in dicho for dicho in una.hallazgos())


@pytest.mark.parametrize("ruta", ["compromisos", "evaluaciones", "participacion", "intercambio"])
def test_lo_que_se_sigue_tambien_se_recrea(ruta: str) -> None:
    assert isinstance(recrear.vista(ruta), Legajo)


def test_una_pagina_que_no_existe_o_sin_nada_que_mostrar_se_dice() -> None:
    with pytest.raises(ErrorConsulta, match="una página"):
        recrear.vista("nomina?x=1")
    with pytest.raises(ErrorConsulta, match="Falta elegir"):
        recrear.vista("comparar?lugar=&indicador=confianza_policia_municipal")


def test_la_proyeccion_lleva_cada_lamina_con_su_fuente_y_no_pide_nada_afuera() -> None:
    una = presentacion.Presentacion("Dos", (presentacion.Lamina(COMPARAR), presentacion.Lamina("intercambio")))
    laminas = [proyeccion.proyectar(recrear.vista(u.vista), u.titulo, u.nota) for u in una.laminas]
    pagina = proyeccion.pagina(una.titulo, laminas).decode()
    assert pagina.count('<section class="lamina"') == 2
    assert pagina.count("<svg") == 2
    assert "Encuesta Nacional de Seguridad Pública Urbana" in pagina
    # Sólo enlaces que alguien pulsa: ni guiones, ni estilos, ni imágenes de fuera.
    assert not re.findall(r'(?:src|xlink:href)="(?!#)', pagina)
    assert not re.findall(r"url\((?!#)", pagina)


@pytest.mark.parametrize(("puntos", "periodo"), [("promedio", None), ("periodo", "2025T2")])
def test_la_dispersion_de_la_lamina_es_la_de_la_tabla(puntos: str, periodo: str | None) -> None:
    una = recrear.vista(f"proximidad?lugar=MX-CD28&periodo=2025T2&par=confianza_inseguridad&puntos={puntos}")
    assert isinstance(una, Vista)
    panel = una.tabla[~una.tabla["lugar"].isin(["MX", "MX-05035"])]  # la nación y Torreón, que es parte de La Laguna
    debidos = tesis.puntos_de(panel, tesis.ESLABONES["confianza_inseguridad"], periodo)
    formas = Presentation(io.BytesIO(pptx.pptx(una))).slides[0].shapes
    (grafico,) = [f.chart for f in formas if f.has_chart and f.chart.chart_type == XL_CHART_TYPE.XY_SCATTER]
    hechos = [
        tuple(float(serie._element.find(f"{qn(eje)}//{qn('c:pt')}[@idx='{k}']/{qn('c:v')}").text) for eje in EJES)
        for serie in list(grafico.plots[0].series)[:2]
        for k in range(len(list(serie.iter_values())))
    ]
    suyos = sorted(zip(debidos["x"], debidos["y"], strict=True))
    assert len(hechos) == len(suyos)
    for hecho, suyo in zip(sorted(hechos), suyos, strict=True):
        assert hecho == pytest.approx(suyo)
    suya = grafico.plots[0].series[1]
    assert suya.name == "Nezahualcóyotl"
    assert len(suya._element.findall(qn("c:errBars"))) == (2 if periodo else 0)  # un promedio no lleva intervalo


def test_lo_que_escribe_quien_presenta_no_es_marcado() -> None:
    mala = '<script>alert(1)</script>" onmouseover="x'
    lamina = proyeccion.Proyectada(mala, mala, "", mala, mala, "javascript:alert(1)", mala)
    pagina = proyeccion.pagina(mala, [lamina]).decode()
    assert pagina.count("<script>") == 1  # el nuestro
    assert 'onmouseover="x' not in pagina
    assert "javascript:" not in pagina
