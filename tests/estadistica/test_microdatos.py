"""El estimador en los microdatos oficiales: lo mismo que R `survey` y lo que publicaron INEGI e INE Chile."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyreadr
import pytest

from atalaya.estadistica import encuestas
from tests.estadistica.conftest import iguales, referencia, unir

pytestmark = pytest.mark.fuentes

PUBLICADO_ENSU = {"2015T1": 67.94, "2015T2": 68.97, "2015T3": 67.99, "2015T4": 67.75}
PUBLICADO_ENUSC = {"PAD": 87.66, "VH_DC": 34.78, "VH_DV": 8.13, "VP_DC": 24.11}
FACTOR_ENUSC = {"VH_DC": "Hog", "VH_DV": "Hog", "VP_DC": "Pers", "VP_DV": "Pers", "PAD": "Pers"}


def ola_ensu(fuentes: Path, trimestre: int) -> pd.DataFrame:
    """La tabla `ola` de un trimestre de 2015, con las reglas de ../shared/fuentes/LEEME.md."""
    [ruta] = (fuentes / f"ensu/microdatos/2015T{trimestre}").glob("*/*_cb_*/conjunto_de_datos/*.csv")
    d = pd.read_csv(ruta, encoding="utf-8-sig", dtype=str)
    d = d.apply(lambda columna: columna.str.strip())
    numero = {c: d[c].astype("Int64") for c in ("EDIS", "ENT", "CON", "CD", "P1", "P5_1", "P6_1")}
    identifica = (numero["P5_1"] == 1).astype("Int8").where(numero["P5_1"] != 3)
    return pd.DataFrame(
        {
            "fuente": "ensu",
            "periodo": f"2015T{trimestre}",
            "marco": "personas",
            "entrevista": np.arange(len(d)).astype(str),
            "estrato": numero["EDIS"],
            "upm": numero["ENT"] * 100_000 + numero["CON"],  # UPM_DIS se renumera en cada trimestre
            "peso": d["FACTOR"].astype(float),
            "pais": "MX",
            "region": pd.Series(pd.NA, d.index, "string"),
            "lugar": [f"MX-CD{cd:02d}" for cd in numero["CD"]],
            "sexo": pd.Series(pd.NA, d.index, "string"),
            "edad": pd.Series(pd.NA, d.index, "string"),
            "inseguridad_ciudad": (numero["P1"] == 2).astype("Int8"),
            "identifica_policia_municipal": identifica,
            "efectividad_policia_municipal": numero["P6_1"].isin([1, 2]).astype("Int8").where(identifica == 1),
        }
    )


@pytest.fixture
def ensu(conexion: duckdb.DuckDBPyConnection, fuentes: Path) -> duckdb.DuckDBPyConnection:
    """Conexión con los cuatro trimestres de 2015 en `ola`."""
    conexion.register("olas", pd.concat([ola_ensu(fuentes, t) for t in (1, 2, 3, 4)]))
    conexion.execute("create table ola as from olas")
    return conexion


@pytest.mark.parametrize("nivel", [90, 95])
def test_ensu_2015_igual_a_r(ensu: duckdb.DuckDBPyConnection, nivel: int) -> None:
    r = referencia("ensu_2015")
    celdas = unir(
        encuestas.estimar(ensu, nivel=nivel).to_pandas(), r[r.nivel == nivel], ["periodo", "lugar", "indicador"]
    )
    assert len(celdas) > 380  # cuatro trimestres × (nación + 32 ciudades) × tres indicadores, menos los sin casos
    iguales(celdas.valor_pct / 100, celdas.p)
    iguales(celdas.error_estandar / 100, celdas.ee)
    assert (celdas.n_a == celdas.n).all()
    assert (celdas.gl_a == celdas.gl).all()
    variadas = celdas[celdas.ee > 1e-12]
    iguales(variadas.efecto_diseno, variadas.deff)
    logit = variadas[variadas.gl > 0]
    iguales(logit.ic_inf / 100, logit.logit_inf)
    iguales(logit.ic_sup / 100, logit.logit_sup)


def test_ensu_2015_reproduce_lo_publicado(ensu: duckdb.DuckDBPyConnection) -> None:
    nacional = encuestas.estimar(ensu).to_pandas().query("lugar == 'MX'").set_index(["indicador", "periodo"])
    valores = nacional.valor_pct.round(2)
    assert valores["inseguridad_ciudad"].to_dict() == PUBLICADO_ENSU
    assert valores["identifica_policia_municipal", "2015T1"] == 85.52
    assert valores["efectividad_policia_municipal", "2015T1"] == 33.00


def test_ensu_2015_cambios_entre_trimestres_con_las_upm_que_comparten(ensu: duckdb.DuckDBPyConnection) -> None:
    r = referencia("ensu_2015_cambios")
    pares = [
        encuestas.Par(
            fila.indicador,
            encuestas.Dominio("ensu", fila.periodo_a, "personas", fila.lugar),
            encuestas.Dominio("ensu", fila.periodo_b, "personas", fila.lugar),
        )
        for fila in r.itertuples()
    ]
    propias = encuestas.diferencias(ensu, pares).to_pandas()
    assert len(propias) == len(r)
    iguales(propias.error_estandar / 100, r.ee, absoluto=1e-14)
    iguales(propias.diferencia / 100, r.diferencia, absoluto=1e-14)
    iguales(propias.covarianza / 10_000, r.covarianza, relativo=1e-8, absoluto=1e-14)
    assert (propias.gl == r.gl).all()
    assert (r.covarianza[r.lugar == "MX"] > 0).all()


def marcos_enusc(fuentes: Path) -> pd.DataFrame:
    """La tabla `ola` de 2023: personas y hogares, con factor comunal (comunas) y regional (nación y regiones)."""
    [d] = pyreadr.read_r(fuentes / "enusc/enusc_2023_calidad.rda").values()
    partes = []
    for unidad in ("Pers", "Hog"):
        for nivel in ("Com", "Reg"):
            parte = pd.DataFrame(
                {
                    "fuente": "enusc",
                    "periodo": "2023",
                    "marco": f"{unidad}_{nivel}",
                    "entrevista": np.arange(len(d)).astype(str),
                    "estrato": d.VarStrat.astype("int64"),
                    "upm": d.Conglomerado.astype("int64"),
                    "peso": d[f"Fact_{unidad}_{nivel}"],
                    "pais": pd.Series("CL" if nivel == "Reg" else pd.NA, d.index, "string"),
                    "region": [f"CL-{int(r):02d}" for r in d.enc_region] if nivel == "Reg" else None,
                    "lugar": [f"CL-{int(c):05d}" for c in d.enc_rpc] if nivel == "Com" else None,
                    "sexo": None,
                    "edad": None,
                }
            ).astype(dict.fromkeys(("region", "lugar", "sexo", "edad"), "string"))
            for clave, suya in FACTOR_ENUSC.items():
                parte[clave] = d[clave].astype("Int8") if suya == unidad else pd.Series(pd.NA, d.index, "Int8")
            partes.append(parte)
    return pd.concat(partes)


def test_enusc_2023_nacion_regiones_y_comunas_igual_a_r(conexion: duckdb.DuckDBPyConnection, fuentes: Path) -> None:
    conexion.register("marcos", marcos_enusc(fuentes))
    conexion.execute("create table ola as from marcos")
    propias = encuestas.estimar(conexion).to_pandas().rename(columns={"indicador": "clave"})
    celdas = unir(propias, referencia("enusc_2023"), ["lugar", "clave"])
    assert celdas.lugar.str.len().value_counts().to_dict() == {8: 136 * 5, 5: 16 * 5, 2: 5}
    iguales(celdas.valor_pct / 100, celdas.p)
    iguales(celdas.error_estandar / 100, celdas.ee)
    assert (celdas.n_a == celdas.n).all()
    assert (celdas.gl_a == celdas.gl).all()
    variadas = celdas[celdas.ee > 1e-12]
    iguales(variadas.efecto_diseno, variadas.deff)
    iguales(variadas.ic_inf / 100, variadas.logit_inf)
    iguales(variadas.ic_sup / 100, variadas.logit_sup)

    nacional = propias[propias.lugar == "CL"].set_index("clave").valor_pct.round(2)
    assert {clave: nacional[clave] for clave in PUBLICADO_ENUSC} == PUBLICADO_ENUSC
