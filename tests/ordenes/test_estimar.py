"""La orden `estimar`: de unos microdatos a la pantalla o a un archivo, sin publicar nada."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from atalaya.contratos import ESTIMACION
from atalaya.ordenes import principal
from tests.incorporacion import microdatos_de_juguete as juguete

SUPRIMIBLES = ("valor_pct", "error_estandar", "ic_inf", "ic_sup", "cv_pct", "numerador", "denominador", "precision")


@pytest.fixture(autouse=True)
def sin_acervo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Un acervo que no existe: estimar no lo necesita ni lo crea."""
    monkeypatch.setenv("ATALAYA_ACERVO", str(tmp_path / "acervo"))
    return tmp_path / "acervo"


@pytest.fixture(scope="module")
def ensu(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return juguete.escribir_ensu(tmp_path_factory.mktemp("ensu"), juguete.ensu())


@pytest.fixture(scope="module")
def enusc(tmp_path_factory: pytest.TempPathFactory) -> Path:
    ruta = tmp_path_factory.mktemp("enusc") / "base.csv"
    juguete.enusc().to_csv(ruta, index=False)
    return ruta


def estimar(capsys: pytest.CaptureFixture[str], *orden: object) -> list[dict[str, Any]]:
    assert principal(["estimar", *map(str, orden), "--formato", "json"]) == 0
    return json.loads(capsys.readouterr().out)


def por_llave(filas: list[dict[str, Any]]) -> dict[tuple[str, str, str], dict[str, Any]]:
    return {(f["lugar"], f["indicador"], f["desglose"]): f for f in filas}


def test_da_cada_cifra_con_su_error_y_no_publica(
    capsys: pytest.CaptureFixture[str], ensu: Path, sin_acervo: Path
) -> None:
    filas = estimar(capsys, ensu)
    assert set(ESTIMACION.names) <= set(filas[0])
    assert {f["desglose"] for f in filas} == {"total"}
    assert {f["lugar"] for f in filas} == {"MX", "MX-CD28", "MX-CD71"}
    tabla = juguete.ensu()
    p, ee = juguete.razon(tabla, (tabla["BP1_1"] == "2").astype(float), "FAC_SEL", "EST_DIS", "UPM_DIS")
    nacional = por_llave(filas)["MX", "inseguridad_ciudad", "total"]
    assert (nacional["valor_pct"], nacional["error_estandar"]) == (round(p, 2), round(ee, 2))
    assert (nacional["n"], nacional["gl"], nacional["upm"], nacional["estratos"]) == (400, 76, 80, 4)
    assert (nacional["reglas"], nacional["nombre"]) == ("inegi", "Estados Unidos Mexicanos")
    assert not sin_acervo.exists()


def test_por_sexo_y_edad_y_cruzados(capsys: pytest.CaptureFixture[str], ensu: Path) -> None:
    desgloses = {f["desglose"] for f in estimar(capsys, ensu, "--por", "sexo,edad")}
    assert desgloses >= {"total", "sexo:hombres", "sexo:mujeres", "edad:18-29", "edad:60+"}
    assert not any("|" in desglose for desglose in desgloses)
    cruzados = {f["desglose"] for f in estimar(capsys, ensu, "--por", "sexo|edad")}
    assert cruzados == {"total"} | {f"sexo:{s}|{e}" for s in ("hombres", "mujeres") for e in desgloses if e[0] == "e"}


def test_pedir_un_lugar_no_cambia_su_error(capsys: pytest.CaptureFixture[str], ensu: Path) -> None:
    todas = por_llave(estimar(capsys, ensu))
    suyas = estimar(capsys, ensu, "--lugar", "MX-15058", "--indicador", "inseguridad_ciudad")
    assert suyas == [todas["MX-CD28", "inseguridad_ciudad", "total"]]


def test_nivel_e_intervalo(capsys: pytest.CaptureFixture[str], ensu: Path) -> None:
    pedido = (ensu, "--indicador", "inseguridad_ciudad", "--lugar", "MX")
    [logit] = estimar(capsys, *pedido)
    [normal] = estimar(capsys, *pedido, "--nivel", 90, "--intervalo", "normal")
    assert (logit["nivel_confianza"], logit["metodo_intervalo"]) == (95, "logit")
    assert (normal["nivel_confianza"], normal["metodo_intervalo"]) == (90, "normal")
    radio = 1.6448536 * normal["error_estandar"]
    assert normal["ic_inf"] == pytest.approx(normal["valor_pct"] - radio, abs=0.02)
    assert normal["ic_sup"] == pytest.approx(normal["valor_pct"] + radio, abs=0.02)
    assert logit["error_estandar"] == normal["error_estandar"]


@pytest.mark.parametrize("formato", ["json", "csv", "tabla"])
def test_lo_suprimido_sale_suprimido_en_todo_formato(
    capsys: pytest.CaptureFixture[str], enusc: Path, formato: str
) -> None:
    orden = ["estimar", str(enusc), "--indicador", "victimizacion_hogar", "--lugar", "CL-13101", "--formato"]
    assert principal([*orden, "json", "--reglas", "inegi"]) == 0
    [sin_suprimir] = json.loads(capsys.readouterr().out)
    assert (sin_suprimir["estado"], sin_suprimir["n"]) == ("dato", 48)
    assert principal([*orden, formato]) == 0
    dicho = capsys.readouterr().out
    for columna in ("valor_pct", "error_estandar", "ic_inf", "ic_sup", "numerador"):
        assert str(sin_suprimir[columna]) not in dicho
    if formato == "tabla":
        assert "suprimido" in dicho
        assert "con esa precisión no se publica" in dicho
        return
    [fila] = json.loads(dicho) if formato == "json" else list(csv.DictReader(io.StringIO(dicho)))
    assert all(fila[columna] in (None, "") for columna in SUPRIMIBLES)
    assert (fila["estado"], str(fila["n"]), fila["reglas"]) == ("suprimido", "48", "ine_chile")


def test_cada_regla_suprime_lo_suyo(capsys: pytest.CaptureFixture[str], enusc: Path) -> None:
    """n ≥ 60 pide el INE de Chile; n ≥ 100, la CEPAL; INEGI no suprime."""
    suprimidas = {
        regla: {
            f["lugar"]
            for f in estimar(capsys, enusc, "--indicador", "victimizacion_hogar", "--reglas", regla)
            if f["estado"] == "suprimido"
        }
        for regla in ("inegi", "ine_chile", "cepal")
    }
    assert suprimidas["inegi"] == set()
    assert suprimidas["ine_chile"] == {"CL-13101"}
    assert suprimidas["cepal"] >= {"CL-13101"}


def test_estratos_con_una_sola_upm(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    tabla = juguete.ensu()
    tabla.loc[tabla["UPM_DIS"] == 1, ["EST_DIS", "FAC_SEL"]] = 999, 9000  # pesa lo bastante para verse a dos decimales
    ruta = juguete.escribir_ensu(tmp_path / "sola", tabla)
    pedido = (ruta, "--indicador", "inseguridad_ciudad", "--lugar", "MX")
    [ajustada] = estimar(capsys, *pedido)
    [cierta] = estimar(capsys, *pedido, "--upm-unica", "certainty")
    assert ajustada["estratos_upm_unica"] == cierta["estratos_upm_unica"] == 1
    assert ajustada["error_estandar"] > cierta["error_estandar"]
    assert principal(["estimar", *map(str, pedido), "--upm-unica", "fail"]) == 1
    assert "UPM única en el estrato 999" in capsys.readouterr().err
    assert principal(["estimar", *map(str, pedido)]) == 0
    assert "tratados con «adjust»: 1." in capsys.readouterr().out


def test_varios_archivos_de_una_vez(capsys: pytest.CaptureFixture[str], ensu: Path, enusc: Path) -> None:
    filas = estimar(capsys, ensu, enusc, "--indicador", "inseguridad_ciudad,victimizacion_hogar")
    assert {(f["fuente"], f["indicador"]) for f in filas} == {
        ("ensu", "inseguridad_ciudad"),
        ("enusc", "victimizacion_hogar"),
    }


@pytest.mark.parametrize(
    ("orden", "codigo", "dicho"),
    [
        (("--por", "comuna"), 2, "--por admite sexo, edad, sexo|edad; no comuna"),
        (("--nivel", "80"), 2, "--nivel es 90, 95 o 99"),
        (("--reglas", "banxico"), 2, "se admite: inegi, ine_chile, cepal"),
        (("--upm-unica", "borrar"), 2, "se admite: adjust, certainty, fail"),
        (("--indicador", "inseguridad_cuidad"), 2, "¿quiso decir"),
        (("--indicador", "victimizacion_hogar"), 2, "no dan ninguno de los indicadores pedidos"),
        (("--lugar", "MX-CD27"), 2, "en los lugares pedidos"),
    ],
)
def test_lo_mal_pedido(
    capsys: pytest.CaptureFixture[str], ensu: Path, orden: tuple[str, ...], codigo: int, dicho: str
) -> None:
    assert principal(["estimar", str(ensu), *orden]) == codigo
    assert dicho in capsys.readouterr().err


def test_lo_que_no_son_microdatos(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    ajeno = tmp_path / "ajeno.zip"
    ajeno.write_bytes(b"nada")
    assert principal(["estimar", str(ajeno)]) == 1
    assert "ninguna lo reconoce por su contenido" in capsys.readouterr().err
    assert principal(["estimar", str(tmp_path / "no está")]) == 1
    assert "no existe" in capsys.readouterr().err


@pytest.mark.fuentes
def test_los_verdaderos_dan_lo_publicado(capsys: pytest.CaptureFixture[str], fuentes: Path) -> None:
    pedido = ("--indicador", "inseguridad_ciudad,identifica_policia_municipal,efectividad_policia_municipal")
    filas = estimar(capsys, *sorted((fuentes / "ensu" / "microdatos").iterdir()), *pedido)
    valores = {(f["periodo"], f["indicador"]): f["valor_pct"] for f in filas}
    serie = [valores[f"2015T{t}", "inseguridad_ciudad"] for t in (1, 2, 3, 4)]
    assert serie == [67.94, 68.97, 67.99, 67.75]
    assert valores["2015T1", "identifica_policia_municipal"] == 85.52
    assert valores["2015T1", "efectividad_policia_municipal"] == 33.00
