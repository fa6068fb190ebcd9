"""El conteo de entrevistas: qué se reconoce, qué se rechaza y con qué lugar se casa cada municipio."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc_csv
import pytest

from atalaya.acervo.revision import revisar_contrato
from atalaya.contratos import MUESTRA
from atalaya.errores import ErrorFuente
from atalaya.fuentes import ensu_entrevistas
from atalaya.motor import Motor

ENCABEZADO = ",".join(ensu_entrevistas.ENCABEZADO)


def archivo(carpeta: Path, *renglones: str, encabezado: str = ENCABEZADO) -> Path:
    ruta = carpeta / "conteo.csv"
    ruta.write_text("\n".join([encabezado, *renglones]) + "\n", encoding="utf-8")
    return ruta


def muestra(ruta: Path) -> dict[tuple[str, str], dict]:
    motor = Motor(None)
    tabla = motor.correr_con(ensu_entrevistas.PREPARAR, ensu_entrevistas.leer(ruta).tablas).cast(MUESTRA)
    motor.cerrar()
    assert revisar_contrato("muestra", tabla) == []
    return {(fila["periodo"], fila["lugar"]): fila for fila in tabla.to_pylist()}


def test_se_reconoce_por_su_encabezado(tmp_path: Path) -> None:
    assert ensu_entrevistas.reconocer(archivo(tmp_path, "2025T2,MEXICO,ECATEPEC DE MORELOS,1,1,0,0"))
    assert not ensu_entrevistas.reconocer(archivo(tmp_path, encabezado="a,b"))
    binario = tmp_path / "x.zip"
    binario.write_bytes(bytes(range(256)))
    assert not ensu_entrevistas.reconocer(binario)
    assert not ensu_entrevistas.reconocer(tmp_path)


@pytest.mark.parametrize(
    ("renglon", "esperado"),
    [
        ("2025T5,MEXICO,ECATEPEC,2,1,1,0", "trimestre"),
        ("2025S1,MEXICO,ECATEPEC,2,1,1,0", "trimestre"),
        ("2025T2,MEXICO,ECATEPEC,2,1,0,0", "suman lo mismo"),
        ("2025T2,MEXICO,ECATEPEC,0,0,0,0", "una o más"),
        ("2025T2,MEXICO,ECATEPEC,-2,1,1,0", "entero"),
        ("2025T2,MEXICO,ECATEPEC,2.0,1,1,0", "entero"),
        ("2025T2,MEXICO,ECATEPEC,2,1,1", "7 columnas"),
        ("2025T2,MEXICO,ECATEPEC,2,1,1,0,9", "7 columnas"),
    ],
)
def test_lo_malo_se_rechaza_con_su_renglon(tmp_path: Path, renglon: str, esperado: str) -> None:
    ruta = archivo(tmp_path, "2025T2,MEXICO,NEZAHUALCOYOTL,2,1,1,0", renglon)
    with pytest.raises(ErrorFuente, match="renglón 3") as falla:
        ensu_entrevistas.leer(ruta)
    assert esperado in falla.value.esperado


def test_repetido_y_vacio(tmp_path: Path) -> None:
    uno = "2025T2,MEXICO,NEZAHUALCOYOTL,2,1,1,0"
    with pytest.raises(ErrorFuente, match="repite el renglón 2"):
        ensu_entrevistas.leer(archivo(tmp_path, uno, uno))
    with pytest.raises(ErrorFuente, match="sólo el encabezado"):
        ensu_entrevistas.leer(archivo(tmp_path))


def test_se_suman_los_municipios_del_area(tmp_path: Path) -> None:
    """Torreón cuenta en su dominio y en La Laguna, y en la nación una vez; sin acentos ni mayúsculas también casa."""
    filas = muestra(
        archivo(
            tmp_path,
            "2025T2,COAHUILA DE ZARAGOZA,TORREON,245,245,0,0",
            "2025T2,Durango,Gómez Palacio,80,80,0,0",
            "2025T2,ESTADO DE MEXICO,NEZAHUALCOYOTL,268,268,0,0",
        )
    )
    conteo = {lugar: fila["entrevistas"] for (_, lugar), fila in filas.items()}
    assert conteo == {"MX-05035": 245, "MX-CD07": 325, "MX-CD28": 268, "MX": 593}


def test_antes_de_ser_dominio_no_cuenta_como_tal(tmp_path: Path) -> None:
    filas = muestra(archivo(tmp_path, "2019T1,CIUDAD DE MEXICO,IZTAPALAPA,90,90,0,0"))
    assert {lugar for _, lugar in filas} == {"MX", "MX-CD17"}  # región Oriente: la alcaldía es área desde 2019T3


def test_lo_que_no_casa_se_lista(tmp_path: Path) -> None:
    filas = muestra(archivo(tmp_path, "2022T1,JALISCO,TLAJOMULCO DE ZUA±IGA,258,258,0,0"))
    assert set(filas) == {("2022T1", "MX")}
    assert filas["2022T1", "MX"]["nota"] == "TLAJOMULCO DE ZUA±IGA (JALISCO): 258"


@pytest.mark.fuentes
def test_el_archivo_entero(fuentes: Path) -> None:
    """28 trimestres; cada área vigente tiene su conteo, menos Tlajomulco (mal escrito) y Acapulco (huracán Otis)."""
    filas = muestra(fuentes / "ensu" / "referencia" / "entrevistas_por_municipio.csv")
    assert len({periodo for periodo, _ in filas}) == 28
    motor = Motor(None)
    areas: pa.Table = motor._conexion.sql(
        "select lugar, desde, hasta from lugares where tipo = 'area_urbana'"
    ).to_arrow_table()
    faltan = {
        (periodo, area["lugar"])
        for periodo, lugar in filas
        if lugar == "MX"
        for area in areas.to_pylist()
        if area["desde"] <= periodo <= (area["hasta"] or "9") and (periodo, area["lugar"]) not in filas
    }
    assert faltan == {("2022T1", "MX-CD61"), ("2022T2", "MX-CD61"), ("2023T4", "MX-CD21")}
    assert {p: f["nota"] for (p, lugar), f in filas.items() if lugar == "MX" and f["nota"]} == {
        "2022T1": "TLAJOMULCO DE ZUA±IGA (JALISCO): 258",
        "2022T2": "TLAJOMULCO DE ZUA±IGA (JALISCO): 257",
    }
    assert filas["2025T2", "MX"]["entrevistas"] == 23_717


@pytest.mark.fuentes
def test_el_conteo_es_de_las_entrevistas_que_inegi_pondera(fuentes: Path) -> None:
    """El archivo no es de INEGI. Sin ponderar, su inseguridad por área es casi la publicada: r > 0.99 en cada trimestre
    y ninguna área a más de tres errores estándar. Un trimestre mal rotulado no lo pasaría."""
    from atalaya.acervo.lectura import DEL_PROYECTO
    from atalaya.motor import abrir

    motor = abrir(DEL_PROYECTO)
    crudas = pc_csv.read_csv(fuentes / "ensu" / "referencia" / "entrevistas_por_municipio.csv")
    columnas = {nombre: crudas[nombre] for nombre in ("municipio", "entidad")}
    conteos = pa.table(
        {"archivo": ["x"] * len(crudas), "periodo": crudas["trimestre"], **columnas, "entrevistas": crudas["inseguro"]}
    )
    inseguras = motor.correr_con(ensu_entrevistas.PREPARAR, {"conteos": conteos})
    with motor.con_tablas({"inseguras": inseguras}) as cursor:
        filas = cursor.sql(
            "select periodo, count(*) as areas, corr(100.0 * i.entrevistas / m.entrevistas, valor_pct) as r, "
            "count(*) filter (abs(100.0 * i.entrevistas / m.entrevistas - valor_pct) > 3 * error_estandar) as lejos "
            "from inseguras as i join muestra as m using (periodo, lugar) join estimacion_con_error as e "
            "using (periodo, lugar) where indicador = 'inseguridad_ciudad' and desglose = 'total' and lugar <> 'MX' "
            "group by periodo"
        ).to_arrow_table()
    assert filas.num_rows == 13
    for fila in filas.to_pylist():
        assert fila["areas"] >= 85
        assert fila["r"] > 0.99, fila
        assert fila["lejos"] == 0, fila
