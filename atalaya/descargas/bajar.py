"""Bajar un pedido: seguir lo que quedó a medias, insistir, comprobar y sólo entonces darle su nombre."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import requests
from filelock import FileLock, Timeout

from atalaya.acervo.disco import sha256_de, sincronizar
from atalaya.descargas import red
from atalaya.descargas.guardado import Parcial, Recibo, discrepancias, vigente
from atalaya.descargas.plan import MB, Pedido
from atalaya.descargas.red import Politica, Reintentable
from atalaya.descargas.respuesta import situar
from atalaya.descargas.revisar import CABEZA, revisar, revisar_cabeza
from atalaya.errores import ErrorDescarga

Avance = Callable[[int, int | None], None]
"""Recibe los bytes que van y cuántos son en total (nulo si el servidor no lo dijo)."""

POLITICA: Final = Politica()


@dataclass(frozen=True)
class Bajado:
    """Un archivo en su sitio, con su recibo. `nuevo`: si llegó ahora o ya estaba y coincidía."""

    ruta: Path
    recibo: Recibo
    nuevo: bool


@dataclass(frozen=True)
class _Encargo:
    """Lo que hace falta en cada intento. `condiciones`: las cabeceras con que se pregunta si cambió lo que se tiene."""

    pedido: Pedido
    parcial: Parcial
    sesion: requests.Session
    avance: Avance
    condiciones: Mapping[str, str]
    politica: Politica


@contextmanager
def carpeta_propia(destino: Path) -> Iterator[Path]:
    """La carpeta, creada y con cerrojo: dos órdenes a la vez mezclarían sus archivos a medias.

    Lanza ErrorDescarga si otra la está usando o no se puede escribir en ella.
    """
    try:
        destino.mkdir(parents=True, exist_ok=True)
        with FileLock(destino / ".cerrojo", timeout=0):
            yield destino
    except Timeout as falla:
        raise ErrorDescarga(
            str(destino),
            "una sola descarga a la vez en esa carpeta",
            "otra en marcha",
            "espera a que termine o usa otro --destino",
        ) from falla
    except OSError as falla:
        raise ErrorDescarga(
            str(destino), "una carpeta donde se pueda escribir", str(falla), "haz sitio o usa otro --destino"
        ) from falla


def bajar(
    pedido: Pedido,
    destino: Path,
    sesion: requests.Session,
    avance: Avance = lambda _van, _total: None,
    actualizar: bool = False,
    politica: Politica = POLITICA,
) -> Bajado:
    """Deja el archivo en `destino` con su nombre y su recibo; si ya está y coincide, no lo pide.

    `actualizar` pregunta a la oficina si cambió. Si falla, con su nombre final queda lo que hubiera (nada, o el
    anterior entero); lo que llegó se queda en `.parcial` para seguirlo, salvo que no fuera lo pedido. Lanza
    ErrorDescarga.
    """
    final = destino / pedido.archivo
    anterior = vigente(final, pedido.direccion)
    if anterior is not None and not actualizar:
        return Bajado(final, anterior, nuevo=False)
    parcial = Parcial(final, pedido.direccion)
    encargo = _Encargo(pedido, parcial, sesion, avance, _condiciones(anterior), politica)
    llego = parcial.entero or _insistir(encargo)
    if not llego and anterior is not None:  # «no cambió» sólo se contesta a quien dijo qué tenía
        return Bajado(final, anterior, nuevo=False)
    try:
        revisar(parcial.ruta, pedido.tipo, pedido.archivo)
    except ErrorDescarga:
        parcial.borrar()
        raise
    return Bajado(final, _guardar(pedido, parcial, final), nuevo=True)


def _condiciones(anterior: Recibo | None) -> dict[str, str]:
    if anterior is None:
        return {}
    if anterior.etag:
        return {"If-None-Match": anterior.etag}
    return {"If-Modified-Since": anterior.modificado} if anterior.modificado else {}


def _insistir(encargo: _Encargo) -> bool:
    """Intenta hasta tenerlo entero; falso si la oficina dice que no cambió."""
    parcial, politica = encargo.parcial, encargo.politica
    fallas, marca = 0, parcial.tamano
    while True:
        try:
            return _intento(encargo)
        except Reintentable as falla:
            # Cuenta sólo lo nunca alcanzado: un servidor que corta siempre en el mismo sitio no avanza.
            avanzo = parcial.tamano >= marca + politica.avance_minimo
            marca = max(marca, parcial.tamano)
            fallas = 1 if avanzo else fallas + 1
            if fallas >= politica.intentos or (falla.esperar or 0) > politica.espera_pedida_maxima:
                raise _rendirse(encargo.pedido, parcial, falla, fallas) from falla
            politica.dormir(politica.pausa(fallas, falla.esperar))


def _rendirse(pedido: Pedido, parcial: Parcial, falla: Reintentable, fallas: int) -> ErrorDescarga:
    espera = f"; pide esperar {falla.esperar:,.0f} s" if falla.esperar else ""
    queda = f"; van {parcial.tamano:,} bytes" if parcial.tamano else ""
    if falla.esperar:
        remedio = "vuelve a correr la orden pasado ese tiempo"
    elif parcial.reanudable:
        remedio = "vuelve a correr la orden más tarde: sigue donde se quedó"
    else:
        remedio = f"comprueba la red y el proxy (HTTPS_PROXY), o bájalo con el navegador desde {pedido.pagina}"
    return ErrorDescarga(
        pedido.direccion,
        f"el archivo {pedido.archivo} entero",
        f"{falla.que} ({fallas} intentos seguidos){espera}{queda}",
        remedio,
    )


def _intento(encargo: _Encargo) -> bool:
    pedido, parcial = encargo.pedido, encargo.parcial
    cabeceras = dict(encargo.condiciones)
    if validador := parcial.reanudable:
        cabeceras = {"Range": f"bytes={parcial.tamano}-", "If-Range": validador}
    with red.pedir(encargo.sesion, pedido, cabeceras, encargo.politica) as respuesta:
        if respuesta.status_code == 304 and encargo.condiciones:
            return False
        situar(respuesta, pedido, parcial)
        _recibir(respuesta, encargo)
    _comprobar(parcial)
    return True


def _recibir(respuesta: requests.Response, encargo: _Encargo) -> None:
    """Guarda el cuerpo; se detiene en cuanto pasa del límite o se ve que no es el tipo pedido."""
    pedido, parcial, avance = encargo.pedido, encargo.parcial, encargo.avance
    identidad = parcial.identidad
    total = identidad.total if identidad else None
    cabeza_vista = parcial.tamano >= CABEZA

    def revisar_llegada(van: int) -> None:
        nonlocal cabeza_vista
        if van > pedido.limite_bytes:
            raise _demasiado(pedido, van)
        if not cabeza_vista and van >= CABEZA:
            with parcial.ruta.open("rb") as entrada:
                revisar_cabeza(entrada.read(CABEZA), pedido.tipo, pedido.archivo)
            cabeza_vista = True
        avance(van, total)

    try:
        if (total or 0) > pedido.limite_bytes:
            raise _demasiado(pedido, total or 0)
        avance(parcial.tamano, total)
        parcial.agregar(red.trozos(respuesta, encargo.politica), revisar_llegada)
    except ErrorDescarga:
        parcial.borrar()
        raise
    if total is None and "chunked" not in respuesta.headers.get("Transfer-Encoding", "").lower():
        parcial.borrar()
        raise ErrorDescarga(
            pedido.direccion,
            "que el servidor diga cuánto mide el archivo",
            "ni Content-Length ni envío por partes: no se puede saber si llegó entero",
            f"bájalo con el navegador desde {pedido.pagina}",
        )


def _demasiado(pedido: Pedido, van: int) -> ErrorDescarga:
    return ErrorDescarga(
        pedido.direccion,
        f"a lo más {pedido.limite_bytes // MB:,} MB",
        f"{van / MB:,.0f} MB o más",
        "no se guardó nada; si la oficina de verdad publica uno mayor, sube limite_mb en descargas.csv",
    )


def _comprobar(parcial: Parcial) -> None:
    """La longitud y las huellas que el servidor anunció. Lanza Reintentable si no cuadran."""
    identidad = parcial.identidad
    if identidad is None:
        return
    if identidad.total is not None and parcial.tamano != identidad.total:
        van = parcial.tamano
        if van > identidad.total:
            parcial.borrar()
        raise Reintentable(f"llegaron {van:,} de {identidad.total:,} bytes")
    if malas := discrepancias(parcial.ruta, identidad.sumas) if parcial.tamano else []:
        parcial.borrar()
        raise Reintentable(f"la huella no es la que anunció el servidor ({', '.join(malas)})")


def _guardar(pedido: Pedido, parcial: Parcial, final: Path) -> Recibo:
    """El recibo va antes: si todo se apaga entre los dos, el parcial está entero y sólo falta renombrarlo."""
    identidad = parcial.identidad
    sincronizar(parcial.ruta)
    recibo = Recibo(
        archivo=pedido.archivo,
        fuente=pedido.fuente,
        producto=pedido.producto,
        periodos=list(pedido.periodos),
        direccion=pedido.direccion,
        bajado=datetime.now(UTC).isoformat(timespec="seconds"),
        bytes=parcial.tamano,
        sha256=sha256_de(parcial.ruta),
        etag=identidad.etag if identidad else None,
        modificado=identidad.modificado if identidad else None,
    )
    recibo.escribir(final)
    parcial.ascender(final)
    sincronizar(final.parent)
    return recibo
