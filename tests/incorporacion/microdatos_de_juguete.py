"""Microdatos inventados con semilla, con la forma de los oficiales: prueban el camino, no las cifras."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

DICCIONARIO = """NOMBRE_CAMPO,NEMONICO,TIPO,LONGITUD,RANGO_CLAVES
Percepción de seguridad en la ciudad,BP1_1,Numérico,1,1
Percepción de seguridad en la ciudad,BP1_1,Numérico,1,2
Percepción de seguridad en la ciudad,BP1_1,Numérico,1,9
Identificación de la Policía Preventiva Municipal,BP1_7_1,Numérico,1,1
Percepción de la efectividad del desempeño de la Policía Preventiva Municipal,BP1_8_1,Numérico,1,1
"""
CIUDADES = {"28": ("15", "058"), "71": ("09", "002")}  # Nezahualcóyotl y Azcapotzalco, que no tiene policía municipal
COMUNAS = {13122: 40, 13101: 12, 5109: 30}  # comuna → conglomerados, con cuatro informantes cada uno


def ensu(semilla: int = 1, upm_por_ciudad: int = 40) -> pd.DataFrame:
    """Un cuestionario básico de 2025T2: dos ciudades, dos estratos en cada una, cinco entrevistas por UPM."""
    azar = np.random.default_rng(semilla)
    filas = []
    for cd, (entidad, municipio) in CIUDADES.items():
        for numero in range(upm_por_ciudad):
            riesgo = azar.beta(4, 2)
            for vivienda in range(5):
                identifica = azar.choice(["1", "2", "9"], p=[0.7, 0.25, 0.05]) if cd == "28" else "3"
                filas.append(
                    {
                        "PER": "0225",
                        "ID_PER": f"{cd}{numero:03d}{vivienda}",
                        "UPM": f"{entidad}{numero:05d}",
                        "UPM_DIS": len(filas) // 5 + 1,
                        "EST_DIS": int(cd) * 10 + numero % 2,
                        "FAC_SEL": azar.integers(100, 900),
                        "CD": cd,
                        "CVE_ENT": entidad,
                        "CVE_MUN": municipio,
                        "SEXO": azar.integers(1, 3),
                        "EDAD": azar.integers(18, 90),
                        "BP1_1": "9" if azar.random() < 0.02 else "2" if azar.random() < riesgo else "1",
                        "BP1_7_1": identifica,
                        "BP1_8_1": azar.choice(["1", "2", "3", "4", "9"]) if identifica == "1" else "",
                    }
                )
    return pd.DataFrame(filas)


def escribir_ensu(carpeta: Path, tabla: pd.DataFrame) -> Path:
    """El paquete de datos abiertos: la tabla y su diccionario, en las carpetas de INEGI."""
    for subcarpeta in ("conjunto_de_datos", "diccionario_de_datos"):
        (carpeta / subcarpeta).mkdir(parents=True, exist_ok=True)
    tabla.to_csv(carpeta / "conjunto_de_datos" / "conjunto_de_datos_ensu_cb_0625.csv", index=False)
    diccionario = carpeta / "diccionario_de_datos" / "diccionario_de_datos_ensu_cb_0625.csv"
    diccionario.write_text(DICCIONARIO, encoding="utf-8")
    return carpeta


def enusc(semilla: int = 1) -> pd.DataFrame:
    """Una base de 2023 con tres comunas de dos regiones; en la segunda hay menos de 60 informantes."""
    azar = np.random.default_rng(semilla)
    filas = []
    for comuna, conglomerados in COMUNAS.items():
        for _ in range(conglomerados):
            conglomerado = 2023000001 + len(filas) // 4
            riesgo = azar.beta(2, 4)
            for _ in range(4):
                peso = azar.uniform(50, 400)
                filas.append(
                    {
                        "enc_region": comuna // 1000,
                        "enc_rpc": comuna,
                        "VarStrat": comuna,
                        "Conglomerado": conglomerado,
                        "rph_sexo": azar.integers(1, 3),
                        "rph_edad": azar.integers(1, 8),
                        "Fact_Pers_Reg": peso,
                        "Fact_Hog_Reg": peso / 2.7,
                        "Fact_Pers_Com": peso * 1.01,
                        "Fact_Hog_Com": peso / 2.6,
                        "VH_DC": int(azar.random() < riesgo),
                        "VH_DV": int(azar.random() < riesgo / 4),
                        "VP_DC": int(azar.random() < riesgo * 0.8),
                        "VP_DV": int(azar.random() < riesgo / 5),
                        "PAD": int(azar.random() < 0.85),
                    }
                )
    return pd.DataFrame(filas)


def razon(tabla: pd.DataFrame, y: pd.Series, peso: str, estrato: str, upm: str) -> tuple[float, float]:
    """Proporción y error estándar en por ciento, por la fórmula de libro: Σwz por UPM, varianza dentro de estrato.

    `y` nula fuera del dominio. Särndal, Swensson y Wretman (1992), §5.5-5.7; conglomerados últimos.
    """
    dentro = y.notna()
    w = tabla[peso].where(dentro, 0.0)
    p = float((w * y.fillna(0)).sum() / w.sum())
    z = (w * (y.fillna(0) - p)).where(dentro, 0.0) / w.sum()
    total = z.groupby([tabla[estrato], tabla[upm]]).sum()
    por_estrato = total.groupby(level=0)
    n = por_estrato.size()
    varianza = (n / (n - 1) * por_estrato.apply(lambda u: ((u - u.mean()) ** 2).sum())).sum()
    return 100 * p, 100 * float(np.sqrt(varianza))
