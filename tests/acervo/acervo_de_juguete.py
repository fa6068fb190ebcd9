"""Un acervo chico hecho en el momento: cifras de juguete, nunca las del proyecto."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from atalaya.acervo import Acervo
from atalaya.acervo.publicacion import Entrega
from atalaya.contratos import ESTIMACION


def tabla(edicion: str, valor: float = 50.0, filas: int = 200) -> pa.Table:
    """`filas` estimaciones de juguete de un trimestre, todas con el mismo valor."""
    return pa.Table.from_pylist(
        [
            {
                "fuente": "juguete",
                "periodo": edicion,
                "lugar": f"MX-{numero:05d}",
                "indicador": "inseguridad_ciudad",
                "desglose": "total",
                "valor_pct": valor,
                "estado": "dato",
                "metodo": "publicada",
                "edicion": edicion,
                "archivo": f"{edicion}.zip",
                "cuadro": "1.1",
                "celda": f"B{numero}",
            }
            for numero in range(filas)
        ],
        schema=ESTIMACION,
    )


def entrega(edicion: str = "2025T1", valor: float = 50.0, sha256: str = "a" * 64, filas: int = 200) -> Entrega:
    """Una entrega de juguete lista para publicar."""
    return Entrega(
        fuente="juguete",
        edicion=edicion,
        archivo=f"{edicion}.zip",
        origen=f"https://ejemplo.invalid/{edicion}.zip",
        sha256=sha256,
        bytes=1,
        receta="r",
        tablas={"estimacion": tabla(edicion, valor, filas)},
    )


def huella_del_arbol(raiz: Path) -> dict[str, bytes]:
    """Todo lo que hay en un acervo, byte a byte, menos el cerrojo."""
    return {
        ruta.relative_to(raiz).as_posix(): ruta.read_bytes()
        for ruta in sorted(raiz.rglob("*"))
        if ruta.is_file() and ruta.name != ".cerrojo"
    }


def valores(acervo: Acervo) -> set[float]:
    """Los valores distintos que trae un acervo de juguete."""
    return {valor for ruta in acervo.rutas("estimacion") for valor in pq.read_table(ruta)["valor_pct"].to_pylist()}
