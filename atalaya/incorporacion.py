"""Del archivo oficial al acervo: reconocer → leer → preparar → revisar → publicar. Todo o nada.

Una fuente es un módulo de `atalaya.fuentes` con `reconocer(ruta) -> bool` (por contenido, nunca por el nombre),
`leer(ruta) -> Lectura`, `PREPARAR` (la consulta que lleva sus tablas al contrato) y, si no llena `estimacion`, `TABLA`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from pathlib import Path
from types import ModuleType
from typing import Final

import pyarrow as pa

from atalaya.acervo import Acervo, raiz_por_omision
from atalaya.acervo.disco import sha256_de
from atalaya.acervo.publicacion import Entrega, publicar
from atalaya.acervo.revision import revisar_contrato
from atalaya.contratos import TABLAS
from atalaya.errores import ErrorAtalaya, ErrorFuente
from atalaya.motor import CATALOGO, CONSULTAS, RAIZ, Motor, consultas

REGISTRADAS: Final = ("atalaya.fuentes.ensu_tabulados", "atalaya.fuentes.ensu_entrevistas")
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
    """Lee los archivos y publica con ellos una versión nueva del acervo, si algo cambió.

    Un archivo ya incorporado con la misma receta no se vuelve a leer. Lanza ExceptionGroup con un ErrorAtalaya por
    archivo o control que falle: se dicen todos, no sólo el primero, y no se publica ninguno.
    """
    raiz = raiz if raiz is not None else raiz_por_omision()
    previa = _vigente(raiz)
    receta = huella_receta(fuentes)
    conocidos = _intactos(previa, receta)
    unicas = list({sha256_de(ruta): ruta for ruta in map(_existente, rutas)}.items())
    sin_cambios = tuple(ruta for huella, ruta in unicas if huella in conocidos)
    por_leer = [(huella, ruta) for huella, ruta in unicas if huella not in conocidos]
    for ruta in sin_cambios:
        avance(ruta, "sin cambios")
    entregas = _entregas(por_leer, receta, fuentes, procesos, avance)
    _exigir_una_por_edicion(entregas)
    version_previa = previa.version if previa else None
    acervo = publicar(raiz, entregas, revisar=_exigir_controles) if entregas or previa is None else previa
    return Resultado(acervo, version_previa, tuple(ruta for _, ruta in por_leer), sin_cambios)


def reconocer(ruta: Path, fuentes: Sequence[str] = REGISTRADAS) -> ModuleType:
    """El módulo de la fuente a la que pertenece el archivo, por su contenido; ErrorFuente si ninguna lo conoce."""
    modulos = [import_module(nombre) for nombre in fuentes]
    for modulo in modulos:
        if modulo.reconocer(ruta):
            return modulo
    conocidas = "; ".join(_titulo(modulo) for modulo in modulos)
    raise ErrorFuente(
        str(ruta),
        f"un archivo de alguna de estas fuentes: {conocidas}",
        "ninguna lo reconoce por su contenido",
        "descárgalo otra vez, entero y sin abrirlo ni volverlo a guardar, de la página oficial (docs/acervo.md)",
    )


def preparar(ruta: Path, sha256: str, receta: str, fuentes: Sequence[str] = REGISTRADAS) -> Entrega:
    """Reconoce, lee y lleva al esquema común un archivo oficial. Lanza ErrorFuente si el archivo no es lo que debe."""
    modulo = reconocer(ruta, fuentes)
    lectura = modulo.leer(ruta)
    motor = Motor(None)
    try:
        tabla = motor.correr_con(modulo.PREPARAR, lectura.tablas)
    finally:
        motor.cerrar()
    nombre = getattr(modulo, "TABLA", "estimacion")
    return Entrega(
        fuente=lectura.fuente,
        edicion=lectura.edicion,
        archivo=lectura.archivo,
        origen=lectura.origen,
        sha256=sha256,
        bytes=ruta.stat().st_size,
        receta=receta,
        tablas={nombre: _como_contrato(lectura.archivo, nombre, tabla)},
    )


def controlar(motor: Motor) -> dict[str, pa.Table]:
    """Corre todo `consultas/controlar/`: de cada control, sus filas en falta. Vacío = todo bien."""
    faltas = {}
    for consulta in consultas():
        if consulta.nombre.startswith("controlar/") and (tabla := motor.correr(consulta.nombre)).num_rows:
            faltas[consulta.nombre] = tabla
    return faltas


def huella_receta(fuentes: Sequence[str] = REGISTRADAS) -> str:
    """Huella de todo lo que decide el resultado de una lectura: lector, contrato, SQL de preparación y catálogo."""
    modulos = [Path(str(import_module(nombre).__file__)) for nombre in fuentes]
    rutas = {
        *(RAIZ / "atalaya" / "fuentes").rglob("*.py"),
        *modulos,
        RAIZ / "atalaya" / "contratos.py",
        *(CONSULTAS / "preparar").glob("*.sql"),
        *CATALOGO.glob("*.csv"),
    }
    suma = hashlib.sha256()
    for ruta in sorted(rutas):
        # Saltos de línea unificados: la receta es la misma en Windows, donde git los cambia.
        suma.update(ruta.name.encode() + b"\0" + ruta.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return suma.hexdigest()


def _existente(ruta: Path) -> Path:
    if ruta.is_file():
        return ruta
    recibido = "una carpeta" if ruta.is_dir() else "no existe"
    raise ErrorFuente(str(ruta), "un archivo", recibido, "revisa la ruta; para una carpeta entera usa carpeta/*.zip")


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
    por_leer: list[tuple[str, Path]], receta: str, fuentes: Sequence[str], procesos: int, avance: Avance
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
    por_leer: list[tuple[str, Path]], receta: str, fuentes: Sequence[str], procesos: int
) -> Iterator[tuple[Path, Callable[[], Entrega]]]:
    """Cada archivo con la función que entrega su resultado; con varios, en procesos aparte y según van terminando."""
    if procesos == 1 or len(por_leer) <= 1:
        yield from ((ruta, partial(preparar, ruta, huella, receta, fuentes)) for huella, ruta in por_leer)
        return
    with ProcessPoolExecutor(min(procesos, len(por_leer)), mp_context=get_context("spawn")) as grupo:
        tareas = {grupo.submit(_preparar_aparte, ruta, huella, receta, fuentes): ruta for huella, ruta in por_leer}
        yield from ((tareas[tarea], tarea.result) for tarea in as_completed(tareas))


def _preparar_aparte(ruta: Path, sha256: str, receta: str, fuentes: Sequence[str]) -> Entrega:
    try:
        return preparar(ruta, sha256, receta, fuentes)
    except ErrorAtalaya as falla:
        # Entre procesos una excepción viaja por sus argumentos posicionales: se rehace con ellos.
        raise type(falla)(falla.donde, falla.esperado, falla.recibido, falla.remedio) from None


def _como_contrato(archivo: str, nombre: str, tabla: pa.Table) -> pa.Table:
    """La tabla con los tipos del contrato; lanza ErrorFuente si la preparación no da lo que el contrato pide."""
    if tabla.column_names == TABLAS[nombre].names:
        with suppress(pa.ArrowInvalid, ValueError):  # lo que estorbe lo dice revisar_contrato, columna por columna
            tabla = tabla.cast(TABLAS[nombre])
    if faltas := revisar_contrato(nombre, tabla):
        raise ErrorFuente(
            archivo,
            "las columnas, llaves y valores de atalaya/contratos.py",
            "; ".join(faltas),
            "si el archivo es el oficial sin tocar, es una falla del lector: repórtala con su nombre",
        )
    return tabla


def _exigir_una_por_edicion(entregas: Iterable[Entrega]) -> None:
    vistas: dict[tuple[str, str], Entrega] = {}
    for entrega in entregas:
        otra = vistas.setdefault((entrega.fuente, entrega.edicion), entrega)
        if otra is not entrega:
            raise ErrorFuente(
                f"{otra.archivo} y {entrega.archivo}",
                f"un solo archivo de {entrega.fuente} {entrega.edicion} por orden",
                "dos distintos",
                "incorpora primero el viejo y después el que lo sustituye",
            )


def _exigir_controles(candidato: Acervo) -> None:
    """Corre los controles sobre la versión candidata; lanza ExceptionGroup con un ErrorFuente por control en falta."""
    motor = Motor(candidato, perezoso=True)
    try:
        faltas = controlar(motor)
    finally:
        motor.cerrar()
    if faltas:
        raise ExceptionGroup(
            f"{len(faltas)} controles del dato en falta", [_falta_de_control(*falta) for falta in faltas.items()]
        )


def _falta_de_control(nombre: str, filas: pa.Table) -> ErrorFuente:
    ejemplos = "; ".join(
        ", ".join(f"{columna}={valor}" for columna, valor in fila.items() if valor is not None)
        for fila in filas.slice(0, 3).to_pylist()
    )
    return ErrorFuente(
        f"consultas/{nombre}.sql",
        "cero filas en falta",
        f"{filas.num_rows}: {ejemplos}{'; …' if filas.num_rows > 3 else ''}",
        "corrige el archivo, el lector o el catálogo según lo que digan esas filas; no se publicó nada",
    )


def _titulo(modulo: ModuleType) -> str:
    return (modulo.__doc__ or modulo.__name__).strip().splitlines()[0].rstrip(".")
