"""La orden `tabla`: cualquier tabla, su lista y sus plantillas."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from atalaya import catalogo
from atalaya.ordenes import principal
from atalaya.seguimiento import contratos
from atalaya.seguimiento.admision import admitir
from atalaya.seguimiento.limites import FORMULA

PEDIDAS = ("compromisos", "avances", "recomendaciones", "territorios", "experiencias", "transferencias", "afirmaciones")
DEL_CATALOGO = tuple(ruta.stem for ruta in catalogo.CARPETA.glob("*.csv"))


def pedir(capsys: pytest.CaptureFixture[str], *mas: str) -> str:
    assert principal(["tabla", *mas]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("nombre", [*contratos(), *DEL_CATALOGO])
def test_toda_tabla_sale_igual_en_csv_y_en_json(nombre: str, capsys: pytest.CaptureFixture[str]) -> None:
    en_csv = list(csv.DictReader(io.StringIO(pedir(capsys, nombre))))
    en_json = json.loads(pedir(capsys, nombre, "--formato", "json"))
    assert len(en_csv) == len(en_json)
    for una, otra in zip(en_csv, en_json, strict=True):
        assert list(una) == list(otra)
        for columna, valor in otra.items():
            celda = una[columna]
            if isinstance(valor, int | float):
                assert float(celda) == valor
            else:
                assert celda.removeprefix("'") == (valor or "").removeprefix("'")
                assert not celda.startswith(FORMULA)


def test_estan_las_que_se_piden_y_una_vacia_da_su_encabezado(capsys: pytest.CaptureFixture[str]) -> None:
    lista = {fila["tabla"] for fila in csv.DictReader(io.StringIO(pedir(capsys, "--lista")))}
    assert {*PEDIDAS, *contratos(), *DEL_CATALOGO} == lista
    assert pedir(capsys, "recomendaciones").splitlines()[0] == ",".join(contratos()["recomendaciones"].nombres)


def test_los_numeros_son_numeros_en_json(capsys: pytest.CaptureFixture[str]) -> None:
    filas = json.loads(pedir(capsys, "indicadores_municipales", "--formato", "json"))
    neza = next(f for f in filas if (f["lugar"], f["indicador"]) == ("MX-15058", "cuadrantes_policiales"))
    assert (neza["valor"], neza["numerador"], neza["metodo"]) == (100, None, "citada")


@pytest.mark.parametrize("nombre", list(contratos()))
def test_la_plantilla_se_reconoce_llena(nombre: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    ruta = tmp_path / f"{nombre}.xlsx"
    pedir(capsys, nombre, "--plantilla", "--salida", str(ruta))
    libro = openpyxl.load_workbook(ruta)
    hoja = libro[nombre]
    assert [c.value for c in hoja[1]] == contratos()[nombre].nombres
    assert "instrucciones" in libro.sheetnames
    con_lista = {str(v.sqref).split(":")[0] for v in hoja.data_validations.dataValidation if v.type == "list"}
    admitidas = [k for k, c in enumerate(contratos()[nombre].columnas, start=1) if c.admitidos]
    assert con_lista == {f"{openpyxl.utils.get_column_letter(k)}2" for k in admitidas}
    (falta,) = admitir([(ruta.name, ruta.read_bytes())], {}).hallazgos
    assert (falta.tabla, falta.recibido) == (nombre, "sólo el encabezado")
    assert pedir(capsys, nombre, "--plantilla").strip() == ",".join(contratos()[nombre].nombres)


@pytest.mark.parametrize(
    ("orden", "dicho"),
    [
        ([], "Falta el nombre"),
        (["compromiso"], "compromisos"),
        (["temas", "--plantilla"], "no se carga"),
        (["planes", "--salida", "x.csv"], "--salida es de las plantillas"),
        (["planes", "--plantilla", "--salida", "x.pdf"], "no «.pdf»"),
    ],
)
def test_lo_mal_pedido_sale_con_2(orden: list[str], dicho: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert principal(["tabla", *orden]) == 2
    assert dicho in capsys.readouterr().err


def test_una_carpeta_donde_no_se_puede_escribir(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert principal(["tabla", "planes", "--plantilla", "--salida", str(tmp_path / "no" / "x.csv")]) == 1
    assert "diga otro lugar" in capsys.readouterr().err
