"""Zips de juguete: el sano y los que traen trampa."""

from __future__ import annotations

import io
import random
import struct
import zipfile


def zip_de_juguete(tamano: int = 20_000) -> bytes:
    """Una tabla con bytes al azar (semilla fija), guardada sin comprimir."""
    relleno = random.Random(7).randbytes(tamano)  # noqa: S311
    return zip_con({"conjunto_de_datos/tabla.csv": relleno}, zipfile.ZIP_STORED)


def zip_con(piezas: dict[str | zipfile.ZipInfo, bytes], metodo: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Esas piezas, con los nombres tal cual."""
    bufer = io.BytesIO()
    with zipfile.ZipFile(bufer, "w", metodo) as paquete:
        for nombre, contenido in piezas.items():
            paquete.writestr(nombre, contenido)
    return bufer.getvalue()


def bomba(megas: int = 20) -> bytes:
    """Ceros: mil veces más grande abierto."""
    return zip_con({"datos.csv": b"\0" * (megas << 20)})


def bomba_que_miente() -> bytes:
    """La bomba, pero declara que su pieza mide 10 bytes."""
    entero = bytearray(bomba())
    real = struct.pack("<L", 20 << 20)
    sitio = entero.find(real)
    while sitio >= 0:
        entero[sitio : sitio + 4] = struct.pack("<L", 10)
        sitio = entero.find(real, sitio)
    return bytes(entero)


def enlace() -> bytes:
    """Un enlace simbólico a /etc/passwd."""
    pieza = zipfile.ZipInfo("datos.csv")
    pieza.create_system = 3
    pieza.external_attr = 0o120777 << 16
    return zip_con({pieza: b"/etc/passwd"})


def cifrado() -> bytes:
    """Con la marca de cifrado puesta."""
    entero = bytearray(zip_con({"datos.csv": b"a,b\n1,2\n"}))
    for firma, desplazamiento in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        entero[entero.find(firma) + desplazamiento] |= 1
    return bytes(entero)


def danado() -> bytes:
    """Un byte cambiado dentro de la pieza: el CRC no cuadra."""
    entero = bytearray(zip_de_juguete())
    entero[5_000] ^= 0xFF
    return bytes(entero)


def sobrepuesto() -> bytes:
    """Dos entradas que apuntan a los mismos bytes (la bomba sin recursión de Fifield)."""
    entero = bytearray(zip_con({"aaaa.csv": b"x,y\n" * 2000, "bbbb.csv": b"x,y\n" * 2000}, zipfile.ZIP_STORED))
    primera = entero.find(b"PK\x01\x02")
    segunda = entero.find(b"PK\x01\x02", primera + 4)
    entero[segunda + 42 : segunda + 46] = entero[primera + 42 : primera + 46]
    return bytes(entero)
