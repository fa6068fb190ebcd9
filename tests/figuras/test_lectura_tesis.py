"""La dispersión, los coeficientes y la lectura de la tesis: ninguna palabra dice más que la prueba."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
import vl_convert

from atalaya.estadistica.tesis import ESLABONES
from atalaya.figuras import coeficientes, dispersion, lectura_tesis, tema, textos
from tests.figuras.test_figuras import textos_de

ROTULOS = ("Confianza (%)", "Inseguridad (%)")


def ajuste(clave: str, tipo: str, coeficiente: float, veredicto: str, margen: float = 0.1) -> dict[str, Any]:
    """Una fila de `tesis.asociaciones`."""
    uno = ESLABONES[clave]
    return {
        "clave": clave,
        "x": uno.x,
        "y": uno.y,
        "tipo": tipo,
        "coeficiente": coeficiente,
        "ic_inf": coeficiente - margen,
        "ic_sup": coeficiente + margen,
        "correlacion": 0.1,
        "confiabilidad": 0.6,
        "ciudades": 40,
        "periodos": 5,
        "celdas": 200,
        "p_holm": 0.5,
        "veredicto": veredicto,
    }


def ajustes(veredictos: dict[str, str]) -> pd.DataFrame:
    """Los diez, con el veredicto de cada par (los demás, sin cambio)."""
    signo = {"sube": 0.5, "baja": -0.5, "no_con_holm": 0.15}
    return pd.DataFrame(
        [
            ajuste(clave, tipo, signo.get(veredictos.get(clave, ""), 0.01), veredictos.get(clave, "sin_cambio"))
            for clave in ESLABONES
            for tipo in ("entre", "dentro")
        ]
    )


@pytest.fixture
def nube() -> pd.DataFrame:
    """Tres ciudades."""
    return pd.DataFrame(
        {
            "lugar": ["A", "B", "C"],
            "nombre": ["Alfa", "Beta", "Gama"],
            "x": [30.0, 50.0, 70.0],
            "y": [80.0, 60.0, 40.0],
            "periodos": [15, 15, 1],
        }
    )


@pytest.mark.parametrize("modo", tema.MODOS)
def test_la_dispersion_compila_con_recta_y_ciudad(nube: pd.DataFrame, modo: str) -> None:
    figura = dispersion.dispersion(nube, "B", -1.0, ROTULOS, modo, 400)
    assert not [t for t in textos_de(figura.spec) if "«" in t]
    dibujo = vl_convert.vegalite_to_svg(figura.vegalite())
    assert dibujo.count('aria-roledescription="point"') == 3
    assert ">Beta<" in dibujo
    assert ">Alfa<" not in dibujo
    assert figura.datos["recta"]["y"].tolist() == pytest.approx([80.0, 40.0])


def test_la_recta_no_se_sale_del_cuadro(nube: pd.DataFrame) -> None:
    figura = dispersion.dispersion(nube, "B", -4.0, ROTULOS, "claro", 400)
    desde, hasta = figura.datos["recta"]["y"]
    assert (desde, hasta) == pytest.approx((85.0, 35.0))


def test_sin_pendiente_no_hay_recta_y_los_intervalos_son_de_la_destacada(nube: pd.DataFrame) -> None:
    con_error = nube.assign(x_inf=nube["x"] - 3, x_sup=nube["x"] + 3, y_inf=nube["y"] - 3, y_sup=nube["y"] + 3)
    sin = vl_convert.vegalite_to_svg(dispersion.dispersion(nube, "B", None, ROTULOS, "claro", 400).vegalite())
    con = vl_convert.vegalite_to_svg(dispersion.dispersion(con_error, "B", None, ROTULOS, "claro", 400).vegalite())
    assert con.count('aria-roledescription="rule mark"') - sin.count('aria-roledescription="rule mark"') == 2


def test_el_texto_de_la_dispersion_dice_la_recta_y_la_ciudad(nube: pd.DataFrame) -> None:
    dicho = dispersion.describir(nube, "Un título", "B", -1.0, ROTULOS)
    assert "3 ciudades" in dicho
    assert "−1.00 puntos de y por cada punto de x" in dicho
    assert "Beta: x 50.0" in dicho


@pytest.mark.parametrize("modo", tema.MODOS)
def test_los_coeficientes_se_distinguen_sin_color(modo: str) -> None:
    """Círculo o cuadro, según la comparación; lleno o hueco, según la prueba."""
    tabla = ajustes({"confianza_inseguridad": "baja"})
    tabla = tabla.assign(rotulo=tabla["clave"])
    figura = coeficientes.coeficientes(tabla, list(ESLABONES), "confianza_inseguridad", modo, 400)
    assert not [t for t in textos_de(figura.spec) if "«" in t]
    dibujo = vl_convert.vegalite_to_svg(figura.vegalite())
    marcas = [m for m in dibujo.split("<path") if 'aria-roledescription="point"' in m]
    assert len(marcas) == 10
    assert sum(f'fill="{tema.paleta(modo).fondo}"' in m for m in marcas) == 8
    assert ">−0.50<" in dibujo
    desde, hasta = figura.spec["layer"][1]["encoding"]["x"]["scale"]["domain"]
    assert desde <= -0.6
    assert hasta >= 0.11


def test_sin_asociacion_no_se_afirma_ninguna() -> None:
    frases = " ".join(lectura_tesis.de_la_tesis(ajustes({})))
    assert "aparece:" not in frases
    assert frases.count("no aparece en estas cifras") == 3
    for frase in lectura_tesis.de_los_eslabones(ajustes({})):
        assert frase.count("no se asocian más allá del error") == 2
        assert "por cada punto más" not in frase


def test_la_lectura_sale_de_los_veredictos() -> None:
    tabla = ajustes({"confianza_inseguridad": "baja", "efectividad_inseguridad": "baja"})
    cercania, confianza, entera = lectura_tesis.de_la_tesis(tabla)
    assert "ninguno de sus 4 coeficientes se distingue de cero" in cercania
    assert "sus 4 coeficientes van en el sentido esperado" in confianza
    assert "ninguno de sus 2" in entera
    assert (
        "por cada punto más de confianza hay 0.50 puntos menos de inseguridad (de 0.40 a 0.60)"
        in lectura_tesis.de_los_eslabones(tabla)[2]
    )


def test_lo_que_va_al_reves_se_dice() -> None:
    tabla = ajustes({"confianza_inseguridad": "baja", "efectividad_inseguridad": "sube"})
    _, confianza, _ = lectura_tesis.de_la_tesis(tabla)
    assert "aparece a medias: 2 de sus 4" in confianza
    assert "en el contrario, 2 (La ve efectiva → se siente insegura, entre ciudades; " in confianza
    al_reves = lectura_tesis.de_la_tesis(ajustes({"identifica_inseguridad": "sube"}))[2]
    assert al_reves.endswith("dentro de cada ciudad).")
    assert "no aparece" in al_reves


def test_lo_que_no_resiste_la_correccion_no_se_afirma() -> None:
    tabla = ajustes({"identifica_confianza": "no_con_holm"})
    assert "no resiste que sean 10 pruebas a la vez: no basta" in lectura_tesis.de_los_eslabones(tabla)[0]
    assert "no aparece" in lectura_tesis.de_la_tesis(tabla)[0]


def test_los_limites_llevan_sus_numeros() -> None:
    periodos = ("2019T4", "2020T1", "2020T3")
    panel = pd.DataFrame(
        [
            {"lugar": lugar, "indicador": clave, "periodo": p, "valor_pct": 50.0 + k, "estado": "dato"}
            for k, lugar in enumerate(("MX-CD28", "MX-CD27"))
            for clave in ("identifica_policia_municipal", "inseguridad_ciudad")
            for p in periodos[k:]
        ]
    )
    notas = " ".join(lectura_tesis.no_prueba(ajustes({}), panel, ["Torreón, que está dentro de La Laguna"]))
    for dicho in (
        "No es causa",
        "faltan jun 2020",
        "de 2 a 3, que no son los mismos",
        "En promedio va de 50.0\N{NO-BREAK SPACE}% a 51.0\N{NO-BREAK SPACE}%",
        "identificación de la policía municipal, 60\N{NO-BREAK SPACE}%",
        "se descartan asociaciones de más de 0.11 entre ciudades y 0.11 dentro de cada ciudad",
        "No se cuenta aparte Torreón",
        "ninguna de estas series cambia de definición",
    ):
        assert dicho in notas, dicho


def test_sin_ciudades_suficientes_se_dice() -> None:
    vacia = ajustes({}).head(0)
    assert "No hay ciudades suficientes" in lectura_tesis.de_la_tesis(vacia)[0]
    assert "Sin ciudades suficientes" in lectura_tesis.de_los_eslabones(vacia)[0]
    assert lectura_tesis.nota(vacia) == ""


def test_el_signo_es_el_de_los_numeros() -> None:
    assert [textos.con_signo(v) for v in (0.041, -0.4, -0.001, 0.0)] == ["+0.04", "−0.40", "0.00", "0.00"]
