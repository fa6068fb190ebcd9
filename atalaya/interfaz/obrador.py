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

from atalaya.errores import ErrorConsulta
from atalaya.idiomas import tr, usando
from atalaya.informes import imagen, legajo, pdf, pptx, proyeccion
from atalaya.informes.vista import Vista
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


def pptx_de(una: Presentacion, sitio: str) -> bytes:
    """Las láminas en PowerPoint, con sus notas."""
    return pptx.laminas([(recrear.vista(f"{sitio}{u.vista}"), u.titulo, u.nota) for u in una.laminas])


def pdf_de(una: Presentacion, sitio: str) -> bytes:
    """Un PDF con el impreso de cada lámina, uno tras otro."""
    impresos = [pdf.de(recrear.vista(f"{sitio}{lamina.vista}")) for lamina in una.laminas]
    return pdf.juntar(una.titulo, impresos)


def png_de(vista: str, sitio: str) -> bytes:
    """La imagen de una vista. Lanza ErrorConsulta si no tiene figura."""
    llevada = recrear.vista(f"{sitio}{vista}")
    if isinstance(llevada, Vista):
        return imagen.png(llevada)
    if llevada.figura is None:
        raise ErrorConsulta(vista, tr("una vista con figura"), tr("sólo tablas"), tr("llévesela en XLSX o PDF"))
    return legajo.png(llevada)


@lru_cache(maxsize=32)
def encargar(hacer: Callable[..., bytes], una: Presentacion | str, sitio: str, version: str, idioma: str) -> bytes:
    """`hacer(una, sitio)` en el obrador y en ese idioma; lo mismo con la misma versión del acervo no se repite.

    Lanza el error de Atalaya que haya lanzado el obrador.
    """
    del version  # sólo distingue un acervo de otro
    return _obrador().submit(_en_idioma, idioma, hacer, una, sitio).result(timeout=ESPERA_S)


def _en_idioma(idioma: str, hacer: Callable[..., bytes], una: Presentacion | str, sitio: str) -> bytes:
    with usando(idioma):
        return hacer(una, sitio)


@lru_cache(maxsize=1)
def _obrador() -> ProcessPoolExecutor:
    return ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn"))
