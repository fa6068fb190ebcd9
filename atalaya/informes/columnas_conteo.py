"""Las columnas de lo que se cuenta en CSV y XLSX, y qué es cada una: las mismas que da `consultar`."""

from __future__ import annotations

from typing import Final

from atalaya.idiomas import Rotulos

COLUMNAS: Final = [
    *("nombre", "fuente", "periodo", "lugar", "indicador", "desglose"),
    *("casos", "meses", "poblacion", "proyeccion", "tasa_100k", "tasa_inf", "tasa_sup", "nivel_confianza"),
    *("estado", "metodo", "edicion", "archivo", "celda", "nota"),
]
EXTRAS: Final = ["base", "cambio_pct", "cambio_inf", "cambio_sup"]
"""Las que añade la vista de cambios desde un año."""
ENTERAS: Final = ("casos", "meses", "poblacion")
REALES: Final = ("tasa_100k", "tasa_inf", "tasa_sup", "cambio_inf", "cambio_sup")

DEFINICION: Final = Rotulos(
    {
        "nombre": "Nombre corto del lugar en el catálogo de Atalaya.",
        "fuente": "Clave de la fuente que cuenta.",
        "periodo": "2024-07 es un mes; 2024, un año.",
        "lugar": "MX y CL son los países; MX-15, una entidad; MX-15058, un municipio; CL-13122, una comuna.",
        "indicador": "Clave del indicador; su unidad (carpetas, casos policiales, víctimas) va en la hoja fuentes.",
        "desglose": "total, o el grupo al que se refiere el conteo.",
        "casos": "Lo contado. Cero es cero; vacío no lo es: vea estado.",
        "meses": "Cuántos meses cubre: de un año, menos de 12 es un año a medias.",
        "poblacion": "Personas de ese lugar y año, según proyeccion.",
        "proyeccion": "De qué proyección o censo sale la población (datos/catalogo/proyecciones.csv).",
        "tasa_100k": "Casos al año por 100 000 personas: casos / poblacion · 100 000 · 12 / meses.",
        "tasa_inf": "Límite inferior del intervalo de Poisson de la tasa (exacto con menos de 10 casos; si "
        "no, de Byar).",
        "tasa_sup": "Límite superior, ídem.",
        "nivel_confianza": "Del intervalo, en por ciento.",
        "estado": "dato; no_registrado (la autoridad no registra ese delito); no_disponible (celda vacía); "
        "no_publicado "
        "(el archivo está y no da ese lugar); no_incorporado (el acervo no trae el archivo); aun_no_publicado "
        "(posterior "
        "a lo último publicado); no_aplica (la fuente no cubre ese país); sin_base y ruptura (no se calcula el "
        "cambio).",
        "metodo": "publicada: lo da la oficina; citada: lo afirma un documento y no se ha podido reproducir.",
        "edicion": "Último periodo con dato del archivo que lo dice; cada edición corrige a las anteriores.",
        "archivo": "Archivo oficial.",
        "celda": "Renglón o clave en ese archivo; un año que no se publica entero es la suma de sus meses.",
        "nota": "Lo que el catálogo sabe de ese periodo, si es un hueco.",
        "base": "Año contra el que se mide el cambio.",
        "cambio_pct": "Cambio de la tasa desde la del año base, en por ciento.",
        "cambio_inf": "Límite inferior del intervalo exacto del cambio, al 95 %.",
        "cambio_sup": "Límite superior, ídem.",
    }
)
