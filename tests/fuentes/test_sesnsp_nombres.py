"""Archivos del SESNSP derivados o transcritos: nombres que casan o no se adivinan, ceros que se sostienen o no."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sesnsp_de_juguete import celda, conteos, mes_homicida, serie, subtipo, texto

from atalaya import catalogo
from atalaya.errores import ErrorFuente
from atalaya.fuentes import sesnsp, sesnsp_anual, sesnsp_homicidios, sesnsp_lugares, sesnsp_subtipo

ABORTOS_COTEJADOS = 6660
"""Lo que suma, hasta 2024-11, el archivo que se cotejó con el estatal (`cotejo_municipal.csv`)."""

# --- Nombres ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entidad", "nombre", "lugar", "motivo"),
    [
        ("México", "NEZAHUALCOYOTL", "MX-15058", ""),
        ("Quintana Roo", "Solidaridad", "MX-23008", ""),
        ("Oaxaca", "San Juan Mixtepec Distrito 26", "MX-20209", ""),
        ("Oaxaca", "San Juan Mixtepec", "MX-20999", "ambiguo"),
        ("Oaxaca", "San Pedro Mixtepec", "MX-20999", "ambiguo"),
        ("Oaxaca", "Macondo", "MX-20999", "sin casar"),
        ("Puebla", "Nezahualcóyotl", "MX-21999", "sin casar"),
        ("Oaxaca", "Otros Municipios", "MX-20998", ""),
        ("Ciudad de México", "No Especificado", "MX-09999", ""),
    ],
)
def test_un_nombre_lleva_a_un_municipio_o_no_se_adivina(entidad: str, nombre: str, lugar: str, motivo: str) -> None:
    destino = sesnsp_lugares.municipio_por_nombre(sesnsp_lugares.exigir_entidad(entidad, "aquí"), nombre)
    assert destino == (lugar, motivo)


def test_toda_clave_del_catalogo_se_halla_por_su_nombre_salvo_los_dos_mixtepec() -> None:
    ambiguas = set()
    for clave, uno in catalogo.lugares().items():
        if uno.tipo == "municipio" and clave.startswith("MX"):
            destino = sesnsp_lugares.municipio_por_nombre(catalogo.lugar(uno.entidad), uno.nombre)
            ambiguas |= {clave} if destino.motivo else set()
            assert destino.motivo or destino.lugar == clave
    assert ambiguas == {"MX-20208", "MX-20209", "MX-20318", "MX-20319"}


def test_lo_que_no_casa_se_conserva_en_su_entidad_con_su_nombre_y_se_lista(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    oaxaca = {"Entidad": "Oaxaca"}
    ruta = subtipo(
        tmp_path,
        [
            celda("Macondo", 1, 3, **oaxaca),
            celda("San Juan Mixtepec", 1, 2, **oaxaca),
            celda("No Especificado", 1, 4, **oaxaca),
        ],
    )
    filas = conteos(sesnsp_subtipo, ruta)
    assert serie(filas, "MX-20999", "aborto") == {"2024-01": 9}
    assert filas[0]["celda"] == "Aborto (Macondo; San Juan Mixtepec)"
    assert sesnsp_lugares.main([str(ruta)]) == 0
    dicho = capsys.readouterr().out
    assert "2 nombres sin municipio" in dicho
    assert "ambiguo: San Juan Mixtepec (Oaxaca), 2 carpetas" in dicho
    assert "sin casar: Macondo (Oaxaca), 3 carpetas" in dicho
    assert sesnsp_lugares.main([__file__]) == 1


# --- Los ceros que el archivo omite -----------------------------------------------------------------------------


def cotejado(tmp_path: Path, *otras: dict[str, object]) -> list[dict[str, Any]]:
    """Un archivo que suma lo que el cotejado, todo en Toluca en enero de 2015, más otras celdas."""
    primera = celda("Toluca", 1, ABORTOS_COTEJADOS, Año=2015)
    return conteos(sesnsp_subtipo, subtipo(tmp_path, [primera, *otras]))


def test_lo_que_no_trae_el_archivo_cotejado_es_cero(tmp_path: Path) -> None:
    filas = cotejado(tmp_path)
    assert serie(filas, "MX-15106", "aborto") == {"2015-01": ABORTOS_COTEJADOS, **_meses_en_cero("2015-02", "2024-11")}
    assert serie(filas, "MX-15058", "aborto") == _meses_en_cero("2015-01", "2024-11")
    assert not serie(filas, "MX-15999", "aborto")  # «no especificado» sólo está si trae carpetas


def test_lo_que_no_trae_otro_corte_no_se_sabe(tmp_path: Path) -> None:
    """Una carpeta más y ya no es el archivo cuyos municipios suman el estatal: ningún cero se sostiene."""
    filas = cotejado(tmp_path, celda("Toluca", 2, 1, Año=2015))
    assert serie(filas, "MX-15106", "aborto") == {"2015-01": ABORTOS_COTEJADOS, "2015-02": 1}
    assert {f["lugar"] for f in filas} == {"MX-15106"}


def test_despues_del_cotejo_solo_la_entidad_que_informa_tiene_ceros(tmp_path: Path) -> None:
    filas = cotejado(tmp_path, celda("Toluca", 12, 1))
    assert serie(filas, "MX-15058", "aborto")["2024-12"] == 0
    assert "2024-12" not in serie(filas, "MX-14039", "aborto")


def test_un_municipio_no_tiene_ceros_antes_de_existir(tmp_path: Path) -> None:
    filas = cotejado(tmp_path)
    assert min(serie(filas, "MX-02006", "aborto")) == "2021-03"  # San Quintín
    assert not serie(filas, "MX-12083", "aborto")  # Ñuu Savi: ninguna carpeta en los archivos a la vista


def test_las_celdas_que_no_suman_el_estatal_no_tienen_ceros(tmp_path: Path) -> None:
    """Feminicidio en la CDMX, octubre de 2024: 7 en el municipal y 3 en el estatal."""
    femin = {"Tipo de delito": "Feminicidio", "Subtipo de delito": "Feminicidio", "Modalidad": "Con arma blanca"}
    filas = conteos(sesnsp_subtipo, subtipo(tmp_path, [celda("Toluca", 1, 8070, Año=2015, **femin)]))
    iztapalapa = serie(filas, "MX-09007", "feminicidio")
    assert (iztapalapa["2024-09"], iztapalapa["2024-11"], "2024-10" in iztapalapa) == (0, 0, False)
    assert serie(filas, "MX-15106", "feminicidio", "modalidad:con_arma_de_fuego")["2015-01"] == 0
    assert not serie(filas, "MX-09007", "feminicidio", "modalidad:con_arma_blanca")  # nunca tuvo: lo dice el total


def _meses_en_cero(desde: str, hasta: str) -> dict[str, int]:
    todos = [f"{anio}-{mes:02d}" for anio in range(2015, 2025) for mes in range(1, 13)]
    return {mes: 0 for mes in todos if desde <= mes <= hasta}


# --- Violencia homicida y totales anuales -----------------------------------------------------------------------


def test_violencia_homicida(tmp_path: Path) -> None:
    filas = [mes_homicida("Toluca", 1, (1, 2, 3, 0)), mes_homicida("Metepec", 1), mes_homicida("Toluca", 2)]
    dicho = conteos(sesnsp_homicidios, texto(tmp_path, [*filas, mes_homicida("Metepec", 2, (0, 0, 4, 0))]))
    assert serie(dicho, "MX-15106", "feminicidio") == {"2024-01": 1, "2024-02": 0}
    assert serie(dicho, "MX-15106", "homicidio_culposo")["2024-01"] == 2
    assert serie(dicho, "MX-15054", "homicidio_doloso") == {"2024-01": 0, "2024-02": 4}
    assert {f["edicion"] for f in dicho} == {"2024-02"}
    # Una columna en cero en todas partes no es un conteo: nadie la llenó.
    assert not {f["indicador"] for f in dicho} - {"feminicidio", "homicidio_culposo", "homicidio_doloso"}


def anuales() -> list[dict[str, object]]:
    """Dos series de Querétaro y una de Nezahualcóyotl, con 2026 a medias."""
    return [
        {
            "cve_mun": cve,
            "municipio": "da igual",
            "subtipo": que,
            "anio": anio,
            "parcial": int(anio == 2026),
            "total": n,
        }
        for cve, que, totales in (
            ("22014", "Robo a transportista", (9, 0, 0, 0)),
            ("22014", "Homicidio doloso", (5, 6, 7, 8)),
            ("15058", "Homicidio doloso", (1, 0, 3, 4)),
        )
        for anio, n in zip((2018, 2019, 2025, 2026), totales, strict=True)
    ]


def test_totales_anuales(tmp_path: Path) -> None:
    filas = conteos(sesnsp_anual, texto(tmp_path, anuales()))
    assert serie(filas, "MX-15058", "homicidio_doloso") == {"2018": 1, "2019": 0, "2025": 3}  # 2026, a medias, fuera
    transportista = {"2018": 9, "2019": "no_registrado", "2025": "no_registrado"}
    assert serie(filas, "MX-22014", "robo_a_transportista") == transportista
    assert {(f["metodo"], f["meses"], f["edicion"]) for f in filas} == {("citada", 12, "2026")}


# --- Lo que se rechaza ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("cambios", "donde", "recibido"),
    [
        ({"Año": 2014}, "celda 2 › Año", "2014"),
        ({"Año": 2026}, "celda 2 › Año", "2026"),
        ({"Mes": "Enero"}, "celda 2 › Mes", "Enero"),
        ({"Cantidad": 0}, "celda 2 › Cantidad", "0"),
        ({"Cantidad": "3"}, "celda 2 › Cantidad", "3"),
        ({"Cantidad": 1.5}, "celda 2 › Cantidad", "1.5"),
        ({"Entidad": "Texas"}, "celda 2 › Entidad", "Texas"),
        ({"Modalidad": "Con veneno"}, "celda 2 › Modalidad", "Con veneno"),
        ({"Subtipo de delito": "Piratería"}, "Subtipo de delito", "Aborto, Piratería"),
        ({"Municipio": "Toluca"}, "celda 2 › celda", "repetida"),
        ({"Otra": 1}, "celda 2 › celda", "otros"),
    ],
)
def test_una_celda_mala_del_json(tmp_path: Path, cambios: dict[str, object], donde: str, recibido: str) -> None:
    ruta = subtipo(tmp_path, [celda(), {**celda("Metepec"), **cambios}])
    with pytest.raises(ErrorFuente) as falla:
        sesnsp_subtipo.leer(ruta)
    assert donde in falla.value.donde
    assert recibido in falla.value.recibido


def test_un_json_cortado_o_sin_un_campo(tmp_path: Path) -> None:
    ruta = subtipo(tmp_path, [celda(), celda("Metepec")])
    ruta.write_text(ruta.read_text(encoding="utf-8")[:-40], encoding="utf-8")
    assert sesnsp_subtipo.reconocer(ruta)
    with pytest.raises(ErrorFuente, match="cortado"):
        sesnsp_subtipo.leer(ruta)
    manca = {campo: valor for campo, valor in celda().items() if campo != "Entidad"}
    with pytest.raises(ErrorFuente, match="Entidad"):
        sesnsp_subtipo.leer(subtipo(tmp_path, [manca]))


Filas = list[dict[str, object]]


def _en(fila: int, **cambios: object) -> Callable[[Filas], Any]:
    return lambda filas: filas[fila].update(cambios)


def _sin(columna: str) -> Callable[[Filas], Any]:
    return lambda filas: [fila.pop(columna) for fila in filas]


@pytest.mark.parametrize(
    ("modulo", "estropear", "dicho"),
    [
        (sesnsp_homicidios, _sin("Total"), "encabezado"),
        (sesnsp_homicidios, _en(1, Total="9.0"), "Total › renglón 3"),
        (sesnsp_homicidios, _en(1, Mes="Brumario"), "Mes › renglón 3"),
        (sesnsp_homicidios, _en(1, Periodo="Enero 2023"), "Periodo › renglón 3"),
        (sesnsp_homicidios, _en(1, Año="2011", Periodo="Enero 2011"), "Periodo › renglón 3"),
        (sesnsp_homicidios, _en(1, Feminicidio="muchos"), "Feminicidio › renglón 3"),
        (sesnsp_homicidios, _en(1, Entidad="Texas"), "Entidad › renglón 3"),
        (sesnsp_homicidios, lambda filas: filas.pop(), "2 municipios por 2 meses"),
        (sesnsp_homicidios, lambda filas: filas.append(filas[0]), "1 repetidas"),
        (sesnsp_anual, _sin("parcial"), "encabezado"),
        (sesnsp_anual, _en(1, cve_mun="99999"), "cve_mun › renglón 3"),
        (sesnsp_anual, _en(1, anio="1816"), "anio › renglón 3"),
        (sesnsp_anual, _en(1, subtipo="Piratería"), "subtipo › renglón 3"),
        (sesnsp_anual, _en(1, parcial="quizá"), "parcial › renglón 3"),
        (sesnsp_anual, _en(1, total="-1"), "total › renglón 3"),
        (sesnsp_anual, lambda filas: filas.pop(), "3 series por 4 años"),
    ],
)
def test_una_fila_mala_de_un_cuadro(
    tmp_path: Path, modulo: ModuleType, estropear: Callable[[Filas], Any], dicho: str
) -> None:
    homicidas = [mes_homicida(municipio, mes, (0, 0, 1, 0)) for mes in (1, 2) for municipio in ("Toluca", "Metepec")]
    filas = homicidas if modulo is sesnsp_homicidios else anuales()
    estropear(filas)
    ruta = texto(tmp_path, filas)
    assert modulo.reconocer(ruta)
    with pytest.raises(ErrorFuente) as falla:
        modulo.leer(ruta)
    assert dicho in str(falla.value)


def test_un_cuadro_que_no_es_utf_8_o_con_un_renglon_corto(tmp_path: Path) -> None:
    ruta = texto(tmp_path, anuales())
    ruta.write_bytes(ruta.read_bytes()[:-8])
    with pytest.raises(ErrorFuente, match="cortado"):
        sesnsp_anual.leer(ruta)
    filas = anuales()
    filas[0]["municipio"] = "Querétaro"
    ruta = texto(tmp_path, filas)
    ruta.write_text(ruta.read_text(encoding="utf-8"), encoding="latin-1")
    with pytest.raises(ErrorFuente, match="UTF-8"):
        sesnsp_anual.leer(ruta)


def test_cada_archivo_lo_reconoce_un_solo_lector(tmp_path: Path) -> None:
    lectores = (sesnsp, sesnsp_subtipo, sesnsp_homicidios, sesnsp_anual)
    rutas = {
        sesnsp_subtipo: subtipo(tmp_path, [celda()]),
        sesnsp_anual: texto(tmp_path, anuales()).rename(tmp_path / "a.csv"),
        sesnsp_homicidios: texto(tmp_path, [mes_homicida("Toluca", 1)]),
    }
    for suyo, ruta in rutas.items():
        assert [lector for lector in lectores if lector.reconocer(ruta)] == [suyo]
    (tmp_path / "otro.json").write_text(json.dumps({"uno": 1}), encoding="utf-8")
    assert not any(lector.reconocer(tmp_path / "otro.json") for lector in lectores)
