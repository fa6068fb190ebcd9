"""La única puerta a DuckDB: abre el acervo, carga un `.sql`, comprueba sus parámetros y lo corre.

Tablas que ve toda consulta: las de `atalaya.contratos` (`estimacion`, con todas sus ediciones, y las demás),
`estimacion_vigente` (lo que se muestra), `estimacion_con_error` (lo mismo, con el error modelado de lo que se publica
sin él), `muestra_lugar` (con cuántas entrevistas se hizo), `conteo_vigente` (los casos que se muestran, por mes y por
año), `poblacion_vigente`, `ediciones` (qué archivos oficiales trae el acervo), cada CSV de `datos/catalogo/` con su
nombre (columnas de texto; vacío = nulo) y cada tabla de `datos/gobierno_abierto/` con los tipos de su contrato.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import duckdb

from atalaya.acervo.lectura import Acervo
from atalaya.contratos import TABLAS
from atalaya.errores import ErrorCatalogo, ErrorConsulta
from atalaya.motor import indice
from atalaya.motor.consulta import CATALOGO, CONSULTAS, RAIZ, Consulta, cargar, comprobar, consultas
from atalaya.motor.indice import VISTAS
from atalaya.seguimiento import guardadas
from atalaya.seguimiento.contratos import EN_PUBLICACION, carpeta_de_tablas, contratos, ruta_de

if TYPE_CHECKING:
    import pyarrow as pa

__all__ = ["CATALOGO", "CONSULTAS", "RAIZ", "VISTAS", "Consulta", "Motor", "abrir", "cargar", "consultas"]

ENTERAS: Final = ("estimacion", "conteo", "poblacion")
"""Con todas sus ediciones se consultan poco: quedan en sus Parquet."""

TIPOS: Final = {"string": "varchar", "double": "double", "int64": "bigint"}


class Motor:
    """DuckDB sobre una versión del acervo. Se comparte entre hilos: cada consulta abre su propio cursor."""

    def __init__(self, acervo: Acervo | None, perezoso: bool = False) -> None:
        """Abre las cifras vigentes ya ordenadas, de su índice; `perezoso`, de los Parquet si el índice no está hecho.

        Sin acervo, las tablas están vacías y queda el catálogo: es lo que hace falta para preparar un archivo nuevo.
        """
        self.acervo = acervo
        self._conexion = duckdb.connect(":memory:", config=_ajustes())
        self._catalogo(perezoso)
        self._seguimiento(perezoso)
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
        comprobar(consulta, parametros)
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
            self._csv(ruta, dict.fromkeys(columnas, "VARCHAR"), perezoso)

    def _seguimiento(self, perezoso: bool) -> None:
        guardadas.de_una_vez(lambda: self._leer_seguimiento(perezoso))

    def _leer_seguimiento(self, perezoso: bool) -> None:
        # Lo que se está mudando cambia de sitio: una vista sobre él se quedaría sin su archivo.
        perezoso = perezoso and not (carpeta_de_tablas() / EN_PUBLICACION).is_dir()
        for nombre, uno in contratos().items():
            for clase in ("view", "table"):  # si se lee otra vez, por la publicación de alguien
                with suppress(duckdb.Error):
                    self._conexion.execute(f"drop {clase} if exists {nombre}")
            self._csv(ruta_de(nombre), {c.columna: c.tipo_sql for c in uno.columnas}, perezoso)

    def _csv(self, ruta: Path, columnas: dict[str, str], perezoso: bool) -> None:
        tabla = self._conexion.read_csv(
            str(ruta),
            header=True,
            sep=",",
            quotechar='"',
            escapechar='"',
            auto_detect=False,
            parallel=False,
            columns=columnas,
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
        if not (self.acervo and indice.poner(self._conexion, self.acervo, hacerlo=not perezoso)) and not perezoso:
            indice.en_memoria(self._conexion)


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
