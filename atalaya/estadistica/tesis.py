"""La tesis del seminario, «más cercanía, más confianza, menos percepción de inseguridad», eslabón por eslabón.

Cada eslabón es un par de indicadores de la ENSU. De la tabla de `mostrar/panel` se arma su panel, se ajusta entre
ciudades y dentro de ellas (`panel.py`) y se corrige por probar todos a la vez. Asociación, nunca causa.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from atalaya import catalogo, periodos
from atalaya.estadistica import inferencia
from atalaya.estadistica.panel import Asociacion, dentro_de_ciudades, entre_ciudades

NIVEL: Final = 95
_IDENTIFICA, _EFECTIVIDAD, _CONFIANZA = (
    f"{que}_policia_municipal" for que in ("identifica", "efectividad", "confianza")
)
_INSEGURIDAD: Final = "inseguridad_ciudad"
INDICADORES: Final = (_IDENTIFICA, _EFECTIVIDAD, _CONFIANZA, _INSEGURIDAD)


@dataclass(frozen=True)
class Eslabon:
    """Un par de la tesis: si `x` sube, ella espera que `y` suba (`espera` = 1) o baje (−1).

    `parte`: `cercania` (de que se conozca a la policía a que sirva y dé confianza), `confianza` (de ahí a la
    inseguridad) o `entera` (de un extremo al otro).
    """

    clave: str
    x: str
    y: str
    espera: int
    parte: str


ESLABONES: Final = {
    uno.clave: uno
    for uno in (
        Eslabon("identifica_confianza", _IDENTIFICA, _CONFIANZA, 1, "cercania"),
        Eslabon("identifica_efectividad", _IDENTIFICA, _EFECTIVIDAD, 1, "cercania"),
        Eslabon("confianza_inseguridad", _CONFIANZA, _INSEGURIDAD, -1, "confianza"),
        Eslabon("efectividad_inseguridad", _EFECTIVIDAD, _INSEGURIDAD, -1, "confianza"),
        Eslabon("identifica_inseguridad", _IDENTIFICA, _INSEGURIDAD, -1, "entera"),
    )
}


def panel_de(tabla: pd.DataFrame, eslabon: Eslabon) -> pd.DataFrame:
    """El panel de un eslabón: lugar, nombre, periodo, `x`, `y` (por ciento), `error_x` (puntos) y `precision`.

    `tabla`: la de `mostrar/panel`. Sólo las celdas con las dos cifras. De cada ciudad, desde el último cambio de serie
    de cualquiera de las dos: nada se compara a través de él. `precision` es la peor de las dos (nula si falta una).
    """
    con_cifra = tabla[tabla["estado"] == "dato"]
    lados = []
    for columna, indicador in (("x", eslabon.x), ("y", eslabon.y)):
        suyas = con_cifra.loc[con_cifra["indicador"] == indicador, ["lugar", "periodo", *_DE_CADA_LADO]]
        lados.append(suyas.set_index(["lugar", "periodo"]).add_suffix(f"_{columna}"))
    juntas = lados[0].join(lados[1], how="inner").reset_index()
    nombres = dict(zip(tabla["lugar"], tabla["nombre"], strict=True))
    panel = pd.DataFrame(
        {
            "lugar": juntas["lugar"],
            "nombre": juntas["lugar"].map(nombres),
            "periodo": juntas["periodo"],
            "x": juntas["valor_pct_x"].astype(float),
            "y": juntas["valor_pct_y"].astype(float),
            "error_x": juntas["error_estandar_x"].astype(float),
            "precision": [
                _peor(*clases) for clases in zip(juntas["precision_x"], juntas["precision_y"], strict=True)
            ],
        }
    )
    cortes = {lugar: _ultimo_cambio(lugar, eslabon) for lugar in panel["lugar"].unique()}
    tras = [periodos.clave_orden(p) >= cortes[lugar] for lugar, p in zip(panel["lugar"], panel["periodo"], strict=True)]
    return panel[tras].reset_index(drop=True)


def asociaciones(tabla: pd.DataFrame, nivel: float = NIVEL) -> pd.DataFrame:
    """Una fila por eslabón y tipo (`entre` ciudades, `dentro` de ellas) con los campos de `panel.Asociacion`.

    Además `clave`, `x`, `y`, `p_holm` (Holm entre todas las de la tabla) y `veredicto`: `sube` o `baja` (y con x, más
    allá del error y de la corrección), `no_con_holm` (el intervalo excluye el cero, la corrección no) o `sin_cambio`.
    No hay fila donde no alcanza para estimar (menos de MINIMO_CIUDADES).
    """
    filas: list[dict[str, Any]] = []
    for uno in ESLABONES.values():
        panel = panel_de(tabla, uno)
        for ajuste in (entre_ciudades(panel, nivel), dentro_de_ciudades(panel, nivel)):
            if ajuste is not None:
                filas.append({"clave": uno.clave, "x": uno.x, "y": uno.y, **asdict(ajuste)})
    campos = ["clave", "x", "y", *Asociacion.__dataclass_fields__]
    halladas = pd.DataFrame(filas, columns=campos)
    ajustados = inferencia.holm(halladas["p"].astype(float))
    firmes = inferencia.veredictos(halladas["coeficiente"].astype(float), ajustados, nivel)
    solas = inferencia.veredictos(halladas["coeficiente"].astype(float), halladas["p"].astype(float), nivel)
    casi = (firmes == "sin_cambio") & np.isin(solas, ("sube", "baja"))
    return halladas.assign(p_holm=ajustados, veredicto=np.where(casi, "no_con_holm", firmes))


_DE_CADA_LADO: Final = ("valor_pct", "error_estandar", "precision")
_ORDEN: Final = ("alta", "moderada", "baja")


def _peor(una: object, otra: object) -> str | None:
    """La peor de dos clases de precisión; ninguna si falta alguna y la que hay no es ya baja."""
    clases = [clase for clase in (una, otra) if clase in _ORDEN]
    peor = max(clases, key=_ORDEN.index, default=None)  # type: ignore[arg-type]
    return str(peor) if peor and (len(clases) == 2 or peor == "baja") else None


def _ultimo_cambio(lugar: str, eslabon: Eslabon) -> tuple[int, int, int]:
    """El periodo desde el que las dos series son una sola; el principio de los tiempos si nunca cambiaron."""
    cambios = [
        periodos.clave_orden(una.periodo)
        for una in catalogo.rupturas()
        if una.tipo == "cambio"
        and any(una.alcanza(catalogo.indicador(i).fuente, lugar, i) for i in (eslabon.x, eslabon.y))
    ]
    return max(cambios, default=(0, 0, 0))
