"""Los filtros de percepción y registro: un lugar, qué dice su gente, qué se registra ahí y en qué años."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import streamlit as st

from atalaya import catalogo
from atalaya.catalogo.comparabilidad import pais_de
from atalaya.idiomas import tr
from atalaya.interfaz import conteos, datos, filtros, precision
from atalaya.interfaz.conteos import ANIO, MES
from atalaya.interfaz.enlace import Enlace, tocar
from atalaya.interfaz.filtros_conteo import POR

MAXIMO: Final = 2
"""Cuántas series de cada lado: con más, los cuadros ya no se ven a la vez."""
MUNICIPIOS: Final = 6
DICE: Final = {
    "MX": (
        *("inseguridad_ciudad", "hogares_victimas", "inseguridad_calle", "inseguridad_transporte_publico"),
        *("expectativa_empeorara", "hogares_victimas_robo"),
    ),
    "CL": (
        *("victimizacion_hogar", "percepcion_aumento_delincuencia_pais", "inseguridad_barrio_noche"),
        *("victimizacion_personal", "victimizacion_hogar_violenta", "victimizacion_hogar_dmcs"),
    ),
}
"""Percepción y victimización de cada país, primero lo que se ve de entrada."""
REGISTRA: Final = ("homicidio_doloso", "robo_a_transeunte_en_via_publica", "casos_policiales", "victimas_homicidio")
"""Lo que se ve de entrada, de cada país lo suyo; se puede elegir todo lo que se cuenta."""


@dataclass(frozen=True)
class Pedido:
    """Lo elegido. `por`: el registro, por `anio` o por `mes`; `desde` y `hasta`, años."""

    lugar: str
    dice: tuple[str, ...]
    registra: tuple[str, ...]
    por: str
    desde: str
    hasta: str
    regla: str

    @property
    def municipios(self) -> tuple[str, ...]:
        """Los que forman el área, o la propia comuna."""
        return catalogo.municipios_de(self.lugar)

    @property
    def de_encuesta(self) -> tuple[str, ...]:
        """El lugar y, en Chile, su región: de la comuna casi no hay cifras."""
        return lugares_de(self.lugar)

    def de_registro(self, por: str) -> conteos.Pedido:
        """Los conteos del lugar, municipio por municipio, y los de su país si los hay."""
        pais = self.lugar[:2]
        suyos = (*self.municipios[:MUNICIPIOS], *([pais] if pais in conteos.lugares(self.registra) else []))
        desde, hasta = (self.desde, self.hasta) if por == ANIO else (f"{self.desde}-01", f"{self.hasta}-12")
        return conteos.Pedido(self.registra, suyos, por, desde, hasta, "tasa", self.desde, "proyeccion")


def pedir(enlace: Enlace) -> Pedido:
    """Todos los filtros de la página, con lo elegido en la URL."""
    columnas = st.columns([3, 4, 4])
    with columnas[0]:
        lugar = _lugar(enlace)
    hay = datos.disponibles(por_area=False, frontera=True)
    with columnas[1]:
        dicen = [clave for clave in DICE[lugar[:2]] if clave in hay]
        dice = _varios(enlace, "dice", tr("Lo que la gente dice"), dicen, dicen[:MAXIMO])
    with columnas[2]:
        cuentan = contados(lugar[:2])
        de_entrada = [clave for clave in REGISTRA if clave in cuentan] or cuentan
        registra = _varios(enlace, "registra", tr("Lo que se registra"), cuentan, de_entrada[:MAXIMO])
    columnas = st.columns([2, 2, 3, 4])
    anios = _anios(lugar, dice, registra)
    desde, hasta = filtros.desde_hasta(enlace, columnas[:2], anios, (_primero(lugar, dice, anios), anios[0]))
    with columnas[2]:
        por = _por(enlace, registra)
    with columnas[3]:
        regla = precision.elegir(enlace)
    return Pedido(lugar, tuple(dice), tuple(registra), por, desde, hasta, regla)


def contados(pais: str) -> list[str]:
    """Los delitos con conteos de un país."""
    return [clave for clave in conteos.delitos() if pais_de(clave) == pais]


def lugares_de(lugar: str) -> tuple[str, ...]:
    """De qué lugares se piden las cifras de la encuesta."""
    return (lugar, catalogo.lugar(lugar).entidad) if lugar.startswith("CL") else (lugar,)


def _lugar(enlace: Enlace) -> str:
    """Un área urbana de México o una comuna de Chile; la URL admite también el municipio (`MX-15058`)."""
    comunas = {c for c in datos.lugares() if c.startswith("CL") and catalogo.lugar(c).tipo == "municipio"}
    comunas |= {c for c in conteos.lugares(contados("CL")) if catalogo.lugar(c).tipo == "municipio"}
    orden = sorted(comunas, key=lambda c: catalogo.normalizar(datos.nombre(c)))
    opciones = [*datos.areas(), *orden]
    omision = datos.FOCO if datos.FOCO in opciones else opciones[0]
    enlace.preparar("lugar", opciones, [omision], traducir=filtros.area)
    elegido = st.selectbox(
        tr("Ciudad o comuna"),
        opciones,
        format_func=datos.nombre_entero,
        key="lugar",
        filter_mode=filtros.BUSCAR,
        on_change=tocar,
    )
    enlace.anotar("lugar", [elegido])
    return str(elegido)


def _varios(enlace: Enlace, clave: str, rotulo: str, opciones: Sequence[str], omision: Sequence[str]) -> list[str]:
    enlace.preparar(clave, opciones, omision, varios=True, maximo=MAXIMO)
    que = tr("Elija") if opciones else tr("El acervo no trae ninguno")
    ayuda = tr("Cada serie va en su cuadro y en su eje.")
    return filtros.varios(enlace, clave, rotulo, opciones, filtros.nombre_indicador, MAXIMO, que, ayuda)


def _por(enlace: Enlace, registra: Sequence[str]) -> str:
    """El registro por año o, si alguno se publica así, por mes."""
    tipos: set[Any] = {tipo for clave in registra for tipo in conteos.disponibles()[clave]} | {ANIO}
    return filtros.opcion(enlace, "por", tr("El registro"), {t: POR[t] for t in (ANIO, MES) if t in tipos}, ANIO)


def _anios(lugar: str, dice: Sequence[str], registra: Sequence[str]) -> list[str]:
    """Los años en que hay algo de lo elegido, del más reciente al más antiguo."""
    dichos = [p[:4] for clave in dice for p in datos.periodos_con_cifra(clave, (*lugares_de(lugar), lugar[:2]))]
    contados_ = [extremo[:4] for clave in registra for de in conteos.disponibles()[clave].values() for extremo in de]
    vistos = [int(anio) for anio in [*dichos, *contados_]] or [int(datos.ultimo()[:4])]
    return [str(anio) for anio in range(max(vistos), min(vistos) - 1, -1)]


def _primero(lugar: str, dice: Sequence[str], anios: Sequence[str]) -> str:
    """De entrada se ve desde el primer año en que la encuesta da cifra del lugar, o desde hace diez."""
    suyos = [p[:4] for clave in dice for p in datos.periodos_con_cifra(clave, lugares_de(lugar))]
    return max(min(suyos, default=anios[-1]), anios[min(10, len(anios) - 1)])
