"""Las consultas de `consultas/`: su cabecera, sus parámetros y su SQL."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from atalaya.errores import ErrorConsulta

RAIZ: Final = Path(__file__).resolve().parents[2]
CONSULTAS: Final = RAIZ / "consultas"
CATALOGO: Final = RAIZ / "datos" / "catalogo"
CAMPOS = ("devuelve", "grano", "parametros", "metodo", "nota")
OBLIGATORIOS = ("devuelve", "grano", "parametros", "metodo")
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


def comprobar(consulta: Consulta, parametros: Mapping[str, Any]) -> None:
    """Lanza ErrorConsulta si los parámetros no son los que declara la cabecera."""
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
