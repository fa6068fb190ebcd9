"""Las tablas del proyecto, frente a los documentos de donde salen: lo textual es textual y ninguna cifra se queda fuera.

Los documentos no van en el proyecto: sin la carpeta (`../shared/semillas` o `ATALAYA_DOCUMENTOS`), se salta y se dice.
"""

from __future__ import annotations

import csv
import os
import re
from functools import cache
from pathlib import Path

import pytest

from atalaya import periodos
from atalaya.seguimiento import CARPETA

Fila = dict[str, str]
DOCUMENTOS = Path(os.environ.get("ATALAYA_DOCUMENTOS", CARPETA.parents[2] / "shared" / "semillas"))
ARCHIVO = {
    "queretaro_ocs": "000",
    "justicia_abierta": "001",
    "durango_cocreacion": "002",
    "penalolen_neza": "003",
    "iztapalapa_dialogos": "004",
}
PALABRAS = ("", "uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce")
TEXTUALES = [
    ("cifras", "texto"),
    ("afirmaciones", "texto"),
    ("medidas", "texto"),
    ("calificaciones", "texto"),
    ("lecciones", "texto"),
    ("ciclo", "texto"),
    ("experiencias_textos", "campo"),
    ("experiencias_textos", "texto"),
    ("temas_votados", "tema"),
    ("temas_votados", "problema"),
    ("compromisos", "problema"),
    ("compromisos", "descripcion"),
]
NOMBRES = [
    ("compromisos", "nombre"),
    ("compromisos", "tema"),
    ("ejes", "nombre"),
    ("componentes", "nombre"),
    ("experiencias_casillas", "opcion"),
    ("responsables", "organizacion"),
    ("participantes", "procedencia"),
]
COMPUESTOS = {
    # Nombres que no están así en el documento, y por qué.
    "total",  # el documento pone «SEXO» y «TOTAL DE PARTICIPANTES»
    "Poder Judicial de Jalisco",
    "Poder Judicial del Estado de Campeche",  # «PODER JUDICIAL», en la lámina de cada estado
    "Espacio/taller de diagnóstico…",  # el documento la corta con tres puntos
}
NO_SON_CIFRAS = {
    # Lo que queda al quitar lo catalogado: numeración de láminas, listas, tablas y planes; un nombre; una dirección.
    "queretaro_ocs": ["1", "2"],  # PARTE 1 y 2
    "justicia_abierta": [
        *("1", "2", "1", "2", "3"),  # Plan de Acción 1; 2° Plan y sus ejes
        *("1", "2", "3", "4", "5", "6", "7", "3"),  # los siete compromisos; 3PA
        *("4", "1", "2", "1", "1", "2", "2", "1", "2", "3", "1", "2", "4"),  # etapas, ejes y temas; 4to Plan
        *("1", "2", "3", "4", "5", "6", "19", "7", "19", "3", "8", "9", "10", "11", "12"),  # Artículo 19, R3D
        *("2", "3", "3", "1", "2", "3"),  # Jalisco: 2° Plan, compromiso_3, objetivos
        *("2", "2", "2"),  # Campeche: 2° Plan y detallado/2
    ],
    "durango_cocreacion": [str(lamina) for lamina in range(1, 20)],
    "penalolen_neza": [
        *("1", "2", "3", "2", "1", "2", "3", "4", "5", "1", "2", "3"),  # objetivos, Pasantía 2, lecciones, problemas
        *("2023", "2023", "2", "1", "2", "3", "4"),  # «marzo 2023», la fecha de la ENSU; Pasantía 2, lecciones
    ],
    "iztapalapa_dialogos": ["19"],  # COVID-19
}
PALABRAS_QUE_QUEDAN = {
    "queretaro_ocs": ["tres", "tres"],  # los tres perfiles, repetidos
    "iztapalapa_dialogos": ["tres"],  # «los tres órdenes» de gobierno
}


def llano(texto: str) -> str:
    """Sin marcas, viñetas ni saltos: los documentos son láminas pasadas a texto."""
    texto = re.sub(r"<[^>]+>", " ", texto).replace("\\", "")
    texto = re.sub(r"[*|#•❖·\uf0d8\uf0a7]|(?<=\s)-+(?=[\s|])", " ", texto)
    return re.sub(r" (?=[,.;:)])", "", re.sub(r"\s+", " ", texto)).strip()


@cache
def documento(clave: str) -> str:
    if not DOCUMENTOS.is_dir():
        pytest.skip("faltan los documentos (../shared/semillas): esta prueba los lee tal como se recibieron")
    return llano(next(DOCUMENTOS.glob(f"{ARCHIVO[clave]}-*.txt")).read_text(encoding="utf-8"))


@cache
def tabla(nombre: str) -> tuple[Fila, ...]:
    with (CARPETA / f"{nombre}.csv").open(encoding="utf-8", newline="") as archivo:
        return tuple(csv.DictReader(archivo))


def numeros(texto: str) -> list[str]:
    """Los que hay en el texto, sin separador de millar: «1.280» y «1,100» son 1280 y 1100; «45.6» es 45.6."""
    hallados = re.findall(r"\d{1,3}(?:[.,]\d{3})+(?!\d)|\d+\.\d+|\d+", texto)
    return [re.sub(r"[.,](?=\d{3}\b)", "", uno) for uno in hallados]


def dice(valor: str, texto: str) -> bool:
    """Si el texto lleva la cifra: en número, en palabras o, de una fecha, su día, su mes y, si lo escribe, su año."""
    suyos = numeros(texto)
    if hallada := re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", valor):
        anio, mes, dia = hallada[1], periodos.MESES[int(hallada[2]) - 1][:3], hallada[3]
        con_anio = [uno for uno in suyos if len(uno) == 4]
        con_dia = not dia or int(dia) in [int(float(uno)) for uno in suyos]
        return mes in texto.lower() and con_dia and (not con_anio or anio in con_anio)
    palabras = re.findall(r"\w+", texto.lower())
    entero = int(valor) if valor.isdigit() else 0
    en_palabras = {PALABRAS[entero], "una" if entero == 1 else ""} - {""} if 0 < entero < len(PALABRAS) else set()
    return valor in suyos or bool(en_palabras & set(palabras))


@pytest.mark.parametrize(("nombre", "columna"), TEXTUALES)
def test_lo_textual_esta_en_su_documento(nombre: str, columna: str) -> None:
    faltan = [f[columna] for f in tabla(nombre) if f[columna] and llano(f[columna]) not in documento(f["documento"])]
    assert faltan == []


@pytest.mark.parametrize(("nombre", "columna"), NOMBRES)
def test_los_nombres_son_los_del_documento(nombre: str, columna: str) -> None:
    """Salvo mayúsculas y comillas."""

    def igual(texto: str) -> str:
        return re.sub(r"[“”\"]", "", llano(texto)).casefold()

    faltan = [
        f[columna]
        for f in tabla(nombre)
        if f[columna] and f[columna] not in COMPUESTOS and igual(f[columna]) not in igual(documento(f["documento"]))
    ]
    assert faltan == []


@pytest.mark.parametrize("cifra", tabla("cifras"), ids=lambda c: c["cifra"])
def test_la_cifra_esta_en_sus_palabras(cifra: Fila) -> None:
    assert dice(cifra["valor"], cifra["texto"])


def test_dice_no_se_conforma_con_un_trozo() -> None:
    assert dice("1280", "1.280 servidores")
    assert dice("1100", "Más de 1,100")
    assert dice("45.6", "Nacional 45.6")
    assert dice("3", "tres perfiles")
    assert dice("2019-05-24", "24 mayo al 17 junio")
    assert not dice("280", "1.280 servidores")
    assert not dice("6", "45.6")
    assert not dice("2", "los dosificados")
    assert not dice("2019-05-24", "24 de junio de 2019")
    assert not dice("2015-03-20", "20 de Marzo de 2016")


def _sin_lo_catalogado(clave: str) -> str:
    resto = documento(clave)
    for cifra in sorted(tabla("cifras"), key=lambda c: -len(c["texto"])):
        if cifra["documento"] == clave:
            resto = resto.replace(llano(cifra["texto"]), "·")
    for ficha in tabla("documentos"):
        if ficha["documento"] == clave and (dia := ficha["fecha"]):
            escrita = f"{int(dia[8:])} de {periodos.MESES[int(dia[5:7]) - 1]} de {dia[:4]}"
            resto = re.sub(escrita, "·", resto, flags=re.IGNORECASE)
    return resto


@pytest.mark.parametrize("clave", ARCHIVO)
def test_ninguna_cifra_del_documento_queda_sin_catalogar(clave: str) -> None:
    resto = _sin_lo_catalogado(clave)
    assert re.findall(r"\d+", resto) == NO_SON_CIFRAS[clave]
    assert re.findall(rf"\b(?:{'|'.join(PALABRAS[2:])})\b", resto.lower()) == PALABRAS_QUE_QUEDAN.get(clave, [])


def test_las_casillas_marcadas_son_las_palomas_del_documento() -> None:
    documento("queretaro_ocs")
    crudo = next(DOCUMENTOS.glob("000-*.txt")).read_text(encoding="utf-8")
    # El nombre del apartado va en el renglón de su primera opción, antes de un tabulador.
    opciones = {
        llano(renglon.rstrip("✓ \t").rsplit("\t", 1)[-1]).rstrip(":"): "✓" in renglon for renglon in crudo.splitlines()
    }
    casillas = [c for c in tabla("experiencias_casillas") if c["experiencia"] == "qro_ocs"]
    assert len(casillas) == 42
    for casilla in casillas:
        assert opciones[casilla["opcion"]] == (casilla["marcada"] == "sí"), casilla["opcion"]
    assert sum(c["marcada"] == "sí" for c in casillas) == crudo.count("✓")
