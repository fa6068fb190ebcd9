"""Lo que el mapa enseña: por nivel, qué indicadores y periodos hay, sus lugares, su escala y su tabla.

Una tabla de mapa tiene siempre `lugar`, `nombre`, `valor` (por ciento o tasa), `ic_inf`, `ic_sup` y `estado`, venga de
una encuesta (y entonces trae las columnas de `estimacion_con_error`) o de un registro (las de `mostrar/conteos`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

import numpy as np
import pandas as pd

from atalaya import catalogo, periodos
from atalaya.errores import ErrorCatalogo
from atalaya.estadistica.tasas import tasas
from atalaya.figuras import escala as escalas
from atalaya.figuras.escala import Escala
from atalaya.fuentes.mapas import NIVELES
from atalaya.idiomas import Rotulos
from atalaya.interfaz import datos

NOMBRES: Final = Rotulos(
    {
        "areas": "México: áreas urbanas",
        "municipios": "México: municipios",
        "entidades": "México: entidades",
        "comunas": "Chile: comunas",
        "regiones": "Chile: regiones",
    }
)
FOCO: Final = {
    "areas": datos.FOCO,
    "municipios": "MX-15058",
    "entidades": "MX-15",
    "comunas": "CL-13122",
    "regiones": "CL-13",
}
"""Nezahualcóyotl y Peñalolén, o donde están."""
_LARGO: Final = {"municipios": 8, "entidades": 5, "comunas": 8, "regiones": 5}


def niveles() -> dict[str, str]:
    """Los niveles con algún indicador en el acervo, de clave a rótulo."""
    return {clave: rotulo for clave, rotulo in NOMBRES.items() if disponibles(clave)}


def disponibles(nivel: str) -> Mapping[str, tuple[str, ...]]:
    """Periodos con cifra, del más antiguo al más reciente, por indicador en el orden del catálogo."""
    return _disponibles(datos.version(), nivel)


def sirve(nivel: str, indicador: str, lugar: str) -> bool:
    """Si el nivel tiene ese indicador y ese lugar; vacío, cualquiera."""
    return (not indicador or indicador in disponibles(nivel)) and (not lugar or llevar(lugar, nivel) in lugares(nivel))


def lugares(nivel: str) -> tuple[str, ...]:
    """Los lugares que se pueden marcar, por nombre."""
    return _lugares(datos.version(), nivel)


def nombre(lugar: str) -> str:
    """El nombre corto; de un municipio, con su entidad, porque se repiten."""
    corto = datos.nombre(lugar)
    if len(lugar) == 8 and lugar.startswith("MX-") and catalogo.lugar(lugar).tipo == "municipio":
        return f"{corto}, {datos.nombre(lugar[:5])}"
    return corto


def llevar(lugar: str, nivel: str) -> str:
    """El lugar del nivel que corresponde a otro: de Nezahualcóyotl área, el municipio o el Estado de México."""
    if nivel == "areas":
        try:
            return catalogo.area_de(lugar).lugar
        except ErrorCatalogo:
            return lugar
    if lugar in catalogo.lugares() and catalogo.lugar(lugar).tipo == "area_urbana":
        suyo = catalogo.lugar(lugar)
        lugar = suyo.municipio_unico or suyo.entidad or lugar
    return lugar[:5] if _LARGO[nivel] == 5 else lugar


def tabla(nivel: str, indicador: str, periodo: str) -> pd.DataFrame:
    """Una fila por lugar del nivel. No se debe modificar."""
    pais, largo = NIVELES[nivel].pais, _LARGO.get(nivel, 0)
    if catalogo.indicador(indicador).es_conteo:
        pedidos = {"indicadores": [indicador], "periodos": [periodo], "desgloses": ["total"]}
        contada = datos.correr("conteos", lugares=lugares(nivel), denominador="proyeccion", **pedidos)
        return datos.recordar(contada, "mapa", lambda: con_tasa(contada))
    if nivel == "areas":
        cruda = datos.correr("mapa", indicador=indicador, periodo=periodo, desglose="total")
    else:
        donde = {"pais": pais, "largo": largo}
        cruda = datos.correr("mapa_encuesta", indicador=indicador, periodo=periodo, desglose="total", **donde)
    return datos.recordar(cruda, "mapa", lambda: cruda.assign(valor=cruda["valor_pct"]))


def escala(nivel: str, indicador: str, periodo: str) -> Escala:
    """Las clases del indicador en ese nivel: las mismas en todos los periodos del tipo del pedido."""
    return _escala(datos.version(), nivel, indicador, periodos.partes(periodo).tipo)


def con_tasa(contada: pd.DataFrame) -> pd.DataFrame:
    """Las filas de `mostrar/conteos` con su tasa, su intervalo y, si falta la población, el estado que lo dice."""
    casos, personas, meses = (contada[c].to_numpy(dtype="float64") for c in ("casos", "poblacion", "meses"))
    nuevas = tasas(casos, personas, meses)
    sin_poblacion = (contada["estado"] == "dato") & ~np.isfinite(nuevas["tasa_100k"])
    return contada.assign(
        **nuevas,
        nivel_confianza=95.0,
        valor=nuevas["tasa_100k"],
        ic_inf=nuevas["tasa_inf"],
        ic_sup=nuevas["tasa_sup"],
        estado=contada["estado"].mask(sin_poblacion, "sin_denominador"),
    )


@lru_cache(maxsize=16)
def _disponibles(version: str, nivel: str) -> dict[str, tuple[str, ...]]:
    todo = datos.correr("mapa_disponible")
    por_indicador = {str(k): list(v) for k, v in todo[todo["nivel"] == nivel].groupby("indicador")["periodo"]}
    return {
        clave: tuple(sorted(por_indicador[clave], key=periodos.clave_orden))
        for clave in catalogo.indicadores()
        if clave in por_indicador
    }


@lru_cache(maxsize=16)
def _lugares(version: str, nivel: str) -> tuple[str, ...]:
    if nivel == "areas":
        return datos.areas()
    tipo, pais = ("entidad" if _LARGO[nivel] == 5 else "municipio"), NIVELES[nivel].pais
    propios = {clave for clave, uno in catalogo.lugares().items() if uno.tipo == tipo and clave.startswith(pais)}
    if nivel == "municipios":  # el que además es área de la encuesta sale del catálogo como área
        propios |= {
            clave
            for clave, uno in catalogo.lugares().items()
            if re.fullmatch(r"MX-\d{5}", clave) and uno.tipo != "no_identificado"  # no tiene territorio que pintar
        }
    return tuple(sorted(propios, key=lambda clave: catalogo.normalizar(nombre(clave))))


@lru_cache(maxsize=256)
def _escala(version: str, nivel: str, indicador: str, tipo: str) -> Escala:
    sentido = catalogo.indicador(indicador).sentido
    if catalogo.indicador(indicador).es_conteo:
        largo_periodo = 4 if tipo == "anio" else 7
        [quintiles] = datos.correr(
            "mapa_cortes",
            indicador=indicador,
            pais=NIVELES[nivel].pais,
            largo=_LARGO[nivel],
            largo_periodo=largo_periodo,
        )["quintiles"]
        return escalas.de_tasas([] if quintiles is None else list(quintiles), sentido)
    todo = datos.correr("mapa_disponible")
    suyas = todo[(todo["nivel"] == nivel) & (todo["indicador"] == indicador)]
    suyas = suyas[[periodos.partes(p).tipo == tipo for p in suyas["periodo"]]]
    return escalas.de_porcentajes(suyas["minimo"].min(), suyas["maximo"].max(), sentido)
