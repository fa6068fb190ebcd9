"""La sesión de verdad: https, certificados y proxy. Todo en 127.0.0.1."""

from __future__ import annotations

import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import requests

from atalaya.descargas import Pedido
from atalaya.descargas.bajar import bajar
from atalaya.descargas.red import Politica, abrir_sesion
from atalaya.errores import ErrorDescarga

AMBIENTE = ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE", "SSL_CERT_FILE", "SSL_CERT_DIR", "NO_PROXY", "ALL_PROXY")


@pytest.fixture(autouse=True)
def sin_ambiente(monkeypatch: pytest.MonkeyPatch) -> None:
    for nombre in (*AMBIENTE, "HTTPS_PROXY", "HTTP_PROXY"):
        monkeypatch.delenv(nombre, raising=False)
        monkeypatch.delenv(nombre.lower(), raising=False)


@pytest.fixture(scope="module")
def certificado(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Uno propio para localhost, como el de una red municipal."""
    carpeta = tmp_path_factory.mktemp("tls")
    publico, privado = carpeta / "publico.pem", carpeta / "privado.pem"
    orden = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
    orden += ["-keyout", str(privado), "-out", str(publico), "-days", "2", "-subj", "/CN=localhost"]
    orden += ["-addext", "subjectAltName=DNS:localhost"]
    try:
        subprocess.run(orden, check=True, capture_output=True)
    except FileNotFoundError:
        pytest.skip("falta openssl para hacer un certificado de prueba")
    return publico, privado


@pytest.fixture
def seguro(certificado: tuple[Path, Path], bueno: bytes) -> Iterator[int]:
    """Un servidor https en 127.0.0.1 que da el zip; el puerto."""

    class Dar(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Length", str(len(bueno)))
            self.end_headers()
            self.wfile.write(bueno)

        def log_message(self, *_: Any) -> None:
            """En silencio."""

    servidor = ThreadingHTTPServer(("127.0.0.1", 0), Dar)
    contexto = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    contexto.load_cert_chain(*map(str, certificado))
    servidor.socket = contexto.wrap_socket(servidor.socket, server_side=True)
    servidor.handle_error = lambda *_: None  # type: ignore[method-assign]  # el saludo rechazado no ensucia la salida
    hilo = threading.Thread(target=servidor.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    hilo.start()
    yield servidor.server_port
    servidor.shutdown()
    servidor.server_close()


def de_localhost(pedido: Pedido, puerto: int) -> Pedido:
    sitio = f"localhost:{puerto}"
    return replace(pedido, direccion=f"https://{sitio}/x.zip", dominios=frozenset({sitio}))


def test_un_certificado_desconocido_no_se_acepta_ni_se_insiste(
    seguro: int, pedido: Pedido, tmp_path: Path, politica: Politica, esperas: list[float]
) -> None:
    with pytest.raises(ErrorDescarga, match="REQUESTS_CA_BUNDLE"):
        bajar(de_localhost(pedido, seguro), tmp_path, abrir_sesion(), politica=politica)
    assert (esperas, list(tmp_path.iterdir())) == ([], [])


@pytest.mark.parametrize("variable", ["SSL_CERT_FILE", "REQUESTS_CA_BUNDLE"])
def test_los_certificados_del_sistema_se_respetan(
    seguro: int,
    certificado: tuple[Path, Path],
    pedido: Pedido,
    tmp_path: Path,
    politica: Politica,
    monkeypatch: pytest.MonkeyPatch,
    variable: str,
) -> None:
    monkeypatch.setenv(variable, str(certificado[0]))
    assert bajar(de_localhost(pedido, seguro), tmp_path, abrir_sesion(), politica=politica).nuevo


def test_el_proxy_del_sistema_se_respeta(
    pedido: Pedido, tmp_path: Path, politica: Politica, monkeypatch: pytest.MonkeyPatch
) -> None:
    recibido: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as puerta:

        def atender() -> None:
            with puerta.accept()[0] as conexion:
                recibido.append(conexion.recv(4096))
                conexion.sendall(b"HTTP/1.1 502 no\r\nContent-Length: 0\r\n\r\n")

        hilo = threading.Thread(target=atender, daemon=True)
        hilo.start()
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{puerta.getsockname()[1]}")
        with pytest.raises(ErrorDescarga, match="HTTPS_PROXY"):
            bajar(pedido, tmp_path, abrir_sesion(), politica=replace(politica, intentos=1))
        hilo.join(5)
    assert recibido[0].startswith(b"CONNECT www.inegi.org.mx:443 ")


def test_la_sesion_no_sabe_hablar_sin_cifrar() -> None:
    with pytest.raises(requests.exceptions.InvalidSchema):
        abrir_sesion().get("http://127.0.0.1:9/")


def test_sin_red_se_insiste_y_se_dice(
    pedido: Pedido, tmp_path: Path, politica: Politica, esperas: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as puerta:
        cerrado = puerta.getsockname()[1]
    monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{cerrado}")  # así no se sale de esta máquina
    with pytest.raises(ErrorDescarga, match="sin respuesta"):
        bajar(pedido, tmp_path, abrir_sesion(), politica=politica)
    assert len(esperas) == politica.intentos - 1
