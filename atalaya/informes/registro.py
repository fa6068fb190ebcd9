"""Lo que respalda un conteo (carpetas, casos, víctimas): sus columnas al descargarse y los renglones de su ficha."""

from __future__ import annotations

from typing import Final

import pandas as pd

from atalaya import catalogo
from atalaya.catalogo.registros import proyecciones
from atalaya.estadistica.tasas import CASOS_BYAR
from atalaya.figuras import textos

COLUMNAS: Final = [
    *("nombre", "fuente", "periodo", "lugar", "indicador", "desglose", "casos", "meses", "poblacion", "proyeccion"),
    *(
        "tasa_100k",
        "tasa_inf",
        "tasa_sup",
        "nivel_confianza",
        "estado",
        "metodo",
        "edicion",
        "archivo",
        "celda",
        "nota",
    ),
]
DEFINICION: Final = {
    "casos": "Lo contado. Vacío si no lo hay (vea estado); cero es cero.",
    "meses": "Cuántos meses cubren los casos: 1 si es un mes; de un año, 12 o los que lleve.",
    "poblacion": "Habitantes del año, de esa proyección o censo.",
    "proyeccion": "Clave de la población con que se hizo la tasa (proyecciones.csv).",
    "tasa_100k": "Casos por 100 mil habitantes, llevados a un año: casos / poblacion · 100 000 · 12 / meses.",
    "tasa_inf": "Límite inferior del intervalo de la tasa: exacto con menos de diez casos, de Byar con diez o más.",
    "tasa_sup": "Límite superior, ídem.",
    "nota": "Lo que hay que saber de ese dato.",
}


def renglones(ficha: catalogo.Indicador, filas: pd.DataFrame, periodo: str) -> tuple[tuple[str, str], ...]:
    """Rótulo y texto, en orden de lectura. `filas`: las columnas de `mostrar/conteos`."""
    fuente = catalogo.fuentes()[ficha.fuente]
    con_casos = filas[filas["casos"].notna()]
    usadas = [proyecciones()[str(clave)] for clave in dict.fromkeys(filas["proyeccion"].dropna())]
    todos = (
        ("Pregunta", "No hay: se cuenta lo que registra la autoridad, no lo que contesta una persona."),
        ("Cómo se cuenta", ficha.nota),
        ("Universo", ficha.universo),
        ("Unidad", f"{ficha.unidad}; la tasa, por 100 mil habitantes y llevada a un año"),
        ("Periodo", periodo),
        ("Fuente", f"{fuente.productor}. {fuente.nombre}. {fuente.url}"),
        ("Dónde está", textos.nombres(sorted(set(con_casos["archivo"].dropna())), 6)),
        ("Edición", textos.lista(sorted(set(con_casos["edicion"].dropna())))),
        ("Población", " ".join(f"{una.nombre}. {una.nota}" for una in usadas)),
        (
            "Intervalo",
            f"Al 95 %, de Poisson: exacto con menos de {CASOS_BYAR} casos y de Byar con {CASOS_BYAR} o más. Dice "
            "cuánto variaría el conteo por azar; no mide lo que no se denuncia.",
        ),
        ("Licencia", fuente.licencia),
    )
    return tuple((rotulo, texto) for rotulo, texto in todos if texto)
