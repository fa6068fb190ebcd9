"""El lector de tabulados ENSU sobre un zip mínimo de juguete: qué lee, qué ignora y qué rechaza diciendo dónde."""

from __future__ import annotations

import ensu_minimo as minimo
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from openpyxl import Workbook
from openpyxl.styles import PatternFill

from atalaya import catalogo
from atalaya.acervo.revision import revisar_contrato
from atalaya.contratos import ESTIMACION
from atalaya.errores import ErrorFuente
from atalaya.fuentes import ensu_descripcion, ensu_tabulados
from atalaya.fuentes.ensu_coherencia import lugares_esperados
from atalaya.motor import Motor

LUGARES = len(lugares_esperados(minimo.EDICION))
REPETIDOS = 1  # La Laguna
CELDAS_CIUDADES = 5 * (LUGARES + REPETIDOS)
CELDAS_SERIE = 3 * 2 * 3


def leer(ruta, *cambios):
    return ensu_tabulados.leer(minimo.escribir(ruta / "ensu.zip", *cambios))


def una(tabla: pa.Table, **claves) -> dict:
    for campo, valor in claves.items():
        tabla = tabla.filter(pc.equal(tabla[campo], valor))
    assert tabla.num_rows == 1, tabla.to_pylist()
    return tabla.to_pylist()[0]


def preparar(lectura) -> pa.Table:
    motor = Motor(None)
    try:
        return motor.correr_con(ensu_tabulados.PREPARAR, lectura.tablas).cast(ESTIMACION)
    finally:
        motor.cerrar()


def test_reconoce_por_contenido_y_no_por_nombre(tmp_path):
    ruta = minimo.escribir(tmp_path / "cualquier cosa.dat")
    otro = minimo.empacar(tmp_path / "ensu2t2025_estimaciones.zip", {"libro.xlsx": Workbook()})
    (tmp_path / "texto.zip").write_text("no soy un zip")
    assert ensu_tabulados.reconocer(ruta)
    assert not ensu_tabulados.reconocer(otro)
    assert not ensu_tabulados.reconocer(tmp_path / "texto.zip")
    assert not ensu_tabulados.reconocer(tmp_path / "no existe.zip")


def test_lee_todas_las_celdas_y_dice_donde_esta_cada_una(tmp_path):
    lectura = leer(tmp_path)
    celdas = lectura.tablas["celdas"]
    # El archivo se llamaba ensu.zip: lo que se guarda es el nombre oficial.
    oficial = "ensu2t2025_estimaciones.zip"
    assert (lectura.fuente, lectura.edicion, lectura.archivo) == ("ensu", "2025T2", oficial)
    assert celdas.schema.equals(ensu_tabulados.CELDAS)
    assert celdas.num_rows == CELDAS_CIUDADES + CELDAS_SERIE
    neza = una(celdas, hoja="1.7", lugar="MX-CD28", rubro="inseguro", medida="porcentaje")
    assert (neza["valor"], neza["periodo"], neza["desglose"]) == (59.0, "2025T2", "total")
    assert neza["estado"] == "dato"
    assert una(celdas, hoja="1.7", celda=neza["denominador"])["valor"] == minimo.POBLACION


def test_la_llamada_en_superindice_no_es_parte_de_la_etiqueta_ni_del_periodo(tmp_path):
    celdas = leer(tmp_path).tablas["celdas"]
    assert una(celdas, hoja="1.7", lugar="MX-CD55", rubro="seguro", medida="absoluto")["valor"] == minimo.SEGUROS
    assert una(celdas, hoja="1.2", periodo="2023T4", desglose="sexo:mujeres", rubro="inseguro")["valor"] == 63.5


def test_el_color_es_la_precision_y_el_blanco_no_dice_nada(tmp_path):
    def pintar(libro):
        for celda, color in (("D11", minimo.MODERADA), ("E11", minimo.BAJA), ("D12", "FFFFFFFF")):
            libro["1.7"][celda].fill = PatternFill("solid", color)

    celdas = leer(tmp_path, pintar).tablas["celdas"]
    precision = {c: una(celdas, hoja="1.7", celda=c)["precision"] for c in ("D11", "E11", "D12", "E12", "B10")}
    assert precision == {"D11": "moderada", "E11": "baja", "D12": "alta", "E12": "alta", "B10": "alta"}


@pytest.mark.parametrize(
    ("escrito", "estado", "valor", "texto"),
    [
        (("ND", "ND"), "no_disponible", None, "ND"),
        (("NS", "NS"), "no_disponible", None, "NS"),
        (("NA", "NA"), "no_aplica", None, "NA"),
        (("0*", "NA"), "no_aplica", None, "NA"),  # así lo escribió INEGI en 2021T2
        (("0*", "0.0*"), "dato", 0.0, "0.0*"),
        ((1000, "100.0*"), "dato", 100.0, "100.0*"),
    ],
)
def test_lo_que_no_es_numero_tiene_estado(tmp_path, escrito, estado, valor, texto):
    def poner(libro):
        libro["1.7"]["D11"], libro["1.7"]["E11"] = escrito
        libro["1.7"]["D12"], libro["1.7"]["E12"] = 0, 0

    lectura = leer(tmp_path, poner, _ajustar_serie_nacional)
    celda = una(lectura.tablas["celdas"], hoja="1.7", celda="E11")
    assert (celda["estado"], celda["valor"], celda["texto"], celda["precision"]) == (estado, valor, texto, None)
    fila = una(preparar(lectura), cuadro="1.7", celda="E11")
    assert (fila["estado"], fila["valor_pct"], fila["precision"]) == (estado, valor, None)
    assert (fila["denominador"] is None) == (estado == "no_aplica")


def _ajustar_serie_nacional(libro):
    """Quita de la serie el trimestre que el cuadro de ciudades contradiría tras el cambio de la prueba."""
    for fila in (11, 12):
        libro["1.2"][f"B{fila}"] = "ND"


def test_el_numero_escrito_como_texto_con_espacios_es_un_numero(tmp_path):
    def como_texto(libro):
        libro["1.7"]["B10"] = " 1 000"

    assert una(leer(tmp_path, como_texto).tablas["celdas"], hoja="1.7", celda="B10")["valor"] == 1000


def test_prepara_estimaciones_con_el_contrato_de_la_casa(tmp_path):
    tabla = preparar(leer(tmp_path))
    assert revisar_contrato("estimacion", tabla) == []
    assert tabla.num_rows == 2 * LUGARES + CELDAS_SERIE  # La Laguna, una sola vez
    neza = una(tabla, cuadro="1.7", lugar="MX-CD28", indicador="inseguridad_ciudad")
    assert (neza["valor_pct"], neza["numerador"], neza["denominador"]) == (59.0, 590, 1000)
    assert (neza["precision"], neza["metodo"], neza["edicion"]) == ("alta", "publicada", "2025T2")
    serie = una(tabla, cuadro="1.2", indicador="inseguridad_ciudad", periodo="2025T2", desglose="sexo:hombres")
    assert (serie["valor_pct"], serie["numerador"], serie["denominador"]) == (55.0, None, None)
    assert una(tabla, indicador="inseguridad_ciudad", periodo="2020T2", desglose="total")["estado"] == "no_disponible"


def _cambiar(hoja, celda, valor):
    def cambio(libro):
        libro[hoja][celda] = valor

    return cambio


def _en_neza(desplazamiento, columna, valor):
    def cambio(libro):
        hoja = libro["1.7"]
        hoja[f"{columna}{minimo.fila_de(hoja, 'Ciudad Nezahualcóyotl') + desplazamiento}"] = valor

    return cambio


def _sin_neza(libro):
    libro["1.7"].delete_rows(minimo.fila_de(libro["1.7"], "Ciudad Nezahualcóyotl"), 3)


def _laguna_distinta(libro):
    hoja = libro["1.7"]
    fila = [celda.row for celda in hoja["A"] if celda.value == "La Laguna"][1]
    hoja[f"D{fila + 1}"], hoja[f"E{fila + 1}"] = 390, 39.0


def _pintar(celda, color):
    def cambio(libro):
        libro["1.7"][celda].fill = PatternFill("solid", color)

    return cambio


def _renombrar(libro):
    libro["1.7"].title = "Percepción"


def _borrar_hoja(libro):
    del libro["1.7"]


def _columna_nueva(libro):
    libro["1.7"]["F8"] = "No sabe"
    libro["1.7"]["F11"] = 12


def _vaciar(libro, *celdas):
    for celda in celdas:
        libro["1.7"][celda] = None


def _sin_notas(libro):
    for celda in libro["1.7"]["A"]:
        if str(celda.value).startswith("Nota"):
            celda.value = "Aviso: sin nota"


RECHAZOS = {
    "hoja renombrada": (_renombrar, "hoja Índice", "falta 1.7; sobra Percepción"),
    "hoja faltante": (_borrar_hoja, "hoja Índice", "falta 1.7"),
    "hoja que no lista el índice": (lambda libro: libro.create_sheet("1.8"), "hoja Índice", "sobra 1.8"),
    "rótulo de otro cuadro": (_cambiar("1.7", "E3", "Cuadro 2.3"), "hoja 1.7 › E3", "Cuadro 2.3"),
    "cuadro nuevo": (_cambiar("1.7", "A4", "y estado de ánimo"), "hoja 1.7 › título", "estado de ánimo"),
    "periodo ilegible": (_cambiar("1.7", "A5", "Verano 2025"), "hoja 1.7 › título", "Verano 2025"),
    "periodo de otro trimestre": (_cambiar("1.7", "A5", "Marzo 2025"), "hoja 1.7", "2025"),
    "universo nuevo": (_cambiar("1.7", "B7", "Población de 12 años y más"), "hoja 1.7 › columna B", "12 años"),
    "columna nueva": (_columna_nueva, "columna F", "No sabe"),
    "periodo nuevo en la serie": (
        _cambiar("1.2", "B8", "Bimestre 3"),
        "hoja 1.2 › encabezado de la columna B",
        "Bimestre",
    ),
    "etiqueta nueva": (_cambiar("1.7", "A12", "Muy inseguro"), "hoja 1.7 › A12", "«Muy inseguro»"),
    "ciudad nueva": (_cambiar("1.7", "A15", "Macondo"), "hoja 1.7 › A15", "«Macondo»"),
    "ciudad faltante": (_sin_neza, "hoja 1.7 › columna A", "Nezahualcóyotl (MX-CD28)"),
    "La Laguna con otra cifra en Durango": (_laguna_distinta, "hoja 1.7 › D", "390.0"),
    "renglón sin cifras": (lambda libro: _vaciar(libro, "D11", "E11"), "hoja 1.7 › B11", "vacío"),
    "celda vacía": (lambda libro: _vaciar(libro, "E11"), "hoja 1.7 › E11", "celda vacía"),
    "color nuevo": (_pintar("E11", "FF00FF00"), "hoja 1.7 › E11", "color 00FF00"),
    "texto en una celda de datos": (_cambiar("1.7", "E11", "s/d"), "hoja 1.7 › E11", "'s/d'"),
    "número sin encabezado": (_cambiar("1.7", "H11", 0.62), "hoja 1.7 › H11", "0.62"),
    "número bajo las notas": (lambda libro: libro["1.7"].append([None, 7]), "hoja 1.7 › B", "7"),
    "porcentaje fuera de 0-100": (_en_neza(2, "E", 159.0), "hoja 1.7 › E", "159"),
    "absoluto con decimales": (_en_neza(2, "D", 590.5), "hoja 1.7 › D", "590.5"),
    "numerador entre denominador no da": (_en_neza(2, "E", 58.5), "hoja 1.7 › E", "58.5"),
    "denominador cambiado": (_en_neza(0, "B", 1100), "hoja 1.7 › E", "40.0"),
    "absoluto sin su porcentaje": (_en_neza(2, "D", "NS"), "hoja 1.7 › D", "NS"),
    "dos cuadros que se contradicen": (_cambiar("1.2", "B12", 59.2), "hoja 1.7 › E12", "59.0"),
    "periodo futuro": (_cambiar("1.2", "B8", "Septiembre\n2025"), "hoja 1.2 › B", "2025T3"),
    "sin firma": (_cambiar("Índice", "A7", "INEGI"), "hoja Índice › pie", "ninguna"),
    "sin notas": (_sin_notas, "hoja 1.7 › columna A", "ninguno"),
}


@pytest.mark.parametrize("caso", RECHAZOS)
def test_rechaza_lo_que_no_esperaba_diciendo_donde(tmp_path, caso):
    cambio, donde, recibido = RECHAZOS[caso]
    with pytest.raises(ErrorFuente) as falla:
        leer(tmp_path, cambio)
    assert "ensu.zip" in falla.value.donde
    assert donde in falla.value.donde, str(falla.value)
    assert recibido in falla.value.recibido, str(falla.value)
    assert falla.value.esperado
    assert falla.value.remedio


def test_respuestas_excluyentes_que_suman_mas_de_cien(tmp_path):
    def inflar(libro):
        hoja = libro["1.7"]
        fila = minimo.fila_de(hoja, "Ciudad Nezahualcóyotl")
        hoja[f"D{fila + 1}"], hoja[f"E{fila + 1}"] = 450, 45.0

    with pytest.raises(ErrorFuente, match=r"104\.0000 %"):
        leer(tmp_path, inflar)


def test_el_conteo_de_inegi_debe_coincidir(tmp_path):
    alta_serie, alta_ciudades = 3 * 2 * 2, CELDAS_CIUDADES  # sin los ND de 2020T2
    bien = {1.2: (alta_serie, alta_serie, 0, 0), 1.7: (alta_ciudades, alta_ciudades, 0, 0)}
    ruta = tmp_path / "ensu.zip"
    libros = {"1.xlsx": minimo.libro_minimo(), "Resumen_cv.xlsx": minimo.resumen(bien)}
    assert ensu_tabulados.leer(minimo.empacar(ruta, libros)).edicion == "2025T2"
    mal = {**bien, 1.7: (alta_ciudades, alta_ciudades - 1, 1, 0)}
    libros = {"1.xlsx": minimo.libro_minimo(), "Resumen_cv.xlsx": minimo.resumen(mal)}
    with pytest.raises(ErrorFuente) as falla:
        ensu_tabulados.leer(minimo.empacar(ruta, libros))
    assert "Resumen_cv.xlsx › hoja Resumen CV › cuadro 1.7" in falla.value.donde


def test_no_es_un_zip_o_es_de_otra_cosa(tmp_path):
    texto = tmp_path / "texto.zip"
    texto.write_text("no soy un zip")
    otro = minimo.empacar(tmp_path / "otro.zip", {"libro.xlsx": Workbook()})
    for ruta, esperado in ((texto, "un archivo zip íntegro"), (otro, "Índice"), (tmp_path / "no.zip", "zip íntegro")):
        with pytest.raises(ErrorFuente) as falla:
            ensu_tabulados.leer(ruta)
        assert esperado in falla.value.esperado
        assert ruta.name in falla.value.donde


def test_descarga_truncada(tmp_path):
    entero = minimo.escribir(tmp_path / "entero.zip")
    cortado = tmp_path / "cortado.zip"
    cortado.write_bytes(entero.read_bytes()[:-2000])
    assert ensu_tabulados.reconocer(cortado), "se reconoce para poder decir que está cortado"
    with pytest.raises(ErrorFuente) as falla:
        ensu_tabulados.leer(cortado)
    assert "cortada" in falla.value.remedio


def test_libro_danado_por_dentro(tmp_path):
    import zipfile

    ruta = tmp_path / "roto.zip"
    with zipfile.ZipFile(ruta, "w") as zip_:
        zip_.writestr("1.xlsx", b"PK\x03\x04 esto no es un libro")
    with pytest.raises(ErrorFuente) as falla:
        ensu_tabulados.leer(ruta)
    assert "roto.zip › 1.xlsx" in falla.value.donde


def test_libros_de_dos_trimestres(tmp_path):
    otro = minimo.libro_minimo()
    otro["Índice"]["A7"] = minimo.FIRMA.replace("Junio", "Marzo")
    ruta = minimo.empacar(tmp_path / "mezcla.zip", {"1.xlsx": minimo.libro_minimo(), "2.xlsx": otro})
    with pytest.raises(ErrorFuente, match="misma edición"):
        ensu_tabulados.leer(ruta)


def test_todo_rubro_va_a_un_indicador_del_catalogo():
    conocidos = catalogo.indicadores()
    assert [r for r in ensu_descripcion.rubros() if r.indicador not in conocidos] == []


def test_todo_sumando_tiene_pareja_con_el_mismo_indicador():
    from collections import Counter

    sumandos = Counter((r.familia, r.ventana, r.indicador) for r in ensu_descripcion.rubros() if r.parte)
    assert set(sumandos.values()) == {2}


def test_un_mismo_cuadro_se_describe_igual_en_todas_sus_redacciones():
    from dataclasses import replace

    por_clave = {}
    for cuadro in ensu_descripcion.cuadros().values():
        esencia = replace(cuadro, titulo="", universo="", ventana="")
        assert por_clave.setdefault(cuadro.cuadro, esencia) == esencia, cuadro.cuadro
