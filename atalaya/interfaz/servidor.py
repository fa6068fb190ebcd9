"""El servidor: cabeceras de seguridad, idioma de la página, ruta de salud y memoria congelada al arrancar.

`app.py` lo monta con `st.App`. Nada de esto corre en cada reejecución.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import re
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, urlencode

from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.config import get_option
from streamlit.runtime.pages_manager import PagesManager

from atalaya import __version__
from atalaya.acervo import Acervo
from atalaya.errores import ErrorAcervo, ErrorAtalaya
from atalaya.idiomas import OMISION
from atalaya.informes import proyeccion
from atalaya.interfaz import frases_streamlit, incrustada, memoria, obrador, presentacion
from atalaya.interfaz.idioma import CLAVE

# Vega compila sus expresiones con new Function ('unsafe-eval') y Streamlit pone estilos en línea. Los guiones en
# línea no: el único de la página se admite por su huella. Todo lo demás, sólo del propio origen.
_POLITICA: Final = {
    "default-src": "'self'",
    "script-src": "'self' 'unsafe-eval' 'wasm-unsafe-eval'",
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "connect-src": "'self'",
    "worker-src": "'self' blob:",
    "frame-src": "'self' blob: data:",
    "object-src": "'none'",
    "base-uri": "'self'",
    "form-action": "'self'",
    # frame-ancestors lo pone cada respuesta: véase `ancestros`.
}
_PROPIO: Final = "'self'"
_FIJAS: Final = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"x-frame-options", b"SAMEORIGIN"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
)
# Al abrir /comparar, Streamlit busca su servidor primero en /comparar/_stcore y deja dos 404 en la consola. Se le dice
# dónde está: junto a la página, que es de donde ésta carga también sus guiones (vale con server.baseUrlPath y proxies).
_BASE: Final = "window.__streamlit={BACKEND_BASE_URL:new URL('.',location.href).href}"
INCRUSTAR: Final = "ATALAYA_INCRUSTAR"
"""Qué sitios pueden incrustar una vista: `*` (por omisión), una lista de orígenes, o `no`."""
_ORIGEN: Final = re.compile(r"\*|https?://[\w.*-]+(:\d+)?")
ESTILO: Final = Path(__file__).with_name("estilo.css")
GUION: Final = Path(__file__).with_name("pagina.js")
_NO_SON_PAGINAS: Final = ("/_stcore/", "/static/", "/media/", "/component/", "/app/static/", "/salud", "/imagen")


@asynccontextmanager
async def vida(_app: Any) -> AsyncIterator[None]:
    """Al arrancar: páginas sólo por `st.navigation` y lo ya importado fuera de la recolección de basura."""
    # Lo que toda página usa se importa antes de la primera visita.
    importlib.import_module("atalaya.interfaz.vistas.todas")
    # Con una carpeta pages/ Streamlit supone su navegación antigua hasta la primera visita: un enlace profundo a un
    # servidor recién arrancado avisaría «Page not found».
    PagesManager.uses_pages_directory = False
    memoria.congelar()
    yield


async def salud(_peticion: Request) -> JSONResponse:
    """`/salud`: versión de Atalaya y del acervo (200), o por qué no se puede leer (503)."""
    try:
        acervo = Acervo.abrir()
    except ErrorAcervo as falla:
        cuerpo = {"estado": "sin acervo", "atalaya": __version__, "falla": falla.recibido, "remedio": falla.remedio}
        return JSONResponse(cuerpo, 503)
    return JSONResponse(
        {"estado": "bien", "atalaya": __version__, "acervo": acervo.version, "publicado": acervo.manifiesto.publicado}
    )


def presentar(peticion: Request) -> Response:
    """`/presentar?p=…&idioma=…`: la presentación de un enlace, proyectada; 400 si está cortado o pide lo que no hay."""
    sitio = str(peticion.url.replace(path=peticion.url.path.removesuffix("presentar"), query="", fragment=""))
    try:
        una = presentacion.de_enlace(peticion.query_params.get("p", ""))
        en = peticion.query_params.get(CLAVE, OMISION)
        hecha = obrador.encargar(obrador.proyeccion_de, una, sitio.rstrip("?"), Acervo.abrir().version, en)
    except ErrorAtalaya as falla:
        return PlainTextResponse(str(falla), 400)
    return HTMLResponse(hecha)


def imagen(peticion: Request) -> Response:
    """`/imagen?pagina=comparar&lugar=…`: el PNG de esa vista, el mismo que se baja; 400 si no hay tal vista."""
    pares = [(clave, valor) for clave, valor in peticion.query_params.multi_items() if clave != "pagina"]
    vista = f"{peticion.query_params.get('pagina', '')}?{urlencode(pares)}"
    en = peticion.query_params.get(CLAVE, OMISION)
    try:
        hecha = obrador.encargar(obrador.png_de, vista, "", Acervo.abrir().version, en)
    except ErrorAtalaya as falla:
        return PlainTextResponse(str(falla), 400)
    return Response(hecha, media_type="image/png")


class Cabeceras:
    """Capa ASGI: añade cabeceras de seguridad a toda respuesta y deja la página en español."""

    def __init__(self, app: ASGIApp) -> None:
        """`app`: la aplicación que envuelve."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Atiende una petición."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        ruta = scope["path"]
        if ruta.endswith("/presentar"):
            await self.app(scope, receive, _con_cabeceras(send, proyeccion.HUELLA))
            return
        guion = frases_streamlit.guion_de(ruta)
        consulta = scope.get("query_string", b"").decode("latin-1")
        if _es_pagina(ruta) and (destino := _pagina_de(ruta)):
            # En otra ruta la página no hallaría sus guiones, que busca junto a ella, y se quedaría en blanco.
            respuesta = RedirectResponse(destino + (f"?{consulta}" if consulta else ""))
            await respuesta(scope, receive, _con_cabeceras(send))
        elif guion or _es_pagina(ruta):
            # Se va a reescribir: que llegue entero y sin comprimir.
            ajenas = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range")
            scope = {**scope, "headers": [(k, v) for k, v in scope["headers"] if k not in ajenas]}
            await self.app(scope, receive, _Reescribir(send, partial(en_espanol, guion), ancestros(ruta, consulta)))
        else:
            await self.app(scope, receive, _con_cabeceras(send))


class _Reescribir:
    """Junta el cuerpo de una página o de un guion y lo manda en español, con la política que admite sus guiones."""

    def __init__(self, send: Send, reescribir: Callable[[bytes], tuple[bytes, str]], marcos: str) -> None:
        self._send = send
        self._marcos = marcos
        self._reescribir = reescribir
        self._inicio: Message = {}
        self._partes: list[bytes] = []

    async def __call__(self, mensaje: Message) -> None:
        if mensaje["type"] == "http.response.start":
            self._inicio = mensaje
            return
        self._partes.append(mensaje.get("body", b""))
        if mensaje.get("more_body"):
            return
        cuerpo, huellas = self._reescribir(b"".join(self._partes))
        quitar = (b"content-length", b"etag", b"last-modified", b"accept-ranges")
        cabeceras = [(k, v) for k, v in self._inicio["headers"] if k not in quitar]
        inicio = {**self._inicio, "headers": [*cabeceras, (b"content-length", str(len(cuerpo)).encode())]}
        enviar = _con_cabeceras(self._send, huellas, self._marcos)
        await enviar(inicio)
        await enviar({"type": "http.response.body", "body": cuerpo})


def en_espanol(guion: str, cuerpo: bytes) -> tuple[bytes, str]:
    """El guion con sus textos en cada idioma, o la página si no se nombra; y las huellas CSP de lo que va en línea."""
    return (frases_streamlit.traducir(guion, cuerpo), "") if guion else pagina_en_espanol(cuerpo)


@lru_cache(maxsize=4)
def pagina_en_espanol(html: bytes) -> tuple[bytes, str]:
    """La página de Streamlit en español, con título y estilo propios, y las huellas CSP de sus guiones en línea."""
    texto = html.decode("utf-8")
    texto = texto.replace('<html lang="en">', '<html lang="es">', 1).replace(
        "<title>Streamlit</title>", "<title>Atalaya</title>", 1
    )
    texto = texto.replace("<head>", f"<head><script>{_BASE};\n{GUION.read_text(encoding='utf-8')}</script>", 1)
    # El estilo va en la página y no en cada reejecución.
    texto = texto.replace("</head>", f"<style>{ESTILO.read_text(encoding='utf-8')}</style></head>", 1)
    guiones = re.findall(r"<script>(.*?)</script>", texto, re.DOTALL)
    huellas = [f"'sha256-{b64encode(hashlib.sha256(g.encode()).digest()).decode()}'" for g in guiones]
    return texto.encode("utf-8"), " ".join(huellas)


def _es_pagina(ruta: str) -> bool:
    return not ruta.startswith(_NO_SON_PAGINAS) and "." not in ruta.rpartition("/")[2]


def _pagina_de(ruta: str) -> str:
    """A dónde mandar una ruta con más de un tramo («/indicadores/mapa» → «/mapa»); vacío si ya está donde debe.

    Con `server.baseUrlPath` los tramos de la base no cuentan.
    """
    base = f"/{str(get_option('server.baseUrlPath') or '').strip('/')}".rstrip("/")
    tramos = ruta.removeprefix(base).split("/")[1:]
    return "" if len(tramos) < 2 else f"{base}/{next((t for t in reversed(tramos) if t), '')}"


def ancestros(ruta: str, consulta: str) -> str:
    """Quién puede enmarcar esa página: el propio sitio y, si pide `embed=true` y se incrusta, los admitidos."""
    incrustable = ruta.rstrip("/").rpartition("/")[2] not in incrustada.FUERA
    pedida = parse_qs(consulta).get("embed", [""])[-1].lower() == "true"
    admitidos = os.environ.get(INCRUSTAR, "*").split()
    sitios = " ".join(uno for uno in admitidos if _ORIGEN.fullmatch(uno))
    return f"'self' {sitios}" if incrustable and pedida and sitios else _PROPIO


@lru_cache(maxsize=16)
def _politica(huellas: str, marcos: str) -> bytes:
    reglas = {**_POLITICA, "frame-ancestors": marcos, "script-src": f"{_POLITICA['script-src']} {huellas}".strip()}
    return "; ".join(f"{regla} {valor}" for regla, valor in reglas.items()).encode()


def _con_cabeceras(send: Send, huellas: str = "", marcos: str = _PROPIO) -> Send:
    async def enviar(mensaje: Message) -> None:
        if mensaje["type"] == "http.response.start":
            # X-Frame-Options no sabe de sitios admitidos: donde los hay, manda frame-ancestors.
            fijas = [una for una in _FIJAS if marcos == _PROPIO or una[0] != b"x-frame-options"]
            propias = [*fijas, (b"content-security-policy", _politica(huellas, marcos))]
            mensaje = {**mensaje, "headers": [*mensaje["headers"], *propias]}
        await send(mensaje)

    return enviar


MONTAJE: Final[dict[str, Any]] = {
    "lifespan": vida,
    "routes": [Route("/salud", salud), Route("/presentar", presentar), Route("/imagen", imagen)],
    "middleware": [Middleware(Cabeceras)],
}
"""Lo que `app.py` pasa a `st.App`."""
