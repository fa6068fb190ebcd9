"""Mide el tablero entero y escribe docs/rendimiento.md: `make bench`.

Cada cifra es la mediana de varias corridas en la misma máquina. Leer un zip y rehacer el acervo necesitan los archivos
oficiales (`ATALAYA_FUENTES` o ../shared/fuentes); sin ellos esas filas dicen que no se midieron.
"""

from __future__ import annotations

import asyncio
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.navegador import primera_grafica_ms, redibujos_ms
from bench.servidor import RAIZ, servidor
from bench.sesion import Reejecucion, Sesion, muchas_sesiones

SALIDA = RAIZ / "docs" / "rendimiento.md"
MARCA = "<!-- medido -->"
TABULADOS = Path(os.environ.get("ATALAYA_FUENTES", RAIZ.parent / "shared" / "fuentes")) / "ensu" / "tabulados"
PAGINA, CLAVE = "comparar", "periodo"
PAUSA_S = 5.0


@dataclass
class Medida:
    """Una fila de la tabla: qué se midió, cuánto dio y qué se buscaba."""

    que: str
    valor: str
    meta: str = ""


def main() -> None:
    """Corre todas las medidas y reescribe la tabla de docs/rendimiento.md."""
    medidas = [*_arranque(), *_con_servidor(), *_linea_de_ordenes(), *_fuentes()]
    for medida in medidas:
        print(f"{medida.que:70} {medida.valor:>28}   {medida.meta}")
    _escribir(medidas)


def _arranque() -> list[Medida]:
    tiempos, primeras = [], []
    for _ in range(5):
        inicio = time.perf_counter()
        with servidor() as s:
            tiempos.append(s.arranque_s)
            asyncio.run(_abrir_y_cerrar(s.puerto))
            primeras.append(time.perf_counter() - inicio)
    return [
        Medida("Proceso a HTTP 200 (s)", f"{statistics.median(tiempos):.2f}", "≤ 2"),
        Medida("Proceso a primera página completa por WebSocket (s)", f"{statistics.median(primeras):.2f}"),
    ]


async def _abrir_y_cerrar(puerto: int) -> None:
    sesion, _ = await Sesion.abrir(puerto, PAGINA)
    await sesion.cerrar()


def _con_servidor() -> list[Medida]:
    medidas = []
    with servidor() as s:
        proceso = psutil.Process(s.pid)
        frias = [primera_grafica_ms(s.puerto, PAGINA) for _ in range(3)]
        medidas.append(Medida("Primera gráfica en un navegador frío (ms)", f"{statistics.median(frias):.0f}"))
        for sesiones, acciones in ((1, 20), (20, 5), (50, 5)):
            corridas = asyncio.run(
                muchas_sesiones(s.puerto, PAGINA, "", CLAVE, sesiones, acciones, PAUSA_S if sesiones > 1 else 0.2)
            )
            meta = "45-60 / ≤ 150" if sesiones == 50 else ""
            medidas.append(Medida(f"Reejecución con {sesiones} sesiones, p50 / p95 (ms)", _p50_p95(corridas), meta))
        medidas.append(Medida("Memoria tras 50 sesiones (MB)", f"{proceso.memory_info().rss / 2**20:.0f}", "≤ 350"))
        medidas.append(Medida(f"kB por reejecución, {PAGINA}", _kb(corridas)))
        mapa = asyncio.run(muchas_sesiones(s.puerto, "mapa", "", CLAVE, 1, 10, 0.2))
        medidas.append(Medida("kB por reejecución, mapa", _kb(mapa), "≤ 35"))
        redibujos = redibujos_ms(s.puerto, "mapa", 7)
        medidas.append(
            Medida("Mapa: de elegir trimestre a verlo en pantalla (ms)", f"{statistics.median(redibujos):.0f}", "≤ 300")
        )
    return medidas


def _linea_de_ordenes() -> list[Medida]:
    orden = [
        "consultar",
        "--indicador",
        "confianza_policia_municipal",
        "--lugar",
        "MX-15058",
        "--periodo",
        "2025T2",
        "--formato",
        "json",
    ]
    return [
        Medida("`consultar`, proceso entero (s)", f"{statistics.median(_cronometrar(orden) for _ in range(5)):.2f}")
    ]


def _fuentes() -> list[Medida]:
    archivos = sorted(TABULADOS.glob("*.zip"))
    filas = ("Leer e incorporar el zip de un trimestre (s)", "Rehacer el acervo entero, 15 trimestres (s)")
    if not archivos:
        return [Medida(fila, "no medido: faltan los archivos oficiales") for fila in filas]
    uno = [a for a in archivos if "2t2025" in a.name]
    return [
        Medida(filas[0], f"{statistics.median(_incorporar(uno) for _ in range(3)):.1f}", "≤ 10"),
        Medida(filas[1], f"{_incorporar(archivos):.1f}"),
    ]


def _incorporar(archivos: list[Path]) -> float:
    with tempfile.TemporaryDirectory() as acervo:
        return _cronometrar(["incorporar", "--acervo", acervo, *map(str, archivos)])


def _cronometrar(argumentos: list[str]) -> float:
    inicio = time.perf_counter()
    subprocess.run([sys.executable, "-m", "atalaya", *argumentos], cwd=RAIZ, check=True, capture_output=True)
    return time.perf_counter() - inicio


def _p50_p95(corridas: list[Reejecucion]) -> str:
    cortes = statistics.quantiles((c.ms for c in corridas), n=20)
    return f"{cortes[9]:.0f} / {cortes[18]:.0f}"


def _kb(corridas: list[Reejecucion]) -> str:
    return f"{statistics.median(c.bytes_recibidos for c in corridas) / 1024:.1f}"


def _escribir(medidas: list[Medida]) -> None:
    maquina = (
        f"{os.cpu_count()} núcleos, {psutil.virtual_memory().total / 2**30:.0f} GB, Python {platform.python_version()}"
    )
    tabla = [
        f"Máquina: {maquina}. Fecha: {time.strftime('%Y-%m-%d')}. Medianas.",
        "",
        "| qué | medido | meta |",
        "|---|---:|---:|",
    ]
    tabla += [f"| {m.que} | {m.valor} | {m.meta} |" for m in medidas]
    antes = SALIDA.read_text(encoding="utf-8").split(MARCA)[0] if SALIDA.exists() else "# Rendimiento\n\n"
    SALIDA.write_text(antes + MARCA + "\n" + "\n".join(tabla) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
