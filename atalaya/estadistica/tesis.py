"""La tesis del seminario, «más cercanía, más confianza, menos percepción de inseguridad», eslabón por eslabón.

Cada eslabón es un par de indicadores de la ENSU. De la tabla de `mostrar/panel` se arma su panel, se ajusta entre
ciudades y dentro de ellas (`panel.py`) y se corrige por probar todos a la vez. Asociación, nunca causa.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any, Final

import pandas as pd

from atalaya import catalogo, periodos
from atalaya.estadistica import inferencia
from atalaya.estadistica.panel import Asociacion, dentro_de_ciudades, entre_ciudades
from atalaya.estadistica.pruebas import veredictos_de

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
    """El panel de un eslabón: lugar, nombre, periodo, `x`, `y` y sus intervalos (por ciento), `error_x` y `precision`.

    `tabla`: la de `mostrar/panel`. `error_x` va en puntos. Sólo las celdas con las dos cifras y, de cada ciudad, desde
    el último cambio de serie de cualquiera de las dos: nada se compara a través de él. `precision` es la peor de las
    dos (nula si falta una).
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
            **{f"{c}_{fin}": juntas[f"ic_{fin}_{c}"].astype(float) for c in ("x", "y") for fin in ("inf", "sup")},
            "precision": [_peor(*clases) for clases in zip(juntas["precision_x"], juntas["precision_y"], strict=True)],
        }
    )
    cortes = {lugar: _ultimo_cambio(lugar, eslabon) for lugar in panel["lugar"].unique()}
    tras = [periodos.clave_orden(p) >= cortes[lugar] for lugar, p in zip(panel["lugar"], panel["periodo"], strict=True)]
    return panel[tras].reset_index(drop=True)


def puntos_de(tabla: pd.DataFrame, eslabon: Eslabon, periodo: str | None = None) -> pd.DataFrame:
    """Un punto por ciudad: sus cifras de `periodo` o, si no se dice, el promedio de las que tiene.

    Las columnas de `panel_de`, con `periodos` (cuántos) en lugar de `periodo`. El promedio no lleva clase ni intervalo.
    """
    panel = panel_de(tabla, eslabon)
    if periodo is not None:
        return panel[panel["periodo"] == periodo].drop(columns="periodo").assign(periodos=1)
    por_ciudad = panel.groupby(["lugar", "nombre"], as_index=False)
    return por_ciudad.agg(x=("x", "mean"), y=("y", "mean"), periodos=("periodo", "nunique"))


def asociaciones(tabla: pd.DataFrame, nivel: float = NIVEL) -> pd.DataFrame:
    """Una fila por eslabón y tipo (`entre` ciudades, `dentro` de ellas) con los campos de `panel.Asociacion`.

    Además `clave`, `x`, `y`, `p_holm` (Holm entre todas las de la tabla) y `veredicto`: `sube` o `baja` (y con x, más
    allá del error y de la corrección), `no_con_holm` (el intervalo excluye el cero, la corrección no) o `sin_cambio`.
    No hay fila donde no alcanza para estimar (menos de MINIMO_CIUDADES).
    """
    ajustes = []
    for uno in ESLABONES.values():
        panel = panel_de(tabla, uno)
        ajustes += [(uno, entre_ciudades(panel, nivel)), (uno, dentro_de_ciudades(panel, nivel))]
    return _probadas(ajustes, nivel)


def entre_en(tabla: pd.DataFrame, eslabon: Eslabon, periodo: str, nivel: float = NIVEL) -> pd.DataFrame:
    """La asociación entre ciudades de un solo periodo: una fila como las de `asociaciones`, o ninguna."""
    panel = panel_de(tabla, eslabon)
    return _probadas([(eslabon, entre_ciudades(panel[panel["periodo"] == periodo], nivel))], nivel)


def _probadas(ajustes: list[tuple[Eslabon, Asociacion | None]], nivel: float) -> pd.DataFrame:
    filas: list[dict[str, Any]] = [
        {"clave": uno.clave, "x": uno.x, "y": uno.y, **asdict(ajuste)} for uno, ajuste in ajustes if ajuste is not None
    ]
    halladas = pd.DataFrame(filas, columns=["clave", "x", "y", *Asociacion.__dataclass_fields__])
    coeficientes, p = (halladas[c].to_numpy(float) for c in ("coeficiente", "p"))
    ajustados = inferencia.holm(p)
    prueba = {"diferencia": coeficientes, "p": p, "p_holm": ajustados}
    return halladas.assign(p_holm=ajustados, veredicto=veredictos_de(prueba, nivel, {}))


_DE_CADA_LADO: Final = ("valor_pct", "error_estandar", "ic_inf", "ic_sup", "precision")
_ORDEN: Final = ("alta", "moderada", "baja")


def _peor(una: object, otra: object) -> str | None:
    """La peor de dos clases de precisión; ninguna si falta alguna y la que hay no es ya baja."""
    clases = [clase for clase in (una, otra) if clase in _ORDEN]
    peor = max(clases, key=_ORDEN.index, default=None)
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
