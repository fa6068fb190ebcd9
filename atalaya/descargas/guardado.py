"""Lo que queda en el disco: el archivo a medias, con lo que hace falta para seguirlo, y el recibo del entero."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields
from functools import partial
from pathlib import Path
from typing import Any, Final, Self, TypeVar

from atalaya.acervo.disco import escribir_entero, sha256_de
from atalaya.errores import ErrorDescarga

PARCIAL: Final = ".parcial"
RECIBO: Final = ".recibo.json"

T = TypeVar("T")


@dataclass(frozen=True)
class Identidad:
    """Qué dijo el servidor de la versión que mandó: con esto se sigue la misma, y no otra, y se comprueba al final.

    `total` en bytes, nulo si no lo dijo. `sumas`: algoritmo → huella en hexadecimal de las cabeceras Content-MD5,
    Digest o Repr-Digest.
    """

    direccion: str
    etag: str | None
    modificado: str | None
    total: int | None
    sumas: dict[str, str]

    @property
    def validador(self) -> str | None:
        """Lo que puede ir en If-Range: una ETag fuerte o, si no, la fecha. Una débil no garantiza los mismos bytes."""
        if self.etag and not self.etag.startswith("W/"):
            return self.etag
        return self.modificado


@dataclass(frozen=True)
class Recibo:
    """Lo que se guarda junto a cada archivo bajado. `bajado`, fecha y hora UTC."""

    archivo: str
    fuente: str
    producto: str
    periodos: list[str]
    direccion: str
    bajado: str
    bytes: int
    sha256: str
    etag: str | None
    modificado: str | None

    def escribir(self, final: Path) -> None:
        """Lo escribe entero junto al archivo."""
        _escribir_json(_junto(final, RECIBO), asdict(self))

    @classmethod
    def leer(cls, final: Path) -> Self | None:
        """El recibo de ese archivo; nada si no lo hay o está estropeado."""
        return _leer_json(_junto(final, RECIBO), cls)


def vigente(final: Path, direccion: str) -> Recibo | None:
    """El recibo, si el archivo está y es el que el recibo dice; nada si hay que bajarlo (otra vez).

    Lanza ErrorDescarga si en ese sitio hay un archivo que no bajó esta orden: no es suyo y no se pisa.
    """
    if not final.exists():
        return None
    recibo = Recibo.leer(final)
    if recibo is None:
        raise ErrorDescarga(
            str(final),
            "un archivo bajado por esta orden, con su recibo, o ninguno",
            f"un archivo sin {final.name}{RECIBO}",
            "muévelo a otra carpeta o usa otro --destino",
        )
    es_el_mismo = final.stat().st_size == recibo.bytes and sha256_de(final) == recibo.sha256
    return recibo if es_el_mismo and recibo.direccion == direccion else None


class Parcial:
    """El archivo a medias (`nombre.parcial`) y, aparte, de qué versión son sus bytes (`nombre.parcial.json`)."""

    def __init__(self, final: Path, direccion: str) -> None:
        self.ruta = _junto(final, PARCIAL)
        self._nota = _junto(final, PARCIAL + ".json")
        nota = _leer_json(self._nota, Identidad)
        self.identidad = nota if nota is not None and nota.direccion == direccion else None
        if self.identidad is None or (self.identidad.total or self.tamano) < self.tamano:
            self.borrar()

    @property
    def tamano(self) -> int:
        """Cuántos bytes hay."""
        return self.ruta.stat().st_size if self.ruta.exists() else 0

    @property
    def entero(self) -> bool:
        """Si ya está todo lo que el servidor dijo que había."""
        return self.identidad is not None and self.identidad.total == self.tamano > 0

    @property
    def reanudable(self) -> str | None:
        """El validador con que se puede pedir el resto, si lo hay."""
        return self.identidad.validador if self.identidad is not None and self.tamano else None

    def empezar(self, identidad: Identidad) -> None:
        """Desde cero, con una versión nueva. La nota va antes que los bytes: jamás son de otra versión."""
        self.borrar()
        _escribir_json(self._nota, asdict(identidad))
        self.identidad = identidad

    def agregar(self, trozos: Iterable[bytes], revisar: Callable[[int], None]) -> None:
        """Añade los trozos al final; tras cada uno llama a `revisar` con los bytes que van."""
        total = self.tamano
        with self.ruta.open("ab", buffering=0) as salida:
            for trozo in trozos:
                salida.write(trozo)
                total += len(trozo)
                revisar(total)

    def borrar(self) -> None:
        """Lo tira, con su nota."""
        self.ruta.unlink(missing_ok=True)
        self._nota.unlink(missing_ok=True)
        self.identidad = None

    def ascender(self, final: Path) -> None:
        """Le da su nombre final, de un golpe."""
        self.ruta.replace(final)
        self._nota.unlink(missing_ok=True)


def discrepancias(ruta: Path, sumas: dict[str, str]) -> list[str]:
    """Los algoritmos cuya huella anunciada no es la del archivo."""
    malas = []
    for algoritmo, anunciada in sumas.items():
        with ruta.open("rb") as entrada:
            if (
                hashlib.file_digest(entrada, partial(hashlib.new, algoritmo, usedforsecurity=False)).hexdigest()
                != anunciada
            ):
                malas.append(algoritmo)
    return malas


def _junto(final: Path, sufijo: str) -> Path:
    return final.with_name(final.name + sufijo)


def _escribir_json(ruta: Path, valores: dict[str, Any]) -> None:
    texto = json.dumps(valores, ensure_ascii=False, indent=1) + "\n"

    def escribir(temporal: Path) -> None:
        temporal.write_text(texto, encoding="utf-8")

    escribir_entero(ruta, escribir)


def _leer_json(ruta: Path, clase: type[T]) -> T | None:
    """La clase con lo que dice el archivo; nada si no está o no es suyo: entonces se baja de nuevo."""
    try:
        valores = json.loads(ruta.read_text(encoding="utf-8"))
        return clase(**{campo.name: valores[campo.name] for campo in fields(clase)})  # type: ignore[arg-type]
    except (OSError, ValueError, KeyError, TypeError):
        return None
