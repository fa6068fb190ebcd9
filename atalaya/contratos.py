"""Contratos de las tablas del acervo: columnas, tipos, llaves y valores admitidos.

El mismo nombre de columna aparece en el Parquet, el SQL, el CSV que se descarga y la pantalla.
"""

from __future__ import annotations

from typing import Final

import pyarrow as pa

ESTADOS: Final = ("dato", "suprimido", "no_disponible", "no_aplica", "no_levantado")
"""`dato`: hay cifra (el cero es un dato). `suprimido`: se estimó, pero la regla de precisión de su oficina no la
publicaría; sólo quedan n y gl. `no_disponible`: la oficina escribió ND. `no_aplica`: escribió NA (p. ej. alcaldía sin
policía municipal). `no_levantado`: la encuesta no se hizo en ese lugar y periodo."""

PRECISIONES: Final = ("alta", "moderada", "baja")
"""Clases de INEGI por coeficiente de variación: [0, 15), [15, 30) y 30 o más por ciento."""

ESTADOS_CONTEO: Final = ("dato", "no_registrado", "no_disponible")
"""`dato`: se contó (el cero es un dato). `no_registrado`: la entidad no registra ese delito; sus ceros no son ausencia.
`no_disponible`: la celda del archivo viene vacía. Lo que aún no se publica no tiene fila: lo dice la consulta."""

SEXOS: Final = ("total", "hombres", "mujeres")

METODOS: Final = ("publicada", "microdatos", "modelada", "experimental", "citada")

ESTIMACION: Final = pa.schema(
    [
        pa.field("fuente", pa.string(), nullable=False),  # clave de datos/catalogo/fuentes.csv
        pa.field("periodo", pa.string(), nullable=False),  # 2025T2, 2025S1, 2023, 2024-07
        pa.field("lugar", pa.string(), nullable=False),  # clave de datos/catalogo/lugares.csv
        pa.field("indicador", pa.string(), nullable=False),  # clave de datos/catalogo/indicadores.csv
        pa.field("desglose", pa.string(), nullable=False),  # total, sexo:hombres, sexo:mujeres, …
        pa.field("valor_pct", pa.float64()),  # por ciento, 0 a 100
        pa.field("error_estandar", pa.float64()),  # puntos porcentuales
        pa.field("ic_inf", pa.float64()),  # por ciento
        pa.field("ic_sup", pa.float64()),  # por ciento
        pa.field("nivel_confianza", pa.float64()),  # por ciento: 90, 95, 99
        pa.field("n", pa.int64()),  # entrevistas de la celda
        pa.field("gl", pa.int64()),  # grados de libertad del dominio
        pa.field("cv_pct", pa.float64()),  # por ciento
        pa.field("precision", pa.string()),  # de valor_pct: PRECISIONES
        pa.field("numerador", pa.int64()),  # personas u hogares
        pa.field("precision_numerador", pa.string()),
        pa.field("denominador", pa.int64()),  # personas u hogares
        pa.field("precision_denominador", pa.string()),
        pa.field("estado", pa.string(), nullable=False),  # ESTADOS
        pa.field("metodo", pa.string(), nullable=False),  # METODOS
        pa.field("edicion", pa.string(), nullable=False),  # periodo de la publicación que lo trae
        pa.field("archivo", pa.string(), nullable=False),  # nombre del archivo oficial
        # De un tabulado, el número del cuadro (8.7) y la celda de valor_pct (E408). De microdatos, el marco, que dice
        # qué se pondera (personas, hogares_comunal…), y las variables de la pregunta (BP1_1; varias, separadas por ;).
        pa.field("cuadro", pa.string(), nullable=False),
        pa.field("celda", pa.string(), nullable=False),
    ]
)
"""Una fila por fuente, periodo, lugar, indicador, desglose, edición y cuadro: nada se pisa. Cuál se muestra
cuando varias ediciones traen la misma cifra lo decide `consultas/preparar/estimacion_vigente.sql`."""

MUESTRA: Final = pa.schema(
    [
        pa.field("fuente", pa.string(), nullable=False),
        pa.field("periodo", pa.string(), nullable=False),  # trimestre en que se levantó: 2025T2
        pa.field("lugar", pa.string(), nullable=False),
        pa.field("entrevistas", pa.int64(), nullable=False),  # sin ponderar
        pa.field("archivo", pa.string(), nullable=False),
        pa.field("nota", pa.string()),  # municipios del archivo que no se pudieron casar con el catálogo
    ]
)
"""Una fila por fuente, periodo y lugar con entrevistas contadas: el tamaño de muestra con que se hizo cada cifra."""

CALIBRACION: Final = pa.schema(
    [
        pa.field("fuente", pa.string(), nullable=False),
        pa.field("efecto", pa.string(), nullable=False),  # EFECTOS_CALIBRACION
        pa.field("tema", pa.string(), nullable=False),  # clave de temas.csv; vacío si el efecto no es de un tema
        pa.field("lugar", pa.string(), nullable=False),  # vacío si el efecto no es de un lugar y un trimestre
        pa.field("periodo", pa.string(), nullable=False),
        pa.field("log_efecto_diseno", pa.float64(), nullable=False),  # lo que suma al log del efecto de diseño
        pa.field("error_log", pa.float64(), nullable=False),  # error estándar de lo anterior
        pa.field("dispersion_log", pa.float64(), nullable=False),  # desviación de lo que este efecto promedia
        pa.field("celdas", pa.int64(), nullable=False),  # con clase de precisión publicada: la evidencia
        pa.field("celdas_moderada", pa.int64(), nullable=False),
        pa.field("celdas_baja", pa.int64(), nullable=False),
        pa.field("acuerdo_pct", pa.float64()),  # fuera de muestra: celdas cuya clase se acierta
    ]
)
"""Una fila por efecto de la calibración del efecto de diseño (docs/error_modelado.md)."""

EFECTOS_CALIBRACION: Final = ("general", "tema", "lugar_periodo", "nacional")

CONTEO: Final = pa.schema(
    [
        pa.field("fuente", pa.string(), nullable=False),
        pa.field("periodo", pa.string(), nullable=False),  # mes 2024-07, o año 2023 si el archivo no da meses
        pa.field("lugar", pa.string(), nullable=False),  # municipio, comuna, entidad o país: lo que el archivo cuenta
        pa.field("indicador", pa.string(), nullable=False),  # clave de datos/catalogo/indicadores.csv (unidad sin %)
        pa.field("desglose", pa.string(), nullable=False),  # total, modalidad:con_arma_de_fuego, sexo:mujeres…
        pa.field("casos", pa.int64()),  # nulo ≠ 0
        # Si la fuente sólo publica la tasa por 100 mil: los casos son tasa × población oficial, un entero exacto.
        pa.field("tasa_publicada_100k", pa.float64()),
        pa.field("meses", pa.int64(), nullable=False),  # cuántos cubre: 1 si es un mes; de un año, 12 o los que lleve
        pa.field("estado", pa.string(), nullable=False),  # ESTADOS_CONTEO
        pa.field("metodo", pa.string(), nullable=False),  # METODOS: publicada o citada
        pa.field("edicion", pa.string(), nullable=False),  # último periodo que trae el archivo: 2024-12
        pa.field("archivo", pa.string(), nullable=False),
        pa.field("celda", pa.string(), nullable=False),  # renglones del archivo de donde sale, o su clave en él
    ]
)
"""Una fila por fuente, periodo, lugar, indicador, desglose, edición y archivo: ninguna edición pisa a otra. Cuál se
muestra lo decide `consultas/preparar/conteo_vigente.sql`."""

POBLACION: Final = pa.schema(
    [
        pa.field("fuente", pa.string(), nullable=False),
        pa.field("proyeccion", pa.string(), nullable=False),  # clave de datos/catalogo/proyecciones.csv
        pa.field("lugar", pa.string(), nullable=False),
        pa.field("anio", pa.int64(), nullable=False),
        pa.field("sexo", pa.string(), nullable=False),  # SEXOS
        pa.field("edad", pa.string(), nullable=False),  # total, 0-4, 5-9, … 80+
        pa.field("personas", pa.int64(), nullable=False),
        pa.field("edicion", pa.string(), nullable=False),
        pa.field("archivo", pa.string(), nullable=False),
    ]
)
"""Una fila por proyección (o censo), lugar, año, sexo y edad. Los países y las entidades van sumados."""

TABLAS: Final[dict[str, pa.Schema]] = {
    "estimacion": ESTIMACION,
    "muestra": MUESTRA,
    "calibracion": CALIBRACION,
    "conteo": CONTEO,
    "poblacion": POBLACION,
}
LLAVES: Final[dict[str, tuple[str, ...]]] = {
    "estimacion": ("fuente", "periodo", "lugar", "indicador", "desglose", "metodo", "edicion", "cuadro"),
    "muestra": ("fuente", "periodo", "lugar"),
    "calibracion": ("fuente", "efecto", "tema", "lugar", "periodo"),
    "conteo": ("fuente", "periodo", "lugar", "indicador", "desglose", "edicion", "archivo"),
    "poblacion": ("proyeccion", "lugar", "anio", "sexo", "edad", "edicion"),
}
