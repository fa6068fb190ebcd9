"""Del archivo al acervo con una fuente de mentira: por contenido, todo o nada, y sin repetir trabajo."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from atalaya import motor
from atalaya.acervo import Acervo, versiones
from atalaya.errores import ErrorFuente
from atalaya.incorporacion import Resultado, huella_receta, incorporar, reconocer, reconocimiento

FUENTES = ("fuente_de_mentira",)
AREAS = ["MX-CD28", "MX-CD65"]
SQL = """-- devuelve: estimacion
-- grano: una fila por celda
-- parametros: ninguno
-- metodo: ninguno
select
    'ensu' as fuente, edicion as periodo, lugar, 'inseguridad_ciudad' as indicador, 'total' as desglose, valor_pct,
    null as error_estandar, null as ic_inf, null as ic_sup, null as nivel_confianza, null as n, null as gl,
    null as cv_pct, 'alta' as precision, null as numerador, null as precision_numerador, null as denominador,
    null as precision_denominador, 'dato' as estado, 'publicada' as metodo, edicion, edicion || '.zip' as archivo,
    '1.1' as cuadro, 'A' || row_number() over () as celda
from celdas cross join portada
"""


@pytest.fixture(autouse=True)
def con_su_sql(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Las consultas del proyecto y la de la fuente de mentira, menos el control que pide todas las áreas."""
    consultas = shutil.copytree(motor.CONSULTAS, tmp_path / "consultas")
    (consultas / "preparar" / "fuente_de_mentira.sql").write_text(SQL, encoding="utf-8")
    (consultas / "controlar" / "lugar_que_falta.sql").unlink()
    for modulo in (motor.consulta, reconocimiento):
        monkeypatch.setattr(modulo, "CONSULTAS", consultas)
    return consultas


def archivo(carpeta: Path, edicion: str, filas: list[tuple[str, float]], nombre: str | None = None) -> Path:
    ruta = carpeta / (nombre or f"{edicion}.json")
    ruta.write_text(json.dumps({"mentira": 1, "edicion": edicion, "filas": filas}), encoding="utf-8")
    return ruta


def meter(raiz: Path, *rutas: Path) -> Resultado:
    return incorporar(list(rutas), raiz, fuentes=FUENTES, procesos=1)


def test_del_archivo_al_acervo(tmp_path: Path) -> None:
    raiz = tmp_path / "acervo"
    uno = archivo(tmp_path, "2025T1", [("MX-CD28", 60), ("MX-CD65", 20)], nombre="cualquier nombre.txt")
    dos = archivo(tmp_path, "2025T2", [("MX-CD28", 61), ("MX-CD65", 21)])
    dicho: list[tuple[str, str]] = []
    resultado = incorporar([uno, dos, uno], raiz, lambda r, q: dicho.append((r.name, q)), FUENTES, procesos=1)
    assert resultado.hay_version_nueva
    assert dicho == [("cualquier nombre.txt", "leído"), ("2025T2.json", "leído")]
    acervo = Acervo.abrir(raiz)
    assert [(f.edicion, f.filas, f.archivo, f.bytes) for f in acervo.fuentes] == [
        ("2025T1", 2, "2025T1.zip", uno.stat().st_size),
        ("2025T2", 2, "2025T2.zip", dos.stat().st_size),
    ]


def test_lo_ya_incorporado_no_se_lee_otra_vez(tmp_path: Path) -> None:
    raiz = tmp_path / "acervo"
    uno = archivo(tmp_path, "2025T1", [("MX-CD28", 60)])
    version = meter(raiz, uno).acervo.version
    otra_vez = meter(raiz, uno)
    assert not otra_vez.hay_version_nueva
    assert (otra_vez.leidos, otra_vez.sin_cambios) == ((), (uno,))
    assert [m.version for m in versiones(raiz)] == [version]


def test_cambiar_la_receta_obliga_a_leer_pero_no_a_publicar(tmp_path: Path, con_su_sql: Path) -> None:
    raiz = tmp_path / "acervo"
    uno = archivo(tmp_path, "2025T1", [("MX-CD28", 60)])
    meter(raiz, uno)
    antes = huella_receta(FUENTES)
    with (con_su_sql / "preparar" / "fuente_de_mentira.sql").open("a", encoding="utf-8") as sql:
        sql.write("-- otro comentario\n")
    assert huella_receta(FUENTES) != antes
    otra_vez = meter(raiz, uno)
    assert otra_vez.leidos == (uno,)
    assert not otra_vez.hay_version_nueva


def test_un_parquet_danado_se_repara(tmp_path: Path) -> None:
    raiz = tmp_path / "acervo"
    uno = archivo(tmp_path, "2025T1", [("MX-CD28", 60)])
    ruta = meter(raiz, uno).acervo.rutas("estimacion")[0]
    bueno = ruta.read_bytes()
    ruta.write_bytes(bueno[:-1] + bytes([bueno[-1] ^ 1]))
    assert meter(raiz, uno).leidos == (uno,)
    assert ruta.read_bytes() == bueno


def test_uno_malo_y_no_entra_ninguno(tmp_path: Path) -> None:
    """Se dicen todas las fallas, no sólo la primera; el acervo sigue como estaba."""
    raiz = tmp_path / "acervo"
    version = meter(raiz, archivo(tmp_path, "2025T1", [("MX-CD28", 60)])).acervo.version
    bueno = archivo(tmp_path, "2025T2", [("MX-CD28", 60)])
    malo = archivo(tmp_path, "mala", [])
    ajeno = tmp_path / "ajeno.zip"
    ajeno.write_bytes(b"PK esto no es nada")
    with pytest.raises(ExceptionGroup) as grupo:
        meter(raiz, bueno, malo, ajeno)
    assert [type(falla) for falla in grupo.value.exceptions] == [ErrorFuente, ErrorFuente]
    assert "mala.json › A1" in str(grupo.value.exceptions[0])
    assert "ninguna lo reconoce" in str(grupo.value.exceptions[1])
    assert Acervo.abrir(raiz).version == version


def test_un_control_en_falta_detiene_todo(tmp_path: Path) -> None:
    raiz = tmp_path / "acervo"
    with pytest.raises(ExceptionGroup) as grupo:
        meter(raiz, archivo(tmp_path, "2025T1", [("MX-CD28", 160), ("MX-CD99", 10)]))
    dicho = "\n".join(str(falla) for falla in grupo.value.exceptions)
    assert "fuera_de_rango" in dicho
    assert "clave=MX-CD99" in dicho
    assert not (raiz / "manifiesto.json").exists()
    assert not list(raiz.rglob("*.parquet"))


def test_dos_archivos_de_la_misma_edicion(tmp_path: Path) -> None:
    """En una orden no; uno tras otro sí, y queda la versión vieja."""
    raiz = tmp_path / "acervo"
    uno = archivo(tmp_path, "2025T1", [("MX-CD28", 60)], "uno.json")
    dos = archivo(tmp_path, "2025T1", [("MX-CD28", 70)], "dos.json")
    with pytest.raises(ErrorFuente, match="un solo archivo"):
        meter(raiz, uno, dos)
    vieja = meter(raiz, uno).acervo.version
    nueva = meter(raiz, dos).acervo.version
    assert [m.version for m in versiones(raiz)] == [vieja, nueva]
    assert Acervo.abrir(raiz, vieja).fuentes[0].sha256 != Acervo.abrir(raiz, nueva).fuentes[0].sha256


def test_lo_que_no_es_archivo(tmp_path: Path) -> None:
    with pytest.raises(ErrorFuente, match="no existe"):
        meter(tmp_path / "acervo", tmp_path / "nada.zip")
    with pytest.raises(ExceptionGroup) as grupo:
        meter(tmp_path / "acervo", tmp_path)
    assert "una carpeta que ninguna reconoce" in str(grupo.value.exceptions[0])
    with pytest.raises(ErrorFuente, match="Fuente de mentira"):
        reconocer(Path(__file__), FUENTES)


def test_las_fallas_llegan_enteras_desde_otro_proceso(tmp_path: Path) -> None:
    malos = [archivo(tmp_path, "mala", [], "a.json"), archivo(tmp_path, "mala", [("MX-CD28", 1)], "b.json")]
    with pytest.raises(ExceptionGroup) as grupo:
        incorporar(malos, tmp_path / "acervo", fuentes=FUENTES, procesos=2)
    assert {falla.donde for falla in grupo.value.exceptions} == {"a.json › A1", "b.json › A1"}  # type: ignore[attr-defined]
