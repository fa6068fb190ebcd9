"""Lo que se descarga: bytes que abre otro programa, con su cita, y que ninguna hoja de cálculo ejecuta."""

from __future__ import annotations

import csv
import io
from typing import Any

import openpyxl
import pandas as pd
import pytest

from atalaya import catalogo
from atalaya.contratos import ESTIMACION
from atalaya.figuras import puntos
from atalaya.informes import imagen, registro, tablas
from atalaya.informes.ficha import cita, fichas, pie
from atalaya.informes.vista import Vista

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


@pytest.mark.parametrize("malo", ['=HYPERLINK("http://x")', "+1+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1"])
def test_ningun_texto_se_vuelve_formula(malo: str) -> None:
    una = vista({"nombre": malo})
    (fila,) = renglones(tablas.csv(una))
    assert fila["nombre"] == "'" + malo
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
    assert set(tablas.DEFINICION) == {"nombre", *ESTIMACION.names, *tablas.EXTRAS, *registro.COLUMNAS}


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
