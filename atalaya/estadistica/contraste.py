"""Lo que la gente dice junto a lo que se registra: si cada cosa cambió más que su propio error, en los mismos años.

La encuesta tiene error muestral y el registro, el azar de sus conteos: cada uno se prueba con lo suyo y ninguno con el
otro. Nada se calcula a través de un cambio de serie.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from atalaya import periodos
from atalaya.estadistica import comparaciones, inferencia, tasas
from atalaya.estadistica.pruebas import NIVEL, veredictos_de
from atalaya.estadistica.pruebas_conteo import cruzan

SIN_COMUN: Final = "sin_anios_en_comun"
DOCE: Final = 12
Registro = dict[Any, Any]


def contrastar(encuesta: pd.DataFrame, registro: pd.DataFrame, nivel: float = NIVEL) -> pd.DataFrame:
    """Una fila por indicador de la encuesta y serie del registro, con el cambio de cada uno en sus años en común.

    `encuesta`: filas de `mostrar/consultar` de un solo lugar. `registro`: filas de `mostrar/conteos` por año, con su
    tasa y `nombre`; sólo cuentan los años enteros. Se va del primer periodo del primer año en común al último del
    último, sin cruzar un cambio de serie de ninguna de las dos. De la encuesta: `dice`, periodo_desde, periodo_hasta,
    valor_desde, valor_hasta, diferencia, margen (puntos), p_dice y veredicto_dice. Del registro: `registra`, lugar,
    nombre, desde, hasta (años), casos_desde, casos, cambio_pct, cambio_inf, cambio_sup, p y veredicto. Los veredictos
    llevan la corrección de Holm entre los cambios distintos de la tabla. `motivo`: vacío, o por qué no hay prueba.
    """
    filas = [
        _tramo(dice, dichas, registra, contadas)
        for dice, dichas in _por_serie(encuesta, ["indicador"])
        for registra, contadas in _por_serie(registro, ["indicador", "lugar"])
    ]
    probadas = pd.DataFrame([{**fila, **_cambio_dicho(fila, nivel), **_cambio_contado(fila, nivel)} for fila in filas])
    if probadas.empty:
        return probadas
    return _con_veredictos(probadas.drop(columns=["antes", "despues"]), nivel)


def _tramo(dice: Registro, dichas: list[Registro], registra: Registro, contadas: list[Registro]) -> Registro:
    """De dónde a dónde se comparan las dos series; sin dos años en común, el motivo y las cifras vacías."""
    contadas = [fila for fila in contadas if fila["meses"] == DOCE and pd.notna(fila["tasa_100k"])]
    comun = _anios(dichas) & _anios(contadas)
    primero = min(comun, default="")
    dichas = _sin_cruzar([fila for fila in dichas if fila["periodo"][:4] >= primero])
    contadas = _sin_cruzar([fila for fila in contadas if fila["periodo"] >= primero])
    ultimo = max(_anios(dichas) & _anios(contadas), default="")
    base = {
        "dice": dice["indicador"],
        "registra": registra["indicador"],
        "lugar": registra["lugar"],
        "nombre": registra["nombre"],
    }
    if not primero or primero == ultimo:
        return {**base, "motivo": SIN_COMUN, "antes": {}, "despues": {}}
    antes = dichas[0]
    despues = [fila for fila in dichas if fila["periodo"][:4] == ultimo][-1]
    (desde, hasta) = (next(f for f in contadas if f["periodo"] == anio) for anio in (primero, ultimo))
    return {**base, "motivo": "", "antes": (antes, desde), "despues": (despues, hasta)}


def _cambio_dicho(fila: Registro, nivel: float) -> Registro:
    if fila["motivo"]:
        return dict.fromkeys(
            ["periodo_desde", "periodo_hasta", "valor_desde", "valor_hasta", "diferencia", "margen", "p_dice"], np.nan
        )
    antes, despues = fila["antes"][0], fila["despues"][0]
    prueba = comparaciones.diferencias([antes], [despues], nivel)
    return {
        "periodo_desde": antes["periodo"],
        "periodo_hasta": despues["periodo"],
        "valor_desde": antes["valor_pct"],
        "valor_hasta": despues["valor_pct"],
        "diferencia": prueba["diferencia"][0],
        "margen": (prueba["ic_sup"] - prueba["ic_inf"])[0] / 2,
        "p_dice": prueba["p"][0],
    }


def _cambio_contado(fila: Registro, nivel: float) -> Registro:
    if fila["motivo"]:
        vacias = ["desde", "hasta", "casos_desde", "casos", "cambio_pct", "cambio_inf", "cambio_sup", "p"]
        return dict.fromkeys(vacias, np.nan)
    antes, despues = fila["antes"][1], fila["despues"][1]
    cambio = tasas.cambio_relativo(
        antes["casos"], antes["poblacion"], despues["casos"], despues["poblacion"], nivel=nivel
    )
    return {
        "desde": antes["periodo"],
        "hasta": despues["periodo"],
        "casos_desde": antes["casos"],
        "casos": despues["casos"],
        **{clave: float(valor) for clave, valor in cambio.items()},
    }


def _con_veredictos(probadas: pd.DataFrame, nivel: float) -> pd.DataFrame:
    """Con el veredicto de cada lado: Holm entre los cambios distintos, porque uno sale en varias filas."""
    llaves = {lado: list(probadas[suyas].itertuples(index=False, name=None)) for lado, suyas in _LLAVE.items()}
    distintos = {
        (lado, *llave): p
        for lado, columna in _P.items()
        for llave, p in zip(llaves[lado], probadas[columna].astype(float), strict=True)
    }
    ajustados = dict(zip(distintos, inferencia.holm(list(distintos.values())), strict=True))
    nuevas: dict[str, Any] = {"pruebas": int(np.isfinite(list(distintos.values())).sum())}
    for lado, cambio in (("dice", "diferencia"), ("registra", "cambio_pct")):
        p_holm = np.array([ajustados[lado, *llave] for llave in llaves[lado]])
        prueba = {"diferencia": probadas[cambio].to_numpy(float), "p": probadas[_P[lado]].to_numpy(float)}
        sufijo = "_dice" if lado == "dice" else ""
        nuevas[f"p_holm{sufijo}"] = p_holm
        nuevas[f"veredicto{sufijo}"] = veredictos_de({**prueba, "p_holm": p_holm}, nivel, {})
    return probadas.assign(**nuevas)


_LLAVE: Final = {
    "dice": ["dice", "periodo_desde", "periodo_hasta"],
    "registra": ["registra", "lugar", "desde", "hasta"],
}
_P: Final = {"dice": "p_dice", "registra": "p"}


def _por_serie(tabla: pd.DataFrame, llave: list[str]) -> list[tuple[Registro, list[Registro]]]:
    """De cada serie, una fila que la nombra y sus filas con cifra en el orden del tiempo."""
    series = []
    for _, suyas in tabla.groupby(llave, sort=False) if len(tabla) else ():
        con_cifra = suyas[suyas["estado"] == "dato"].to_dict("records")
        series.append((suyas.iloc[0].to_dict(), sorted(con_cifra, key=lambda f: periodos.clave_orden(f["periodo"]))))
    return series


def _anios(filas: list[Registro]) -> set[str]:
    return {fila["periodo"][:4] for fila in filas}


def _sin_cruzar(filas: list[Registro]) -> list[Registro]:
    """Las que se pueden comparar con la primera: ningún cambio de serie las separa."""
    return [fila for fila in filas if not cruzan(filas[0], fila)]
