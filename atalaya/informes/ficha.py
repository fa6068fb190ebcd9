"""La ficha de una vista: de dónde sale cada cifra, qué se preguntó, a quién, con qué precisión y cómo se cita."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from atalaya import catalogo, periodos
from atalaya.catalogo.registros import proyecciones
from atalaya.figuras import textos
from atalaya.idiomas import Rotulos, anotado, tr, tr_n
from atalaya.informes import ficha_conteo

METODO = Rotulos(
    {
        "publicada": "publicada por la oficina en su tabulado, sin cálculo de Atalaya",
        "microdatos": "calculada por Atalaya con el diseño muestral de los microdatos",
        "modelada": "publicada, con error aproximado por Atalaya",
        "experimental": "experimental: áreas pequeñas de la oficina",
        "citada": "citada de un documento; no se ha podido reproducir",
    }
)


TOPE_CELDAS = 600


@dataclass(frozen=True)
class Ficha:
    """Lo que respalda las cifras de un indicador en una vista. `renglones`: rótulo y texto, en orden de lectura."""

    indicador: str
    nombre: str
    renglones: tuple[tuple[str, str], ...]


def fichas(tabla: pd.DataFrame) -> list[Ficha]:
    """Una ficha por indicador de la tabla (columnas del contrato `estimacion`), en el orden en que aparecen."""
    return [_una(str(clave), grupo) for clave, grupo in tabla.groupby("indicador", sort=False)]


def cita(tabla: pd.DataFrame) -> str:
    """La cita de las fuentes de la tabla, con cuadros y periodos: lo que acompaña a toda descarga."""
    con_cifra = tabla[tabla["estado"] == "dato"]
    partes = []
    for clave in claves_de_fuentes(tabla):
        suyas = con_cifra[con_cifra["fuente"] == clave]
        cuadros = _cuadros(suyas)
        partes.append(catalogo.fuentes()[str(clave)].cita + (f" {_cuadro(cuadros).capitalize()}." if cuadros else ""))
    return " ".join(partes)


def pie(tabla: pd.DataFrame) -> str:
    """El pie corto de una figura: «Fuente: INEGI, ENSU, junio de 2025, cuadro 8.7.»."""
    con_cifra = tabla[tabla["estado"] == "dato"]
    nombres = [f"{catalogo.fuentes()[c].productor}, {catalogo.fuentes()[c].nombre}" for c in claves_de_fuentes(tabla)]
    cuadros = _cuadros(con_cifra)
    cuales = f", {_cuadro(cuadros)}" if 0 < len(cuadros) <= 4 else ""
    return tr(
        "Fuente: {nombres}; {de_a}{cuales}.",
        nombres=textos.lista(nombres),
        de_a=periodos.de_a(tabla["periodo"].dropna()),
        cuales=cuales,
    )


def _una(clave: str, filas: pd.DataFrame) -> Ficha:
    ficha = catalogo.indicador(clave)
    if ficha.es_conteo:
        return Ficha(clave, ficha.nombre, tuple(ficha_conteo.renglones(ficha, filas)))
    fuente = catalogo.fuentes()[ficha.fuente]
    con_cifra = filas[filas["estado"] == "dato"]
    renglones = [
        (tr("Pregunta"), f"«{ficha.pregunta}»" if ficha.pregunta else tr("El catálogo no tiene su texto.")),
        (tr("Cómo se calcula"), ficha.nota),
        (tr("Universo"), ficha.universo),
        (tr("Unidad"), ficha.unidad_dicha),
        (tr("Periodo"), periodos.de_a(filas["periodo"].dropna())),
        (tr("Fuente"), f"{fuente.productor}. {fuente.nombre}. {fuente.url}"),
        (tr("Dónde está"), _celdas(con_cifra)),
        (
            tr("Método"),
            textos.lista([METODO[m] for m in dict.fromkeys(con_cifra["metodo"].dropna())]) or tr("sin cifras"),
        ),
        (tr("Precisión"), _precision(con_cifra)),
        (tr("Error muestral"), _error(con_cifra)),
        (tr("Entrevistas"), _entrevistas(con_cifra)),
        (
            tr("Redondeo"),
            tr("Un decimal en figuras y frases, dos en las tablas; las descargas llevan la cifra completa."),
        ),
        (tr("Licencia"), fuente.licencia),
    ]
    return Ficha(clave, ficha.nombre, tuple((r, t) for r, t in renglones if t))


def claves_de_fuentes(tabla: pd.DataFrame) -> list[str]:
    """Las fuentes de las cifras y, si son tasas, las de su población."""
    usadas = dict.fromkeys(tabla["proyeccion"].dropna()) if "proyeccion" in tabla else ()
    return list(dict.fromkeys([*tabla["fuente"].dropna(), *(proyecciones()[p].fuente for p in usadas)]))


def _cuadros(filas: pd.DataFrame) -> list[str]:
    """Los cuadros de los tabulados, en su orden; lo estimado de microdatos y lo contado no salen de un cuadro."""
    if "cuadro" not in filas:
        return []
    publicadas = filas.loc[filas["metodo"] != "microdatos", "cuadro"].dropna()
    return sorted(set(publicadas), key=_orden_cuadro)


def _cuadro(cuadros: Sequence[str]) -> str:
    """«cuadro 8.6»; «cuadros 8.6 y 8.7»."""
    return f"{tr('cuadro') if len(cuadros) == 1 else tr('cuadros')} {textos.lista(cuadros)}"


def _celdas(filas: pd.DataFrame) -> str:
    """Archivo y cuadro con la celda de cada cifra; de microdatos, archivo y variables.

    Sólo un indicador entero (miles de cifras) deja las celdas para la descarga.
    """
    todas = len(filas) <= TOPE_CELDAS
    donde: dict[tuple[str, str, str], list[str]] = {}
    columnas = (filas[c] for c in ("archivo", "metodo", "cuadro", "nombre", "celda"))
    for archivo, metodo, cuadro, nombre, celda in zip(*columnas, strict=True):
        donde.setdefault((archivo, metodo, cuadro), []).append(celda if metodo == "microdatos" else f"{nombre} {celda}")
    partes = []
    for (archivo, metodo, cuadro), celdas in sorted(donde.items()):
        if metodo == "microdatos":
            partes.append(
                tr("{archivo}, variables {variables}", archivo=archivo, variables=textos.lista(sorted(set(celdas))))
            )
        else:
            partes.append(
                tr("{archivo}, cuadro {cuadro}", archivo=archivo, cuadro=cuadro)
                + (f" ({', '.join(celdas)})" if todas else "")
            )
    if not todas:
        partes = [
            *partes[:3],
            *([tr("… y {partes} archivos y cuadros más", partes=len(partes) - 3)] if len(partes) > 3 else []),
        ]
        partes.append(tr("la celda de cada cifra va en la descarga"))
    return "; ".join(partes)


def _precision(filas: pd.DataFrame) -> str:
    if filas.empty:
        return ""
    cuenta = filas["precision"].fillna(anotado("sin clase")).value_counts()
    dichas = [f"{n} {tr(str(c))}" for c, n in cuenta.items()]
    cuantas = tr("1 cifra") if len(filas) == 1 else tr("{filas} cifras", filas=len(filas))
    return tr(
        "{regla}. De {cuantas}: {dichas}.",
        regla=textos.REGLA[regla_de(filas)],
        cuantas=cuantas,
        dichas=textos.lista(dichas),
    )


def _error(filas: pd.DataFrame) -> str:
    """De dónde sale el error de las cifras; del modelado, con qué se calibró y cuánto puede fallar."""
    if "metodo_error" not in filas:
        return ""
    partes = []
    for metodo, grupo in filas.groupby("metodo_error", sort=False):
        if metodo == "modelada":
            efecto, calibracion = grupo["efecto_diseno"], grupo["error_calibracion_pct"]
            partes.append(
                tr(
                    "En {grupo}, modelado por Atalaya, porque la oficina da la clase de precisión y no el error: "
                    "varianza = deff·p·(1\N{MINUS SIGN}p)/n, con efecto de diseño (deff) de {desde:.2f} a "
                    "{hasta:.2f}, calibrado "
                    "contra las clases que INEGI publica en 2024 y 2025. Puede fallar en ± {falla_pct:.0f} % "
                    "(docs/error_modelado.md).",
                    grupo=len(grupo),
                    desde=efecto.min(),
                    hasta=efecto.max(),
                    falla_pct=calibracion.median(),
                )
            )
        else:
            partes.append(tr("En {grupo}, {cual}.", grupo=len(grupo), cual=_ERROR.get(str(metodo), str(metodo))))
    if sin := int(filas["metodo_error"].isna().sum()):
        partes.append(
            tr("En {sin}, sin error: no se sabe con cuántas entrevistas se hizo o la cifra es 0 o 100 %.", sin=sin)
        )
    return " ".join(partes)


_ERROR = Rotulos(
    {
        "microdatos": "calculado con el diseño muestral de los microdatos (linealización de Taylor)",
        "publicada": "el que publica la oficina",
        "experimental": "el que publica la oficina de su modelo de áreas pequeñas",
    }
)


def regla_de(filas: pd.DataFrame) -> str:
    """La regla de precisión de la tabla: la elegida o, si nadie eligió, la de la oficina de sus cifras."""
    if "regla_precision" in filas and len(filas):
        return str(filas["regla_precision"].iloc[0])
    fuentes = [str(clave) for clave in dict.fromkeys(filas["fuente"].dropna())]
    return (catalogo.fuentes()[fuentes[0]].reglas if fuentes else "") or "inegi"


def pie_precision(tabla: pd.DataFrame) -> str:
    """Para el pie de una imagen: «Precisión (INEGI): 7 alta, 1 moderada»; vacío si nada tiene clase (lo contado)."""
    if "precision" not in tabla:
        return ""
    con_cifra = tabla[(tabla["estado"] == "dato") & tabla["valor_pct"].notna()]  # lo contado no lleva clase
    cuenta = con_cifra["precision"].value_counts()
    dichas = [f"{n} {tr(str(clase))}" for clase, n in cuenta.items()]
    dichas += [tr("{n} sin clase", n=n) for n in [int(con_cifra["precision"].isna().sum())] if n]
    if suprimidas := int((tabla["estado"] == "suprimido").sum()):
        dichas.append(tr_n("{n} suprimida", "{n} suprimidas", suprimidas, n=suprimidas))
    regla = textos.REGLA[regla_de(tabla)].partition(":")[0]
    return tr("Precisión según {regla}: {dichas}.", regla=regla, dichas=", ".join(dichas)) if dichas else ""


def _entrevistas(filas: pd.DataFrame) -> str:
    n = filas["n"].dropna()
    if n.empty:
        return tr("El tabulado no las publica.")
    return (
        tr("De {desde} a {hasta} por cifra.", desde=textos.entero(n.min()), hasta=textos.entero(n.max()))
        if n.nunique() > 1
        else textos.entero(n.iloc[0])
    )


def _orden_cuadro(cuadro: str) -> list[int]:
    return [int(parte) if parte.isdigit() else 0 for parte in str(cuadro).split(".")]
