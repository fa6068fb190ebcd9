"""Cómo se calculó una vista: el SQL con sus parámetros, y lo mismo en R y en Python sobre el CSV que se descarga."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from atalaya import periodos
from atalaya.estadistica.comparaciones import es_parte
from atalaya.informes.vista import Vista
from atalaya.motor import cargar

RECETAS: Final = Path(__file__).with_name("recetas")
_REHACEN: Final = ({"valor_pct", "error_estandar"}, {"casos", "poblacion"})


@dataclass(frozen=True)
class Corrida:
    """Una consulta de `consultas/` y los valores con que se corrió."""

    consulta: str
    parametros: tuple[tuple[str, Any], ...]


def receta_sql(corridas: Sequence[Corrida], version: str) -> str:
    """Las consultas, cada una una vez, preparadas y ejecutadas con sus valores: corre tal cual en DuckDB.

    Las tablas son las que abre `atalaya.motor.abrir(version=…)`; la cabecera de cada consulta dice qué da y cómo.
    """
    partes = [f"-- Sobre las tablas del acervo {version}, como las abre atalaya.motor.abrir(version='{version}').\n"]
    veces: dict[str, list[Corrida]] = {}
    for corrida in dict.fromkeys(corridas):
        veces.setdefault(corrida.consulta, []).append(corrida)
    for nombre, suyas in veces.items():
        consulta = cargar(nombre)
        partes.append(f"\n-- consultas/{nombre}.sql")
        propio = nombre.replace("/", "_")
        # Una consulta sin parámetros también se prepara: así todas se leen igual.
        partes.append(f"prepare {propio} as\n{consulta.sql.rstrip().rstrip(';')};")
        for corrida in suyas:
            valores = ", ".join(f"{clave} := {_valor(v)}" for clave, v in corrida.parametros)
            partes.append(f"execute {propio}({valores});" if valores else f"execute {propio};")
    return "\n".join(partes) + "\n"


def se_puede_rehacer(vista: Vista) -> bool:
    """Si del CSV se pueden rehacer cifra, intervalo o tasa."""
    return any(columnas <= set(vista.tabla) for columnas in _REHACEN) and len(vista.tabla) > 0


def receta_python(vista: Vista) -> str:
    """El guion de Python que rehace la vista desde su CSV."""
    pares, antes = _partes(vista), _anteriores(vista)
    escritos = {
        "PARTES_PY": ", ".join(f'("{a}", "{b}")' for a, b in pares),
        "ANTERIOR_PY": ", ".join(f'"{a}": "{b}"' for a, b in antes.items()),
    }
    return _escribir("rehacer.py.txt", vista, escritos)


def receta_r(vista: Vista) -> str:
    """El guion de R que rehace la vista desde su CSV."""
    pares, antes = _partes(vista), _anteriores(vista)
    escritos = {
        "PARTES_R": ", ".join(f'"{a} {b}"' for a, b in pares),
        "ANTERIOR_R": ", ".join(f'"{a}" = "{b}"' for a, b in antes.items()),
    }
    return _escribir("rehacer.R.txt", vista, escritos)


def _escribir(receta: str, vista: Vista, escritos: Mapping[str, str]) -> str:
    # Un título o un enlace no puede salirse de su comentario ni de sus comillas.
    llano = {
        "ARCHIVO": re.sub(r"[^\w.-]", "_", vista.archivo),
        "TITULO": " ".join(vista.titulo.split()),
        "VERSION": vista.version,
        "ENLACE": "".join(vista.enlace.split()),
    }
    texto = (RECETAS / receta).read_text(encoding="utf-8")
    return re.sub(r"@([A-Z_]+)@", lambda m: {**llano, **escritos}.get(m[1], ""), texto)


def _partes(vista: Vista) -> list[tuple[str, str]]:
    """Parte y todo, de los lugares que la vista compara."""
    if "frente_a" not in vista.tabla:
        return []
    vistos = vista.tabla[["lugar", "frente_a"]].dropna().drop_duplicates()
    pares = [(a, b) for a, b in zip(vistos["lugar"], vistos["frente_a"], strict=True)]
    return [par for a, b in pares for par in ((a, b), (b, a)) if es_parte(*par)]


def _anteriores(vista: Vista) -> dict[str, str]:
    if "diferencia_previo" not in vista.tabla:
        return {}
    return {p: periodos.anterior(p) for p in sorted(vista.tabla["periodo"].dropna().unique(), key=periodos.clave_orden)}


def _valor(valor: Any) -> str:
    """Un valor como literal de DuckDB."""
    if valor is None:
        return "null"
    if isinstance(valor, bool):
        return str(valor).lower()
    if isinstance(valor, str):
        return "'" + valor.replace("'", "''") + "'"
    if isinstance(valor, list | tuple):
        return "[" + ", ".join(_valor(v) for v in valor) + "]"
    return repr(valor)
