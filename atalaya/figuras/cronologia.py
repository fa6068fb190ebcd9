"""El eje del tiempo: qué periodos lleva, dónde va cada uno, qué se rotula y dónde una serie se interrumpe o cambia."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from atalaya import catalogo, periodos
from atalaya.catalogo import Ruptura
from atalaya.figuras.cobertura import NACIONES
from atalaya.idiomas import anotado

EJE_LARGO: Final = 18
"""Con más periodos que éstos, el eje dice sólo los años: los meses no caben."""
RUPTURA: Final = anotado("cambia la serie")
"""El rótulo de la regla vertical: desde ahí no se compara con lo anterior; el porqué va debajo de la figura."""


@dataclass(frozen=True)
class Ventana:
    """Un tramo de años en las posiciones de un eje: dónde empieza, dónde acaba y qué año se rotula en cada posición."""

    desde: float
    hasta: float
    rotulos: Mapping[int, str]


def ventana(ejes: Sequence[str], primero: int, ultimo: int) -> Ventana:
    """De enero de `primero` a diciembre de `ultimo`, en las posiciones de `ejes` (de un solo tipo).

    Así dos ejes de calendario distinto quedan alineados. Un periodo va en el mes en que acaba, que es cuando se
    levanta la encuesta; un año, a su mitad, porque cuenta lo de los doce meses.
    """
    anio, mes, paso = periodos.clave_orden(ejes[0])
    origen = 12 * anio + (mes if paso < 12 else 6)
    aire = 0.02 * 12 * (ultimo + 1 - primero)
    desde, hasta = ((meses - origen) / paso for meses in (12 * primero - aire, 12 * (ultimo + 1) + aire))
    rotulos = {(12 * cual + 6 - origen) // paso: str(cual) for cual in range(primero, ultimo + 1)}
    return Ventana(desde, hasta, rotulos)


def eje(vistos: Iterable[str]) -> list[str]:
    """Los periodos del eje, en orden.

    De un solo tipo, los vistos. Si se mezclan (una encuesta trimestral y otra anual), todos los del tipo más corto,
    para que la distancia siga siendo el tiempo: cada periodo largo va donde acaba.
    """
    ordenados = sorted(set(vistos), key=periodos.clave_orden)
    if len({periodos.partes(p).tipo for p in ordenados}) < 2:
        return ordenados
    mas_corto = min(ordenados, key=lambda p: periodos.clave_orden(p)[2])
    primero, ultimo = (_en_el_tipo(p, mas_corto) for p in (ordenados[0], ordenados[-1]))
    return periodos.rango(primero, ultimo)


def posiciones(vistos: Iterable[str], ejes: Sequence[str]) -> dict[str, int]:
    """En qué lugar del eje va cada periodo: el del mes en que acaba."""
    por_fin = {_fin(periodo): k for k, periodo in enumerate(ejes)}
    return {periodo: por_fin[_fin(periodo)] for periodo in set(vistos)}


def rotulos(ejes: Sequence[str]) -> list[list[str]]:
    """Mes abreviado y, en el primer periodo de cada año (o al empezar), el año debajo; en un eje largo, sólo años."""
    if len(ejes) > EJE_LARGO:
        return [[periodo[:4]] for periodo in ejes]
    dichos = []
    for k, periodo in enumerate(ejes):
        mes, _, anio = periodos.corto(periodo).rpartition(" ")
        nuevo = k == 0 or periodos.corto(ejes[k - 1]).rpartition(" ")[2] != anio
        dichos.append([mes or anio, anio if nuevo and mes else ""])
    return dichos


def marcas(ejes: Sequence[str]) -> list[int]:
    """Dónde va una marca del eje: en cada periodo o, si son muchos, donde empieza cada año."""
    if len(ejes) <= EJE_LARGO:
        return list(range(len(ejes)))
    return [k for k, periodo in enumerate(ejes) if k == 0 or periodo[:4] != ejes[k - 1][:4]]


def rachas(lugares: Sequence[int]) -> list[tuple[int, int]]:
    """Los lugares seguidos, juntos: (primero, último)."""
    halladas: list[tuple[int, int]] = []
    for k in lugares:
        if halladas and halladas[-1][1] == k - 1:
            halladas[-1] = (halladas[-1][0], k)
        else:
            halladas.append((k, k))
    return halladas


def vacios(filas: pd.DataFrame) -> dict[str, list[str]]:
    """Los periodos del eje en que ninguna ciudad tiene cifra, por causa; las naciones no cuentan: su serie es larga.

    `filas`: lugar, periodo, estado y, si la hay, nota. La causa es un estado, `sin_cifra_propia` o `varias`.
    """
    hay_ciudades = any(lugar not in NACIONES for lugar in filas["lugar"])
    ejes = eje(filas["periodo"])
    donde = posiciones(filas["periodo"], ejes)
    por_lugar: dict[int, set[str]] = {}
    sin_hueco = filas["nota"].isna() if "nota" in filas else [False] * len(filas)
    for lugar, periodo, estado, sin_nota in zip(
        filas["lugar"], filas["periodo"], filas["estado"], sin_hueco, strict=True
    ):
        if lugar not in NACIONES or not hay_ciudades:
            causa = "sin_cifra_propia" if estado == "no_levantado" and sin_nota else estado
            por_lugar.setdefault(donde[periodo], set()).add(causa)
    hallados: dict[str, list[str]] = {}
    for k in sorted(por_lugar):
        causas = por_lugar[k]
        if "dato" not in causas:
            hallados.setdefault(next(iter(causas)) if len(causas) == 1 else "varias", []).append(ejes[k])
    return hallados


def faltas(filas: pd.DataFrame) -> list[tuple[str, str, int, int]]:
    """Lo que a una serie le falta mientras otra tiene cifra: clave, estado y de qué lugar a cuál del eje.

    `filas`: las de `lineas.completar`. Lo que falta a todas es un vacío y no sale aquí.
    """
    ejes = eje(filas["periodo"])
    vacias = {ejes.index(periodo) for suyos in vacios(filas).values() for periodo in suyos}
    return [
        (str(clave), str(estado), inicio, fin)
        for (clave, estado), suyas in filas[filas["estado"] != "dato"].groupby(["clave", "estado"], sort=False)
        for inicio, fin in rachas(sorted(set(suyas["pos"]) - vacias))
    ]


def cambios_de_serie(filas: pd.DataFrame) -> list[Ruptura]:
    """Las rupturas de tipo `cambio` que quedan entre dos periodos de la tabla, de algún indicador y lugar suyo.

    `filas`: lugar, indicador y periodo. Cada una una vez por periodo y descripción.
    """
    halladas: dict[tuple[str, str], Ruptura] = {}
    for (indicador, lugar), suyas in filas.groupby(["indicador", "lugar"], sort=False):
        fuente = catalogo.indicador(str(indicador)).fuente
        orden = sorted(map(periodos.clave_orden, suyas["periodo"]))
        for una in catalogo.rupturas():
            dentro = orden[0] < periodos.clave_orden(una.periodo) <= orden[-1]
            if dentro and una.tipo == "cambio" and una.alcanza(fuente, str(lugar), str(indicador)):
                halladas.setdefault((una.periodo, una.descripcion), una)
    return sorted(halladas.values(), key=lambda una: periodos.clave_orden(una.periodo))


def lugar_de(ruptura: Ruptura, ejes: Sequence[str]) -> int:
    """El primer lugar del eje al que alcanza una ruptura."""
    return next(k for k, periodo in enumerate(ejes) if _fin(periodo) >= _fin(ruptura.periodo))


def _fin(periodo: str) -> tuple[int, int]:
    return periodos.clave_orden(periodo)[:2]


def _en_el_tipo(periodo: str, modelo: str) -> str:
    """El periodo del tipo de `modelo` que acaba en el mismo mes."""
    anio, mes = _fin(periodo)
    base = modelo
    while _fin(base) < (anio, mes):
        base = periodos.mover(base, 1)
    while _fin(base) > (anio, mes):
        base = periodos.mover(base, -1)
    return base
