"""Mide lo que se lleva y lo que se presenta, y escribe docs/rendimiento-informes.md: `make bench-informes`.

Las vistas se recrean una vez, que es lo que ya está hecho cuando alguien pulsa un botón; aparte se mide recrearlas.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from typing import Final

from atalaya import idiomas, motor
from atalaya.informes import imagen, pdf, pptx, proyeccion
from atalaya.interfaz import presentacion, recrear
from bench import busqueda
from bench.tabla import escribir

SALIDA: Final = motor.RAIZ / "docs" / "rendimiento-informes.md"
CORRIDAS: Final = 5


def main() -> None:
    """Mide y reescribe la tabla."""
    una = presentacion.seminario()
    recrear.vista(una.laminas[0].vista)  # que lo de una sola vez no cuente
    inicio = time.perf_counter()
    vistas = [(recrear.vista(u.vista), u.titulo, u.nota) for u in una.laminas]
    recreadas = time.perf_counter() - inicio
    ficha = recrear.vista("ficha?lugar=MX-15058")
    comparar = recrear.vista("comparar?lugar=MX-CD28&indicador=confianza_policia_municipal&periodo=2025T2")
    medidas = [
        ("Recrear las diez vistas del seminario (s)", recreadas, ""),
        ("PPTX de diez láminas (s)", mediana(lambda: pptx.laminas(vistas)), "≤ 3"),
        ("Proyección de diez láminas (s)", mediana(lambda: [proyeccion.proyectar(v, t, n) for v, t, n in vistas]), ""),
        ("Ficha de un municipio en PDF (s)", mediana(lambda: pdf.pdf(ficha)), "≤ 2"),
        ("PNG de una comparación (s)", mediana(lambda: imagen.png(comparar)), "≤ 0.5"),
        ("Buscar en todo el tablero, la más lenta (s)", max(busqueda.medir().values()) / 1000, "≤ 0.05"),
        (
            "Abrir un catálogo de idioma, una vez por proceso (s)",
            mediana(lambda: idiomas._catalogo.__wrapped__("en")),
            "",
        ),
    ]
    for que, valor, meta in medidas:
        print(f"{que:52} {valor:8.3f}   {meta}")
    escribir(SALIDA, [(que, f"{valor:.2f}" if valor >= 0.1 else f"{valor:.3f}", meta) for que, valor, meta in medidas])


def mediana(hacer: Callable[[], object]) -> float:
    """La mediana, en segundos, de unas cuantas corridas."""
    tiempos = []
    for _ in range(CORRIDAS):
        inicio = time.perf_counter()
        hacer()
        tiempos.append(time.perf_counter() - inicio)
    return statistics.median(tiempos)


if __name__ == "__main__":
    main()
