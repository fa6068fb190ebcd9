"""Incorporar una lista de archivos oficiales: los nuevos se leen, y entran todos o ninguno."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from atalaya.acervo import Acervo, raiz_por_omision
from atalaya.acervo.disco import sha256_de
from atalaya.acervo.publicacion import Entrega, publicar
from atalaya.errores import ErrorAtalaya, ErrorFuente
from atalaya.incorporacion.controles import exigir_controles
from atalaya.incorporacion.preparacion import preparar
from atalaya.incorporacion.reconocimiento import REGISTRADAS, Huella, huella_de, huella_receta

PROCESOS: Final = 2

Avance = Callable[[Path, str], None]
"""Recibe el archivo y lo que le pasó: «leído» o «sin cambios»."""


@dataclass(frozen=True)
class Resultado:
    """Lo que quedó tras incorporar: el acervo, qué archivos entraron y cuáles ya estaban."""

    acervo: Acervo
    version_previa: str | None
    leidos: tuple[Path, ...]
    sin_cambios: tuple[Path, ...]

    @property
    def hay_version_nueva(self) -> bool:
        """Si se publicó algo."""
        return self.acervo.version != self.version_previa


def incorporar(
    rutas: Sequence[Path],
    raiz: Path | None = None,
    avance: Avance = lambda _ruta, _que: None,
    fuentes: Sequence[str] = REGISTRADAS,
    procesos: int = PROCESOS,
) -> Resultado:
    """Lee los archivos (o carpetas de microdatos) y publica con ellos una versión nueva del acervo, si algo cambió.

    Un archivo ya incorporado con la misma receta no se vuelve a leer. Lanza ExceptionGroup con un ErrorAtalaya por
    archivo o control que falle: se dicen todos, no sólo el primero, y no se publica ninguno.
    """
    raiz = raiz if raiz is not None else raiz_por_omision()
    previa = _vigente(raiz)
    receta = huella_receta(fuentes)
    conocidos = _intactos(previa, receta)
    unicas = list({huella_de(ruta): ruta for ruta in rutas}.items())
    sin_cambios = tuple(ruta for huella, ruta in unicas if huella.sha256 in conocidos)
    por_leer = [(huella, ruta) for huella, ruta in unicas if huella.sha256 not in conocidos]
    for ruta in sin_cambios:
        avance(ruta, "sin cambios")
    entregas = _entregas(por_leer, receta, fuentes, procesos, avance)
    _exigir_una_por_edicion(entregas)
    version_previa = previa.version if previa else None
    acervo = publicar(raiz, entregas, revisar=exigir_controles) if entregas or previa is None else previa
    return Resultado(acervo, version_previa, tuple(ruta for _, ruta in por_leer), sin_cambios)


def _vigente(raiz: Path) -> Acervo | None:
    return Acervo.abrir(raiz) if (raiz / "manifiesto.json").is_file() else None


def _intactos(acervo: Acervo | None, receta: str) -> set[str]:
    """Huellas de los archivos oficiales ya incorporados con esta receta y cuyos Parquet siguen siendo los que eran."""
    if acervo is None:
        return set()
    return {
        fuente.sha256
        for fuente in acervo.fuentes
        if fuente.receta == receta and all(sha256_de(acervo.raiz / t.ruta) == t.sha256 for t in fuente.tablas)
    }


def _entregas(
    por_leer: list[tuple[Huella, Path]], receta: str, fuentes: Sequence[str], procesos: int, avance: Avance
) -> list[Entrega]:
    """Prepara los archivos; si alguno falla sigue con los demás y al final lanza ExceptionGroup con todo."""
    entregas, fallas = [], []
    for ruta, obtener in _lecturas(por_leer, receta, fuentes, procesos):
        try:
            entregas.append(obtener())
        except ErrorAtalaya as falla:
            fallas.append(falla)
        else:
            avance(ruta, "leído")
    if fallas:
        raise ExceptionGroup(f"{len(fallas)} de {len(por_leer)} archivos no se pudieron leer", fallas)
    return entregas


def _lecturas(
    por_leer: list[tuple[Huella, Path]], receta: str, fuentes: Sequence[str], procesos: int
) -> Iterator[tuple[Path, Callable[[], Entrega]]]:
    """Cada archivo con la función que entrega su resultado; con varios, en procesos aparte y según van terminando."""
    if procesos == 1 or len(por_leer) <= 1:
        yield from ((ruta, partial(preparar, ruta, huella, receta, fuentes)) for huella, ruta in por_leer)
        return
    with ProcessPoolExecutor(min(procesos, len(por_leer)), mp_context=get_context("spawn")) as grupo:
        tareas = {grupo.submit(_preparar_aparte, ruta, huella, receta, fuentes): ruta for huella, ruta in por_leer}
        yield from ((tareas[tarea], tarea.result) for tarea in as_completed(tareas))


def _preparar_aparte(ruta: Path, huella: Huella, receta: str, fuentes: Sequence[str]) -> Entrega:
    try:
        return preparar(ruta, huella, receta, fuentes)
    except ErrorAtalaya as falla:
        # Entre procesos una excepción viaja por sus argumentos posicionales: se rehace con ellos.
        raise type(falla)(falla.donde, falla.esperado, falla.recibido, falla.remedio) from None


def _exigir_una_por_edicion(entregas: Iterable[Entrega]) -> None:
    vistas: dict[tuple[str, str, str], Entrega] = {}
    for entrega in entregas:
        otra = vistas.setdefault((entrega.fuente, entrega.edicion, entrega.producto), entrega)
        if otra is not entrega:
            raise ErrorFuente(
                f"{otra.archivo} y {entrega.archivo}",
                f"un solo archivo de {entrega.producto} de {entrega.fuente} {entrega.edicion} por orden",
                "dos distintos",
                "incorpora primero el viejo y después el que lo sustituye",
            )
