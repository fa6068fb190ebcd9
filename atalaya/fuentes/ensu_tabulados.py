"""INEGI, ENSU: tabulados básicos de estimaciones (`ensu{t}t{año}_estimaciones.zip`, tal como se publica).

Lee todos los cuadros del trimestre, para la nación y cada ciudad: porcentajes, absolutos, denominadores y la clase
de precisión, que INEGI sólo da como color de celda. Qué cuadro es cada hoja y qué rubro cada etiqueta lo dicen
`cuadros.csv`, `rubros.csv`, `rubro_etiquetas.csv` y `erratas.csv`; un trimestre que nadie ha visto se lee entero o
falla diciendo qué hoja y qué celda no esperaba. Método y comprobaciones: docs/fuentes/ensu_tabulados.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa

from atalaya.catalogo import CARPETA
from atalaya.fuentes import ensu_zip
from atalaya.fuentes.ensu_celdas import CeldaLeida, describir, interpretar
from atalaya.fuentes.ensu_coherencia import contar, exigir_acuerdo, exigir_conteo, revisar
from atalaya.fuentes.ensu_descripcion import erratas_de
from atalaya.fuentes.ensu_hoja import Sitio, corregir, desarmar
from atalaya.fuentes.lectura import Lectura

FUENTE: Final = "ensu"
PREPARAR: Final = "preparar/ensu_tabulados"
ORIGEN: Final = "https://www.inegi.org.mx/programas/ensu/#tabulados"

CELDAS: Final = pa.schema(
    [
        pa.field("archivo", pa.string(), nullable=False),
        pa.field("edicion", pa.string(), nullable=False),  # trimestre del zip
        pa.field("libro", pa.string(), nullable=False),
        pa.field("hoja", pa.string(), nullable=False),  # número del cuadro en esta edición: 8.7
        pa.field("celda", pa.string(), nullable=False),  # E408
        pa.field("cuadro", pa.string(), nullable=False),  # clave estable entre ediciones, de cuadros.csv
        pa.field("familia", pa.string(), nullable=False),
        pa.field("ventana", pa.string(), nullable=False),  # nueve_meses, o vacía
        pa.field("periodo", pa.string(), nullable=False),
        pa.field("lugar", pa.string(), nullable=False),
        pa.field("desglose", pa.string(), nullable=False),
        pa.field("rubro", pa.string(), nullable=False),
        pa.field("opcion", pa.string(), nullable=False),
        pa.field("medida", pa.string(), nullable=False),  # porcentaje, absoluto o denominador
        pa.field("texto", pa.string(), nullable=False),  # tal como se publicó si no es número: ND, NA, NS, 0.0*
        pa.field("valor", pa.float64()),
        pa.field("estado", pa.string(), nullable=False),  # dato, no_disponible o no_aplica
        pa.field("precision", pa.string()),
        pa.field("denominador", pa.string(), nullable=False),  # celda de la misma hoja
    ]
)
"""Una fila por celda publicada. Es la tabla `celdas` que lee `consultas/preparar/ensu_tabulados.sql`."""


def reconocer(ruta: Path) -> bool:
    """Si el archivo es un zip de tabulados ENSU, por su contenido."""
    return ensu_zip.parece_tabulado(ruta)


def leer(ruta: Path, carpeta: Path = CARPETA) -> Lectura:
    """La tabla `celdas` (esquema CELDAS) de todos los cuadros del zip, ya comprobada.

    Lanza ErrorFuente, con archivo, libro, hoja y celda, si el zip está cortado o es de otra cosa, si falta una hoja o
    una ciudad, si aparece un cuadro, etiqueta, encabezado o color que el catálogo no conoce, si una cifra no cuadra
    con las demás o si el conteo de celdas no es el que publica INEGI.
    """
    libros = ensu_zip.abrir(ruta)
    edicion = ensu_zip.edicion(libros, ruta.name)
    celdas: list[CeldaLeida] = []
    for uno in libros:
        for numero, hoja in uno.cuadros.items():
            sitio = Sitio(ruta.name, uno.nombre, numero)
            tabulado = desarmar(corregir(hoja, erratas_de(edicion, numero, carpeta)), sitio)
            leidas = interpretar(tabulado, carpeta)
            revisar(leidas, describir(tabulado, carpeta)[0], edicion, sitio, carpeta)
            celdas += leidas
    exigir_acuerdo(celdas, ruta.name)
    for uno in libros:
        if uno.conteo:
            exigir_conteo(contar(celdas), uno.conteo, Sitio(ruta.name, uno.nombre, "Resumen CV"))
    archivo = nombre_oficial(edicion)
    return Lectura(FUENTE, edicion, archivo, ORIGEN, {"celdas": _tabla(celdas, archivo, edicion)})


def nombre_oficial(edicion: str) -> str:
    """El nombre con que INEGI publica el zip de un trimestre: `ensu2t2025_estimaciones.zip` para `2025T2`.

    Los errores dicen el nombre que el archivo tiene en la máquina; el acervo guarda éste, aunque se haya renombrado.
    """
    return f"ensu{edicion[5]}t{edicion[:4]}_estimaciones.zip"


def _tabla(celdas: Sequence[CeldaLeida], archivo: str, edicion: str) -> pa.Table:
    columnas = dict(zip(CeldaLeida._fields, zip(*celdas, strict=True), strict=True))
    constantes = {"archivo": [archivo] * len(celdas), "edicion": [edicion] * len(celdas)}
    return pa.table({**constantes, **columnas}, schema=CELDAS)
