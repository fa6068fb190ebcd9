"""`comparar`: si la diferencia entre dos lugares es mayor que el error muestral, dicho en palabras."""

from __future__ import annotations

from itertools import combinations
from typing import Annotated, Any

import typer

from atalaya import catalogo, periodos
from atalaya.ordenes.cambios import nativo
from atalaya.ordenes.comun import (
    ErrorUso,
    Formato,
    OpcionAcervo,
    OpcionFormato,
    OpcionVersion,
    abrir_motor,
    lugares_pedidos,
    nivel_pedido,
    un_indicador,
    un_periodo,
)
from atalaya.ordenes.salida import EXPLICADOS, MODELADO, escribir

COLUMNAS = {
    "nombre_a": "A",
    "valor_a_pct": "A (%)",
    "nombre_b": "B",
    "valor_b_pct": "B (%)",
    "diferencia": "B − A",
    "error_estandar": "Error",
    "ic_inf": "Desde",
    "ic_sup": "Hasta",
    "p": "p",
    "p_holm": "p (Holm)",
    "veredicto": "Veredicto",
}
LADO = {
    "lugar": "lugar_{}",
    "valor_pct": "valor_{}_pct",
    "error_estandar": "error_{}",
    **{campo: campo + "_{}" for campo in ("n", "precision", "metodo", "metodo_error", "estado", "cuadro")},
}
VEREDICTOS = {"sube": "b_mayor", "baja": "a_mayor", "sin_cambio": "sin_diferencia"}
"""Entre lugares no se sube ni se baja: se dice cuál es mayor."""


def comparar(
    indicador: Annotated[str, typer.Option("--indicador", metavar="K", help="Clave de un indicador.")],
    lugar: Annotated[str, typer.Option("--lugar", metavar="A,B[,C]", help="Dos lugares o más: se comparan todos.")],
    periodo: Annotated[str, typer.Option("--periodo", metavar="P", help="Un periodo: 2025T2.")],
    nivel: Annotated[int, typer.Option("--nivel", metavar="N", help="Confianza, en por ciento: 90, 95 o 99.")] = 95,
    desglose: Annotated[str, typer.Option("--desglose", metavar="D", help="total, sexo:mujeres…")] = "total",
    formato: OpcionFormato = Formato.tabla,
    acervo: OpcionAcervo = None,
    version_acervo: OpcionVersion = None,
) -> None:
    """Compara dos lugares en un periodo: diferencia, error, intervalo, p y lo que eso quiere decir.

    Con más de dos lugares se comparan todos los pares y el veredicto usa la p ajustada de Holm.
    """
    clave, cuando, nivel = un_indicador(indicador), un_periodo(periodo, "--periodo"), nivel_pedido(nivel)
    lugares = list(dict.fromkeys(lugares_pedidos(lugar).values()))
    if len(lugares) < 2:
        raise ErrorUso("Para comparar hacen falta dos lugares distintos: --lugar A,B.")
    filas = abrir_motor(acervo, version_acervo).correr(
        "mostrar/consultar", indicadores=[clave], lugares=lugares, periodos=[cuando], desgloses=[desglose]
    )
    pares = probar(filas.to_pylist(), nivel)
    titulo = f"{catalogo.indicador(clave).nombre}, {periodos.nombre(cuando)}"
    escribir(pares, formato, COLUMNAS, titulo, _pie(pares))


def probar(filas: list[dict[str, Any]], nivel: float) -> list[dict[str, Any]]:
    """Cada par de filas de `mostrar/consultar` con su diferencia b − a, su prueba y su lectura en palabras.

    Lanza ErrorUso si las cifras son de encuestas distintas.
    """
    from atalaya.estadistica import comparaciones, inferencia

    if len(fuentes := {fila["fuente"] for fila in filas}) > 1:
        raise ErrorUso(f"Las cifras son de encuestas distintas ({', '.join(sorted(fuentes))}): no se comparan.")
    pares = list(combinations(filas, 2))
    comunes = [comparaciones.parte_comun(a, b) for a, b in pares]
    covarianzas = [float("nan") if comun is None else comun for comun in comunes]
    resultado = comparaciones.diferencias([a for a, _ in pares], [b for _, b in pares], nivel, covarianzas)
    resultado["veredicto"] = inferencia.veredictos(resultado["diferencia"], resultado["p_holm"], nivel)
    filas_de_pares = []
    for numero, ((a, b), comun) in enumerate(zip(pares, comunes, strict=True)):
        prueba = {campo: nativo(valores[numero]) for campo, valores in resultado.items()}
        if comun is None:
            prueba["veredicto"] = "no_comparable"
        filas_de_pares.append(_fila(a, b, prueba, nivel, bool(comun)))
    return filas_de_pares


def _fila(a: dict[str, Any], b: dict[str, Any], prueba: dict[str, Any], nivel: float, anidados: bool) -> dict[str, Any]:
    from atalaya.estadistica import comparaciones

    nombres = [catalogo.lugar(fila["lugar"]).nombre for fila in (a, b)]
    lados = {nombre.format(lado): fila[campo] for campo, nombre in LADO.items() for lado, fila in (("a", a), ("b", b))}
    return {
        "indicador": a["indicador"],
        "periodo": a["periodo"],
        "desglose": a["desglose"],
        "nombre_a": nombres[0],
        "nombre_b": nombres[1],
        **prueba,
        "veredicto": VEREDICTOS.get(prueba["veredicto"], prueba["veredicto"]),
        "en_palabras": _sin_cifra(a, b) or comparaciones.en_palabras(nombres[0], nombres[1], prueba, nivel),
        "nivel_confianza": nivel,
        **lados,
        "nota": "una es parte de la otra: se descuenta lo que comparten" if anidados else "",
    }


def _sin_cifra(*filas: dict[str, Any]) -> str:
    return " ".join(
        f"{catalogo.lugar(fila['lugar']).nombre} no tiene cifra: {EXPLICADOS.get(fila['estado'], fila['estado'])}."
        for fila in filas
        if fila["valor_pct"] is None
    )


def _pie(pares: list[dict[str, Any]]) -> str:
    notas = [par["en_palabras"] + (f" ({par['nota']})" if par["nota"] else "") for par in pares]
    if len(pares) > 1:
        notas.append("Veredictos con la p ajustada por comparar varios pares (Holm).")
    if any("modelada" in (par["metodo_error_a"], par["metodo_error_b"]) for par in pares):
        notas.append(MODELADO)
    return "\n".join(notas)
