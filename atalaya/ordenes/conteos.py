"""Lo que `consultar` contesta de un indicador que se cuenta: casos, población, tasa y su intervalo."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from atalaya import catalogo
from atalaya.catalogo.registros import proyecciones
from atalaya.ordenes.comun import (
    Denominador,
    citas,
    con_lo_pedido,
    desgloses_pedidos,
    nivel_pedido,
    periodos_pedidos,
    territorios_pedidos,
)
from atalaya.ordenes.salida import explicar

if TYPE_CHECKING:
    from atalaya.motor import Motor

COLUMNAS_CONTEO: Final = {
    "indicador": "Indicador",
    "nombre": "Lugar",
    "lugar": "Clave",
    "periodo": "Periodo",
    "desglose": "Desglose",
    "casos": "Casos",
    "meses": "Meses",
    "poblacion": "Población",
    "tasa_100k": "Tasa por 100 mil",
    "tasa_inf": "Desde",
    "tasa_sup": "Hasta",
    "edicion": "Edición",
}


def conteos(
    motor: Motor,
    indicadores: list[str],
    lugar: str,
    periodo: str,
    desglose: str,
    nivel: int,
    denominador: Denominador,
) -> tuple[list[dict[str, Any]], str]:
    """Las filas de `mostrar/conteos` con su tasa anualizada e intervalo al `nivel`, y el pie que las explica.

    Lanza ErrorUso si una clave o un periodo están mal escritos.
    """
    from atalaya.estadistica.conteos import con_tasas

    lugares = territorios_pedidos(lugar)
    tabla = motor.correr(
        "mostrar/conteos",
        indicadores=indicadores,
        lugares=list(dict.fromkeys(lugares.values())),
        periodos=periodos_pedidos(periodo),
        desgloses=desgloses_pedidos(desglose),
        denominador=denominador.value,
    )
    filas = con_lo_pedido(con_tasas(tabla, nivel_pedido(nivel)).to_pylist(), lugares)
    return filas, _pie(filas, lugares)


def _pie(filas: list[dict[str, Any]], lugares: Mapping[str, str]) -> str:
    cambiados = [
        f"{pedido} se respondió con su municipio, {otro}." for pedido, otro in lugares.items() if pedido != otro
    ]
    a_medias = sorted(
        {f["periodo"] for f in filas if len(f["periodo"]) == 4 and f["casos"] is not None and f["meses"] < 12}
    )
    parcial = [f"A medias, con la tasa llevada a doce meses: {', '.join(a_medias)}."] if a_medias else []
    usadas = [proyecciones()[p] for p in dict.fromkeys(f["proyeccion"] for f in filas) if p]
    denominadores = [f"Denominador: {una.nombre}." for una in usadas]
    archivos = [f"Archivo: {archivo}." for archivo in dict.fromkeys(f["archivo"] for f in filas) if archivo]
    notas = [
        f"{uno.nombre}: {uno.nota}"
        for uno in map(catalogo.indicador, dict.fromkeys(f["indicador"] for f in filas))
        if uno.nota
    ]
    return "\n".join([*cambiados, *explicar(filas), *parcial, *denominadores, *archivos, *notas, *citas(filas)])
