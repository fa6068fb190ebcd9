"""El servidor se porta mal: se insiste si sirve de algo, se rechaza lo que no es y nada a medias lleva su nombre."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
import zips
from servidor import Peticion, Respuesta, Servidor, archivo, cortado, estado, redireccion

from atalaya.descargas import Pedido
from atalaya.descargas.bajar import bajar
from atalaya.descargas.red import Politica
from atalaya.errores import ErrorDescarga

Falla = Callable[..., ErrorDescarga]
HTML = b"<!DOCTYPE html><html><head><title>INEGI</title></head><body>No encontrado</body></html>"


def fallar(
    servidor: Servidor, pedido: Pedido, carpeta: Path, politica: Politica, ruta: str, *guion: Respuesta
) -> ErrorDescarga:
    """La falla; comprueba que con su nombre final no quedó nada."""
    servidor.guiones[ruta] = guion
    with pytest.raises(ErrorDescarga) as falla:
        bajar(pedido, carpeta, servidor.sesion(), politica=politica)
    assert not (carpeta / pedido.archivo).exists()
    assert not list(carpeta.glob("*.recibo.json"))
    assert all((falla.value.esperado, falla.value.recibido, falla.value.remedio))
    return falla.value


@pytest.fixture
def falla(servidor: Servidor, pedido: Pedido, tmp_path: Path, politica: Politica, ruta: str) -> Falla:
    return lambda *guion, **cambios: fallar(servidor, replace(pedido, **cambios), tmp_path, politica, ruta, *guion)


@pytest.mark.parametrize("codigo", [400, 401, 403, 404, 410, 451])
def test_un_error_que_no_mejora_no_se_repite(falla: Falla, servidor: Servidor, codigo: int) -> None:
    dicho = falla(estado(codigo))
    assert f"estado {codigo}" in dicho.recibido
    assert "https://www.inegi.org.mx/programas/ensu/" in dicho.remedio
    assert len(servidor.pedidos) == 1


@pytest.mark.parametrize("codigo", [408, 429, 500, 502, 503, 504])
def test_un_error_pasajero_se_repite_cada_vez_mas_despacio(
    falla,
    servidor: Servidor,
    esperas: list[float],
    codigo: int,
) -> None:
    assert f"contestó {codigo} (4 intentos" in falla(estado(codigo)).recibido
    assert len(servidor.pedidos) == 4
    for espera, base in zip(esperas, (1, 2, 4), strict=True):
        assert 0.75 * base <= espera <= 1.25 * base


def test_tras_dos_500_llega(
    servidor: Servidor, pedido: Pedido, tmp_path: Path, politica: Politica, ruta: str, bueno: bytes
) -> None:
    servidor.guiones[ruta] = [estado(500), estado(503), archivo(bueno)]
    assert bajar(pedido, tmp_path, servidor.sesion(), politica=politica).ruta.read_bytes() == bueno


def test_retry_after_en_segundos_y_en_fecha(
    servidor: Servidor,
    pedido: Pedido,
    tmp_path: Path,
    politica: Politica,
    ruta: str,
    bueno: bytes,
    esperas: list[float],
) -> None:
    en_un_minuto = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    servidor.guiones[ruta] = [
        estado(429, Retry_After="17"),
        estado(503, Retry_After=en_un_minuto),
        estado(503, Retry_After="mañana"),
        archivo(bueno),
    ]
    bajar(pedido, tmp_path, servidor.sesion(), politica=politica)
    assert esperas[0] == 17
    assert 55 < esperas[1] <= 60
    assert esperas[2] <= 5  # no se entiende: la espera de siempre


def test_un_retry_after_desmedido_no_deja_esperando(falla: Falla, esperas: list[float]) -> None:
    dicho = falla(estado(503, Retry_After="7200"))
    assert "pide esperar 7,200 s" in dicho.recibido
    assert "pasado ese tiempo" in dicho.remedio
    assert esperas == []


# ── no es el archivo ──────────────────────────────────────────────────────────────────────────────


def test_una_pagina_con_200(falla: Falla, servidor: Servidor, tmp_path: Path) -> None:
    """Lo que INEGI contesta a la dirección de un archivo que no existe."""
    dicho = falla(lambda p: p.contestar(200, HTML, Content_Type="text/html; charset=utf-8"))
    assert "quizá esa edición no está publicada" in dicho.remedio
    assert (len(servidor.pedidos), list(tmp_path.iterdir())) == (1, [])


@pytest.mark.parametrize("cuerpo", [HTML, HTML * 500, b"a,b\n1,2\n" * 900, b"", b"\0" * 9000])
def test_otro_tipo_disfrazado_de_zip(falla: Falla, servidor: Servidor, tmp_path: Path, cuerpo: bytes) -> None:
    falla(archivo(cuerpo))
    assert (len(servidor.pedidos), list(tmp_path.iterdir())) == (1, [])


def test_una_pagina_sin_fin_se_corta_al_verla(falla: Falla, servidor: Servidor) -> None:
    """No hace falta bajar medio giga para saber que no es un zip."""
    enviados = []

    def sin_fin(peticion: Peticion) -> None:
        peticion.contestar(200, Content_Length="900000")
        for _ in range(200):
            try:
                peticion.wfile.write(b"<p>" * 1500)
            except OSError:
                break
            enviados.append(1)
            time.sleep(0.005)

    falla(sin_fin)
    assert len(enviados) < 150


@pytest.mark.parametrize(
    ("contenido", "dice"),
    [
        (zips.bomba(), "por cada byte comprimido"),
        (zips.bomba_que_miente(), "entero y sano"),
        (zips.zip_con({"../../.bashrc": b"a,b"}), "dentro de su carpeta"),
        (zips.zip_con({"/etc/passwd": b"a,b"}), "dentro de su carpeta"),
        (zips.enlace(), "un enlace"),
        (zips.danado(), "entero y sano"),
    ],
)
def test_un_zip_con_trampa(falla: Falla, tmp_path: Path, contenido: bytes, dice: str) -> None:
    assert dice in str(falla(archivo(contenido)))
    assert list(tmp_path.iterdir()) == []


def test_comprimido_al_vuelo_sin_pedirlo(falla: Falla, bueno: bytes) -> None:
    assert "gzip" in falla(archivo(bueno, Content_Encoding="gzip")).recibido


# ── tamaños ───────────────────────────────────────────────────────────────────────────────────────


def test_mayor_que_el_limite_ni_se_empieza(falla: Falla, tmp_path: Path) -> None:
    assert "5 MB" in falla(lambda p: p.contestar(200, b"PK\x03\x04", Content_Length="5000000")).recibido
    assert list(tmp_path.iterdir()) == []


def test_mayor_que_el_limite_sin_decirlo(falla: Falla, tmp_path: Path, bueno: bytes) -> None:
    def por_partes(peticion: Peticion) -> None:
        peticion.contestar(200, Content_Length=None, Transfer_Encoding="chunked")
        try:
            for _ in range(100):
                peticion.wfile.write(f"{len(bueno):x}\r\n".encode() + bueno + b"\r\n")
        except OSError:
            return

    assert "MB o más" in falla(por_partes).recibido
    assert list(tmp_path.iterdir()) == []


def test_promete_menos_de_lo_que_manda(falla: Falla, bueno: bytes, tmp_path: Path) -> None:
    """Se lee lo prometido; el zip queda sin su índice y no pasa."""
    assert "entero y sano" in falla(lambda p: p.contestar(200, bueno, Content_Length="9000")).esperado
    assert list(tmp_path.iterdir()) == []


def test_promete_mas_de_lo_que_manda(falla: Falla, servidor: Servidor, bueno: bytes) -> None:
    """Insiste, no avanza y se rinde con lo que hay guardado para seguir."""
    mentira = cortado(bueno, len(bueno), Content_Length=str(len(bueno) + 500))
    sin_mas = estado(416, Content_Range=f"bytes */{len(bueno)}")
    assert "intentos seguidos" in falla(mentira, sin_mas, mentira, sin_mas).recibido
    assert len(servidor.pedidos) <= 8


def test_sin_longitud_no_se_puede_saber(falla: Falla, tmp_path: Path) -> None:
    sin_decir = lambda p: p.contestar(200, b"a,b\n1,2\n", Content_Length=None)  # noqa: E731
    assert "no se puede saber" in falla(sin_decir, tipo="csv").recibido
    assert list(tmp_path.iterdir()) == []


# ── se corta, se calla, contesta otra cosa ────────────────────────────────────────────────────────


def test_corta_siempre_en_el_mismo_sitio(falla: Falla, servidor: Servidor, tmp_path: Path, bueno: bytes) -> None:
    dicho = falla(cortado(bueno, 7_000))  # ignora Range: cada vez desde cero, y nunca llega más lejos
    assert "7,000" in dicho.recibido
    assert len(servidor.pedidos) == 4
    assert {r.suffix for r in tmp_path.iterdir()} == {".parcial", ".json"}


def test_callado(falla: Falla, servidor: Servidor) -> None:
    assert "sin respuesta (ReadTimeout)" in falla(lambda _: time.sleep(0.6)).recibido
    assert len(servidor.pedidos) == 4


def test_se_calla_a_la_mitad(falla: Falla, bueno: bytes) -> None:
    def callarse(peticion: Peticion) -> None:
        peticion.contestar(200, bueno[:100], Content_Length=str(len(bueno)))
        time.sleep(0.6)

    assert "se cortó a la mitad (ReadTimeoutError)" in falla(callarse).recibido


def test_a_gotas(falla: Falla, bueno: bytes) -> None:
    """Nunca tarda tanto como para cansar al reloj de lectura, pero así no acabaría nunca."""

    def gotear(peticion: Peticion) -> None:
        peticion.contestar(200, Content_Length=str(len(bueno)))
        for i in range(40):
            try:
                peticion.wfile.write(bueno[i : i + 1])
            except OSError:
                return
            time.sleep(0.02)

    assert "bytes por segundo" in falla(gotear).recibido


@pytest.mark.parametrize(
    "tramo", ["bytes 0-12999/{total}", "bytes 8000-9999/{total}", "bytes 7000-7999/999", "bytes 7001-7999/*", "no", ""]
)
def test_un_206_que_no_es_lo_pedido_no_se_pega(
    servidor: Servidor, pedido: Pedido, tmp_path: Path, politica: Politica, ruta: str, bueno: bytes, tramo: str
) -> None:
    malo = lambda p: p.contestar(206, b"x" * 1000, Content_Range=tramo.format(total=len(bueno)), ETag='"v1"')  # noqa: E731
    servidor.guiones[ruta] = [cortado(bueno, 7_000), malo, archivo(bueno)]
    assert bajar(pedido, tmp_path, servidor.sesion(), politica=politica).ruta.read_bytes() == bueno
    assert "Range" not in servidor.cabeceras(2)


def test_un_206_de_otra_version_no_se_pega(
    servidor: Servidor, pedido: Pedido, tmp_path: Path, politica: Politica, ruta: str, bueno: bytes
) -> None:
    otra = lambda p: p.contestar(  # noqa: E731
        206, b"x" * 1000, ETag='"v2"', Content_Range=f"bytes 7000-{len(bueno) - 1}/{len(bueno)}"
    )
    servidor.guiones[ruta] = [cortado(bueno, 7_000), otra, archivo(bueno)]
    assert bajar(pedido, tmp_path, servidor.sesion(), politica=politica).ruta.read_bytes() == bueno


def test_un_206_que_nadie_pidio(falla: Falla, bueno: bytes) -> None:
    tramo = f"bytes 0-{len(bueno) - 1}/{len(bueno)}"
    assert "un tramo que no es" in falla(lambda p: p.contestar(206, bueno, Content_Range=tramo)).recibido


# ── a otra parte ──────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "destino",
    [
        "https://ejemplo.invalid/ensu.zip",
        "http://www.inegi.org.mx/ensu.zip",
        "//ejemplo.invalid/ensu.zip",
        "https://www.inegi.org.mx.ejemplo.invalid/ensu.zip",
        "https://www.inegi.org.mx:8443/ensu.zip",
        "https://www.inegi.org.mx@ejemplo.invalid/ensu.zip",
        "https://usuario@www.inegi.org.mx/ensu.zip",
        "https://127.0.0.1/ensu.zip",
        "file:///etc/passwd",
        "ftp://www.inegi.org.mx/ensu.zip",
    ],
)
def test_una_redireccion_a_otra_parte_no_se_sigue(
    falla,
    servidor: Servidor,
    bueno: bytes,
    destino: str,
) -> None:
    servidor.guiones["/ensu.zip"] = [archivo(bueno)]
    dicho = falla(redireccion(destino))
    assert "una redirección a" in dicho.recibido
    assert len(servidor.pedidos) == 1


def test_una_vuelta_tras_otra(falla: Falla, servidor: Servidor, ruta: str) -> None:
    assert "una vuelta tras otra" in falla(redireccion(ruta)).recibido
    assert len(servidor.pedidos) == 6
