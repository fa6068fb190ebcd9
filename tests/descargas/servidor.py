"""Un servidor de mentira en 127.0.0.1 que se porta como se le diga, y la sesión que cree hablar con la oficina.

Las direcciones se piden tal como están en el catálogo (https, su dominio): `AlLocal` se pone en el sitio de la red y
las lleva al servidor. Así se prueba la dirección real y el código no tiene ninguna puerta para cambiarla.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

import requests
from requests.adapters import HTTPAdapter

from atalaya.descargas.red import CABECERAS

LIMITE = 60
"""Peticiones que atiende un servidor: una prueba que se equivoque termina en vez de insistir para siempre."""

Respuesta = Callable[["Peticion"], None]


class Peticion(BaseHTTPRequestHandler):
    """Cada petición corre la respuesta que le toca a su ruta; la última se repite."""

    protocol_version = "HTTP/1.1"
    timeout = 10

    def do_GET(self) -> None:
        servidor: Servidor = self.server.dueno
        servidor.pedidos.append((self.path, dict(self.headers)))
        guion = servidor.guiones.get(self.path.split("?")[0], [estado(404)])
        veces = servidor.veces.setdefault(self.path, 0)
        servidor.veces[self.path] += 1
        self.close_connection = True
        if len(servidor.pedidos) > LIMITE:
            estado(410)(self)
            return
        guion[min(veces, len(guion) - 1)](self)

    def contestar(self, codigo: int, cuerpo: bytes = b"", **cabeceras: str | None) -> None:
        """Estado, cabeceras (`Content_Type` → Content-Type; None la quita) y cuerpo."""
        self.send_response(codigo)
        todas = {"Content_Length": str(len(cuerpo)), "Connection": "close", **cabeceras}
        for nombre, valor in todas.items():
            if valor is not None:
                self.send_header(nombre.replace("_", "-"), valor)
        self.end_headers()
        try:
            self.wfile.write(cuerpo)
        except OSError:
            self.close_connection = True  # quien pedía ya tuvo bastante

    def log_message(self, *_args: Any) -> None:
        """En silencio."""


class Servidor:
    """`guiones`: ruta → respuestas en orden. `pedidos`: lo que llegó, con sus cabeceras."""

    def __init__(self) -> None:
        self.guiones: dict[str, Sequence[Respuesta]] = {}
        self.pedidos: list[tuple[str, dict[str, str]]] = []
        self.veces: dict[str, int] = {}
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Peticion)
        self._http.daemon_threads = True
        self._http.dueno = self  # type: ignore[attr-defined]
        self.puerto = self._http.server_port

    @contextmanager
    def encendido(self) -> Iterator[Servidor]:
        """Atiende mientras dure el bloque."""
        hilo = threading.Thread(target=self._http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        hilo.start()
        try:
            yield self
        finally:
            self._http.shutdown()
            self._http.server_close()
            hilo.join()

    def sesion(self) -> requests.Session:
        """Como la de `red.abrir_sesion`, pero con la red de mentira."""
        sesion = requests.Session()
        sesion.adapters.clear()
        sesion.mount("https://", AlLocal(self.puerto))
        sesion.headers.update(CABECERAS)
        return sesion

    def cabeceras(self, numero: int) -> dict[str, str]:
        """Las de esa petición, en orden de llegada."""
        return self.pedidos[numero][1]


class AlLocal(HTTPAdapter):
    """Lleva cualquier https://… al servidor local, con su ruta y su consulta; jamás sale de 127.0.0.1."""

    def __init__(self, puerto: int) -> None:
        super().__init__()
        self.puerto = puerto

    def send(self, request: requests.PreparedRequest, **kwargs: Any) -> requests.Response:
        original = str(request.url)
        partes = urlsplit(original)
        request.url = f"http://127.0.0.1:{self.puerto}{partes.path}" + (f"?{partes.query}" if partes.query else "")
        kwargs["proxies"] = None
        respuesta = super().send(request, **kwargs)
        respuesta.url = original
        return respuesta


def archivo(cuerpo: bytes, etag: str | None = '"v1"', **cabeceras: str | None) -> Respuesta:
    """Un servidor bien hecho: respeta Range e If-Range, y dice 304 a If-None-Match."""

    def responder(peticion: Peticion) -> None:
        recibidas = peticion.headers
        comunes = {"Content_Type": "application/x-zip-compressed", "ETag": etag, **cabeceras}
        if etag is not None and recibidas.get("If-None-Match") == etag:
            peticion.contestar(304, ETag=etag, Content_Length=None)
        elif recibidas.get("Range") and recibidas.get("If-Range") == etag:
            desde = int(recibidas["Range"].removeprefix("bytes=").removesuffix("-"))
            tramo = f"bytes {desde}-{len(cuerpo) - 1}/{len(cuerpo)}"
            peticion.contestar(206, cuerpo[desde:], **{**comunes, "Content_Range": tramo})
        else:
            peticion.contestar(200, cuerpo, **comunes)

    return responder


def cortado(cuerpo: bytes, hasta: int, etag: str | None = '"v1"', **cabeceras: str | None) -> Respuesta:
    """Promete el cuerpo entero y cuelga a la mitad."""
    return lambda peticion: peticion.contestar(
        200, cuerpo[:hasta], **{"Content_Length": str(len(cuerpo)), "ETag": etag, **cabeceras}
    )


def estado(codigo: int, **cabeceras: str | None) -> Respuesta:
    """Sólo un estado."""
    return lambda peticion: peticion.contestar(codigo, b"no", **cabeceras)


def redireccion(destino: str, codigo: int = 302) -> Respuesta:
    """A otra dirección."""
    return lambda peticion: peticion.contestar(codigo, Location=destino)
