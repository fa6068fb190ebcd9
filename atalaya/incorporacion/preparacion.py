"""De un archivo oficial a la tabla del acervo que le toca, con los tipos y llaves de su contrato."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from types import ModuleType

import pyarrow as pa

from atalaya.acervo.publicacion import Entrega
from atalaya.acervo.revision import revisar_contrato
from atalaya.contratos import TABLAS
from atalaya.errores import ErrorFuente
from atalaya.fuentes.lectura import Lectura
from atalaya.incorporacion import microdatos
from atalaya.incorporacion.reconocimiento import REGISTRADAS, Huella, reconocer
from atalaya.motor import Motor


def preparar(ruta: Path, huella: Huella, receta: str, fuentes: Sequence[str] = REGISTRADAS) -> Entrega:
    """Reconoce, lee y lleva al esquema común un archivo oficial; de los microdatos, sólo lo que se estima con ellos.

    Una fuente de archivos muy grandes da además `partes(lectura)`: sus tablas por trozos, que se preparan uno por uno.
    Lanza ErrorFuente si el archivo no es lo que debe.
    """
    modulo = reconocer(ruta, fuentes)
    lectura = modulo.leer(ruta)
    nombre = getattr(modulo, "TABLA", "estimacion")
    motor = Motor(None)
    try:
        tabla = _preparada(motor, modulo, lectura, nombre)
    finally:
        motor.cerrar()
    return Entrega(
        fuente=lectura.fuente,
        edicion=lectura.edicion,
        archivo=lectura.archivo,
        origen=lectura.origen,
        sha256=huella.sha256,
        bytes=huella.bytes,
        receta=receta,
        tablas={nombre: tabla},
        producto=lectura.producto,
    )


def _preparada(motor: Motor, modulo: ModuleType, lectura: Lectura, nombre: str) -> pa.Table | tuple[pa.Table, ...]:
    """La tabla de su contrato; en partes, con el texto como diccionario, si la fuente partió el archivo."""
    if lectura.producto == microdatos.PRODUCTO:
        estimada = microdatos.estimar(motor, modulo.PREPARAR, lectura).select(TABLAS[nombre].names)
        return _como_contrato(lectura.archivo, nombre, estimada)
    if not hasattr(modulo, "partes"):
        return _como_contrato(lectura.archivo, nombre, motor.correr_con(modulo.PREPARAR, lectura.tablas))
    partes = [
        _compacta(_como_contrato(lectura.archivo, nombre, motor.correr_con(modulo.PREPARAR, tablas)))
        for tablas in modulo.partes(lectura)
    ]
    return tuple(partes)


def _compacta(tabla: pa.Table) -> pa.Table:
    """Todas las columnas como diccionario: se repiten tanto que ocupan la cuarta parte.

    También las de números: si una sola quedara como vino, retendría la memoria entera de lo que entregó DuckDB.
    """
    return pa.table({nombre: tabla[nombre].dictionary_encode() for nombre in tabla.column_names})


def _como_contrato(archivo: str, nombre: str, tabla: pa.Table) -> pa.Table:
    """La tabla con los tipos del contrato; lanza ErrorFuente si la preparación no da lo que el contrato pide."""
    if tabla.column_names == TABLAS[nombre].names:
        with suppress(pa.ArrowInvalid, ValueError):  # lo que estorbe lo dice revisar_contrato, columna por columna
            tabla = tabla.cast(TABLAS[nombre])
    if faltas := revisar_contrato(nombre, tabla):
        raise ErrorFuente(
            archivo,
            "las columnas, llaves y valores de atalaya/contratos.py",
            "; ".join(faltas),
            "si el archivo es el oficial sin tocar, es una falla del lector: repórtala con su nombre",
        )
    return tabla
