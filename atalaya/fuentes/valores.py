"""De claves de respuesta a indicadores: 1 cumple, 0 está en el universo y no cumple, nulo queda fuera.

«No sabe», «no responde» y «no aplica» se distinguen siempre, estén o no en el denominador.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from atalaya.errores import ErrorFuente
from atalaya.fuentes.preguntas import Pregunta, Resuelta

TIPOS: Final = ("valida", "no_sabe", "no_responde", "no_aplica")
FUERA: Final = -1  # un nulo, mientras las columnas son enteros de numpy
_SIN_PREGUNTA: Final = ("", "b")  # «b» es como los diccionarios de 2016 a 2019 escriben el blanco
_MUESTRA: Final = 5

Enteros: TypeAlias = npt.NDArray[np.int8]


@dataclass(frozen=True, slots=True)
class Valores:
    """Un indicador ya calculado, con un elemento por entrevista.

    y: 1, 0 o FUERA. tipo: posición en TIPOS de la clase de respuesta.
    claves: lo que respondió, tal cual; con varias variables, separadas por `;`.
    """

    resuelta: Resuelta
    y: Enteros
    tipo: Enteros
    claves: pa.Array

    def columna(self) -> pa.Array:
        """`y` como entero de un byte, con los de fuera nulos."""
        return pa.array(self.y, pa.int8(), mask=self.y == FUERA)


def calcular(
    resueltas: Mapping[str, Resuelta], columnas: Mapping[str, pa.Array], donde: str, primer_renglon: int = 2
) -> dict[str, Valores]:
    """Cada indicador resuelto, sobre las columnas de respuestas (texto) del archivo.

    `primer_renglon` es el número del primer registro como se ve en el archivo. Lanza ErrorFuente, con los renglones,
    si hay una clave que ni el catálogo ni la encuesta conocen o falta la respuesta de una pregunta que aplicaba.
    """
    todos: dict[str, Valores] = {}
    for indicador, resuelta in resueltas.items():
        condicion = todos[resuelta.pregunta.condicion].y if resuelta.pregunta.condicion else None
        partes = [
            _de_una_variable(resuelta.pregunta, columnas[v.nombre], condicion, f"{donde} › {v.nombre}", primer_renglon)
            for v in resuelta.variables
        ]
        y, tipo = partes[0] if len(partes) == 1 else _combinar(resuelta.pregunta.combina, partes)
        respuestas = [columnas[v.nombre] for v in resuelta.variables]
        claves = respuestas[0] if len(respuestas) == 1 else pc.binary_join_element_wise(*respuestas, ";")
        todos[indicador] = Valores(resuelta, y, tipo, claves)
        if condicion is not None:
            nombres = ", ".join(v.nombre for v in resuelta.variables)
            callada = (condicion == 1) & (tipo == TIPOS.index("no_aplica")) & _en_blanco(respuestas)
            _exigir(~callada, claves, "una respuesta: la pregunta aplicaba", f"{donde} › {nombres}", primer_renglon)
    return todos


def _de_una_variable(
    pregunta: Pregunta, columna: pa.Array, condicion: Enteros | None, donde: str, primer_renglon: int
) -> tuple[Enteros, Enteros]:
    """y y tipo de una variable; la condición manda sobre lo que diga la clave."""
    codificada = pc.dictionary_encode(columna)
    claves = [_clave(c) for c in codificada.dictionary.to_pylist()]
    posicion = codificada.indices.to_numpy(zero_copy_only=False)
    sin_preguntar = np.array([c in _SIN_PREGUNTA for c in claves], dtype=bool)[posicion]
    conocida = np.array([c in pregunta.conocidas for c in claves], dtype=bool)[posicion]
    y = np.array([_valor(pregunta, c) for c in claves], dtype=np.int8)[posicion]
    tipo = np.array([_tipo(pregunta, c) for c in claves], dtype=np.int8)[posicion]
    if condicion is not None:
        # En 2015 la pregunta que no se hizo lleva 0: fuera de la condición ninguna clave cuenta.
        excluida = condicion != 1
        y[excluida], tipo[excluida] = FUERA, TIPOS.index("no_aplica")
        conocida |= excluida
    _exigir(
        conocida | sin_preguntar,
        columna,
        "una de las claves " + ", ".join(sorted(pregunta.conocidas, key=int)),
        donde,
        primer_renglon,
    )
    return y, tipo


def _valor(pregunta: Pregunta, clave: str) -> int:
    if clave in _SIN_PREGUNTA:
        return int(pregunta.sin_pregunta or FUERA)
    if clave in pregunta.claves("numerador"):
        return 1
    return 0 if clave in pregunta.claves("denominador") else FUERA


def _tipo(pregunta: Pregunta, clave: str) -> int:
    if clave in _SIN_PREGUNTA:
        return TIPOS.index("no_aplica")
    return next((n for n, tipo in enumerate(TIPOS) if tipo != "valida" and clave in pregunta.claves(tipo)), 0)


def _combinar(combina: str, partes: list[tuple[Enteros, Enteros]]) -> tuple[Enteros, Enteros]:
    """`alguna`: basta un 1; `todas`: basta un 0 para que no lo sea. Las que quedan fuera no cuentan."""
    y = np.stack([parte[0] for parte in partes])
    if combina == "alguna":
        junto = y.max(axis=0)
    else:
        junto = np.where(y == FUERA, 1, y).min(axis=0)
        junto[(y == FUERA).all(axis=0)] = FUERA
    # El tipo es el de la respuesta más informativa: TIPOS va de la válida a la que no aplica.
    return junto.astype(np.int8), np.stack([parte[1] for parte in partes]).min(axis=0)


def _clave(cruda: str) -> str:
    """La clave sin ceros a la izquierda: unas olas escriben 01 y otras 1."""
    return cruda.lstrip("0") or "0" if cruda.isdigit() else cruda.lower()


def _en_blanco(respuestas: list[pa.Array]) -> npt.NDArray[np.bool_]:
    blancos = pa.array(_SIN_PREGUNTA)
    return np.logical_and.reduce([pc.is_in(r, value_set=blancos).to_numpy(zero_copy_only=False) for r in respuestas])


def _exigir(bien: npt.NDArray[np.bool_], columna: pa.Array, esperado: str, donde: str, primer_renglon: int) -> None:
    malos = np.flatnonzero(~bien)
    if not malos.size:
        return
    vistos = sorted({columna[int(i)].as_py() or "(en blanco)" for i in malos})
    renglones = ", ".join(str(i + primer_renglon) for i in malos[:_MUESTRA])
    puntos = ", …" if malos.size > _MUESTRA else ""
    raise ErrorFuente(
        donde,
        esperado,
        f"{', '.join(vistos[:_MUESTRA])} en {malos.size} renglones ({renglones}{puntos})",
        "compruebe el archivo; si la encuesta cambió sus claves, corrija datos/catalogo/preguntas.csv",
    )
