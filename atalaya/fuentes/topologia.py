"""Geometría de los mapas: simplificar sobre una rejilla sin romper la cobertura, acomodar Chile y escribir TopoJSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from atalaya.errores import ErrorFuente

if TYPE_CHECKING:
    import geopandas as gpd

ISLOTE: Final = 25
"""Una isla que no llega a tantos triángulos de los que la simplificación quita (4 km² con 400 m) no llega a un pixel a
escala nacional: el dibujo la omite (el dato, no), salvo que sea la mayor parte de su lugar."""

FRANJAS: Final = {
    "Norte Grande": ("CL-15", "CL-01", "CL-02"),
    "Norte Chico y Centro": ("CL-03", "CL-04", "CL-05", "CL-13", "CL-06"),
    "Sur": ("CL-07", "CL-16", "CL-08", "CL-09", "CL-14", "CL-10"),
    "Austral": ("CL-11", "CL-12"),
}
"""Chile mide 4 300 km de alto y 180 de ancho: entero no se ve nada. Se dibuja en cuatro franjas a la misma escala."""

ISLAS: Final = {"CL-05201": ("Rapa Nui", 5), "CL-05104": ("Juan Fernández", 2)}
"""A 3 700 y 670 km de la costa: van en recuadros bajo la primera franja, ampliadas las veces que dice su rótulo."""

AIRE_M: Final = 60_000


@dataclass(frozen=True)
class Dibujo:
    """Las piezas ya en su sitio (`lugar`, `entidad`, `geometry`) y lo que el mapa lleva escrito o enmarcado."""

    piezas: gpd.GeoDataFrame
    marcos: gpd.GeoDataFrame | None = None
    rotulos: Sequence[Mapping[str, Any]] = ()


def en_rejilla(piezas: gpd.GeoDataFrame, tolerancia_m: float, paso_m: int) -> gpd.GeoDataFrame:
    """Las piezas simplificadas, con todo vértice en un múltiplo de `paso_m` y los bordes comunes idénticos.

    Redondear vértice por vértice cruza bordes angostos. Aquí se anudan todas las líneas sobre la rejilla, se arman las
    caras que quedan y cada una vuelve a su dueña: lo que sale es una cobertura válida. Lanza ErrorFuente si alguna
    pieza desaparece.
    """
    import shapely  # noqa: PLC0415

    visibles = _sin_islotes(piezas, ISLOTE * tolerancia_m**2)
    simples = shapely.coverage_simplify(visibles.geometry.values, tolerancia_m)
    lineas = shapely.union_all(shapely.boundary(simples), grid_size=paso_m)
    caras = shapely.get_parts(shapely.polygonize(shapely.get_parts(lineas)))
    cara, duena = shapely.STRtree(simples).query(shapely.point_on_surface(caras), predicate="within")
    if perdidas := sorted(set(visibles["lugar"]) - set(visibles["lugar"].iloc[duena])):
        raise ErrorFuente(
            "límites", f"piezas mayores que la rejilla de {paso_m} m", ", ".join(perdidas), "use una rejilla más fina"
        )
    armadas = visibles.iloc[duena].set_geometry(caras[cara], crs=piezas.crs)
    return armadas.dissolve("lugar", method="coverage").reset_index()[["lugar", "entidad", "geometry"]]


def fundir(piezas: gpd.GeoDataFrame, campo: str) -> gpd.GeoDataFrame:
    """Una fila por valor de `campo` (índice `lugar`), con las piezas unidas."""
    return piezas.dissolve(campo, method="coverage")[["geometry"]].rename_axis("lugar")


def acomodar_chile(piezas: gpd.GeoDataFrame, paso_m: int) -> Dibujo:
    """Chile en cuatro franjas de norte a sur, lado a lado y a la misma escala; las islas lejanas, en recuadros."""
    import geopandas as gpd  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    # A nivel de región las islas son parte de Valparaíso: se separan para dibujarlas en su recuadro.
    sueltas = piezas.explode(ignore_index=True)
    isla = _isla_de(sueltas)
    puestas, rotulos, x, cajas = [], [], 0.0, []
    for nombre, regiones in FRANJAS.items():
        franja = sueltas[sueltas["entidad"].isin(regiones) & isla.isna()]
        x_min, _, x_max, y_max = franja.total_bounds
        puestas.append(_mover(franja, _a_paso(x - x_min, paso_m), _a_paso(-y_max, paso_m)))
        rotulos.append({"texto": nombre, "x": round(x + (x_max - x_min) / 2), "y": AIRE_M, "ancla": "center"})
        x += x_max - x_min + AIRE_M
    y = puestas[0].total_bounds[1] - 2 * AIRE_M
    for clave, (nombre, veces) in ISLAS.items():
        suyas = sueltas[isla == clave]
        grande = suyas.set_geometry(suyas.geometry.scale(veces, veces, origin=(0, 0)))
        x_min, y_min, x_max, y_max = grande.total_bounds
        puestas.append(_mover(grande, _a_paso(AIRE_M / 2 - x_min, paso_m), _a_paso(y - AIRE_M / 2 - y_max, paso_m)))
        caja = shapely.box(*(_a_paso(v, paso_m) for v in (0, y - AIRE_M - (y_max - y_min), x_max - x_min + AIRE_M, y)))
        cajas.append(caja)
        rotulos.append({"texto": f"{nombre} (×{veces})", "x": 0, "y": round(y + AIRE_M * 0.6), "ancla": "left"})
        y = caja.bounds[1] - 2 * AIRE_M
    todas = gpd.GeoDataFrame(pd.concat(puestas), crs=piezas.crs).dissolve("lugar").reset_index()
    marcos = gpd.GeoDataFrame({"lugar": [f"marco-{clave}" for clave in ISLAS]}, geometry=cajas, crs=piezas.crs)
    return Dibujo(todas[["lugar", "entidad", "geometry"]], marcos.set_index("lugar"), rotulos)


def topojson(por_capa: Mapping[str, gpd.GeoDataFrame], paso_m: int) -> dict[str, Any]:
    """El TopoJSON de unas capas (índice `lugar`) cuyos vértices están todos en la rejilla de `paso_m`."""
    from topojson.core.topology import Topology  # noqa: PLC0415

    marcos = [marco.reset_index() for marco in por_capa.values()]
    hecho = json.loads(str(Topology(marcos, object_name=list(por_capa), prequantize=False).to_json()))
    for capa in hecho["objects"].values():
        capa.pop("bbox", None)
        for figura in capa["geometries"]:
            figura.pop("bbox", None)
            figura["id"] = figura.pop("properties")["lugar"]
    x0, y0 = (min(p[eje] for arco in hecho["arcs"] for p in arco) for eje in (0, 1))
    hecho["arcs"] = [_deltas(arco, x0, y0, paso_m) for arco in hecho["arcs"]]
    hecho.pop("bbox", None)
    return {**hecho, "transform": {"scale": [paso_m, paso_m], "translate": [x0, y0]}}


def _deltas(arco: list[list[float]], x0: float, y0: float, paso: int) -> list[list[int]]:
    pasos = [[round((x - x0) / paso), round((y - y0) / paso)] for x, y in arco]
    return [pasos[0], *([b[0] - a[0], b[1] - a[1]] for a, b in pairwise(pasos))]


def _sin_islotes(piezas: gpd.GeoDataFrame, minimo_m2: float) -> gpd.GeoDataFrame:
    """Sin las islas que no se verían: partes pequeñas, sin vecino y que no son la mayor de su lugar."""
    import shapely  # noqa: PLC0415

    partes = piezas.explode(ignore_index=True)
    area = partes.geometry.area
    una, otra = shapely.STRtree(partes.geometry.values).query(partes.geometry.values, predicate="intersects")
    con_vecino = set(una[una != otra].tolist())
    mayor = set(area.groupby(partes["lugar"]).idxmax())
    quedan = [k for k in partes.index if area[k] >= minimo_m2 or k in con_vecino or k in mayor]
    return partes.loc[quedan].dissolve("lugar", method="coverage").reset_index()


def _isla_de(partes: gpd.GeoDataFrame) -> Any:
    """De cada parte, la isla lejana a la que pertenece (por dónde está, que sirve a cualquier nivel), o nulo."""
    import pandas as pd  # noqa: PLC0415

    x = partes.geometry.centroid.x
    dicho = pd.Series([None] * len(partes), index=partes.index, dtype=object)
    dicho[x < -2_000_000] = "CL-05201"
    dicho[(x >= -2_000_000) & (x < -200_000)] = "CL-05104"
    return dicho


def _mover(piezas: gpd.GeoDataFrame, dx: float, dy: float) -> gpd.GeoDataFrame:
    return piezas.set_geometry(piezas.geometry.translate(dx, dy))


def _a_paso(valor: float, paso: int) -> int:
    return round(valor / paso) * paso
