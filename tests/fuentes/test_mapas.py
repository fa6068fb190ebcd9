"""Los mapas publicados (TopoJSON): enteros, válidos, ligeros, con bordes compartidos; y cómo se rehacen."""

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
from atalaya.fuentes import limites, mapas, topologia

DOCUMENTO = Path(__file__).resolve().parents[2] / "docs" / "fuentes" / "limites.md"
TOPE_KB = {"areas": 200, "municipios": 740, "entidades": 80, "comunas": 650, "regiones": 130}
Topologia = dict[str, Any]


@pytest.fixture(scope="module")
def publicados() -> dict[str, Topologia]:
    rutas = {clave: mapas.CARPETA / nivel.archivo for clave, nivel in mapas.NIVELES.items()}
    return {clave: json.loads(ruta.read_text(encoding="utf-8")) for clave, ruta in rutas.items()}


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


def _esperados(nivel: str) -> set[str]:
    lugares = catalogo.lugares()
    if nivel == "areas":
        return {k for k, uno in lugares.items() if uno.tipo == "area_urbana"}
    pais = mapas.NIVELES[nivel].pais
    if nivel in ("entidades", "regiones"):
        return {k for k, uno in lugares.items() if uno.tipo == "entidad" and k.startswith(pais)}
    return set(limites.abrir(pais)["lugar"])


@pytest.mark.parametrize("nivel", mapas.NIVELES)
def test_todo_lugar_del_nivel_tiene_figura_y_nombre(publicados: dict[str, Topologia], nivel: str) -> None:
    figuras = {f["id"]: f["properties"]["nombre"] for f in publicados[nivel]["objects"][nivel]["geometries"]}
    assert set(figuras) == _esperados(nivel)
    assert all(figuras.values())
    assert publicados[nivel]["fuente"] == limites.PAISES[mapas.NIVELES[nivel].pais].credito


@pytest.mark.parametrize("nivel", mapas.NIVELES)
def test_pesa_poco(nivel: str) -> None:
    assert (mapas.CARPETA / mapas.NIVELES[nivel].archivo).stat().st_size <= TOPE_KB[nivel] * 1000


@pytest.mark.parametrize("nivel", mapas.NIVELES)
def test_es_una_cobertura_despues_de_simplificar_y_cuantizar(publicados: dict[str, Topologia], nivel: str) -> None:
    """Válidos y, entre las figuras que no se enciman por definición, ni encimes ni rendijas ni huecos interiores.

    En la rejilla se cierran por la boca fiordos y esteros de Chile: ese hueco es agua (lo prueba la que sigue) y no
    llega a 0.03 % del país.
    """
    por_clave = poligonos(publicados[nivel], nivel)
    for clave, figura in por_clave.items():
        assert figura.is_valid, clave
        assert figura.area > 0, clave
    if nivel != "areas":  # las áreas de antes (regiones de CDMX, La Laguna) contienen a las de hoy
        formas = list(por_clave.values())
        assert shapely.coverage_is_valid(formas)
        assert sum(f.area for f in formas) == pytest.approx(shapely.union_all(formas).area, abs=1)
        tope = 200e6 if mapas.NIVELES[nivel].pais == "CL" else 0
        assert limites.hueco_m2(formas) <= tope


def test_lo_que_el_dibujo_de_chile_deja_hueco_es_agua() -> None:
    dato, nivel = limites.abrir("CL"), mapas.NIVELES["comunas"]
    tierra = shapely.union_all(dato.geometry.values)
    dibujo = topologia.en_rejilla(dato[["lugar", "entidad", "geometry"]], nivel.tolerancia_m, nivel.paso_m)
    partes = shapely.get_parts(shapely.union_all(dibujo.geometry.values))
    huecos = [Polygon(anillo) for parte in partes for anillo in parte.interiors]
    assert huecos
    assert all(hueco.difference(tierra).area > 0.5 * hueco.area for hueco in huecos)


@pytest.mark.parametrize("nivel", ["areas", "municipios", "comunas"])
def test_el_fondo_es_la_union_de_lo_que_va_encima(publicados: dict[str, Topologia], nivel: str) -> None:
    fondo = poligonos(publicados[nivel], "fondo")
    assert set(fondo) == _esperados("regiones" if nivel == "comunas" else "entidades")
    if nivel != "areas":
        figuras = poligonos(publicados[nivel], nivel)
        for clave, entidad in fondo.items():
            suyas = [f.area for k, f in figuras.items() if k.startswith(clave)]
            assert sum(suyas) == pytest.approx(entidad.area, rel=1e-9), clave


def test_los_bordes_compartidos_son_el_mismo_arco(publicados: dict[str, Topologia]) -> None:
    areas = {f["id"]: f for f in publicados["areas"]["objects"]["areas"]["geometries"]}
    fondo = {f["id"]: f for f in publicados["areas"]["objects"]["fondo"]["geometries"]}
    iztapalapa, neza, milpa_alta = areas["MX-CD76"], areas["MX-CD28"], areas["MX-CD78"]
    assert arcos(iztapalapa) & arcos(neza)
    assert not arcos(milpa_alta) & arcos(neza)
    assert arcos(neza) & arcos(fondo["MX-09"]) & arcos(fondo["MX-15"])
    assert arcos(areas["MX-05035"]) & arcos(areas["MX-CD07"])
    comunas = {f["id"]: f for f in publicados["comunas"]["objects"]["comunas"]["geometries"]}
    assert arcos(comunas["CL-13122"]) & arcos(comunas["CL-13118"])  # Peñalolén y Macul


def test_alcaldias_y_comunas_vecinas_no_se_enciman(publicados: dict[str, Topologia]) -> None:
    for nivel, entidad, cuantas in (("municipios", "MX-09", 16), ("comunas", "CL-13", 52)):
        suyas = {k: v for k, v in poligonos(publicados[nivel], nivel).items() if k.startswith(entidad)}
        assert len(suyas) == cuantas
        for (a, uno), (b, otro) in combinations(suyas.items(), 2):
            assert shapely.intersection(uno, otro).area == pytest.approx(0, abs=1), (a, b)


def test_cada_area_es_la_union_de_sus_municipios(publicados: dict[str, Topologia]) -> None:
    municipios = limites.abrir("MX").set_index("lugar").area
    for area, figura in poligonos(publicados["areas"], "areas").items():
        esperada = sum(municipios[m] for m in catalogo.municipios_de(area))
        assert figura.area == pytest.approx(esperada, rel=0.02), area


@pytest.mark.parametrize("nivel", mapas.NIVELES)
def test_los_encuadres_contienen_lo_suyo(publicados: dict[str, Topologia], nivel: str) -> None:
    mapa, figuras = publicados[nivel], poligonos(publicados[nivel], nivel)
    assert set(mapa["encuadres"]) == {"nacional", *mapas.NIVELES[nivel].recuadros}
    assert all(shapely.box(*mapa["encuadres"]["nacional"]).contains(f) for f in figuras.values())
    for nombre, claves in mapa["dentro"].items():
        caja = shapely.box(*mapa["encuadres"][nombre])
        assert {k for k, f in figuras.items() if caja.intersects(f)} <= set(claves)
        assert caja.bounds[2] - caja.bounds[0] < 100_000  # un recuadro que no amplía no sirve


def test_chile_cabe_en_franjas_a_la_misma_escala(publicados: dict[str, Topologia]) -> None:
    """Ninguna comuna cambia de tamaño salvo las islas ampliadas, y ninguna franja pisa a otra."""
    dato = limites.abrir("CL").set_index("lugar").area
    dibujo = poligonos(publicados["comunas"], "comunas")
    for clave, figura in dibujo.items():
        if clave in topologia.ISLAS:
            veces = topologia.ISLAS[clave][1]
            assert figura.area == pytest.approx(dato[clave] * veces**2, rel=0.15), clave
        elif dato[clave] > 500e6 and not clave.startswith(("CL-10", "CL-11", "CL-12")):  # sin archipiélagos
            assert figura.area == pytest.approx(dato[clave], rel=0.01), clave
    cajas = [
        shapely.box(
            *shapely.total_bounds([f for k, f in dibujo.items() if k[:5] in suyas and k not in topologia.ISLAS])
        )
        for suyas in topologia.FRANJAS.values()
    ]
    assert not any(a.intersects(b) for a, b in combinations(cajas, 2))
    marcos = publicados["comunas"]["objects"]["marcos"]["geometries"]
    assert [m["id"] for m in marcos] == [f"marco-{clave}" for clave in topologia.ISLAS]
    assert [r["texto"] for r in publicados["comunas"]["rotulos"]] == [
        *topologia.FRANJAS,
        "Rapa Nui (×5)",
        "Juan Fernández (×2)",
    ]


def test_la_receta_del_documento_dibuja_las_areas(publicados: dict[str, Topologia]) -> None:
    """El código del documento corre tal cual: cada área se pinta donde cae y cada recuadro amplía lo suyo."""
    import pandas as pd
    import vl_convert

    mapa = publicados["areas"]
    receta: dict[str, Any] = {}
    bloques = re.findall(r"```python\n(.*?)```", DOCUMENTO.read_text(encoding="utf-8"), flags=re.S)
    exec("\n".join(bloques), receta)  # noqa: S102  -- es nuestro propio documento
    filas = pd.DataFrame({"lugar": ["MX-CD28", "MX-CD63"], "nombre": ["Neza", "Zapopan"], "valor_pct": [100.0, 0.0]})
    especificacion = receta["incrustar"](receta["con_recuadros"](filas, mapa["encuadres"]).to_dict(), mapa)
    svg = vl_convert.vegalite_to_svg(json.dumps(especificacion))
    trazos = re.findall(r'<path[^>]* d="(M[^"]+)" fill="(#eef1f4|rgb\([^"]+\))"', svg)
    assert len([color for _, color in trazos if color == "#eef1f4"]) >= 32 + len(mapas.AREAS)
    pintadas = Counter(color for _, color in trazos if color != "#eef1f4")
    # Nezahualcóyotl sale en el país y en el Valle de México; Zapopan, en el país y en Guadalajara.
    assert sorted(pintadas.values()) == [2, 2]
    proyecciones = vl_convert.vegalite_to_vega(json.dumps(especificacion))["projections"]
    assert len({p["scale"] for p in proyecciones}) == 1 + len(mapas.AREAS), "Vega-Lite fundió dos recuadros"


def test_rehacer_los_mapas_da_los_mismos_bytes(tmp_path: Path) -> None:
    pytest.importorskip("topojson")
    hechos = mapas.construir(destino=tmp_path / "mapas")
    assert [h.name for h in hechos] == [n.archivo for n in mapas.NIVELES.values()]
    assert sorted(p.name for p in (tmp_path / "mapas").iterdir()) == sorted(h.name for h in hechos)
    for hecho in hechos:
        assert hecho.read_bytes() == (mapas.CARPETA / hecho.name).read_bytes(), hecho.name
