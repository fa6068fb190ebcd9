"""Qué se prueba con qué entre conteos: cambios, índices y razones; y lo que no se prueba."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from atalaya.estadistica import pruebas_conteo
from atalaya.estadistica.tasas import cambio_relativo, razon_de_tasas


def fila(periodo: str, casos: float | None, **cambios: Any) -> dict[str, Any]:
    """Un conteo con su tasa; 100 mil personas, así la tasa de un año son sus casos."""
    meses = cambios.get("meses", 12 if len(periodo) == 4 else 1)
    return {
        "fuente": "sesnsp",
        "indicador": "homicidio_doloso",
        "lugar": "MX-15058",
        "nombre": cambios.get("lugar", "Neza"),
        "periodo": periodo,
        "casos": casos,
        "meses": meses,
        "poblacion": 100_000,
        "tasa_100k": None if casos is None else casos * 12 / meses,
        "estado": "no_registrado" if casos is None else "dato",
        **cambios,
    }


def tabla(*filas: dict[str, Any]) -> pd.DataFrame:
    """La tabla de esas filas, con nulos de pandas."""
    return pd.DataFrame(filas).astype({"casos": float, "tasa_100k": float})


def test_la_ultima_contra_la_base_y_contra_un_anio_antes() -> None:
    probados = pruebas_conteo.cambios(tabla(fila("2019", 100), fila("2023", 60), fila("2024", 50)), "2019")
    assert list(zip(probados["desde"], probados["periodo"], strict=True)) == [("2019", "2024"), ("2023", "2024")]
    referencia = cambio_relativo(100, 100_000, 50, 100_000)
    assert probados["cambio_pct"][0] == pytest.approx(float(referencia["cambio_pct"])) == pytest.approx(-50)
    assert probados["cambio_sup"][0] == pytest.approx(float(referencia["cambio_sup"]))
    assert list(probados["veredicto"]) == ["baja", "sin_cambio"]


def test_holm_cuenta_las_pruebas_del_mismo_delito() -> None:
    filas = [fila(a, n, lugar=lugar) for lugar in ("MX-15058", "MX-15033") for a, n in (("2019", 100), ("2024", 70))]
    probados = pruebas_conteo.cambios(tabla(*filas), "2019")
    assert (probados["p"] < 0.05).all()
    assert (probados["p_holm"] > probados["p"]).all()
    otro = tabla(*filas[:2], *(f | {"indicador": "feminicidio"} for f in filas[2:]))
    assert (pruebas_conteo.cambios(otro, "2019")["p_holm"] == pruebas_conteo.cambios(otro, "2019")["p"]).all()


def test_un_anio_a_medias_no_se_prueba() -> None:
    probados = pruebas_conteo.cambios(tabla(fila("2019", 100), fila("2024", 50), fila("2025", 5, meses=6)), "2019")
    assert set(probados["periodo"]) == {"2024"}


def test_nada_cruza_la_ruptura_y_se_dice() -> None:
    probados = pruebas_conteo.cambios(tabla(fila("2019", 100), fila("2025", 50), fila("2026", 40)), "2019")
    por_par = probados.set_index(["desde", "periodo"])
    assert por_par.loc[("2019", "2025"), "veredicto"] == "baja"
    assert por_par.loc[("2025", "2026"), "veredicto"] == "ruptura"
    assert np.isnan(por_par.loc[("2025", "2026"), "cambio_pct"])


def test_los_meses_se_comparan_con_el_mismo_mes_de_un_anio_antes() -> None:
    meses = tabla(fila("2023-05", 10), fila("2024-04", 9), fila("2024-05", 30))
    probados = pruebas_conteo.cambios(meses, "2019")
    assert list(zip(probados["desde"], probados["periodo"], strict=True)) == [("2023-05", "2024-05")]


def test_el_indice_es_el_cambio_desde_la_base_de_cada_lugar() -> None:
    filas = tabla(fila("2018", 50), fila("2019", 100), fila("2020", 150))
    indices = pruebas_conteo.indices(filas, filas[filas["periodo"] == "2019"])
    assert list(indices["cambio_pct"]) == pytest.approx([-50, 0, 50])
    assert indices["cambio_inf"].isna().tolist() == [False, True, False]


def test_el_indice_de_un_mes_y_de_un_anio_a_medias_va_llevado_a_anio() -> None:
    bases = tabla(fila("2019", 120))
    indices = pruebas_conteo.indices(tabla(fila("2020-05", 5), fila("2020", 30, meses=6)), bases)
    assert list(indices["cambio_pct"]) == pytest.approx([-50, -50])


def test_el_indice_no_cruza_la_ruptura_ni_sale_de_una_base_en_cero() -> None:
    filas = tabla(fila("2019", 100), fila("2026", 40), fila("2026", None, lugar="MX-15106"))
    indices = pruebas_conteo.indices(filas, filas[filas["periodo"] == "2019"])
    assert list(indices["estado"]) == ["dato", "ruptura", "no_registrado"]
    assert np.isnan(indices["cambio_pct"][1])
    en_cero = pruebas_conteo.indices(tabla(fila("2020", 5)), tabla(fila("2019", 0)))
    assert (en_cero["estado"][0], np.isnan(en_cero["cambio_pct"][0])) == ("sin_base", True)
    sin_base = pruebas_conteo.indices(tabla(fila("2020", 5)), tabla(fila("2019", 3, lugar="MX-15033")))
    assert sin_base["estado"][0] == "sin_base"


def test_la_razon_es_la_del_primer_lugar_entre_la_de_cada_otro() -> None:
    filas = tabla(fila("2024", 100), fila("2024", 50, lugar="MX-15033"), fila("2024", 98, lugar="MX-15104"))
    probadas = pruebas_conteo.razones(filas)
    referencia = razon_de_tasas(50, 100_000, 100, 100_000)
    assert list(probadas["razon"]) == pytest.approx([2, 100 / 98])
    assert probadas["razon_inf"][0] == pytest.approx(float(referencia["razon_inf"]))
    assert list(probadas["veredicto"]) == ["mayor", "no_se_distingue"]


def test_una_parte_no_se_prueba_contra_su_todo() -> None:
    filas = tabla(fila("2024", 100), fila("2024", 900, lugar="MX-15"), fila("2024", 9000, lugar="MX"))
    probadas = pruebas_conteo.razones(filas)
    assert list(probadas["veredicto"]) == ["comparten", "comparten"]
    assert probadas["p"].isna().all()


def test_sin_tasa_no_hay_nada_que_probar() -> None:
    vacia = tabla(fila("2024", None), fila("2024", None, lugar="MX-15033"))
    assert pruebas_conteo.cambios(vacia, "2019").empty
    assert pruebas_conteo.razones(vacia).empty
