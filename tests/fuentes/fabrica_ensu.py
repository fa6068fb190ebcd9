"""Microdatos de la ENSU con la forma exacta de un trimestre: el diccionario de INEGI es el de verdad; las
respuestas, al azar con semilla. Sirve para probar la lectura donde no hay microdatos; ninguna cifra sale de aquí.
"""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from atalaya.fuentes.diccionario_inegi import Variable, leer_diccionario

ENTREVISTAS = 160
POR_UPM = 4
SIN_SEXO_EN_CB = ("2016", "2017", "2018", "2019", "2020T1")


@dataclass
class Ola:
    """Un trimestre fabricado: sus registros tal como se escribieron (por nombre de variable) y su carpeta."""

    periodo: str
    carpeta: Path
    registros: list[dict[str, str]]
    personas: list[dict[str, str]] = field(default_factory=list)


def fabricar(
    diccionarios: Path, periodo: str, destino: Path, semilla: int, primera: Mapping[str, str] | None = None
) -> Ola:
    """Escribe en `destino` un paquete como el de ese trimestre y devuelve lo que escribió.

    `primera` sustituye valores en la primera entrevista.
    """
    azar = random.Random(f"{periodo}-{semilla}")  # noqa: S311
    archivos = sorted(diccionarios.glob(f"{periodo}/*iccionario*"))
    tablas = [(a, leer_diccionario(a.read_bytes(), a.name)) for a in archivos]
    todas = {nombre: v for _, tabla in tablas for nombre, v in tabla.items()}
    registros = [_registro(todas, periodo, i, azar) for i in range(ENTREVISTAS)]
    registros[0] |= primera or {}
    ola = Ola(periodo, destino, registros)
    for archivo, variables in tablas:
        _escribir_cb(ola, archivo, variables, azar)
    if periodo.startswith(SIN_SEXO_EN_CB):
        _escribir_cs(ola, azar)
    return ola


def _registro(variables: dict[str, Variable], periodo: str, i: int, azar: random.Random) -> dict[str, str]:
    upm, ciudad = i // POR_UPM, _elegir(variables["CD"], azar)
    entidad = 1 + upm % 32
    fijos = {
        "UPM": f"{entidad:02d}{upm:05d}",
        "UPM_DIS": f"{upm + 1:05d}",
        "EST_DIS": f"{1 + upm % 5:04d}",
        "PER": f"0{periodo[5]}{periodo[2:4]}",
        "CD": ciudad,
        "VIV_SEL": f"{1 + i % POR_UPM:02d}",
        "R_SEL": f"{azar.randint(1, 6):02d}",
        "H_MUD": "0",
        "S_MUD": "0",
        "R_DEF": "01",
        "FAC_SEL": str(azar.randint(50, 90000)),
        "FAC_VIV": str(azar.randint(50, 40000)),
        "CVE_ENT": f"{entidad:02d}",
        "CVE_MUN": f"{azar.randint(1, 120):03d}",
        "NOM_ENT": "Michoacán de Ocampo",
        "NOM_MUN": "Nezahualcóyotl, en «prueba»",
        "NOM_CD": "Ciudad Nezahualcóyotl",
        "ID_VIV": f"{entidad:02d}{upm:05d}.{1 + i % POR_UPM:03d}",
        "ID_PER": f"{entidad:02d}{upm:05d}.{1 + i % POR_UPM:03d}.01",
        "SEXO": azar.choice("12"),
        "EDAD": azar.choice(["18", "29", "30", "45", "59", "60", "96", "98"]),
    }
    fijos["SEX"], fijos["EDA"] = fijos["SEXO"], fijos["EDAD"]
    registro = {n: fijos[n] if n in fijos else _elegir(v, azar) for n, v in variables.items()}
    registro.setdefault("FAC_SEL", fijos["FAC_SEL"])  # los diccionarios de 2018T4 y 2019T1 se lo saltan
    _aplicar_filtros(registro, variables)
    return registro


def _elegir(variable: Variable, azar: random.Random) -> str:
    claves = [c for c in variable.claves if c.isdigit()]
    if claves:
        return azar.choice(claves)
    return "Algo que dijo, con comas y\rsaltos" if variable.claves[0].startswith("Texto") else "0"


def _aplicar_filtros(registro: dict[str, str], variables: dict[str, Variable]) -> None:
    """Deja en blanco lo que el cuestionario no pregunta: a quien no identifica a una autoridad, no tuvo conflictos…"""
    textos = {n: v.normal for n, v in variables.items()}
    identifica = {_autoridad(t): n for n, t in textos.items() if t.startswith("identificacion de")}
    for nombre, texto in textos.items():
        if texto.startswith(("percepcion de la efectividad", "percepcion del grado de confianza")):
            suya = identifica[_autoridad(texto)]
            if registro[suya] != "1":
                registro[nombre] = ""
    if registro.get("BP2_1") != "1":
        _vaciar(registro, ("BP2_2_", "BP2_3_", "BP2_4_"))
    elif not any(registro.get(f"BP2_2_{i:02d}") == "1" for i in range(1, 18)):
        _vaciar(registro, ("BP2_3_", "BP2_4_"))
    for contacto, corrupcion in (("BP3_3", "BP3_4"), ("BP3_5", "BP3_6")):
        if contacto in registro and registro[contacto] != "1":
            registro[corrupcion] = ""


def _vaciar(registro: dict[str, str], prefijos: tuple[str, ...]) -> None:
    for nombre in registro:
        if nombre.startswith(prefijos):
            registro[nombre] = ""


def _autoridad(texto: str) -> str:
    for nombre in ("municipal", "estatal", "federal", "gendarmeria", "guardia", "ejercito", "marina", "aerea"):
        if nombre in texto:
            return nombre
    raise AssertionError(texto)


def _escribir_cb(ola: Ola, archivo: Path, variables: dict[str, Variable], azar: random.Random) -> None:
    """Los datos junto a su diccionario intacto, con la codificación y el salto de línea de ese diccionario."""
    crudo = archivo.read_bytes()
    base = ola.carpeta / archivo.stem.replace("diccionario_de_datos", "conjunto_de_datos")
    (base / "diccionario_de_datos").mkdir(parents=True)
    (base / "conjunto_de_datos").mkdir()
    (base / "diccionario_de_datos" / archivo.name).write_bytes(crudo)
    minusculas = re.search(rb"\bbp1_1\b", crudo) is not None
    campos = [*variables] if "FAC_SEL" in variables else [*variables, "FAC_SEL"]
    nombres = [n.lower() if minusculas else n for n in campos]
    filas = [[r[n] for n in campos] for r in azar.sample(ola.registros, len(ola.registros))]
    nombre = archivo.name.replace("diccionario_de_datos", "conjunto_de_datos")
    (base / "conjunto_de_datos" / f" {nombre}").write_bytes(_como(crudo, nombres, filas))


def _escribir_cs(ola: Ola, azar: random.Random) -> None:
    """La tabla de integrantes: la persona elegida de cada vivienda y, antes y después, otras que no lo son."""
    campos = ["UPM", "VIV_SEL", "H_MUD", "N_REN", "SEX", "EDA"]
    for registro in ola.registros:
        for renglon in (registro["R_SEL"], "07", "08"):
            ola.personas.append(
                {c: registro[c] for c in campos[:3]}
                | {"N_REN": renglon, "SEX": azar.choice("12"), "EDA": azar.choice(["05", "18", "40", "97"])}
            )
    base = ola.carpeta / "conjunto_de_datos_cs_ensu" / "conjunto_de_datos"
    base.mkdir(parents=True)
    filas = [[p[c] for c in campos] for p in azar.sample(ola.personas, len(ola.personas))]
    (base / "conjunto_de_datos_cs_ensu.csv").write_bytes(_como(b'"x"\r\n', campos, filas))


def _como(muestra: bytes, nombres: list[str], filas: list[list[str]]) -> bytes:
    """CSV con la codificación, el salto y las comillas del archivo de muestra."""
    try:
        muestra.decode("utf-8")
        codificacion = "utf-8-sig" if muestra.startswith(b"\xef\xbb\xbf") else "utf-8"
    except UnicodeDecodeError:
        codificacion = "cp1252"
    salto = "\r\n" if b"\r\n" in muestra else "\n" if b"\n" in muestra else "\r"
    # En 2015-2019 cada celda entrecomillada lleva un CR antes de cerrar.
    cierre = '\r"' if b'\r"' in muestra else '"'
    renglones = [",".join(nombres)] + [",".join(f'"{celda}{cierre}' for celda in fila) for fila in filas]
    return salto.join(renglones).encode(codificacion)
