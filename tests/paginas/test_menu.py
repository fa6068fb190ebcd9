"""El menú: en su orden, y con todas las páginas que hay."""

from __future__ import annotations

from pathlib import Path

from atalaya.interfaz import marco

RAIZ = Path(__file__).resolve().parents[2]


def test_toda_pagina_esta_en_el_menu_y_una_sola_vez() -> None:
    archivos = [una[0] for paginas in marco.PAGINAS.values() for una in paginas]
    assert sorted(archivos) == sorted(p.relative_to(RAIZ).as_posix() for p in (RAIZ / "pages").rglob("*.py"))
    rutas = [una[3] for paginas in marco.MENU.values() for una in paginas]
    assert len(rutas) == len(set(rutas))


def test_el_menu_va_de_los_indicadores_a_los_datos() -> None:
    assert list(marco.MENU) == ["Indicadores", "Lo que se sigue", "Intercambio", "Datos"]
    assert [una[3] for una in marco.MENU["Lo que se sigue"]] == [
        "compromisos",
        "evaluaciones",
        "participacion",
        "afirmaciones",
    ]


def test_solo_se_enlaza_lo_registrado() -> None:
    assert marco.registrada("afirmaciones")
    assert not marco.registrada("nada")
    assert marco.archivo("afirmaciones") == "pages/seguimiento/afirmaciones.py"
