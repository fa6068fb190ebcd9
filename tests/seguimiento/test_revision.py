"""La revisión: una celda alterada da su falta, y sólo en su fila y su columna; lo que se contradice, también."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tablas_del_proyecto import celdas, claves, numeradas

from atalaya.seguimiento import Columna, contrato, contratos
from atalaya.seguimiento.celdas import revisar as revisar_celda
from atalaya.seguimiento.revision import Falta, revisar

MALAS = {
    "clave": ["Con Mayúsculas", "á", "con-guion", " x"],
    "entero": ["12.5", "1,200", "doce", "1e3", "٣"],
    "numero": ["1,5", "nan", "inf", "1e5", "12 %", "-"],
    "pct": ["101", "-1", "100.0001", "nan", "95%"],
    "fecha": ["2020-02-30", "2020-13", "24/02/2020", "20", "2020-2-4", "0000", "2021-02-29"],
    "periodo": ["2025T5", "2025-13", "2025 T1", "2024S3"],
    "lugar": ["MX-99999", "Nezahualcóyotl", "mx-15058"],
    "indicador": ["no_es_un_indicador", "Confianza"],
    "direccion": ["javascript:alert(1)", "www.ejemplo.mx", "ftp://a.mx", 'https://a.mx/"><script>'],
    "texto": ["con\x00nulo", "campana\x07"],
}
BUENAS = {
    "clave": ["a", "mx_pa4", "2_cosas"],
    "entero": ["0", "-3", "14377"],
    "numero": ["0", "45.6", "-1.25"],
    "pct": ["0", "100", "45.6"],
    "fecha": ["2020-02-29", "2020-02", "2020"],
    "periodo": ["2025T2", "2025S1", "2024-07", "2023"],
    "lugar": ["MX-15058", "CL-13122", "MX-CD28", "MX"],
    "indicador": ["confianza_policia_municipal"],
    "direccion": ["https://a.mx/b?c=1", "http://www.ejemplo.cl/prevención"],
    "texto": ["=SUMA(A1)", "<b>así</b>", "dos\nrenglones"],
}
settings.register_profile("con_catalogo", deadline=None)
settings.load_profile("con_catalogo")
"""La primera vez se lee el catálogo entero: el plazo por ejemplo mediría eso."""
CON_FILAS = [nombre for nombre, filas in numeradas().items() if filas]


def columna(tipo: str, obligatoria: str = "si", valores: str = "") -> Columna:
    return Columna("t", "c", tipo, obligatoria, valores, "", "algo")


def faltas(tabla: str, numero: int, /, **cambios: str) -> list[Falta]:
    """Las de la tabla del proyecto con esos cambios en una fila."""
    filas = [(n, {**fila, **cambios} if n == numero else fila) for n, fila in numeradas()[tabla]]
    return revisar(contrato(tabla), filas, claves())


@pytest.mark.parametrize("tipo", MALAS)
def test_cada_tipo_admite_lo_suyo_y_nada_mas(tipo: str) -> None:
    for celda in BUENAS[tipo]:
        assert revisar_celda(columna(tipo), celda) is None, celda
    for celda in MALAS[tipo]:
        assert revisar_celda(columna(tipo), celda), celda


def test_vacia_solo_donde_no_es_obligatoria_y_espacios_nunca() -> None:
    for tipo in MALAS:
        assert "vacía" in str(revisar_celda(columna(tipo), ""))
        assert revisar_celda(columna(tipo, "no"), "") is None
        assert revisar_celda(columna(tipo, "no"), "  ")


def test_lista_cerrada() -> None:
    assert revisar_celda(columna("texto", valores="sí|no"), "sí") is None
    assert revisar_celda(columna("texto", valores="sí|no"), "Sí") == "uno de: sí, no"


@given(st.dates())
def test_toda_fecha_del_calendario_se_admite_y_su_dia_32_no(dia: date) -> None:
    assert revisar_celda(columna("fecha"), dia.isoformat()) is None
    assert revisar_celda(columna("fecha"), f"{dia.isoformat()[:8]}32")


@given(st.text(max_size=12))
def test_un_pct_admitido_es_un_numero_de_0_a_100(celda: str) -> None:
    if celda.strip() and revisar_celda(columna("pct"), celda) is None:
        assert 0 <= float(celda) <= 100
        assert celda.isascii()


@given(st.data())
def test_una_celda_alterada_da_su_falta_y_solo_en_su_fila_y_columna(data: st.DataObject) -> None:
    tabla = data.draw(st.sampled_from(CON_FILAS))
    numero, fila = data.draw(st.sampled_from(numeradas()[tabla]))
    cual = data.draw(st.sampled_from(contrato(tabla).columnas))
    mala = data.draw(st.sampled_from(MALAS[cual.tipo]))
    assume(fila[cual.columna] != mala)
    halladas = faltas(tabla, numero, **{cual.columna: mala})
    propias = [f for f in halladas if (f.tabla, f.fila, f.columna) == (tabla, numero, cual.columna)]
    assert [f.recibido for f in propias] == [mala]
    assert propias[0].esperado
    assert propias[0].remedio
    # Alterar la tabla a que apunta otra columna deja sin sentido la clave: es la única falta que puede acompañarla.
    ajenas = [f for f in halladas if f not in propias]
    assert ajenas == [] or (tabla, cual.columna) == ("indicadores_ligados", "objeto")


@given(st.data())
def test_una_obligatoria_vacia_da_su_falta(data: st.DataObject) -> None:
    tabla = data.draw(st.sampled_from(CON_FILAS))
    numero, _ = data.draw(st.sampled_from(numeradas()[tabla]))
    cual = data.draw(st.sampled_from([c for c in contrato(tabla).columnas if c.es_obligatoria]))
    halladas = faltas(tabla, numero, **{cual.columna: ""})
    assert (numero, cual.columna, "(vacía)") in [(f.fila, f.columna, f.recibido) for f in halladas]
    assert {f.fila for f in halladas} == {numero}


@given(st.data())
def test_una_fila_repetida_se_dice_en_la_segunda(data: st.DataObject) -> None:
    tabla = data.draw(st.sampled_from(CON_FILAS))
    numero, fila = data.draw(st.sampled_from(numeradas()[tabla]))
    halladas = revisar(contrato(tabla), [*numeradas()[tabla], (9_999, fila)], claves())
    assert [(f.fila, f.esperado) for f in halladas] == [(9_999, "cada llave una sola vez")]
    assert f"fila {numero}" in halladas[0].remedio


@pytest.mark.parametrize(
    ("tabla", "nombre"),
    [(c.tabla, c.columna) for uno in contratos().values() for c in uno.columnas if c.refiere]
    + [("lecciones", "de"), ("indicadores_ligados", "clave")],
)
def test_toda_referencia_rota_se_dice(tabla: str, nombre: str) -> None:
    if not numeradas()[tabla]:
        # Sin filas en el proyecto: basta que la columna se mire con una fila hecha de vacíos.
        fila = dict.fromkeys(contrato(tabla).nombres, "") | {nombre: "no_existe"}
        halladas = revisar(contrato(tabla), [(2, fila)], claves())
    else:
        halladas = faltas(tabla, numeradas()[tabla][0][0], **{nombre: "no_existe"})
    assert "no_existe" in [
        f.recibido for f in halladas if f.columna == nombre and "una clave de la tabla" in f.esperado
    ]


def test_una_leccion_es_de_un_modelo_o_de_un_convenio() -> None:
    assert faltas("lecciones", 2, de="coproduccion", orden="99") == []
    assert faltas("lecciones", 2, de="proximidad", orden="99") == []
    assert [f.columna for f in faltas("lecciones", 2, de="mx_pa4", orden="99")] == ["de"]


def test_la_clave_ligada_es_de_la_tabla_de_su_objeto() -> None:
    numero, fila = numeradas()["indicadores_ligados"][0]
    assert fila["objeto"] == "transferencias"
    assert [f.columna for f in faltas("indicadores_ligados", numero, objeto="compromisos")] == ["clave"]


@pytest.mark.parametrize(
    ("tabla", "cifra", "otro"),
    [
        ("avances", "avance_pct", "no reportado"),
        ("medidas", "valor", "suprimido"),
        ("indicadores_municipales", "valor", "suprimido"),
    ],
)
def test_dato_lleva_cifra_y_lo_demas_no(tabla: str, cifra: str, otro: str) -> None:
    numero = next(n for n, fila in numeradas()[tabla] if fila["estado"] == "dato")
    assert [(f.fila, f.columna) for f in faltas(tabla, numero, **{cifra: ""})] == [(numero, cifra)]
    assert [(f.fila, f.columna) for f in faltas(tabla, numero, estado=otro)] == [(numero, cifra)]
    assert faltas(tabla, numero, estado=otro, **{cifra: ""}) == []
    assert faltas(tabla, numero, **{cifra: "0"}) == [], "el cero es un dato"


def test_inicio_y_fin_se_comparan_hasta_donde_dicen() -> None:
    def columnas(inicio: str, fin: str) -> list[str]:
        return [f.columna for f in faltas("planes", 2, inicio=inicio, fin=fin)]

    assert columnas("2021-01-01", "2020-12-31") == ["fin"]
    assert columnas("2021", "2020-12") == ["fin"]
    assert columnas("2020-05", "2020") == []
    assert columnas("2020-02-24", "2020-02-24") == []
    assert columnas("2020-02-24", "") == []


def test_una_afirmacion_que_se_puede_comprobar_lleva_su_cifra() -> None:
    numero = next(n for n, fila in numeradas()["afirmaciones"] if fila["clase"] == "nivel")
    assert [f.columna for f in faltas("afirmaciones", numero, valor="")] == ["valor"]
    assert faltas("afirmaciones", numero, valor="", clase="otra") == []


def test_una_proporcion_lleva_sus_dos_partes() -> None:
    def columnas(**cambios: str) -> list[str]:
        return [f.columna for f in faltas("indicadores_municipales", 2, valor="", **cambios)]

    assert columnas(numerador="3", denominador="4") == []
    assert columnas(numerador="3") == ["denominador"]
    assert columnas(denominador="3") == ["numerador"]
    assert columnas(numerador="3", denominador="0") == ["denominador"]


def test_el_antes_de_una_liga_va_antes() -> None:
    assert [f.columna for f in faltas("indicadores_ligados", 2, antes="2024T2", despues="2024T1")] == ["despues"]


def test_una_asamblea_que_no_fue_no_tiene_asistentes() -> None:
    fila = dict.fromkeys(contrato("asambleas").nombres, "") | {
        "asamblea": "a",
        "territorio": "izt_san_miguel_teotongo",
        "fecha": "2019-03-02",
        "documento": "iztapalapa_dialogos",
        "pasaje": "p",
    }

    def columnas(estado: str, asistentes: str) -> list[str]:
        una = fila | {"estado": estado, "asistentes": asistentes}
        return [f.columna for f in revisar(contrato("asambleas"), [(2, una)], claves())]

    assert columnas("celebrada", "0") == []
    assert columnas("celebrada", "") == []
    assert columnas("no celebrada", "") == []
    for estado in ("no celebrada", "no reportada", "suprimida"):
        assert columnas(estado, "0") == ["asistentes"]


def test_la_falta_dice_la_fila_que_se_le_dio() -> None:
    fila = celdas("ejes")[0] | {"orden": "uno"}
    assert [f.fila for f in revisar(contrato("ejes"), [(731, fila)], claves())] == [731]
