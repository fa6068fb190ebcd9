"""`consultar` un indicador que se cuenta: casos, población, tasa con su intervalo y por qué falta lo que falta."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from registros_de_juguete import conteo, motor_con, poblacion

from atalaya.ordenes import principal

DELITO = "homicidio_doloso"


@pytest.fixture
def acervo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Nezahualcóyotl con 2024 entero y medio 2025; Ecatepec, que el archivo no da; Toluca, que no lo registra."""
    conteos = [conteo(f"2024-{m:02d}", m, edicion="2025-06") for m in range(1, 13)]
    conteos += [conteo(f"2025-{m:02d}", 1, edicion="2025-06") for m in range(1, 7)]
    conteos += [conteo("2024-01", None, lugar="MX-15106", estado="no_registrado", edicion="2025-06")]
    motor_con(tmp_path, conteos, [poblacion(anio=a) for a in (2024, 2025)]).cerrar()
    monkeypatch.setenv("ATALAYA_ACERVO", str(tmp_path))
    return tmp_path


def _pedir(capsys: pytest.CaptureFixture[str], lugar: str, periodo: str, *mas: str) -> list[dict[str, Any]]:
    orden = ["consultar", "--indicador", DELITO, "--lugar", lugar, "--periodo", periodo, "--formato", "json", *mas]
    assert principal(orden) == 0, capsys.readouterr().err
    filas: list[dict[str, Any]] = json.loads(capsys.readouterr().out)
    return filas


@pytest.mark.usefixtures("acervo")
def test_un_anio_con_su_tasa(capsys: pytest.CaptureFixture[str]) -> None:
    (fila,) = _pedir(capsys, "MX-15058", "2024")
    assert (fila["casos"], fila["meses"], fila["poblacion"], fila["proyeccion"]) == (78, 12, 1_000_000, "conapo_2023")
    assert fila["tasa_100k"] == 7.8
    assert fila["tasa_inf"] < 7.8 < fila["tasa_sup"]


@pytest.mark.usefixtures("acervo")
def test_un_mes_se_lleva_a_doce_y_un_anio_a_medias_tambien(capsys: pytest.CaptureFixture[str]) -> None:
    mes, anio = _pedir(capsys, "MX-15058", "2024-10,2025")
    assert (mes["casos"], mes["meses"], mes["tasa_100k"]) == (10, 1, 12.0)
    assert (anio["casos"], anio["meses"], anio["tasa_100k"]) == (6, 6, 1.2)


@pytest.mark.usefixtures("acervo")
def test_pedir_el_area_da_su_municipio(capsys: pytest.CaptureFixture[str]) -> None:
    (fila,) = _pedir(capsys, "MX-CD28", "2024")
    assert (fila["lugar_pedido"], fila["lugar"], fila["casos"]) == ("MX-CD28", "MX-15058", 78)


@pytest.mark.usefixtures("acervo")
@pytest.mark.parametrize(
    ("lugar", "periodo", "estado"),
    [
        ("MX-15033", "2024-01", "no_publicado"),
        ("MX-15106", "2024-01", "no_registrado"),
        ("MX-15058", "2025-07", "aun_no_publicado"),
        ("MX-15058", "2023-12", "no_incorporado"),
        ("MX-15", "2024", "no_incorporado"),
        ("CL-13122", "2024", "no_aplica"),
    ],
)
def test_por_que_falta(capsys: pytest.CaptureFixture[str], lugar: str, periodo: str, estado: str) -> None:
    (fila,) = _pedir(capsys, lugar, periodo)
    assert (fila["estado"], fila["casos"], fila["tasa_100k"]) == (estado, None, None)


@pytest.mark.usefixtures("acervo")
def test_sin_poblacion_no_hay_tasa_y_los_casos_si(capsys: pytest.CaptureFixture[str], acervo: Path) -> None:
    motor_con(acervo, [conteo("2024-01", 3, lugar="MX-15033", archivo="otro.csv", edicion="2025-06")]).cerrar()
    (fila,) = _pedir(capsys, "MX-15033", "2024-01")
    assert (fila["casos"], fila["poblacion"], fila["tasa_100k"]) == (3, None, None)


@pytest.mark.usefixtures("acervo")
def test_la_tabla_explica_ausencias_y_denominador(capsys: pytest.CaptureFixture[str]) -> None:
    orden = ["consultar", "--indicador", DELITO, "--lugar", "MX-15058,MX-15106", "--periodo", "2024-01,2025"]
    assert principal(orden) == 0
    salida = capsys.readouterr().out
    for dicho in ("no se registra", "CONAPO", "A medias, con la tasa llevada a doce meses: 2025"):
        assert dicho in salida


@pytest.mark.usefixtures("acervo")
@pytest.mark.parametrize(
    ("indicador", "lugar", "dicho"),
    [
        (f"{DELITO},inseguridad_ciudad", "MX-15058", "dos consultas"),
        (DELITO, "MX-CD07", "pida sus municipios"),
    ],
)
def test_lo_mal_pedido_sale_con_dos(capsys: pytest.CaptureFixture[str], indicador: str, lugar: str, dicho: str) -> None:
    assert principal(["consultar", "--indicador", indicador, "--lugar", lugar, "--periodo", "2024"]) == 2
    assert dicho in capsys.readouterr().err


def test_los_policias_no_llevan_intervalo_ni_poblacion_de_un_sexo(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Son una existencia contada entera; y las mujeres policía no son sólo para la población femenina."""
    de_policia = {"fuente": "cngmd", "indicador": "policias_municipales", "edicion": "2020"}
    filas = [conteo("2020", 2055, **de_policia), conteo("2020", 634, desglose="sexo:mujeres", **de_policia)]
    motor_con(tmp_path, filas, [poblacion(anio=2020)]).cerrar()
    monkeypatch.setenv("ATALAYA_ACERVO", str(tmp_path))
    orden = ["consultar", "--indicador", "policias_municipales", "--lugar", "MX-15058", "--periodo", "2020"]
    assert principal([*orden, "--desglose", "total,sexo:mujeres", "--formato", "json"]) == 0
    todas, mujeres = json.loads(capsys.readouterr().out)
    assert (todas["tasa_100k"], todas["tasa_inf"], todas["nivel_confianza"]) == (205.5, None, None)
    assert (mujeres["poblacion"], mujeres["tasa_100k"]) == (1_000_000, 63.4)
