"""Cargar datos propios, como lo ve una persona: lo que entra, lo que hay que corregir, y que nadie ve lo de otra."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from de_juguete import HOSTIL, tabla, todo
from streamlit.testing.v1 import AppTest
from test_paginas import Abrir, sana

from atalaya.interfaz import sesion
from atalaya.seguimiento import guardadas

COLUMNAS = "Lugar;Periodo;Indicador;Nombre;Estado;Valor;Unidad;Alcance;Método;Fuente;Nota"
MIO = "Toluca;2024;cuadrantes_policiales;Cuadrantes policiales;dato;60;cuadrantes;exacta;registro;Mi observatorio;"
NEZA, ECATEPEC, PENALOLEN = "Nezahualcóyotl", "Ecatepec de Morelos", "Peñalolén (Chile)"

DE_PUBLICAR = {"Iniciar sesión para publicar", "Publicar para todos"}


def subir(prueba: AppTest, *renglones: str, nombre: str = "mis cuadrantes.csv") -> AppTest:
    crudo = "\n".join([COLUMNAS, *renglones]).encode("cp1252", "xmlcharrefreplace")
    prueba.get("file_uploader")[0].upload(nombre, crudo, "text/csv").run()
    return prueba


def municipios(prueba: AppTest) -> list[str]:
    return list(tabla(prueba, "Municipio", "Cuánto")["Municipio"])


def test_de_entrada_los_citados_con_su_fuente(abrir: Abrir) -> None:
    prueba = sana(abrir("datos/cargar"))
    vista = tabla(prueba, "Municipio", "Cuánto").set_index("Municipio")
    assert list(vista.index) == [ECATEPEC, NEZA, PENALOLEN]
    assert list(vista["Cuánto"]) == ["230", "100", "ninguna fuente de aquí lo dice"]
    assert vista.loc[NEZA, "Cómo se supo"] == "citada: la repite un tercero"
    assert "100 (citada)" in prueba.get("vega_lite_chart")[0].proto.alt


def test_subo_mis_cuadrantes_y_los_veo_junto_a_los_de_neza(abrir: Abrir) -> None:
    prueba = sana(subir(abrir("datos/cargar"), MIO))
    assert "Entraron: 1 en indicadores municipales" in prueba.success[0].value
    vista = tabla(prueba, "Municipio", "Cuánto").set_index("Municipio")
    assert list(vista.index) == ["**Toluca** (suya)", ECATEPEC, NEZA, PENALOLEN]
    assert (vista.iloc[0]["Cuánto"], vista.iloc[0]["Cómo se supo"]) == ("60", "de un registro propio")
    assert vista.loc[NEZA, "Por mil hab."] == "0.091"  # 100 entre 1,096,738
    assert "Suya · Toluca, 2024: 60 (registro)" in prueba.get("vega_lite_chart")[0].proto.alt
    assert any("Toluca: 944,788 en 2024" in c.value for c in prueba.caption)


def test_por_mil_habitantes(abrir: Abrir) -> None:
    prueba = sana(subir(abrir("datos/cargar", medida="por_mil"), MIO))
    alternativo = prueba.get("vega_lite_chart")[0].proto.alt
    assert "Suya · Toluca, 2024: 0.064 por mil habitantes (registro)" in alternativo
    assert "Nezahualcóyotl, 2013: 0.091 por mil habitantes (citada)" in alternativo


def test_con_faltas_las_dice_todas_y_no_entra_nada(abrir: Abrir) -> None:
    prueba = sana(subir(abrir("datos/cargar"), MIO, MIO.replace("Toluca", "Macondo").replace(";60;", ";muchos;")))
    assert "Hay 2 cosas que corregir; no entró ningún renglón" in prueba.warning[0].value
    faltas = tabla(prueba, "Columna", "Qué hacer")
    assert list(zip(faltas["Fila"], faltas["Columna"], faltas["Se recibió"], strict=True)) == [
        ("3", "lugar", "Macondo"),
        ("3", "valor", "muchos"),
    ]
    assert {"Informe CSV", "Informe XLSX"} <= {b.label for b in prueba.get("download_button")}
    assert municipios(prueba) == [ECATEPEC, NEZA, PENALOLEN]
    assert "carga_filas" not in prueba.session_state


def test_nadie_ve_lo_de_otra_persona(abrir: Abrir) -> None:
    una, otra = abrir("datos/cargar"), abrir("datos/cargar")
    subir(una, MIO)
    assert "**Toluca** (suya)" in municipios(una)
    assert municipios(otra.run()) == [ECATEPEC, NEZA, PENALOLEN]
    assert municipios(abrir("datos/cargar")) == [ECATEPEC, NEZA, PENALOLEN]
    subir(otra, MIO.replace("Toluca", "Naucalpan de Juárez"))
    assert any("Naucalpan" in nombre for nombre in municipios(sana(otra)))
    assert not any("Toluca" in nombre for nombre in municipios(otra))
    assert not any("Naucalpan de Juárez" in nombre for nombre in municipios(una.run()))


def test_vale_en_las_demas_paginas_y_se_olvida(abrir: Abrir) -> None:
    prueba = subir(abrir("datos/cargar"), MIO)
    prueba.switch_page("pages/datos/datos.py").run()
    prueba.switch_page("pages/datos/cargar.py").run()
    assert "**Toluca** (suya)" in municipios(sana(prueba))
    next(b for b in prueba.button if b.label == "Olvidar lo que subí").click().run()
    assert municipios(sana(prueba)) == [ECATEPEC, NEZA, PENALOLEN]
    assert not prueba.session_state["tablas_propias"]
    assert not any(b.label == "Olvidar lo que subí" for b in prueba.button)


def test_un_segundo_archivo_se_suma_al_primero(abrir: Abrir) -> None:
    prueba = subir(subir(abrir("datos/cargar"), MIO), MIO.replace("Toluca", "Naucalpan de Juárez"), nombre="otro.csv")
    assert {"**Toluca** (suya)", "**Naucalpan de Juárez** (suya)"} <= set(municipios(sana(prueba)))
    prueba = subir(prueba, MIO.replace(";60;", ";61;"), nombre="tercero.csv")
    assert "no se pisa" in tabla(prueba, "Columna", "Qué hacer")["Se esperaba"].iloc[0]


def test_ningun_marcado_de_los_datos_se_pinta(abrir: Abrir) -> None:
    hostil = f"Toluca;2024;cuadrantes_policiales;{HOSTIL};dato;60;{HOSTIL};exacta;registro;{HOSTIL};{HOSTIL}"
    prueba = sana(subir(abrir("datos/cargar"), hostil, nombre="**x** <b>.csv"))
    assert prueba.success
    for marca in ("**negrita**", "![x](", "[clic](", "$x$", ":red[", "<script>"):
        assert marca not in todo(prueba), marca
    mala = sana(
        subir(abrir("datos/cargar"), hostil.replace(";60;", f";{HOSTIL.replace(';', ',')};"), nombre="**x**.csv")
    )
    assert mala.warning
    for marca in ("**negrita**", "![x](", "[clic](", "$x$", ":red[", "<script>", "**x**.csv"):
        assert marca not in todo(mala), marca


def test_publicar_no_se_ofrece_si_nadie_lo_configuro(abrir: Abrir) -> None:
    prueba = subir(abrir("datos/cargar"), MIO)
    assert not DE_PUBLICAR & {b.label for b in prueba.button}


@pytest.mark.parametrize(
    ("quien", "rotulo"),
    [
        ({"is_logged_in": False}, "Iniciar sesión para publicar"),
        ({"is_logged_in": True, "email": "ANA@neza.mx", "email_verified": True}, "Publicar para todos"),
        ({"is_logged_in": True, "email": "ana@neza.mx", "email_verified": False}, None),
        ({"is_logged_in": True, "email": "ana@neza.mx"}, None),
        ({"is_logged_in": True, "email": "otra@neza.mx", "email_verified": True}, None),
        ({"is_logged_in": True}, None),
    ],
)
def test_publica_solo_quien_esta_en_la_lista_con_su_correo_verificado(
    abrir: Abrir, monkeypatch: pytest.MonkeyPatch, quien: dict[str, object], rotulo: str | None
) -> None:
    secretos = {"auth": {"client_id": "x"}, "atalaya": {"publican": ["ana@neza.mx"]}}
    monkeypatch.setattr(sesion, "_seccion", lambda nombre: secretos.get(nombre, {}))
    monkeypatch.setattr(sesion, "_de_quien_mira", lambda: quien)
    prueba = subir(abrir("datos/cargar"), MIO)
    assert DE_PUBLICAR & {b.label for b in prueba.button} == ({rotulo} if rotulo else set())


def test_quien_puede_publica_y_entonces_lo_ven_todos(
    abrir: Abrir, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("ATALAYA_SEGUIMIENTO", str(tmp_path))
    monkeypatch.setattr(sesion, "configurada", lambda: True)
    monkeypatch.setattr(sesion, "puede_publicar", lambda: True)
    monkeypatch.setattr(sesion, "correo", lambda: "ana@neza.mx")
    prueba = subir(abrir("datos/cargar"), MIO)
    next(b for b in prueba.button if b.label == "Publicar para todos").click().run()
    assert any("Publicado: 1 renglones" in s.value for s in sana(prueba).success)
    assert guardadas.vigentes(["indicadores_municipales"])["indicadores_municipales"][-1]["lugar"] == "MX-15106"
    assert "Toluca" in municipios(sana(abrir("datos/cargar")))


def test_sin_secretos_ni_sesion_no_hay_quien_publique(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sesion.st, "user", SimpleNamespace(to_dict=dict))
    assert not sesion.configurada()
    assert not sesion.iniciada()
    assert not sesion.puede_publicar()
