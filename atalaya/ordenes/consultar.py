"""`consultar`: la cifra de unos indicadores, lugares y periodos, o por qué no la hay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

import typer

from atalaya import catalogo
from atalaya.ordenes.comun import (
    NIVEL,
    Denominador,
    ErrorUso,
    Formato,
    Intervalo,
    OpcionAcervo,
    OpcionDenominador,
    OpcionFormato,
    OpcionIntervalo,
    OpcionNivel,
    OpcionReglas,
    OpcionVersion,
    abrir_motor,
    citas,
    con_lo_pedido,
    con_reglas,
    desgloses_pedidos,
    indicadores_pedidos,
    lugares_pedidos,
    nivel_pedido,
    periodos_pedidos,
)
from atalaya.ordenes.conteos import COLUMNAS_CONTEO, conteos
from atalaya.ordenes.salida import MODELADO, escribir, explicar

COLUMNAS = {
    "indicador": "Indicador",
    "nombre": "Lugar",
    "lugar": "Clave",
    "periodo": "Periodo",
    "desglose": "Desglose",
    "valor_pct": "Valor (%)",
    "error_estandar": "Error",
    "ic_inf": "Desde",
    "ic_sup": "Hasta",
    "metodo_error": "Método del error",
    "precision": "Precisión",
    "cuadro": "Cuadro",
    "archivo": "Archivo",
}


def consultar(
    indicador: Annotated[str, typer.Option("--indicador", metavar="K[,K]", help="Claves de indicador.")],
    lugar: Annotated[str, typer.Option("--lugar", metavar="L[,L]", help="Claves de lugar: MX, MX-15058, MX-CD28…")],
    periodo: Annotated[
        str, typer.Option("--periodo", metavar="P[,P|P:P]", help="2025T2; 2024T1,2025T1; 2024T1:2025T2.")
    ],
    desglose: Annotated[str, typer.Option("--desglose", metavar="D[,D]", help="total, sexo:mujeres…")] = "total",
    nivel: OpcionNivel = NIVEL,
    intervalo: OpcionIntervalo = Intervalo.logit,
    reglas: OpcionReglas = None,
    denominador: OpcionDenominador = Denominador.proyeccion,
    formato: OpcionFormato = Formato.tabla,
    acervo: OpcionAcervo = None,
    version_acervo: OpcionVersion = None,
) -> None:
    """Da la cifra vigente de cada combinación pedida; donde no la hay, una fila dice por qué."""
    indicadores = indicadores_pedidos(indicador)
    if any(de_conteo := [catalogo.indicador(clave).es_conteo for clave in indicadores]):
        if not all(de_conteo):
            raise ErrorUso("Unos indicadores se cuentan y otros se estiman: pídelos en dos consultas.")
        filas, pie = conteos(
            abrir_motor(acervo, version_acervo), indicadores, lugar, periodo, desglose, nivel, denominador
        )
        escribir(filas, formato, _visibles(COLUMNAS_CONTEO, indicadores, desglose), _titulo(indicadores), pie)
        return
    lugares = lugares_pedidos(lugar)
    periodos = periodos_pedidos(periodo)
    tabla = abrir_motor(acervo, version_acervo).correr(
        "mostrar/consultar",
        indicadores=indicadores,
        lugares=list(dict.fromkeys(lugares.values())),
        periodos=periodos,
        desgloses=desgloses_pedidos(desglose),
    )
    filas = _con_intervalo(con_reglas(tabla, reglas), nivel_pedido(nivel), intervalo)
    filas = con_lo_pedido(filas, lugares)
    escribir(filas, formato, _visibles(COLUMNAS, indicadores, desglose), _titulo(indicadores), _pie(filas, lugares))


def _visibles(columnas: Mapping[str, str], indicadores: list[str], desglose: str) -> dict[str, str]:
    """Las columnas de la tabla, sin las que dirían lo mismo en todos los renglones."""
    sobran = {"indicador"} if len(indicadores) == 1 else set()
    sobran |= {"desglose"} if desglose == "total" else set()
    return {clave: rotulo for clave, rotulo in columnas.items() if clave not in sobran}


def _titulo(indicadores: list[str]) -> str:
    return catalogo.indicador(indicadores[0]).nombre if len(indicadores) == 1 else "Cifras publicadas"


def _con_intervalo(filas: list[dict[str, Any]], nivel: int, intervalo: Intervalo) -> list[dict[str, Any]]:
    """Las filas con el intervalo que se pide; el de la vista es logit al 95 % y no hay que rehacerlo."""
    if nivel == NIVEL and intervalo is Intervalo.logit:
        return filas
    from atalaya.estadistica.comparaciones import con_intervalo

    return con_intervalo(filas, nivel, intervalo.value)


def _pie(filas: list[dict[str, Any]], lugares: Mapping[str, str]) -> str:
    """Lo que hay que saber para leer la tabla: qué lugar respondió por cuál, por qué falta lo que falta y la cita."""
    cambiados = [
        f"{pedido} se respondió con su área urbana, {area}." for pedido, area in lugares.items() if pedido != area
    ]
    modelado = [MODELADO] if any(fila["metodo_error"] == "modelada" for fila in filas) else []
    return "\n".join([*cambiados, *explicar(filas), *modelado, *citas(filas)])
