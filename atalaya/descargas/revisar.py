"""Que lo bajado sea lo que dice ser y se pueda abrir sin riesgo: ni una página de error, ni un zip con trampa."""

from __future__ import annotations

import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath, PureWindowsPath
from tempfile import TemporaryFile
from typing import IO, Final

from atalaya.descargas.plan import MB
from atalaya.errores import ErrorDescarga

RAZON_MAXIMA: Final = 100
"""Bytes abiertos por byte comprimido. Medido: en 15 libros de la ENSU, 6 en las piezas de más de un MB (42 en las de
unos kB); los CSV de 2015, al comprimirlos, 13."""
RAZON_DESDE: Final = MB
"""Debajo de un MB abierto la razón no importa: un archivo casi vacío se comprime mucho y no hace daño."""
TOTAL_MAXIMO: Final = 4_000 * MB
ENTRADAS_MAXIMAS: Final = 5_000
NIVELES: Final = 2
"""Un zip de libros xlsx (que son zip) tiene dos; más hondo no se mira porque nadie lo abre."""
CABEZA: Final = 4096
_TROZO: Final = 1 << 20
_FIRMAS: Final = {"zip": (b"PK\x03\x04",), "sav": (b"$FL2", b"$FL3")}
_SEPARADORES: Final = (b",", b";", b"\t")


def revisar_cabeza(cabeza: bytes, tipo: str, archivo: str) -> None:
    """Si los primeros bytes son de ese tipo (zip, csv, sav). Lanza ErrorDescarga si no: casi siempre es una página."""
    limpia = cabeza.removeprefix(b"\xef\xbb\xbf").lstrip()
    if limpia[:1] == b"<":
        raise _falla(archivo, f"un archivo {tipo}", f"una página o un XML: {_asomo(limpia)}", _NO_PUBLICADO)
    if tipo == "csv":
        renglon = limpia.splitlines()[0] if limpia else b""
        es_tabla = b"\0" not in cabeza and limpia[:1] not in (b"{", b"[") and any(s in renglon for s in _SEPARADORES)
        if not es_tabla:
            raise _falla(archivo, "una tabla CSV con su encabezado", _asomo(cabeza), _NO_PUBLICADO)
    elif not cabeza.startswith(_FIRMAS[tipo]):
        raise _falla(archivo, f"un archivo {tipo}, que empieza por {_FIRMAS[tipo][0]!r}", _asomo(cabeza), _NO_PUBLICADO)


def revisar(ruta: Path, tipo: str, archivo: str) -> None:
    """Si el archivo entero es de ese tipo; de un zip, además, que cada pieza se abra, cuadre y no sea una trampa.

    No extrae nada. Lanza ErrorDescarga si el zip está truncado o dañado, si una pieza saldría de su carpeta, es un
    enlace, está cifrada, se repite o se sobrepone a otra, o si abierto mide demasiado (por pieza o en total).
    """
    with ruta.open("rb") as entrada:
        revisar_cabeza(entrada.read(CABEZA), tipo, archivo)
        if tipo == "zip":
            _revisar_zip(entrada, archivo, _Presupuesto(), NIVELES)


class _Presupuesto:
    """Cuántos bytes abiertos quedan, contando los de los zip de dentro."""

    def __init__(self) -> None:
        self.queda = TOTAL_MAXIMO

    def gastar(self, cuantos: int, donde: str) -> None:
        self.queda -= cuantos
        if self.queda < 0:
            raise _falla(donde, f"a lo más {TOTAL_MAXIMO // MB:,} MB ya abierto", "más", _TRAMPA)


def _revisar_zip(entrada: IO[bytes], donde: str, presupuesto: _Presupuesto, niveles: int) -> None:
    try:
        with zipfile.ZipFile(entrada) as paquete:
            piezas = paquete.infolist()
            if not piezas or len(piezas) > ENTRADAS_MAXIMAS:
                raise _falla(donde, f"de 1 a {ENTRADAS_MAXIMAS:,} archivos dentro", f"{len(piezas):,}", _TRAMPA)
            _revisar_nombres([pieza.filename for pieza in piezas], donde)
            for pieza in piezas:
                _revisar_pieza(paquete, pieza, f"{donde} › {pieza.filename}", presupuesto, niveles)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as falla:
        raise _falla(donde, "un zip entero y sano", str(falla) or type(falla).__name__, _OTRA_VEZ) from falla


def _revisar_nombres(nombres: list[str], donde: str) -> None:
    vistos = set()
    for nombre in nombres:
        partes = (*PurePosixPath(nombre).parts, *PureWindowsPath(nombre).parts)
        sale = ".." in partes or PurePosixPath(nombre).is_absolute() or PureWindowsPath(nombre).anchor != ""
        if sale or not nombre.strip() or any(ord(letra) < 32 for letra in nombre):
            raise _falla(donde, "nombres que se queden dentro de su carpeta", repr(nombre), _TRAMPA)
        if nombre.casefold() in vistos:
            raise _falla(donde, "cada nombre una sola vez", repr(nombre), _TRAMPA)
        vistos.add(nombre.casefold())


def _revisar_pieza(
    paquete: zipfile.ZipFile, pieza: zipfile.ZipInfo, donde: str, presupuesto: _Presupuesto, niveles: int
) -> None:
    clase = stat.S_IFMT(pieza.external_attr >> 16)
    if clase not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise _falla(donde, "archivos y carpetas", "un enlace o un dispositivo", _TRAMPA)
    if pieza.flag_bits & 1:
        raise _falla(donde, "piezas sin cifrar", "una cifrada", _TRAMPA)
    if pieza.is_dir():
        return
    # Basta lo que declara: zipfile nunca entrega más que eso, y si hay más, el CRC no cuadra.
    _exigir_razon(pieza, donde)
    with paquete.open(pieza) as entrada, TemporaryFile() as copia:
        cabeza = entrada.read(4)
        de_zip = niveles > 1 and cabeza == _FIRMAS["zip"][0]
        trozo = cabeza
        while trozo:
            presupuesto.gastar(len(trozo), donde)
            if de_zip:
                copia.write(trozo)
            trozo = entrada.read(_TROZO)  # al terminar, zipfile comprueba el CRC
        if de_zip:
            _revisar_zip(copia, donde, presupuesto, niveles - 1)


def _exigir_razon(pieza: zipfile.ZipInfo, donde: str) -> None:
    if pieza.file_size > RAZON_DESDE and pieza.file_size > RAZON_MAXIMA * pieza.compress_size:
        razon = f"{pieza.compress_size:,} bytes que se abren en {pieza.file_size:,}"
        raise _falla(donde, f"a lo más {RAZON_MAXIMA} bytes por cada byte comprimido", razon, _TRAMPA)


def _asomo(cabeza: bytes) -> str:
    return repr(cabeza[:60].decode("latin-1"))


def _falla(donde: str, esperado: str, recibido: str, remedio: str) -> ErrorDescarga:
    return ErrorDescarga(donde, esperado, recibido, remedio)


_NO_PUBLICADO: Final = (
    "no se guardó nada; suele ser que la oficina contesta una página cuando esa edición no está publicada: "
    "ábrela en su sitio y compruébalo"
)
_OTRA_VEZ: Final = "no se guardó nada; vuelve a correr la orden y, si se repite, bájalo con el navegador y compáralo"
_TRAMPA: Final = "no se guardó nada y no debe abrirse; avisa a la oficina que lo publica"
