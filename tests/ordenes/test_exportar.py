"""`exportar` y `ficha`: lo mismo que se baja de la página, desde la terminal."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pypdf
import pytest
from pptx import Presentation

from atalaya.interfaz.presentacion import SEMINARIO
from atalaya.ordenes import BIEN, MAL, USO, principal

VISTA = "comparar?lugar=MX-CD28&lugar=MX-CD27&indicador=confianza_policia_municipal&periodo=2025T2"


@pytest.mark.parametrize("formato", ["pptx", "pdf", "png", "svg", "xlsx", "csv"])
def test_cada_formato_lleva_la_cifra_de_la_vista(formato: str, tmp_path: Path) -> None:
    salida = tmp_path / f"v.{formato}"
    assert principal(["exportar", VISTA, "--formato", formato, "--salida", str(salida)]) == BIEN
    datos = salida.read_bytes()
    match formato:
        case "pptx":
            grafico = next(f.chart for f in Presentation(io.BytesIO(datos)).slides[0].shapes if f.has_chart)
            assert 55.9 in [round(v, 1) for v in grafico.plots[0].series[0].values]
        case "pdf":
            assert "55.9" in "".join(hoja.extract_text() for hoja in pypdf.PdfReader(io.BytesIO(datos)).pages)
        case "png":
            assert datos.startswith(b"\x89PNG")
        case "svg":
            assert "55.9" in datos.decode()
        case "xlsx":
            celdas = [c for fila in openpyxl.load_workbook(io.BytesIO(datos))["datos"].values for c in fila]
            assert 55.95 in [round(c, 2) for c in celdas if isinstance(c, float)]
        case "csv":
            assert "Nezahualcóyotl" in datos.decode("utf-8-sig")


def test_la_ficha_de_un_municipio_y_una_presentacion_entera(tmp_path: Path) -> None:
    salida = tmp_path / "ficha.pdf"
    assert principal(["ficha", "CL-13122", "--salida", str(salida), "--hoja", "carta"]) == BIEN
    hojas = pypdf.PdfReader(salida).pages
    assert "Peñalolén" in hojas[0].extract_text()
    assert round(float(hojas[0].mediabox.width)) == 612
    salida = tmp_path / "seminario.pptx"
    assert principal(["exportar", str(SEMINARIO), "--formato", "pptx", "--salida", str(salida)]) == BIEN
    assert len(Presentation(salida).slides) == 10


@pytest.mark.parametrize(
    ("orden", "codigo", "dicho"),
    [
        (["exportar", "nomina", "--formato", "csv"], MAL, "una página"),
        (["exportar", "comparar?lugar=", "--formato", "csv"], MAL, "Falta elegir"),
        (["exportar", VISTA, "--formato", "doc"], USO, "se admite: pptx"),
        (["exportar", "no_existe.json", "--formato", "pdf"], MAL, "no existe"),
        (["exportar", str(SEMINARIO), "--formato", "csv"], USO, "en pptx o en pdf"),
        (["exportar", VISTA, "--formato", "csv", "--salida", "/no/hay/v.csv"], USO, "No se pudo escribir"),
        (["ficha", "XX-1"], MAL, "la clave de un lugar"),
    ],
)
def test_lo_que_no_se_puede_se_dice(
    orden: list[str], codigo: int, dicho: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert principal(orden) == codigo
    assert dicho in capsys.readouterr().err
