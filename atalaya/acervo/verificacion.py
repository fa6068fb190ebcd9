"""Comprobar byte a byte que el acervo es lo que su manifiesto dice."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from atalaya.acervo.disco import sha256_de
from atalaya.acervo.lectura import Acervo, raiz_por_omision, versiones
from atalaya.acervo.manifiesto import Manifiesto, Trozo
from atalaya.acervo.revision import revisar_contrato
from atalaya.errores import ErrorAcervo


def verificar(raiz: Path | str | None = None) -> list[str]:
    """Las faltas del acervo, en palabras; lista vacía si todo está bien.

    Revisa la huella de cada manifiesto y su cadena, y de cada Parquet de cada versión: que esté, su SHA-256, sus
    filas y el contrato de su tabla. De la versión vigente, además, que la llave no se repita entre archivos.
    No lanza por lo que encuentre mal: lo devuelve. Los controles del dato los corre `atalaya.incorporacion.controlar`.
    """
    raiz = Path(raiz) if raiz is not None else raiz_por_omision()
    try:
        vigente = Acervo.abrir(raiz)
        publicadas = versiones(raiz)
    except ErrorAcervo as falla:
        return [str(falla)]
    trozos = {trozo.sha256: trozo for version in publicadas for fuente in version.fuentes for trozo in fuente.tablas}
    faltas = _cadena(publicadas)
    for trozo in trozos.values():
        faltas += _revisar_trozo(raiz, trozo)
    return faltas or _llaves_del_conjunto(vigente)


def _cadena(publicadas: list[Manifiesto]) -> list[str]:
    """Cada versión lleva la huella de la anterior: reescribir la historia, aun con huella nueva, se nota."""
    por_version = {m.version: m for m in publicadas}
    faltas = []
    for manifiesto in publicadas:
        if manifiesto.anterior is None:
            continue
        anterior = por_version.get(manifiesto.anterior)
        if anterior is None:
            faltas.append(f"{manifiesto.version}: falta el manifiesto de su versión anterior, {manifiesto.anterior}")
        elif anterior.huella != manifiesto.huella_anterior:
            faltas.append(f"{anterior.version}: no es el manifiesto que {manifiesto.version} sustituyó")
    return faltas


def _revisar_trozo(raiz: Path, trozo: Trozo) -> list[str]:
    ruta = raiz / trozo.ruta
    if not ruta.is_file():
        return [f"{trozo.ruta}: no está"]
    if (huella := sha256_de(ruta)) != trozo.sha256:
        return [f"{trozo.ruta}: alterado (su contenido tiene la huella {huella})"]
    try:
        tabla = pq.read_table(ruta, partitioning=None)
    except (pa.ArrowException, OSError) as falla:
        return [f"{trozo.ruta}: no se puede leer: {falla}"]
    faltas = revisar_contrato(trozo.tabla, tabla)
    if tabla.num_rows != trozo.filas:
        faltas.append(f"{tabla.num_rows} filas; el manifiesto dice {trozo.filas}")
    return [f"{trozo.ruta}: {falta}" for falta in faltas]


def _llaves_del_conjunto(acervo: Acervo) -> list[str]:
    nombres = sorted({trozo.tabla for fuente in acervo.fuentes for trozo in fuente.tablas})
    faltas = []
    for nombre in nombres:
        tabla = pa.concat_tables(pq.read_table(ruta, partitioning=None) for ruta in acervo.rutas(nombre))
        faltas += [f"{nombre}, todos los archivos juntos: {falta}" for falta in revisar_contrato(nombre, tabla)]
    return faltas
