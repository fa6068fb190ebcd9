"""La página de incidencia: se entiende al abrir, no mezcla fuentes, dice lo que falta y lo que la prueba sostiene."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from acervo_de_incidencia import NEZA, PENALOLEN, SANTIAGO, TOLUCA, VIEJA, publicar_incidencia
from streamlit.testing.v1 import AppTest

from atalaya.informes import tablas
from atalaya.informes.vista import Vista
from atalaya.interfaz import bloque
from atalaya.interfaz.vistas import incidencia

Abrir = Callable[..., AppTest]
PAGINA = "indicadores/incidencia"
DELITO, VICTIMAS, CASOS = "homicidio_doloso", "victimas_homicidio", "casos_policiales"


@pytest.fixture(scope="module")
def juguete(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Un acervo con los conteos de `acervo_de_incidencia`."""
    raiz = tmp_path_factory.mktemp("incidencia")
    publicar_incidencia(raiz)
    return raiz


@pytest.fixture
def pagina(abrir: Abrir, juguete: Path, monkeypatch: pytest.MonkeyPatch) -> Abrir:
    """`pagina(lugar=…)`: la página de incidencia sobre el acervo de juguete, sin errores."""
    monkeypatch.setenv("ATALAYA_ACERVO", str(juguete))

    def _abrir(**url: str | list[str]) -> AppTest:
        prueba = abrir(PAGINA, **url)
        assert not prueba.exception, prueba.exception[0].message
        assert not prueba.error, prueba.error[0].value
        return prueba

    return _abrir


def dicho(prueba: AppTest) -> str:
    """Todo lo que la página dice en texto corrido."""
    partes = (*prueba.markdown, *prueba.caption, *prueba.warning, *prueba.info)
    return "\n".join(parte.value for parte in partes).replace("\N{NO-BREAK SPACE}", " ")


def alternativos(prueba: AppTest) -> list[str]:
    """El texto alternativo de cada figura."""
    return [figura.proto.alt for figura in prueba.get("vega_lite_chart")]


def tabla(prueba: AppTest, columna: str) -> pd.DataFrame:
    """La tabla de cifras que tiene esa columna, por periodo."""
    return next(t.value for t in prueba.table if columna in t.value.columns).set_index("Periodo")


def test_abre_con_los_dos_municipios_cada_quien_en_su_cuadro(pagina: Abrir) -> None:
    prueba = pagina()
    assert prueba.title[0].value == "Incidencia"
    assert [s.value for s in prueba.header] == [
        "Homicidio doloso: carpetas de investigación (SESNSP)",
        "Víctimas de homicidio consumado (SPD)",
    ]
    assert len(alternativos(prueba)) == 2
    assert not [a for a in prueba.warning if "El enlace" in a.value]
    assert "No son el mismo hecho" in prueba.warning[0].value
    assert tabla(prueba, "Nezahualcóyotl").loc["2020", "Nezahualcóyotl"] == "14.40 por 100 mil (144 casos)"
    assert tabla(prueba, "Peñalolén").loc["2024", "Peñalolén"] == "2.40 por 100 mil (6 casos)"


def test_un_acervo_sin_conteos_lo_dice(abrir: Abrir, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from registros_de_juguete import motor_con, poblacion

    motor_con(tmp_path, [], [poblacion()]).cerrar()
    monkeypatch.setenv("ATALAYA_ACERVO", str(tmp_path))
    prueba = abrir(PAGINA)
    assert not prueba.error
    assert "no trae conteos de delitos" in prueba.info[0].value
    assert not prueba.get("vega_lite_chart")


def test_url_que_no_existe_avisa_y_muestra_lo_de_siempre(pagina: Abrir) -> None:
    prueba = pagina(lugar="MX-99999", indicador="nada", desde="ayer", medida="kilos", base="1810")
    aviso = next(a.value for a in prueba.warning if "El enlace" in a.value)
    for malo in ("«MX-99999»", "«nada»", "«kilos»"):
        assert malo in aviso
    assert prueba.query_params["lugar"] == [NEZA, PENALOLEN]
    assert len(alternativos(prueba)) == 2


def test_el_area_de_un_municipio_es_su_municipio_y_lo_elegido_sigue(pagina: Abrir) -> None:
    prueba = pagina(lugar="MX-CD28", indicador=DELITO)
    assert prueba.query_params["lugar"] in (NEZA, [NEZA])
    assert "Nezahualcóyotl" in alternativos(prueba)[0]


def test_la_url_lleva_todo_y_lo_reproduce(pagina: Abrir) -> None:
    primera = pagina(
        lugar=[NEZA, TOLUCA], indicador=DELITO, por="mes", desde="2024-01", hasta="2025-06", medida="casos"
    )
    url = {clave: primera.query_params[clave] for clave in primera.query_params}
    assert url["por"] in ("mes", ["mes"])
    segunda = pagina(**url)
    assert {clave: segunda.query_params[clave] for clave in segunda.query_params} == url
    assert alternativos(segunda) == alternativos(primera)


def test_fuentes_distintas_jamas_comparten_eje(pagina: Abrir) -> None:
    prueba = pagina(indicador=[DELITO, VICTIMAS, CASOS], lugar=[NEZA, PENALOLEN, SANTIAGO])
    figuras = alternativos(prueba)
    assert len(figuras) == 3
    for figura in figuras:
        assert ("Nezahualcóyotl" in figura) != ("Peñalolén" in figura)


def test_el_cambio_desde_la_base_es_lo_unico_que_se_pone_junto(pagina: Abrir) -> None:
    prueba = pagina(indicador=[DELITO, VICTIMAS], lugar=[NEZA, PENALOLEN], medida="indice", base="2019")
    (figura,) = alternativos(prueba)
    assert "Nezahualcóyotl: carpetas" in figura
    assert "Peñalolén: víctimas" in figura
    assert "cada uno contra el 2019 de su propio lugar" in prueba.warning[0].value
    cifras = tabla(prueba, "Nezahualcóyotl")["Nezahualcóyotl"]
    assert cifras["2019"].startswith("0.0")
    assert cifras["2025"].startswith("\N{MINUS SIGN}50.0")
    assert cifras["2026"] == "cambia la serie"


def test_el_cambio_de_lo_que_nadie_escribio_no_se_pone_junto(pagina: Abrir) -> None:
    prueba = pagina(indicador=[DELITO, CASOS], lugar=[NEZA, PENALOLEN], medida="indice", base="2019")
    assert len(alternativos(prueba)) == 2
    assert any("tampoco se pone junto" in i.value and "Nadie ha escrito" in i.value for i in prueba.info)


def test_la_ficha_de_comparabilidad_de_las_dos_fuentes(pagina: Abrir) -> None:
    prueba = pagina()
    (ficha,) = [h.proto.body for h in prueba.get("html") if "Qué le hace a la cifra" in h.proto.body]
    assert "Aquí cada fuente va siempre en su eje" in ficha
    assert "sí se puede ver junto" in ficha


def test_una_base_en_cero_no_da_cambio(pagina: Abrir) -> None:
    prueba = pagina(indicador=DELITO, lugar=[NEZA, TOLUCA], medida="indice", base="2019")
    assert set(tabla(prueba, "Toluca")["Toluca"]) >= {"sin año base", "no se registra"}
    assert "son cero" in dicho(prueba)


def test_cada_ausencia_se_lee_distinta(pagina: Abrir) -> None:
    prueba = pagina(indicador=[DELITO, VICTIMAS], lugar=[NEZA, TOLUCA, PENALOLEN], desde="2018", hasta="2026")
    toluca, penalolen = tabla(prueba, "Toluca")["Toluca"], tabla(prueba, "Peñalolén")["Peñalolén"]
    assert toluca["2019"] == "0.00 por 100 mil (0 casos)"
    assert toluca["2024"] == "no se registra"
    assert penalolen["2021"] == "0.00 por 100 mil (0 casos)"
    assert penalolen["2026"] == "aún no publicado"
    notas = dicho(prueba)
    assert "**No se registra**: 2024 (Toluca)" in notas
    assert "**Aún no publicado**: 2026 (Peñalolén)" in notas


def test_un_anio_a_medias_y_la_ruptura_se_dicen_y_no_se_prueban(pagina: Abrir) -> None:
    prueba = pagina(indicador=DELITO, lugar=NEZA)
    assert "2026 lleva 5 de 12 meses (Nezahualcóyotl): su tasa va llevada a año" in dicho(prueba)
    assert "15 casos en 5 de 12 meses" in tabla(prueba, "Nezahualcóyotl").loc["2026", "Nezahualcóyotl"]
    frase = next(m.value for m in prueba.markdown if m.value.startswith("- **Nezahualcóyotl**"))
    assert "de 2019 a 2025 la tasa bajó" in frase
    assert "de 144 a 72 casos: más que el azar de los conteos" in frase
    assert "2026" not in frase
    assert any("Enero de 2026" in a.value and "no se calcula ningún cambio" in a.value for a in prueba.warning)


def test_la_razon_entre_lugares_de_la_misma_fuente(pagina: Abrir) -> None:
    notas = dicho(pagina(indicador=CASOS, lugar=[PENALOLEN, SANTIAGO]))
    assert "**Peñalolén**, 2025: su tasa es 0.45 veces la de Santiago (0.44 a 0.46): menor" in notas


def test_pocos_casos_se_dicen_poco_precisos(pagina: Abrir) -> None:
    notas = dicho(pagina(indicador=VICTIMAS, lugar=PENALOLEN))
    assert "no se distingue un cambio" in notas
    assert "Con menos de 20 casos es poco preciso." in notas


def test_con_el_censo_solo_hay_tasa_de_su_anio(pagina: Abrir) -> None:
    prueba = pagina(indicador=VICTIMAS, lugar=PENALOLEN, denominador="censo")
    cifras = tabla(prueba, "Peñalolén")["Peñalolén"]
    assert cifras["2024"] == "3.00 por 100 mil (6 casos)"
    assert cifras["2023"] == "sin población"
    assert "Censo de Población y Vivienda 2024" in dicho(prueba)
    assert "nada que probar" in dicho(prueba)


def test_el_censo_no_se_ofrece_si_no_hay_lugares_de_chile(pagina: Abrir) -> None:
    prueba = pagina(indicador=DELITO, lugar=NEZA)
    assert "denominador" not in prueba.query_params
    assert "CONAPO" in dicho(prueba)


def test_por_mes_se_queda_lo_que_se_publica_por_mes(pagina: Abrir) -> None:
    prueba = pagina(indicador=[DELITO, VICTIMAS], por="mes", lugar=[NEZA, PENALOLEN])
    assert any("sólo se tiene por año" in i.value for i in prueba.info)
    (figura,) = alternativos(prueba)
    assert "Peñalolén" not in figura
    assert tabla(prueba, "Nezahualcóyotl").loc["Mayo de 2025", "Nezahualcóyotl"] == "7.20 por 100 mil (6 casos)"


def test_un_delito_sin_lugar_de_su_pais_dice_que_hacer(pagina: Abrir) -> None:
    prueba = pagina(indicador=[DELITO, VICTIMAS], lugar=NEZA)
    assert any("es de Chile: elija un lugar de ahí" in i.value for i in prueba.info)
    assert len(alternativos(prueba)) == 1


def test_las_revisiones_dicen_que_dijo_cada_edicion(pagina: Abrir) -> None:
    prueba = pagina(indicador=DELITO, lugar=NEZA, por="mes", desde="2025-01", hasta="2025-04")
    ediciones = next(t.value for t in prueba.table if "Edición" in t.value.columns)
    assert set(ediciones["Cuándo"]) == {"enero de 2025", "febrero de 2025", "marzo de 2025"}
    de_enero = ediciones[ediciones["Cuándo"] == "enero de 2025"]
    assert list(de_enero["Casos"]) == ["**6**", "**5**"]
    assert list(de_enero["Archivo"]) == ["juguete.csv", VIEJA]
    assert "la que se muestra" in de_enero["Edición"].iloc[0]
    sin = pagina(indicador=DELITO, lugar=NEZA, por="mes", desde="2024-01", hasta="2024-04")
    assert not [t for t in sin.table if "Edición" in t.value.columns]


def test_delitos_que_se_enciman_se_avisan(pagina: Abrir, monkeypatch: pytest.MonkeyPatch) -> None:
    pareja = {"indicador": [VICTIMAS, CASOS], "lugar": PENALOLEN}
    assert "comparten casos: no se suman" not in dicho(pagina(**pareja))
    monkeypatch.setattr(incidencia, "se_enciman", lambda a, b: {a, b} == {VICTIMAS, CASOS})
    assert "comparten casos: no se suman" in dicho(pagina(**pareja))


def test_descarga_y_ficha_de_conteos(pagina: Abrir, monkeypatch: pytest.MonkeyPatch) -> None:
    vistas: list[Vista] = []
    monkeypatch.setattr(bloque, "descargas", lambda vista, *_: vistas.append(vista))
    prueba = pagina(indicador=[DELITO, VICTIMAS], lugar=[NEZA, PENALOLEN], desde="2024", hasta="2026")
    (vista,) = vistas
    filas = list(csv.DictReader(io.StringIO(tablas.csv(vista).decode("utf-8-sig"), newline="")))
    neza = next(f for f in filas if (f["lugar"], f["periodo"]) == (NEZA, "2024"))
    assert (neza["casos"], neza["poblacion"], float(neza["tasa_100k"])) == ("72", "1000000", pytest.approx(7.2))
    assert "CONAPO" in neza["cita"] or "Consejo Nacional de Población" in neza["cita"]
    ficha = next(h.proto.body for h in prueba.get("html") if "Qué se cuenta" in h.proto.body)
    for rotulo in ("Denominador", "Intervalo", "Edición", "Licencia", "Cita"):
        assert f"<dt>{rotulo}</dt>" in ficha


def test_ofrece_las_cuatro_descargas_y_toda_figura_su_texto(pagina: Abrir) -> None:
    prueba = pagina()
    rotulos = [boton.label for boton in prueba.download_button]
    assert [r for r in rotulos if r in ("CSV", "XLSX", "PNG", "SVG")] == ["CSV", "XLSX", "PNG", "SVG"]
    assert all(len(alternativo) > 80 for alternativo in alternativos(prueba))
    assert any("Ficha" in plegado.label for plegado in prueba.expander)


def test_datos_y_metodologia_traen_lo_que_se_cuenta(pagina: Abrir, abrir: Abrir) -> None:
    pagina()
    datos = abrir("datos/datos", buscar="homicidio", indicador=DELITO)
    assert not datos.error
    assert "**2** lugares" in "\n".join(m.value for m in datos.markdown)
    assert any("homicidio_doloso" in str(t.value) for t in datos.table)
    metodo = abrir("datos/metodologia")
    assert not metodo.error
    textos = "\n".join(t.value.to_string() for t in metodo.table)
    for dicho_ in ("no se registra", "aún no publicado", "sin población", "CONAPO"):
        assert dicho_ in textos, dicho_


def test_sobre_el_acervo_del_proyecto_da_las_cifras_oficiales(abrir: Abrir) -> None:
    """Carpetas de homicidio doloso de Nezahualcóyotl, 2016-2025, y víctimas de la SPD en Peñalolén, 2018-2025."""
    prueba = abrir(PAGINA, lugar=[NEZA, PENALOLEN], indicador=[DELITO, VICTIMAS], medida="casos", desde="2016")
    assert not prueba.error
    neza, penalolen = tabla(prueba, "Nezahualcóyotl")["Nezahualcóyotl"], tabla(prueba, "Peñalolén")["Peñalolén"]
    oficiales = (135, 146, 162, 181, 112, 125, 113, 99, 74, 51)
    assert [neza[str(2016 + k)] for k in range(10)] == [f"{n} casos" for n in oficiales]
    assert [penalolen[str(2018 + k)] for k in range(8)] == [f"{n} casos" for n in (9, 9, 13, 9, 13, 11, 6, 13)]
