"""La vista de datos: buscar en el catálogo, ver qué hay de un indicador y de qué archivos salió."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from atalaya import catalogo, periodos
from atalaya.acervo import Acervo
from atalaya.estadistica.conteos import con_tasas
from atalaya.figuras import textos
from atalaya.figuras.plantilla import Figura
from atalaya.informes import tablas
from atalaya.informes.vista import Vista
from atalaya.interfaz import bloque, conteos, datos, filtros

QUE: Final = {"indicadores": "Indicadores", "lugares": "Lugares"}
TOPE: Final = 40
ENCUESTA: Final = (("comparar", "Comparar ciudades"), ("clasificacion", "Clasificar"), ("mapa", "Ver en el mapa"))
DELITO: Final = (("incidencia", "Ver su tasa en el tiempo"), ("mapa", "Ver en el mapa"))
POLICIAS: Final = (("proximidad", "Ver policías por mil habitantes"),)
"""A qué páginas se sigue desde un indicador de encuesta, desde un delito y desde lo demás que se cuenta."""
_TIPOS: Final = {
    "pais": "nación",
    "entidad": "entidad",
    "municipio": "municipio",
    "area_urbana": "área urbana",
    "no_identificado": "sin municipio",
}


def todos() -> list[str]:
    """Todo indicador con cifras en el acervo: los de encuesta y los que se cuentan."""
    return [*datos.disponibles(por_area=False), *conteos.disponibles()]


def cifras(clave: str) -> pd.DataFrame:
    """Todo lo que el acervo trae de un indicador; de uno que se cuenta, por año y con su tasa."""
    if clave in conteos.disponibles():
        return datos.correr_con(con_tasas, "conteo_entero", indicador=clave)
    return datos.correr("indicador_entero", indicador=clave)


def indicadores(buscado: str) -> list[str]:
    """Las claves con cifras cuyo nombre, clave, tema o pregunta contienen todas las palabras, con o sin acentos."""
    palabras = catalogo.normalizar(buscado).split()
    return [clave for clave in todos() if all(p in _texto_de(clave) for p in palabras)]


def lugares(buscado: str) -> list[str]:
    """Las claves de lugar cuyo nombre, clave o nota contienen todas las palabras; los que tienen cifras, primero."""
    palabras = catalogo.normalizar(buscado).split()
    hallados = [
        clave
        for clave, uno in catalogo.lugares().items()
        if all(p in catalogo.normalizar(f"{clave} {uno.nombre} {uno.nombre_corto} {uno.nota}") for p in palabras)
    ]
    con_cifras = _con_cifras()
    return sorted(hallados, key=lambda clave: clave not in con_cifras)


def en_lo_otro(que: str, buscado: str) -> tuple[str, int]:
    """El otro ámbito de búsqueda y cuántos resultados daría en él lo mismo."""
    otro = "lugares" if que == "indicadores" else "indicadores"
    return otro, len(lugares(buscado) if otro == "lugares" else indicadores(buscado))


def tabla_indicadores(claves: list[str]) -> None:
    """Los hallados, con su tema, sus periodos y su clave."""
    filas = []
    for clave in claves[:TOPE]:
        uno = catalogo.indicador(clave)
        filas.append(
            {
                "Indicador": f"{uno.nombre} `{clave}`",
                "Periodos": _periodos(clave),
                "Tema": catalogo.temas()[uno.tema].nombre,
            }
        )
    _tabla(filas, len(claves), "Indicadores hallados")


def tabla_lugares(claves: list[str]) -> None:
    """Los hallados, con su tipo, qué cifras tienen y su clave."""
    filas = [
        {
            "Lugar": catalogo.lugar(clave).nombre,
            "Tipo": _TIPOS[catalogo.lugar(clave).tipo],
            "Con cifras": _que_cifras(clave),
            "Clave": f"`{clave}`",
            "Nota": catalogo.lugar(clave).nota,
        }
        for clave in claves[:TOPE]
    ]
    _tabla(filas, len(claves), "Lugares hallados")


def indicador(clave: str, tabla: pd.DataFrame) -> None:
    """La ficha del indicador, dónde y cuándo hay cifra, y la descarga de todo lo que el acervo trae de él."""
    uno = catalogo.indicador(clave)
    st.header(uno.nombre, anchor=False)
    con_cifra = tabla[tabla["estado"] == "dato"]
    desgloses = sorted(set(con_cifra["desglose"]) - {"total"})
    st.markdown(
        f"**{textos.entero(len(con_cifra))}** cifras de {_lugares(con_cifra)} en "
        f"**{con_cifra['periodo'].nunique()}** periodos"
        + (f", también por {textos.lista([_desglose(d) for d in desgloses])}." if desgloses else ".")
    )
    vista = Vista(
        archivo=f"atalaya_{clave}",
        titulo=uno.nombre,
        subtitulo="Todas las cifras del acervo: lugares, periodos y desgloses"
        + (". De lo que se cuenta, por año: los meses, en Incidencia" if uno.es_conteo else ""),
        tabla=tabla,
        figura=lambda: Figura({}),
        alternativo=str,
        enlace=bloque.enlace_actual(),
        version=datos.version(),
    )
    bloque.descargas(vista, ("csv", "xlsx"), "Llevarse todo este indicador")
    bloque.ficha(tabla)
    with st.container(horizontal=True, gap="medium"):
        for pagina, rotulo in ENCUESTA if not uno.es_conteo else DELITO if clave in conteos.delitos() else POLICIAS:
            st.page_link(f"pages/indicadores/{pagina}.py", label=rotulo, query_params={"indicador": clave})


def manifiesto(acervo: Acervo) -> None:
    """De qué archivos oficiales salió el acervo: huella, filas y cuándo se leyó cada uno."""
    st.header("De qué archivos sale el acervo", anchor=False)
    st.markdown(
        f"Versión **{acervo.version}**, publicada el {_fecha(acervo.manifiesto.publicado)} con Atalaya "
        f"{acervo.manifiesto.atalaya}. La huella SHA-256 es la del archivo tal como lo publica la oficina: quien lo "
        "baje puede comprobar que es el mismo."
    )
    filas = [
        {
            "Archivo": f.archivo,
            "Filas": textos.entero(f.filas),
            "Bytes": textos.entero(f.bytes),
            "SHA-256": f"`{f.sha256}`",
            "Leído": _fecha(f.incorporado),
            "Origen": f.origen,
        }
        for f in acervo.fuentes
    ]
    with st.expander(f"{_archivos(len(filas))}, con su huella", icon=":material/fingerprint:"):
        st.table(pd.DataFrame(filas), hide_index=True, border="horizontal", alt="Archivos oficiales del acervo")
    st.download_button(
        "Manifiesto (CSV)",
        data=lambda: tablas.csv_llano(pd.DataFrame([{**f.__dict__, "tablas": len(f.tablas)} for f in acervo.fuentes])),
        file_name=f"atalaya_manifiesto_{acervo.version}.csv",
        mime="text/csv",
        key="descarga_manifiesto",
        on_click="ignore",
        icon=":material/download:",
    )


def _tabla(filas: list[dict[str, str]], hallados: int, titulo: str) -> None:
    if hallados > TOPE:
        st.caption(f"Se muestran {TOPE} de {textos.entero(hallados)}: escriba algo más para acotar.")
    bloque.tabla(pd.DataFrame(filas), titulo)


def _lugares(con_cifra: pd.DataFrame) -> str:
    """«**96** áreas urbanas y la nación»; de lo que se cuenta, «**361** lugares»."""
    if "casos" in con_cifra:
        return f"**{textos.entero(con_cifra['lugar'].nunique())}** lugares"
    areas = con_cifra.loc[con_cifra["lugar"] != datos.NACIONAL, "lugar"].nunique()
    nacion = bool((con_cifra["lugar"] == datos.NACIONAL).any())
    partes = [f"**{areas}** {'área urbana' if areas == 1 else 'áreas urbanas'}"] if areas else []
    return textos.lista([*partes, *(["la nación"] if nacion else [])])


def _con_cifras() -> set[str]:
    """Los lugares con alguna cifra, de encuesta o de conteo."""
    return {datos.NACIONAL, *datos.areas(), *datos.lugares(), *_con_conteos()}


def _periodos(clave: str) -> str:
    if clave in conteos.disponibles():
        dichos = {"anio": "por año", "mes": "por mes"}
        suyos = conteos.disponibles()[clave]
        return "; ".join(f"{dichos[t]}, de {periodos.corto(a)} a {periodos.corto(z)}" for t, (a, z) in suyos.items())
    vistos = datos.disponibles(por_area=False)[clave]
    return f"{len(vistos)}: de {periodos.corto(vistos[-1])} a {periodos.corto(vistos[0])}"


def _archivos(cuantos: int) -> str:
    return "1 archivo oficial" if cuantos == 1 else f"{textos.entero(cuantos)} archivos oficiales"


def _que_cifras(clave: str) -> str:
    """De encuesta (propias o dentro de su área), conteos, las dos o ninguna."""
    area = filtros.area(clave)
    de_encuesta = clave == datos.NACIONAL or clave in datos.areas() or clave in datos.lugares()
    por_su_area = f"encuesta, como {area}" if area != clave and area in datos.areas() else ""
    partes = ["encuesta" if de_encuesta else por_su_area, "conteos" if clave in _con_conteos() else ""]
    return textos.lista([parte for parte in partes if parte]) or "no"


def _con_conteos() -> tuple[str, ...]:
    return conteos.lugares(list(conteos.disponibles()))


@st.cache_resource(show_spinner=False)
def _texto_de(clave: str) -> str:
    uno = catalogo.indicador(clave)
    tema = catalogo.temas()[uno.tema].nombre
    return catalogo.normalizar(f"{clave} {uno.nombre} {uno.nombre_corto} {tema} {uno.pregunta}")


def _desglose(clave: str) -> str:
    return clave.replace("sexo:", "").replace("edad:", "edad ").replace("|", " de ")


def _fecha(iso: str) -> str:
    return f"{int(iso[8:10])} de {periodos.MESES[int(iso[5:7]) - 1]} de {iso[:4]}"
