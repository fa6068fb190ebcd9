"""Qué conteo contiene a cuál: las notas lo dicen, no hay vueltas y se sigue a cualquier profundidad."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from atalaya import catalogo
from atalaya.catalogo import registros
from atalaya.errores import ErrorCatalogo

CASOS = "casos_policiales"


def test_se_enciman_lo_directo_lo_de_en_medio_y_uno_mismo() -> None:
    armas = f"{CASOS}_delitos_asociados_a_armas"
    assert registros.se_enciman(armas, f"{CASOS}_porte_de_arma_cortante_o_punzante")
    assert registros.se_enciman(f"{CASOS}_porte_de_arma_cortante_o_punzante", CASOS)
    assert registros.se_enciman(armas, armas)
    assert not registros.se_enciman(f"{CASOS}_hurtos", f"{CASOS}_danos")


def test_todo_grupo_mensual_dice_que_no_se_suma_y_lo_encimado_donde_esta() -> None:
    mensuales = {d.indicador for d in registros.delitos() if d.instrumento == "cead_mensual"}
    assert len(mensuales) == 30
    contenidos = {c.contenido: c.contenedor for c in registros.contenidos()}
    for clave in mensuales:
        nota = catalogo.indicador(clave).nota
        assert "no se suman entre sí" in nota
        assert ("está contado" in nota.lower()) == (clave in contenidos), clave
    # Robo frustrado no está en ninguna familia: sumarlo a ellas tampoco da el total.
    assert mensuales - set(contenidos) == {f"{CASOS}_delitos_asociados_a_armas", f"{CASOS}_robo_frustrado"} - set(
        contenidos
    )


def test_las_siete_familias_estan_en_todas() -> None:
    dentro = {c.contenido for c in registros.contenidos() if c.contenedor == CASOS}
    familias = {d.indicador for d in registros.delitos() if d.instrumento == "cead_tasas"} - {CASOS}
    assert dentro == familias
    assert len(familias) == 7


@pytest.mark.parametrize(
    ("fila", "donde"),
    [
        (f"{CASOS}_hurtos,{CASOS}_familia_propiedad,si,x", "contenido"),  # al revés de otra fila: una vuelta
        (f"{CASOS}_danos,{CASOS}_danos,si,x", "contenido"),
        (f"{CASOS},nadie,si,x", "contenido"),
        (f"{CASOS},{CASOS}_robo_frustrado,quizá,x", "completa"),
        (f"{CASOS},{CASOS}_robo_frustrado,si,", "evidencia"),
    ],
)
def test_una_contencion_imposible_se_rechaza(tmp_path: Path, fila: str, donde: str) -> None:
    copia = Path(shutil.copytree(catalogo.CARPETA, tmp_path / "catalogo"))
    with (copia / "delitos_contenidos.csv").open("a", encoding="utf-8") as archivo:
        archivo.write(fila + "\n")
    with pytest.raises(ErrorCatalogo, match=rf"delitos_contenidos\.csv › fila \d+ › {donde}"):
        registros.contenidos(copia)
