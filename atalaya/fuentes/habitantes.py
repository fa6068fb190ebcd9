"""Lo que entrega todo lector de población: las celdas más finas de su archivo, sin sumar nada.

`consultas/preparar/poblacion.sql` las lleva a la tabla `poblacion`: hace los quinquenios y suma sexos, edades,
entidades y país.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa

from atalaya.errores import ErrorFuente
from atalaya.fuentes.lectura import Lectura

TABLA: Final = "poblacion"
PREPARAR: Final = "preparar/poblacion"

HABITANTES: Final = pa.schema(
    [
        pa.field("lugar", pa.string(), nullable=False),  # municipio o comuna, con la clave de su oficina: MX-15058
        pa.field("anio", pa.int64(), nullable=False),
        pa.field("sexo", pa.string(), nullable=False),  # total, hombres o mujeres, según lo que traiga el archivo
        pa.field("edad_desde", pa.int64()),  # primera edad del grupo, en años cumplidos; nulo = todas
        pa.field("personas", pa.int64(), nullable=False),
    ]
)
"""Una fila por municipio o comuna, año, sexo y grupo de edad del archivo."""

PUBLICACION: Final = pa.schema(
    [pa.field(nombre, pa.string(), nullable=False) for nombre in ("fuente", "proyeccion", "edicion", "archivo")]
)
"""Una sola fila: de qué población se trata."""


def lectura(
    habitantes: pa.Table, fuente: str, proyeccion: str, archivo: str, origen: str, producto: str, donde: str
) -> Lectura:
    """La lectura de un archivo de población; la edición es su último año.

    Lanza ErrorFuente si una población es negativa o si una celda se repite.
    """
    tabla = habitantes.cast(HABITANTES)
    _exigir_celdas_buenas(tabla, donde)
    edicion = str(max(tabla["anio"].to_pylist()))
    publicacion = {"fuente": fuente, "proyeccion": proyeccion, "edicion": edicion, "archivo": archivo}
    tablas = {"habitantes": tabla, "publicacion": pa.Table.from_pylist([publicacion], schema=PUBLICACION)}
    return Lectura(fuente, edicion, archivo, origen, tablas, producto)


def _exigir_celdas_buenas(tabla: pa.Table, donde: str) -> None:
    llave = ["lugar", "anio", "sexo", "edad_desde"]
    celdas = tabla.group_by(llave).aggregate([("personas", "count"), ("personas", "min")]).to_pydict()
    for esperado, mala in (
        ("cada celda una vez", lambda i: celdas["personas_count"][i] > 1),
        ("personas: un entero de cero o más", lambda i: celdas["personas_min"][i] < 0),
    ):
        malas = [i for i in range(len(celdas["lugar"])) if mala(i)]
        if malas:
            primera = ", ".join(f"{campo}={celdas[campo][malas[0]]}" for campo in (*llave, "personas_min"))
            raise ErrorFuente(
                donde, esperado, f"{len(malas)} que no; la primera: {primera}", "descargue el archivo otra vez"
            )
