"""La lámina de PowerPoint: se relee con otra mano y lleva los valores, los errores, los huecos y la fuente."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pptx import Presentation
from pptx.oxml.ns import qn
from test_informes import vista

from atalaya.informes import pptx
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
"""El orden de los hijos de una serie (ECMA-376, CT_BarSer y CT_LineSer): fuera de él, PowerPoint repara el archivo."""

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
    muchas = [{**UNA, "nombre": f"Lugar {k}", "lugar": f"MX-CD{k:02d}"} for k in range(1, 40)]
    (dibujo,) = [f for f in Presentation(io.BytesIO(pptx.pptx(vista(*muchas)))).slides[0].shapes if f.shape_type == 13]
    ancho, alto = dibujo.image.size
    assert ancho / dibujo.width.inches == pytest.approx(pptx.PUNTOS_POR_PULGADA, rel=0.01)
    assert alto / dibujo.height.inches == pytest.approx(pptx.PUNTOS_POR_PULGADA, rel=0.01)


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
