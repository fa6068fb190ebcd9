"""Lo que el catálogo afirma de la encuesta se ve en los archivos que cita como evidencia."""

from __future__ import annotations

import io
import re
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import pytest

from atalaya import catalogo
from atalaya.fuentes.diccionario_inegi import Variable, leer_diccionario, unir

pytestmark = pytest.mark.fuentes


@cache
def _diccionarios(fuentes: Path) -> dict[str, dict[str, Variable]]:
    """trimestre → variables del cuestionario básico, de los 41 diccionarios."""
    por_trimestre = {}
    for carpeta in sorted((fuentes / "ensu" / "diccionarios").iterdir()):
        archivos = [a for a in carpeta.iterdir() if "diccionario" in a.name.lower()]
        por_trimestre[carpeta.name] = unir(leer_diccionario(a.read_bytes(), a.name) for a in archivos)
    return por_trimestre


def _trimestres_con(fuentes: Path, patron: str) -> list[str]:
    forma = re.compile(patron)
    return [
        trimestre
        for trimestre, variables in _diccionarios(fuentes).items()
        if any(forma.search(variable.normal) for variable in variables.values())
    ]


@pytest.mark.parametrize(
    ("indicador", "patron", "primero", "ultimo", "dicho"),
    [
        ("identifica_guardia_nacional", "^identificacion .*guardia nacional", "2019T2", "2025T2", "desde 2019T2"),
        ("identifica_gendarmeria", "^identificacion .*gendarmeria", "2015T1", "2019T1", "hasta 2019T1"),
        ("identifica_policia_federal", "^identificacion .*policia federal", "2015T1", "2020T3", "hasta 2020T3"),
        ("identifica_fuerza_aerea", "^identificacion .*fuerza aerea", "2024T1", "2025T2", "desde 2024T1"),
        ("identifica_marina", "^identificacion .*marina", "2016T3", "2025T2", "desde 2016T3"),
        ("atestigua_huachicol", "huachicol", "2019T2", "2025T2", "desde 2019T2"),
        ("atestigua_tomas_luz", "tomas irregulares de luz", "2020T1", "2025T2", "desde 2020T1"),
        ("problema_hospitales", "hospitales saturados", "2021T1", "2025T2", "desde 2021T1"),
        ("conoce_acciones_gobierno", "implementado actividades o programas", "2022T4", "2025T2", "desde 2022T4"),
        ("hogares_fraude_bancario", "fraude bancario", "2024T4", "2025T2", "desde el 2.º semestre de 2024"),
    ],
)
def test_se_pregunta_desde_y_hasta_cuando_dice_el_catalogo(
    fuentes: Path, indicador: str, patron: str, primero: str, ultimo: str, dicho: str
) -> None:
    trimestres = _trimestres_con(fuentes, patron)
    assert (trimestres[0], trimestres[-1]) == (primero, ultimo)
    assert dicho in catalogo.indicador(indicador).nota


@pytest.mark.parametrize(
    ("indicador", "patron"),
    [
        ("identifica_guardia_nacional", "^identificacion .*guardia nacional"),
        ("identifica_fuerza_aerea", "^identificacion .*fuerza aerea"),
        ("identifica_ejercito", "^identificacion .*ejercito"),
        ("identifica_marina", "^identificacion .*marina"),
        ("confianza_policia_municipal", "^percepcion del grado de confianza .*policia preventiva municipal"),
        ("confianza_marina", "^percepcion del grado de confianza .*marina"),
    ],
)
def test_una_autoridad_nueva_se_avisa_en_su_primer_trimestre(fuentes: Path, indicador: str, patron: str) -> None:
    primero = _trimestres_con(fuentes, patron)[0]
    avisos = {r.periodo for r in catalogo.rupturas() if r.indicador == indicador and not r.lugar}
    assert primero in avisos


def test_las_regiones_de_la_ciudad_de_mexico_acaban_donde_empiezan_las_alcaldias() -> None:
    """Ningún cambio puede cruzar 2019T3: antes no hay alcaldías y después no hay regiones."""
    clases = {"region_cdmx": ("hasta", "2019T2"), "alcaldia": ("desde", "2019T3")}
    for clase, (campo, periodo) in clases.items():
        suyas = [uno for uno in catalogo.lugares().values() if uno.clase == clase]
        assert len(suyas) == {"region_cdmx": 4, "alcaldia": 16}[clase]
        assert {getattr(uno, campo) for uno in suyas} == {periodo}


def test_el_segundo_trimestre_de_2020_no_existe(fuentes: Path) -> None:
    assert len(_diccionarios(fuentes)) == 41
    assert "2020T2" not in _diccionarios(fuentes)


def test_las_situaciones_de_acoso_son_los_reactivos_del_diccionario(fuentes: Path) -> None:
    textos = {v.texto.split(": ", 1)[-1] for v in _diccionarios(fuentes)["2025T2"].values() if "acoso" in v.normal}
    preguntas = {u.pregunta.removesuffix(".") for u in catalogo.indicadores().values() if u.tema == "acoso_situaciones"}
    assert len(preguntas) == 9
    assert preguntas == textos


def test_los_reactivos_de_lo_atestiguado_son_los_del_diccionario(fuentes: Path) -> None:
    textos = {
        v.normal.split(": ", 1)[-1] for v in _diccionarios(fuentes)["2025T2"].values() if "incivilidades" in v.normal
    }
    for clave, uno in catalogo.indicadores().items():
        if uno.tema == "atestiguacion":
            reactivo = catalogo.normalizar(uno.pregunta).split("situaciones como… ")[1].rstrip("?")
            assert reactivo in textos, clave


@cache
def _hoja(archivo: Path, hoja: str) -> str:
    """Todo el texto de una hoja, con espacios simples."""
    with zipfile.ZipFile(archivo) as libros:
        for nombre in libros.namelist():
            if nombre.endswith(".xlsx") and nombre.split("/")[-1].startswith(hoja.split(".", maxsplit=1)[0] + "."):
                libro = openpyxl.load_workbook(io.BytesIO(libros.read(nombre)), read_only=True)
                if hoja in libro.sheetnames:
                    celdas = (c for fila in libro[hoja].iter_rows(values_only=True) for c in fila)
                    return " ".join(" ".join(c.split()) for c in celdas if isinstance(c, str))
    raise AssertionError(f"{archivo.name} no trae la hoja {hoja}")


@pytest.mark.parametrize(
    ("trimestre", "hoja", "nota"),
    [
        ("2t2025", "1.2", "fue cancelado el levantamiento correspondiente al segundo trimestre de 2020"),
        ("2t2025", "1.2", "cuarto trimestre de 2023 en la ciudad de Acapulco"),
        ("2t2025", "1.3", "A partir de junio de 2025, la categoría pasó de Calles que habitualmente usa a Calle"),
        ("2t2025", "7.1", "A partir del segundo semestre de 2024, se agregan los delitos de fraude bancario"),
        ("2t2025", "8.5", "solo aplica en las ciudades en que existe dicha autoridad"),
        ("3t2024", "14.1", "Mucha o algo de confianza"),
    ],
)
def test_la_nota_al_pie_citada_esta_en_su_cuadro(fuentes: Path, trimestre: str, hoja: str, nota: str) -> None:
    assert nota in _hoja(fuentes / "ensu" / "tabulados" / f"ensu{trimestre}_estimaciones.zip", hoja)
