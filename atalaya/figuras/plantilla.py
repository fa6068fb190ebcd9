"""Una figura es una plantilla más sus datos.

La plantilla (marcas, ejes, colores) se arma y se valida con Altair una sola vez por forma y modo; cada vista sólo le
pone filas, límites y nombres. Armarla de nuevo en cada vista costaba de 40 a 120 ms de procesador; llenarla, uno.
En la plantilla, lo que falta se escribe «así» y lo sustituye `llenar`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import altair as alt
import pandas as pd

from atalaya.figuras import tema

_DE_LA_PAGINA: Final = ("$schema", "config", "usermeta", "background", "autosize", "padding")


@dataclass(frozen=True)
class Figura:
    """Un Vega-Lite y sus tablas por nombre (el spec las cita como `{"name": …}`). No se modifica."""

    spec: dict[str, Any]
    datos: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    def vegalite(self) -> dict[str, Any]:
        """El JSON completo, con los datos dentro: el que se dibuja fuera del navegador."""
        conjuntos = {nombre: json.loads(tabla.to_json(orient="records")) for nombre, tabla in self.datos.items()}
        return {**self.spec, "datasets": conjuntos}

    def sin_leyenda(self) -> Figura:
        """La misma figura sin leyenda: la que va bajo un título que ya nombra su serie."""
        return Figura(_sin_leyenda(self.spec), self.datos)

    def con(self, **cambios: Any) -> Figura:
        """La misma figura con otras propiedades de primer nivel (title, width, height)."""
        return Figura({**self.spec, **cambios}, self.datos)


def congelar(figura: Any, modo: str, con_ejes: bool = True) -> dict[str, Any]:
    """El Vega-Lite de una figura de Altair ya vestida. Lanza el error de Altair si no cumple el esquema."""
    with alt.data_transformers.enable("default", consolidate_datasets=False):
        return dict(tema.vestir(figura, modo, con_ejes).to_dict())


def tabla(nombre: str) -> Any:
    """Un gráfico de Altair que leerá la tabla `nombre` de la figura."""
    return alt.Chart(alt.NamedData(name=nombre))


def llenar(
    plantilla: dict[str, Any], valores: Mapping[str, Any], datos: Mapping[str, pd.DataFrame], **propiedades: Any
) -> Figura:
    """La figura: `plantilla` con cada «clave» de `valores` en su sitio, sus tablas y sus propiedades de primer nivel.

    `["«clave»"]` se vuelve la lista entera; `"«clave»"`, el valor; dentro de un texto más largo, su JSON.
    """
    return Figura({**_sustituir(plantilla, {f"«{k}»": v for k, v in valores.items()}), **propiedades}, datos)


def letra(chica: int, grande: int) -> Any:
    """El tamaño de una letra según el ancho: chica en un teléfono. Se llena con `fijo`."""
    return {"expr": f"(«fijo» || width) < 520 ? {chica} : {grande}"}


def fijo(ancho: int | str) -> dict[str, int]:
    """El valor que piden las letras de `letra`: el ancho si es fijo. Dentro de otra figura, Vega no sabe el suyo."""
    return {"fijo": ancho if isinstance(ancho, int) else 0}


def juntar(
    sentido: str, partes: Sequence[Figura], espacio: int, comparten_series: bool = True, **propiedades: Any
) -> Figura:
    """Varias figuras en una: `vconcat`, una debajo de otra; `hconcat`, una al lado de otra.

    Si no `comparten_series`, cada una conserva sus colores y formas, y ninguna lleva leyenda.
    """
    if not comparten_series:
        partes = [parte.sin_leyenda() for parte in partes]
        propias = dict.fromkeys(("color", "stroke", "fill", "shape", "strokeDash"), "independent")
        propiedades["resolve"] = {"scale": propias}
    datos: dict[str, pd.DataFrame] = {}
    hijas = []
    for k, parte in enumerate(partes):
        nombres = {nombre: f"{nombre}_{k}" for nombre in parte.datos}
        datos |= {nombres[nombre]: tabla_ for nombre, tabla_ in parte.datos.items()}
        hija = _renombrar({c: v for c, v in parte.spec.items() if c not in _DE_LA_PAGINA}, nombres)
        hijas.append(hija)
    comun: dict[str, Any] = {clave: partes[0].spec[clave] for clave in _DE_LA_PAGINA if clave in partes[0].spec}
    return Figura({**comun, sentido: hijas, "spacing": espacio, **propiedades}, datos)


def _sustituir(nodo: Any, valores: Mapping[str, Any]) -> Any:
    if isinstance(nodo, dict):
        return {clave: _sustituir(valor, valores) for clave, valor in nodo.items()}
    if isinstance(nodo, list):
        if len(nodo) == 1 and isinstance(nodo[0], str) and nodo[0] in valores:
            return valores[nodo[0]]
        return [_sustituir(valor, valores) for valor in nodo]
    if isinstance(nodo, str) and "«" in nodo:
        if nodo in valores:
            return valores[nodo]
        for marca, valor in valores.items():
            nodo = nodo.replace(marca, json.dumps(valor, ensure_ascii=False))
    return nodo


def _sin_leyenda(nodo: Any) -> Any:
    if isinstance(nodo, list):
        return [_sin_leyenda(valor) for valor in nodo]
    if not isinstance(nodo, dict):
        return nodo
    return {
        clave: None if clave == "legend" and isinstance(valor, dict) and "orient" in valor else _sin_leyenda(valor)
        for clave, valor in nodo.items()
    }


def _renombrar(nodo: Any, nombres: Mapping[str, str]) -> Any:
    if isinstance(nodo, list):
        return [_renombrar(valor, nombres) for valor in nodo]
    if not isinstance(nodo, dict):
        return nodo
    if set(nodo) == {"name"} and nodo["name"] in nombres:
        return {"name": nombres[nodo["name"]]}
    return {clave: _renombrar(valor, nombres) for clave, valor in nodo.items()}
