"""El catálogo del proyecto es coherente, y una tabla estropeada se rechaza diciendo dónde."""

from __future__ import annotations

import csv
import re
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from atalaya import catalogo, periodos
from atalaya.errores import ErrorCatalogo

DONDE_SE_VE = "|".join(
    (
        "[Cc]uadro",
        "[Dd]iccionario",
        "[Cc]atálogo",
        "[Mm]etadatos",
        "[Vv]ariable",
        "^Serie mensual",
        "^Tasas por familia",
        "^Aviso del propio archivo",
    )
)
AUTORIDADES = ("policia_municipal", "policia_estatal", "guardia_nacional", "ejercito", "marina", "fuerza_aerea")


def _columna(archivo: str, columna: str) -> set[str]:
    with (catalogo.CARPETA / archivo).open(encoding="utf-8", newline="") as flujo:
        return {fila[columna] for fila in csv.DictReader(flujo)} - {""}


# ── las tablas del proyecto ──────────────────────────────────────────────────────────────────────


def test_lo_que_los_lectores_producen_es_lo_que_el_catalogo_define() -> None:
    """Ni una clave sin explicar, ni una explicación de algo que nadie produce."""
    de_tabulados = _columna("rubros.csv", "indicador")
    de_microdatos = _columna("preguntas.csv", "indicador")
    de_registros = _columna("delitos.csv", "indicador")
    assert de_tabulados | de_microdatos | de_registros == set(catalogo.indicadores())
    assert de_registros == {clave for clave, uno in catalogo.indicadores().items() if uno.es_conteo}
    for clave in de_microdatos - de_tabulados:
        uno = catalogo.indicador(clave)
        assert uno.fuente == "enusc" or "sólo sale de los microdatos" in uno.nota, clave


def test_claves_fijas_del_contrato() -> None:
    fijas = {"inseguridad_ciudad", "inseguridad_cajero", "atestigua_robos", "problema_baches"}
    fijas |= {"expectativa_empeorara", "efectividad_gobierno_ciudad", "hogares_victimas"}
    fijas |= {f"{que}_{quien}" for que in ("identifica", "efectividad", "confianza") for quien in AUTORIDADES}
    assert fijas <= set(catalogo.indicadores())


@pytest.mark.parametrize("campo", ["nombre", "nombre_corto"])
def test_dos_indicadores_nunca_se_llaman_igual(campo: str) -> None:
    """En un eje o una leyenda se leen juntos indicadores de temas distintos."""
    veces = Counter(getattr(uno, campo) for uno in catalogo.indicadores().values())
    assert not [nombre for nombre, n in veces.items() if n > 1]


def test_los_textos_estan_limpios() -> None:
    sucios = [
        (uno.indicador, texto)
        for uno in catalogo.indicadores().values()
        for texto in (uno.nombre, uno.nombre_corto, uno.pregunta, uno.universo, uno.nota)
        if texto != texto.strip() or "  " in texto or re.search(r"\s[,.;:]|\.\.", texto)
    ]
    assert not sucios


def test_sin_pregunta_textual_la_nota_dice_por_que() -> None:
    for uno in catalogo.indicadores().values():
        sin_pregunta = uno.es_conteo or "Pregunta en blanco:" in uno.nota  # un registro no pregunta nada
        assert bool(uno.pregunta) != sin_pregunta, uno.indicador


def test_toda_pregunta_se_reconoce_como_tal() -> None:
    """O pregunta («¿…?», «dígame si…») o reproduce el reactivo del diccionario y la nota lo avisa."""
    for uno in catalogo.indicadores().values():
        if uno.pregunta and not re.search(r"¿.+\?|dígame si", uno.pregunta):
            assert "reactivo tal como está en el diccionario" in uno.nota, uno.indicador


def test_la_unidad_dice_lo_mismo_que_el_universo() -> None:
    for uno in catalogo.indicadores().values():
        assert uno.universo.startswith("Hogares") == (uno.unidad == "% de hogares"), uno.indicador


@pytest.mark.parametrize(
    ("clave", "complemento"),
    [
        ("inseguridad_ciudad", "seguridad_ciudad"),
        ("confianza_marina", "desconfianza_marina"),
        ("efectividad_gobierno_ciudad", "inefectividad_gobierno_ciudad"),
        ("hogares_victimas", "hogares_no_victimas"),
    ],
)
def test_un_indicador_y_su_contrario_tienen_sentidos_opuestos(clave: str, complemento: str) -> None:
    sentidos = {catalogo.indicador(clave).sentido, catalogo.indicador(complemento).sentido}
    assert sentidos == {"mas_es_peor", "mas_es_mejor"}


def test_policia_municipal_avisa_que_no_existe_en_toda_ciudad() -> None:
    for que in ("identifica", "efectividad", "confianza"):
        assert "«no aplica», nunca cero" in catalogo.indicador(f"{que}_policia_municipal").nota


def test_temas_en_orden_y_todos_usados() -> None:
    ordenes = [tema.orden for tema in catalogo.temas().values()]
    assert ordenes == sorted(set(ordenes))
    assert set(catalogo.temas()) == {uno.tema for uno in catalogo.indicadores().values()}


def test_cada_fuente_se_puede_citar() -> None:
    for fuente in catalogo.fuentes().values():
        assert fuente.url in fuente.cita
        assert fuente.url.startswith("https://")


# ── lugares ──────────────────────────────────────────────────────────────────────────────────────


def test_pedir_nezahualcoyotl_por_municipio_da_su_area() -> None:
    assert catalogo.area_de("MX-15058").lugar == "MX-CD28"
    assert catalogo.area_de("MX-CD28").lugar == "MX-CD28"
    assert catalogo.municipios_de("MX-CD28") == ("MX-15058",)


def test_pais_y_entidad_se_quedan_como_estan() -> None:
    assert catalogo.area_de("MX").tipo == "pais"
    assert catalogo.area_de("MX-15").tipo == "entidad"


def test_un_municipio_dentro_de_un_area_mayor_remite_a_ella() -> None:
    with pytest.raises(ErrorCatalogo, match="La Laguna") as falla:
        catalogo.area_de("MX-10007")
    assert "MX-CD07" in falla.value.remedio


def test_la_laguna_es_un_solo_lugar_desde_sus_dos_entidades() -> None:
    coahuila, durango = (catalogo.lugar_por_variante("La Laguna", e) for e in ("MX-05", "MX-10"))
    assert coahuila is not None
    assert coahuila == durango
    assert catalogo.lugar_por_variante("  la  LAGUNA ", None) == coahuila
    assert catalogo.lugar_por_variante("Macondo", "MX-05") is None


def test_toda_variante_y_toda_composicion_apuntan_a_un_lugar() -> None:
    for clave in _columna("lugar_variantes.csv", "lugar") | _columna("area_municipios.csv", "lugar"):
        assert catalogo.lugar(clave)
    areas = [uno for uno in catalogo.lugares().values() if uno.tipo == "area_urbana"]
    assert [uno.lugar for uno in areas if not catalogo.municipios_de(uno.lugar)] == []
    for uno in areas:
        if uno.municipio_unico:
            assert catalogo.municipios_de(uno.lugar) == (uno.municipio_unico,)


@pytest.mark.parametrize(
    ("pedida", "sugerida"),
    [
        ("mx-cd28", "MX-CD28"),
        ("MX15058", "MX-15058"),
        ("Nezahualcoyotl", "MX-15058"),
        ("neza", "MX-CD28"),
        ("iztapalapa", "MX-CD76"),
    ],
)
def test_un_lugar_mal_escrito_sugiere_el_parecido(pedida: str, sugerida: str) -> None:
    with pytest.raises(ErrorCatalogo) as falla:
        catalogo.lugar(pedida)
    assert sugerida in falla.value.remedio


def test_un_indicador_mal_escrito_sugiere_el_parecido() -> None:
    with pytest.raises(ErrorCatalogo, match="confianza_policia_municipal"):
        catalogo.indicador("confianza_polica_munisipal")


@pytest.mark.parametrize(
    ("texto", "normal"), [("  San  Luis\u00a0Potosí ", "san luis potosi"), ("CANCÚN", "cancun"), ("Ñuñoa", "nunoa")]
)
def test_normalizar(texto: str, normal: str) -> None:
    assert catalogo.normalizar(texto) == normal


# ── rupturas ─────────────────────────────────────────────────────────────────────────────────────


def _tipos(lugar: str, indicador: str, periodo: str) -> set[str]:
    return {r.tipo for r in catalogo.rupturas() if r.alcanza("ensu", lugar, indicador) and r.periodo == periodo}


def test_rupturas_que_nadie_debe_olvidar() -> None:
    assert _tipos("MX-CD28", "inseguridad_ciudad", "2020T2") == {"hueco"}
    assert _tipos("MX-CD21", "inseguridad_ciudad", "2023T4") == {"hueco"}
    assert _tipos("MX-CD28", "inseguridad_ciudad", "2023T4") == set()
    assert _tipos("MX", "hogares_victimas", "2024S2") == {"cambio"}
    assert _tipos("MX", "hogares_victimas_robo", "2024S2") == set()
    assert _tipos("MX-CD15", "inseguridad_ciudad", "2019T3") == {"aviso"}


def test_cada_ruptura_cita_donde_se_ve_y_no_se_repite() -> None:
    vistas = Counter((r.fuente, r.lugar, r.indicador, r.periodo) for r in catalogo.rupturas())
    assert not [v for v, n in vistas.items() if n > 1]
    for ruptura in catalogo.rupturas():
        assert re.search(DONDE_SE_VE, ruptura.evidencia), ruptura


# ── tablas estropeadas ───────────────────────────────────────────────────────────────────────────


@pytest.fixture
def copia(tmp_path: Path) -> Path:
    """Una copia del catálogo que la prueba puede romper."""
    carpeta = tmp_path / "catalogo"
    shutil.copytree(catalogo.CARPETA, carpeta)
    return carpeta


def _cambiar(archivo: Path, cambio: Callable[[list[list[str]]], None]) -> None:
    with archivo.open(encoding="utf-8", newline="") as flujo:
        filas = list(csv.reader(flujo))
    cambio(filas)
    with archivo.open("w", encoding="utf-8", newline="") as flujo:
        csv.writer(flujo).writerows(filas)


def _celda(fila: int, columna: str, valor: str) -> Callable[[list[list[str]]], None]:
    """`fila` como se ve en una hoja de cálculo: la 1 es el encabezado."""

    def cambio(filas: list[list[str]]) -> None:
        filas[fila - 1][filas[0].index(columna)] = valor

    return cambio


@pytest.mark.parametrize(
    ("archivo", "cambio", "donde", "cargar"),
    [
        ("indicadores.csv", _celda(5, "sentido", "malo"), "fila 5 › sentido", catalogo.indicadores),
        ("indicadores.csv", _celda(3, "tema", "clima"), "fila 3 › tema", catalogo.indicadores),
        ("indicadores.csv", _celda(4, "nombre_corto", "x" * 33), "fila 4 › nombre_corto", catalogo.indicadores),
        ("indicadores.csv", _celda(3, "indicador", "inseguridad_ciudad"), "fila 3 › indicador", catalogo.indicadores),
        ("indicadores.csv", _celda(2, "fuente", "nadie"), "fila 2 › fuente", catalogo.indicadores),
        ("indicadores.csv", lambda filas: filas[6].pop(), "fila 7", catalogo.indicadores),
        ("indicadores.csv", _celda(1, "nota", "notas"), "fila 1 › encabezado", catalogo.indicadores),
        ("lugares.csv", _celda(2, "lugar", "México"), "fila 2 › lugar", catalogo.lugares),
        ("lugares.csv", _celda(40, "desde", "2016-T1"), "fila 40 › desde", catalogo.lugares),
        ("municipios.csv", _celda(9, "entidad", "MX-99"), "fila 9 › entidad", catalogo.lugares),
        ("rupturas.csv", _celda(2, "lugar", "MX-CD99"), "fila 2 › lugar", catalogo.rupturas),
        ("rupturas.csv", _celda(2, "periodo", "abril"), "fila 2 › periodo", catalogo.rupturas),
        ("temas.csv", _celda(2, "orden", "primero"), "fila 2 › orden", catalogo.temas),
        ("fuentes.csv", _celda(2, "url", "inegi"), "fila 2 › url", catalogo.fuentes),
    ],
)
def test_una_tabla_estropeada_dice_archivo_y_fila(
    copia: Path,
    archivo: str,
    cambio: Callable[[list[list[str]]], None],
    donde: str,
    cargar: Callable[[Path], object],
) -> None:
    _cambiar(copia / archivo, cambio)
    with pytest.raises(ErrorCatalogo) as falla:
        cargar(copia)
    assert falla.value.donde.startswith(f"{archivo} › {donde}")
    assert str(copia / archivo) in falla.value.remedio


def test_una_tabla_que_falta_se_nombra(copia: Path) -> None:
    (copia / "temas.csv").unlink()
    with pytest.raises(ErrorCatalogo, match=r"temas\.csv"):
        catalogo.indicadores(copia)


def test_la_misma_grafia_no_puede_ser_dos_lugares(copia: Path) -> None:
    _cambiar(copia / "lugar_variantes.csv", lambda filas: filas.append(["la laguna", "MX-05", "MX-CD28"]))
    with pytest.raises(ErrorCatalogo, match=r"lugar_variantes.csv"):
        catalogo.lugar_por_variante("La Laguna", "MX-05", copia)


def test_las_areas_cubren_desde_un_periodo_valido() -> None:
    for uno in catalogo.lugares().values():
        if uno.hasta:
            assert periodos.clave_orden(uno.desde) <= periodos.clave_orden(uno.hasta), uno.lugar


def test_lo_que_le_pasa_a_una_entidad_le_pasa_a_sus_municipios() -> None:
    una = catalogo.Ruptura("sesnsp", "MX-22", "robo_a_transportista", "2019-01", "cambio", "x", "y")
    assert una.alcanza("sesnsp", "MX-22", "robo_a_transportista")
    assert una.alcanza("sesnsp", "MX-22014", "robo_a_transportista")
    assert not una.alcanza("sesnsp", "MX-15058", "robo_a_transportista")
    nacion = catalogo.Ruptura("ensu", "MX", "", "2016T1", "aviso", "x", "y")
    assert not nacion.alcanza("ensu", "MX-CD28", "inseguridad_ciudad")
