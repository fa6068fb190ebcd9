"""Lo que se puede buscar: indicadores, lugares, lo que se sigue y las páginas, cada cosa con dónde se ve.

El catálogo y el acervo se indizan una vez por versión; lo que se sigue, otra vez si la visita trae lo suyo.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final

import streamlit as st

from atalaya import catalogo
from atalaya.errores import ErrorCatalogo
from atalaya.idiomas import Rotulos, actual, tr
from atalaya.interfaz import conteos, datos, datos_ficha, filtros, marco, seguimiento
from atalaya.interfaz.busqueda import Entrada, Indice, indizar

CLASES: Final = Rotulos(
    {
        "indicador": "Indicadores",
        "lugar": "Lugares",
        "compromiso": "Compromisos",
        "afirmacion": "Afirmaciones",
        "experiencia": "Experiencias",
        "proceso": "Procesos participativos",
        "evaluacion": "Evaluaciones",
        "intercambio": "Convenios, modelos y transferencias",
        "pagina": "Páginas",
    }
)
"""Los grupos de resultados, en el orden en que se enseñan."""
_SIN_FILTRO: Final = {
    "compromisos": {"plan": "todos", "asunto": "todos", "organizacion": "todos", "estado": "todos", "buscar": ""},
    "afirmaciones": {"veredicto": "todas"},
    "participacion": {"donde": "todos", "clase": "todos"},
    "intercambio": {"tipo": "todos", "objetivo": "todos", "territorial": "todos", "tematico": "todos"},
}
"""Un enlace los trae: si no, valdría lo último que se filtró en esa página y podría esconder lo hallado."""
_DE_QUE: Final = Rotulos(
    {
        "inicio": "qué hay, qué tan fresco, resumen",
        "ficha": "municipio comuna ciudad perfil resumen de un lugar",
        "comparar": "ciudades lugares países México Chile diferencia",
        "evolucion": "serie tendencia tiempo histórico cambio",
        "clasificacion": "ranking lugar posición orden entre todas",
        "incidencia": "delitos tasas homicidio robo carpetas denuncia registro SESNSP CEAD",
        "percepcion_y_registro": "contraste encuesta delitos registrados inseguridad",
        "mapa": "mapa territorio geografía municipios comunas",
        "proximidad": "policía municipal de proximidad cercanía confianza tesis",
        "compromisos": "gobierno abierto plan de acción avance cumplimiento alianza",
        "evaluaciones": "recomendaciones observatorio ciudadano protocolo autoridad",
        "participacion": "procesos participativos consulta asambleas acuerdos territorios",
        "afirmaciones": "frases verificación comprobar lo que se dice veredicto",
        "intercambio": "experiencias convenios pasantías modelos transferencias hermanamiento",
        "presentacion": "láminas diapositivas proyectar seminario",
        "datos": "descargar acervo archivos catálogo base de datos",
        "cargar": "subir archivo propio plantilla",
        "metodologia": "método cálculo fuentes precisión error consultas SQL",
    }
)


def indice() -> Indice:
    """El índice del acervo vigente, con lo que trajo la visita."""
    propias = seguimiento.propias()
    if not propias:
        return _indice(datos.version(), actual())
    # El de una visita con tablas suyas es sólo suyo.
    guardado = st.session_state.get("_hallable")
    edicion = (datos.version(), actual())
    if guardado is None or guardado[0] is not propias or guardado[1] != edicion:
        guardado = (propias, edicion, indizar(_todo()))
        st.session_state["_hallable"] = guardado
    hecho: Indice = guardado[2]
    return hecho


@lru_cache(maxsize=6)
def _indice(version: str, idioma: str) -> Indice:
    del version, idioma  # sólo distinguen un acervo y un idioma de otro
    return indizar(_todo())


def _todo() -> Iterator[Entrada]:
    yield from _indicadores()
    yield from _lugares()
    yield from _seguidos()
    yield from _paginas()


def _indicadores() -> Iterator[Entrada]:
    delitos, contados, de_encuesta = set(conteos.delitos()), conteos.disponibles(), datos.disponibles(por_area=False)
    por_area = datos.disponibles()
    for clave, uno in catalogo.indicadores().items():
        tema = catalogo.temas()[uno.tema].nombre
        detalle = f"{tema} · {uno.fuente.upper()}"
        if clave not in de_encuesta and clave not in contados:
            continue  # sin ninguna cifra no hay página que lo enseñe
        if clave in delitos:
            pagina = ("incidencia", {"indicador": clave})
        elif clave in por_area:
            pagina = ("comparar", {"indicador": clave})
        else:
            pagina = ("datos", {"que": "indicadores", "buscar": "", "indicador": clave})
        peso = 0 if clave in filtros.BASICOS else 1
        palabras = f"{clave} {uno.nombre_corto} {uno.pregunta} {catalogo.fuentes()[uno.fuente].productor}"
        yield Entrada("indicador", uno.nombre, detalle, *pagina, palabras, peso)


def _lugares() -> Iterator[Entrada]:
    con_ficha, con_conteos = set(datos_ficha.lugares()), set(conteos.lugares(list(conteos.disponibles())))
    con_encuesta = set(datos.lugares())
    variantes = _variantes()
    for clave, uno in catalogo.lugares().items():
        if uno.tipo == "no_identificado":
            continue
        suyo = conteos.territorio(clave)
        if suyo != clave and suyo in catalogo.lugares():
            continue  # el área de un solo municipio es ese municipio, que ya sale
        area = _area(clave)
        if clave in con_ficha:
            pagina, peso = ("ficha", {"lugar": clave}), 0 if area in con_encuesta else 1
        elif clave in con_encuesta:
            pagina, peso = ("comparar", {"lugar": clave}), 1
        elif clave in con_conteos:
            pagina, peso = ("incidencia", {"lugar": clave}), 1
        else:
            pagina, peso = ("datos", {"que": "lugares", "buscar": clave}), 3
        cual = {
            "pais": tr("País"),
            "entidad": tr("Región") if clave.startswith("CL") else tr("Entidad"),
            "municipio": tr("Comuna") if clave.startswith("CL") else tr("Municipio"),
            "area_urbana": tr("Área urbana"),
        }[uno.tipo]
        donde = [catalogo.lugar(uno.entidad).nombre_corto] if uno.entidad else []
        detalle = ", ".join([f"{cual} · {donde[0]}" if donde else cual, datos.PAISES[clave[:2]]])
        yield Entrada(
            "lugar", uno.nombre_corto, detalle, *pagina, f"{clave} {uno.nombre} {variantes.get(clave, '')}", peso
        )


def _seguidos() -> Iterator[Entrada]:
    for f in _filas("compromisos_vistos", hoy="9999-12-31"):
        texto = _junto(
            f, "compromiso", "tema", "problema", "descripcion", "nombre_eje", "responsables", "corresponsables"
        )
        detalle = _junto(f, "nombre_plan", "tema", entre=" · ")
        yield _de_pagina(
            "compromiso", f["nombre_compromiso"], detalle, "compromisos", texto, compromiso=f["compromiso"]
        )
    for f in _filas("afirmaciones"):
        texto = _junto(f, "afirmacion", "presenta", "indicador", "pasaje", "documento_titulo", "documento_autoria")
        sobre = f["lugar"] if isinstance(f["lugar"], str) else "todas"
        lugar = f" · {datos.nombre_entero(sobre)}" if sobre != "todas" else ""
        detalle = f"{f['documento_titulo'] or f['documento']}{lugar}"
        filtrada = {"documento": f["documento"], "sobre": sobre}
        yield _de_pagina("afirmacion", f["texto"], detalle, "afirmaciones", texto, **filtrada)
    for f in _filas("experiencias_vistas", tipo="", objetivo="", territorial="", tematico=""):
        texto = _junto(f, "experiencia", "institucion", "distincion", "ods", "nota")
        detalle = f"{datos.nombre_entero(f['lugar'])} · {f['institucion'] or ''}".rstrip(" ·")
        donde = {"ver": "experiencias", "experiencia": f["experiencia"]}
        yield _de_pagina("experiencia", f["titulo"], detalle, "intercambio", texto, **donde)
    for f in _filas("procesos"):
        texto = _junto(f, "proceso", "responsable", "descripcion", "nota")
        detalle = f"{datos.nombre_entero(f['lugar'])} · {f['clase']}"
        yield _de_pagina("proceso", f["nombre_proceso"], detalle, "participacion", texto, proceso=f["proceso"])
    for f in _filas("evaluaciones_vistas", hoy="9999-12-31"):
        texto = _junto(f, "evaluacion", "autoridad", "resultado", "nota")
        yield _de_pagina(
            "evaluacion", f["instrumento"], f["observatorio"] or "", "evaluaciones", texto, evaluacion=f["evaluacion"]
        )
    for consulta, ver, columna in (
        ("convenios_vistos", "convenios", "convenio"),
        ("modelos_vistos", "modelos", "modelo"),
        ("transferencias_vistas", "transferencias", "transferencia"),
    ):
        for f in _filas(consulta):
            titulo = f.get("practica") or f.get(f"nombre_{columna}") or f.get("nombre") or f[columna]
            yield _de_pagina("intercambio", titulo, columna.capitalize(), "intercambio", _junto(f, *f), ver=ver)


def _paginas() -> Iterator[Entrada]:
    for seccion, paginas in marco.PAGINAS.items():
        for _, titulo, _, ruta in paginas:
            if ruta != "buscar":
                yield Entrada("pagina", tr(titulo), tr(seccion), ruta, {}, _DE_QUE.get(ruta, ""))


def _de_pagina(clase: str, titulo: str, detalle: str, pagina: str, texto: str, **filtros_: str) -> Entrada:
    return Entrada(clase, titulo, detalle, pagina, {**_SIN_FILTRO.get(pagina, {}), **filtros_}, texto)


def _filas(consulta: str, **parametros: Any) -> list[dict[str, Any]]:
    filas: Any = seguimiento.correr(consulta, **parametros).to_dict("records")
    return list(filas)


def _junto(fila: Mapping[str, Any], *columnas: str, entre: str = " ") -> str:
    return entre.join(v for c in columnas if isinstance(v := fila.get(c), str) and v)


def _area(clave: str) -> str:
    try:
        return catalogo.area_de(clave).lugar
    except ErrorCatalogo:
        return clave


def _variantes() -> dict[str, str]:
    """Otros nombres con que los tabulados llaman a cada lugar."""
    tabla = datos.correr_tal_cual("nombres_de_lugar")
    return dict(zip(tabla["lugar"], tabla["nombres"], strict=True))
