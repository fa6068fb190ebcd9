"""Periodos: forma, orden, aritmética y cómo se dicen."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from atalaya import periodos
from atalaya.errores import ErrorConsulta

ANIOS = st.integers(min_value=1900, max_value=2100)
CUALQUIERA = st.one_of(
    st.builds("{:04d}T{}".format, ANIOS, st.integers(1, 4)),
    st.builds("{:04d}S{}".format, ANIOS, st.integers(1, 2)),
    st.builds("{:04d}-{:02d}".format, ANIOS, st.integers(1, 12)),
    st.builds("{:04d}".format, ANIOS),
)


@given(CUALQUIERA, st.integers(-200, 200))
def test_mover_y_volver_deja_el_mismo_periodo(periodo: str, pasos: int) -> None:
    assert periodos.mover(periodos.mover(periodo, pasos), -pasos) == periodo


@given(CUALQUIERA)
def test_el_anterior_va_antes_y_es_del_mismo_tipo(periodo: str) -> None:
    previo = periodos.anterior(periodo)
    assert periodos.clave_orden(previo) < periodos.clave_orden(periodo)
    assert periodos.partes(previo).tipo == periodos.partes(periodo).tipo
    assert periodos.rango(previo, periodo) == [previo, periodo]


@pytest.mark.parametrize(
    ("periodo", "previo", "hace_un_ano"),
    [
        ("2025T1", "2024T4", "2024T1"),
        ("2025T2", "2025T1", "2024T2"),
        ("2025S1", "2024S2", "2024S1"),
        ("2024-01", "2023-12", "2023-01"),
        ("2023", "2022", "2022"),
    ],
)
def test_aritmetica_en_los_bordes_del_ano(periodo: str, previo: str, hace_un_ano: str) -> None:
    assert periodos.anterior(periodo) == previo
    assert periodos.mismo_hace_un_ano(periodo) == hace_un_ano


def test_rango_incluye_los_trimestres_que_no_se_levantaron() -> None:
    assert periodos.rango("2019T4", "2020T3") == ["2019T4", "2020T1", "2020T2", "2020T3"]
    assert periodos.rango("2025T2", "2025T2") == ["2025T2"]


@pytest.mark.parametrize(("desde", "hasta"), [("2025T2", "2024T2"), ("2024T1", "2024-06"), ("2023", "2024T1")])
def test_rango_se_niega_al_reves_o_con_tipos_mezclados(desde: str, hasta: str) -> None:
    with pytest.raises(ErrorConsulta, match=f"{desde}:{hasta}"):
        periodos.rango(desde, hasta)


@pytest.mark.parametrize(
    "malo", ["", "2025T5", "2025T0", "2025t2", "2025S3", "2024-13", "2024-6", "25T2", "2025T2 ", "T2"]
)
def test_un_periodo_mal_escrito_dice_las_formas_admitidas(malo: str) -> None:
    with pytest.raises(ErrorConsulta, match="2025T2"):
        periodos.validar(malo)


@pytest.mark.parametrize(
    ("periodo", "nombre", "mes", "corto"),
    [
        ("2025T1", "1.er trimestre de 2025", "marzo de 2025", "mar 2025"),
        ("2025T2", "2.º trimestre de 2025", "junio de 2025", "jun 2025"),
        ("2019T3", "3.er trimestre de 2019", "septiembre de 2019", "sep 2019"),
        ("2021T4", "4.º trimestre de 2021", "diciembre de 2021", "dic 2021"),
        ("2025S1", "1.er semestre de 2025", "1.er semestre de 2025", "1.er sem 2025"),
        ("2024-07", "julio de 2024", "julio de 2024", "jul 2024"),
        ("2023", "2023", "2023", "2023"),
    ],
)
def test_el_periodo_se_dice_en_espanol(periodo: str, nombre: str, mes: str, corto: str) -> None:
    assert (periodos.nombre(periodo), periodos.nombre_mes(periodo), periodos.corto(periodo)) == (nombre, mes, corto)


def test_orden_en_el_tiempo_con_tipos_mezclados() -> None:
    revueltos = ["2025T1", "2024", "2024-06", "2024T2", "2024T4", "2024S1"]
    assert sorted(revueltos, key=periodos.clave_orden) == ["2024-06", "2024T2", "2024S1", "2024T4", "2024", "2025T1"]
