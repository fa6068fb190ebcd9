"""Los ejemplos de docs/estadistica.md son lo que hoy dan los microdatos oficiales."""

from __future__ import annotations

import re
from pathlib import Path

import duckdb
import pandas as pd
import pytest

from atalaya.estadistica import encuestas, inferencia, precision
from tests.estadistica.test_microdatos import marcos_enusc, ola_ensu

pytestmark = pytest.mark.fuentes

DOCUMENTO = Path(__file__).resolve().parents[2] / "docs" / "estadistica.md"


def ejemplo(empieza: str) -> str:
    """El recuadro de ejemplo que contiene esas palabras, en un renglón y sin negritas."""
    texto = DOCUMENTO.read_text(encoding="utf-8").replace("**", "")
    recuadros = [
        " ".join(re.sub(r"^> ?", "", r) for r in m.splitlines()) for m in re.findall(r"(?:^>.*\n)+", texto, re.M)
    ]
    [uno] = [recuadro for recuadro in recuadros if empieza in recuadro]
    return uno


def cargar_ola(con: duckdb.DuckDBPyConnection, datos: pd.DataFrame) -> None:
    """La tabla `ola` de los ejemplos."""
    con.register("datos", datos)
    con.execute("create table ola as from datos")


def test_ejemplos_de_la_ensu(conexion: duckdb.DuckDBPyConnection, fuentes: Path) -> None:
    cargar_ola(conexion, pd.concat([ola_ensu(fuentes, t) for t in (1, 2)]))
    logit, normal = (
        next(
            f
            for f in encuestas.estimar(conexion, nivel=nivel, intervalo=intervalo).to_pylist()
            if (f["lugar"], f["indicador"], f["periodo"]) == ("MX", "inseguridad_ciudad", "2015T1")
        )
        for nivel, intervalo in ((95, "logit"), (90, "normal"))
    )
    texto = ejemplo("Inseguridad en la ciudad, ENSU 2015T1")
    for cifra in (
        *(f"{logit['n']:,} entrevistas".replace(",", " "), f"{logit['upm']} UPM en {logit['estratos']} estratos"),
        *(f"{logit['numerador']:,}".replace(",", " "), f"{logit['denominador']:,}".replace(",", " ")),
        *(f"{logit['valor_pct']:.2f} %", f"{logit['error_estandar']:.4f}", f"CV {logit['cv_pct']:.2f} %"),
    ):
        assert cifra in texto
    documento = DOCUMENTO.read_text(encoding="utf-8").replace("**", "")
    assert (
        f"En el ejemplo: {logit['efecto_diseno']:.2f}, y 2 025 entrevistas valen por {logit['n_efectivo']:.0f}."
        in documento
    )
    texto = ejemplo("Al 95 %, logit")
    assert f"{logit['gl']} gl: de {logit['ic_inf']:.2f} a {logit['ic_sup']:.2f}" in texto
    assert f"normal: de {normal['ic_inf']:.2f} a {normal['ic_sup']:.2f}" in texto

    lados = [encuestas.Dominio("ensu", periodo, "personas", "MX") for periodo in ("2015T1", "2015T2")]
    [cambio] = encuestas.diferencias(conexion, [encuestas.Par("inseguridad_ciudad", *lados)]).to_pylist()
    _, suelta = inferencia.diferencia_independiente(
        cambio["valor_a_pct"], cambio["error_a"], cambio["valor_b_pct"], cambio["error_b"]
    )
    texto = ejemplo("2015T1 a 2015T2")
    assert f"{cambio['diferencia']:+.2f} puntos" in texto
    assert f"covarianza {cambio['covarianza']:.4f} y error {cambio['error_estandar']:.4f}" in texto
    assert f"independientes, {float(suelta):.4f}. p = {cambio['p']:.3f}: `{cambio['veredicto']}`" in texto
    [(comunes,)] = conexion.execute(
        "select count(*) from (select upm from ola where periodo = '2015T1'"
        " intersect select upm from ola where periodo = '2015T2')"
    ).fetchall()
    assert f"Con las {comunes} UPM que comparten" in texto


def test_ejemplos_de_la_enusc(conexion: duckdb.DuckDBPyConnection, fuentes: Path) -> None:
    cargar_ola(conexion, marcos_enusc(fuentes))
    tabla = encuestas.estimar(conexion)
    todas = tabla.to_pandas()
    cero = todas[(todas.lugar == "CL-06105") & (todas.indicador == "VH_DV")].iloc[0]
    assert cero.valor_pct == 0
    assert f"de {cero.n} dijo haber sufrido un delito violento: 0 %, hasta {cero.ic_sup:.2f} %" in ejemplo("CL-06105")

    comunas = todas[(todas.indicador == "VH_DC") & (todas.marco == "Hog_Com")].set_index("lugar")
    alto, bajo = inferencia.rangos(comunas.valor_pct / 100, comunas.error_estandar / 100, comunas.gl, 90)
    rango = pd.DataFrame({"alto": alto, "bajo": bajo, "lugar": comunas.valor_pct.rank(ascending=False)}, comunas.index)
    texto = ejemplo("Hogares víctimas en 136 comunas")
    for nombre, clave in (("Santiago es", "CL-13101"), ("Peñalolén,", "CL-13122")):
        suyo = rango.loc[clave].astype(int)
        assert f"{nombre} {suyo.lugar}.ª, entre {suyo.alto}.ª y {suyo.bajo}.ª" in texto

    lados = [encuestas.Dominio("enusc", "2023", "Hog_Com", clave) for clave in ("CL-13122", "CL-13101")]
    [resta] = encuestas.diferencias(conexion, [encuestas.Par("VH_DC", *lados)]).to_pylist()
    texto = ejemplo("Santiago (CL-13101) menos")
    assert f"{resta['diferencia']:.2f} puntos, error {resta['error_estandar']:.4f}, p = {resta['p']:.4f}" in texto

    texto = ejemplo("delito violento en las 136 comunas")
    cuentas = {}
    for regla in precision.REGLAS:
        clases = precision.clasificar(tabla, regla).to_pandas()
        clases = clases[(clases.indicador == "VH_DV") & (clases.marco == "Hog_Com")].precision.value_counts()
        cuentas[regla] = [int(clases.get(clase, 0)) for clase in ("alta", "moderada", "baja")]
    assert "INEGI da {} altas, {} moderadas y {} bajas".format(*cuentas["inegi"]) in texto
    assert "INE Chile, {}, {} y {};".format(*cuentas["ine_chile"]) in texto
    assert "CEPAL, {}, {} y {} suprimidas".format(*cuentas["cepal"]) in texto
