"""Cada formato que ha tenido la ENSU desde 2016, con su diccionario de verdad y respuestas fabricadas con semilla."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from fabrica_ensu import Ola, fabricar

from atalaya.fuentes import ensu_microdatos
from atalaya.motor import Motor

TRIMESTRES = [
    f"{anio}T{t}"
    for anio in range(2016, 2026)
    for t in range(1, 5)
    if f"{anio}T{t}" not in ("2020T2", "2025T3", "2025T4")
]
SEMILLA = 20250626
POLICIA_MUNICIPAL = {"2016": ("BP1_6_1", "BP1_7_1"), "2020T3": ("BP1_8_1", "BP1_9_1"), "2020T4": ("BP1_8_1", "BP1_9_1")}
"""Variables de identificación y efectividad según LEEME.md de las fuentes; en los demás, BP1_7_1 y BP1_8_1."""

pytestmark = pytest.mark.fuentes


@pytest.fixture(scope="module")
def motor() -> Motor:
    return Motor(None)


@pytest.fixture(params=TRIMESTRES)
def ola(request: pytest.FixtureRequest, fuentes: Path, tmp_path: Path) -> Ola:
    return fabricar(fuentes / "ensu" / "diccionarios", request.param, tmp_path / request.param, SEMILLA)


def _preparada(ola: Ola, motor: Motor, ruta: Path | None = None) -> list[dict[str, object]]:
    lectura = ensu_microdatos.leer(ruta or ola.carpeta)
    assert lectura.edicion == ola.periodo
    return motor.correr_con(ensu_microdatos.PREPARAR, lectura.tablas).to_pylist()


def _llave(registro: dict[str, str]) -> str:
    if "ID_PER" in registro:
        return registro["ID_PER"]
    return ".".join(registro[c] for c in ("UPM", "VIV_SEL", "H_MUD", "R_SEL"))


def test_cada_trimestre_se_lee_y_cada_entrevista_lleva_lo_que_respondio(ola: Ola, motor: Motor) -> None:
    por_entrevista = {f["entrevista"]: f for f in _preparada(ola, motor) if f["marco"] == "personas"}
    assert len(por_entrevista) == len(ola.registros)
    prefijo = next((p for p in POLICIA_MUNICIPAL if ola.periodo.startswith(p)), "")
    identifica, efectividad = POLICIA_MUNICIPAL.get(prefijo, ("BP1_7_1", "BP1_8_1"))
    for registro in ola.registros:
        fila = por_entrevista[_llave(registro)]
        assert fila["peso"] == float(registro["FAC_SEL"])
        assert fila["estrato"] == int(registro["EST_DIS"])
        assert fila["upm"] == int(registro["UPM"])
        assert fila["inseguridad_ciudad"] == {"1": 0, "2": 1, "9": 0}[registro["BP1_1"]]
        assert fila["expectativa_empeorara"] == int(registro["BP1_3"] == "4")
        assert fila["identifica_policia_municipal"] == {"1": 1, "2": 0, "9": 0, "3": None}[registro[identifica]]
        aplica = registro[identifica] == "1"
        esperado = int(registro[efectividad] in ("1", "2")) if aplica else None
        assert fila["efectividad_policia_municipal"] == esperado


def test_sexo_y_edad_salen_del_cb_o_de_la_tabla_de_integrantes(ola: Ola, motor: Motor) -> None:
    personas = {(p["UPM"], p["VIV_SEL"], p["N_REN"]): p for p in ola.personas}
    tramo = {"18": "18-29", "29": "18-29", "30": "30-39", "40": "40-49", "45": "40-49", "59": "50-59", "60": "60+"}
    tramo |= {"96": "60+", "97": "60+", "98": None, "05": None}
    filas = {f["entrevista"]: f for f in _preparada(ola, motor) if f["marco"] == "personas"}
    for registro in ola.registros:
        suya = personas.get((registro["UPM"], registro["VIV_SEL"], registro.get("R_SEL", "")), {})
        sexo = suya.get("SEX") or registro.get("SEXO") or registro["SEX"]
        edad = suya.get("EDA") or registro["EDAD"]
        fila = filas[_llave(registro)]
        assert fila["sexo"] == {"1": "hombres", "2": "mujeres"}[sexo]
        assert fila["edad"] == tramo[edad]


def test_el_zip_dice_lo_mismo_que_la_carpeta(fuentes: Path, tmp_path: Path, motor: Motor) -> None:
    ola = fabricar(fuentes / "ensu" / "diccionarios", "2021T4", tmp_path / "carpeta", SEMILLA)
    paquete = Path(shutil.make_archive(str(tmp_path / "ensu"), "zip", ola.carpeta))
    assert ensu_microdatos.reconocer(paquete)
    assert _preparada(ola, motor, paquete) == _preparada(ola, motor)


def test_los_indicadores_de_hogares_usan_el_factor_de_vivienda_y_el_semestre(
    fuentes: Path, tmp_path: Path, motor: Motor
) -> None:
    ola = fabricar(fuentes / "ensu" / "diccionarios", "2025T2", tmp_path / "ola", SEMILLA)
    hogares = {f["entrevista"]: f for f in _preparada(ola, motor) if f["marco"] == "hogares_semestre"}
    assert len(hogares) == len(ola.registros)
    for registro in ola.registros:
        fila = hogares[_llave(registro)]
        assert (fila["periodo"], fila["peso"], fila["sexo"]) == ("2025S1", float(registro["FAC_VIV"]), None)
        assert fila["hogares_victimas"] == int(any(registro[f"BP1_6_{i}"] == "1" for i in range(1, 9)))
        assert fila["hogares_no_victimas"] == int(all(registro[f"BP1_6_{i}"] == "2" for i in range(1, 9)))


def test_sin_factor_de_vivienda_no_se_estima_ningun_hogar(fuentes: Path, tmp_path: Path, motor: Motor) -> None:
    ola = fabricar(fuentes / "ensu" / "diccionarios", "2021T4", tmp_path / "ola", SEMILLA)
    assert {f["marco"] for f in _preparada(ola, motor)} == {"personas", "personas_semestre"}


def test_el_cuestionario_partido_de_2020t3_se_junta(fuentes: Path, tmp_path: Path, motor: Motor) -> None:
    ola = fabricar(fuentes / "ensu" / "diccionarios", "2020T3", tmp_path / "ola", SEMILLA)
    filas = {f["entrevista"]: f for f in _preparada(ola, motor)}
    for registro in ola.registros:
        sufrio = any(registro[f"BP4_3_{i}"] == "1" for i in range(1, 7))
        assert filas[_llave(registro)]["violencia_familiar_ene_sep"] == int(sufrio)


def test_torreon_tambien_es_parte_de_la_laguna(fuentes: Path, tmp_path: Path, motor: Motor) -> None:
    torreon = {"CD": "07", "CVE_ENT": "05", "CVE_MUN": "035"}
    ola = fabricar(fuentes / "ensu" / "diccionarios", "2025T2", tmp_path / "ola", SEMILLA, primera=torreon)
    fila = next(f for f in _preparada(ola, motor) if f["entrevista"] == _llave(ola.registros[0]))
    assert (fila["lugar"], fila["region"], fila["pais"]) == ("MX-CD07", "MX-05035", "MX")
