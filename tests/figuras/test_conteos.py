"""Las figuras de lo que se cuenta: su eje, sus huecos, lo que falta de cada serie y lo que se dice."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
import vl_convert

from atalaya.estadistica import pruebas_conteo
from atalaya.figuras import conteos, eje, hallazgos_conteo, lineas, tema, textos

SIGNO_MENOS = "\N{MINUS SIGN}"


def fila(periodo: str, casos: float | None, lugar: str = "MX-15058", **cambios: Any) -> dict[str, Any]:
    """Un conteo con su tasa, de 100 mil personas."""
    meses = cambios.get("meses", 12)
    tasa = None if casos is None else casos * 12 / meses
    return {
        "fuente": "sesnsp",
        "indicador": "homicidio_doloso",
        "lugar": lugar,
        "nombre": {"MX-15058": "Neza", "MX-15106": "Toluca"}[lugar],
        "periodo": periodo,
        "casos": casos,
        "meses": meses,
        "poblacion": 100_000.0,
        "tasa_100k": tasa,
        "tasa_inf": None if tasa is None else tasa / 2,
        "tasa_sup": None if tasa is None else tasa * 1.5,
        "estado": "no_registrado" if casos is None else "dato",
        "nota": None,
        **cambios,
    }


@pytest.fixture
def tabla() -> pd.DataFrame:
    """Neza con todo; Toluca con un cero, y sin registro en 2024 y 2025; de 2026, cinco meses."""
    filas = [fila(a, n) for a, n in (("2022", 40), ("2023", 30), ("2024", 20), ("2025", 10))]
    filas += [fila("2026", 5, meses=5)]
    filas += [fila("2022", 0, "MX-15106"), fila("2023", 12, "MX-15106")]
    filas += [fila(a, None, "MX-15106") for a in ("2024", "2025")]
    filas += [fila("2026", None, "MX-15106", estado="aun_no_publicado")]
    return pd.DataFrame(filas)


def dibujar(filas: pd.DataFrame, medida: str = "tasa", modo: str = "claro") -> str:
    """El SVG de la figura."""
    orden = list(dict.fromkeys(filas["lugar"]))
    figura = lineas.lineas(filas, orden, modo, 500, eje=conteos.eje(medida, "carpetas de investigación", "2022"))
    return str(vl_convert.vegalite_to_svg(figura.vegalite()))


@pytest.mark.parametrize("modo", tema.MODOS)
@pytest.mark.parametrize("medida", ["tasa", "casos"])
def test_dibuja_con_su_eje(tabla: pd.DataFrame, medida: str, modo: str) -> None:
    dibujo = dibujar(conteos.filas(tabla, medida), medida, modo)
    titulo = {"tasa": "carpetas de investigación al año por 100 mil habitantes", "casos": "carpetas de investigación"}
    assert f">{titulo[medida]}<" in dibujo
    assert "«" not in dibujo
    assert "por ciento" not in dibujo


def test_el_anio_a_medias_va_hueco_y_se_dice(tabla: pd.DataFrame) -> None:
    filas = conteos.filas(tabla, "tasa")
    assert list(filas.loc[filas["hueca"], "periodo"]) == ["2026"]
    a_medias = filas[filas["hueca"]].iloc[0]
    assert a_medias["valor"] == 12.0  # 5 casos en 5 meses, llevados a 12
    assert a_medias["dicho"] == "12.00 por 100 mil (5 casos en 5 de 12 meses, llevado a año)"
    assert conteos.nota_a_medias(filas) == "Punto hueco: 2026 lleva 5 de 12 meses (Neza): su tasa va llevada a año."
    assert "no se comparan" in conteos.nota_a_medias(conteos.filas(tabla, "casos"), "casos")


def test_el_cero_es_un_punto_y_lo_no_registrado_no(tabla: pd.DataFrame) -> None:
    filas = conteos.filas(tabla, "tasa").set_index(["lugar", "periodo"])
    assert filas.loc[("MX-15106", "2022"), "dicho"] == "0.00 por 100 mil (0 casos)"
    assert filas.loc[("MX-15106", "2024"), "dicho"] == textos.ESTADO["no_registrado"]
    dibujo = dibujar(conteos.filas(tabla, "tasa"))
    assert "Cifra: 0.00 por 100 mil (0 casos)" in dibujo


def test_lo_que_le_falta_a_una_serie_se_escribe_en_la_figura(tabla: pd.DataFrame) -> None:
    dibujo = dibujar(conteos.filas(tabla, "tasa"))
    assert ">no se registra<" in dibujo  # dos de cinco periodos: cabe el rótulo
    assert f">{lineas.SIGNO['aun_no_publicado']}<" in dibujo  # uno de cinco: sólo su signo
    assert ("✕", "no se registra") in conteos.signos(conteos.filas(tabla, "tasa"))


def test_lo_que_falta_a_todas_es_franja_y_no_se_repite(tabla: pd.DataFrame) -> None:
    sola = conteos.filas(tabla[tabla["lugar"] == "MX-15106"], "tasa")
    dibujo = dibujar(sola)
    assert dibujo.count(">no se registra<") == 2  # el rótulo y su halo
    assert dibujo.count(">aún no se publica<") == 2


def test_la_linea_no_cruza_la_ruptura(tabla: pd.DataFrame) -> None:
    filas = conteos.filas(tabla[tabla["lugar"] == "MX-15058"], "tasa")
    tramos = lineas.completar(filas, conteos.eje("tasa", "x", "2019")).set_index("periodo")["tramo"]
    assert tramos["2025"] != tramos["2026"]
    assert ">cambia la serie<" in dibujar(filas)


def test_sin_poblacion_hay_casos_y_no_tasa(tabla: pd.DataFrame) -> None:
    sin = tabla.assign(poblacion=None, tasa_100k=None, tasa_inf=None, tasa_sup=None)
    assert set(conteos.filas(sin, "tasa").query("lugar == 'MX-15058'")["estado"]) == {"sin_denominador"}
    assert set(conteos.filas(sin, "casos").query("lugar == 'MX-15058'")["estado"]) == {"dato"}


def test_el_cambio_lleva_signo_y_la_linea_del_cero(tabla: pd.DataFrame) -> None:
    neza = tabla[(tabla["lugar"] == "MX-15058") & (tabla["periodo"] < "2026")]
    indices = pruebas_conteo.indices(neza, neza[neza["periodo"] == "2022"])
    filas = conteos.filas(indices, "indice")
    assert filas.set_index("periodo").loc["2025", "dicho"].startswith(f"{SIGNO_MENOS}75.0")
    figura = lineas.lineas(filas, ["MX-15058"], "claro", 500, eje=conteos.eje("indice", "", "2022"))
    assert list(figura.datos["cero"]["y"]) == [0.0]
    assert "cambio de la tasa desde 2022, por ciento" in str(vl_convert.vegalite_to_svg(figura.vegalite()))


def test_varias_series_de_un_mismo_lugar_no_se_unen(tabla: pd.DataFrame) -> None:
    neza = conteos.filas(tabla[tabla["lugar"] == "MX-15058"], "tasa")
    juntas = pd.concat([neza.assign(clave="a", nombre="Neza: a"), neza.assign(clave="b", nombre="Neza: b")])
    completas = lineas.completar(juntas, conteos.eje("tasa", "x", "2019"))
    assert not set(completas.loc[completas["clave"] == "a", "tramo"]) & set(
        completas.loc[completas["clave"] == "b", "tramo"]
    )


@pytest.mark.parametrize(("valores", "tope"), [([0.0], 1.0), ([16.6, 19.2], 20.0), ([4300.0], 5000.0), ([0.31], 0.4)])
def test_el_eje_de_lo_que_se_cuenta_empieza_en_cero(valores: list[float], tope: float) -> None:
    abajo, arriba = eje.desde_cero(pd.DataFrame({"valor": valores}))
    assert abajo == 0
    assert arriba == pytest.approx(tope)
    assert arriba >= max(valores)


def test_el_eje_de_un_cambio_incluye_el_cero_y_los_intervalos() -> None:
    filas = pd.DataFrame({"valor": [-60.0], "ic_inf": [-70.0], "ic_sup": [-41.0]})
    abajo, arriba = eje.con_signo(filas)
    assert abajo <= -70
    assert arriba >= 0


def test_el_texto_alternativo_dice_unidad_cifras_y_faltas(tabla: pd.DataFrame) -> None:
    filas = conteos.filas(tabla, "tasa")
    dicho = conteos.describir(
        filas, "Homicidio", ["MX-15058", "MX-15106"], conteos.eje("tasa", "carpetas de investigación", "")
    )
    for parte in ("al año por 100 mil habitantes", "Neza: 40.0 en 2022", "cambia la serie", "5 de 12 meses"):
        assert parte in dicho, parte


def test_las_ausencias_van_con_su_motivo_sus_lugares_y_sus_periodos(tabla: pd.DataFrame) -> None:
    notas = conteos.notas(conteos.filas(tabla, "tasa"))
    assert any("**No se registra**: de 2024 a 2025 (Toluca)." in nota for nota in notas)
    assert any("**Aún no publicado**: 2026 (Toluca)." in nota for nota in notas)


def test_la_tabla_va_del_mas_reciente_al_mas_antiguo(tabla: pd.DataFrame) -> None:
    cifras = conteos.en_tabla(conteos.filas(tabla, "tasa"), "tasa")
    assert list(cifras["Periodo"]) == ["2026", "2025", "2024", "2023", "2022"]
    assert list(cifras.columns) == ["Periodo", "Neza", "Neza: al 95 %", "Toluca", "Toluca: al 95 %"]
    assert cifras["Toluca"][1] == "no se registra"


def test_las_frases_dicen_lo_probado_y_nada_mas(tabla: pd.DataFrame) -> None:
    (neza,) = hallazgos_conteo.de_cambios(pruebas_conteo.cambios(tabla, "2022").query("nombre == 'Neza'"))
    assert neza.startswith("**Neza**: de 2022 a 2025 la tasa bajó")
    assert "de 40 a 10 casos: más que el azar de los conteos" in neza
    assert "de 2024 a 2025 no se distingue un cambio" in neza
    assert "Con menos de 20 casos es poco preciso." in neza


def test_la_razon_entre_lugares_en_palabras() -> None:
    filas = pd.DataFrame([fila("2024", 90), fila("2024", 30, "MX-15106")])
    (frase,) = hallazgos_conteo.de_razones(pruebas_conteo.razones(filas), "Neza")
    assert frase.startswith("**Neza**, 2024: su tasa es 3.00 veces la de Toluca (")
    assert "mayor, más allá del azar de los conteos" in frase
    parecidas = pd.DataFrame([fila("2024", 31), fila("2024", 30, "MX-15106")])
    (otra,) = hallazgos_conteo.de_razones(pruebas_conteo.razones(parecidas), "Neza")
    assert "no se distingue de la de Toluca: es 1.03 veces la de Toluca (" in otra


def test_sin_casos_no_hay_razon_ni_cambio_que_decir() -> None:
    filas = pd.DataFrame([fila("2023", 0), fila("2024", 5), fila("2023", 3, "MX-15106"), fila("2024", 0, "MX-15106")])
    (frase,) = hallazgos_conteo.de_razones(pruebas_conteo.razones(filas), "Neza")
    assert "no hay razón que calcular" in frase
    neza, _ = hallazgos_conteo.de_cambios(pruebas_conteo.cambios(filas, "2023"))
    assert "sin casos en el primero no hay cambio que medir" in neza
