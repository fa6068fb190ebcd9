"""Un acervo chico con tabulados, entrevistas y calibración: cifras de juguete con el error contable a mano."""

from __future__ import annotations

from math import log
from pathlib import Path
from typing import Any

import pyarrow as pa

from atalaya.acervo.publicacion import Entrega, publicar
from atalaya.contratos import CALIBRACION, ESTIMACION, MUESTRA

INSEGURIDAD = "inseguridad_ciudad"
GOBIERNO = "confianza_gobierno_federal"
DEFF, DEFF_TEMA, NACIONAL = 1.44, 1.21, 0.81
SIGMA, ERROR = 0.2, 0.03


def cifra(lugar: str, periodo: str, valor: float | None, poblacion: int = 1000, **cambios: Any) -> dict[str, Any]:
    """Una fila publicada, con su denominador y sin error, como la da INEGI."""
    return {
        "fuente": "ensu",
        "periodo": periodo,
        "lugar": lugar,
        "indicador": INSEGURIDAD,
        "desglose": "total",
        "valor_pct": valor,
        "precision": "alta" if valor is not None else None,
        "numerador": None if valor is None else round(poblacion * valor / 100),
        "denominador": poblacion,
        "estado": "dato" if valor is not None else "no_aplica",
        "metodo": "publicada",
        "edicion": periodo,
        "archivo": f"{periodo}.zip",
        "cuadro": "1.7",
        "celda": f"E{lugar[-2:]}",
        **cambios,
    }


def efecto(nombre: str, veces: float, dispersion: float, **cambios: Any) -> dict[str, Any]:
    """Una fila de calibración: lo que multiplica el efecto de diseño."""
    return {
        "fuente": "ensu",
        "efecto": nombre,
        "tema": "",
        "lugar": "",
        "periodo": "",
        "log_efecto_diseno": log(veces),
        "error_log": ERROR,
        "dispersion_log": dispersion,
        "celdas": 100,
        "celdas_moderada": 10,
        "celdas_baja": 1,
        **cambios,
    }


CALIBRADO = [
    efecto("general", DEFF, SIGMA),
    efecto("nacional", NACIONAL, 0.2),
    efecto("tema", DEFF_TEMA, 0.1, tema="seguridad"),
    efecto("lugar_periodo", 4.0, 0.15, lugar="MX-CD49", periodo="2024T2"),
]
ENTREVISTAS = {
    ("2024T1", "MX-CD27"): 300,
    ("2024T1", "MX-CD28"): 100,
    ("2024T1", "MX-CD49"): 200,
    ("2024T1", "MX"): 600,
    ("2024T2", "MX-CD27"): 250,
    ("2024T2", "MX-CD49"): 200,
    ("2024T2", "MX"): 450,
}
PUBLICADAS = [
    cifra("MX", "2024T1", 60.0, 6000),
    cifra("MX-CD27", "2024T1", 80.0, 3000),
    cifra("MX-CD28", "2024T1", 50.0, 1000),
    cifra("MX-CD49", "2024T1", 40.0, 2000),
    cifra("MX", "2024T2", 61.0, 6000),
    cifra("MX-CD27", "2024T2", 65.0, 3000),
    cifra("MX-CD28", "2024T2", 52.0, 1000),
    cifra("MX-CD49", "2024T2", 60.0, 2000),
    # Un subuniverso de la mitad de la gente, un cero, y una clase publicada que contradice al modelo.
    cifra("MX-CD27", "2024T1", 20.0, 1500, indicador="inseguridad_escuela", cuadro="1.9"),
    cifra("MX-CD27", "2024T2", 0.0, 1500, indicador="inseguridad_escuela", cuadro="1.9"),
    cifra("MX-CD27", "2024T1", 90.0, 3000, indicador="seguridad_ciudad", precision="baja"),
    cifra("MX-CD27", "2024T1", None, 3000, indicador="confianza_policia_municipal", cuadro="8.7"),
    cifra("MX-CD27", "2024T1", 50.0, 3000, indicador=GOBIERNO, cuadro="14.1"),
    cifra("MX-CD27", "2025T1", 60.0, 3000, indicador=GOBIERNO, cuadro="14.1"),
    # La serie nacional no imprime denominadores: la parte del universo se toma de donde sí.
    cifra("MX", "2024T1", 30.0, 3000, indicador="inseguridad_escuela", cuadro="1.9"),
    cifra("MX", "2024T2", 30.0, 3000, indicador="inseguridad_escuela", cuadro="1.4", denominador=None, numerador=None),
]


def construir(raiz: Path) -> Path:
    """Publica el acervo en esa carpeta y la devuelve."""
    muestra = [
        {"fuente": "ensu", "periodo": p, "lugar": lugar, "entrevistas": n, "archivo": "conteo.csv", "nota": None}
        for (p, lugar), n in ENTREVISTAS.items()
    ]
    tablas = {
        "estimacion": pa.Table.from_pylist(PUBLICADAS, schema=ESTIMACION),
        "muestra": pa.Table.from_pylist(muestra, schema=MUESTRA),
        "calibracion": pa.Table.from_pylist(CALIBRADO, schema=CALIBRACION),
    }
    publicar(
        raiz,
        [
            Entrega("ensu", nombre, f"{nombre}.zip", "https://ejemplo.invalid/", "0" * 64, 1, "r", {nombre: tabla})
            for nombre, tabla in tablas.items()
        ],
    )
    return raiz
