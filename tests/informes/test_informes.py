"""Lo que se descarga: bytes que abre otro programa, con su cita, y que ninguna hoja de cálculo ejecuta."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import openpyxl
import pandas as pd
import pytest

from atalaya import catalogo
from atalaya.contratos import ESTIMACION
from atalaya.figuras import clasificacion, plantilla, puntos
from atalaya.informes import columnas_conteo, imagen, tablas
from atalaya.informes.ficha import cita, fichas, pie
from atalaya.informes.vista import Vista
from atalaya.seguimiento import limites

CRUDO: dict[str, Any] = {
    "nombre": "Nezahualcóyotl",
    "fuente": "ensu",
    "periodo": "2025T2",
    "lugar": "MX-CD28",
    "indicador": "confianza_policia_municipal",
    "desglose": "total",
    "valor_pct": 50.5,
    "precision": "alta",
    "numerador": 1031422,
    "denominador": 2062844,
    "estado": "dato",
    "metodo": "publicada",
    "edicion": "2025T2",
    "archivo": "ensu2t2025_estimaciones.zip",
    "cuadro": "8.7",
    "celda": "E408",
}


def vista(*filas: dict[str, Any]) -> Vista:
    """Una vista de juguete con esas filas."""
    tabla = pd.DataFrame([{**dict.fromkeys(["nombre", *ESTIMACION.names]), **CRUDO, **fila} for fila in filas or [{}]])
    return Vista(
        archivo="prueba",
        titulo="Una prueba",
        subtitulo="de juguete",
        tabla=tabla,
        figura=lambda: puntos.puntos(tabla, "MX-CD28", None, "claro", 500),
        alternativo=lambda: "Gráfico de puntos con <una> cifra",
        enlace="http://localhost:8501/comparar?lugar=MX-CD28",
        version="0001-abc",
    )


def renglones(datos: bytes) -> list[dict[str, str]]:
    """El CSV leído por la biblioteca de Python."""
    return list(csv.DictReader(io.StringIO(datos.decode("utf-8-sig"), newline="")))


def libro(datos: bytes) -> openpyxl.Workbook:
    """El XLSX leído por otra biblioteca que la que lo escribió."""
    return openpyxl.load_workbook(io.BytesIO(datos))


def test_csv_con_las_columnas_del_contrato_su_cita_y_su_enlace() -> None:
    datos = tablas.csv(vista())
    assert datos.startswith(b"\xef\xbb\xbfnombre,fuente,periodo")
    (fila,) = renglones(datos)
    assert list(fila) == ["nombre", *ESTIMACION.names, "cita", "enlace"]
    assert fila["nombre"] == "Nezahualcóyotl"
    assert fila["numerador"] == "1031422"
    assert fila["ic_inf"] == ""
    assert "Cuadro 8.7" in fila["cita"]
    assert fila["enlace"] == "http://localhost:8501/comparar?lugar=MX-CD28"


def test_csv_guarda_la_cifra_entera() -> None:
    (fila,) = renglones(tablas.csv(vista({"valor_pct": 55.94612345678901})))
    assert float(fila["valor_pct"]) == 55.94612345678901


def test_una_ausencia_va_vacia_y_con_su_estado() -> None:
    (fila,) = renglones(tablas.csv(vista({"valor_pct": None, "numerador": None, "estado": "no_aplica"})))
    assert (fila["valor_pct"], fila["numerador"], fila["estado"]) == ("", "", "no_aplica")


@pytest.mark.parametrize("malo", ['=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "a;=1"])
def test_ningun_texto_se_vuelve_formula(malo: str) -> None:
    una = vista({"nombre": malo})
    (fila,) = renglones(tablas.csv(una))
    assert fila["nombre"] != malo
    assert limites.original(fila["nombre"]) == malo
    assert not re.search(r"(^|[;\t\r\n])[=+@-]", fila["nombre"])  # ni partida por otro separador
    hoja = libro(tablas.xlsx(una))["datos"]
    celda = hoja["A2"]
    assert celda.data_type == "s"
    assert celda.hyperlink is None


def test_xlsx_con_sus_tres_hojas_y_numeros_de_verdad() -> None:
    hojas = libro(tablas.xlsx(vista({}, {"lugar": "MX-CD76", "valor_pct": None, "estado": "no_aplica"})))
    assert hojas.sheetnames == ["datos", "definiciones", "fuentes"]
    datos = hojas["datos"]
    cabeza = [celda.value for celda in datos[1]]
    assert cabeza == ["nombre", *ESTIMACION.names]
    valor = datos.cell(2, cabeza.index("valor_pct") + 1)
    assert (valor.value, valor.number_format) == (50.5, "0.00")
    assert datos.cell(3, cabeza.index("valor_pct") + 1).value is None
    assert {fila[0].value for fila in hojas["definiciones"].iter_rows(min_row=2)} == set(cabeza)
    fuentes = "\n".join(str(c.value) for fila in hojas["fuentes"].iter_rows() for c in fila if c.value)
    assert catalogo.indicador("confianza_policia_municipal").pregunta in fuentes
    assert catalogo.fuentes()["ensu"].licencia in fuentes
    assert "0001-abc" in fuentes


def test_toda_columna_esta_definida() -> None:
    assert set(tablas.DEFINICION) == {"nombre", *ESTIMACION.names, *tablas.EXTRAS}


def test_png_de_buen_tamano() -> None:
    datos = imagen.png(vista())
    assert datos.startswith(b"\x89PNG\r\n\x1a\n")
    ancho, alto = (int.from_bytes(datos[k : k + 4], "big") for k in (16, 20))
    assert ancho >= 1000
    assert alto >= 200


def test_svg_con_titulo_fuente_y_texto_alternativo() -> None:
    dibujo = imagen.svg(vista()).decode("utf-8")
    assert "<title>Una prueba</title><desc>Gráfico de puntos con &lt;una&gt; cifra</desc>" in dibujo
    assert ">Una prueba<" in dibujo
    for dicho in ("cuadro 8.7.", "Precisión según INEGI: 1 alta.", "Elaborado con Atalaya."):
        assert dicho in dibujo, dicho
    assert "http" not in dibujo.replace("http://www.w3.org/", "")


def test_un_recuadro_de_mapa_no_lleva_lo_que_queda_fuera() -> None:
    arcos = [[[0, 0], [90, 0], [0, 90], [-90, 0], [0, -90]]]
    figuras = [{"type": "Polygon", "arcs": [[0]], "id": "a"}]
    mapa = {"type": "Topology", "arcs": arcos, "objects": {"l": {"type": "GeometryCollection", "geometries": figuras}}}
    spec = {
        "data": {"values": mapa, "format": {"type": "topojson", "feature": "l"}},
        "projection": {"type": "identity", "scale": 20, "translate": [-600, -600]},
        "mark": {"type": "geoshape", "clip": True},
        **{"width": 300, "height": 200},
    }
    trazos = re.findall(r'd="(M[-\d.,L]+Z)"', imagen.dibujo(spec))
    puntos_ = [float(n) for trazo in trazos for n in re.findall(r"-?[\d.]+", trazo)]
    assert puntos_
    assert min(puntos_) >= -10
    assert max(puntos_) <= 310


def test_en_la_imagen_de_una_lista_las_cifras_no_se_enciman() -> None:
    filas = vista(*({"lugar": f"MX-CD{k:02d}", "nombre": f"C{k}", "valor_pct": 90.0 - k} for k in range(4))).tabla
    filas = filas.assign(posicion=range(1, 5), lugares_con_cifra=4)
    partes = [clasificacion.clasificacion(m, [], None, "claro", 300, 100.0) for m in clasificacion.mitades(filas)]
    dibujo = imagen.dibujo(plantilla.juntar("hconcat", partes, 20).vegalite())
    ejes = re.findall(r'transform="translate\(([\d.]+),[\d.]+\)"[^>]*>(0|50|100)</text>', dibujo)
    por_rotulo = {rotulo: float(x) for x, rotulo in ejes}
    assert por_rotulo["100"] - por_rotulo["0"] == pytest.approx(300 * clasificacion.CORTE, abs=12)


def test_cita_y_pie_dicen_cuadros_en_su_orden_y_periodo() -> None:
    tabla = vista({"cuadro": "10.1"}, {"cuadro": "8.7", "periodo": "2024T2"}).tabla
    assert cita(tabla).endswith("Cuadros 8.7 y 10.1.")
    assert "de junio de 2024 a junio de 2025, cuadros 8.7 y 10.1" in pie(tabla)


def test_ficha_dice_de_donde_sale_la_cifra() -> None:
    (ficha,) = fichas(
        vista({}, {"lugar": "MX-CD76", "valor_pct": None, "precision": None, "estado": "no_aplica"}).tabla
    )
    renglones_ = dict(ficha.renglones)
    assert renglones_["Dónde está"] == "ensu2t2025_estimaciones.zip, cuadro 8.7 (Nezahualcóyotl E408)"
    assert renglones_["Pregunta"].startswith("«")
    assert "De 1 cifra: 1 alta" in renglones_["Precisión"]
    assert renglones_["Entrevistas"] == "El tabulado no las publica."


def vista_de_conteo(**cambios: Any) -> Vista:
    """Una vista con un conteo y su tasa."""
    crudo = {
        **dict.fromkeys(columnas_conteo.COLUMNAS),
        **{"nombre": "Nezahualcóyotl", "fuente": "sesnsp", "periodo": "2024", "lugar": "MX-15058"},
        **{
            "indicador": "homicidio_doloso",
            "desglose": "total",
            "casos": 74.0,
            "meses": 12.0,
            "poblacion": 1_102_721.0,
        },
        **{"proyeccion": "conapo_2023", "tasa_100k": 6.7106, "estado": "dato", "metodo": "publicada"},
        **{"edicion": "2026-05", "archivo": "serie.csv", "celda": "renglón 7", **cambios},
    }
    base = vista()
    return Vista(**{**base.__dict__, "tabla": pd.DataFrame([crudo])})


def test_lo_que_se_cuenta_se_descarga_con_sus_columnas() -> None:
    (fila,) = renglones(tablas.csv(vista_de_conteo()))
    assert list(fila) == [*columnas_conteo.COLUMNAS, "cita", "enlace"]
    assert (fila["casos"], fila["meses"], fila["poblacion"], fila["tasa_100k"]) == ("74", "12", "1102721", "6.7106")
    for cita_ in ("Incidencia delictiva", "Consejo Nacional de Población"):
        assert cita_ in fila["cita"]
    (sin,) = renglones(tablas.csv(vista_de_conteo(casos=None, tasa_100k=None, estado="no_registrado")))
    assert (sin["casos"], sin["tasa_100k"], sin["estado"]) == ("", "", "no_registrado")


def test_lo_que_se_cuenta_en_xlsx_define_sus_columnas() -> None:
    hojas = libro(tablas.xlsx(vista_de_conteo(base="2019", cambio_pct=-59.1)))
    cabeza = [celda.value for celda in hojas["datos"][1]]
    assert cabeza == [*columnas_conteo.COLUMNAS, "base", "cambio_pct"]
    definidas = {fila[0].value: fila[1].value for fila in hojas["definiciones"].iter_rows(min_row=2)}
    assert set(definidas) == set(cabeza)
    assert "Byar" in definidas["tasa_inf"]
    assert set(columnas_conteo.DEFINICION) == {*columnas_conteo.COLUMNAS, *columnas_conteo.EXTRAS}


def test_la_ficha_de_lo_que_se_cuenta() -> None:
    (ficha,) = fichas(vista_de_conteo().tabla)
    suyos = dict(ficha.renglones)
    assert suyos["Dónde está"] == "serie.csv (renglón 7). La celda de cada cifra va en la descarga."
    assert suyos["Edición"] == "hasta mayo de 2026"
    assert "CONAPO" in suyos["Denominador"]
    assert "Byar" in suyos["Intervalo"]
    assert "Pregunta" not in suyos


def test_la_imagen_de_lo_que_se_cuenta_cita_a_quien_cuenta_y_su_poblacion() -> None:
    una = vista_de_conteo()
    assert "SESNSP" in pie(una.tabla)
    assert "CONAPO" in pie(una.tabla)
    assert imagen.pie_precision(una.tabla) == ""
