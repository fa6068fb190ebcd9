"""Participación, como la ve una persona: vacía, con lo suyo, por enlace, y sin que un texto hostil se pinte."""

from __future__ import annotations

from de_juguete import HOSTIL, Ver, de_participacion, tabla, todo
from seguido_de_juguete import tablas
from test_paginas import sana


def test_vacia_dice_que_falta_y_no_dibuja_nada(ver: Ver) -> None:
    prueba = sana(ver({}))
    assert "La tabla de procesos está vacía" in prueba.info[0].value
    assert not prueba.get("vega_lite_chart")


def test_el_embudo_se_lee_en_el_texto_y_lo_que_no_se_dice_tambien(ver: Ver) -> None:
    prueba = sana(ver(de_participacion()))
    alternativo = prueba.get("vega_lite_chart")[0].proto.alt
    assert "agenda, 53 de 130 (41\N{NO-BREAK SPACE}%)" in alternativo
    assert "seguimiento, el documento no lo dice" in alternativo
    assert tabla(prueba, "Etapa", "Unidades")["Unidades"].tolist() == [
        "130 de 130 (100\N{NO-BREAK SPACE}%)",
        "53 de 130 (41\N{NO-BREAK SPACE}%)",
        "el documento no lo dice",
    ]


def test_lo_contado_lo_cero_y_cada_ausencia_se_escriben_distinto(ver: Ver) -> None:
    cuanto = tabla(sana(ver(de_participacion())), "Qué se contó", "Cuánto").set_index("Qué se contó")["Cuánto"]
    assert cuanto.loc["Mesas"] == "**cero (0)**"
    assert cuanto.loc["Talleres"] == "**no se celebró**"
    assert cuanto.loc["Otras agendas"] == "**no se reportó**"
    assert cuanto.loc["Quejas"] == "**suprimido: se sabe y no se publica**"
    assert cuanto.loc["Manzanas"] == "**cerca de 6,500**"


def test_por_mil_con_su_denominador_dicho(ver: Ver) -> None:
    prueba = sana(ver(de_participacion()))
    fila = tabla(prueba, "Qué se contó", "Por mil hab.").set_index("Qué se contó").loc["Enlaces"]
    assert fila["Por mil hab."] == "cerca de 9.2"  # 17,000 entre 1,856,787
    assert any("Iztapalapa: 1,856,787 en 2020" in c.value and "CONAPO" in c.value for c in prueba.caption)


def test_la_historia_guarda_los_dos_cortes(ver: Ver) -> None:
    cortes = tabla(sana(ver(de_participacion())), "Corte", "Cuánto")
    assert cortes["Cuánto"].tolist() == ["cerca de 9,000", "cerca de 17,000 (vigente)"]


def test_asambleas_con_forma_y_palabra(ver: Ver) -> None:
    prueba = sana(ver(de_participacion()))
    vistos = ["se celebró", "se celebró, cero asistentes", "se celebró, sin cuenta", "no se celebró", "no se reportó"]
    vistos.append("suprimida: se sabe y no se publica")
    assert tabla(prueba, "Qué pasó")["Qué pasó"].tolist() == vistos
    figura = next(f for f in prueba.get("vega_lite_chart") if "6 asambleas" in f.proto.alt)
    assert all(f"{visto}, 1" in figura.proto.alt for visto in vistos)
    assert figura.proto.spec.count("M-1,-1L1,1M1,-1L-1,1") >= 1  # la cruz de lo que no se celebró
    fila = tabla(prueba, "Territorio", "Asambleas").set_index("Territorio").loc["Barrio t2"]
    assert fila["Asambleas"] == "0 celebradas, 1 no celebrada, 1 no reportada, 1 suprimida"
    assert fila["Enlaces"] == "no se sabe"


def test_sin_territorios_da_la_plantilla(ver: Ver) -> None:
    propias = {**de_participacion(), **tablas(territorios=[], asambleas=[], acuerdos=[])}
    prueba = sana(ver(propias))
    rotulos = [b.label for b in prueba.get("download_button")]
    assert [r for r in rotulos if r.startswith("Plantilla")] == [
        "Plantilla de territorios (CSV)", "Plantilla de asambleas (CSV)", "Plantilla de acuerdos (CSV)",
    ]  # fmt: skip
    assert sum("uno por uno" in i.value or "una por una" in i.value or "enumera" in i.value for i in prueba.info) == 3


def test_acuerdo_vencido_se_dice(ver: Ver) -> None:
    prueba = sana(ver(de_participacion()))
    assert "1 de enero de 2020 · **vencido**" in tabla(prueba, "Acuerdo", "Plazo")["Plazo"].tolist()
    assert "**Uno** pasó su plazo" in todo(prueba)


def test_suma_que_no_cuadra_se_dice_y_se_deja(ver: Ver) -> None:
    prueba = sana(ver(de_participacion(), proceso="q"))
    assert "personas suman 20 y el documento escribe 21" in todo(prueba)
    assert tabla(prueba, "Procedencia", "Personas")["Personas"].tolist() == ["20", "21"]


def test_los_filtros_viven_en_la_url_y_los_que_no_existen_se_dicen(ver: Ver) -> None:
    prueba = sana(ver(de_participacion(), donde="MX-10005", clase="consulta ciudadana"))
    assert {c: prueba.query_params[c] for c in ("donde", "clase", "proceso")} == {
        "donde": "MX-10005", "clase": "consulta ciudadana", "proceso": "todos",
    }  # fmt: skip
    assert [e.label for e in prueba.expander if "Diálogos de prueba" in e.label] == []
    assert tabla(prueba, "Lugar", "Tema")["Tema"].tolist() == ["Seguridad", "Empleo"]
    prueba.selectbox(key="donde").set_value("MX-09007").run()
    assert "Ningún proceso con esos filtros" in sana(prueba).info[0].value
    assert prueba.query_params["donde"] == "MX-09007"
    prueba = sana(ver(de_participacion(), donde="MX-99999", proceso="nada"))
    assert "«MX-99999»" in prueba.warning[0].value and "«nada»" in prueba.warning[0].value


def test_descargas_y_procedencia(ver: Ver) -> None:
    prueba = sana(ver(de_participacion()))
    rotulos = [b.label for b in prueba.get("download_button")]
    assert [r for r in rotulos if r in ("CSV", "XLSX", "PNG", "SVG")] == ["CSV", "XLSX", "PNG", "SVG"]
    assert tabla(prueba, "Documento", "Pasajes")["Pasajes"].tolist() == ["lámina 1"]


def test_texto_hostil_se_lee_y_no_se_pinta(ver: Ver) -> None:
    dicho = todo(sana(ver(de_participacion(HOSTIL), proceso="p")))
    assert "\\*\\*negrita\\*\\*" in dicho
    for marca in ("<script>", " **negrita**", "![x]", "[clic](", ":red[", " $x$"):
        assert marca not in dicho.replace("\\" + marca.strip()[0], ""), marca
