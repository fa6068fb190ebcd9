"""Diez mil archivos estropeados al azar (con semilla fija): nada se cae y nada entra a medias."""

from __future__ import annotations

import random
import time
from collections import Counter

from archivos import BUENO, COLUMNAS, RENGLON, con_parte, libro_bueno, parte, vigentes

from atalaya.seguimiento import contratos, guardadas
from atalaya.seguimiento.admision import Admision, admitir
from atalaya.seguimiento.celdas import revisar

DE_TEXTO, DE_LIBRO = 9_200, 800
SEGUNDOS = 90
PARTES = ("xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml")
VENENOS = (
    *(
        b"\0",
        b"\xff\xfe",
        b"\xef\xbb\xbf",
        b'"',
        b"\n\n\n",
        b"\r",
        b";",
        b",,,,",
        b"\t",
        b"\xc3",
        b"\x80\x81",
        b"-",
        b"NaN",
    ),
    *(b"=cmd|' /C calc'!A0", b"@SUM(1)", b"<script>alert(1)</script>", b"9" * 400, b"1e999", b"31/02/2020", b"0x41"),
    *(b"MX-99999", b"PK\x03\x04", b"'=1", b"\x1b[2J", b"$x$", b"1.234,5", b"&lol;", b"</c>", b"<f>1+1</f>"),
    *(texto.encode() for texto in ("\u202e", "Ã³", "١٢", "😀", "２０２４", "\ufeff", "＝1")),
)


def _semillas() -> list[bytes]:
    todas = [guardadas.como_csv(contratos()[n], filas[:4]) for n, filas in vigentes().items() if filas]
    todas += [BUENO.encode(), BUENO.replace(",", ";").encode("cp1252"), BUENO.encode("utf-16")]
    return [*todas, f"Título\n\n{COLUMNAS}\n{RENGLON}\n".encode("utf-8-sig")]


def _mutar(azar: random.Random, crudo: bytes, veces: int) -> bytes:
    datos = bytearray(crudo)
    for _ in range(veces):
        k = azar.randrange(len(datos) + 1)
        match azar.randrange(6):
            case 0:
                datos[k:k] = azar.choice(VENENOS)
            case 1:
                del datos[k : k + azar.randrange(1, 12)]
            case 2:
                datos[k : k + 1] = bytes([azar.randrange(256)])
            case 3:
                otro = azar.randrange(len(datos) + 1)
                datos[k:k] = datos[otro : otro + azar.randrange(60)]
            case 4:
                datos = datos[: max(1, k)] if azar.random() < 0.2 else datos
            case 5:
                lineas = bytes(datos).split(b"\n")
                azar.shuffle(lineas)
                datos = bytearray(b"\n".join(lineas)) if azar.random() < 0.1 else datos
        if not datos:
            datos = bytearray(b"x")
    return bytes(datos)


def _mutar_libro(azar: random.Random, libro: bytes) -> bytes:
    """La mitad, el ZIP entero; la mitad, el XML de una de sus partes, para que llegue a abrirse."""
    if azar.random() < 0.5:
        return _mutar(azar, libro, azar.randrange(1, 6))
    nombre = azar.choice(PARTES)
    return con_parte(libro, nombre, _mutar(azar, parte(libro, nombre), azar.randrange(1, 4)))


def _sana(admision: Admision) -> None:
    """Todo o nada: o cada falta trae su remedio y no entra nada, o lo que entra cumple su contrato celda por celda."""
    if admision.hallazgos:
        assert not admision.nuevas
        assert all(h.archivo and h.esperado and h.recibido and h.remedio for h in admision.hallazgos)
        return
    for nombre, filas in admision.nuevas.items():
        for fila in filas:
            for columna in contratos()[nombre].columnas:
                assert revisar(columna, fila[columna.columna]) is None
        guardadas.en_arrow(contratos()[nombre], filas)


def test_diez_mil_archivos_estropeados() -> None:
    azar = random.Random(20261126)  # noqa: S311
    semillas, antes = _semillas(), repr(vigentes())
    libro = libro_bueno()
    inicio, cuenta = time.monotonic(), Counter[str]()
    for numero in range(DE_TEXTO + DE_LIBRO):
        de_texto = numero < DE_TEXTO
        crudo = _mutar(azar, azar.choice(semillas), azar.randrange(1, 6)) if de_texto else _mutar_libro(azar, libro)
        admision = admitir([("mutado.csv" if de_texto else "mutado.xlsx", crudo)], vigentes())
        _sana(admision)
        cuenta["con faltas" if admision.hallazgos else "entra" if admision.cuantas else "igual"] += 1
    assert time.monotonic() - inicio < SEGUNDOS
    assert repr(vigentes()) == antes
    # Si todos cayeran en el mismo cajón, la prueba no probaría nada.
    assert all(cuenta[clase] > 200 for clase in ("con faltas", "entra", "igual")), cuenta
