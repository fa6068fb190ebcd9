"""Límites oficiales de municipios y comunas → un GeoParquet por país, en `datos/limites/`.

Fuentes: INEGI, Marco Geoestadístico (GeoJSON con `cve_mun`); INE de Chile, cartografía comunal (objeto `sf` de R con
`codigo_comuna`). Lo que se publica es una cobertura: polígonos válidos, sin encimes ni rendijas, con los bordes
compartidos idénticos, en metros. De ahí salen los mapas de la pantalla (`atalaya.fuentes.mapas`).
Se rehace con `python -m atalaya.fuentes.limites municipios.geojson comunas.rda`.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from atalaya import catalogo
from atalaya.errores import ErrorFuente
from atalaya.tabla_csv import leer_por_clave

if TYPE_CHECKING:
    import geopandas as gpd

CARPETA: Final = Path(__file__).resolve().parents[2] / "datos" / "limites"

HUECO_M: Final = 2_000.0
"""Un país se cubre entero: los huecos interiores de los archivos (211 en México, el mayor de 4.7 km²; 65 en Chile, el
mayor de 0.12 km²) son de digitalización y se cierran con el vecino de mayor frontera. Todos miden menos de 2 km de
ancho; los lagos y canales que den al mar no son huecos interiores y quedan."""

TOLERANCIA_M: Final = 50.0
"""Simplificación de Visvalingam-Whyatt: el triángulo que se quita mide menos de 50 m × 50 m."""


@dataclass(frozen=True)
class Pais:
    """Cómo se lee y se publica un país. `epsg`: la proyección oficial, en metros; `campo`: la clave en el archivo."""

    clave: str
    epsg: int
    campo: str
    credito: str
    tabla: str  # del catálogo

    @property
    def archivo(self) -> str:
        """El nombre de su GeoParquet."""
        return f"{self.clave.lower()}.parquet"


PAISES: Final = {
    # México ITRF2008 / LCC, la cónica de Lambert de INEGI.
    "MX": Pais("MX", 6372, "cve_mun", "INEGI, Marco Geoestadístico", "municipios.csv"),
    # SIRGAS-Chile 2016 / UTM 19 Sur: la red oficial y el huso del continente. Rapa Nui cae a 40° de su meridiano: ahí
    # las distancias salen 22 % largas, y por eso `area_km2` se mide sobre el elipsoide y no con estos metros.
    "CL": Pais("CL", 9155, "codigo_comuna", "INE de Chile, cartografía comunal", "lugares_cl.csv"),
}


def leer(ruta: Path) -> tuple[Pais, gpd.GeoDataFrame]:
    """El país y una fila por municipio o comuna: `lugar`, `entidad`, `area_km2`, `geometry` (metros, EPSG del país).

    `area_km2` es la del archivo oficial sobre el elipsoide, antes de simplificar. Lanza ErrorFuente si el archivo no
    es de límites, no dice su sistema de coordenadas o trae claves repetidas, mal formadas o ajenas al catálogo.
    """
    import geopandas as gpd  # noqa: PLC0415  -- tarda medio segundo y sólo esta orden lo usa
    import shapely  # noqa: PLC0415

    crudo = _abrir_r(ruta) if ruta.suffix.lower() == ".rda" else _abrir_geojson(ruta)
    pais = next((p for p in PAISES.values() if p.campo in crudo), None)
    if pais is None:
        esperados = " o ".join(p.campo for p in PAISES.values())
        raise _error(ruta, f"el campo {esperados}", ", ".join(map(str, crudo.columns)))
    claves = crudo[pais.campo].astype(str)
    if (malas := claves[~claves.str.fullmatch(r"\d{5}") | claves.duplicated()]).any():
        raise _error(ruta, "claves de cinco dígitos sin repetir", ", ".join(sorted(set(malas))[:5]))
    if crudo.crs is None:
        raise _error(ruta, "un sistema de coordenadas declarado", "ninguno")
    lugares = f"{pais.clave}-" + claves
    if ajenas := set(lugares) - set(_catalogo(pais)):
        raise _error(ruta, f"claves de {pais.tabla}", ", ".join(sorted(ajenas)[:5]))
    validas = gpd.GeoSeries(shapely.make_valid(crudo.geometry.values), crs=crudo.crs)
    # SIRGAS 2000 es el ITRF a menos de unos centímetros: se mide igual que WGS 84.
    area = [_geodesica(forma) / 1e6 for forma in shapely.orient_polygons(validas.to_crs(4326).values)]
    cubierto = shapely.coverage_clean(validas.to_crs(pais.epsg).values, gap_width=HUECO_M)
    return pais, gpd.GeoDataFrame(
        {"lugar": list(lugares), "entidad": [lugar[:5] for lugar in lugares], "area_km2": [round(a, 3) for a in area]},
        geometry=cubierto,
        crs=pais.epsg,
    ).sort_values("lugar", ignore_index=True)


def publicar(origen: Path, carpeta: Path = CARPETA) -> Path:
    """Escribe el GeoParquet del país de `origen`, simplificado y con coordenadas en metros enteros; da su ruta.

    Lanza ErrorFuente si `origen` no sirve o si al simplificar dejaran de ser una cobertura válida.
    """
    import pyarrow.parquet as pq  # noqa: PLC0415
    import shapely  # noqa: PLC0415

    pais, leidos = leer(origen)
    simples = shapely.coverage_simplify(leidos.geometry.values, TOLERANCIA_M)
    leidos.geometry = shapely.transform(simples, lambda coordenadas: coordenadas.round())
    if fallas := revisar(leidos):
        raise _error(origen, "una cobertura válida después de simplificar", "; ".join(fallas))
    carpeta.mkdir(parents=True, exist_ok=True)
    destino = carpeta / pais.archivo
    temporal = destino.with_suffix(".parcial")
    leidos.to_parquet(temporal, index=False)
    tabla = pq.read_table(temporal)
    tabla = tabla.replace_schema_metadata({**(tabla.schema.metadata or {}), b"credito": pais.credito.encode()})
    pq.write_table(tabla, temporal, compression="zstd", compression_level=19)
    temporal.replace(destino)  # quien lo está leyendo ve el de antes o el nuevo, nunca uno a medias
    return destino


def abrir(pais: str, carpeta: Path = CARPETA) -> gpd.GeoDataFrame:
    """Lo publicado de un país (`MX`, `CL`): `lugar`, `entidad`, `area_km2`, `geometry`. Lanza ErrorFuente si falta."""
    import geopandas as gpd  # noqa: PLC0415

    ruta = carpeta / PAISES[pais].archivo
    if not ruta.is_file():
        raise _error(ruta, "los límites publicados del país", "no está")
    return gpd.read_parquet(ruta)


def revisar(cobertura: gpd.GeoDataFrame) -> list[str]:
    """Qué le falta para ser una cobertura: polígonos inválidos, encimes, rendijas o huecos interiores. Vacía = bien."""
    import shapely  # noqa: PLC0415

    formas = cobertura.geometry.values
    fallas = [f"{lugar} inválido" for lugar in cobertura["lugar"][~cobertura.is_valid | cobertura.is_empty]]
    if not shapely.coverage_is_valid(formas, gap_width=1.0):
        fallas.append("hay vecinos que no comparten borde")
    if (hueco := hueco_m2(formas)) > 0:
        fallas.append(f"{hueco:.0f} m² de huecos interiores")
    return fallas


def hueco_m2(formas: Any) -> float:
    """Metros cuadrados de huecos interiores en la unión de unos polígonos."""
    import shapely  # noqa: PLC0415

    partes = shapely.get_parts(shapely.union_all(formas))
    return float(sum(shapely.Polygon(anillo).area for parte in partes for anillo in parte.interiors))


def sin_poligono(pais: str, carpeta: Path = CARPETA) -> list[str]:
    """Las claves del catálogo que lo publicado no trae, en orden."""
    return sorted(set(_catalogo(PAISES[pais])) - set(abrir(pais, carpeta)["lugar"]))


def principal(rutas: Sequence[str]) -> None:
    """Publica los países de esos archivos y rehace los mapas de la pantalla con lo publicado."""
    from atalaya.fuentes import mapas  # noqa: PLC0415

    hechos = [publicar(Path(ruta)) for ruta in rutas] + mapas.construir()
    for hecho in hechos:
        print(f"{hecho.name}: {hecho.stat().st_size / 1000:.0f} kB")


def _catalogo(pais: Pais) -> list[str]:
    tabla = leer_por_clave(catalogo.CARPETA / pais.tabla, catalogo.Lugar, {})
    return [clave for clave, uno in tabla.items() if uno.tipo == "municipio"]


def _geodesica(forma: Any) -> float:
    from pyproj import Geod  # noqa: PLC0415

    return float(Geod(ellps="GRS80").geometry_area_perimeter(forma)[0])


def _abrir_geojson(ruta: Path) -> gpd.GeoDataFrame:
    import geopandas as gpd  # noqa: PLC0415

    try:
        return gpd.read_file(ruta)
    except Exception as causa:  # pyogrio lanza clases distintas según qué le pasa al archivo
        raise _error(ruta, "un GeoJSON de municipios o un .rda de comunas que se pueda abrir", str(causa)) from causa


def _abrir_r(ruta: Path) -> gpd.GeoDataFrame:
    """La única tabla `sf` de un .rda: listas de anillos y, en sus atributos, el sistema de coordenadas."""
    import geopandas as gpd  # noqa: PLC0415
    import rdata  # noqa: PLC0415  -- pyreadr no lee columnas de listas
    import shapely  # noqa: PLC0415

    vistos: dict[str, Any] = {}

    def con_crs(columna: Any, atributos: Any) -> Any:
        vistos["crs"] = str(atributos["crs"]["input"][0])
        return columna

    try:
        with warnings.catch_warnings():
            warnings.simplefilter(
                "ignore"
            )  # rdata avisa de cada clase de R que no conoce; aquí sólo hacen falta listas
            clases = {**rdata.conversion.DEFAULT_CLASS_MAP, "sfc": con_crs}
            [tabla] = rdata.conversion.convert(rdata.parser.parse_file(ruta), constructor_dict=clases).values()
        formas = [shapely.MultiPolygon([(parte[0], parte[1:]) for parte in una]) for una in tabla["geometry"]]
    except Exception as causa:  # lo que no es de R, o no es sf, falla de muchas maneras
        raise _error(ruta, "un .rda con una tabla sf de comunas", str(causa)) from causa
    return gpd.GeoDataFrame(tabla.drop(columns="geometry").reset_index(drop=True), geometry=formas, crs=vistos["crs"])


def _error(ruta: Path, esperado: str, recibido: str) -> ErrorFuente:
    return ErrorFuente(
        donde=ruta.name,
        esperado=esperado,
        recibido=recibido,
        remedio="use los municipios del Marco Geoestadístico de INEGI en GeoJSON o las comunas del INE de Chile en un "
        ".rda de sf (docs/fuentes/limites.md)",
    )


if __name__ == "__main__":
    principal(sys.argv[1:])
