"""Mide el motor de encuestas junto a R `survey` y svy, y escribe docs/rendimiento-encuestas.md: `make bench-encuestas`.

Los tres estiman la misma tabla, leída ya en memoria: se mide estimar, no leer. Antes de comparar tiempos se comprueba
que den lo mismo. Necesita Rscript con r-cran-survey y el paquete svy; sin alguno, su fila no sale.
"""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.csv as pacsv
import pyarrow.parquet as pq

from atalaya.estadistica import encuestas

RAIZ = Path(__file__).resolve().parent.parent
SALIDA = RAIZ / "docs" / "rendimiento-encuestas.md"
MARCA = "<!-- medido -->"
AREAS, INDICADORES, ENTREVISTAS = 90, 60, 25_000
VUELTAS = 5
Celdas = dict[tuple[str, ...], tuple[float, float]]
EDADES = ["18-29", "30-39", "40-49", "50-59", "60+"]


def ola(periodo: str, n: int = ENTREVISTAS, semilla: int = 1, filtros: bool = False) -> pa.Table:
    """Una ola inventada con el tamaño de la ENSU: 5 entrevistas por UPM, 4 estratos por área.

    Con `filtros`, un tercio de los indicadores sólo se pregunta al 70 %, como la confianza en una policía a quien la
    identifica. Sin ellos R puede estimar los 60 de una vez, que es lo más rápido que da.
    """
    azar = np.random.default_rng(semilla)
    upm = np.arange(n) // 5
    area = upm * AREAS // (n // 5)
    efecto = azar.normal(0, 0.5, upm[-1] + 1)[upm]
    columnas: dict[str, Any] = {
        "fuente": np.full(n, "banco"),
        "periodo": np.full(n, periodo),
        "marco": np.full(n, "personas"),
        "entrevista": np.arange(n).astype(str),
        "estrato": area * 4 + upm % 4,
        "upm": upm,
        "peso": azar.integers(200, 15_000, n).astype(float),
        "pais": pa.nulls(n, pa.string()),
        "region": pa.nulls(n, pa.string()),
        "lugar": np.array([f"MX-CD{a:02d}" for a in range(AREAS)])[area],
        "sexo": np.array(["hombres", "mujeres"])[azar.integers(0, 2, n)],
        "edad": np.array(EDADES)[azar.integers(0, len(EDADES), n)],
    }
    for i in range(INDICADORES):
        p = 1 / (1 + np.exp(-(azar.normal() + efecto)))
        fuera = azar.random(n) > 0.7 if filtros and i % 3 == 0 else np.zeros(n, dtype=bool)
        columnas[f"indicador_{i + 1:02d}"] = pa.array((azar.random(n) < p).astype(np.int8), mask=fuera)
    return pa.table(columnas)


def conexion_con(tabla: pa.Table) -> duckdb.DuckDBPyConnection:
    """DuckDB en memoria con la ola cargada; de un hilo: rinde más partir los indicadores en dos que repartir la ola."""
    con = duckdb.connect(config={"threads": 1})
    con.register("tabla", tabla)
    con.execute("create table ola as from tabla")
    return con


class Tiempo(NamedTuple):
    """Segundos de reloj y de procesador; en una máquina compartida, sólo el segundo es comparable."""

    reloj: float
    cpu: float

    def entre(self, otro: Tiempo) -> str:
        """Cuántas veces cabe `otro` en éste."""
        return f"{self.reloj / otro.reloj:.0f}× de reloj, {self.cpu / otro.cpu:.0f}× de procesador"

    def __str__(self) -> str:
        return f"{self.reloj:.3f} s ({self.cpu:.3f} s de procesador)"


def medir(funcion: Callable[[], object], veces: int = 1) -> Tiempo:
    """Mediana de lo que tarda."""
    tiempos = []
    for _ in range(veces):
        reloj, cpu = time.perf_counter(), time.process_time()
        funcion()
        tiempos.append(Tiempo(time.perf_counter() - reloj, time.process_time() - cpu))
    return mediana(tiempos)


def propio(con: duckdb.DuckDBPyConnection, desgloses: tuple[str, ...]) -> Tiempo:
    """Lo que tarda Atalaya con uno o con dos hilos, lo que sea menos de reloj."""
    return min(medir(lambda k=k: encuestas.estimar(con, desgloses, a_la_vez=k), VUELTAS) for k in (1, 2))


def mediana(tiempos: list[Tiempo]) -> Tiempo:
    """Mediana de cada uno de los dos relojes."""
    return Tiempo(*(statistics.median(columna) for columna in zip(*tiempos, strict=True)))


def con_r(csv: Path, modo: str = "juntos") -> tuple[Tiempo, Path] | None:
    """Segundos de svyby en R y el archivo con lo que estimó; None sin R."""
    if not shutil.which("Rscript"):
        return None
    salida = csv.with_suffix(".r.csv")
    orden = ["Rscript", str(RAIZ / "bench" / "encuestas.R"), str(csv), str(salida), modo]
    corrida = subprocess.run(orden, capture_output=True, text=True, check=False)
    return (Tiempo(*map(float, corrida.stdout.split()[-2:])), salida) if corrida.returncode == 0 else None


def con_svy(csv: Path, por: list[str]) -> tuple[Tiempo, Celdas] | None:
    """Segundos de svy y lo que estimó, por indicador y dominio; None sin svy."""
    try:
        import polars as pl  # noqa: PLC0415
        import svy  # noqa: PLC0415
    except ImportError:
        return None
    muestra = svy.Sample(pl.read_csv(csv), svy.Design(stratum="estrato", psu="upm", wgt="peso", singleton="center"))
    claves = [f"indicador_{i + 1:02d}" for i in range(INDICADORES)]
    estimadas: list[Any] = []
    tardo = medir(lambda: estimadas.extend(muestra.estimation.mean(claves, by=por, drop_nulls=True)))
    celdas = {}
    for clave, una in zip(claves, estimadas, strict=True):
        for fila in una.to_polars().iter_rows(named=True):
            celdas[(clave, *(str(fila[c]) for c in por))] = (fila["est"], fila["se"])
    return tardo, celdas


def lado_a_lado(csv: Path, tabla: pa.Table) -> list[tuple[str, str, str]]:
    """Filas de la comparación por área: una vuelta de cada uno, intercaladas, y la mediana de cada uno."""
    con = conexion_con(tabla)
    por_area, por_grupo = ("total",), ("sexo|edad",)
    propias = encuestas.estimar(con, por_area).to_pylist()
    atalaya, r, svy = [], [], []
    for _ in range(3):
        atalaya.append(propio(con, por_area))
        r.append(con_r(csv))
        svy.append(con_svy(csv, ["lugar"]))
    nuestro = mediana(atalaya)
    filas = [("Atalaya, por área (90 × 60): EE, gl, intervalo, CV, efecto de diseño", str(nuestro), "")]
    if all(r):
        suyo = mediana([x[0] for x in r if x])
        filas.append(("R survey::svyby(svymean), por área: sólo media y EE", str(suyo), suyo.entre(nuestro)))
        peor = _distancia(propias, _leer_r(r[0][1]))  # type: ignore[index]
        filas.append(("— mayor diferencia relativa con R (p y EE)", f"{peor:.1e}", ""))
    if all(svy):
        suyo = mediana([x[0] for x in svy if x])
        filas.append(("svy 0.35.0, por área", str(suyo), suyo.entre(nuestro)))
        peor = _distancia(propias, svy[0][1])  # type: ignore[index]
        filas.append(("— mayor diferencia relativa con svy (p y EE)", f"{peor:.1e}", ""))
    fino = propio(con, por_grupo)
    filas.append(("Atalaya, por área × sexo × edad (900 × 60)", str(fino), ""))
    if una := con_svy(csv, ["lugar", "sexo", "edad"]):
        filas.append(("svy 0.35.0, por área × sexo × edad", str(una[0]), una[0].entre(fino)))
    if una_r := con_r(csv, "fino"):
        filas.append(("R survey::svyby, por área × sexo × edad, un solo indicador", str(una_r[0]), ""))
    return filas


def con_filtros(carpeta: Path) -> list[tuple[str, str, str]]:
    """Filas de la comparación con indicadores de universo propio, como los de verdad: una vuelta de R y de svy."""
    tabla = ola("2025T2", filtros=True)
    csv = carpeta / "filtros.csv"
    pacsv.write_csv(tabla, csv)
    con = conexion_con(tabla)
    nuestro = propio(con, ("total",))
    propias = encuestas.estimar(con).to_pylist()
    filas = [("Atalaya, por área, un tercio de los indicadores con filtro", str(nuestro), "")]
    ajenos = (
        ("R survey::svyby, indicador por indicador", con_r(csv, "filtros")),
        ("svy 0.35.0", con_svy(csv, ["lugar"])),
    )
    for quien, suyo in ajenos:
        if suyo:
            celdas = suyo[1] if isinstance(suyo[1], dict) else _leer_r(suyo[1])
            _distancia(propias, celdas)
            filas.append((f"{quien}, por área, con filtro", str(suyo[0]), suyo[0].entre(nuestro)))
    return filas


def _leer_r(ruta: Path) -> Celdas:
    return {(f["indicador"], f["lugar"]): (f["p"], f["ee"]) for f in pacsv.read_csv(ruta).to_pylist()}


def _distancia(propias: list[dict[str, Any]], suyas: Celdas) -> float:
    """La mayor diferencia relativa de p y EE; lanza ValueError si no estimaron lo mismo a una parte en mil millones."""
    if len(propias) != len(suyas):
        raise ValueError(f"{len(propias)} celdas propias y {len(suyas)} ajenas")
    peor = 0.0
    for fila in propias:
        p, ee = suyas[fila["indicador"], fila["lugar"]]
        peor = max(peor, abs(fila["valor_pct"] / 100 / p - 1), abs(fila["error_estandar"] / 100 / ee - 1))
    if peor > 1e-9:
        raise ValueError(f"las estimaciones difieren en {peor}")
    return peor


def aparte(carpeta: Path, patron: str, desglose: str, memoria: str) -> dict[str, float]:
    """Estima los Parquet de la carpeta en otro proceso: segundos, memoria máxima (GB) y celdas."""
    orden = [sys.executable, "-m", "bench.encuestas", "--aparte", str(carpeta / patron), desglose, memoria]
    corrida = subprocess.run(orden, cwd=RAIZ, capture_output=True, text=True, check=True)
    medido: dict[str, float] = json.loads(corrida.stdout.splitlines()[-1])
    return medido


def _estimar_aparte(patron: str, desglose: str, memoria: str) -> None:
    import resource  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as derrame:
        con = duckdb.connect(config={"threads": 1, "memory_limit": memoria, "temp_directory": derrame})
        con.execute(f"create view ola as from read_parquet('{patron}')")
        inicio = time.perf_counter()
        celdas = encuestas.estimar(con, (desglose,), a_la_vez=2).num_rows
        tardo = time.perf_counter() - inicio
    uso = resource.getrusage(resource.RUSAGE_SELF)
    cpu, memoria_gb = uso.ru_utime + uso.ru_stime, uso.ru_maxrss / 2**20
    print(json.dumps({"segundos": tardo, "cpu": cpu, "memoria_gb": memoria_gb, "celdas": celdas}))


def crecimiento(carpeta: Path) -> list[tuple[str, str, str]]:
    """Filas de muchas olas (memoria y tiempo) hasta 100 millones de respuestas, y de una sola ola de ese tamaño."""
    for i in range(67):
        pq.write_table(ola(f"{2016 + i // 4}T{i % 4 + 1}", semilla=i), carpeta / f"ola_{i:02d}.parquet")
    filas = []
    for patron, olas in (("ola_0*.parquet", 10), ("ola_[0-3]*.parquet", 40), ("ola_*.parquet", 67)):
        m = aparte(carpeta, patron, "sexo|edad", "3GB")
        respuestas = olas * ENTREVISTAS * INDICADORES / 1e6
        que = f"{olas} olas, {olas * ENTREVISTAS / 1e6:.2f} M entrevistas, {respuestas:.0f} M respuestas, sexo × edad"
        filas.append((que, _cuanto(m), f"{m['celdas'] / 1e6:.2f} M celdas"))
    for millones in (0.25, 1.0, 1.675):
        n = int(millones * 1e6)
        pq.write_table(ola("2025T1", n, semilla=99), carpeta / "grande.parquet")
        m = aparte(carpeta, "grande.parquet", "total", "3GB")
        que = f"Una sola ola de {millones} M entrevistas, {n * INDICADORES / 1e6:.0f} M respuestas, por área"
        filas.append((que, _cuanto(m), ""))
    return filas


def _cuanto(m: dict[str, float]) -> str:
    return f"{m['segundos']:.1f} s ({m['cpu']:.1f} s de procesador), {m['memoria_gb']:.1f} GB"


def _escribir(filas: list[tuple[str, str, str]]) -> None:
    tabla = ["| qué | cuánto | |", "|---|---:|---:|", *(f"| {a} | {b} | {c} |" for a, b, c in filas)]
    equipo = (
        f"Medido el {time.strftime('%Y-%m-%d')}: {platform.machine()}, 2 hilos, Python {platform.python_version()}, "
    )
    equipo += f"DuckDB {duckdb.__version__}."
    antes, _, resto = SALIDA.read_text(encoding="utf-8").partition(MARCA)
    despues = resto.partition(MARCA)[2]
    SALIDA.write_text("\n".join([antes + MARCA, equipo, "", *tabla, MARCA]) + despues, encoding="utf-8")


def main() -> None:
    """Corre todo y reescribe la tabla de docs/rendimiento-encuestas.md; `--sin-crecimiento` deja fuera lo largo."""
    opciones = argparse.ArgumentParser(description=__doc__)
    opciones.add_argument("--aparte", nargs=3, metavar=("PATRON", "DESGLOSE", "MEMORIA"))
    opciones.add_argument("--sin-crecimiento", action="store_true")
    pedido = opciones.parse_args()
    if pedido.aparte:
        _estimar_aparte(*pedido.aparte)
        return
    with tempfile.TemporaryDirectory() as nombre:
        carpeta = Path(nombre)
        tabla = ola("2025T2")
        pacsv.write_csv(tabla, carpeta / "ola.csv")
        filas = lado_a_lado(carpeta / "ola.csv", tabla)
        filas += con_filtros(carpeta)
        if not pedido.sin_crecimiento:
            filas += crecimiento(carpeta)
    for que, cuanto, nota in filas:
        print(f"{que:92} {cuanto:>34} {nota}")
    if not pedido.sin_crecimiento:
        _escribir(filas)


if __name__ == "__main__":
    main()
