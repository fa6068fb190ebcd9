"""Una presentación: una lista de vistas guardadas, con su título y la nota de quien habla. Cabe en un JSON o un enlace.

Cada lámina guarda la dirección de la vista y no una imagen: al presentarla enseña la cifra del acervo, con su fuente.
"""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs

from atalaya import catalogo, periodos
from atalaya.errores import ErrorCatalogo
from atalaya.idiomas import tr
from atalaya.interfaz import marco
from atalaya.motor import RAIZ
from atalaya.tabla_csv import periodo

SEMINARIO: Final = RAIZ / "datos" / "presentaciones" / "seminario.json"
FORMATO: Final = 1
MAXIMO_LAMINAS: Final = 60
MAXIMO_BYTES: Final = 200_000
LARGO: Final = {"titulo": 200, "nota": 4_000, "vista": 4_000}


@dataclass(frozen=True)
class Lamina:
    """Una vista guardada: `comparar?lugar=MX-CD28&periodo=2025T2`. Sin `titulo`, vale el de la vista."""

    vista: str
    titulo: str = ""
    nota: str = ""


@dataclass(frozen=True)
class Presentacion:
    """Sus láminas, en orden."""

    titulo: str
    laminas: tuple[Lamina, ...] = ()

    def con(self, lamina: Lamina) -> Presentacion:
        """La misma, con una lámina más al final."""
        return replace(self, laminas=(*self.laminas, lamina))

    def mover(self, cual: int, pasos: int) -> Presentacion:
        """La misma, con una lámina movida; en la orilla se queda donde está."""
        orden = list(self.laminas)
        orden.insert(max(0, cual + pasos), orden.pop(cual))
        return replace(self, laminas=tuple(orden))

    def sin(self, cual: int) -> Presentacion:
        """La misma, sin una lámina."""
        return replace(self, laminas=(*self.laminas[:cual], *self.laminas[cual + 1 :]))

    def cambiar(self, cual: int, **cambios: str) -> Presentacion:
        """La misma, con otra nota o título en una lámina."""
        una = replace(self.laminas[cual], **cambios)
        return replace(self, laminas=(*self.laminas[:cual], una, *self.laminas[cual + 1 :]))


def a_json(una: Presentacion) -> bytes:
    """El archivo que se guarda."""
    return json.dumps({"atalaya": FORMATO, **asdict(una)}, ensure_ascii=False, indent=2).encode("utf-8")


def de_json(contenido: bytes, donde: str = "presentación") -> Presentacion:
    """La presentación de un archivo; lanza ErrorCatalogo si no lo es, con qué corregir."""
    if len(contenido) > MAXIMO_BYTES:
        raise _mala(donde, tr("{maximo_bytes:,} bytes a lo más", maximo_bytes=MAXIMO_BYTES), f"{len(contenido):,}")
    try:
        dicho = json.loads(contenido)
    except (UnicodeDecodeError, ValueError) as falla:
        raise _mala(donde, tr("un JSON"), str(falla)[:80]) from falla
    if not isinstance(dicho, dict) or dicho.get("atalaya") != FORMATO:
        raise _mala(donde, tr("una presentación de Atalaya (atalaya: {formato})", formato=FORMATO), str(dicho)[:80])
    laminas = dicho.get("laminas")
    if not isinstance(laminas, list) or len(laminas) > MAXIMO_LAMINAS:
        raise _mala(
            donde, tr("una lista de hasta {maximo_laminas} láminas", maximo_laminas=MAXIMO_LAMINAS), str(laminas)[:80]
        )
    hechas = tuple(_lamina(una, tr("{donde} › lámina {k}", donde=donde, k=k)) for k, una in enumerate(laminas, start=1))
    return Presentacion(_texto(dicho, "titulo", donde), hechas)


def a_enlace(una: Presentacion) -> str:
    """La presentación entera en un texto que cabe en una dirección."""
    llano = json.dumps([una.titulo, [[u.vista, u.titulo, u.nota] for u in una.laminas]], ensure_ascii=False)
    return base64.urlsafe_b64encode(zlib.compress(llano.encode("utf-8"), 9)).decode().rstrip("=")


def de_enlace(texto: str) -> Presentacion:
    """La presentación de un enlace; lanza ErrorCatalogo si está cortado o no es de Atalaya."""
    try:
        comprimido = base64.urlsafe_b64decode(texto + "=" * (-len(texto) % 4))
        # Un enlace no puede pedir memoria sin tope.
        llano = zlib.decompressobj().decompress(comprimido, MAXIMO_BYTES)
        titulo, laminas = json.loads(llano)
        crudas = [dict(zip(("vista", "titulo", "nota"), una, strict=True)) for una in laminas]
    except (ValueError, TypeError, binascii.Error, zlib.error) as falla:
        raise _mala("enlace", tr("el enlace entero de una presentación"), f"{texto[:40]}…") from falla
    return de_json(json.dumps({"atalaya": FORMATO, "titulo": titulo, "laminas": crudas}).encode(), "enlace")


def seminario() -> Presentacion:
    """La del intercambio Nezahualcóyotl–Peñalolén, que viene de ejemplo."""
    return abrir(SEMINARIO)


def abrir(archivo: Path) -> Presentacion:
    """La presentación guardada en un archivo; lanza ErrorCatalogo si no está o está mal."""
    if not archivo.is_file():
        raise _mala(str(archivo), tr("un archivo de presentación"), tr("no existe"))
    return de_json(archivo.read_bytes(), archivo.name)


def ruta_de(vista: str) -> str:
    """La página de una vista: `comparar`."""
    return vista.partition("?")[0]


def decir(vista: str) -> str:
    """Una vista en palabras: «Clasificación: Confianza: policía municipal; Nezahualcóyotl; junio de 2025»."""
    ruta, _, consulta = vista.partition("?")
    pedido = parse_qs(consulta)
    dichos = [
        catalogo.indicadores()[c].nombre_corto for c in pedido.get("indicador", []) if c in catalogo.indicadores()
    ]
    dichos += [catalogo.lugares()[c].nombre_corto for c in pedido.get("lugar", []) if c in catalogo.lugares()]
    dichos += [periodos.nombre_mes(p) for p in pedido.get("periodo", []) if not periodo(p)]
    titulo = next(tr(una[1]) for paginas in marco.PAGINAS.values() for una in paginas if una[3] == ruta)
    return f"{titulo}: {'; '.join(dichos)}" if dichos else titulo


def _lamina(cruda: Any, donde: str) -> Lamina:
    if not isinstance(cruda, dict):
        raise _mala(donde, tr("vista, titulo y nota"), str(cruda)[:80])
    una = Lamina(*(_texto(cruda, campo, donde) for campo in ("vista", "titulo", "nota")))
    if not marco.registrada(ruta_de(una.vista)):
        raise _mala(donde, tr("la dirección de una página de Atalaya"), una.vista[:80])
    return una


def _texto(cruda: dict[str, Any], campo: str, donde: str) -> str:
    valor = cruda.get(campo, "")
    if not isinstance(valor, str) or len(valor) > LARGO[campo]:
        raise _mala(f"{donde} › {campo}", tr("un texto de hasta {largo:,} letras", largo=LARGO[campo]), str(valor)[:80])
    return valor


def _mala(donde: str, esperado: str, recibido: Sequence[str] | str) -> ErrorCatalogo:
    return ErrorCatalogo(
        donde, esperado, str(recibido), tr("ábrala de nuevo en la página Presentación y guárdela otra vez")
    )
