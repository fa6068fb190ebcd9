"""Los vecinos: los pares que se tocan, una vez cada uno, y los publicados son los de los límites publicados."""

from __future__ import annotations

from pathlib import Path

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from atalaya.errores import ErrorFuente
from atalaya.fuentes import limites, vecindad


def test_se_tocan_una_vez_por_par_y_no_consigo_mismos() -> None:
    cajas = [shapely.box(0, 0, 1, 1), shapely.box(1, 0, 2, 1), shapely.box(5, 5, 6, 6)]
    pares = vecindad.calcular(gpd.GeoDataFrame({"lugar": ["b", "a", "c"]}, geometry=cajas))
    assert pares.values.tolist() == [["a", "b"]]


def test_lo_publicado_sale_de_los_limites_publicados() -> None:
    publicados = vecindad.vecinos()
    de_chile = publicados[publicados["lugar"].str.startswith("CL")].reset_index(drop=True)
    pd.testing.assert_frame_equal(de_chile, vecindad.calcular(limites.abrir("CL")), check_dtype=False)
    de_neza = {*publicados.loc[publicados["lugar"] == "MX-15058", "vecino"]}
    de_neza |= {*publicados.loc[publicados["vecino"] == "MX-15058", "lugar"]}
    assert {"MX-15031", "MX-09007", "MX-09005"} <= de_neza  # Chimalhuacán, Iztapalapa, Gustavo A. Madero


def test_las_superficies_son_las_de_los_limites() -> None:
    km2 = vecindad.superficies()
    assert km2["MX-15058"] == pytest.approx(62.2, abs=1)
    assert km2.index.is_unique


def test_sin_tabla_dice_que_hacer(tmp_path: Path) -> None:
    for leer in (vecindad.vecinos, vecindad.superficies):
        with pytest.raises(ErrorFuente, match="make mapa"):
            leer(tmp_path)
