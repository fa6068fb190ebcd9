"""Qué tabla es, por su encabezado: aunque lleve títulos encima, mayúsculas, acentos, espacios o columnas de más."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import PurePath
from typing import Final

from atalaya.catalogo import normalizar
from atalaya.idiomas import tr
from atalaya.seguimiento.contratos import Contrato

_LARGO: Final = 80
"""Ningún nombre de columna es más largo."""
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
        debidas = _debidas(self.contrato)
        return [nombre for nombre in self.contrato.nombres if nombre in debidas and nombre not in self.columnas]


def del_archivo(uno: Contrato) -> tuple[str, ...]:
    """Las columnas que, si faltan, se llenan con el nombre del archivo y la fila."""
    return () if uno.tabla == "documentos" else tuple(c for c in ("documento", "pasaje") if c in uno.nombres)


@lru_cache(maxsize=4096)
def clave(texto: str) -> str:
    """«Método (cómo se supo)» → `metodo`; «Nivel de Confianza» → `nivel_de_confianza`."""
    sin_aclarar = re.sub(r"\(.*?\)|\*", " ", texto)
    return re.sub(r"[^a-z0-9]+", "_", normalizar(sin_aclarar)).strip("_")


def contador(contratos: Mapping[str, Contrato]) -> Callable[[Sequence[str]], int]:
    """La función que dice cuántas columnas del contrato que más se le parece hay en un renglón."""
    conjuntos = [frozenset(uno.nombres) for uno in contratos.values()]
    conocidas = frozenset().union(*conjuntos)

    def cuantas(celdas: Sequence[str]) -> int:
        vistas = conocidas.intersection(_claves(celdas))
        return max((len(vistas & una) for una in conjuntos), default=0) if vistas else 0

    return cuantas


def reconocer(
    nombre: str, renglones: Sequence[tuple[int, Sequence[str]]], contratos: Mapping[str, Contrato]
) -> Encabezado | None:
    """El encabezado y su tabla; None si ningún renglón del principio se parece al de ninguna.

    Gana la tabla con todas sus columnas obligatorias; entre varias, la que se llama como el archivo o la hoja y la que
    tiene más columnas en común. Con obligatorias que faltan también se reconoce si trae la mitad: así se dice cuáles.
    """
    nombre = clave(PurePath(nombre).stem)
    mejor: tuple[tuple[float, ...], Contrato, int] | None = None
    conjuntos = {uno.tabla: (frozenset(uno.nombres), _debidas(uno)) for uno in contratos.values()}
    conocidas = frozenset().union(*(todas for todas, _ in conjuntos.values()))
    celdas = [_con_lo_de_arriba(renglones, k, conocidas) for k in range(min(len(renglones), BUSCADAS))]
    for k, suyas in enumerate(celdas):
        vistas = conocidas.intersection(_claves(suyas))
        for uno in contratos.values():
            todas, debidas = conjuntos[uno.tabla]
            en_comun, traidas = len(vistas & todas), len(vistas & debidas)
            if en_comun < 2 or traidas * 2 < len(debidas):
                continue
            propio = nombre.startswith(uno.tabla) or nombre.endswith(uno.tabla)
            nota = (traidas == len(debidas), propio, traidas, en_comun, -len(uno.columnas), -k)
            if mejor is None or nota > mejor[0]:
                mejor = nota, uno, k
    return _encabezado(mejor[1], mejor[2], celdas[mejor[2]]) if mejor else None


def que_no_es(hallado: Encabezado, celdas: Sequence[str]) -> str:
    """Por qué un renglón debajo del encabezado no es un dato: repite el encabezado o es una nota; vacío si lo es."""
    if all(k < len(celdas) and clave(celdas[k]) == c for k, c in enumerate(hallado.columnas) if c):
        return tr("repite el encabezado")
    con_algo = [celda.strip() for celda in celdas if celda.strip()]
    if len(con_algo) == 1 and sum(map(bool, hallado.columnas)) > 1 and _AL_PIE.match(normalizar(con_algo[0])):
        return tr("es una nota")
    return ""


def _con_lo_de_arriba(
    renglones: Sequence[tuple[int, Sequence[str]]], k: int, conocidas: frozenset[str]
) -> Sequence[str]:
    """Las celdas de un renglón; donde está en blanco, las del de encima si son nombres de columna.

    Así quedan las celdas combinadas hacia abajo: el nombre está en el primer renglón y los demás van vacíos.
    """
    propias = list(renglones[k][1])
    if k == 0 or renglones[k - 1][0] != renglones[k][0] - 1:
        return propias
    arriba = list(renglones[k - 1][1])
    propias += [""] * (len(arriba) - len(propias))
    blancas = [n for n, celda in enumerate(propias) if n < len(arriba) and arriba[n].strip() and not celda.strip()]
    if not blancas or len(dichas := conocidas.intersection(_claves(propias))) < 2:
        return propias
    for n in blancas:
        if clave(arriba[n]) in conocidas - dichas:
            propias[n] = arriba[n]
    return propias


def _debidas(uno: Contrato) -> frozenset[str]:
    """Las columnas que tienen que estar."""
    return frozenset(c.columna for c in uno.columnas if c.es_obligatoria) - set(del_archivo(uno))


def _claves(celdas: Sequence[str]) -> list[str]:
    return [clave(celda) if len(celda) <= _LARGO else "" for celda in celdas]


def _encabezado(uno: Contrato, k: int, celdas: Sequence[str]) -> Encabezado:
    nombres = set(uno.nombres)
    columnas = tuple(c if c in nombres else "" for c in _claves(celdas))
    veces = Counter(c for c in columnas if c)
    return Encabezado(
        uno,
        k,
        columnas,
        tuple(celda.strip() for celda, c in zip(celdas, columnas, strict=True) if not c and celda.strip()),
        tuple(c for c, n in veces.items() if n > 1),
    )
