"""Los 15 zips tal como los publica INEGI: se leen enteros, cuadran con su propio conteo y dan las cifras publicadas."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import duckdb
import openpyxl
import pyarrow as pa
import pytest
from openpyxl.cell.rich_text import CellRichText, TextBlock

from atalaya.acervo.revision import revisar_contrato
from atalaya.contratos import ESTIMACION
from atalaya.fuentes import ensu_descripcion, ensu_tabulados, ensu_zip, libro
from atalaya.fuentes.lectura import Lectura
from atalaya.motor import Motor

pytestmark = pytest.mark.fuentes

EDICIONES = (
    *("2019T1", "2019T2", "2019T4", "2020T1", "2020T3", "2020T4", "2021T1", "2021T2", "2021T3", "2021T4"),
    *("2024T1", "2024T2", "2024T3", "2025T1", "2025T2"),
)
CON_RESUMEN = EDICIONES[-5:]
DISCREPANCIAS_CON_INEGI: dict[tuple[str, str], str] = {}
"""(edición, cuadro) cuyo conteo difiere del de INEGI, y por qué. Ninguno: coinciden los 233 cuadros."""


def ruta_de(fuentes: Path, edicion: str) -> Path:
    anio, trimestre = edicion.split("T")
    return fuentes / "ensu" / "tabulados" / f"ensu{trimestre}t{anio}_estimaciones.zip"


@cache
def leida(ruta: Path) -> Lectura:
    return ensu_tabulados.leer(ruta)


@cache
def preparada(ruta: Path) -> pa.Table:
    motor = Motor(None)
    try:
        return motor.correr_con(ensu_tabulados.PREPARAR, leida(ruta).tablas).cast(ESTIMACION)
    finally:
        motor.cerrar()


@cache
def libros_de(ruta: Path) -> list[ensu_zip.LibroEnsu]:
    return ensu_zip.abrir(ruta)


def filas(base, sql: str, **valores) -> list[tuple]:
    return base.sql(sql, params=valores).fetchall()


@pytest.fixture(scope="module")
def base(fuentes: Path) -> duckdb.DuckDBPyConnection:
    """Las estimaciones de las 15 ediciones en la vista `estimacion`, y todas sus celdas en `celda`."""
    conexion = duckdb.connect()
    rutas = [ruta_de(fuentes, edicion) for edicion in EDICIONES]
    conexion.register("estimacion", pa.concat_tables(preparada(ruta) for ruta in rutas))
    conexion.register("celda", pa.concat_tables(leida(ruta).tablas["celdas"] for ruta in rutas))
    return conexion


@pytest.mark.parametrize("edicion", EDICIONES)
def test_se_lee_entero_y_cumple_el_contrato(fuentes, edicion):
    ruta = ruta_de(fuentes, edicion)
    assert ensu_tabulados.reconocer(ruta)
    assert leida(ruta).edicion == edicion
    assert revisar_contrato("estimacion", preparada(ruta)) == []


@pytest.mark.parametrize("edicion", EDICIONES)
def test_toda_celda_numerica_quedo_leida_o_es_una_errata_descartada(fuentes, edicion):
    """Completitud sin fiarse del lector: se cuentan las celdas con número de cada hoja visible, una por una."""
    tabla = leida(ruta_de(fuentes, edicion)).tablas["celdas"]
    leidas = set(zip(tabla["hoja"].to_pylist(), tabla["celda"].to_pylist(), strict=True))
    descartadas = {(e.hoja, e.celda) for e in ensu_descripcion.erratas() if e.edicion == edicion and not e.se_lee}
    publicadas = set(celdas_con_cifra(ruta_de(fuentes, edicion)))
    assert len(publicadas) > 30_000
    assert publicadas - leidas - descartadas == set()


def celdas_con_cifra(ruta: Path) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(ruta) as zip_:
        for nombre in zip_.namelist():
            for hoja in libro.abrir(zip_.read(nombre), nombre) if nombre.endswith("_est.xlsx") else []:
                if hoja.oculta or hoja.nombre.strip() in ("Índice", "Resumen CV"):
                    continue
                for celda in hoja.celdas.values():
                    if not isinstance(celda.valor, str) or celda.valor.strip() in ("ND", "NA", "NS", "0.0*", "100.0*"):
                        yield hoja.nombre.strip(), celda.coordenada


@pytest.mark.parametrize("edicion", CON_RESUMEN)
def test_el_conteo_por_cuadro_y_clase_de_precision_es_el_de_inegi(base, fuentes, edicion):
    oficial = next(uno.conteo for uno in libros_de(ruta_de(fuentes, edicion)) if uno.conteo)
    propio = conteo_propio(base, edicion)
    distintos = {h for h in propio.keys() | oficial.keys() if propio.get(h) != oficial.get(h)}
    assert distintos == {cuadro for otra, cuadro in DISCREPANCIAS_CON_INEGI if otra == edicion}


@pytest.mark.parametrize("edicion", CON_RESUMEN)
def test_las_proporciones_del_resumen_de_cada_libro_son_las_leidas(base, fuentes, edicion):
    propio = conteo_propio(base, edicion)
    oficiales = dict(resumenes_por_libro(ruta_de(fuentes, edicion)))
    assert oficiales.keys() == propio.keys()
    for numero, proporciones in oficiales.items():
        total, *clases = propio[numero]
        assert proporciones == pytest.approx([clase / total for clase in clases], abs=5e-5), f"{edicion} {numero}"


def conteo_propio(base, edicion: str) -> dict[str, tuple[int, ...]]:
    """Contado aparte del lector: celdas con clase de precisión por cuadro (total, alta, moderada, baja)."""
    cuenta = filas(
        base,
        """select hoja, count(*), count(*) filter (precision = 'alta'), count(*) filter (precision = 'moderada'),
            count(*) filter (precision = 'baja')
        from celda where edicion = $edicion and precision is not null group by hoja""",
        edicion=edicion,
    )
    return {hoja: tuple(cifras) for hoja, *cifras in cuenta}


def resumenes_por_libro(ruta: Path) -> Iterator[tuple[str, list[float]]]:
    with zipfile.ZipFile(ruta) as zip_:
        for nombre in zip_.namelist():
            if not nombre.endswith("_est.xlsx"):
                continue
            hoja = next(h for h in libro.abrir(zip_.read(nombre), nombre) if h.nombre.strip() == "Resumen CV")
            for (fila, columna), celda in sorted(hoja.celdas.items()):
                if columna == 1 and str(celda.valor).replace(".", "").isdigit():
                    yield str(celda.valor), [float(hoja.celdas[fila, c].valor) for c in (2, 3, 4)]


def test_el_conteo_de_junio_de_2025_es_el_publicado(base):
    sql = "select precision, count(*) from celda where edicion = '2025T2' and precision is not null group by all"
    clases = dict(filas(base, sql))
    assert clases == {"alta": 33734, "moderada": 591, "baja": 27}
    assert sum(clases.values()) == 34352


NEZAHUALCOYOTL = {
    "2019T1": (77.8, 58.7, 58.1, 13, 67),
    "2021T3": (69.4, 63.9, 71.2, 4, 75),
    "2024T2": (61.1, 66.6, 68.5, 11, 76),
    "2025T2": (64.86, 64.77, 55.95, 24, 76),
}
"""Inseguridad, efectividad y confianza en la policía municipal; lugar en confianza y renglones con policía municipal.

Los renglones son uno más que las ciudades: el tabulado imprime La Laguna en Coahuila y en Durango.
"""


@pytest.mark.parametrize("periodo", NEZAHUALCOYOTL)
def test_nezahualcoyotl_tiene_las_cifras_publicadas(base, periodo):
    *esperadas, lugar, renglones = NEZAHUALCOYOTL[periodo]
    decimales = 2 if periodo == "2025T2" else 1
    claves = ("inseguridad_ciudad", "efectividad_policia_municipal", "confianza_policia_municipal")
    leidas = [cifra(base, "MX-CD28", clave, periodo)["valor_pct"] for clave in claves]
    assert leidas == pytest.approx(esperadas, abs=0.5 * 10**-decimales + 1e-9)
    confianza = filas(
        base,
        """select lugar, rank() over (order by valor_pct desc), count(*) over ()
        from estimacion
        where edicion = $periodo and periodo = $periodo and lugar <> 'MX' and desglose = 'total' and estado = 'dato'
            and indicador = 'confianza_policia_municipal'""",
        periodo=periodo,
    )
    assert ("MX-CD28", lugar, renglones - 1) in confianza
    assert renglones == renglones_de_confianza(base, periodo)


def renglones_de_confianza(base, periodo: str) -> int:
    ((renglones,),) = filas(
        base,
        """select count(*) from celda
        where edicion = $periodo and cuadro = 'autoridades_confianza_lugares' and rubro = 'policia_municipal'
            and opcion in ('confianza', 'mucha_confianza') and medida = 'porcentaje' and lugar <> 'MX'
            and estado <> 'no_aplica'""",
        periodo=periodo,
    )
    return renglones


def cifra(base, lugar: str, indicador: str, periodo: str) -> dict:
    """La única fila de un cuadro de ciudades con esa clave, en la edición de ese mismo periodo."""
    tabla = base.sql(
        """select * from estimacion
        where edicion = $periodo and periodo = $periodo and lugar = $lugar and indicador = $indicador
            and desglose = 'total' and (denominador is not null or estado <> 'dato')""",
        params={"periodo": periodo, "lugar": lugar, "indicador": indicador},
    ).to_arrow_table()
    assert tabla.num_rows == 1, tabla.to_pylist()
    return tabla.to_pylist()[0]


def test_la_celda_permite_ir_a_buscar_la_cifra_al_libro(base, fuentes):
    fila = cifra(base, "MX-CD28", "confianza_policia_municipal", "2025T2")
    assert (fila["cuadro"], fila["celda"], fila["numerador"], fila["denominador"]) == ("8.7", "E408", 496467, 887371)
    with zipfile.ZipFile(ruta_de(fuentes, "2025T2")) as zip_:
        nombre = next(n for n in zip_.namelist() if n.startswith("8."))
        oficial = openpyxl.load_workbook(io.BytesIO(zip_.read(nombre)))["8.7"]
    assert [oficial[c].value for c in ("B408", "D408")] == [887371, 496467]
    assert oficial["E408"].value == fila["valor_pct"]
    assert oficial["A408"].value.strip() == "Policía Preventiva Municipal"


def test_nacional_e_iztapalapa_2025(base):
    assert cifra(base, "MX", "inseguridad_ciudad", "2025T2")["valor_pct"] == pytest.approx(63.18, abs=0.005)
    assert cifra(base, "MX-CD76", "inseguridad_ciudad", "2025T2")["valor_pct"] == pytest.approx(70.19, abs=0.005)


@pytest.mark.parametrize("edicion", [e for e in EDICIONES if e >= "2019T4"])
@pytest.mark.parametrize("que", ["identifica", "efectividad", "confianza"])
def test_iztapalapa_no_tiene_policia_municipal_y_no_es_un_cero(base, edicion, que):
    fila = cifra(base, "MX-CD76", f"{que}_policia_municipal", edicion)
    assert fila["estado"] == "no_aplica"
    assert [fila[c] for c in ("valor_pct", "numerador", "denominador", "precision")] == [None] * 4
    assert cifra(base, "MX-CD76", f"{que}_policia_estatal", edicion)["estado"] == "dato"


def test_antes_de_las_alcaldias_tampoco_hay_policia_municipal_en_las_regiones(base):
    for edicion in ("2019T1", "2019T2"):
        for region in ("MX-CD15", "MX-CD16", "MX-CD17", "MX-CD18"):
            assert cifra(base, region, "identifica_policia_municipal", edicion)["estado"] == "no_aplica"


def test_la_laguna_es_un_solo_lugar_con_una_sola_cifra(base):
    repetidas = base.sql(
        """select count(*) from (
            select edicion, hoja, rubro, opcion, desglose, periodo, medida, count(*) as veces
            from celda where lugar = 'MX-CD07' and medida = 'porcentaje' group by all having veces <> 2)"""
    ).fetchall()
    assert repetidas == [(0,)], "en toda hoja aparece bajo Coahuila y bajo Durango"
    assert cifra(base, "MX-CD07", "inseguridad_ciudad", "2025T2")["cuadro"] == "1.7"


def test_el_agrupado_que_se_compone_es_el_que_inegi_publica_para_la_nacion(base):
    """Muy + algo, mucha + algo: en 2019-2021 la serie nacional da el agrupado y el de ciudades, los sumandos."""
    ((pares, distancia),) = base.sql(
        """
        select count(*), max(abs(c.valor_pct - s.valor_pct))
        from estimacion as c
        inner join estimacion as s using (edicion, periodo, lugar, indicador, desglose)
        where c.celda like '%+%' and s.celda not like '%+%' and c.estado = 'dato' and s.estado = 'dato'
        """
    ).fetchall()
    assert pares > 500
    assert distancia < 1e-9


def test_el_compuesto_no_presume_una_precision_que_no_se_puede_demostrar(base):
    clases = base.sql(
        "select precision, count(*) from estimacion where celda like '%+%' and valor_pct is not null group by all"
    ).fetchall()
    assert {clase for clase, _ in clases} >= {"alta", None}
    neza = cifra(base, "MX-CD28", "confianza_policia_municipal", "2019T1")
    assert (neza["celda"], neza["numerador"], neza["denominador"]) == ("E305+H305", 427440, 735407)
    assert neza["precision"] is None, "«mucha confianza» es de precisión moderada: la suma no se sabe"


def test_hombres_y_mujeres_suman_la_poblacion(base):
    """Tres hojas distintas de 2021 (total, hombres, mujeres) con el mismo denominador partido en dos."""
    ((tercias, diferencia),) = base.sql(
        """
        select count(*), max(abs(t.denominador - h.denominador - m.denominador))
        from estimacion as t
        inner join estimacion as h using (edicion, periodo, lugar, indicador)
        inner join estimacion as m using (edicion, periodo, lugar, indicador)
        where t.desglose = 'total' and h.desglose = 'sexo:hombres' and m.desglose = 'sexo:mujeres'
            and t.indicador in ('inseguridad_ciudad', 'identifica_policia_estatal', 'problema_baches')
        """
    ).fetchall()
    assert tercias > 700
    assert diferencia <= 1


def test_nada_del_catalogo_sobra(base):
    """Todo cuadro, rubro, etiqueta y errata descritos aparecen en alguna de las 15 ediciones."""
    usados = set(base.sql("select distinct familia, rubro, opcion, ventana from celda").fetchall())
    sobran = [r for r in ensu_descripcion.rubros() if (r.familia, r.rubro, r.opcion, r.ventana) not in usados]
    assert sobran == []
    cuadros = {clave for (clave,) in base.sql("select distinct cuadro from celda").fetchall()}
    assert {c.cuadro for c in ensu_descripcion.cuadros().values()} == cuadros


def test_toda_errata_sigue_en_el_archivo_publicado(fuentes):
    for errata in ensu_descripcion.erratas():
        hojas = {n: h for uno in libros_de(ruta_de(fuentes, errata.edicion)) for n, h in uno.cuadros.items()}
        celda = hojas[errata.hoja].celdas.get(libro.coordenada(errata.celda))
        assert " ".join(str(celda.valor if celda else "").split()) == errata.dice, errata


def test_el_lector_de_libros_ve_lo_mismo_que_openpyxl(fuentes):
    """Valores, superíndices, sangrías, rellenos y fusiones, celda por celda, en un libro de 2019 y uno de 2025."""
    for edicion, principio in (("2019T1", "I_percepcion"), ("2025T2", "8.Bas")):
        with zipfile.ZipFile(ruta_de(fuentes, edicion)) as zip_:
            contenido = zip_.read(next(n for n in zip_.namelist() if n.startswith(principio) or f"/{principio}" in n))
        oficial = openpyxl.load_workbook(io.BytesIO(contenido), rich_text=True)
        for hoja in libro.abrir(contenido, edicion):
            otra = oficial[hoja.nombre]
            assert {tuple(f) for f in hoja.fusiones} == {
                (m.min_row, m.min_col, m.max_row, m.max_col) for m in otra.merged_cells.ranges
            }
            for celda in hoja.celdas.values():
                assert como_openpyxl(otra.cell(celda.fila, celda.columna)) == celda[2:], f"{hoja.nombre} {celda}"


def como_openpyxl(celda) -> tuple:
    valor, llamadas = celda.value, ""
    if isinstance(valor, CellRichText):
        tramos = [(t.text, t.font.vertAlign) if isinstance(t, TextBlock) else (t, None) for t in valor]
        llamadas = "".join(texto for texto, alto in tramos if alto == "superscript").strip()
        valor = "".join(texto for texto, alto in tramos if alto != "superscript")
    color = celda.fill.fgColor
    relleno = (color.rgb[-6:] if color.type == "rgb" else f"tema:{color.theme}") if celda.fill.fill_type else ""
    return valor, llamadas, relleno, int(celda.alignment.indent or 0)
