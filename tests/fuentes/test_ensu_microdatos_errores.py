"""Microdatos rotos de la ENSU: cada falla se dice con archivo, variable y renglón, y no se lee nada.

El paquete de juguete lleva los textos del diccionario de INEGI y ocho entrevistas que se cuentan con los dedos.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from atalaya.errores import ErrorFuente
from atalaya.fuentes import ensu_microdatos
from atalaya.motor import Motor

DICCIONARIO = """NOMBRE_CAMPO,NEMONICO,TIPO,LONGITUD,RANGO_CLAVES
Percepción de seguridad en la ciudad,BP1_1,Numérico,1,1
Percepción de seguridad en la ciudad,BP1_1,Numérico,1,2
Percepción de seguridad en la ciudad,BP1_1,Numérico,1,9
Identificación de la Policía Preventiva Municipal,BP1_7_1,Numérico,1,1
Percepción de la efectividad del desempeño de la Policía Preventiva Municipal,BP1_8_1,Numérico,1,1
"""
COLUMNAS = [
    "PER",
    "ID_PER",
    "UPM",
    "UPM_DIS",
    "EST_DIS",
    "FAC_SEL",
    "CD",
    "CVE_ENT",
    "CVE_MUN",
    "SEXO",
    "EDAD",
    "BP1_1",
    "BP1_7_1",
    "BP1_8_1",
]
ENTREVISTAS = (
    # dos estratos, dos UPM en cada uno, dos entrevistas por UPM; Nezahualcóyotl es el 28
    "0225,p1,1500001,1,10,100,28,15,058,1,18,2,1,1",
    "0225,p2,1500001,1,10,300,28,15,058,2,30,1,1,4",
    "0225,p3,1500002,2,10,200,28,15,058,1,98,2,2,",
    "0225,p4,1500002,2,10,400,28,15,058,2,60,9,3,",
    "0225,p5,0900001,3,20,100,71,09,002,1,45,2,3,",
    "0225,p6,0900001,3,20,100,71,09,002,2,59,1,3,",
    "0225,p7,0900002,4,20,500,71,09,002,1,97,1,9,",
    "0225,p8,0900002,4,20,300,71,09,002,2,29,2,1,9",
)


@pytest.fixture
def paquete(tmp_path: Path) -> Callable[..., Path]:
    def escribir(
        entrevistas: tuple[str, ...] = ENTREVISTAS, columnas: list[str] = COLUMNAS, diccionario: str = DICCIONARIO
    ) -> Path:
        texto = "\n".join([",".join(columnas), *entrevistas]) + "\n"
        return _escribir(tmp_path, texto.encode(), diccionario.encode())

    return escribir


def _escribir(carpeta: Path, datos: bytes, diccionario: bytes) -> Path:
    (carpeta / "conjunto_de_datos").mkdir(exist_ok=True)
    (carpeta / "diccionario_de_datos").mkdir(exist_ok=True)
    (carpeta / "conjunto_de_datos" / "conjunto_de_datos_ensu_cb_0625.csv").write_bytes(datos)
    (carpeta / "diccionario_de_datos" / "diccionario_de_datos_ensu_cb_0625.csv").write_bytes(diccionario)
    return carpeta


def _cambiada(numero: int, columna: str, valor: str) -> tuple[str, ...]:
    celdas = ENTREVISTAS[numero].split(",")
    celdas[COLUMNAS.index(columna)] = valor
    return (*ENTREVISTAS[:numero], ",".join(celdas), *ENTREVISTAS[numero + 1 :])


def test_el_paquete_de_juguete_se_cuenta_con_los_dedos(paquete: Callable[..., Path]) -> None:
    ruta = paquete()
    assert ensu_microdatos.reconocer(ruta)
    filas = Motor(None).correr_con(ensu_microdatos.PREPARAR, ensu_microdatos.leer(ruta).tablas).to_pylist()
    por = {fila["entrevista"]: fila for fila in filas}
    assert [por[f"p{i}"]["inseguridad_ciudad"] for i in range(1, 9)] == [1, 0, 1, 0, 1, 0, 0, 1]
    assert [por[f"p{i}"]["identifica_policia_municipal"] for i in range(1, 9)] == [1, 1, 0, None, None, None, 0, 1]
    # La alcaldía no tiene policía municipal (3) y p7 no supo (9): sólo cuentan quienes la identifican.
    efectividad = [por[f"p{i}"]["efectividad_policia_municipal"] for i in range(1, 9)]
    assert efectividad == [1, 0, None, None, None, None, None, 0]
    assert [por[f"p{i}"]["edad"] for i in range(1, 9)] == [
        "18-29", "30-39", None, "60+", "40-49", "50-59", "60+", "18-29",
    ]  # fmt: skip
    assert (por["p1"]["lugar"], por["p5"]["lugar"]) == ("MX-CD28", "MX-CD71")
    assert [por[f"p{i}"]["upm"] for i in (1, 2, 8)] == [1500001, 1500001, 900002]


@pytest.mark.parametrize("columna", ["FAC_SEL", "EST_DIS", "UPM_DIS", "CD", "PER"])
def test_sin_una_columna_del_diseno_no_se_lee(paquete: Callable[..., Path], columna: str) -> None:
    quitar = COLUMNAS.index(columna)
    filas = tuple(",".join(c for i, c in enumerate(f.split(",")) if i != quitar) for f in ENTREVISTAS)
    ruta = paquete(filas, [c for c in COLUMNAS if c != columna])
    with pytest.raises(ErrorFuente, match=rf"faltan \w+ \({columna}"):
        ensu_microdatos.leer(ruta)


@pytest.mark.parametrize(
    ("numero", "columna", "valor", "dicho"),
    [
        (2, "FAC_SEL", "0", r"FAC_SEL\n.*un factor de expansión positivo\n.*0 en 1 renglones \(4\)"),
        (2, "FAC_SEL", "-5", r"un factor de expansión positivo\n.*-5 en 1 renglones \(4\)"),
        (2, "FAC_SEL", "", r"FAC_SEL\n.*un número\n.*\(en blanco\) en 1 renglones \(4\)"),
        (2, "FAC_SEL", "mil", r"un número\n.*mil en 1 renglones \(4\)"),
        (0, "EST_DIS", "20", r"la UPM 1 está en los estratos 10 y 20; renglones 2, 3"),
        (4, "BP1_1", "7", r"BP1_1\n.*una de las claves 1, 2, 9\n.*7 en 1 renglones \(6\)"),
        (0, "BP1_8_1", "8", r"BP1_8_1\n.*una de las claves 1, 2, 3, 4, 9\n.*8 en 1 renglones \(2\)"),
        (1, "BP1_8_1", "", r"BP1_8_1\n.*la pregunta aplicaba\n.*\(en blanco\) en 1 renglones \(3\)"),
        (3, "ID_PER", "p1", r"una sola fila por entrevista\n.*p1 en 2 renglones \(2, 5\)"),
        (5, "CD", "99", r"renglones 7\n.*ciudades que INEGI cubre en 2025T2\n.*las claves 99"),
        (0, "SEXO", "3", r"SEXO › renglones 2\n.*1 hombre o 2 mujer\n.*3"),
        (0, "PER", "0125", r"PER\n.*un solo trimestre.*\n.*0125, 0225"),
    ],
)
def test_un_valor_imposible_se_dice_con_su_renglon(
    paquete: Callable[..., Path], numero: int, columna: str, valor: str, dicho: str
) -> None:
    with pytest.raises(ErrorFuente, match=dicho):
        ensu_microdatos.leer(paquete(_cambiada(numero, columna, valor)))


@pytest.mark.parametrize("per", ["0525", "0715", "0014", "PER"])
def test_un_periodo_que_no_existe_se_rechaza(paquete: Callable[..., Path], per: str) -> None:
    filas = tuple(f.replace("0225,", f"{per},", 1) for f in ENTREVISTAS)
    with pytest.raises(ErrorFuente, match="MMAA en 2015, 0TAA después"):
        ensu_microdatos.leer(paquete(filas))


def test_codificaciones_mezcladas_en_los_datos(tmp_path: Path) -> None:
    columnas = ",".join([*COLUMNAS, "NOM_CD"])
    utf8 = f"{columnas}\n{ENTREVISTAS[0]},Nezahualcóyotl\n".encode()
    ruta = _escribir(tmp_path, utf8 + f"{ENTREVISTAS[1]},León\n".encode("cp1252"), DICCIONARIO.encode())
    with pytest.raises(ErrorFuente, match="UTF-8 en los renglones 2 y otra en los renglones 3"):
        ensu_microdatos.leer(ruta)


def test_un_registro_cortado_se_dice(paquete: Callable[..., Path]) -> None:
    with pytest.raises(ErrorFuente, match="14 celdas en cada registro"):
        ensu_microdatos.leer(paquete((*ENTREVISTAS[:3], "0225,p4,15000")))


def test_un_archivo_sin_registros_se_dice(paquete: Callable[..., Path]) -> None:
    with pytest.raises(ErrorFuente, match="al menos un registro"):
        ensu_microdatos.leer(paquete(()))


def test_una_columna_repetida_se_dice(paquete: Callable[..., Path]) -> None:
    with pytest.raises(ErrorFuente, match="se repite CD"):
        ensu_microdatos.leer(paquete(tuple(f + ",28" for f in ENTREVISTAS), [*COLUMNAS, "CD"]))


def test_una_pregunta_que_casa_con_dos_variables_se_dice(paquete: Callable[..., Path]) -> None:
    doble = DICCIONARIO + "Percepción de seguridad en la ciudad.,BP1_1B,Numérico,1,1\n"
    with pytest.raises(ErrorFuente, match=r"una sola variable para «inseguridad_ciudad»"):
        ensu_microdatos.leer(paquete(diccionario=doble))


def test_un_zip_truncado_o_de_otra_cosa_no_se_reconoce(paquete: Callable[..., Path], tmp_path: Path) -> None:
    carpeta = paquete()
    bueno = tmp_path / "ensu.zip"
    with zipfile.ZipFile(bueno, "w", zipfile.ZIP_DEFLATED) as escrito:
        for archivo in carpeta.rglob("*.csv"):
            escrito.write(archivo, archivo.relative_to(carpeta).as_posix())
    assert ensu_microdatos.reconocer(bueno)
    cortado = tmp_path / "cortado.zip"
    cortado.write_bytes(bueno.read_bytes()[:-60])
    ajeno = tmp_path / "otro.zip"
    with zipfile.ZipFile(ajeno, "w") as escrito:
        escrito.writestr("conjunto_de_datos/conjunto_de_datos_enigh.csv", "a,b\n1,2\n")
    texto = tmp_path / "texto.csv"
    texto.write_text("a,b\n1,2\n")
    assert [ensu_microdatos.reconocer(r) for r in (cortado, ajeno, texto)] == [False, False, False]
    with pytest.raises(ErrorFuente, match="los datos del cuestionario básico"):
        ensu_microdatos.leer(ajeno)


def test_un_miembro_del_zip_danado_se_dice(paquete: Callable[..., Path], tmp_path: Path) -> None:
    carpeta = paquete()
    ruta = tmp_path / "danado.zip"
    with zipfile.ZipFile(ruta, "w", zipfile.ZIP_STORED) as escrito:
        for archivo in carpeta.rglob("*.csv"):
            escrito.write(archivo, archivo.relative_to(carpeta).as_posix())
    ruta.write_bytes(ruta.read_bytes().replace(b"0225,p1,", b"0225,pX,"))
    with pytest.raises(ErrorFuente, match="un zip íntegro"):
        ensu_microdatos.leer(ruta)


def test_si_upm_dis_no_equivale_a_la_upm_no_hay_enlace_entre_trimestres(paquete: Callable[..., Path]) -> None:
    """Dos UPM del marco en una sola del diseño: enlazar por la del marco cambiaría el diseño."""
    tablas = ensu_microdatos.leer(paquete(_cambiada(0, "UPM", "1500009"))).tablas
    assert tablas["entrevistas"]["upm_enlace"].null_count == len(ENTREVISTAS)
    assert tablas["entrevistas"]["upm"].to_pylist() == [1, 1, 2, 2, 3, 3, 4, 4]
    # La del diseño, atada a su trimestre: ninguna de otro puede llevar el mismo número.
    ola = Motor(None).correr_con(ensu_microdatos.PREPARAR, tablas)
    assert sorted(set(ola["upm"].to_pylist())) == [20252_000_000_000 + i for i in (1, 2, 3, 4)]
