"""La vista de datos: buscar en el catálogo, ver qué hay de un indicador y de qué archivos salió."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from atalaya import catalogo, periodos
from atalaya.acervo import Acervo
from atalaya.estadistica.conteos import con_tasas
from atalaya.figuras import cuentas, textos
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import Rotulos, anotado, tr
from atalaya.informes import tablas
from atalaya.informes.vista import Vista
from atalaya.interfaz import bloque, conteos, datos, filtros

QUE: Final = Rotulos({"indicadores": "Indicadores", "lugares": "Lugares"})
TOPE: Final = 40
ENCUESTA: Final = (
    ("comparar", anotado("Comparar ciudades")),
    ("clasificacion", anotado("Clasificar")),
    ("mapa", anotado("Ver en el mapa")),
)
DELITO: Final = (("incidencia", anotado("Ver su tasa en el tiempo")), ("mapa", anotado("Ver en el mapa")))
POLICIAS: Final = (("proximidad", anotado("Ver policías por mil habitantes")),)
"""A qué páginas se sigue desde un indicador de encuesta, desde un delito y desde lo demás que se cuenta."""
_TIPOS: Final = Rotulos(
    {
        "pais": "nación",
        "entidad": "entidad",
        "municipio": "municipio",
        "area_urbana": "área urbana",
        "no_identificado": "sin municipio",
    }
)


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
                tr("Indicador"): f"{uno.nombre} `{clave}`",
                tr("Periodos"): _periodos(clave),
                tr("Tema"): catalogo.temas()[uno.tema].nombre,
            }
        )
    _tabla(filas, len(claves), tr("Indicadores hallados"))


def tabla_lugares(claves: list[str]) -> None:
    """Los hallados, con su tipo, qué cifras tienen y su clave."""
    filas = [
        {
            tr("Lugar"): catalogo.lugar(clave).nombre,
            tr("Tipo"): _TIPOS[catalogo.lugar(clave).tipo],
            tr("Con cifras"): _que_cifras(clave),
            tr("Clave"): f"`{clave}`",
            tr("Nota"): tr(catalogo.lugar(clave).nota),
        }
        for clave in claves[:TOPE]
    ]
    _tabla(filas, len(claves), tr("Lugares hallados"))


def indicador(clave: str, tabla: pd.DataFrame) -> None:
    """La ficha del indicador, dónde y cuándo hay cifra, y la descarga de todo lo que el acervo trae de él."""
    uno = catalogo.indicador(clave)
    st.header(uno.nombre, anchor=False)
    con_cifra = tabla[tabla["estado"] == "dato"]
    desgloses = sorted(set(con_cifra["desglose"]) - {"total"})
    st.markdown(
        tr(
            "**{con_cifra}** cifras de {lugares} en **{cuantos}** periodos",
            con_cifra=textos.entero(len(con_cifra)),
            lugares=_lugares(con_cifra),
            cuantos=con_cifra["periodo"].nunique(),
        )
        + (
            tr(", también por {desglose}.", desglose=textos.lista([_desglose(d) for d in desgloses]))
            if desgloses
            else "."
        )
    )
    vista = Vista(
        archivo=f"atalaya_{clave}",
        titulo=uno.nombre,
        subtitulo=tr("Todas las cifras del acervo: lugares, periodos y desgloses")
        + (tr(". De lo que se cuenta, por año: los meses, en Incidencia") if uno.es_conteo else ""),
        tabla=tabla,
        figura=lambda: Figura({}),
        alternativo=str,
        enlace=bloque.enlace_actual(),
        version=datos.version(),
    )
    bloque.descargas(vista, ("csv", "xlsx"), tr("Llevarse todo este indicador"))
    bloque.ficha(tabla)
    with st.container(horizontal=True, gap="medium"):
        for pagina, rotulo in ENCUESTA if not uno.es_conteo else DELITO if clave in conteos.delitos() else POLICIAS:
            st.page_link(f"pages/indicadores/{pagina}.py", label=tr(rotulo), query_params={"indicador": clave})


def manifiesto(acervo: Acervo) -> None:
    """De qué archivos oficiales salió el acervo: huella, filas y cuándo se leyó cada uno."""
    st.header(tr("De qué archivos sale el acervo"), anchor=False)
    st.markdown(
        tr(
            "Versión **{version}**, publicada el {fecha} con Atalaya {atalaya}. La huella SHA-256 es la del "
            "archivo tal como lo publica la oficina: quien lo baje puede comprobar que es el mismo.",
            version=acervo.version,
            fecha=_fecha(acervo.manifiesto.publicado),
            atalaya=acervo.manifiesto.atalaya,
        )
    )
    filas = [
        {
            tr("Archivo"): f.archivo,
            tr("Filas"): textos.entero(f.filas),
            tr("Bytes"): textos.entero(f.bytes),
            "SHA-256": f"`{f.sha256}`",
            tr("Leído"): _fecha(f.incorporado),
            tr("Origen"): f.origen,
        }
        for f in acervo.fuentes
    ]
    with st.expander(tr("{archivos}, con su huella", archivos=_archivos(len(filas))), icon=":material/fingerprint:"):
        st.table(pd.DataFrame(filas), hide_index=True, border="horizontal", alt=tr("Archivos oficiales del acervo"))
    st.download_button(
        tr("Manifiesto (CSV)"),
        data=lambda: tablas.csv_llano(pd.DataFrame([{**f.__dict__, "tablas": len(f.tablas)} for f in acervo.fuentes])),
        file_name=f"atalaya_manifiesto_{acervo.version}.csv",
        mime="text/csv",
        key="descarga_manifiesto",
        on_click="ignore",
        icon=":material/download:",
    )


def _tabla(filas: list[dict[str, str]], hallados: int, titulo: str) -> None:
    if hallados > TOPE:
        st.caption(
            tr(
                "Se muestran {tope} de {hallados}: escriba algo más para acotar.",
                tope=TOPE,
                hallados=textos.entero(hallados),
            )
        )
    bloque.tabla(pd.DataFrame(filas), titulo)


def _lugares(con_cifra: pd.DataFrame) -> str:
    """«**96** áreas urbanas y la nación»; de lo que se cuenta, «**361** lugares»."""
    if "casos" in con_cifra:
        return tr("**{cuantos}** lugares", cuantos=textos.entero(con_cifra["lugar"].nunique()))
    areas = con_cifra.loc[con_cifra["lugar"] != datos.NACIONAL, "lugar"].nunique()
    nacion = bool((con_cifra["lugar"] == datos.NACIONAL).any())
    partes = [f"**{areas}** {tr('área urbana') if areas == 1 else tr('áreas urbanas')}"] if areas else []
    return textos.lista([*partes, *([tr("la nación")] if nacion else [])])


def _con_cifras() -> set[str]:
    """Los lugares con alguna cifra, de encuesta o de conteo."""
    return {datos.NACIONAL, *datos.areas(), *datos.lugares(), *_con_conteos()}


def _periodos(clave: str) -> str:
    if clave in conteos.disponibles():
        dichos = {"anio": tr("por año"), "mes": tr("por mes")}
        suyos = conteos.disponibles()[clave]
        return "; ".join(
            tr("{dichos}, de {desde} a {hasta}", dichos=dichos[t], desde=periodos.corto(a), hasta=periodos.corto(z))
            for t, (a, z) in suyos.items()
        )
    vistos = datos.disponibles(por_area=False)[clave]
    return tr(
        "{vistos}: de {desde} a {hasta}",
        vistos=len(vistos),
        desde=periodos.corto(vistos[-1]),
        hasta=periodos.corto(vistos[0]),
    )


def _archivos(cuantos: int) -> str:
    return (
        tr("1 archivo oficial") if cuantos == 1 else tr("{cuantos} archivos oficiales", cuantos=textos.entero(cuantos))
    )


def _que_cifras(clave: str) -> str:
    """De encuesta (propias o dentro de su área), conteos, las dos o ninguna."""
    area = filtros.area(clave)
    de_encuesta = clave == datos.NACIONAL or clave in datos.areas() or clave in datos.lugares()
    por_su_area = tr("encuesta, como {area}", area=area) if area != clave and area in datos.areas() else ""
    partes = [tr("encuesta") if de_encuesta else por_su_area, tr("conteos") if clave in _con_conteos() else ""]
    return textos.lista([parte for parte in partes if parte]) or "no"


def _con_conteos() -> tuple[str, ...]:
    return conteos.lugares(list(conteos.disponibles()))


@st.cache_resource(show_spinner=False)
def _texto_de(clave: str) -> str:
    uno = catalogo.indicador(clave)
    tema = catalogo.temas()[uno.tema].nombre
    return catalogo.normalizar(f"{clave} {uno.nombre} {uno.nombre_corto} {tema} {uno.pregunta}")


_SEXO: Final = Rotulos({"hombres": "hombres", "mujeres": "mujeres"})


def _desglose(clave: str) -> str:
    """«mujeres», «edad 18-29», «mujeres de edad 18-29»."""
    partes = [parte.partition(":") for parte in clave.split("|")]
    dichas = [tr("edad {edad}", edad=cual) if de == "edad" else _SEXO.get(cual, cual or de) for de, _, cual in partes]
    return tr(" de ").join(dichas)


def _fecha(iso: str) -> str:
    return cuentas.fecha(iso[:10])
