"""La comparabilidad: simétrica, completa y sin silencios; una tabla estropeada se rechaza diciendo dónde."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pandas as pd
import pytest

from atalaya import catalogo
from atalaya.catalogo import comparabilidad
from atalaya.errores import ErrorCatalogo

HOGAR, HOGARES = "victimizacion_hogar", "hogares_victimas"


def test_los_niveles_entre_las_dos_encuestas() -> None:
    niveles = {
        (HOGARES, HOGAR): "media",
        ("inseguridad_ciudad", "inseguridad_barrio_noche"): "baja",
        ("inseguridad_ciudad", "percepcion_aumento_delincuencia_pais"): "ninguna",
    }
    assert {claves: comparabilidad.par(*claves).nivel for claves in niveles} == niveles


def test_en_chile_no_hay_policia_municipal_y_se_dice() -> None:
    for que in ("identifica", "efectividad", "confianza", "desconfianza"):
        (unico,) = comparabilidad.contrapartes(f"{que}_policia_municipal", "CL")
        assert (unico.nivel, unico.indicador_b, unico.mismo_eje) == ("ninguna", "", False)
        assert "no hay policía municipal" in unico.pregunta_b


@pytest.mark.parametrize("uno", [p for p in comparabilidad.pares() if p.indicador_b], ids=lambda p: p.indicador_a)
def test_par_es_simetrico(uno: comparabilidad.Par) -> None:
    ida, vuelta = (
        comparabilidad.par(uno.indicador_a, uno.indicador_b),
        comparabilidad.par(uno.indicador_b, uno.indicador_a),
    )
    assert ida == uno
    assert vuelta.desde(uno.indicador_a) == ida
    assert (vuelta.pregunta_a, vuelta.pregunta_b) == (ida.pregunta_b, ida.pregunta_a)
    assert vuelta.pais_b == comparabilidad.pais_de(uno.indicador_a)


def test_solo_lo_de_nivel_alta_se_prueba_y_solo_ninguna_deja_el_eje() -> None:
    for uno in comparabilidad.pares():
        assert uno.se_prueba == (uno.nivel == "alta")
        assert uno.mismo_eje == (uno.nivel != "ninguna")


def test_contrapartes_de_mejor_a_peor_nivel_y_en_los_dos_sentidos() -> None:
    orden = comparabilidad.NIVELES.index
    for clave in (HOGARES, "inseguridad_ciudad"):
        niveles = [uno.nivel for uno in comparabilidad.contrapartes(clave, "CL")]
        assert niveles == sorted(niveles, key=orden)
    assert comparabilidad.contrapartes(HOGARES, "CL")[0].indicador_b == HOGAR
    assert comparabilidad.contrapartes(HOGAR, "MX")[0].indicador_b == HOGARES


def test_carpetas_y_casos_policiales_solo_como_cambio_contra_su_base() -> None:
    """No son el mismo hecho: ninguno comparte eje, y todos admiten verse como índice."""
    suyos = [p for p in comparabilidad.pares() if p.indicador_b.startswith("casos_policiales_")]
    assert len(suyos) == 15
    assert {(p.nivel, p.admite_indice) for p in suyos} == {("ninguna", "si")}
    victimas = comparabilidad.par("homicidio_doloso", "victimas_homicidio")
    assert (victimas.nivel, victimas.admite_indice) == ("baja", "si")
    (policias,) = comparabilidad.contrapartes("policias_municipales", "CL")
    assert policias.nivel == "ninguna"


def test_lo_que_nadie_escribio_es_ninguna_y_lo_dice() -> None:
    for uno in (
        comparabilidad.par("problema_baches", HOGAR),
        *comparabilidad.contrapartes("problema_baches", "CL"),
    ):
        assert uno.nivel == "ninguna"
        assert uno.que_difiere == comparabilidad.NADIE


def test_la_misma_encuesta_no_tiene_contraparte() -> None:
    with pytest.raises(ErrorCatalogo, match="fuentes distintas"):
        comparabilidad.par(HOGARES, "inseguridad_ciudad")
    with pytest.raises(ErrorCatalogo, match="su país"):
        comparabilidad.contrapartes(HOGAR, "CL")


def test_toda_fuente_tiene_pais() -> None:
    assert set(comparabilidad.PAIS_DE_FUENTE) == set(catalogo.fuentes())


def test_la_pregunta_entre_comillas_es_la_del_catalogo() -> None:
    """Lo que se da por textual es, letra por letra, la pregunta del indicador."""
    revisadas = 0
    for uno in comparabilidad.pares():
        for clave, dicha in ((uno.indicador_a, uno.pregunta_a), (uno.indicador_b, uno.pregunta_b)):
            if clave and dicha.startswith("«"):
                assert dicha[1:].partition("»")[0] == catalogo.indicador(clave).pregunta, clave
                revisadas += 1
            elif clave and catalogo.indicador(clave).es_conteo:
                assert dicha.startswith("No es una pregunta"), clave
            elif clave:
                assert dicha.startswith("Sin redacción textual"), clave
                assert not catalogo.indicador(clave).pregunta, clave
    assert revisadas > 5


@pytest.mark.parametrize(
    ("campo", "valor", "dice"),
    [
        ("indicador_a", "inventado", "indicador_a"),
        ("nivel", "muchisima", "nivel"),
        ("pais_b", "MX", "pais_b"),
        ("indicador_b", "inseguridad_ciudad", "otra fuente"),
        ("indicador_b", "", "ninguna: no hay con qué"),
        ("que_le_hace", "", "que_le_hace"),
    ],
)
def test_una_fila_estropeada_se_rechaza_diciendo_donde(tmp_path: Path, campo: str, valor: str, dice: str) -> None:
    carpeta = _copia(tmp_path)
    _cambiar(carpeta, lambda filas: filas[0].update({campo: valor}))
    with pytest.raises(ErrorCatalogo, match=r"comparabilidad\.csv › fila 2") as falla:
        comparabilidad.pares(carpeta)
    assert dice in str(falla.value)


def test_un_par_repetido_al_reves_se_rechaza(tmp_path: Path) -> None:
    carpeta = _copia(tmp_path)

    def repetir(filas: list[dict[str, str]]) -> None:
        primera = filas[0]
        filas.append(
            primera | {"indicador_a": primera["indicador_b"], "indicador_b": primera["indicador_a"], "pais_b": "MX"}
        )

    _cambiar(carpeta, repetir)
    with pytest.raises(ErrorCatalogo, match="una sola vez"):
        comparabilidad.pares(carpeta)


def _copia(tmp_path: Path) -> Path:
    return Path(shutil.copytree(catalogo.CARPETA, tmp_path / "catalogo"))


def _cambiar(carpeta: Path, hacer: object) -> None:
    archivo = carpeta / "comparabilidad.csv"
    with archivo.open(encoding="utf-8", newline="") as flujo:
        filas = list(csv.DictReader(flujo))
    hacer(filas)  # type: ignore[operator]
    with archivo.open("w", encoding="utf-8", newline="") as flujo:
        escritor = csv.DictWriter(flujo, list(filas[0]), lineterminator="\n")
        escritor.writeheader()
        escritor.writerows(filas)


@pytest.mark.fuentes
def test_la_lista_de_delitos_de_la_enusc_es_la_que_dice_la_ficha(fuentes: Path) -> None:
    """VH_DC vale 1 si y sólo si alguna pregunta de victimización es sí; el acoso no cuenta."""
    completa = pd.read_csv(fuentes / "enusc" / "enusc_2023_muestra_1000_esquema_completo.csv", low_memory=False)
    informantes = completa[completa["Kish"] == 1]
    preguntas = [c for c in completa if c.startswith("SCREEN_ROB_") and not c.endswith(("_N", "_ACOSO"))]
    alguno = informantes[preguntas].eq(1).any(axis=1)
    assert len(informantes) == 331
    assert {"SCREEN_ROB_VANDVIV", "SCREEN_ROB_FRB", "SCREEN_ROB_SUPLANT", "SCREEN_ROB_EXT"} <= set(preguntas)
    assert (alguno == (informantes["VH_DC"] == 1)).all()
    con_acoso = alguno | informantes["SCREEN_ROB_ACOSO"].eq(1)
    assert int((con_acoso & (informantes["VH_DC"] == 0)).sum()) == 17
