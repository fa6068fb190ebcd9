"""Los filtros de lo que se cuenta: delitos, lugares, por mes o por año, medida, año base y denominador."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import streamlit as st

from atalaya import catalogo, periodos
from atalaya.idiomas import Rotulos, tr
from atalaya.interfaz import conteos, filtros
from atalaya.interfaz.conteos import ANIO, MES, Pedido
from atalaya.interfaz.enlace import Enlace

LUGARES: Final = ("MX-15058", "CL-13122")
"""Nezahualcóyotl y Peñalolén."""
HOMICIDIO: Final = "homicidio_doloso"
VICTIMAS: Final = "spd"
"""Con qué abre la página: las carpetas de homicidio doloso en México y las víctimas de homicidio en Chile."""
POR: Final = Rotulos({ANIO: "Por año", MES: "Por mes"})
MEDIDAS: Final = Rotulos({"tasa": "Tasa por 100 mil", "casos": "Casos", "indice": "Cambio desde un año"})
DENOMINADORES: Final = Rotulos({"proyeccion": "Proyección", "censo": "Censo 2024"})
BASE: Final = "2019"
ANIOS: Final = 11
MESES: Final = 36
"""Cuántos periodos se ven de entrada."""
MAXIMO: Final = 8
MAXIMO_DELITOS: Final = 4


def pedir(enlace: Enlace) -> Pedido:
    """Todos los filtros de la página, con lo elegido en la URL."""
    hay = conteos.delitos()
    indicadores = filtros.indicadores(enlace, _omision(), MAXIMO_DELITOS, de_conteo=hay)
    vistos = indicadores or hay
    columnas = st.columns([6, 2])
    with columnas[0]:
        lugares = _lugares(enlace, vistos)
    with columnas[1]:
        por = _por(enlace, vistos)
    columnas = st.columns([3, 3, 6, 4])
    desde, hasta = _intervalo(enlace, columnas[:2], vistos, lugares, por)
    with columnas[2]:
        medida = filtros.opcion(enlace, "medida", tr("Medida"), MEDIDAS, "tasa")
    with columnas[3]:
        base = _base(enlace, vistos) if medida == "indice" else _anio_base(_anios(vistos), desde, hasta)
        denominador = _denominador(enlace, lugares) if medida != "casos" else "proyeccion"
    return Pedido(tuple(indicadores), tuple(lugares), por, desde, hasta, medida, base, denominador)


def _omision() -> list[str]:
    """El homicidio de cada país; si no lo hay, el primer delito con conteos."""
    hay = conteos.delitos()
    victimas = [clave for clave in hay if catalogo.indicador(clave).fuente == VICTIMAS]
    return [clave for clave in (HOMICIDIO, *victimas[:1]) if clave in hay] or hay[:1]


def _lugares(enlace: Enlace, indicadores: Sequence[str]) -> list[str]:
    opciones = conteos.lugares(indicadores)
    omision: list[str] = [clave for clave in LUGARES if clave in opciones] or [*opciones[:1]]
    enlace.preparar("lugar", opciones, omision, varios=True, traducir=conteos.territorio, maximo=MAXIMO)
    ayuda = tr("Municipios, comunas, estados, regiones o países. El primero es con el que se comparan los demás.")
    return filtros.varios(
        enlace, "lugar", tr("Lugares"), opciones, conteos.entero, MAXIMO, tr("Escriba el nombre de un lugar"), ayuda
    )


def _por(enlace: Enlace, indicadores: Sequence[str]) -> str:
    """Por año o por mes; los meses, sólo si alguno de los delitos se publica así."""
    tipos = {tipo for clave in indicadores for tipo in conteos.disponibles()[clave]}
    return filtros.opcion(enlace, "por", tr("Cada punto"), {t: POR[t] for t in POR if t in tipos}, ANIO)


def _intervalo(
    enlace: Enlace,
    columnas: Sequence[st.delta_generator.DeltaGenerator],
    indicadores: Sequence[str],
    lugares: Sequence[str],
    por: str,
) -> tuple[str, str]:
    """De entrada, lo último de los lugares elegidos; se puede pedir todo lo que hay de esos delitos en cualquiera."""
    opciones = _periodos(indicadores, por)
    desde, hasta = conteos.alcance(indicadores, lugares, por) or (opciones[0], opciones[-1])
    de_entrada = periodos.rango(desde, hasta)[-(ANIOS if por == ANIO else MESES) :]
    return filtros.desde_hasta(enlace, columnas, opciones[::-1], (de_entrada[0], hasta))


def _periodos(indicadores: Sequence[str], por: str) -> list[str]:
    extremos = [hay[por] for clave in indicadores if por in (hay := conteos.disponibles()[clave])]
    return periodos.rango(min(desde for desde, _ in extremos), max(hasta for _, hasta in extremos))


def _anios(indicadores: Sequence[str]) -> list[str]:
    """Los años en que puede haber base: los de las series por año o, si sólo van por mes, los de sus meses."""
    con_anio = [clave for clave in indicadores if ANIO in conteos.disponibles()[clave]]
    return _periodos(con_anio, ANIO) if con_anio else sorted({p[:4] for p in _periodos(indicadores, MES)})


def _anio_base(anios: Sequence[str], desde: str, hasta: str) -> str:
    """2019, el último año antes de la pandemia, si está a la vista; si no, el primero que se ve."""
    vistos = [anio for anio in anios if desde[:4] <= anio <= hasta[:4]]
    return BASE if BASE in vistos or not vistos else vistos[0]


def _base(enlace: Enlace, indicadores: Sequence[str]) -> str:
    anios = _anios(indicadores)
    return filtros.de_lista(enlace, "base", tr("Año base"), anios[::-1], BASE)


def _denominador(enlace: Enlace, lugares: Sequence[str]) -> str:
    """Con qué población se hacen las tasas de Chile; en México no hay más que una."""
    if not any(lugar.startswith("CL") for lugar in lugares):
        return "proyeccion"
    return filtros.opcion(enlace, "denominador", tr("Población de Chile"), DENOMINADORES, "proyeccion")
