"""Pedir una dirección: https, sólo a los dominios de su fila, con el proxy y los certificados del sistema.

Dos clases de falla: `Reintentable` (se cortó, tardó, 500: vale la pena volver) y ErrorDescarga (no va a mejorar).
"""

from __future__ import annotations

import random
import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urljoin, urlsplit

import requests
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, InvalidHeader
from urllib3.util import Retry

from atalaya import __version__
from atalaya.descargas.plan import Pedido
from atalaya.errores import ErrorDescarga

TROZO: Final = 1 << 16
REINTENTABLES: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
CABECERAS: Final = {
    "User-Agent": f"atalaya/{__version__} (tablero abierto; baja datos oficiales)",
    # Comprimido al vuelo no se podría reanudar ni comprobar su longitud.
    "Accept-Encoding": "identity",
}


@dataclass(frozen=True)
class Politica:
    """Cuánto se espera y cuánto se insiste. Tiempos en segundos.

    `intentos` son seguidos y sin avanzar: si se bajaron `avance_minimo` bytes nuevos la cuenta empieza otra vez. Menos
    de `ritmo_minimo` bytes por segundo durante `ventana` es como si se hubiera cortado.
    """

    intentos: int = 5
    espera: float = 1.0
    espera_maxima: float = 60.0
    espera_pedida_maxima: float = 300.0
    conexion: float = 10.0
    lectura: float = 30.0
    ritmo_minimo: float = 1024.0
    ventana: float = 30.0
    avance_minimo: int = 1 << 20
    redirecciones: int = 5
    dormir: Callable[[float], None] = time.sleep

    def pausa(self, fallas: int, pedida: float | None) -> float:
        """Lo que se espera tras esa falla seguida (1, 2…): lo que pidió el servidor o el doble cada vez, con azar."""
        if pedida is not None:
            return pedida
        return min(self.espera_maxima, self.espera * 2 ** (fallas - 1)) * random.uniform(0.75, 1.25)  # noqa: S311


@dataclass
class Reintentable(Exception):
    """Falló ahora, pero puede salir bien después. `esperar`: los segundos que pidió el servidor (Retry-After)."""

    que: str
    esperar: float | None = None


class _DelSistema(HTTPAdapter):
    """Confía en los certificados del sistema, donde una red municipal pone el suyo, y en los que trae requests."""

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, ssl_context=ssl.create_default_context(), **kwargs)

    def proxy_manager_for(self, proxy: str, **kwargs: Any) -> Any:
        return super().proxy_manager_for(proxy, ssl_context=ssl.create_default_context(), **kwargs)


def abrir_sesion() -> requests.Session:
    """Una sesión que sólo sabe hablar https y respeta HTTPS_PROXY, NO_PROXY, SSL_CERT_FILE y REQUESTS_CA_BUNDLE."""
    sesion = requests.Session()
    del sesion.adapters["http://"]
    sesion.mount("https://", _DelSistema())
    sesion.headers.update(CABECERAS)
    return sesion


@contextmanager
def pedir(
    sesion: requests.Session, pedido: Pedido, cabeceras: Mapping[str, str], politica: Politica
) -> Iterator[requests.Response]:
    """La respuesta, con el cuerpo sin leer, tras seguir las redirecciones admitidas.

    Lanza Reintentable si no hubo respuesta a tiempo y ErrorDescarga si el certificado no es de fiar o la dirección
    lleva a otro dominio, a http o a demasiadas vueltas.
    """
    direccion = pedido.direccion
    for _ in range(politica.redirecciones + 1):
        _exigir_admitida(direccion, pedido)
        respuesta = _una(sesion, direccion, cabeceras, politica)
        try:
            if not respuesta.is_redirect:
                yield respuesta
                return
            direccion = urljoin(direccion, respuesta.headers["Location"])
        finally:
            respuesta.close()
    raise ErrorDescarga(
        pedido.direccion,
        f"a lo más {politica.redirecciones} redirecciones",
        "una vuelta tras otra",
        f"abre {pedido.pagina} y comprueba que la dirección siga ahí",
    )


def trozos(respuesta: requests.Response, politica: Politica) -> Iterator[bytes]:
    """El cuerpo según llega. Lanza Reintentable si se corta antes de su longitud, se calla o va demasiado lento."""
    desde, recibidos = time.monotonic(), 0
    while True:
        try:
            trozo = respuesta.raw.read1(TROZO, decode_content=False)
        except (HTTPError, OSError) as falla:
            raise Reintentable(f"se cortó a la mitad ({type(falla).__name__})") from falla
        if not trozo:
            return
        yield trozo
        recibidos += len(trozo)
        lapso = time.monotonic() - desde
        if lapso >= politica.ventana:
            if recibidos < politica.ritmo_minimo * lapso:
                raise Reintentable(f"llegaba a {recibidos / lapso:,.0f} bytes por segundo")
            desde, recibidos = time.monotonic(), 0


def por_estado(respuesta: requests.Response, pedido: Pedido) -> Reintentable | ErrorDescarga:
    """La falla que corresponde a un estado que no es de éxito."""
    estado = respuesta.status_code
    if estado in REINTENTABLES:
        return Reintentable(f"el servidor contestó {estado}", _pedida(respuesta))
    if estado in (404, 410):
        remedio = f"quizá esa edición no está publicada o cambió de sitio: mírala en {pedido.pagina}"
    else:
        remedio = f"prueba a bajarla con el navegador desde {pedido.pagina}"
    return ErrorDescarga(pedido.direccion, f"el archivo {pedido.archivo}", f"estado {estado}", remedio)


def _pedida(respuesta: requests.Response) -> float | None:
    """Los segundos de Retry-After, sea número o fecha; nada si no viene o no se entiende."""
    valor = respuesta.headers.get("Retry-After")
    if not valor:
        return None
    try:
        return max(0.0, Retry().parse_retry_after(valor))
    except InvalidHeader:
        return None


def _exigir_admitida(direccion: str, pedido: Pedido) -> None:
    """https, sin puerto ni usuario, y a un dominio de su fila: lo demás es que alguien lo mandó a otra parte."""
    partes = urlsplit(direccion)
    if partes.scheme != "https" or partes.netloc not in pedido.dominios:
        raise ErrorDescarga(
            pedido.direccion,
            f"https y uno de estos dominios: {', '.join(sorted(pedido.dominios))}",
            f"una redirección a {direccion}",
            f"no se siguió; si la oficina cambió de dominio, compruébalo en {pedido.pagina} y añádelo en descargas.csv",
        )


def _una(
    sesion: requests.Session, direccion: str, cabeceras: Mapping[str, str], politica: Politica
) -> requests.Response:
    try:
        return sesion.get(
            direccion,
            headers=dict(cabeceras),
            stream=True,
            allow_redirects=False,
            timeout=(politica.conexion, politica.lectura),
        )
    except requests.exceptions.SSLError as falla:
        raise ErrorDescarga(
            direccion,
            "un certificado que este sistema reconozca",
            str(falla),
            "si tu red usa su propio certificado, di cuál en REQUESTS_CA_BUNDLE; la comprobación no se apaga",
        ) from falla
    except (requests.exceptions.ConnectionError, requests.exceptions.Timeout) as falla:
        raise Reintentable(f"sin respuesta ({type(falla).__name__})") from falla
    except requests.exceptions.RequestException as falla:
        raise ErrorDescarga(
            direccion, "una dirección que se pueda pedir", str(falla), "revisa descargas.csv"
        ) from falla
