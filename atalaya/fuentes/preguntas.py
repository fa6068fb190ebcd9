"""Qué pregunta de cada encuesta es cada indicador: `datos/catalogo/preguntas.csv`.

El catálogo reconoce la pregunta por su texto en el diccionario de ese trimestre (o por el nombre de la variable, en
las encuestas sin diccionario), nunca por una posición fija: los sufijos cambian de un trimestre a otro.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from atalaya.catalogo import CARPETA
from atalaya.errores import ErrorFuente
from atalaya.fuentes.diccionario_inegi import Variable
from atalaya.periodos import clave_orden
from atalaya.tabla_csv import casa, en, falla, leer, lleno, periodo_o_vacio

COMBINACIONES: Final = ("", "alguna", "todas")
_CLAVES: Final = r"(\d+(\|\d+)*)?"
_TEXTO_LIBRE: Final = "Texto"


@dataclass(frozen=True, slots=True)
class Pregunta:
    """Cómo se calcula un indicador con las respuestas de una pregunta; una fila de `preguntas.csv`.

    desde, hasta: periodos en que vale la fila (vacío: siempre). marco: quién se pondera, `personas` u `hogares`.
    ventana: `semestre` si la pregunta abarca el semestre que termina en T2 o T4; sólo esos trimestres la levantan.
    patron: expresión regular que casa, entera, con el texto normalizado de la pregunta.
    numerador y denominador: claves separadas por `|`; el denominador incluye las del numerador.
    no_sabe, no_responde, no_aplica: qué claves son eso, estén o no en el denominador.
    sin_pregunta: qué vale la pregunta que no se hizo: `1`, `0`, o vacío si deja fuera a la persona.
    condicion: indicador que debe valer 1 para que la pregunta aplique.
    combina: con varias variables, `alguna` (basta una en el numerador) o `todas`.
    """

    indicador: str
    fuente: str
    desde: str
    hasta: str
    marco: str
    ventana: str
    patron: str
    numerador: str
    denominador: str
    no_sabe: str
    no_responde: str
    no_aplica: str
    sin_pregunta: str
    condicion: str
    combina: str
    nota: str

    def rige(self, periodo: str) -> bool:
        """Si la fila vale en ese periodo."""
        orden = clave_orden(periodo)
        if self.ventana == "semestre" and not periodo.endswith(("T2", "T4")):
            return False
        return (not self.desde or clave_orden(self.desde) <= orden) and (
            not self.hasta or orden <= clave_orden(self.hasta)
        )

    def claves(self, campo: str) -> frozenset[str]:
        """Las claves de uno de sus campos de claves (`numerador`, `denominador`, `no_sabe`…)."""
        return frozenset(filter(None, str(getattr(self, campo)).split("|")))

    @property
    def marco_y_ventana(self) -> str:
        """`personas`, `hogares` o, si abarca un semestre, `personas_semestre`, `hogares_semestre`."""
        return f"{self.marco}_{self.ventana}" if self.ventana else self.marco

    @property
    def conocidas(self) -> frozenset[str]:
        """Todas las claves que esta pregunta admite."""
        return frozenset().union(*map(self.claves, ("denominador", "no_sabe", "no_responde", "no_aplica")))


@dataclass(frozen=True, slots=True)
class Resuelta:
    """Una pregunta del catálogo y las variables que la traen en un periodo concreto."""

    pregunta: Pregunta
    variables: tuple[Variable, ...]


@cache
def preguntas(carpeta: Path = CARPETA) -> tuple[Pregunta, ...]:
    """Las filas de `preguntas.csv`, comprobadas y en su orden. Lanza ErrorCatalogo si se contradicen."""
    archivo = carpeta / "preguntas.csv"
    claves = dict.fromkeys(("no_sabe", "no_responde", "no_aplica"), casa(_CLAVES))
    todas = leer(
        archivo,
        Pregunta,
        {
            "indicador": casa(r"[a-z][a-z0-9_]*"),
            "fuente": lleno,
            "desde": periodo_o_vacio,
            "hasta": periodo_o_vacio,
            "marco": en(("personas", "hogares")),
            "ventana": en(("", "semestre")),
            "patron": _expresion,
            "numerador": casa(r"\d+(\|\d+)*"),
            "denominador": casa(r"\d+(\|\d+)*"),
            "sin_pregunta": en(("", "0", "1")),
            "combina": en(COMBINACIONES),
            **claves,
        },
    )
    conocidos = {(una.fuente, una.indicador) for una in todas}
    for fila, una in enumerate(todas, start=2):
        if una.claves("numerador") - una.claves("denominador"):
            falla(archivo, fila, "denominador", f"incluir {una.numerador}", una.denominador)
        if una.condicion and (una.fuente, una.condicion) not in conocidos:
            falla(archivo, fila, "condicion", "un indicador de esta misma tabla", una.condicion)
    return tuple(todas)


def resolver(
    fuente: str, periodo: str, variables: Mapping[str, Variable], donde: str, carpeta: Path = CARPETA
) -> dict[str, Resuelta]:
    """Qué variables dan cada indicador de esa fuente en ese periodo; los que no existen, no salen.

    Las condiciones van antes que los indicadores que las usan. Cuando varias filas del catálogo resuelven un
    indicador manda la primera. Lanza ErrorFuente si una pregunta que debe ser única casa con varias variables.
    """
    propias = [una for una in preguntas(carpeta) if una.fuente == fuente and una.rige(periodo)]
    textos = [(v.normal, v) for v in variables.values() if not _es_libre(v)]
    por_patron = {
        patron: tuple(v for texto, v in textos if re.fullmatch(patron, texto))
        for patron in dict.fromkeys(una.patron for una in propias)
    }
    halladas: dict[str, Resuelta] = {}
    for una in propias:
        casan = por_patron[una.patron]
        if len(casan) > 1 and not una.combina:
            raise ErrorFuente(
                donde,
                f"una sola variable para «{una.indicador}»",
                ", ".join(f"{v.nombre} («{v.texto}»)" for v in casan),
                "ajuste el patrón de ese indicador en datos/catalogo/preguntas.csv",
            )
        if casan:
            halladas.setdefault(una.indicador, Resuelta(una, casan))
    return _con_condicion(halladas)


def _con_condicion(halladas: dict[str, Resuelta]) -> dict[str, Resuelta]:
    """Sin los indicadores cuya condición no existe ese periodo, y con las condiciones por delante."""
    ordenadas: dict[str, Resuelta] = {}

    def agregar(clave: str) -> bool:
        if clave in ordenadas:
            return True
        una = halladas.get(clave)
        if una is None or (una.pregunta.condicion and not agregar(una.pregunta.condicion)):
            return False
        ordenadas[clave] = una
        return True

    for clave in halladas:
        agregar(clave)
    return ordenadas


def _es_libre(variable: Variable) -> bool:
    """Si guarda lo que la persona dictó («Otro. Especifique»), que no es una respuesta codificada."""
    return any(clave.startswith(_TEXTO_LIBRE) for clave in variable.claves)


def _expresion(celda: str) -> str | None:
    try:
        re.compile(celda)
    except re.error as error:
        return f"una expresión regular válida ({error})"
    return None if celda else "una expresión regular"
