"""Los límites publicados (GeoParquet): válidos, sin huecos ni encimes, con las claves del catálogo."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pyarrow.parquet as pq
import pytest
import shapely
from shapely import MultiPolygon, Polygon, box

from atalaya import catalogo
from atalaya.errores import ErrorFuente
from atalaya.fuentes import limites, mapas

SIN_POLIGONO = {
    # Municipios creados después del archivo: su territorio sigue dentro del municipio del que salieron.
    "MX": [f"MX-{n}" for n in ("02007", "04013", "12082", "12083", "12084", "12085", "24059", "25019", "25020")],
    "CL": ["CL-12202"],  # Antártica
}
# Superficie del país según su oficina, km²: INEGI, 1 964 375 con islas; INE de Chile, 756 102 sin la Antártica.
SUPERFICIE = {"MX": (1_964_375, 0.001), "CL": (756_102, 0.006)}
ORIGENES = {"MX": "mx/municipios_mx_simplificado.geojson", "CL": "cl/chilemapas_mapa_comunas.rda"}


@pytest.fixture(scope="module")
def publicados() -> dict[str, gpd.GeoDataFrame]:
    return {pais: limites.abrir(pais) for pais in limites.PAISES}


def test_pesan_menos_de_cuatro_megas_y_dicen_de_quien_son() -> None:
    rutas = [limites.CARPETA / p.archivo for p in limites.PAISES.values()]
    assert sum(r.stat().st_size for r in rutas) < 4_000_000
    for pais, ruta in zip(limites.PAISES.values(), rutas, strict=True):
        esquema = pq.read_schema(ruta)
        assert esquema.names == ["lugar", "entidad", "area_km2", "geometry"]
        assert esquema.metadata[b"credito"].decode() == pais.credito
        assert "geo" in {clave.decode() for clave in esquema.metadata}


@pytest.mark.parametrize("pais", ["MX", "CL"])
def test_son_una_cobertura(publicados: dict[str, gpd.GeoDataFrame], pais: str) -> None:
    """Válidos uno por uno; vecinos sin encime ni rendija de un metro; ningún hueco interior."""
    publicado = publicados[pais]
    assert limites.revisar(publicado) == []
    assert publicado.is_valid.all()
    encime = publicado.area.sum() - shapely.union_all(publicado.geometry.values).area
    assert abs(encime) < 1  # metros cuadrados en todo el país
    assert limites.hueco_m2(publicado.geometry.values) == 0
    assert publicado.crs.to_epsg() == limites.PAISES[pais].epsg


@pytest.mark.parametrize("pais", ["MX", "CL"])
def test_las_claves_son_las_del_catalogo(publicados: dict[str, gpd.GeoDataFrame], pais: str) -> None:
    publicado = publicados[pais]
    assert publicado["lugar"].is_unique
    assert limites.sin_poligono(pais) == SIN_POLIGONO[pais]
    entidades = {k for k, uno in catalogo.lugares().items() if uno.tipo == "entidad" and k.startswith(pais)}
    assert set(publicado["entidad"]) == entidades
    assert (publicado["entidad"] == publicado["lugar"].str[:5]).all()


@pytest.mark.parametrize("pais", ["MX", "CL"])
def test_el_pais_mide_lo_que_mide(publicados: dict[str, gpd.GeoDataFrame], pais: str) -> None:
    esperada, tolerancia = SUPERFICIE[pais]
    assert publicados[pais]["area_km2"].sum() == pytest.approx(esperada, rel=tolerancia)
    # La de los polígonos simplificados, salvo lo que deforma la proyección.
    assert (publicados[pais].area / 1e6).sum() == pytest.approx(esperada, rel=0.01)


def test_las_islas_lejanas_estan_en_el_dato(publicados: dict[str, gpd.GeoDataFrame]) -> None:
    chile = publicados["CL"].set_index("lugar").to_crs(4326)
    lon, lat = (chile.loc["CL-05201"].geometry.centroid.x, chile.loc["CL-05201"].geometry.centroid.y)
    assert (lon, lat) == pytest.approx((-109.35, -27.12), abs=0.1)
    assert chile.loc["CL-05201", "area_km2"] == pytest.approx(163.6, rel=0.05)


@pytest.mark.parametrize(
    ("archivo", "contenido", "dice"),
    [
        ("otro.geojson", "esto no es un mapa", "GeoJSON"),
        ("otro.geojson", '{"type":"FeatureCollection","features":[]}', "cve_mun"),
        ("otro.rda", "esto no es de R", "tabla sf"),
    ],
)
def test_archivo_equivocado_se_rechaza_diciendo_por_que(
    tmp_path: Path, archivo: str, contenido: str, dice: str
) -> None:
    ruta = tmp_path / archivo
    ruta.write_text(contenido, encoding="utf-8")
    with pytest.raises(ErrorFuente, match=dice) as falla:
        limites.leer(ruta)
    assert falla.value.donde == archivo
    assert "Marco Geoestadístico" in falla.value.remedio


def _geojson(ruta: Path, figuras: dict[str, Polygon | MultiPolygon]) -> Path:
    lista = [
        {"type": "Feature", "geometry": shapely.geometry.mapping(forma), "properties": {"cve_mun": clave}}
        for clave, forma in figuras.items()
    ]
    ruta.write_text(json.dumps({"type": "FeatureCollection", "features": lista}), encoding="utf-8")
    return ruta


@pytest.mark.parametrize(("clave", "dice"), [("1058", "cinco dígitos"), ("15999", "MX-15999")])
def test_clave_mal_formada_o_ajena_al_catalogo(tmp_path: Path, clave: str, dice: str) -> None:
    with pytest.raises(ErrorFuente, match=dice):
        limites.leer(_geojson(tmp_path / "a.geojson", {clave: box(-99, 19, -98, 20)}))


def test_un_encime_y_una_rendija_se_reparan(tmp_path: Path) -> None:
    """Tres cuadros: el segundo se encima al primero y el tercero deja una rendija; salen vecinos exactos."""
    figuras = {
        "15058": box(-99.0, 19.0, -98.9, 19.1),
        "15031": box(-98.902, 19.01, -98.8, 19.1),
        "15070": Polygon(
            [(-99, 19.1), (-98.97, 19.1), (-98.95, 19.101), (-98.93, 19.1), (-98.8, 19.1), (-98.8, 19.2), (-99, 19.2)]
        ),
    }
    pais, leidos = limites.leer(_geojson(tmp_path / "a.geojson", figuras))
    assert pais.clave == "MX"
    assert list(leidos["lugar"]) == ["MX-15031", "MX-15058", "MX-15070"]
    assert limites.revisar(leidos) == []
    crudo = gpd.GeoDataFrame({"lugar": list(figuras)}, geometry=list(figuras.values()), crs=4326).to_crs(6372)
    assert len(limites.revisar(crudo)) == 2  # la revisión sí ve lo que estaba mal


def test_sin_lo_publicado_dice_que_falta(tmp_path: Path) -> None:
    with pytest.raises(ErrorFuente, match="límites publicados"):
        limites.abrir("MX", tmp_path)


@pytest.mark.fuentes
@pytest.mark.parametrize("pais", ["MX", "CL"])
def test_rehacer_los_limites_da_lo_publicado(
    fuentes: Path, tmp_path: Path, publicados: dict[str, gpd.GeoDataFrame], pais: str
) -> None:
    pytest.importorskip("rdata")
    hecho = limites.publicar(fuentes / "limites" / ORIGENES[pais], tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == [limites.PAISES[pais].archivo]
    assert gpd.read_parquet(hecho).equals(publicados[pais])


def test_los_municipios_de_cada_area_son_vecinos(publicados: dict[str, gpd.GeoDataFrame]) -> None:
    """Un área urbana es un lugar continuo: un municipio suelto sería uno mal asignado."""
    figuras = publicados["MX"].set_index("lugar").geometry
    sueltos = {}
    for area, formado in mapas.composicion().items():
        pendientes = set(formado)
        juntos = {pendientes.pop()}
        while vecinos := {p for p in pendientes if any(figuras[p].intersects(figuras[j]) for j in juntos)}:
            juntos |= vecinos
            pendientes -= vecinos
        if pendientes:
            sueltos[area] = sorted(min((juntos, pendientes), key=len))
    assert sueltos == {}
