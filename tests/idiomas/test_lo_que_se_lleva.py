"""Lo que se lleva va en el idioma de quien lo lleva: en uno cifrado no queda nada en español."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator

import openpyxl
import pytest
from en_clave import sin_traducir
from pptx import Presentation
from pypdf import PdfReader

from atalaya import idiomas
from atalaya.informes import legajo, paquete, pdf, pptx, proyeccion, tablas
from atalaya.informes.legajo import Legajo
from atalaya.informes.vista import Vista
from atalaya.interfaz import recrear

VISTA = "comparar?lugar=MX-CD28&lugar=MX-CD27&indicador=inseguridad_ciudad&periodo=2025T2"
CONTEO = "incidencia?lugar=MX-15058&lugar=CL-13122&indicador=homicidio_doloso"
LEGAJO = "compromisos?plan=mx_pa2"


@pytest.fixture(params=[VISTA, CONTEO, LEGAJO])
def llevada(request: pytest.FixtureRequest, cifrado: str) -> Iterator[Vista | Legajo]:
    with idiomas.usando(cifrado):
        yield recrear.vista(request.param)


def restos(textos: Iterator[str]) -> dict[str, list[str]]:
    return {texto[:80]: queda for texto in textos if (queda := sin_traducir(texto))}


def test_las_hojas_de_calculo(llevada: Vista | Legajo) -> None:
    crudo = tablas.xlsx(llevada) if isinstance(llevada, Vista) else legajo.xlsx(llevada)
    libro = openpyxl.load_workbook(io.BytesIO(crudo))
    # Las de datos son las mismas en todos los idiomas: sus columnas y sus claves son un contrato. Y lo que dice
    # cada consulta de sí misma, en la hoja que explica las de un legajo, es documentación del SQL.
    hojas = [h for h in libro.worksheets if h.title in ("definiciones", "fuentes")]
    celdas = (str(c) for hoja in hojas for fila in hoja.iter_rows(values_only=True) for c in fila if c)
    assert restos(c for c in celdas if not re.fullmatch(r"[a-z_0-9]+|[a-z_]+\?.*", c)) == {}


def test_el_pdf(llevada: Vista | Legajo) -> None:
    texto = "\n".join(pagina.extract_text() for pagina in PdfReader(io.BytesIO(pdf.pdf(llevada))).pages)
    # Las letras cifradas no están en la tipografía del impreso: se busca que no quede ninguna palabra fija en español.
    for palabra in ("Cómo se sabe", "Fuentes", "La vista", "Compuesto por", "Precisión", "Intervalo"):
        assert palabra not in texto


def test_las_laminas(llevada: Vista | Legajo) -> None:
    lamina = Presentation(io.BytesIO(pptx.pptx(llevada))).slides[0]
    dichos = [forma.text_frame.text for forma in lamina.shapes if forma.has_text_frame]
    assert restos(iter([*dichos, lamina.notes_slide.notes_text_frame.text])) == {}


def test_la_proyeccion(llevada: Vista | Legajo) -> None:
    pagina = proyeccion.pagina("", [proyeccion.proyectar(llevada, "", "")]).decode()
    for dicho in ("Anterior", "Siguiente", "Pantalla completa", "Ver en Atalaya", "Lámina {k}", "Sigue:"):
        assert dicho not in pagina
    assert f'<html lang="{idiomas.actual()}">' in pagina


def test_el_leeme_del_paquete(cifrado: str) -> None:
    with idiomas.usando(cifrado):
        una = recrear.vista(VISTA)
        assert isinstance(una, Vista)
        with zipfile.ZipFile(io.BytesIO(paquete.paquete(una, con_figura=False))) as libro:
            leeme = libro.read(paquete.LEEME).decode()
    dichos = (r.partition(": ")[2] if r.startswith("  ") else r for r in leeme.splitlines() if VISTA not in r)
    assert restos(d for d in dichos if not d.partition(": ")[2].startswith("comparar?")) == {}
