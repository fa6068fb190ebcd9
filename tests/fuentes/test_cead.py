"""CEAD, con archivos de juguete: qué se reconoce, cómo se suma, qué se rechaza y qué no se publica."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from registros_de_chile import Filas, escribir_parquet, mensual, preparada, tasas

from atalaya.errores import ErrorFuente
from atalaya.fuentes import cead_mensual, cead_tasas
from atalaya.incorporacion import reconocer

MESES = [f"{anio}-{mes:02d}" for anio in (2010, 2011) for mes in range(1, 13)]


def por_llave(filas: Filas) -> dict[tuple[str, str, str], dict[str, Any]]:
    return {(f["lugar"], f["indicador"].removeprefix("casos_policiales_"), f["periodo"]): f for f in filas}


@pytest.fixture
def ruta(tmp_path: Path) -> Path:
    return tmp_path / "un nombre cualquiera"


def test_se_reconoce_por_sus_columnas(ruta: Path, tmp_path: Path) -> None:
    assert reconocer(escribir_parquet(ruta, mensual())) is cead_mensual
    assert reconocer(escribir_parquet(ruta, tasas())) is cead_tasas
    de_mas = [{**fila, "nueva": 1} for fila in mensual()]
    assert not cead_mensual.reconocer(escribir_parquet(ruta, de_mas))
    ruta.write_bytes(b"PAR1 y nada")
    assert not cead_mensual.reconocer(ruta)
    assert not cead_mensual.reconocer(tmp_path)


def test_region_y_pais_son_la_suma_de_sus_comunas(ruta: Path) -> None:
    filas = por_llave(preparada(cead_mensual, escribir_parquet(ruta, mensual())))
    # Peñalolén 0-3, Santiago 4-7, Valparaíso 8-11; hurtos de enero son el 0, el 4 y el 8.
    assert filas["CL-13122", "hurtos", "2024-01"]["casos"] == 0
    assert filas["CL-13", "hurtos", "2024-01"]["casos"] == 4
    assert filas["CL-05", "hurtos", "2024-01"]["casos"] == 8
    assert filas["CL", "hurtos", "2024-01"]["casos"] == 12
    assert filas["CL", "hurtos", "2024-01"]["celda"] == "suma de 3 comunas › Hurtos"
    assert filas["CL", "danos", "2024-02"]["casos"] == 3 + 7 + 11
    assert len(filas) == 2 * 2 * (3 + 2 + 1)
    assert {f["edicion"] for f in filas.values()} == {"2024-02"}


def test_nada_suma_entre_delitos(ruta: Path) -> None:
    delitos = (
        "Delitos asociados a armas",
        "Crímenes y simples delitos ley de armas",
        "Porte de arma cortante o punzante",
    )
    filas = preparada(cead_mensual, escribir_parquet(ruta, mensual(delitos=delitos)))
    assert len({f["indicador"] for f in filas}) == 3
    assert "casos_policiales" not in {f["indicador"] for f in filas}


def test_un_millar_leido_como_decimal_se_corrige_y_lo_dice(ruta: Path) -> None:
    filas = mensual()
    filas[0]["delito_n"], filas[1]["delito_n"] = 1.096, 1.1
    leidas = por_llave(preparada(cead_mensual, escribir_parquet(ruta, filas)))
    assert leidas["CL-13122", "hurtos", "2024-01"]["casos"] == 1096
    assert leidas["CL-13122", "hurtos", "2024-02"]["casos"] == 1100
    assert "dice 1.096, separador de millares" in leidas["CL-13122", "hurtos", "2024-01"]["celda"]
    assert leidas["CL", "hurtos", "2024-01"]["casos"] == 1096 + 4 + 8
    assert "dice" not in leidas["CL-13122", "danos", "2024-01"]["celda"]


def test_la_errata_conocida_vale_solo_donde_el_archivo_dice_lo_que_se_sabe_malo(ruta: Path) -> None:
    """Santiago, hurtos, agosto de 2013 (erratas_registros.csv): dice 1 y son 1 000. Si ya viene bien, no se toca."""
    for dice, casos in ((1.0, 1000), (1.0e3, 1000), (7.0, 7)):
        filas = mensual(comunas=(13101,), delitos=("Hurtos",), meses=("2013-08",))
        filas[0]["delito_n"] = dice
        [comuna] = [f for f in preparada(cead_mensual, escribir_parquet(ruta, filas)) if f["lugar"] == "CL-13101"]
        assert comuna["casos"] == casos
        assert comuna["celda"].endswith("errata") == (dice == 1.0)


def test_antes_del_primer_caso_no_es_cero_si_pasa_un_ano(ruta: Path) -> None:
    filas = mensual(delitos=("Femicidios", "Hurtos"), meses=MESES)
    for fila in filas:
        fila["delito_n"] = 0.0
    casos = {("Femicidios", 13101, "2011-01-01"): 2.0, ("Hurtos", 5101, "2010-12-01"): 1.0}
    for fila in filas:
        fila["delito_n"] = casos.get((fila["delito"], int(fila["cut_comuna"]), str(fila["fecha"])), 0.0)
    leidas = por_llave(preparada(cead_mensual, escribir_parquet(ruta, filas)))
    antes, despues = leidas["CL-13122", "femicidios", "2010-12"], leidas["CL-13122", "femicidios", "2011-01"]
    assert (antes["casos"], antes["estado"]) == (None, "no_registrado")
    assert (despues["casos"], despues["estado"]) == (0, "dato")
    assert leidas["CL", "femicidios", "2010-01"]["estado"] == "no_registrado"
    # Once meses sin un caso no bastan para decir que no se registraba.
    assert leidas["CL-13122", "hurtos", "2010-01"]["estado"] == "dato"


def _cambiar(**cambios: Any) -> Callable[[Filas], None]:
    return lambda filas: filas[2].update(cambios)


@pytest.mark.parametrize(
    ("estropear", "donde", "esperado"),
    [
        (_cambiar(delito="Conducción temeraria"), "delito", "delitos.csv"),
        (_cambiar(cut_comuna=13999.0), "cut_comuna › renglones 3", "comuna de Chile"),
        (_cambiar(cut_comuna=13122.5), "cut_comuna › renglones 3", "comuna de Chile"),
        (_cambiar(cut_region=5.0), "cut_region › renglones 3", "la región de su comuna"),
        (_cambiar(delito_n=-1.0), "delito_n › renglones 3", "sin signo"),
        (_cambiar(delito_n=0.5), "delito_n › renglones 3", "cantidad de casos"),
        (_cambiar(delito_n=1.09651), "delito_n › renglones 3", "cantidad de casos"),
        (_cambiar(delito_n=float("nan")), "delito_n › renglones 3", "cantidad de casos"),
        (_cambiar(delito_n=None), "delito_n › renglones 3", "un valor"),
        (_cambiar(fecha=None), "fecha › renglones 3", "un valor"),
        (lambda filas: filas.append(filas[2]), "", "un renglón por"),
        (lambda filas: filas.pop(2), "", "todas las combinaciones"),
    ],
)  # fmt: skip
def test_lo_malo_se_rechaza(ruta: Path, estropear: Callable[[Filas], None], donde: str, esperado: str) -> None:
    filas = mensual()
    estropear(filas)
    with pytest.raises(ErrorFuente) as falla:
        cead_mensual.leer(escribir_parquet(ruta, filas))
    assert donde in falla.value.donde
    assert esperado in falla.value.esperado


def test_una_fecha_que_no_es_primero_de_mes(ruta: Path) -> None:
    filas = mensual()
    filas[0]["fecha"] = filas[0]["fecha"].replace(day=15)
    with pytest.raises(ErrorFuente, match="primer día"):
        cead_mensual.leer(escribir_parquet(ruta, filas))


def test_un_tipo_que_no_es(ruta: Path) -> None:
    filas = [{**fila, "delito_n": "muchos"} for fila in mensual()]
    with pytest.raises(ErrorFuente, match="con su tipo"):
        cead_mensual.leer(escribir_parquet(ruta, filas))


def test_las_tasas_van_sin_casos_y_sin_el_ultimo_ano(ruta: Path) -> None:
    filas = por_llave(preparada(cead_tasas, escribir_parquet(ruta, tasas())))
    uno = filas["CL-05101", "familia_vif", "2024"]
    assert (uno["casos"], uno["tasa_publicada_100k"], uno["meses"], uno["estado"]) == (None, 3.0, 12, "dato")
    assert filas["CL-13122", "casos_policiales", "2023"]["tasa_publicada_100k"] == 28.0
    assert {periodo for *_, periodo in filas} == {"2023", "2024"}  # 2025 sigue abierto: no se sabe qué meses cubre
    assert {f["edicion"] for f in filas.values()} == {"2025"}
    assert {lugar for lugar, *_ in filas} == {"CL-05101", "CL-13122"}


@pytest.mark.parametrize(
    ("estropear", "esperado"),
    [
        (_cambiar(familia="otra"), "delitos.csv"),
        (_cambiar(cut="99999"), "comuna de Chile"),
        (_cambiar(cut="Peñalolén"), "código (CUT)"),
        (_cambiar(tasa_100k=-1.0), "sin signo"),
        (_cambiar(tasa_100k=float("inf")), "sin signo"),
        (_cambiar(tasa_100k=2.001), "la suma de las de cada una"),
        (_cambiar(tasa_100k=None), "un valor"),
        (lambda filas: filas.append(filas[2]), "un renglón por"),
        (lambda filas: filas.pop(2), "todas las combinaciones"),
        (lambda filas: filas.__setitem__(slice(None), tasas(anios=(2024,))), "dos años o más"),
    ],
)
def test_las_tasas_malas_se_rechazan(ruta: Path, estropear: Callable[[Filas], None], esperado: str) -> None:
    filas = tasas()
    estropear(filas)
    with pytest.raises(ErrorFuente) as falla:
        cead_tasas.leer(escribir_parquet(ruta, filas))
    assert esperado in falla.value.esperado
