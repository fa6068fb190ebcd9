"""La lámina de PowerPoint: se relee con otra mano y lleva los valores, los errores, los huecos y la fuente."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from lxml import etree
from pptx import Presentation
from pptx.enum.chart import XL_CHART_TYPE
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.oxml.ns import qn
from test_informes import vista

from atalaya.figuras import dispersion
from atalaya.figuras.plantilla import Figura
from atalaya.informes import pptx, proyeccion, proyectable
from atalaya.informes.vista import Vista

ORDEN_BARRAS = [
    "idx",
    "order",
    "tx",
    "spPr",
    "invertIfNegative",
    "dPt",
    "dLbls",
    "trendline",
    "errBars",
    "cat",
    "val",
    "shape",
    "extLst",
]
ORDEN_LINEAS = [
    "idx",
    "order",
    "tx",
    "spPr",
    "marker",
    "dPt",
    "dLbls",
    "trendline",
    "errBars",
    "cat",
    "val",
    "smooth",
    "extLst",
]
ORDEN_DISPERSION = [*ORDEN_LINEAS[:-4], "xVal", "yVal", "smooth", "extLst"]
"""El orden de los hijos de una serie (ECMA-376, CT_BarSer, CT_LineSer y CT_ScatterSer): fuera de él hay que reparar."""

UNA = {"nombre": "Nezahualcóyotl", "lugar": "MX-CD28", "valor_pct": 55.946, "ic_inf": 48.8, "ic_sup": 62.86}
OTRA = {"nombre": "Ecatepec", "lugar": "MX-CD27", "valor_pct": 31.1, "ic_inf": 24.4, "ic_sup": 37.7}
SERIE = [
    {**UNA, "periodo": "2024T1", "valor_pct": 58.6, "ic_inf": 50.0, "ic_sup": 66.0},
    {**UNA, "periodo": "2024T2", "valor_pct": 68.5, "ic_inf": 60.0, "ic_sup": 76.0},
    {**UNA, "periodo": "2024T3", "valor_pct": None, "ic_inf": None, "ic_sup": None, "estado": "no_incorporado"},
    {**UNA, "periodo": "2025T1", "valor_pct": 61.1, "ic_inf": 53.0, "ic_sup": 69.0},
]


def graficos(datos: bytes) -> list[Any]:
    """Los gráficos nativos de la primera lámina."""
    return [forma.chart for forma in Presentation(io.BytesIO(datos)).slides[0].shapes if forma.has_chart]


def errores(serie: Any, lado: str) -> dict[int, float]:
    """Por punto, el largo de su barra de error hacia `lado` (`c:plus` o `c:minus`)."""
    puntos = serie._element.find(qn("c:errBars")).find(qn(lado)).iter(qn("c:pt"))
    return {int(p.get("idx")): float(p.find(qn("c:v")).text) for p in puntos}


def dicho(datos: bytes) -> str:
    """Todo lo escrito en la lámina."""
    formas = Presentation(io.BytesIO(datos)).slides[0].shapes
    return " ".join(forma.text_frame.text for forma in formas if forma.has_text_frame)


def test_los_valores_y_los_limites_son_los_de_la_tabla() -> None:
    (grafico,) = graficos(pptx.pptx(vista(UNA, OTRA)))
    assert list(grafico.plots[0].categories) == ["Ecatepec", "Nezahualcóyotl"]  # de abajo arriba
    (serie,) = grafico.plots[0].series
    assert list(serie.values) == [31.1, 55.946]
    assert errores(serie, "c:plus") == pytest.approx({0: 37.7 - 31.1, 1: 62.86 - 55.946})
    assert errores(serie, "c:minus") == pytest.approx({0: 31.1 - 24.4, 1: 55.946 - 48.8})


def test_en_el_tiempo_un_hueco_es_un_hueco() -> None:
    (grafico,) = graficos(pptx.pptx(vista(*SERIE)))
    assert list(grafico.plots[0].categories) == ["mar 2024", "jun 2024", "sep 2024", "dic 2024", "mar 2025"]
    (serie,) = grafico.plots[0].series
    assert list(serie.values) == [58.6, 68.5, None, None, 61.1]  # ni recta ni cero, también donde no hay ni fila
    assert set(errores(serie, "c:plus")) == {0, 1, 4}
    assert grafico._chartSpace.find(f".//{qn('c:dispBlanksAs')}").get("val") == "gap"


@pytest.mark.parametrize(("filas", "orden"), [((UNA, OTRA), ORDEN_BARRAS), (SERIE, ORDEN_LINEAS)])
def test_el_xml_va_en_el_orden_del_esquema(filas: Any, orden: list[str]) -> None:
    with zipfile.ZipFile(io.BytesIO(pptx.pptx(vista(*filas)))) as archivo:
        raiz = etree.fromstring(archivo.read("ppt/charts/" + _grafico(archivo)))
    for serie in raiz.iter(qn("c:ser")):
        hijos = [etree.QName(hijo).localname for hijo in serie]
        assert hijos == sorted(hijos, key=orden.index)
        assert "errBars" in hijos
        partes = [etree.QName(hijo).localname for hijo in serie.find(qn("c:errBars"))]
        esquema = ["errDir", "errBarType", "errValType", "noEndCap", "plus", "minus", "val", "spPr"]
        assert partes == sorted(partes, key=esquema.index)


def _grafico(archivo: zipfile.ZipFile) -> str:
    return next(n for n in archivo.namelist() if n.startswith("ppt/charts/chart")).rpartition("/")[2]


def test_lleva_su_fuente_su_version_y_su_enlace() -> None:
    datos = pptx.pptx(vista({**UNA, "n": 256}))
    assert "Encuesta Nacional de Seguridad Pública Urbana" in dicho(datos)
    assert "Entrevistas por cifra: 256." in dicho(datos)
    assert "Acervo 0001-abc" in dicho(datos)
    parrafos = [
        p for f in Presentation(io.BytesIO(datos)).slides[0].shapes if f.has_text_frame for p in f.text_frame.paragraphs
    ]
    enlaces = [tramo.hyperlink.address for parrafo in parrafos for tramo in parrafo.runs if tramo.hyperlink.address]
    assert enlaces == ["http://localhost:8501/comparar?lugar=MX-CD28"]


def test_el_titulo_es_lo_que_la_prueba_sostiene_o_el_de_la_vista() -> None:
    una = vista(UNA)
    assert Presentation(io.BytesIO(pptx.pptx(una))).slides[0].shapes.title.text_frame.text == "Una prueba"
    probada = Vista(**{**una.__dict__, "hallazgos": lambda: ["No se distingue de la nacional."]})
    lamina = Presentation(io.BytesIO(pptx.pptx(probada))).slides[0]
    assert lamina.shapes.title.text_frame.text == "No se distingue de la nacional."
    assert "Una prueba" in dicho(pptx.pptx(probada))


def test_todo_grafico_e_imagen_tiene_texto_alternativo() -> None:
    muchas = [{**UNA, "nombre": f"Lugar {k}", "lugar": f"MX-CD{k:02d}"} for k in range(1, 40)]
    for datos in (pptx.pptx(vista(UNA)), pptx.pptx(vista(*muchas))):
        formas = [f for f in Presentation(io.BytesIO(datos)).slides[0].shapes if not f.has_text_frame]
        assert formas
        for forma in formas:
            assert len(forma._element.xpath("string(.//p:cNvPr/@descr)")) > 20


def test_la_imagen_va_a_los_puntos_que_caben_donde_va() -> None:
    muchas = [
        {**UNA, "nombre": f"Lugar {k}", "lugar": f"MX-CD{k:02d}", "periodo": p}
        for k in range(1, 40)
        for p in ("2024T1", "2024T2", "2024T4")
    ]
    formas = Presentation(io.BytesIO(pptx.pptx(vista(*muchas)))).slides[0].shapes
    (dibujo,) = [f for f in formas if f.shape_type == MSO_SHAPE_TYPE.PICTURE]
    ancho, alto = dibujo.image.size
    assert ancho / dibujo.width.inches == pytest.approx(pptx.PUNTOS_POR_PULGADA, rel=0.01)
    assert alto / dibujo.height.inches == pytest.approx(pptx.PUNTOS_POR_PULGADA, rel=0.01)


def nube(cuantas: int) -> tuple[Vista, pd.DataFrame]:
    """Una vista con la dispersión de `cuantas` ciudades, y sus puntos; la primera es la elegida."""
    puntos = pd.DataFrame(
        {
            "lugar": [f"MX-CD{k:02d}" for k in range(cuantas)],
            "nombre": [f"Ciudad {k}" for k in range(cuantas)],
            "x": [30.25 + k for k in range(cuantas)],
            "y": [80.5 - k / 2 for k in range(cuantas)],
            "periodos": 1,
            "precision": "alta",
        }
    )
    puntos = puntos.assign(x_inf=puntos["x"] - 4, x_sup=puntos["x"] + 3, y_inf=puntos["y"] - 2, y_sup=puntos["y"] + 1)
    figura = dispersion.dispersion(puntos, "MX-CD00", -0.5, ("Confianza (%)", "Inseguridad (%)"), "claro", 600)
    # Como en la página de proximidad: cifras de muchas ciudades, que en barras no se leerían.
    muchas = [{**UNA, "nombre": f"Lugar {k}", "lugar": f"MX-CD{k:02d}"} for k in range(1, 40)]
    return Vista(**{**vista(*muchas).__dict__, "figura": lambda: figura}), puntos


def xy(serie: Any) -> list[tuple[float, float]]:
    """Los puntos de una serie de dispersión."""
    lados = (
        [float(p.find(qn("c:v")).text) for p in serie._element.find(qn(lado)).iter(qn("c:pt"))]
        for lado in ("c:xVal", "c:yVal")
    )
    return list(zip(*lados, strict=True))


def test_la_dispersion_lleva_sus_puntos_y_solo_la_elegida_su_error() -> None:
    una, puntos = nube(30)
    (grafico,) = graficos(pptx.pptx(una))
    assert grafico.chart_type == XL_CHART_TYPE.XY_SCATTER
    demas, elegida, recta = grafico.plots[0].series
    assert xy(elegida) + xy(demas) == list(zip(puntos["x"], puntos["y"], strict=True))
    assert len(xy(recta)) == 2
    assert demas._element.find(qn("c:errBars")) is None
    barras = {b.find(qn("c:errDir")).get("val"): b for b in elegida._element.findall(qn("c:errBars"))}
    largos = {
        eje: [float(b.find(qn(lado)).find(f".//{qn('c:v')}").text) for lado in ("c:minus", "c:plus")]
        for eje, b in barras.items()
    }
    assert largos == {"x": [4, 3], "y": [2, 1]}
    hijos = [etree.QName(hijo).localname for hijo in elegida._element]
    assert hijos == sorted(hijos, key=ORDEN_DISPERSION.index)


def test_con_pocas_ciudades_todas_llevan_nombre_y_error() -> None:
    una, _ = nube(6)
    demas, *_ = graficos(pptx.pptx(una))[0].plots[0].series
    assert len(demas._element.findall(qn("c:errBars"))) == 2
    nombres = [demas.points[k].data_label.text_frame.text for k in range(5)]
    assert nombres == [f"Ciudad {k}" for k in range(1, 6)]


def test_una_ciudad_sin_una_de_las_dos_cifras_no_es_un_punto_y_se_dice() -> None:
    una, _ = nube(30)
    figura = una.figura()
    figura.datos["filas"].loc[3, "y"] = None
    assert sum(len(xy(s)) for s in graficos(pptx.pptx(una))[0].plots[0].series) == 29 + 2
    assert "Sin una de las dos cifras: 1." in dicho(pptx.pptx(una))


def clasificada() -> Vista:
    """Sesenta ciudades en orden, la nacional y dos sin cifra; la marcada es la 30.ª."""
    filas = [
        {**UNA, "nombre": f"Ciudad {k}", "lugar": f"MX-CD{k:02d}", "valor_pct": 90.0 - k, "posicion": k}
        for k in range(1, 61)
    ]
    fijo = {"lugares_con_cifra": 60, "rango_inf": 20, "rango_sup": 40}
    sin = [{**OTRA, "nombre": n, "lugar": n, "valor_pct": None, "estado": "no_aplica"} for n in ("X", "Y")]
    nacional = {**OTRA, "nombre": "Nacional", "lugar": "MX", "valor_pct": 50.5}
    una = vista(*({**f, **fijo} for f in filas), *sin, nacional)
    return Vista(**{**una.__dict__, "enlace": "http://localhost:8501/clasificacion?lugar=MX-CD30"})


def test_de_una_lista_larga_van_las_primeras_las_ultimas_y_la_marcada_y_se_dice() -> None:
    datos = pptx.pptx(clasificada())
    izquierda, derecha = graficos(datos)
    rotulos = [r for g in (izquierda, derecha) for r in reversed(list(g.plots[0].categories))]
    assert len(rotulos) == proyectable.TOPE_LUGARES
    assert rotulos[:2] == ["1. Ciudad 1", "2. Ciudad 2"]
    assert rotulos[-1] == "60. Ciudad 60"
    assert rotulos[rotulos.index("30. Ciudad 30") + 1] == "Nacional"
    assert izquierda.value_axis.maximum_scale == derecha.value_axis.maximum_scale
    assert "Se muestran 23 de 60: las primeras, las últimas y las marcadas. Sin cifra: 2." in dicho(datos)
    assert "Ciudad 30: 30.º, entre 20.º y 40.º de 60." in dicho(datos)
    notas = Presentation(io.BytesIO(datos)).slides[0].notes_slide.notes_text_frame.text
    assert all(f"{k}. Ciudad {k}," in notas for k in range(1, 61))


def test_la_proyeccion_recorta_lo_mismo_y_lo_dice() -> None:
    una = proyeccion.proyectar(clasificada(), "Un título")
    assert una.subtitulo.startswith("Una prueba · Ciudad 30: 30.º")
    assert "Se muestran 23 de 60" in una.subtitulo
    assert "45. Ciudad 45," in una.nota
    assert "45. Ciudad 45" not in una.dibujo
    assert "60. Ciudad 60" in una.dibujo


def test_las_afirmaciones_van_en_tabla_y_las_que_no_caben_en_las_notas() -> None:
    frases = [
        {"frase": f"Frase <{k}>", "veredicto_frase": "no_comprobable", "respuesta": "No hay archivo."} for k in range(9)
    ]
    frases[8] |= {"veredicto_frase": "reproducida", "respuesta": "La cifra es 45.6 %."}
    una = vista(*({**UNA, **f} for f in frases))
    datos = pptx.pptx(una)
    (tabla,) = [f.table for f in Presentation(io.BytesIO(datos)).slides[0].shapes if f.has_table]
    celdas = [[c.text for c in fila.cells] for fila in tabla.rows]
    assert celdas[1] == ["«Frase <8>»", "Reproducida", "La cifra es 45.6 %."]  # lo decidido, primero
    assert len(celdas) == 1 + proyectable.TOPE_FRASES
    assert "Se muestran 7 de 9 frases; todas, en las notas." in dicho(datos)
    notas = Presentation(io.BytesIO(datos)).slides[0].notes_slide.notes_text_frame.text
    assert all(f"«Frase <{k}>»" in notas for k in range(9))
    pagina = proyeccion.pagina("T", [proyeccion.proyectar(una)]).decode()
    assert "<td>«Frase &lt;8&gt;»</td>" in pagina


INDICADORES = (
    "inseguridad_ciudad",
    "confianza_policia_municipal",
    "efectividad_policia_municipal",
    "identifica_policia_municipal",
    "hogares_victimas",
)


@pytest.mark.parametrize(("lugares", "van"), [(2, 4), (7, 2), (13, 1)])
def test_con_mas_indicadores_de_los_que_se_leen_se_dice_cuantos(lugares: int, van: int) -> None:
    filas = [
        {**UNA, "indicador": clave, "nombre": f"Lugar {k}", "lugar": f"MX-CD{k:02d}"}
        for clave in INDICADORES
        for k in range(1, lugares + 1)
    ]
    datos = pptx.pptx(vista(*filas))
    assert len(graficos(datos)) == (2 if van == 1 else van)  # uno solo con muchas barras va en dos columnas
    assert f"Se muestran {van} de 5 indicadores." in dicho(datos)


def test_sin_figura_la_lamina_lo_dice() -> None:
    muchas = [{**UNA, "nombre": f"Lugar {k}", "lugar": f"MX-CD{k:02d}"} for k in range(1, 40)]
    una = Vista(**{**vista(*muchas).__dict__, "figura": lambda: Figura({}), "alternativo": str})
    assert pptx.SIN_FIGURA in dicho(pptx.pptx(una))


def test_una_por_vista_con_la_nota_de_quien_habla() -> None:
    archivo = Presentation(io.BytesIO(pptx.laminas([(vista(UNA), "Uno", "Di esto"), (vista(OTRA), "Dos", "")])))
    assert [lamina.shapes.title.text_frame.text for lamina in archivo.slides] == ["Uno", "Dos"]
    assert archivo.slides[0].notes_slide.notes_text_frame.text.startswith("Di esto")


@pytest.mark.skipif(not shutil.which("soffice"), reason="no hay LibreOffice: apt-get install libreoffice-impress")
def test_libreoffice_lo_abre_y_nada_se_sale(tmp_path: Path) -> None:
    (tmp_path / "l.pptx").write_bytes(pptx.laminas([(vista(UNA, OTRA), "", ""), (vista(*SERIE), "", "")]))
    orden = ["soffice", "--headless", f"-env:UserInstallation=file://{tmp_path}/lo", "--convert-to", "pdf", "l.pptx"]
    subprocess.run(orden, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    pypdf = pytest.importorskip("pypdf")
    paginas = pypdf.PdfReader(tmp_path / "l.pdf").pages
    assert len(paginas) == 2
    assert "Ecatepec" in paginas[0].extract_text()
    assert "mar 2024" in paginas[1].extract_text()
    for lamina in Presentation(tmp_path / "l.pptx").slides:
        for forma in lamina.shapes:
            assert forma.left >= 0
            assert forma.left + forma.width <= pptx.ANCHO
            assert forma.top + forma.height <= pptx.ALTO
