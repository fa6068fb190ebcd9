"""Los archivos como de verdad los guarda la gente: todos dan las mismas filas canónicas, o dicen qué corregir."""

from __future__ import annotations

import io
from datetime import date

import openpyxl
import pytest
from archivos import BUENO, COLUMNAS, RENGLON, admite, con, entra, fila, libro, libro_bueno, vigentes

from atalaya.seguimiento import contratos, fechas, guardadas, numeros
from atalaya.seguimiento.admision import admitir

CANONICA = fila(**dict(zip(COLUMNAS.split(","), RENGLON.split(","), strict=True)))
CON_TITULO = f"Indicadores de mi municipio,,,\n,,,\n{COLUMNAS.upper()}\n,,,\n{RENGLON}\n,,,\n"
ACENTUADO = BUENO.replace("metodo", " Método ").replace("periodo", "PERÍODO")


@pytest.mark.parametrize(
    "crudo",
    [
        BUENO.encode(),
        BUENO.encode("utf-8-sig"),
        BUENO.encode("utf-16"),
        BUENO.encode("utf-16-le"),
        BUENO.encode("utf-16-be"),
        BUENO.encode("utf-32"),
        ACENTUADO.encode("cp1252"),
        ACENTUADO.encode(),
        BUENO.replace(",", ";").encode("latin-1"),
        BUENO.replace(",", "\t").encode("utf-16"),
        BUENO.replace("\n", "\r\n").encode(),
        BUENO.replace("\n", "\r").encode(),
        CON_TITULO.encode(),
        f"sep=;\n{BUENO.replace(',', ';')}".encode(),
    ],
)
def test_separadores_codificaciones_y_titulos(crudo: bytes) -> None:
    assert entra(crudo) == [CANONICA]


def test_un_libro_da_lo_mismo_y_cada_hoja_es_una_tabla() -> None:
    assert entra(libro_bueno(), "mio.xlsx") == [CANONICA]
    planes = [
        ["Plan municipal", None, None],
        ["plan", "lugar", "nombre", "inicio", "fin", "regla_avance"],
        ["p_mio", "MX-15106", "Mi plan", date(2024, 2, 24), "31 de diciembre de 2024", "media"],
    ]
    compromisos = [["Compromiso", "Plan", "Nombre", "Origen"], ["c_mio", "p_mio", "Alumbrado", "Cocreado"]]
    admision = admite(libro({"planes": planes, "compromisos": compromisos, "notas": [["hola"]]}), "todo.xlsx")
    assert admision.aceptada, admision.hallazgos
    assert admision.nuevas["planes"][0]["inicio"] == "2024-02-24"
    assert admision.nuevas["planes"][0]["fin"] == "2024-12-31"
    # Sin documento ni pasaje: los del propio archivo, y su renglón en documentos.
    assert admision.nuevas["compromisos"][0]["documento"] == "archivo_todo"
    assert admision.nuevas["compromisos"][0]["pasaje"] == "hoja compromisos, fila 2"
    assert [d["documento"] for d in admision.nuevas["documentos"]] == ["archivo_todo"]
    assert any("notas" in aviso for aviso in admision.avisos)


def test_columnas_de_mas_se_avisan_y_no_entran() -> None:
    admision = admite(BUENO.replace("fuente\n", "fuente,Teléfono\n").replace("observatorio\n", "observatorio,555\n"))
    assert admision.nuevas["indicadores_municipales"] == [CANONICA]
    assert any("Teléfono" in aviso for aviso in admision.avisos)


@pytest.mark.parametrize(
    ("escrita", "canonica"),
    [
        ("24 de febrero de 2020", "2020-02-24"),
        ("lunes 24 de Febrero del 2020", "2020-02-24"),
        ("24/02/2020", "2020-02-24"),
        ("24-feb-2020", "2020-02-24"),
        ("1.º de enero de 2021", "2021-01-01"),
        ("2020-02-24 00:00:00", "2020-02-24"),
        ("febrero de 2020", "2020-02"),
        ("02/2020", "2020-02"),
        ("2020", "2020"),
        ("31/06/2020", None),
        ("24/02/20", None),
        ("02/24/2020", None),
        ("ayer", None),
    ],
)
def test_fechas(escrita: str, canonica: str | None) -> None:
    assert fechas.fecha(escrita) == canonica


@pytest.mark.parametrize(
    ("escrito", "canonico"),
    [
        ("2.º trimestre de 2025", "2025T2"),
        ("segundo trimestre de 2025", "2025T2"),
        ("T2 2025", "2025T2"),
        ("2025-t2", "2025T2"),
        ("1.er semestre de 2025", "2025S1"),
        ("julio de 2024", "2024-07"),
        ("2023", "2023"),
        ("24/02/2020", None),
        ("3.er semestre de 2025", None),
    ],
)
def test_periodos(escrito: str, canonico: str | None) -> None:
    assert fechas.periodo(escrito) == canonico


@pytest.mark.parametrize(
    ("escrito", "decimal", "canonico"),
    [
        ("1.234.567,5", "", "1234567.5"),
        ("1,234,567.5", "", "1234567.5"),
        ("45,6 %", "", "45.6"),
        ("28 000", "", "28000"),
        ("−3,50", "", "-3.5"),
        ("0,125", "", "0.125"),
        ("1.234", ",", "1234"),
        ("1.234", ".", "1.234"),
        ("1.234", "", None),
        ("1.2.3", "", None),
        ("mil", "", None),
    ],
)
def test_numeros(escrito: str, decimal: numeros.Decimal_, canonico: str | None) -> None:
    assert numeros.canonico(escrito, decimal, entero=False) == canonico


def test_lo_ambiguo_se_pregunta_salvo_que_otra_celda_lo_aclare() -> None:
    dudoso = con(valor="1.234").replace(",", ";")
    (falta,) = admite(dudoso).hallazgos
    assert (falta.fila, falta.columna) == (2, "valor")
    assert "miles o decimales" in falta.remedio
    otro = RENGLON.replace("2024", "2023").replace(",60,", ",0-5,").replace(",", ";").replace("0-5", "0,5")
    assert [f["valor"] for f in entra(dudoso + otro + "\n")] == ["1234", "0.5"]


def test_fechas_con_el_mes_primero_no_se_adivinan() -> None:
    renglones = "recomendacion,voz,fecha,postura\nr,autoridad,03/04/2024,atendida\nr,observatorio,02/24/2024,atendida\n"
    faltas = [h for h in admite(renglones).hallazgos if h.columna == "fecha"]
    assert [(h.fila, "mes primero" in h.remedio) for h in faltas] == [(2, True), (3, True)]


def test_lugares_por_su_nombre() -> None:
    assert entra(con(lugar="toluca"))[0]["lugar"] == "MX-15106"
    assert entra(con(lugar="Benito Juárez, Quintana Roo"))[0]["lugar"] == "MX-23005"
    (falta,) = admite(con(lugar="Benito Juárez")).hallazgos
    assert "MX-23005 (Quintana Roo)" in falta.remedio
    (falta,) = admite(con(lugar="Macondo")).hallazgos
    assert falta.recibido == "Macondo"


def test_todas_las_faltas_a_la_vez_con_su_fila() -> None:
    malo = f"Título\n\n{COLUMNAS}\n{RENGLON}\n\nMacondo,ayer,x,,tal vez,mucho,u,casi,registro,\n"
    admision = admite(malo)
    assert not admision.nuevas
    assert {(h.fila, h.columna) for h in admision.hallazgos} == {
        (6, c) for c in ("lugar", "periodo", "nombre", "estado", "valor", "alcance", "fuente")
    }
    assert all(h.remedio and h.esperado and h.recibido for h in admision.hallazgos)


def test_faltan_columnas_y_se_dice_cuales() -> None:
    admision = admite("lugar,indicador,nombre,valor,unidad,fuente\nMX-15106,x,X,1,u,f\n")
    assert {h.columna for h in admision.hallazgos} == {"estado", "alcance", "metodo"}


def test_un_archivo_que_no_es_de_ninguna_tabla() -> None:
    (falta,) = admite("a,b,c\n1,2,3\n").hallazgos
    assert falta.recibido == "a, b, c"
    assert "plantilla" in falta.remedio


def test_un_separador_dentro_de_un_texto_sin_comillas_no_corre_las_celdas() -> None:
    faltas = admite(BUENO.replace("Mi observatorio", "Mi observatorio, el de Toluca")).hallazgos
    assert any("comillas" in h.remedio for h in faltas)


def test_lo_anterior_no_se_pisa_y_lo_igual_no_estorba() -> None:
    neza = next(f for f in vigentes()["indicadores_municipales"] if f["indicador"] == "cuadrantes_policiales")
    uno = contratos()["indicadores_municipales"]
    igual = admite(guardadas.como_csv(uno, [neza]))
    assert (igual.aceptada, igual.cuantas, igual.ya_estaban) == (True, 0, 1)
    (falta,) = admite(guardadas.como_csv(uno, [neza | {"valor": "101"}])).hallazgos
    assert "no se pisa" in falta.esperado
    assert falta.columna == "valor"


def test_dos_archivos_que_se_contradicen() -> None:
    dos = [("a.csv", BUENO.encode()), ("b.csv", con(valor="61").encode())]
    (falta,) = admitir(dos, vigentes()).hallazgos
    assert falta.archivo == "b.csv"


@pytest.mark.parametrize("tabla", [n for n, filas in guardadas.vigentes().items() if filas])
def test_cada_tabla_del_proyecto_se_vuelve_a_leer_igual(tabla: str) -> None:
    admision = admite(guardadas.como_csv(contratos()[tabla], vigentes()[tabla]), f"{tabla}.csv")
    assert admision.aceptada, admision.hallazgos[:3]
    assert (admision.cuantas, admision.ya_estaban) == (0, len(vigentes()[tabla]))


def test_fechas_y_porcentajes_con_formato_de_celda() -> None:
    uno = openpyxl.load_workbook(io.BytesIO(libro_bueno()))
    hoja = uno.active
    hoja["B2"], hoja["F2"] = date(2024, 7, 1), 0.456
    hoja["B2"].number_format, hoja["F2"].number_format = "mmm-yy", "0.0%"
    salida = io.BytesIO()
    uno.save(salida)
    (suya,) = entra(salida.getvalue(), "mio.xlsx")
    assert (suya["periodo"], suya["valor"]) == ("2024-07", "45.6")
