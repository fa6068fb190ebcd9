"""PDF de una vista, compuesto con Typst: etiquetado (PDF/UA-1), con guiones en español y las figuras en vectores.

Por qué Typst: es el único cajista que viene entero en PyPI (sin LaTeX ni navegador), compone en una fracción de segundo
y escribe PDF accesible con texto alternativo.
"""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import typst

from atalaya import catalogo, periodos
from atalaya.figuras import cuentas, mapa, textos
from atalaya.idiomas import LOCALES, Rotulos, actual, anotado, tr
from atalaya.informes import imagen, legajo
from atalaya.informes.ficha import Ficha, cita, fichas, pie, pie_precision
from atalaya.informes.legajo import Legajo
from atalaya.informes.vista import Vista

PLANTILLA: Final = Path(__file__).with_name("impreso.typ")
HOJAS: Final = {"a4": "a4", "carta": "us-letter"}
"""El tamaño del papel, como se pide y como lo llama Typst."""
TOPE_FILAS: Final = 400
"""Renglones de cuadro que caben en un impreso que alguien va a leer; los demás van en el CSV, y se dice."""

TOPE_FICHAS: Final = 12
"""Con más indicadores que éstos, cómo se sabe cada uno ocuparía más hojas que las cifras: va en el XLSX."""
CIERRE: Final = anotado(
    "Compuesto por Atalaya. Los datos completos, con su definición, van en el CSV y el XLSX de la vista."
)
IMPRESAS: Final[dict[str, tuple[str, dict[str, str]]]] = {
    "compromisos_vistos": (
        anotado("Compromisos"),
        {
            "nombre_plan": anotado("Plan"),
            "nombre_compromiso": anotado("Compromiso"),
            "situacion": anotado("Situación"),
            "avance_pct": anotado("Avance, %"),
        },
    ),
    "planes_vistos": (
        anotado("Planes"),
        {
            "nombre_plan": anotado("Plan"),
            "compromisos_declarados": anotado("Dice tener"),
            "compromisos_enumerados": anotado("Enumera"),
        },
    ),
    "recomendaciones_vistas": (
        anotado("Recomendaciones"),
        {
            "texto": anotado("Recomendación"),
            "autoridad_postura": anotado("Autoridad"),
            "observatorio_postura": anotado("Observatorio"),
        },
    ),
    "hitos_vistos": (anotado("Pasos"), {"orden": "N.º", "hito": anotado("Paso"), "fecha": anotado("Cuándo")}),
    "integrantes_vistos": (anotado("Quiénes evalúan"), {"perfil": anotado("Perfil"), "personas": anotado("Personas")}),
    "cuentas": (
        anotado("Cuentas"),
        {
            "nombre_proceso": anotado("Proceso"),
            "nombre_medida": anotado("Qué se cuenta"),
            "valor": anotado("Cuántos"),
            "unidad": anotado("Unidad"),
        },
    ),
    "transferencias_vistas": (
        anotado("Transferencias"),
        {
            "practica": anotado("Práctica"),
            "de_lugar": anotado("De"),
            "a_lugar": "A",
            "estado": anotado("Estado"),
            "nota": anotado("Nota"),
        },
    ),
    "pasantias_vistas": (
        anotado("Pasantías"),
        {
            "nombre_pasantia": anotado("Pasantía"),
            "a_lugar": anotado("Dónde"),
            "inicio": anotado("Desde"),
            "fin": anotado("Hasta"),
        },
    ),
    "lecciones_vistas": (anotado("Lecciones"), {"de_que": anotado("De"), "texto": anotado("Lección")}),
}
"""De cada tabla de un legajo, su título y las columnas que caben en papel, con su rótulo; las demás van en el XLSX."""
_FECHA: Final = re.compile(r"\d{4}(-\d{2}){0,2}")
ROTULOS: Final = Rotulos(
    {"como_se_sabe": "Cómo se sabe", "fuentes": "Fuentes", "enlace": "La vista:", "pagina": "{k} de {n}"}
)


@dataclass(frozen=True)
class Cuadro:
    """Un cuadro del impreso. `numericas`: qué columnas van a la derecha; `anchos`: proporciones, 0 = lo que pida."""

    titulo: str
    columnas: tuple[str, ...]
    filas: list[list[str]]
    numericas: tuple[int, ...] = ()
    anchos: tuple[int, ...] = ()
    nota: str = ""


@dataclass(frozen=True)
class Impreso:
    """Lo que lleva un PDF. `figura` es su Vega-Lite de ancho fijo; sin ella, None."""

    titulo: str
    subtitulo: str
    parrafos: Sequence[str]
    figura: dict[str, Any] | None
    alternativo: str
    cuadros: Sequence[Cuadro]
    fichas: Sequence[Ficha]
    fuentes: Sequence[str]
    enlace: str
    cierre: str


def pdf(vista: Vista | Legajo, hoja: str = "a4") -> bytes:
    """El PDF de una vista: su figura, sus cifras con su error, cómo se sabe y sus fuentes, en una de `HOJAS`.

    Lanza KeyError si la hoja no es una de ellas.
    """
    return juntar(vista.titulo, [de(vista)], hoja)


def de(vista: Vista | Legajo) -> Impreso:
    """El impreso de una vista, de indicadores o de lo que se sigue."""
    return de_vista(vista) if isinstance(vista, Vista) else de_legajo(vista)


def juntar(titulo: str, impresos: Sequence[Impreso], hoja: str = "a4") -> bytes:
    """Un PDF con varios impresos, cada uno desde su página."""
    with tempfile.TemporaryDirectory() as carpeta:
        raiz = Path(carpeta)
        shutil.copy(PLANTILLA, raiz / "impreso.typ")
        idioma, _, region = LOCALES[actual()].partition("_")
        datos = {
            "titulo": titulo,
            "hoja": HOJAS[hoja],
            "idioma": idioma,
            "region": region,
            "rotulos": dict(ROTULOS),
            "impresos": [_a_datos(uno, raiz / f"figura{k}.svg") for k, uno in enumerate(impresos)],
        }
        (raiz / "datos.json").write_text(json.dumps(datos, ensure_ascii=False), encoding="utf-8")
        salida = typst.compile(str(raiz / "impreso.typ"), format="pdf", pdf_standards="ua-1")
    return bytes(salida)


def _a_datos(impreso: Impreso, dibujo: Path) -> dict[str, Any]:
    """Lo que la plantilla lee; la figura va aparte, en su archivo."""
    if impreso.figura:
        dibujo.write_text(imagen.dibujo(impreso.figura), encoding="utf-8")
    return asdict(replace(impreso, figura=None)) | {"figura": dibujo.name if impreso.figura else None}


def de_vista(vista: Vista) -> Impreso:
    """El impreso de una vista de indicadores."""
    return Impreso(
        titulo=vista.titulo,
        subtitulo=vista.subtitulo,
        parrafos=[*vista.hallazgos(), f"{pie(vista.tabla)} {pie_precision(vista.tabla)}".strip()],
        figura=mapa.incrustar(vista.figura().vegalite()),
        alternativo=vista.alternativo(),
        cuadros=cuadros(vista.tabla),
        fichas=fichas(vista.tabla) if vista.tabla["indicador"].nunique() <= TOPE_FICHAS else [],
        fuentes=[cita(vista.tabla)],
        enlace=vista.enlace,
        cierre=tr("{cierre} Acervo: versión {version}.", cierre=tr(CIERRE), version=vista.version),
    )


def de_legajo(legajo_: Legajo) -> Impreso:
    """El impreso de una página de lo que se sigue: sus tablas con lo que cabe en papel, y sus documentos."""
    figura = legajo_.figura() if legajo_.figura else None
    con_algo = [(IMPRESAS[clave], tabla) for clave, tabla in legajo_.tablas.items() if clave in IMPRESAS and len(tabla)]
    citados = legajo.citados(legajo_)
    return Impreso(
        titulo=legajo_.titulo,
        subtitulo=legajo_.subtitulo,
        parrafos=[],
        figura=mapa.incrustar(figura.vegalite()) if figura else None,
        alternativo=legajo_.alternativo(),
        cuadros=[_de_tabla(titulo, columnas, tabla) for (titulo, columnas), tabla in con_algo],
        fichas=[],
        fuentes=[
            legajo.cita(legajo_),
            *(f"{f['titulo']}: {f['nota']}" for f in citados.to_dict("records") if f["nota"]),
        ],
        enlace=legajo_.enlace,
        cierre=tr(CIERRE),
    )


def _de_tabla(titulo: str, columnas: Mapping[str, str], tabla: pd.DataFrame) -> Cuadro:
    filas = [[_celda(fila[c]) for c in columnas] for fila in tabla.head(TOPE_FILAS).to_dict("records")]
    numericas = tuple(k for k, c in enumerate(columnas) if pd.api.types.is_numeric_dtype(tabla[c]))
    anchos = tuple(2 if k in numericas else 4 for k in range(len(columnas)))
    return Cuadro(tr(titulo), tuple(map(tr, columnas.values())), filas, numericas, anchos)


def _celda(valor: object) -> str:
    """Lo que se lee de un valor: raya si no hay, el nombre del lugar, la fecha como se dice, el número con comas."""
    if isinstance(valor, (list, tuple, np.ndarray)):
        return textos.lista([str(v) for v in valor]) or "—"
    if pd.isna(valor) or valor == "":  # type: ignore[call-overload]
        return "—"
    if isinstance(valor, str):
        if valor in catalogo.lugares():
            return catalogo.lugar(valor).nombre_corto
        return cuentas.fecha(valor) if _FECHA.fullmatch(valor) else valor.replace("_", " ")
    return textos.entero(float(valor)) if float(valor).is_integer() else textos.numero(float(valor))  # type: ignore[arg-type]


def cuadros(tabla: pd.DataFrame) -> list[Cuadro]:
    """Lugar, cuándo, cifra, intervalo y precisión (de un conteo, sus casos): un cuadro por indicador, o uno por fuente
    con un renglón por indicador si la vista es de un solo lugar."""
    de_uno = tabla["lugar"].nunique() == 1 and tabla["indicador"].nunique() > 1
    salida = []
    for clave, suyas in tabla.groupby("fuente" if de_uno else "indicador", sort=False):
        filas = [_fila(fila, de_uno) for fila in suyas.head(TOPE_FILAS).to_dict("records")]
        de_conteo = "casos" in suyas and suyas["casos"].notna().any()
        nota = (
            ""
            if len(suyas) <= TOPE_FILAS
            else tr("Y {suyas:,} renglones más, en el CSV.", suyas=len(suyas) - TOPE_FILAS)
        )
        titulo = catalogo.fuentes()[str(clave)].nombre if de_uno else catalogo.indicador(str(clave)).nombre
        primera, ultima = tr("Indicador") if de_uno else tr("Lugar"), tr("Casos") if de_conteo else tr("Precisión")
        columnas = (primera, tr("Cuándo"), tr("Cifra"), tr("Intervalo"), ultima)
        salida.append(Cuadro(titulo, columnas, filas, (2, 3, 4), (5, 3, 3, 3, 2), nota))
    return salida


def _fila(fila: dict[Any, Any], de_uno: bool) -> list[str]:
    uno = catalogo.indicador(fila["indicador"])
    quien, cuando = uno.nombre if de_uno else str(fila["nombre"]), periodos.nombre(fila["periodo"])
    if uno.es_conteo:
        tasa = fila.get("tasa_100k")
        cifra = (
            tr("{tasa} por 100 mil", tasa=textos.numero(tasa))
            if pd.notna(tasa)
            else textos.ESTADO.get(fila["estado"], "—")
        )
        intervalo = textos.intervalo(fila.get("tasa_inf"), fila.get("tasa_sup"))
        return [quien, cuando, cifra, intervalo, textos.entero(fila.get("casos"))]
    precision = fila.get("precision")
    intervalo = textos.intervalo(fila.get("ic_inf"), fila.get("ic_sup"))
    return [quien, cuando, textos.cifra(fila), intervalo, str(precision) if isinstance(precision, str) else "—"]
