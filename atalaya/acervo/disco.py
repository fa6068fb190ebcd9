"""Escrituras que están enteras o no están, y huellas."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

TEMPORAL = ".tmp"


def sha256_de(ruta: Path) -> str:
    """Huella SHA-256 de un archivo, en hexadecimal (64 caracteres)."""
    with ruta.open("rb") as archivo:
        return hashlib.file_digest(archivo, "sha256").hexdigest()


def ruta_temporal(destino: Path) -> Path:
    """Nombre de paso junto al destino: mismo sistema de archivos, para que renombrar sea atómico."""
    return destino.with_name(f".{destino.name}.{uuid.uuid4().hex[:8]}{TEMPORAL}")


def sincronizar(ruta: Path) -> None:
    """Lleva al disco un archivo o el directorio que lo nombra; sin esto un apagón deja nombres sin contenido."""
    es_directorio = ruta.is_dir()
    if es_directorio and os.name == "nt":  # Windows no abre directorios; NTFS registra el renombrado por su cuenta
        return
    descriptor = os.open(ruta, os.O_RDONLY if es_directorio else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def escribir_entero(destino: Path, escribir: Callable[[Path], None]) -> None:
    """Corre `escribir(temporal)` y deja el resultado en `destino` con un renombrado atómico; si falla, nada queda."""
    temporal = ruta_temporal(destino)
    try:
        escribir(temporal)
        sincronizar(temporal)
        temporal.replace(destino)
    except BaseException:
        temporal.unlink(missing_ok=True)
        raise
    with suppress(OSError):  # ya está en su sitio: lo peor es que un apagón devuelva el anterior, también entero
        sincronizar(destino.parent)
