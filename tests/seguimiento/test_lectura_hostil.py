"""Archivos hostiles: se rechazan con un mensaje que dice qué hacer, o no hacen nada."""

from __future__ import annotations

import io
import time
import zipfile

import openpyxl
import pytest
from archivos import BUENO, COLUMNAS, RENGLON, admite, con, con_parte, entra, libro, libro_bueno, parte

from atalaya.informes import faltas
from atalaya.informes.tablas import csv_llano, xlsx_llano
from atalaya.seguimiento import limites

TIPOS = "[Content_Types].xml"
HOJA = "xl/worksheets/sheet1.xml"
FORMULAS = ["=cmd|' /C calc'!A0", "@SUM(1)", "+1+1", "-2+3", "＝1+1", "'=1+1", "\t=1+1", "- cmd|x", "+SUM(A1)"]


def recibido(crudo: bytes, nombre: str = "malo.csv") -> str:
    """Lo que se dijo del único archivo, que no entró."""
    admision = admite(crudo, nombre)
    assert not admision.nuevas
    (falta,) = admision.hallazgos
    assert falta.remedio
    return falta.recibido


@pytest.mark.parametrize("formula", FORMULAS)
def test_una_formula_en_un_texto_no_entra(formula: str) -> None:
    (falta,) = admite(con(fuente=formula)).hallazgos
    assert (falta.fila, falta.columna) == (2, "fuente")
    assert "fórmula" in falta.remedio


def test_una_vineta_no_es_formula() -> None:
    assert entra(con(nota="- Con cámaras y patrullas"))[0]["nota"] == "- Con cámaras y patrullas"


@pytest.mark.parametrize(
    ("crudo", "dicho"),
    [
        (b"MZ\x90\x00" + BUENO.encode(), "un programa de Windows"),
        (b"\x7fELF\x02" + BUENO.encode(), "un programa"),
        (b"#!/bin/sh\nrm -rf /\n", "guion"),
        (b"%PDF-1.7 x", "PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1xls", "contraseña"),
        (b"<!DOCTYPE html><table>", "página web"),
        (b"<html><script>alert(1)</script>", "página web"),
        (b"", "vacío"),
        (b"\0" * 500, "vacío"),
        (BUENO.encode().replace(b"Mi", b"M\0i"), "nulo en la línea 2"),
        (b"\x81\x8d\x8f\x90\x9d" * 40, "no son texto"),
        (BUENO.encode().replace(b"Mi obs", b'"Mi obs'), "fila"),
    ],
)
def test_lo_que_no_es_una_tabla(crudo: bytes, dicho: str) -> None:
    assert dicho in recibido(crudo)


def test_letras_rotas_de_control_y_al_reves() -> None:
    for texto in ("Policía".encode().decode("cp1252"), "Poli\ufffda", "a\x07b", "a\u202eb", "a\x9bb"):
        (falta,) = admite(con(fuente=texto)).hallazgos
        assert falta.columna == "fuente", texto
        assert "\x07" not in falta.recibido
        assert "\u202e" not in falta.recibido


def test_demasiado_grande_o_largo_se_rechaza_enseguida() -> None:
    inicio = time.monotonic()
    assert "MB" in recibido(b"x" * (limites.MAX_BYTES + 1))
    # Un millón de renglones en menos de lo que se admite de tamaño.
    assert "más renglones" in recibido(f"{COLUMNAS}\n".encode() + b"a,b,c,d,e,f\n" * 1_000_000)
    assert "más renglones" in recibido(f"{COLUMNAS}\n".encode() + b"\n" * 1_000_000)
    assert "más columnas" in recibido(("lugar,indicador,nombre," + "x," * 5_000 + "\n").encode())
    assert time.monotonic() - inicio < 10


def bomba() -> bytes:
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as uno:
        uno.writestr(TIPOS, "<Types/>")
        uno.writestr("xl/workbook.xml", b"0" * 60_000_000)
    return salida.getvalue()


def test_bombas_zip_no_se_abren() -> None:
    assert "bomba" in recibido(bomba(), "b.xlsx")
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w") as uno:
        for k in range(2_000):
            uno.writestr(f"xl/{k}.xml", "x")
    assert "2,000 partes" in recibido(salida.getvalue(), "b.xlsx")
    # El índice que miente: dice que mide poco lo que mide mucho.
    mentida = bomba().replace((60_000_000).to_bytes(4, "little"), (1_000).to_bytes(4, "little"))
    assert "ZIP dañado" in recibido(mentida, "b.xlsx")


def test_macros_entidades_y_objetos_no_se_abren() -> None:
    bueno = libro_bueno()
    macros = con_parte(bueno, TIPOS, parte(bueno, TIPOS).replace(b".sheet.main", b".sheet.macroEnabled.main"))
    assert "macros" in recibido(macros, "m.xlsm")
    assert "macros" in recibido(con_parte(bueno, "xl/vbaProject.bin", b"x"), "m.xlsx")
    assert "objetos" in recibido(con_parte(bueno, "xl/embeddings/x.bin", b"x"), "m.xlsx")
    hoja = parte(bueno, HOJA).decode()
    xxe = '<!DOCTYPE x [<!ENTITY lol SYSTEM "file:///etc/passwd">]>' + hoja
    assert "entidades" in recibido(con_parte(bueno, HOJA, xxe.encode()), "x.xlsx")
    assert "entidades" in recibido(con_parte(bueno, HOJA, xxe.encode("utf-16")), "x.xlsx")
    assert "no es un libro" in recibido(con_parte(b"PK\x05\x06" + b"\0" * 18, "a.txt", b"x"), "z.xlsx")
    assert "dañado" in recibido(bueno[:-200], "x.xlsx")
    assert "dañado" in recibido(con_parte(bueno, HOJA, b"<worksheet><row"), "x.xlsx")


def test_una_hoja_que_dice_medir_un_millon_de_renglones() -> None:
    bueno = libro_bueno()
    lejos = parte(bueno, HOJA).replace(b'<row r="2"', b'<row r="1048576"')
    assert "más renglones" in recibido(con_parte(bueno, HOJA, lejos), "x.xlsx")


def test_de_una_formula_se_toma_su_resultado_y_sin_el_se_pide() -> None:
    renglon: list[object] = list(RENGLON.split(","))
    renglon[5] = "=30*2"
    sin_resultado = libro({"h": [COLUMNAS.split(","), renglon]})
    (falta,) = admite(sin_resultado, "x.xlsx").hallazgos
    assert (falta.columna, "pegado especial" in falta.remedio) == ("valor", True)
    hoja = parte(sin_resultado, HOJA).replace(b"<v></v>", b"<v>60</v>").replace(b"<v />", b"<v>60</v>")
    assert b"<v>60</v>" in hoja
    admision = admite(con_parte(sin_resultado, HOJA, hoja), "x.xlsx")
    assert admision.aceptada, admision.hallazgos
    assert admision.nuevas["indicadores_municipales"][0]["valor"] == "60"
    assert any("fórmulas" in aviso for aviso in admision.avisos)


def test_el_informe_de_faltas_es_seguro_de_abrir() -> None:
    todas = admite(con(fuente="=cmd|' /C calc'!A0", valor="=1+1"), "=cmd.csv").hallazgos
    for celda in faltas.csv(todas).decode("utf-8-sig").replace("\r\n", ",").split(","):
        assert not celda.strip('"').startswith(limites.FORMULA), celda
    hoja = openpyxl.load_workbook(io.BytesIO(faltas.xlsx(todas))).active
    assert {c.data_type for renglon in hoja.iter_rows() for c in renglon} <= {"s", "n"}


@pytest.mark.parametrize("formula", [*FORMULAS, "=1", "https://malo.example", "mailto:x"])
def test_lo_exportado_no_es_formula_ni_enlace(formula: str) -> None:
    import pandas as pd

    tabla = pd.DataFrame({"a": [formula]})
    celda = csv_llano(tabla).decode("utf-8-sig").splitlines()[1].strip('"')
    assert not celda.startswith(limites.FORMULA)
    hoja = openpyxl.load_workbook(io.BytesIO(xlsx_llano({"h": tabla}))).active
    assert (hoja["A2"].data_type, hoja["A2"].hyperlink) == ("s", None)
