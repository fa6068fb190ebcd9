"""El catálogo: qué significa cada clave. Lee `datos/catalogo/*.csv`, los comprueba y los da como objetos.

Sin pandas: lo cargan todas las páginas y la línea de órdenes, y debe costar milisegundos. Toda función acepta otra
`carpeta`; por omisión, la del proyecto.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from atalaya.errores import ErrorCatalogo
from atalaya.idiomas import con_textos, tr
from atalaya.tabla_csv import T, casa, en, falla, filas, leer, leer_por_clave, lleno, periodo, periodo_o_vacio

CARPETA: Final = Path(__file__).resolve().parents[2] / "datos" / "catalogo"

UNIDADES: Final = (
    "% de personas",
    "% de hogares",
    "carpetas de investigación",
    "casos policiales",
    "víctimas",
    "policías",
)
"""Las que no son un porcentaje son de un conteo: sus cifras van en la tabla `conteo` y se comparan como tasas."""
SENTIDOS: Final = ("mas_es_peor", "mas_es_mejor", "neutro")
TABLAS_DE_LUGARES: Final = ("lugares.csv", "municipios.csv", "lugares_cl.csv")
TIPOS_LUGAR: Final = ("pais", "entidad", "municipio", "area_urbana", "no_identificado")
CLASES_AREA: Final = ("ciudad", "alcaldia", "region_cdmx")
TIPOS_RUPTURA: Final = ("hueco", "cambio", "aviso")
REGLAS: Final = ("inegi", "ine_chile", "cepal")

_CLAVE: Final = r"[a-z][a-z0-9_]*"
_ENTIDAD: Final = re.compile(r"[A-Z]{2}-\d{2}")
_CLAVE_LUGAR: Final = r"[A-Z]{2}(-(\d{2}|\d{5}|CD\d{2}))?"


@dataclass(frozen=True, slots=True)
class Tema:
    """Un grupo de indicadores y su lugar en la presentación."""

    tema: str
    nombre: str
    orden: int
    nota: str


@dataclass(frozen=True, slots=True)
class Indicador:
    """Una cifra que Atalaya sabe mostrar. `pregunta` va textual del cuestionario, o vacía si no se tiene.

    `sentido` es `mas_es_peor`, `mas_es_mejor` o `neutro`; `nota` define numerador y denominador.
    """

    indicador: str
    tema: str
    nombre: str
    nombre_corto: str
    pregunta: str
    universo: str
    unidad: str
    sentido: str
    fuente: str
    nota: str

    @property
    def unidad_dicha(self) -> str:
        """La unidad, en el idioma de quien mira."""
        return tr(self.unidad)

    @property
    def es_conteo(self) -> bool:
        """Si se cuenta (carpetas, casos, víctimas) y no se estima con una encuesta."""
        return not self.unidad.startswith("%")


@dataclass(frozen=True, slots=True)
class Lugar:
    """País, entidad, municipio o área urbana de interés. `desde` y `hasta`: periodos en que la fuente lo cubre."""

    lugar: str
    tipo: str
    nombre: str
    nombre_corto: str
    entidad: str
    cd: str
    clase: str
    municipio_unico: str
    desde: str
    hasta: str
    nota: str


@dataclass(frozen=True, slots=True)
class Fuente:
    """Quién publica, dónde, con qué licencia, con qué calendario, cómo se cita y su regla de precisión."""

    fuente: str
    nombre: str
    productor: str
    url: str
    licencia: str
    calendario: str
    cita: str
    reglas: str


@dataclass(frozen=True, slots=True)
class Ruptura:
    """Lo que interrumpe o matiza una serie a partir de `periodo`.

    tipo: `hueco`, ese periodo no tiene cifra; `cambio`, desde él no se compara con lo anterior; `aviso`, se
    compara, pero hay que decirlo. `lugar` o `indicador` vacíos alcanzan a todos. `evidencia` dice qué cuadro o
    diccionario lo muestra.
    """

    fuente: str
    lugar: str
    indicador: str
    periodo: str
    tipo: str
    descripcion: str
    evidencia: str

    def alcanza(self, fuente: str, lugar: str, indicador: str) -> bool:
        """Verdadero si toca a ese indicador de esa fuente en ese lugar; lo de una entidad toca a sus municipios."""
        en_su_entidad = bool(_ENTIDAD.fullmatch(self.lugar)) and lugar.startswith(self.lugar)
        aqui = self.lugar in ("", lugar) or en_su_entidad
        return self.fuente == fuente and aqui and self.indicador in ("", indicador)


@con_textos("nombre", "nota")
def temas(carpeta: Path = CARPETA) -> dict[str, Tema]:
    """Los temas por clave, en orden de presentación. Lanza ErrorCatalogo si la tabla se contradice."""
    revisiones = {"tema": casa(_CLAVE), "nombre": lleno, "orden": casa(r"\d+")}
    por_clave = leer_por_clave(carpeta / "temas.csv", Tema, revisiones)
    return dict(sorted(por_clave.items(), key=lambda par: par[1].orden))


@con_textos("calendario")
def fuentes(carpeta: Path = CARPETA) -> dict[str, Fuente]:
    """Las fuentes por clave. Lanza ErrorCatalogo si la tabla se contradice."""
    revisiones = {"fuente": casa(_CLAVE), "url": casa(r"https?://\S+"), "licencia": lleno, "cita": lleno}
    return leer_por_clave(carpeta / "fuentes.csv", Fuente, {**revisiones, "reglas": en(("", *REGLAS))})


@con_textos("nombre", "nombre_corto", "universo", "nota")
def indicadores(carpeta: Path = CARPETA) -> dict[str, Indicador]:
    """Los indicadores por clave, en el orden del archivo. Lanza ErrorCatalogo si la tabla se contradice."""
    revisiones = {
        "indicador": casa(_CLAVE),
        "tema": en(temas(carpeta), "temas.csv"),
        "nombre": lleno,
        "nombre_corto": casa(r".{1,32}"),
        "universo": lleno,
        "unidad": en(UNIDADES),
        "sentido": en(SENTIDOS),
        "fuente": en(fuentes(carpeta), "fuentes.csv"),
    }
    return leer_por_clave(carpeta / "indicadores.csv", Indicador, revisiones)


@cache
def lugares(carpeta: Path = CARPETA) -> dict[str, Lugar]:
    """Los lugares por clave: primero los de `lugares.csv` (país, entidades, áreas), después municipios y Chile.

    Un municipio que es dominio propio de la encuesta está en las dos tablas: vale su renglón de `lugares.csv`.
    Lanza ErrorCatalogo si una tabla se contradice o una entidad no existe.
    """
    revisiones = {
        "lugar": casa(_CLAVE_LUGAR),
        "tipo": en(TIPOS_LUGAR),
        "nombre": lleno,
        "clase": en(("", *CLASES_AREA)),
        "municipio_unico": casa(r"(MX-\d{5})?"),
        "desde": periodo_o_vacio,
        "hasta": periodo_o_vacio,
    }
    tablas = {archivo: leer_por_clave(carpeta / archivo, Lugar, revisiones) for archivo in TABLAS_DE_LUGARES}
    todos: dict[str, Lugar] = {}
    for tabla in tablas.values():
        todos |= {clave: uno for clave, uno in tabla.items() if clave not in todos}
    for archivo, tabla in tablas.items():
        for fila, uno in enumerate(tabla.values(), start=2):
            if uno.entidad and getattr(todos.get(uno.entidad), "tipo", "") != "entidad":
                falla(carpeta / archivo, fila, "entidad", "la clave de una entidad del catálogo", uno.entidad)
    return todos


@con_textos("descripcion")
def rupturas(carpeta: Path = CARPETA) -> tuple[Ruptura, ...]:
    """Huecos y cambios de serie, en el orden del archivo. Lanza ErrorCatalogo si una referencia está rota."""
    revisiones = {
        "fuente": en(fuentes(carpeta), "fuentes.csv"),
        "lugar": en(("", *lugares(carpeta)), "lugares.csv"),
        "indicador": en(("", *indicadores(carpeta)), "indicadores.csv"),
        "periodo": periodo,
        "tipo": en(TIPOS_RUPTURA),
        "descripcion": lleno,
        "evidencia": lleno,
    }
    return tuple(leer(carpeta / "rupturas.csv", Ruptura, revisiones))


@cache
def municipios_de(area: str, carpeta: Path = CARPETA) -> tuple[str, ...]:
    """Las claves (`MX-15058`) de los municipios que forman un área; de un municipio, él mismo.

    Vacío si el catálogo no conoce su composición. Lanza ErrorCatalogo si el lugar no existe.
    """
    if formado := _municipios_por_area(carpeta).get(area):
        return formado
    return (area,) if lugar(area, carpeta).tipo == "municipio" else ()


def indicador(clave: str, carpeta: Path = CARPETA) -> Indicador:
    """El indicador de esa clave. Lanza ErrorCatalogo con las claves parecidas si no está."""
    return _buscar(clave, indicadores(carpeta), "indicador", lambda uno: uno.nombre)


def lugar(clave: str, carpeta: Path = CARPETA) -> Lugar:
    """El lugar de esa clave. Lanza ErrorCatalogo con las claves parecidas si no está."""
    return _buscar(clave, lugares(carpeta), "lugar", lambda uno: uno.nombre)


def area_de(clave: str, carpeta: Path = CARPETA) -> Lugar:
    """El lugar con cifras que corresponde a `clave`: un municipio que es él solo un área urbana da esa área.

    País, entidades, áreas y municipios que la encuesta no cubre se devuelven tal cual. Lanza ErrorCatalogo si la
    clave no existe, o si es un municipio que sólo está dentro de un área mayor: entonces dice cuál.
    """
    if area := _area_por_municipio(carpeta).get(clave):
        return area
    uno = lugar(clave, carpeta)
    mayor = _area_que_contiene(carpeta).get(clave) if uno.tipo == "municipio" else None
    if mayor is None:
        return uno
    raise ErrorCatalogo(
        donde=tr("lugar «{clave}» ({nombre})", clave=clave, nombre=uno.nombre),
        esperado=tr("un lugar con cifras propias"),
        recibido=tr(
            "un municipio que la encuesta sólo cubre dentro de {nombre}", nombre=lugares(carpeta)[mayor].nombre
        ),
        remedio=tr("pida el área completa: {mayor}", mayor=mayor),
    )


def territorio_de(clave: str, carpeta: Path = CARPETA) -> Lugar:
    """El lugar con conteos que corresponde a `clave`: de un área urbana de un solo municipio, ese municipio.

    Lanza ErrorCatalogo si la clave no existe, o si es un área de varios municipios: entonces dice cuáles pedir.
    """
    uno = lugar(clave, carpeta)
    if uno.tipo != "area_urbana" or uno.lugar == uno.municipio_unico:
        return uno
    if uno.municipio_unico:
        return lugar(uno.municipio_unico, carpeta)
    raise ErrorCatalogo(
        donde=tr("lugar «{clave}» ({nombre})", clave=clave, nombre=uno.nombre),
        esperado=tr("un municipio, una comuna, una entidad o un país: los delitos se cuentan por municipio"),
        recibido=tr("un área urbana de varios municipios"),
        remedio=tr("pida sus municipios: {claves}", claves=", ".join(municipios_de(clave, carpeta))),
    )


def lugar_por_variante(nombre: str, entidad: str | None = None, carpeta: Path = CARPETA) -> Lugar | None:
    """El lugar que un tabulado llama así; `entidad` (`MX-05`) distingue los nombres repetidos.

    `None` si nadie lo conoce o si sin la entidad hay más de uno.
    """
    candidatos = _variantes(carpeta).get(normalizar(nombre), {})
    if entidad is not None:
        clave = candidatos.get(entidad)
        return lugares(carpeta)[clave] if clave else None
    distintos = set(candidatos.values())
    return lugares(carpeta)[distintos.pop()] if len(distintos) == 1 else None


def normalizar(texto: str) -> str:
    """Minúsculas, sin acentos (la ñ pasa a n) y espacios simples: para comparar nombres escritos de varios modos."""
    sin_acentos = "".join(c for c in unicodedata.normalize("NFD", texto) if not unicodedata.combining(c))
    return " ".join(sin_acentos.casefold().split())


def _buscar(clave: str, tabla: dict[str, T], que: str, nombrar: Callable[[T], str]) -> T:
    if clave in tabla:
        return tabla[clave]
    # Se parece por la clave o por el nombre: quien escribe «neza» también debe llegar a Nezahualcóyotl.
    buscada = normalizar(clave)
    # Al revés, para que con el mismo nombre gane el primero de la tabla: el área y no su municipio.
    por_texto = {normalizar(t): k for k, uno in reversed(tabla.items()) for t in (nombrar(uno), k)}
    cercanas = difflib.get_close_matches(buscada, por_texto, n=4, cutoff=0.7)
    cercanas += [texto for texto in por_texto if len(buscada) >= 4 and buscada in texto][:4]
    claves = dict.fromkeys(por_texto[texto] for texto in cercanas)
    sugeridas = ", ".join(f"{k} ({nombrar(tabla[k])})" for k in claves)
    raise ErrorCatalogo(
        donde=f"{que} «{clave}»",
        esperado=f"la clave de un {que} del catálogo",
        recibido=repr(clave),
        remedio=f"¿quiso decir {sugeridas}?" if sugeridas else f"consulte las claves en datos/catalogo/ ({que})",
    )


@cache
def _municipios_por_area(carpeta: Path) -> dict[str, tuple[str, ...]]:
    archivo = carpeta / "area_municipios.csv"
    por_area: dict[str, list[str]] = {}
    for numero, fila in filas(archivo, ["lugar", "municipio", "fuente"]):
        if fila["lugar"] not in lugares(carpeta):
            falla(archivo, numero, "lugar", "una clave de lugares.csv", fila["lugar"])
        if not re.fullmatch(r"MX-\d{5}", fila["municipio"]):
            falla(archivo, numero, "municipio", "una clave como MX-15058", fila["municipio"])
        por_area.setdefault(fila["lugar"], []).append(fila["municipio"])
    return {area: tuple(formado) for area, formado in por_area.items()}


@cache
def _area_por_municipio(carpeta: Path) -> dict[str, Lugar]:
    return {uno.municipio_unico: uno for uno in lugares(carpeta).values() if uno.municipio_unico}


@cache
def _area_que_contiene(carpeta: Path) -> dict[str, str]:
    """municipio → área vigente que lo incluye (las regiones que ya no se publican no cuentan)."""
    vigentes = {area for area in _municipios_por_area(carpeta) if not lugares(carpeta)[area].hasta}
    return {m: area for area, formado in _municipios_por_area(carpeta).items() if area in vigentes for m in formado}


@cache
def _variantes(carpeta: Path) -> dict[str, dict[str, str]]:
    """nombre normalizado → entidad → clave del lugar."""
    archivo = carpeta / "lugar_variantes.csv"
    variantes: dict[str, dict[str, str]] = {}
    for numero, fila in filas(archivo, ["variante", "entidad", "lugar"]):
        if fila["lugar"] not in lugares(carpeta):
            falla(archivo, numero, "lugar", "una clave de lugares.csv", fila["lugar"])
        previa = variantes.setdefault(normalizar(fila["variante"]), {}).setdefault(fila["entidad"], fila["lugar"])
        if previa != fila["lugar"]:
            falla(archivo, numero, "variante", f"un solo lugar por nombre y entidad ({previa})", fila["lugar"])
    return variantes
