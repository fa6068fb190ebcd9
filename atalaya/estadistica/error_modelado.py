"""De las celdas publicadas con su clase de precisión a la tabla `calibracion`, y cuánto acierta fuera de muestra.

Las celdas son las de `consultas/estimar/evidencia_precision.sql`. Qué se calibra y por qué: docs/error_modelado.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from atalaya.contratos import CALIBRACION, PRECISIONES
from atalaya.estadistica import calibracion
from atalaya.estadistica.calibracion import Ajuste, Evidencia

FAMILIAS: Final = ("tema", "lugar_periodo")
NACION: Final = "MX"
DOBLECES: Final = 5
TRAMOS_P: Final = (0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.5, 1)
TRAMOS_N: Final = (0, 30, 60, 120, 200, 300, 1000)
SIN_INFORMACION: Final = (-1.0, 3.0)
"""Entre estos log deff cabe cualquier efecto de diseño verosímil: una celda alta cuya cota pasa del segundo, o baja
cuya cota no llega al primero, no dice nada y no entra en el ajuste."""


@dataclass(frozen=True)
class Calibracion:
    """Un ajuste y los nombres de sus grupos, para predecir celdas que no vio."""

    ajuste: Ajuste
    temas: pd.Index
    lugares: pd.Index

    def predecir(self, celdas: pd.DataFrame) -> tuple[np.ndarray, np.ndarray]:
        """log deff esperado y desviación de cada celda; un tema o lugar nuevo no trae efecto, pero sí su dispersión."""
        media = np.full(len(celdas), self.ajuste.general)
        varianza = np.full(len(celdas), self.ajuste.sigma**2)
        for numero, (nombres, familia) in enumerate(zip((self.temas, self.lugares), FAMILIAS, strict=True)):
            grupo = nombres.get_indexer(pd.Index(celdas[familia]))
            efecto, error = (np.append(x[numero], np.nan) for x in (self.ajuste.efectos, self.ajuste.errores))
            media += np.nan_to_num(efecto[grupo])
            varianza += np.where(grupo < 0, self.ajuste.taus[numero], error[grupo]) ** 2
        return media, np.sqrt(varianza)


def como_celdas(evidencia: pa.Table) -> pd.DataFrame:
    """La evidencia como tabla de trabajo, con el grupo `lugar_periodo` de cada celda («2025T2 MX-CD28»)."""
    celdas = evidencia.to_pandas()
    return celdas.assign(lugar_periodo=celdas["trimestre"] + " " + celdas["lugar"])


def calibrar(celdas: pd.DataFrame) -> Calibracion:
    """El ajuste de las áreas: general, por tema y por lugar y trimestre (las celdas nacionales no entran)."""
    ajuste, nombres = _ajustar(celdas[celdas["lugar"] != NACION], FAMILIAS)
    return Calibracion(ajuste, *nombres)


def modelos(celdas: pd.DataFrame) -> pd.DataFrame:
    """Cuánto mejora cada efecto: por modelo, verosimilitud marginal, σ y la dispersión de cada familia de efectos."""
    areas = celdas[celdas["lugar"] != NACION]
    candidatos: tuple[list[str], ...] = (
        [],
        ["tema"],
        ["indicador"],
        ["tema", "lugar"],
        list(FAMILIAS),
        ["tema", "lugar", "lugar_periodo"],
    )
    filas = []
    for familias in candidatos:
        ajuste, _ = _ajustar(areas, familias)
        taus = "; ".join(f"{familia} {tau:.3f}" for familia, tau in zip(familias, ajuste.taus, strict=True))
        filas.append(
            {
                "efectos": " + ".join(familias) or "ninguno",
                "verosimilitud": ajuste.verosimilitud,
                "sigma": ajuste.sigma,
                "taus": taus,
            }
        )
    return pd.DataFrame(filas)


def diagnosticos(celdas: pd.DataFrame) -> pd.DataFrame:
    """El efecto de diseño general estimado por su cuenta en cada parte: año, desglose, tramo de p y de n."""
    areas = celdas[celdas["lugar"] != NACION]
    cortes = {
        "año": areas["trimestre"].str[:4],
        "desglose": areas["desglose"].str.split(":").str[0],
        "p": pd.cut(areas["p"], TRAMOS_P),
        "n": pd.cut(areas["n"], TRAMOS_N),
    }
    filas = []
    for nombre, corte in cortes.items():
        for parte, suyas in areas.groupby(corte, observed=True):
            ajuste, _ = _ajustar(suyas, [])
            cuentas = suyas["precision"].value_counts()
            filas.append(
                {
                    "por": nombre,
                    "parte": str(parte),
                    "celdas": len(suyas),
                    "no_altas": len(suyas) - int(cuentas.get("alta", 0)),
                    "efecto_diseno": np.exp(ajuste.general),
                    "error_pct": 100 * ajuste.error_general,
                    "sigma": ajuste.sigma,
                }
            )
    return pd.DataFrame(filas)


def calibrar_nacion(celdas: pd.DataFrame, areas: Calibracion) -> Ajuste:
    """Cuánto menos (o más) varían las cifras nacionales de lo que dicen sus áreas y su factor de asignación."""
    nacion = celdas[celdas["lugar"] == NACION]
    media, _ = areas.predecir(nacion)
    # Con n dividida entre el efecto ya conocido, lo que falta es el log deff que se calibra.
    n = nacion["n"] / nacion["factor_asignacion"] / np.exp(media)
    return calibracion.ajustar(calibracion.evidencia(nacion["p"], n, nacion["precision"]))


def tabla(celdas: pd.DataFrame, areas: Calibracion, nacion: Ajuste, acuerdo: pd.DataFrame | None = None) -> pa.Table:
    """La tabla `calibracion` del contrato. `acuerdo`: el de `validar`, del que se toma el de cada tema."""
    por_tema = {} if acuerdo is None else _acuerdo_pct(acuerdo, ["tema"])
    de_areas, nacionales = celdas[celdas["lugar"] != NACION], celdas[celdas["lugar"] == NACION]
    ajuste = areas.ajuste
    filas = [
        _fila("general", ajuste.general, ajuste.error_general, ajuste.sigma, de_areas)
        | {"acuerdo_pct": None if acuerdo is None else float(100 * acuerdo["acierta"].mean())},
        _fila("nacional", nacion.general, nacion.error_general, nacion.sigma, nacionales),
    ]
    grupos = {familia: de_areas.groupby(familia) for familia in FAMILIAS}
    for nombre, efecto, error in zip(areas.temas, ajuste.efectos[0], ajuste.errores[0], strict=True):
        suyas = grupos["tema"].get_group(nombre)
        filas.append(
            _fila("tema", efecto, error, ajuste.taus[0], suyas) | {"tema": nombre, "acuerdo_pct": por_tema.get(nombre)}
        )
    for nombre, efecto, error in zip(areas.lugares, ajuste.efectos[1], ajuste.errores[1], strict=True):
        periodo, lugar = nombre.split(" ")
        suyas = grupos["lugar_periodo"].get_group(nombre)
        filas.append(
            _fila("lugar_periodo", efecto, error, ajuste.taus[1], suyas) | {"lugar": lugar, "periodo": periodo}
        )
    return pa.Table.from_pylist([{"fuente": celdas["fuente"].iloc[0], **fila} for fila in filas], schema=CALIBRACION)


def validar(partes: Sequence[tuple[pd.DataFrame, pd.DataFrame]]) -> pd.DataFrame:
    """Las celdas de prueba de cada parte (entrenar, probar) con la clase que les daría quien no las vio.

    Añade `predicha`, `acierta` y `espera_alta|moderada|baja`, la probabilidad de cada clase.
    """
    return pd.concat([_predichas(calibrar(entrenar), probar) for entrenar, probar in partes], ignore_index=True)


def validar_todo(celdas: pd.DataFrame, desde: str) -> dict[str, pd.DataFrame]:
    """Tres pruebas con celdas que la calibración no vio: otro año, otras ciudades y los años anteriores a `desde`."""
    nuevas, anteriores = celdas[celdas["trimestre"] >= desde], celdas[celdas["trimestre"] < desde]
    anios = sorted(nuevas["trimestre"].str[:4].unique())
    pruebas = {}
    if len(anios) > 1:
        pruebas["otro año"] = validar(list(por_anio(nuevas, anios)))
    pruebas["otras ciudades"] = validar(list(por_ciudades(nuevas)))
    if len(anteriores):
        tramo = f"{anteriores['trimestre'].min()} a {anteriores['trimestre'].max()}"
        pruebas[f"años anteriores, {tramo}"] = validar([(nuevas, anteriores[anteriores["lugar"] != NACION])])
    return pruebas


def por_anio(celdas: pd.DataFrame, anios: Sequence[str]) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Cada año de `anios` predicho por los demás de `anios`."""
    anio = celdas["trimestre"].str[:4]
    areas = celdas["lugar"] != NACION
    for uno in anios:
        yield celdas[anio.isin(anios) & (anio != uno) & areas], celdas[(anio == uno) & areas]


def por_ciudades(celdas: pd.DataFrame, dobleces: int = DOBLECES) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Cada quinta parte de las ciudades predicha por las demás; se reparten por el orden de su clave, sin azar."""
    areas = celdas[celdas["lugar"] != NACION]
    doblez = pd.factorize(areas["lugar"], sort=True)[0] % dobleces
    for uno in range(dobleces):
        yield areas[doblez != uno], areas[doblez == uno]


def acuerdo(validadas: pd.DataFrame, por: Sequence[str]) -> pd.DataFrame:
    """Por grupo: celdas, % que acierta, % que acertaría «todas altas», y no altas publicadas, predichas y esperadas."""
    no_alta = validadas.assign(
        publicadas=validadas["precision"] != "alta",
        predichas=validadas["predicha"] != "alta",
        ambas=(validadas["precision"] != "alta") & (validadas["predicha"] != "alta"),
        esperadas=1 - validadas["espera_alta"],
    )
    grupos = no_alta.groupby(list(por), observed=True)
    resumen = grupos[["publicadas", "predichas", "ambas", "esperadas"]].sum()
    resumen.insert(0, "celdas", grupos.size())
    resumen.insert(1, "acuerdo_pct", 100 * grupos["acierta"].mean())
    resumen.insert(2, "todas_altas_pct", 100 - 100 * resumen["publicadas"] / resumen["celdas"])
    return resumen.reset_index()


def _ajustar(areas: pd.DataFrame, familias: Sequence[str]) -> tuple[Ajuste, list[pd.Index]]:
    evidencia = calibracion.evidencia(areas["p"], areas["n"], areas["precision"])
    callan = np.isneginf(evidencia.inferior) & (evidencia.superior >= SIN_INFORMACION[1])
    callan |= np.isposinf(evidencia.superior) & (evidencia.inferior <= SIN_INFORMACION[0])
    codigos = [pd.factorize(areas[familia], sort=True) for familia in familias]
    con_grupos = Evidencia(evidencia.inferior, evidencia.superior, tuple(codigo for codigo, _ in codigos))
    ajuste = calibracion.ajustar(con_grupos.de(~callan), [len(nombres) for _, nombres in codigos])
    return ajuste, [pd.Index(nombres) for _, nombres in codigos]


def _predichas(modelo: Calibracion, celdas: pd.DataFrame) -> pd.DataFrame:
    media, desviacion = modelo.predecir(celdas)
    # Cada celda con su propia desviación: se lleva a la misma escala y queda σ = 1.
    quince, treinta = calibracion.cotas(celdas["p"], celdas["n"])
    espera = calibracion.probabilidades(quince, treinta, media, desviacion)
    predicha = np.array(PRECISIONES)[(media >= quince).astype(int) + (media >= treinta)]
    return celdas.assign(
        predicha=predicha,
        acierta=predicha == celdas["precision"],
        **{f"espera_{clase}": espera[:, numero] for numero, clase in enumerate(PRECISIONES)},
    )


def _acuerdo_pct(validadas: pd.DataFrame, por: Sequence[str]) -> dict[str, float]:
    return dict(acuerdo(validadas, por).set_index(list(por))["acuerdo_pct"])


def _fila(efecto: str, valor: float, error: float, dispersion: float, celdas: pd.DataFrame) -> dict[str, Any]:
    cuentas = celdas["precision"].value_counts()
    return {
        "efecto": efecto,
        "tema": "",
        "lugar": "",
        "periodo": "",
        # Seis decimales: más no dice la evidencia, y así la tabla es la misma en toda máquina.
        "log_efecto_diseno": round(float(valor), 6),
        "error_log": round(float(error), 6),
        "dispersion_log": round(float(dispersion), 6),
        "celdas": len(celdas),
        "celdas_moderada": int(cuentas.get("moderada", 0)),
        "celdas_baja": int(cuentas.get("baja", 0)),
        "acuerdo_pct": None,
    }
