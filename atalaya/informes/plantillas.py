"""La plantilla de una tabla, para llenarla en una hoja de cálculo: qué va en cada columna y qué se admite."""

from __future__ import annotations

import io
from typing import Any, Final

import xlsxwriter  # type: ignore[import-untyped]

from atalaya.idiomas import Rotulos, tr
from atalaya.informes.tablas import SIN_FUNCIONES
from atalaya.seguimiento.contratos import Columna, Contrato

RENGLONES: Final = 5_000
"""Hasta qué renglón se ofrecen las listas desplegables."""
COMO: Final = Rotulos(
    {
        "texto": "texto",
        "clave": "clave: minúsculas, números y _; sin acentos",
        "entero": "número entero",
        "numero": "número",
        "pct": "número de 0 a 100",
        "fecha": "fecha: 24/02/2020 o 2020-02-24; si sólo se sabe el mes o el año, 2020-02 o 2020",
        "periodo": "2023, 2024-07, 2025T2 (trimestre) o 2025S1 (semestre)",
        "lugar": "clave del lugar (MX-15058) o su nombre entero, con su entidad si hay varios",
        "indicador": "clave de un indicador de Atalaya",
        "direccion": "dirección que empiece por https://",
    }
)
_TEXTO: Final = "@"
"""Formato de celda: sin él, Excel cambia «2024-07» por jul-24 y quita los ceros de la izquierda."""


def csv(uno: Contrato) -> bytes:
    """El encabezado, en CSV UTF-8 con marca (para que Excel lea los acentos de lo que se escriba)."""
    return (",".join(uno.nombres) + "\r\n").encode("utf-8-sig")


def xlsx(uno: Contrato) -> bytes:
    """Libro con la hoja que se llena, sus listas desplegables, y la de instrucciones."""
    salida = io.BytesIO()
    with xlsxwriter.Workbook(salida, SIN_FUNCIONES) as libro:
        libro.set_properties({"title": tr("Plantilla de {tabla}", tabla=uno.tabla), "author": "Atalaya"})
        hoja = libro.add_worksheet(uno.tabla[:31])
        _instrucciones(libro, uno)
        valores = libro.add_worksheet("valores")
        valores.hide()
        hoja.freeze_panes(1, 0)
        formatos = {
            "si": libro.add_format({"bold": True, "bottom": 2, "bg_color": "#d9e8ec"}),
            "no": libro.add_format({"bottom": 1}),
            "texto": libro.add_format({"num_format": _TEXTO}),
        }
        for k, columna in enumerate(uno.columnas):
            es_texto = columna.tipo not in ("entero", "numero", "pct")
            hoja.set_column(k, k, max(14, len(columna.columna) + 4), formatos["texto"] if es_texto else None)
            hoja.write_string(0, k, columna.columna, formatos[columna.obligatoria])
            hoja.write_comment(0, k, _ayuda(columna), {"x_scale": 2})
            if columna.admitidos:
                _desplegable(hoja, valores, k, columna)
    return salida.getvalue()


def _desplegable(hoja: Any, valores: Any, k: int, columna: Columna) -> None:
    """La lista de lo admitido, tomada de otra hoja: escrita en la celda no caben más de 255 letras."""
    for renglon, admitido in enumerate(columna.admitidos):
        valores.write_string(renglon, k, admitido)
    letra = xlsxwriter.utility.xl_col_to_name(k, col_abs=True)
    hoja.data_validation(
        1, k, RENGLONES, k,
        {
            "validate": "list",
            "source": f"=valores!{letra}$1:{letra}${len(columna.admitidos)}",
            "error_title": tr("Valor no admitido"),
            "error_message": tr("Elija uno de la lista; los demás no se aceptan al cargar el archivo."),
        },
    )  # fmt: skip


def _instrucciones(libro: Any, uno: Contrato) -> None:
    hoja = libro.add_worksheet("instrucciones")
    negrita = libro.add_format({"bold": True, "text_wrap": True, "valign": "top"})
    llano = libro.add_format({"text_wrap": True, "valign": "top"})
    hoja.set_column(0, 0, 26)
    hoja.set_column(1, 4, 44)
    hoja.write_string(0, 0, uno.tabla, negrita)
    hoja.write_string(0, 1, tr(uno.describe), llano)
    hoja.write_string(1, 0, tr("Cómo se llena"), negrita)
    hoja.write_string(
        1, 1, tr("Un renglón por dato, en la primera hoja. Lo que no se sabe va vacío: no escriba guiones ni "
"«N/D». Las columnas en negrita son obligatorias; documento y pasaje, si las quita, son el "
"archivo y la fila. Ningún renglón repite la misma llave: {llave}.", llave=', '.join(uno.llave)), llano,
    )  # fmt: skip
    for k, rotulo in enumerate(
        (tr("columna"), tr("qué es"), tr("cómo se escribe"), tr("obligatoria"), tr("valores admitidos"))
    ):
        hoja.write_string(3, k, rotulo, negrita)
    for renglon, columna in enumerate(uno.columnas, start=4):
        refiere = tr("; una de la tabla {refiere}", refiere=columna.refiere) if columna.refiere else ""
        dichos = (
            columna.columna, tr(columna.describe), COMO[columna.tipo] + refiere,
            tr("sí") if columna.es_obligatoria else tr("no"), "; ".join(columna.admitidos),
        )  # fmt: skip
        for k, dicho in enumerate(dichos):
            hoja.write_string(renglon, k, dicho, llano)


def _ayuda(columna: Columna) -> str:
    partes = [tr(columna.describe), COMO[columna.tipo]]
    if columna.admitidos:
        partes.append(tr("uno de: ") + ", ".join(columna.admitidos))
    return ". ".join(partes) + ("" if columna.es_obligatoria else tr(" (puede ir vacía)"))
