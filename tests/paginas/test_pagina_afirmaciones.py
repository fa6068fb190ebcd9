"""Afirmaciones: qué se sostiene, de qué falta el archivo, y la frase propia."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from frases_de_juguete import CONFIANZA, EFECTIVIDAD, VEREDICTOS, tablas
from streamlit.testing.v1 import AppTest

from atalaya.figuras.lectura_dichos import MOTIVOS, ROTULO
from atalaya.informes import imagen
from atalaya.informes import tablas as informes
from atalaya.interfaz import dichos
from atalaya.interfaz.vistas import afirmaciones

RAIZ = Path(__file__).resolve().parents[2]
PAGINA = "pages/seguimiento/afirmaciones.py"
Abrir = Callable[..., AppTest]


@pytest.fixture
def con_frases() -> Abrir:
    """La página con las frases de juguete en la sesión, como si la visita las hubiera subido."""

    def _abrir(**url: str) -> AppTest:
        prueba = AppTest.from_file(str(RAIZ / "app.py"), default_timeout=60)
        prueba.session_state["tablas_propias"] = tablas()
        for clave, valor in url.items():
            prueba.query_params[clave] = valor
        prueba.switch_page(PAGINA)
        prueba.run()
        assert not prueba.exception, prueba.exception[0].message
        assert not prueba.error, prueba.error[0].value
        return prueba

    return _abrir


def tarjetas(prueba: AppTest) -> list[str]:
    """El HTML de la cabecera de cada frase a la vista."""
    return [h.proto.body for h in prueba.get("html") if "class='frase'" in h.proto.body]


def responder(clave: str) -> dichos.Respuesta:
    filas = tablas()["afirmaciones"].to_pandas().to_dict("records")
    return dichos.responder(next(f for f in filas if f["afirmacion"] == clave))


@pytest.mark.parametrize(("clave", "veredicto"), VEREDICTOS.items())
def test_cada_frase_tiene_su_veredicto(clave: str, veredicto: str) -> None:
    assert responder(clave).juicio.veredicto == veredicto


def test_lo_que_falta_dice_que_archivo_y_ensena_otra_cosa_como_otra_cosa() -> None:
    una = responder("sin_archivo")
    assert una.juicio.motivo == "no_incorporado"
    assert "ensu1t2023_estimaciones.zip" in una.archivo
    assert [c["periodo"] for c in una.cercanas] == ["2021T4", "2024T1"]
    assert all(c["estado"] == "dato" for c in una.cercanas)
    assert "58.6" not in una.lectura  # lo cercano no es la respuesta
    assert responder("alcaldia").juicio.motivo == "no_aplica"
    assert responder("alcaldia").archivo == ""  # ningún archivo daría una policía municipal que no hay


def test_el_lugar_en_el_valle_se_cuenta_entre_los_suyos() -> None:
    una = responder("primero_del_valle")
    assert (una.cifra["posicion"], una.cifra["lugares_con_cifra"]) == (2, 7)
    assert (una.cifra["rango_inf"], una.cifra["rango_sup"]) == (1, 5)
    assert "2.º\N{NO-BREAK SPACE}de\N{NO-BREAK SPACE}7 en el Valle de México, entre 1.º y 5.º" in una.lectura
    nacional = responder("sexto").cifra
    assert (nacional["posicion"], nacional["lugares_con_cifra"]) == (26, 76)


def test_todo_motivo_se_puede_decir() -> None:
    for clave in VEREDICTOS:
        assert responder(clave).juicio.motivo in ("", *MOTIVOS)
        assert responder(clave).lectura


def test_de_un_vistazo_cuantas_se_sostienen(con_frases: Abrir) -> None:
    prueba = con_frases()
    cuantas = Counter(VEREDICTOS.values())
    resumen = next(h.proto.body for h in prueba.get("html") if "class='veredictos'" in h.proto.body)
    for veredicto, rotulo in ROTULO.items():
        assert f"<b>{cuantas[veredicto]}</b><strong>{rotulo}</strong>" in resumen
    assert f"De **{len(VEREDICTOS)}** afirmaciones" in prueba.markdown[1].value
    assert len(tarjetas(prueba)) == len(VEREDICTOS)


def test_cada_tarjeta_dice_quien_donde_y_el_veredicto_sin_creer_el_html_de_un_dato(con_frases: Abrir) -> None:
    prueba = con_frases()
    for tarjeta in tarjetas(prueba):
        assert "Quien habla" in tarjeta
        assert "Documento de juguete, página 1" in tarjeta
        assert any(rotulo in tarjeta for rotulo in ROTULO.values())
        assert "<b>" not in tarjeta
        assert "&lt;b&gt;" in tarjeta
    decidiria = next(h.proto.body for h in prueba.get("html") if "estudio de costos" in h.proto.body)
    assert "<script>" not in decidiria


def test_las_figuras_dicen_lo_dicho_y_la_cifra_y_no_presentan_lo_cercano_como_respuesta(con_frases: Abrir) -> None:
    prueba = con_frases()
    alternativos = [f.proto.alt for f in prueba.get("vega_lite_chart")]
    # Sin figura queda la que no es una cuenta; se suma la frase propia.
    assert len(alternativos) == len(VEREDICTOS) - 1 + 1
    sin_archivo = next(a for a in alternativos if "Otra cosa" in a)
    assert "No comprobable con este acervo" in sin_archivo
    assert sin_archivo.index("Otra cosa, no la respuesta") < sin_archivo.index("diciembre de 2021")
    assert any("**Otra cosa, no la respuesta**" in c.value for c in prueba.caption)


@pytest.mark.parametrize("veredicto", ROTULO)
def test_se_filtra_por_veredicto_en_la_url(con_frases: Abrir, veredicto: str) -> None:
    prueba = con_frases(veredicto=veredicto)
    vistas = tarjetas(prueba)
    assert len(vistas) == Counter(VEREDICTOS.values())[veredicto]
    assert all(f"class='veredicto {veredicto}'" in t for t in vistas)
    assert prueba.query_params["veredicto"] == veredicto


def test_se_filtra_por_lugar_y_documento_y_lo_vacio_se_dice(con_frases: Abrir) -> None:
    assert len(tarjetas(con_frases(sobre="MX-CD27"))) == 1
    assert len(tarjetas(con_frases(documento="juguete"))) == len(VEREDICTOS)
    prueba = con_frases(sobre="MX-CD27", veredicto="reproducida")
    assert not tarjetas(prueba)
    assert "Ninguna afirmación con esos filtros" in prueba.info[0].value


@pytest.mark.parametrize(
    ("url", "veredicto"),
    [
        ({"valor": "7 de cada 10", "periodo": "2024T2"}, "reproducida"),
        ({"valor": "7 de cada 10", "periodo": "2024T1"}, "dentro_del_error"),
        ({"valor": "90 %", "periodo": "2024T1"}, "contradicha"),
        ({"valor": "7 de cada 10", "periodo": "2023T1"}, "no_comprobable"),
        ({"valor": "1.º", "periodo": "2024T1", "clase": "posición", "entre": "valle"}, "reproducida"),
    ],
)
def test_la_frase_propia_se_responde_y_va_en_el_enlace(con_frases: Abrir, url: dict[str, str], veredicto: str) -> None:
    prueba = con_frases(indicador=CONFIANZA, lugar="MX-15058", sobre="MX-CD27", **url)
    assert f"class='veredicto {veredicto}'" in tarjetas(prueba)[-1]
    assert "Frase propia" in tarjetas(prueba)[-1]
    assert prueba.query_params["valor"] == url["valor"]


def test_la_frase_propia_que_no_se_entiende_dice_que_se_espera(con_frases: Abrir) -> None:
    prueba = con_frases(valor="muchísimos")
    assert "un por ciento de 0 a 100" in prueba.info[0].value
    prueba = con_frases(valor="120")
    assert "un por ciento de 0 a 100" in prueba.info[0].value
    prueba = con_frases(valor="2.5", clase="posición")
    assert "un entero desde 1" in prueba.info[0].value


def test_escribir_la_frase_responde_al_momento(con_frases: Abrir) -> None:
    prueba = con_frases(indicador=EFECTIVIDAD, lugar="MX", periodo="2023T1", sobre="MX-CD27")
    assert "Frase propia" not in tarjetas(prueba)[-1]
    prueba.text_input(key="valor").set_value("45.6").run()
    assert "class='veredicto reproducida'" in tarjetas(prueba)[-1]


def test_la_descarga_lleva_frase_veredicto_cifra_y_cita() -> None:
    respuestas = [responder(clave) for clave in VEREDICTOS]
    tabla = afirmaciones.tabla_de(respuestas)
    vista = _vista(tabla)
    leida = pd.read_csv(io.BytesIO(informes.csv(vista)))
    assert list(leida["veredicto_frase"]) == list(VEREDICTOS.values())
    assert leida.set_index("frase").loc["Frase <b>nacional</b> de *juguete*", "valor_pct"] == pytest.approx(
        45.63, abs=0.01
    )
    assert leida["cita"].str.contains("INEGI|Instituto Nacional", regex=True).all()
    libro = openpyxl.load_workbook(io.BytesIO(informes.xlsx(vista)))
    definidas = {celda.value for celda in libro["definiciones"]["A"]}
    assert {"frase", "veredicto_frase", "archivo_que_la_decide"} <= definidas


def test_la_imagen_lleva_cada_frase_con_figura(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(afirmaciones.bloque, "enlace_actual", lambda: "")
    respuestas = afirmaciones.con_propia([responder("reproducida"), responder("barata")], responder("sin_archivo"))
    dibujo = imagen.svg(afirmaciones.vista_de(respuestas)).decode()
    assert dibujo.count("Lo dicho") >= 2  # la de la lista que tiene cifra y la propia
    assert "falta su archivo" in dibujo


def _vista(tabla: pd.DataFrame) -> informes.Vista:
    return informes.Vista("a", "Afirmaciones", "", tabla, lambda: None, lambda: "", "", "v")  # type: ignore[arg-type,return-value]
