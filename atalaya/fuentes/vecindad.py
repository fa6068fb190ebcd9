"""Qué municipios o comunas se tocan: se saca una vez de los límites publicados y se lee de una tabla.

Calcularlo tarda casi un segundo y carga la biblioteca de geometría; leerlo, milisegundos. Se rehace con los límites:
`python -m atalaya.fuentes.vecindad`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

import pandas as pd
import pyarrow.parquet as pq

from atalaya.errores import ErrorFuente
from atalaya.fuentes import limites

if TYPE_CHECKING:
    import geopandas as gpd

ARCHIVO: Final = "vecinos.csv"


def calcular(forma: gpd.GeoDataFrame) -> pd.DataFrame:
    """`lugar` y `vecino`, una fila por par que se toca (aunque sea en un punto), con `lugar` < `vecino`."""
    uno, otro = forma.sindex.query(forma.geometry.values, predicate="touches")
    claves = forma["lugar"].to_numpy()
    pares = pd.DataFrame({"lugar": claves[uno], "vecino": claves[otro]})
    return pares[pares["lugar"] < pares["vecino"]].sort_values(["lugar", "vecino"], ignore_index=True)


def publicar(carpeta: Path = limites.CARPETA) -> Path:
    """Escribe `vecinos.csv` con los pares de los dos países; da su ruta. Lanza ErrorFuente si faltan los límites."""
    partes = [calcular(limites.abrir(pais, carpeta)) for pais in limites.PAISES]
    destino = carpeta / ARCHIVO
    temporal = destino.with_suffix(".parcial")
    pd.concat(partes).to_csv(temporal, index=False, lineterminator="\n")
    temporal.replace(destino)
    return destino


def vecinos(carpeta: Path = limites.CARPETA) -> pd.DataFrame:
    """Los pares publicados, `lugar` y `vecino`, cada uno una vez. Lanza ErrorFuente si falta la tabla."""
    ruta = carpeta / ARCHIVO
    if not ruta.is_file():
        raise _falta(ruta)
    return pd.read_csv(ruta, dtype=str)


def superficies(carpeta: Path = limites.CARPETA) -> pd.Series:
    """La superficie de cada municipio o comuna, en km² sobre el elipsoide, por su clave; sin cargar las geometrías."""
    partes = []
    for pais in limites.PAISES.values():
        ruta = carpeta / pais.archivo
        if not ruta.is_file():
            raise _falta(ruta)
        partes.append(pq.read_table(ruta, columns=["lugar", "area_km2"]).to_pandas())
    return pd.concat(partes).set_index("lugar")["area_km2"]


def _falta(ruta: Path) -> ErrorFuente:
    return ErrorFuente(
        donde=str(ruta),
        esperado="los límites publicados y su tabla de vecinos",
        recibido="no está",
        remedio="rehágalos con «make mapa»",
    )


if __name__ == "__main__":
    print(publicar())
