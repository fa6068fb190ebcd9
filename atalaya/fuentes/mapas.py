"""De los límites publicados (`datos/limites/`) a los mapas TopoJSON que sirve la propia aplicación, uno por nivel.

Cada archivo trae dos capas que comparten arcos: la del nivel (`id` = clave de lugar) y el `fondo` (entidades o
regiones). Las coordenadas van en metros ya proyectados, sobre una rejilla entera: se dibujan con la proyección
`identity` y `reflectY`. Se rehacen con `make mapa`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from atalaya import catalogo
from atalaya.errores import ErrorFuente
from atalaya.fuentes import limites

if TYPE_CHECKING:
    import geopandas as gpd

    from atalaya.fuentes import topologia

CARPETA: Final = Path(__file__).resolve().parents[2] / "static" / "mapas"
MARGEN: Final = 0.04


@dataclass(frozen=True)
class Nivel:
    """Un nivel del mapa. `recuadros`: zonas ampliadas, de clave a los lugares que abarcan.

    `tolerancia_m`: el triángulo que la simplificación quita mide menos que eso por lado; `paso_m`, la rejilla.
    """

    clave: str
    pais: str
    tolerancia_m: float
    paso_m: int
    recuadros: Mapping[str, tuple[str, ...]]

    @property
    def archivo(self) -> str:
        """El nombre de su TopoJSON."""
        return f"{self.pais.lower()}_{self.clave}.topojson"


AREAS: Final[dict[str, tuple[str, ...]]] = {
    "valle_mexico": tuple(f"MX-CD{cd}" for cd in (27, 28, *range(71, 92))),
    "guadalajara": tuple(f"MX-CD{cd}" for cd in range(59, 64)),
    "monterrey": tuple(f"MX-CD{cd}" for cd in range(64, 71)),
}
"""Zonas donde caben muchas áreas en pocos kilómetros: a escala nacional no se ven y llevan recuadro propio."""

COMUNAS: Final[dict[str, tuple[str, ...]]] = {
    # La provincia de Santiago y Puente Alto; Lo Barnechea, que llega a la frontera, no fija el encuadre.
    "gran_santiago": (*(f"CL-13{n}" for n in range(101, 133) if n != 115), "CL-13201"),
    "gran_valparaiso": ("CL-05101", "CL-05103", "CL-05109", "CL-05804"),
    "gran_concepcion": tuple(f"CL-08{n}" for n in (101, 103, 107, 108, 110, 112)),
}

NIVELES: Final = {
    "areas": Nivel("areas", "MX", 200, 20, AREAS),
    "municipios": Nivel("municipios", "MX", 700, 200, AREAS),
    "entidades": Nivel("entidades", "MX", 1000, 100, {}),
    "comunas": Nivel("comunas", "CL", 400, 50, COMUNAS),
    "regiones": Nivel("regiones", "CL", 1200, 100, {}),
}
"""En el orden en que se ofrecen. La rejilla es menor que un pixel del recuadro más ampliado de su nivel."""


def construir(origen: Path = limites.CARPETA, destino: Path = CARPETA) -> list[Path]:
    """Rehace todos los TopoJSON con los límites de `origen` y dice dónde quedaron. Lanza ErrorFuente."""
    destino.mkdir(parents=True, exist_ok=True)
    paises = {clave: limites.abrir(clave, origen) for clave in limites.PAISES}
    hechos = []
    for nivel in NIVELES.values():
        texto = json.dumps(mapa(nivel, paises[nivel.pais]), ensure_ascii=False, separators=(",", ":"))
        ruta = destino / nivel.archivo
        temporal = ruta.with_suffix(".parcial")
        temporal.write_text(texto, encoding="utf-8")
        temporal.replace(ruta)  # quien está mirando el mapa ve el de antes o el nuevo, nunca uno a medias
        hechos.append(ruta)
    return hechos


def mapa(nivel: Nivel, pais: gpd.GeoDataFrame) -> dict[str, Any]:
    """El TopoJSON de un nivel, con `id` y `properties.nombre` por figura; y `fuente`, `encuadres`, `dentro`, `rotulos`.

    `encuadres`: cajas en metros, `nacional` y cada recuadro; `dentro` y `cerca`: qué lugares y qué figuras del
    fondo se ven en cada recuadro, sea el cuadro alto o ancho;
    `rotulos`: textos del propio mapa (`texto`, `x`, `y`, `ancla`).
    """
    from atalaya.fuentes import topologia  # noqa: PLC0415  -- sólo hace falta para rehacer el mapa

    piezas = topologia.en_rejilla(_piezas(nivel, pais), nivel.tolerancia_m, nivel.paso_m)
    dibujo = topologia.acomodar_chile(piezas, nivel.paso_m) if nivel.pais == "CL" else topologia.Dibujo(piezas)
    por_capa = {nivel.clave: _capa(nivel, dibujo.piezas)}
    if nivel.clave not in ("entidades", "regiones"):
        por_capa["fondo"] = topologia.fundir(dibujo.piezas, "entidad")
    if dibujo.marcos is not None:
        por_capa["marcos"] = dibujo.marcos
    hecho = topologia.topojson(por_capa, nivel.paso_m)
    nombres = _nombres()
    for capa in hecho["objects"].values():
        for figura in capa["geometries"]:
            figura["properties"] = {"nombre": nombres[figura["id"]]} if figura["id"] in nombres else {}
    lugares, zonas = por_capa[nivel.clave], _recuadros(nivel)
    encuadres = {"nacional": _con_margen(*_caja(dibujo))}
    encuadres |= {clave: _con_margen(*lugares.loc[list(suyos)].total_bounds) for clave, suyos in zonas.items()}
    dentro, cerca = ({z: _a_la_vista(capa, encuadres[z]) for z in zonas} for capa in (lugares, por_capa.get("fondo")))
    credito = limites.PAISES[nivel.pais].credito
    return {
        **hecho,
        "fuente": credito,
        "encuadres": encuadres,
        "dentro": dentro,
        "cerca": cerca,
        "rotulos": list(dibujo.rotulos),
    }


def composicion() -> dict[str, tuple[str, ...]]:
    """De cada área urbana de la ENSU, los municipios que la forman."""
    areas = [uno.lugar for uno in catalogo.lugares().values() if uno.tipo == "area_urbana"]
    return {area: catalogo.municipios_de(area) for area in areas}


def _piezas(nivel: Nivel, pais: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Lo que se simplifica junto: `lugar`, `entidad`, `geometry`. Lo que nadie dibuja se funde antes y no cuesta."""
    from atalaya.fuentes import topologia  # noqa: PLC0415

    if nivel.clave in ("entidades", "regiones"):
        fundido = topologia.fundir(pais, "entidad").reset_index()
        return fundido.assign(entidad=fundido["lugar"])
    if nivel.clave != "areas":
        return pais[["lugar", "entidad", "geometry"]]
    pedidos = {municipio for formado in composicion().values() for municipio in formado}
    if sueltos := pedidos - set(pais["lugar"]):
        raise ErrorFuente(
            "límites",
            "un polígono por municipio de la ENSU",
            ", ".join(sorted(sueltos)),
            "rehaga datos/limites/mx.parquet",
        )
    pieza = pais["lugar"].where(pais["lugar"].isin(pedidos), pais["entidad"])
    return pais.assign(lugar=pieza).dissolve("lugar", method="coverage").reset_index()[["lugar", "entidad", "geometry"]]


def _capa(nivel: Nivel, piezas: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Una fila por lugar del nivel (índice `lugar`)."""
    import geopandas as gpd  # noqa: PLC0415

    por_lugar = piezas.set_index("lugar")[["geometry"]]
    if nivel.clave != "areas":
        return por_lugar.sort_index()
    propias = [(area, por_lugar.geometry[m]) for area, formado in sorted(composicion().items()) for m in formado]
    areas = gpd.GeoDataFrame(propias, columns=["lugar", "geometry"], geometry="geometry", crs=piezas.crs)
    return areas.dissolve("lugar", method="coverage")


def _recuadros(nivel: Nivel) -> dict[str, tuple[str, ...]]:
    """Los lugares del nivel que fijan cada recuadro: los municipios de sus áreas, si el nivel es de municipios."""
    if nivel.clave != "municipios":
        return dict(nivel.recuadros)
    formados = composicion()
    return {clave: tuple({m for area in areas for m in formados[area]}) for clave, areas in nivel.recuadros.items()}


def _nombres() -> dict[str, str]:
    """El nombre corto de cada lugar, que es el de la aplicación."""
    return {clave: uno.nombre_corto for clave, uno in catalogo.lugares().items()}


def _a_la_vista(lugares: gpd.GeoDataFrame, caja: list[int]) -> list[str]:
    """Los lugares que tocan el cuadrado de lado doble que rodea la caja: la figura rara vez tiene sus proporciones."""
    x, y = (caja[0] + caja[2]) / 2, (caja[1] + caja[3]) / 2
    lado = max(caja[2] - caja[0], caja[3] - caja[1])
    return sorted(lugares.cx[x - lado : x + lado, y - lado : y + lado].index)


def _caja(dibujo: topologia.Dibujo) -> tuple[float, float, float, float]:
    """Lo que ocupa todo, con lo escrito."""
    x_min, y_min, x_max, y_max = dibujo.piezas.total_bounds
    marcos = dibujo.marcos.total_bounds[1] if dibujo.marcos is not None else y_min
    return x_min, min(y_min, marcos), x_max, max([y_max, *(uno["y"] for uno in dibujo.rotulos)])


def _con_margen(x_min: float, y_min: float, x_max: float, y_max: float) -> list[int]:
    ancho, alto = (x_max - x_min) * MARGEN, (y_max - y_min) * MARGEN
    return [round(v) for v in (x_min - ancho, y_min - alto, x_max + ancho, y_max + alto)]
