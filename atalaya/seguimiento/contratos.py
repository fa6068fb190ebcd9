"""Los contratos de lo que un observatorio sigue: `datos/gobierno_abierto/tablas.csv` y `diccionario.csv`.

Un solo sitio dice qué columnas tiene cada tabla, de qué tipo y con qué valores: de ahí salen la revisión de las tablas
del proyecto y de las que trae cada observatorio, las plantillas, la documentación y los tipos en SQL.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from atalaya.errores import ErrorCatalogo
from atalaya.idiomas import tr
from atalaya.tabla_csv import casa, en, falla, leer, lleno

CARPETA: Final = Path(__file__).resolve().parents[2] / "datos" / "gobierno_abierto"
EN_PUBLICACION: Final = ".en_publicacion"
AMBIENTE: Final = "ATALAYA_SEGUIMIENTO"
TIPOS: Final = ("texto", "clave", "entero", "numero", "pct", "fecha", "periodo", "lugar", "indicador", "direccion")
"""`fecha` admite día, mes o año (2020-02-24, 2020-02, 2020): los documentos no siempre dicen más. `pct` va de 0 a 100.
`lugar`, `indicador` y `periodo` son los del catálogo. `clave`: minúsculas, números y _."""
TIPOS_SQL: Final = {"entero": "BIGINT", "numero": "DOUBLE", "pct": "DOUBLE"}
"""En DuckDB; lo demás es VARCHAR. Vacío = nulo."""
SECCIONES: Final = ("compromisos", "evaluaciones", "participacion", "intercambio", "afirmaciones", "comun")


@dataclass(frozen=True, slots=True)
class Columna:
    """Una columna de una tabla: su tipo, si es obligatoria, sus valores admitidos y la tabla a cuya clave refiere."""

    tabla: str
    columna: str
    tipo: str
    obligatoria: str
    valores: str
    refiere: str
    describe: str

    @property
    def admitidos(self) -> tuple[str, ...]:
        """Los únicos valores que puede llevar; vacía si no son una lista cerrada."""
        return tuple(self.valores.split("|")) if self.valores else ()

    @property
    def es_obligatoria(self) -> bool:
        """Si no puede venir vacía."""
        return self.obligatoria == "si"

    @property
    def tipo_sql(self) -> str:
        """Su tipo en DuckDB."""
        return TIPOS_SQL.get(self.tipo, "VARCHAR")


@dataclass(frozen=True, slots=True)
class Contrato:
    """Una tabla de `datos/gobierno_abierto/`: columnas en orden y las que forman su llave."""

    tabla: str
    seccion: str
    describe: str
    llave: tuple[str, ...]
    columnas: tuple[Columna, ...]

    @property
    def nombres(self) -> list[str]:
        """Los nombres de sus columnas, en orden: el encabezado exacto del CSV."""
        return [columna.columna for columna in self.columnas]


@dataclass(frozen=True, slots=True)
class _Tabla:
    tabla: str
    seccion: str
    describe: str
    llave: str


def carpeta_de_tablas() -> Path:
    """Dónde se guarda lo que se incorpora: la de `AMBIENTE` o, si no se dice, la del proyecto."""
    dicha = os.environ.get(AMBIENTE)
    return Path(dicha) if dicha else CARPETA


def ruta_de(tabla: str, carpeta: Path | None = None) -> Path:
    """El archivo vigente de una tabla: el que se está publicando, el de la carpeta o, si no lo tiene, el del proyecto.

    Lo que se publica se pone entero en `EN_PUBLICACION` y luego se muda: en cualquier momento se ve lo de antes o todo
    lo nuevo.
    """
    carpeta = carpeta or carpeta_de_tablas()
    rutas = (carpeta / EN_PUBLICACION / f"{tabla}.csv", carpeta / f"{tabla}.csv")
    return next((una for una in rutas if una.is_file()), CARPETA / f"{tabla}.csv")


@cache
def contratos(carpeta: Path = CARPETA) -> dict[str, Contrato]:
    """Los contratos por nombre de tabla, en el orden de `tablas.csv`; lanza ErrorCatalogo si se contradicen."""
    clave = casa(r"[a-z][a-z0-9_]*")
    tablas = leer(carpeta / "tablas.csv", _Tabla, {"tabla": clave, "seccion": en(SECCIONES), "describe": lleno})
    nombres = {una.tabla for una in tablas}
    columnas = leer(
        carpeta / "diccionario.csv",
        Columna,
        {
            "tabla": en(nombres, "tablas.csv"),
            "columna": clave,
            "tipo": en(TIPOS),
            "obligatoria": en(("si", "no")),
            "refiere": en(("", *nombres), "tablas.csv"),
            "describe": lleno,
        },
    )
    por_tabla: dict[str, Contrato] = {}
    for numero, una in enumerate(tablas, start=2):
        suyas = tuple(c for c in columnas if c.tabla == una.tabla)
        llave = tuple(una.llave.split(","))
        if una.tabla in por_tabla:
            falla(carpeta / "tablas.csv", numero, "tabla", tr("cada tabla una sola vez"), una.tabla)
        if faltan := set(llave) - {c.columna for c in suyas}:
            falla(carpeta / "tablas.csv", numero, "llave", tr("columnas del diccionario"), ", ".join(sorted(faltan)))
        por_tabla[una.tabla] = Contrato(una.tabla, una.seccion, una.describe, llave, suyas)
    return por_tabla


def contrato(tabla: str, carpeta: Path = CARPETA) -> Contrato:
    """El contrato de una tabla; lanza ErrorCatalogo si no existe."""
    todos = contratos(carpeta)
    if tabla not in todos:
        raise ErrorCatalogo(
            "datos/gobierno_abierto/", tr("una de: ") + ", ".join(todos), repr(tabla), tr("corrija el nombre")
        )
    return todos[tabla]
