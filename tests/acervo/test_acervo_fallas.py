"""Fallas de verdad durante la publicación: el acervo queda como estaba, o entero con lo nuevo; nunca a medias."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest
from acervo_de_juguete import entrega, huella_del_arbol, valores

from atalaya.acervo import Acervo, versiones
from atalaya.acervo.publicacion import publicar
from atalaya.acervo.verificacion import verificar

PROYECTO = Path(__file__).resolve().parents[2]
PUBLICADOR = Path(__file__).with_name("publicador.py")


def orden(raiz: Path, edicion: str, valor: float, modo: str = "libre", paso: int = 0) -> list[str]:
    return [sys.executable, str(PUBLICADOR), str(raiz), edicion, str(valor), modo, str(paso)]


def correr(*argumentos: object, antes: tuple[str, ...] = ()) -> subprocess.CompletedProcess[str]:
    entorno = {**os.environ, "PYTHONPATH": str(PROYECTO)}
    return subprocess.run(
        [*antes, *orden(*argumentos)],  # type: ignore[arg-type]
        env=entorno,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def sin_restos(raiz: Path) -> bool:
    citados = {raiz / t.ruta for v in versiones(raiz) for f in v.fuentes for t in f.tablas}
    return not list(raiz.rglob("*.tmp")) and set(raiz.glob("tablas/*/*.parquet")) == citados


def test_morir_en_cada_toque_al_disco(tmp_path: Path) -> None:
    """SIGKILL antes de cada escritura, sincronización y renombrado de una publicación, uno por uno."""
    base = tmp_path / "base"
    publicar(base, [entrega("2025T1", 10.0)])
    ensayo = shutil.copytree(base, tmp_path / "ensayo")
    toques = int(correr(ensayo, "2025T1", 20.0).stdout)
    assert toques >= 8  # carpeta, Parquet, sus sincronizaciones y renombrado, y lo mismo con los dos manifiestos

    vistos = []
    for paso in range(1, toques + 1):
        raiz = shutil.copytree(base, tmp_path / f"muere{paso}")
        muerto = correr(raiz, "2025T1", 20.0, "morir", paso)
        assert muerto.returncode == -9, f"paso {paso}: {muerto.stderr}"
        assert verificar(raiz) == [], f"paso {paso}"
        vistos.append(valores(Acervo.abrir(raiz)))
        # Quien venga después publica sin tocar nada a mano, y barre lo que el muerto dejó.
        publicar(raiz, [entrega("2025T2", 30.0)])
        assert sin_restos(raiz), f"paso {paso}"
        assert verificar(raiz) == [], f"paso {paso}"
    assert vistos == sorted(vistos, key=lambda v: v == {20.0})  # viejo, viejo…, y desde el último renombrado, nuevo
    assert vistos[0] == {10.0}
    assert vistos[-2] == {10.0} or vistos[-1] == {20.0}
    assert all(visto in ({10.0}, {20.0}) for visto in vistos)


def test_morir_en_la_primera_publicacion(raiz: Path, tmp_path: Path) -> None:
    toques = int(correr(tmp_path / "ensayo", "2025T1", 10.0).stdout)
    for paso in range(1, toques + 1):
        shutil.rmtree(raiz, ignore_errors=True)
        assert correr(raiz, "2025T1", 10.0, "morir", paso).returncode == -9
        publicado = (raiz / "manifiesto.json").exists()
        assert not publicado or verificar(raiz) == []
        publicar(raiz, [entrega("2025T1", 10.0)])
        assert verificar(raiz) == []
        assert sin_restos(raiz)


def test_disco_lleno_en_cada_toque(tmp_path: Path) -> None:
    """ENOSPC inyectado en cada toque: error con remedio y ni un byte distinto."""
    base = tmp_path / "base"
    publicar(base, [entrega("2025T1", 10.0)])
    toques = int(correr(shutil.copytree(base, tmp_path / "ensayo"), "2025T1", 20.0).stdout)
    fallidos = 0
    for paso in range(1, toques + 1):
        raiz = shutil.copytree(base, tmp_path / f"lleno{paso}")
        antes = huella_del_arbol(raiz)
        fallo = correr(raiz, "2025T1", 20.0, "lleno", paso)
        assert "Traceback" not in fallo.stderr
        assert verificar(raiz) == [], f"paso {paso}"
        if fallo.returncode == 0:  # sólo si lo lleno fue sincronizar un directorio con el manifiesto ya puesto
            assert valores(Acervo.abrir(raiz)) == {20.0}
            continue
        assert "libera espacio" in fallo.stderr
        despues = huella_del_arbol(raiz)
        # Si ya se había guardado la vigente entre las anteriores, esa copia idéntica es lo único de más.
        assert all(clave.startswith("manifiestos/") for clave in set(despues) - set(antes)), f"paso {paso}"
        assert {clave: despues.get(clave) for clave in antes} == antes, f"paso {paso}"
        fallidos += 1
    assert fallidos >= toques - 3


def test_limite_real_de_tamano(raiz: Path) -> None:
    """El sistema operativo se niega de verdad a escribir el Parquet (límite de tamaño de archivo)."""
    publicar(raiz, [entrega("2025T1", 10.0)])
    antes = huella_del_arbol(raiz)
    fallo = correr(raiz, "2025T2", 20.0, "corto", 2000)
    assert fallo.returncode == 1
    assert "no se publicó nada" in fallo.stderr
    assert huella_del_arbol(raiz) == antes


def test_disco_lleno_de_verdad(tmp_path: Path) -> None:
    """Un disco de 96 kB en memoria, montado en un espacio de nombres propio."""
    raiz = tmp_path / "disco"
    raiz.mkdir()
    ensayo = ["unshare", "--map-root-user", "--mount", "true"]
    if shutil.which("unshare") is None or subprocess.run(ensayo, check=False, capture_output=True).returncode:
        pytest.skip("este sistema no deja montar un disco en memoria sin privilegios")
    libre, llena = " ".join(orden(raiz, "2025T1", 10.0)), " ".join(orden(raiz, "2025T2", 20.0))
    guion = f"""
        mount -t tmpfs -o size=96k,nr_inodes=64 tmpfs {raiz} && {libre} >/dev/null || exit 90
        cp -r {raiz} {tmp_path}/antes
        dd if=/dev/zero of={raiz}/relleno bs=1k 2>/dev/null
        {llena}; codigo=$?
        rm {raiz}/relleno; cp -r {raiz} {tmp_path}/despues
        exit $codigo
    """
    fallo = subprocess.run(
        ["unshare", "--map-root-user", "--mount", "sh", "-c", guion],
        env={**os.environ, "PYTHONPATH": str(PROYECTO)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert fallo.returncode == 1, fallo.stderr
    assert "libera espacio" in fallo.stderr
    assert huella_del_arbol(tmp_path / "despues") == huella_del_arbol(tmp_path / "antes")
    assert verificar(tmp_path / "despues") == []


def test_varios_publicadores_a_la_vez(raiz: Path) -> None:
    """Cuatro procesos publican ediciones distintas: entran las cuatro, en cuatro versiones encadenadas."""
    entorno = {**os.environ, "PYTHONPATH": str(PROYECTO)}
    ediciones = ["2024T1", "2024T2", "2024T3", "2025T1"]
    procesos = [subprocess.Popen(orden(raiz, e, 10.0), env=entorno, stdout=subprocess.DEVNULL) for e in ediciones]
    assert [p.wait(timeout=120) for p in procesos] == [0, 0, 0, 0]
    assert [fuente.edicion for fuente in Acervo.abrir(raiz).fuentes] == ediciones
    assert len(versiones(raiz)) == 4
    assert verificar(raiz) == []


def test_leer_mientras_otro_publica(raiz: Path) -> None:
    """Cada lectura ve una versión entera (un solo valor), y lo abierto antes sigue legible al final."""
    publicar(raiz, [entrega("2025T1", 0.0)])
    primero = Acervo.abrir(raiz)
    guion = (
        "import sys; from pathlib import Path; from acervo_de_juguete import entrega\n"
        "from atalaya.acervo.publicacion import publicar\n"
        "for n in range(1, 31): publicar(Path(sys.argv[1]), [entrega('2025T1', float(n))])"
    )
    entorno = {**os.environ, "PYTHONPATH": f"{PROYECTO}{os.pathsep}{PUBLICADOR.parent}"}
    otro = subprocess.Popen([sys.executable, "-c", guion, str(raiz)], env=entorno)
    vistos: set[float] = set()
    while otro.poll() is None:
        leido = valores(Acervo.abrir(raiz))
        assert len(leido) == 1
        vistos |= leido
        time.sleep(0.001)
    assert otro.returncode == 0
    assert len(vistos) > 2  # se leyó de verdad durante la publicación
    assert valores(primero) == {0.0}
    assert verificar(raiz) == []
    assert len(versiones(raiz)) == 31
