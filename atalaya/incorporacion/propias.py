"""Los archivos de un observatorio en la orden `incorporar`: cuáles son, si entran, y ponerlos a la vista de todos."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from atalaya.errores import ErrorArchivo
from atalaya.seguimiento import descifrado, guardadas, libros, limites
from atalaya.seguimiento.admision import Admision, admitir
from atalaya.seguimiento.contratos import contratos
from atalaya.seguimiento.encabezado import contador, reconocer

_POSIBLES: Final = (".csv", ".txt", ".tsv", ".xlsx", ".xlsm", "")
_PRINCIPIO: Final = 200_000


def separar(rutas: Iterable[Path]) -> tuple[list[Path], list[Path]]:
    """(archivos oficiales, tablas de observatorio): éstas se reconocen por su encabezado."""
    oficiales: list[Path] = []
    propias: list[Path] = []
    for ruta in rutas:
        (propias if es_propia(ruta) else oficiales).append(ruta)
    return oficiales, propias


def es_propia(ruta: Path) -> bool:
    """Si el encabezado es el de una tabla de lo que se sigue, o es un libro que no es seguro ni abrir."""
    if ruta.suffix.lower() not in _POSIBLES or not ruta.is_file() or ruta.stat().st_size > limites.MAX_BYTES:
        return False
    with ruta.open("rb") as archivo:
        principio = archivo.read(_PRINCIPIO)
    if limites.es_libro(principio):
        return zipfile.is_zipfile(ruta) and _es_libro_propio(ruta)
    todos = contratos()
    try:
        # Cortado a la mitad de una letra no se descifra: basta hasta el último renglón.
        texto = descifrado.descifrar(ruta.name, principio[: principio.rfind(b"\n") + 1] or principio)
        _, renglones = descifrado.separar(ruta.name, texto, contador(todos))
    except ErrorArchivo:
        return False
    return reconocer(ruta.name, renglones, todos) is not None


def revisar(rutas: Sequence[Path]) -> Admision:
    """Lo que entraría de esos archivos, o todas sus faltas."""
    return admitir(((ruta.name, _contenido(ruta)) for ruta in rutas), guardadas.vigentes())


def publicar(admision: Admision) -> int:
    """Agrega lo nuevo a las tablas de todos; da cuántos renglones. Lanza ErrorArchivo si otra orden publica."""
    if admision.cuantas:
        guardadas.agregar(admision.nuevas)
    return admision.cuantas


def _es_libro_propio(ruta: Path) -> bool:
    if ruta.suffix.lower() == ".xlsm":
        return True
    todos = contratos()
    try:
        hojas, _ = libros.hojas(ruta.name, ruta.read_bytes(), solo_principio=True)
    except ErrorArchivo:
        return True  # no se le abre a nadie más: su falta lo dirá
    return any(reconocer(hoja.nombre, hoja.renglones, todos) for hoja in hojas)


def _contenido(ruta: Path) -> bytes:
    """Los bytes; de uno demasiado grande, sólo los que hacen falta para decir que lo es."""
    with ruta.open("rb") as archivo:
        return archivo.read(limites.MAX_BYTES + 1)
