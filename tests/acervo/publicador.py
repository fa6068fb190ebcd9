"""Un publicador en su propio proceso, para matarlo o llenarle el disco: `publicador.py RAÍZ EDICIÓN VALOR MODO PASO`.

MODO: `libre`; `morir`, SIGKILL justo antes del PASO-ésimo toque al disco, con lo que iba a escribirse a medias;
`lleno`, «no queda espacio» en ese toque; `corto`, el sistema limita a PASO bytes el tamaño de cada archivo. Escribe
cuántos toques al disco hubo.
"""

from __future__ import annotations

import errno
import os
import resource
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from acervo_de_juguete import entrega

from atalaya.acervo.publicacion import publicar
from atalaya.errores import ErrorAcervo

toques = 0


def _morir(argumentos: tuple[Any, ...]) -> None:
    for valor in argumentos:
        if isinstance(valor, Path) and valor.suffix == ".tmp" and not valor.exists():
            valor.write_bytes(b"PAR1 a medias")  # el archivo quedó empezado
    os.kill(os.getpid(), signal.SIGKILL)


def _lleno(_argumentos: tuple[Any, ...]) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


def interceptar(paso: int, accion: Callable[[tuple[Any, ...]], None]) -> None:
    """Cuenta cada toque al disco y corre `accion` en lugar del que hace `paso`."""

    def envolver(original: Callable[..., Any]) -> Callable[..., Any]:
        def contado(*argumentos: Any, **nombrados: Any) -> Any:
            global toques  # noqa: PLW0603
            toques += 1
            if toques == paso:
                accion(argumentos)
            return original(*argumentos, **nombrados)

        return contado

    os.fsync = envolver(os.fsync)
    os.replace = envolver(os.replace)
    pq.write_table = envolver(pq.write_table)
    Path.write_text = envolver(Path.write_text)  # type: ignore[method-assign]
    Path.mkdir = envolver(Path.mkdir)  # type: ignore[method-assign]


def principal(raiz: str, edicion: str, valor: str, modo: str, paso: str) -> int:
    """Publica y devuelve 0, o 1 con el error en la salida de errores."""
    if modo == "corto":
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)  # que el sistema devuelva el error en vez de matar
        resource.setrlimit(resource.RLIMIT_FSIZE, (int(paso), int(paso)))
    else:
        interceptar(int(paso), _morir if modo == "morir" else _lleno)
    try:
        publicar(Path(raiz), [entrega(edicion, float(valor), sha256=f"{valor:0>64}")])
    except ErrorAcervo as falla:
        print(falla, file=sys.stderr)
        return 1
    print(toques)
    return 0


if __name__ == "__main__":
    sys.exit(principal(*sys.argv[1:]))
