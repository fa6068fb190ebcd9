"""Cómo ve los colores quien no distingue rojo, verde o azul, y cuánto se parecen dos colores."""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

# Machado, Oliveira y Fernandes (2009), «A Physiologically-based Model for Simulation of Color Vision Deficiency»,
# IEEE TVCG 15(6), cuadro 1, severidad 1.0; sobre RGB lineal.
VISIONES: Final = {
    "común": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
_XYZ: Final = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
_BLANCO: Final = (0.95047, 1.0, 1.08883)


def diferencia(uno: str, otro: str, vision: str = "común") -> float:
    """ΔE00 entre dos colores `#rrggbb` como los ve esa visión: 2 apenas se nota; 10 se distingue de un vistazo."""
    return delta_e(lab(uno, vision), lab(otro, vision))


def lab(color: str, vision: str = "común") -> NDArray[np.float64]:
    """CIE L*a*b* (D65) de un color `#rrggbb` como lo ve esa visión."""
    crudo = np.array([int(color[k : k + 2], 16) / 255 for k in (1, 3, 5)])
    lineal = np.where(crudo <= 0.04045, crudo / 12.92, ((crudo + 0.055) / 1.055) ** 2.4)
    visto = np.clip(np.array(VISIONES[vision]) @ lineal, 0, 1)
    f = (np.array(_XYZ) @ visto) / _BLANCO
    f = np.where(f > (6 / 29) ** 3, np.cbrt(f), f / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def delta_e(uno: NDArray[np.float64], otro: NDArray[np.float64]) -> float:
    """CIEDE2000 entre dos L*a*b* (Sharma, Wu y Dalal, 2005)."""
    luz = np.array([uno[0], otro[0]])
    a, b = np.array([uno[1], otro[1]]), np.array([uno[2], otro[2]])
    medio7 = np.hypot(a, b).mean() ** 7
    a = a * (1 + 0.5 * (1 - np.sqrt(medio7 / (medio7 + 25.0**7))))
    croma, tono = np.hypot(a, b), np.degrees(np.arctan2(b, a)) % 360
    paso = (tono[1] - tono[0] + 180) % 360 - 180 if croma.all() else 0.0
    medio = (tono[0] + paso / 2) % 360 if croma.all() else tono.sum()
    d_luz, d_croma = luz[1] - luz[0], croma[1] - croma[0]
    d_tono = 2 * np.sqrt(croma.prod()) * np.sin(np.radians(paso / 2))
    t = (
        1
        - 0.17 * np.cos(np.radians(medio - 30))
        + 0.24 * np.cos(np.radians(2 * medio))
        + 0.32 * np.cos(np.radians(3 * medio + 6))
        - 0.20 * np.cos(np.radians(4 * medio - 63))
    )
    lejos = (luz.mean() - 50) ** 2
    s_luz = 1 + 0.015 * lejos / np.sqrt(20 + lejos)
    s_croma, s_tono = 1 + 0.045 * croma.mean(), 1 + 0.015 * croma.mean() * t
    c7 = croma.mean() ** 7
    giro = -np.sin(np.radians(60 * np.exp(-(((medio - 275) / 25) ** 2)))) * 2 * np.sqrt(c7 / (c7 + 25.0**7))
    x, y, z = d_luz / s_luz, d_croma / s_croma, d_tono / s_tono
    return float(np.sqrt(x**2 + y**2 + z**2 + giro * y * z))
