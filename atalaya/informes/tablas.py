"""CSV y XLSX de una vista, con los nombres de columna del acervo, sus definiciones, su fuente y su cita."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import xlsxwriter  # type: ignore[import-untyped]

from atalaya import catalogo
from atalaya.contratos import ESTIMACION
from atalaya.idiomas import Rotulos, tr
from atalaya.informes import columnas_conteo as conteo
from atalaya.informes.ficha import cita, fichas
from atalaya.informes.vista import Vista
from atalaya.seguimiento.limites import inocuo

COLUMNAS: Final = ["nombre", *ESTIMACION.names]
EXTRAS: Final = [
    *("comparabilidad", "comparado_con"),
    *("regla_precision", "metodo_error", "efecto_diseno", "error_calibracion_pct", "n_origen"),
    *("precision_modelada", "precision_discrepa"),
    *("posicion", "lugares_con_cifra", "rango_inf", "rango_sup"),
    *("frente_a", "diferencia", "margen", "p", "p_holm", "veredicto"),
    *("frase", "presenta", "documento", "pasaje", "clase_dicha", "valor_dicho", "redondeo_dicho", "conjunto"),
    *("veredicto_frase", "respuesta", "archivo_que_la_decide"),
    *("diferencia_previo", "p_holm_previo", "cambio_previo", "diferencia_anual", "p_holm_anual", "cambio_anual"),
]
"""Las que añade la vista, si las trae: el error, los rangos, las diferencias y los cambios."""

SIN_FUNCIONES: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
"""De XlsxWriter: un texto es un texto, aunque empiece por «=» o por «https://»."""
_ENTERAS: Final = (
    *("n", "gl", "numerador", "denominador"),
    *("posicion", "lugares_con_cifra", "rango_inf", "rango_sup"),
    *conteo.ENTERAS,
)
DEFINICION: Final = Rotulos(
    {
        "nombre": "Nombre corto del lugar en el catálogo de Atalaya.",
        "fuente": "Clave de la fuente.",
        "periodo": "2025T2 es el segundo trimestre de 2025 (la ENSU se levanta en su último mes).",
        "lugar": "Clave del lugar; MX y CL son las naciones, MX-CD28 el área urbana 28 de INEGI y CL-13122 una comuna.",
        "indicador": "Clave del indicador.",
        "desglose": "total, o el grupo al que se refiere la cifra.",
        "valor_pct": "La cifra, en por ciento. Vacía si no la hay: vea estado.",
        "error_estandar": "En puntos porcentuales; de dónde sale lo dice metodo_error.",
        "ic_inf": "Límite inferior del intervalo de confianza, en por ciento.",
        "ic_sup": "Límite superior del intervalo de confianza, en por ciento.",
        "nivel_confianza": "Del intervalo, en por ciento.",
        "n": "Entrevistas de la celda; vacío si la fuente no lo publica.",
        "gl": "Grados de libertad del dominio.",
        "cv_pct": "Coeficiente de variación, en por ciento.",
        "precision": "Clase de valor_pct según regla_precision; INEGI: alta (CV < 15 %), moderada (15 a < 30 "
        "%) o baja.",
        "numerador": "Personas u hogares que cumplen el indicador.",
        "precision_numerador": "Clase de INEGI del numerador.",
        "denominador": "Personas u hogares del universo.",
        "precision_denominador": "Clase de INEGI del denominador.",
        "estado": "dato; no_disponible (ND); no_aplica (NA, p. ej. alcaldía sin policía municipal); "
        "no_levantado (no hubo "
        "encuesta); no_incorporado (el acervo no tiene el libro); no_publicado (el libro no da esa cifra); "
        "suprimido (la regla de precisión no deja publicarla).",
        "metodo": "publicada: tal cual el tabulado oficial; microdatos: calculada por Atalaya con el diseño muestral.",
        "edicion": "Trimestre de la publicación que trae la cifra.",
        "archivo": "Archivo oficial.",
        "cuadro": "Número de cuadro en ese archivo.",
        "comparabilidad": "Nivel entre esta cifra y la de comparado_con: alta, media, baja o ninguna (datos/catalogo).",
        "comparado_con": "Indicador de la otra encuesta en esta vista; vacío si no existe.",
        "regla_precision": "Con qué regla se clasificó y suprimió: inegi, ine_chile o cepal.",
        "metodo_error": "De dónde sale el error: microdatos (diseño muestral), publicada (oficina) o "
        "modelada (Atalaya).",
        "efecto_diseno": "Varianza del diseño entre la del azar simple; sólo con error modelado.",
        "error_calibracion_pct": "Cuánto puede fallar el error modelado, en por ciento de él.",
        "n_origen": "Trimestre cuyas entrevistas se contaron.",
        "precision_modelada": "La clase que daría el error modelado; la publicada manda.",
        "precision_discrepa": "Verdadero si la clase modelada no es la publicada.",
        "posicion": "Lugar de mayor a menor cifra; los empates lo comparten.",
        "lugares_con_cifra": "De cuántos.",
        "rango_inf": "Lugar más alto posible, todos a la vez con 90 % de confianza (Klein et al. 2020).",
        "rango_sup": "Lugar más bajo posible, ídem.",
        "frente_a": "La ciudad destacada, con la que se compara cada fila.",
        "diferencia": "Cifra de frente_a menos la de la fila, en puntos porcentuales.",
        "margen": "Margen de esa diferencia por separado, al 95 %, en puntos.",
        "p": "Probabilidad de una diferencia así si no la hubiera.",
        "p_holm": "La misma, corregida por todas las diferencias de la vista (Holm 1979).",
        "veredicto": "frente_a es mayor, menor o no_se_distingue al 95 %; no_con_holm: supera su margen, no "
        "la corrección; "
        "comparten: una es parte de la otra; sin_prueba: falta el error.",
        "diferencia_previo": "Cambio desde el periodo anterior, en puntos; vacío si no se comparan.",
        "p_holm_previo": "Su probabilidad, corregida por todos los cambios de la serie en la vista.",
        "cambio_previo": "sube, baja, sin_cambio o no_con_holm, al 95 %; ruptura: cambia la serie y no se calcula.",
        "diferencia_anual": "Cambio desde el mismo periodo del año anterior, en puntos.",
        "p_holm_anual": "Su probabilidad, corregida.",
        "cambio_anual": "sube, baja, sin_cambio o no_con_holm, al 95 %.",
        "frase": "La frase, textual.",
        "presenta": "Quién la dice.",
        "documento": "El documento que la trae.",
        "pasaje": "Dónde, dentro del documento.",
        "clase_dicha": "Qué afirma: nivel (cuánto), posición (su lugar), entre los primeros, u otra.",
        "valor_dicho": "Cuánto dice: por ciento o lugar.",
        "redondeo_dicho": "De cuánto en cuánto lo dice: 10 si «7 de cada 10»; vacío, el de sus decimales.",
        "conjunto": "Entre quiénes se ordena; vacío, todas las ciudades.",
        "veredicto_frase": "reproducida, dentro_del_error, contradicha o no_comprobable (docs/estadistica.md).",
        "respuesta": "El veredicto en palabras, con la cifra, su intervalo y sus lugares posibles.",
        "archivo_que_la_decide": "Qué archivo haría falta si el acervo no la puede comprobar.",
        "celda": "Celda de valor_pct en la hoja de ese cuadro.",
    }
)


def csv(vista: Vista) -> bytes:
    """La tabla en CSV (UTF-8 con marca, para que Excel lea los acentos); el encabezado es la primera línea.

    La cita va en una columna, no en renglones sueltos: así el archivo lo lee cualquier programa.
    """
    tabla = _inocua(datos(vista))
    tabla["cita"] = cita(vista.tabla)
    tabla["enlace"] = vista.enlace
    return _a_csv(tabla)


def csv_llano(tabla: pd.DataFrame) -> bytes:
    """Una tabla cualquiera en CSV (UTF-8 con marca), a prueba de fórmulas."""
    return _a_csv(_inocua(tabla))


def en_parquet(tabla: pd.DataFrame, metadatos: Mapping[str, str]) -> bytes:
    """Una tabla en Parquet, con sus tipos y esos metadatos."""
    salida = pa.BufferOutputStream()
    columnas = pa.Table.from_pandas(tabla, preserve_index=False).replace_schema_metadata(dict(metadatos))
    pq.write_table(columnas, salida, compression="zstd")
    return bytes(salida.getvalue())


def xlsx_llano(hojas: Mapping[str, pd.DataFrame]) -> bytes:
    """Un libro con esas hojas. Ninguna celda es fórmula ni enlace activo."""
    salida = io.BytesIO()
    with xlsxwriter.Workbook(salida, SIN_FUNCIONES) as libro:
        libro.set_properties({"author": "Atalaya"})
        cabeza = libro.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        texto = libro.add_format({"text_wrap": True, "valign": "top"})
        for nombre, tabla in hojas.items():
            hoja = libro.add_worksheet(nombre[:31])
            hoja.freeze_panes(1, 0)
            for k, columna in enumerate(tabla.columns):
                hoja.write_string(0, k, str(columna), cabeza)
                largo = max((len(v) for v in tabla[columna] if isinstance(v, str)), default=0)
                hoja.set_column(k, k, min(60, max(14, largo)))
                for renglon, valor in enumerate(tabla[columna], start=1):
                    if isinstance(valor, str):
                        hoja.write_string(renglon, k, valor[:32_767], texto)
                    elif valor is not None and not pd.isna(valor):
                        hoja.write_number(renglon, k, float(valor))
    return salida.getvalue()


def xlsx(vista: Vista) -> bytes:
    """Libro con tres hojas: datos, definiciones y fuentes. Ninguna celda es fórmula ni enlace activo."""
    salida = io.BytesIO()
    with xlsxwriter.Workbook(salida, SIN_FUNCIONES) as libro:
        libro.set_properties({"title": vista.titulo, "comments": cita(vista.tabla), "author": "Atalaya"})
        formatos = {
            "titulo": libro.add_format({"bold": True, "font_size": 14}),
            "cabeza": libro.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"}),
            "pct": libro.add_format({"num_format": "0.00"}),
            "entero": libro.add_format({"num_format": "#,##0"}),
            "texto": libro.add_format({"text_wrap": True, "valign": "top"}),
        }
        _hoja_datos(libro, vista, formatos)
        _hoja_definiciones(libro, datos(vista), formatos)
        _hoja_fuentes(libro, vista, formatos)
    return salida.getvalue()


def datos(vista: Vista) -> pd.DataFrame:
    """La tabla de la vista con las columnas del contrato, en su orden, y el nombre del lugar por delante.

    La que trae cifras de encuesta y conteos lleva las de los dos.
    """
    de_conteo, de_encuesta = "casos" in vista.tabla, "valor_pct" in vista.tabla
    fijas = [*(COLUMNAS if de_encuesta or not de_conteo else []), *(conteo.COLUMNAS if de_conteo else [])]
    extras = [*(EXTRAS if de_encuesta else []), *(conteo.EXTRAS if de_conteo else [])]
    tabla = vista.tabla.reindex(columns=list(dict.fromkeys([*fijas, *(c for c in extras if c in vista.tabla)])))
    return tabla.astype({c: "Int64" for c in _ENTERAS if c in tabla})


def _a_csv(tabla: pd.DataFrame) -> bytes:
    return tabla.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _inocua(tabla: pd.DataFrame) -> pd.DataFrame:
    """Antepone un apóstrofo a todo texto que una hoja de cálculo tomaría por fórmula."""
    return tabla.map(inocuo)


def _hoja_datos(libro: Any, vista: Vista, formatos: dict[str, Any]) -> None:
    hoja = libro.add_worksheet("datos")
    tabla = datos(vista)
    hoja.freeze_panes(1, 1)
    for k, columna in enumerate(tabla.columns):
        clase = "pct" if _es_pct(columna) else "entero" if columna in _ENTERAS else None
        hoja.write_string(0, k, columna, formatos["cabeza"])
        hoja.set_column(k, k, 24 if columna in ("nombre", "indicador", "archivo") else 13, formatos.get(clase or ""))
        for renglon, valor in enumerate(tabla[columna], start=1):
            if pd.isna(valor):
                continue
            if isinstance(valor, str):
                hoja.write_string(renglon, k, valor)
            else:
                hoja.write_number(renglon, k, float(valor))
    hoja.autofilter(0, 0, max(len(tabla), 1), len(tabla.columns) - 1)


def _hoja_definiciones(libro: Any, tabla: pd.DataFrame, formatos: dict[str, Any]) -> None:
    definicion = conteo.DEFINICION if "casos" in tabla and "valor_pct" not in tabla else conteo.DEFINICION | DEFINICION
    hoja = libro.add_worksheet("definiciones")
    hoja.set_column(0, 0, 24)
    hoja.set_column(1, 1, 100)
    hoja.write_row(0, 0, [tr("columna"), tr("qué es")], formatos["cabeza"])
    for renglon, columna in enumerate(tabla.columns, start=1):
        hoja.write_string(renglon, 0, columna)
        hoja.write_string(renglon, 1, definicion[columna], formatos["texto"])


def _hoja_fuentes(libro: Any, vista: Vista, formatos: dict[str, Any]) -> None:
    hoja = libro.add_worksheet("fuentes")
    hoja.set_column(0, 0, 20)
    hoja.set_column(1, 1, 120)
    hoja.write_string(0, 0, vista.titulo, formatos["titulo"])
    renglones = [(tr("Vista"), vista.subtitulo), (tr("Cita"), cita(vista.tabla)), (tr("Enlace"), vista.enlace)]
    renglones += [(tr("Acervo"), tr("versión {version}", version=vista.version))]
    for ficha in fichas(vista.tabla):
        renglones += [("", ""), (ficha.indicador, catalogo.indicador(ficha.indicador).nombre), *ficha.renglones]
    for renglon, (rotulo, texto) in enumerate(renglones, start=2):
        hoja.write_string(renglon, 0, rotulo, formatos["cabeza"] if rotulo else formatos["texto"])
        hoja.write_string(renglon, 1, texto, formatos["texto"])


def _es_pct(columna: str) -> bool:
    de_cifra = ("ic_inf", "ic_sup", "error_estandar", "nivel_confianza", *conteo.REALES)
    return columna.endswith("_pct") or columna in de_cifra
