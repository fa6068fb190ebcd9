"""Cómo se ve cada ausencia en un mapa: la misma trama en Vega (la figura) y en CSS (la leyenda)."""

from __future__ import annotations

from typing import Any, Final

from atalaya.figuras.tema import Paleta

# De cada trama: si sus rayas van de pie, y cuántas. Derechas y no inclinadas: en lienzo, Vega pinta los degradados
# inclinados fuera de su figura, y no se ven.
_RAYADAS: Final = {
    "no_aplica": (False, 5),
    "no_registrado": (True, 5),
    "suprimido": (False, 11),
    "sin_denominador": (True, 11),
}


def de_vega(estado: str, p: Paleta) -> Any:
    """El relleno de una ausencia: rayas, gris o el color del fondo."""
    if estado in _RAYADAS:
        return _rayas(p.sin_cifra, p.contorno, *_RAYADAS[estado])
    return p.ausente if estado == "no_levantado" else p.sin_cifra


def de_css(estado: str, p: Paleta) -> str:
    """La misma, para una muestra de la leyenda."""
    if estado in _RAYADAS:
        de_pie, rayas = _RAYADAS[estado]
        ancho = 20 // rayas
        claro, raya = (
            f"{p.sin_cifra} 0 {0.6 * ancho:g}px",
            f"{p.contorno} {0.6 * ancho:g}px {ancho}px",
        )
        return f"repeating-linear-gradient({90 if de_pie else 180}deg,{claro},{raya})"
    return p.ausente if estado == "no_levantado" else p.sin_cifra


def _rayas(fondo: str, raya: str, de_pie: bool, cuantas: int) -> Any:
    """Vega no tiene tramas, pero un degradado de cortes bruscos lo es."""
    paradas = [
        {"offset": round((k + parte) / cuantas, 3), "color": color}
        for k in range(cuantas)
        for parte, color in ((0.0, fondo), (0.6, fondo), (0.6, raya), (1.0, raya))
    ]
    return {"gradient": "linear", "x1": 0, "y1": 0, "x2": int(de_pie), "y2": int(not de_pie), "stops": paradas}
