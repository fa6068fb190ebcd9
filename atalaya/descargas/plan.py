"""De lo que se pide (fuente y periodos) a qué archivos bajar, cuáles hay que bajar a mano y qué no existe."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from atalaya import periodos
from atalaya.catalogo import CARPETA, rupturas
from atalaya.catalogo.descargas import Direccion, direcciones
from atalaya.errores import ErrorConsulta

MB = 1_000_000


@dataclass(frozen=True)
class Pedido:
    """Un archivo por bajar. `archivo` es su nombre local; un archivo puede traer varios periodos."""

    fuente: str
    producto: str
    periodos: tuple[str, ...]
    direccion: str
    archivo: str
    tipo: str
    limite_bytes: int
    dominios: frozenset[str]
    pagina: str


@dataclass(frozen=True)
class AMano:
    """Lo que la oficina no publica en una dirección estable: de qué página y qué bajar (`archivos`, si se sabe)."""

    fuente: str
    producto: str
    periodos: tuple[str, ...]
    pagina: str
    instruccion: str
    archivos: tuple[str, ...]


@dataclass(frozen=True)
class Plan:
    """Qué se baja, qué hay que bajar a mano y qué periodos se saltan (motivo → periodos)."""

    pedidos: tuple[Pedido, ...]
    a_mano: tuple[AMano, ...]
    saltados: dict[str, tuple[str, ...]]


def planear(
    fuente: str, desde: str, hasta: str, hoy: date, producto: str | None = None, carpeta: Path = CARPETA
) -> Plan:
    """El plan para esa fuente entre dos periodos, ambos incluidos; `producto`, si no se quieren todos.

    Lanza ErrorConsulta si la fuente o el producto no están en el catálogo, o los periodos no son de los suyos.
    """
    filas = _filas(fuente, producto, carpeta)
    pedidos_ = periodos.rango(desde, hasta)
    _exigir_tipo(desde, filas)
    existentes, saltados = _apartar(fuente, pedidos_, filas, hoy, carpeta)
    con_direccion, a_mano = [], []
    for fila in filas:
        suyos = tuple(p for p in existentes if fila.cubre(p))
        if suyos and fila.plantilla:
            con_direccion += _pedidos(fila, suyos)
        elif suyos:
            a_mano.append(_a_mano(fila, suyos))
    return Plan(tuple(con_direccion), tuple(a_mano), saltados)


def dichos(lista: Iterable[str]) -> str:
    """«2019T1 a 2019T4, 2020T3»: los periodos seguidos, por sus extremos."""
    tramos: list[list[str]] = []
    for uno in lista:
        if tramos and periodos.mover(tramos[-1][-1], 1) == uno:
            tramos[-1].append(uno)
        else:
            tramos.append([uno])
    return ", ".join(t[0] if len(t) == 1 else f"{t[0]} a {t[-1]}" for t in tramos)


def _filas(fuente: str, producto: str | None, carpeta: Path) -> list[Direccion]:
    todas = direcciones(carpeta)
    suyas = [fila for fila in todas if fila.fuente == fuente]
    if not suyas:
        _mal(f"fuente «{fuente}»", "una de: " + ", ".join(dict.fromkeys(f.fuente for f in todas)), fuente)
    elegidas = [fila for fila in suyas if producto in (None, fila.producto)]
    if not elegidas:
        _mal(f"producto de {fuente}", "uno de: " + ", ".join(dict.fromkeys(f.producto for f in suyas)), str(producto))
    return elegidas


def _exigir_tipo(pedido: str, filas: list[Direccion]) -> None:
    propio = periodos.partes(filas[0].desde).tipo
    if periodos.partes(pedido).tipo != propio:
        que = {"trimestre": "trimestres, como 2024T1", "anio": "años, como 2023"}.get(propio, propio)
        _mal(f"periodos de {filas[0].fuente}", que, pedido)


def _mal(donde: str, esperado: str, recibido: str) -> None:
    raise ErrorConsulta(donde, esperado, repr(recibido), "mira «python -m atalaya descargar --help»")


def _apartar(
    fuente: str, lista: list[str], filas: list[Direccion], hoy: date, carpeta: Path
) -> tuple[list[str], dict[str, tuple[str, ...]]]:
    """Los periodos que existen, y los que no, por su motivo."""
    huecos = {
        r.periodo: r.descripcion
        for r in rupturas(carpeta)
        if r.tipo == "hueco" and r.fuente == fuente and not r.lugar and not r.indicador
    }
    existentes: list[str] = []
    saltados: dict[str, list[str]] = {}
    for uno in lista:
        if uno in huecos:
            motivo = huecos[uno]
        elif not _ya_ocurrio(uno, hoy):
            motivo = "Todavía no hay nada que publicar."
        elif not any(fila.cubre(uno) for fila in filas):
            motivo = f"El catálogo de descargas de {fuente} no llega hasta ahí."
        else:
            existentes.append(uno)
            continue
        saltados.setdefault(motivo, []).append(uno)
    return existentes, {motivo: tuple(suyos) for motivo, suyos in saltados.items()}


def _ya_ocurrio(uno: str, hoy: date) -> bool:
    """Una encuesta trimestral se publica al terminar; un registro anual, mes con mes desde que empieza el año."""
    partes = periodos.partes(uno)
    mes = partes.mes_final if partes.tipo == "trimestre" else 0
    return (partes.anio, mes) < (hoy.year, hoy.month)


def _pedidos(fila: Direccion, suyos: tuple[str, ...]) -> list[Pedido]:
    """Uno por dirección: un archivo que acumula varios años se pide una sola vez."""
    por_direccion: dict[str, list[str]] = {}
    for uno in suyos:
        por_direccion.setdefault(fila.llenar(fila.plantilla, uno), []).append(uno)
    return [
        Pedido(
            fila.fuente,
            fila.producto,
            tuple(lista),
            direccion,
            fila.llenar(fila.archivo, lista[0]),
            fila.tipo,
            fila.limite_mb * MB,
            frozenset(fila.dominios.split()),
            fila.pagina,
        )
        for direccion, lista in por_direccion.items()
    ]


def _a_mano(fila: Direccion, suyos: tuple[str, ...]) -> AMano:
    archivos = tuple(dict.fromkeys(fila.llenar(fila.archivo, uno) for uno in suyos)) if fila.archivo else ()
    return AMano(fila.fuente, fila.producto, suyos, fila.pagina, fila.a_mano, archivos)
