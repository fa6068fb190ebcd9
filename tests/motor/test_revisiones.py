"""`mostrar/revisiones`: qué dijo cada edición, por mes y por año, y cuál se muestra."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from registros_de_juguete import conteo, motor_con


def revisiones(raiz: Path, conteos: list[dict[str, Any]], periodos: list[str]) -> list[tuple[Any, ...]]:
    """(periodo, edición, casos, meses, vigente) de cada una."""
    motor = motor_con(raiz, conteos)
    filas = motor.correr(
        "mostrar/revisiones", indicadores=["homicidio_doloso"], lugares=["MX-15058"], periodos=periodos
    ).to_pylist()
    motor.cerrar()
    return [tuple(f[c] for c in ("periodo", "edicion", "casos", "meses", "vigente")) for f in filas]


def test_solo_lo_que_dijeron_dos(tmp_path: Path) -> None:
    conteos = [conteo("2024-01", 5), conteo("2024-02", 7)]
    conteos += [conteo("2024-01", 4, edicion="2024-06", archivo="vieja.csv")]
    assert revisiones(tmp_path, conteos, ["2024-01", "2024-02"]) == [
        ("2024-01", "2024-12", 5, 1, True),
        ("2024-01", "2024-06", 4, 1, False),
    ]


def test_el_anio_de_cada_edicion_es_la_suma_de_sus_meses(tmp_path: Path) -> None:
    conteos = [conteo(f"2024-{m:02d}", 5) for m in range(1, 13)]
    conteos += [conteo(f"2024-{m:02d}", 4, edicion="2024-06", archivo="vieja.csv") for m in range(1, 7)]
    assert revisiones(tmp_path, conteos, ["2024"]) == [
        ("2024", "2024-12", 60, 12, True),
        ("2024", "2024-06", 24, 6, False),
    ]


def test_un_anio_publicado_y_otro_sumado(tmp_path: Path) -> None:
    conteos = [conteo("2024", 70, edicion="2025-12", archivo="anual.csv")]
    conteos += [conteo(f"2024-{m:02d}", 5) for m in range(1, 13)]
    assert revisiones(tmp_path, conteos, ["2024", "2024-01"]) == [
        ("2024", "2025-12", 70, 12, True),
        ("2024", "2024-12", 60, 12, False),
    ]
