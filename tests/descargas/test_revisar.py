"""Un archivo se acepta por lo que trae dentro, y un zip con trampa no."""

from __future__ import annotations

import io
import tarfile
import warnings
import zipfile
from pathlib import Path

import pytest
import zips

from atalaya.descargas import revisar as modulo
from atalaya.descargas.revisar import revisar
from atalaya.errores import ErrorDescarga


def escribir(tmp_path: Path, contenido: bytes) -> Path:
    ruta = tmp_path / "bajado.parcial"
    ruta.write_bytes(contenido)
    return ruta


@pytest.mark.parametrize(
    ("contenido", "tipo"),
    [
        (zips.zip_de_juguete(), "zip"),
        (zips.zip_con({"ensu/": b"", "ensu/cb.csv": b"A,B\n1,2\n" * 9000}), "zip"),
        (zips.zip_con({"ensu/1.Bas_percepción_est.xlsx": zips.zip_con({"xl/a.xml": b"<a/>"})}), "zip"),
        ("\ufeffAño,Clave_Ent\n2015,1\n".encode(), "csv"),
        ("Año;Clave_Ent\r2015;1\r".encode("latin-1"), "csv"),
        (b"$FL2@(#) IBM SPSS STATISTICS", "sav"),
        (b"$FL3@(#) IBM SPSS STATISTICS", "sav"),
    ],
)
def test_lo_que_es_lo_que_dice_ser(tmp_path: Path, contenido: bytes, tipo: str) -> None:
    revisar(escribir(tmp_path, contenido), tipo, "archivo")


@pytest.mark.parametrize(
    ("contenido", "tipo", "dice"),
    [
        (b"<!DOCTYPE html><html>no est\xe1</html>", "zip", "una página"),
        (b"\r\n  <html>", "csv", "una página"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>", "csv", "una página"),
        (b'{"error": 1, "mensaje": "no"}', "csv", "encabezado"),
        (b"una sola columna\n1\n", "csv", "encabezado"),
        (b"a,b\0\n", "csv", "encabezado"),
        (b"", "csv", "encabezado"),
        (b"", "zip", "archivo zip"),
        (b"a,b\n1,2\n", "zip", "archivo zip"),
        (b"PK\x03\x04", "sav", "archivo sav"),
        (b"Rar!\x1a\x07", "zip", "archivo zip"),
        (zips.zip_de_juguete()[:15_000], "zip", "entero y sano"),
        (zips.zip_con({}), "zip", "archivo zip"),
        (zips.danado(), "zip", "entero y sano"),
        (zips.cifrado(), "zip", "sin cifrar"),
        (zips.bomba(), "zip", "por cada byte comprimido"),
        (zips.bomba_que_miente(), "zip", "entero y sano"),
        (zips.zip_con({"libro.xlsx": zips.bomba()}, zipfile.ZIP_STORED), "zip", "por cada byte comprimido"),
        (zips.sobrepuesto(), "zip", "entero y sano"),
        (zips.enlace(), "zip", "un enlace"),
        (zips.zip_con({"../fuera.csv": b"a,b"}), "zip", "dentro de su carpeta"),
        (zips.zip_con({"datos/../../fuera.csv": b"a,b"}), "zip", "dentro de su carpeta"),
        (zips.zip_con({"..\\fuera.csv": b"a,b"}), "zip", "dentro de su carpeta"),
        (zips.zip_con({"/etc/cron.d/x": b"a,b"}), "zip", "dentro de su carpeta"),
        (zips.zip_con({"C:\\Windows\\x": b"a,b"}), "zip", "dentro de su carpeta"),
        (zips.zip_con({"C:x": b"a,b"}), "zip", "dentro de su carpeta"),
        (zips.zip_con({"\\\\servidor\\x": b"a,b"}), "zip", "dentro de su carpeta"),
        (zips.zip_con({"a\nb.csv": b"a,b"}), "zip", "dentro de su carpeta"),
        (zips.zip_con({"a.csv": b"a,b", "A.CSV": b"c,d"}), "zip", "una sola vez"),
    ],
)
def test_lo_que_no_se_rechaza_y_dice_por_que(tmp_path: Path, contenido: bytes, tipo: str, dice: str) -> None:
    ruta = escribir(tmp_path, contenido)
    with pytest.raises(ErrorDescarga) as falla:
        revisar(ruta, tipo, "archivo")
    assert dice in str(falla.value)
    assert falla.value.donde.startswith("archivo")
    assert list(tmp_path.iterdir()) == [ruta]  # revisar no extrae nada


def test_un_total_enorme_repartido_en_piezas_discretas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ninguna pieza pasa la razón, pero juntas, con las de los zip de dentro, pasan del total."""
    monkeypatch.setattr(modulo, "TOTAL_MAXIMO", 100_000)
    pieza = zips.zip_de_juguete(30_000)
    revisar(escribir(tmp_path, zips.zip_con({"a.xlsx": pieza}, zipfile.ZIP_STORED)), "zip", "archivo")
    dos = zips.zip_con({"a.xlsx": pieza, "b.xlsx": pieza}, zipfile.ZIP_STORED)
    with pytest.raises(ErrorDescarga, match="ya abierto"):
        revisar(escribir(tmp_path, dos), "zip", "archivo")


def test_demasiadas_piezas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(modulo, "ENTRADAS_MAXIMAS", 3)
    with pytest.raises(ErrorDescarga, match="de 1 a 3"):
        revisar(escribir(tmp_path, zips.zip_con({f"{i}.csv": b"a,b" for i in range(4)})), "zip", "archivo")


def test_un_nombre_repetido(tmp_path: Path) -> None:
    bufer = io.BytesIO()
    with zipfile.ZipFile(bufer, "w") as paquete, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        paquete.writestr("a.csv", "a,b")
        paquete.writestr("a.csv", "c,d")
    with pytest.raises(ErrorDescarga, match="una sola vez"):
        revisar(escribir(tmp_path, bufer.getvalue()), "zip", "archivo")


def test_un_tar_no_es_un_zip(tmp_path: Path) -> None:
    bufer = io.BytesIO()
    with tarfile.open(fileobj=bufer, mode="w:gz"):
        pass
    with pytest.raises(ErrorDescarga, match="archivo zip"):
        revisar(escribir(tmp_path, bufer.getvalue()), "zip", "archivo")


@pytest.mark.fuentes
def test_los_libros_de_la_ensu_pasan(fuentes: Path) -> None:
    """Los límites no estorban a ninguno de los archivos oficiales de verdad."""
    libros = sorted((fuentes / "ensu" / "tabulados").glob("*.zip"))
    assert len(libros) == 15
    for libro in libros:
        revisar(libro, "zip", libro.name)
