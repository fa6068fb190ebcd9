"""Nada se dice al importar: lo que se dijera entonces quedaría en el idioma de la primera visita."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

RAIZ = Path(__file__).resolve().parents[2]
IMPORTAR = """
import importlib, pkgutil
import atalaya
from atalaya import idiomas

def decir(*dicho, **valores):
    raise RuntimeError(f"se dice al importar: {dicho}")

idiomas.tr = idiomas.tr_n = decir
nombres = [m.name for m in pkgutil.walk_packages(atalaya.__path__, "atalaya.") if not m.name.endswith("__main__")]
for nombre in nombres:
    importlib.import_module(nombre)
print(len(nombres))
"""


def test_ningun_modulo_dice_nada_al_importarse() -> None:
    hecho = subprocess.run([sys.executable, "-c", IMPORTAR], cwd=RAIZ, capture_output=True, text=True, check=False)
    assert hecho.returncode == 0, hecho.stderr[-2000:]
    assert int(hecho.stdout) > 100
