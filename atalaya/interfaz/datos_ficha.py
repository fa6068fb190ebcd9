"""Lo que lleva la ficha de un lugar: sus cifras de encuesta, sus conteos, sus cambios, su lugar y sus pares."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Any, Final

import pandas as pd

from atalaya import catalogo, periodos
from atalaya.catalogo.comparabilidad import pais_de
from atalaya.estadistica import pares, pruebas, pruebas_conteo
from atalaya.fuentes import vecindad
from atalaya.idiomas import tr
from atalaya.interfaz import conteos, datos, filtros, rastro
from atalaya.interfaz.conteos import Pedido

OMISION: Final = "MX-15058"
"""Nezahualcóyotl."""
ANIO_POBLACION: Final = 2025
ANIOS: Final = 4
"""Cuántos años de conteos se leen: el último entero de cada fuente y el de antes caen dentro."""
CONTEOS: Final = {
    "MX": (
        "homicidio_doloso",
        "feminicidio",
        "robo_de_vehiculo_automotor",
        "robo_a_transeunte_en_via_publica",
        "violencia_familiar_carpetas",
    ),
    "CL": (
        "victimas_homicidio",
        "casos_policiales_homicidios",
        "casos_policiales_robos_con_violencia_o_intimidacion",
        "casos_policiales_robo_violento_de_vehiculo_motorizado",
        "casos_policiales_violencia_intrafamiliar",
    ),
}
"""Los que van a la vista; los demás, plegados."""
SIN_INTERVALO: Final = ("cngmd",)
"""Fuentes que cuentan plazas, no hechos: un intervalo de Poisson no viene al caso (están en Proximidad)."""


@dataclass(frozen=True)
class Ficha:
    """Todo lo de un lugar.

    `encuestado`: de quién son las cifras de encuesta (su área urbana, o él mismo); vacío si no las hay. `encuesta`: la
    última cifra de cada indicador con sus cambios y, en los esenciales, `nacional_pct`, `frente_*` y su lugar;
    `registro`: el último año entero de cada delito, con su cambio.
    """

    lugar: str
    encuestado: str
    cobertura: str
    encuesta: pd.DataFrame
    registro: pd.DataFrame
    parecidos: pd.DataFrame
    esenciales: tuple[str, ...]

    @property
    def pais(self) -> str:
        """`MX` o `CL`."""
        return self.lugar[:2]

    @property
    def nombre(self) -> str:
        """«Nezahualcóyotl»."""
        return catalogo.lugar(self.lugar).nombre_corto


def lugares() -> tuple[str, ...]:
    """Los municipios y comunas con población, y las áreas urbanas de varios municipios; por nombre."""
    return _lugares(datos.version())


def nombre(clave: str) -> str:
    """El nombre con que se elige: «Benito Juárez, Quintana Roo»; «Querétaro, área urbana»."""
    uno = catalogo.lugar(clave)
    return (
        tr("{nombre_corto}, área urbana", nombre_corto=uno.nombre_corto)
        if uno.tipo == "area_urbana"
        else conteos.entero(clave)
    )


def armar(lugar: str) -> Ficha:
    """La ficha de un lugar de `lugares`, hecha una vez por versión del acervo. No se debe modificar."""
    return _armar(datos.version(), lugar)


@lru_cache(maxsize=2)
def _lugares(version: str) -> tuple[str, ...]:
    claves = [*_municipios(version)["lugar"], *(a for a in datos.areas() if conteos.territorio(a) == a)]
    return tuple(sorted(claves, key=lambda c: (c[:2] != "MX", catalogo.normalizar(nombre(c)))))


@lru_cache(maxsize=2)
def _municipios(version: str) -> pd.DataFrame:
    """Los municipios de los dos países con población, superficie, densidad y clase."""
    del version  # sólo distingue un acervo de otro
    todos = datos.correr("municipios", anio=ANIO_POBLACION)
    con_km2 = todos.assign(km2=todos["lugar"].map(vecindad.superficies()))
    return pares.con_clase(con_km2, vecindad.vecinos())


@rastro.memorizado(64)
def _armar(version: str, lugar: str) -> Ficha:
    municipios = _municipios(version)
    suyo = municipios[municipios["lugar"] == lugar]
    es_area = suyo.empty
    cobertura = "propia" if es_area else str(suyo["cobertura"].iloc[0])
    con_cifra = lugar if es_area else suyo["con_cifra"].iloc[0]
    encuestado = con_cifra if isinstance(con_cifra, str) else ""
    encuesta, esenciales = _encuesta(encuestado) if encuestado else (pd.DataFrame(), [])
    return Ficha(
        lugar,
        encuestado,
        cobertura,
        encuesta,
        pd.DataFrame() if es_area else _registro(lugar),
        pares.proponer(lugar, municipios),
        tuple(esenciales),
    )


def _encuesta(lugar: str) -> tuple[pd.DataFrame, list[str]]:
    """La última cifra de cada indicador con sus cambios; los esenciales, además, frente a la nación y con su lugar."""
    historia = datos.correr("ficha", lugares=[lugar, lugar[:2]])
    suyas = historia[historia["lugar"] == lugar]
    if suyas.empty:
        return pd.DataFrame(), []
    del_catalogo = {clave: k for k, clave in enumerate(catalogo.indicadores())}
    en_tiempo = suyas.assign(
        cuando=suyas["periodo"].map(periodos.clave_orden), orden=suyas["indicador"].map(del_catalogo)
    )
    ultimas = en_tiempo.sort_values(["orden", "cuando"]).drop_duplicates("indicador", keep="last")
    ultimas = ultimas.drop(columns=["cuando", "orden"]).reset_index(drop=True)
    presentes = list(ultimas["indicador"])
    # Los de Chile son pocos: van todos a la vista.
    esenciales = [c for c in filtros.BASICOS if c in presentes] if lugar[:2] == datos.NACIONAL else presentes
    ultimas = pruebas.con_cambios(ultimas, pruebas.cambios(suyas))
    a_la_vista = ultimas[ultimas["indicador"].isin(esenciales)]
    nacionales = historia[historia["lugar"] == lugar[:2]].merge(a_la_vista[["indicador", "periodo"]])
    ultimas = ultimas.merge(_frente(a_la_vista, nacionales), how="left", on="indicador")
    return (_con_lugar(ultimas, esenciales) if lugar in datos.areas() else ultimas), esenciales


def _frente(ultimas: pd.DataFrame, nacionales: pd.DataFrame) -> pd.DataFrame:
    """Por indicador: `nacional_pct`, `frente_diferencia`, `frente_margen` y `frente_veredicto`."""
    filas: list[dict[str, Any]] = []
    for clave, nacional in nacionales.groupby("indicador", sort=False):
        suya = ultimas[ultimas["indicador"] == clave]
        prueba = pruebas.frente_al_foco(pd.concat([suya, nacional]), suya["lugar"].iloc[0])
        una = prueba.iloc[0]
        filas.append(
            {
                "indicador": clave,
                "nacional_pct": nacional["valor_pct"].iloc[0],
                "frente_diferencia": una["diferencia"],
                "frente_margen": una["margen"],
                "frente_veredicto": una["veredicto"],
            }
        )
    columnas = ["indicador", "nacional_pct", "frente_diferencia", "frente_margen", "frente_veredicto"]
    return pd.DataFrame(filas, columns=columnas)


def _con_lugar(encuesta: pd.DataFrame, esenciales: list[str]) -> pd.DataFrame:
    """Con `posicion`, `lugares_con_cifra`, `renglones`, `rango_inf` y `rango_sup` de los esenciales."""
    columnas = ["indicador", "posicion", "lugares_con_cifra", "renglones", "rango_inf", "rango_sup"]
    partes = []
    for fila in encuesta[encuesta["indicador"].isin(esenciales)].to_dict("records"):
        pedido: Mapping[str, str] = {c: fila[c] for c in ("indicador", "periodo")}
        lista = datos.correr("clasificar", **pedido, entre="ciudades", desglose="total")
        con_rangos = datos.recordar(lista, "rangos", partial(pruebas.con_rangos, lista))
        partes.append(con_rangos.loc[con_rangos["lugar"] == fila["lugar"], columnas])
    return encuesta.merge(pd.concat(partes), how="left", on="indicador") if partes else encuesta


def _registro(lugar: str) -> pd.DataFrame:
    """El último año entero con tasa de cada delito y su cambio desde el año anterior."""
    claves = tuple(
        clave
        for clave, tipos in conteos.disponibles().items()
        if conteos.ANIO in tipos
        and pais_de(clave) == lugar[:2]
        and catalogo.indicador(clave).fuente not in SIN_INTERVALO
    )
    if not claves:
        return pd.DataFrame()
    hasta = max(conteos.disponibles()[clave][conteos.ANIO][1] for clave in claves)
    desde = str(int(hasta) - ANIOS + 1)
    pedido = Pedido(claves, (lugar,), conteos.ANIO, desde, hasta, "tasa", desde, "proyeccion")
    tabla = conteos.tabla(pedido)
    enteras = tabla[(tabla["estado"] == "dato") & (tabla["meses"] == 12)]
    ultimas = enteras.sort_values("periodo").drop_duplicates("indicador", keep="last")
    # La base vacía deja sólo la prueba contra el año anterior.
    cambios = pruebas_conteo.cambios(tabla, "")
    # Sin casos el año anterior el cambio es infinito: no hay contra qué medirlo.
    medidas = ["cambio_pct", "cambio_inf", "cambio_sup", "p"]
    cambios[medidas] = cambios[medidas].mask(cambios["casos_desde"] == 0)
    quedan = [
        "indicador",
        "periodo",
        "desde",
        "casos_desde",
        "cambio_pct",
        "cambio_inf",
        "cambio_sup",
        "p",
        "veredicto",
    ]
    en_orden = {clave: k for k, clave in enumerate([*CONTEOS[lugar[:2]], *claves][::-1])}
    juntas = ultimas.merge(cambios[quedan], how="left", on=["indicador", "periodo"])
    return juntas.sort_values("indicador", key=lambda s: -s.map(en_orden), ignore_index=True)
