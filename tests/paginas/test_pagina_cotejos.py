"""Las cuentas rehechas se ven en la página que les toca, y siguen a sus filtros."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from atalaya.interfaz.vistas import cotejos

Abrir = Callable[..., AppTest]


def rehechas(prueba: AppTest) -> tuple[str, dict[str, str]]:
    """El título del plegado y, por cuenta, si cuadra."""
    plegado = next(uno for uno in prueba.expander if uno.label.startswith("Cuentas rehechas"))
    tabla = plegado.table[0].value
    return plegado.label, dict(zip(tabla["Qué se contó"], tabla["¿Cuadra?"], strict=True))


@pytest.mark.parametrize(
    ("pagina", "titulo", "que", "veredicto"),
    [
        (
            "seguimiento/compromisos",
            "Cuentas rehechas: 2 de 8 no cuadran",
            "Compromisos: 2.º Plan de Acción de México",
            "✕ no: dice 26, sale 9",
        ),
        (
            "seguimiento/participacion",
            "Cuentas rehechas: 1 de 21 no cuadra",
            "Personas, todas las procedencias",
            "✓ sí: 480",
        ),
        (
            "seguimiento/evaluaciones",
            "Cuentas rehechas: 1 de 1 no cuadra",
            "Días de plazo y días de principio a fin",
            "✕ no: dice 180, sale 357",
        ),
        (
            "intercambio/intercambio",
            "Cuentas rehechas: 2 de 3 no cuadran",
            "Componentes o ejes: Modelo de Proximidad Social Policial",
            "✕ no: dice 7, sale 0",
        ),
    ],
)
def test_cada_pagina_rehace_sus_cuentas(abrir: Abrir, pagina: str, titulo: str, que: str, veredicto: str) -> None:
    rotulo, filas = rehechas(abrir(pagina))
    assert rotulo == titulo
    assert filas[que] == veredicto
    assert next(iter(filas.values())).startswith("✕"), "lo que no cuadra va primero"


def test_siguen_al_proceso_elegido(abrir: Abrir) -> None:
    _, filas = rehechas(abrir("seguimiento/participacion", proceso="dgo_ladrilleras"))
    assert filas == {
        "Familias beneficiadas frente a personas": "— no se puede decir: dice 80 a 100, sale 42 a 84",
    }


def test_lo_que_no_se_escribe_o_no_se_puede_rehacer_se_dice() -> None:
    nada = {"dicho_max": None, "recalculado_max": None, "cuadra": None}
    assert (
        cotejos.veredicto({"dicho": None, "recalculado": 168.0, **nada})
        == "— no se puede decir: no lo escribe, sale 168"
    )
    assert (
        cotejos.veredicto({"dicho": 17.0, "recalculado": None, **nada})
        == "— no se puede decir: dice 17, no hay con qué rehacerla"
    )


def test_el_titulo_no_acusa_si_todo_cuadra() -> None:
    assert cotejos.titulo([{"cuadra": True}, {"cuadra": None}]) == "Cuentas rehechas: 2, ninguna deja de cuadrar"
