"""La casa se vigila sola: capas, páginas sin lógica, archivos cortos, todo documentado, nombres sin acentos."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path

import pytest

RAIZ = Path(__file__).resolve().parents[2]
CODIGO = sorted((RAIZ / "atalaya").rglob("*.py"))
PAGINAS = sorted((RAIZ / "pages").rglob("*.py"))
CONSULTAS = sorted((RAIZ / "consultas").rglob("*.sql"))
LINEAS_MAXIMAS = 350


def _relativo(ruta: Path) -> str:
    return ruta.relative_to(RAIZ).as_posix()


def _arbol(ruta: Path) -> ast.Module:
    return ast.parse(ruta.read_text(encoding="utf-8"))


def test_capas() -> None:
    resultado = subprocess.run([RAIZ / ".venv/bin/lint-imports"], cwd=RAIZ, capture_output=True, text=True, check=False)
    assert resultado.returncode == 0, resultado.stdout + resultado.stderr


@pytest.mark.parametrize("ruta", [*CODIGO, *PAGINAS], ids=_relativo)
def test_archivo_corto(ruta: Path) -> None:
    lineas = len(ruta.read_text(encoding="utf-8").splitlines())
    assert lineas <= LINEAS_MAXIMAS, f"{_relativo(ruta)} tiene {lineas} líneas: un cuarto que pide paredes"


@pytest.mark.parametrize("ruta", CODIGO, ids=_relativo)
def test_lo_publico_esta_documentado(ruta: Path) -> None:
    arbol = _arbol(ruta)
    sin_docstring = [
        f"{nodo.name} (línea {nodo.lineno})"
        for nodo in arbol.body
        if isinstance(nodo, ast.FunctionDef | ast.ClassDef)
        and not nodo.name.startswith("_")
        and not ast.get_docstring(nodo)
    ]
    assert ast.get_docstring(arbol), f"{_relativo(ruta)}: falta decir qué hay en este archivo"
    assert not sin_docstring, f"{_relativo(ruta)}: sin documentar {sin_docstring}"


@pytest.mark.parametrize("ruta", [*CODIGO, *PAGINAS], ids=_relativo)
def test_identificadores_sin_acentos(ruta: Path) -> None:
    nombres = {
        nombre
        for nodo in ast.walk(_arbol(ruta))
        for nombre in (getattr(nodo, "name", None), getattr(nodo, "id", None), getattr(nodo, "arg", None))
        if isinstance(nombre, str)
    }
    assert not {n for n in nombres if not n.isascii()}


@pytest.mark.parametrize("ruta", PAGINAS, ids=_relativo)
def test_pagina_sin_logica(ruta: Path) -> None:
    """Una página es filtros → consulta → figura → descarga: ni define funciones, ni abre datos, ni hace cuentas."""
    arbol = _arbol(ruta)
    definiciones = [n.name for n in ast.walk(arbol) if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    modulos = {a.name.split(".")[0] for n in ast.walk(arbol) if isinstance(n, ast.Import) for a in n.names}
    modulos |= {(n.module or "").split(".")[0] for n in ast.walk(arbol) if isinstance(n, ast.ImportFrom)}
    assert not definiciones, f"{_relativo(ruta)} define {definiciones}: van en atalaya/"
    assert not modulos & {"pandas", "duckdb", "pyarrow", "numpy", "altair"}, f"{_relativo(ruta)} importa {modulos}"
    assert ast.get_docstring(arbol), f"{_relativo(ruta)}: la primera línea dice para qué sirve la página"


def test_paginas_en_subcarpetas() -> None:
    """Un archivo directamente en pages/ se podría abrir sin pasar por app.py (docs/decisiones.md)."""
    assert not list((RAIZ / "pages").glob("*.py"))


@pytest.mark.parametrize("ruta", CONSULTAS, ids=_relativo)
def test_consulta_con_cabecera(ruta: Path) -> None:
    texto = ruta.read_text(encoding="utf-8")
    for campo in ("devuelve", "grano", "parametros", "metodo"):
        assert re.search(rf"^-- {campo}: \S", texto, re.MULTILINE), f"{_relativo(ruta)}: falta «-- {campo}: …»"


def test_ordenes_de_make_documentadas() -> None:
    ordenes = re.findall(r"^([a-z-]+):.*## ", (RAIZ / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    texto = "".join((RAIZ / doc).read_text(encoding="utf-8") for doc in ("README.md", "CONTRIBUIR.md"))
    assert not [orden for orden in ordenes if orden != "ayuda" and f"make {orden}" not in texto]


def test_enlaces_de_la_documentacion() -> None:
    """Todo enlace relativo de los .md apunta a un archivo que existe."""
    rotos = []
    for documento in [*RAIZ.glob("*.md"), *(RAIZ / "docs").rglob("*.md")]:
        for destino in re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", documento.read_text(encoding="utf-8")):
            if not (documento.parent / destino).exists():
                rotos.append(f"{_relativo(documento)} → {destino}")
    assert not rotos


def test_dependencias_fijas() -> None:
    for nombre in ("requirements.txt", "requirements-dev.txt"):
        for linea in (RAIZ / nombre).read_text(encoding="utf-8").splitlines():
            if linea and not linea.startswith(("#", "-r")):
                assert re.fullmatch(r"[A-Za-z0-9._-]+(\[[a-z]+\])?==[0-9][A-Za-z0-9.]*(\s+#.*)?", linea), (
                    f"{nombre}: {linea}"
                )
