"""Límites municipales de México → el mapa TopoJSON que sirve la propia aplicación.

Fuente: INEGI, Marco Geoestadístico. De un GeoJSON municipal (`cve_mun`, `cve_ent`) salen tres capas que comparten
arcos: `areas` (una figura por área urbana de la ENSU), `municipios` (los que las forman) y `entidades` (el fondo).
Las coordenadas ya van proyectadas en metros (cónica conforme de Lambert de INEGI): se dibujan con la proyección
`identity` y `reflectY`. Se rehace con `python -m atalaya.fuentes.limites municipios.geojson`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from atalaya import catalogo
from atalaya.errores import ErrorFuente
from atalaya.tabla_csv import leer_por_clave

if TYPE_CHECKING:
    import geopandas as gpd

MAPA: Final = Path(__file__).resolve().parents[2] / "static" / "mapas" / "mx_ensu.topojson"
CREDITO: Final = "INEGI, Marco Geoestadístico"

PROYECCION: Final = 6372
"""EPSG: México ITRF2008 / LCC, la proyección oficial de INEGI; unidades: metros."""

TOLERANCIA_M: Final = 200.0
"""Simplificación de Visvalingam-Whyatt: el triángulo que se quita mide menos de 200 m × 200 m. En el recuadro del
Valle de México (≈ 80 km en 300 px) es menos de un pixel."""

HUECO_M: Final = 2_000.0
"""Los municipios cubren el país entero: los 48 huecos del archivo (el mayor, 4.7 km²) son de digitalización y se
cierran con el vecino de mayor frontera. Todos miden menos de 2 km de ancho."""

CUANTOS: Final = 100_000
"""Rejilla de enteros del TopoJSON: ≈ 30 m por paso a lo ancho del país."""

RECUADROS: Final[dict[str, tuple[str, ...]]] = {
    "valle_mexico": tuple(f"MX-CD{cd}" for cd in (27, 28, *range(71, 92))),
    "guadalajara": tuple(f"MX-CD{cd}" for cd in range(59, 64)),
    "monterrey": tuple(f"MX-CD{cd}" for cd in range(64, 71)),
}
"""Zonas donde caben muchas áreas en pocos kilómetros: a escala nacional no se ven y llevan recuadro propio."""

MARGEN: Final = 0.04


def leer(ruta: Path) -> gpd.GeoDataFrame:
    """Una fila por municipio: `municipio` (`MX-15058`), `entidad` (`MX-15`), `geometry` en metros.

    La salida es una cobertura: polígonos válidos, sin encimes ni rendijas, con los bordes compartidos idénticos.
    Lanza ErrorFuente si el archivo no es un GeoJSON de municipios o trae claves repetidas o mal formadas.
    """
    import geopandas as gpd  # noqa: PLC0415  -- tarda medio segundo y sólo esta orden lo usa
    import shapely  # noqa: PLC0415

    try:
        crudo = gpd.read_file(ruta)
    except Exception as causa:  # pyogrio lanza clases distintas según qué le pasa al archivo
        raise _error(ruta, "un GeoJSON de municipios que se pueda abrir", str(causa)) from causa
    if faltan := {"cve_mun", "cve_ent"} - set(crudo.columns):
        raise _error(ruta, "los campos cve_mun y cve_ent", f"faltan {', '.join(sorted(faltan))}")
    claves = crudo["cve_mun"].astype(str)
    if (malas := claves[~claves.str.fullmatch(r"\d{5}") | claves.duplicated()]).any():
        raise _error(ruta, "claves de cinco dígitos sin repetir", ", ".join(sorted(set(malas))[:5]))
    if crudo.crs is None:
        raise _error(ruta, "un sistema de coordenadas declarado", "ninguno")
    metros = crudo.to_crs(PROYECCION)
    reparadas = shapely.coverage_clean(shapely.make_valid(metros.geometry.values), gap_width=HUECO_M)
    return gpd.GeoDataFrame(
        {"municipio": "MX-" + claves, "entidad": "MX-" + claves.str[:2]}, geometry=reparadas, crs=PROYECCION
    )


def capas(municipios: gpd.GeoDataFrame, composicion: Mapping[str, tuple[str, ...]]) -> dict[str, gpd.GeoDataFrame]:
    """`areas`, `municipios` y `entidades`: una fila por lugar (índice), sólo `geometry`, ya simplificada.

    `composicion`: área → municipios que la forman. Lanza ErrorFuente si alguno no tiene polígono.
    """
    import geopandas as gpd  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    pedidos = {municipio for formado in composicion.values() for municipio in formado}
    if sin_poligono := pedidos - set(municipios["municipio"]):
        raise _error(Path("límites"), "un polígono por municipio de la ENSU", ", ".join(sorted(sin_poligono)))
    # El resto de cada entidad se funde ANTES de simplificar: así los límites que nadie dibuja no cuestan vértices
    # y una sola simplificación deja idénticos los bordes que comparten las tres capas.
    pieza = municipios["municipio"].where(municipios["municipio"].isin(pedidos), municipios["entidad"])
    piezas = municipios.assign(pieza=pieza).dissolve("pieza", method="coverage")[["entidad", "geometry"]]
    piezas["geometry"] = shapely.coverage_simplify(piezas.geometry.values, TOLERANCIA_M)
    propias = [(area, piezas.geometry[m]) for area, formado in sorted(composicion.items()) for m in formado]
    areas = gpd.GeoDataFrame(propias, columns=["lugar", "geometry"], geometry="geometry", crs=PROYECCION)
    return {
        "areas": areas.dissolve("lugar", method="coverage"),
        "municipios": piezas.loc[sorted(pedidos), ["geometry"]].rename_axis("lugar"),
        "entidades": piezas.dissolve("entidad", method="coverage")[["geometry"]].rename_axis("lugar"),
    }


def topologia(por_capa: Mapping[str, gpd.GeoDataFrame]) -> dict[str, Any]:
    """El TopoJSON: por figura `id` (clave de lugar) y `properties.nombre`; además `fuente` y `encuadres`."""
    from topojson.core.topology import Topology  # noqa: PLC0415  -- sólo hace falta para rehacer el mapa

    marcos = [marco.reset_index() for marco in por_capa.values()]
    hecho = json.loads(str(Topology(marcos, object_name=list(por_capa), prequantize=CUANTOS).to_json()))
    nombres = leer_por_clave(catalogo.CARPETA / "municipios.csv", catalogo.Lugar, {}) | catalogo.lugares()
    for capa in hecho["objects"].values():
        for figura in capa["geometries"]:
            figura["id"] = clave = figura.pop("properties")["lugar"]
            figura.pop("bbox", None)
            figura["properties"] = {"nombre": nombres[clave].nombre}
        capa.pop("bbox", None)
    return {**hecho, "fuente": CREDITO, "encuadres": encuadres(por_capa)}


def encuadres(por_capa: Mapping[str, gpd.GeoDataFrame]) -> dict[str, list[int]]:
    """Caja `[x_min, y_min, x_max, y_max]` en metros, con margen: `nacional` y cada recuadro de RECUADROS."""
    cajas = {"nacional": por_capa["entidades"].total_bounds}
    areas = por_capa["areas"]
    cajas |= {
        nombre: areas.loc[[c for c in claves if c in areas.index]].total_bounds for nombre, claves in RECUADROS.items()
    }
    return {nombre: _con_margen(*caja) for nombre, caja in cajas.items()}


def construir(origen: Path, destino: Path = MAPA) -> Path:
    """Rehace el mapa publicado a partir del GeoJSON municipal y devuelve dónde quedó. Lanza ErrorFuente."""
    areas = [uno.lugar for uno in catalogo.lugares().values() if uno.tipo == "area_urbana"]
    composicion = {area: catalogo.municipios_de(area) for area in areas}
    texto = json.dumps(topologia(capas(leer(origen), composicion)), ensure_ascii=False, separators=(",", ":"))
    destino.parent.mkdir(parents=True, exist_ok=True)
    temporal = destino.with_suffix(".parcial")
    temporal.write_text(texto, encoding="utf-8")
    temporal.replace(destino)  # quien está mirando el mapa ve el de antes o el nuevo, nunca uno a medias
    return destino


def _con_margen(x_min: float, y_min: float, x_max: float, y_max: float) -> list[int]:
    ancho, alto = (x_max - x_min) * MARGEN, (y_max - y_min) * MARGEN
    return [round(v) for v in (x_min - ancho, y_min - alto, x_max + ancho, y_max + alto)]


def _error(ruta: Path, esperado: str, recibido: str) -> ErrorFuente:
    return ErrorFuente(
        donde=ruta.name,
        esperado=esperado,
        recibido=recibido,
        remedio="use los polígonos municipales del Marco Geoestadístico de INEGI en GeoJSON (docs/fuentes/limites.md)",
    )


if __name__ == "__main__":
    hecho = construir(Path(sys.argv[1]))
    print(f"{hecho}: {hecho.stat().st_size / 1000:.0f} kB")
