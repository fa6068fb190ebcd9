"""ENSU: microdatos de «datos abiertos» de INEGI, de cualquier trimestre desde 2015T1.

Los nombres de las variables, las claves y los archivos cambian entre trimestres: las preguntas se resuelven con el
diccionario que viene en el mismo paquete y con `datos/catalogo/preguntas.csv`. Ver docs/fuentes/ensu_microdatos.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Final

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from atalaya.catalogo import CARPETA
from atalaya.errores import ErrorFuente
from atalaya.fuentes import ensu_cuestionario
from atalaya.fuentes.diseno_muestral import (
    codigo,
    exigir_anidadas,
    exigir_columnas,
    exigir_unicas,
    factor,
)
from atalaya.fuentes.ensu_cuestionario import Cuestionario
from atalaya.fuentes.lectura import Lectura
from atalaya.fuentes.paquete_inegi import buscar, listar
from atalaya.fuentes.preguntas import Resuelta, resolver
from atalaya.fuentes.respuestas import tabla_de_respuestas, tabla_de_variables
from atalaya.fuentes.valores import Valores, calcular
from atalaya.periodos import clave_orden
from atalaya.tabla_csv import casa, periodo_o_vacio
from atalaya.tabla_csv import leer as leer_catalogo

FUENTE: Final = "ensu"
PREPARAR: Final = "preparar/ensu_microdatos"
ORIGEN: Final = "https://www.inegi.org.mx/programas/ensu/#datos_abiertos"
PAPELES: Final = {
    "factor_persona": ("FAC_SEL", "FACTOR"),
    "estrato": ("EST_DIS", "EDIS"),
    "upm": ("UPM_DIS",),
    "ciudad": ("CD",),
    "periodo": ("PER",),
}
MARCOS: Final = ("personas", "personas_semestre", "hogares", "hogares_semestre")
"""Qué se pondera y a qué periodo se refiere: los de semestre llevan `2025S1` y los demás `2025T2`."""
_SIN_EDAD: Final = 98  # 98 y 99: no especificada; 97 es «97 años y más»


@dataclass(frozen=True, slots=True)
class CodigoCiudad:
    """Qué lugar es cada código `CD` de INEGI en cada época; una fila de `cd_inegi.csv`."""

    cd: str
    desde: str
    hasta: str
    nombre: str
    lugar: str
    nota: str


def reconocer(ruta: Path) -> bool:
    """Si es un paquete (carpeta o zip) con los datos y el diccionario del cuestionario básico de la ENSU."""
    archivos = listar(ruta)
    return bool(buscar(archivos, "conjunto_de_datos", "cb") and buscar(archivos, "diccionario", "cb"))


def leer(ruta: Path) -> Lectura:
    """Las entrevistas de un trimestre con su diseño muestral y el valor de cada indicador.

    Tablas: `entrevistas` (una fila por entrevista: periodo, entrevista, estrato, upm, upm_enlace, factor_persona,
    factor_hogar, cd, municipio, sexo 1 hombre 2 mujer, edad en años) y, por marco (MARCOS), `valores_<marco>`
    (entrevista y una columna por indicador: 1, 0 o nulo; sin renglones si ese trimestre no tiene ninguno), y
    `variables` (con cuáles se calcula cada indicador). El archivo oficial es el CSV de las entrevistas, que se llama
    igual venga el paquete en carpeta o en zip. Fuente: INEGI, ENSU.

    Lanza ErrorFuente, con archivo, variable y renglones, si falta el diseño, un factor no es positivo, una UPM está en
    dos estratos, una clave es desconocida, una llave se repite o los textos mezclan codificaciones.
    """
    cuestionario = ensu_cuestionario.abrir(ruta)
    entrevistas = _entrevistas(cuestionario)
    valores = _valores(cuestionario)
    return Lectura(
        fuente=FUENTE,
        edicion=_periodo(cuestionario),
        archivo=PurePosixPath(cuestionario.donde).name,
        origen=ORIGEN,
        tablas={
            "entrevistas": entrevistas,
            **{f"valores_{marco}": _ancha(entrevistas, valores, marco) for marco in MARCOS},
            "variables": tabla_de_variables(valores),
        },
        producto="microdatos",
    )


def leer_respuestas(ruta: Path) -> pa.Table:
    """Las respuestas tal como vinieron, para auditar: una fila por entrevista e indicador.

    Columnas: fuente, periodo, entrevista, indicador, variable, codigo, tipo (`valida`, `no_sabe`, `no_responde`,
    `no_aplica`) e y (1, 0 o nulo). Lanza los mismos errores que `leer`.
    """
    cuestionario = ensu_cuestionario.abrir(ruta)
    entrevistas = _entrevistas(cuestionario)["entrevista"]
    return tabla_de_respuestas(FUENTE, _periodo(cuestionario), entrevistas, _valores(cuestionario))


def indicadores_de(cuestionario: Cuestionario) -> dict[str, Resuelta]:
    """Los indicadores que ese trimestre permite calcular, con las variables que los traen.

    Los de hogares piden además el factor de vivienda, que INEGI sólo publica desde 2022T2.
    """
    todos = resolver(FUENTE, _periodo(cuestionario), cuestionario.variables, cuestionario.donde)
    presentes = set(cuestionario.tabla.column_names)
    con_hogar = "FAC_VIV" in presentes
    return {
        clave: una
        for clave, una in todos.items()
        if (con_hogar or una.pregunta.marco != "hogares") and all(v.nombre in presentes for v in una.variables)
    }


def _valores(cuestionario: Cuestionario) -> dict[str, Valores]:
    columnas = {nombre: cuestionario.tabla[nombre].combine_chunks() for nombre in cuestionario.tabla.column_names}
    return calcular(indicadores_de(cuestionario), columnas, cuestionario.donde)


def _entrevistas(cuestionario: Cuestionario) -> pa.Table:
    tabla, donde = cuestionario.tabla, cuestionario.donde
    papeles = exigir_columnas(tabla.column_names, PAPELES, donde)
    llaves = cuestionario.llaves()
    exigir_unicas(llaves, "entrevista", donde)
    estrato = codigo(_columna(tabla, papeles["estrato"]), papeles["estrato"], donde)
    upm_diseno = codigo(_columna(tabla, papeles["upm"]), papeles["upm"], donde)
    exigir_anidadas(estrato, upm_diseno, donde)
    periodo = _periodo(cuestionario)
    ciudades = pc.utf8_lpad(_columna(tabla, papeles["ciudad"]), width=2, padding="0")
    _exigir_ciudades(ciudades, periodo, donde)
    n = tabla.num_rows
    hogar = factor(_columna(tabla, "FAC_VIV"), "FAC_VIV", donde) if "FAC_VIV" in tabla.column_names else None
    return pa.table(
        {
            "periodo": pa.array([periodo] * n),
            "entrevista": llaves,
            "estrato": pa.array(estrato),
            "upm": pa.array(upm_diseno),
            "upm_enlace": _upm_enlace(cuestionario, upm_diseno),
            "factor_persona": factor(_columna(tabla, papeles["factor_persona"]), papeles["factor_persona"], donde),
            "factor_hogar": pa.nulls(n, pa.float64()) if hogar is None else hogar,
            "cd": ciudades,
            "municipio": cuestionario.municipio(),
            "sexo": cuestionario.sexo(),
            "edad": _edad(cuestionario),
        }
    )


def _edad(cuestionario: Cuestionario) -> pa.Array:
    edades = cuestionario.edad()
    return pc.if_else(pc.greater_equal(edades, _SIN_EDAD), pa.scalar(None, pa.int64()), edades)


def _upm_enlace(cuestionario: Cuestionario, diseno: npt.NDArray[np.int64]) -> pa.Array:
    """La UPM con una clave que es la misma en todos los trimestres en que vuelve a la muestra, o nulos.

    `UPM_DIS` es un consecutivo que se reparte de nuevo cada trimestre: dos trimestres comparten números, no
    conglomerados. La clave del marco sí dura; sólo sirve si equivale una a una a `UPM_DIS`, porque si no cambiaría
    el diseño.
    """
    marco = cuestionario.upm_del_marco()
    if marco is not None:
        pares = np.unique(np.stack([marco, diseno]), axis=1)
        if pares.shape[1] == np.unique(marco).size == np.unique(diseno).size:
            return pa.array(marco)
    return pa.nulls(diseno.size, pa.int64())


def _periodo(cuestionario: Cuestionario) -> str:
    """El trimestre según `PER`: mes y año en 2015 (0315), trimestre y año desde 2016 (0225)."""
    exigir_columnas(cuestionario.tabla.column_names, {"periodo": PAPELES["periodo"]}, cuestionario.donde)
    vistos = sorted({str(v).zfill(4) for v in pc.unique(cuestionario.tabla["PER"]).to_pylist()})
    if len(vistos) == 1 and vistos[0].isdigit():
        numero, anio = int(vistos[0][:2]), int(vistos[0][2:])
        trimestre = numero // 3 if anio == 15 and numero % 3 == 0 else numero
        if anio >= 15 and 1 <= trimestre <= 4 and (anio > 15 or numero % 3 == 0):
            return f"20{anio:02d}T{trimestre}"
    raise ErrorFuente(
        f"{cuestionario.donde} › PER",
        "un solo trimestre: MMAA en 2015, 0TAA después",
        ", ".join(vistos[:5]),
        "use el archivo de un trimestre, sin juntarlo con otros",
    )


def _exigir_ciudades(ciudades: pa.Array, periodo: str, donde: str) -> None:
    conocidas = {
        una.cd
        for una in _codigos_de_ciudad()
        if clave_orden(una.desde) <= clave_orden(periodo)
        and (not una.hasta or clave_orden(periodo) <= clave_orden(una.hasta))
    }
    nuevas = sorted(set(pc.unique(ciudades).to_pylist()) - conocidas)
    if nuevas:
        renglones = np.flatnonzero(np.isin(ciudades.to_pylist(), nuevas))[:5] + 2
        raise ErrorFuente(
            f"{donde} › CD › renglones {', '.join(map(str, renglones))}",
            f"ciudades que INEGI cubre en {periodo}",
            "las claves " + ", ".join(nuevas),
            "si es una ciudad nueva de la encuesta, agréguela a datos/catalogo/cd_inegi.csv y lugares.csv",
        )


@cache
def _codigos_de_ciudad() -> tuple[CodigoCiudad, ...]:
    revisiones = {"cd": casa(r"\d{2}"), "desde": periodo_o_vacio, "hasta": periodo_o_vacio}
    return tuple(leer_catalogo(CARPETA / "cd_inegi.csv", CodigoCiudad, revisiones))


def _ancha(entrevistas: pa.Table, valores: dict[str, Valores], marco: str) -> pa.Table:
    propios = {clave: uno.columna() for clave, uno in valores.items() if uno.resuelta.pregunta.marco_y_ventana == marco}
    tabla = pa.table({"entrevista": entrevistas["entrevista"], **propios})
    return tabla if propios else tabla.slice(0, 0)


def _columna(tabla: pa.Table, nombre: str) -> pa.Array:
    return tabla[nombre].combine_chunks()
