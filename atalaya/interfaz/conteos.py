"""Los conteos que piden las páginas: qué delitos, lugares y periodos hay, y las tasas de lo pedido."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pandas as pd

from atalaya import catalogo, periodos
from atalaya.catalogo.comparabilidad import pais_de
from atalaya.catalogo.registros import Proyeccion, proyecciones
from atalaya.errores import ErrorCatalogo
from atalaya.estadistica.conteos import con_tasas
from atalaya.idiomas import tr
from atalaya.interfaz import datos

ANIO: Final = "anio"
MES: Final = "mes"
TEMAS_DE_DELITOS: Final = ("incidencia_mx", "incidencia_cl")
TIPOS_LUGAR: Final = ("pais", "entidad", "municipio")


@dataclass(frozen=True)
class Pedido:
    """Lo elegido en la página: de qué, dónde, cuándo y cómo se mide."""

    indicadores: tuple[str, ...]
    lugares: tuple[str, ...]
    por: str  # anio o mes
    desde: str
    hasta: str
    medida: str  # tasa, casos o indice
    base: str  # año contra el que se mide el cambio
    denominador: str  # proyeccion o censo

    def lugares_de(self, indicador: str) -> tuple[str, ...]:
        """Los lugares del país cuya fuente cuenta ese indicador, en el orden elegido."""
        return tuple(lugar for lugar in self.lugares if lugar[:2] == pais_de(indicador))

    @property
    def periodos(self) -> list[str]:
        """Todos los del intervalo, haya cifra o no."""
        return periodos.rango(self.desde, self.hasta)


def disponibles() -> Mapping[str, Mapping[str, tuple[str, str]]]:
    """De cada indicador con conteos, en el orden del catálogo, su primer y último `anio` y `mes`."""
    return _disponibles(datos.version())


def delitos() -> list[str]:
    """Los indicadores con conteos que son hechos en un tiempo: los policías se cuentan, pero no ocurren."""
    return [clave for clave in disponibles() if catalogo.indicador(clave).tema in TEMAS_DE_DELITOS]


def lugares(indicadores: Sequence[str]) -> tuple[str, ...]:
    """Los lugares con conteos de alguno de esos indicadores: países, entidades y municipios, cada grupo por nombre."""
    return _lugares(datos.version(), tuple(indicadores))


def alcance(indicadores: Sequence[str], lugares_: Sequence[str], por: str) -> tuple[str, str] | None:
    """El primer y el último `anio` o `mes` con casos de esos indicadores en esos lugares; None si no hay ninguno."""
    filas = datos.correr("conteos_alcance", indicadores=list(indicadores), lugares=list(lugares_))
    suyas = filas[filas["tipo"] == por]
    return (str(suyas["desde"].iloc[0]), str(suyas["hasta"].iloc[0])) if len(suyas) else None


def tabla(pedido: Pedido, cuando: Sequence[str] | None = None) -> pd.DataFrame:
    """Las filas de `mostrar/conteos` de lo pedido, con tasa y `nombre`; cada indicador, en los lugares de su país.

    `cuando`: otros periodos que los del intervalo. No se debe modificar.
    """
    por_lugares: dict[tuple[str, ...], list[str]] = {}
    for clave in pedido.indicadores:
        if suyos := pedido.lugares_de(clave):
            por_lugares.setdefault(suyos, []).append(clave)
    partes = [
        datos.correr_con(
            con_tasas,
            "conteos",
            indicadores=claves,
            lugares=list(suyos),
            periodos=list(cuando or pedido.periodos),
            desgloses=["total"],
            denominador=pedido.denominador,
        )
        for suyos, claves in por_lugares.items()
    ]
    if not partes:
        return pd.DataFrame()
    return datos.recordar(partes[0], ("conteos", pedido, tuple(cuando or ())), lambda: _juntas(partes, pedido))


def proyeccion(clave: str) -> Proyeccion:
    """De qué población son las tasas."""
    return proyecciones()[clave]


def nombres(claves: Sequence[str]) -> dict[str, str]:
    """Cómo se llama cada lugar en una figura: el nombre corto; si otro elegido se llama igual, con su entidad."""
    cortos = [nombre(clave) for clave in claves]
    return {
        clave: entero(clave) if cortos.count(corto) > 1 else corto for clave, corto in zip(claves, cortos, strict=True)
    }


def nombre(clave: str) -> str:
    """«Nezahualcóyotl»; un país, «México (nacional)»."""
    return datos.nombre_entero(clave) if clave in datos.PAISES else catalogo.lugar(clave).nombre_corto


def entero(clave: str) -> str:
    """El nombre con que se busca entre miles: «Benito Juárez, Quintana Roo», «Querétaro (entidad)»."""
    uno = catalogo.lugar(clave)
    if uno.tipo == "pais":
        return nombre(clave)
    if uno.tipo == "entidad":
        return f"{uno.nombre_corto} ({tr('región') if clave.startswith('CL') else tr('entidad')})"
    return f"{uno.nombre_corto}, {catalogo.lugar(uno.entidad).nombre_corto}"


def territorio(clave: str) -> str:
    """El lugar con conteos de una clave de la URL (MX-CD28 es MX-15058); si no lo hay, la misma clave."""
    try:
        return catalogo.territorio_de(clave).lugar
    except ErrorCatalogo:
        return clave


def _juntas(partes: list[pd.DataFrame], pedido: Pedido) -> pd.DataFrame:
    orden = {clave: k for k, clave in enumerate(pedido.indicadores)}
    juntas = pd.concat(partes, ignore_index=True) if len(partes) > 1 else partes[0]
    juntas = juntas.sort_values("indicador", key=lambda s: s.map(orden), kind="stable", ignore_index=True)
    return juntas.assign(nombre=juntas["lugar"].map(nombres(pedido.lugares)))


@lru_cache(maxsize=2)
def _disponibles(version: str) -> dict[str, dict[str, tuple[str, str]]]:
    del version  # sólo distingue un acervo de otro en la clave de la memoria
    filas = datos.correr("conteos_disponibles")
    hay: dict[str, dict[str, tuple[str, str]]] = {}
    for clave, tipo, desde, hasta in zip(
        filas["indicador"], filas["tipo"], filas["desde"], filas["hasta"], strict=True
    ):
        hay.setdefault(clave, {})[tipo] = (desde, hasta)
    return {clave: hay[clave] for clave in catalogo.indicadores() if clave in hay}


@lru_cache(maxsize=64)
def _lugares(version: str, indicadores: tuple[str, ...]) -> tuple[str, ...]:
    del version  # ídem
    claves = datos.correr("conteos_lugares", indicadores=list(indicadores))["lugar"]
    tipos = {clave: catalogo.lugar(clave).tipo for clave in claves}
    elegibles = [clave for clave in claves if tipos[clave] in TIPOS_LUGAR]
    return tuple(sorted(elegibles, key=lambda c: (TIPOS_LUGAR.index(tipos[c]), catalogo.normalizar(entero(c)))))
