"""Cómo se ve cada ausencia en un mapa: la misma trama en Vega (la figura) y en CSS (la leyenda)."""

from __future__ import annotations

from typing import Any, Final

from atalaya.figuras.tema import Paleta

RAYAS: Final = 4
# Hacia dónde corren las rayas de cada trama: extremo del degradado en Vega y ángulo en CSS.
_RAYADAS: Final = {
    "no_aplica": ((0, 0, 1, 1), 135),
    "no_registrado": ((0, 1, 1, 0), 45),
    "suprimido": ((0, 0, 0, 1), 180),
    "sin_denominador": ((0, 0, 1, 0), 90),
}


def de_vega(estado: str, p: Paleta) -> Any:
    """El relleno de una ausencia: rayas, gris o el color del fondo."""
    if estado in _RAYADAS:
        return _rayas(p.sin_cifra, p.contorno, *_RAYADAS[estado][0])
    return p.ausente if estado == "no_levantado" else p.sin_cifra


def de_css(estado: str, p: Paleta) -> str:
    """La misma, para una muestra de la leyenda."""
    if estado in _RAYADAS:
        return f"repeating-linear-gradient({_RAYADAS[estado][1]}deg,{p.sin_cifra} 0 4px,{p.contorno} 4px 6px)"
    return p.ausente if estado == "no_levantado" else p.sin_cifra


def _rayas(fondo: str, raya: str, x1: float, y1: float, x2: float, y2: float) -> Any:
    """Vega no tiene tramas, pero un degradado de cortes bruscos lo es."""
    paradas = [
        {"offset": round((k + parte) / RAYAS, 3), "color": color}
        for k in range(RAYAS)
        for parte, color in ((0.0, fondo), (0.7, fondo), (0.7, raya), (1.0, raya))
    ]
    return {"gradient": "linear", "x1": x1, "y1": y1, "x2": x2, "y2": y2, "stops": paradas}
