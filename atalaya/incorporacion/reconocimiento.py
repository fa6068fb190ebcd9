"""De qué fuente es un archivo (o una carpeta) oficial, y sus huellas.

Una fuente es un módulo de `atalaya.fuentes` con `reconocer(ruta) -> bool` (por contenido, nunca por el nombre),
`leer(ruta) -> Lectura`, `PREPARAR` (la consulta que lleva sus tablas al contrato o, si son microdatos, a `ola`) y, si
no llena `estimacion`, `TABLA`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Final

from atalaya.acervo.disco import sha256_de
from atalaya.errores import ErrorFuente
from atalaya.motor import CATALOGO, CONSULTAS, RAIZ

MICRODATOS: Final = ("atalaya.fuentes.ensu_microdatos", "atalaya.fuentes.enusc")
SESNSP: Final = (
    "atalaya.fuentes.sesnsp",
    "atalaya.fuentes.sesnsp_subtipo",
    "atalaya.fuentes.sesnsp_homicidios",
    "atalaya.fuentes.sesnsp_anual",
)
CHILE: Final = (
    "atalaya.fuentes.cead_mensual",
    "atalaya.fuentes.cead_tasas",
    "atalaya.fuentes.spd_homicidios",
    "atalaya.fuentes.enusc_sae",
)
POBLACION: Final = ("atalaya.fuentes.conapo", "atalaya.fuentes.ine_proyecciones", "atalaya.fuentes.ine_censo")
REGISTRADAS: Final = (
    "atalaya.fuentes.ensu_tabulados",
    "atalaya.fuentes.ensu_entrevistas",
    *MICRODATOS,
    *SESNSP,
    *CHILE,
    *POBLACION,
    "atalaya.fuentes.cngmd",
)
ESTIMADOR: Final = ("estadistica/encuestas.py", "estadistica/precision.py", "incorporacion/microdatos.py")
SIN_EFECTO: Final = frozenset({"descargas.csv"})
"""Tablas del catálogo que no deciden qué se lee: cambiar una dirección de descarga no obliga a releer el acervo."""


@dataclass(frozen=True)
class Huella:
    """Con qué se distingue un archivo de otro: su SHA-256 y cuánto mide."""

    sha256: str
    bytes: int


def reconocer(ruta: Path, fuentes: Sequence[str] = REGISTRADAS) -> ModuleType:
    """El módulo de la fuente a la que pertenece el archivo, por su contenido.

    Lanza ErrorFuente si la ruta no existe o si ninguna fuente la conoce.
    """
    _exigir_existente(ruta)
    modulos = [import_module(nombre) for nombre in fuentes]
    for modulo in modulos:
        if modulo.reconocer(ruta):
            return modulo
    conocidas = "; ".join(_titulo(modulo) for modulo in modulos)
    raise ErrorFuente(
        str(ruta),
        f"un archivo de alguna de estas fuentes: {conocidas}",
        "una carpeta que ninguna reconoce" if ruta.is_dir() else "ninguna lo reconoce por su contenido",
        "para varios archivos de una carpeta usa carpeta/*.zip; si es uno, que esté entero"
        if ruta.is_dir()
        else "descárgalo otra vez, entero y sin abrirlo ni volverlo a guardar, de la página oficial (docs/acervo.md); "
        "si es una tabla de un observatorio, su encabezado no es el de ninguna («tabla --lista» las dice)",
    )


def huella_de(ruta: Path) -> Huella:
    """La huella de un archivo; la de una carpeta es la de los nombres y huellas de sus archivos, en orden.

    Los archivos ocultos no cuentan: los pone el sistema, no la oficina. Lanza ErrorFuente si la ruta no existe.
    """
    if ruta.is_file():
        return Huella(sha256_de(ruta), ruta.stat().st_size)
    _exigir_existente(ruta)
    interiores = {archivo.relative_to(ruta): archivo for archivo in ruta.rglob("*") if archivo.is_file()}
    visibles = {
        nombre.as_posix(): interiores[nombre]
        for nombre in sorted(interiores)
        if not any(parte.startswith(".") for parte in nombre.parts)
    }
    renglones = [f"{sha256_de(archivo)}  {nombre}\n" for nombre, archivo in visibles.items()]
    suma = hashlib.sha256("".join(renglones).encode()).hexdigest()
    return Huella(suma, sum(archivo.stat().st_size for archivo in visibles.values()))


def huella_receta(fuentes: Sequence[str] = REGISTRADAS) -> str:
    """Huella de todo lo que decide el resultado de una lectura: lector, contrato, preparación, estimador y catálogo."""
    modulos = [Path(str(import_module(nombre).__file__)) for nombre in fuentes]
    rutas = {
        *(RAIZ / "atalaya" / "fuentes").rglob("*.py"),
        *modulos,
        RAIZ / "atalaya" / "contratos.py",
        *(RAIZ / "atalaya" / nombre for nombre in ESTIMADOR),
        *(CONSULTAS / "preparar").glob("*.sql"),
        CONSULTAS / "estimar" / "estimar.sql",
        *(tabla for tabla in CATALOGO.glob("*.csv") if tabla.name not in SIN_EFECTO),
    }
    suma = hashlib.sha256()
    for ruta in sorted(rutas):
        # Saltos de línea unificados: la receta es la misma en Windows, donde git los cambia.
        suma.update(ruta.name.encode() + b"\0" + ruta.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return suma.hexdigest()


def _exigir_existente(ruta: Path) -> None:
    if not ruta.exists():
        raise ErrorFuente(str(ruta), "un archivo o una carpeta de microdatos", "no existe", "revisa la ruta")


def _titulo(modulo: ModuleType) -> str:
    return (modulo.__doc__ or modulo.__name__).strip().splitlines()[0].rstrip(".")
