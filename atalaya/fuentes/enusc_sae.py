"""ENUSC: estimación experimental en áreas pequeñas (SAE) del INE de Chile, hogares víctimas de delitos violentos.

136 comunas de 2024, año en que la encuesta no tiene cifra comunal directa. Ver docs/fuentes/enusc.md.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from atalaya.errores import ErrorFuente
from atalaya.fuentes.lectura import Lectura
from atalaya.fuentes.registros_cl import (
    REMEDIO,
    comunas,
    enteros,
    exigir,
    exigir_comunas,
    exigir_rejilla,
    registros_json,
    tabla_json,
)

FUENTE: Final = "enusc"
PRODUCTO: Final = "sae_experimental"
PREPARAR: Final = "preparar/enusc_sae"
ORIGEN: Final = "https://www.ine.gob.cl/estadisticas/estadisticas-experimentales/seguridad-ciudadana"
CRUDO: Final = pa.schema(
    [
        pa.field("cut", pa.string()),
        pa.field("name", pa.string()),
        pa.field("vhdv_rate", pa.float64()),  # proporción, de 0 a 1
        pa.field("ci_lower", pa.float64()),
        pa.field("ci_upper", pa.float64()),
        pa.field("tipo_estimacion", pa.string()),
        pa.field("cv", pa.float64()),  # razón, del logaritmo de la proporción
    ]
)
"""Una fila por comuna."""

TIPOS: Final = ("Directa y sintética", "Sintética")
Z_95: Final = 1.959963984540054
TOLERANCIA: Final = 1e-6


def reconocer(ruta: Path) -> bool:
    """Si es el JSON de la estimación SAE por comuna: por los campos de sus registros."""
    return ruta.is_file() and registros_json(ruta, frozenset(CRUDO.names)) is not None


def leer(ruta: Path) -> Lectura:
    """La tabla `celdas`: lugar, tipo_estimacion, proporcion, error_estandar, inferior y superior (de 0 a 1) y cv_log.

    El INE publica el coeficiente de variación del logaritmo, `cv` = ee / (p·|ln p|), y el intervalo al 95 %, simétrico
    en la escala logit: logit(p) ± z·ee / (p·(1 − p)). De los dos sale el mismo error estándar y aquí se exige, fila por
    fila. Fuente: INE de Chile, Estadísticas experimentales, ENUSC SAE. Lanza ErrorFuente, con el registro, si una
    comuna o un tipo es desconocido o se repite, si una proporción no está entre 0 y 1, si el intervalo no la contiene
    o si los dos errores no coinciden: entonces el archivo ya no es el que se sabe leer.
    """
    crudo = registros_json(ruta, frozenset(CRUDO.names))
    if crudo is None:
        raise ErrorFuente(ruta.name, "un JSON con sus registros por comuna", "otra cosa", REMEDIO)
    anio = str(crudo.get("vintage", ""))
    if not (len(anio) == 4 and anio.isdigit()):
        raise ErrorFuente(f"{ruta.name} › vintage", "el año de la encuesta", anio or "vacío", REMEDIO)
    tabla = tabla_json(crudo, CRUDO, ruta.name)
    lugar = comunas(enteros(tabla["cut"], f"{ruta.name} › cut"), f"{ruta.name} › cut")
    exigir_comunas(lugar, tabla["name"], f"{ruta.name} › name")
    tipos = tabla["tipo_estimacion"]
    exigir([tipo in TIPOS for tipo in tipos.to_pylist()], f"{ruta.name} › tipo_estimacion", " o ".join(TIPOS), tipos)
    p, inferior, superior, cv = (tabla[campo].to_numpy() for campo in ("vhdv_rate", "ci_lower", "ci_upper", "cv"))
    dentro = (inferior > 0) & (inferior < p) & (p < superior) & (superior < 1) & (cv > 0)
    exigir(dentro, f"{ruta.name} › vhdv_rate", "una proporción de 0 a 1 dentro de su intervalo", p)
    celdas = pa.table(
        {
            "lugar": lugar,
            "tipo_estimacion": tipos,
            "proporcion": p,
            "error_estandar": _error(p, inferior, superior, cv, ruta.name),
            "inferior": inferior,
            "superior": superior,
            "cv_log": cv,
        }
    )
    exigir_rejilla(celdas, ("lugar",), ruta.name)
    archivo = f"tabulados SAE, hogares víctimas de delitos violentos, ENUSC {anio}"
    portada = pa.table({"archivo": [archivo], "edicion": [anio]})
    return Lectura(FUENTE, anio, archivo, ORIGEN, {"celdas": celdas, "portada": portada}, PRODUCTO)


def _error(p: np.ndarray, inferior: np.ndarray, superior: np.ndarray, cv: np.ndarray, donde: str) -> np.ndarray:
    """El error estándar que dan a la vez el coeficiente de variación y los dos lados del intervalo."""
    del_cv = cv * p * -np.log(p)
    for extremo, signo in ((inferior, -1), (superior, 1)):
        del_intervalo = signo * (_logit(extremo) - _logit(p)) / Z_95 * p * (1 - p)
        coinciden = np.abs(del_intervalo / del_cv - 1) < TOLERANCIA
        exigir(coinciden, f"{donde} › cv", "el mismo error estándar del cv y del intervalo al 95 %", cv)
    return del_cv


def _logit(p: np.ndarray) -> np.ndarray:
    return np.log(p / (1 - p))
