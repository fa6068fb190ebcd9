"""Un CSV pequeño del SESNSP, fila por fila, con el renglón a mano para decir dónde está una falta."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NoReturn, TypeVar

from atalaya.errores import ErrorFuente

T = TypeVar("T")


class Celdas:
    """Las celdas de un renglón por nombre de columna."""

    def __init__(self, archivo: str, renglon: int, celdas: dict[str, str]) -> None:
        """`renglon`, como se ve en una hoja de cálculo: el encabezado es el 1."""
        self.archivo, self.renglon, self._celdas = archivo, renglon, celdas

    def __getitem__(self, columna: str) -> str:
        return self._celdas[columna].strip()

    def donde(self, columna: str) -> str:
        """El sitio de una celda, para un mensaje."""
        return f"{self.archivo} › {columna} › renglón {self.renglon}"

    def numero(self, columna: str, como: Callable[[str], T], esperado: str) -> T:
        """La celda convertida. Lanza ErrorFuente si `como` lanza ValueError."""
        try:
            return como(self[columna])
        except ValueError:
            self.fallar(columna, esperado, self[columna])

    def uno_de(self, columna: str, admitidos: Sequence[str]) -> int:
        """Qué lugar ocupa la celda entre los valores admitidos. Lanza ErrorFuente si no es ninguno."""
        if self[columna] not in admitidos:
            self.fallar(columna, "uno de: " + ", ".join(admitidos), self[columna])
        return admitidos.index(self[columna])

    def fallar(self, columna: str, esperado: str, recibido: str) -> NoReturn:
        """Lanza ErrorFuente en esa celda."""
        raise ErrorFuente(self.donde(columna), esperado, repr(recibido), "compruebe el archivo o consígalo de nuevo")


def filas_de(ruta: Path, columnas: Sequence[str]) -> Iterator[Celdas]:
    """Los renglones de un CSV en UTF-8 con justo esas columnas.

    Lanza ErrorFuente si el encabezado es otro, el texto no es UTF-8 o a un renglón le faltan celdas.
    """
    try:
        texto = ruta.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as falla:
        raise ErrorFuente(
            ruta.name, "texto en UTF-8", f"un byte que no lo es ({falla.start})", "consígalo de nuevo"
        ) from None
    lector = csv.reader(texto.splitlines())
    nombres = next(lector, [])
    if nombres != list(columnas):
        raise ErrorFuente(
            f"{ruta.name} › encabezado",
            ", ".join(columnas),
            ", ".join(nombres) or "ninguno",
            "consígalo de nuevo, sin quitar ni cambiar columnas",
        )
    for renglon, celdas in enumerate(lector, start=2):
        if len(celdas) != len(nombres):
            raise ErrorFuente(
                f"{ruta.name} › renglón {renglon}",
                f"{len(nombres)} celdas",
                f"{len(celdas)}: el archivo está cortado",
                "consígalo de nuevo, entero",
            )
        yield Celdas(ruta.name, renglon, dict(zip(nombres, celdas, strict=True)))
