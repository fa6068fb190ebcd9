"""El mapa publicado: entero, válido, con bordes compartidos; y su reconstrucción desde los polígonos municipales."""

from __future__ import annotations

import json
import re
from collections import Counter
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import shapely
from shapely import MultiPolygon, Polygon

from atalaya import catalogo
from atalaya.errores import ErrorFuente
from atalaya.fuentes import limites

DOCUMENTO = Path(__file__).resolve().parents[2] / "docs" / "fuentes" / "limites.md"
Topologia = dict[str, Any]


@pytest.fixture(scope="module")
def mapa() -> Topologia:
    return json.loads(limites.MAPA.read_text(encoding="utf-8"))


def arcos(figura: Topologia) -> set[int]:
    """Los arcos de una figura, sin importar el sentido en que los recorre."""
    anillos = figura["arcs"] if figura["type"] == "Polygon" else [a for parte in figura["arcs"] for a in parte]
    return {arco if arco >= 0 else ~arco for anillo in anillos for arco in anillo}


def poligonos(mapa: Topologia, capa: str) -> dict[str, MultiPolygon]:
    """Las figuras de una capa en metros, decodificadas como dice la especificación de TopoJSON."""
    (ex, ey), (tx, ty) = mapa["transform"]["scale"], mapa["transform"]["translate"]
    lineas = []
    for arco in mapa["arcs"]:
        x = y = 0
        linea = []
        for dx, dy in arco:
            x, y = x + dx, y + dy
            linea.append((x * ex + tx, y * ey + ty))
        lineas.append(linea)

    def anillo(indices: list[int]) -> list[tuple[float, float]]:
        puntos: list[tuple[float, float]] = []
        for i in indices:
            linea = lineas[i] if i >= 0 else lineas[~i][::-1]
            puntos += linea[1:] if puntos else linea
        return puntos

    def partes(figura: Topologia) -> list[Polygon]:
        crudas = [figura["arcs"]] if figura["type"] == "Polygon" else figura["arcs"]
        return [Polygon(anillo(exterior), [anillo(h) for h in huecos]) for exterior, *huecos in crudas]

    return {f["id"]: MultiPolygon(partes(f)) for f in mapa["objects"][capa]["geometries"]}


def test_toda_area_del_catalogo_tiene_figura_y_nombre(mapa: Topologia) -> None:
    figuras = {f["id"]: f["properties"]["nombre"] for f in mapa["objects"]["areas"]["geometries"]}
    esperadas = {k: uno.nombre for k, uno in catalogo.lugares().items() if uno.tipo == "area_urbana"}
    assert figuras == esperadas


def test_fondo_de_32_entidades(mapa: Topologia) -> None:
    entidades = poligonos(mapa, "entidades")
    assert set(entidades) == {
        k for k, uno in catalogo.lugares().items() if uno.tipo == "entidad" and k.startswith("MX-")
    }
    # Superficie continental de México: 1 960 189 km² (INEGI). Ni falta un estado ni se cuenta dos veces.
    assert sum(e.area for e in entidades.values()) / 1e6 == pytest.approx(1_960_000, rel=0.01)
    assert not any(parte.interiors for e in entidades.values() for parte in e.geoms)


@pytest.mark.parametrize("capa", ["areas", "municipios", "entidades"])
def test_figuras_validas_despues_de_simplificar_y_cuantizar(mapa: Topologia, capa: str) -> None:
    for clave, figura in poligonos(mapa, capa).items():
        assert all(parte.is_valid and parte.area > 0 for parte in figura.geoms), clave


def test_bordes_compartidos_son_el_mismo_arco(mapa: Topologia) -> None:
    areas = {f["id"]: f for f in mapa["objects"]["areas"]["geometries"]}
    entidades = {f["id"]: f for f in mapa["objects"]["entidades"]["geometries"]}
    iztapalapa, neza, milpa_alta = areas["MX-CD76"], areas["MX-CD28"], areas["MX-CD78"]
    assert arcos(iztapalapa) & arcos(neza)
    assert not arcos(milpa_alta) & arcos(neza)
    assert arcos(neza) & arcos(entidades["MX-09"]) & arcos(entidades["MX-15"])
    assert arcos(areas["MX-05035"]) & arcos(areas["MX-CD07"])


def test_municipios_vecinos_no_se_enciman_ni_dejan_rendija(mapa: Topologia) -> None:
    municipios = poligonos(mapa, "municipios")
    alcaldias = {k: v for k, v in municipios.items() if k.startswith("MX-09")}
    assert len(alcaldias) == 16
    for (a, uno), (b, otro) in combinations(alcaldias.items(), 2):
        assert shapely.intersection(uno, otro).area == pytest.approx(0, abs=1), (a, b)
    ciudad = poligonos(mapa, "entidades")["MX-09"]
    assert sum(v.area for v in alcaldias.values()) == pytest.approx(ciudad.area, rel=1e-9)


def test_cada_area_es_la_union_de_sus_municipios(mapa: Topologia) -> None:
    municipios, areas = poligonos(mapa, "municipios"), poligonos(mapa, "areas")
    for area, figura in areas.items():
        formado = catalogo.municipios_de(area)
        assert sum(municipios[m].area for m in formado) == pytest.approx(figura.area, rel=1e-9), area


def test_encuadres_contienen_lo_suyo(mapa: Topologia) -> None:
    areas = poligonos(mapa, "areas")
    assert set(mapa["encuadres"]) == {"nacional", *limites.RECUADROS}
    for nombre, claves in {"nacional": tuple(areas), **limites.RECUADROS}.items():
        caja = shapely.box(*mapa["encuadres"][nombre])
        assert all(caja.contains(areas[clave]) for clave in claves), nombre
    x_min, _, x_max, _ = mapa["encuadres"]["valle_mexico"]
    assert x_max - x_min < 100_000  # un recuadro que no amplía no sirve


def test_peso_y_credito(mapa: Topologia) -> None:
    assert limites.MAPA.stat().st_size <= 300_000
    assert mapa["fuente"] == "INEGI, Marco Geoestadístico"


def test_la_receta_del_documento_dibuja_las_areas(mapa: Topologia) -> None:
    """El código del documento corre tal cual: cada área se pinta donde cae y cada recuadro amplía lo suyo."""
    import pandas as pd
    import vl_convert

    receta: dict[str, Any] = {}
    bloques = re.findall(r"```python\n(.*?)```", DOCUMENTO.read_text(encoding="utf-8"), flags=re.S)
    exec("\n".join(bloques), receta)  # noqa: S102  -- es nuestro propio documento
    filas = pd.DataFrame({"lugar": ["MX-CD28", "MX-CD63"], "nombre": ["Neza", "Zapopan"], "valor_pct": [100.0, 0.0]})
    especificacion = receta["incrustar"](receta["con_recuadros"](filas, mapa["encuadres"]).to_dict(), mapa)
    svg = vl_convert.vegalite_to_svg(json.dumps(especificacion))
    trazos = re.findall(r'<path[^>]* d="(M[^"]+)" fill="(#eef1f4|rgb\([^"]+\))"', svg)
    assert len([color for _, color in trazos if color == "#eef1f4"]) >= 32 + len(limites.RECUADROS)
    pintadas = Counter(color for _, color in trazos if color != "#eef1f4")
    # Nezahualcóyotl sale en el país y en el Valle de México; Zapopan, en el país y en Guadalajara.
    assert sorted(pintadas.values()) == [2, 2]
    proyecciones = vl_convert.vegalite_to_vega(json.dumps(especificacion))["projections"]
    assert len({p["scale"] for p in proyecciones}) == 1 + len(limites.RECUADROS), "Vega-Lite fundió dos recuadros"


@pytest.mark.fuentes
def test_rehacer_el_mapa_da_los_mismos_bytes(fuentes: Path, tmp_path: Path) -> None:
    pytest.importorskip("topojson")
    origen = fuentes / "limites" / "mx" / "municipios_mx_simplificado.geojson"
    hecho = limites.construir(origen, tmp_path / "mapas" / "mapa.topojson")
    assert hecho.read_bytes() == limites.MAPA.read_bytes()
    assert [p.name for p in hecho.parent.iterdir()] == ["mapa.topojson"]


@pytest.mark.fuentes
def test_los_municipios_de_cada_area_son_vecinos(fuentes: Path) -> None:
    """Un área urbana es un lugar continuo: un municipio suelto sería uno mal asignado."""
    municipios = limites.leer(fuentes / "limites" / "mx" / "municipios_mx_simplificado.geojson")
    figuras = municipios.set_index("municipio").geometry
    sueltos = {}
    for area in (k for k, uno in catalogo.lugares().items() if uno.tipo == "area_urbana"):
        pendientes = set(catalogo.municipios_de(area))
        juntos = {pendientes.pop()}
        while vecinos := {p for p in pendientes if any(figuras[p].intersects(figuras[j]) for j in juntos)}:
            juntos |= vecinos
            pendientes -= vecinos
        if pendientes:
            sueltos[area] = sorted(min((juntos, pendientes), key=len))
    assert sueltos == {}


@pytest.mark.parametrize(
    ("contenido", "dice"),
    [
        ("esto no es un mapa", "GeoJSON"),
        ('{"type":"FeatureCollection","features":[]}', "cve_mun"),
    ],
)
def test_archivo_equivocado_se_rechaza_diciendo_por_que(tmp_path: Path, contenido: str, dice: str) -> None:
    ruta = tmp_path / "otro.geojson"
    ruta.write_text(contenido, encoding="utf-8")
    with pytest.raises(ErrorFuente, match=dice) as falla:
        limites.leer(ruta)
    assert falla.value.donde == "otro.geojson"
    assert "Marco Geoestadístico" in falla.value.remedio


def test_clave_mal_formada_y_municipio_sin_poligono(tmp_path: Path) -> None:
    cuadro = {"type": "Polygon", "coordinates": [[[-99, 19], [-99, 20], [-98, 20], [-98, 19], [-99, 19]]]}

    def escribir(clave: str) -> Path:
        ruta = tmp_path / f"{clave}.geojson"
        figura = {"type": "Feature", "geometry": cuadro, "properties": {"cve_mun": clave, "cve_ent": clave[:2]}}
        ruta.write_text(json.dumps({"type": "FeatureCollection", "features": [figura]}), encoding="utf-8")
        return ruta

    with pytest.raises(ErrorFuente, match="1058"):
        limites.leer(escribir("1058"))
    with pytest.raises(ErrorFuente, match="MX-09007"):
        limites.capas(limites.leer(escribir("15058")), {"MX-CD76": ("MX-09007",)})
