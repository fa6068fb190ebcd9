"""Buscar con o sin acentos entre lo que el tablero enseña: una función pura sobre un índice en memoria.

Cada entrada ya sabe qué página la enseña y con qué filtros; aquí sólo se decide cuáles salen y en qué orden.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from atalaya.catalogo import normalizar

MAXIMO_PALABRAS: Final = 12
_PALABRA: Final = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Entrada:
    """Algo que se puede hallar. `pagina` y `filtros`: dónde se ve; `texto`: lo demás por lo que se halla."""

    clase: str
    titulo: str
    detalle: str
    pagina: str
    filtros: Mapping[str, str]
    texto: str = ""
    peso: int = 0  # a igual parecido, primero el menor: lo que tiene cifras antes que lo que no


@dataclass(frozen=True)
class Indice:
    """Las entradas con sus textos ya normalizados. Se hace una vez con `indizar`."""

    entradas: tuple[Entrada, ...]
    titulos: tuple[str, ...]
    textos: tuple[str, ...]
    palabras: Mapping[str, str]  # de cada palabra sin acentos, una forma de escribirla


def indizar(entradas: Iterable[Entrada]) -> Indice:
    """El índice de esas entradas."""
    todas = tuple(entradas)
    titulos = tuple(normalizar(e.titulo) for e in todas)
    textos = tuple(normalizar(f"{e.titulo} {e.detalle} {e.texto}") for e in todas)
    # Para sugerir bastan las palabras de los títulos: las de los textos largos darían sugerencias raras.
    palabras = {normalizar(p): p for e in todas for p in _PALABRA.findall(e.titulo) if len(p) > 3}
    return Indice(todas, titulos, textos, palabras)


def buscar(indice: Indice, buscado: str) -> dict[str, list[Entrada]]:
    """Las entradas que tienen todas las palabras, por clase en el orden del índice y las más parecidas primero.

    Primero la que se llama justo así, luego la que así empieza, la que lo lleva en su título y la que sólo en su texto.
    """
    frase = normalizar(buscado)
    palabras = frase.split()[:MAXIMO_PALABRAS]
    if not palabras:
        return {}
    hallados: dict[str, list[tuple[int, int, int, Entrada]]] = {}
    for numero, texto in enumerate(indice.textos):
        if not all(palabra in texto for palabra in palabras):
            continue
        una = indice.entradas[numero]
        parecido = _parecido(indice.titulos[numero], frase, palabras)
        hallados.setdefault(una.clase, []).append((parecido, una.peso, numero, una))
    return {clase: [par[-1] for par in sorted(suyas, key=lambda s: s[:3])] for clase, suyas in hallados.items()}


def parecidas(indice: Indice, buscado: str, tope: int = 3) -> list[str]:
    """Palabras del índice parecidas a las que no están en él: «pelalolen» da «Peñalolén»."""
    raras = [p for p in normalizar(buscado).split()[:MAXIMO_PALABRAS] if not any(p in t for t in indice.titulos)]
    dichas: dict[str, None] = {}
    for rara in raras:
        # Comparar con todas cuesta decenas de milisegundos: basta con las que se llevan pocas letras de largo.
        cercanas = [p for p in indice.palabras if abs(len(p) - len(rara)) <= 2]
        halladas = difflib.get_close_matches(rara, cercanas, n=tope, cutoff=0.75)
        dichas |= dict.fromkeys(indice.palabras[p] for p in halladas)
    return list(dichas)[:tope]


def _parecido(titulo: str, frase: str, palabras: Sequence[str]) -> int:
    if titulo == frase:
        return 0
    if titulo.startswith(frase):
        return 1
    if f" {frase}" in titulo:
        return 2
    if all(palabra in titulo for palabra in palabras):
        return 3
    return 4
