"""Los controles de la población: callan ante sumas que dan y señalan la que no, la que falta y los sexos cruzados."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from registros_de_juguete import motor_con, poblacion

from atalaya import catalogo
from atalaya.incorporacion import controlar

Filas = list[dict[str, Any]]
SIN_CONAPO = {"MX-24059", "MX-25019", "MX-25020"}
GRUPOS = [*(f"{desde}-{desde + 4}" for desde in range(0, 80, 5)), "80+"]


def _pais(clave: str) -> Filas:
    """Un país entero: 4 hombres y 6 mujeres en cada municipio, con sus entidades y su total."""
    municipios = [uno for uno in catalogo.lugares() if uno.startswith(clave) and re.fullmatch(r"..-\d{5}", uno)]
    cuantos: dict[str, int] = {}
    for uno in municipios:
        if uno not in SIN_CONAPO:
            for lugar in (uno, uno[:5], clave):
                cuantos[lugar] = cuantos.get(lugar, 0) + 1
    por_sexo = {"hombres": 4, "mujeres": 6, "total": 10}
    return [poblacion(lugar, 2024, n * veces, sexo=s) for lugar, veces in cuantos.items() for s, n in por_sexo.items()]


def sano() -> Filas:
    """México y Chile enteros, y las edades de Peñalolén (10 personas)."""
    edades = [poblacion("CL-13122", 2024, 10 if grupo == "20-24" else 0, edad=grupo) for grupo in GRUPOS]
    return [*_pais("MX"), *_pais("CL"), *edades]


def cambiar(lugar: str, sexo: str = "total", edad: str = "total", **cambios: Any) -> Callable[[Filas], Filas]:
    """Cambia esa fila; con `personas=None` la quita."""

    def _cambiar(filas: Filas) -> Filas:
        quien = (lugar, sexo, edad)
        nuevas = [f | cambios if (f["lugar"], f["sexo"], f["edad"]) == quien else f for f in filas]
        assert nuevas != filas
        return [f for f in nuevas if f["personas"] is not None]

    return _cambiar


def cruzar(filas: Filas) -> Filas:
    """Hombres por mujeres en México, como si los dos archivos llevaran el nombre del otro."""
    otro = {"hombres": "mujeres", "mujeres": "hombres", "total": "total"}
    return [f | {"sexo": otro[f["sexo"]]} if f["lugar"].startswith("MX") else f for f in filas]


POBLACIONES: list[tuple[str, Callable[[Filas], Filas], str]] = [
    ("poblacion_que_no_suma", cambiar("MX-15058", "hombres", personas=5), "hombres + mujeres"),
    ("poblacion_que_no_suma", cambiar("MX-15058", personas=11), "lugares que lo forman"),
    ("poblacion_que_no_suma", cambiar("MX-15", personas=1251), "lugares que lo forman"),
    ("poblacion_que_no_suma", cambiar("CL", "mujeres", personas=2077), "lugares que lo forman"),
    ("poblacion_que_no_suma", cambiar("CL-13122", edad="20-24", personas=9), "edades"),
    (
        "poblacion_que_no_suma",
        cambiar("CL-13122", edad="80+", personas=None),
        "faltan edades: no son diecisiete grupos",
    ),
    ("poblacion_que_no_suma", cambiar("CL-13122", edad="0-4", personas=-1), "negativa"),
    ("sexos_cruzados", cruzar, ""),
    ("denominador_que_falta", cambiar("CL-13122", personas=None), ""),
    ("denominador_que_falta", cambiar("MX-15058", "mujeres", personas=None), ""),
    ("clave_sin_catalogo", cambiar("MX-15058", proyeccion="conapo_2018"), ""),
    ("clave_sin_catalogo", cambiar("MX-15058", fuente="nadie"), ""),
]


def test_un_pais_entero_no_tiene_faltas(tmp_path: Path) -> None:
    assert controlar(motor_con(tmp_path, [], sano())) == {}


@pytest.mark.parametrize(("control", "estropear", "dicho"), POBLACIONES)
def test_cada_control_ve_su_falta(
    tmp_path: Path, control: str, estropear: Callable[[Filas], Filas], dicho: str
) -> None:
    faltas = controlar(motor_con(tmp_path, [], estropear(sano())))
    assert f"controlar/{control}" in faltas
    if dicho:
        assert dicho in faltas[f"controlar/{control}"]["falta"].to_pylist()


def test_un_solo_sexo_espera_a_los_otros(tmp_path: Path) -> None:
    """CONAPO los publica en tres archivos: mientras falte uno no hay qué sumar."""
    hombres = [f for f in sano() if f["sexo"] == "hombres"]
    assert controlar(motor_con(tmp_path, [], hombres)) == {}
