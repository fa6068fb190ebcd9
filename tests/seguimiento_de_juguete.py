"""Tablas de juguete de lo que se sigue, con los tipos de su contrato: planes de mentira con cuentas de una mano."""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from atalaya.seguimiento import contrato

TIPOS = {"VARCHAR": pa.string(), "BIGINT": pa.int64(), "DOUBLE": pa.float64()}
DE = {"documento": "acta", "pasaje": "página 1"}
HOSTIL = "<script>alert(1)</script> ![x](http://malo.example/x.png) [clic](http://malo.example) **negrita** =1+1"


def tabla(nombre: str, *filas: dict[str, Any]) -> pa.Table:
    """La tabla `nombre` con esas filas; lo que no se dice va nulo. Falla si una columna no es del contrato."""
    columnas = contrato(nombre).columnas
    nombres = {columna.columna for columna in columnas}
    for fila in filas:
        assert set(fila) <= nombres, set(fila) - nombres
    comunes = {clave: valor for clave, valor in DE.items() if clave in nombres and nombre != "documentos"}
    esquema = pa.schema([(columna.columna, TIPOS[columna.tipo_sql]) for columna in columnas])
    return pa.Table.from_pylist([comunes | fila for fila in filas], schema=esquema)


def compromiso(clave: str, plan: str = "p1", **cambios: Any) -> dict[str, Any]:
    """Un compromiso de ese plan."""
    return {"compromiso": clave, "plan": plan, "nombre": f"Compromiso {clave}", "origen": "cocreado", **cambios}


def eje(clave: str, plan: str = "p1") -> dict[str, Any]:
    """Un eje de ese plan."""
    return {"eje": clave, "plan": plan, "orden": 1, "nombre": f"Eje {clave}"}


def corte(clave: str, fecha: str, avance: float | None, **cambios: Any) -> dict[str, Any]:
    """Un corte de avance; sin cifra, no reportado."""
    estado = "no reportado" if avance is None else "dato"
    dicho = {"compromiso": clave, "corte": fecha, "corte_es": "corte", "estado": estado, "avance_pct": avance}
    return {**dicho, "reporta": "La alcaldía", **cambios}


def califica(clave: str, **cambios: Any) -> dict[str, Any]:
    """Lo que dice de un compromiso quien lo mira por fuera."""
    return {"compromiso": clave, "califica": "El observatorio", "fecha": "2024-06-30", "texto": "dicho", **cambios}


def responde(clave: str, organizacion: str, papel: str = "responsable") -> dict[str, Any]:
    """Quién responde por un compromiso."""
    return {"compromiso": clave, "organizacion": organizacion, "papel": papel}


def compromisos(**otras: pa.Table) -> dict[str, pa.Table]:
    """Un plan con cinco compromisos: uno tarde, uno cumplido con quien lo niega, uno en plazo y dos sin reporte."""
    return {
        "documentos": tabla(
            "documentos", {"documento": "acta", "titulo": "Acta de juguete", "autoria": "Cabildo", "clase": "informe"}
        ),
        "planes": tabla(
            "planes",
            {
                "plan": "p1",
                "lugar": "MX-15058",
                "nombre": "Plan de juguete",
                "fin": "2024-06",
                "regla_avance": "media",
                "compromisos_declarados": 6,
            },
        ),
        "ejes": tabla("ejes", {"eje": "e1", "plan": "p1", "orden": 1, "nombre": "Eje uno"}),
        "compromisos": tabla(
            "compromisos",
            compromiso("a", numero=1, eje="e1", tema="Agua, y más", fin="2024-05-31", nombre="Alumbrado"),
            compromiso("b", numero=2, eje="e1", tema="Gasto", nombre="Cabildo abierto"),
            compromiso("c", numero=3, fin="2030-12-31", nombre="Cámaras"),
            compromiso("d", numero=4, nombre="Datos abiertos"),
            compromiso("e", numero=5, fin="2030", nombre="Escuelas"),
        ),
        "actividades": tabla("actividades"),
        "avances": tabla(
            "avances",
            corte("a", "2024-01-15", 20),
            corte("a", "2024-06-15", 60, evidencia="oficio 12"),
            corte("b", "2024-06-01", 100),
            corte("c", "2024-03", 40),
            corte("e", "2024-03-01", None),
        ),
        "calificaciones": tabla(
            "calificaciones",
            califica("b", cumplimiento="limitado", verificable="sí", texto="No se publicó el acta."),
            califica("a", cumplimiento="sustancial"),
            califica("d", veredicto="distinto, con menor impacto"),
        ),
        "responsables": tabla(
            "responsables",
            responde("a", "Obras, Públicas"),
            responde("a", "Vecinas en red", "corresponsable"),
            responde("b", "Secretaría del Ayuntamiento"),
        ),
        "indicadores_ligados": tabla("indicadores_ligados"),
        **otras,
    }


def recomendacion(clave: str, numero: int, **cambios: Any) -> dict[str, Any]:
    """Una recomendación de la evaluación de juguete."""
    return {"recomendacion": clave, "evaluacion": "ev", "numero": numero, "texto": f"Recomendación {clave}", **cambios}


def voz(clave: str, quien: str, fecha: str, postura: str, **cambios: Any) -> dict[str, Any]:
    """Lo que alguien dijo de una recomendación."""
    return {"recomendacion": clave, "voz": quien, "fecha": fecha, "postura": postura, **cambios}


def evaluaciones(**otras: pa.Table) -> dict[str, pa.Table]:
    """Una evaluación de 180 días que duró 357, con cuatro recomendaciones: en una discrepan las dos voces."""
    return {
        "documentos": compromisos()["documentos"],
        "evaluaciones": tabla(
            "evaluaciones",
            {
                "evaluacion": "ev",
                "lugar": "MX-22",
                "instrumento": "Protocolo de juguete",
                "observatorio": "Observatorio de juguete",
                "autoridad": "Secretaría",
                "inicio": "2020-02-24",
                "fin": "2021-02-15",
                "plazo_dias": 180,
            },
        ),
        "integrantes": tabla("integrantes", {"evaluacion": "ev", "perfil": "Derecho penal"}),
        "criterios": tabla(
            "criterios",
            *(
                {"evaluacion": "ev", "clase": clase, "nombre": nombre}
                for clase, nombre in (
                    ("criterio", "social"),
                    ("criterio", "técnico"),
                    ("perspectiva", "género"),
                    ("perspectiva", "penal"),
                )
            ),
        ),
        "hitos": tabla("hitos", {"evaluacion": "ev", "orden": 1, "hito": "Convocatoria"}),
        "recomendaciones": tabla(
            "recomendaciones",
            recomendacion("r1", 1, criterio="social", perspectiva="género", fecha="2020-08-01"),
            recomendacion("r2", 2, criterio="social", perspectiva="género"),
            recomendacion("r3", 3, criterio="técnico", perspectiva="penal"),
            recomendacion("r4", 4, criterio="técnico"),
        ),
        "voces": tabla(
            "voces",
            voz("r1", "autoridad", "2020-09-01", "no atendida"),
            voz("r1", "autoridad", "2021-01-10", "atendida", texto="Se adecuó.", evidencia="oficio 7"),
            voz("r1", "observatorio", "2021-02-01", "atendida en parte", texto="Falta el refugio."),
            voz("r2", "autoridad", "2021-01-10", "atendida"),
            voz("r2", "observatorio", "2021-02-01", "atendida"),
            voz("r3", "observatorio", "2021-02-01", "sin respuesta"),
        ),
        "indicadores_ligados": tabla("indicadores_ligados"),
        **otras,
    }
