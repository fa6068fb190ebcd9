"""Toda página se dice entera en el idioma de la visita: en uno cifrado no queda nada en español.

Lo que sí queda, porque lo escribió otro: las preguntas de los cuestionarios, los documentos y sus citas, los nombres
propios y los de los archivos. Y el SQL de Metodología y de «Cómo se calculó», que es código.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from en_clave import sin_traducir
from lo_que_se_ve import textos
from streamlit.testing.v1 import AppTest

from atalaya.interfaz import marco

RAIZ = Path(__file__).resolve().parents[2]
RUTAS = [una[3] for paginas in marco.PAGINAS.values() for una in paginas]
VISTAS: list[tuple[str, dict[str, str | list[str]]]] = [
    *((ruta, {}) for ruta in RUTAS),
    ("comparar", {"lugar": ["MX-CD28", "CL-13122"], "indicador": "hogares_victimas", "regla": "cepal"}),
    ("comparar", {"lugar": "", "indicador": ""}),
    ("evolucion", {"lugar": ["MX-CD28", "MX-CD16"], "indicador": "confianza_policia_municipal"}),
    ("clasificacion", {"indicador": "gobierno_efectivo", "lugar": "MX-CD27"}),
    ("incidencia", {"medida": "indice", "base": "2019", "lugar": ["MX-15058", "CL-13122"]}),
    ("incidencia", {"medida": "casos", "por": "mes"}),
    ("mapa", {"nivel": "comunas"}),
    ("mapa", {"nivel": "municipios", "indicador": "homicidio_doloso", "periodo": "2025"}),
    ("ficha", {"lugar": "CL-13122"}),
    ("compromisos", {"plan": "mx_pa2"}),
    ("participacion", {"proceso": "izt_dialogos"}),
    ("intercambio", {"ver": "modelos"}),
    ("intercambio", {"ver": "experiencias"}),
    ("datos", {"que": "lugares", "buscar": "Nezahualcóyotl"}),
    ("buscar", {"q": "confianza"}),
    ("buscar", {"q": "XYZW"}),
    ("comparar", {"acervo": "0000-00000000"}),
]


@pytest.mark.parametrize(("ruta", "url"), VISTAS, ids=[f"{r}-{'-'.join(u)}" for r, u in VISTAS])
def test_no_queda_nada_en_espanol(ruta: str, url: dict[str, str | list[str]], cifrado: str) -> None:
    prueba = AppTest.from_file(str(RAIZ / "app.py"), default_timeout=120)
    for clave, valor in {**url, "idioma": cifrado}.items():
        prueba.query_params[clave] = valor
    for nivel in ("areas", "municipios", "entidades", "comunas", "regiones"):
        prueba.session_state[f"tabla_{nivel}"] = True
    prueba.switch_page(marco.archivo(ruta))
    prueba.run()
    assert not prueba.exception
    vistos = [
        texto for texto in textos(prueba) if not re.match(r"(consultas|mostrar|controlar|estimar|preparar)(/|$)", texto)
    ]
    assert vistos
    tecleado = [url.get("q", "")]  # lo que buscó la visita se repite como lo escribió
    assert {texto: restos for texto in vistos if (restos := sin_traducir(texto)) not in ([], tecleado)} == {}
