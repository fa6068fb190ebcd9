"""Qué variable da cada indicador en cada trimestre de la ENSU, según los diccionarios de INEGI.

`python tests/fuentes/matriz_ensu.py CARPETA_DE_DICCIONARIOS` rehace docs/fuentes/ensu_indicadores_por_trimestre.csv;
una celda vacía dice que ese indicador no existe ese trimestre.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from atalaya.fuentes.diccionario_inegi import Variable, leer_diccionario, unir
from atalaya.fuentes.preguntas import preguntas, resolver

ARCHIVO = Path(__file__).resolve().parents[2] / "docs" / "fuentes" / "ensu_indicadores_por_trimestre.csv"


def variables_de(diccionarios: Path, periodo: str) -> dict[str, Variable]:
    """Las variables del cuestionario básico de ese trimestre."""
    archivos = sorted((diccionarios / periodo).glob("diccionario*"))
    return unir(leer_diccionario(archivo.read_bytes(), archivo.name) for archivo in archivos)


def matriz(diccionarios: Path) -> dict[str, dict[str, str]]:
    """Por indicador y trimestre, las variables que lo dan separadas por `;`, o vacío."""
    periodos = sorted(carpeta.name for carpeta in diccionarios.iterdir() if carpeta.is_dir())
    indicadores = dict.fromkeys(una.indicador for una in preguntas() if una.fuente == "ensu")
    celdas: dict[str, dict[str, str]] = {indicador: dict.fromkeys(periodos, "") for indicador in indicadores}
    for periodo in periodos:
        for indicador, una in resolver("ensu", periodo, variables_de(diccionarios, periodo), periodo).items():
            celdas[indicador][periodo] = ";".join(variable.nombre for variable in una.variables)
    return celdas


def main(diccionarios: Path) -> None:
    """Escribe ARCHIVO."""
    celdas = matriz(diccionarios)
    with ARCHIVO.open("w", encoding="utf-8", newline="") as flujo:
        escritor = csv.writer(flujo, lineterminator="\n")
        escritor.writerow(["indicador", *next(iter(celdas.values()))])
        escritor.writerows([indicador, *por_periodo.values()] for indicador, por_periodo in celdas.items())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
