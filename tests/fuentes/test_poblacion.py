"""Lectores de población con archivos de juguete: qué reconocen, qué suman y qué rechazan."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from atalaya.acervo.revision import revisar_contrato
from atalaya.contratos import POBLACION
from atalaya.errores import ErrorFuente
from atalaya.fuentes import conapo, ine_censo, ine_proyecciones
from atalaya.fuentes.habitantes import PREPARAR
from atalaya.fuentes.lectura import Lectura
from atalaya.incorporacion import reconocer
from atalaya.motor import Motor

ENORME = 50_000_000  # un total de juguete tiene que parecer un país


def preparada(lectura: Lectura) -> dict[tuple[str, int, str, str], int]:
    """Lo que `poblacion.sql` da, por (lugar, año, sexo, edad)."""
    motor = Motor(None)
    tabla = motor.correr_con(PREPARAR, lectura.tablas).cast(POBLACION)
    motor.cerrar()
    assert revisar_contrato("poblacion", tabla) == []
    return {(f["lugar"], f["anio"], f["sexo"], f["edad"]): f["personas"] for f in tabla.to_pylist()}


# ── CONAPO ───────────────────────────────────────────────────────────────────────────────────────


def csv_conapo(carpeta: Path, nombre: str = "municipal_total.csv", **municipios: Any) -> Path:
    """Un archivo de CONAPO con el mismo número todos los años."""
    municipios = municipios or {"15058": ENORME, "15057": ENORME, "01001": 7}
    renglones = [f"{clave},Entidad,Nombre," + ",".join([str(valor)] * 51) for clave, valor in municipios.items()]
    ruta = carpeta / nombre
    ruta.write_text("\n".join([",".join(conapo.ENCABEZADO), *renglones]) + "\n", encoding="utf-8")
    return ruta


def test_conapo_suma_entidad_y_pais_y_no_inventa_edades(tmp_path: Path) -> None:
    ruta = csv_conapo(tmp_path)
    assert reconocer(ruta) is conapo
    lectura = conapo.leer(ruta)
    assert (lectura.fuente, lectura.edicion, lectura.producto) == ("conapo", "2040", "total")
    cifras = preparada(lectura)
    assert {anio for _, anio, _, _ in cifras} == set(range(2010, 2031))
    assert {(sexo, edad) for _, _, sexo, edad in cifras} == {("total", "total")}
    lugares = {"MX-15058": ENORME, "MX-15057": ENORME, "MX-01001": 7, "MX-15": 2 * ENORME, "MX-01": 7}
    lugares["MX"] = 2 * ENORME + 7
    assert {lugar: n for (lugar, anio, _, _), n in cifras.items() if anio == 2024} == lugares


@pytest.mark.parametrize("sexo", ["hombres", "mujeres"])
def test_un_sexo_de_conapo_no_pasa_por_total(tmp_path: Path, sexo: str) -> None:
    lectura = conapo.leer(csv_conapo(tmp_path, f"conapo_{sexo}.csv", **{"15058": 5}))
    assert lectura.producto == sexo
    assert {clave[2] for clave in preparada(lectura)} == {sexo}


@pytest.mark.parametrize(
    ("nombre", "municipios", "dicho"),
    [
        ("poblacion.csv", {"15058": ENORME}, "el contenido no lo dice"),
        ("hombres_y_mujeres.csv", {"15058": 5}, "el contenido no lo dice"),
        ("mujeres.csv", {"15058": 2 * ENORME}, "menos de 90,000,000"),
        ("total.csv", {"15058": 5}, "más de 90,000,000"),
        ("hombres.csv", {"1001": 5}, "cero inicial"),
        ("hombres.csv", {"15058": ""}, "número entero de personas"),
        ("hombres.csv", {"15058": "1.5"}, "número entero de personas"),
        ("hombres.csv", {"15058": "-3"}, "número entero de personas"),
        ("hombres.csv", {"15058": "3,4"}, "54 celdas"),
        ("hombres.csv", {"15058": 5, "15058,x\n15058": 5}, "54 celdas"),
    ],
)
def test_conapo_que_no_es_lo_que_dice(tmp_path: Path, nombre: str, municipios: dict[str, Any], dicho: str) -> None:
    with pytest.raises(ErrorFuente) as falla:
        conapo.leer(csv_conapo(tmp_path, nombre, **municipios))
    assert dicho in str(falla.value)


def test_conapo_con_un_municipio_dos_veces(tmp_path: Path) -> None:
    ruta = csv_conapo(tmp_path, "hombres.csv", **{"15058": 5})
    ruta.write_text(ruta.read_text(encoding="utf-8") + ruta.read_text(encoding="utf-8").splitlines()[1] + "\n", "utf-8")
    with pytest.raises(ErrorFuente, match="repite el renglón 2"):
        conapo.leer(ruta)


def test_otra_edicion_de_conapo_no_se_reconoce(tmp_path: Path) -> None:
    ruta = csv_conapo(tmp_path)
    ruta.write_text(ruta.read_text(encoding="utf-8").replace(",1990,", ",1989,", 1), "utf-8")
    assert not conapo.reconocer(ruta)


# ── INE de Chile: proyecciones ───────────────────────────────────────────────────────────────────


def parquet_ine(carpeta: Path, cambiar: Callable[[list[dict[str, Any]]], Any] = lambda filas: None) -> Path:
    """Dos comunas de la Metropolitana y una de Tarapacá; en cada celda, tantas personas como el sexo (1 o 2)."""
    filas = [
        dict(
            zip(
                ine_proyecciones.COLUMNAS,
                [comuna // 1000, "R", comuna // 100, "P", comuna, "C", sexo, edad, *[sexo] * 34],
                strict=True,
            )
        )
        for comuna in (13122, 13101, 1101)
        for sexo in (1, 2)
        for edad in range(81)
    ]
    cambiar(filas)
    ruta = carpeta / "cualquiera.parquet"
    pq.write_table(pa.Table.from_pylist(filas), ruta)
    return ruta


def test_ine_suma_sexos_edades_regiones_y_pais(tmp_path: Path) -> None:
    ruta = parquet_ine(tmp_path)
    assert reconocer(ruta) is ine_proyecciones
    lectura = ine_proyecciones.leer(ruta)
    assert (lectura.fuente, lectura.edicion) == ("ine_poblacion", "2035")
    cifras = preparada(lectura)
    assert {lugar for lugar, *_ in cifras} == {"CL-13122", "CL-13101", "CL-01101", "CL-13", "CL-01", "CL"}
    # 81 edades: 81 hombres y 162 mujeres en cada comuna; cinco edades por quinquenio y una en 80+.
    de_una = {(sexo, edad): n for (lugar, anio, sexo, edad), n in cifras.items() if (lugar, anio) == ("CL-13122", 2024)}
    assert [de_una[sexo, "total"] for sexo in ("hombres", "mujeres", "total")] == [81, 162, 243]
    assert [de_una["mujeres", edad] for edad in ("0-4", "75-79", "80+")] == [10, 10, 2]
    assert len(de_una) == 3 * 18
    assert (cifras["CL-13", 2002, "total", "total"], cifras["CL", 2035, "total", "total"]) == (486, 729)
    assert {edad for _, anio, _, edad in cifras if anio != 2024} == {"total"}


@pytest.mark.parametrize(
    ("cambiar", "dicho"),
    [
        (lambda filas: filas.pop(), "162 renglones por comuna"),
        (lambda filas: filas[0].update({ine_proyecciones.SEXO: 3}), "de 1 a 2"),
        (lambda filas: filas[0].update(Edad=81), "de 0 a 80"),
        (lambda filas: filas[0].update(Edad=1), "cada celda una vez"),
        (lambda filas: filas[0].update({"Poblacion 2024": None}), "un valor en cada renglón"),
        (lambda filas: filas[0].update({"Poblacion 2024": -1}), "un entero de cero o más"),
    ],
)
def test_ine_incompleto_o_imposible(tmp_path: Path, cambiar: Callable[[list[dict[str, Any]]], Any], dicho: str) -> None:
    with pytest.raises(ErrorFuente) as falla:
        ine_proyecciones.leer(parquet_ine(tmp_path, cambiar))
    assert dicho in str(falla.value)


# ── INE de Chile: censo ──────────────────────────────────────────────────────────────────────────

Renglones = list[list[Any]]


def libro_censo(carpeta: Path, cambiar: Callable[[Renglones], Any] = lambda renglones: None) -> Path:
    """El cuadro D1 con dos comunas y tres grupos de edad."""
    grupos = [("0 a 4", 3, 2), ("80 a 84", 1, 4), ("85 o más", 1, 1)]
    renglones: Renglones = []
    for comuna, veces, total in ((0, 2, "Total País"), (13122, 1, "Total Comuna"), (15101, 1, "Total Comuna")):
        lugar = [comuna // 1000, "R", comuna // 100, "P", comuna, "C"]
        renglones.append([*lugar, total, 12 * veces, 5 * veces, 7 * veces, 71.4])
        renglones += [[*lugar, grupo, (h + m) * veces, h * veces, m * veces, 1] for grupo, h, m in grupos]
    cambiar(renglones)
    libro = openpyxl.Workbook()
    libro.active.title = "Nota"
    hoja = libro.create_sheet("4")
    pie = "Fuente: Censo de Población y Vivienda 2024 - Instituto Nacional de Estadísticas."
    encabezado = [*ine_censo.ENCABEZADO, "Razón hombre-mujer"]
    for fila in ([""], [""], [ine_censo.TITULO], encabezado, *renglones, [None], [pie]):
        hoja.append(fila)
    ruta = carpeta / "cualquiera.xlsx"
    libro.save(ruta)
    return ruta


def test_censo_por_sexo_y_quinquenio(tmp_path: Path) -> None:
    ruta = libro_censo(tmp_path)
    assert reconocer(ruta) is ine_censo
    lectura = ine_censo.leer(ruta)
    assert (lectura.edicion, lectura.tablas["publicacion"]["proyeccion"].to_pylist()) == ("2024", ["censo_2024"])
    cifras = preparada(lectura)
    assert cifras["CL-13122", 2024, "total", "total"] == 12
    assert cifras["CL-13122", 2024, "mujeres", "80+"] == 5  # 80 a 84 y 85 o más
    assert cifras["CL-13122", 2024, "hombres", "0-4"] == 3
    assert cifras["CL", 2024, "hombres", "total"] == 10
    assert cifras["CL-15", 2024, "total", "80+"] == 7


@pytest.mark.parametrize(
    ("cambiar", "dicho"),
    [
        # Renglones 0-3, el país; 4-7, la comuna 13122: el total y sus tres grupos.
        (lambda r: r[5].__setitem__(8, 4), "4 hombres + 2 mujeres"),
        (lambda r: r[5].__setitem__(8, "3*"), "Hombres: un entero"),
        (lambda r: r[5].__setitem__(8, None), "Hombres: un entero"),
        (lambda r: r[5].__setitem__(6, "cero a cuatro"), "un grupo como «5 a 9» o el total"),
        (lambda r: r.pop(5), "comuna 13122"),
        (lambda r: r.pop(4), "comuna 13122"),
        (lambda r: r.append(r[5]), "comuna 13122"),
        (lambda r: [r.pop() for _ in range(4)], "sumando comunas"),
    ],
)
def test_censo_que_no_cuadra(tmp_path: Path, cambiar: Callable[[Renglones], Any], dicho: str) -> None:
    with pytest.raises(ErrorFuente) as falla:
        ine_censo.leer(libro_censo(tmp_path, cambiar))
    assert dicho in str(falla.value)


def test_otro_libro_u_otro_archivo_no_se_reconoce(tmp_path: Path) -> None:
    libro = openpyxl.Workbook()
    libro.active.title = "4"
    libro.save(tmp_path / "otro.xlsx")
    (tmp_path / "texto.csv").write_text("hola\n", "utf-8")
    pq.write_table(pa.table({"Region": [1]}), tmp_path / "otro.parquet")
    for ruta in tmp_path.iterdir():
        assert not any(modulo.reconocer(ruta) for modulo in (conapo, ine_proyecciones, ine_censo))
    assert not any(modulo.reconocer(tmp_path) for modulo in (conapo, ine_proyecciones, ine_censo))
