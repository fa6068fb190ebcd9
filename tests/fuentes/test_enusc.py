"""La ENUSC verdadera, año por año, contra lo que publica el INE; y la base rota, que se rechaza con sus renglones."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyreadr
import pyreadstat
import pytest

from atalaya import catalogo
from atalaya.catalogo import CARPETA, Lugar
from atalaya.errores import ErrorFuente
from atalaya.estadistica.encuestas import estimar
from atalaya.fuentes import enusc
from atalaya.fuentes.tabla_estadistica import abrir
from atalaya.motor import Motor
from atalaya.tabla_csv import leer_por_clave

ARCHIVOS = {
    "2018": "enusc_2018_calidad.rda",
    "2019": "enusc_2019_calidad.rda",
    "2020": "enusc_2020_calidad_etiq.rda",
    "2023": "enusc_2023_calidad.rda",
    "2024": "enusc_2024_pnud_select.RDS",
    "2025": "enusc_2025_pnud_select.RDS",
}
PAD = "percepcion_aumento_delincuencia_pais"
PUBLICADAS = [
    ("2018", "hogares_regional", "victimizacion_hogar_dmcs", 25.38),
    ("2019", "hogares_regional", "victimizacion_hogar_dmcs", 23.34),
    ("2020", "hogares_regional", "victimizacion_hogar_dmcs", 19.17),
    ("2018", "personas_regional", PAD, 76.84),
    ("2019", "personas_regional", PAD, 82.00),
    ("2020", "personas_regional", PAD, 84.31),
    ("2023", "personas_regional", PAD, 87.66),
    ("2023", "hogares_regional", "victimizacion_hogar", 34.78),
    ("2023", "hogares_regional", "victimizacion_hogar_violenta", 8.13),
    ("2023", "personas_regional", "victimizacion_personal", 24.11),
]


@pytest.fixture(scope="module")
def olas(fuentes: Path) -> dict[str, pa.Table]:
    motor = Motor(None)
    return {
        periodo: motor.correr_con(enusc.PREPARAR, enusc.leer(fuentes / "enusc" / archivo).tablas)
        for periodo, archivo in ARCHIVOS.items()
    }


def _porcentaje(ola: pa.Table, marco: str, indicador: str) -> float:
    ola = ola.filter(pc.and_(pc.equal(ola["marco"], marco), pc.is_valid(ola[indicador])))
    return 100 * pc.sum(pc.multiply(ola["peso"], ola[indicador])).as_py() / pc.sum(ola["peso"]).as_py()


@pytest.mark.fuentes
@pytest.mark.parametrize(("periodo", "marco", "indicador", "publicada"), PUBLICADAS)
def test_cifra_nacional_publicada(
    olas: dict[str, pa.Table], periodo: str, marco: str, indicador: str, publicada: float
) -> None:
    assert round(_porcentaje(olas[periodo], marco, indicador), 2) == publicada


@pytest.mark.fuentes
def test_la_serie_nacional_transcrita_sale_completa(olas: dict[str, pa.Table], fuentes: Path) -> None:
    """Con todas sus cifras, no con dos decimales: 2018 a 2020, con el factor de cada año."""
    serie = pd.read_csv(fuentes / "enusc" / "transcripciones" / "enusc_serie_nacional_2008_2024_transcrita.csv")
    claves = {"vh_dmcs": ("hogares_regional", "victimizacion_hogar_dmcs"), "pad": ("personas_regional", PAD)}
    for fila in serie[serie["anio"].between(2018, 2020)].itertuples():
        marco, indicador = claves[fila.indicador]
        assert _porcentaje(olas[str(fila.anio)], marco, indicador) == pytest.approx(fila.est, rel=1e-12)


@pytest.mark.fuentes
@pytest.mark.parametrize("periodo", ["2018", "2019", "2020"])
def test_el_error_que_publica_el_ine_es_el_que_da_este_diseno(
    olas: dict[str, pa.Table], fuentes: Path, periodo: str
) -> None:
    """El INE publica también el error estándar: sale con sus estratos, sus conglomerados y la UPM única de 2019."""
    serie = pd.read_csv(fuentes / "enusc" / "transcripciones" / "enusc_serie_nacional_2008_2024_transcrita.csv")
    publicados = serie[serie["anio"] == int(periodo)].set_index("indicador")["se"]
    conexion = duckdb.connect()
    conexion.register("ola", olas[periodo])
    filas = estimar(conexion, upm_unica="adjust").to_pylist()
    calculados = {f["indicador"]: f["error_estandar"] for f in filas if f["lugar"] == "CL"}
    assert calculados["victimizacion_hogar_dmcs"] == pytest.approx(publicados["vh_dmcs"], rel=1e-9)
    assert calculados[PAD] == pytest.approx(publicados["pad"], rel=1e-9)


@pytest.mark.fuentes
def test_2024_con_el_factor_historico_da_la_serie_y_con_el_de_136_comunas_otra_cifra(fuentes: Path) -> None:
    """El INE sigue su serie con las 102 comunas de antes: 87.54; con las 136 de 2023 en adelante, 87.71."""
    tablas = enusc.leer(fuentes / "enusc" / ARCHIVOS["2024"]).tablas
    peso, y = tablas["entrevistas"]["factor_persona_102"], tablas["valores_personas"][PAD]
    assert peso.null_count == 2199
    assert round(100 * pc.sum(pc.multiply(peso, y)).as_py() / pc.sum(peso).as_py(), 2) == 87.54
    peso = tablas["entrevistas"]["factor_persona_regional"]
    assert round(100 * pc.sum(pc.multiply(peso, y)).as_py() / pc.sum(peso).as_py(), 2) == 87.71


@pytest.mark.fuentes
def test_cada_ano_trae_su_diseno_completo_y_las_dieciseis_regiones(olas: dict[str, pa.Table]) -> None:
    estratos = {p: pc.count_distinct(o["estrato"]).as_py() for p, o in olas.items()}
    assert estratos == {"2018": 102, "2019": 102, "2020": 102, "2023": 136, "2024": 136, "2025": 136}
    upm = {p: pc.count_distinct(o["upm"]).as_py() for p, o in olas.items()}
    assert upm == {"2018": 647, "2019": 588, "2020": 567, "2023": 7789, "2024": 2705, "2025": 6063}
    regiones = {f"CL-{i:02d}" for i in range(1, 17)}
    for ola in olas.values():
        assert set(ola.filter(pc.is_valid(ola["pais"]))["region"].to_pylist()) == regiones
        assert pc.min(ola["peso"]).as_py() > 0
    assert all({str(upm)[:4] for upm in o["upm"].to_pylist()} == {p} for p, o in olas.items())


@pytest.mark.fuentes
def test_2019_tiene_un_estrato_con_un_solo_conglomerado(olas: dict[str, pa.Table]) -> None:
    def unicos(ola: pa.Table) -> int:
        cuenta = ola.group_by("estrato").aggregate([("upm", "count_distinct")])["upm_count_distinct"]
        return int(pc.sum(pc.equal(cuenta, 1)).as_py())

    assert {p: unicos(o) for p, o in olas.items() if unicos(o)} == {"2019": 1}


@pytest.mark.fuentes
def test_solo_2023_trae_comunas_y_son_136_con_lugar_en_el_catalogo(olas: dict[str, pa.Table]) -> None:
    lugares = leer_por_clave(CARPETA / "lugares_cl.csv", Lugar, {})
    assert lugares["CL-13122"].nombre == "Peñalolén"
    for periodo, ola in olas.items():
        vistos = set(ola["lugar"].to_pylist()) - {None}
        assert len(vistos) == (136 if periodo == "2023" else 0)
        assert vistos <= set(lugares)
        assert set(ola["region"].to_pylist()) - {None} <= set(lugares)


@pytest.mark.fuentes
def test_que_indicadores_trae_cada_ano(olas: dict[str, pa.Table]) -> None:
    nuevas = {f"victimizacion_{q}{v}" for q in ("hogar", "personal") for v in ("", "_violenta")}
    dmcs = {"victimizacion_hogar_dmcs", "victimizacion_personal_dmcs", PAD}
    trae = {p: set(o.column_names[12:]) for p, o in olas.items()}
    assert trae["2018"] == trae["2019"] == trae["2020"] == dmcs
    noche = {"inseguridad_barrio_noche"}  # la base comunal de 2023 sólo trae cinco indicadores
    assert trae["2023"] == nuevas | {PAD}
    assert trae["2024"] == nuevas | {PAD} | noche
    assert trae["2025"] == nuevas | noche  # la selección de 2025 que hay no incluye P_AUMENTO_PAIS


@pytest.mark.fuentes
def test_lo_que_rompe_la_serie_se_ve_en_las_bases(olas: dict[str, pa.Table], fuentes: Path) -> None:
    """Lo que rupturas.csv cita: 102 → 136 comunas en 2023, y dos modos de entrevista y menos variables en 2020."""
    estratos = {anio: len(set(ola["estrato"].to_pylist())) for anio, ola in olas.items()}
    assert {anio for anio, n in estratos.items() if n == 102} == {"2018", "2019", "2020"}
    assert {anio for anio, n in estratos.items() if n == 136} == {"2023", "2024", "2025"}
    de_2019, de_2020 = (
        abrir(fuentes / "enusc" / nombre) for nombre in ("enusc_2019_calidad.rda", "enusc_2020_calidad_etiq.rda")
    )
    assert "modo_final" not in de_2019.columns
    assert sorted(de_2020["modo_final"].value_counts().tolist()) == [7210, 16446]
    assert (de_2019.shape[1], de_2020.shape[1]) == (675, 173)
    cambios = {(r.indicador, r.periodo) for r in catalogo.rupturas() if r.fuente == "enusc" and r.tipo == "cambio"}
    que_cruzan = {i for anio in ("2018", "2023") for i in olas[anio].column_names[12:]}
    assert que_cruzan <= {indicador for indicador, periodo in cambios if periodo == "2023"}


@pytest.mark.fuentes
def test_sexo_y_edad_en_los_mismos_tramos_todos_los_anos(olas: dict[str, pa.Table]) -> None:
    for ola in olas.values():
        personas = ola.filter(pc.starts_with(ola["marco"], "personas"))
        assert set(personas["edad"].to_pylist()) == {"15-29", "30-39", "40-49", "50-59", "60+"}
        assert set(personas["sexo"].to_pylist()) == {"hombres", "mujeres"}
        hogares = ola.filter(pc.starts_with(ola["marco"], "hogares"))
        assert hogares["sexo"].null_count == hogares["edad"].null_count == hogares.num_rows


@pytest.mark.fuentes
def test_no_sabe_y_no_responde_van_aparte_y_en_el_denominador(fuentes: Path) -> None:
    respuestas = enusc.leer_respuestas(fuentes / "enusc" / ARCHIVOS["2020"])
    pad = respuestas.filter(pc.equal(respuestas["indicador"], PAD))
    grupos = pad.group_by(["codigo", "tipo", "y"]).aggregate([("entrevista", "count")]).to_pylist()
    cuentas = {g["codigo"]: (g["tipo"], g["y"], g["entrevista_count"]) for g in grupos}
    assert cuentas == {
        "1": ("valida", 1, 19874),
        "2": ("valida", 0, 2888),
        "3": ("valida", 0, 588),
        "88": ("no_sabe", 0, 300),
        "99": ("no_responde", 0, 6),
    }


@pytest.mark.fuentes
def test_la_base_completa_de_2023_en_csv_deja_solo_a_quien_contesto(fuentes: Path) -> None:
    ruta = fuentes / "enusc" / "enusc_2023_muestra_1000_esquema_completo.csv"
    assert enusc.reconocer(ruta)
    lectura = enusc.leer(ruta)
    assert (lectura.edicion, lectura.tablas["entrevistas"].num_rows) == ("2023", 331)
    assert PAD in lectura.tablas["valores_personas"].column_names


@pytest.mark.fuentes
def test_ningun_otro_archivo_de_la_carpeta_es_una_base_enusc(fuentes: Path) -> None:
    bases = {*ARCHIVOS.values(), "enusc_2023_muestra_1000_esquema_completo.csv"}
    reconocidos = {r.name for r in (fuentes / "enusc").rglob("*") if enusc.reconocer(r)}
    assert reconocidos == bases


# --- La base de juguete: dos estratos, dos conglomerados en cada uno, ocho informantes ---


def _base() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "rph_ID": np.arange(1.0, 9.0),
            "enc_region": [13.0] * 4 + [5.0] * 4,
            "Fact_Pers_Reg": [10.5, 20.25, 30.0, 40.0, 10.0, 20.0, 30.0, 40.125],
            "Fact_Hog_Reg": [5.5, 10.25, 15.0, 20.0, 5.0, 10.0, 15.0, 20.125],
            "VarStrat": [20241.0] * 4 + [20242.0] * 4,
            "Conglomerado": [2024001.0, 2024001.0, 2024002.0, 2024002.0, 2024003.0, 2024003.0, 2024004.0, 2024004.0],
            "rph_sexo": [1.0, 2.0] * 4,
            "rph_edad": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 1.0],
            "VH_DC": [1.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0],
            "P_AUMENTO_PAIS": [1.0, 2.0, 3.0, 88.0, 99.0, 96.0, 1.0, 1.0],
        }
    )


def _escribir(tabla: pd.DataFrame, ruta: Path) -> Path:
    if ruta.suffix == ".rds":
        pyreadr.write_rds(str(ruta), tabla)
    elif ruta.suffix == ".rda":
        pyreadr.write_rdata(str(ruta), tabla, df_name="enusc")
    elif ruta.suffix == ".sav":
        pyreadstat.write_sav(tabla, str(ruta))
    else:
        chileno = ruta.name == "coma_decimal.csv"
        tabla.to_csv(ruta, index=False, sep=";" if chileno else ",", decimal="," if chileno else ".")
    return ruta


def _preparar(ruta: Path) -> list[dict[str, object]]:
    return Motor(None).correr_con(enusc.PREPARAR, enusc.leer(ruta).tablas).to_pylist()


@pytest.mark.parametrize("nombre", ["b.rds", "b.rda", "b.sav", "b.csv", "coma_decimal.csv"])
def test_la_misma_base_en_cada_formato(tmp_path: Path, nombre: str) -> None:
    ruta = _escribir(_base(), tmp_path / nombre)
    assert enusc.reconocer(ruta)
    filas = _preparar(ruta)
    personas = {f["entrevista"]: f for f in filas if f["marco"] == "personas_regional"}
    assert {f["periodo"] for f in filas} == {"2024"}
    assert [personas[str(i)]["peso"] for i in range(1, 9)] == [10.5, 20.25, 30.0, 40.0, 10.0, 20.0, 30.0, 40.125]
    assert [personas[str(i)][PAD] for i in range(1, 9)] == [1, 0, 0, 0, 0, None, 1, 1]
    hogares = {f["entrevista"]: f for f in filas if f["marco"] == "hogares_regional"}
    assert [hogares[str(i)]["victimizacion_hogar"] for i in range(1, 9)] == [1, 0, 1, 0, 0, 0, 0, 1]
    assert {f["marco"] for f in filas} == {"personas_regional", "hogares_regional"}


@pytest.mark.parametrize("columna", ["VarStrat", "Conglomerado", "Fact_Pers_Reg", "enc_region", "rph_sexo"])
def test_sin_una_columna_del_diseno_no_se_lee(tmp_path: Path, columna: str) -> None:
    with pytest.raises(ErrorFuente, match=rf"faltan .*{columna.lower().split('_')[0]}"):
        enusc.leer(_escribir(_base().drop(columns=columna), tmp_path / "b.csv"))


@pytest.mark.parametrize(
    ("renglon", "columna", "valor", "dicho"),
    [
        (2, "Fact_Pers_Reg", 0.0, r"(?s)fact_pers_reg\n.*positivo\n.* 0(\.0)? en 1 renglones \(4\)"),
        (2, "Fact_Pers_Reg", -1.5, r"positivo\n.*-1.5 en 1 renglones \(4\)"),
        (2, "Fact_Hog_Reg", np.nan, r"(?s)fact_hog_reg\n.* en 1 renglones \(4\)"),
        (0, "VarStrat", 20242.0, r"la UPM 2024001 está en los estratos 20241 y 20242; renglones 2, 3"),
        (4, "VH_DC", 2.0, r"vh_dc\n.*una de las claves 0, 1, 96\n.*2 en 1 renglones \(6\)"),
        (5, "P_AUMENTO_PAIS", 4.0, r"p_aumento_pais\n.*\n.* 4 en 1 renglones \(7\)"),
        (7, "rph_ID", 1.0, r"una sola fila por informante \(rph_id\)\n.*1 en 2 renglones \(2, 9\)"),
        (1, "enc_region", 17.0, r"enc_region › renglones 3\n.*claves entre 1 y 16\n.*17"),
        (1, "rph_sexo", 3.0, r"rph_sexo › renglones 3\n.*claves entre 1 y 2\n.*3"),
        (3, "Conglomerado", 2023002.0, r"conglomerado\n.*el mismo año\n.*2023, 2024"),
    ],
)
@pytest.mark.parametrize("nombre", ["b.rds", "b.csv"])
def test_un_valor_imposible_se_dice_con_su_renglon(
    tmp_path: Path, nombre: str, renglon: int, columna: str, valor: float, dicho: str
) -> None:
    base = _base()
    base.loc[renglon, columna] = valor
    with pytest.raises(ErrorFuente, match=dicho):
        enusc.leer(_escribir(base, tmp_path / nombre))


def test_una_base_truncada_no_se_reconoce_y_al_leerla_se_dice(tmp_path: Path) -> None:
    ruta = _escribir(_base(), tmp_path / "b.rds")
    ruta.write_bytes(ruta.read_bytes()[:100])
    assert not enusc.reconocer(ruta)
    with pytest.raises(ErrorFuente, match="íntegra"):
        enusc.leer(ruta)


def test_dos_columnas_con_el_mismo_nombre_salvo_mayusculas_se_rechazan(tmp_path: Path) -> None:
    base = _base().assign(varstrat=1.0)
    with pytest.raises(ErrorFuente, match="se repite varstrat"):
        enusc.leer(_escribir(base, tmp_path / "b.csv"))


def test_codificaciones_mezcladas_en_un_csv(tmp_path: Path) -> None:
    ruta = _escribir(_base().assign(comuna="x"), tmp_path / "b.csv")
    primera, segunda, *resto = ruta.read_bytes().splitlines(keepends=True)
    ruta.write_bytes(
        primera + segunda.replace(b"x", "Peñalolén".encode()) + resto[0].replace(b"x", "Ñuñoa".encode("cp1252"))
    )
    with pytest.raises(ErrorFuente, match="UTF-8 en los renglones 2 y otra en los renglones 3"):
        enusc.leer(ruta)


def test_un_archivo_que_no_es_una_base_no_se_reconoce(tmp_path: Path) -> None:
    ajenos = [tmp_path / "a.json", tmp_path / "a.csv", tmp_path / "a.sav"]
    ajenos[0].write_text(json.dumps({"a": 1}))
    ajenos[1].write_text("conglomerado,otra\n1,2\n")
    ajenos[2].write_bytes(b"esto no es SPSS")
    assert [enusc.reconocer(a) for a in ajenos] == [False, False, False]
    assert not enusc.reconocer(tmp_path)
