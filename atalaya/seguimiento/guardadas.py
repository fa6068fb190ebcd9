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

from filelock import FileLock, Timeout

from atalaya.errores import ErrorArchivo
from atalaya.seguimiento.contratos import EN_PUBLICACION, Contrato, carpeta_de_tablas, contratos, ruta_de
from atalaya.tabla_csv import filas

Fila = dict[str, str]


def vigentes(tablas: Iterable[str] | None = None, carpeta: Path | None = None) -> dict[str, list[Fila]]:
    """Las filas de las tablas pedidas (todas si no se dice), como texto canónico."""
    todos = contratos()
    return {n: [f for _, f in filas(ruta_de(n, carpeta), todos[n].nombres)] for n in (tablas or todos)}


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
