"""Inicio cuenta lo que el observatorio sigue: lo que hay, lo que va tarde y lo que no se reporta."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pyarrow as pa
import pytest
from frases_de_juguete import VEREDICTOS, tabla, tablas
from streamlit.testing.v1 import AppTest

from atalaya.interfaz import datos
from atalaya.interfaz.vistas import lo_que_sigue

RAIZ = Path(__file__).resolve().parents[2]
DE_DONDE = {"documento": "juguete", "pasaje": "página 1"}
HOY = "2026-06-15"


def de_juguete() -> dict[str, pa.Table]:
    """Un plan con cinco compromisos: cumplido, tarde, a tiempo, sin reporte y con plazo propio que aún no vence."""
    planes = [{"plan": "p", "lugar": "MX", "nombre": "Plan", "fin": "2025", "regla_avance": "media", **DE_DONDE}]
    fines = {"cumplido": None, "tarde": None, "de_meta_menor": None, "sin_reporte": None, "a_tiempo": "2026-06"}
    compromisos = [
        {"compromiso": c, "plan": "p", "nombre": c, "origen": "no dicho", "fin": fin, **DE_DONDE}
        | ({"meta_pct": 80.0} if c == "de_meta_menor" else {})
        for c, fin in fines.items()
    ]
    # De «tarde» se había reportado más: manda el último corte, no el mayor.
    cortes = [("cumplido", "2025", 100.0), ("tarde", "2024-06", 95.0), ("tarde", "2025-11", 60.0)]
    cortes += [("de_meta_menor", "2025", 85.0), ("a_tiempo", "2026-01", 10.0)]
    comun = {"corte_es": "corte", "reporta": "Nadie", **DE_DONDE}
    avances = [{"compromiso": c, "corte": k, "estado": "dato", "avance_pct": v, **comun} for c, k, v in cortes]
    avances.append({"compromiso": "sin_reporte", "corte": "2025", "estado": "no reportado", **comun})
    return {
        "planes": tabla("planes", planes),
        "compromisos": tabla("compromisos", compromisos),
        "avances": tabla("avances", avances),
    }


def situaciones(hoy: str) -> Counter[str]:
    return Counter(datos.correr_aparte("compromisos_vistos", de_juguete(), hoy=hoy)["situacion"])


def test_tarde_es_plazo_vencido_sin_llegar_a_la_meta() -> None:
    assert situaciones(HOY) == {"cumplió": 2, "tarde": 1, "vencido sin reporte": 1, "en plazo": 1}
    assert situaciones("2026-07-01")["tarde"] == 2  # «junio de 2026» vence al acabar junio
    assert situaciones("2025-12-31")["tarde"] == 0  # «2025» vence al acabar el año


@pytest.fixture
def inicio(monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """Inicio con las tablas de juguete en la sesión."""
    monkeypatch.setattr(lo_que_sigue, "hoy", lambda: HOY)
    prueba = AppTest.from_file(str(RAIZ / "app.py"), default_timeout=60)
    prueba.session_state["tablas_propias"] = {**tablas(), **de_juguete()}
    prueba.run()
    assert not prueba.exception, prueba.exception[0].message
    assert not prueba.error, prueba.error[0].value
    return prueba


def test_inicio_lo_dice_con_enlace_a_sus_paginas(inicio: AppTest) -> None:
    assert "Lo que el observatorio sigue" in [s.value for s in inicio.header]
    seguido = next(h.proto.body for h in inicio.get("html") if "class='seguido'" in h.proto.body)
    assert "<b>5</b><strong>compromisos</strong>" in seguido
    assert "1 sin reporte y 1 tarde" in seguido
    assert f"<b>{len(VEREDICTOS)}</b><strong>afirmaciones</strong>" in seguido
    assert any("afirmaciones" in e.proto.page for e in inicio.get("page_link"))


def test_inicio_habla_de_los_dos_paises(inicio: AppTest) -> None:
    assert "Chile" in inicio.markdown[0].value
    frescura = next(h.proto.body for h in inicio.get("html") if "class='frescura'" in h.proto.body)
    assert "áreas urbanas de México" in frescura
    assert "<b>136</b>comunas de Chile" in frescura
