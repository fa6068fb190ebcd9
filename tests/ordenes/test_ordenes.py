"""La línea de órdenes sobre un acervo de juguete: salidas, estados, códigos y errores."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from atalaya.contratos import ESTIMACION
from atalaya.ordenes import principal

CONFIANZA = "confianza_policia_municipal"
PROYECTO = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def en_este_acervo(acervo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATALAYA_ACERVO", str(acervo))


def consultar(
    capsys: pytest.CaptureFixture[str], lugar: str, periodo: str = "2025T2", *mas: str
) -> list[dict[str, Any]]:
    orden = ["consultar", "--indicador", CONFIANZA, "--lugar", lugar, "--periodo", periodo, "--formato", "json", *mas]
    assert principal(orden) == 0
    return json.loads(capsys.readouterr().out)


def clasificar(capsys: pytest.CaptureFixture[str], *mas: str) -> list[dict[str, Any]]:
    assert principal(["clasificar", "--indicador", CONFIANZA, "--periodo", "2025T2", "--formato", "json", *mas]) == 0
    return json.loads(capsys.readouterr().out)


def test_pedir_el_municipio_da_su_area(capsys: pytest.CaptureFixture[str]) -> None:
    (fila,) = consultar(capsys, "MX-15058")
    assert (fila["lugar_pedido"], fila["lugar"], fila["valor_pct"]) == ("MX-15058", "MX-CD28", 55.95)
    assert set(ESTIMACION.names) <= set(fila)
    assert fila["error_estandar"] is None


def test_pedir_el_municipio_y_su_area_da_las_dos(capsys: pytest.CaptureFixture[str]) -> None:
    assert [f["lugar_pedido"] for f in consultar(capsys, "MX-CD28,MX-15058, MX-CD28")] == ["MX-CD28", "MX-15058"]


@pytest.mark.parametrize(
    ("lugar", "periodo", "estado"),
    [
        ("MX-CD03", "2025T2", "dato"),  # el cero es un dato
        ("MX-09007", "2025T2", "no_aplica"),
        ("MX-CD28", "2020T2", "no_levantado"),  # hueco del catálogo
        ("MX-CD76", "2019T2", "no_levantado"),  # la alcaldía aún no se encuestaba
        ("MX-CD28", "2025T1", "no_incorporado"),
        ("MX-15", "2025T2", "no_publicado"),
    ],
)
def test_lo_que_falta_sale_con_su_estado(
    capsys: pytest.CaptureFixture[str], lugar: str, periodo: str, estado: str
) -> None:
    (fila,) = consultar(capsys, lugar, periodo)
    assert fila["estado"] == estado
    assert fila["valor_pct"] == (0.0 if estado == "dato" else None)
    assert fila["periodo"] == periodo


def test_intervalo_de_periodos_con_su_hueco(capsys: pytest.CaptureFixture[str]) -> None:
    filas = consultar(capsys, "MX-CD28", "2020T1:2020T3,2025T2")
    assert [(f["periodo"], f["estado"]) for f in filas] == [
        ("2020T1", "no_incorporado"),
        ("2020T2", "no_levantado"),
        ("2020T3", "no_incorporado"),
        ("2025T2", "dato"),
    ]
    assert "COVID-19" in filas[1]["nota"]
    assert filas[0]["nota"] is None


def test_csv_sin_formulas(capsys: pytest.CaptureFixture[str]) -> None:
    orden = ["consultar", "--indicador", CONFIANZA, "--lugar", "MX-CD28,MX-CD76", "--periodo", "2025T2"]
    assert principal([*orden, "--formato", "csv"]) == 0
    dato, sin_dato = csv.DictReader(io.StringIO(capsys.readouterr().out))
    assert dato["archivo"] == "'=juguete.zip"
    assert dato["valor_pct"] == "55.95"
    assert sin_dato["valor_pct"] == ""
    assert sin_dato["estado"] == "no_aplica"


def test_tabla_para_leer(capsys: pytest.CaptureFixture[str]) -> None:
    orden = ["consultar", "--indicador", CONFIANZA, "--lugar", "MX-15058,MX-CD76", "--periodo", "2020T2,2025T2"]
    assert principal(orden) == 0
    dicho = capsys.readouterr().out
    for texto in (
        "Ciudad Nezahualcóyotl",
        "55.95",
        "no aplica",
        "no levantado",
        "MX-15058 se respondió",
        "COVID-19",
        "Geografía",
    ):
        assert texto in dicho
    assert "None" not in dicho


def test_version_anterior(capsys: pytest.CaptureFixture[str]) -> None:
    assert principal(["listar", "versiones", "--formato", "json"]) == 0
    vieja, nueva = (v["version"] for v in json.loads(capsys.readouterr().out))
    assert consultar(capsys, "MX-CD28", "2025T2", "--version-acervo", vieja)[0]["valor_pct"] == 10.0
    assert consultar(capsys, "MX-CD28", "2025T2", "--version-acervo", nueva)[0]["valor_pct"] == 55.95
    assert (
        principal(
            ["consultar", "--indicador", CONFIANZA, "--lugar", "MX", "--periodo", "2025T2", "--version-acervo", "9"]
        )
        == 1
    )
    assert vieja in capsys.readouterr().err


def test_clasificar_empates_y_dobles(capsys: pytest.CaptureFixture[str]) -> None:
    """La Laguna ocupa dos renglones, como en el tabulado; los empatados comparten posición y la siguiente se salta."""
    con_cifra = [f for f in clasificar(capsys) if f["posicion"]]
    assert [(f["posicion"], f["lugar"], f["lugares_empatados"], f["renglones"]) for f in con_cifra] == [
        (1, "MX-CD07", 1, 2),
        (3, "MX-CD28", 2, 1),
        (3, "MX-CD65", 2, 1),
        (5, "MX-CD03", 1, 1),
    ]
    assert {f["lugares_con_cifra"] for f in con_cifra} == {5}


def test_clasificar_sin_cifra_al_final(capsys: pytest.CaptureFixture[str]) -> None:
    filas = clasificar(capsys)
    assert all(f["posicion"] is None for f in filas[4:])
    estados = {f["lugar"]: f["estado"] for f in filas}
    assert estados["MX-CD76"] == "no_aplica"
    assert estados["MX-CD01"] == "no_publicado"
    assert "MX" not in estados  # la nación no compite
    assert "MX-CD15" not in estados  # las regiones de la Ciudad de México dejaron de encuestarse en 2019


def test_clasificar_entre(capsys: pytest.CaptureFixture[str]) -> None:
    municipios = clasificar(capsys, "--entre", "municipios")
    assert [f["lugar"] for f in municipios if f["posicion"]] == ["MX-CD28", "MX-CD65", "MX-CD03"]
    alcaldias = clasificar(capsys, "--entre", "alcaldias")
    assert len(alcaldias) == 16
    assert {f["clase"] for f in alcaldias} == {"alcaldia"}


@pytest.mark.parametrize(("periodo", "estado"), [("2020T2", "no_levantado"), ("2025T1", "no_incorporado")])
def test_clasificar_un_hueco_no_es_silencio(capsys: pytest.CaptureFixture[str], periodo: str, estado: str) -> None:
    assert principal(["clasificar", "--indicador", CONFIANZA, "--periodo", periodo, "--formato", "json"]) == 0
    filas = json.loads(capsys.readouterr().out)
    assert len(filas) > 80
    assert {(f["estado"], f["posicion"], f["lugares_con_cifra"]) for f in filas} == {(estado, None, 0)}


@pytest.mark.parametrize(
    ("orden", "dice"),
    [
        (["consultar", "--indicador", "confianza_policia_municipa", "--lugar", "MX", "--periodo", "2025T2"], CONFIANZA),
        (["consultar", "--indicador", CONFIANZA, "--lugar", "Nezahualcoyotl", "--periodo", "2025T2"], "MX-CD28"),
        (["consultar", "--indicador", CONFIANZA, "--lugar", "MX", "--periodo", "2025-T2"], "2025T2"),
        (["consultar", "--indicador", CONFIANZA, "--lugar", "MX", "--periodo", "2025T2:2024T1"], "más antiguo"),
        (["consultar", "--indicador", CONFIANZA, "--lugar", "MX", "--periodo", "2024T1:"], "2024T1:2025T2"),
        (["consultar", "--indicador", CONFIANZA, "--lugar", ",", "--periodo", "2025T2"], "--lugar"),
        (["consultar", "--indicador", CONFIANZA, "--lugar", "MX"], "--periodo"),
        (["consultar", "--indicadores", CONFIANZA], "--indicador"),
        (["consultar", "--indicador", CONFIANZA, "--lugar", "MX", "--periodo", "2025T2", "--formato", "xls"], "csv"),
        (["clasificar", "--indicador", CONFIANZA, "--periodo", "2025T1:2025T2"], "un solo"),
        (["incorporar"], "RUTA"),
        (["consulta"], "consultar"),
        (["listar", "todo"], "indicadores"),
    ],
)
def test_error_de_uso_sale_con_2_y_dice_que_hacer(
    capsys: pytest.CaptureFixture[str], orden: list[str], dice: str
) -> None:
    assert principal(orden) == 2
    dicho = capsys.readouterr()
    assert dicho.out == ""
    assert dice in dicho.err
    assert "Traceback" not in dicho.err


def test_una_opcion_que_no_existe_se_dice_en_espanol(capsys: pytest.CaptureFixture[str]) -> None:
    orden = ["clasificar", "--indicador", "confianza_policia_municipal", "--periodo", "2025T2", "--entre", "barrios"]
    assert principal(orden) == 2
    assert "no sirve; se admite: ciudades, municipios, alcaldias." in capsys.readouterr().err


def test_un_desglose_mal_escrito_no_es_una_cifra_que_falta(capsys: pytest.CaptureFixture[str]) -> None:
    orden = ["consultar", "--indicador", "inseguridad_ciudad", "--lugar", "MX", "--periodo", "2025T2"]
    assert principal([*orden, "--desglose", "edad:jovenes"]) == 2
    assert "«edad:jovenes» no existe" in capsys.readouterr().err


def test_la_cita_sale_entera(capsys: pytest.CaptureFixture[str]) -> None:
    orden = ["consultar", "--indicador", "confianza_policia_municipal", "--lugar", "MX-CD28", "--periodo", "2025T2"]
    assert principal(orden) == 0
    assert "[conjunto de datos]" in capsys.readouterr().out


def test_datos_malos_salen_con_1(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    pedido = ["--indicador", CONFIANZA, "--lugar", "MX", "--periodo", "2025T2"]
    assert principal(["consultar", *pedido, "--acervo", str(tmp_path / "nada")]) == 1
    assert "incorporar" in capsys.readouterr().err
    ajeno = tmp_path / "ajeno.zip"
    ajeno.write_bytes(b"no es un zip")
    assert principal(["incorporar", str(ajeno), "--acervo", str(tmp_path / "nuevo")]) == 1
    dicho = capsys.readouterr().err
    assert "ajeno.zip" in dicho
    assert "qué hacer" in dicho
    assert not (tmp_path / "nuevo" / "manifiesto.json").exists()


def test_incorporar_despliega_comodines(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    for nombre in ("uno.zip", "dos.zip", "tres.txt"):
        (tmp_path / nombre).write_bytes(nombre.encode())
    assert (
        principal(["incorporar", str(tmp_path / "*.zip"), "--acervo", str(tmp_path / "nuevo"), "--procesos", "1"]) == 1
    )
    dicho = capsys.readouterr().err
    assert "uno.zip" in dicho
    assert "dos.zip" in dicho
    assert "tres.txt" not in dicho


def test_verificar_dice_cada_falta(capsys: pytest.CaptureFixture[str], acervo: Path, tmp_path: Path) -> None:
    assert principal(["verificar"]) == 1  # de juguete: le faltan áreas
    assert "lugar_que_falta" in capsys.readouterr().err
    copia = shutil.copytree(acervo, tmp_path / "copia")
    ruta = next(copia.glob("tablas/*/*.parquet"))
    ruta.write_bytes(ruta.read_bytes()[::-1])
    assert principal(["verificar", "--acervo", str(copia)]) == 1
    assert "alterado" in capsys.readouterr().err


def test_ayuda_en_espanol() -> None:
    for orden in ([], ["incorporar"], ["consultar"], ["clasificar"], ["listar"], ["verificar"]):
        dicho = _aparte(*orden, "--help")
        assert dicho.returncode == 0
        assert "Uso: atalaya" in dicho.stdout
        assert "Opciones" in dicho.stdout
        assert not {"Usage", "Options", "Show this", "required", "default:"} & set(
            dicho.stdout.replace("─", " ").split()
        )


def test_como_programa_con_sus_codigos() -> None:
    bien = _aparte(
        "consultar", "--indicador", CONFIANZA, "--lugar", "MX-15058", "--periodo", "2025T2", "--formato", "json"
    )
    assert (bien.returncode, json.loads(bien.stdout)[0]["valor_pct"]) == (0, 55.95)
    assert _aparte("--version").stdout.startswith("atalaya 0.")
    assert _aparte().returncode == 2


def test_una_tuberia_cortada_no_es_un_error() -> None:
    orden = [sys.executable, "-m", "atalaya", "listar", "lugares", "--formato", "csv"]
    salida = subprocess.Popen(orden, cwd=PROYECTO, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert salida.stdout is not None
    assert salida.stderr is not None
    salida.stdout.readline()
    salida.stdout.close()
    assert salida.stderr.read() == b""
    assert salida.wait(timeout=30) == 0


def _aparte(*orden: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "atalaya", *orden],
        cwd=PROYECTO,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "COLUMNS": "100"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
