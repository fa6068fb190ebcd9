"""De dónde se baja cada archivo oficial, con la evidencia de que ésa es su dirección.

Las direcciones viven en `datos/catalogo/descargas.csv`, no en el código. Donde la oficina no da una estable, la fila
dice qué archivo bajar a mano y de qué página. Ver docs/descargas.md.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from atalaya import periodos
from atalaya.catalogo import CARPETA, fuentes
from atalaya.tabla_csv import casa, en, falla, leer, lleno, periodo, periodo_o_vacio

TIPOS: Final = ("zip", "csv", "sav")
_TABLA: Final = "descargas.csv"
_NOMBRE: Final = r"[A-Za-z0-9{][A-Za-z0-9_.{}-]*"
_DOMINIO: Final = r"[a-z0-9-]+(\.[a-z0-9-]+)+"


@dataclass(frozen=True, slots=True)
class Direccion:
    """De dónde sale un producto de una fuente entre dos periodos (`hasta` vacío: sigue).

    `plantilla` vacía: no hay dirección estable y `a_mano` dice qué bajar de `pagina`. `{anio}` y `{trimestre}` se
    llenan en `plantilla` y `archivo` (el nombre local: nunca lo pone el servidor). `dominios`, separados
    por espacios, son los únicos a los que se deja ir una redirección. `limite_mb`: lo más que puede medir.
    """

    fuente: str
    producto: str
    desde: str
    hasta: str
    plantilla: str
    archivo: str
    tipo: str
    limite_mb: int
    dominios: str
    pagina: str
    a_mano: str
    evidencia: str

    def cubre(self, pedido: str) -> bool:
        """Si ese periodo (del mismo tipo que `desde`) está entre los suyos."""
        orden = periodos.partes(pedido).ordinal
        desde = periodos.partes(self.desde).ordinal
        return desde <= orden and (not self.hasta or orden <= periodos.partes(self.hasta).ordinal)

    def llenar(self, texto: str, pedido: str) -> str:
        """El texto con el año y el trimestre de ese periodo en su lugar."""
        partes = periodos.partes(pedido)
        return texto.replace("{anio}", str(partes.anio)).replace("{trimestre}", str(partes.numero))


@cache
def direcciones(carpeta: Path = CARPETA) -> tuple[Direccion, ...]:
    """Las filas de `descargas.csv`, en su orden. Lanza ErrorCatalogo si una no se sostiene o dos se pisan."""
    archivo = carpeta / _TABLA
    revisiones = {
        "fuente": en(fuentes(carpeta), "fuentes.csv"),
        "producto": casa(r"[a-z][a-z0-9_]*"),
        "desde": periodo,
        "hasta": periodo_o_vacio,
        "plantilla": casa(rf"(https://{_DOMINIO}/\S+)?"),
        "archivo": casa(rf"({_NOMBRE})?"),
        "tipo": en(("", *TIPOS)),
        "limite_mb": casa(r"\d+"),
        "dominios": casa(rf"({_DOMINIO}( {_DOMINIO})*)?"),
        "pagina": casa(r"https://\S+"),
        "evidencia": lleno,
    }
    filas = tuple(leer(archivo, Direccion, revisiones))
    for numero, fila in enumerate(filas, start=2):
        for campo, esperado, bien in _EXIGENCIAS:
            if not bien(fila):
                falla(archivo, numero, campo, esperado, getattr(fila, campo))
        for otra in filas[: numero - 2]:
            if _se_pisan(fila, otra):
                falla(archivo, numero, "desde", "periodos que otra fila de ese producto no tenga", fila.desde)
    return filas


def _es_directa_completa(fila: Direccion) -> bool:
    return bool(fila.archivo and fila.tipo and fila.limite_mb)


_EXIGENCIAS: Final[tuple[tuple[str, str, Callable[[Direccion], bool]], ...]] = (
    (
        "a_mano",
        "o una plantilla de dirección o qué bajar a mano, y no las dos",
        lambda f: bool(f.plantilla) != bool(f.a_mano),
    ),
    ("plantilla", "con dirección: archivo, tipo y límite", lambda f: not f.plantilla or _es_directa_completa(f)),
    (
        "dominios",
        "que el dominio de la plantilla esté entre los admitidos",
        lambda f: not f.plantilla or urlsplit(f.plantilla).hostname in f.dominios.split(),
    ),
    (
        "hasta",
        "un periodo del mismo tipo que «desde» y no anterior",
        lambda f: (
            not f.hasta
            or (
                periodos.partes(f.hasta).tipo == periodos.partes(f.desde).tipo
                and periodos.partes(f.hasta).ordinal >= periodos.partes(f.desde).ordinal
            )
        ),
    ),
)


def _se_pisan(una: Direccion, otra: Direccion) -> bool:
    mismas = (una.fuente, una.producto) == (otra.fuente, otra.producto)
    return mismas and (una.cubre(otra.desde) or otra.cubre(una.desde))
