"""El acervo del proyecto da lo que INEGI publicó, por la línea de órdenes y sin necesitar los archivos oficiales.

Las cifras de Nezahualcóyotl salen de los tabulados de cada trimestre; las nacionales y las de otras ciudades, de los
boletines de prensa de la ENSU (que redondean a un decimal).
"""

from __future__ import annotations

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from atalaya.acervo import Acervo
from atalaya.acervo.lectura import DEL_PROYECTO
from atalaya.acervo.verificacion import verificar
from atalaya.catalogo import lugar_por_variante
from atalaya.motor import abrir
from atalaya.ordenes import principal

CONFIANZA = "confianza_policia_municipal"
EFECTIVIDAD = "efectividad_policia_municipal"
INSEGURIDAD = "inseguridad_ciudad"
TRIMESTRES = [
    *("2019T1", "2019T2", "2019T4"),
    *("2020T1", "2020T3", "2020T4"),
    *("2021T1", "2021T2", "2021T3", "2021T4"),
    *("2024T1", "2024T2", "2024T3"),
    *("2025T1", "2025T2"),
]


@pytest.fixture(autouse=True)
def del_proyecto(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("ATALAYA_ACERVO", raising=False)


def pedir(capsys: pytest.CaptureFixture[str], *orden: str) -> list[dict[str, Any]]:
    assert principal([*orden, "--formato", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def cifra(capsys: pytest.CaptureFixture[str], indicador: str, lugar: str, periodo: str) -> dict[str, Any]:
    (fila,) = pedir(capsys, "consultar", "--indicador", indicador, "--lugar", lugar, "--periodo", periodo)
    return fila


@pytest.mark.parametrize(
    ("periodo", "inseguridad", "efectividad", "confianza", "posicion", "de"),
    [
        ("2019T1", 77.8, 58.7, 58.1, 13, 67),
        ("2021T3", 69.4, 63.9, 71.2, 4, 75),
        ("2024T2", 61.1, 66.6, 68.5, 11, 76),
        ("2025T2", 64.86, 64.77, 55.95, 24, 76),
    ],
)
def test_nezahualcoyotl(
    capsys: pytest.CaptureFixture[str],
    periodo: str,
    inseguridad: float,
    efectividad: float,
    confianza: float,
    posicion: int,
    de: int,
) -> None:
    decimales = 2 if periodo == "2025T2" else 1
    for indicador, publicada in ((INSEGURIDAD, inseguridad), (EFECTIVIDAD, efectividad), (CONFIANZA, confianza)):
        fila = cifra(capsys, indicador, "MX-15058", periodo)
        # Media unidad del último decimal publicado, más la de los dos decimales con que sale.
        assert abs(fila["valor_pct"] - publicada) <= 0.5 * 10**-decimales + 0.005, indicador
        assert (fila["lugar"], fila["estado"], fila["edicion"]) == ("MX-CD28", "dato", periodo)
    filas = pedir(capsys, "clasificar", "--indicador", CONFIANZA, "--periodo", periodo)
    (neza,) = (f for f in filas if f["lugar"] == "MX-CD28")
    assert (neza["posicion"], neza["lugares_con_cifra"]) == (posicion, de)


def test_2025t2_a_dos_decimales(capsys: pytest.CaptureFixture[str]) -> None:
    assert cifra(capsys, CONFIANZA, "MX-15058", "2025T2")["valor_pct"] == 55.95
    assert cifra(capsys, EFECTIVIDAD, "MX-15058", "2025T2")["valor_pct"] == 64.77
    assert cifra(capsys, INSEGURIDAD, "MX-15058", "2025T2")["valor_pct"] == 64.86
    assert cifra(capsys, INSEGURIDAD, "MX", "2025T2")["valor_pct"] == 63.18
    fila = cifra(capsys, CONFIANZA, "MX-CD28", "2025T2")
    assert (fila["numerador"], fila["denominador"], fila["precision"]) == (496_467, 887_371, "alta")
    assert (fila["archivo"], fila["cuadro"], fila["celda"]) == ("ensu2t2025_estimaciones.zip", "8.7", "E408")


def test_iztapalapa_no_tiene_policia_municipal(capsys: pytest.CaptureFixture[str]) -> None:
    assert cifra(capsys, INSEGURIDAD, "MX-09007", "2025T2")["valor_pct"] == 70.19
    for indicador in (CONFIANZA, EFECTIVIDAD, "identifica_policia_municipal"):
        fila = cifra(capsys, indicador, "MX-09007", "2025T2")
        assert (fila["estado"], fila["valor_pct"]) == ("no_aplica", None)


def test_los_dieciseis_sin_policia_municipal(capsys: pytest.CaptureFixture[str]) -> None:
    filas = pedir(capsys, "clasificar", "--indicador", CONFIANZA, "--periodo", "2025T2", "--entre", "alcaldias")
    assert {(f["estado"], f["valor_pct"], f["posicion"]) for f in filas} == {("no_aplica", None, None)}
    assert len(filas) == 16


def test_la_laguna_es_un_lugar_y_dos_renglones(capsys: pytest.CaptureFixture[str]) -> None:
    filas = pedir(capsys, "clasificar", "--indicador", CONFIANZA, "--periodo", "2025T2")
    assert [(f["lugar"], f["renglones"]) for f in filas if f["renglones"] > 1] == [("MX-CD07", 2)]
    con_cifra = [f for f in filas if f["posicion"]]
    assert len(con_cifra) == 75
    assert [f["valor_pct"] for f in con_cifra] == sorted((f["valor_pct"] for f in con_cifra), reverse=True)
    assert con_cifra[-1]["posicion"] == 76


@pytest.mark.parametrize(("periodo", "estado"), [("2020T2", "no_levantado"), ("2019T3", "no_incorporado")])
@pytest.mark.parametrize("lugar", ["MX-CD28", "MX-CD76"])
def test_un_hueco_es_un_hueco(capsys: pytest.CaptureFixture[str], lugar: str, periodo: str, estado: str) -> None:
    fila = cifra(capsys, INSEGURIDAD, lugar, periodo)
    assert (fila["estado"], fila["valor_pct"]) == (estado, None)


def test_los_quince_trimestres() -> None:
    acervo = Acervo.abrir(DEL_PROYECTO)
    ensu = [f for f in acervo.fuentes if f.archivo.endswith("_estimaciones.zip")]
    assert [f.edicion for f in ensu] == TRIMESTRES
    for fuente in ensu:
        assert fuente.archivo == f"ensu{fuente.edicion[5]}t{fuente.edicion[:4]}_estimaciones.zip"
        assert fuente.origen.startswith("https://www.inegi.org.mx/")
        assert len(fuente.sha256) == 64
        assert fuente.filas > 10_000


def test_acervo_integro_y_de_tamano_medido() -> None:
    """Las encuestas caben en los 15 MB prometidos; con los registros de dos países, todo en 20."""
    assert verificar(DEL_PROYECTO) == []
    publicado = [ruta for ruta in DEL_PROYECTO.rglob("*") if ruta.is_file() and ruta.parent.name != ".indice"]
    de_registro = {"conteo", "poblacion"}
    assert sum(ruta.stat().st_size for ruta in publicado if ruta.parent.name not in de_registro) < 15_000_000
    assert sum(ruta.stat().st_size for ruta in publicado) < 20_000_000


def test_una_pregunta_de_cada_tema_en_su_ultimo_trimestre() -> None:
    """Todo tema del catálogo que la ENSU publica tiene cifra nacional en el acervo."""
    motor = abrir(DEL_PROYECTO, perezoso=True)
    consulta = """
        select tema, count(*) from estimacion_vigente inner join indicadores using (indicador, fuente)
        where fuente = 'ensu' and lugar = 'MX' and estado = 'dato' group by tema
    """
    con_cifra = dict(motor._conexion.sql(consulta).fetchall())
    temas = {
        t for (t,) in motor._conexion.sql("select distinct tema from indicadores where fuente = 'ensu'").fetchall()
    }
    assert temas - set(con_cifra) == set()


@pytest.mark.fuentes
def test_los_archivos_oficiales_son_los_del_manifiesto(fuentes: Path) -> None:
    for fuente in Acervo.abrir(DEL_PROYECTO).fuentes:
        ruta = fuentes / "ensu" / "tabulados" / fuente.archivo
        if ruta.is_file():
            assert hashlib.sha256(ruta.read_bytes()).hexdigest() == fuente.sha256


@pytest.mark.fuentes
def test_inseguridad_de_los_boletines(fuentes: Path) -> None:
    """Cada ciudad de cada boletín de prensa cuyo trimestre está en el acervo, al decimal con que se publicó."""
    motor = abrir(DEL_PROYECTO)
    ruta = fuentes / "ensu" / "referencia" / "inseguridad_por_ciudad_boletines.csv"
    with ruta.open(encoding="utf-8", newline="") as archivo:
        boletines = [f for f in csv.DictReader(archivo) if f["trimestre"] in TRIMESTRES]
    lugares = {n: _lugar(n) for n in {f["ciudad_segun_boletin"] for f in boletines}}
    assert [n for n, lugar in lugares.items() if lugar is None] == []
    filas = motor.correr(
        "mostrar/consultar",
        indicadores=[INSEGURIDAD],
        lugares=sorted({str(lugar) for lugar in lugares.values()}),
        periodos=TRIMESTRES,
        desgloses=["total"],
    ).to_pylist()
    dicho = {(f["lugar"], f["periodo"]): f["valor_pct"] for f in filas}
    distintas = [
        (f["trimestre"], f["ciudad_segun_boletin"], f["pct_inseguro"], valor)
        for f in boletines
        for valor in [dicho[str(lugares[f["ciudad_segun_boletin"]]), f["trimestre"]]]
        if valor is None or abs(valor - float(f["pct_inseguro"])) > 0.05 + 1e-9
    ]
    assert len(boletines) > 700
    assert distintas == []


def _lugar(nombre: str) -> str | None:
    # «NA Nuevo Laredo, Tamps.»: un resto de la columna de al lado que quedó al transcribir el PDF del boletín.
    return "MX" if nombre == "Nacional" else getattr(lugar_por_variante(nombre.removeprefix("NA ")), "lugar", None)
