"""La ficha de lo que se cuenta: qué, quién, con qué instrumento, de qué archivo, entre quiénes y con qué error."""

from __future__ import annotations

from typing import Final

import pandas as pd

from atalaya import catalogo, periodos
from atalaya.catalogo.registros import delitos, proyecciones
from atalaya.figuras import textos
from atalaya.idiomas import Rotulos, anotado, tr

INTERVALO: Final = anotado(
    "De Poisson, al 95 %: exacto con menos de 10 casos (Garwood 1936) y de Byar con 10 o más (Breslow y Day 1987). "
    "Dice cuánto variaría el conteo por azar; no mide lo que no se denuncia ni el error de la población."
)
TASA: Final = anotado(
    "Casos entre población, por 100 000 y por 12 entre los meses que cubre: un mes o un año a medias va a año."
)
_METODO: Final = Rotulos(
    {
        "publicada": "publicado por la oficina; el año es la suma de sus meses si no lo publica entero",
        "citada": "citado de un documento; no se ha podido reproducir",
    }
)
_INSTRUMENTO: Final = Rotulos({"cnsp_38_15": "CNSP/38/15 (hasta 2025)", "rnid": "RNID (desde 2026)"})
_TOPE: Final = 12


def renglones(ficha: catalogo.Indicador, filas: pd.DataFrame) -> list[tuple[str, str]]:
    """Rótulo y texto, en orden de lectura; `filas`: las del indicador en la vista, con su tasa."""
    fuente = catalogo.fuentes()[ficha.fuente]
    con_cifra = filas[filas["estado"] == "dato"]
    todos = [
        (tr("Qué se cuenta"), f"{ficha.nombre}: {ficha.unidad_dicha}. {ficha.nota}"),
        (tr("Universo"), ficha.universo),
        (tr("Cómo la llama la fuente"), _nombres(ficha.indicador)),
        (tr("Instrumento"), _instrumentos(ficha.indicador)),
        (tr("Periodo"), periodos.de_a(filas["periodo"].dropna())),
        (tr("Fuente"), f"{fuente.productor}. {fuente.nombre}. {fuente.url}"),
        (tr("Edición"), _ediciones(con_cifra)),
        (tr("Dónde está"), _archivos(con_cifra)),
        (tr("Método"), textos.lista([_METODO.get(m, m) for m in dict.fromkeys(con_cifra["metodo"].dropna())])),
        (tr("Tasa"), tr(TASA)),
        (tr("Denominador"), _denominadores(filas)),
        (tr("Intervalo"), tr(INTERVALO)),
        (tr("Calendario"), fuente.calendario),
        (
            tr("Redondeo"),
            tr("Un decimal en figuras y frases, dos en las tablas; las descargas llevan la cifra completa."),
        ),
        (tr("Licencia"), fuente.licencia),
        (tr("Cita"), fuente.cita),
    ]
    return [(rotulo, texto) for rotulo, texto in todos if texto]


def _nombres(clave: str) -> str:
    """«Homicidio doloso» (Homicidio), con el tipo en que la fuente lo pone."""
    suyos = [uno for uno in delitos() if uno.indicador == clave]
    dichos = dict.fromkeys(f"«{uno.delito}»" + (f" ({uno.tipo})" if uno.tipo else "") for uno in suyos)
    return textos.lista(list(dichos))


def _instrumentos(clave: str) -> str:
    suyos = dict.fromkeys(uno.instrumento for uno in delitos() if uno.indicador == clave)
    return textos.lista([_INSTRUMENTO.get(uno, uno) for uno in suyos])


def _ediciones(filas: pd.DataFrame) -> str:
    vistas = sorted(set(filas["edicion"].dropna()), key=periodos.clave_orden)
    return textos.lista([tr("hasta {una}", una=periodos.nombre(una)) for una in vistas])


def _archivos(filas: pd.DataFrame) -> str:
    """Cada archivo con la celda de sus cifras; si son muchas, quedan para la descarga."""
    celdas: dict[str, list[str]] = {}
    for archivo, celda in zip(filas["archivo"], filas["celda"], strict=True):
        celdas.setdefault(archivo, []).append(celda)
    dichos = [
        f"{archivo} ({textos.lista(unicas)})" if len(unicas := list(dict.fromkeys(suyas))) <= _TOPE else archivo
        for archivo, suyas in celdas.items()
    ]
    return "; ".join(dichos) + (tr(". La celda de cada cifra va en la descarga.") if dichos else "")


def _denominadores(filas: pd.DataFrame) -> str:
    usadas = [proyecciones()[p] for p in dict.fromkeys(filas["proyeccion"].dropna())]
    return " ".join(f"{una.nombre}. {una.nota}" for una in usadas)
