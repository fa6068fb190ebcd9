"""Las tablas guardadas, tal como están en sus CSV: leerlas, y agregarles renglones sin dejar nunca nada a medias."""

from __future__ import annotations

import csv
import io
import os
import shutil
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, TypeVar

import pyarrow as pa
from filelock import FileLock, Timeout

from atalaya.errores import ErrorArchivo
from atalaya.idiomas import tr
from atalaya.seguimiento.contratos import AMBIENTE, EN_PUBLICACION, Contrato, carpeta_de_tablas, contratos, ruta_de
from atalaya.tabla_csv import filas

T = TypeVar("T")
Fila = dict[str, str]
_PREPARANDO: Final = ".preparando-"
_INTENTOS: Final = 20
_ARROW: Final = {"BIGINT": pa.int64(), "DOUBLE": pa.float64(), "VARCHAR": pa.string()}


def vigentes(tablas: Iterable[str] | None = None, carpeta: Path | None = None) -> dict[str, list[Fila]]:
    """Las filas de las tablas pedidas (todas si no se dice), como texto canónico."""
    nombres = list(tablas or contratos())
    return de_una_vez(lambda: {n: _filas(n, carpeta) for n in nombres}, carpeta)


def _filas(nombre: str, carpeta: Path | None) -> list[Fila]:
    return [fila for _, fila in filas(ruta_de(nombre, carpeta), contratos()[nombre].nombres)]


def sello(carpeta: Path | None = None) -> int:
    """Cambia cada vez que se publica: las tablas llegan con un cambio de nombre, y eso toca su carpeta."""
    carpeta = carpeta or carpeta_de_tablas()
    return carpeta.stat().st_mtime_ns if carpeta.is_dir() else 0


def de_una_vez(leer: Callable[[], T], carpeta: Path | None = None) -> T:
    """Lo que da `leer`, repetido si alguien publicó mientras leía: ni mezcla dos publicaciones ni pierde un archivo.

    Entre que se sabe dónde está una tabla y se abre, la mudanza de lo publicado pudo cambiarla de sitio.
    """
    for _ in range(_INTENTOS):
        antes = sello(carpeta)
        try:
            leido = leer()
        except Exception:
            if sello(carpeta) == antes:
                raise
            continue
        if sello(carpeta) == antes:
            return leido
    return leer()


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


def agregar(nuevas: Mapping[str, list[Fila]], carpeta: Path | None = None) -> int:
    """Agrega las filas al final de sus tablas, todas a la vez: quien lea verá lo de antes o todo lo nuevo.

    Devuelve cuántas agregó: las que ya estaban iguales no se repiten. Lanza ErrorArchivo si otra persona está
    publicando en esa carpeta, si mientras tanto alguien publicó otra fila con la misma llave, o si no se puede escribir
    (disco lleno, sin permiso): las tablas quedan como estaban.
    """
    carpeta = carpeta or carpeta_de_tablas()
    try:
        carpeta.mkdir(parents=True, exist_ok=True)
        with _a_solas(carpeta):
            _terminar(carpeta)
            faltan = _las_que_faltan(nuevas, carpeta)
            if faltan:
                _publicar(faltan, carpeta)
    except OSError as falla:
        raise ErrorArchivo(
            str(carpeta),
            tr("poder escribir las tablas"),
            tr("{strerror}; no se publicó nada y las tablas quedan como estaban", strerror=falla.strerror or falla),
            tr("libere espacio o revise los permisos de la carpeta ({ambiente} dice otra) y repita", ambiente=AMBIENTE),
        ) from falla
    return sum(map(len, faltan.values()))


def _las_que_faltan(nuevas: Mapping[str, list[Fila]], carpeta: Path) -> dict[str, list[Fila]]:
    """Las que no están, ya con el cerrojo: entre que se revisaron y se publican pudo llegar otra publicación."""
    salida = {}
    for nombre, suyas in nuevas.items():
        uno = contratos()[nombre]
        antes = {tuple(f[c] for c in uno.llave): f for f in vigentes([nombre], carpeta)[nombre]}
        faltan = []
        for fila in suyas:
            llave = tuple(fila[c] for c in uno.llave)
            if llave not in antes:
                faltan.append(fila)
                antes[llave] = fila
            elif antes[llave] != fila:
                raise ErrorArchivo(
                    tr("tabla {nombre}", nombre=nombre),
                    tr("una llave que nadie haya publicado: lo anterior no se pisa"),
                    tr(
                        "mientras se revisaba, alguien la publicó ya, distinta: {llave}",
                        llave=" · ".join(filter(None, llave)),
                    ),
                    tr("revise otra vez el archivo: la falta dirá en qué difieren"),
                )
        if faltan:
            salida[nombre] = faltan
    return salida


def _publicar(nuevas: Mapping[str, list[Fila]], carpeta: Path) -> None:
    preparada = carpeta / f"{_PREPARANDO}{uuid.uuid4().hex[:8]}"
    try:
        preparada.mkdir()
        for nombre, suyas in nuevas.items():
            juntas = [*vigentes([nombre], carpeta)[nombre], *suyas]
            _escribir(preparada / f"{nombre}.csv", como_csv(contratos()[nombre], juntas))
        _al_disco(preparada)
        # Este cambio de nombre es la publicación: antes no se ve nada; después, todo.
        preparada.rename(carpeta / EN_PUBLICACION)
    except BaseException:
        shutil.rmtree(preparada, ignore_errors=True)
        raise
    with suppress(OSError):  # ya está publicado: quien lee lo ve, y quien publique después termina la mudanza
        _al_disco(carpeta)
        _terminar(carpeta)


def _terminar(carpeta: Path) -> None:
    """Pone en su sitio lo publicado, aunque la vez pasada se cortara, y quita lo que no llegó a serlo."""
    publicada = carpeta / EN_PUBLICACION
    if publicada.is_dir():
        for archivo in sorted(publicada.glob("*.csv")):
            archivo.replace(carpeta / archivo.name)
        publicada.rmdir()
    for resto in carpeta.glob(f"{_PREPARANDO}*"):
        shutil.rmtree(resto, ignore_errors=True)


def _escribir(ruta: Path, contenido: bytes) -> None:
    with ruta.open("wb") as archivo:
        archivo.write(contenido)
        archivo.flush()
        os.fsync(archivo.fileno())


def _al_disco(carpeta: Path) -> None:
    """Sin esto un apagón puede dejar los nombres sin su contenido; Windows no abre carpetas ni le hace falta."""
    if os.name != "nt":
        descriptor = os.open(carpeta, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def _a_solas(carpeta: Path) -> Iterator[None]:
    """Nadie más publica mientras tanto. Si quien publicaba murió, el sistema suelta el cerrojo."""
    try:
        with FileLock(carpeta / ".cerrojo", timeout=5):
            yield
    except Timeout as falla:
        raise ErrorArchivo(
            str(carpeta), tr("nadie más publicando"), tr("otra orden que publica"), tr("espere y repita la orden")
        ) from falla
