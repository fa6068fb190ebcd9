"""Conteos y poblaciones de juguete, y un acervo con ellos."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa

from atalaya.acervo import raiz_por_omision
from atalaya.acervo.manifiesto import VIGENTE, leer_manifiesto
from atalaya.acervo.publicacion import Entrega, publicar
from atalaya.contratos import TABLAS
from atalaya.motor import Motor, abrir

Filas = list[dict[str, Any]]


def conteo(periodo: str = "2024-01", casos: int | None = 5, **cambios: Any) -> dict[str, Any]:
    """Un conteo que cumple todo."""
    return {
        "fuente": "sesnsp",
        "periodo": periodo,
        "lugar": "MX-15058",
        "indicador": "homicidio_doloso",
        "desglose": "total",
        "casos": casos,
        "tasa_publicada_100k": None,
        "meses": 1 if len(periodo) == 7 else 12,
        "estado": "dato",
        "metodo": "publicada",
        "edicion": "2024-12",
        "archivo": "juguete.csv",
        "celda": "renglón 2",
        **cambios,
    }


def poblacion(lugar: str = "MX-15058", anio: int = 2024, personas: int = 1_000_000, **cambios: Any) -> dict[str, Any]:
    """Una población que cumple todo."""
    return {
        "fuente": "conapo" if lugar.startswith("MX") else "ine_poblacion",
        "proyeccion": "conapo_2023" if lugar.startswith("MX") else "ine_base_2017",
        "lugar": lugar,
        "anio": anio,
        "sexo": "total",
        "edad": "total",
        "personas": personas,
        "edicion": "2023",
        "archivo": "poblacion.csv",
        **cambios,
    }


def motor_con(raiz: Path, conteos: Filas, poblaciones: Filas = ()) -> Motor:  # type: ignore[assignment]
    """Un motor sobre un acervo recién publicado: cada archivo de los conteos, una entrega."""
    publicar(raiz, _entregas(conteos, poblaciones))
    return abrir(raiz)


def _entregas(conteos: Filas, poblaciones: Filas) -> list[Entrega]:
    entregas = []
    for tabla, filas in (("conteo", conteos), ("poblacion", list(poblaciones))):
        for archivo in dict.fromkeys(fila["archivo"] for fila in filas):
            suyas = [fila for fila in filas if fila["archivo"] == archivo]
            arrow = pa.Table.from_pylist(suyas, schema=TABLAS[tabla])
            entregas.append(
                Entrega(suyas[0]["fuente"], suyas[0]["edicion"], archivo, "https://ejemplo.invalid/", "0" * 64, 1, "r",
                        {tabla: arrow}, archivo)
            )  # fmt: skip
    return entregas


def con_registros(raiz: Path, conteos: Filas, poblaciones: Filas = ()) -> Path:  # type: ignore[assignment]
    """Una copia del acervo del proyecto sin sus conteos ni sus poblaciones, y con éstos en su lugar."""
    shutil.copytree(raiz_por_omision(), raiz, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".indice", ".cerrojo"))
    vigente = leer_manifiesto(raiz / VIGENTE)
    de_encuesta = tuple(f for f in vigente.fuentes if not {t.tabla for t in f.tablas} & {"conteo", "poblacion"})
    replace(vigente, fuentes=de_encuesta).escribir(raiz / VIGENTE)
    publicar(raiz, _entregas(conteos, poblaciones))
    return raiz
