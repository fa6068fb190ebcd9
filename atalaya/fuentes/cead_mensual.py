"""CEAD: casos policiales por comuna, delito y mes.

Denuncias y detenciones en flagrancia de 30 grupos de delito que se enciman: nunca se suman entre sí
(`datos/catalogo/delitos_contenidos.csv` dice cuál contiene a cuál). Ver docs/fuentes/cead.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from atalaya import catalogo
from atalaya.catalogo.registros import delitos
from atalaya.fuentes.lectura import Lectura
from atalaya.fuentes.registros_cl import comunas, es_parquet_con, exigir, exigir_nombres, exigir_rejilla, leer_parquet

FUENTE: Final = "cead"
INSTRUMENTO: Final = "cead_mensual"
PRODUCTO: Final = "casos_mensuales"
TABLA: Final = "conteo"
PREPARAR: Final = "preparar/cead_mensual"
CRUDO: Final = pa.schema(
    [
        pa.field("comuna", pa.string()),
        pa.field("cut_comuna", pa.float64()),
        pa.field("region", pa.string()),
        pa.field("cut_region", pa.float64()),
        pa.field("fecha", pa.date32()),
        pa.field("delito", pa.string()),
        pa.field("delito_n", pa.float64()),
    ]
)
"""Una fila por comuna, delito y mes. Los códigos vienen como número con decimales."""

MILLAR: Final = 1000.0


def reconocer(ruta: Path) -> bool:
    """Si es el Parquet de casos policiales por comuna, delito y mes: por sus columnas."""
    return es_parquet_con(ruta, frozenset(CRUDO.names))


def leer(ruta: Path) -> Lectura:
    """La tabla `celdas`: lugar, region, periodo (mes), delito, casos y `dice`; una fila por comuna, mes y delito.

    Un número con decimales es un millar con su separador leído como punto decimal (1.096 son 1096 casos): `casos` lo
    corrige y `dice` guarda lo que traía; en las demás celdas `dice` es nulo. Fuente: CEAD, Subsecretaría de Prevención
    del Delito. Lanza ErrorFuente, con los renglones, si una comuna o un delito no están en el catálogo, si la región no
    es la de la comuna, si una fecha no es primero de mes, si un número no es una cantidad de casos, o si una
    combinación se repite o falta (sin todas no hay suma exacta de región).
    """
    crudo = leer_parquet(ruta, CRUDO)
    exigir_nombres(crudo, "delito", {d.delito for d in delitos() if d.instrumento == INSTRUMENTO}, ruta.name)
    lugar = comunas(crudo["cut_comuna"].to_numpy(), f"{ruta.name} › cut_comuna")
    _exigir_region(lugar, crudo["cut_region"].to_numpy(), ruta.name)
    dia = pc.day(crudo["fecha"])
    exigir(pc.equal(dia, 1), f"{ruta.name} › fecha", "el primer día de un mes", crudo["fecha"])
    periodo = pc.strftime(crudo["fecha"], "%Y-%m")
    casos, dice = _casos(crudo["delito_n"].to_numpy(), ruta.name)
    celdas = pa.table({"lugar": lugar, "periodo": periodo, "delito": crudo["delito"], "casos": casos, "dice": dice})
    exigir_rejilla(celdas, ("lugar", "delito", "periodo"), ruta.name)
    desde, hasta = (pc.min_max(periodo).as_py()[extremo] for extremo in ("min", "max"))
    archivo = f"casos policiales por comuna, delito y mes, {desde} a {hasta}"
    portada = pa.table({"archivo": [archivo], "edicion": [hasta]})
    origen = catalogo.fuentes()[FUENTE].url
    return Lectura(FUENTE, hasta, archivo, origen, {"celdas": celdas, "portada": portada}, PRODUCTO)


def _exigir_region(lugar: pa.Array, region: NDArray[np.float64], donde: str) -> None:
    declarada = pc.cast(pc.utf8_slice_codeunits(lugar, 3, 5), pa.int64()).to_numpy(zero_copy_only=False)
    exigir(region == declarada, f"{donde} › cut_region", "la región de su comuna", region)


def _casos(numeros: NDArray[Any], donde: str) -> tuple[pa.Array, pa.Array]:
    """Los casos enteros y, donde se leyó un millar como decimal, el número tal como venía."""
    # Las tres cifras después del punto son las del millar: 1.096 → 1096; 1.1 → 1100.
    con_decimales = numeros != np.floor(numeros)
    enteros = np.where(con_decimales, numeros * MILLAR, numeros)
    redondos = np.round(enteros)
    buenos = (numeros >= 0) & (np.abs(enteros - redondos) < 1e-6) & (~con_decimales | (numeros > 1))
    exigir(buenos, f"{donde} › delito_n", "una cantidad de casos, sin signo", numeros)
    dice = [f"{n:g}" if d else None for n, d in zip(numeros.tolist(), con_decimales.tolist(), strict=True)]
    return pa.array(redondos.astype(np.int64)), pa.array(dice, pa.string())
