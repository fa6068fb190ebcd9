"""Los archivos oficiales del SESNSP: cifras publicadas, y cada archivo contra los demás, celda por celda.

Los municipales se leen aquí por su cuenta (json, csv), no con el lector que se prueba.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from sesnsp_de_juguete import conteos, serie

from atalaya import catalogo
from atalaya.catalogo.registros import (
    cotejo_municipal,
    delitos,
    discrepancias_municipales,
    municipios_nuevos,
    sin_registro,
)
from atalaya.fuentes import sesnsp, sesnsp_anual, sesnsp_csv, sesnsp_homicidios, sesnsp_lugares, sesnsp_subtipo
from atalaya.fuentes.sesnsp_delitos import subtipos

pytestmark = pytest.mark.fuentes

Conteos = list[dict[str, Any]]
Llave = tuple[str, str, str]
"""Entidad, indicador y mes."""


@pytest.fixture(scope="module")
def carpeta(fuentes: Path) -> Path:
    return fuentes / "sesnsp"


@pytest.fixture(scope="module")
def estatal(carpeta: Path) -> Conteos:
    return conteos(sesnsp, carpeta / "IDEFC_estatal_2015-2024.csv")


@pytest.fixture(scope="module")
def por_entidad(estatal: Conteos) -> dict[Llave, int]:
    """Las carpetas de cada entidad; donde no se registra, el cero que trae el archivo."""
    return {
        (f["lugar"], f["indicador"], f["periodo"]): f["casos"] or 0
        for f in estatal
        if f["desglose"] == "total" and f["lugar"] != "MX"
    }


@pytest.fixture(scope="module")
def guanajuato(carpeta: Path) -> Conteos:
    return conteos(sesnsp, carpeta / "IDM_homicidios_guanajuato_2020-2025_raw.csv")


@pytest.fixture(scope="module")
def homicida(carpeta: Path) -> Conteos:
    return conteos(sesnsp_homicidios, carpeta / "violencia_homicida_municipal_nacional_2024-01_2025-06.csv")


@pytest.fixture(scope="module")
def anual(carpeta: Path) -> Conteos:
    return conteos(sesnsp_anual, carpeta / "transcritos" / "series_anuales_5_municipios.csv")


@pytest.fixture(scope="module")
def celdas(carpeta: Path) -> list[tuple[Llave, str, int]]:
    """De los quince JSON, (entidad, indicador y mes), municipio y carpetas de cada celda."""
    entidades = {uno.nombre: uno.lugar for uno in sesnsp_lugares.entidad_por_clave().values()}
    leidas = []
    for ruta in _jsones(carpeta):
        for c in json.loads(ruta.read_text(encoding="utf-8")):
            mes = f"{c['Año']}-{int(c['Mes'].split('-')[0]):02d}"
            indicador = subtipos()[c["Subtipo de delito"]].indicador
            leidas.append(((entidades[c["Entidad"]], indicador, mes), c["Municipio"], c["Cantidad"]))
    return leidas


def _jsones(carpeta: Path) -> list[Path]:
    rutas = sorted((carpeta / "municipal_json").glob("*.json"))
    assert len(rutas) == 15
    return rutas


def _por_anio(dicho: dict[str, int | str]) -> dict[str, int]:
    suma: Counter[str] = Counter()
    for periodo, casos in dicho.items():
        assert isinstance(casos, int)
        suma[periodo[:4]] += casos
    return dict(suma)


# --- Cifras publicadas ------------------------------------------------------------------------------------------


def test_homicidio_doloso_nacional(estatal: Conteos) -> None:
    por_anio = _por_anio(serie(estatal, "MX", "homicidio_doloso"))
    assert (por_anio["2019"], por_anio["2023"]) == (29_500, 25_290)
    assert {f["edicion"] for f in estatal} == {"2024-11"}  # diciembre de 2024 viene vacío: no tiene fila


def test_nezahualcoyotl_homicidio_doloso(anual: Conteos) -> None:
    dicho = [135, 146, 162, 181, 112, 125, 113, 99, 74, 51]
    assert serie(anual, "MX-15058", "homicidio_doloso") == dict(zip(map(str, range(2016, 2026)), dicho, strict=True))


def test_el_catalogo_describe_justo_los_subtipos_de_los_archivos(carpeta: Path) -> None:
    for nombre, instrumento, cuantos in (
        ("IDEFC_estatal_2015-2024.csv", "cnsp_38_15", 55),
        ("RNID_estatal_2026.csv", "rnid", 79),
    ):
        _, vistos = sesnsp_csv.leer_crudo(carpeta / nombre).codigos("Subtipo de delito")
        descritos = {d.delito for d in delitos() if d.instrumento == instrumento}
        assert set(vistos) == descritos
        assert len(descritos) == cuantos


def test_las_modalidades_suman_el_total_en_cada_celda(estatal: Conteos) -> None:
    totales: Counter[Llave] = Counter()
    partes: Counter[Llave] = Counter()
    for f in estatal:
        cual = totales if f["desglose"] == "total" else partes
        cual[f["lugar"], f["indicador"], f["periodo"]] += f["casos"] or 0
    assert len({llave[1] for llave in partes}) == 20
    assert all(totales[llave] == suma for llave, suma in partes.items())


def test_2026_es_otro_instrumento(carpeta: Path) -> None:
    filas = conteos(sesnsp, carpeta / "RNID_estatal_2026.csv")
    assert sum(_por_anio(serie(filas, "MX", "homicidio_doloso")).values()) == 3_996
    assert sum(_por_anio(serie(filas, "MX", "robo_de_vehiculo_automotor")).values()) == 14_672 + 10_606 + 5
    assert {f["edicion"] for f in filas} == {"2026-03"}
    claves = {f["indicador"] for f in filas}
    assert not claves & {
        "extorsion",
        "secuestro",
        "narcomenudeo",
        "robo_de_maquinaria",
        "otros_delitos_del_fuero_comun",
    }
    assert {"extorsion_presencial", "secuestro_extorsivo", "otros_delitos_del_fuero_comun_rnid"} <= claves
    ruptura = [r for r in catalogo.rupturas() if (r.fuente, r.periodo, r.lugar) == ("sesnsp", "2026-01", "")]
    assert [(r.tipo, r.indicador) for r in ruptura] == [("cambio", "")]


# --- Los municipios contra su entidad ---------------------------------------------------------------------------


def test_los_municipios_suman_la_entidad_salvo_las_celdas_con_nombre(
    celdas: list[tuple[Llave, str, int]], por_entidad: dict[Llave, int]
) -> None:
    """15 subtipos × 32 entidades × 119 meses: 57 120 celdas, y trece que no suman, cada una con su causa."""
    municipal: Counter[Llave] = Counter()
    for llave, _, casos in celdas:
        municipal[llave] += casos
    suyos = set(cotejo_municipal())
    comparables = {llave for llave in por_entidad if llave[1] in suyos}
    assert len(comparables) == 15 * 32 * 119
    distintas = {k: (municipal[k], por_entidad[k]) for k in comparables if municipal[k] != por_entidad[k]}
    dichas = {(d.entidad, d.indicador, d.periodo): (d.municipal, d.estatal) for d in discrepancias_municipales()}
    assert distintas == dichas
    assert len(dichas) == 13
    # Lo demás es diciembre de 2024, que el estatal todavía no trae.
    assert {llave[2] for llave in municipal if llave[1] in suyos} - {llave[2] for llave in comparables} == {"2024-12"}


def test_el_cotejo_dice_lo_que_suma_cada_archivo(celdas: list[tuple[Llave, str, int]]) -> None:
    sumas: Counter[str] = Counter()
    for (_, indicador, mes), _, casos in celdas:
        sumas[indicador] += casos if mes <= "2024-11" else 0
    assert {k: (c.desde, c.hasta, c.carpetas) for k, c in cotejo_municipal().items()} == {
        indicador: ("2015-01", "2024-11", suma) for indicador, suma in sumas.items()
    }


def test_ningun_nombre_se_queda_sin_municipio(carpeta: Path) -> None:
    """Los Mixtepec traen su distrito; lo demás son nombres viejos o cortos, en `municipio_variantes.csv`."""
    for modulo, rutas in (
        (sesnsp_subtipo, _jsones(carpeta)),
        (sesnsp_homicidios, [carpeta / "violencia_homicida_municipal_nacional_2024-01_2025-06.csv"]),
    ):
        for ruta in rutas:
            assert not sesnsp_lugares.sin_municipio(modulo.nombres(ruta)), ruta.name


def test_cada_subtipo_publicado_suma_lo_que_trae_su_archivo(
    carpeta: Path, celdas: list[tuple[Llave, str, int]]
) -> None:
    """Ni se pierde ni se inventa una carpeta, y hay ceros de verdad. El más chico y el que tiene modalidades."""
    for nombre, indicador in (("Incesto", "incesto"), ("Feminicidio", "feminicidio")):
        filas = conteos(sesnsp_subtipo, carpeta / "municipal_json" / f"{nombre}.json")
        total = [f for f in filas if f["desglose"] == "total"]
        assert sum(f["casos"] or 0 for f in total) == sum(n for (_, cual, _), _, n in celdas if cual == indicador)
        assert sum(f["casos"] == 0 for f in total) > 280_000
        sin_ceros = {(d.entidad, d.periodo) for d in discrepancias_municipales() if d.indicador == indicador}
        assert not {(f["lugar"][:5], f["periodo"]) for f in total if f["casos"] == 0} & sin_ceros


def test_los_municipios_nuevos_empiezan_donde_dice_la_tabla(celdas: list[tuple[Llave, str, int]]) -> None:
    primero: dict[str, str] = {}
    for (entidad, _, mes), nombre, _ in celdas:
        lugar = sesnsp_lugares.municipio_por_nombre(catalogo.lugar(entidad), nombre).lugar
        primero[lugar] = min(mes, primero.get(lugar, mes))
    assert {k: n.desde for k, n in municipios_nuevos().items()} == {k: primero.get(k, "") for k in municipios_nuevos()}


def test_guanajuato_municipal_suma_el_estatal(guanajuato: Conteos, por_entidad: dict[Llave, int]) -> None:
    """Homicidio doloso y culposo, 2020-01 a 2024-11: iguales los 118 meses."""
    suma: Counter[Llave] = Counter()
    for f in guanajuato:
        if f["desglose"] == "total":
            suma["MX-11", f["indicador"], f["periodo"]] += f["casos"]
    comunes = suma.keys() & por_entidad.keys()
    assert len(comunes) == 2 * 59
    assert {k: suma[k] for k in comunes} == {k: por_entidad[k] for k in comunes}
    assert {f["edicion"] for f in guanajuato} == {"2025-11"}


def test_guanajuato_municipal_es_igual_a_la_violencia_homicida(guanajuato: Conteos, homicida: Conteos) -> None:
    """2024-01 a 2025-06, 46 municipios, dos delitos: ni una celda distinta."""

    def del_cuadro(filas: Conteos) -> dict[tuple[str, str, str], int]:
        return {
            (f["lugar"], f["indicador"], f["periodo"]): f["casos"]
            for f in filas
            if f["lugar"].startswith("MX-11") and f["desglose"] == "total" and "2024-01" <= f["periodo"] <= "2025-06"
            if f["indicador"] != "feminicidio"
        }

    de_una, de_otra = del_cuadro(guanajuato), del_cuadro(homicida)
    de_otra = {k: v for k, v in de_otra.items() if k[0] not in ("MX-11998", "MX-11999")}
    assert len(de_una) == 46 * 18 * 2
    assert de_una == de_otra


def test_violencia_homicida_frente_al_estatal_es_un_corte_posterior(
    homicida: Conteos, por_entidad: dict[Llave, int]
) -> None:
    """Siete meses más de correcciones: se mide cuánto, y se dice en docs/fuentes/sesnsp.md."""
    suma: Counter[Llave] = Counter()
    for f in homicida:
        suma[f["lugar"][:5], f["indicador"], f["periodo"]] += f["casos"]
    comunes = suma.keys() & por_entidad.keys()
    medido = {
        indicador: (
            sum(suma[k] != por_entidad[k] for k in comunes if k[1] == indicador),
            sum(suma[k] for k in comunes if k[1] == indicador),
            sum(por_entidad[k] for k in comunes if k[1] == indicador),
        )
        for indicador in ("homicidio_doloso", "homicidio_culposo", "feminicidio")
    }
    assert len(comunes) == 3 * 32 * 11
    assert medido == {
        "homicidio_doloso": (41, 23_564, 23_581),
        "homicidio_culposo": (29, 16_081, 16_050),
        "feminicidio": (24, 760, 733),
    }


def test_la_columna_de_otros_delitos_no_es_un_conteo(carpeta: Path, homicida: Conteos, estatal: Conteos) -> None:
    """Cero en 44 748 celdas; el estatal dice 12 880 carpetas sólo de enero a noviembre de 2024."""
    otros = "otros_delitos_que_atentan_contra_la_vida_y_la_integridad_corporal"
    assert otros not in {f["indicador"] for f in homicida}
    assert _por_anio(serie(estatal, "MX", otros))["2024"] == 12_880


def test_los_totales_anuales_frente_a_los_quince_subtipos(
    anual: Conteos, celdas: list[tuple[Llave, str, int]], carpeta: Path
) -> None:
    """Lo que se puede reproducir de la transcripción: 2016-2023, todo; en 2024, otro corte, tres celdas no."""
    suma: Counter[tuple[str, str, str]] = Counter()
    for (entidad, indicador, mes), nombre, casos in celdas:
        lugar = sesnsp_lugares.municipio_por_nombre(catalogo.lugar(entidad), nombre).lugar
        suma[lugar, indicador, mes[:4]] += casos
    comunes = {
        (f["lugar"], f["indicador"], f["periodo"]): f["casos"]
        for f in anual
        if f["indicador"] in cotejo_municipal() and f["periodo"] <= "2024"
    }
    distintas = {k: (casos, suma[k]) for k, casos in comunes.items() if casos != suma[k]}
    assert len(comunes) == 576
    assert distintas == {
        ("MX-09007", "aborto", "2024"): (22, 21),
        ("MX-09007", "feminicidio", "2024"): (15, 14),
        ("MX-22014", "aborto", "2024"): (17, 22),
    }


def test_la_tabla_transcrita_es_la_de_sus_cinco_archivos(carpeta: Path) -> None:
    """Los JSON de los que se hizo el CSV: los mismos números, sin ceros añadidos."""
    with (carpeta / "transcritos" / "series_anuales_5_municipios.csv").open(encoding="utf-8") as flujo:
        tabla = {(f["cve_mun"], f["subtipo"], int(f["anio"])): int(f["total"]) for f in csv.DictReader(flujo)}
    vistos = {
        (ruta.stem[4:], que, anio): total
        for ruta in (carpeta / "transcritos").glob("sma_*.json")
        for que, totales in json.loads(ruta.read_text(encoding="utf-8")).items()
        for anio, total in zip(range(2016, 2027), totales, strict=True)
    }
    assert tabla == vistos


# --- Lo que no se registra --------------------------------------------------------------------------------------


def _cerradas(estatal: Conteos) -> Iterator[tuple[str, str, int]]:
    for f in estatal:
        if f["desglose"] == "total" and f["lugar"] != "MX":
            yield f["lugar"], f["indicador"], int(f["periodo"][:4])


def test_donde_no_se_registra_todo_es_cero_y_nada_mas_se_marca(estatal: Conteos) -> None:
    marcadas = {(f["lugar"], f["indicador"], f["periodo"]) for f in estatal if f["estado"] == "no_registrado"}
    tramos = {(s.entidad, s.indicador): (s.desde, s.hasta or "9999-12") for s in sin_registro()}
    assert len(tramos) == len(sin_registro())
    esperadas = {
        (lugar, indicador, f["periodo"])
        for f in estatal
        for lugar, indicador in [(f["lugar"], f["indicador"])]
        if (lugar, indicador) in tramos and tramos[lugar, indicador][0] <= f["periodo"] <= tramos[lugar, indicador][1]
    }
    assert marcadas == esperadas  # ni una carpeta en todos esos meses
    assert ("MX-15", "amenazas", "2015-01") in marcadas
    assert ("MX-22", "robo_a_transportista", "2019-01") in marcadas
    assert ("MX-22", "robo_a_transportista", "2018-12") not in marcadas


def test_cada_tramo_cumple_la_regla_escrita(estatal: Conteos, fuentes: Path) -> None:
    """docs/fuentes/sesnsp.md: tres años o más en cero; y o la entidad nunca registra y se esperarían 200 carpetas al
    año, o registra 100 al año fuera del tramo y se esperarían 100. Lo esperado, al ritmo de las que registran."""
    por_anio: Counter[tuple[str, str, int]] = Counter()
    for f in estatal:
        if f["desglose"] == "total":
            por_anio[f["lugar"], f["indicador"], int(f["periodo"][:4])] += f["casos"] or 0
    poblacion = _poblacion(fuentes)
    entidades = sorted({lugar for lugar, _, _ in _cerradas(estatal)})
    for s in sin_registro():
        anios = range(int(s.desde[:4]), min(int((s.hasta or "2024")[:4]), 2024) + 1)
        esperadas = []
        for anio in anios:
            registran = [e for e in entidades if por_anio[e, s.indicador, anio]]
            carpetas = sum(por_anio[e, s.indicador, anio] for e in registran)
            esperadas.append(carpetas / sum(poblacion[e, anio] for e in registran) * poblacion[s.entidad, anio])
        fuera = [n for a in range(2015, 2025) if a not in anios and (n := por_anio[s.entidad, s.indicador, a])]
        esperado, habitual = sum(esperadas) / len(esperadas), sum(fuera) / len(fuera) if fuera else None
        assert len(anios) >= 3, s
        assert (habitual is None and esperado >= 200) or (habitual is not None and habitual >= 100 <= esperado), s


def _poblacion(fuentes: Path) -> dict[tuple[str, int], int]:
    suma: Counter[tuple[str, int]] = Counter()
    ruta = fuentes / "poblacion" / "mx" / "conapo_municipal_1990-2040_total.csv"
    with ruta.open(encoding="utf-8-sig") as flujo:
        for fila in csv.DictReader(flujo):
            for anio in range(2015, 2025):
                suma[f"MX-{fila['CVE'].zfill(5)[:2]}", anio] += int(fila[str(anio)])
    return dict(suma)


def test_2026_confirma_lo_que_sigue_sin_registrarse(carpeta: Path) -> None:
    """Con otro instrumento, los tramos abiertos siguen en cero; el de autopartes en Guanajuato ya cerró."""
    filas = conteos(sesnsp, carpeta / "RNID_estatal_2026.csv")
    abiertos: Sequence[tuple[str, str]] = [(s.entidad, s.indicador) for s in sin_registro() if not s.hasta]
    traidos = {f["indicador"] for f in filas}
    for entidad, indicador in abiertos:
        if indicador in traidos:
            assert set(serie(filas, entidad, indicador).values()) == {"no_registrado"}, (entidad, indicador)
    assert sum(_por_anio(serie(filas, "MX-11", "robo_de_autopartes")).values()) == 28
