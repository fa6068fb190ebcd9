"""Lo que viaja de un mapa al navegador y cómo se lee allí: enteros cortos que Vega desarma en textos."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any, Final

import altair as alt
import numpy as np
import pandas as pd

from atalaya.figuras import textos
from atalaya.figuras.escala import AUSENCIAS, CERO, Escala, clases
from atalaya.fuentes.mapas import Nivel
from atalaya.idiomas import Rotulos, tr

CON_INTERVALO: Final = 500
"""Con más lugares que éstos el intervalo no viaja: se lee en la ficha del lugar."""
PRECISION: Final = {"moderada": 1, "baja": 2}
_LEIDO: Final = Rotulos({"intervalo": "intervalo al 95 %:", "cuantos": "casos:"})
_LARGO: Final = {"areas": 0, "municipios": 5, "entidades": 2, "comunas": 5, "regiones": 2}


def filas(tabla: pd.DataFrame, nivel: Nivel, escala: Escala, marcados: Sequence[str]) -> pd.DataFrame:
    """Lo que viaja al navegador, en los enteros más cortos; −1, lo que no hay.

    `clave` va sin país («CD28», o el número); las cifras, en centésimas de punto o décimas de tasa; y en `sena` se
    juntan la clase, si está marcada (× 16), la precisión (× 32) y si su error es modelado (× 128).
    """
    clave: Any = [lugar[3:] for lugar in tabla["lugar"]]
    sena = clases(tabla, escala) + 16 * tabla["lugar"].isin(marcados).to_numpy(dtype="int16")
    if not escala.es_tasa:
        sena += 32 * np.array([PRECISION.get(p, 0) for p in tabla["precision"]], dtype="int16")
        sena += 128 * (tabla["metodo_error"] == "modelada").to_numpy(dtype="int16")
    columnas: dict[str, Any] = {
        "clave": np.array(clave, dtype="int16") if _LARGO[nivel.clave] else clave,
        "sena": _corto(sena),
        "v": _corto(tabla["valor"] * _factor(escala.es_tasa)),
    }
    if len(tabla) <= CON_INTERVALO:
        columnas |= {c: _corto(tabla[de] * _factor(escala.es_tasa)) for c, de in (("a", "ic_inf"), ("z", "ic_sup"))}
    if escala.es_tasa:
        columnas["casos"] = _corto(tabla["casos"])
    return pd.DataFrame(columnas)


def _corto(valores: Any) -> Any:
    """Enteros en el tipo más corto en que caben; −1 si falta."""
    enteros = np.nan_to_num(np.asarray(valores, dtype="float64").round(), nan=-1, posinf=-1)
    return enteros.astype(np.min_scalar_type(int(-abs(enteros).max(initial=1) - 1)))


def _factor(es_tasa: bool) -> int:
    return 10 if es_tasa else 100


def desarmado(nivel: Nivel) -> dict[str, str]:
    """De las columnas cortas, las que usan las marcas (véase `_filas`)."""
    largo = _LARGO[nivel.clave]
    clave = f"pad('' + datum.clave, {largo}, '0', 'left')" if largo else "datum.clave"
    return {
        "lugar": f"'{nivel.pais}-' + {clave}",
        "clase": "datum.sena & 15",
        "marcada": "datum.sena & 16",
        "precision": "(datum.sena & 96) / 32",
    }


def dichos(es_tasa: bool, con_intervalo: bool) -> dict[str, str]:
    """Lo que se lee al pasar por encima, armado en el navegador con las columnas cortas."""
    ausentes = json.dumps([textos.ESTADO.get(estado, "sin dato") for estado in AUSENCIAS], ensure_ascii=False)
    if es_tasa:
        cifra = f"datum.clase === {CERO} ? 'cero casos' : format(datum.v / 10, ',.1f') + ' por 100 mil'"
    else:
        precision = "['', ' (precisión moderada)', ' (precisión baja)'][datum.precision]"
        cifra = f"format(datum.v / 100, '.2f') + ' %' + {precision}"
    dichos = {
        "nombre": "datum.figura ? datum.figura.properties.nombre : ''",
        "cifra": f"datum.clase > {CERO} ? {ausentes}[datum.clase - {CERO + 1}] : {cifra}",
    }
    if es_tasa:
        dichos["cuantos"] = "datum.casos < 0 ? '—' : format(datum.casos, ',')"
    if con_intervalo:
        nota = "" if es_tasa else " + (datum.sena & 128 ? ' (error modelado)' : '')"
        forma = f"/ {_factor(es_tasa)}, ',.{1 if es_tasa else 2}f'"
        extremos = f"format(datum.a {forma}) + ' a ' + format(datum.z {forma})"
        dichos["intervalo"] = f"datum.a < 0 ? '—' : {extremos}{nota}"
    # Lo que lee un lector de pantalla al recorrer el SVG que se descarga.
    partes = [f"'; {rotulo} ' + datum.{campo}" for campo, rotulo in _LEIDO.items() if campo in dichos]
    return {**dichos, "leido": " + ".join(["datum.nombre + ': ' + datum.cifra", *partes])}


def globo(es_tasa: bool, con_intervalo: bool) -> list[Any]:
    """Lo que se lee al pasar por encima de un lugar."""
    return [
        alt.Tooltip("nombre:N", title=tr("Lugar")),
        alt.Tooltip("cifra:N", title=tr("Tasa") if es_tasa else tr("Cifra")),
        *([alt.Tooltip("intervalo:N", title=tr("Intervalo al 95 %"))] if con_intervalo else []),
        *([alt.Tooltip("cuantos:N", title=tr("Casos"))] if es_tasa else []),
    ]
