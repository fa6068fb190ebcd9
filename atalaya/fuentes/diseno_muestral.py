"""Revisar el diseño muestral de una encuesta antes de usarlo: con un diseño roto todo error calculado es falso."""

from __future__ import annotations

from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from atalaya.errores import ErrorFuente

_MUESTRA: Final = 5


def exigir_columnas(columnas: list[str], pedidas: dict[str, tuple[str, ...]], donde: str) -> dict[str, str]:
    """Qué columna cumple cada papel del diseño (la primera de sus nombres conocidos que esté).

    Lanza ErrorFuente con todos los papeles que falten.
    """
    papeles = {papel: next((n for n in nombres if n in columnas), "") for papel, nombres in pedidas.items()}
    if faltan := [f"{papel} ({' o '.join(pedidas[papel])})" for papel, nombre in papeles.items() if not nombre]:
        raise ErrorFuente(
            donde,
            "las columnas del diseño muestral",
            "faltan " + ", ".join(faltan),
            "use la base completa que publica la oficina: sin diseño no hay error que calcular",
        )
    return papeles


def factor(columna: pa.Array, nombre: str, donde: str, primer_renglon: int = 2) -> pa.Array:
    """El factor de expansión, tal como se publica, en decimal de doble precisión.

    Lanza ErrorFuente, con los renglones, si alguno falta, no es número o no es positivo.
    """
    numeros = numero(columna, nombre, donde, primer_renglon)
    malos = np.flatnonzero(~(np.isfinite(numeros) & (numeros > 0)))
    _rechazar(malos, columna, f"{donde} › {nombre}", "un factor de expansión positivo", primer_renglon)
    return pa.array(numeros)


def numero(columna: pa.Array, nombre: str, donde: str, primer_renglon: int = 2) -> npt.NDArray[np.float64]:
    """La columna como decimales. Lanza ErrorFuente, con los renglones, si alguna celda no es un número."""
    if not pa.types.is_string(columna.type):
        return pc.cast(columna, pa.float64()).to_numpy(zero_copy_only=False)
    buenos = pc.match_substring_regex(columna, r"^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$").to_numpy(
        zero_copy_only=False
    )
    _rechazar(np.flatnonzero(~buenos), columna, f"{donde} › {nombre}", "un número", primer_renglon)
    return pc.cast(columna, pa.float64()).to_numpy(zero_copy_only=False)


def codigo(columna: pa.Array, nombre: str, donde: str, primer_renglon: int = 2) -> npt.NDArray[np.int64]:
    """La columna como claves enteras. Lanza ErrorFuente, con los renglones, si alguna no lo es."""
    numeros = numero(columna, nombre, donde, primer_renglon)
    malos = np.flatnonzero(~(np.isfinite(numeros) & (numeros == np.floor(numeros)) & (numeros >= 0)))
    _rechazar(malos, columna, f"{donde} › {nombre}", "una clave entera", primer_renglon)
    return numeros.astype(np.int64)


def exigir_unicas(llaves: pa.Array, que: str, donde: str, primer_renglon: int = 2) -> None:
    """Lanza ErrorFuente, con los renglones, si alguna llave se repite."""
    codificada = pc.dictionary_encode(llaves)
    posicion = codificada.indices.to_numpy(zero_copy_only=False)
    repetidas = np.flatnonzero(np.bincount(posicion, minlength=1)[posicion] > 1)
    _rechazar(repetidas, llaves, donde, f"una sola fila por {que}", primer_renglon)


def exigir_anidadas(
    estrato: npt.NDArray[np.int64], upm: npt.NDArray[np.int64], donde: str, primer_renglon: int = 2
) -> None:
    """Lanza ErrorFuente, con los renglones, si una misma UPM está en dos estratos."""
    unicas, posicion = np.unique(upm, return_inverse=True)
    minimo = np.full(unicas.size, np.iinfo(np.int64).max)
    maximo = np.full(unicas.size, np.iinfo(np.int64).min)
    np.minimum.at(minimo, posicion, estrato)
    np.maximum.at(maximo, posicion, estrato)
    partidas = np.flatnonzero((minimo != maximo)[posicion])
    if partidas.size:
        una = partidas[0]
        ejemplo = f"la UPM {upm[una]} está en los estratos {minimo[posicion[una]]} y {maximo[posicion[una]]}"
        raise ErrorFuente(
            donde,
            "cada UPM en un solo estrato",
            f"{ejemplo}; renglones {_renglones(partidas, primer_renglon)}",
            "compruebe el archivo: el diseño no puede usarse así",
        )


def _rechazar(malos: npt.NDArray[np.intp], columna: pa.Array, donde: str, esperado: str, primer_renglon: int) -> None:
    if not malos.size:
        return
    vistos = list(dict.fromkeys(str(columna[int(i)].as_py()) or "(en blanco)" for i in malos[:_MUESTRA]))
    raise ErrorFuente(
        donde,
        esperado,
        f"{', '.join(vistos)} en {malos.size} renglones ({_renglones(malos, primer_renglon)})",
        "compruebe el archivo o descárguelo de nuevo de la página oficial",
    )


def _renglones(malos: npt.NDArray[np.intp], primer_renglon: int) -> str:
    puntos = ", …" if malos.size > _MUESTRA else ""
    return ", ".join(str(i + primer_renglon) for i in malos[:_MUESTRA]) + puntos
