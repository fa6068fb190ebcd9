"""La ficha de un lugar: Nezahualcóyotl, Peñalolén, uno sin encuesta, un área de varios municipios y una URL mala."""

from __future__ import annotations

import io
import zipfile

import pytest
from test_paginas import Abrir, frases_de, sana, tabla_con

from atalaya import catalogo
from atalaya.informes import imagen, tablas
from atalaya.interfaz import datos, datos_ficha
from atalaya.interfaz.vistas import ficha

PAGINA = "indicadores/ficha"


@pytest.fixture(autouse=True)
def con_poblacion() -> None:
    """La ficha necesita un acervo con población: sin ella no hay municipios que elegir."""
    if datos.correr("municipios", anio=datos_ficha.ANIO_POBLACION).empty:
        pytest.skip("el acervo no trae población")


def test_nezahualcoyotl_por_su_municipio_o_por_su_area(abrir: Abrir) -> None:
    for clave in ("MX-15058", "MX-CD28"):
        prueba = sana(abrir(PAGINA, lugar=clave))
        assert prueba.query_params["lugar"] == "MX-15058"
        assert prueba.header[0].value == "Nezahualcóyotl, Estado de México"
        esencial = tabla_con(prueba, "Nacional").set_index("Indicador")
        confianza = esencial.loc["Tiene mucha o algo de confianza en la Policía Preventiva Municipal"]
        assert confianza["Cifra"] == "55.95\N{NO-BREAK SPACE}%"
        assert confianza["Lugar"].startswith("24.º\N{NO-BREAK SPACE}de\N{NO-BREAK SPACE}76")
        delitos = tabla_con(prueba, "Delito").set_index("Delito")
        assert delitos.loc["Homicidio doloso", ["Año", "Casos"]].tolist() == ["2025", "51"]
        assert "de mayor a menor es 24.º" in frases_de(prueba).replace("\N{NO-BREAK SPACE}", " ")


def test_abre_con_nezahualcoyotl_y_propone_pares_de_los_dos_paises(abrir: Abrir) -> None:
    prueba = sana(abrir(PAGINA))
    assert prueba.query_params["lugar"] == "MX-15058"
    dicho = frases_de(prueba)
    assert "**Chile**" in dicho
    assert "misma clase: denso y pegado a otro denso; con cifra propia de encuesta." in dicho


def test_penalolen_dice_lo_experimental_y_que_no_hay_confianza(abrir: Abrir) -> None:
    prueba = sana(abrir(PAGINA, lugar="CL-13122"))
    dicho = frases_de(prueba)
    assert "No hay cifra comunal de confianza en la policía" in dicho
    assert "experimental, de áreas pequeñas" in dicho
    assert "Lugar" not in tabla_con(prueba, "Nacional")
    delitos = tabla_con(prueba, "Delito").set_index("Delito")
    assert delitos.loc["Víctimas de homicidio consumado", "Casos"] == "13"


def test_un_lugar_sin_encuesta_lo_dice_y_da_lo_demas(abrir: Abrir) -> None:
    prueba = sana(abrir(PAGINA, lugar="MX-20001"))
    assert "Ninguna encuesta da cifra de este lugar" in frases_de(prueba)
    assert len(tabla_con(prueba, "Delito"))


def test_un_municipio_dentro_de_un_area_no_se_queda_con_su_cifra(abrir: Abrir) -> None:
    prueba = sana(abrir(PAGINA, lugar="MX-22014"))
    assert any("Del área urbana de **Querétaro**" in a.value for a in prueba.warning)


def test_un_area_de_varios_municipios_no_tiene_delitos_y_ofrece_los_suyos(abrir: Abrir) -> None:
    prueba = sana(abrir(PAGINA, lugar="MX-CD37"))
    assert any("se cuentan por municipio" in a.value for a in prueba.info)


def test_url_mala_avisa_y_muestra_la_de_siempre(abrir: Abrir) -> None:
    prueba = sana(abrir(PAGINA, lugar="MX-99999"))
    assert any("«MX-99999»" in a.value for a in prueba.warning)
    assert prueba.query_params["lugar"] == "MX-15058"


def test_un_lugar_sin_encuesta_no_tiene_figura_y_se_lleva_como_tabla(abrir: Abrir) -> None:
    prueba = sana(abrir(PAGINA, lugar="MX-20001"))
    assert not prueba.get("vega_lite_chart")
    assert [boton.label for boton in prueba.download_button] == ["CSV", "XLSX", "Todo (ZIP)", "Parquet"]


@pytest.mark.parametrize("lugar", ["MX-15058", "CL-13122"])
def test_la_figura_lleva_cada_esencial_con_su_error_y_la_nacional(monkeypatch: pytest.MonkeyPatch, lugar: str) -> None:
    monkeypatch.setattr(ficha.bloque, "enlace_actual", lambda: "https://ejemplo/ficha")
    armada = datos_ficha.armar(lugar)
    vista = ficha.vista_de(armada)
    filas = vista.figura().datos["filas"]
    assert len(filas) == len(armada.esenciales)
    assert filas["nacional_pct"].notna().all()
    assert (filas["ic_inf"] < filas["valor_pct"]).all()
    dibujo = imagen.svg(vista).decode()
    assert all(catalogo.indicador(clave).nombre_corto in dibujo for clave in armada.esenciales)
    assert "nacional" in dibujo


def test_se_descarga_entera(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ficha.bloque, "enlace_actual", lambda: "https://ejemplo/ficha")
    vista = ficha.vista_de(datos_ficha.armar("MX-15058"))
    texto = tablas.csv(vista).decode("utf-8-sig")
    assert "confianza_policia_municipal" in texto
    assert "homicidio_doloso" in texto
    assert zipfile.is_zipfile(io.BytesIO(tablas.xlsx(vista)))


def test_a_un_pueblo_no_se_le_proponen_ciudades(abrir: Abrir) -> None:
    """San Francisco Nuxaño (Oaxaca) es de los municipios con menos gente: ninguna ciudad con encuesta se le parece."""
    prueba = sana(abrir("indicadores/ficha", lugar="MX-20147"))
    dichos = [aviso.value for aviso in prueba.info]
    assert any("Ninguno con cifra propia de encuesta se le parece" in dicho for dicho in dichos)
