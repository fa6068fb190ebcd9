"""Compromisos y evaluaciones como las ve una persona: vacías, con lo del proyecto y con lo que trae la visita."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from seguimiento_de_juguete import HOSTIL, compromiso, compromisos, evaluaciones, recomendacion, responde, tabla
from streamlit.testing.v1 import AppTest

from atalaya.seguimiento import CARPETA, contratos

RAIZ = Path(__file__).resolve().parents[2]
COMPROMISOS, EVALUACIONES = "seguimiento/compromisos", "seguimiento/evaluaciones"
HOY = "2024-07-15"
Propia = Callable[..., AppTest]


@pytest.fixture
def propia() -> Propia:
    """`propia(pagina, tablas, plan="p1")`: la página con esas tablas en la sesión de la visita y esa URL."""

    def _abrir(pagina: str, tablas: dict[str, Any], **url: str) -> AppTest:
        prueba = AppTest.from_file(str(RAIZ / "app.py"), default_timeout=60)
        prueba.session_state["tablas_propias"] = tablas
        for clave, valor in url.items():
            prueba.query_params[clave] = valor
        prueba.switch_page(f"pages/{pagina}.py")
        prueba.run()
        assert not prueba.exception, prueba.exception[0].message
        assert not prueba.error, prueba.error[0].value
        return prueba

    return _abrir


def vacias() -> dict[str, Any]:
    """Todas las tablas sin ninguna fila."""
    return {nombre: tabla(nombre) for nombre in contratos()}


def texto(prueba: AppTest) -> str:
    """Todo lo que la página dice fuera de sus tablas y figuras."""
    partes = [m.value for m in prueba.markdown] + [c.value for c in prueba.caption] + [i.value for i in prueba.info]
    return " ".join(partes).replace("\N{NO-BREAK SPACE}", " ")


def tabla_de(prueba: AppTest, columna: str, k: int = 0) -> pd.DataFrame:
    """La k-ésima tabla que tiene esa columna."""
    return [t.value for t in prueba.table if columna in t.value.columns][k]


def test_compromisos_sin_ninguno_ofrece_la_plantilla(propia: Propia) -> None:
    prueba = propia(COMPROMISOS, vacias())
    assert "Todavía no hay compromisos" in prueba.info[0].value
    assert "Plantilla de compromisos (CSV)" in [boton.label for boton in prueba.download_button]


def test_quien_va_tarde_con_sus_responsables(propia: Propia) -> None:
    prueba = propia(COMPROMISOS, compromisos(), hoy=HOY)
    assert "Al 15 de julio de 2024, **un compromiso con reporte va tarde**" in texto(prueba)
    tarde = tabla_de(prueba, "Responsables")
    assert list(tarde["Compromiso"]) == ["**Alumbrado**"]
    assert "45 días" in tarde["Plazo"][0]
    assert "60" in tarde["Avance"][0]
    assert tarde["Responsables"][0] == "Obras, Públicas"
    assert "nadie reportó su avance" in texto(prueba)


def test_la_fecha_de_la_url_cambia_quien_va_tarde_y_se_conserva(propia: Propia) -> None:
    prueba = propia(COMPROMISOS, compromisos(), hoy="2024-05-31")
    assert "ningún compromiso con reporte va tarde" in texto(prueba)
    assert prueba.query_params["hoy"] == "2024-05-31"
    mala = propia(COMPROMISOS, compromisos(), hoy="ayer")
    assert any("«ayer»" in aviso.value for aviso in mala.warning)
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", str(mala.query_params["hoy"]))


def test_donde_discrepan_va_primero_con_las_dos_voces_al_lado(propia: Propia) -> None:
    prueba = propia(COMPROMISOS, compromisos(), hoy=HOY)
    voces = tabla_de(prueba, "Las dos voces")
    assert "Cabildo abierto" in voces["Compromiso"][0]
    assert voces["Las dos voces"][0] == "≠ discrepan"
    assert "100" in voces["Lo que reporta el gobierno"][0]
    assert "limitado" in voces["Quien califica por fuera"][0]
    assert "**en uno discrepan**" in texto(prueba)


def test_el_avance_se_dibuja_con_cuantos_faltan(propia: Propia) -> None:
    prueba = propia(COMPROMISOS, compromisos(), hoy=HOY)
    alternativo = prueba.get("vega_lite_chart")[0].proto.alt
    assert "67" in alternativo
    assert "2 de 5 compromisos sin reporte" in alternativo
    assert "Eje uno" in alternativo
    assert "5 de 6 compromisos" in str(tabla_de(prueba, "Enumerados y declarados").to_dict())


@pytest.mark.parametrize(
    ("filtro", "quedan"),
    [
        ({"asunto": "agua_y_mas"}, {"1. Alumbrado"}),
        ({"organizacion": "vecinas_en_red"}, {"1. Alumbrado"}),
        ({"estado": "discrepan"}, {"2. Cabildo abierto"}),
        ({"estado": "vencido_sin_reporte"}, {"4. Datos abiertos"}),
        ({"buscar": "CAMARAS"}, {"3. Cámaras"}),
        ({"plan": "p1"}, {"1. Alumbrado", "2. Cabildo abierto", "3. Cámaras", "4. Datos abiertos", "5. Escuelas"}),
    ],
)
def test_cada_filtro_vive_en_la_url(propia: Propia, filtro: dict[str, str], quedan: set[str]) -> None:
    prueba = propia(COMPROMISOS, compromisos(), hoy=HOY, **filtro)
    assert {nombre.replace("\\.", ".") for nombre in tabla_de(prueba, "Situación")["Compromiso"]} == quedan
    assert {clave: prueba.query_params[clave] for clave in filtro} == filtro
    assert not prueba.warning


def test_un_filtro_que_no_existe_avisa_y_uno_que_no_deja_nada_lo_dice(propia: Propia) -> None:
    assert any("«nada»" in aviso.value for aviso in propia(COMPROMISOS, compromisos(), hoy=HOY, plan="nada").warning)
    assert "Ningún compromiso con esos filtros" in texto(propia(COMPROMISOS, compromisos(), hoy=HOY, buscar="zzz"))


def test_el_detalle_trae_responsables_historia_y_calificacion(propia: Propia) -> None:
    prueba = propia(COMPROMISOS, compromisos(), hoy=HOY, compromiso="a")
    dicho = texto(prueba)
    assert "**Corresponsables**\n\n- Vecinas en red" in dicho
    assert "oficio 12" in dicho
    assert list(tabla_de(prueba, "Corte")["Corte"]) == ["15 de junio de 2024", "15 de enero de 2024"]
    assert "15 de enero de 2024, 20" in prueba.get("vega_lite_chart")[1].proto.alt.replace("\N{NO-BREAK SPACE}", " ")
    assert "el documento no las enumera" in dicho
    calificacion = tabla_de(prueba, "Dimensión").set_index("Dimensión")["Calificación"]
    assert calificacion["¿Cuánto se cumplió?"] == "sustancial"
    assert "Ningún indicador se le ha ligado" in dicho


def test_cumplido_se_pone_al_lado_de_si_el_resultado_se_movio(propia: Propia) -> None:
    """Con las cifras del acervo: de 2019T1 a 2025T2 la confianza en Nezahualcóyotl no cambió más que su error."""
    liga = {
        "objeto": "compromisos",
        "clave": "b",
        "indicador": "confianza_policia_municipal",
        "lugar": "MX-15058",
        "sentido": "sube",
        "antes": "2019T1",
        "despues": "2025T2",
        "quien_liga": "la prueba",
        "razon": "de juguete",
    }
    tablas = compromisos(indicadores_ligados=tabla("indicadores_ligados", liga))
    prueba = propia(COMPROMISOS, tablas, hoy=HOY, compromiso="b")
    assert "**Cabildo abierto: avance reportado, 100 % (sin meta dicha)**; el resultado no se movió" in texto(prueba)
    fila = tabla_de(prueba, "Lectura")
    assert fila["Antes"][0].replace("\N{NO-BREAK SPACE}", " ").startswith("58.1 %")
    assert fila["Lectura"][0] == "≈ no se movió más que su error"
    resultado = tabla_de(prueba, "Resultado", 0).set_index("Compromiso")["Resultado"]
    assert resultado["2\\. Cabildo abierto"] == "el resultado no se movió más que su error"
    assert resultado["1\\. Alumbrado"] == "ninguno ligado"


def test_nada_de_lo_que_trae_un_dato_se_pinta_como_marca(propia: Propia) -> None:
    tablas = compromisos(
        compromisos=tabla(
            "compromisos", compromiso("a", nombre=HOSTIL, tema=HOSTIL, problema=HOSTIL, descripcion=HOSTIL)
        ),
        responsables=tabla("responsables", responde("a", HOSTIL)),
    )
    for prueba in (
        propia(COMPROMISOS, tablas, hoy=HOY, compromiso="a"),
        propia(
            EVALUACIONES,
            evaluaciones(
                recomendaciones=tabla("recomendaciones", recomendacion("r1", 1, texto=HOSTIL, criterio=HOSTIL))
            ),
        ),
    ):
        dichos = [m.value for m in prueba.markdown] + [s.value for s in prueba.header]
        dichos += [str(celda) for t in prueba.table for celda in t.value.to_numpy().ravel()]
        hostiles = [d for d in dichos if "alert(1)" in d]
        assert hostiles
        for dicho in hostiles:
            assert not re.search(r"(?<!\\)<script|(?<!\\)!\[|(?<!\\)\[clic|(?<!\\)\*\*negrita", dicho), dicho
        assert "<script" not in " ".join(h.proto.body for h in prueba.get("html"))


def test_evaluaciones_sin_ninguna_ofrece_la_plantilla(propia: Propia) -> None:
    assert "Todavía no hay evaluaciones" in propia(EVALUACIONES, vacias()).info[0].value


def test_el_reloj_se_ve_y_se_dice(propia: Propia) -> None:
    prueba = propia(EVALUACIONES, evaluaciones(), hoy="2021-03-01")
    assert "hasta **180 días**" in texto(prueba)
    assert "**357 días**" in texto(prueba)
    assert "357 días" in prueba.get("vega_lite_chart")[0].proto.alt


def test_donde_discrepan_la_autoridad_y_el_observatorio(propia: Propia) -> None:
    prueba = propia(EVALUACIONES, evaluaciones(), hoy="2021-03-01")
    assert "de 4 recomendaciones **discrepan en 1** y coinciden en 1" in texto(prueba)
    assert "De 2 la autoridad no ha dicho nada" in texto(prueba)
    voces = tabla_de(prueba, "La autoridad")
    assert voces["Las dos voces"][0] == "≠ discrepan"
    assert voces["La autoridad"][0].startswith("**atendida**: «Se adecuó.» (10 de enero de 2021; oficio 7")
    assert voces["El observatorio"][0].startswith("**atendida en parte**")
    assert "discrepan en 1" in prueba.get("vega_lite_chart")[1].proto.alt
    assert len(tabla_de(prueba, "Postura")) == 6
    filtrada = propia(EVALUACIONES, evaluaciones(), hoy="2021-03-01", acuerdo="coinciden")
    assert list(tabla_de(filtrada, "La autoridad")["Recomendación"]) == ["**2\\. Recomendación r2**"]


def test_sin_recomendaciones_lo_dice_y_ofrece_como_traerlas(propia: Propia) -> None:
    tablas = evaluaciones(recomendaciones=tabla("recomendaciones"), voces=tabla("voces"))
    prueba = propia(EVALUACIONES, tablas, hoy="2021-03-01")
    assert "El documento no enumera ninguna recomendación" in prueba.info[0].value
    botones = [boton.label for boton in prueba.download_button]
    assert "Plantilla de recomendaciones (CSV)" in botones
    assert "Plantilla de voces (CSV)" in botones
    matriz = tabla_de(prueba, "Criterio")
    assert set(matriz["género"]) == {"no enumera"}, "sin recomendaciones enumeradas no es un cero"


@pytest.mark.parametrize(("pagina", "tablas"), [(COMPROMISOS, compromisos), (EVALUACIONES, evaluaciones)])
def test_se_lleva_y_dice_de_donde_sale(propia: Propia, pagina: str, tablas: Callable[[], dict[str, Any]]) -> None:
    prueba = propia(pagina, tablas(), hoy=HOY)
    assert {"CSV", "XLSX", "PNG", "SVG"} <= {boton.label for boton in prueba.download_button}
    assert any("Procedencia" in plegado.label for plegado in prueba.expander)
    assert "**Acta de juguete**" in list(tabla_de(prueba, "Pasajes")["Documento"])


def test_un_plan_sin_lista_de_compromisos_se_ve_y_se_puede_elegir(propia: Propia) -> None:
    base = compromisos()
    otro = {"plan": "p2", "lugar": "MX", "nombre": "Sin lista", "regla_avance": "media", "compromisos_declarados": 26}
    tablas = {**base, "planes": tabla("planes", base["planes"].to_pylist()[0], otro)}
    todos = tabla_de(propia(COMPROMISOS, tablas, hoy=HOY), "Enumerados y declarados").set_index("Plan o eje")
    assert todos.loc["**Sin lista**", "Enumerados y declarados"] == "0 de 26 compromisos"
    solo = propia(COMPROMISOS, tablas, hoy=HOY, plan="p2")
    assert list(tabla_de(solo, "Enumerados y declarados")["Con reporte"]) == ["no los enumera"]
    assert "Sin lista" not in str(
        tabla_de(propia(COMPROMISOS, tablas, hoy=HOY, buscar="agua"), "Con reporte").to_dict()
    )


def del_proyecto(nombre: str) -> list[dict[str, str]]:
    """Las filas de una tabla del proyecto, que no puede estar vacía."""
    with (CARPETA / f"{nombre}.csv").open(encoding="utf-8", newline="") as archivo:
        filas = list(csv.DictReader(archivo))
    assert filas, f"datos/gobierno_abierto/{nombre}.csv está vacía"
    return filas


def test_con_los_datos_del_proyecto_lo_no_reportado_no_es_cero(propia: Propia) -> None:
    """El documento trae un solo avance, el 95 % de Jalisco; de los trece del cuarto plan no dice ninguno."""
    con_cifra = [fila for fila in del_proyecto("avances") if fila["estado"] == "dato"]
    assert [(fila["compromiso"], fila["avance_pct"]) for fila in con_cifra] == [("jal_peritos", "95")]
    alternativo = propia(COMPROMISOS, {}, hoy="2021-09-30").get("vega_lite_chart")[0].proto.alt
    assert "13 de 13 compromisos sin reporte" in alternativo
    assert re.search(r"Jalisco: 95\s%", alternativo)
    cuarto = propia(COMPROMISOS, {}, hoy="2021-09-30", plan="mx_pa4")
    assert "13 tienen el plazo vencido y **nadie reportó su avance**" in texto(cuarto)
    assert "13 tienen el plazo vencido" not in texto(propia(COMPROMISOS, {}, hoy="2021-08-31", plan="mx_pa4"))


def test_con_los_datos_del_proyecto_los_siete_del_informe_sombra(propia: Propia) -> None:
    del_proyecto("calificaciones")
    voces = tabla_de(propia(COMPROMISOS, {}, plan="mx_pa3"), "Las dos voces")
    dichos = " ".join(voces["Quien califica por fuera"])
    cuantos = [dichos.count(v) for v in ("menor impacto", "efectos nocivos", "sin participación amplia")]
    assert cuantos == [3, 2, 2]
    assert set(voces["Lo que reporta el gobierno"]) == {"no reportado"}


def test_con_los_datos_del_proyecto_la_evaluacion_de_queretaro(propia: Propia) -> None:
    del_proyecto("evaluaciones")
    prueba = propia(EVALUACIONES, {})
    assert "hasta **180 días**" in texto(prueba)
    assert "**357 días**, 177 más" in texto(prueba)
    assert "El documento no enumera ninguna recomendación" in texto(prueba)
    assert len(tabla_de(prueba, "Perfil")) == 3
    assert len(tabla_de(prueba, "Criterio")) == 4
