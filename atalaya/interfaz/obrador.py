"""El obrador: otro proceso, tibio, donde se recrean vistas y se hacen archivos que llevan varias.

Recrear una vista corre su página con `AppTest`, que sustituye el motor de sesiones del proceso en que corre: en el del
servidor dejaría sin sesión a quien esté mirando.
"""

from __future__ import annotations

import multiprocessing
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache
from typing import Final

from atalaya.informes import pdf, proyeccion
from atalaya.interfaz import recrear
from atalaya.interfaz.presentacion import Presentacion

ESPERA_S: Final = 300


def proyeccion_de(una: Presentacion, sitio: str) -> bytes:
    """El HTML que se presenta, con enlaces a las vistas en `sitio`."""
    laminas = [
        proyeccion.proyectar(recrear.vista(f"{sitio}{lamina.vista}"), lamina.titulo, lamina.nota)
        for lamina in una.laminas
    ]
    return proyeccion.pagina(una.titulo, laminas)


def pdf_de(una: Presentacion, sitio: str) -> bytes:
    """Un PDF con el impreso de cada lámina, uno tras otro."""
    impresos = [pdf.de(recrear.vista(f"{sitio}{lamina.vista}")) for lamina in una.laminas]
    return pdf.juntar(una.titulo, impresos)


@lru_cache(maxsize=32)
def encargar(hacer: Callable[..., bytes], una: Presentacion, sitio: str, version: str) -> bytes:
    """`hacer(una, sitio)` en el obrador; lo mismo con la misma versión del acervo no se repite.

    Lanza el error de Atalaya que haya lanzado el obrador.
    """
    del version  # sólo distingue un acervo de otro
    return _obrador().submit(hacer, una, sitio).result(timeout=ESPERA_S)


@lru_cache(maxsize=1)
def _obrador() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn"))
