"""Abrir una base de datos estadística (.rda, .rds, .sav o .csv) como columnas, sin tocar los valores."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Final

import pandas as pd
import pyreadr  # type: ignore[import-untyped]
import pyreadstat

from atalaya.catalogo import normalizar
from atalaya.errores import ErrorFuente
from atalaya.fuentes.diccionario_inegi import decodificar

EXTENSIONES: Final = (".rda", ".rdata", ".rds", ".sav", ".csv")
_SEPARADORES: Final = (";", ",", "\t")


def abrir(ruta: Path) -> pd.DataFrame:
    """La única tabla del archivo, con los nombres de columna en minúsculas y sin acentos; los valores, como vienen.

    Lanza ErrorFuente si el archivo no se puede leer, no trae exactamente una tabla o repite una columna.
    """
    extension = ruta.suffix.lower()
    try:
        if extension in (".rda", ".rdata", ".rds"):
            tablas = list(pyreadr.read_r(str(ruta)).values())
        elif extension == ".sav":
            tablas = [pyreadstat.read_sav(str(ruta), user_missing=True)[0]]
        else:
            tablas = [_abrir_csv(ruta)]
    except (pyreadr.LibrdataError, pyreadstat.ReadstatError, pd.errors.ParserError) as error:
        raise ErrorFuente(
            ruta.name, f"una base {extension} íntegra", str(error), "descárguela de nuevo de la página oficial"
        ) from error
    if len(tablas) != 1 or tablas[0].empty:
        vistas = f"{len(tablas)} tablas, {sum(map(len, tablas))} renglones"
        raise ErrorFuente(ruta.name, "una tabla con renglones", vistas, "use la base que publica la oficina")
    tabla = tablas[0]
    tabla.columns = [normalizar(str(nombre)).strip() for nombre in tabla.columns]
    if repetidas := sorted(set(tabla.columns[tabla.columns.duplicated()])):
        raise ErrorFuente(ruta.name, "cada columna una vez", f"se repite {', '.join(repetidas)}", "corrija el archivo")
    return tabla


def _abrir_csv(ruta: Path) -> pd.DataFrame:
    texto = decodificar(ruta.read_bytes(), ruta.name)
    separador = max(_SEPARADORES, key=texto.split("\n", 1)[0].count)
    # Como texto y sin adivinar nulos: «NA» es lo que escribió la fuente.
    return pd.read_csv(io.StringIO(texto), sep=separador, dtype=str, keep_default_na=False)
