"""Las figuras de participación e intercambio: cada ausencia con su forma, y el texto alternativo dice el hallazgo."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
import vl_convert

from atalaya.figuras import asambleas, ciclo, cuentas, embudo, pistas
from atalaya.figuras.plantilla import Figura

NADA = float("nan")


def etapa(nombre: str, estado: str, valor: float = NADA, **cambios: Any) -> dict[str, Any]:
    total = cambios.get("total", 130.0)
    parte = 100 * valor / total  # nulo si cualquiera lo es
    fija = {"etapa": nombre, "estado": estado, "valor": valor, "total": total, "alcance": "exacta", "sin_etapa": 0}
    return {**fija, "parte_pct": parte, **cambios}


def clases(figura: Figura) -> list[list[str]]:
    return [list(suyas) for _, suyas in figura.datos["tramos"].groupby("renglon")["clase"]]


def test_el_embudo_da_a_cada_ausencia_su_forma() -> None:
    estados = ["dato", "dato", "no dicho", "no reportado", "suprimido", "no celebrado"]
    filas = pd.DataFrame([etapa("e", e, v) for e, v in zip(estados, [53, 0, *[NADA] * 4], strict=True)])
    figura = embudo.embudo(filas)
    assert clases(figura) == [["lleno", "hueco"], ["lleno", "hueco"], ["partido"], ["partido"], ["rayado"], ["cruz"]]
    assert list(figura.datos["rotulos"]["rotulo"]) == [
        "E: 53 de 130 (41\N{NO-BREAK SPACE}%)",
        "E: cero de 130 (0\N{NO-BREAK SPACE}%)",
        "E: el documento no lo dice",
        "E: no se reportó",
        "E: suprimido: se sabe y no se publica",
        "E: no se celebró",
    ]
    assert list(figura.datos["tramos"]["hasta"][:2]) == pytest.approx([53 / 130, 1.0])


def test_sin_total_el_embudo_se_mide_contra_la_mayor_y_no_da_proporcion() -> None:
    filas = pd.DataFrame([etapa("a", "dato", 40, total=NADA), etapa("b", "dato", 10, total=NADA)])
    figura = embudo.embudo(filas)
    assert list(figura.datos["rotulos"]["rotulo"]) == ["A: 40", "B: 10"]
    assert [t for t in figura.datos["tramos"]["hasta"] if t < 1] == [0.25]


def test_el_alternativo_del_embudo_dice_las_unidades_sin_etapa() -> None:
    filas = pd.DataFrame([etapa("agenda", "dato", 53, sin_etapa=7)])
    assert embudo.describir(filas, "Iztapalapa").endswith("De 7 unidades no se dice la etapa.")


def test_dos_asambleas_distintas_nunca_se_ven_igual() -> None:
    filas = pd.DataFrame(
        [{"nombre_territorio": "t", "fecha": f"2026-0{k + 1}", "visto": v, "asistentes": NADA if k else 35}
         for k, v in enumerate(cuentas.ASAMBLEA)]
    )  # fmt: skip
    figura = asambleas.asambleas(filas)
    capa = figura.spec["layer"][0]["encoding"]
    vistas = list(zip(capa["shape"]["scale"]["range"], capa["fill"]["scale"]["range"], strict=True))
    assert len(set(vistas)) == len(cuentas.ASAMBLEA)
    assert capa["shape"]["scale"]["domain"] == list(cuentas.ASAMBLEA.values())
    assert list(figura.datos["asambleas"]["cuantos"]) == ["35", "0", "", "", "?", ""]


def test_el_ciclo_lleno_lo_que_se_dice_y_las_flechas_dan_la_vuelta() -> None:
    filas = pd.DataFrame({"etapa": list(ciclo.DONDE), "dicho": [True] + [False] * 7})
    figura = ciclo.ciclo(filas)
    assert list(figura.datos["pasos"]["dicho"]) == [True] + [False] * 7
    assert list(figura.datos["pasos"]["numero"]) == ["1", "2", "3", "4", "5", "6", "", ""]
    assert list(figura.datos["flechas"]["angulo"]) == [90, 90, 180, 270, 270, 0, 180]
    assert "algo de 1 de 8: problema. No dice nada de: posibilidades" in ciclo.describir(filas, "X")


@pytest.mark.parametrize(
    ("estado", "llenos", "fuera"),
    [
        ("propuesta", 1, ""),
        ("en curso", 2, ""),
        ("instalada", 3, ""),
        ("retirada", 0, "retirada"),
        ("no dicho", 0, "el documento no dice en qué estado está"),
    ],
)
def test_la_pista_llega_hasta_su_estado(estado: str, llenos: int, fuera: str) -> None:
    figura = pistas.estados(pd.DataFrame({"rotulo": ["P\nA → B"], "estado": [estado]}))
    assert int(figura.datos["puntos"]["lleno"].sum()) == llenos
    assert bool(figura.datos["puntos"]["hay"].all()) is not bool(fuera)
    assert figura.datos["rotulos"]["fuera"].iloc[0] == fuera


def test_una_fecha_sin_dia_abarca_su_mes_o_su_ano_entero() -> None:
    figura = pistas.fechas(pd.DataFrame({"rotulo": list("abc"), "inicio": ["2022-02", "2020", "2022-03-21"],
                                         "fin": ["2022-02", "2020", "2022-03-25"]}))  # fmt: skip
    assert figura.datos["tramos"][["inicio", "fin"]].to_numpy().tolist() == [
        ["2022-02-01", "2022-02-28"], ["2020-01-01", "2020-12-31"], ["2022-03-21", "2022-03-25"],
    ]  # fmt: skip


@pytest.mark.parametrize("modo", ["claro", "oscuro"])
def test_todas_se_dibujan_tambien_dentro_de_una_lamina(modo: str) -> None:
    """Dentro de otra figura Vega no sabe el ancho: las letras y las pistas se ponen con el ancho fijo."""
    figura = pistas.estados(pd.DataFrame({"rotulo": ["Práctica\nA → B"], "estado": ["en curso"]}), modo, 700)
    alturas = {k: v["height"] for k, v in (("sola", figura.spec),)}
    suelta = vl_convert.vegalite_to_svg(figura.vegalite())
    dentro = vl_convert.vegalite_to_svg({**_fuera(figura), "vconcat": [_hija(figura)]})
    assert alturas["sola"] == pistas.ALTO_PISTA + 2 * pistas.ALTO_LETRA
    assert suelta.count('font-size="17px"') == dentro.count('font-size="17px"') > 0


def _fuera(figura: Figura) -> dict[str, Any]:
    entera = figura.vegalite()
    return {c: entera[c] for c in ("$schema", "config", "datasets") if c in entera}


def _hija(figura: Figura) -> dict[str, Any]:
    return {c: v for c, v in figura.spec.items() if c not in ("$schema", "config", "datasets", "usermeta")}


@pytest.mark.parametrize(
    ("inicio", "fin", "dicho"),
    [
        ("2022-03-21", "2022-03-25", "21 a 25 de marzo de 2022"),
        ("2022-10-30", "2022-11-06", "de 30 de octubre de 2022 a 6 de noviembre de 2022"),
        ("2018-12-24", None, "desde 24 de diciembre de 2018"),
        ("2022-07", "2022-07", "julio de 2022"),
        ("2014", "2015", "de 2014 a 2015"),
        (None, None, "el documento no dice cuándo"),
        (None, "2021", "hasta 2021"),
    ],
)
def test_las_fechas_se_dicen_hasta_donde_se_saben(inicio: str | None, fin: str | None, dicho: str) -> None:
    assert cuentas.lapso(inicio, fin) == dicho


@pytest.mark.parametrize(
    ("estado", "valor", "alcance", "dicho"),
    [
        ("dato", 17_000, "aproximada", "cerca de 17,000"),
        ("dato", 120, "mínimo", "más de 120"),
        ("dato", 0, "exacta", "cero"),
        ("dato", 2.5, "exacta", "2.5"),
        ("no celebrado", NADA, "exacta", "no se celebró"),
        ("suprimido", 7, "exacta", "suprimido: se sabe y no se publica"),
    ],
)
def test_lo_que_se_cuenta_y_lo_que_no(estado: str, valor: float, alcance: str, dicho: str) -> None:
    assert cuentas.decir(estado, valor, alcance) == dicho
