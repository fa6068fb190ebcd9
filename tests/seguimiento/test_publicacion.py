"""Publicar tablas: nada a medias aunque se corte en cualquier paso, nada pisado, y dos veces es una."""

from __future__ import annotations

from pathlib import Path

import pytest
from archivos import BUENO, con, fila

from atalaya.errores import ErrorArchivo
from atalaya.incorporacion import propias
from atalaya.motor import Motor
from atalaya.ordenes import principal
from atalaya.seguimiento import contratos, guardadas

AVANCE = "compromiso,corte,corte_es,estado,avance_pct,reporta\npan4_01,2026-01-31,corte,dato,40,La alcaldía\n"
TABLAS = ("indicadores_municipales", "documentos")


@pytest.fixture(autouse=True)
def carpeta(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Una carpeta de tablas propia, que aún no existe."""
    suya = tmp_path / "seguimiento"
    monkeypatch.setenv("ATALAYA_SEGUIMIENTO", str(suya))
    return suya


@pytest.fixture
def archivo(tmp_path: Path) -> Path:
    """Un archivo bueno."""
    ruta = tmp_path / "mis_datos.csv"
    ruta.write_text(BUENO, encoding="utf-8")
    return ruta


def cuantas(tabla: str = "indicadores_municipales") -> int:
    return len(guardadas.vigentes([tabla])[tabla])


def una(clave: str) -> dict[str, str]:
    return fila(
        lugar="MX-15106", indicador=clave, nombre="N", estado="dato", valor="1", unidad="u", alcance="exacta",
        metodo="registro", fuente="f",
    )  # fmt: skip


def test_se_agrega_a_la_tabla_y_el_motor_la_ve(
    archivo: Path, carpeta: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    antes = cuantas()
    assert principal(["incorporar", str(archivo)]) == 0
    assert "Renglones nuevos: 1 en indicadores_municipales" in capsys.readouterr().out
    assert cuantas() == antes + 1
    motor = Motor(None)
    vistas = motor.correr("mostrar/municipales_vistos").to_pylist()
    motor.cerrar()
    assert [f["valor"] for f in vistas if f["lugar"] == "MX-15106"] == [60.0]
    assert sorted(r.name for r in carpeta.iterdir() if not r.name.startswith(".")) == ["indicadores_municipales.csv"]


def test_dos_veces_es_una(archivo: Path, carpeta: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert principal(["incorporar", str(archivo)]) == 0
    primera = (carpeta / "indicadores_municipales.csv").read_bytes()
    assert principal(["incorporar", str(archivo)]) == 0
    assert "Nada cambió" in capsys.readouterr().out
    assert (carpeta / "indicadores_municipales.csv").read_bytes() == primera


def test_si_uno_falla_no_entra_ninguno_y_queda_el_informe(
    archivo: Path, carpeta: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    malo, informe = tmp_path / "malo.csv", tmp_path / "faltas.csv"
    malo.write_text(con(valor="mucho", estado="tal vez"), encoding="utf-8")
    assert principal(["incorporar", str(archivo), str(malo), "--informe", str(informe)]) == 1
    dicho = capsys.readouterr().err
    assert "malo.csv › fila 2 › valor" in dicho
    assert "no se publicó nada" in dicho
    assert not carpeta.exists()
    assert informe.read_text(encoding="utf-8-sig").count("malo.csv") == 2


def test_un_corte_anterior_no_se_pisa(archivo: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert principal(["incorporar", str(archivo)]) == 0
    archivo.write_text(con(valor="61"), encoding="utf-8")
    assert principal(["incorporar", str(archivo)]) == 1
    assert "lo anterior no se pisa" in capsys.readouterr().err


@pytest.mark.parametrize("paso", ["escribir", "publicar", "mudar"])
def test_cortada_en_cualquier_paso_se_ve_lo_de_antes_o_todo(
    paso: str, carpeta: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    antes = {tabla: cuantas(tabla) for tabla in TABLAS}
    documento = fila("documentos", documento="d", titulo="t", autoria="a", clase="informe")
    nuevas = {"indicadores_municipales": [una("z")], "documentos": [documento]}
    veces = {"n": 0}

    def cortar(*_a: object, **_k: object) -> None:
        veces["n"] += 1
        raise KeyboardInterrupt

    real_escribir, real_replace = guardadas._escribir, Path.replace
    if paso == "escribir":
        monkeypatch.setattr(
            guardadas, "_escribir", lambda r, c: cortar() if r.stem == "documentos" else real_escribir(r, c)
        )
    elif paso == "publicar":
        monkeypatch.setattr(Path, "rename", cortar)
    else:
        monkeypatch.setattr(
            Path, "replace", lambda r, a: cortar() if r.stem == "indicadores_municipales" else real_replace(r, a)
        )
    with pytest.raises(KeyboardInterrupt):
        guardadas.agregar(nuevas)
    assert veces["n"] == 1
    monkeypatch.undo()
    monkeypatch.setenv("ATALAYA_SEGUIMIENTO", str(carpeta))
    mas = 1 if paso == "mudar" else 0
    assert {tabla: cuantas(tabla) - antes[tabla] for tabla in TABLAS} == dict.fromkeys(TABLAS, mas)
    # La siguiente publicación acaba de poner en su sitio la que se cortó.
    guardadas.agregar({"indicadores_municipales": [una("y")]})
    assert cuantas() == antes["indicadores_municipales"] + mas + 1
    assert cuantas("documentos") == antes["documentos"] + mas
    assert [r.name for r in carpeta.iterdir() if r.is_dir()] == []


def test_lo_que_otra_persona_publico_mientras_tanto_no_se_pisa() -> None:
    guardadas.agregar({"indicadores_municipales": [una("z")]})
    guardadas.agregar({"indicadores_municipales": [una("z")]})
    antes = cuantas()
    with pytest.raises(ErrorArchivo, match="ya, distinta"):
        guardadas.agregar({"indicadores_municipales": [una("z") | {"valor": "2"}]})
    assert cuantas() == antes


def test_el_sello_cambia_al_publicar() -> None:
    antes = guardadas.sello()
    guardadas.agregar({"indicadores_municipales": [una("z")]})
    assert guardadas.sello() != antes


def test_lo_que_no_es_una_tabla_lo_mira_quien_conoce_las_fuentes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    ajeno = tmp_path / "ajeno.csv"
    ajeno.write_text("a,b\n1,2\n", encoding="utf-8")
    assert propias.separar([ajeno, tmp_path]) == ([ajeno, tmp_path], [])
    assert principal(["incorporar", str(ajeno), "--acervo", str(tmp_path / "acervo")]) == 1
    assert "tabla --lista" in capsys.readouterr().err


def test_lo_guardado_es_el_csv_de_siempre(carpeta: Path) -> None:
    guardadas.agregar({"indicadores_municipales": [una("z")]})
    lineas = (carpeta / "indicadores_municipales.csv").read_text(encoding="utf-8").splitlines()
    assert lineas[0] == ",".join(contratos()["indicadores_municipales"].nombres)
    assert lineas[-1] == "MX-15106,,z,N,dato,1,,,u,exacta,registro,f,,"
