"""Datos de juguete en la sesión de quien mira: lo mismo que deja la página de cargar."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
from seguido_de_juguete import acuerdo, asamblea, medida, proceso, tablas, territorio
from streamlit.testing.v1 import AppTest

Ver = Callable[..., AppTest]
HOSTIL = (
    "<script>alert(1)</script> **negrita** ![x](https://malo.invalid/x.png) [clic](javascript:alert(1)) $x$ :red[rojo]"
)


def tabla(prueba: AppTest, *columnas: str) -> pd.DataFrame:
    """La primera tabla con esas columnas."""
    return next(t.value for t in prueba.table if set(columnas) <= set(t.value.columns))


def todo(prueba: AppTest) -> str:
    """Todo lo que la página escribe, de corrido."""
    partes = [m.value for clase in ("markdown", "caption", "info", "warning") for m in prueba.get(clase)]
    partes += [h.proto.body for h in prueba.get("html")]
    partes += [str(v) for t in prueba.table for v in t.value.to_numpy().ravel()]
    return "\n".join([*partes, *(e.label for e in prueba.expander)])


def de_participacion(nombre: str = "Diálogos de prueba") -> dict[str, Any]:
    """Dos procesos, territorios, asambleas de las seis clases, acuerdos y participantes cuyo total no cuadra."""
    visto = ["celebrada", "celebrada", "celebrada", "no celebrada", "no reportada", "suprimida"]
    gente = [35, 0, None, None, None, None]
    reuniones = [
        asamblea(f"a{k}", "t1" if k < 3 else "t2", estado, fecha=f"2026-0{k + 1}-15", asistentes=n)
        for k, (estado, n) in enumerate(zip(visto, gente, strict=True))
    ]
    return tablas(
        procesos=[
            proceso(nombre=nombre, descripcion="Se dialoga.", nota="No dice cuántas asambleas hubo."),
            proceso("q", lugar="MX-10005", clase="consulta ciudadana", nombre="Consulta de prueba"),
        ],
        medidas=[
            medida("territorios", 130),
            medida("diagnosticos", 130, denominador="territorios"),
            medida("agendas", 53, denominador="territorios"),
            medida("manzanas", 6_500, alcance="aproximada", nombre="Manzanas"),
            medida("enlaces", 17_000, alcance="aproximada", nombre="Enlaces", denominador="poblacion", corte="2020"),
            medida("enlaces", 9_000, alcance="aproximada", nombre="Enlaces", denominador="poblacion", corte="2019"),
            medida("mesas", 0, nombre="Mesas"),
            medida("talleres", estado="no celebrado", nombre="Talleres"),
            medida("agendas_b", estado="no reportado", nombre="Otras agendas"),
            medida("quejas", estado="suprimido", nombre="Quejas"),
            medida("registros", 5_154, proceso="q", nombre="Registros"),
        ],
        territorios=[territorio("t1", habitantes=2_000), territorio("t2", "no dicho")],
        asambleas=reuniones,
        acuerdos=[acuerdo("x", "t1", "en proceso", fin="2020-01-01"), acuerdo("y", "t1", "cumplido")],
        etapas=[
            {"proceso": "q", "orden": 1, "nombre": "Consulta pública", "inicio": "2019-05-24", "fin": "2019-06-17"}
        ],
        temas_votados=[
            {"proceso": "q", "orden": 1, "tema": "Seguridad"},
            {"proceso": "q", "orden": 2, "tema": "Empleo"},
        ],
        participantes=[
            {"proceso": "q", "procedencia": "Academia", "hombres": 11, "mujeres": 9, "personas": 20},
            {"proceso": "q", "procedencia": "total", "personas": 21},
        ],
        ejercicios_locales=[
            {"proceso": "q", "lugar": "MX-14", "grupo": "Grupo 1", "inicio": "2015-03", "activo": "no dicho"}
        ],
    )


def de_intercambio(titulo: str = "Observatorio de prueba") -> dict[str, Any]:
    """Dos experiencias, un convenio, sus pasantías, un modelo que dice 7 componentes y calla, y transferencias."""
    doc = {"convenio": "c"}
    lugares = {"de_lugar": "MX-15058", "a_lugar": "CL-13122"}
    return tablas(
        experiencias=[
            {"experiencia": "e", "titulo": titulo, "lugar": "MX-22", "institucion": "Centro", "inicio": "2020-02-24"},
            {"experiencia": "f", "titulo": "Otra", "lugar": "MX-09007", "institucion": "Alcaldía"},
        ],
        experiencias_casillas=[
            {"experiencia": "e", "grupo": "objetivo", "opcion": "Fortalecer", "marcada": "sí"},
            {"experiencia": "e", "grupo": "ámbito temático", "opcion": "Salud", "marcada": "no"},
            {"experiencia": "f", "grupo": "ámbito temático", "opcion": "Salud", "marcada": "sí"},
        ],
        experiencias_textos=[{"experiencia": "e", "orden": 1, "campo": "¿Cómo?", "texto": f"Así: {titulo}"}],
        ciclo=[
            {"experiencia": "e", "etapa": "problema", "texto": "Violencia", "quien_ubica": "Atalaya"},
            {"experiencia": "e", "etapa": "resultados", "texto": "Pausa", "quien_ubica": "documento"},
        ],
        convenios=[{**doc, "nombre": "Convenio", "lugar_a": "MX-15058", "lugar_b": "CL-13122", "inicio": "2017"}],
        pasantias=[
            {**doc, "pasantia": "p1", "nombre": "Pasantía", **lugares, "inicio": "2022-03-21", "fin": "2022-03-25"},
            {**doc, "pasantia": "p2", "nombre": "Congreso", **lugares, "inicio": "2022-07", "fin": "2022-07"},
        ],
        modelos=[
            {"modelo": "m", "lugar": "MX-15058", "nombre": "Proximidad", "desde": "2003", "componentes_declarados": 7}
        ],
        componentes=[{"modelo": "m", "clase": "problema", "orden": 1, "nombre": "Abatir la incidencia delictiva"}],
        lecciones=[{"de": "m", "orden": 1, "clase": "lección", "texto": "Rendición de cuentas permanente."}],
        transferencias=[
            {"transferencia": "x", "practica": "Agentes preventivos", **lugares, "estado": "instalada", "modelo": "m"},
            {"transferencia": "y", "practica": "Mesas de trabajo", **lugares, "estado": "no dicho", "convenio": "c"},
            {"transferencia": "z", "practica": titulo, **lugares, "estado": "propuesta"},
        ],
    )  # fmt: skip
