"""De las entrevistas a cifras con su error de diseño y su clase de precisión. Las entrevistas no se guardan."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyarrow as pa

from atalaya import catalogo
from atalaya.estadistica import encuestas, precision
from atalaya.fuentes.lectura import Lectura
from atalaya.incorporacion.reconocimiento import MICRODATOS, reconocer
from atalaya.motor import Motor

PRODUCTO: Final = "microdatos"
"""`Lectura.producto` de los lectores cuyas tablas son entrevistas: `PREPARAR` las lleva a `ola`."""


@dataclass(frozen=True)
class Opciones:
    """Cómo se estima. Las de omisión son las de lo que se publica en el acervo.

    `reglas` vacías: las de la oficina que levanta la encuesta (`fuentes.csv`). `indicadores` vacíos: todos; los que la
    encuesta no trae se pasan por alto.
    """

    desgloses: tuple[str, ...] = ("total", "sexo", "edad")
    upm_unica: encuestas.UpmUnica = "adjust"
    nivel: float = 95
    intervalo: encuestas.Intervalo = "logit"
    reglas: str = ""
    indicadores: tuple[str, ...] = ()


def estimar(motor: Motor, consulta: str, lectura: Lectura, opciones: Opciones | None = None) -> pa.Table:
    """Todas las cifras que dan unos microdatos: columnas y grano de `consultas/preparar/microdatos.sql`.

    `consulta` es la que lleva las tablas de la lectura a `ola`. Lo que la regla de precisión suprime sale sin cifra y
    con estado `suprimido`; sin filas ni columnas si no trae ningún indicador de los pedidos. Lanza ErrorConsulta si una
    opción no es de las admitidas, o con `upm_unica="fail"` si hay un estrato con una sola UPM.
    """
    opciones = opciones or Opciones()
    ola = motor.correr_con(consulta, lectura.tablas)
    reglas = opciones.reglas or catalogo.fuentes()[lectura.fuente].reglas
    with motor.con_tablas({"leida": ola}) as conexion:
        conexion.execute("create temp table ola as from leida")
        presentes = encuestas.indicadores_de(conexion)
        pedidos = [clave for clave in presentes if not opciones.indicadores or clave in opciones.indicadores]
        if not pedidos:
            return pa.table({})
        estimada = encuestas.estimar(
            conexion, opciones.desgloses, opciones.upm_unica, opciones.nivel, opciones.intervalo, pedidos
        )
    return motor.correr_con(
        "preparar/microdatos",
        {"estimada": precision.clasificar(estimada, reglas), "variables": lectura.tablas["variables"]},
        edicion=lectura.edicion,
        archivo=lectura.archivo,
        reglas=reglas,
    )


def estimar_archivo(ruta: Path, opciones: Opciones) -> pa.Table:
    """Lo que `estimar` da de un archivo o carpeta de microdatos oficial, sin publicarlo.

    Lanza ErrorFuente si ninguna fuente de microdatos lo
    reconoce o si no es lo que debe, y lo que lance `estimar`.
    """
    modulo = reconocer(ruta, MICRODATOS)
    motor = Motor(None)
    try:
        return estimar(motor, modulo.PREPARAR, modulo.leer(ruta), opciones)
    finally:
        motor.cerrar()
