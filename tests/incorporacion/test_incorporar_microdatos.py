"""De los microdatos al acervo: sólo las cifras, con su error y su precisión; todo o nada."""

from __future__ import annotations

import json
import shutil
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow.parquet as pq
import pytest

from atalaya import motor
from atalaya.acervo import Acervo
from atalaya.contratos import ESTIMACION
from atalaya.errores import ErrorFuente
from atalaya.incorporacion import MICRODATOS, Resultado, incorporar, reconocer
from atalaya.incorporacion.reconocimiento import huella_de
from atalaya.motor import Motor

sys.path.insert(0, str(Path(__file__).parent))
import microdatos_de_juguete as juguete

EDADES_ENSU = ((18, "18-29"), (30, "30-39"), (40, "40-49"), (50, "50-59"), (60, "60+"))


def meter(raiz: Path, *rutas: Path, fuentes: tuple[str, ...] = MICRODATOS) -> Resultado:
    return incorporar(list(rutas), raiz, fuentes=fuentes, procesos=1)


def cifras(raiz: Path) -> dict[tuple[str, ...], dict[str, Any]]:
    """Lo publicado, por lugar, indicador, desglose y cuadro."""
    filas = [fila for ruta in Acervo.abrir(raiz).rutas("estimacion") for fila in pq.read_table(ruta).to_pylist()]
    por_llave = {(f["lugar"], f["indicador"], f["desglose"], f["cuadro"]): f for f in filas}
    assert len(por_llave) == len(filas)
    return por_llave


@pytest.fixture
def ensu(tmp_path: Path) -> Path:
    return juguete.escribir_ensu(tmp_path / "ensu", juguete.ensu())


@pytest.fixture
def enusc(tmp_path: Path) -> Path:
    ruta = tmp_path / "una base.csv"
    juguete.enusc().to_csv(ruta, index=False)
    return ruta


def test_la_ensu_en_carpeta_o_en_zip(tmp_path: Path, ensu: Path) -> None:
    comprimida = Path(shutil.make_archive(str(tmp_path / "bajado"), "zip", ensu))
    publicadas = []
    for numero, ruta in enumerate((ensu, comprimida)):
        acervo = meter(tmp_path / f"acervo{numero}", ruta).acervo
        [fuente] = acervo.fuentes
        assert (fuente.fuente, fuente.edicion, fuente.producto) == ("ensu", "2025T2", "microdatos")
        assert fuente.archivo == "conjunto_de_datos_ensu_cb_0625.csv"
        assert [trozo.tabla for trozo in fuente.tablas] == ["estimacion"]  # de las entrevistas no queda ninguna
        publicadas.append(pq.read_table(acervo.rutas("estimacion")[0]))
    assert publicadas[0].equals(publicadas[1])
    assert publicadas[0].schema.names == ESTIMACION.names


def test_la_ensu_total_sexo_y_edad_con_su_error(tmp_path: Path, ensu: Path) -> None:
    tabla = juguete.ensu()
    meter(tmp_path / "acervo", ensu)
    hallado = cifras(tmp_path / "acervo")
    inseguro = (tabla["BP1_1"] == "2").astype(float)
    identifica = tabla["BP1_7_1"].map({"1": 1.0, "2": 0.0, "9": 0.0})
    edad = pd.cut(tabla["EDAD"].astype(int), [17, 29, 39, 49, 59, 120], labels=[r for _, r in EDADES_ENSU])
    esperado = {}
    for indicador, y in (("inseguridad_ciudad", inseguro), ("identifica_policia_municipal", identifica)):
        for lugar, es_suyo in (("MX", tabla["CD"] != ""), ("MX-CD28", tabla["CD"] == "28")):
            esperado[lugar, indicador, "total"] = y.where(es_suyo)
            for clave, sexo in ((1, "hombres"), (2, "mujeres")):
                esperado[lugar, indicador, f"sexo:{sexo}"] = y.where(es_suyo & (tabla["SEXO"] == clave))
            for _, rotulo in EDADES_ENSU:
                esperado[lugar, indicador, f"edad:{rotulo}"] = y.where(es_suyo & (edad == rotulo))
    for llave, y in esperado.items():
        p, ee = juguete.razon(tabla, y, "FAC_SEL", "EST_DIS", "UPM_DIS")
        fila = hallado[(*llave, "personas")]
        assert (fila["valor_pct"], fila["error_estandar"]) == (pytest.approx(p, rel=1e-12), pytest.approx(ee, rel=1e-9))
        assert (fila["n"], fila["estado"], fila["metodo"]) == (y.notna().sum(), "dato", "microdatos")
        assert fila["ic_inf"] < fila["valor_pct"] < fila["ic_sup"]
        assert fila["cv_pct"] == pytest.approx(100 * ee / p, rel=1e-9)
        assert fila["precision"] == ("alta" if fila["cv_pct"] < 15 else "moderada" if fila["cv_pct"] < 30 else "baja")
    assert hallado["MX", "inseguridad_ciudad", "total", "personas"]["celda"] == "BP1_1"
    assert hallado["MX-CD28", "efectividad_policia_municipal", "total", "personas"]["celda"] == "BP1_8_1"
    # Azcapotzalco: a nadie se le pregunta por la policía municipal, así que no hay cifra que dar.
    assert ("MX-CD71", "identifica_policia_municipal", "total", "personas") not in hallado
    assert ("MX-CD71", "inseguridad_ciudad", "total", "personas") in hallado


def test_la_enusc_nacion_regiones_y_comunas(tmp_path: Path, enusc: Path) -> None:
    base = juguete.enusc()
    [fuente] = meter(tmp_path / "acervo", enusc).acervo.fuentes
    assert (fuente.edicion, fuente.archivo) == ("2023", "base de datos ENUSC 2023")
    hallado = cifras(tmp_path / "acervo")
    casos = [
        ("CL", "victimizacion_hogar", "hogares_regional", "Fact_Hog_Reg", base["enc_region"] > 0),
        ("CL-13", "victimizacion_personal", "personas_regional", "Fact_Pers_Reg", base["enc_region"] == 13),
        ("CL-13122", "victimizacion_hogar", "hogares_comunal", "Fact_Hog_Com", base["enc_rpc"] == 13122),
        ("CL-05109", "victimizacion_personal", "personas_comunal", "Fact_Pers_Com", base["enc_rpc"] == 5109),
    ]
    variables = {"victimizacion_hogar": "VH_DC", "victimizacion_personal": "VP_DC"}
    for lugar, indicador, marco, peso, es_suyo in casos:
        y = base[variables[indicador]].astype(float).where(es_suyo)
        p, ee = juguete.razon(base, y, peso, "VarStrat", "Conglomerado")
        fila = hallado[lugar, indicador, "total", marco]
        assert (fila["valor_pct"], fila["error_estandar"]) == (pytest.approx(p, rel=1e-9), pytest.approx(ee, rel=1e-9))
        assert (fila["celda"], fila["numerador"] <= fila["denominador"]) == (variables[indicador], True)
    # Los hogares no tienen sexo ni edad.
    assert {d for _, i, d, _ in hallado if i == "victimizacion_hogar"} == {"total"}
    # Cada lugar sale de un solo marco: el comunal da las comunas y el regional, lo demás.
    assert {lugar for lugar, *_, marco in hallado if marco.endswith("comunal")} == {"CL-05109", "CL-13101", "CL-13122"}
    assert {lugar for lugar, *_, marco in hallado if marco.endswith("regional")} == {"CL", "CL-05", "CL-13"}


def test_lo_que_el_ine_no_publicaria_queda_sin_cifra(tmp_path: Path, enusc: Path) -> None:
    """Con menos de 60 informantes: ni cifra, ni error, ni absolutos de donde rehacerla; sólo n y gl."""
    meter(tmp_path / "acervo", enusc)
    fila = cifras(tmp_path / "acervo")["CL-13101", "victimizacion_hogar", "total", "hogares_comunal"]
    assert (fila["estado"], fila["n"], fila["gl"]) == ("suprimido", 48, 11)
    con_valor = {clave for clave, valor in fila.items() if valor is not None}
    identidad = {"fuente", "periodo", "lugar", "indicador", "desglose", "estado", "metodo", "edicion", "archivo"}
    assert con_valor == identidad | {"cuadro", "celda", "n", "gl"}


def test_el_orden_de_los_renglones_no_cambia_nada(tmp_path: Path, enusc: Path) -> None:
    revuelta = tmp_path / "revuelta.csv"
    juguete.enusc().sample(frac=1, random_state=7).to_csv(revuelta, index=False)
    uno, otro = (meter(tmp_path / f"a{i}", ruta).acervo.fuentes[0] for i, ruta in enumerate((enusc, revuelta)))
    assert uno.sha256 != otro.sha256
    assert uno.tablas == otro.tablas


def test_la_huella_de_una_carpeta_es_la_de_sus_archivos(ensu: Path) -> None:
    antes = huella_de(ensu)
    (ensu / ".DS_Store").write_bytes(b"del sistema")
    assert huella_de(ensu) == antes
    datos = next((ensu / "conjunto_de_datos").iterdir())
    assert antes.bytes == sum(r.stat().st_size for r in ensu.rglob("*.csv"))
    movido = datos.rename(datos.with_name("conjunto_de_datos_ensu_cb_06_25.csv"))
    assert huella_de(ensu) != antes
    movido.rename(datos)
    datos.write_bytes(datos.read_bytes() + b"\n")
    assert huella_de(ensu) != antes


def test_lo_ya_incorporado_no_se_repite(tmp_path: Path, ensu: Path, enusc: Path) -> None:
    raiz = tmp_path / "acervo"
    assert meter(raiz, ensu, enusc).hay_version_nueva
    otra_vez = meter(raiz, ensu, enusc)
    assert (otra_vez.hay_version_nueva, otra_vez.sin_cambios) == (False, (ensu, enusc))


def test_un_diseno_roto_no_publica_nada(tmp_path: Path, ensu: Path) -> None:
    raiz = tmp_path / "acervo"
    version = meter(raiz, ensu).acervo.version
    base = juguete.enusc()
    base.loc[0, "VarStrat"] = 5109  # un conglomerado en dos estratos
    base.to_csv(tmp_path / "rota.csv", index=False)
    nueva = juguete.escribir_ensu(tmp_path / "otra", juguete.ensu(semilla=2))
    with pytest.raises(ExceptionGroup) as grupo:
        meter(raiz, tmp_path / "rota.csv", nueva)
    assert "en los estratos 5109 y 13122" in str(grupo.value.exceptions[0])
    assert Acervo.abrir(raiz).version == version


def test_una_carpeta_que_no_es_de_microdatos(tmp_path: Path) -> None:
    (tmp_path / "vacia").mkdir()
    with pytest.raises(ErrorFuente, match=r"carpeta/\*\.zip"):
        reconocer(tmp_path / "vacia")


# ── junto a los tabulados del mismo trimestre ─────────────────────────────────────────────────────


@pytest.fixture
def tabulado(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """El tabulado de mentira de 2025T2, con la cifra nacional que le falta poner, y su SQL."""
    from test_incorporacion import SQL

    consultas = shutil.copytree(motor.CONSULTAS, tmp_path / "consultas")
    (consultas / "preparar" / "fuente_de_mentira.sql").write_text(SQL, encoding="utf-8")
    monkeypatch.setattr(motor.consulta, "CONSULTAS", consultas)
    return tmp_path / "tabulado.json"


def publicar_con(raiz: Path, tabulado: Path, ensu: Path, valor: float) -> Acervo:
    filas = [("MX", valor)]
    tabulado.write_text(json.dumps({"mentira": 1, "edicion": "2025T2", "filas": filas}), encoding="utf-8")
    return meter(raiz, tabulado, ensu, fuentes=("fuente_de_mentira", *MICRODATOS)).acervo


def test_los_microdatos_no_sustituyen_al_tabulado_y_se_muestran_con_su_error(
    tmp_path: Path, tabulado: Path, ensu: Path
) -> None:
    tabla = juguete.ensu()
    p, ee = juguete.razon(tabla, (tabla["BP1_1"] == "2").astype(float), "FAC_SEL", "EST_DIS", "UPM_DIS")
    acervo = publicar_con(tmp_path / "acervo", tabulado, ensu, p)
    assert [(f.edicion, f.producto) for f in acervo.fuentes] == [("2025T2", "microdatos"), ("2025T2", "tabulados")]
    consulta = {"indicadores": ["inseguridad_ciudad"], "lugares": ["MX"], "periodos": ["2025T2"]}
    [fila] = Motor(acervo).correr("mostrar/consultar", **consulta, desgloses=["total"]).to_pylist()
    assert fila["metodo"] == "microdatos"
    assert (fila["valor_pct"], fila["error_estandar"]) == (pytest.approx(p), pytest.approx(ee))


def test_si_el_tabulado_dice_otra_cosa_que_sus_microdatos_no_se_publica(
    tmp_path: Path, tabulado: Path, ensu: Path
) -> None:
    with pytest.raises(ExceptionGroup) as grupo:
        publicar_con(tmp_path / "acervo", tabulado, ensu, 12.34)
    assert "publicada_que_no_sale_de_sus_microdatos" in str(grupo.value.exceptions[0])
    assert not (tmp_path / "acervo" / "manifiesto.json").exists()


# ── los verdaderos ────────────────────────────────────────────────────────────────────────────────


@pytest.mark.fuentes
@pytest.mark.parametrize("relativa", ["ensu/microdatos/2015T1", "enusc/enusc_2023_calidad.rda"])
def test_el_acervo_del_proyecto_es_el_que_sale_de_los_archivos_oficiales(
    tmp_path: Path, fuentes: Path, relativa: str
) -> None:
    rehecho = meter(tmp_path / "acervo", fuentes / relativa).acervo.fuentes[0]
    [del_proyecto] = [f for f in Acervo.abrir(motor.RAIZ / "datos" / "acervo").fuentes if f.clave == rehecho.clave]
    assert rehecho.sha256 == del_proyecto.sha256
    assert rehecho.tablas == del_proyecto.tablas
