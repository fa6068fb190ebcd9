"""Lo que el azar de los conteos deja afirmar de unas tasas: su cambio desde una base y de un lugar contra otros.

Reciben las filas de `mostrar/conteos` con su tasa (`conteos.con_tasas`) más `nombre`, y devuelven otras tablas; no
cambian la que reciben. Las pruebas son de `tasas`; aquí sólo se decide qué se prueba con qué. Nada se calcula a través
de una ruptura de tipo `cambio`, y una parte no se prueba contra su todo: comparten casos.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from atalaya import periodos
from atalaya.estadistica import comparaciones, inferencia, tasas
from atalaya.estadistica.pruebas import NIVEL, RUPTURA, veredictos_de

SIN_BASE: Final = "sin_base"
COMPARTEN: Final = "comparten"
_CAMBIO: Final = ["cambio_pct", "cambio_inf", "cambio_sup"]
Registro = dict[Any, Any]


def indices(tabla: pd.DataFrame, bases: pd.DataFrame, nivel: float = NIVEL) -> pd.DataFrame:
    """La tabla con `cambio_pct`, `cambio_inf` y `cambio_sup`: por ciento de la tasa base de cada lugar e indicador.

    `bases`: las filas del periodo base, una por indicador y lugar. El propio periodo base (y sus meses) es 0 sin
    intervalo. Lo que queda al otro lado de una ruptura pasa a estado `ruptura`; sin base, o con cero casos en ella, a
    `sin_base`. Lo que no tenía cifra conserva su estado.
    """
    por_serie = {(f["indicador"], f["lugar"]): f for f in bases.to_dict("records")}
    filas = tabla.to_dict("records")
    contra = [por_serie.get((f["indicador"], f["lugar"]), {}) for f in filas]
    nueva = tabla.assign(**_cambio(contra, filas, nivel))
    propia = np.array([f["periodo"].startswith(b.get("periodo", "?")) for f, b in zip(filas, contra, strict=True)])
    nueva.loc[propia & nueva["cambio_pct"].notna(), ["cambio_inf", "cambio_sup"]] = np.nan
    con_cifra = tabla["tasa_100k"].notna() & (tabla["estado"] == "dato")
    sin_base = np.array([not _sirve_de_base(b) for b in contra], dtype=bool)
    cruza = np.array([not s and cruzan(b, f) for s, b, f in zip(sin_base, contra, filas, strict=True)], dtype=bool)
    nueva.loc[sin_base | cruza, _CAMBIO] = np.nan
    nueva["estado"] = nueva["estado"].mask(con_cifra & sin_base, SIN_BASE).mask(con_cifra & cruza, RUPTURA)
    return nueva


def cambios(tabla: pd.DataFrame, base: str, nivel: float = NIVEL) -> pd.DataFrame:
    """La última tasa de cada serie contra la del periodo `base` y la de un año antes; Holm dentro de cada indicador.

    Sólo años enteros.
    Si una ruptura separa la base de la última, la que se prueba es la última de antes de la ruptura.

    Una fila por indicador, lugar y periodo con que se compara: desde, periodo, casos_desde, casos, cambio_pct,
    cambio_inf, cambio_sup, p, p_holm y veredicto (sube, baja, sin_cambio, no_con_holm, sin_prueba; `ruptura` si hay un
    cambio de serie entre los dos: entonces no se calcula).
    """
    pares = [par for serie in _series(tabla) for par in _pares(serie, base)]
    antes, despues = [a for a, _ in pares], [d for _, d in pares]
    prueba = _cambio(antes, despues, nivel)
    cruza = np.array([cruzan(a, d) for a, d in pares], dtype=bool)
    probados = pd.DataFrame(
        {
            **{c: [d[c] for d in despues] for c in ("indicador", "lugar", "nombre", "periodo", "casos")},
            "desde": [a["periodo"] for a in antes],
            "casos_desde": [a["casos"] for a in antes],
            **{clave: np.where(cruza, np.nan, valores) for clave, valores in prueba.items()},
        }
    )
    return _con_veredicto(probados, "cambio_pct", 0, nivel, {}).assign(
        veredicto=lambda t: t["veredicto"].mask(pd.Series(cruza, t.index), RUPTURA)
    )


def razones(tabla: pd.DataFrame, nivel: float = NIVEL) -> pd.DataFrame:
    """La tasa del primer lugar de cada indicador entre la de cada otro, en el último periodo entero del primero.

    Una fila por indicador y otro lugar: frente_a (el primero), lugar, nombre, periodo, casos de los dos, razon,
    razon_inf, razon_sup, p, p_holm (entre las del indicador) y veredicto, que es del primero: mayor, menor,
    no_se_distingue, no_con_holm o `comparten` (uno es parte del otro).
    """
    pares = [par for _, suyas in tabla.groupby("indicador", sort=False) for par in _del_foco(suyas)]
    otros, focos = [o for o, _ in pares], [f for _, f in pares]
    prueba = tasas.razon_de_tasas(*_casos_y_tiempo(otros), *_casos_y_tiempo(focos), nivel)
    comparten = np.array([_comparten(o["lugar"], f["lugar"]) for o, f in pares], dtype=bool)
    probadas = pd.DataFrame(
        {
            **{c: [o[c] for o in otros] for c in ("indicador", "lugar", "nombre", "periodo", "casos")},
            "frente_a": [f["lugar"] for f in focos],
            "casos_de_frente": [f["casos"] for f in focos],
            **prueba,
            "p": np.where(comparten, np.nan, prueba["p"]),
        }
    )
    palabras = {"sube": "mayor", "baja": "menor", "sin_cambio": "no_se_distingue"}
    return _con_veredicto(probadas, "razon", 1, nivel, palabras).assign(
        veredicto=lambda t: t["veredicto"].mask(pd.Series(comparten, t.index), COMPARTEN)
    )


def _pares(serie: list[Registro], base: str) -> list[tuple[Registro, Registro]]:
    """(antes, después): el último que se compara con la base, con ella y con su año antes; y el último, con el suyo.

    Los dos últimos sólo difieren si una ruptura los separa.
    """
    por_periodo = {fila["periodo"]: fila for fila in serie}
    inicio = por_periodo.get(base, serie[0])
    comparable = [fila for fila in serie if not cruzan(inicio, fila)][-1]
    cuales = [(base, comparable), *((_hace_un_anio(fila), fila) for fila in (comparable, serie[-1]))]
    pares = {(antes, fila["periodo"]): (por_periodo[antes], fila) for antes, fila in cuales if antes in por_periodo}
    return [(antes, fila) for antes, fila in pares.values() if antes["periodo"] != fila["periodo"]]


def _hace_un_anio(fila: Registro) -> str:
    return periodos.mismo_hace_un_ano(fila["periodo"])


def _del_foco(suyas: pd.DataFrame) -> list[tuple[Registro, Registro]]:
    """(otro, foco) en el último periodo en que el primer lugar tiene tasa."""
    series = _series(suyas)
    if not series or series[0][0]["lugar"] != suyas["lugar"].iloc[0]:
        return []
    foco = series[0][-1]
    return [(fila, foco) for serie in series[1:] for fila in serie if fila["periodo"] == foco["periodo"]]


def _series(tabla: pd.DataFrame) -> list[list[Registro]]:
    """Las filas con tasa de cada indicador y lugar, en el orden de la tabla y del tiempo.

    Un año a medias no se prueba: lo que pasa de enero a mayo no es lo que pasa en el año.
    """
    entera = (tabla["periodo"].str.len() == 7) | (tabla["meses"] == 12)
    con_tasa = tabla[(tabla["estado"] == "dato") & tabla["tasa_100k"].notna() & entera]
    return [
        sorted(suyas.to_dict("records"), key=lambda fila: periodos.clave_orden(fila["periodo"]))
        for _, suyas in con_tasa.groupby(["indicador", "lugar"], sort=False)
    ]


def _cambio(antes: Sequence[Registro], despues: Sequence[Registro], nivel: float) -> dict[str, Any]:
    (casos_antes, de_antes), (casos, tiempo) = _casos_y_tiempo(antes), _casos_y_tiempo(despues)
    return tasas.cambio_relativo(casos_antes, de_antes, casos, tiempo, nivel=nivel)


def _con_veredicto(
    probados: pd.DataFrame, columna: str, nada: float, nivel: float, palabras: dict[str, str]
) -> pd.DataFrame:
    """Con p_holm dentro de cada indicador y su veredicto; `nada` es el valor de `columna` si no hay diferencia."""
    ajustados = np.full(len(probados), np.nan)
    for donde in probados.groupby("indicador", sort=False).indices.values():
        ajustados[donde] = inferencia.holm(probados["p"].to_numpy()[donde])
    prueba = {"diferencia": probados[columna].to_numpy() - nada, "p": probados["p"].to_numpy(), "p_holm": ajustados}
    return probados.assign(p_holm=ajustados, veredicto=veredictos_de(prueba, nivel, palabras))


def _casos_y_tiempo(filas: Sequence[Registro]) -> tuple[Any, Any]:
    """Los casos y las personas por mes que los pudieron dar: con meses distintos también se comparan."""
    return _columna(filas, "casos"), _columna(filas, "poblacion") * _columna(filas, "meses")


def _columna(filas: Sequence[Registro], campo: str) -> Any:
    return np.array([fila.get(campo, np.nan) for fila in filas], dtype=float)


def _sirve_de_base(fila: Registro) -> bool:
    return bool(fila) and fila["estado"] == "dato" and fila["casos"] > 0 and bool(fila["poblacion"] > 0)


def cruzan(antes: Registro, despues: Registro) -> bool:
    """Si un cambio de serie del catálogo separa dos filas de la misma serie (fuente, lugar, indicador y periodo)."""
    de, a = sorted((antes["periodo"], despues["periodo"]), key=periodos.clave_orden)
    serie = (despues["fuente"], despues["lugar"], despues["indicador"])
    return comparaciones.ruptura_entre(*serie, de, a) is not None


def _comparten(uno: str, otro: str) -> bool:
    return comparaciones.es_parte(uno, otro) or comparaciones.es_parte(otro, uno)
