"""El zip oficial de junio de 2025 con una sola cosa cambiada: se rechaza diciendo libro, hoja y celda."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from openpyxl.styles import PatternFill

from atalaya.errores import ErrorFuente
from atalaya.fuentes import ensu_tabulados

pytestmark = pytest.mark.fuentes

LIBRO = "1.Bas_percepcion_seguridad_jun_2025_est.xlsx"
NEZA = 197  # A197 = Ciudad Nezahualcóyotl en el cuadro 1.7; A198 = Seguro, A199 = Inseguro


@pytest.fixture(scope="module")
def oficial(fuentes: Path) -> Path:
    return fuentes / "ensu" / "tabulados" / "ensu2t2025_estimaciones.zip"


def alterar(oficial: Path, destino: Path, cambio: Callable[[openpyxl.Workbook], None]) -> Path:
    """El zip oficial con ese libro cambiado y los demás intactos."""
    with zipfile.ZipFile(oficial) as original, zipfile.ZipFile(destino, "w", zipfile.ZIP_DEFLATED) as alterado:
        for nombre in original.namelist():
            contenido = original.read(nombre)
            if nombre == LIBRO:
                libro = openpyxl.load_workbook(io.BytesIO(contenido), rich_text=True)
                cambio(libro)
                bufer = io.BytesIO()
                libro.save(bufer)
                contenido = bufer.getvalue()
            alterado.writestr(nombre, contenido)
    return destino


def poner(celda: str, valor: object, hoja: str = "1.7") -> Callable[[openpyxl.Workbook], None]:
    def cambio(libro: openpyxl.Workbook) -> None:
        assert libro[hoja][celda].value is not None, "la prueba cambia una celda que existe"
        libro[hoja][celda] = valor

    return cambio


def renombrar(libro: openpyxl.Workbook) -> None:
    libro["1.7"].title = "1.7 bis"


def sin_nezahualcoyotl(libro: openpyxl.Workbook) -> None:
    assert libro["1.7"][f"A{NEZA}"].value == "Ciudad Nezahualcóyotl"
    libro["1.7"].delete_rows(NEZA, 3)


def color_nuevo(libro: openpyxl.Workbook) -> None:
    libro["1.7"][f"E{NEZA + 2}"].fill = PatternFill("solid", "FF9BC2E6")


def otro_color(libro: openpyxl.Workbook) -> None:
    libro["1.7"][f"E{NEZA + 2}"].fill = PatternFill("solid", "FFFFEA00")


ALTERACIONES = {
    "hoja renombrada": (renombrar, f"{LIBRO} › hoja Índice", "falta 1.7; sobra 1.7 bis"),
    "ciudad faltante": (sin_nezahualcoyotl, "hoja 1.7 › columna A", "MX-CD28"),
    "ciudad nueva": (poner(f"A{NEZA}", "Texcoco"), f"hoja 1.7 › A{NEZA}", "«Texcoco»"),
    "etiqueta nueva": (poner(f"A{NEZA + 2}", "No sabe"), f"hoja 1.7 › A{NEZA + 2}", "«No sabe»"),
    "cuadro nuevo": (poner("A4", "y estado de ánimo"), "hoja 1.7 › título", "estado de ánimo"),
    "columna nueva": (poner("E8", "Coeficiente"), "hoja 1.7 › encabezado de la columna E", "Coeficiente"),
    "color nuevo": (color_nuevo, f"hoja 1.7 › E{NEZA + 2}", "color 9BC2E6"),
    "porcentaje fuera de 0-100": (poner(f"E{NEZA + 2}", 164.86), f"hoja 1.7 › E{NEZA + 2}", "164.86"),
    "numerador que no da": (poner(f"D{NEZA + 2}", 602900), f"hoja 1.7 › E{NEZA + 2}", "64.855"),
    "denominador que no da": (poner(f"B{NEZA}", 930000), f"hoja 1.7 › E{NEZA + 1}", "35.14"),
    "precisión que INEGI no cuenta": (
        otro_color,
        "Resumen_cv_bas_jun_2025.xlsx › hoja Resumen CV › cuadro 1.7",
        "leídas",
    ),
}


@pytest.mark.parametrize("caso", ALTERACIONES)
def test_un_cambio_en_el_archivo_oficial_se_rechaza_diciendo_donde(oficial, tmp_path, caso):
    cambio, donde, recibido = ALTERACIONES[caso]
    alterado = alterar(oficial, tmp_path / "ensu2t2025_estimaciones.zip", cambio)
    assert ensu_tabulados.reconocer(alterado)
    with pytest.raises(ErrorFuente) as falla:
        ensu_tabulados.leer(alterado)
    assert "ensu2t2025_estimaciones.zip › " in falla.value.donde
    assert donde in falla.value.donde, str(falla.value)
    assert recibido in falla.value.recibido, str(falla.value)
    assert falla.value.esperado
    assert falla.value.remedio


def test_guardar_el_libro_sin_cambios_no_altera_lo_leido(oficial, tmp_path):
    """Las alteraciones anteriores prueban el cambio, no el viaje por openpyxl."""
    copia = alterar(oficial, tmp_path / oficial.name, lambda libro: None)
    leida, original = (ensu_tabulados.leer(ruta).tablas["celdas"] for ruta in (copia, oficial))
    assert leida.drop(["valor"]).equals(original.drop(["valor"]))
    # openpyxl reescribe los flotantes y cambia alguno en su último dígito.
    valores = [tabla["valor"].drop_null().to_pylist() for tabla in (leida, original)]
    assert valores[0] == pytest.approx(valores[1], rel=1e-12)


@pytest.mark.parametrize("bytes_de_menos", [1, 5_000, 1_000_000])
def test_una_descarga_truncada_se_reconoce_y_se_rechaza(oficial, tmp_path, bytes_de_menos):
    cortado = tmp_path / "ensu2t2025_estimaciones.zip"
    cortado.write_bytes(oficial.read_bytes()[:-bytes_de_menos])
    assert ensu_tabulados.reconocer(cortado)
    with pytest.raises(ErrorFuente) as falla:
        ensu_tabulados.leer(cortado)
    assert falla.value.donde == cortado.name
    assert "cortada" in falla.value.remedio


def test_un_byte_cambiado_a_media_descarga_se_rechaza(oficial, tmp_path):
    contenido = bytearray(oficial.read_bytes())
    contenido[len(contenido) // 2] ^= 0xFF
    roto = tmp_path / oficial.name
    roto.write_bytes(contenido)
    with pytest.raises(ErrorFuente):
        ensu_tabulados.leer(roto)


def test_un_trimestre_por_venir_se_lee_entero_sin_tocar_el_codigo(fuentes, tmp_path):
    """Marzo de 2025 con todos sus años corridos en uno: la edición 2026T1, que nadie ha visto."""
    marzo = fuentes / "ensu" / "tabulados" / "ensu1t2025_estimaciones.zip"
    venidero = tmp_path / "ensu1t2026_estimaciones.zip"
    with zipfile.ZipFile(marzo) as original, zipfile.ZipFile(venidero, "w", zipfile.ZIP_DEFLATED) as copia:
        for nombre in original.namelist():
            copia.writestr(nombre, un_anio_despues(original.read(nombre)))
    lectura, conocida = ensu_tabulados.leer(venidero), ensu_tabulados.leer(marzo)
    assert lectura.edicion == "2026T1"
    iguales = ["hoja", "celda", "cuadro", "lugar", "desglose", "rubro", "opcion", "medida", "valor", "precision"]
    assert lectura.tablas["celdas"].select(iguales).equals(conocida.tablas["celdas"].select(iguales))
    assert set(lectura.tablas["celdas"]["periodo"].to_pylist()) == {
        f"{int(periodo[:4]) + 1}{periodo[4:]}" for periodo in conocida.tablas["celdas"]["periodo"].to_pylist()
    }


def un_anio_despues(contenido: bytes) -> bytes:
    """El libro con cada año de sus textos corrido en uno."""
    salida = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(contenido)) as original, zipfile.ZipFile(salida, "w") as copia:
        for parte in original.namelist():
            datos = original.read(parte)
            if parte == "xl/sharedStrings.xml":
                datos = re.sub(rb"(?<!\d)20[12]\d(?!\d)", lambda anio: b"%d" % (int(anio[0]) + 1), datos)
            copia.writestr(parte, datos)
    return salida.getvalue()


def test_los_microdatos_no_son_tabulados(fuentes):
    carpeta = fuentes / "ensu" / "microdatos"
    for archivo in list(carpeta.rglob("*.csv"))[:3]:
        assert not ensu_tabulados.reconocer(archivo)
