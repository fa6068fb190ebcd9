"""Qué tablas del catálogo obligan a releer los archivos oficiales."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from atalaya import catalogo
from atalaya.incorporacion import reconocimiento


@pytest.mark.parametrize(("tabla", "obliga"), [("descargas.csv", False), ("preguntas.csv", True)])
def test_lo_que_cambia_la_receta(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tabla: str, obliga: bool) -> None:
    """Una dirección de descarga no decide qué se lee; una pregunta, sí."""
    copia = shutil.copytree(catalogo.CARPETA, tmp_path / "catalogo")
    monkeypatch.setattr(reconocimiento, "CATALOGO", copia)
    antes = reconocimiento.huella_receta()
    with (copia / tabla).open("a", encoding="utf-8") as flujo:
        flujo.write("\n")
    assert (reconocimiento.huella_receta() != antes) is obliga
