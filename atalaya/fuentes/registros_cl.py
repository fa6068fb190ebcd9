"""Lo común de los registros de Chile: claves de comuna, revisiones con su renglón, y tablas de Parquet.

CEAD y SPD identifican la comuna con su código único territorial (CUT), unas veces como número y otras como texto sin
el cero inicial. Aquí pasa a la clave del catálogo (`CL-13122`) y se rechaza el que no exista.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from atalaya import catalogo
from atalaya.errores import ErrorFuente

REMEDIO: Final = "descargue de nuevo el archivo, entero y sin editarlo, de la página oficial (docs/fuentes/)"
_EJEMPLOS: Final = 5
_TIPOS: Final = {"string": (str,), "int64": (int,), "double": (int, float)}


def es_parquet_con(ruta: Path, columnas: frozenset[str]) -> bool:
    """Si el archivo es un Parquet con justo esas columnas."""
    if not ruta.is_file():
        return False
    try:
        with ruta.open("rb") as archivo:
            if archivo.read(4) != b"PAR1":
                return False
        return frozenset(pq.read_schema(ruta).names) == columnas
    except (OSError, pa.ArrowException):
        return False


def leer_parquet(ruta: Path, esquema: pa.Schema) -> pa.Table:
    """La tabla con los tipos del esquema, sin nulos ni vacía. Lanza ErrorFuente si no se puede."""
    try:
        tabla = pq.read_table(ruta, columns=esquema.names).cast(esquema)
    except (OSError, pa.ArrowException) as causa:
        motivo = str(causa).splitlines()[0]
        raise ErrorFuente(ruta.name, f"columnas {', '.join(esquema.names)} con su tipo", motivo, REMEDIO) from causa
    if not tabla.num_rows:
        raise ErrorFuente(ruta.name, "al menos un renglón", "ninguno", REMEDIO)
    for nombre in esquema.names:
        exigir(tabla[nombre].is_valid(), f"{ruta.name} › {nombre}", "un valor en cada renglón", tabla[nombre])
    return tabla


def registros_json(ruta: Path, campos: frozenset[str]) -> dict[str, Any] | None:
    """El objeto JSON cuya lista `records` empieza con un registro de justo esos campos; None si no lo es."""
    try:
        with ruta.open("rb") as archivo:
            if archivo.read(64).lstrip()[:1] != b"{":
                return None
        crudo = json.loads(ruta.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    filas = crudo.get("records")
    suyos = isinstance(filas, list) and bool(filas) and isinstance(filas[0], dict) and filas[0].keys() == campos
    return crudo if suyos else None


def tabla_json(crudo: dict[str, Any], esquema: pa.Schema, donde: str) -> pa.Table:
    """Los registros con los tipos del esquema, sin nulos ni campos de más. Lanza ErrorFuente con el que falle."""
    filas = crudo["records"]
    campos = set(esquema.names)
    sanas = [isinstance(f, dict) and f.keys() == campos and None not in f.values() for f in filas]
    exigir(sanas, f"{donde} › records", f"los campos {', '.join(esquema.names)}, todos con valor", filas)
    # Arrow recortaría sin avisar un 1.5 a un entero.
    tipos = {campo.name: _TIPOS[str(campo.type)] for campo in esquema}
    bien = [all(type(fila[campo]) in tipo for campo, tipo in tipos.items()) for fila in filas]
    exigir(bien, f"{donde} › records", f"los tipos {', '.join(f'{c.name}: {c.type}' for c in esquema)}", filas)
    return pa.Table.from_pylist(filas, schema=esquema)


def exigir(cumple: Any, donde: str, esperado: str, valores: Any) -> None:
    """Lanza ErrorFuente con los primeros renglones (desde 1) donde `cumple` es falso y lo que traen en `valores`."""
    buenos = np.asarray(cumple).astype(bool)
    malos = np.flatnonzero(~buenos)
    if not malos.size:
        return
    lugar = f"{donde} › renglones {', '.join(str(i + 1) for i in malos[:_EJEMPLOS])}"
    ejemplos = [valores[int(i)] for i in malos[:_EJEMPLOS]]
    vistos = ", ".join(str(uno.as_py() if isinstance(uno, pa.Scalar) else uno) for uno in ejemplos)
    raise ErrorFuente(f"{lugar}{' y más' if malos.size > _EJEMPLOS else ''}", esperado, vistos, REMEDIO)


def enteros(textos: pa.Array | pa.ChunkedArray, donde: str) -> NDArray[np.int64]:
    """Un código escrito como texto, con o sin su cero inicial. Lanza ErrorFuente con los que no son sólo cifras."""
    exigir(pc.match_substring_regex(textos, r"^\d{4,5}$"), donde, "el código (CUT) de una comuna", textos)
    return np.asarray(pc.cast(textos, pa.int64()))


def comunas(codigos: NDArray[Any], donde: str) -> pa.Array:
    """Cada CUT como clave del catálogo. Lanza ErrorFuente con los códigos que no son de una comuna."""
    distintos, cual = np.unique(codigos, return_inverse=True)
    lugares = catalogo.lugares()
    claves = [f"CL-{int(c):05d}" if np.isfinite(c) and c == int(c) else f"CL-{c}" for c in distintos]
    conocidas = np.array([clave in lugares and len(clave) == len("CL-13122") for clave in claves])
    exigir(conocidas[cual], donde, "el código (CUT) de una comuna de Chile", codigos)
    return pa.DictionaryArray.from_arrays(pa.array(cual.astype(np.int32)), pa.array(claves)).cast(pa.string())


def exigir_comunas(lugar: pa.Array, nombres: pa.ChunkedArray, donde: str) -> None:
    """Lanza ErrorFuente donde el nombre no es el de la comuna de ese código (o una grafía de lugar_variantes.csv).

    El código de estos archivos se puso casando nombres: si no coinciden, la cifra es de otra comuna.
    """
    lugares = catalogo.lugares()
    iguales = []
    for clave, nombre in zip(lugar.to_pylist(), nombres.to_pylist(), strict=True):
        variante = catalogo.lugar_por_variante(nombre, lugares[clave].entidad)
        propio = catalogo.normalizar(lugares[clave].nombre) == catalogo.normalizar(nombre)
        iguales.append(propio or (variante is not None and variante.lugar == clave))
    exigir(iguales, donde, "el nombre de la comuna de ese código", nombres)


def exigir_nombres(tabla: pa.Table, columna: str, conocidos: set[str], donde: str) -> None:
    """Lanza ErrorFuente con los nombres que el catálogo no conoce: no se adivina a qué clave van."""
    if extranos := sorted(set(pc.unique(tabla[columna]).to_pylist()) - conocidos):
        raise ErrorFuente(
            f"{donde} › {columna}",
            "un nombre de datos/catalogo/delitos.csv",
            ", ".join(extranos[:_EJEMPLOS]),
            "añada su fila a delitos.csv, y su indicador si es nuevo; no se incorpora a medias",
        )


def exigir_rejilla(tabla: pa.Table, llave: tuple[str, ...], donde: str) -> None:
    """Lanza ErrorFuente si una combinación de la llave se repite o si falta alguna: un hueco no es un cero."""
    distintas = tabla.group_by(list(llave)).aggregate([]).num_rows
    dicho = " × ".join(llave)
    if distintas != tabla.num_rows:
        raise ErrorFuente(donde, f"un renglón por {dicho}", f"{tabla.num_rows - distintas} repetidos", REMEDIO)
    completas = int(np.prod([pc.count_distinct(tabla[columna]).as_py() for columna in llave]))
    if completas != distintas:
        raise ErrorFuente(donde, f"todas las combinaciones de {dicho}: {completas}", f"{distintas}", REMEDIO)
