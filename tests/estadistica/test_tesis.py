"""La tesis del seminario: qué panel se arma, qué veredicto se da y qué dice el acervo del proyecto."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from atalaya import catalogo, motor
from atalaya.catalogo import Ruptura
from atalaya.estadistica import tesis
from atalaya.estadistica.tesis import ESLABONES, INDICADORES
from tests.estadistica.test_documentacion import ejemplo

PERIODOS = ("2024T1", "2024T2", "2024T3", "2025T1")
UNO = ESLABONES["confianza_inseguridad"]


def celda(lugar: str, indicador: str, periodo: str, valor: float | None, **cambios: Any) -> dict[str, Any]:
    """Una fila de `mostrar/panel`."""
    return {
        "lugar": lugar,
        "nombre": f"Ciudad {lugar}",
        "indicador": indicador,
        "periodo": periodo,
        "valor_pct": valor,
        "error_estandar": 1.0,
        "ic_inf": valor,
        "ic_sup": valor,
        "precision": "alta",
        "estado": "dato" if valor is not None else "no_aplica",
        **cambios,
    }


def mundo(pendiente: float, ciudades: int = 30, ruido: float = 0.5) -> pd.DataFrame:
    """Ciudades en que la inseguridad sigue a la confianza con esa pendiente y nada más sigue a nada."""
    azar = np.random.default_rng(7)
    filas = []
    for k in range(ciudades):
        for periodo in PERIODOS:
            confianza = 50 + azar.normal(0, 8)
            cifras = {
                "identifica_policia_municipal": 80 + azar.normal(0, 5),
                "efectividad_policia_municipal": 45 + azar.normal(0, 5),
                "confianza_policia_municipal": confianza,
                "inseguridad_ciudad": 60 + pendiente * (confianza - 50) + azar.normal(0, ruido),
            }
            filas += [celda(f"C{k:02d}", clave, periodo, valor) for clave, valor in cifras.items()]
    return pd.DataFrame(filas)


def test_el_panel_lleva_solo_las_celdas_con_las_dos_cifras() -> None:
    tabla = pd.DataFrame(
        [
            celda("A", UNO.x, "2024T1", 40.0),
            celda("A", UNO.y, "2024T1", 70.0, precision="moderada"),
            celda("A", UNO.x, "2024T2", 41.0),  # sin inseguridad
            celda("B", UNO.x, "2024T1", None),  # sin policía municipal
            celda("B", UNO.y, "2024T1", 60.0),
        ]
    )
    panel = tesis.panel_de(tabla, UNO)
    assert list(panel["lugar"]) == ["A"]
    assert panel[["x", "y", "precision"]].to_dict("records") == [{"x": 40.0, "y": 70.0, "precision": "moderada"}]


@pytest.mark.parametrize(
    ("una", "otra", "peor"),
    [("alta", "baja", "baja"), ("alta", "alta", "alta"), (None, "alta", None), (None, "baja", "baja")],
)
def test_la_precision_del_punto_es_la_peor_de_las_dos(una: str | None, otra: str, peor: str | None) -> None:
    tabla = pd.DataFrame(
        [celda("A", UNO.x, "2024T1", 40.0, precision=una), celda("A", UNO.y, "2024T1", 70.0, precision=otra)]
    )
    assert tesis.panel_de(tabla, UNO)["precision"].tolist() == [peor]


def test_un_cambio_de_serie_no_se_cruza(monkeypatch: pytest.MonkeyPatch) -> None:
    tabla = mundo(-1)
    cambio = Ruptura("ensu", "C03", UNO.y, "2024T3", "cambio", "otra pregunta", "x")
    monkeypatch.setattr(catalogo, "rupturas", lambda: (cambio,))
    panel = tesis.panel_de(tabla, UNO)
    assert sorted(panel.loc[panel["lugar"] == "C03", "periodo"]) == ["2024T3", "2025T1"]
    assert len(panel.loc[panel["lugar"] == "C04"]) == len(PERIODOS)
    otro = tesis.panel_de(tabla, ESLABONES["identifica_confianza"])  # el cambio no alcanza a ninguna de las dos
    assert len(otro) == 30 * len(PERIODOS)


def test_el_veredicto_halla_lo_que_hay_y_no_lo_que_no_hay() -> None:
    hallado = tesis.asociaciones(mundo(-0.8)).set_index(["clave", "tipo"])
    for tipo in ("entre", "dentro"):
        assert hallado.loc[("confianza_inseguridad", tipo), "veredicto"] == "baja"
        assert hallado.loc[("confianza_inseguridad", tipo), "coeficiente"] == pytest.approx(-0.8, abs=0.1)
    ajenos = hallado.drop("confianza_inseguridad", level="clave")
    assert set(ajenos["veredicto"]) == {"sin_cambio"}
    assert (hallado["p_holm"] >= hallado["p"]).all()


def test_lo_que_no_resiste_la_correccion_se_dice() -> None:
    """Un p de 0.03 entre diez pruebas no basta."""
    ajustes = tesis.asociaciones(mundo(0.0))
    casi = ajustes.assign(p=[0.03] + [0.5] * (len(ajustes) - 1))
    del casi["p_holm"], casi["veredicto"]
    pares = [(ESLABONES[f["clave"]], tesis.Asociacion(**_campos(f))) for f in casi.to_dict("records")]
    assert tesis._probadas(pares, 95)["veredicto"].tolist() == ["no_con_holm"] + ["sin_cambio"] * (len(pares) - 1)


def _campos(fila: dict[Any, Any]) -> dict[str, Any]:
    return {clave: fila[clave] for clave in tesis.Asociacion.__dataclass_fields__}


def test_con_pocas_ciudades_no_hay_nada_que_decir() -> None:
    pocas = mundo(-1, ciudades=8)
    assert tesis.asociaciones(pocas).empty
    assert tesis.entre_en(pocas, UNO, "2025T1").empty


def test_puntos_de_un_periodo_o_promedio() -> None:
    tabla = mundo(-1)
    promedio, uno = tesis.puntos_de(tabla, UNO), tesis.puntos_de(tabla, UNO, "2025T1")
    assert promedio["periodos"].unique().tolist() == [len(PERIODOS)]
    assert uno["periodos"].unique().tolist() == [1]
    panel = tesis.panel_de(tabla, UNO)
    assert promedio.set_index("lugar").loc["C00", "x"] == pytest.approx(panel[panel["lugar"] == "C00"]["x"].mean())


@pytest.fixture(scope="module")
def publicado() -> pd.DataFrame:
    """El panel del acervo del proyecto."""
    abierto = motor.abrir()
    tabla = abierto.correr("mostrar/panel", indicadores=list(INDICADORES), desglose="total").to_pandas()
    abierto.cerrar()
    return tabla.assign(nombre=tabla["lugar"])


def test_cada_territorio_cuenta_una_vez(publicado: pd.DataFrame) -> None:
    """Torreón está entera dentro de La Laguna; las regiones de la Ciudad de México no coinciden con sus alcaldías."""
    assert "MX-CD07" in set(publicado["lugar"])
    assert "MX-05035" not in set(publicado["lugar"])
    for _, suyas in publicado[publicado["estado"] == "dato"].groupby(["indicador", "periodo"]):
        municipios = [m for lugar in suyas["lugar"] for m in catalogo.municipios_de(lugar)]
        assert len(municipios) == len(set(municipios))


def test_el_ejemplo_de_la_documentacion_es_lo_que_da_el_acervo(publicado: pd.DataFrame) -> None:
    texto = ejemplo("ENSU 2019T1-2025T2")
    hallado = tesis.asociaciones(publicado).set_index(["clave", "tipo"])
    uno = hallado.loc[("confianza_inseguridad", "dentro")]
    assert f"{-uno['coeficiente']:.2f} puntos menor ({-uno['ic_sup']:.2f} a {-uno['ic_inf']:.2f})" in texto
    for clave in ("identifica_confianza", "identifica_inseguridad"):
        fila = hallado.loc[(clave, "dentro")]
        dicho = f"({fila['coeficiente']:.2f}, de {fila['ic_inf']:.2f} a {fila['ic_sup']:.2f})".replace("-", "−")
        assert dicho in texto
