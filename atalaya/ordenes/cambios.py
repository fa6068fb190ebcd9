"""`cambios`: en qué lugares cambió un indicador entre dos periodos más de lo que explica el error muestral."""

from __future__ import annotations

from collections import Counter
from math import isnan
from typing import Annotated, Any

import typer

from atalaya import catalogo, periodos
from atalaya.ordenes.comun import (
    ErrorUso,
    Formato,
    OpcionAcervo,
    OpcionFormato,
    OpcionVersion,
    abrir_motor,
    nivel_pedido,
    un_indicador,
    un_periodo,
)
from atalaya.ordenes.salida import MODELADO, escribir

COLUMNAS = {
    "nombre": "Lugar",
    "lugar": "Clave",
    "valor_de_pct": "Antes (%)",
    "valor_a_pct": "Después (%)",
    "diferencia": "Diferencia",
    "error_estandar": "Error",
    "ic_inf": "Desde",
    "ic_sup": "Hasta",
    "p": "p",
    "p_holm": "p (Holm)",
    "veredicto": "Veredicto",
}
LADO = {
    "valor_pct": "valor_{}_pct",
    "error_estandar": "error_{}",
    **{campo: campo + "_{}" for campo in ("n", "precision", "metodo", "metodo_error", "estado", "cuadro")},
}
"""Qué columnas de cada periodo se muestran y cómo se llaman (`valor_de_pct`, `valor_a_pct`, …)."""

CIFRA = ("valor_pct", "error_estandar", "gl")


def cambios(
    indicador: Annotated[str, typer.Option("--indicador", metavar="K", help="Clave de un indicador.")],
    de: Annotated[str, typer.Option("--de", metavar="P", help="Periodo de partida: 2024T1.")],
    a: Annotated[str, typer.Option("--a", metavar="P", help="Periodo de llegada: 2025T1.")],
    nivel: Annotated[int, typer.Option("--nivel", metavar="N", help="Confianza, en por ciento: 90, 95 o 99.")] = 90,
    holm: Annotated[
        bool, typer.Option("--holm", help="El veredicto usa la p ajustada por probar muchos lugares (Holm 1979).")
    ] = False,
    desglose: Annotated[str, typer.Option("--desglose", metavar="D", help="total, sexo:mujeres…")] = "total",
    formato: OpcionFormato = Formato.tabla,
    acervo: OpcionAcervo = None,
    version_acervo: OpcionVersion = None,
) -> None:
    """Prueba, lugar por lugar, si la cifra cambió entre dos periodos.

    Como INEGI: 90 % de confianza, periodos independientes y cada lugar por su cuenta. Con --holm se cuida que entre
    todos no haya ni un cambio falso. Se niega a cruzar una ruptura de la serie.
    """
    clave, nivel = un_indicador(indicador), nivel_pedido(nivel)
    antes, despues = un_periodo(de, "--de"), un_periodo(a, "--a")
    if periodos.clave_orden(antes) >= periodos.clave_orden(despues):
        raise ErrorUso(f"--de ({antes}) debe ser anterior a --a ({despues}).")
    filas = abrir_motor(acervo, version_acervo).correr(
        "mostrar/cambios", indicador=clave, de=antes, a=despues, desglose=desglose
    )
    probadas = probar(filas.to_pylist(), clave, antes, despues, nivel, holm)
    titulo = f"{catalogo.indicador(clave).nombre}: {periodos.nombre(antes)} → {periodos.nombre(despues)}"
    escribir(probadas, formato, COLUMNAS, titulo, _pie(probadas, clave, antes, despues, nivel, holm))


def probar(
    filas: list[dict[str, Any]], indicador: str, de: str, a: str, nivel: float, holm: bool = False
) -> list[dict[str, Any]]:
    """Las filas de `mostrar/cambios`, cada una con su diferencia y su prueba.

    Holm ajusta entre las áreas; la nación va por su cuenta. Lanza ErrorUso si la serie entera tiene una ruptura.
    """
    from atalaya.estadistica import comparaciones, inferencia

    for fuente in {fila["fuente"] for fila in filas}:
        if ruptura := comparaciones.ruptura_entre(fuente, "", indicador, de, a):
            raise ErrorUso(
                f"Entre {de} y {a} la serie de {indicador} se rompe en {ruptura.periodo}: {ruptura.descripcion} "
                f"No se calcula un cambio a través de ella; compara periodos del mismo lado. ({ruptura.evidencia})"
            )
    resultado = comparaciones.diferencias(
        [{campo: fila[f"{campo}_de"] for campo in CIFRA} for fila in filas],
        [{campo: fila[f"{campo}_a"] for campo in CIFRA} for fila in filas],
        nivel,
    )
    # Lo que no se compara tampoco cuenta entre las pruebas que Holm ajusta.
    resultado["p"][[_cambia_de_metodo(fila) for fila in filas]] = float("nan")
    naciones = [fila["tipo"] == comparaciones.PAIS for fila in filas]
    resultado["p_holm"][naciones] = resultado["p"][naciones]
    areas = [not nacion for nacion in naciones]
    resultado["p_holm"][areas] = inferencia.holm(resultado["p"][areas])
    if holm:
        resultado["veredicto"] = inferencia.veredictos(resultado["diferencia"], resultado["p_holm"], nivel)
    return [
        _fila(fila, indicador, de, a, nivel, {campo: nativo(valores[n]) for campo, valores in resultado.items()})
        for n, fila in enumerate(filas)
    ]


def _cambia_de_metodo(fila: dict[str, Any]) -> bool:
    from atalaya.estadistica import comparaciones

    return comparaciones.cambia_de_metodo({"metodo": fila["metodo_de"]}, {"metodo": fila["metodo_a"]})


def _fila(
    fila: dict[str, Any], indicador: str, de: str, a: str, nivel: float, prueba: dict[str, Any]
) -> dict[str, Any]:
    from atalaya.estadistica import comparaciones

    nota = ""
    if fila["valor_pct_de"] is None or fila["valor_pct_a"] is None:
        nota = f"sin cifra en {de if fila['valor_pct_de'] is None else a}"
    elif ruptura := comparaciones.ruptura_entre(fila["fuente"], fila["lugar"], indicador, de, a):
        prueba = dict.fromkeys(prueba) | {"veredicto": "no_comparable"}
        nota = f"ruptura en {ruptura.periodo}: {ruptura.descripcion}"
    elif _cambia_de_metodo(fila):
        prueba = dict.fromkeys(prueba) | {"veredicto": "no_comparable"}
        nota = "una de las dos cifras es experimental y la otra no: la diferencia mezclaría el cambio con el método"
    elif prueba["p"] is None:
        nota = "sin error muestral en alguno de los dos periodos"
    lados = {nombre.format(lado): fila[f"{campo}_{lado}"] for campo, nombre in LADO.items() for lado in ("de", "a")}
    return {
        "lugar": fila["lugar"],
        "nombre": catalogo.lugar(fila["lugar"]).nombre,
        "indicador": indicador,
        "periodo_de": de,
        "periodo_a": a,
        **prueba,
        "nivel_confianza": nivel,
        **lados,
        "fuente": fila["fuente"],
        "nota": nota,
    }


def nativo(valor: Any) -> Any:
    """De numpy a Python, con NaN como nulo."""
    valor = valor.item()
    return None if isinstance(valor, float) and isnan(valor) else valor


def _pie(filas: list[dict[str, Any]], indicador: str, de: str, a: str, nivel: float, holm: bool) -> str:
    from atalaya.estadistica import comparaciones

    areas = Counter(fila["veredicto"] for fila in filas if catalogo.lugar(fila["lugar"]).tipo != comparaciones.PAIS)
    notas = [
        f"Áreas: {areas['sube']} suben, {areas['baja']} bajan, {areas['sin_cambio']} sin cambio mayor que el error, "
        f"{areas['sin_prueba'] + areas['no_comparable']} sin prueba.",
        f"Confianza: {nivel:g} %. Los dos periodos se toman por independientes, como hace INEGI; "
        + ("p ajustada por probar muchos lugares (Holm)." if holm else "sin ajustar por probar muchos lugares."),
    ]
    if any("modelada" in (fila["metodo_error_de"], fila["metodo_error_a"]) for fila in filas):
        notas.append(MODELADO)
    for fuente in dict.fromkeys(fila["fuente"] for fila in filas):
        notas += comparaciones.avisos_entre(fuente, indicador, de, a)
    return "\n".join(notas)
