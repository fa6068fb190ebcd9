"""`consultar`: la cifra de unos indicadores, lugares y periodos, o por qué no la hay."""

from __future__ import annotations

from typing import Annotated

import typer

from atalaya.ordenes.comun import (
    Formato,
    OpcionAcervo,
    OpcionFormato,
    OpcionVersion,
    abrir_motor,
    indicadores_pedidos,
    lugares_pedidos,
    partir,
    periodos_pedidos,
)
from atalaya.ordenes.salida import escribir

COLUMNAS = {
    "indicador": "Indicador",
    "lugar": "Lugar",
    "nombre": "Nombre",
    "periodo": "Periodo",
    "desglose": "Desglose",
    "valor_pct": "Valor (%)",
    "precision": "Precisión",
    "archivo": "Archivo",
    "cuadro": "Cuadro",
    "nota": "Nota",
}


def consultar(
    indicador: Annotated[str, typer.Option("--indicador", metavar="K[,K]", help="Claves de indicador.")],
    lugar: Annotated[str, typer.Option("--lugar", metavar="L[,L]", help="Claves de lugar: MX, MX-15058, MX-CD28…")],
    periodo: Annotated[
        str, typer.Option("--periodo", metavar="P[,P|P:P]", help="2025T2; 2024T1,2025T1; 2024T1:2025T2.")
    ],
    desglose: Annotated[str, typer.Option("--desglose", metavar="D[,D]", help="total, sexo:mujeres…")] = "total",
    formato: OpcionFormato = Formato.tabla,
    acervo: OpcionAcervo = None,
    version_acervo: OpcionVersion = None,
) -> None:
    """Da la cifra vigente de cada combinación pedida; donde no la hay, una fila dice por qué."""
    from atalaya import catalogo

    indicadores = indicadores_pedidos(indicador)
    lugares = lugares_pedidos(lugar)
    periodos = periodos_pedidos(periodo)
    tabla = abrir_motor(acervo, version_acervo).correr(
        "mostrar/consultar",
        indicadores=indicadores,
        lugares=list(dict.fromkeys(lugares.values())),
        periodos=periodos,
        desgloses=partir(desglose, "--desglose"),
    )
    por_area: dict[str, list[str]] = {}
    for pedido, area in lugares.items():
        por_area.setdefault(area, []).append(pedido)
    filas = [
        {"lugar_pedido": pedido, **fila, "nombre": catalogo.lugar(fila["lugar"]).nombre}
        for fila in tabla.to_pylist()
        for pedido in por_area[fila["lugar"]]
    ]
    cambiados = [
        f"{pedido} se respondió con su área urbana, {area}." for pedido, area in lugares.items() if pedido != area
    ]
    fuentes = catalogo.fuentes()
    citas = [fuentes[clave].cita for clave in dict.fromkeys(fila["fuente"] for fila in filas) if clave in fuentes]
    visibles = {
        clave: rotulo
        for clave, rotulo in COLUMNAS.items()
        if not (clave == "desglose" and desglose == "total")
        and not (clave == "nota" and not any(f["nota"] for f in filas))
    }
    escribir(filas, formato, visibles, "Cifras publicadas", "\n".join([*cambiados, *citas]))
