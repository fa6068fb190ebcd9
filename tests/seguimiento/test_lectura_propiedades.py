"""Lo que se exporta se vuelve a leer igual, en cualquier codificación, separador y formato."""

from __future__ import annotations

import csv
import io
import string
import unicodedata
from collections.abc import Sequence
from datetime import date

import pandas as pd
from archivos import admite, fila
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from atalaya.informes.tablas import csv_llano, xlsx_llano
from atalaya.periodos import MESES
from atalaya.seguimiento import contratos, fechas, guardadas, limites, numeros
from atalaya.seguimiento.guardadas import Fila

UNO = contratos()["indicadores_municipales"]
LATINAS = string.ascii_letters + string.digits + "áéíóúüñÁÉÑ¿¡()/,;:«»%\"'.$*_<>|&#"
POCAS = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def textos(letras: str = LATINAS) -> st.SearchStrategy[str]:
    """Textos de una o dos líneas que empiezan por letra y no llevan espacios de más."""
    palabras = st.lists(st.text(letras, min_size=1, max_size=8), min_size=1, max_size=4)
    return st.builds(lambda a, b: f"{a}{' '.join(b)}", st.sampled_from("aÁñZ"), palabras)


def cifras() -> st.SearchStrategy[str]:
    """Números canónicos: sin ceros de más."""
    enteros = st.integers(-(10**9), 10**9).map(str)
    partes = st.tuples(st.integers(0, 10**6), st.integers(1, 999_999).map(lambda n: str(n).rstrip("0")))
    return st.one_of(enteros, partes.map(lambda p: f"{p[0]}.{p[1]}"))


@st.composite
def filas(sorteo: st.DrawFn) -> list[Fila]:
    """Filas canónicas de indicadores municipales, cada una con su llave."""
    una = st.from_regex(r"z[a-z0-9]{0,8}(_[a-z0-9]{1,6})?", fullmatch=True)
    claves = sorteo(st.lists(una, min_size=1, unique=True, max_size=5))
    return [
        fila(
            lugar=sorteo(st.sampled_from(["MX-15058", "CL-13122", "MX-09014"])),
            periodo=sorteo(st.sampled_from(["2024", "2024-07", "2025T2", "2025S1", ""])),
            indicador=clave,
            nombre=sorteo(textos()),
            estado="dato",
            valor=sorteo(cifras()),
            unidad=sorteo(textos()),
            alcance=sorteo(st.sampled_from(["exacta", "aproximada", "mínimo"])),
            metodo="registro",
            fuente=sorteo(textos()),
            nota=sorteo(st.one_of(st.just(""), st.builds("{}\n{}".format, textos(), textos()))),
        )
        for clave in claves
    ]  # fmt: skip


def escrito(suyas: Sequence[Fila], separador: str, decimal: str) -> str:
    salida = io.StringIO()
    escritor = csv.writer(salida, delimiter=separador)
    escritor.writerow(UNO.nombres)
    # Un testigo del signo decimal, como lo hay en casi cualquier tabla.
    testigo = fila(
        lugar="MX-15058", indicador="testigo", nombre="t", estado="dato", valor="0.5", unidad="u", alcance="exacta",
        metodo="registro", fuente="f",
    )  # fmt: skip
    for una in [testigo, *suyas]:
        escritor.writerow([v.replace(".", decimal) if c == "valor" else v for c, v in una.items()])
    return salida.getvalue()


@POCAS
@given(
    filas(),
    st.sampled_from([",", ";", "\t", "|"]),
    st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"]),
    st.sampled_from([".", ","]),
)
def test_ida_y_vuelta_en_texto(suyas: list[Fila], separador: str, codificacion: str, decimal: str) -> None:
    # «a;'» y renglón nuevo se lee como lo que `inocuo` protege: escrito a mano vuelve sin el apóstrofo.
    assume(all(limites.original(v) == v for una in suyas for v in una.values()))
    admision = admite(escrito(suyas, separador, decimal).encode(codificacion))
    assert admision.aceptada, admision.hallazgos
    assert admision.nuevas["indicadores_municipales"][1:] == suyas


@POCAS
@given(filas())
def test_ida_y_vuelta_de_lo_que_exporta_el_tablero(suyas: list[Fila]) -> None:
    tabla = guardadas.en_arrow(UNO, suyas).to_pandas()
    for crudo, nombre in ((csv_llano(tabla), "x.csv"), (xlsx_llano({"h": tabla}), "x.xlsx")):
        admision = admite(crudo, nombre)
        assert admision.aceptada, admision.hallazgos
        vueltas = admision.nuevas["indicadores_municipales"]
        # Un número viaja como número: 0.10 vuelve como 0.1.
        assert [{**v, "valor": float(v["valor"])} for v in vueltas] == [
            {**s, "valor": float(s["valor"])} for s in suyas
        ]


@POCAS
@given(st.text(max_size=40))
def test_cualquier_texto_exportado_es_seguro_y_vuelve_o_se_rechaza(texto: str) -> None:
    crudo = csv_llano(pd.DataFrame([fila(
        lugar="MX-15058", indicador="z", nombre=texto, estado="dato", valor="1", unidad="u", alcance="exacta",
        metodo="registro", fuente="f",
    )]))  # fmt: skip
    admision = admite(crudo)
    if admision.aceptada:
        vuelto = admision.nuevas["indicadores_municipales"][0]["nombre"]
        assert vuelto.split() == unicodedata.normalize("NFC", texto).strip("\u200b\ufeff").split()
    else:
        assert all(h.remedio for h in admision.hallazgos)


@given(st.integers(-(10**12), 10**12))
def test_los_miles_se_quitan_igual_con_cualquier_signo(n: int) -> None:
    for signo in (",", ".", " ", "\u00a0"):
        assert numeros.canonico(f"{n:,}".replace(",", signo), "", entero=True) == str(n)


@given(st.dates())
def test_una_fecha_se_lee_igual_escrita_de_cualquier_modo(dia: date) -> None:
    anio = f"{dia.year:04d}"
    for dicha in (
        dia.isoformat(),
        f"{dia.day:02d}/{dia.month:02d}/{anio}",
        f"{dia.day}-{dia.month}-{anio}",
        f"{dia.day} de {MESES[dia.month - 1]} de {anio}",
        f"{dia.day}-{MESES[dia.month - 1][:3]}-{anio}",
    ):
        assert fechas.fecha(dicha) == dia.isoformat()


@settings(deadline=None)
@given(st.text(max_size=60))
def test_ninguna_celda_tumba_la_lectura_de_fechas_ni_numeros(texto: str) -> None:
    for leido in (fechas.fecha(texto), fechas.periodo(texto), numeros.canonico(texto, "", entero=False)):
        assert leido is None or isinstance(leido, str)
