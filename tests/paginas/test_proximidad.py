"""La página de proximidad: las cifras oficiales, la tesis con sus números, y lo que no hay, dicho."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest
from test_paginas import CONFIANZA, NEZA, Abrir, frases_de, sana, tabla_con

from atalaya.interfaz.vistas import policias
from tests.registros_de_juguete import con_registros, conteo, poblacion

PAGINA = "indicadores/proximidad"


def policia(lugar: str, cuantos: int | None, **cambios: object) -> dict[str, object]:
    """Los policías de un municipio, como los da el CNGMD."""
    fijos = {"fuente": "cngmd", "indicador": policias.INDICADOR, "edicion": "2020", "archivo": "cngmd.csv"}
    estado = "dato" if cuantos is not None else "no_disponible"
    return conteo("2020", cuantos, lugar=lugar, estado=estado, metodo="citada", **fijos, **cambios)


@pytest.fixture(scope="module")
def acervo_con_policias(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """El acervo del proyecto y, además, dos municipios con policías contados."""
    conteos = [policia("MX-15058", 1_500), policia("MX-22014", 1_168), policia("MX-23005", None)]
    gente = [poblacion("MX-15058", 2020, 1_000_000), poblacion("MX-22014", 2020, 1_000_000)]
    return con_registros(tmp_path_factory.mktemp("policias"), conteos, gente)


@pytest.fixture
def con_policias(acervo_con_policias: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Las páginas leen el acervo con policías."""
    monkeypatch.setenv("ATALAYA_ACERVO", str(acervo_con_policias))


def test_las_tres_cifras_y_su_prueba_contra_la_nacional(abrir: Abrir) -> None:
    prueba = sana(abrir(PAGINA, lugar="MX-15058", periodo="2025T2"))
    tabla = tabla_con(prueba, "Nacional").set_index("Indicador")
    assert tabla.loc["Confianza: policía municipal", "Cifra"] == "55.95\N{NO-BREAK SPACE}%"
    assert tabla.loc["Efectividad: policía municipal", "Nacional"].startswith("46.4")
    assert "Identifica: policía municipal. La cifra de Nezahualcóyotl supera a la nacional en" in frases_de(prueba)


def test_chile_no_se_rellena(abrir: Abrir) -> None:
    assert "En Chile no hay policía municipal" in frases_de(sana(abrir(PAGINA)))


def test_la_tesis_dice_lo_que_dan_sus_cifras(abrir: Abrir) -> None:
    prueba = sana(abrir(PAGINA))
    dicho = frases_de(prueba)
    assert "**«Más cercanía, más confianza»** no aparece en estas cifras" in dicho
    assert "por cada punto más de confianza hay 0.40 puntos menos de inseguridad (de 0.29 a 0.51)" in dicho
    assert "no se asocian más allá del error (−0.01 puntos por punto, de −0.12 a +0.10)" in dicho
    assert "Lo que esto no prueba" in [s.value for s in prueba.header]
    assert "No se cuenta aparte Torreón, que está dentro de La Laguna" in dicho
    coeficientes = tabla_con(prueba, "Coeficiente")
    assert len(coeficientes) == 10
    assert (
        "Confía en ella → se siente insegura, dentro de cada ciudad: −0.40"
        in prueba.get("vega_lite_chart")[1].proto.alt
    )


def test_el_par_y_los_puntos_van_en_la_url_y_cambian_la_dispersion(abrir: Abrir) -> None:
    url = {"lugar": "MX-CD27", "periodo": "2024T2", "par": "identifica_confianza", "puntos": "periodo"}
    prueba = sana(abrir(PAGINA, **url))
    assert {clave: prueba.query_params[clave] for clave in url} == url
    alt = prueba.get("vega_lite_chart")[2].proto.alt
    assert "Identifica a la policía → confía en ella, junio de 2024" in alt
    assert "Ecatepec: x" in alt
    assert "Entre ciudades, en junio de 2024" in frases_de(prueba)
    prueba.selectbox(key="par").set_value("efectividad_inseguridad").run()
    assert sana(prueba).query_params["par"] == "efectividad_inseguridad"
    assert "La ve efectiva → se siente insegura" in prueba.get("vega_lite_chart")[2].proto.alt


def test_url_mala_avisa(abrir: Abrir) -> None:
    prueba = sana(abrir(PAGINA, par="amor_odio", puntos="todos"))
    aviso = next(a.value for a in prueba.warning if "El enlace" in a.value)
    assert "«amor_odio» no es una opción de par" in aviso
    assert prueba.query_params["par"] == "confianza_inseguridad"


def test_una_alcaldia_no_tiene_policia_municipal_y_se_dice(abrir: Abrir) -> None:
    prueba = sana(abrir(PAGINA, lugar="MX-CD76", periodo="2025T2"))
    assert set(tabla_con(prueba, "Nacional")["Cifra"]) == {"no aplica"}
    dicho = frases_de(prueba)
    assert "**No aplica**: Iztapalapa" in dicho
    assert "**Iztapalapa** no está en la dispersión" in dicho


def test_policias_sin_publicar_se_dice(abrir: Abrir, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATALAYA_ACERVO", str(con_registros(tmp_path, [conteo()], [])))
    assert "**No publicado**: el acervo no trae el personal de las policías" in frases_de(sana(abrir(PAGINA)))


def test_policias_por_mil_habitantes(abrir: Abrir, con_policias: None) -> None:
    prueba = sana(abrir(PAGINA, lugar="MX-CD28"))
    dicho = frases_de(prueba)
    assert "**Nezahualcóyotl**: 1.50 por cada mil habitantes al cierre de 2020 (1,500 policías preventivos)." in dicho
    tabla = tabla_con(prueba, "Policías").set_index("Municipio")
    assert tabla.loc[f"**{NEZA}**", "Por mil"] == "1.50"
    assert tabla.loc["Querétaro", "Por mil"] == "1.17"
    assert len(tabla) == 2  # el que no tiene dato no es un cero
    assert any("no lleva intervalo de Poisson" in c.value for c in prueba.caption)


def test_policias_de_un_area_de_varios_municipios(abrir: Abrir, con_policias: None) -> None:
    dicho = frases_de(sana(abrir(PAGINA, lugar="MX-CD37")))
    assert "1.17 por cada mil habitantes al cierre de 2020 (1,168 policías preventivos) en el municipio de Qu" in dicho
    assert "municipios suyos no hay dato" in dicho
    assert "**Tijuana**: no publicado" in frases_de(sana(abrir(PAGINA, lugar="MX-CD03")))


def test_sin_poblacion_no_hay_tasa() -> None:
    filas = pd.DataFrame(
        {"lugar": ["MX-15058"], "periodo": ["2020"], "estado": ["dato"], "casos": [9], "poblacion": [None]}
    )
    hecha = policias._con_tasa(filas.assign(nombre=NEZA, proyeccion=None, metodo="citada"))
    assert hecha["por_mil"].isna().all()
    assert "no publicado" in policias.frase(hecha, "MX-CD28")


def test_se_lleva_todo_el_panel_con_su_cita(abrir: Abrir) -> None:
    prueba = sana(abrir(PAGINA))
    rotulos = [boton.label for boton in prueba.download_button]
    assert rotulos[0] == "Coeficientes (CSV)"
    from atalaya.informes import tablas
    from atalaya.interfaz import datos
    from atalaya.interfaz.vistas import proximidad, tesis

    panel = datos.correr("panel", indicadores=tesis.INDICADORES, desglose="total")
    panorama = datos.correr("panorama", indicadores=tesis.INDICADORES, periodo="2025T2", desglose="total")
    llevado = proximidad._con_periodo(panel, panorama)
    assert {"MX", "MX-05035"} <= set(llevado["lugar"])
    assert not llevado.duplicated(["indicador", "lugar", "periodo"]).any()
    assert CONFIANZA in set(llevado["indicador"])
    una = tesis.armar(panel, tesis.PAR, "MX-CD28", "2025T2", "promedio")
    assert b"confianza_inseguridad,confianza_policia_municipal" in tablas.csv_llano(una.ajustes)


def test_las_demas_paginas_no_cargan_la_biblioteca_de_regresiones() -> None:
    """Tarda casi un segundo y sólo la usa ésta: arrancar el servidor no la importa."""
    guion = "import sys, atalaya.interfaz.vistas.todas; sys.exit(any(m.startswith('statsmodels') for m in sys.modules))"
    assert subprocess.run([sys.executable, "-c", guion], capture_output=True, check=False).returncode == 0
