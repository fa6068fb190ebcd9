"""Lo que se lleva de una página de lo que se sigue: todas sus tablas con su documento, y nada que se ejecute."""

from __future__ import annotations

import csv
import io

import openpyxl
import pandas as pd
import pyarrow.parquet as pq
import pytest

from atalaya.figuras import barras
from atalaya.figuras.barras import Barra
from atalaya.informes import legajo
from atalaya.informes.legajo import Legajo
from atalaya.interfaz import recrear

DOCUMENTOS = pd.DataFrame(
    [
        {"documento": "d", "autoria": "Alcaldía", "titulo": "Diálogos", "fecha": "2020-06", "clase": "página"},
        {"documento": "otro", "autoria": "Nadie", "titulo": "No citado", "fecha": None, "clase": "informe"},
    ]
)


def uno(**cambios: object) -> Legajo:
    acuerdo = {"acuerdo": "x", "texto": "=cmd|' /C calc'!A0", "vencido": True, "documento": "d", "pasaje": "p. 1"}
    fijo = {
        "archivo": "a",
        "titulo": "Título",
        "subtitulo": "Subtítulo",
        "tablas": {"cuentas": pd.DataFrame(), "acuerdos_vistos": pd.DataFrame([acuerdo])},
        "documentos": DOCUMENTOS,
        "figura": lambda: barras.barras(
            [Barra("Agenda: 53 de 130", ((0.0, 0.4, "lleno"), (0.0, 1.0, "hueco")))], "claro", 700
        ),
        "alternativo": lambda: "Barras & más",
        "enlace": "http://x/participacion?proceso=p",
    }
    return Legajo(**{**fijo, **cambios})  # type: ignore[arg-type]


def test_csv_con_su_cita_su_enlace_y_sin_formulas() -> None:
    (fila,) = csv.DictReader(io.StringIO(legajo.csv(uno()).decode("utf-8-sig"), newline=""))
    assert fila["texto"] == "'=cmd|' /C calc'!A0"
    assert fila["cita"] == "Alcaldía, «Diálogos», junio de 2020."
    assert fila["enlace"].endswith("proceso=p")


def test_parquet_con_sus_tipos_y_su_cita_en_los_metadatos() -> None:
    tabla = pq.read_table(io.BytesIO(legajo.parquet(uno())))
    assert tabla.to_pylist()[0]["vencido"] is True
    assert tabla.schema.metadata[b"cita"].decode() == "Alcaldía, «Diálogos», junio de 2020."
    assert tabla.schema.metadata[b"enlace"].endswith(b"proceso=p")


@pytest.mark.parametrize("vista", ["compromisos", "evaluaciones", "participacion", "intercambio?ver=experiencias"])
def test_parquet_de_cada_pagina_de_lo_que_se_sigue(vista: str) -> None:
    llevada = recrear.vista(vista)
    assert isinstance(llevada, Legajo)
    filas = list(csv.DictReader(io.StringIO(legajo.csv(llevada).decode("utf-8-sig"), newline="")))
    assert pq.read_table(io.BytesIO(legajo.parquet(llevada))).num_rows == len(filas) > 0


def test_xlsx_una_hoja_por_tabla_con_algo_y_que_es_cada_una() -> None:
    libro = openpyxl.load_workbook(io.BytesIO(legajo.xlsx(uno())))
    assert libro.sheetnames == ["acuerdos_vistos", "que_es_cada_hoja", "documentos"]
    celdas = {celda.value: celda for renglon in libro["acuerdos_vistos"].iter_rows() for celda in renglon}
    assert celdas["=cmd|' /C calc'!A0"].data_type == "s"
    assert "sí" in celdas
    que_es = {fila[0].value: fila[1].value for fila in libro["que_es_cada_hoja"].iter_rows(min_row=2)}
    assert "una fila por acuerdo" in que_es["acuerdos_vistos"]
    assert [c.value for c in libro["documentos"]["A"]] == ["documento", "d"]


def test_imagenes_con_titulo_fuente_y_texto_alternativo() -> None:
    dibujo = legajo.svg(uno()).decode()
    assert "<desc>Barras &amp; más</desc>" in dibujo
    for dicho in ("Título", "Agenda: 53 de 130", "Alcaldía, «Diálogos»"):
        assert dicho in dibujo
    assert legajo.png(uno()).startswith(b"\x89PNG")


def test_sin_figura_no_hay_imagen() -> None:
    with pytest.raises(ValueError, match="no tiene figura"):
        legajo.png(uno(figura=None))


def test_sin_ninguna_fila_el_csv_no_se_rompe() -> None:
    assert legajo.csv(uno(tablas={"cuentas": pd.DataFrame()})).decode("utf-8-sig").startswith("cita,enlace")
