"""Abrir una versión del acervo. No toma cerrojo ni carga tablas."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from atalaya.acervo.manifiesto import ANTERIORES, RESTAURAR, VIGENTE, Fuente, Manifiesto, leer_manifiesto
from atalaya.errores import ErrorAcervo

DEL_PROYECTO = Path(__file__).resolve().parent.parent.parent / "datos" / "acervo"


def raiz_por_omision() -> Path:
    """La de `ATALAYA_ACERVO`, o el acervo que viene con el proyecto."""
    return Path(os.environ.get("ATALAYA_ACERVO") or DEL_PROYECTO)


@dataclass(frozen=True)
class Acervo:
    """Una versión publicada. Al abrir se comprueba la huella del manifiesto y que cada archivo esté y mida lo suyo."""

    raiz: Path
    manifiesto: Manifiesto

    @classmethod
    def abrir(cls, raiz: Path | str | None = None, version: str | None = None) -> Acervo:
        """Abre la versión vigente, o la que se pida.

        Lanza ErrorAcervo si no hay acervo, si el manifiesto fue alterado, si no hay tal versión o si falta un archivo.
        """
        raiz = Path(raiz) if raiz is not None else raiz_por_omision()
        if not (raiz / VIGENTE).is_file():
            raise ErrorAcervo(
                str(raiz),
                f"un acervo publicado ({VIGENTE})",
                "no hay ninguno" if raiz.is_dir() else "la carpeta no existe",
                "publica uno con «python -m atalaya incorporar RUTA…» o corrige --acervo / ATALAYA_ACERVO",
            )
        vigente = leer_manifiesto(raiz / VIGENTE)
        acervo = cls(raiz, vigente if version in (None, vigente.version) else _anterior(raiz, str(version), vigente))
        acervo._comprobar_archivos()
        return acervo

    @property
    def version(self) -> str:
        """Nombre de la versión: número de orden y principio de la huella de sus fuentes («0003-1f2e3d4c»)."""
        return self.manifiesto.version

    @property
    def fuentes(self) -> tuple[Fuente, ...]:
        """Los archivos oficiales de esta versión, por fuente y edición."""
        return self.manifiesto.fuentes

    def rutas(self, tabla: str) -> list[Path]:
        """Los Parquet de una tabla, en el orden de `fuentes`; lista vacía si ninguna fuente la trae."""
        return [self.raiz / trozo.ruta for fuente in self.fuentes for trozo in fuente.tablas if trozo.tabla == tabla]

    def _comprobar_archivos(self) -> None:
        # Sólo existencia y tamaño: es lo que cabe en un arranque. Las huellas completas las revisa verificar().
        for fuente in self.fuentes:
            for trozo in fuente.tablas:
                ruta = self.raiz / trozo.ruta
                medida = ruta.stat().st_size if ruta.is_file() else None
                if medida != trozo.bytes:
                    recibido = "no está" if medida is None else f"{medida} bytes"
                    raise ErrorAcervo(
                        f"{ruta} (de {fuente.archivo})",
                        f"{trozo.bytes} bytes",
                        recibido,
                        f"vuelve a incorporar {fuente.archivo}",
                    )


def versiones(raiz: Path | str | None = None) -> list[Manifiesto]:
    """Todas las versiones, de la más vieja a la vigente; lanza ErrorAcervo si algún manifiesto fue alterado."""
    raiz = Path(raiz) if raiz is not None else raiz_por_omision()
    hallados = [leer_manifiesto(ruta) for ruta in (raiz / ANTERIORES).glob("*.json")]
    if (raiz / VIGENTE).is_file():
        hallados.append(leer_manifiesto(raiz / VIGENTE))
    # La vigente puede estar también entre las anteriores si un proceso murió justo antes de sustituirla.
    return sorted({m.version: m for m in hallados}.values(), key=lambda m: m.version)


def _anterior(raiz: Path, version: str, vigente: Manifiesto) -> Manifiesto:
    disponibles = sorted({ruta.stem for ruta in (raiz / ANTERIORES).glob("*.json")} | {vigente.version})
    if version not in disponibles:
        raise ErrorAcervo(
            str(raiz), "una de las versiones publicadas: " + ", ".join(disponibles), version, "pide una de ellas"
        )
    manifiesto = leer_manifiesto(raiz / ANTERIORES / f"{version}.json")
    if manifiesto.version != version:
        raise ErrorAcervo(f"{raiz / ANTERIORES / version}.json", version, manifiesto.version, RESTAURAR)
    return manifiesto
