"""Lo que se prueba de una vista: con errores puestos a mano, para que cada veredicto se pueda contar con los dedos."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from atalaya.errores import ErrorConsulta
from atalaya.estadistica import pruebas

FUERA_DE_REGLA: dict[str, Any] = {"n": 40, "gl": 30}


def fila(lugar: str, valor: float | None, error: float | None = 2.0, **cambios: Any) -> dict[str, Any]:
    """Una cifra con su error; sin valor, la que no aplica."""
    return {
        "fuente": "ensu",
        "lugar": lugar,
        "nombre": lugar,
        "indicador": "inseguridad_ciudad",
        "periodo": "2025T2",
        "valor_pct": valor,
        "error_estandar": error if valor is not None else None,
        "ic_inf": None,
        "ic_sup": None,
        "cv_pct": None,
        "n": 300,
        "gl": np.inf,
        "efecto_diseno": 1.5,
        "precision": "alta" if valor is not None else None,
        "numerador": None,
        "denominador": None,
        "estado": "dato" if valor is not None else "no_aplica",
        "metodo": "publicada",
        "renglones": 1,
        **cambios,
    }


def veredictos(filas: list[dict[str, Any]], foco: str = "MX-CD28") -> dict[str, str]:
    """Lugar → veredicto."""
    probadas = pruebas.frente_al_foco(pd.DataFrame(filas), foco)
    return dict(zip(probadas["lugar"], probadas["veredicto"], strict=True))


def test_frente_al_foco_dice_mayor_menor_y_no_se_distingue() -> None:
    filas = [fila("MX-CD28", 50.0), fila("MX-CD27", 30.0), fila("MX-CD91", 70.0), fila("MX-CD90", 51.0)]
    assert veredictos(filas) == {"MX-CD27": "mayor", "MX-CD91": "menor", "MX-CD90": "no_se_distingue"}


def test_la_diferencia_y_su_margen_son_los_de_dos_muestras_independientes() -> None:
    (una,) = pruebas.frente_al_foco(
        pd.DataFrame([fila("MX-CD28", 50.0, 3.0), fila("MX-CD27", 30.0, 4.0)]), "MX-CD28"
    ).to_dict("records")
    assert una["diferencia"] == pytest.approx(20)
    assert una["margen"] == pytest.approx(1.959963984540054 * 5)  # √(3² + 4²) = 5


def test_holm_pide_mas_cuantas_mas_se_prueban() -> None:
    """Una diferencia de 2.1 errores basta sola y no entre cinco."""
    d = 2.1 * np.sqrt(8)
    sola = [fila("MX-CD28", 50.0), fila("MX-CD27", 50 - d)]
    assert veredictos(sola)["MX-CD27"] == "mayor"
    entre_cinco = [*sola, *(fila(lugar, 50.0) for lugar in ("MX-CD91", "MX-CD90", "MX-CD88", "MX-CD87"))]
    assert veredictos(entre_cinco)["MX-CD27"] == "no_con_holm"


def test_torreon_y_la_laguna_no_son_muestras_independientes() -> None:
    """Sin saber qué parte es una de la otra no hay prueba; sabiéndolo, la covarianza la estrecha."""
    filas = [fila("MX-05035", 50.0), fila("MX-CD07", 44.0, 1.5)]
    assert veredictos(filas, "MX-05035")["MX-CD07"] == "comparten"
    filas = [fila("MX-05035", 50.0, denominador=50), fila("MX-CD07", 44.0, 1.5, denominador=100)]
    (una,) = pruebas.frente_al_foco(pd.DataFrame(filas), "MX-05035").to_dict("records")
    assert una["margen"] == pytest.approx(1.959963984540054 * np.sqrt(4 + 2.25 - 2 * 0.5 * 4))


def test_sin_cifra_o_sin_error_no_hay_prueba() -> None:
    filas = [fila("MX-CD28", 50.0), fila("MX-CD76", None), fila("MX-CD27", 30.0, None)]
    assert veredictos(filas) == {"MX-CD76": "sin_prueba", "MX-CD27": "sin_prueba"}
    assert pruebas.frente_al_foco(pd.DataFrame(filas), "MX-CD03").empty


def serie(valores: dict[str, float], **cambios: Any) -> pd.DataFrame:
    """Una serie de una ciudad."""
    return pd.DataFrame([fila("MX-CD28", v, periodo=p, **cambios) for p, v in valores.items()])


def test_cambios_con_el_anterior_y_con_el_de_un_ano_antes() -> None:
    valores = {"2024T1": 50.0, "2024T2": 50.5, "2024T3": 51.0, "2024T4": 51.0, "2025T1": 80.0}
    probados = pruebas.cambios(serie(valores))
    assert set(zip(probados["periodo"], probados["contra"], strict=True)) == {
        *((p, "previo") for p in ("2024T2", "2024T3", "2024T4", "2025T1")),
        ("2025T1", "anual"),
    }
    firmes = probados[probados["veredicto"] == "sube"]
    assert list(zip(firmes["desde"], firmes["periodo"], strict=True)) == [("2024T4", "2025T1"), ("2024T1", "2025T1")]


def test_nada_se_compara_a_traves_de_un_hueco() -> None:
    """2020T2 no se levantó: ni 2020T3 con 2020T1, ni 2021T1 con 2020T1."""
    probados = pruebas.cambios(serie({"2019T3": 20.0, "2020T1": 40.0, "2020T3": 60.0, "2021T1": 80.0}))
    assert probados.empty
    assert list(pruebas.con_cambios(serie({"2020T1": 40.0}), probados)["cambio_previo"].isna()) == [True]


def test_nada_se_compara_a_traves_de_un_cambio_de_serie() -> None:
    """En 2024S2 la cuenta de víctimas agrega fraudes."""
    valores = {"2023S2": 20.0, "2024S1": 22.0, "2024S2": 60.0, "2025S1": 61.0}
    probados = pruebas.cambios(serie(valores, indicador="hogares_victimas"))
    negados = probados[probados["veredicto"] == "ruptura"]
    assert set(zip(negados["desde"], negados["periodo"], strict=True)) == {
        ("2024S1", "2024S2"),
        ("2023S2", "2024S2"),
        ("2024S1", "2025S1"),
    }
    assert negados[["diferencia", "margen", "p", "p_holm"]].isna().all(axis=None)
    calculados = probados[probados["diferencia"].notna()]
    assert set(zip(calculados["desde"], calculados["periodo"], strict=True)) == {
        ("2023S2", "2024S1"),
        ("2024S2", "2025S1"),
    }


def test_de_una_experimental_a_una_que_no_lo_es_no_hay_cambio() -> None:
    """La comuna de 2024 es experimental: ni 2023→2024 ni 2024→2025; entre dos experimentales, sí."""
    comunes = {"indicador": "victimizacion_hogar_violenta", "fuente": "enusc"}
    metodos = {
        "CL-13122": {"2023": "microdatos", "2024": "experimental", "2025": "microdatos"},
        "CL-13101": {"2024": "experimental", "2025": "experimental"},
    }
    filas = [
        fila(lugar, 9.0, periodo=periodo, metodo=metodo, **comunes)
        for lugar, suyos in metodos.items()
        for periodo, metodo in suyos.items()
    ]
    probados = pruebas.cambios(pd.DataFrame(filas))
    assert set(zip(probados["lugar"], probados["desde"], strict=True)) == {("CL-13101", "2024")}


def test_lo_negado_no_cuenta_para_la_correccion() -> None:
    """Holm reparte entre lo que se prueba, y lo que cruza una ruptura no se prueba."""
    valores = {"2024S1": 22.0, "2024S2": 60.0, "2025S1": 66.0}
    (unico,) = (
        f
        for f in pruebas.cambios(serie(valores, indicador="hogares_victimas")).to_dict("records")
        if f["veredicto"] != "ruptura"
    )
    assert unico["p_holm"] == unico["p"]


def test_rangos_cuentan_dos_veces_lo_que_inegi_lista_dos_veces() -> None:
    filas = [
        fila("MX-CD07", 90.0, 0.5, renglones=2),
        fila("MX-CD28", 50.0, 0.5),
        fila("MX-CD27", 49.9, 0.5),
        fila("MX-CD91", 10.0, None),
    ]
    con = pruebas.con_rangos(pd.DataFrame(filas).assign(gl=np.inf)).set_index("lugar")
    assert tuple(con.loc["MX-CD28", ["rango_inf", "rango_sup"]]) == (3, 5)  # quien no tiene error puede quedar debajo
    assert con.loc["MX-CD91", ["rango_inf", "rango_sup"]].isna().all()
    sin_duda = pruebas.con_rangos(pd.DataFrame(filas[:3])).set_index("lugar")
    assert tuple(sin_duda.loc["MX-CD28", ["rango_inf", "rango_sup"]]) == (3, 4)


def test_la_regla_de_inegi_no_toca_la_clase_publicada() -> None:
    tabla = pd.DataFrame([fila("MX-CD28", 50.0, 30.0, precision="alta")])
    con = pruebas.con_regla(tabla, "inegi")
    assert (con["precision"].iloc[0], con["estado"].iloc[0]) == ("alta", "dato")
    assert con["regla_precision"].iloc[0] == "inegi"


@pytest.mark.parametrize("regla", ["ine_chile", "cepal"])
def test_lo_suprimido_se_va_de_toda_columna_y_de_la_lista(regla: str) -> None:
    filas = [fila("MX-CD28", 50.0, 2.0), fila("MX-CD27", 90.0, 2.0, **FUERA_DE_REGLA), fila("MX-CD90", 20.0, 2.0)]
    tabla = pd.DataFrame(filas).assign(posicion=[2.0, 1.0, 3.0], lugares_con_cifra=3)
    con = pruebas.con_regla(tabla, regla).set_index("lugar")
    fuera = con.loc["MX-CD27"]
    assert fuera["estado"] == "suprimido"
    assert fuera[["valor_pct", "error_estandar", "ic_inf", "ic_sup", "numerador", "posicion"]].isna().all()
    assert con.loc["MX-CD28", "posicion"] == 1
    assert con["lugares_con_cifra"].iloc[0] == 2
    assert tabla["estado"].eq("dato").all()  # la que recibe no cambia


def test_sin_error_no_se_puede_evaluar_y_no_se_suprime() -> None:
    con = pruebas.con_regla(pd.DataFrame([fila("MX-CD28", 50.0, None, n=None)]), "cepal").iloc[0]
    assert con["estado"] == "dato"
    assert con["precision"] is None or pd.isna(con["precision"])


def test_regla_que_no_existe() -> None:
    with pytest.raises(ErrorConsulta, match="cepal"):
        pruebas.con_regla(pd.DataFrame([fila("MX-CD28", 50.0)]), "otra")
