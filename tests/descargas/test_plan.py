"""De fuente y periodos a direcciones: sólo las del catálogo, y lo que no existe o no tiene dirección se dice."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from atalaya import catalogo
from atalaya.catalogo.descargas import direcciones
from atalaya.descargas import planear
from atalaya.descargas.plan import dichos
from atalaya.errores import ErrorCatalogo, ErrorConsulta
from atalaya.ordenes.descargar import Fuente

HOY = date(2026, 11, 26)
ABIERTOS = "https://www.inegi.org.mx/contenidos/programas/ensu/datosabiertos"


# ── el catálogo del proyecto ──────────────────────────────────────────────────────────────────────


def test_la_orden_ofrece_las_fuentes_del_catalogo() -> None:
    assert {fila.fuente for fila in direcciones()} == {uno.value for uno in Fuente}


def test_cada_dominio_es_de_su_oficina() -> None:
    """Bajar de otro sitio (un espejo, un almacén) es decisión que se toma aquí, a la vista."""
    oficiales = {
        "ensu": {"www.inegi.org.mx"},
        "enusc": {"www.ine.cl", "www.ine.gob.cl"},
        "sesnsp": {"repodatos.atdt.gob.mx"},
        "cead": set(),
    }
    for fila in direcciones():
        assert set(fila.dominios.split()) <= oficiales[fila.fuente], fila


def test_dos_archivos_distintos_nunca_se_llaman_igual() -> None:
    planes = [planear(f.value, *extremos(f.value), HOY) for f in Fuente]
    nombres = [pedido.archivo.casefold() for plan in planes for pedido in plan.pedidos]
    assert len(nombres) == len(set(nombres)) > 30


def extremos(fuente: str) -> tuple[str, str]:
    return ("2015T1", "2026T3") if fuente == "ensu" else ("2005", "2026")


CABECERA = "fuente,producto,desde,hasta,plantilla,archivo,tipo,limite_mb,dominios,pagina,a_mano,evidencia"
BUENA = "ensu,microdatos,2020T1,,https://a.mx/x_{anio}.zip,x.zip,zip,10,a.mx,https://a.mx/,,vista"


@pytest.mark.parametrize(
    ("fila", "campo"),
    [
        (BUENA.replace("https://a.mx/x", "http://a.mx/x"), "plantilla"),
        (BUENA.replace("https://a.mx/x", "https://u@a.mx/x"), "plantilla"),
        (BUENA.replace("https://a.mx/x", "https://a.mx:8080/x"), "plantilla"),
        (BUENA.replace("https://a.mx/x", "https://b.mx/x"), "dominios"),
        (BUENA.replace("x.zip", "../x.zip"), "archivo"),
        (BUENA.replace("x.zip", ".x.zip"), "archivo"),
        (BUENA.replace("x.zip,zip,10", "x.zip,zip,0"), "plantilla"),
        (BUENA.replace(",zip,", ",exe,"), "tipo"),
        (BUENA.replace("2020T1,", "2020T1,2019T4"), "hasta"),
        (BUENA.replace("2020T1,", "2020T1,2021"), "hasta"),
        (BUENA.replace(",vista", ","), "evidencia"),
        (BUENA.replace(",,vista", ",a mano,vista"), "a_mano"),
        (BUENA.replace("https://a.mx/x_{anio}.zip", ""), "a_mano"),
        (BUENA.replace("ensu,", "ensú,"), "fuente"),
        (f"{BUENA}\n{BUENA.replace('2020T1', '2024T1')}", "desde"),
    ],
)
def test_una_fila_que_no_se_sostiene(tmp_path: Path, fila: str, campo: str) -> None:
    copia = shutil.copytree(catalogo.CARPETA, tmp_path / "catalogo")
    (copia / "descargas.csv").write_text(f"{CABECERA}\n{fila}\n", encoding="utf-8")
    with pytest.raises(ErrorCatalogo) as falla:
        direcciones(copia)
    assert f"› {campo}" in falla.value.donde


# ── el plan ───────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("periodo", "direccion"),
    [
        ("2025T2", f"{ABIERTOS}/conjunto_de_datos_ensu_2025_2t_csv.zip"),
        ("2026T2", f"{ABIERTOS}/conjunto_de_datos_ensu_2026_2t_csv.zip"),
        ("2019T3", f"{ABIERTOS}/conjunto_de_datos_ENSU_2019_3t_csv.zip"),
        ("2018T1", f"{ABIERTOS}/conjunto_de_datos_ensu_2018_1t_csv.zip"),
    ],
)
def test_la_direccion_real_de_inegi(periodo: str, direccion: str) -> None:
    [pedido] = planear("ensu", periodo, periodo, HOY).pedidos
    assert (pedido.direccion, pedido.dominios) == (direccion, {"www.inegi.org.mx"})
    assert pedido.archivo.islower()


def test_el_trimestre_que_no_se_levanto_se_salta_con_su_motivo() -> None:
    plan = planear("ensu", "2020T1", "2020T3", HOY, "microdatos")
    assert [p.periodos for p in plan.pedidos] == [("2020T1",), ("2020T3",)]
    [(motivo, periodos)] = plan.saltados.items()
    assert periodos == ("2020T2",)
    assert "COVID-19" in motivo


def test_un_aviso_en_la_serie_no_es_un_hueco(tmp_path: Path) -> None:
    copia = shutil.copytree(catalogo.CARPETA, tmp_path / "catalogo")
    with (copia / "rupturas.csv").open("a", encoding="utf-8") as tabla:
        tabla.write("ensu,,,2024T1,aviso,Se avisa de algo.,Nota al pie\n")
        tabla.write("ensu,MX-CD28,,2024T2,hueco,Una ciudad sin cifra.,Nota al pie\n")
    plan = planear("ensu", "2024T1", "2024T2", HOY, "microdatos", copia)
    assert (len(plan.pedidos), plan.saltados) == (2, {})


@pytest.mark.parametrize(
    ("hoy", "saltados"),
    [(date(2026, 9, 30), ("2026T3",)), (date(2026, 10, 1), ()), (date(2026, 6, 1), ("2026T2", "2026T3"))],
)
def test_lo_que_aun_no_termina_no_se_pide(hoy: date, saltados: tuple[str, ...]) -> None:
    plan = planear("ensu", "2026T1", "2026T3", hoy, "microdatos")
    assert tuple(uno for lista in plan.saltados.values() for uno in lista) == saltados


def test_un_registro_se_publica_dentro_del_anio_y_una_encuesta_no_antes() -> None:
    assert planear("sesnsp", "2026", "2026", HOY).a_mano
    assert not planear("sesnsp", "2027", "2027", HOY).a_mano


def test_antes_de_lo_que_se_conoce() -> None:
    plan = planear("ensu", "2013T3", "2014T4", HOY)
    assert (plan.pedidos, plan.a_mano) == ((), ())
    assert "no llega hasta ahí" in next(iter(plan.saltados))


def test_un_archivo_que_acumula_anios_se_pide_una_vez() -> None:
    plan = planear("sesnsp", "2019", "2025", HOY)
    assert [(p.producto, p.archivo, len(p.periodos)) for p in plan.pedidos] == [
        ("municipal", "IDM_NM_dic25.csv", 7),
        ("estatal", "INM_estatal_dic25.csv", 7),
    ]


def test_lo_que_no_tiene_direccion_dice_pagina_y_archivos() -> None:
    [uno] = planear("ensu", "2025T1", "2025T2", HOY, "tabulados").a_mano
    assert uno.pagina == "https://www.inegi.org.mx/programas/ensu/#tabulados"
    assert uno.archivos == ("ensu1t2025_estimaciones.zip", "ensu2t2025_estimaciones.zip")


def test_la_enusc_mezcla_lo_directo_y_lo_manual() -> None:
    plan = planear("enusc", "2018", "2024", HOY)
    assert [(p.periodos, p.tipo) for p in plan.pedidos] == [(("2019",), "csv"), (("2020",), "sav")]
    assert [dichos(uno.periodos) for uno in plan.a_mano] == ["2018", "2021 a 2022", "2023", "2024"]


def test_cead_no_tiene_direccion() -> None:
    plan = planear("cead", "2010", "2025", HOY)
    assert not plan.pedidos
    assert "formulario" in plan.a_mano[0].instruccion


@pytest.mark.parametrize(
    ("fuente", "desde", "hasta", "producto"),
    [
        ("ensu", "2024", "2025", None),
        ("sesnsp", "2024-01", "2024-02", None),
        ("ensu", "2025T2", "2025T1", None),
        ("ensu", "2025-T2", "2025-T2", None),
        ("ensu", "2025T2", "2025T2", "casos"),
        ("conapo", "2020", "2020", None),
    ],
)
def test_lo_mal_pedido(fuente: str, desde: str, hasta: str, producto: str | None) -> None:
    with pytest.raises(ErrorConsulta):
        planear(fuente, desde, hasta, HOY, producto)


def test_periodos_dichos_por_tramos() -> None:
    assert dichos(["2019T4", "2020T1", "2020T3"]) == "2019T4 a 2020T1, 2020T3"
