"""Los microdatos verdaderos de 2015: las cifras publicadas salen, y salen también por sexo."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest

from atalaya.fuentes import ensu_microdatos, ensu_tabulados
from atalaya.motor import Motor

TRIMESTRES = ("2015T1", "2015T2", "2015T3", "2015T4")
pytestmark = pytest.mark.fuentes


@pytest.fixture(scope="module")
def olas(fuentes: Path) -> dict[str, pa.Table]:
    motor = Motor(None)
    salida = {}
    for periodo in TRIMESTRES:
        lectura = ensu_microdatos.leer(fuentes / "ensu" / "microdatos" / periodo)
        assert lectura.edicion == periodo
        salida[periodo] = motor.correr_con(ensu_microdatos.PREPARAR, lectura.tablas)
    return salida


def _porcentaje(ola: pa.Table, indicador: str, sexo: str | None = None) -> float:
    if sexo:
        ola = ola.filter(pc.equal(ola["sexo"], sexo))
    ola = ola.filter(pc.is_valid(ola[indicador]))
    return 100 * pc.sum(pc.multiply(ola["peso"], ola[indicador])).as_py() / pc.sum(ola["peso"]).as_py()


@pytest.mark.parametrize(("periodo", "publicada"), [*zip(TRIMESTRES, (67.94, 68.97, 67.99, 67.75), strict=True)])
def test_inseguridad_nacional_publicada(olas: dict[str, pa.Table], periodo: str, publicada: float) -> None:
    assert round(_porcentaje(olas[periodo], "inseguridad_ciudad"), 2) == publicada


def test_identificacion_y_efectividad_de_la_policia_municipal(olas: dict[str, pa.Table]) -> None:
    assert round(_porcentaje(olas["2015T1"], "identifica_policia_municipal"), 2) == 85.52
    assert round(_porcentaje(olas["2015T1"], "efectividad_policia_municipal"), 2) == 33.00


def test_toda_cifra_publicada_de_2015_sale_de_los_microdatos(olas: dict[str, pa.Table], fuentes: Path) -> None:
    """Los tabulados de 2025T2 llevan la serie nacional por sexo hasta 2015: 40 indicadores, 480 cifras iguales."""
    lectura = ensu_tabulados.leer(fuentes / "ensu" / "tabulados" / "ensu2t2025_estimaciones.zip")
    publicadas = Motor(None).correr_con(ensu_tabulados.PREPARAR, lectura.tablas)
    comparadas = set()
    for fila in publicadas.filter(pc.starts_with(publicadas["periodo"], "2015")).to_pylist():
        periodo, indicador, desglose = fila["periodo"], fila["indicador"], fila["desglose"]
        if fila["valor_pct"] is not None:
            sexo = None if desglose == "total" else desglose.removeprefix("sexo:")
            assert _porcentaje(olas[periodo], indicador, sexo) == pytest.approx(fila["valor_pct"], abs=1e-9), fila
            comparadas.add((periodo, indicador, desglose))
    assert len(comparadas) == 480
    assert len({indicador for _, indicador, _ in comparadas}) == 40


def test_en_2015_la_encuesta_solo_representa_a_la_nacion(olas: dict[str, pa.Table]) -> None:
    for ola in olas.values():
        assert set(ola["pais"].to_pylist()) == {"MX"}
        assert ola["lugar"].null_count == ola["region"].null_count == ola.num_rows


def test_la_clave_de_upm_dura_entre_trimestres_y_upm_dis_no(olas: dict[str, pa.Table], fuentes: Path) -> None:
    """UPM_DIS se reparte de nuevo cada trimestre: casi todos los números coinciden y casi ninguna UPM es la misma."""
    upm = {periodo: set(ola["upm"].to_pylist()) for periodo, ola in olas.items()}
    assert [len(upm[a] & upm[b]) for a, b in pairwise(TRIMESTRES)] == [146, 144, 144]
    assert (len(upm["2015T1"] & upm["2015T3"]), len(upm["2015T1"] & upm["2015T4"])) == (0, 73)
    carpeta = fuentes / "ensu" / "microdatos"
    leidas = [ensu_microdatos.leer(carpeta / periodo).tablas["entrevistas"] for periodo in TRIMESTRES[:2]]
    numeros = [set(una["upm"].to_pylist()) for una in leidas]
    assert len(numeros[0] & numeros[1]) == 581
    # Las UPM que repiten están en el mismo estrato: la covariancia entre trimestres se puede estimar.
    estrato = {p: dict(zip(o["upm"].to_pylist(), o["estrato"].to_pylist(), strict=True)) for p, o in olas.items()}
    for a, b in pairwise(TRIMESTRES):
        assert all(estrato[a][una] == estrato[b][una] for una in upm[a] & upm[b])


def test_no_sabe_y_no_aplica_van_aparte(fuentes: Path) -> None:
    respuestas = ensu_microdatos.leer_respuestas(fuentes / "ensu" / "microdatos" / "2015T1")
    cuentas = {}
    for fila in (
        respuestas.group_by(["indicador", "codigo", "tipo", "y"]).aggregate([("entrevista", "count")]).to_pylist()
    ):
        cuentas[fila["indicador"], fila["codigo"]] = (fila["tipo"], fila["y"], fila["entrevista_count"])
    assert cuentas["inseguridad_ciudad", "9"] == ("no_sabe", 0, 1)
    assert cuentas["identifica_policia_municipal", "3"] == ("no_aplica", None, 94)
    # 0 en la efectividad: no se preguntó, porque no identifica a la autoridad.
    assert cuentas["efectividad_policia_municipal", "0"] == ("no_aplica", None, 386)
    assert cuentas["efectividad_policia_municipal", "9"] == ("no_sabe", 0, 3)
    # El diccionario de 2015 no declara el 9 de P3_2, y la base lo trae: es el «no sabe» de siempre.
    assert cuentas["atestigua_alcohol", "9"] == ("no_sabe", 0, 2)
