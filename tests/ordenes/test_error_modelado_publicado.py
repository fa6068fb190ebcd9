"""La vista `estimacion_con_error`: la cuenta del error modelado, hecha a mano sobre un acervo de juguete."""

from __future__ import annotations

from collections.abc import Iterator
from math import sqrt
from pathlib import Path
from typing import Any

import pytest
from acervo_con_error import DEFF, DEFF_TEMA, ERROR, NACIONAL, SIGMA, construir

from atalaya.contratos import ESTIMACION
from atalaya.estadistica import inferencia
from atalaya.motor import Motor, abrir

VARIANZA = SIGMA**2 + ERROR**2 + ERROR**2 + 0.15**2  # general, su tema y un lugar sin efecto propio


@pytest.fixture(scope="module", params=[False, True], ids=["indice", "perezoso"])
def motor(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Motor]:
    abierto = abrir(construir(tmp_path_factory.mktemp("acervo")), perezoso=request.param)
    yield abierto
    abierto.cerrar()


def fila(motor: Motor, lugar: str, periodo: str, indicador: str = "inseguridad_ciudad") -> dict[str, Any]:
    cursor = motor._conexion.cursor()
    filas = cursor.execute(
        "from estimacion_con_error where (lugar, periodo, indicador) = ($1, $2, $3)", [lugar, periodo, indicador]
    )
    columnas = [columna[0] for columna in filas.description]
    (unica,) = filas.fetchall()
    return dict(zip(columnas, unica, strict=True))


def test_la_cuenta(motor: Motor) -> None:
    hallada = fila(motor, "MX-CD27", "2024T1")
    deff = DEFF * DEFF_TEMA
    ee = sqrt(deff * 0.8 * 0.2 / 300)
    gl = int(2 / VARIANZA)
    assert (hallada["n"], hallada["gl"], hallada["metodo"], hallada["metodo_error"]) == (
        300,
        gl,
        "publicada",
        "modelada",
    )
    assert hallada["error_estandar"] == pytest.approx(100 * ee)
    assert hallada["cv_pct"] == pytest.approx(100 * ee / 0.8)
    assert hallada["efecto_diseno"] == pytest.approx(deff)
    assert hallada["error_calibracion_pct"] == pytest.approx(50 * sqrt(VARIANZA))
    inferior, superior = inferencia.intervalo_logit(0.8, ee, gl)
    assert hallada["ic_inf"] == pytest.approx(100 * float(inferior), rel=1e-5)
    assert hallada["ic_sup"] == pytest.approx(100 * float(superior), rel=1e-5)


def test_subuniverso(motor: Motor) -> None:
    """La mitad de la población, la mitad de las entrevistas; el tema no está calibrado y entra con su dispersión."""
    hallada = fila(motor, "MX-CD27", "2024T1", "inseguridad_escuela")
    assert hallada["n"] == 150
    assert hallada["error_estandar"] == pytest.approx(100 * sqrt(DEFF * 0.2 * 0.8 / 150))
    assert hallada["gl"] == int(2 / (SIGMA**2 + ERROR**2 + 0.1**2 + 0.15**2))


def test_trimestre_sin_conteo_lleva_el_mas_cercano(motor: Motor) -> None:
    hallada = fila(motor, "MX-CD28", "2024T2")
    assert (hallada["n"], hallada["n_origen"]) == (100, "2024T1")
    assert fila(motor, "MX-CD27", "2024T2")["n_origen"] == "2024T2"


def test_un_lugar_con_efecto_propio(motor: Motor) -> None:
    normal, propio = fila(motor, "MX-CD49", "2024T1"), fila(motor, "MX-CD49", "2024T2")
    assert propio["efecto_diseno"] / normal["efecto_diseno"] == pytest.approx(4)
    assert propio["gl"] > normal["gl"]  # de éste se sabe cuánto se aparta


def test_la_nacion(motor: Motor) -> None:
    """Asignación: 600 · Σ(W²/n) con W = 3/6, 1/6 y 2/6."""
    asignacion = 600 * ((1 / 2) ** 2 / 300 + (1 / 6) ** 2 / 100 + (1 / 3) ** 2 / 200)
    hallada = fila(motor, "MX", "2024T1")
    assert hallada["n"] == 600
    assert hallada["efecto_diseno"] == pytest.approx(DEFF * DEFF_TEMA * NACIONAL * asignacion)


def test_la_serie_sin_denominador(motor: Motor) -> None:
    assert fila(motor, "MX", "2024T1", "inseguridad_escuela")["n"] == 300
    assert fila(motor, "MX", "2024T2", "inseguridad_escuela")["n"] == 225  # la mitad de 450


@pytest.mark.parametrize(
    ("lugar", "periodo", "indicador"),
    [
        ("MX-CD27", "2024T2", "inseguridad_escuela"),  # 0 %: el error no se puede modelar
        ("MX-CD27", "2024T1", "confianza_policia_municipal"),  # sin cifra
    ],
)
def test_lo_que_no_tiene_error(motor: Motor, lugar: str, periodo: str, indicador: str) -> None:
    hallada = fila(motor, lugar, periodo, indicador)
    nulas = ("error_estandar", "ic_inf", "ic_sup", "nivel_confianza", "n", "gl", "cv_pct", "metodo_error", "n_origen")
    assert {hallada[columna] for columna in nulas} == {None}


def test_la_clase_publicada_manda_y_se_registra(motor: Motor) -> None:
    hallada = fila(motor, "MX-CD27", "2024T1", "seguridad_ciudad")
    assert (hallada["precision"], hallada["precision_modelada"], hallada["precision_discrepa"]) == (
        "baja",
        "alta",
        True,
    )
    assert fila(motor, "MX-CD27", "2024T1")["precision_discrepa"] is False


def test_no_cambia_nada_de_lo_publicado(motor: Motor) -> None:
    error = {"error_estandar", "ic_inf", "ic_sup", "nivel_confianza", "n", "gl", "cv_pct"}
    propias = [columna for columna in ESTIMACION.names if columna not in error]
    vigente, con_error = (
        motor._conexion.cursor().table(tabla).project(*propias).order("all").fetchall()
        for tabla in ("estimacion_vigente", "estimacion_con_error")
    )
    assert con_error == vigente


def test_sin_muestra_ni_calibracion_no_hay_error(tmp_path: Path) -> None:
    import pyarrow as pa
    from acervo_con_error import PUBLICADAS

    from atalaya.acervo.publicacion import Entrega, publicar

    tabla = pa.Table.from_pylist(PUBLICADAS, schema=ESTIMACION)
    publicar(tmp_path, [Entrega("ensu", "2024T1", "a.zip", "x", "0" * 64, 1, "r", {"estimacion": tabla})])
    abierto = abrir(tmp_path)
    assert fila(abierto, "MX-CD27", "2024T1")["metodo_error"] is None
    assert fila(abierto, "MX-CD27", "2024T1")["valor_pct"] == 80
    abierto.cerrar()


def test_un_error_calculado_no_se_toca(tmp_path: Path) -> None:
    import acervo_con_error as juguete
    import pyarrow as pa

    from atalaya.acervo.publicacion import Entrega, publicar

    construir(tmp_path)
    propia = juguete.cifra("MX-CD27", "2024T1", 80.0, 3000, metodo="microdatos", error_estandar=1.5, gl=40, n=299)
    tabla = pa.Table.from_pylist([propia], schema=ESTIMACION)
    publicar(tmp_path, [Entrega("ensu", "2030T1", "m.zip", "x", "1" * 64, 1, "r", {"estimacion": tabla})])
    abierto = abrir(tmp_path)
    filas = abierto._conexion.execute(
        "select error_estandar, gl, n, metodo_error from estimacion_con_error "
        "where lugar = 'MX-CD27' and periodo = '2024T1' and indicador = 'inseguridad_ciudad' and metodo = 'microdatos'"
    ).fetchall()
    assert filas == [(1.5, 40, 299, "microdatos")]
    abierto.cerrar()
