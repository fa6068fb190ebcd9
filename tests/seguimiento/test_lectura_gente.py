"""Cómo guarda la gente sus tablas: celdas combinadas, notas al pie, tocayos; y lo que se esconde en un texto."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest
from archivos import admite, con, entra, fila

from atalaya import periodos
from atalaya.errores import ErrorArchivo, ErrorConsulta
from atalaya.motor import Motor
from atalaya.seguimiento import guardadas
from atalaya.seguimiento.limites import inocuo, original

CABEZA, RENGLON = con().splitlines()


def test_celdas_combinadas_hacia_abajo() -> None:
    """«lugar» y «periodo» ocupan dos renglones; lo demás va bajo un título común."""
    columnas = CABEZA.split(",")
    arriba = [*columnas[:2], "Lo que se cuenta", *[""] * (len(columnas) - 3)]
    abajo = ["", "", *columnas[2:]]
    (leida,) = entra("\n".join([",".join(arriba), ",".join(abajo), RENGLON]))
    assert leida == entra(con())[0]


def test_el_encabezado_repetido_y_las_notas_al_pie_se_saltan_y_se_dice() -> None:
    nota = "Fuente: la Dirección" + "," * CABEZA.count(",")
    admision = admite("\n".join([CABEZA, RENGLON, CABEZA, nota]) + "\n")
    assert admision.aceptada, admision.hallazgos
    assert admision.cuantas == 1
    dichos = " ".join(admision.avisos)
    assert "la fila 3 repite el encabezado" in dichos
    assert "la fila 4 es una nota" in dichos


def test_un_dato_que_empieza_como_nota_no_se_pierde() -> None:
    assert entra(con(nombre="Notas levantadas"))[0]["nombre"] == "Notas levantadas"


@pytest.mark.parametrize(("nombre", "claves"), [("Puebla", ("MX-21", "MX-21114")), ("México", ("MX", "MX-15"))])
def test_un_municipio_no_se_elige_por_quien_escribio_el_nombre_de_su_estado(
    nombre: str, claves: tuple[str, ...]
) -> None:
    (falta,) = admite(con(lugar=nombre)).hallazgos
    assert all(f"{clave} (" in falta.remedio for clave in claves)


def test_el_numero_oficial_de_un_municipio_es_su_clave() -> None:
    assert entra(con(lugar="15058"))[0]["lugar"] == "MX-15058"


@pytest.mark.parametrize("anio", ["２０２２", "٢٠٢٢", "0000"])
def test_un_periodo_en_otras_cifras_no_es_un_periodo(anio: str) -> None:
    with pytest.raises(ErrorConsulta):
        periodos.validar(anio)
    assert admite(con(periodo=anio)).hallazgos


@pytest.mark.parametrize("texto", ["a;=1+1", "a\n@SUM(A1)", "a\t+1", "'=1", "=1", "''=1;-2"])
def test_ninguna_formula_queda_al_principio_de_nada(texto: str) -> None:
    """Ni de la celda, ni de la que resulta si la hoja de cálculo parte por «;», tabulador o renglón."""
    seguro = str(inocuo(texto))
    trozos = [t for renglon in seguro.splitlines() for parte in renglon.split(";") for t in parte.split("\t")]
    assert not [t for t in trozos if t.startswith(("=", "+", "-", "@"))]
    assert original(seguro) == texto


def test_lo_que_no_se_ve_se_quita() -> None:
    assert entra(con(fuente="Mi\u200b obser\u2060vatorio"))[0]["fuente"] == "Mi observatorio"
    assert admite(con(fuente="\u200b=1+1")).hallazgos


def test_el_disco_lleno_se_dice_y_no_deja_nada(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    nueva = fila(lugar="MX-15106", indicador="z", fuente="f")
    guardadas.agregar({"indicadores_municipales": [nueva]}, tmp_path)
    antes = {ruta.name: ruta.read_bytes() for ruta in tmp_path.iterdir()}

    def lleno(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", lleno)
    with pytest.raises(ErrorArchivo, match="no se publicó nada"):
        guardadas.agregar({"indicadores_municipales": [nueva | {"indicador": "w"}]}, tmp_path)
    assert {ruta.name: ruta.read_bytes() for ruta in tmp_path.iterdir()} == antes


def test_lo_que_dejo_a_medias_quien_murio_se_barre(tmp_path: Path) -> None:
    resto = tmp_path / ".preparando-muerto"
    resto.mkdir()
    (resto / "voces.csv").write_text("a medias", encoding="utf-8")
    assert guardadas.agregar({"indicadores_municipales": [fila(lugar="MX-15106", indicador="z", fuente="f")]}, tmp_path)
    assert not resto.exists()


def test_publicar_mientras_se_lee_no_mezcla_dos_publicaciones(tmp_path: Path) -> None:
    """Si llega una publicación a media lectura, se lee otra vez y se ve entera."""
    nuevas = {"indicadores_municipales": [fila(lugar="MX-15106", indicador="z", fuente="f")]}
    veces = []

    def leer() -> int:
        veces.append(1)
        if len(veces) == 1:
            guardadas.agregar(nuevas, tmp_path)
            raise FileNotFoundError("se mudó mientras se leía")
        return len(guardadas.vigentes(["indicadores_municipales"], tmp_path)["indicadores_municipales"])

    antes = len(guardadas.vigentes(["indicadores_municipales"])["indicadores_municipales"])
    assert guardadas.de_una_vez(leer, tmp_path) == antes + 1
    assert len(veces) == 2


def test_el_motor_abre_con_una_publicacion_a_medio_mudar(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATALAYA_SEGUIMIENTO", str(tmp_path))
    guardadas.agregar({"indicadores_municipales": [fila(lugar="MX-15106", indicador="z", fuente="f")]})
    (tmp_path / ".en_publicacion").mkdir()
    (tmp_path / "indicadores_municipales.csv").rename(tmp_path / ".en_publicacion" / "indicadores_municipales.csv")
    for perezoso in (False, True):
        motor = Motor(None, perezoso)
        guardadas.agregar({"indicadores_municipales": [fila(lugar="MX-15106", indicador="y", fuente="f")]})
        with motor.con_tablas({}) as cursor:
            consulta = "select count(*) from indicadores_municipales where lugar = 'MX-15106' and indicador = 'z'"
            assert cursor.sql(consulta).fetchall() == [(1,)]
        motor.cerrar()
