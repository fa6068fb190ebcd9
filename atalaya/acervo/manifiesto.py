"""El manifiesto: qué archivos oficiales hay en una versión, de dónde salieron, y sus huellas."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any

from atalaya.acervo.disco import escribir_entero
from atalaya.errores import ErrorAcervo

FORMATO = 1
VIGENTE = "manifiesto.json"
ANTERIORES = "manifiestos"
RESTAURAR = "recupera el acervo del proyecto (git checkout -- datos/acervo) o copia la última de manifiestos/ sobre él"


@dataclass(frozen=True)
class Trozo:
    """Un Parquet del acervo: la parte de una tabla que salió de un archivo oficial."""

    tabla: str
    sha256: str
    filas: int
    bytes: int

    @property
    def ruta(self) -> Path:
        """Ruta relativa a la raíz del acervo."""
        return Path("tablas", self.tabla, f"{self.sha256}.parquet")


@dataclass(frozen=True)
class Fuente:
    """Un archivo oficial incorporado. `sha256` y `bytes` son los del archivo tal como lo publica la oficina."""

    fuente: str
    edicion: str
    archivo: str
    origen: str
    sha256: str
    bytes: int
    filas: int
    incorporado: str  # ISO 8601 en UTC
    atalaya: str  # versión del programa que lo leyó
    receta: str  # huella del código, el catálogo y el SQL con que se leyó
    tablas: tuple[Trozo, ...]
    producto: str = "tabulados"

    @property
    def clave(self) -> tuple[str, str, str]:
        """Lo que este archivo sustituye: sólo uno por fuente, edición y producto en cada versión."""
        return (self.fuente, self.edicion, self.producto)


@dataclass(frozen=True)
class Manifiesto:
    """Una versión publicada."""

    version: str
    publicado: str
    atalaya: str
    anterior: str | None
    huella_anterior: str | None
    fuentes: tuple[Fuente, ...]

    def contenido(self) -> dict[str, Any]:
        """El manifiesto como diccionario, sin su huella."""
        return {"formato": FORMATO, **asdict(self)}

    @property
    def huella(self) -> str:
        """SHA-256 del contenido en forma canónica: cualquier cambio a mano la desmiente."""
        return _huella(self.contenido())

    def escribir(self, destino: Path) -> None:
        """Lo deja entero en `destino`, o no lo deja."""
        texto = json.dumps({**self.contenido(), "huella": self.huella}, ensure_ascii=False, indent=1) + "\n"
        escribir_entero(destino, lambda temporal: _volcar(temporal, texto))


def _volcar(ruta: Path, texto: str) -> None:
    ruta.write_text(texto, encoding="utf-8", newline="\n")


def _huella(contenido: dict[str, Any]) -> str:
    canonico = json.dumps(contenido, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonico.encode("utf-8")).hexdigest()


def leer_manifiesto(ruta: Path) -> Manifiesto:
    """Lee y comprueba un manifiesto.

    Lanza ErrorAcervo si no está, no es JSON, es de otro formato o su huella no coincide con su contenido.
    """
    try:
        crudo = json.loads(ruta.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise ErrorAcervo(str(ruta), "un manifiesto", "no existe", RESTAURAR) from None
    except (ValueError, OSError) as falla:
        raise ErrorAcervo(str(ruta), "un manifiesto en JSON", f"no se puede leer: {falla}", RESTAURAR) from falla
    if not isinstance(crudo, dict) or crudo.get("formato") != FORMATO:
        recibido = crudo.get("formato") if isinstance(crudo, dict) else type(crudo).__name__
        raise ErrorAcervo(str(ruta), f"formato {FORMATO}", str(recibido), "actualiza Atalaya, o " + RESTAURAR)
    huella = crudo.pop("huella", None)
    if huella != _huella(crudo):
        raise ErrorAcervo(
            f"{ruta} › huella",
            f"{_huella(crudo)} (la de su contenido)",
            f"{huella}: el manifiesto fue alterado",
            RESTAURAR,
        )
    try:
        return _armar(crudo)
    except (KeyError, TypeError) as falla:
        raise ErrorAcervo(str(ruta), "los campos de un manifiesto", f"falta o sobra {falla}", RESTAURAR) from falla


def _armar(crudo: dict[str, Any]) -> Manifiesto:
    fuentes = tuple(
        Fuente(**{**una, "tablas": tuple(Trozo(**trozo) for trozo in una["tablas"])}) for una in crudo["fuentes"]
    )
    propios = {campo.name: crudo[campo.name] for campo in fields(Manifiesto) if campo.name != "fuentes"}
    return Manifiesto(**propios, fuentes=fuentes)
