"""Mide la búsqueda sobre el índice entero del tablero: `python -m bench.busqueda`."""

from __future__ import annotations

import statistics
import time

from atalaya.interfaz import busqueda, hallable

BUSCADAS = (
    "policia",
    "penalolen",
    "confianza policia municipal",
    "robo a transeunte",
    "a",
    "a e o",
    "pelalolen",
    "zzz",
)
META_MS = 50.0


def medir(vueltas: int = 20) -> dict[str, float]:
    """La mediana en ms de cada búsqueda, con sus sugerencias si no halla nada."""
    indice = hallable.indice()
    tiempos = {}
    for buscada in BUSCADAS:
        corridas = []
        for _ in range(vueltas):
            inicio = time.perf_counter()
            if not busqueda.buscar(indice, buscada):
                busqueda.parecidas(indice, buscada)
            corridas.append((time.perf_counter() - inicio) * 1000)
        tiempos[buscada] = statistics.median(corridas)
    return tiempos


def main() -> None:
    """Escribe la tabla en pantalla."""
    print(f"{len(hallable.indice().entradas):,} entradas; meta ≤ {META_MS:.0f} ms")
    for buscada, ms in medir().items():
        print(f"{buscada:40} {ms:8.1f} ms")


if __name__ == "__main__":
    main()
