"""Las tablas guardadas, tal como están en sus CSV: leerlas, y agregarles renglones sin dejar nunca nada a medias."""

from __future__ import annotations

import csv
import io
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pyarrow as pa
from filelock import FileLock, Timeout

from atalaya.errores import ErrorArchivo
from atalaya.seguimiento.contratos import EN_PUBLICACION, Contrato, carpeta_de_tablas, contratos, ruta_de
from atalaya.tabla_csv import filas

Fila = dict[str, str]
_ARROW: Final = {"BIGINT": pa.int64(), "DOUBLE": pa.float64(), "VARCHAR": pa.string()}


def vigentes(tablas: Iterable[str] | None = None, carpeta: Path | None = None) -> dict[str, list[Fila]]:
    """Las filas de las tablas pedidas (todas si no se dice), como texto canónico."""
    todos = contratos()
    return {n: [f for _, f in filas(ruta_de(n, carpeta), todos[n].nombres)] for n in (tablas or todos)}


def sello() -> int:
    """Cambia cada vez que se publica: las tablas llegan con un cambio de nombre, y eso toca su carpeta."""
    carpeta = carpeta_de_tablas()
    return carpeta.stat().st_mtime_ns if carpeta.is_dir() else 0


def en_arrow(uno: Contrato, suyas: Iterable[Fila]) -> pa.Table:
    """Las filas con los tipos de su contrato; lo vacío, nulo."""
    filas_ = list(suyas)
    columnas = {
        c.columna: pa.array([_con_tipo(f[c.columna], c.tipo_sql) for f in filas_], _ARROW[c.tipo_sql])
        for c in uno.columnas
    }
    return pa.table(columnas)


def _con_tipo(celda: str, tipo: str) -> str | int | float | None:
    if not celda:
        return None
    return int(celda) if tipo == "BIGINT" else float(celda) if tipo == "DOUBLE" else celda


def como_csv(uno: Contrato, suyas: Iterable[Fila]) -> bytes:
    """El CSV canónico de una tabla: UTF-8 sin marca, comas y saltos de línea sencillos."""
    salida = io.StringIO()
    escritor = csv.DictWriter(salida, uno.nombres, lineterminator="\n")
    escritor.writeheader()
    escritor.writerows(suyas)
    return salida.getvalue().encode()


def agregar(nuevas: Mapping[str, list[Fila]], carpeta: Path | None = None) -> None:
    """Agrega las filas al final de sus tablas, todas a la vez: quien lea verá lo de antes o todo lo nuevo.

    Lanza ErrorArchivo si otra persona está publicando en esa carpeta.
    """
    carpeta = carpeta or carpeta_de_tablas()
    carpeta.mkdir(parents=True, exist_ok=True)
    todos = contratos()
    with _a_solas(carpeta):
        _mudar(carpeta)
        preparada = Path(tempfile.mkdtemp(prefix=".preparando-", dir=carpeta))
        try:
            for nombre, suyas in nuevas.items():
                juntas = [*vigentes([nombre], carpeta)[nombre], *suyas]
                _escribir(preparada / f"{nombre}.csv", como_csv(todos[nombre], juntas))
            # Este cambio de nombre es la publicación: antes no se ve nada; después, todo.
            preparada.rename(carpeta / EN_PUBLICACION)
        except BaseException:
            shutil.rmtree(preparada, ignore_errors=True)
            raise
        _mudar(carpeta)


def _mudar(carpeta: Path) -> None:
    """Pone en su sitio lo publicado, aunque la vez pasada se haya cortado a la mitad."""
    publicada = carpeta / EN_PUBLICACION
    if publicada.is_dir():
        for archivo in sorted(publicada.glob("*.csv")):
            archivo.replace(carpeta / archivo.name)
        publicada.rmdir()


def _escribir(ruta: Path, contenido: bytes) -> None:
    with ruta.open("wb") as archivo:
        archivo.write(contenido)
        archivo.flush()
        os.fsync(archivo.fileno())


@contextmanager
def _a_solas(carpeta: Path) -> Iterator[None]:
    """Nadie más publica mientras tanto. Si quien publicaba murió, el sistema suelta el cerrojo."""
    try:
        with FileLock(carpeta / ".cerrojo", timeout=5):
            yield
    except Timeout as falla:
        raise ErrorArchivo(
            str(carpeta), "nadie más publicando", "otra orden que publica", "espere y repita la orden"
        ) from falla
