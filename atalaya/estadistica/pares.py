"""Con qué municipios se puede comparar uno: se proponen, cada uno con su razón, también del otro país.

Funciones puras sobre tablas de municipios. Una propuesta no es un veredicto: dice en qué se parecen, en cifras, y deja
elegir. No hay pesos: la distancia suma dos diferencias en la misma unidad y lo demás son condiciones que se dicen.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from atalaya.idiomas import Rotulos, tr

DENSO_KM2: Final = 1_500
"""Habitantes por km² desde los que un municipio se toma por urbano denso: el umbral de «centro urbano» del Grado de
Urbanización (Comisión Europea, ONU-Hábitat y otros 2021), que allí se aplica a celdas de 1 km² y aquí al municipio."""

CLASES: Final = Rotulos(
    {
        "conurbado": "denso y pegado a otro denso",
        "denso": "denso, sin vecino denso",
        "disperso": "con menos de 1,500 habitantes por km²",
    }
)
DISTANCIA_MAXIMA: Final = 3.0
"""Tres duplicaciones: ocho veces más o menos población con igual densidad. Más lejos no es un par: un pueblo de dos mil
habitantes no se compara con una ciudad sólo porque ésta tenga encuesta."""

COBERTURAS: Final = ("propia", "compartida", "ninguna")
"""Qué cifra de encuesta tiene: suya, sólo dentro de un área de varios municipios, o ninguna."""
COLUMNAS: Final = [
    *("lugar", "nombre", "pais", "orden", "distancia", "veces_poblacion", "veces_densidad", "clase", "cobertura"),
    "razon",
]


def con_clase(municipios: pd.DataFrame, vecinos: pd.DataFrame) -> pd.DataFrame:
    """Los municipios con `densidad` (personas por km²) y `clase`: `conurbado`, `denso` o `disperso`.

    `municipios`: lugar, personas, km2. `vecinos`: lugar y vecino, una fila por par que comparte borde, en uno o en los
    dos sentidos. Conurbado es el denso que tiene al menos un vecino denso; la densidad es sobre la superficie entera,
    con cerros y agua, así que un municipio con mucha sierra sale menos denso de lo que se vive en su parte urbana.
    """
    densidad = municipios["personas"] / municipios["km2"]
    densos = set(municipios.loc[densidad >= DENSO_KM2, "lugar"])
    ida, vuelta = vecinos["lugar"], vecinos["vecino"]
    junto_a_denso = set(ida[vuelta.isin(densos)]) | set(vuelta[ida.isin(densos)])
    clase = np.where(
        municipios["lugar"].isin(densos & junto_a_denso),
        "conurbado",
        np.where(municipios["lugar"].isin(densos), "denso", "disperso"),
    )
    return municipios.assign(densidad=densidad, clase=clase)


def proponer(lugar: str, municipios: pd.DataFrame, por_pais: int = 5) -> pd.DataFrame:
    """Los `por_pais` municipios más parecidos de cada país de la tabla, cada uno con su `razon` en palabras.

    `municipios`: lugar, nombre, pais, personas, km2, densidad, clase (de `con_clase`) y cobertura (`propia`,
    `compartida` o `ninguna`).

    Condiciones, en este orden: que tenga cifra propia de encuesta, que sea de su misma clase; si en un país no
    alcanzan, se completa con quien cumple la primera, y la razón lo dice. Dentro de cada grupo, por `distancia` =
    √(p² + d²), con p = log₂(razón de poblaciones) y d = log₂(razón de densidades): las dos cuentan duplicaciones, la
    unidad es la misma y ninguna pesa más. Distancia 1 es, por ejemplo, el doble de población con igual densidad; a más
    de `DISTANCIA_MAXIMA` no se propone a nadie, aunque queden menos de `por_pais` o ninguno.

    Una fila por propuesta, las de su país primero: las columnas de `COLUMNAS`; `veces_*` es la del otro entre la suya.
    Vacía si el lugar no está en la tabla o no tiene población o superficie.
    """
    utiles = municipios[(municipios["personas"] > 0) & (municipios["km2"] > 0)]
    suyo = utiles[utiles["lugar"] == lugar]
    if suyo.empty:
        return pd.DataFrame(columns=COLUMNAS)
    propio = suyo.iloc[0]
    otros = utiles[(utiles["lugar"] != lugar) & (utiles["cobertura"] == "propia")]
    otros = otros.assign(
        veces_poblacion=otros["personas"] / propio["personas"],
        veces_densidad=otros["densidad"] / propio["densidad"],
        otra_clase=otros["clase"] != propio["clase"],
        extranjero=otros["pais"] != propio["pais"],
    )
    otros["distancia"] = np.hypot(np.log2(otros["veces_poblacion"]), np.log2(otros["veces_densidad"]))
    otros = otros[otros["distancia"] <= DISTANCIA_MAXIMA]
    ordenados = otros.sort_values(["extranjero", "pais", "otra_clase", "distancia", "lugar"], ignore_index=True)
    elegidos = ordenados.groupby("pais", sort=False).head(por_pais).reset_index(drop=True)
    orden = elegidos.groupby("pais", sort=False).cumcount() + 1
    razones = [_razon(propio, otro) for otro in elegidos.to_dict("records")]
    return elegidos.assign(orden=orden, razon=razones)[COLUMNAS]


def _razon(propio: pd.Series, otro: dict[Any, Any]) -> str:
    """«0.5 veces su población (…); 0.5 veces su densidad (…); misma clase: …; con cifra propia de encuesta.»"""
    poblacion = tr(
        "{veces} su población ({personas:,.0f} y {personas_2:,.0f})",
        veces=_veces(otro["veces_poblacion"]),
        personas=otro["personas"],
        personas_2=propio["personas"],
    )
    densidad = tr(
        "{veces} su densidad ({densidad:,.0f} y {densidad_2:,.0f} habitantes por km²)",
        veces=_veces(otro["veces_densidad"]),
        densidad=otro["densidad"],
        densidad_2=propio["densidad"],
    )
    if otro["clase"] == propio["clase"]:
        clase = tr("misma clase: {clases}", clases=CLASES[propio["clase"]])
    else:
        clase = tr(
            "no hay más de su clase: éste es {clase}, {clases}", clase=otro["clase"], clases=CLASES[otro["clase"]]
        )
    return tr(
        "{poblacion}; {densidad}; {clase}; con cifra propia de encuesta.",
        poblacion=poblacion,
        densidad=densidad,
        clase=clase,
    )


def _veces(razon: float) -> str:
    return (
        tr("Casi igual a")
        if 0.95 <= razon <= 1.05
        else tr("{razon:.1f} veces", razon=razon)
        if razon >= 0.1
        else tr("{razon:.2f} veces", razon=razon)
    )
