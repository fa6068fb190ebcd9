"""Lo que se lleva de una vista rehace la vista: el SQL, los guiones de Python y R, el paquete y el enlace congelado."""

from __future__ import annotations

import io
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pytest
from streamlit.testing.v1 import AppTest

from atalaya import catalogo, motor
from atalaya.informes import imagen, receta, tablas
from atalaya.informes.paquete import LEEME, paquete, parquet
from atalaya.informes.vista import Vista
from atalaya.interfaz import compartir, llevar, rastro
from atalaya.interfaz.llevada import LLEVADA

Abrir = Callable[..., AppTest]
HOY = date(2026, 11, 26)
VISTAS = {
    "comparar": ("indicadores/comparar", {"lugar": ["MX-CD28", "MX-CD27", "CL-13122"], "periodo": "2025T2"}),
    "evolucion": (
        "indicadores/evolucion",
        {"indicador": "confianza_policia_municipal", "lugar": "MX-CD28", "desde": "2022T1", "hasta": "2025T2"},
    ),
    "incidencia": (
        "indicadores/incidencia",
        {"indicador": "homicidio_doloso", "lugar": ["MX-15058", "MX-20001"], "por": "mes", "medida": "tasa"},
    ),
    "ficha": ("indicadores/ficha", {"lugar": "MX-15058"}),
    "clasificacion": ("indicadores/clasificacion", {"indicador": "inseguridad_ciudad", "periodo": "2025T2"}),
}
DEBEN = {
    "comparar": {"valor_pct", "ic_inf", "ic_sup", "diferencia", "margen"},
    "evolucion": {"valor_pct", "ic_inf", "ic_sup", "diferencia_previo"},
    "incidencia": {"tasa_100k", "tasa_inf", "tasa_sup"},
    "ficha": {"valor_pct", "ic_inf", "tasa_100k", "tasa_sup"},
    "clasificacion": {"valor_pct", "ic_inf", "ic_sup"},
}
# El intervalo modelado usa una serie de la t de Student y la ENUSC publica absolutos redondeados.
TOLERANCIA = {"valor_pct": 0.02, "ic_inf": 1e-3, "ic_sup": 1e-3}


@pytest.fixture(scope="module")
def hechas() -> dict[str, tuple[Vista, AppTest]]:
    """Cada vista tal como la deja su página, con «Cómo se calculó» abierto; y la página."""
    salida = {}
    for nombre, (pagina, url) in VISTAS.items():
        prueba = AppTest.from_file(str(motor.RAIZ / "app.py"), default_timeout=120)
        for clave, valor in url.items():
            prueba.query_params[clave] = valor
        prueba.session_state["como_se_calculo"] = True
        prueba.switch_page(f"pages/{pagina}.py")
        prueba.run()
        assert not prueba.exception
        salida[nombre] = (prueba.session_state[LLEVADA], prueba)
    return salida


def _correr(orden: list[str], carpeta: Path) -> str:
    hecho = subprocess.run(orden, cwd=carpeta, capture_output=True, text=True, check=False, timeout=120)
    assert hecho.returncode == 0, hecho.stderr
    return hecho.stdout


@pytest.mark.parametrize("lenguaje", ["python", "R"])
@pytest.mark.parametrize("nombre", VISTAS)
def test_el_guion_corre_tal_cual_sobre_el_csv_y_da_lo_mismo(
    hechas: dict[str, tuple[Vista, AppTest]], tmp_path: Path, nombre: str, lenguaje: str
) -> None:
    vista = hechas[nombre][0]
    (tmp_path / f"{vista.archivo}.csv").write_bytes(tablas.csv(vista))
    if lenguaje == "python":
        (tmp_path / "guion.py").write_text(receta.receta_python(vista), encoding="utf-8")
        _correr([sys.executable, "guion.py"], tmp_path)
    else:
        if not (rscript := shutil.which("Rscript")):
            pytest.skip("no hay Rscript en esta máquina")
        (tmp_path / "guion.R").write_text(receta.receta_r(vista), encoding="utf-8")
        _correr([rscript, "guion.R"], tmp_path)
    rehecho = pd.read_csv(tmp_path / f"{vista.archivo}_rehecho.csv", keep_default_na=False, na_values=[""])
    rehechas = {c for c in rehecho if f"{c}_rehecho" in rehecho and rehecho[f"{c}_rehecho"].notna().any()}
    assert rehechas >= DEBEN[nombre]
    for columna in rehechas:
        aparte = (rehecho[columna] - rehecho[f"{columna}_rehecho"]).abs().max()
        assert aparte <= TOLERANCIA.get(columna, 2e-3), (columna, aparte)
    con_error = rehecho["ic_inf"].notna() if "ic_inf" in rehecho else rehecho["tasa_inf"].notna()
    rehecha = rehecho["ic_inf_rehecho" if "ic_inf" in rehecho else "tasa_inf_rehecho"].notna()
    assert (con_error == rehecha).all()


@pytest.mark.parametrize("nombre", VISTAS)
def test_el_sql_corre_tal_cual_y_da_las_cifras_de_la_vista(
    hechas: dict[str, tuple[Vista, AppTest]], nombre: str
) -> None:
    vista, prueba = hechas[nombre]
    escrito = next(c.value for c in prueba.code if "prepare mostrar_" in c.value)
    assert f"acervo {vista.version}" in escrito
    abierto = motor.abrir()
    with abierto.con_tablas({}) as cursor:
        valores: set[float] = set()
        for orden in duckdb.extract_statements(escrito):
            resultado = cursor.execute(orden.query)
            if orden.query.lstrip().startswith("execute"):
                tabla = resultado.df()
                for columna in {"valor_pct", "casos"} & set(tabla):
                    valores |= set(tabla[columna].dropna().astype(float))
    abierto.cerrar()
    columnas = [c for c in ("valor_pct", "casos") if c in vista.tabla]
    dichos = {float(v) for c in columnas for v in vista.tabla[c].dropna()}
    assert dichos and dichos <= valores


def test_el_sql_liga_textos_con_comillas_sin_romperse() -> None:
    corrida = receta.Corrida("mostrar/indicador_entero", (("indicador", "o'higgins'; drop table x; --"),))
    escrito = receta.receta_sql([corrida], "0001-a")
    assert len(duckdb.extract_statements(escrito)) == 2
    assert "'o''higgins''; drop table x; --'" in escrito


def test_lo_memorizado_vuelve_a_decir_con_que_se_calculo() -> None:
    @rastro.memorizado(4)
    def sumar(a: int) -> int:
        rastro.anotar("mostrar/consultar", {"a": a})
        return a + 1

    for _ in range(2):
        rastro.empezar()
        assert sumar(1) == 2
        assert [c.parametros for c in rastro.corridas()] == [(("a", 1),)]


def test_las_consultas_de_los_filtros_no_salen(hechas: dict[str, tuple[Vista, AppTest]]) -> None:
    escrito = next(c.value for c in hechas["comparar"][1].code if "prepare" in c.value)
    assert "mostrar/consultar.sql" in escrito
    assert "disponibilidad" not in escrito


def test_cerrado_no_viaja(abrir: Abrir) -> None:
    prueba = abrir("indicadores/comparar")
    assert llevar.COMO in [e.label for e in prueba.expander]
    assert not [c for c in prueba.code if "prepare" in c.value]


def test_lo_que_se_sigue_tambien_dice_su_sql() -> None:
    prueba = AppTest.from_file(str(motor.RAIZ / "app.py"), default_timeout=60)
    prueba.session_state["como_se_calculo"] = True
    prueba.switch_page("pages/seguimiento/compromisos.py")
    prueba.run()
    assert any("mostrar/compromisos_vistos.sql" in c.value for c in prueba.code)


def test_parquet_con_tipos_cita_y_version(hechas: dict[str, tuple[Vista, AppTest]]) -> None:
    vista = hechas["comparar"][0]
    leida = pq.read_table(io.BytesIO(parquet(vista)))
    assert str(leida.schema.field("valor_pct").type) == "double"
    assert str(leida.schema.field("n").type) == "int64"
    assert leida.column_names == list(tablas.datos(vista))
    assert leida.schema.metadata[b"acervo"].decode() == vista.version
    assert catalogo.fuentes()["ensu"].cita in leida.schema.metadata[b"cita"].decode()
    assert leida["valor_pct"].to_pandas().equals(tablas.datos(vista)["valor_pct"].astype(float))


def test_el_paquete_lleva_todo_y_se_abre(hechas: dict[str, tuple[Vista, AppTest]]) -> None:
    vista = hechas["comparar"][0]
    corridas = (receta.Corrida("mostrar/areas", ()),)
    libro = zipfile.ZipFile(io.BytesIO(paquete(vista, corridas, True, HOY)))
    assert libro.testzip() is None
    extensiones = {n.removeprefix(vista.archivo) for n in libro.namelist()}
    assert extensiones == {
        *(".csv", ".parquet", ".xlsx", ".svg", ".png", ".sql", ".py", ".R"),
        *(LEEME, "cita_apa.txt", "cita.bib", "licencias.txt"),
    }
    leeme, apa, bib, licencias = (libro.read(n).decode() for n in (LEEME, "cita_apa.txt", "cita.bib", "licencias.txt"))
    assert vista.version in leeme and vista.enlace in leeme
    for fuente in ("ensu", "enusc"):
        una = catalogo.fuentes()[fuente]
        assert una.cita in apa and una.licencia in licencias and f"@misc{{{fuente}," in bib
    assert bib.count("{") == bib.count("}")
    assert f"Acervo {vista.version}" in bib and "(2026)" in apa
    assert libro.read(f"{vista.archivo}.csv") == tablas.csv(vista)
    # Sin hora dentro: dos personas que bajan lo mismo el mismo día pueden comparar archivo por archivo.
    otro = zipfile.ZipFile(io.BytesIO(paquete(vista, corridas, True, HOY)))
    iguales = {n for n in libro.namelist() if libro.read(n) == otro.read(n)}
    assert iguales >= set(libro.namelist()) - {f"{vista.archivo}.xlsx"}


def test_sin_figura_el_paquete_no_lleva_imagenes(hechas: dict[str, tuple[Vista, AppTest]]) -> None:
    nombres = zipfile.ZipFile(io.BytesIO(paquete(hechas["ficha"][0], (), False, HOY))).namelist()
    assert not [n for n in nombres if n.endswith((".png", ".svg"))]


def test_png_a_cada_escala(hechas: dict[str, tuple[Vista, AppTest]]) -> None:
    anchos = [int.from_bytes(imagen.png(hechas["comparar"][0], e)[16:20], "big") for e in (1, 2, 4)]
    assert anchos[1] == pytest.approx(2 * anchos[0], abs=2) and anchos[2] == pytest.approx(4 * anchos[0], abs=4)


def test_los_botones_nuevos_estan_en_su_cajon(abrir: Abrir) -> None:
    rotulos = [b.label for b in abrir("indicadores/comparar").download_button]
    assert {"Todo (ZIP)", "Parquet", "PNG 1×", "PNG 4×"} <= set(rotulos)


def test_los_enlaces_vivo_y_congelado_y_el_fragmento(abrir: Abrir) -> None:
    prueba = abrir("indicadores/comparar", periodo="2025T2")
    vivo, congelado, marco_ = [c.value for c in prueba.code][:3]
    version = prueba.session_state[LLEVADA].version
    assert "acervo" not in vivo and "periodo=2025T2" in vivo
    assert congelado.endswith(f"acervo={version}")
    assert "embed=true" in marco_ and "acervo" not in marco_


def test_el_fragmento_no_se_sale_de_sus_comillas() -> None:
    hecho = compartir.fragmento('https://x/y?a=1&b="><script>', 'Un "título" <b>')
    assert "<script>" not in hecho and "<b>" not in hecho
    assert "&amp;embed=true" in hecho
