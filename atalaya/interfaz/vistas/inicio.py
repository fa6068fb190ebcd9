"""La vista de inicio: qué trae el acervo y dónde está una ciudad, de un vistazo."""

from __future__ import annotations

import html
from typing import Any

import pandas as pd
import streamlit as st

from atalaya import catalogo, periodos
from atalaya.figuras import tema, textos, tira
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import anotado, tr
from atalaya.informes.imagen import ANCHO
from atalaya.informes.vista import Vista
from atalaya.interfaz import bloque, datos

SEGUIR = (
    (
        "pages/indicadores/comparar.py",
        anotado("Compararla con otras ciudades"),
        ":material/scatter_plot:",
        ("lugar", "periodo"),
    ),
    ("pages/indicadores/evolucion.py", anotado("Ver cómo ha cambiado"), ":material/show_chart:", ("lugar",)),
    (
        "pages/indicadores/clasificacion.py",
        anotado("Ver su lugar entre todas"),
        ":material/format_list_numbered:",
        ("lugar", "periodo"),
    ),
    ("pages/indicadores/mapa.py", anotado("Verla en el mapa"), ":material/map:", ("lugar", "periodo")),
    ("pages/datos/datos.py", anotado("Buscar otro indicador o bajar los datos"), ":material/database:", ()),
)


def frescura(resumen: pd.DataFrame) -> None:
    """Qué tan nuevo es lo que hay y cuánto es."""
    comunas = sum(catalogo.lugar(clave).tipo == "municipio" for clave in datos.lugares() if clave.startswith("CL"))
    for fila in resumen.to_dict("records"):
        siglas = catalogo.fuentes()[fila["fuente"]].fuente.upper()
        hasta, desde = periodos.nombre_mes(fila["hasta"]), periodos.nombre_mes(fila["desde_por_area"])
        de_mexico = tr("áreas urbanas de México; {areas:,} con las que ya no se publican", areas=int(fila["areas"]))
        dichos = [
            (f"{hasta[0].upper()}{hasta[1:]}", tr("lo más reciente")),
            (textos.entero(fila["areas_hoy"]), de_mexico),
            (textos.entero(fila["trimestres_por_area"]), tr("trimestres por ciudad, desde {desde}", desde=desde)),
            (textos.entero(fila["indicadores"]), tr("indicadores")),
            (textos.entero(fila["cifras"]), tr("cifras de la {siglas}", siglas=siglas)),
        ]
        if comunas:
            dichos.append((textos.entero(comunas), tr("comunas de Chile, de la ENUSC")))
        renglones = "".join(f"<li><b>{html.escape(a)}</b>{html.escape(b)}</li>" for a, b in dichos)
        st.html(f"<ul class='frescura'>{renglones}</ul>")


def mostrar(tabla: pd.DataFrame, lugares: dict[str, pd.DataFrame], ciudad: str, periodo: str) -> Vista:
    """La tira de la ciudad entre las demás y su tabla. `lugares`: la clasificación de cada indicador."""
    grupo = grupo_de(ciudad)
    nombre = datos.nombre(ciudad)
    entre = tr("las ciudades del Valle de México") if grupo else tr("todas las ciudades")
    titulo = tr("{nombre} entre {entre}, {periodo}", nombre=nombre, entre=entre, periodo=periodos.nombre_mes(periodo))
    st.header(titulo, anchor=False)
    izquierda, derecha = st.columns([4, 3], gap="medium")
    with izquierda:
        bloque.pintar(
            datos.recordar(
                tabla,
                ("tira", ciudad, bloque.modo()),
                lambda: bloque.preparar(
                    dibujar_tira(tabla, ciudad, grupo, bloque.modo()),
                    tira.describir(con_rotulo(tabla), titulo, ciudad, grupo, rotulos(tabla)),
                ),
            )
        )
        st.html(leyenda(nombre, bool(grupo)))
    with derecha, st.container(key="sin_partir"):
        bloque.tabla(datos.recordar(tabla, ("tabla", ciudad), lambda: _en_tabla(tabla, lugares, ciudad)), titulo)
    return Vista(
        archivo=f"atalaya_{ciudad}_{periodo}",
        titulo=titulo,
        subtitulo=tr("Círculo grande: {nombre}. ", nombre=nombre)
        + (tr("Círculos: las demás del Valle de México. ") if grupo else "")
        + tr("Rayas: las demás ciudades."),
        tabla=tabla,
        figura=lambda: dibujar_tira(tabla, ciudad, grupo, "claro", ANCHO - 240),
        alternativo=lambda: tira.describir(con_rotulo(tabla), titulo, ciudad, grupo, rotulos(tabla)),
        enlace=bloque.enlace_actual(),
        version=datos.version(),
    )


def grupo_de(ciudad: str) -> list[str]:
    """Las ciudades del Valle de México, si es una de ellas; si no, ninguna."""
    return list(datos.valle_de_mexico()) if ciudad in datos.valle_de_mexico() else []


def dibujar_tira(
    tabla: pd.DataFrame, ciudad: str, grupo: list[str], modo: str, ancho: int | str = "container"
) -> Figura:
    """La ciudad, las de su grupo, las demás y la nacional, un renglón por indicador de la tabla."""
    return tira.tira(con_rotulo(tabla), ciudad, grupo, rotulos(tabla), modo, ancho)


def con_rotulo(tabla: pd.DataFrame) -> pd.DataFrame:
    """La tabla con `indicador_corto`, el nombre que va en el eje."""
    return tabla.assign(indicador_corto=[catalogo.indicador(k).nombre_corto for k in tabla["indicador"]])


def rotulos(tabla: pd.DataFrame) -> list[str]:
    """Los nombres del eje, en el orden de la tabla."""
    return [catalogo.indicador(k).nombre_corto for k in dict.fromkeys(tabla["indicador"])]


def seguir(ciudad: str, periodo: str) -> None:
    """Por dónde continuar, con la ciudad y el trimestre ya puestos."""
    st.header(tr("Por dónde seguir"), anchor=False)
    elegido: dict[str, Any] = {"lugar": ciudad, "periodo": periodo}
    with st.container(horizontal=True, gap="medium"):
        for pagina, rotulo, icono, claves in SEGUIR:
            st.page_link(pagina, label=tr(rotulo), icon=icono, query_params={k: elegido[k] for k in claves})


def _en_tabla(tabla: pd.DataFrame, lugares: dict[str, pd.DataFrame], ciudad: str) -> pd.DataFrame:
    renglones = []
    for clave in dict.fromkeys(tabla["indicador"]):
        suyas = {f["lugar"]: f for f in tabla[tabla["indicador"] == clave].to_dict("records")}
        lista = lugares[clave]
        suya = lista[(lista["lugar"] == ciudad) & lista["posicion"].notna()].to_dict("records")
        renglones.append(
            {
                tr("Indicador"): catalogo.indicador(clave).nombre_corto,
                datos.nombre(ciudad): textos.cifra(suyas[ciudad], 2)
                if ciudad in suyas
                else textos.ESTADO["no_publicado"],
                tr("Nacional"): textos.cifra(suyas[datos.NACIONAL], 2) if datos.NACIONAL in suyas else "—",
                tr("Lugar"): textos.puesto(suya[0]["posicion"], suya[0]["lugares_con_cifra"]) if suya else "—",
            }
        )
    return pd.DataFrame(renglones)


def leyenda(nombre: str, con_grupo: bool) -> str:
    """El HTML de la leyenda de la tira."""
    p = tema.paleta(bloque.modo())
    punto = "border-radius:50%;width:{0}rem;height:{0}rem;background:{1}"
    muestras = [(punto.format(0.95, p.acento), nombre)]
    if con_grupo:
        muestras.append((punto.format(0.7, p.series[1]), tr("otras del Valle de México")))
    muestras += [
        (f"width:2px;height:1rem;background:{p.neutro}", tr("las demás ciudades")),
        (f"width:3px;height:1.3rem;background:{p.referencia}", tr("nacional")),
    ]
    partes = "".join(f"<li><span style='{estilo}'></span>{html.escape(rotulo)}</li>" for estilo, rotulo in muestras)
    return f"<ul class='leyenda' aria-label='{tr('Leyenda')}'>{partes}</ul>"
