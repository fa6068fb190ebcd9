"""`cambios`, `comparar`, `clasificar` con rangos y `consultar` con su error, por la línea de órdenes."""

from __future__ import annotations

import json
from math import sqrt
from pathlib import Path
from typing import Any

import pytest
from acervo_con_error import GOBIERNO, INSEGURIDAD, construir

from atalaya.estadistica import inferencia
from atalaya.ordenes import principal


@pytest.fixture(scope="module")
def juguete(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return construir(tmp_path_factory.mktemp("acervo"))


@pytest.fixture(autouse=True)
def en_este_acervo(juguete: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATALAYA_ACERVO", str(juguete))


def correr(capsys: pytest.CaptureFixture[str], *orden: str) -> list[dict[str, Any]]:
    assert principal([*orden, "--formato", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def cambios(capsys: pytest.CaptureFixture[str], *mas: str) -> dict[str, dict[str, Any]]:
    filas = correr(capsys, "cambios", "--indicador", INSEGURIDAD, "--de", "2024T1", "--a", "2024T2", *mas)
    return {fila["lugar"]: fila for fila in filas}


def test_cada_lugar_con_su_veredicto(capsys: pytest.CaptureFixture[str]) -> None:
    filas = cambios(capsys)
    assert {lugar: fila["veredicto"] for lugar, fila in filas.items()} == {
        "MX": "sin_cambio",
        "MX-CD27": "baja",
        "MX-CD28": "sin_cambio",
        "MX-CD49": "sube",
    }
    ecatepec = filas["MX-CD27"]
    assert (ecatepec["valor_de_pct"], ecatepec["valor_a_pct"], ecatepec["diferencia"]) == (80, 65, -15)
    assert ecatepec["metodo_error_de"] == "modelada"
    assert ecatepec["error_estandar"] == pytest.approx(
        sqrt(ecatepec["error_de"] ** 2 + ecatepec["error_a"] ** 2), abs=0.02
    )
    assert ecatepec["ic_sup"] < 0


def test_holm_es_entre_las_areas(capsys: pytest.CaptureFixture[str]) -> None:
    filas = cambios(capsys)
    areas = ["MX-CD27", "MX-CD28", "MX-CD49"]
    esperados = inferencia.holm([filas[lugar]["p"] for lugar in areas])
    assert [filas[lugar]["p_holm"] for lugar in areas] == pytest.approx(list(esperados), abs=2e-4)
    assert filas["MX"]["p_holm"] == filas["MX"]["p"]


def test_el_nivel_y_holm_cambian_el_veredicto(capsys: pytest.CaptureFixture[str]) -> None:
    """Tlaxcala sube con p entre .01 y .1: al 99 % ya no se distingue."""
    p = cambios(capsys)["MX-CD49"]["p"]
    assert 0.01 < p < 0.1
    assert cambios(capsys, "--nivel", "99")["MX-CD49"]["veredicto"] == "sin_cambio"
    ajustada = cambios(capsys, "--holm")["MX-CD49"]
    assert ajustada["veredicto"] == ("sube" if ajustada["p_holm"] < 0.1 else "sin_cambio")


def test_se_niega_a_cruzar_una_ruptura(capsys: pytest.CaptureFixture[str]) -> None:
    orden = ["cambios", "--indicador", GOBIERNO, "--de", "2024T1", "--a", "2025T1"]
    assert principal(orden) == 2
    falla = capsys.readouterr().err
    assert "2024T3" in falla
    assert "cuatro niveles de confianza" in falla


@pytest.mark.parametrize(
    "mas",
    [
        ["--de", "2024T2", "--a", "2024T1"],
        ["--de", "2024T1", "--a", "2024T1"],
        ["--de", "2024T1:2024T2", "--a", "2025T1"],
        ["--de", "2024T1", "--a", "2024T2", "--nivel", "80"],
        ["--de", "2024T1", "--a", "2024T9"],
    ],
)
def test_mal_pedido(mas: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert principal(["cambios", "--indicador", INSEGURIDAD, *mas]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_la_tabla_cuenta_y_dice_como(capsys: pytest.CaptureFixture[str]) -> None:
    assert principal(["cambios", "--indicador", INSEGURIDAD, "--de", "2024T1", "--a", "2024T2"]) == 0
    salida = capsys.readouterr().out
    assert "1 suben, 1 bajan, 1 sin cambio" in salida
    assert "sin ajustar" in salida
    assert "modelado" in salida


def test_comparar_dos_lugares(capsys: pytest.CaptureFixture[str]) -> None:
    (par,) = correr(
        capsys, "comparar", "--indicador", INSEGURIDAD, "--lugar", "MX-15058,MX-15033", "--periodo", "2024T1"
    )
    assert (par["lugar_a"], par["lugar_b"], par["veredicto"]) == ("MX-CD28", "MX-CD27", "b_mayor")
    assert par["diferencia"] == 30
    assert par["p"] == par["p_holm"]
    assert par["en_palabras"].endswith("la diferencia supera el error muestral (95 % de confianza).")


def test_comparar_varios_ajusta(capsys: pytest.CaptureFixture[str]) -> None:
    pares = correr(
        capsys, "comparar", "--indicador", INSEGURIDAD, "--lugar", "MX-CD27,MX-CD28,MX-CD49", "--periodo", "2024T1"
    )
    assert len(pares) == 3
    assert [par["p_holm"] for par in pares] == pytest.approx(
        list(inferencia.holm([par["p"] for par in pares])), abs=2e-4
    )
    parecidas = next(par for par in pares if {par["lugar_a"], par["lugar_b"]} == {"MX-CD28", "MX-CD49"})
    assert parecidas["veredicto"] == "sin_diferencia"
    assert "no se distingue del error muestral" in parecidas["en_palabras"]


def test_comparar_con_el_pais_descuenta_lo_comun(capsys: pytest.CaptureFixture[str]) -> None:
    (par,) = correr(capsys, "comparar", "--indicador", INSEGURIDAD, "--lugar", "MX,MX-CD27", "--periodo", "2024T1")
    independiente = sqrt(par["error_a"] ** 2 + par["error_b"] ** 2)
    assert par["error_estandar"] < independiente
    assert "parte de la otra" in par["nota"]


def test_comparar_lo_que_falta_dice_por_que(capsys: pytest.CaptureFixture[str]) -> None:
    orden = ["--indicador", "confianza_policia_municipal", "--lugar", "MX-CD27,MX-CD28", "--periodo", "2024T1"]
    (par,) = correr(capsys, "comparar", *orden)
    assert par["veredicto"] == "sin_prueba"
    assert "no aplica" in par["en_palabras"]


@pytest.mark.parametrize("lugar", ["MX-CD28", "MX-CD28,MX-15058"])
def test_comparar_pide_dos(lugar: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert principal(["comparar", "--indicador", INSEGURIDAD, "--lugar", lugar, "--periodo", "2024T1"]) == 2
    assert "dos lugares" in capsys.readouterr().err


def test_clasificar_con_rangos(capsys: pytest.CaptureFixture[str]) -> None:
    filas = correr(capsys, "clasificar", "--indicador", INSEGURIDAD, "--periodo", "2024T1")
    por_lugar = {fila["lugar"]: fila for fila in filas}
    assert [por_lugar[lugar]["rango"] for lugar in ("MX-CD27", "MX-CD28", "MX-CD49")] == [1, 2, 3]
    # Ecatepec (80 %) queda arriba de las otras dos, que entre sí no se distinguen.
    assert (por_lugar["MX-CD27"]["rango_inf"], por_lugar["MX-CD27"]["rango_sup"]) == (1, 1)
    assert (por_lugar["MX-CD28"]["rango_inf"], por_lugar["MX-CD28"]["rango_sup"]) == (2, 3)
    assert (por_lugar["MX-CD49"]["rango_inf"], por_lugar["MX-CD49"]["rango_sup"]) == (2, 3)
    sin_cifra = [fila for fila in filas if fila["posicion"] is None]
    assert {fila["rango_inf"] for fila in sin_cifra} == {None}


def test_consultar_con_su_error(capsys: pytest.CaptureFixture[str]) -> None:
    orden = ["consultar", "--indicador", INSEGURIDAD, "--lugar", "MX-CD27", "--periodo", "2024T1"]
    (logit,), (normal,) = correr(capsys, *orden), correr(capsys, *orden, "--nivel", "90", "--intervalo", "normal")
    assert (logit["nivel_confianza"], normal["nivel_confianza"]) == (95, 90)
    assert (logit["metodo"], logit["metodo_error"], logit["n"]) == ("publicada", "modelada", 300)
    assert normal["ic_sup"] - normal["valor_pct"] == pytest.approx(1.645 * normal["error_estandar"], abs=0.02)
    assert logit["ic_inf"] < normal["ic_inf"]
