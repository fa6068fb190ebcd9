"""Publicar una versión nueva: todo o nada, sin estorbar a quien lee."""

from __future__ import annotations

import errno
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from atalaya import __version__
from atalaya.acervo.disco import TEMPORAL, ruta_temporal, sha256_de, sincronizar
from atalaya.acervo.lectura import Acervo, versiones
from atalaya.acervo.manifiesto import ANTERIORES, VIGENTE, Fuente, Manifiesto, Trozo
from atalaya.acervo.revision import revisar_contrato
from atalaya.contratos import LLAVES, TABLAS
from atalaya.errores import ErrorAcervo, ErrorFuente

ESPERA_CERROJO_S = 120
FILAS_POR_GRUPO = 4096  # grupos chicos y ordenados: la línea de órdenes lee sólo los del indicador que se pide
FILAS_POR_GRUPO_DE = {"conteo": 65_536}  # millones de ceros que comprimen a casi nada: con grupos chicos todo es índice
CARPETAS = ("", f"{ANTERIORES}/", "tablas/*/")
ORDEN = ("indicador", "desglose", "periodo", "lugar", "cuadro")


@dataclass(frozen=True)
class Entrega:
    """Un archivo oficial ya leído y preparado. `sha256` y `bytes` son los del archivo (o carpeta) oficial.

    Una tabla de decenas de millones de filas viene en partes, con el texto como diccionario: cada parte es un Parquet y
    sólo una está entera en memoria. Ninguna llave se reparte entre dos partes.
    """

    fuente: str
    edicion: str
    archivo: str
    origen: str
    sha256: str
    bytes: int
    receta: str
    tablas: Mapping[str, pa.Table | tuple[pa.Table, ...]]
    producto: str = "tabulados"

    def partes(self) -> Iterator[tuple[str, pa.Table]]:
        """(nombre, tabla con los tipos del contrato si los admite) de cada Parquet que se escribirá."""
        for nombre, tabla in sorted(self.tablas.items()):
            for parte in tabla if isinstance(tabla, tuple) else (tabla,):
                yield nombre, _sin_diccionarios(parte)


def publicar(
    raiz: Path,
    entregas: Sequence[Entrega],
    revisar: Callable[[Acervo], None] | None = None,
    espera_s: float = ESPERA_CERROJO_S,
) -> Acervo:
    """Publica las entregas como una versión nueva y la devuelve; si nada cambia, devuelve la vigente.

    Cada entrega sustituye a la de su misma fuente, edición y producto. `revisar` recibe la versión candidata, ya
    escrita pero aún sin nombrar, y lanza si no debe publicarse. Lanza ErrorFuente si una tabla incumple su contrato,
    ErrorAcervo si otro publica y no termina en `espera_s`, si el acervo está dañado o si el disco se llena. En todos
    los casos la versión vigente queda como estaba.
    """
    _exigir_contrato(entregas)
    try:
        raiz.mkdir(parents=True, exist_ok=True)
        with FileLock(raiz / ".cerrojo", timeout=espera_s):
            vigente = Acervo.abrir(raiz).manifiesto if (raiz / VIGENTE).is_file() else None
            _barrer(raiz)
            try:
                _publicar(raiz, vigente, entregas, revisar)
            except BaseException:
                # Se barre lo que ningún manifiesto cita, no «lo recién escrito»: lo último en fallar ya está publicado.
                with suppress(OSError, ErrorAcervo):
                    _barrer(raiz)
                raise
    except Timeout:
        raise ErrorAcervo(
            str(raiz),
            "que nadie más esté publicando",
            f"otro proceso lleva más de {espera_s:g} s publicando",
            "espera y repite",
        ) from None
    except OSError as falla:
        raise _explicar(raiz, falla) from falla
    return Acervo.abrir(raiz)


def _publicar(
    raiz: Path, vigente: Manifiesto | None, entregas: Sequence[Entrega], revisar: Callable[[Acervo], None] | None
) -> None:
    candidato = _candidato(vigente, [_escribir_entrega(raiz, entrega) for entrega in entregas])
    if candidato is None:
        return
    if revisar is not None:
        revisar(Acervo(raiz, candidato))
    _nombrar(raiz, vigente, candidato)


def _exigir_contrato(entregas: Iterable[Entrega]) -> None:
    for entrega in entregas:
        for nombre, tabla in entrega.partes():
            if faltas := revisar_contrato(nombre, tabla):
                raise ErrorFuente(
                    f"{entrega.archivo} › tabla {nombre}",
                    "lo que pide atalaya/contratos.py",
                    "; ".join(faltas),
                    "es una falla del lector de esta fuente: repórtala con el nombre del archivo; no se publicó nada",
                )


def _escribir_entrega(raiz: Path, entrega: Entrega) -> Fuente:
    trozos = tuple(_escribir_tabla(raiz, nombre, tabla) for nombre, tabla in entrega.partes())
    return Fuente(
        fuente=entrega.fuente,
        edicion=entrega.edicion,
        archivo=entrega.archivo,
        origen=entrega.origen,
        sha256=entrega.sha256,
        bytes=entrega.bytes,
        filas=sum(trozo.filas for trozo in trozos),
        incorporado=_ahora(),
        atalaya=__version__,
        receta=entrega.receta,
        tablas=trozos,
        producto=entrega.producto,
    )


def _escribir_tabla(raiz: Path, nombre: str, tabla: pa.Table) -> Trozo:
    carpeta = raiz / "tablas" / nombre
    carpeta.mkdir(parents=True, exist_ok=True)
    ordenada = tabla.cast(TABLAS[nombre]).sort_by([(c, "ascending") for c in _orden(nombre)])
    temporal = ruta_temporal(carpeta / "nuevo.parquet")
    try:
        pq.write_table(
            ordenada,
            temporal,
            compression="zstd",
            compression_level=12,
            row_group_size=FILAS_POR_GRUPO_DE.get(nombre, FILAS_POR_GRUPO),
            version="2.6",
        )
        sincronizar(temporal)
        trozo = Trozo(nombre, sha256_de(temporal), ordenada.num_rows, temporal.stat().st_size)
        # Si ya estaba se sustituye por lo mismo: un archivo dañado se repara al volver a incorporar su fuente.
        temporal.replace(raiz / trozo.ruta)
    finally:
        temporal.unlink(missing_ok=True)
    sincronizar(carpeta)
    return trozo


def _sin_diccionarios(tabla: pa.Table) -> pa.Table:
    campos = [f.with_type(f.type.value_type) if pa.types.is_dictionary(f.type) else f for f in tabla.schema]
    return tabla.cast(pa.schema(campos))


def _orden(nombre: str) -> list[str]:
    """Orden de las filas: primero lo que más se filtra; después el resto de la llave, para que sea único."""
    llave = LLAVES[nombre]
    primero = [columna for columna in ORDEN if columna in llave]
    return primero + [columna for columna in llave if columna not in primero]


def _candidato(vigente: Manifiesto | None, fuentes: list[Fuente]) -> Manifiesto | None:
    """La versión que resultaría, o None si no cambia ningún archivo oficial ni ninguna tabla."""
    antes = {fuente.clave: fuente for fuente in vigente.fuentes} if vigente else {}
    despues = dict(antes)
    for fuente in fuentes:
        previa = antes.get(fuente.clave)
        if previa is None or (previa.sha256, previa.tablas) != (fuente.sha256, fuente.tablas):
            despues[fuente.clave] = fuente
    if vigente is not None and despues == antes:
        return None
    ordenadas = tuple(despues[clave] for clave in sorted(despues))
    numero = int(vigente.version.split("-")[0]) + 1 if vigente else 1
    resumen = json.dumps([asdict(fuente) for fuente in ordenadas], sort_keys=True).encode()
    return Manifiesto(
        version=f"{numero:04d}-{hashlib.sha256(resumen).hexdigest()[:8]}",
        publicado=_ahora(),
        atalaya=__version__,
        anterior=vigente.version if vigente else None,
        huella_anterior=vigente.huella if vigente else None,
        fuentes=ordenadas,
    )


def _nombrar(raiz: Path, vigente: Manifiesto | None, candidato: Manifiesto) -> None:
    """Guarda la vigente entre las anteriores y pone la nueva en su sitio: el último renombrado es el que publica."""
    if vigente is not None:
        (raiz / ANTERIORES).mkdir(exist_ok=True)
        vigente.escribir(raiz / ANTERIORES / f"{vigente.version}.json")
    candidato.escribir(raiz / VIGENTE)


def _barrer(raiz: Path) -> None:
    """Quita lo que dejó un publicador muerto. Con el cerrojo tomado, todo temporal es suyo y nadie más escribe."""
    _borrar([resto for carpeta in CARPETAS for resto in raiz.glob(f"{carpeta}*{TEMPORAL}")])
    citados = {
        raiz / trozo.ruta for version in versiones(raiz) for fuente in version.fuentes for trozo in fuente.tablas
    }
    _borrar([ruta for ruta in raiz.glob("tablas/*/*.parquet") if ruta not in citados])


def _borrar(rutas: Iterable[Path]) -> None:
    for ruta in rutas:
        ruta.unlink(missing_ok=True)


def _explicar(raiz: Path, falla: OSError) -> ErrorAcervo:
    causas = {
        errno.ENOSPC: ("espacio en el disco", "libera espacio y repite"),
        errno.EDQUOT: ("cuota en el disco", "libera espacio y repite"),
        errno.EFBIG: ("poder escribir archivos de este tamaño", "revisa el límite de tamaño de archivo y repite"),
        errno.EACCES: ("permiso para escribir", "revisa los permisos de la carpeta o usa --acervo con otra"),
        errno.EROFS: ("una carpeta donde se pueda escribir", "usa --acervo con otra carpeta"),
    }
    esperado, remedio = causas.get(falla.errno or 0, ("poder escribir el acervo", "revisa el disco y repite"))
    return ErrorAcervo(str(raiz), esperado, f"{falla}; no se publicó nada y la versión anterior sigue en pie", remedio)


def _ahora() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
