"""De cómo nombra el SESNSP un lugar a su clave: por clave oficial o, si el archivo sólo trae nombres, por nombre.

Un nombre que no casa o que es de dos municipios no se adivina: sus carpetas van al lugar «no especificado» de su
entidad y se listan con `python -m atalaya.fuentes.sesnsp_lugares ARCHIVO…`.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

from atalaya import catalogo
from atalaya.catalogo import CARPETA, Lugar
from atalaya.errores import ErrorFuente
from atalaya.tabla_csv import falla, filas, leer_por_clave

OTROS: Final = "998"
NO_ESPECIFICADO: Final = "999"
_SIN_MUNICIPIO: Final = {"otros municipios": OTROS, "no especificado": NO_ESPECIFICADO}


class Destino(NamedTuple):
    """El lugar de un nombre y, si no casa, el motivo (`sin casar`, `ambiguo`): entonces es el «no especificado»."""

    lugar: str
    motivo: str


@cache
def entidad_por_clave(carpeta: Path = CARPETA) -> dict[int, Lugar]:
    """Las 32 entidades de México por su clave: 15 → México."""
    todos = catalogo.lugares(carpeta)
    return {int(k[3:]): uno for k, uno in todos.items() if uno.tipo == "entidad" and k.startswith("MX-")}


@cache
def claves_municipales(carpeta: Path = CARPETA) -> frozenset[str]:
    """Las claves que un archivo municipal puede traer: municipios y los dos «no identificado» de cada entidad."""
    no_identificados = {k for k, uno in catalogo.lugares(carpeta).items() if uno.tipo == "no_identificado"}
    return frozenset({*_municipios(carpeta), *no_identificados})


def entidad_por_nombre(nombre: str, carpeta: Path = CARPETA) -> Lugar | None:
    """La entidad que se llama así, o None."""
    return _entidades(carpeta).get(catalogo.normalizar(nombre))


def municipio_por_nombre(entidad: Lugar, nombre: str, carpeta: Path = CARPETA) -> Destino:
    """El municipio de esa entidad que se llama así, o su «no especificado» con el motivo."""
    buscado = catalogo.normalizar(nombre)
    if sufijo := _SIN_MUNICIPIO.get(buscado):
        return Destino(f"{entidad.lugar}{sufijo}", "")
    candidatos = _por_nombre(carpeta).get((entidad.lugar, buscado), ())
    if len(candidatos) == 1:
        return Destino(candidatos[0], "")
    return Destino(f"{entidad.lugar}{NO_ESPECIFICADO}", "ambiguo" if candidatos else "sin casar")


def exigir_entidad(nombre: str, donde: str, carpeta: Path = CARPETA) -> Lugar:
    """La entidad que se llama así. Lanza ErrorFuente, diciendo dónde, si el catálogo no la conoce."""
    if entidad := entidad_por_nombre(nombre, carpeta):
        return entidad
    raise ErrorFuente(donde, "el nombre de una de las 32 entidades", repr(nombre), "compruebe el archivo")


@cache
def _municipios(carpeta: Path) -> dict[str, Lugar]:
    return leer_por_clave(carpeta / "municipios.csv", Lugar, {})


@cache
def _entidades(carpeta: Path) -> dict[str, Lugar]:
    return {catalogo.normalizar(uno.nombre): uno for uno in entidad_por_clave(carpeta).values()}


@cache
def _por_nombre(carpeta: Path) -> dict[tuple[str, str], tuple[str, ...]]:
    """(entidad, nombre normalizado) → claves; dos o más si el nombre se repite en la entidad."""
    claves: dict[tuple[str, str], tuple[str, ...]] = {}
    for clave, uno in _municipios(carpeta).items():
        llave = (uno.entidad, catalogo.normalizar(uno.nombre))
        claves[llave] = (*claves.get(llave, ()), clave)
    archivo = carpeta / "municipio_variantes.csv"
    for numero, fila in filas(archivo, ["variante", "entidad", "lugar", "evidencia"]):
        if _municipios(carpeta).get(fila["lugar"], None) is None or fila["lugar"][:5] != fila["entidad"]:
            falla(archivo, numero, "lugar", "la clave de un municipio de esa entidad", fila["lugar"])
        llave = (fila["entidad"], catalogo.normalizar(fila["variante"]))
        if llave in claves:
            falla(archivo, numero, "variante", "un nombre que no sea ya de otro municipio", fila["variante"])
        claves[llave] = (fila["lugar"],)
    return claves


def sin_municipio(nombres: Iterable[tuple[str, str, int]], carpeta: Path = CARPETA) -> Counter[tuple[str, str, str]]:
    """De (entidad, municipio, carpetas), cuántas no se atribuyen, por (motivo, entidad, nombre)."""
    cuenta: Counter[tuple[str, str, str]] = Counter()
    for nombre_entidad, nombre, carpetas in nombres:
        entidad = exigir_entidad(nombre_entidad, nombre_entidad, carpeta)
        if motivo := municipio_por_nombre(entidad, nombre, carpeta).motivo:
            cuenta[motivo, nombre_entidad, nombre] += carpetas
    return cuenta


def main(rutas: list[str]) -> int:
    """Lista los nombres que no se atribuyen a un municipio en archivos del SESNSP que sólo traen nombres."""
    from atalaya.fuentes import sesnsp_homicidios, sesnsp_subtipo  # noqa: PLC0415  -- los dos importan este módulo

    for ruta in map(Path, rutas):
        modulo = next((m for m in (sesnsp_subtipo, sesnsp_homicidios) if m.reconocer(ruta)), None)
        if modulo is None:
            print(f"{ruta.name}: no es un archivo del SESNSP con nombres de municipio")
            return 1
        cuenta = sin_municipio(modulo.nombres(ruta))
        print(f"{ruta.name}: {'todos los nombres casan' if not cuenta else f'{len(cuenta)} nombres sin municipio'}")
        for (motivo, entidad, nombre), carpetas in sorted(cuenta.items()):
            print(f"  {motivo}: {nombre} ({entidad}), {carpetas} carpetas")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
