"""Lo que se cuenta: cómo llama cada fuente a cada delito, cuál contiene a cuál, y las poblaciones de las tasas."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from atalaya.catalogo import CARPETA, fuentes, indicadores, lugares
from atalaya.idiomas import con_textos
from atalaya.tabla_csv import Revision, casa, en, falla, leer, leer_por_clave, lleno

DENOMINADORES: Final = ("proyeccion", "censo")


@dataclass(frozen=True, slots=True)
class Delito:
    """Cómo llama un instrumento de una fuente a un indicador. Varias filas pueden sumar al mismo.

    `instrumento` distingue registros que no son la misma serie aunque compartan oficina (SESNSP: `cnsp_38_15` hasta
    2025 y `rnid` desde 2026). `tipo` es el grupo en que la fuente lo pone, vacío si no lo agrupa.
    """

    fuente: str
    instrumento: str
    tipo: str
    delito: str
    indicador: str
    nota: str


@dataclass(frozen=True, slots=True)
class Proyeccion:
    """Una población publicada. `denominador`: `proyeccion`, la de las tasas oficiales de su país, o `censo`."""

    proyeccion: str
    pais: str
    denominador: str
    fuente: str
    nombre: str
    nota: str


@dataclass(frozen=True, slots=True)
class Contenido:
    """Un conteo que ya está dentro de otro: sumarlos cuenta dos veces.

    `completa`: `si`, lo que el catálogo pone dentro del contenedor lo suma exacto; `no`, tiene además otras cosas.
    `evidencia` dice con qué datos se comprobó.
    """

    contenedor: str
    contenido: str
    completa: str
    evidencia: str


@dataclass(frozen=True, slots=True)
class Modalidad:
    """Cómo llama un instrumento a una parte de un delito: `desglose` (`modalidad:con_arma_de_fuego`) y su nombre.

    Las modalidades de un delito son excluyentes y suman su total. El delito que tiene una sola no está aquí.
    """

    fuente: str
    instrumento: str
    delito: str
    modalidad: str
    desglose: str
    nombre: str


@dataclass(frozen=True, slots=True)
class SinRegistro:
    """Una entidad no registra un indicador de `desde` a `hasta` (meses; vacío = sigue): sus ceros no son ausencia."""

    fuente: str
    entidad: str
    indicador: str
    desde: str
    hasta: str
    evidencia: str


@dataclass(frozen=True, slots=True)
class Cotejo:
    """Hasta dónde los municipios de un archivo sin ceros suman, mes a mes, el archivo estatal. `carpetas`: su total.

    Sólo del archivo que suma esas carpetas se sabe que lo que no trae es cero.
    """

    indicador: str
    desde: str
    hasta: str
    carpetas: int


@dataclass(frozen=True, slots=True)
class Discrepancia:
    """Una celda en que los municipios de una entidad no suman lo que dice el archivo estatal, y por qué."""

    entidad: str
    indicador: str
    periodo: str
    municipal: int
    estatal: int
    causa: str


@dataclass(frozen=True, slots=True)
class MunicipioNuevo:
    """Un municipio que no siempre existió: `desde`, su primer mes con carpetas (vacío, ninguno). Antes no hay ceros."""

    lugar: str
    desde: str
    evidencia: str


_MES: Final = r"\d{4}-(0[1-9]|1[0-2])"


@cache
def delitos(carpeta: Path = CARPETA) -> tuple[Delito, ...]:
    """Los nombres de cada fuente, en el orden del archivo. Lanza ErrorCatalogo si una clave no existe."""
    revisiones = {
        "fuente": en(fuentes(carpeta), "fuentes.csv"),
        "instrumento": casa(r"[a-z][a-z0-9_]*"),
        "delito": lleno,
        "indicador": en(indicadores(carpeta), "indicadores.csv"),
    }
    return tuple(leer(carpeta / "delitos.csv", Delito, revisiones))


@cache
def contenidos(carpeta: Path = CARPETA) -> tuple[Contenido, ...]:
    """Qué conteo contiene a cuál, sólo lo inmediato. Lanza ErrorCatalogo si una clave no existe o se contiene sola."""
    clave = en(indicadores(carpeta), "indicadores.csv")
    revisiones = {"contenedor": clave, "contenido": clave, "completa": en(("si", "no")), "evidencia": lleno}
    archivo = carpeta / "delitos_contenidos.csv"
    salida = tuple(leer(archivo, Contenido, revisiones))
    for numero, uno in enumerate(salida, start=2):
        if uno.contenedor in _dentro_de(uno.contenido, salida):
            falla(archivo, numero, "contenido", "algo que no contenga a su contenedor", uno.contenido)
    return salida


def se_enciman(a: str, b: str, carpeta: Path = CARPETA) -> bool:
    """Verdadero si un indicador es el otro o está dentro de él, aunque sea a través de un tercero: no se suman."""
    todos = contenidos(carpeta)
    return b in _dentro_de(a, todos) or a in _dentro_de(b, todos)


def _dentro_de(clave: str, todos: tuple[Contenido, ...]) -> set[str]:
    """La clave y todo lo que contiene, a cualquier profundidad."""
    vistos, pendientes = {clave}, [clave]
    while pendientes:
        contenedor = pendientes.pop()
        nuevos = {c.contenido for c in todos if c.contenedor == contenedor} - vistos
        vistos |= nuevos
        pendientes += nuevos
    return vistos


@con_textos("nombre", "nota")
def proyecciones(carpeta: Path = CARPETA) -> dict[str, Proyeccion]:
    """Las poblaciones por clave. Lanza ErrorCatalogo si la tabla se contradice."""
    revisiones = {
        "proyeccion": casa(r"[a-z][a-z0-9_]*"),
        "pais": casa(r"[A-Z]{2}"),
        "denominador": en(DENOMINADORES),
        "fuente": en(fuentes(carpeta), "fuentes.csv"),
        "nombre": lleno,
    }
    return leer_por_clave(carpeta / "proyecciones.csv", Proyeccion, revisiones)


@con_textos("nombre")
def modalidades(carpeta: Path = CARPETA) -> tuple[Modalidad, ...]:
    """Las modalidades de cada delito, en el orden del archivo. Lanza ErrorCatalogo si la tabla se contradice."""
    revisiones = {
        "fuente": en(fuentes(carpeta), "fuentes.csv"),
        "delito": en({uno.delito for uno in delitos(carpeta)}, "delitos.csv"),
        "modalidad": lleno,
        "desglose": casa(r"modalidad:[a-z][a-z0-9_]*"),
        "nombre": lleno,
    }
    return tuple(leer(carpeta / "modalidades.csv", Modalidad, revisiones))


@cache
def sin_registro(carpeta: Path = CARPETA) -> tuple[SinRegistro, ...]:
    """Lo que cada entidad no registra. Lanza ErrorCatalogo si una clave no existe o un mes está mal escrito."""
    revisiones = {
        "fuente": en(fuentes(carpeta), "fuentes.csv"),
        "entidad": _entidad(carpeta),
        "indicador": en(indicadores(carpeta), "indicadores.csv"),
        "desde": casa(_MES),
        "hasta": casa(f"({_MES})?"),
        "evidencia": lleno,
    }
    return tuple(leer(carpeta / "sin_registro.csv", SinRegistro, revisiones))


@cache
def cotejo_municipal(carpeta: Path = CARPETA) -> dict[str, Cotejo]:
    """Los cotejos por indicador. Lanza ErrorCatalogo si la tabla se contradice."""
    revisiones = {
        "indicador": en(indicadores(carpeta), "indicadores.csv"),
        "desde": casa(_MES),
        "hasta": casa(_MES),
        "carpetas": casa(r"\d+"),
    }
    return leer_por_clave(carpeta / "cotejo_municipal.csv", Cotejo, revisiones)


@con_textos("causa")
def discrepancias_municipales(carpeta: Path = CARPETA) -> tuple[Discrepancia, ...]:
    """Las celdas que no suman. Lanza ErrorCatalogo si la tabla se contradice."""
    revisiones = {
        "entidad": _entidad(carpeta),
        "indicador": en(cotejo_municipal(carpeta), "cotejo_municipal.csv"),
        "periodo": casa(_MES),
        "municipal": casa(r"\d+"),
        "estatal": casa(r"\d+"),
        "causa": lleno,
    }
    return tuple(leer(carpeta / "discrepancias_municipales.csv", Discrepancia, revisiones))


@cache
def municipios_nuevos(carpeta: Path = CARPETA) -> dict[str, MunicipioNuevo]:
    """Los municipios creados después de 2015, por clave. Lanza ErrorCatalogo si la tabla se contradice."""
    revisiones = {"lugar": en(lugares(carpeta), "municipios.csv"), "desde": casa(f"({_MES})?"), "evidencia": lleno}
    return leer_por_clave(carpeta / "municipios_nuevos.csv", MunicipioNuevo, revisiones)


def _entidad(carpeta: Path) -> Revision:
    return en((k for k, uno in lugares(carpeta).items() if uno.tipo == "entidad"), "lugares.csv")
