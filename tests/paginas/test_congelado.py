"""Un enlace congelado enseña las cifras de su versión; el que fija una que no está lo dice, con qué hacer."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from atalaya import motor
from atalaya.acervo import versiones
from atalaya.interfaz import datos, incrustada, servidor
from atalaya.interfaz.llevada import LLEVADA

Abrir = Callable[..., AppTest]
PRIMERA, VIGENTE = versiones()[0].version, versiones()[-1].version


@pytest.fixture(autouse=True)
def _suelta() -> None:
    datos.fijar("")


def test_congelado_en_una_version_anterior_da_sus_cifras(abrir: Abrir) -> None:
    """La primera versión sólo traía la ENSU: con ella no hay lugares de Chile ni delitos."""
    prueba = abrir("indicadores/comparar", acervo=PRIMERA, lugar=["MX-CD28", "CL-13122"], periodo="2025T2")
    assert not prueba.exception and not prueba.error
    vista = prueba.session_state[LLEVADA]
    assert vista.version == PRIMERA
    assert f"acervo={PRIMERA}" in vista.enlace
    assert set(vista.tabla["fuente"].dropna()) == {"ensu"}
    assert any(f"acervo {PRIMERA}" in m.value and VIGENTE in m.value for m in prueba.markdown)


def test_sin_fijar_sigue_al_mas_nuevo(abrir: Abrir) -> None:
    prueba = abrir("indicadores/comparar")
    assert prueba.session_state[LLEVADA].version == VIGENTE
    assert "acervo" not in prueba.query_params
    assert not any("Enlace congelado**: las cifras son" in m.value for m in prueba.markdown)


def test_la_version_fijada_sigue_al_cambiar_de_pagina_y_se_suelta(abrir: Abrir) -> None:
    prueba = abrir("indicadores/comparar", acervo=PRIMERA)
    del prueba.query_params["acervo"]
    prueba.switch_page("pages/indicadores/evolucion.py").run()
    assert prueba.query_params["acervo"] in (PRIMERA, [PRIMERA])
    assert prueba.session_state[LLEVADA].version == PRIMERA
    prueba.button(key="soltar_acervo").click().run()
    assert prueba.session_state[LLEVADA].version == VIGENTE
    assert "acervo" not in prueba.query_params


@pytest.mark.parametrize("mala", ["0099-abcdef12", "../../etc/passwd", "<b>x</b>"])
def test_una_version_que_ya_no_esta_lo_dice_con_su_remedio(abrir: Abrir, mala: str) -> None:
    prueba = abrir("indicadores/comparar", acervo=mala)
    assert not prueba.exception
    dicho = prueba.error[0].value
    assert "ya no está en este tablero" in dicho and VIGENTE in dicho and "<b>" not in dicho
    assert not prueba.get("vega_lite_chart")
    prueba.button(key="soltar_acervo").click().run()
    assert not prueba.error and prueba.get("vega_lite_chart")


def test_una_version_a_la_que_le_falta_un_archivo_no_se_abre(
    abrir: Abrir, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    raiz = tmp_path / "acervo"
    shutil.copytree(motor.RAIZ / "datos" / "acervo", raiz, ignore=shutil.ignore_patterns(".indice", "tablas"))
    (raiz / "tablas").symlink_to(motor.RAIZ / "datos" / "acervo" / "tablas")
    (raiz / ".indice").symlink_to(motor.RAIZ / "datos" / "acervo" / ".indice")
    (raiz / "manifiestos" / f"{PRIMERA}.json").unlink()
    monkeypatch.setenv("ATALAYA_ACERVO", str(raiz))
    prueba = abrir("indicadores/comparar", acervo=PRIMERA)
    assert "ya no está en este tablero" in prueba.error[0].value
    assert PRIMERA not in prueba.error[0].value.split("Están:")[1]


def test_lo_que_se_descarga_despues_sale_de_la_version_que_se_veia() -> None:
    datos.fijar(PRIMERA)
    despues = datos.en_su_version(datos.version)
    datos.fijar("")
    assert despues() == PRIMERA
    assert datos.version() == VIGENTE


def test_incrustada_deja_la_vista_y_su_fuente(abrir: Abrir, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incrustada, "es", lambda: True)
    prueba = abrir("indicadores/comparar", lugar="MX-CD28", periodo="2025T2")
    assert not prueba.exception
    assert prueba.get("vega_lite_chart") and prueba.table
    assert not prueba.download_button and not [e for e in prueba.expander if "Ficha" in e.label or "Cómo" in e.label]
    cuerpos = [e.proto.body for e in prueba.get("html")]
    assert any("Fuente: Instituto Nacional de Estadística" in c for c in cuerpos)
    assert any("target='_blank'" in c and "periodo=2025T2" in c for c in cuerpos)


def test_lo_que_se_sigue_se_incrusta_con_su_documento(abrir: Abrir, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incrustada, "es", lambda: True)
    prueba = abrir("seguimiento/compromisos")
    assert not prueba.exception and not prueba.download_button
    assert any(e.proto.body.startswith("<p class='pie_incrustado'>Fuente: ") for e in prueba.get("html"))


def test_la_de_presentar_no_se_incrusta(abrir: Abrir, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(incrustada, "es", lambda: True)
    prueba = abrir("intercambio/presentacion")
    assert "no se incrusta" in prueba.info[0].value and not prueba.button


@pytest.mark.parametrize(
    ("ruta", "consulta", "admitidos", "marcos"),
    [
        ("/comparar", "lugar=MX-CD28&embed=true", None, "'self' *"),
        ("/", "embed=true", None, "'self' *"),
        ("/comparar", "lugar=MX-CD28", None, "'self'"),
        ("/comparar", "embed=false", None, "'self'"),
        ("/cargar", "embed=true", None, "'self'"),
        ("/presentacion", "embed=true", None, "'self'"),
        ("/base/cargar/", "embed=true", None, "'self'"),
        ("/comparar", "embed=true", "no", "'self'"),
        ("/comparar", "embed=true", "", "'self'"),
        (
            "/comparar",
            "embed=true",
            "https://neza.gob.mx https://*.penalolen.cl",
            "'self' https://neza.gob.mx https://*.penalolen.cl",
        ),
        ("/comparar", "embed=true", "https://a.mx;script-src", "'self'"),
    ],
)
def test_quien_puede_incrustar(
    monkeypatch: pytest.MonkeyPatch, ruta: str, consulta: str, admitidos: str | None, marcos: str
) -> None:
    if admitidos is None:
        monkeypatch.delenv(servidor.INCRUSTAR, raising=False)
    else:
        monkeypatch.setenv(servidor.INCRUSTAR, admitidos)
    assert servidor.ancestros(ruta, consulta) == marcos
