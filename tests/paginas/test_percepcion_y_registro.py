"""La página de percepción y registro: las dos cosas con su error, lo que prueban, y lo que no hay."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest
from test_paginas import NEZA, Abrir, frases_de, sana, tabla_con

from tests.registros_de_juguete import con_registros, conteo, poblacion

PAGINA = "indicadores/percepcion_y_registro"
HOMICIDIOS = {2019: 180, 2020: 120, 2021: 115, 2024: 75, 2025: 50}


@pytest.fixture(scope="module")
def acervo_con_conteos(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """El acervo del proyecto con conteos de juguete de Nezahualcóyotl (año y mes) y de Peñalolén."""
    conteos = [conteo(str(anio), casos, edicion="2025", archivo="neza.csv") for anio, casos in HOMICIDIOS.items()]
    conteos += [conteo(f"2022-{mes:02d}", 4, edicion="2025", archivo="meses.csv") for mes in range(1, 13)]
    chile = {"fuente": "cead", "indicador": "casos_policiales", "lugar": "CL-13122", "archivo": "cead.csv"}
    conteos += [conteo(str(anio), casos, edicion="2024", **chile) for anio, casos in ((2019, 12_000), (2024, 9_000))]
    gente = [poblacion(lugar, anio, 1_000_000) for lugar in ("MX-15058", "CL-13122") for anio in range(2018, 2026)]
    return con_registros(tmp_path_factory.mktemp("registro"), conteos, gente)


@pytest.fixture
def con_conteos(acervo_con_conteos: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Las páginas leen el acervo con conteos."""
    monkeypatch.setenv("ATALAYA_ACERVO", str(acervo_con_conteos))


def test_cada_serie_en_su_cuadro_con_su_tabla(abrir: Abrir, con_conteos: None) -> None:
    prueba = sana(abrir(PAGINA, lugar="MX-15058", desde="2019", hasta="2025"))
    textos = [figura.proto.alt for figura in prueba.get("vega_lite_chart")]
    assert [t.partition("(")[0].removeprefix("Gráfico de líneas. ") for t in textos] == [
        "Se dice: Percepción de inseguridad en la ciudad ",
        "Se dice: Hogares con al menos una víctima de robo, extorsión o fraude ",
        "Se registra: Homicidio doloso: carpetas de investigación ",
    ]
    tabla = prueba.table[-1].value.set_index("Periodo")
    assert tabla.loc["2019", NEZA] == "18.00 por 100 mil (180 casos)"
    assert tabla.loc["2022", NEZA] == "4.80 por 100 mil (48 casos)"  # sumado de sus meses
    assert tabla.loc["2023", NEZA] == "falta su archivo"
    assert tabla.loc["2019", f"{NEZA}: al 95 %"] == "15.47 a 20.83".replace(" ", "\N{NO-BREAK SPACE}")
    assert tabla_con(prueba, "Periodo").set_index("Periodo").loc["Junio de 2025", NEZA] == "64.86\N{NO-BREAK SPACE}%"


def test_dice_si_cada_cosa_cambio_mas_que_su_error(abrir: Abrir, con_conteos: None) -> None:
    dicho = frases_de(sana(abrir(PAGINA, lugar="MX-CD28", desde="2019", hasta="2025")))
    assert "inseguridad en la ciudad, y homicidio doloso (Nezahualcóyotl)**: las dos bajan más que su error." in dicho
    assert "Se dice: de marzo de 2019 a junio de 2025 bajó, −12.9 puntos (± 8.7), de 77.8 % a 64.9 %" in dicho
    assert "Se registra: de 2019 a 2025 la tasa bajó, −72.2 %" in dicho
    # La cuenta de hogares víctimas cambia en 2024S2: se compara hasta 2024S1.
    assert "de 1.er semestre de 2019 a 1.er semestre de 2024 bajó" in dicho
    for motivo in ("No todo se denuncia", "Memoria", "Territorio", "Calendario"):
        assert f"**{motivo}.**" in dicho


def test_los_cuadros_comparten_los_anios_y_no_el_eje(abrir: Abrir, con_conteos: None) -> None:
    prueba = sana(abrir(PAGINA, lugar="MX-CD28", desde="2019", hasta="2025"))
    specs = [json.loads(figura.proto.spec) for figura in prueba.get("vega_lite_chart")]
    margenes = {json.dumps(spec["config"]["axisY"]) for spec in specs}
    assert len(margenes) == 1
    titulos = [str(spec).count("al año por 100 mil") > 0 for spec in specs]
    assert titulos == [False, False, True]


def test_el_registro_se_puede_ver_por_mes(abrir: Abrir, con_conteos: None) -> None:
    prueba = sana(abrir(PAGINA, lugar="MX-CD28", desde="2021", hasta="2022", por="mes"))
    assert "Junio de 2022" in set(prueba.table[-1].value["Periodo"])
    assert prueba.query_params["por"] == "mes"


def test_penalolen_dice_que_solo_hay_un_anio_y_no_toma_su_region(abrir: Abrir, con_conteos: None) -> None:
    prueba = sana(abrir(PAGINA, lugar="CL-13122"))
    dicho = frases_de(prueba)
    assert "La ENUSC sólo da cifra de Peñalolén en 2023" in dicho
    assert "sin dos años con cifra comparable suya y de casos policiales de todas las familias (Peñalolén)" in dicho
    assert (
        "Se registra. Casos policiales de todas las familias. **Peñalolén**: de 2019 a 2024 la tasa bajó, −25.0 %"
        in dicho
    )
    tabla = tabla_con(prueba, "Peñalolén").set_index("Periodo")
    assert tabla.loc["2023", "Peñalolén"].startswith("33.65")
    assert tabla.loc["2024", "Peñalolén"] == "no publicado"
    assert "Metropolitana" in tabla.columns


def test_sin_conteos_se_dice_y_queda_la_encuesta(abrir: Abrir) -> None:
    prueba = sana(abrir(PAGINA, lugar="MX-CD27", registra=""))
    assert any("del registro" in i.value or "no trae conteos" in i.value for i in prueba.info)
    assert len(prueba.get("vega_lite_chart")) == 2
    assert "Se dice. **Percepción de inseguridad en la ciudad**" in frases_de(prueba)


def test_vacia_dice_que_elegir(abrir: Abrir) -> None:
    prueba = sana(abrir(PAGINA, dice="", registra=""))
    assert "Falta elegir" in prueba.info[0].value


def test_url_mala_avisa(abrir: Abrir, con_conteos: None) -> None:
    prueba = sana(abrir(PAGINA, dice="nada", registra="nada", por="siglo", lugar="MX-CD28"))
    aviso = next(a.value for a in prueba.warning if "El enlace" in a.value)
    assert "«nada» no es una opción de dice" in aviso
    assert prueba.query_params["dice"] == ["inseguridad_ciudad", "hogares_victimas"]


def test_la_descarga_lleva_las_dos_cosas(abrir: Abrir, con_conteos: None) -> None:
    from atalaya.informes import imagen, tablas
    from atalaya.interfaz.filtros_contraste import Pedido
    from atalaya.interfaz.vistas import percepcion_y_registro as vistas

    sana(abrir(PAGINA, lugar="MX-CD28"))
    pedido = Pedido("MX-CD28", ("inseguridad_ciudad",), ("homicidio_doloso",), "anio", "2019", "2025", "inegi")
    consultadas = vistas.consultar(pedido)
    vista = vistas._vista(pedido, consultadas, vistas._cuadros(pedido, consultadas), ["**Una** frase"])
    filas = list(csv.DictReader(io.StringIO(tablas.csv(vista).decode("utf-8-sig"), newline="")))
    por_clave = {(f["indicador"], f["lugar"], f["periodo"]): f for f in filas}
    assert por_clave["homicidio_doloso", "MX-15058", "2019"]["casos"] == "180"
    assert por_clave["homicidio_doloso", "MX-15058", "2019"]["valor_pct"] == ""
    assert por_clave["inseguridad_ciudad", "MX-CD28", "2025T2"]["casos"] == ""
    assert float(por_clave["inseguridad_ciudad", "MX-CD28", "2025T2"]["valor_pct"]) == pytest.approx(64.86, abs=0.01)
    libro = openpyxl.load_workbook(io.BytesIO(tablas.xlsx(vista)))
    assert libro.sheetnames == ["datos", "definiciones", "fuentes"]
    svg = imagen.svg(vista).decode("utf-8")
    assert "Se registra: Homicidio doloso" in svg
    assert "INEGI" in svg
