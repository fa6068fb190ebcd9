"""Qué contestó el servidor: si es el archivo, desde dónde, de qué versión y con qué huellas."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Final

import requests

from atalaya.descargas.guardado import Identidad, Parcial
from atalaya.descargas.plan import Pedido
from atalaya.descargas.red import Reintentable, por_estado
from atalaya.errores import ErrorDescarga

_TRAMO: Final = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")
_SUMAS: Final = {
    "Content-MD5": re.compile(r"(?P<md5>[A-Za-z0-9+/=]+)"),
    "Digest": re.compile(r"(?:^|[,\s])(?i:sha-256)=(?P<sha256>[A-Za-z0-9+/=]+)"),
    "Repr-Digest": re.compile(r"(?:^|[,\s])sha-256=:(?P<sha256>[A-Za-z0-9+/=]+):"),
}


def situar(respuesta: requests.Response, pedido: Pedido, parcial: Parcial) -> None:
    """Deja el parcial en el punto donde sigue esta respuesta: al principio (200) o donde iba (206).

    Lanza Reintentable si no es el tramo pedido o el servidor no puede ahora, y ErrorDescarga si no es el archivo.
    """
    estado = respuesta.status_code
    if estado == 416 or (estado == 206 and not _es_el_resto(respuesta, parcial)):
        parcial.borrar()
        raise Reintentable("el servidor contestó un tramo que no es el pedido")
    if estado not in (200, 206):
        raise por_estado(respuesta, pedido)
    tipo = respuesta.headers.get("Content-Type", "").lower()
    if "text/html" in tipo:
        # INEGI contesta 200 y una página de 2 kB a la dirección de un archivo que no existe.
        raise ErrorDescarga(
            pedido.direccion,
            f"el archivo {pedido.archivo}",
            f"una página ({tipo})",
            f"quizá esa edición no está publicada o cambió de sitio: mírala en {pedido.pagina}",
        )
    if respuesta.headers.get("Content-Encoding", "identity").lower() != "identity":
        raise ErrorDescarga(
            pedido.direccion,
            "el archivo tal como se publica",
            f"Content-Encoding: {respuesta.headers['Content-Encoding']}, que no se pidió",
            f"bájalo con el navegador desde {pedido.pagina}",
        )
    if estado == 200:
        parcial.empezar(_identidad(respuesta, pedido))


def _es_el_resto(respuesta: requests.Response, parcial: Parcial) -> bool:
    """Si el 206 empieza justo donde íbamos y es de la misma versión."""
    tramo = _TRAMO.fullmatch(respuesta.headers.get("Content-Range", "").strip())
    identidad = parcial.identidad
    if tramo is None or identidad is None or int(tramo[1]) != parcial.tamano:
        return False
    mismo_total = tramo[3] == "*" or identidad.total in (None, int(tramo[3]))
    return mismo_total and respuesta.headers.get("ETag", identidad.etag) == identidad.etag


def _identidad(respuesta: requests.Response, pedido: Pedido) -> Identidad:
    cabeceras = respuesta.headers
    longitud = cabeceras.get("Content-Length", "")
    return Identidad(
        direccion=pedido.direccion,
        etag=cabeceras.get("ETag"),
        modificado=cabeceras.get("Last-Modified"),
        total=int(longitud) if longitud.isdecimal() else None,
        sumas=_sumas(cabeceras),
    )


def _sumas(cabeceras: Mapping[str, str]) -> dict[str, str]:
    sumas = {}
    for cabecera, forma in _SUMAS.items():
        if hallada := forma.search(cabeceras.get(cabecera, "")):
            [(algoritmo, texto)] = hallada.groupdict().items()
            try:
                sumas[algoritmo] = base64.b64decode(texto, validate=True).hex()
            except binascii.Error:
                continue  # una cabecera ilegible no dice nada del archivo
    return sumas
