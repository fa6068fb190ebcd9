"""`descargar` de punta a punta: la oficina es un servidor local y lo que deja sirve para `incorporar`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "descargas"))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "incorporacion"))

import microdatos_de_juguete as juguete
from servidor import Servidor, archivo, cortado

from atalaya.acervo import Acervo
from atalaya.descargas import red
from atalaya.motor import RAIZ
from atalaya.ordenes import principal

ZIP = "conjunto_de_datos_ensu_2025_2t_csv.zip"
EN_INEGI = "/contenidos/programas/ensu/datosabiertos/"


@pytest.fixture
def oficina(monkeypatch: pytest.MonkeyPatch) -> Iterator[Servidor]:
    """La sesión de la orden, con la red de mentira."""
    with Servidor().encendido() as servidor:
        monkeypatch.setattr(red, "abrir_sesion", servidor.sesion)
        yield servidor


@pytest.fixture
def ensu(tmp_path: Path) -> bytes:
    """Un zip con la forma del de INEGI de 2025T2 y entrevistas inventadas."""
    carpeta = juguete.escribir_ensu(tmp_path / "origen" / "conjunto_de_datos_ensu_cb_0625", juguete.ensu())
    return Path(
        shutil.make_archive(str(tmp_path / "origen" / "ensu"), "zip", carpeta.parent, carpeta.name)
    ).read_bytes()


def pedir(destino: Path, *mas: str, desde: str = "2025T2", hasta: str = "2025T2", fuente: str = "ensu") -> int:
    return principal(["descargar", fuente, "--desde", desde, "--hasta", hasta, "--destino", str(destino), *mas])


def test_bajar_e_incorporar(oficina: Servidor, ensu: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    oficina.guiones[EN_INEGI + ZIP] = [cortado(ensu, len(ensu) // 2), archivo(ensu)]
    destino = tmp_path / "descargas"
    assert pedir(destino, "--producto", "microdatos") == 0
    dicho = capsys.readouterr()
    assert f"bajado: {destino / ZIP}" in dicho.out
    assert f'incorporar "{destino / ZIP}"' in dicho.out
    assert "Range" in oficina.cabeceras(1)
    assert principal(["incorporar", str(destino / ZIP), "--acervo", str(tmp_path / "acervo"), "--procesos", "1"]) == 0
    [fuente] = Acervo.abrir(tmp_path / "acervo").fuentes
    assert (fuente.fuente, fuente.edicion, fuente.producto) == ("ensu", "2025T2", "microdatos")
    assert fuente.bytes == len(ensu)

    assert pedir(destino, "--producto", "microdatos") == 0
    assert f"ya estaba: {destino / ZIP}" in capsys.readouterr().out
    assert len(oficina.pedidos) == 2


def test_lo_que_falla_no_impide_lo_demas(
    oficina: Servidor, ensu: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    oficina.guiones[EN_INEGI + ZIP] = [archivo(ensu)]
    assert pedir(tmp_path / "d", desde="2020T1", hasta="2020T3") == 1
    dicho = capsys.readouterr()
    assert "Se salta 2020T2: No se levantó" in dicho.out
    assert dicho.err.count("estado 404") == 2
    assert pedir(tmp_path / "d", desde="2025T1") == 1
    dicho = capsys.readouterr()
    assert (ZIP in dicho.out, "2025_1t_csv.zip" in dicho.err) == (True, True)
    assert "ensu2t2025_estimaciones.zip" in dicho.out  # lo que hay que bajar a mano también se dice
    assert {r.name for r in (tmp_path / "d").iterdir() if r.suffix == ".zip"} == {ZIP}
    assert "Traceback" not in dicho.err


def test_sin_direccion_estable_se_dice_el_remedio(
    oficina: Servidor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert pedir(tmp_path / "d", desde="2019", hasta="2024", fuente="cead") == 1
    dicho = capsys.readouterr().err
    assert "https://cead.minsegpublica.gob.cl/estadisticas-delictuales/" in dicho
    assert "Descargar Excel" in dicho
    assert (oficina.pedidos, (tmp_path / "d").exists()) == ([], False)


def test_nada_que_bajar_no_es_un_error(oficina: Servidor, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert pedir(tmp_path / "d", desde="2020T2", hasta="2020T2") == 0
    assert "COVID-19" in capsys.readouterr().out
    assert oficina.pedidos == []


@pytest.mark.parametrize(
    ("argumentos", "dice"),
    [
        (["ensu", "--desde", "2024", "--hasta", "2025"], "trimestres, como 2024T1"),
        (["ensu", "--desde", "2025T2", "--hasta", "2024T1"], "más antiguo"),
        (["ensu", "--desde", "2025T2"], "--hasta"),
        (["ensu", "--desde", "2025T2", "--hasta", "2025T2", "--producto", "casos"], "microdatos, tabulados"),
        (["conapo", "--desde", "2020", "--hasta", "2020"], "ensu, enusc, sesnsp, cead"),
    ],
)
def test_mal_escrita(argumentos: list[str], dice: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert principal(["descargar", *argumentos]) == 2
    assert dice in capsys.readouterr().err


def test_un_destino_que_no_se_puede_usar(oficina: Servidor, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "d").write_text("un archivo", encoding="utf-8")
    assert pedir(tmp_path / "d") == 1
    assert "otro --destino" in capsys.readouterr().err


def test_interrumpida_deja_lo_que_iba(
    oficina: Servidor, ensu: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ctrl+C a la mitad: la orden siguiente sigue ahí."""
    mitad = len(ensu) // 2
    oficina.guiones[EN_INEGI + ZIP] = [cortado(ensu, mitad), archivo(ensu)]

    def interrumpir(_self: object, _fallas: int, _pedida: float | None) -> float:
        raise KeyboardInterrupt

    with monkeypatch.context() as parche:
        parche.setattr(red.Politica, "pausa", interrumpir)
        assert pedir(tmp_path / "d", "--producto", "microdatos") == 130
    assert (tmp_path / "d" / f"{ZIP}.parcial").stat().st_size == mitad
    assert not (tmp_path / "d" / ZIP).exists()
    assert pedir(tmp_path / "d", "--producto", "microdatos") == 0
    assert oficina.cabeceras(1)["Range"] == f"bytes={mitad}-"


def test_la_ayuda_no_paga_la_red() -> None:
    """Ni la ayuda ni las demás órdenes importan requests."""
    guion = (
        "import sys; from atalaya.ordenes import principal; principal(['descargar', '--help']); "
        "principal(['descargar', 'cead', '--desde', '2020', '--hasta', '2020']); "
        "print([m for m in ('requests', 'urllib3', 'pyarrow', 'duckdb') if m in sys.modules])"
    )
    salida = subprocess.run(
        [sys.executable, "-c", guion], capture_output=True, text=True, check=True, cwd=RAIZ, env=os.environ
    )
    assert salida.stdout.splitlines()[-1] == "[]"
