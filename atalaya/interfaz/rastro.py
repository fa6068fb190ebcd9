"""Qué consultas corrió la página que se está viendo, para decir cómo se calculó.

Va por hilo: cada reejecución de una página corre entera en uno. Lo ya calculado se acuerda de qué consultas lo hizo.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from typing import Any, Final, TypeVar

from atalaya.idiomas import actual
from atalaya.informes.receta import Corrida

R = TypeVar("R")
DE_FILTROS: Final = frozenset(
    f"mostrar/{nombre}"
    for nombre in (
        *("areas", "disponibilidad", "lugares_con_cifra", "periodos_por_lugar", "nombres_de_lugar", "resumen"),
        *("conteos_disponibles", "conteos_lugares", "conteos_alcance", "mapa_disponible", "periodos", "municipios"),
        *("documentos_citados", "seguimiento"),
    )
)
"""Las que sólo dicen qué hay para elegir: no hacen ninguna cifra de la vista."""
_local = threading.local()


def empezar() -> None:
    """Una página empieza: lo de la anterior se olvida."""
    _local.corridas = []


def anotar(consulta: str, parametros: Mapping[str, Any]) -> None:
    """Apunta una consulta `mostrar/…` con sus valores; las que sólo llenan filtros no."""
    if consulta not in DE_FILTROS:
        fijos = tuple((k, tuple(v) if isinstance(v, list) else v) for k, v in sorted(parametros.items()))
        _apuntadas().append(Corrida(consulta, fijos))


def corridas() -> tuple[Corrida, ...]:
    """Las apuntadas desde que la página empezó, cada una una vez y en su orden."""
    return tuple(dict.fromkeys(_apuntadas()))


def memorizado(tope: int) -> Callable[[Callable[..., R]], Callable[..., R]]:
    """Como `lru_cache(tope)`, por idioma, y al acertar apunta otra vez las consultas con que se calculó."""

    def envolver(hacer: Callable[..., R]) -> Callable[..., R]:
        @lru_cache(maxsize=tope)
        def guardada(idioma: str, *argumentos: Any) -> tuple[R, tuple[Corrida, ...]]:
            del idioma  # sólo distingue en la clave
            previas = _apuntadas()
            _local.corridas = []
            try:
                resultado = hacer(*argumentos)
                return resultado, corridas()
            finally:
                _local.corridas = previas

        @wraps(hacer)
        def llamar(*argumentos: Any) -> R:
            resultado, suyas = guardada(actual(), *argumentos)
            _apuntadas().extend(suyas)
            return resultado

        return llamar

    return envolver


def _apuntadas() -> list[Corrida]:
    if not hasattr(_local, "corridas"):
        _local.corridas = []
    lista: list[Corrida] = _local.corridas
    return lista
