"""Lo que el error deja afirmar de una vista: la ciudad destacada contra las demás, los cambios y los rangos.

Reciben tablas de `consultas/mostrar` (una fila por cifra, con `error_estandar`, `gl` y `estado`) y devuelven otras; no
cambian la que reciben. Las pruebas son de `comparaciones` e `inferencia`; aquí sólo se decide qué se prueba con qué.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import pandas as pd

from atalaya import catalogo, periodos
from atalaya.estadistica import comparaciones, inferencia, precision

NIVEL: Final = 95
NIVEL_RANGOS: Final = 90
"""El de la región conjunta de rangos, el mismo que da `python -m atalaya clasificar`."""

CAMBIOS: Final = ("previo", "anual")
"""Contra qué se prueba cada periodo: el inmediato anterior y el mismo de un año antes."""

SUPRIMIDO: Final = "suprimido"
RUPTURA: Final = "ruptura"
"""El veredicto de un cambio que cruza un cambio de serie: no se calcula."""
_SERIE: Final = ["indicador", "lugar"]
Registro = dict[str, Any]


def con_regla(tabla: pd.DataFrame, regla: str) -> pd.DataFrame:
    """Otra tabla con la `precision` de la regla, `regla_precision`, y nulo y `suprimido` lo que no deja publicar.

    INEGI: la clase que él publicó, sin tocar, y por su CV lo calculado de microdatos. INE Chile y CEPAL: se evalúa con
    el error, publicado o modelado; sin error ni entrevistas no hay con qué, y la cifra queda sin clase. Si la tabla
    lleva `posicion`, se cuenta de nuevo sin lo suprimido. Lanza ErrorConsulta si la regla no existe.
    """
    columna = {nombre: tabla[nombre].astype(float).to_numpy() for nombre in precision.USADAS}
    p = columna["valor_pct"] / 100
    ee, n = columna["error_estandar"] / 100, columna["n"]
    with np.errstate(divide="ignore", invalid="ignore"):
        # La que se calculó de microdatos no guarda su efecto de diseño: es su varianza sobre la del azar simple.
        efecto = np.where(np.isnan(columna["efecto_diseno"]), ee**2 * n / (p * (1 - p)), columna["efecto_diseno"])
    celdas = precision.Celdas(p, ee, n, columna["gl"], efecto)
    clases, no_se_publica = precision.evaluar(celdas, regla)
    # De un 0 o un 100 % ninguna de las dos reglas necesita más para suprimirlo.
    completa = np.isfinite(ee) & np.isfinite(n) & np.isfinite(columna["gl"])
    evaluable = (tabla["estado"] == "dato").to_numpy() & (completa | (p == 0) | (p == 1))
    de_oficio = (regla == "inegi") & (tabla["metodo"] != "microdatos").to_numpy()
    sin_evaluar = tabla["precision"].astype(object).where(de_oficio, None)
    nuevas = pd.Series(clases, tabla.index).astype(object)
    nueva = tabla.assign(regla_precision=regla, precision=nuevas.where(evaluable & ~de_oficio, sin_evaluar))
    fuera = evaluable & no_se_publica
    for nombre in (*precision.SUPRIMIBLES, "precision", "precision_numerador", "precision_denominador"):
        if nombre in nueva:
            nueva[nombre] = nueva[nombre].mask(fuera)
    nueva["estado"] = nueva["estado"].mask(fuera, SUPRIMIDO)
    return con_posicion(nueva) if "posicion" in nueva else nueva


def frente_al_foco(tabla: pd.DataFrame, foco: str, nivel: float = NIVEL) -> pd.DataFrame:
    """La ciudad `foco` contra cada otro lugar de la tabla (un indicador, un periodo), con p de Holm entre todas.

    Una fila por lugar: lugar, nombre, estado, diferencia (foco − lugar, en puntos), margen (al `nivel`, el de esa
    diferencia sola), p, p_holm y veredicto: `mayor` o `menor` es el foco; `no_se_distingue`; `no_con_holm` (supera su
    margen, pero no la prueba conjunta); `comparten` (una es parte de la otra y no se sabe cuánto); `sin_prueba`.
    """
    filas = _registros(tabla)
    propia = next((f for f in filas if f["lugar"] == foco), None)
    otras = [f for f in filas if f["lugar"] != foco]
    columnas = ["lugar", "nombre", "estado", "diferencia", "margen", "p", "p_holm", "veredicto"]
    if propia is None or not otras:
        return pd.DataFrame(columns=columnas)
    comunes = [comparaciones.parte_comun(otra, propia) for otra in otras]
    covarianza = [np.nan if comun is None else comun for comun in comunes]
    prueba = comparaciones.diferencias(otras, [propia] * len(otras), nivel, covarianza)
    palabras = veredictos_de(prueba, nivel, {"sube": "mayor", "baja": "menor", "sin_cambio": "no_se_distingue"})
    con_cifra = ~np.isnan(prueba["diferencia"])
    comparten = np.array([comun is None for comun in comunes]) & con_cifra
    return pd.DataFrame(
        {
            **{nombre: [f[nombre] for f in otras] for nombre in ("lugar", "nombre", "estado")},
            "diferencia": prueba["diferencia"],
            "margen": (prueba["ic_sup"] - prueba["ic_inf"]) / 2,
            "p": prueba["p"],
            "p_holm": prueba["p_holm"],
            "veredicto": np.where(comparten, "comparten", palabras),
        }
    )


def cambios(tabla: pd.DataFrame, nivel: float = NIVEL) -> pd.DataFrame:
    """Cada cifra contra la del periodo anterior y la del mismo periodo de un año antes; p de Holm dentro de cada serie.

    Una fila por indicador, lugar, periodo y `contra` (previo o anual) con las dos cifras: desde, diferencia, margen, p,
    p_holm y veredicto (sube, baja, sin_cambio, no_con_holm, sin_prueba). A través de un cambio de serie del catálogo no
    se calcula nada: diferencia nula y veredicto `ruptura`. A través de un hueco, o de una cifra experimental a otra que
    no lo es, no hay fila. Los periodos se toman por independientes, como hace INEGI.
    """
    con_cifra = {(f["indicador"], f["lugar"], f["periodo"]): f for f in _registros(tabla) if f["estado"] == "dato"}
    series = {_serie(f) for f in con_cifra.values()}
    huecos, rupturas = ({serie: _cortes(tipo, *serie) for serie in series} for tipo in ("hueco", "cambio"))
    pares = []
    for (indicador, lugar, periodo), despues in con_cifra.items():
        for contra, desde in zip(CAMBIOS, _previos(periodo), strict=False):
            antes = con_cifra.get((indicador, lugar, desde))
            if not antes or comparaciones.cambia_de_metodo(antes, despues):
                continue
            if not _hay_corte(huecos[_serie(despues)], desde, periodo):
                pares.append((contra, antes, despues))
    negados = np.array([_hay_corte(rupturas[_serie(b)], a["periodo"], b["periodo"]) for _, a, b in pares], dtype=bool)
    prueba = comparaciones.diferencias([a for _, a, _ in pares], [b for *_, b in pares], nivel)
    prueba = {clave: np.where(negados, np.nan, v) if v.dtype.kind == "f" else v for clave, v in prueba.items()}
    probados = pd.DataFrame(
        {
            **{c: [b[c] for *_, b in pares] for c in ("indicador", "lugar", "nombre", "periodo")},
            "desde": [a["periodo"] for _, a, _ in pares],
            "contra": [contra for contra, *_ in pares],
            "diferencia": prueba["diferencia"],
            "margen": (prueba["ic_sup"] - prueba["ic_inf"]) / 2,
            "p": prueba["p"],
        }
    )
    ajustados = np.full(len(pares), np.nan)
    for indices in probados.groupby(_SERIE, sort=False).indices.values():
        ajustados[indices] = inferencia.holm(prueba["p"][indices])
    palabras = veredictos_de({**prueba, "p_holm": ajustados}, nivel, {})
    return probados.assign(p_holm=ajustados, veredicto=np.where(negados, RUPTURA, palabras))


def con_cambios(tabla: pd.DataFrame, probados: pd.DataFrame) -> pd.DataFrame:
    """La tabla con `cambio_previo` y `cambio_anual` de cada cifra (veredicto; nulo si no hubo con qué probar)."""
    llave = [*_SERIE, "periodo"]
    for contra in CAMBIOS:
        suyos = probados.loc[probados["contra"] == contra, [*llave, "diferencia", "p_holm", "veredicto"]]
        nombres = {"diferencia": f"diferencia_{contra}", "p_holm": f"p_holm_{contra}", "veredicto": f"cambio_{contra}"}
        tabla = tabla.merge(suyos.rename(columns=nombres), how="left", on=llave)
    return tabla


def con_rangos(tabla: pd.DataFrame, nivel: float = NIVEL_RANGOS) -> pd.DataFrame:
    """La tabla de `mostrar/clasificar` con `rango_inf` y `rango_sup`: entre qué lugares está cada uno, todos a la vez.

    Región conjunta de Klein, Wright y Wieczorek (2020). Cuenta como `posicion`: lo que la lista de INEGI repite vale
    por dos. Nulos si el lugar no tiene cifra o no tiene error.
    """
    filas = tabla[tabla["estado"] == "dato"]
    repetidas = filas.loc[filas.index.repeat(filas["renglones"])]
    gl = repetidas["gl"].astype(float).fillna(np.inf).to_numpy()
    proporcion, error = (repetidas[c].astype(float).to_numpy() / 100 for c in ("valor_pct", "error_estandar"))
    inferior, superior = inferencia.rangos(proporcion, error, gl, nivel)
    rangos = pd.DataFrame({"rango_inf": inferior, "rango_sup": superior}, index=repetidas.index)
    rangos = rangos[np.isfinite(error) & (proporcion > 0) & (proporcion < 1)]
    rangos = rangos[~rangos.index.duplicated()].astype("Int64")
    return tabla.drop(columns=[c for c in rangos if c in tabla]).join(rangos)


def con_posicion(tabla: pd.DataFrame) -> pd.DataFrame:
    """Otra tabla, con posición y «de cuántos» entre lo que tiene cifra, con las cuentas de `mostrar/clasificar`."""
    con_cifra = tabla["estado"] == "dato"
    valores = tabla["valor_pct"].round(6)
    pesos = tabla["renglones"].where(con_cifra, 0)
    posiciones = [1 + int(pesos[valores > v].sum()) if c else np.nan for v, c in zip(valores, con_cifra, strict=True)]
    return tabla.assign(posicion=posiciones, lugares_con_cifra=int(pesos.sum())).sort_values(
        "posicion", na_position="last", kind="stable", ignore_index=True
    )


def veredictos_de(prueba: dict[str, Any], nivel: float, nombres: dict[str, str]) -> Any:
    """El veredicto de cada `diferencia` con su `p` y `p_holm`; `no_con_holm`, si sólo supera el error por separado."""
    firmes = inferencia.veredictos(prueba["diferencia"], prueba["p_holm"], nivel)
    solas = inferencia.veredictos(prueba["diferencia"], prueba["p"], nivel)
    casi = (firmes == "sin_cambio") & np.isin(solas, ("sube", "baja"))
    dichos = np.array([nombres.get(str(v), str(v)) for v in firmes], dtype=object)
    return np.where(casi, "no_con_holm", dichos)


def _previos(periodo: str) -> tuple[str, ...]:
    """El periodo anterior y, si no es el mismo, el de un año antes."""
    return tuple(dict.fromkeys((periodos.anterior(periodo), periodos.mismo_hace_un_ano(periodo))))


def _serie(fila: Registro) -> tuple[str, str, str]:
    return fila["fuente"], fila["lugar"], fila["indicador"]


def _cortes(tipo: str, fuente: str, lugar: str, indicador: str) -> list[tuple[int, int, int]]:
    """Los periodos en que la serie tiene un hueco o un cambio."""
    return [
        periodos.clave_orden(r.periodo)
        for r in catalogo.rupturas()
        if r.tipo == tipo and r.alcanza(fuente, lugar, indicador)
    ]


def _hay_corte(cortes: list[tuple[int, int, int]], desde: str, hasta: str) -> bool:
    inicio, fin = periodos.clave_orden(desde), periodos.clave_orden(hasta)
    return any(inicio < corte <= fin for corte in cortes)


def _registros(tabla: pd.DataFrame) -> list[Registro]:
    """Las filas con nulo donde pandas pone NaN: así las esperan las pruebas."""
    columnas = [str(c) for c in tabla.columns]
    filas = tabla.astype(object).where(tabla.notna(), None).itertuples(index=False, name=None)
    return [dict(zip(columnas, fila, strict=True)) for fila in filas]
