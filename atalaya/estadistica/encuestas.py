"""Estimaciones y diferencias con error de diseño desde la tabla `ola`; la cuenta está en `consultas/estimar/`.

`ola` es una tabla o vista con una fila por entrevista de cada (fuente, periodo, marco), las columnas de `COLUMNAS_OLA`
y un indicador 0/1 por columna restante, nulo fuera de su universo. docs/estadistica.md la describe.
"""

from __future__ import annotations

import math
import warnings
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, Literal

import duckdb
import numpy as np
import pyarrow as pa
from scipy import special

from atalaya.errores import ErrorConsulta
from atalaya.estadistica import inferencia
from atalaya.motor import cargar

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


@dataclass(frozen=True)
class Dominio:
    """Un lugar y desglose de una ola: lo que `estimar` da en un renglón por indicador."""

    fuente: str
    periodo: str
    marco: str
    lugar: str
    desglose: str = "total"


@dataclass(frozen=True)
class Par:
    """Dos dominios que se comparan en un indicador; la diferencia es b − a."""

    indicador: str
    a: Dominio
    b: Dominio

    def registro(self, numero: int) -> dict[str, Any]:
        """El par como lo recibe `consultas/estimar/diferencias.sql`."""
        lados = {
            f"{campo}_{lado}": getattr(getattr(self, lado), campo)
            for lado in ("a", "b")
            for campo in ("periodo", "lugar", "desglose")
        }
        return {"par": numero, "indicador": self.indicador, **lados}


UpmUnica = Literal["adjust", "certainty", "fail"]
Intervalo = Literal["logit", "normal"]

COLUMNAS_OLA: Final = (
    *("fuente", "periodo", "marco", "entrevista", "estrato", "upm", "peso"),
    *("pais", "region", "lugar", "sexo", "edad"),
)
DESGLOSES: Final = ("total", "sexo", "edad", "sexo|edad")
NIVELES: Final = (90, 95, 99)
CUANTILES: Final = 1_000
"""Hasta cuántos grados de libertad va la lista de cuantiles t; desde ahí el SQL usa la serie, con diez cifras."""

CELDAS_POR_BLOQUE: Final = 8_000_000
"""Totales de UPM (dominio × UPM × indicador) que un hilo suma a la vez: unos 80 bytes cada uno, hasta 0.7 GB."""


def estimar(
    conexion: DuckDBPyConnection,
    desgloses: Sequence[str] = ("total",),
    upm_unica: UpmUnica = "adjust",
    nivel: float = 95,
    intervalo: Intervalo = "logit",
    indicadores: Sequence[str] | None = None,
    a_la_vez: int = 1,
) -> pa.Table:
    """Todos los indicadores de todas las olas de la tabla `ola`: columnas y grano de `consultas/estimar/estimar.sql`.

    `valor_pct`, `error_estandar`, `ic_inf`, `ic_sup` y `cv_pct` en por ciento; `numerador` y `denominador` en personas
    u hogares. Va ola por ola, y por bloques de indicadores si es enorme, para que la memoria no crezca con los años;
    `a_la_vez` olas o partes de una: por omisión, una; rinde más un DuckDB de un hilo y varias a la vez que al revés.
    Lanza ErrorConsulta si un argumento no es de los admitidos, si a `ola` le faltan columnas o si `upm_unica` es
    "fail" y hay un estrato con una sola UPM.
    """
    _exigir("desgloses", desgloses, DESGLOSES)
    _exigir("upm_unica", [upm_unica], ("adjust", "certainty", "fail"))
    _exigir("intervalo", [intervalo], ("logit", "normal"))
    comunes = {"desgloses": list(desgloses), "upm_unica": upm_unica, "intervalo": intervalo, **cuantiles(nivel)}
    hilos = 1 if a_la_vez == 1 or _temporal(conexion) else a_la_vez
    bloques = list(_bloques(conexion, len(desgloses), indicadores, hilos))
    if not bloques:
        raise ErrorConsulta("tabla ola", "entrevistas e indicadores con casos", "ninguno", "incorpora microdatos")

    def en_cursor(bloque: Mapping[str, Any]) -> pa.Table:
        with conexion.cursor() as cursor:
            return correr(cursor, "estimar/estimar", **bloque, **comunes)

    with _sin_aviso_de_copia():
        if hilos == 1 or len(bloques) == 1:
            return pa.concat_tables(correr(conexion, "estimar/estimar", **bloque, **comunes) for bloque in bloques)
        with ThreadPoolExecutor(hilos) as grupo:
            return pa.concat_tables(grupo.map(en_cursor, bloques))


def diferencias(
    conexion: DuckDBPyConnection,
    pares: Sequence[Par],
    nivel: float = 95,
    upm_unica: UpmUnica = "adjust",
) -> pa.Table:
    """La diferencia b − a de cada par de dominios de la tabla `ola`, con su error de diseño, su prueba y su veredicto.

    Columnas de `consultas/estimar/diferencias.sql` (por ciento y puntos porcentuales; `covarianza` en puntos²) más
    `ic_inf`, `ic_sup`, `t`, `p`, `p_holm` (ajustado por todos los pares pedidos) y `veredicto` (sube, baja, sin_cambio,
    sin_prueba) con `p_holm` si hay más de un par. Un par sin casos en alguno de sus lados no sale. Los pares van de un
    solo marco. Lanza ErrorConsulta si mezclan marcos o piden indicadores que `ola` no tiene.
    """
    _exigir("upm_unica", [upm_unica], ("adjust", "certainty", "fail"))
    _exigir("indicadores de los pares", [par.indicador for par in pares], indicadores_de(conexion))
    marcos = {(lado.fuente, lado.marco) for par in pares for lado in (par.a, par.b)}
    if len(marcos) != 1:
        raise ErrorConsulta("pares", "una sola fuente y marco", str(sorted(marcos)), "pide cada marco por separado")
    [(fuente, marco)] = marcos
    with _sin_aviso_de_copia():
        tabla = correr(
            conexion,
            "estimar/diferencias",
            fuente=fuente,
            marco=marco,
            indicadores=sorted({par.indicador for par in pares}),
            periodos=sorted({lado.periodo for par in pares for lado in (par.a, par.b)}),
            pares=[par.registro(numero) for numero, par in enumerate(pares)],
            upm_unica=upm_unica,
        )
    return _con_prueba(tabla, nivel)


def _con_prueba(tabla: pa.Table, nivel: float) -> pa.Table:
    diferencia, error, gl = (tabla[c].to_numpy() for c in ("diferencia", "error_estandar", "gl"))
    with np.errstate(divide="ignore", invalid="ignore"):
        t = diferencia / error
    p = inferencia.valor_p(t, gl)
    p_holm = inferencia.holm(p)
    radio = inferencia.cuantil_t(nivel, gl) * error
    columnas = {
        "ic_inf": diferencia - radio,
        "ic_sup": diferencia + radio,
        "nivel_confianza": np.full(len(p), float(nivel)),
        "t": t,
        "p": p,
        "p_holm": p_holm,
        "veredicto": inferencia.veredictos(diferencia, p_holm, nivel),
    }
    for nombre, valores in columnas.items():
        tabla = tabla.append_column(nombre, pa.array(valores, from_pandas=True))
    return tabla


def cuantiles(nivel: float) -> dict[str, Any]:
    """Parámetros `nivel` (por ciento), `z`, `cuantiles_t` (de 1, 2, … CUANTILES gl) y `serie_t` (coeficientes de 1/gl,
    1/gl² y 1/gl³ para más gl) de un intervalo de dos colas; la serie es Abramowitz y Stegun 26.7.5.

    Lanza ErrorConsulta si el nivel no está entre 50 y 100. La t es la de SciPy, igual a la de R a doce cifras.
    """
    if not 50 <= nivel < 100:
        raise ErrorConsulta("nivel de confianza", "un por ciento de 50 a 99.9", str(nivel), "usa 90, 95 o 99")
    z, lista = _cuantiles(float(nivel))
    serie = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return {"nivel": float(nivel), "z": z, "cuantiles_t": list(lista), "serie_t": list(serie)}


@lru_cache(maxsize=16)
def _cuantiles(nivel: float) -> tuple[float, tuple[float, ...]]:
    cola = 0.5 + nivel / 200
    return float(special.ndtri(cola)), tuple(special.stdtrit(np.arange(1, CUANTILES + 1), cola).tolist())


def indicadores_de(conexion: DuckDBPyConnection) -> list[str]:
    """Los indicadores de la tabla `ola`, en su orden; lanza ErrorConsulta si le falta alguna columna del diseño."""
    columnas = [fila[0] for fila in conexion.execute("describe ola").fetchall()]
    if faltan := [columna for columna in COLUMNAS_OLA if columna not in columnas]:
        raise ErrorConsulta("tabla ola", ", ".join(COLUMNAS_OLA), f"falta {', '.join(faltan)}", "complétala")
    return [columna for columna in columnas if columna not in COLUMNAS_OLA]


def correr(conexion: DuckDBPyConnection, nombre: str, **parametros: Any) -> pa.Table:
    """La tabla de `consultas/<nombre>.sql` en la conexión que tiene `ola`; lanza ErrorConsulta si DuckDB falla."""
    try:
        return conexion.execute(cargar(nombre).sql, parametros).to_arrow_table()
    except duckdb.Error as falla:
        raise ErrorConsulta(
            f"consultas/{nombre}.sql",
            "una ola con su diseño completo",
            str(falla).splitlines()[0],
            "revisa estrato, upm y peso de la tabla ola, o cambia cómo se tratan los estratos con una sola UPM",
        ) from falla


@contextmanager
def _sin_aviso_de_copia() -> Iterator[None]:
    """Calla que `execute()` copia el resultado: `sql()` no, pero compila dos veces, un sexto del tiempo de una ola."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Arrow output on a DB-API result")
        yield


def _temporal(conexion: DuckDBPyConnection) -> bool:
    """Si `ola` es temporal, y por eso sólo la ve esta conexión y no sus cursores."""
    [(temporal,)] = conexion.execute(
        "select coalesce(bool_or(temporary), true) from (select view_name, temporary from duckdb_views()"
        " union all select table_name, temporary from duckdb_tables()) where view_name = 'ola'"
    ).fetchall()
    return bool(temporal)


def _bloques(
    conexion: DuckDBPyConnection, desgloses: int, indicadores: Sequence[str] | None, hilos: int
) -> Iterator[dict[str, Any]]:
    """Cada ola con los indicadores que se estiman de una vez: los que caben en memoria o tocan a cada hilo."""
    existentes = indicadores_de(conexion)
    if indicadores is not None:
        _exigir("indicadores", indicadores, existentes)
    # En orden: así el resultado sale ordenado igual se parta en los bloques que se parta.
    pedidos = sorted(existentes if indicadores is None else set(indicadores))
    olas = conexion.execute(
        "select fuente, periodo, marco, count(pais) + count(region) + count(lugar) from ola group by all order by all"
    ).fetchall()
    por_hilo = math.ceil(len(pedidos) / max(1, hilos // max(1, len(olas))))
    for fuente, periodo, marco, filas in olas:
        tamano = max(1, min(por_hilo, CELDAS_POR_BLOQUE // max(1, filas * desgloses)))
        for desde in range(0, len(pedidos), tamano):
            bloque = pedidos[desde : desde + tamano]
            yield {"fuente": fuente, "periodo": periodo, "marco": marco, "indicadores": bloque}


def _exigir(que: str, valores: Sequence[str], admitidos: Sequence[str]) -> None:
    if sobran := [valor for valor in valores if valor not in admitidos]:
        raise ErrorConsulta(que, ", ".join(admitidos), ", ".join(map(str, sobran)), "usa sólo valores admitidos")
