"""Lo que las tablas dan por textual está en su documento, palabra por palabra; y sus números, en `cifras`.

Sólo con los documentos al lado (`../shared/semillas` o `ATALAYA_SEMILLAS`): no vienen con el proyecto.
"""

from __future__ import annotations

import os
import re
from functools import cache
from pathlib import Path

import pytest
from tablas_del_proyecto import celdas

pytestmark = pytest.mark.fuentes

SEMILLAS = Path(os.environ.get("ATALAYA_SEMILLAS", Path(__file__).resolve().parents[3] / "shared" / "semillas"))
ARCHIVO = {
    "queretaro_ocs": "000-queretaro-observatorio-ciudadano.txt",
    "justicia_abierta": "001-justicia-abierta-gobierno-abierto.txt",
    "durango_cocreacion": "002-durango-cocreacion-local.txt",
    "penalolen_neza": "003-penalolen-nezahualcoyotl.txt",
    "iztapalapa_dialogos": "004-iztapalapa-dialogos.txt",
}
TEXTUALES = {
    "cifras": ("texto",),
    "afirmaciones": ("texto",),
    "medidas": ("texto",),
    "lecciones": ("texto",),
    "calificaciones": ("texto",),
    "experiencias_textos": ("campo", "texto"),
    "ciclo": ("texto",),
    "compromisos": ("nombre", "tema", "problema"),
    "temas_votados": ("eje", "tema", "problema"),
    "componentes": ("nombre", "texto"),
    "ejes": ("nombre",),
    "modelos": ("objetivo",),
    "convenios": ("objetivo",),
    "transferencias": ("practica",),
    "integrantes": ("perfil",),
}
SIN_CIFRA_PROPIA = {
    "queretaro_ocs": {
        "1": "«PARTE 1»: apartado de la ficha",
        "2": "«PARTE 2»: apartado de la ficha",
        "15ª": "el nombre de la distinción (experiencias.distincion)",
    },
    "justicia_abierta": {
        "31": "fecha de la presentación (documentos.fecha)",
        "2021": "fecha de la presentación (documentos.fecha) y fin del 4.º plan",
        "10th": "adorno de la página copiada en la lámina de Campeche",
        "2014": "adorno de la página de Campeche; la de la reforma sí es cifra",
        "43": "adorno de la página copiada en la lámina de Campeche: «43 Comments»",
        "2030": "el nombre de la Agenda 2030",
        "19": "el nombre de la organización Artículo 19, y el año en «24/may/19»",
        "3er": "el nombre del plan",
        "4to": "el nombre del plan",
        "2°": "el nombre del plan",
        "R3D": "el nombre de una organización",
        "3PA": "el nombre del plan",
    },
    "durango_cocreacion": {
        "20": "fecha de la presentación (documentos.fecha)",
        "2015": "fecha de la presentación (documentos.fecha); en lo demás sí es cifra",
    },
    "penalolen_neza": {},
    "iztapalapa_dialogos": {
        "14th": "el número de la distinción (experiencias.distincion)",
        "19": "COVID-19",
    },
}
"""Números del documento que no van en `cifras`, y por qué; `docs/gobierno_abierto.md` lo dice."""


def llano(texto: str) -> str:
    """Sin marcas de HTML ni Markdown, sin comillas, con los espacios de uno en uno y en minúsculas."""
    texto = re.sub(r"<[^>]*>", " ", texto)
    texto = re.sub(r"[*#_•❖|\\“”\"«»]", "", texto).replace("…", "...")
    texto = re.sub(r"\s+", " ", texto).strip()
    return re.sub(r"\s+([.,;:])", r"\1", texto).lower()


@cache
def documento(clave: str) -> str:
    """El documento, llano; salta si no está."""
    ruta = SEMILLAS / ARCHIVO[clave]
    if not ruta.is_file():
        pytest.skip(f"falta {ruta.name} en {SEMILLAS}: esta prueba compara las tablas con el documento mismo")
    return llano(ruta.read_text(encoding="utf-8"))


def esta(texto: str, entero: str) -> bool:
    """Si el texto está en el documento; lo que «[…]» se salta es lo único que puede faltar, y en el mismo orden."""
    partes = [re.escape(llano(parte)) for parte in texto.split("[…]")]
    return re.search(".+?".join(partes), entero, re.DOTALL) is not None


@pytest.mark.parametrize("tabla", TEXTUALES)
def test_lo_textual_esta_en_su_documento(tabla: str) -> None:
    faltan = [
        (fila["documento"], columna, fila[columna])
        for fila in celdas(tabla)
        for columna in TEXTUALES[tabla]
        if not esta(fila[columna], documento(fila["documento"]))
    ]
    assert faltan == []


def test_los_responsables_estan_en_su_documento() -> None:
    nombrados = [f for f in celdas("responsables") if f["compromiso"].startswith("mx_pa4")]
    faltan = [f["organizacion"] for f in nombrados if llano(f["organizacion"]) not in documento(f["documento"])]
    assert faltan == []


def test_las_opciones_de_la_ficha_estan_en_su_documento_y_marcadas_como_en_el() -> None:
    ruta = SEMILLAS / ARCHIVO["queretaro_ocs"]
    documento("queretaro_ocs")
    renglones = ruta.read_text(encoding="utf-8").splitlines()
    for casilla in (c for c in celdas("experiencias_casillas") if c["experiencia"] == "qro_ocs"):
        suyos = [r for r in renglones if llano(casilla["opcion"]) in llano(r) and ("\t" in r or "Otros" in r)]
        assert suyos, casilla["opcion"]
        assert any(("✓" in r) == (casilla["marcada"] == "sí") for r in suyos), casilla["opcion"]


@pytest.mark.parametrize("clave", ARCHIVO)
def test_todo_numero_del_documento_es_una_cifra_catalogada_o_se_dice_por_que_no(clave: str) -> None:
    """Los números de una lista y los de lámina no cuentan; los demás, sí."""
    documento(clave)
    catalogadas = [c for c in celdas("cifras") if c["documento"] == clave]
    conocidos = {n for c in catalogadas for n in numeros(c["texto"])}
    # Las tablas de participantes y de compromisos van celda por celda: el texto de la cifra es el nombre del renglón.
    conocidos |= {c["valor"] for c in catalogadas}
    conocidos |= {f["numero"] for f in celdas("compromisos") if f["documento"] == clave}
    renglones = (SEMILLAS / ARCHIVO[clave]).read_text(encoding="utf-8").splitlines()
    hallados = {n for r in renglones for n in numeros(sin_orden(r, clave == "durango_cocreacion"))}
    sobran = hallados - conocidos
    assert sobran - set(SIN_CIFRA_PROPIA[clave]) == set(), "números del documento que no están en cifras.csv"
    assert set(SIN_CIFRA_PROPIA[clave]) - hallados == set(), "exclusiones que el documento no tiene"


def numeros(texto: str) -> set[str]:
    """Los números de un texto, con las letras que llevan pegadas: «6.500», «45.6», «15ª»."""
    sin_direcciones = re.sub(r"https?://\S+", " ", texto)
    return {n.rstrip(".,") for n in re.findall(r"[A-Za-z]?\d[\d.,]*(?:[A-Za-zª°]+)?", sin_direcciones)}


def sin_orden(renglon: str, laminas: bool = False) -> str:
    """Sin el número de una lista («2)», «1.-») o, si va por láminas, el que abre el renglón; ni «Eje 1», «Tema 2»…"""
    orden = r"^\W*\d{1,2}(\.-?|\)|\*\*)(?=\s|$)" if not laminas else r"^\d{1,2}(?=\s|$)"
    renglon = re.sub(orden, "", renglon.strip())
    return re.sub(r"\b(Eje|Tema|Etapa|Grupo|Plan de Acción|Pasantía|trabajo) \d\b", "", renglon)


def test_una_cita_con_salto_va_en_orden() -> None:
    assert esta("Se inició […] en 2018", "así, se inició todo en 2018")
    assert not esta("en 2018 […] se inició", "así, se inició todo en 2018")
    assert not esta("Se inició en 2018", "así, se inició todo en 2018")


def test_los_numeros_se_leen_enteros() -> None:
    assert numeros("cerca de 6.500 manzanas (70% del territorio), 45.6 y la 15ª.") == {"6.500", "70", "45.6", "15ª"}
    assert sin_orden("- 2) **Igualdad**") == " **Igualdad**"
    assert sin_orden("## 7 compromisos") == "## 7 compromisos"
    assert sin_orden("18 Contraloría social: 151", laminas=True) == " Contraloría social: 151"
