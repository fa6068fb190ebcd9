"""El archivo mensual del SESNSP: qué se cuenta, qué es vacío, qué no se registra y qué se rechaza."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from sesnsp_de_juguete import AMENAZAS, BLANCA, DOLOSO, conteos, en_todo_el_pais, mensual, renglon, serie, texto_csv

from atalaya.acervo.publicacion import publicar
from atalaya.errores import ErrorFuente
from atalaya.fuentes import sesnsp
from atalaya.incorporacion.preparacion import preparar
from atalaya.incorporacion.reconocimiento import Huella

Filas = list[dict[str, object]]


def municipal() -> Filas:
    """Nezahualcóyotl, Toluca y lo no especificado del Estado de México, hasta marzo."""
    return [
        renglon(modo, meses, municipio=municipio)
        for municipio, por_modo in {
            15058: {DOLOSO: (3, 0, 2), BLANCA: (1, 0, "")},
            15106: {DOLOSO: (0, 0, 0), BLANCA: (0, 4, 0)},
            15999: {DOLOSO: (5, 0, 0), BLANCA: (0, 0, 0)},
        }.items()
        for modo, meses in por_modo.items()
    ]


@pytest.mark.parametrize("codificacion", ["latin-1", "utf-8", "utf-8-sig"])
def test_total_modalidades_y_celda_vacia(tmp_path: Path, codificacion: str) -> None:
    """Latin-1, como el oficial, o UTF-8, como la muestra: da lo mismo."""
    filas = conteos(sesnsp, mensual(tmp_path, municipal(), codificacion))
    assert serie(filas, "MX-15058", "homicidio_doloso") == {"2024-01": 4, "2024-02": 0, "2024-03": "no_disponible"}
    con_arma = serie(filas, "MX-15058", "homicidio_doloso", "modalidad:con_arma_de_fuego")
    assert con_arma == {"2024-01": 3, "2024-02": 0, "2024-03": 2}
    assert serie(filas, "MX-15999", "homicidio_doloso")["2024-01"] == 5
    assert {f["lugar"] for f in filas} == {"MX-15058", "MX-15106", "MX-15999"}  # ni la entidad ni la nación
    assert {f["edicion"] for f in filas} == {"2024-03"}
    assert {f["celda"] for f in filas if f["desglose"] == "total"} == {"Homicidio doloso"}


def test_los_meses_que_nadie_trae_no_son_cero_ni_fila(tmp_path: Path) -> None:
    filas = conteos(sesnsp, mensual(tmp_path, [renglon(AMENAZAS, (1, "", 2), entidad=9)]))
    assert serie(filas, "MX-09", "amenazas") == {"2024-01": 1, "2024-02": "no_disponible", "2024-03": 2}


def test_un_delito_de_una_sola_modalidad_no_se_desglosa(tmp_path: Path) -> None:
    filas = conteos(sesnsp, mensual(tmp_path, [renglon(AMENAZAS, (1,), entidad=9)]))
    assert {f["desglose"] for f in filas} == {"total"}


def test_la_nacion_es_la_suma_de_las_32_y_sin_una_no_hay(tmp_path: Path) -> None:
    todas = en_todo_el_pais(DOLOSO, (2, 1))
    assert serie(conteos(sesnsp, mensual(tmp_path, todas)), "MX", "homicidio_doloso") == {"2024-01": 64, "2024-02": 32}
    assert not serie(conteos(sesnsp, mensual(tmp_path, todas[1:])), "MX", "homicidio_doloso")


def test_a_la_nacion_le_falta_el_mes_que_le_falta_a_una(tmp_path: Path) -> None:
    todas = en_todo_el_pais(DOLOSO, (2, 1))
    todas[0]["Enero"] = ""
    assert serie(conteos(sesnsp, mensual(tmp_path, todas)), "MX", "homicidio_doloso")["2024-01"] == "no_disponible"


def test_el_cero_de_quien_no_registra_no_es_un_cero(tmp_path: Path) -> None:
    """México no registra amenazas; la CDMX sí. Una carpeta, si la hubiera, no se calla: la señala un control."""
    dos = [renglon(AMENAZAS, (0, 1), entidad=entidad) for entidad in (9, 15)]
    filas = conteos(sesnsp, mensual(tmp_path, dos))
    assert serie(filas, "MX-09", "amenazas")["2024-01"] == 0
    assert serie(filas, "MX-15", "amenazas") == {"2024-01": "no_registrado", "2024-02": 1}
    de_municipio = conteos(sesnsp, mensual(tmp_path, [renglon(AMENAZAS, (0,), municipio=15058)]))
    assert serie(de_municipio, "MX-15058", "amenazas") == {"2024-01": "no_registrado"}


TRANSPORTISTA = ("Robo", "Robo a transportista", "Con violencia")


def test_desde_cuando_no_registra(tmp_path: Path) -> None:
    filas = [renglon(TRANSPORTISTA, (0,) * 12, entidad=22, anio=anio) for anio in (2018, 2019)]
    filas += [{**fila, "Modalidad": "Sin violencia"} for fila in filas]
    dicho = serie(conteos(sesnsp, mensual(tmp_path, filas)), "MX-22", "robo_a_transportista")
    assert (dicho["2018-12"], dicho["2019-01"]) == (0, "no_registrado")


def test_el_instrumento_de_2026_suma_solo_lo_que_es_el_mismo_concepto(tmp_path: Path) -> None:
    """Los tres vehículos juntos son el robo de vehículo de antes; la extorsión, partida, lleva claves propias."""
    coche, moto = "Robo de vehículo automotor - Coche de 4 ruedas", "Robo de vehículo automotor - Motocicleta"
    delitos = [("Robo", coche, "Con violencia"), ("Robo", moto, "Con violencia"), ("Robo", moto, "Sin violencia")]
    delitos += [("Extorsión", "Extorsión presencial", "Extorsión presencial")]
    delitos += [("Homicidio", "Tentativa de homicidio doloso", "Tentativa de homicidio doloso"), DOLOSO]
    filas = conteos(sesnsp, mensual(tmp_path, [renglon(d, (n,), anio=2026) for n, d in enumerate(delitos, start=1)]))
    por_clave = {(f["indicador"], f["desglose"]): f["casos"] for f in filas}
    assert por_clave["robo_de_vehiculo_automotor", "total"] == 1 + 2 + 3
    assert por_clave["robo_de_vehiculo_automotor", "modalidad:motocicleta_sin_violencia"] == 3
    assert por_clave["extorsion_presencial", "total"] == 4
    assert por_clave["tentativa_de_homicidio_doloso", "total"] == 5
    assert por_clave["homicidio_doloso", "total"] == 6
    assert ("extorsion", "total") not in por_clave


def test_un_encabezado_repetido_a_la_mitad_no_es_un_renglon(tmp_path: Path) -> None:
    ruta = mensual(tmp_path, municipal())
    lineas = ruta.read_text(encoding="latin-1").splitlines()
    limpias = conteos(sesnsp, ruta)
    ruta.write_text("\n".join([*lineas[:3], lineas[0], *lineas[3:], ""]), encoding="latin-1")
    assert conteos(sesnsp, ruta) == limpias


def test_numeros_con_punto_cero_y_claves_con_cero_inicial(tmp_path: Path) -> None:
    filas = [renglon(AMENAZAS, ("7.0",), entidad=9, municipio=9007)]
    filas[0] |= {"Clave_Ent": "09", "Cve. Municipio": "09007"}
    assert serie(conteos(sesnsp, mensual(tmp_path, filas)), "MX-09007", "amenazas") == {"2024-01": 7}


def test_dos_cortes_del_mismo_dato_coexisten(tmp_path: Path) -> None:
    """Otra edición, otro archivo: ninguna llave se repite, así que ninguno pisa al otro."""
    viejo = conteos(sesnsp, mensual(tmp_path, en_todo_el_pais(DOLOSO, (2, 1))))
    nuevo = conteos(sesnsp, mensual(tmp_path, en_todo_el_pais(DOLOSO, (2, 1, 5))))
    assert {f["edicion"] for f in (*viejo, *nuevo)} == {"2024-02", "2024-03"}
    assert not {f["archivo"] for f in viejo} & {f["archivo"] for f in nuevo}


def test_por_partes_sale_lo_mismo_que_de_una_vez(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """El municipal completo no cabe de una vez: se prepara por grupos de delitos y cada grupo es un Parquet."""
    coche, moto = "Robo de vehículo automotor - Coche de 4 ruedas", "Robo de vehículo automotor - Motocicleta"
    delitos = [("Robo", coche, "Con violencia"), DOLOSO, ("Robo", moto, "Con violencia"), AMENAZAS]
    ruta = mensual(tmp_path, [fila for d in delitos for fila in en_todo_el_pais(d, (2, 1), 2026)])
    de_una_vez = conteos(sesnsp, ruta)
    monkeypatch.setattr(sesnsp, "RENGLONES_POR_PARTE", 40)
    entrega = preparar(ruta, Huella("0" * 64, 1), "r", (sesnsp.__name__,))
    assert len(list(entrega.partes())) == 3  # los dos vehículos suman a un indicador: van juntos
    assert conteos(sesnsp, ruta) == de_una_vez
    acervo = publicar(tmp_path / "acervo", [entrega])
    assert len(acervo.rutas("conteo")) == 3
    assert acervo.fuentes[0].filas == len(de_una_vez)


def test_un_archivo_parcial_no_sustituye_a_otro(tmp_path: Path) -> None:
    productos = [
        sesnsp.leer(mensual(tmp_path, filas)).producto
        for filas in (municipal(), [renglon(AMENAZAS, (1, 1, 1), entidad=9, municipio=9007)])
    ]
    assert len(set(productos)) == 2
    assert all(producto.startswith("municipal_parcial_") for producto in productos)


# --- Lo que se rechaza ------------------------------------------------------------------------------------------


def _con(**cambios: object) -> Callable[[Filas], None]:
    def cambiar(filas: Filas) -> None:
        filas[2] |= cambios

    return cambiar


def _sin(columna: str) -> Callable[[Filas], None]:
    def quitar(filas: Filas) -> None:
        for fila in filas:
            del fila[columna]

    return quitar


MALOS: list[tuple[Callable[[Filas], Any], str, str]] = [
    (_sin("Modalidad"), "", "ninguna"),
    (_sin("Marzo"), "encabezado", "faltan ['Marzo']"),
    (_con(Enero="doce"), "Enero › renglones 4", "'doce'"),
    (_con(Enero="-3"), "Enero › renglones 4", "'-3'"),
    (_con(Enero="1.5"), "Enero › renglones 4", "'1.5'"),
    (_con(Año="1999"), "Año › renglones 4", "'1999'"),
    (_con(Año="MMXX"), "Año › renglones 4", "'MMXX'"),
    (_con(Clave_Ent="33"), "Clave_Ent › renglones 4", "'33'"),
    (_con(Entidad="Jalisco"), "Entidad › renglones 4", "otra entidad"),
    (_con(**{"Cve. Municipio": "15777"}), "Cve. Municipio › renglones 4", "'15777'"),
    (_con(**{"Cve. Municipio": "14039"}), "Cve. Municipio › renglones 4", "uno de otra"),
    (_con(**{"Subtipo de delito": "Piratería"}), "Subtipo de delito › renglones 4", "Piratería"),
    (_con(**{"Tipo de delito": "Robo"}), "Subtipo de delito › renglones 4", "Robo › Homicidio doloso"),
    (_con(Modalidad="Con veneno"), "Modalidad › renglones 4", "Con veneno"),
    (lambda filas: filas.append(filas[1]), "renglones 8", "repetidos"),
    (lambda filas: filas.pop(), "renglones 6", "cortado o incompleto"),
    (_con(Año=2026), "renglones", "incompleto"),
]


@pytest.mark.parametrize(("estropear", "donde", "recibido"), MALOS)
def test_lo_malo_se_rechaza_diciendo_donde(
    tmp_path: Path, estropear: Callable[[Filas], Any], donde: str, recibido: str
) -> None:
    filas = municipal()
    estropear(filas)
    ruta = mensual(tmp_path, filas)
    if not sesnsp.reconocer(ruta):
        assert recibido == "ninguna"  # sin subtipo o modalidad ya no es este archivo: nadie lo reconoce
        return
    with pytest.raises(ErrorFuente) as falla:
        sesnsp.leer(ruta)
    assert donde in falla.value.donde
    assert recibido in falla.value.recibido
    assert falla.value.remedio


def test_una_entidad_que_falta_en_un_ano_es_un_archivo_cortado(tmp_path: Path) -> None:
    filas = en_todo_el_pais(DOLOSO, (1,) * 12, 2023) + en_todo_el_pais(DOLOSO, (1,))[:-1]
    with pytest.raises(ErrorFuente, match="en 2024 faltan MX-32"):
        sesnsp.leer(mensual(tmp_path, filas))


def test_un_renglon_cortado_a_la_mitad(tmp_path: Path) -> None:
    ruta = mensual(tmp_path, municipal())
    ruta.write_bytes(ruta.read_bytes()[:-20])
    with pytest.raises(ErrorFuente, match="todas sus columnas"):
        sesnsp.leer(ruta)


def test_dos_codificaciones_en_un_archivo(tmp_path: Path) -> None:
    ruta = tmp_path / "mezcla.csv"
    lineas = texto_csv(en_todo_el_pais(DOLOSO, (1,))).splitlines(keepends=True)
    ruta.write_bytes("".join(lineas[:-20]).encode("utf-8") + "".join(lineas[-20:]).encode("latin-1"))
    with pytest.raises(ErrorFuente, match="una sola codificación"):
        sesnsp.leer(ruta)


def test_latin_1_leido_como_utf_8_y_vuelto_a_guardar(tmp_path: Path) -> None:
    """«MÃ©xico»: el nombre ya no es el de su clave."""
    ruta = tmp_path / "doble.csv"
    ruta.write_bytes(texto_csv(en_todo_el_pais(DOLOSO, (1,))).encode("utf-8").decode("latin-1").encode("utf-8"))
    with pytest.raises(ErrorFuente, match="columnas oficiales"):
        sesnsp.leer(ruta)


def test_vacio_o_sin_ningun_dato(tmp_path: Path) -> None:
    solo_encabezado = tmp_path / "vacio.csv"
    solo_encabezado.write_text(texto_csv(municipal()).splitlines()[0] + "\n", encoding="latin-1")
    with pytest.raises(ErrorFuente, match="sólo el encabezado"):
        sesnsp.leer(solo_encabezado)
    with pytest.raises(ErrorFuente, match="todas las celdas vacías"):
        sesnsp.leer(mensual(tmp_path, [renglon(AMENAZAS, (), entidad=9)]))


def test_no_reconoce_lo_ajeno(tmp_path: Path) -> None:
    for nombre, crudo in {"a.csv": b"uno,dos\n1,2\n", "b.csv": b"", "c.xlsx": b"PK\0\0", "d": b"\xff\xfeA\0"}.items():
        (tmp_path / nombre).write_bytes(crudo)
        assert not sesnsp.reconocer(tmp_path / nombre)
    assert not sesnsp.reconocer(tmp_path)
