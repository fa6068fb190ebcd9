"""De un archivo oficial a la tabla del acervo que le toca, con los tipos y llaves de su contrato."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import pyarrow as pa

from atalaya.acervo.publicacion import Entrega
from atalaya.acervo.revision import revisar_contrato
from atalaya.contratos import TABLAS
from atalaya.errores import ErrorFuente
from atalaya.incorporacion import microdatos
from atalaya.incorporacion.reconocimiento import REGISTRADAS, Huella, reconocer
from atalaya.motor import Motor


def preparar(ruta: Path, huella: Huella, receta: str, fuentes: Sequence[str] = REGISTRADAS) -> Entrega:
    """Reconoce, lee y lleva al esquema común un archivo oficial; de los microdatos, sólo lo que se estima con ellos.

    Lanza ErrorFuente si el archivo no es lo que debe.
    """
    modulo = reconocer(ruta, fuentes)
    lectura = modulo.leer(ruta)
    nombre = getattr(modulo, "TABLA", "estimacion")
    motor = Motor(None)
    try:
        if lectura.producto == microdatos.PRODUCTO:
            tabla = microdatos.estimar(motor, modulo.PREPARAR, lectura).select(TABLAS[nombre].names)
        else:
            tabla = motor.correr_con(modulo.PREPARAR, lectura.tablas)
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
        tablas={nombre: _como_contrato(lectura.archivo, nombre, tabla)},
        producto=lectura.producto,
    )


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
