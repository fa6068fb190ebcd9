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

TABLAS: Final[dict[str, pa.Schema]] = {"estimacion": ESTIMACION, "muestra": MUESTRA, "calibracion": CALIBRACION}
LLAVES: Final[dict[str, tuple[str, ...]]] = {
    "estimacion": ("fuente", "periodo", "lugar", "indicador", "desglose", "metodo", "edicion", "cuadro"),
    "muestra": ("fuente", "periodo", "lugar"),
    "calibracion": ("fuente", "efecto", "tema", "lugar", "periodo"),
}
