"""Cada cifra del catálogo está en las palabras del documento que la acompañan: en número, en palabras o como fecha."""

from __future__ import annotations

import re

import pytest
from tablas_del_proyecto import Fila, celdas

from atalaya import periodos

PALABRAS = (
    "ninguna",
    "una",
    "dos",
    "tres",
    "cuatro",
    "cinco",
    "seis",
    "siete",
    "ocho",
    "nueve",
    "diez",
    "once",
    "doce",
)


def numeros(texto: str) -> list[str]:
    """Los que hay en el texto, sin separador de millar: «1.280» y «1,100» son 1280 y 1100; «45.6» es 45.6."""
    hallados = re.findall(r"\d{1,3}(?:[.,]\d{3})+(?!\d)|\d+\.\d+|\d+", texto)
    return [re.sub(r"[.,](?=\d{3}\b)", "", uno) for uno in hallados]


def dice(valor: str, texto: str) -> bool:
    """Si el texto lleva la cifra. De una fecha, su día, su mes y, si lo escribe, su año."""
    suyos = numeros(texto)
    if hallada := re.fullmatch(r"(\d{4})-(\d{2})(?:-(\d{2}))?", valor):
        anio, mes, dia = hallada[1], periodos.MESES[int(hallada[2]) - 1][:3], hallada[3]
        con_anio = [uno for uno in suyos if len(uno) == 4]
        con_dia = not dia or int(dia) in [int(float(uno)) for uno in suyos]
        return mes in texto.lower() and con_dia and (not con_anio or anio in con_anio)
    entero = int(valor) if valor.isdigit() else len(PALABRAS)
    return valor in suyos or (entero < len(PALABRAS) and PALABRAS[entero] in re.findall(r"\w+", texto.lower()))


@pytest.mark.parametrize("cifra", celdas("cifras"), ids=lambda c: c["cifra"])
def test_la_cifra_esta_en_sus_palabras(cifra: Fila) -> None:
    assert dice(cifra["valor"], cifra["texto"])


def test_no_se_conforma_con_un_trozo() -> None:
    assert dice("1280", "1.280 servidores")
    assert dice("1100", "Más de 1,100")
    assert dice("45.6", "Nacional 45.6")
    assert dice("3", "tres perfiles")
    assert dice("0", "ninguna evaluación")
    assert dice("2019-05-24", "24 mayo al 17 junio")
    assert not dice("280", "1.280 servidores")
    assert not dice("6", "45.6")
    assert not dice("2", "los dosificados")
    assert not dice("2019-05-24", "24 de junio de 2019")
    assert not dice("2015-03-20", "20 de Marzo de 2016")
