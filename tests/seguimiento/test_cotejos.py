"""Los cotejos: cada suma que un documento escribe, recalculada; y que de verdad se recalcula."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pytest
from tablas_del_proyecto import celdas

from atalaya import motor

PARTICIPANTES = "mx_pa4_cocreacion"
Lado = tuple[float | None, float | None, bool | None]


@pytest.fixture(scope="module")
def casa() -> Iterator[motor.Motor]:
    """El motor sobre el acervo del proyecto."""
    uno = motor.abrir(perezoso=True)
    yield uno
    uno.cerrar()


@pytest.fixture(scope="module")
def cotejos(casa: motor.Motor) -> dict[tuple[str, str], dict[str, Any]]:
    """Los del proyecto, por clave y qué."""
    filas = casa.correr("mostrar/cotejos").to_pylist()
    por_clave = {(f["clave"], f["que"]): f for f in filas}
    assert len(por_clave) == len(filas) == len({f["cotejo"] for f in filas})
    return por_clave


ESPERADOS: dict[tuple[str, str], Lado] = {
    ("mx_pa2", "compromisos: 2.º Plan de Acción de México"): (26, 9, False),
    ("mx_pa3", "compromisos: 3.er Plan de Acción de México"): (7, 7, True),
    ("mx_pa4", "compromisos: 4.º Plan de Acción de México"): (13, 13, True),
    ("mx_pa2", "ejes, en el documento que los declara: 2.º Plan de Acción de México"): (5, 3, False),
    ("mx_pa2", "ejes, entre todos los documentos: 2.º Plan de Acción de México"): (5, 5, True),
    ("mx_pa3", "compromisos con veredicto: distinto, con menor impacto"): (3, 3, True),
    ("mx_pa3", "compromisos con veredicto: desapegado, con posibles efectos nocivos"): (2, 2, True),
    ("mx_pa3", "compromisos con veredicto: apegado, sin participación amplia"): (2, 2, True),
    (PARTICIPANTES, "personas por sexo: Organizaciones de la Sociedad Civil"): (184, 184, True),
    (PARTICIPANTES, "personas por sexo: Instituciones públicas"): (267, 267, True),
    (PARTICIPANTES, "personas por sexo: Academia"): (20, 20, True),
    (PARTICIPANTES, "personas por sexo: Organismos internacionales"): (3, 3, True),
    (PARTICIPANTES, "personas por sexo: Becario/prácticas profesionales/SFP"): (6, 6, True),
    (PARTICIPANTES, "personas por sexo: total"): (480, 480, True),
    (PARTICIPANTES, "hombres, todas las procedencias"): (250, 250, True),
    (PARTICIPANTES, "mujeres, todas las procedencias"): (230, 230, True),
    (PARTICIPANTES, "personas, todas las procedencias"): (480, 480, True),
    (PARTICIPANTES, "instituciones, todas las procedencias"): (None, 168, None),
    ("izt_dialogos", "servidores del pueblo más promotores"): (1280, 1280, True),
    ("izt_dialogos", "servidores públicos y funcionarios de estructura"): (130, 130, True),
    ("izt_dialogos", "un responsable por territorio"): (130, 130, True),
    ("dgo_contraloria", "capacitados y cartas compromiso"): (151, 151, True),
    ("mx_ogp", "países fundadores y países participantes en 2011"): (8, 9, False),
    ("mx_ejercicios", "fases de un ejercicio local"): (6, 6, True),
    ("mx_ejercicios", "estados participantes"): (30, 30, True),
    ("mx_ejercicios", "estados con ejercicios activos"): (17, None, None),
    ("ifai_cocreacion", "ejercicios del piloto"): (12, 12, True),
    ("ifai_cocreacion", "bloques del piloto"): (2, 2, True),
    ("dgo_ladrilleras", "familias beneficiadas frente a personas"): (80, 42, None),
    ("proximidad", "componentes o ejes: Modelo de Proximidad Social Policial"): (7, 0, False),
    ("promocion_derechos", "componentes o ejes: Modelo de Promoción de Derechos y Prevención Social"): (3, 3, True),
    ("qro_protocolo", "días de plazo y días de principio a fin"): (180, 357, False),
    (
        "pasantia_1",
        "días: Pasantía de trabajo de Nezahualcóyotl en Peñalolén y Seminario internacional de Prevención Social",
    ): (2, 5, False),
}


@pytest.mark.parametrize("cual", ESPERADOS, ids=[f"{clave}-{que[:40]}" for clave, que in ESPERADOS])
def test_cada_cotejo_da_lo_que_se_conto_a_mano(
    cotejos: dict[tuple[str, str], dict[str, Any]], cual: tuple[str, str]
) -> None:
    fila = cotejos[cual]
    assert (fila["dicho"], fila["recalculado"], fila["cuadra"]) == ESPERADOS[cual]
    assert fila["nota"]
    assert fila["pasaje"]


def test_no_hay_cotejos_de_mas(cotejos: dict[tuple[str, str], dict[str, Any]]) -> None:
    assert set(cotejos) == set(ESPERADOS)


def test_el_intervalo_de_las_familias_lleva_sus_dos_lados(cotejos: dict[tuple[str, str], dict[str, Any]]) -> None:
    fila = cotejos["dgo_ladrilleras", "familias beneficiadas frente a personas"]
    assert (fila["dicho"], fila["dicho_max"]) == (80, 100)
    assert (fila["recalculado"], fila["recalculado_max"]) == (42, 84)


@pytest.mark.parametrize(
    ("tabla", "columna", "valor", "que"),
    [
        ("participantes", "hombres", "74", "personas por sexo: Organizaciones de la Sociedad Civil"),
        ("participantes", "hombres", "74", "hombres, todas las procedencias"),
        ("participantes", "personas", "185", "personas, todas las procedencias"),
        ("compromisos", "plan", "mx_pa4", "compromisos: 3.er Plan de Acción de México"),
        ("etapas", "proceso", "mx_ejercicios", "fases de un ejercicio local"),
        ("ejercicios_locales", "proceso", "ifai_cocreacion", "estados participantes"),
    ],
)
def test_una_cifra_cambiada_deja_de_cuadrar(casa: motor.Motor, tabla: str, columna: str, valor: str, que: str) -> None:
    """La primera fila que cambiarla rompe: si no se recalculara, seguiría cuadrando."""
    filas = [{c: v or None for c, v in fila.items()} for fila in celdas(tabla)]
    cual = next(k for k, f in enumerate(filas) if tabla != "compromisos" or f["plan"] == "mx_pa3")
    filas[cual] = filas[cual] | {columna: valor}
    enteras = ("hombres", "mujeres", "personas", "instituciones", "numero", "orden")
    numeros = ("meta_pct", "peso")
    columnas = {
        c: pa.array(
            [None if f[c] is None else int(f[c]) if c in enteras else f[c] for f in filas],
            pa.int64() if c in enteras else pa.string(),
        )
        if c not in numeros
        else pa.array([None if f[c] is None else float(f[c]) for f in filas], pa.float64())
        for c in filas[0]
    }
    hallados = casa.correr_con("mostrar/cotejos", {tabla: pa.table(columnas)}).to_pylist()
    assert [f["cuadra"] for f in hallados if f["que"] == que] == [False]
