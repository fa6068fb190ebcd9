"""Lo que las páginas consultan. Se guarda por clave y por versión del acervo: publicar una nueva lo renueva solo.

El motor va en `cache_resource`; lo demás, en `lru_cache`, que no copia y acierta en menos de un microsegundo
(`cache_data` tarda milisegundos). Por eso nadie modifica las tablas que recibe.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache
from typing import Any, Final, TypeVar

import pandas as pd
import pyarrow as pa
import streamlit as st

from atalaya import catalogo, motor, periodos
from atalaya.acervo import Acervo, raiz_por_omision
from atalaya.fuentes import mapas
from atalaya.idiomas import Rotulos, actual, en_su_idioma, tr
from atalaya.interfaz import rastro
from atalaya.seguimiento import guardadas

T = TypeVar("T")
NACIONAL = "MX"
FOCO = "MX-CD28"  # Nezahualcóyotl
PAR = "CL-13122"  # Peñalolén, el municipio con que se intercambia
PAISES: Final = Rotulos({"MX": "México", "CL": "Chile"})
EVOLUCION = (FOCO, "MX-CD27", "MX-CD91", "MX-CD90")
"""Nezahualcóyotl, Ecatepec, Chimalhuacán y Atizapán: pocas, para que las líneas se distingan."""


_local = threading.local()


def fijar(version_: str) -> None:
    """De qué versión del acervo salen las cifras en esta corrida; vacía, de la vigente."""
    # Va por hilo, y cada corrida de una página es de uno: dos visitas pueden mirar versiones distintas a la vez.
    _local.fijada = version_


def version() -> str:
    """La versión del acervo que se está viendo; lanza ErrorAcervo si no hay acervo o no está esa versión."""
    return _motor_en_uso().version


def vigente() -> str:
    """La versión más nueva, se esté viendo o no."""
    return _motor_vigente().version


def en_su_version(hacer: Callable[[], T]) -> Callable[[], T]:
    """Para lo que corre después y en otro hilo (una descarga): con la versión y en el idioma que se ven ahora."""
    en_idioma = en_su_idioma(hacer)
    fijada = getattr(_local, "fijada", "")

    def hacerlo() -> T:
        antes = getattr(_local, "fijada", "")
        fijar(fijada)
        try:
            return en_idioma()
        finally:
            fijar(antes)

    return hacerlo


def acervo() -> Acervo:
    """El acervo que se está viendo, con su manifiesto."""
    abierto = _motor_en_uso().acervo
    assert abierto is not None  # noqa: S101 - el motor de las páginas siempre se abre sobre un acervo
    return abierto


def correr(consulta: str, **parametros: Any) -> pd.DataFrame:
    """La tabla de `consultas/mostrar/<consulta>.sql`, con `nombre` (corto) si trae lugar. No se debe modificar."""
    return correr_con(_tal_cual, consulta, **parametros)


def correr_con(paso: Callable[[pa.Table], pa.Table], consulta: str, **parametros: Any) -> pd.DataFrame:
    """Como `correr`, con la tabla de Arrow pasada antes por `paso` (una función de módulo: es parte de la clave)."""
    rastro.anotar(f"mostrar/{consulta}", parametros)
    return _correr(_edicion(), consulta, _en_tuplas(parametros), paso)


def correr_aparte(consulta: str, tablas: Mapping[str, pa.Table], **parametros: Any) -> pd.DataFrame:
    """Como `correr_tal_cual`, con tablas que sólo ve quien llama (tapan a las del mismo nombre). No se guarda."""
    rastro.anotar(f"mostrar/{consulta}", parametros)
    return _en_pandas(_motor_en_uso().correr_con(f"mostrar/{consulta}", tablas, **parametros))


def correr_tal_cual(consulta: str, **parametros: Any) -> pd.DataFrame:
    """Como `correr`, sin ponerle nombre al lugar: para las tablas en que `nombre` es el de otra cosa."""
    rastro.anotar(f"mostrar/{consulta}", parametros)
    return _correr(_edicion(), consulta, _en_tuplas(parametros), _tal_cual, nombrar=False)


def recordar(tabla: pd.DataFrame, clave: Hashable, hacer: Callable[[], T]) -> T:
    """Lo que sale de una tabla ya consultada, hecho una vez por clave e idioma; se olvida con ella. No se modifica.

    La tabla que devuelve `correr` es la misma para los mismos parámetros y versión: la clave sólo lleva lo demás (el
    orden de las ciudades, el modo claro u oscuro…).
    """
    memoria: dict[Hashable, Any] = tabla.__dict__.setdefault("_recuerdos", {})
    en_idioma = (actual(), clave)
    if en_idioma not in memoria:
        memoria[en_idioma] = hacer()
    return memoria[en_idioma]


def nombre(lugar: str) -> str:
    """El nombre corto de un lugar; el de la nación es «Nacional»."""
    return tr("Nacional") if lugar == NACIONAL else catalogo.lugar(lugar).nombre_corto


def nombre_entero(lugar: str) -> str:
    """El nombre corto que se entiende entre países: «México (nacional)», «Peñalolén (Chile)», «Nezahualcóyotl»."""
    if lugar in PAISES:
        return tr("{paises} (nacional)", paises=PAISES[lugar])
    return nombre(lugar) if lugar.startswith(NACIONAL) else f"{nombre(lugar)} ({PAISES[lugar[:2]]})"


def disponibles(por_area: bool = True, frontera: bool = False) -> Mapping[str, tuple[str, ...]]:
    """Periodos con cifra, del más reciente al más antiguo, por indicador en el orden del catálogo.

    `por_area`: sólo los que tienen cifra de alguna área urbana; si no, también los que sólo tienen la nacional, cuyas
    series son más largas. `frontera`: también los que la tienen de alguna comuna o región de Chile.
    """
    return _disponibles(version(), por_area, frontera)


def areas() -> tuple[str, ...]:
    """Las áreas urbanas que el acervo trae, por nombre."""
    return _areas(version())


def lugares() -> tuple[str, ...]:
    """Todo lugar con cifra de encuesta, de los dos países: áreas urbanas, comunas, regiones y, al final, los países."""
    return _lugares(version())


def periodos_con_cifra(indicador: str, lugares: tuple[str, ...]) -> dict[str, int]:
    """En cuántos de esos lugares tiene cifra un indicador, por periodo; los periodos sin ninguno no salen."""
    tabla = correr("periodos_por_lugar", indicadores=[indicador], lugares=list(lugares))
    return {str(periodo): len(suyos) for periodo, suyos in tabla.groupby("periodo")}


def valle_de_mexico() -> tuple[str, ...]:
    """Las áreas del Valle de México que el acervo trae: las del recuadro del mapa."""
    return tuple(clave for clave in areas() if clave in mapas.AREAS["valle_mexico"])


def calendario(desde: str, hasta: str) -> list[str]:
    """Todos los periodos de un intervalo, haya cifra o no."""
    return periodos.rango(desde, hasta)


def ultimo() -> str:
    """El periodo más reciente del acervo."""
    return max((p for lista in disponibles().values() for p in lista), key=periodos.clave_orden)


def _motor_en_uso() -> motor.Motor:
    fijada = getattr(_local, "fijada", "")
    de_hoy = _motor_vigente()
    return de_hoy if fijada in ("", de_hoy.version) else _motor_fijado(str(raiz_por_omision()), fijada)


def _motor_vigente() -> motor.Motor:
    raiz = raiz_por_omision()
    ruta = raiz / "manifiesto.json"
    sello = ruta.stat().st_mtime_ns if ruta.is_file() else 0
    return _motor(str(raiz), sello, guardadas.sello())


def _edicion() -> str:
    """La versión del acervo, el sello de lo que se sigue (lo publicado se ve enseguida) y el idioma de los nombres."""
    return f"{version()} {guardadas.sello()} {actual()}"


def _tal_cual(tabla: pa.Table) -> pa.Table:
    return tabla


@st.cache_resource(show_spinner=False, max_entries=2)
def _motor(raiz: str, sello: int, seguimiento: int) -> motor.Motor:
    del sello, seguimiento  # sólo distinguen una publicación de otra en la clave de la caché
    return motor.abrir(raiz)


# Un acervo anterior se abre entero, con su índice: sin él, contar delitos tarda más de un minuto. Pocos a la vez.
@st.cache_resource(show_spinner=False, max_entries=2)
def _motor_fijado(raiz: str, version_: str) -> motor.Motor:
    return motor.abrir(raiz, version_)


@lru_cache(maxsize=512)
def _correr(
    version_: str,
    consulta: str,
    parametros: tuple[tuple[str, Any], ...],
    paso: Callable[[pa.Table], pa.Table],
    nombrar: bool = True,
) -> pd.DataFrame:
    del version_  # ídem
    listas = {k: list(v) if isinstance(v, tuple) else v for k, v in parametros}
    tabla = _en_pandas(paso(_motor_en_uso().correr(f"mostrar/{consulta}", **listas)))
    if nombrar and "lugar" in tabla:
        tabla["nombre"] = [nombre(lugar) for lugar in tabla["lugar"]]
    return tabla


def _en_tuplas(parametros: Mapping[str, Any]) -> tuple[tuple[str, Any], ...]:
    return tuple((k, tuple(v) if isinstance(v, list) else v) for k, v in sorted(parametros.items()))


def _en_pandas(de_arrow: pa.Table) -> pd.DataFrame:
    tabla = de_arrow.to_pandas()
    # Los textos de pandas sobre Arrow se leen veinte veces más despacio: aquí van como objetos (véase atalaya.figuras).
    return tabla.astype({c: object for c in tabla.columns if isinstance(tabla[c].dtype, pd.StringDtype)})


@lru_cache(maxsize=4)
def _disponibles(version_: str, por_area: bool, frontera: bool) -> dict[str, tuple[str, ...]]:
    tabla = _correr(version_, "disponibilidad", (), _tal_cual)
    sirve = tabla["areas_con_cifra"] > 0
    if not por_area:
        sirve |= tabla["nacional_con_cifra"]
    if frontera:
        sirve |= tabla["lugares_de_chile_con_cifra"] > 0
    tabla = tabla[sirve]
    por_indicador = {str(k): list(v) for k, v in tabla.groupby("indicador")["periodo"]}
    return {
        clave: tuple(sorted(por_indicador[clave], key=periodos.clave_orden, reverse=True))
        for clave in catalogo.indicadores()
        if clave in por_indicador
    }


@lru_cache(maxsize=2)
def _lugares(version_: str) -> tuple[str, ...]:
    tabla = _correr(version_, "lugares_con_cifra", (), _tal_cual)

    def orden(clave: str) -> tuple[int, str]:
        uno = catalogo.lugar(clave)
        grupo = ("area_urbana", "municipio", "entidad", "pais").index(uno.tipo)
        return grupo, catalogo.normalizar(nombre_entero(clave))

    areas_ = set(_areas(version_))
    elegibles = (c for c in tabla["lugar"] if c in areas_ or c in PAISES or not c.startswith(NACIONAL))
    return tuple(sorted(elegibles, key=orden))


@lru_cache(maxsize=2)
def _areas(version_: str) -> tuple[str, ...]:
    tabla = _correr(version_, "areas", (), _tal_cual)
    return tuple(sorted(tabla["lugar"], key=lambda clave: catalogo.normalizar(nombre(clave))))
