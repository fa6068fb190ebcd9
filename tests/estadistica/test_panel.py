"""La asociación entre ciudades y dentro de ellas, contra R (`sandwich`) y en sus bordes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from atalaya.estadistica.panel import MINIMO_CIUDADES, dentro_de_ciudades, entre_ciudades

REFERENCIA = Path(__file__).resolve().parents[1] / "referencia"
AJUSTES = {"dentro": dentro_de_ciudades, "entre": entre_ciudades}


@pytest.fixture
def panel() -> pd.DataFrame:
    """El de tests/referencia/panel.R: 30 ciudades, 6 periodos, con celdas que faltan."""
    return pd.read_csv(REFERENCIA / "panel_juguete.csv").assign(error_x=0.0)


@pytest.mark.parametrize("tipo", ["dentro", "entre"])
def test_igual_que_r(panel: pd.DataFrame, tipo: str) -> None:
    esperado = pd.read_csv(REFERENCIA / "panel_referencia.csv").set_index("tipo").loc[tipo]
    hallado = AJUSTES[tipo](panel)
    assert hallado is not None
    for campo, valor in esperado.items():
        assert getattr(hallado, str(campo)) == pytest.approx(valor, rel=1e-9), campo


def test_los_efectos_fijos_quitan_lo_que_no_cambia(panel: pd.DataFrame) -> None:
    """Sumar a cada ciudad una constante, o a cada periodo, no mueve el coeficiente de dentro y sí el de entre."""
    corrido = panel.assign(y=panel["y"] + panel["lugar"].str[1:].astype(int) * 7)
    dentro, otro = dentro_de_ciudades(panel), dentro_de_ciudades(corrido)
    assert dentro is not None
    assert otro is not None
    assert otro.coeficiente == pytest.approx(dentro.coeficiente, rel=1e-9)
    entre, otra = entre_ciudades(panel), entre_ciudades(corrido)
    assert entre is not None
    assert otra is not None
    assert otra.coeficiente != pytest.approx(entre.coeficiente, rel=1e-3)


def test_el_error_muestral_baja_la_confiabilidad(panel: pd.DataFrame) -> None:
    sin_error, con_error = (dentro_de_ciudades(panel.assign(error_x=ee)) for ee in (0.0, 3.0))
    assert sin_error is not None
    assert con_error is not None
    assert sin_error.confiabilidad == 1
    assert 0 < con_error.confiabilidad < 1
    ruido = dentro_de_ciudades(panel.assign(error_x=100.0))
    assert ruido is not None
    assert ruido.confiabilidad == 0  # nunca negativa: todo lo que se ve cabe en el error


def test_con_pocas_ciudades_o_un_solo_periodo_no_se_estima(panel: pd.DataFrame) -> None:
    pocas = panel[panel["lugar"] < f"C{MINIMO_CIUDADES:02d}"]
    assert entre_ciudades(pocas) is None
    assert dentro_de_ciudades(pocas) is None
    assert dentro_de_ciudades(panel[panel["periodo"] == "P1"]) is None
    assert entre_ciudades(panel.assign(x=5.0)) is None


def test_lo_que_falta_no_cuenta(panel: pd.DataFrame) -> None:
    con_hueco = panel.copy()
    con_hueco.loc[con_hueco.index[:3], "x"] = np.nan
    hallado = dentro_de_ciudades(con_hueco)
    assert hallado is not None
    assert hallado.celdas == len(panel) - 3
