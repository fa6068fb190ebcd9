"""La única puerta a DuckDB: abre el acervo, carga un `.sql`, comprueba sus parámetros y lo corre.

Tablas que ve toda consulta: las de `atalaya.contratos` (`estimacion`, con todas sus ediciones, y las demás),
`estimacion_vigente` (lo que se muestra), `estimacion_con_error` (lo mismo, con el error modelado de lo que se publica
sin él), `muestra_lugar` (con cuántas entrevistas se hizo), `conteo_vigente` (los casos que se muestran, por mes y por
año), `poblacion_vigente`, `ediciones` (qué archivos oficiales trae el acervo) y cada CSV de `datos/catalogo/` con su
nombre (columnas de texto; vacío = nulo).
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from atalaya.acervo.disco import ruta_temporal
from atalaya.acervo.lectura import Acervo
from atalaya.contratos import TABLAS
from atalaya.errores import ErrorCatalogo, ErrorConsulta

if TYPE_CHECKING:
    import pyarrow as pa

RAIZ = Path(__file__).resolve().parent.parent
CONSULTAS = RAIZ / "consultas"
CATALOGO = RAIZ / "datos" / "catalogo"
CAMPOS = ("devuelve", "grano", "parametros", "metodo", "nota")
OBLIGATORIOS = ("devuelve", "grano", "parametros", "metodo")
VISTAS = {
    "estimacion_vigente": "preparar/estimacion_vigente",
    "muestra_lugar": "estimar/muestra_lugar",
    "estimacion_con_error": "estimar/error_modelado",
    "poblacion_vigente": "preparar/poblacion_vigente",
    "conteo_vigente": "preparar/conteo_vigente",
}
"""Cada una se apoya en las de antes. En el índice van ya calculadas, en el orden en que se piden."""

ENTERAS = ("estimacion", "conteo", "poblacion")
"""Con todas sus ediciones se consultan poco: quedan en sus Parquet."""

ORDEN = "indicador, desglose, periodo, lugar"
ORDENES = {"muestra_lugar": "", "poblacion_vigente": " order by proyeccion, sexo, edad, anio, lugar"}
INDICE = ".indice"
INDICES_GUARDADOS = 3
TIPOS = {"string": "varchar", "double": "double", "int64": "bigint"}
NADA = ("ninguno", "ninguna", "—", "-", "")

_CAMPO = re.compile(rf"--\s?({'|'.join(CAMPOS)}):\s*(.*)")
_PARAMETRO = re.compile(r"([a-z_]\w*)\s*\(([^)]*)\)")
_SIN_CODIGO = re.compile(r"--[^\n]*|/\*.*?\*/|'(?:[^']|'')*'", re.DOTALL)
_LIGADO = re.compile(r"\$([A-Za-z_]\w*)")


@dataclass(frozen=True)
class Consulta:
    """Un archivo de `consultas/`: su cabecera y su SQL. `parametros` va de nombre a tipo en palabras."""

    nombre: str
    devuelve: str
    grano: str
    parametros: Mapping[str, str]
    metodo: str
    nota: str
    sql: str


def consultas() -> list[Consulta]:
    """Todas las consultas del proyecto, por nombre; lanza ErrorConsulta si alguna cabecera está incompleta."""
    rutas = sorted(CONSULTAS.glob("*/*.sql"))
    return [cargar(f"{ruta.parent.name}/{ruta.stem}") for ruta in rutas]


def cargar(nombre: str) -> Consulta:
    """La consulta `carpeta/nombre` de `consultas/`.

    Lanza ErrorConsulta si no existe, si le falta cabecera o si los parámetros declarados no son los `$x` del SQL.
    """
    ruta = CONSULTAS / f"{nombre}.sql"
    if not re.fullmatch(r"\w+/\w+", nombre) or not ruta.is_file():
        parecidas = get_close_matches(nombre, [f"{r.parent.name}/{r.stem}" for r in CONSULTAS.glob("*/*.sql")])
        remedio = f"¿querías {' o '.join(parecidas)}?" if parecidas else "mira la carpeta consultas/"
        raise ErrorConsulta("consultas/", "el nombre de una consulta", nombre, remedio)
    return _leer(nombre, ruta, ruta.stat().st_mtime_ns)


@lru_cache(maxsize=256)
def _leer(nombre: str, ruta: Path, _modificado: int) -> Consulta:
    sql = ruta.read_text(encoding="utf-8")
    campos = _cabecera(sql)
    if faltan := [campo for campo in OBLIGATORIOS if not campos.get(campo)]:
        raise ErrorConsulta(
            f"consultas/{nombre}.sql", "cabecera con " + ", ".join(OBLIGATORIOS), f"falta {faltan}", "complétala"
        )
    declarados = {} if campos["parametros"].lower() in NADA else dict(_PARAMETRO.findall(campos["parametros"]))
    usados = set(_LIGADO.findall(_SIN_CODIGO.sub(" ", sql)))
    if usados != set(declarados):
        raise ErrorConsulta(
            f"consultas/{nombre}.sql",
            f"los parámetros de su cabecera: {sorted(declarados)}",
            f"el SQL usa {sorted(usados)}",
            "declara en la cabecera, como «nombre (tipo)», justo los $parámetros que usa el SQL",
        )
    return Consulta(
        nombre, campos["devuelve"], campos["grano"], declarados, campos["metodo"], campos.get("nota", ""), sql
    )


def _cabecera(sql: str) -> dict[str, str]:
    """Los campos de los comentarios iniciales; un renglón sin campo continúa el anterior."""
    campos: dict[str, str] = {}
    actual = None
    for renglon in sql.splitlines():
        if not renglon.startswith("--"):
            break
        if hallado := _CAMPO.match(renglon):
            actual, texto = hallado[1], hallado[2]
            campos[actual] = texto.strip()
        elif actual:
            campos[actual] = f"{campos[actual]} {renglon.lstrip('-').strip()}".strip()
    return campos


class Motor:
    """DuckDB sobre una versión del acervo. Se comparte entre hilos: cada consulta abre su propio cursor."""

    def __init__(self, acervo: Acervo | None, perezoso: bool = False) -> None:
        """Abre las cifras vigentes ya ordenadas, de su índice; `perezoso`, de los Parquet si el índice no está hecho.

        Sin acervo, las tablas están vacías y queda el catálogo: es lo que hace falta para preparar un archivo nuevo.
        """
        self.acervo = acervo
        self._conexion = duckdb.connect(":memory:", config=_ajustes())
        self._catalogo(perezoso)
        self._ediciones()
        self._tablas(perezoso)

    @property
    def version(self) -> str:
        """La versión del acervo que está abierta; vacía si no hay ninguna."""
        return self.acervo.version if self.acervo else ""

    def correr(self, nombre: str, /, **parametros: Any) -> pa.Table:
        """Corre `consultas/<nombre>.sql` con los valores ligados y devuelve su tabla (columnas y grano en la cabecera).

        Lanza ErrorConsulta si la consulta no existe, si los parámetros no son los declarados o si DuckDB la rechaza.
        """
        return self.correr_con(nombre, {}, **parametros)

    def correr_con(self, nombre: str, tablas: Mapping[str, pa.Table], /, **parametros: Any) -> pa.Table:
        """Como `correr`, con tablas de paso que sólo ve esta consulta (las celdas recién leídas de un archivo)."""
        consulta = cargar(nombre)
        _comprobar(consulta, parametros)
        # Una tupla sería para DuckDB un registro, no una lista.
        parametros = {clave: list(v) if isinstance(v, tuple) else v for clave, v in parametros.items()}
        try:
            with self.con_tablas(tablas) as cursor:
                return cursor.sql(consulta.sql, params=parametros).to_arrow_table()
        except duckdb.Error as falla:
            raise ErrorConsulta(
                f"consultas/{nombre}.sql",
                "una consulta que DuckDB acepte",
                str(falla).splitlines()[0],
                "revisa el SQL o los valores: " + ", ".join(f"{k}={v!r}" for k, v in parametros.items()),
            ) from falla

    @contextmanager
    def con_tablas(self, tablas: Mapping[str, pa.Table]) -> Iterator[duckdb.DuckDBPyConnection]:
        """Un cursor que además ve estas tablas: lo que pide `estadistica.encuestas` para estimar sobre una `ola`."""
        cursor = self._conexion.cursor()
        try:
            for clave, tabla in tablas.items():
                cursor.register(clave, tabla)
            yield cursor
        finally:
            cursor.close()

    def cerrar(self) -> None:
        """Suelta la memoria."""
        self._conexion.close()

    def _catalogo(self, perezoso: bool) -> None:
        for ruta in sorted(CATALOGO.glob("*.csv")):
            with ruta.open(encoding="utf-8-sig", newline="") as archivo:
                columnas = next(csv.reader(archivo), [])
            if not columnas:
                raise ErrorCatalogo(
                    f"datos/catalogo/{ruta.name}", "encabezado", "archivo vacío", "recupéralo del proyecto"
                )
            tabla = self._conexion.read_csv(
                str(ruta),
                header=True,
                sep=",",
                quotechar='"',
                escapechar='"',
                auto_detect=False,
                parallel=False,
                columns=dict.fromkeys(columnas, "VARCHAR"),
            )
            tabla.create_view(ruta.stem) if perezoso else tabla.create(ruta.stem)

    def _ediciones(self) -> None:
        self._conexion.execute(
            "create table ediciones (fuente varchar, edicion varchar, archivo varchar, origen varchar, sha256 varchar, "
            "filas bigint, incorporado varchar)"
        )
        filas = [
            [f.fuente, f.edicion, f.archivo, f.origen, f.sha256, f.filas, f.incorporado]
            for f in (self.acervo.fuentes if self.acervo else ())
        ]
        if filas:
            self._conexion.executemany("insert into ediciones values (?, ?, ?, ?, ?, ?, ?)", filas)

    def _tablas(self, perezoso: bool) -> None:
        for nombre, esquema in TABLAS.items():
            rutas = [str(ruta) for ruta in self.acervo.rutas(nombre)] if self.acervo else []
            if not rutas:
                # No from_arrow: importa el módulo de conjuntos de datos de Arrow y cuesta 0.2 s de cada arranque.
                columnas = ", ".join(f"{campo.name} {TIPOS[str(campo.type)]}" for campo in esquema)
                self._conexion.execute(f"create table {nombre} ({columnas})")
            elif perezoso or nombre in ENTERAS:
                self._conexion.read_parquet(rutas).create_view(nombre)
            else:
                self._conexion.read_parquet(rutas).create(nombre)
        for nombre, consulta in VISTAS.items():
            self._conexion.sql(cargar(consulta).sql).create_view(nombre)
        con_indice = self.acervo and self._del_indice(self.acervo, hacerlo=not perezoso)
        if not con_indice and not perezoso:
            for nombre in VISTAS:
                self._conexion.execute(f"create table en_memoria as {_ordenada(nombre)}")
                self._conexion.execute(f"drop view {nombre}; alter table en_memoria rename to {nombre}")

    def _del_indice(self, acervo: Acervo, hacerlo: bool) -> bool:
        """Pone las vistas sobre su índice, que se hace la primera vez; False si no se pudo o no había que hacerlo.

        En memoria calcularlas cuesta segundos y cientos de MB en cada arranque; del archivo, milisegundos y sólo lo que
        se lee. No es parte del acervo: se puede borrar, y un acervo de sólo lectura funciona sin él.
        """
        indice = acervo.raiz / INDICE / f"{_receta(acervo)}.duckdb"
        try:
            if not indice.is_file():
                if not hacerlo:
                    return False
                self._hacer_indice(indice)
            self._conexion.execute(f"attach '{_citar(indice)}' as indice (read_only)")
            for nombre in VISTAS:
                self._conexion.table(f"indice.{nombre}").create_view(nombre, replace=True)
        except OSError:
            return False
        except duckdb.Error:
            with suppress(OSError):
                indice.unlink()  # a medias o dañado: el próximo arranque lo rehace
            return False
        return True

    def _hacer_indice(self, indice: Path) -> None:
        temporal = ruta_temporal(indice)
        try:
            indice.parent.mkdir(exist_ok=True)
            self._conexion.execute(f"attach '{_citar(temporal)}' as nuevo")
            try:
                for nombre in VISTAS:
                    self._conexion.execute(f"create table nuevo.{nombre} as {_ordenada(nombre)}")
            finally:
                self._conexion.execute("detach nuevo")
            temporal.replace(indice)  # si otro proceso lo hizo a la vez, son iguales
        except BaseException:
            with suppress(OSError):
                temporal.unlink()
            raise
        for viejo in sorted(indice.parent.glob("*.duckdb"), key=lambda r: r.stat().st_mtime)[:-INDICES_GUARDADOS]:
            with suppress(OSError):  # en Windows no se borra el que alguien tiene abierto
                viejo.unlink()


def abrir(raiz_acervo: Path | str | None = None, version: str | None = None, perezoso: bool = False) -> Motor:
    """Abre el acervo (el del proyecto por omisión) en un Motor; lanza ErrorAcervo si falta o está dañado."""
    return Motor(Acervo.abrir(raiz_acervo, version), perezoso)


def _ajustes() -> dict[str, Any]:
    return {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "python_enable_replacements": False,  # un nombre de tabla nunca es una variable de Python
        "threads": int(os.environ.get("ATALAYA_HILOS") or min(2, os.cpu_count() or 1)),
    }


def _ordenada(nombre: str) -> str:
    return f"from {nombre}" + ORDENES.get(nombre, f" order by {ORDEN}")


def _citar(ruta: Path) -> str:
    return str(ruta).replace("'", "''")


def _receta(acervo: Acervo) -> str:
    """Huella de todo lo que decide el contenido del índice: versión, catálogo, consultas y programa."""
    suma = hashlib.sha256(f"{acervo.manifiesto.huella}|{ORDEN}|{ORDENES}|{duckdb.__version__}".encode())
    for consulta in VISTAS.values():
        suma.update(cargar(consulta).sql.encode())
    for ruta in sorted(CATALOGO.glob("*.csv")):
        suma.update(ruta.read_bytes())
    return suma.hexdigest()[:16]


def _comprobar(consulta: Consulta, parametros: Mapping[str, Any]) -> None:
    declarados = set(consulta.parametros)
    if declarados != set(parametros):
        raise ErrorConsulta(
            f"consultas/{consulta.nombre}.sql",
            f"los parámetros {sorted(declarados)}",
            f"{sorted(parametros)}",
            "pasa justo los que declara su cabecera",
        )
    for nombre, tipo in consulta.parametros.items():
        valor = parametros[nombre]
        es_lista = isinstance(valor, Sequence) and not isinstance(valor, str | bytes)
        if valor is not None and es_lista != tipo.startswith("lista"):
            raise ErrorConsulta(
                f"consultas/{consulta.nombre}.sql › ${nombre}",
                tipo,
                repr(valor),
                "pasa una lista" if not es_lista else "pasa un solo valor",
            )
