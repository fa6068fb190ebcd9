"""El personal de policía: qué tipo cuenta, qué queda sin cifra y qué se rechaza."""

from __future__ import annotations

from pathlib import Path

import pytest

from atalaya.acervo.revision import revisar_contrato
from atalaya.contratos import CONTEO
from atalaya.errores import ErrorFuente
from atalaya.fuentes import cngmd
from atalaya.incorporacion import reconocer
from atalaya.motor import Motor

NOMBRE = "cngmd2021_m3s1p2.csv"


def archivo(carpeta: Path, *cambios: tuple[int, str], nombre: str = NOMBRE, clave: str = "7001") -> Path:
    """Un municipio con 10 policías preventivos, 90 de tránsito y nada más; `cambios`: (tipo, su renglón entero)."""
    cifras = dict.fromkeys(cngmd.TIPOS, "0,0,0") | {1: "10,7,3", 2: "90,40,50", 6: "NA,NA,NA"}
    renglones = {tipo: f"7,{clave},{tipo},{texto}" for tipo, texto in cifras.items()} | dict(cambios)
    ruta = carpeta / nombre
    ruta.write_text("\n".join([",".join(cngmd.ENCABEZADO), *filter(None, renglones.values())]) + "\n", encoding="utf-8")
    return ruta


def conteos(ruta: Path) -> list[dict]:
    motor = Motor(None)
    tabla = motor.correr_con(cngmd.PREPARAR, cngmd.leer(ruta).tablas).cast(CONTEO)
    motor.cerrar()
    assert revisar_contrato("conteo", tabla) == []
    return tabla.to_pylist()


def test_solo_cuenta_la_policia_preventiva(tmp_path: Path) -> None:
    ruta = archivo(tmp_path)
    assert reconocer(ruta) is cngmd
    filas = conteos(ruta)
    assert {fila["desglose"]: fila["casos"] for fila in filas} == {"total": 10, "sexo:hombres": 7, "sexo:mujeres": 3}
    assert {fila["lugar"] for fila in filas} == {"MX-07001"}  # con su cero inicial
    total = next(fila for fila in filas if fila["desglose"] == "total")
    assert (total["periodo"], total["meses"], total["metodo"], total["celda"]) == (
        "2020",
        12,
        "citada",
        "renglón 2, sexostt",
    )


@pytest.mark.parametrize("texto", ["NA", "ND", "NSS"])
def test_sin_cifra_no_es_cero(tmp_path: Path, texto: str) -> None:
    filas = conteos(archivo(tmp_path, (1, f"7,7001,1,{texto},{texto},{texto}")))
    assert {(fila["casos"], fila["estado"]) for fila in filas} == {(None, "no_disponible")}
    ceros = conteos(archivo(tmp_path, (1, "7,7001,1,0,0,0")))
    assert {(fila["casos"], fila["estado"]) for fila in ceros} == {(0, "dato")}


@pytest.mark.parametrize(
    ("cambio", "dicho"),
    [
        ((1, "7,7001,1,10,7,4"), "sexostt = sexos1 + sexos2"),
        ((1, "7,7001,1,10,NA,3"), "sexostt = sexos1 + sexos2"),
        ((1, "7,7001,1,diez,7,3"), "un entero o NA, ND, NSS"),
        ((1, "7,7001,1,-1,-1,0"), "un entero o NA, ND, NSS"),
        ((1, "7,7001,1,,,"), "un entero o NA, ND, NSS"),
        ((1, "8,7001,1,10,7,3"), "la clave de un municipio"),
        ((1, "7,701,1,10,7,3"), "la clave de un municipio"),
        ((1, "7,7001,10,10,7,3"), "orgapoli_e: de 1 a 9"),
        ((1, "7,7001,1,10,7"), "6 celdas"),
        ((1, ""), "un renglón por municipio y tipo"),
        ((2, "7,7001,1,10,7,3"), "un renglón por municipio y tipo"),
    ],
)
def test_lo_que_se_rechaza(tmp_path: Path, cambio: tuple[int, str], dicho: str) -> None:
    with pytest.raises(ErrorFuente) as falla:
        cngmd.leer(archivo(tmp_path, cambio))
    assert dicho in str(falla.value)


def test_de_otra_edicion_no_se_supone_el_anio(tmp_path: Path) -> None:
    with pytest.raises(ErrorFuente, match="el contenido no dice de qué año es"):
        cngmd.leer(archivo(tmp_path, nombre="m3s1p2.csv"))


@pytest.mark.fuentes
def test_los_seis_municipios(fuentes: Path) -> None:
    filas = conteos(fuentes / "policia" / "cngmd2021_m3s1p2_transcrito_6mun.csv")
    total = {fila["lugar"]: fila["casos"] for fila in filas if fila["desglose"] == "total"}
    assert total == {
        "MX-10007": 298,
        "MX-15057": 1511,
        "MX-15058": 2055,
        "MX-22006": 430,
        "MX-22014": 1168,
        "MX-23005": 866,
    }
    neza = {fila["desglose"]: fila["casos"] for fila in filas if fila["lugar"] == "MX-15058"}
    assert neza == {"total": 2055, "sexo:hombres": 1421, "sexo:mujeres": 634}
