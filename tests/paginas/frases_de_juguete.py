"""Frases de mentira sobre cifras de verdad, de trimestres que el acervo trae y de uno que no."""

from __future__ import annotations

import pyarrow as pa

from atalaya.seguimiento import contrato

CONFIANZA = "confianza_policia_municipal"
EFECTIVIDAD = "efectividad_policia_municipal"
VALLE = "valle de México"

DOCUMENTO = {"documento": "juguete", "titulo": "Documento de juguete", "autoria": "Nadie", "clase": "página"}
FRASES: dict[str, dict[str, object]] = {
    # 68.49 %, de 61.3 a 74.9
    "reproducida": {
        "lugar": "MX-15058",
        "indicador": CONFIANZA,
        "periodo": "2024T2",
        "valor": 70,
        "precision_dicha": 10,
    },
    # 58.65 %, de 51.2 a 65.7: alcanza 65
    "dentro": {"lugar": "MX-15058", "indicador": CONFIANZA, "periodo": "2024T1", "valor": 70, "precision_dicha": 10},
    # Ecatepec, 31.14 %
    "contradicha": {
        "lugar": "MX-CD27",
        "indicador": CONFIANZA,
        "periodo": "2025T2",
        "valor": 70,
        "precision_dicha": 10,
    },
    "sin_archivo": {
        "lugar": "MX-15058",
        "indicador": CONFIANZA,
        "periodo": "2023T1",
        "valor": 70,
        "precision_dicha": 10,
    },
    # El nacional de ese mismo trimestre sí está: lo repiten los libros de después.
    "nacional": {"lugar": "MX", "indicador": EFECTIVIDAD, "periodo": "2023T1", "valor": 45.6, "precision_dicha": 0.1},
    "sexto": {"lugar": "MX-15058", "indicador": CONFIANZA, "periodo": "2024T1", "valor": 6, "clase": "posición"},
    # 2.º de 7, de 1.º a 5.º
    "primero_del_valle": {
        **{"lugar": "MX-15058", "indicador": EFECTIVIDAD, "periodo": "2024T1", "valor": 1, "clase": "posición"},
        "conjunto": VALLE,
    },
    "tres_del_valle": {
        **{
            "lugar": "MX-15058",
            "indicador": EFECTIVIDAD,
            "periodo": "2025T2",
            "valor": 3,
            "clase": "entre los primeros",
        },
        "conjunto": VALLE,
    },
    # 6.º de 7, de 3.º a 7.º
    "tres_del_valle_no": {
        **{
            "lugar": "MX-CD91",
            "indicador": EFECTIVIDAD,
            "periodo": "2024T1",
            "valor": 2,
            "clase": "entre los primeros",
        },
        "conjunto": VALLE,
    },
    "alcaldia": {"lugar": "MX-CD76", "indicador": CONFIANZA, "periodo": "2025T2", "valor": 70, "precision_dicha": 10},
    "barata": {"clase": "otra", "archivo_que_la_decide": "un estudio de costos de «https://ejemplo.mx/x»<script>"},
}
VEREDICTOS = {
    "reproducida": "reproducida",
    "dentro": "dentro_del_error",
    "contradicha": "contradicha",
    "sin_archivo": "no_comprobable",
    "nacional": "reproducida",
    "sexto": "dentro_del_error",
    "primero_del_valle": "dentro_del_error",
    "tres_del_valle": "reproducida",
    "tres_del_valle_no": "contradicha",
    "alcaldia": "no_comprobable",
    "barata": "no_comprobable",
}


def tablas(frases: dict[str, dict[str, object]] = FRASES) -> dict[str, pa.Table]:
    """Las tablas `afirmaciones` y `documentos` como las dejaría quien las sube."""
    comunes = {"clase": "nivel", "presenta": "Quien habla", "documento": "juguete", "pasaje": "página 1"}
    filas = [{**comunes, "afirmacion": k, "texto": f"Frase <b>{k}</b> de *juguete*", **v} for k, v in frases.items()]
    return {"afirmaciones": tabla("afirmaciones", filas), "documentos": tabla("documentos", [DOCUMENTO])}


def tabla(nombre: str, filas: list[dict[str, object]]) -> pa.Table:
    """Una tabla con las columnas y los tipos de su contrato."""
    tipos = {"DOUBLE": pa.float64(), "BIGINT": pa.int64(), "VARCHAR": pa.string()}
    esquema = pa.schema([(c.columna, tipos[c.tipo_sql]) for c in contrato(nombre).columnas])
    completas = [{c: fila.get(c) for c in esquema.names} for fila in filas]
    return pa.Table.from_pylist(completas, schema=esquema)
