"""Tablas de juguete de lo que se sigue, con los tipos de su contrato: lo que no se dice va vacío."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from atalaya.seguimiento import contrato

TIPOS = {"BIGINT": pa.int64(), "DOUBLE": pa.float64(), "VARCHAR": pa.string()}
FUENTE = {"documento": "doc", "pasaje": "lámina 1"}


def tabla(nombre: str, *filas: dict[str, Any]) -> pa.Table:
    """La tabla `nombre` con esas filas; su documento y pasaje, si los lleva y no se dicen, los de juguete."""
    columnas = contrato(nombre).columnas
    esquema = pa.schema([(c.columna, TIPOS[c.tipo_sql]) for c in columnas])
    vacia = dict.fromkeys(esquema.names)
    if nombre != "documentos":
        vacia |= {clave: valor for clave, valor in FUENTE.items() if clave in vacia}
    for fila in filas:
        assert set(fila) <= set(vacia), set(fila) - set(vacia)
    return pa.Table.from_pylist([{**vacia, **fila} for fila in filas], schema=esquema)


def tablas(**filas: list[dict[str, Any]]) -> dict[str, pa.Table]:
    """Varias tablas, por nombre, con el documento de juguete del que salen."""
    suyas = {nombre: tabla(nombre, *unas) for nombre, unas in filas.items()}
    doc = {
        "documento": "doc",
        "titulo": "Informe de prueba",
        "autoria": "Quien prueba",
        "fecha": "2020",
        "clase": "informe",
    }
    return {"documentos": tabla("documentos", doc), **suyas}


def proceso(clave: str = "p", **cambios: Any) -> dict[str, Any]:
    """Un proceso de Iztapalapa."""
    fijo = {"proceso": clave, "lugar": "MX-09007", "clase": "planeación participativa", "nombre": f"Proceso {clave}"}
    return {**fijo, **cambios}


def medida(clave: str, valor: float | None = None, **cambios: Any) -> dict[str, Any]:
    """Una cuenta del proceso `p`; sin valor, no reportada."""
    estado = "dato" if valor is not None else "no reportado"
    fija = {"proceso": "p", "medida": clave, "nombre": clave, "estado": estado, "valor": valor, "unidad": "cosas"}
    return {**fija, "alcance": "exacta", "texto": f"dice {clave}", **cambios}


def territorio(clave: str, etapa: str = "agenda", **cambios: Any) -> dict[str, Any]:
    """Un territorio del proceso `p`."""
    fijo = {"territorio": clave, "proceso": "p", "lugar": "MX-09007", "nombre": f"Barrio {clave}", "etapa": etapa}
    return {**fijo, **cambios}


def asamblea(clave: str, de: str, estado: str = "celebrada", **cambios: Any) -> dict[str, Any]:
    """Una asamblea de un territorio."""
    return {"asamblea": clave, "territorio": de, "fecha": "2026-01-10", "estado": estado, **cambios}


def acuerdo(clave: str, de: str, estado: str, **cambios: Any) -> dict[str, Any]:
    """Un acuerdo de un territorio."""
    return {"acuerdo": clave, "territorio": de, "texto": f"Acuerdo {clave}", "estado": estado, **cambios}
