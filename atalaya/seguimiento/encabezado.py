"""Qué tabla es, por su encabezado: aunque lleve títulos encima, mayúsculas, acentos, espacios o columnas de más."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath
from typing import Final

from atalaya.catalogo import normalizar
from atalaya.seguimiento.contratos import Contrato

BUSCADAS: Final = 40
"""En cuántos renglones del principio se busca el encabezado: encima suele haber títulos y notas."""
_AL_PIE: Final = re.compile(r"fuentes?\b|notas?\b|elabor|\*")


@dataclass(frozen=True, slots=True)
class Encabezado:
    """Dónde está el encabezado y qué columna del contrato hay en cada celda («» si de más)."""

    contrato: Contrato
    renglon: int
    columnas: tuple[str, ...]
    de_mas: tuple[str, ...]
    repetidas: tuple[str, ...]

    @property
    def faltan(self) -> list[str]:
        """Las columnas obligatorias que no trae."""
        return [
            c.columna
            for c in self.contrato.columnas
            if c.es_obligatoria and c.columna not in self.columnas and c.columna not in del_archivo(self.contrato)
        ]


def del_archivo(uno: Contrato) -> tuple[str, ...]:
    """Las columnas que, si faltan, se llenan con el nombre del archivo y la fila."""
    return () if uno.tabla == "documentos" else tuple(c for c in ("documento", "pasaje") if c in uno.nombres)


def clave(texto: str) -> str:
    """«Método (cómo se supo)» → `metodo`; «Nivel de Confianza» → `nivel_de_confianza`."""
    sin_aclarar = re.sub(r"\(.*?\)|\*", " ", texto)
    return re.sub(r"[^a-z0-9]+", "_", normalizar(sin_aclarar)).strip("_")


def cuantas(celdas: Sequence[str], contratos: Mapping[str, Contrato]) -> int:
    """Cuántas columnas del contrato que más se le parece hay en el renglón."""
    vistas = {clave(celda) for celda in celdas}
    return max((len(vistas & set(uno.nombres)) for uno in contratos.values()), default=0)


def reconocer(
    nombre: str, renglones: Sequence[tuple[int, Sequence[str]]], contratos: Mapping[str, Contrato]
) -> Encabezado | None:
    """El encabezado y su tabla; None si ningún renglón del principio se parece al de ninguna.

    Gana la tabla con todas sus columnas obligatorias; entre varias, la que se llama como el archivo o la hoja y la que
    tiene más columnas en común. Con obligatorias que faltan también se reconoce si trae la mitad: así se dice cuáles.
    """
    nombre = clave(PurePath(nombre).stem)
    mejor: tuple[tuple[float, ...], Encabezado] | None = None
    conocidas = {columna for uno in contratos.values() for columna in uno.nombres}
    for k in range(min(len(renglones), BUSCADAS)):
        celdas = _con_lo_de_arriba(renglones, k, conocidas)
        claves = [clave(celda) for celda in celdas]
        for uno in contratos.values():
            if len(set(claves) & set(uno.nombres)) < 2:
                continue
            hallado = _encabezado(uno, k, celdas, claves)
            propio = nombre.startswith(uno.tabla) or nombre.endswith(uno.tabla)
            en_comun = len(set(hallado.columnas) - {""})
            debidas = sum(c.es_obligatoria and c.columna not in del_archivo(uno) for c in uno.columnas)
            traidas = debidas - len(hallado.faltan)
            if traidas * 2 < debidas:
                continue
            nota = (not hallado.faltan, propio, traidas, en_comun, -len(uno.columnas), -k)
            if mejor is None or nota > mejor[0]:
                mejor = nota, hallado
    return mejor[1] if mejor else None


def que_no_es(hallado: Encabezado, celdas: Sequence[str]) -> str:
    """Por qué un renglón debajo del encabezado no es un dato: repite el encabezado o es una nota; vacío si lo es."""
    claves = [clave(celda) for celda in celdas]
    if all(k < len(claves) and claves[k] == c for k, c in enumerate(hallado.columnas) if c):
        return "repite el encabezado"
    con_algo = [celda.strip() for celda in celdas if celda.strip()]
    if len(con_algo) == 1 and sum(map(bool, hallado.columnas)) > 1 and _AL_PIE.match(normalizar(con_algo[0])):
        return "es una nota"
    return ""


def _con_lo_de_arriba(renglones: Sequence[tuple[int, Sequence[str]]], k: int, conocidas: set[str]) -> list[str]:
    """Las celdas de un renglón; donde está en blanco, las del de encima si son nombres de columna.

    Así quedan las celdas combinadas hacia abajo: el nombre está en el primer renglón y los demás van vacíos.
    """
    propias = list(renglones[k][1])
    if k == 0 or renglones[k - 1][0] != renglones[k][0] - 1 or sum(clave(c) in conocidas for c in propias) < 2:
        return propias
    arriba = list(renglones[k - 1][1])
    propias += [""] * (len(arriba) - len(propias))
    dichas = {clave(celda) for celda in propias}
    return [
        arriba[n] if not celda.strip() and n < len(arriba) and clave(arriba[n]) in conocidas - dichas else celda
        for n, celda in enumerate(propias)
    ]


def _encabezado(uno: Contrato, k: int, celdas: Sequence[str], claves: Sequence[str]) -> Encabezado:
    nombres = set(uno.nombres)
    columnas = tuple(c if c in nombres else "" for c in claves)
    veces = Counter(c for c in columnas if c)
    return Encabezado(
        uno,
        k,
        columnas,
        tuple(celda.strip() for celda, c in zip(celdas, columnas, strict=True) if not c and celda.strip()),
        tuple(c for c, n in veces.items() if n > 1),
    )
