"""El motor: cabeceras, parámetros, vista vigente, hilos y los dos modos de abrir."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from acervo_de_dos import entrega, fila

from atalaya import motor
from atalaya.acervo.publicacion import publicar
from atalaya.errores import ErrorConsulta
from atalaya.motor import Motor, abrir, cargar, consultas

PEDIDO = {
    "indicadores": ["inseguridad_ciudad"],
    "lugares": ["MX-CD28", "MX-CD65"],
    "periodos": ["2024T1", "2024T2"],
    "desgloses": ["total"],
}
CABECERA = "-- devuelve: algo\n-- grano: una fila por nada\n-- parametros: {}\n-- metodo: ninguno\n"


@pytest.fixture
def consultas_propias(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Una carpeta de consultas para escribir en ella."""
    (tmp_path / "mostrar").mkdir()
    monkeypatch.setattr(motor.consulta, "CONSULTAS", tmp_path)
    return tmp_path / "mostrar"


@pytest.mark.parametrize("perezoso", [False, True])
def test_vigente_es_la_edicion_mas_nueva_con_numerador(acervo_de_dos_ediciones: Path, perezoso: bool) -> None:
    uno = abrir(acervo_de_dos_ediciones, perezoso=perezoso)
    filas = uno.correr("mostrar/consultar", **PEDIDO).to_pylist()
    dichas = {(f["lugar"], f["periodo"]): (f["valor_pct"], f["edicion"], f["cuadro"], f["estado"]) for f in filas}
    assert dichas == {
        ("MX-CD28", "2024T1"): (51.0, "2024T2", "1.1", "dato"),  # la edición nueva corrige a la vieja
        ("MX-CD28", "2024T2"): (60.0, "2024T2", "1.3", "dato"),  # de la misma edición, el cuadro con absolutos
        ("MX-CD65", "2024T1"): (20.0, "2024T1", "1.1", "dato"),  # lo que la nueva no repite sigue vigente
        ("MX-CD65", "2024T2"): (None, None, None, "no_publicado"),
    }


def _copiar_vistas(carpeta: Path) -> None:
    """Las consultas sin las que ningún motor abre."""
    for consulta in motor.VISTAS.values():
        destino = carpeta / f"{consulta}.sql"
        destino.parent.mkdir(exist_ok=True)
        shutil.copy(motor.RAIZ / "consultas" / f"{consulta}.sql", destino)


def test_se_ven_todas_las_ediciones(acervo_de_dos_ediciones: Path, consultas_propias: Path) -> None:
    _copiar_vistas(consultas_propias.parent)
    (consultas_propias / "todas.sql").write_text(
        CABECERA.format("ninguno") + "from estimacion select count(*) as n", encoding="utf-8"
    )
    assert abrir(acervo_de_dos_ediciones).correr("mostrar/todas").to_pylist() == [{"n": 6}]


def test_catalogo_como_tablas() -> None:
    """Todo CSV del catálogo es una tabla, con sus acentos y lo vacío como nulo."""
    uno = Motor(None)
    cursor = uno._conexion.cursor()
    for ruta in motor.CATALOGO.glob("*.csv"):
        assert cursor.table(ruta.stem).columns == ruta.read_text(encoding="utf-8").splitlines()[0].split(","), ruta.name
    neza = cursor.sql("select nombre, municipio_unico from lugares where lugar = 'MX-CD28'").fetchall()
    assert neza == [("Ciudad Nezahualcóyotl", "MX-15058")]
    assert cursor.sql("select count(*) from lugares where municipio_unico = ''").fetchall() == [(0,)]


@pytest.mark.parametrize("nombre", [c.nombre for c in consultas() if c.nombre.startswith(("mostrar/", "controlar/"))])
def test_toda_consulta_corre_sobre_un_acervo_vacio(nombre: str) -> None:
    """Ninguna depende de que haya datos, y sus columnas se conocen aunque no haya filas."""
    valores = {n: ["2025T2"] if tipo.startswith("lista") else "2025T2" for n, tipo in cargar(nombre).parametros.items()}
    assert Motor(None).correr(nombre, **valores).num_columns > 0


def test_cabecera_con_renglones_de_continuacion() -> None:
    consulta = cargar("mostrar/consultar")
    assert consulta.grano == "una fila por indicador, lugar, periodo y desglose pedidos"
    assert list(consulta.parametros) == ["indicadores", "lugares", "periodos", "desgloses"]
    assert consulta.parametros["periodos"] == "lista de texto"
    assert "no_levantado" in consulta.metodo


@pytest.mark.parametrize(
    ("sql", "mensaje"),
    [
        ("select 1", "cabecera"),
        (CABECERA.format("periodo (texto)") + "select 1", "usa \\[\\]"),
        (CABECERA.format("ninguno") + "select $periodo", "usa \\['periodo'\\]"),
    ],
)
def test_cabecera_que_no_casa(consultas_propias: Path, sql: str, mensaje: str) -> None:
    (consultas_propias / "mala.sql").write_text(sql, encoding="utf-8")
    with pytest.raises(ErrorConsulta, match=mensaje):
        cargar("mostrar/mala")


def test_dolar_en_comentario_o_texto_no_es_parametro(consultas_propias: Path) -> None:
    sql = CABECERA.format("ninguno") + "select 'cuesta $mucho' as a -- $nada\n"
    (consultas_propias / "precio.sql").write_text(sql, encoding="utf-8")
    assert cargar("mostrar/precio").parametros == {}


def test_parametros_que_no_son_los_suyos(acervo_de_dos_ediciones: Path) -> None:
    uno = abrir(acervo_de_dos_ediciones, perezoso=True)
    with pytest.raises(ErrorConsulta, match="los parámetros"):
        uno.correr("mostrar/consultar", indicador="x")
    with pytest.raises(ErrorConsulta, match="pasa una lista"):
        uno.correr("mostrar/consultar", **{**PEDIDO, "periodos": "2024T1"})
    with pytest.raises(ErrorConsulta, match="mostrar/consultar"):
        uno.correr("mostrar/consulta")
    with pytest.raises(ErrorConsulta):
        uno.correr("../pyproject")


def test_los_valores_se_ligan_y_no_se_pegan(acervo_de_dos_ediciones: Path) -> None:
    malo = "x'; drop table estimacion_vigente; --"
    uno = abrir(acervo_de_dos_ediciones)
    filas = uno.correr("mostrar/consultar", **{**PEDIDO, "lugares": [malo]}).to_pylist()
    assert [f["lugar"] for f in filas] == [malo, malo]
    assert uno.correr("mostrar/consultar", **PEDIDO).num_rows == 4


def test_muchos_hilos_un_motor(acervo_de_dos_ediciones: Path) -> None:
    uno = abrir(acervo_de_dos_ediciones)
    esperado = uno.correr("mostrar/consultar", **PEDIDO).to_pylist()
    with ThreadPoolExecutor(16) as hilos:
        salidas = hilos.map(lambda _: uno.correr("mostrar/consultar", **PEDIDO).to_pylist(), range(200))
        assert all(salida == esperado for salida in salidas)


def test_nada_se_instala_por_su_cuenta() -> None:
    ajustes = Motor(None)._conexion.sql(
        "select name, value from duckdb_settings() where name in "
        "('autoinstall_known_extensions', 'autoload_known_extensions', 'python_enable_replacements')"
    )
    assert {valor for _, valor in ajustes.fetchall()} == {"false"}


def test_una_variable_de_python_no_es_una_tabla(consultas_propias: Path) -> None:
    _copiar_vistas(consultas_propias.parent)
    (consultas_propias / "ajena.sql").write_text(CABECERA.format("ninguno") + "from tablas", encoding="utf-8")
    with pytest.raises(ErrorConsulta, match="tablas"):
        Motor(None).correr("mostrar/ajena")  # `tablas` es una variable local de correr_con


def _indices(raiz: Path) -> list[Path]:
    return sorted((raiz / ".indice").glob("*"))


def test_el_indice_se_hace_una_vez_y_da_lo_mismo(acervo_de_dos_ediciones: Path, tmp_path: Path) -> None:
    raiz = shutil.copytree(acervo_de_dos_ediciones, tmp_path / "a", ignore=shutil.ignore_patterns(".indice"))
    directo = abrir(raiz, perezoso=True).correr("mostrar/consultar", **PEDIDO)
    assert _indices(raiz) == []  # la línea de órdenes no lo hace
    assert abrir(raiz).correr("mostrar/consultar", **PEDIDO).equals(directo)
    (hecho,) = _indices(raiz)
    sello = hecho.stat().st_mtime_ns
    assert abrir(raiz).correr("mostrar/consultar", **PEDIDO).equals(directo)
    assert [(r, r.stat().st_mtime_ns) for r in _indices(raiz)] == [(hecho, sello)]


def test_un_indice_danado_se_rehace(acervo_de_dos_ediciones: Path, tmp_path: Path) -> None:
    raiz = shutil.copytree(acervo_de_dos_ediciones, tmp_path / "a", ignore=shutil.ignore_patterns(".indice"))
    directo = abrir(raiz).correr("mostrar/consultar", **PEDIDO)
    (hecho,) = _indices(raiz)
    hecho.write_bytes(hecho.read_bytes()[:100])
    assert abrir(raiz).correr("mostrar/consultar", **PEDIDO).equals(directo)  # en memoria, mientras
    assert _indices(raiz) == []
    abrir(raiz)
    assert _indices(raiz) == [hecho]


def test_otra_version_es_otro_indice(acervo_de_dos_ediciones: Path, tmp_path: Path) -> None:
    raiz = shutil.copytree(acervo_de_dos_ediciones, tmp_path / "a", ignore=shutil.ignore_patterns(".indice"))
    vieja = abrir(raiz)
    publicar(raiz, [entrega("2024T2", [fila("2024T2", valor_pct=99.0)])])
    nueva = abrir(raiz)
    pedido = {**PEDIDO, "lugares": ["MX-CD28"], "periodos": ["2024T2"]}
    assert nueva.correr("mostrar/consultar", **pedido)["valor_pct"].to_pylist() == [99.0]
    assert vieja.correr("mostrar/consultar", **pedido)["valor_pct"].to_pylist() == [60.0]  # la abierta no cambia
    assert abrir(raiz, vieja.version).correr("mostrar/consultar", **pedido)["valor_pct"].to_pylist() == [60.0]
    assert len(_indices(raiz)) == 2


def test_sin_donde_escribir_va_en_memoria(acervo_de_dos_ediciones: Path, tmp_path: Path) -> None:
    raiz = shutil.copytree(acervo_de_dos_ediciones, tmp_path / "a", ignore=shutil.ignore_patterns(".indice"))
    (raiz / ".indice").write_text("un archivo donde iría la carpeta", encoding="utf-8")
    assert abrir(raiz).correr("mostrar/consultar", **PEDIDO).num_rows == 4


def test_varios_motores_sobre_el_mismo_indice(acervo_de_dos_ediciones: Path) -> None:
    motores = [abrir(acervo_de_dos_ediciones) for _ in range(3)]
    salidas = [m.correr("mostrar/consultar", **PEDIDO).to_pylist() for m in motores]
    assert salidas[0] == salidas[1] == salidas[2]
