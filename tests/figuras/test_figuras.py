"""Cada figura: cumple el esquema de Vega-Lite, compila, dibuja lo que debe y su texto alternativo lo dice."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
import vl_convert

from atalaya.figuras import clasificacion, cronologia, eje, hallazgos, lineas, puntos, tema, textos, tira, trazo
from atalaya.figuras.plantilla import Figura, juntar, llenar

RAIZ = Path(__file__).resolve().parents[2]


def todas(tabla: pd.DataFrame, serie: pd.DataFrame, modo: str) -> dict[str, Figura]:
    """Una de cada figura, con las tablas de juguete."""
    con_puesto = tabla.assign(posicion=[2.0, 1.0, 3.0, None])
    corta = tabla.assign(indicador_corto="Inseguridad")
    return {
        "puntos": puntos.puntos(tabla, "A", ("Nacional", 45.0), modo, 400),
        "clasificacion": clasificacion.clasificacion(con_puesto, ["A"], ("Nacional", 45.0), modo, 400),
        "lineas": lineas.lineas(serie, ["A", "B", "MX"], modo, 400),
        "tira": tira.tira(corta, "A", ["B"], ["Inseguridad"], modo, 400),
    }


def svg(figura: Figura) -> str:
    """La figura dibujada."""
    return str(vl_convert.vegalite_to_svg(figura.vegalite()))


def textos_de(spec: Any) -> Iterator[str]:
    """Todo texto de una especificación."""
    if isinstance(spec, dict):
        for valor in spec.values():
            yield from textos_de(valor)
    elif isinstance(spec, list):
        for valor in spec:
            yield from textos_de(valor)
    elif isinstance(spec, str):
        yield spec


@pytest.mark.parametrize("modo", tema.MODOS)
@pytest.mark.parametrize("cual", ["puntos", "clasificacion", "lineas", "tira"])
def test_compila_y_no_deja_nada_sin_llenar(tabla: pd.DataFrame, serie: pd.DataFrame, modo: str, cual: str) -> None:
    figura = todas(tabla, serie, modo)[cual]
    assert not [t for t in textos_de(figura.spec) if "«" in t]
    assert svg(figura).startswith("<svg")
    assert figura.spec["config"]["background"] == tema.paleta(modo).fondo


def test_puntos_de_mayor_a_menor_y_las_ausencias_al_final(tabla: pd.DataFrame) -> None:
    assert list(puntos.ordenar(tabla)["lugar"]) == ["B", "A", "C", "D"]


def test_puntos_escriben_la_cifra_la_precision_y_la_ausencia(tabla: pd.DataFrame) -> None:
    dibujo = svg(puntos.puntos(tabla, "A", None, "claro", 400))
    for texto in (">30.0<", ">62.5 moderada<", ">12.2 baja<", ">no aplica<"):
        assert texto in dibujo, texto


def test_la_precision_se_ve_sin_color(tabla: pd.DataFrame) -> None:
    """Alta: relleno del color; moderada y baja: relleno del fondo; baja: rombo, que no lleva arcos."""
    p = tema.CLARO
    marcas = [
        trozo
        for trozo in svg(puntos.puntos(tabla, "", None, "claro", 400)).split("<path")
        if 'aria-roledescription="point"' in trozo
    ]
    assert len(marcas) == 3
    por_cifra = {cifra: next(m for m in marcas if cifra in m) for cifra in ("30.00", "62.50", "12.25")}
    assert f'fill="{p.series[1]}"' in por_cifra["30.00"]
    assert f'fill="{p.fondo}"' in por_cifra["62.50"]
    assert f'fill="{p.fondo}"' in por_cifra["12.25"]
    assert "A" in por_cifra["62.50"].partition(' d="')[2].partition('"')[0]
    assert "A" not in por_cifra["12.25"].partition(' d="')[2].partition('"')[0]


def test_los_intervalos_se_dibujan_si_vienen(tabla: pd.DataFrame) -> None:
    sin = svg(puntos.puntos(tabla, "", None, "claro", 400))
    con = svg(
        puntos.puntos(tabla.assign(ic_inf=[25.0, 55, 5, None], ic_sup=[35.0, 70, 19, None]), "", None, "claro", 400)
    )
    assert con.count('aria-roledescription="rule mark"') - sin.count('aria-roledescription="rule mark"') == 3


def test_el_eje_de_puntos_empieza_en_cero() -> None:
    assert [trazo.tope_eje(v) for v in (3.0, 9.0, 20.0, 41.0, 43.0, 99.0)] == [10, 25, 25, 50, 100, 100]
    assert trazo.tope_eje() == 10


def test_un_hueco_corta_la_linea(serie: pd.DataFrame) -> None:
    """Ninguna racha contiene puntos a ambos lados de un periodo sin cifra."""
    filas = lineas.completar(serie)
    con_cifra = filas[filas["estado"] == "dato"]
    for _, racha in con_cifra.groupby("tramo"):
        posiciones = sorted(racha["pos"])
        assert posiciones == list(range(posiciones[0], posiciones[-1] + 1))
    assert con_cifra[con_cifra["lugar"] == "A"]["tramo"].nunique() == 3
    assert con_cifra[con_cifra["lugar"] == "MX"]["tramo"].nunique() == 2


def test_los_huecos_se_rotulan_por_su_causa_aunque_haya_nacional(serie: pd.DataFrame) -> None:
    assert cronologia.vacios(serie) == {"no_levantado": ["2020T2"], "no_incorporado": ["2020T4"]}
    dibujo = svg(lineas.lineas(serie, ["A", "B", "MX"], "claro", 400))
    assert ">no se levantó<" in dibujo
    assert ">falta su archivo<" in dibujo


def test_las_series_se_distinguen_por_forma_y_la_nacional_va_punteada(serie: pd.DataFrame) -> None:
    spec = lineas.lineas(serie, ["A", "B", "MX"], "claro", 400).spec
    capas = [capa["encoding"] for capa in spec["layer"]]
    assert next(capa["shape"]["scale"] for capa in capas if "shape" in capa) == {
        "domain": ["Ciudad A", "Ciudad B", "Ciudad MX"],
        "range": ["circle", "square", "circle"],
    }
    rayas = next(c["strokeDash"]["scale"]["range"] for c in capas if "scale" in c.get("strokeDash", {}))
    assert rayas == [[1, 0], [1, 0], [5, 4]]


@pytest.mark.parametrize(
    ("valores", "limites_"),
    [([50.0, 51.0], (40.0, 70.0)), ([2.0, 3.0], (0.0, 30.0)), ([20.0, 95.0], (10.0, 100.0)), ([], (0.0, 100.0))],
)
def test_el_eje_de_lineas_no_exagera(valores: list[float], limites_: tuple[float, float]) -> None:
    desde, hasta = eje.por_ciento(pd.DataFrame({"valor_pct": pd.Series(valores, dtype=float)}))
    assert (desde, hasta) == limites_
    assert hasta - desde >= 30


@pytest.mark.parametrize("modo", tema.MODOS)
def test_los_colores_contrastan_con_el_fondo(modo: str) -> None:
    p = tema.paleta(modo)
    for color in (p.neutro, p.contorno):
        assert contraste(color, p.fondo) >= 3, color
    # Las series también escriben su nombre junto a la línea.
    for color in (p.texto, p.tenue, p.acento, *p.series):
        assert contraste(color, p.fondo) >= 4.5, color


@pytest.mark.parametrize("modo", tema.MODOS)
@pytest.mark.parametrize("rampa", ["peor", "mejor"])
def test_las_rampas_se_leen_por_intensidad(modo: str, rampa: str) -> None:
    luces = [luminancia(c) for c in getattr(tema.paleta(modo), rampa)]
    assert luces == sorted(luces, reverse=modo == "claro")
    assert all(abs(a - b) > 0.015 for a, b in combinations(luces, 2))


def test_la_pagina_y_los_graficos_llevan_los_mismos_colores() -> None:
    tema_pagina = tomllib.loads((RAIZ / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    for modo, clave in (("claro", "light"), ("oscuro", "dark")):
        assert tema_pagina[clave]["backgroundColor"] == tema.paleta(modo).fondo
        assert tema_pagina[clave]["textColor"] == tema.paleta(modo).texto


def test_numeros_en_espanol_de_mexico() -> None:
    assert textos.pct(1234.5) == "1,234.5\N{NO-BREAK SPACE}%"
    assert textos.pct(None) == textos.pct(float("nan")) == "—"
    assert textos.entero(1031422.0) == "1,031,422"
    assert textos.puesto(24.0, 76.0) == "24.º\N{NO-BREAK SPACE}de\N{NO-BREAK SPACE}76"


@pytest.mark.parametrize(
    ("cosas", "dicho"),
    [
        ([], ""),
        (["a"], "a"),
        (["a", "b"], "a y b"),
        (["Ecatepec", "Iztapalapa"], "Ecatepec e Iztapalapa"),
        (["Apodaca", "Hidalgo"], "Apodaca e Hidalgo"),
        (["agua", "hielo"], "agua y hielo"),
        (["a", "b", "c"], "a, b y c"),
    ],
)
def test_listas_como_se_dicen(cosas: list[str], dicho: str) -> None:
    assert textos.lista(cosas) == dicho


def test_textos_alternativos_dicen_lo_que_se_ve(tabla: pd.DataFrame, serie: pd.DataFrame) -> None:
    dicho = puntos.describir(tabla, "Prueba", ("Nacional", 45.0))
    assert "Ciudad B 62.5\N{NO-BREAK SPACE}% (precisión moderada); Ciudad A 30.0" in dicho
    assert "Sin cifra: Ciudad D, no aplica." in dicho
    assert "Nacional: 45.0" in dicho
    dicho = lineas.describir(serie, "Prueba", ["A", "MX"])
    assert "Ningún lugar tiene cifra (no se levantó) en junio de 2020." in dicho
    assert "Ciudad A: 40.0\N{NO-BREAK SPACE}% en diciembre de 2019 y 45.0\N{NO-BREAK SPACE}% en marzo de 2021" in dicho
    dicho = clasificacion.describir(tabla.assign(posicion=[2, 1, 3, None]), "Prueba", ["A"])
    assert "Ciudad A: 2.º de 3, 30.0" in dicho
    assert "No aplica en 1: Ciudad D." in dicho


def test_llenar_pone_listas_valores_y_textos_y_no_toca_la_plantilla() -> None:
    plantilla: dict[str, Any] = {"a": ["«lista»"], "b": "«n»", "c": "indexof(«lista», x)", "d": ["x", "«n»"]}
    antes = json.dumps(plantilla)
    lleno = llenar(plantilla, {"lista": ["Ñ'", "b"], "n": 3}, {}).spec
    assert lleno == {"a": ["Ñ'", "b"], "b": 3, "c": 'indexof(["Ñ\'", "b"], x)', "d": ["x", 3]}
    assert json.dumps(plantilla) == antes


def test_juntar_no_mezcla_las_tablas_de_cada_parte(tabla: pd.DataFrame, serie: pd.DataFrame) -> None:
    otra = tabla.assign(valor_pct=[1.0, 2.0, 3.0, None])
    junta = juntar("vconcat", [puntos.puntos(tabla, ancho=300), puntos.puntos(otra, ancho=300)], 10)
    dibujo = svg(junta)
    assert ">62.5 moderada<" in dibujo
    assert ">2.0 moderada<" in dibujo
    separadas = juntar(
        "vconcat", [lineas.lineas(serie, [c, "MX"], ancho=300) for c in "AB"], 10, comparten_series=False
    )
    assert "mark-symbol role-legend-symbol" not in svg(separadas)


def luminancia(color: str) -> float:
    """Luminancia relativa de un color `#rrggbb` (WCAG 2.2)."""
    canales = [int(color[k : k + 2], 16) / 255 for k in (1, 3, 5)]
    a_lineal: Callable[[float], float] = lambda c: c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4  # noqa: E731
    rojo, verde, azul = (a_lineal(c) for c in canales)
    return 0.2126 * rojo + 0.7152 * verde + 0.0722 * azul


def contraste(uno: str, otro: str) -> float:
    """Razón de contraste entre dos colores (WCAG 2.2)."""
    claro, oscuro = sorted((luminancia(uno), luminancia(otro)), reverse=True)
    return (claro + 0.05) / (oscuro + 0.05)


def con_error(tabla: pd.DataFrame, metodo: str = "modelada") -> pd.DataFrame:
    """La tabla de juguete, con intervalos."""
    return tabla.assign(ic_inf=[25.0, 55, 5, None], ic_sup=[35.0, 70, 19, None], metodo_error=[*[metodo] * 3, None])


def test_el_error_modelado_va_punteado_y_el_de_microdatos_no(tabla: pd.DataFrame) -> None:
    punteado = 'stroke-dasharray="2,2"'
    assert svg(puntos.puntos(con_error(tabla), "A", None, "claro", 400)).count(punteado) == 3
    assert punteado not in svg(puntos.puntos(con_error(tabla, "microdatos"), "A", None, "claro", 400))


def test_la_etiqueta_no_cae_sobre_la_linea_nacional_ni_fuera_del_eje(tabla: pd.DataFrame) -> None:
    filas = trazo.con_anclaje(puntos.ordenar(con_error(tabla)), 100, ("Nacional", 40.0)).set_index("lugar")
    assert dict(filas["antes"]) == {"A": True, "B": True, "C": False, "D": False}  # B: «62.5 moderada» no cabe
    assert filas.loc["A", "anclaje"] == 25
    assert not trazo.con_anclaje(puntos.ordenar(con_error(tabla)), 100).set_index("lugar").loc["A", "antes"]


def test_clasificacion_escribe_el_numero_antes_del_nombre_y_dibuja_los_rangos(tabla: pd.DataFrame) -> None:
    con_puesto = tabla.assign(posicion=[2.0, 1.0, 3.0, None], rango_inf=[1, 1, 3, None], rango_sup=[2, 2, 3, None])
    dibujo = svg(clasificacion.clasificacion(con_puesto, ["A"], None, "claro", 400))
    assert ">2. Ciudad A<" in dibujo
    assert ">lugar<" in dibujo
    assert "2.º, entre 1.º y 2.º" in dibujo
    assert "2.º, entre 1.º y 2.º de 3" in clasificacion.describir(con_puesto, "Prueba", ["A"])


def test_las_lineas_llevan_banda_y_marcan_los_cambios(serie: pd.DataFrame) -> None:
    hay = serie["estado"] == "dato"
    con_banda = serie.assign(
        ic_inf=(serie["valor_pct"] - 3).where(hay), ic_sup=(serie["valor_pct"] + 3).where(hay), metodo_error="modelada"
    )
    marcada = con_banda.assign(cambio_previo=None, diferencia_previo=1.0, cambio_anual=None, diferencia_anual=-1.0)
    sin = svg(lineas.lineas(marcada, ["A", "B", "MX"], "claro", 400))
    assert 'aria-roledescription="area mark"' in sin
    assert "▲" not in sin
    suya = (marcada["lugar"] == "A") & (marcada["periodo"] == "2020T1")
    marcada.loc[suya, ["cambio_previo", "cambio_anual"]] = ["sube", "no_con_holm"]
    dibujo = svg(lineas.lineas(marcada, ["A", "B", "MX"], "claro", 400))
    assert ">▲<" in dibujo
    assert ">▽<" in dibujo


def test_las_frases_no_dicen_mas_que_la_prueba() -> None:
    filas = [
        {"lugar": "A", "nombre": "Ecatepec", "diferencia": 24.8, "margen": 7.1, "p": 0.0, "veredicto": "mayor"},
        {
            "lugar": "B",
            "nombre": "Atizapán",
            "diferencia": -5.6,
            "margen": 10.3,
            "p": 0.3,
            "veredicto": "no_se_distingue",
        },
        {"lugar": "MX", "nombre": "Nacional", "diferencia": 7.4, "margen": 6.9, "p": 0.04, "veredicto": "no_con_holm"},
        {"lugar": "C", "nombre": "Torreón", "diferencia": 2.0, "margen": None, "p": None, "veredicto": "comparten"},
        {
            "lugar": "D",
            "nombre": "Iztapalapa",
            "diferencia": None,
            "margen": None,
            "p": None,
            "veredicto": "sin_prueba",
        },
    ]
    frases = [f.replace("\N{NO-BREAK SPACE}", " ") for f in hallazgos.de_comparar("Neza", pd.DataFrame(filas))]
    assert frases[0] == "La cifra de Neza supera a la de Ecatepec en 24.8 puntos (± 7.1): más que el error muestral."
    assert frases[1].startswith("La diferencia con la nacional, 7.4 puntos (± 6.9), supera su margen pero no la prueba")
    assert frases[2] == "No se distingue de la de Atizapán: difieren 5.6 puntos (± 10.3), dentro del error muestral."
    assert frases[3].startswith("Sin prueba frente a la de Torreón: una es parte de la otra")
    assert len(frases) == 4


def test_un_eje_largo_dice_cada_ano_una_vez_y_completo() -> None:
    ejes = [f"{anio}T{t}" for anio in range(2013, 2026) for t in range(1, 5)]
    rotulos = cronologia.rotulos(ejes)
    dichos = [rotulos[k] for k in cronologia.marcas(ejes)]
    assert dichos == [[str(anio)] for anio in range(2013, 2026)]


def test_las_dos_mitades_de_la_clasificacion_tienen_la_misma_escala(tabla: pd.DataFrame) -> None:
    def capas(nodo: Any) -> Iterator[dict[str, Any]]:
        if isinstance(nodo, dict):
            if "rotulo" in str(nodo.get("field", "")) and "axis" in nodo:
                yield nodo["axis"]
            for valor in nodo.values():
                yield from capas(valor)
        elif isinstance(nodo, list):
            for valor in nodo:
                yield from capas(valor)

    con_puesto = tabla.assign(posicion=[2.0, 1.0, 3.0, None])
    largos = con_puesto.assign(nombre="San Nicolás de los Garza")
    figuras = [clasificacion.clasificacion(t, [], None, "claro", 500, 100) for t in (con_puesto, largos)]
    anchos = {(eje["minExtent"], eje["maxExtent"]) for figura in figuras for eje in capas(figura.spec)}
    assert len(anchos) == 1


def test_el_eje_de_lineas_no_corta_la_banda() -> None:
    filas = pd.DataFrame({"valor_pct": [35.0, 60.0], "ic_inf": [22.0, 51.0], "ic_sup": [48.0, 72.0]})
    desde, hasta = eje.por_ciento(filas)
    assert desde <= 22.0
    assert hasta >= 72.0


def test_un_cambio_de_serie_lleva_su_regla_y_corta_la_linea(serie: pd.DataFrame) -> None:
    """En 2024S2 la cuenta de víctimas agrega fraudes: ni una recta la cruza."""
    filas = serie.head(4).assign(
        lugar="MX-CD28",
        nombre="Nezahualcóyotl",
        indicador="hogares_victimas",
        periodo=["2023S2", "2024S1", "2024S2", "2025S1"],
        valor_pct=[20.0, 21.0, 30.0, 31.0],
        estado="dato",
    )
    tramos = lineas.completar(filas).set_index("periodo")["tramo"]
    assert tramos["2023S2"] == tramos["2024S1"]
    assert tramos["2024S1"] != tramos["2024S2"]
    figura = lineas.lineas(filas, ["MX-CD28"], "claro", 400)
    assert list(figura.datos["rupturas"]["x"]) == [1.5]
    assert cronologia.RUPTURA in svg(figura)
    assert "cambia la serie y no se compara" in lineas.describir(filas, "Prueba", ["MX-CD28"])
    despues = filas[filas["periodo"] >= "2024S2"]
    assert lineas.lineas(despues, ["MX-CD28"], "claro", 400).datos["rupturas"].empty


def test_dos_calendarios_en_un_eje_guardan_la_distancia_del_tiempo() -> None:
    ejes = cronologia.eje(["2022", "2023", "2023T4", "2024T1", "2024T3"])
    assert ejes == ["2022T4", "2023T1", "2023T2", "2023T3", "2023T4", "2024T1", "2024T2", "2024T3"]
    assert cronologia.posiciones(["2022", "2023", "2023T4", "2024T3"], ejes) == {
        "2022": 0,
        "2023": 4,
        "2023T4": 4,
        "2024T3": 7,
    }
    assert cronologia.eje(["2023T4", "2023T1"]) == ["2023T1", "2023T4"]


def test_un_nombre_de_dos_renglones_dice_la_encuesta_y_su_color_es_otro(tabla: pd.DataFrame) -> None:
    dos = tabla.assign(
        nombre=[f"{nombre}\n{encuesta}" for nombre, encuesta in zip(tabla["nombre"], "XYXY", strict=True)],
        ajena=[False, True, False, True],
    )
    figura = puntos.puntos(dos, "A", None, "claro", 400)
    assert figura.spec["height"] == puntos.ALTO_DOBLE * 4
    assert puntos.puntos(tabla, "A", None, "claro", 400).spec["height"] == puntos.ALTO_FILA * 4
    dibujo = svg(figura)
    assert ">Y<" in dibujo  # el segundo renglón es un texto aparte
    assert tema.CLARO.series[2] in dibujo
    assert tema.CLARO.series[2] not in svg(puntos.puntos(tabla, "A", None, "claro", 400))
    assert "Ciudad B, Y 62.5" in puntos.describir(dos, "Prueba").replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(("cifra", "lado"), [(30.0, "start"), (90.0, "end")])
def test_el_rotulo_de_la_referencia_cabe_tambien_al_final_del_eje(tabla: pd.DataFrame, cifra: float, lado: str) -> None:
    dibujo = svg(puntos.puntos(tabla, "A", ("Nacional", cifra), "claro", 400, tope=100))
    (rotulo,) = re.findall(rf"<text[^>]*text-anchor=\"(\w+)\"[^>]*>Nacional {cifra}<", dibujo)
    assert rotulo == lado
