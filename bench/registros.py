"""Mide la serie municipal entera del SESNSP y escribe docs/rendimiento-registros.md: `make bench-registros`.

El archivo nacional (2 478 municipios × 98 modalidades × 11 años: 31 millones de celdas de mes) no viene con el
proyecto: se fabrica uno con sus 21 columnas, los nombres del catálogo y casos al azar con semilla. Se incorpora como se
incorporaría el oficial y se miden las consultas de las páginas sobre él.
"""

from __future__ import annotations

import itertools
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import duckdb

from atalaya import catalogo, motor
from atalaya.catalogo.registros import delitos, modalidades, sin_registro
from atalaya.fuentes.sesnsp_csv import COLUMNAS_MES
from bench.tabla import escribir

SALIDA = motor.RAIZ / "docs" / "rendimiento-registros.md"
ANIOS = range(2015, 2026)
CORRIDAS = 31


def main() -> None:
    """Fabrica, incorpora, mide y reescribe la tabla."""
    with tempfile.TemporaryDirectory() as carpeta:
        archivo, acervo = Path(carpeta) / "IDM_nacional.csv", Path(carpeta) / "acervo"
        celdas = fabricar(archivo)
        medidas = [("Celdas de mes del archivo", f"{celdas:,}", "31 millones")]
        inicio = time.perf_counter()
        orden = [sys.executable, "-m", "atalaya", "incorporar", "--acervo", str(acervo), str(archivo)]
        subprocess.run(orden, cwd=motor.RAIZ, check=True, capture_output=True)
        medidas.append(("Leer, revisar y publicar (s)", f"{time.perf_counter() - inicio:.0f}", ""))
        memoria = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
        medidas.append(("Memoria más alta al incorporar (GB)", f"{memoria:.1f}", ""))
        peso = sum(r.stat().st_size for r in acervo.rglob("*.parquet")) / 1e6
        medidas.append(("Parquet publicado (MB)", f"{peso:.0f}", ""))
        inicio = time.perf_counter()
        uno = motor.abrir(acervo)
        medidas.append(("Hacer el índice, la primera vez (s)", f"{time.perf_counter() - inicio:.0f}", ""))
        medidas += [(que, f"{ms:.0f}", "≤ 100") for que, ms in consultas(uno).items()]
    for medida in medidas:
        print(f"{medida[0]:72} {medida[1]:>12}   {medida[2]}")
    escribir(SALIDA, medidas)


def fabricar(archivo: Path) -> int:
    """El CSV nacional de juguete; devuelve cuántas celdas de mes tiene."""
    municipios = [u for u in catalogo.lugares().values() if u.tipo == "municipio" and u.lugar.startswith("MX")]
    entidades = catalogo.lugares()
    por_delito: dict[str, list[str]] = {}
    for una in modalidades():
        if una.instrumento == "cnsp_38_15":
            por_delito.setdefault(una.delito, []).append(una.modalidad)
    suyos = [uno for uno in delitos() if uno.instrumento == "cnsp_38_15"]
    combinaciones = [(d.tipo, d.delito, m, d.indicador) for d in suyos for m in por_delito.get(d.delito, [d.delito])]
    conexion = duckdb.connect()
    conexion.execute("create table municipio (ent integer, entidad varchar, cve integer, nombre varchar)")
    filas = [(int(u.lugar[3:5]), entidades[u.entidad].nombre, int(u.lugar[3:]), u.nombre) for u in municipios]
    conexion.executemany("insert into municipio values (?, ?, ?, ?)", filas)
    conexion.execute("create table delito (k integer, tipo varchar, subtipo varchar, modalidad varchar, clave varchar)")
    conexion.executemany("insert into delito values (?, ?, ?, ?, ?)", [(k, *c) for k, c in enumerate(combinaciones)])
    # Donde el catálogo dice que la entidad no registra el delito, todo en cero: si no, el control rechaza el archivo.
    conexion.execute("create table callada (ent integer, clave varchar)")
    calladas = {(int(u.entidad[3:5]), u.indicador) for u in sin_registro()}
    conexion.executemany("insert into callada values (?, ?)", sorted(calladas))
    meses = ", ".join(
        f'if(callada.ent is null, hash(cve * 131 + k * 31 + anio * 12 + {n}) % 97 // 80, 0)::integer as "{mes}"'
        for n, mes in enumerate(COLUMNAS_MES)
    )
    conexion.execute(f"""
        copy (
            select anio as "Año", municipio.ent as "Clave_Ent", entidad as "Entidad", cve as "Cve. Municipio",
                nombre as "Municipio", 'No aplica' as "Bien jurídico afectado", tipo as "Tipo de delito",
                subtipo as "Subtipo de delito", modalidad as "Modalidad", {meses}
            from range({ANIOS.start}, {ANIOS.stop}) as anios (anio), municipio, delito
            left join callada on callada.ent = municipio.ent and callada.clave = delito.clave
            order by anio, cve, k
        ) to '{archivo}' (header, delimiter ',')
    """)  # noqa: S608 - nada de afuera entra en el texto
    return len(ANIOS) * len(filas) * len(combinaciones) * 12


def consultas(uno: motor.Motor) -> dict[str, float]:
    """La mediana en ms de cada consulta de página, con otros delitos y lugares cada vez: nada queda memorizado."""
    claves = list(dict.fromkeys(d.indicador for d in delitos() if d.instrumento == "cnsp_38_15"))
    lugares = [u.lugar for u in catalogo.lugares().values() if u.tipo == "municipio" and u.lugar.startswith("MX")]
    meses = [f"{anio}-{mes:02d}" for anio in ANIOS for mes in range(1, 13)]
    anios = [str(anio) for anio in ANIOS]
    delito, lugar = itertools.cycle(claves), itertools.cycle(lugares)

    def pedir(suyos: Callable[[], list[str]], periodos: Callable[[], list[str]]) -> float:
        tiempos = []
        for _ in range(CORRIDAS):
            pedido = {"indicadores": [next(delito)], "lugares": suyos(), "periodos": periodos()}
            inicio = time.perf_counter()
            tabla = uno.correr("mostrar/conteos", **pedido, desgloses=["total"], denominador="proyeccion")
            tiempos.append(1000 * (time.perf_counter() - inicio))
            assert tabla.num_rows == len(pedido["lugares"]) * len(pedido["periodos"])  # noqa: S101
        return statistics.median(tiempos)

    cuatro = lambda: [next(lugar) for _ in range(4)]  # noqa: E731
    mes = itertools.cycle(meses)
    return {
        "Incidencia: un delito, cuatro municipios, 132 meses (ms)": pedir(cuatro, lambda: meses),
        "Incidencia: un delito, cuatro municipios, once años (ms)": pedir(cuatro, lambda: anios),
        "Mapa: un delito, un mes, los 2 478 municipios (ms)": pedir(lambda: lugares, lambda: [next(mes)]),
    }


if __name__ == "__main__":
    main()
