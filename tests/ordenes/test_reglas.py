"""`--reglas` en consultar y clasificar, sobre el acervo del proyecto: otra oficina etiqueta y puede suprimir más."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from atalaya import motor
from atalaya.ordenes import principal

CIFRA = ("valor_pct", "error_estandar", "ic_inf", "ic_sup", "cv_pct", "numerador", "denominador", "precision")


@pytest.fixture(autouse=True)
def el_del_proyecto(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATALAYA_ACERVO", str(motor.RAIZ / "datos" / "acervo"))


def orden(lugar: str, desglose: str, reglas: str | None, formato: str = "json") -> list[str]:
    base = ["consultar", "--indicador", "victimizacion_personal", "--periodo", "2023", "--lugar", lugar]
    return [*base, "--desglose", desglose, "--formato", formato, *(["--reglas", reglas] if reglas else [])]


def consultar(
    capsys: pytest.CaptureFixture[str], lugar: str, desglose: str = "total", reglas: str | None = None
) -> dict[str, Any]:
    assert principal(orden(lugar, desglose, reglas)) == 0
    [fila] = json.loads(capsys.readouterr().out)
    return fila


def test_cada_oficina_etiqueta_a_su_modo(capsys: pytest.CaptureFixture[str]) -> None:
    """Doñihue: CV de 21.65 con 180 informantes. INE: el error cabe en p^(2/3)/9; INEGI y CEPAL avisan desde 15 y 20."""
    precision = {r: consultar(capsys, "CL-06105", reglas=r)["precision"] for r in ("inegi", "ine_chile", "cepal")}
    assert precision == {"inegi": "moderada", "ine_chile": "alta", "cepal": "moderada"}
    de_oficio = consultar(capsys, "CL-06105")
    assert de_oficio["precision"] == "alta"
    con_regla = consultar(capsys, "CL-06105", reglas="ine_chile")
    assert con_regla.pop("regla_precision") == "ine_chile"
    assert con_regla == de_oficio


@pytest.mark.parametrize("formato", ["json", "csv", "tabla"])
def test_lo_que_suprime_otra_regla_sale_suprimido_en_todo_formato(
    capsys: pytest.CaptureFixture[str], formato: str
) -> None:
    """79 hombres en Doñihue: al INE le bastan 60; la CEPAL pide 100."""
    con_cifra = consultar(capsys, "CL-06105", "sexo:hombres")
    assert (con_cifra["estado"], con_cifra["n"]) == ("dato", 79)
    assert principal(orden("CL-06105", "sexo:hombres", "cepal", formato)) == 0
    dicho = capsys.readouterr().out
    assert not any(str(con_cifra[columna]) in dicho for columna in ("valor_pct", "error_estandar", "numerador"))
    if formato == "tabla":
        assert "suprimido" in dicho
        return
    [fila] = json.loads(dicho) if formato == "json" else list(csv.DictReader(io.StringIO(dicho)))
    assert all(fila[columna] in (None, "") for columna in CIFRA)
    assert (fila["estado"], str(fila["n"])) == ("suprimido", "79")


@pytest.mark.parametrize("reglas", [None, "inegi", "ine_chile", "cepal"])
def test_ninguna_regla_devuelve_lo_que_su_oficina_no_publica(
    capsys: pytest.CaptureFixture[str], reglas: str | None
) -> None:
    fila = consultar(capsys, "CL-13122", "edad:15-29", reglas)
    assert (fila["estado"], fila["n"]) == ("suprimido", 54)
    assert all(fila[columna] is None for columna in CIFRA)


def test_en_la_clasificacion_lo_suprimido_no_tiene_posicion(capsys: pytest.CaptureFixture[str]) -> None:
    pedido = ["clasificar", "--indicador", "atestigua_disparos", "--periodo", "2025T2", "--formato", "json"]
    assert principal(pedido) == 0
    todas = json.loads(capsys.readouterr().out)
    assert principal([*pedido, "--reglas", "cepal"]) == 0
    con_regla = json.loads(capsys.readouterr().out)
    suprimidas = [fila for fila in con_regla if fila["estado"] == "suprimido"]
    assert suprimidas
    for fila in suprimidas:
        assert fila["posicion"] is fila["rango_inf"] is fila["valor_pct"] is fila["ic_inf"] is None
    quedan = sum(fila["renglones"] for fila in con_regla if fila["estado"] == "dato")
    assert {fila["lugares_con_cifra"] for fila in con_regla} == {quedan}
    assert quedan < todas[0]["lugares_con_cifra"]
    assert [type(fila["posicion"]) for fila in con_regla if fila["estado"] == "dato"] == [int] * (
        len(con_regla) - len(suprimidas)
    )
