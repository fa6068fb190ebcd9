"""La vista del mapa: el país, un recuadro ampliado, la leyenda, la ficha del lugar y la tabla."""

from __future__ import annotations

import html
from collections.abc import Sequence
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from atalaya import catalogo, periodos
from atalaya.figuras import leyenda_mapa, mapa, plantilla, tema, textos, tramas
from atalaya.figuras.escala import AUSENCIAS, CERO, Escala, leyenda
from atalaya.figuras.plantilla import Figura
from atalaya.fuentes import limites
from atalaya.fuentes.mapas import NIVELES
from atalaya.idiomas import Rotulos, tr
from atalaya.informes.imagen import ANCHO
from atalaya.informes.vista import Vista
from atalaya.interfaz import bloque, datos, datos_mapa, filtros_mapa
from atalaya.interfaz.vistas import mapa_ficha

RECUADROS: Final = Rotulos(
    {
        "valle_mexico": "Valle de México",
        "guadalajara": "Guadalajara",
        "monterrey": "Monterrey",
        "gran_santiago": "Gran Santiago",
        "gran_valparaiso": "Gran Valparaíso",
        "gran_concepcion": "Gran Concepción",
    }
)
ALTO: Final = {"MX": 450, "CL": 530}
ALTO_RECUADRO: Final = 270
_LUGAR: Final = Rotulos(
    {
        "areas": "Área urbana",
        "municipios": "Municipio",
        "entidades": "Entidad",
        "comunas": "Comuna",
        "regiones": "Región",
    }
)


def recuadros(nivel: str) -> dict[str, str]:
    """Los recuadros de un nivel, de clave a rótulo; ninguno en entidades y regiones."""
    return {clave: RECUADROS[clave] for clave in NIVELES[nivel].recuadros}


def mostrar(
    tabla: pd.DataFrame, nivel: str, lugares: Sequence[str], indicador: str, periodo: str, recuadro: str | None
) -> Vista:
    """Dibuja los encuadres, la ficha del primer lugar, la leyenda y la tabla, y devuelve la vista para descargar."""
    escala = datos_mapa.escala(nivel, indicador, periodo)
    cuando = periodos.nombre_mes(periodo)
    titulo = (
        f"{catalogo.indicador(indicador).nombre}{tr(' por 100 mil habitantes') if escala.es_tasa else ''}, {cuando}"
    )
    st.header(titulo, anchor=False)
    if nota := _a_medias(tabla, periodo):
        st.caption(nota)
    izquierda, derecha = st.columns([13, 6], gap="medium")
    with izquierda:
        _pintar(tabla, nivel, "nacional", escala, lugares)
        _leyenda_html(tabla, escala, mapa.describir(tabla, titulo, nivel, escala, lugares))
        _tabla(tabla, nivel, lugares, titulo)
    with derecha:
        mapa_ficha.mostrar(tabla, lugares, indicador, escala)
        if recuadro:
            st.markdown(f"**{RECUADROS[recuadro]}**")
            _pintar(tabla, nivel, recuadro, escala, lugares)
    return Vista(
        archivo=f"atalaya_mapa_{nivel}_{indicador}_{periodo}",
        titulo=titulo,
        subtitulo=_subtitulo(nivel, escala),
        tabla=tabla,
        figura=partial(_para_llevar, tabla, nivel, escala, lugares, recuadro),
        alternativo=partial(mapa.describir, tabla, titulo, nivel, escala, lugares),
        enlace=bloque.enlace_actual(),
        version=datos.version(),
    )


def _pintar(tabla: pd.DataFrame, nivel: str, encuadre: str, escala: Escala, lugares: Sequence[str]) -> None:
    """Un encuadre en el que se puede hacer clic."""

    def hacer() -> bloque.Dibujo:
        alto = ALTO[NIVELES[nivel].pais] if encuadre == "nacional" else ALTO_RECUADRO
        figura = mapa.panel(tabla, nivel, encuadre, escala, lugares, bloque.modo(), "container", alto)
        return bloque.preparar(figura, mapa.rotulo(nivel, RECUADROS.get(encuadre, tr("todo el país"))))

    dibujo = datos.recordar(tabla, ("mapa", encuadre, tuple(lugares), bloque.modo()), hacer)
    clave = f"mapa_{nivel}_{encuadre}"
    bloque.pintar(dibujo, clave, partial(filtros_mapa.al_hacer_clic, clave, nivel))


def _a_medias(tabla: pd.DataFrame, periodo: str) -> str:
    """En cuántos lugares el año no está completo, y cuántos meses lleva: la tasa los lleva a un año."""
    if len(periodo) != 4 or "meses" not in tabla:
        return ""
    meses = tabla.loc[tabla["estado"].eq("dato") & tabla["meses"].lt(12), "meses"]
    if meses.empty:
        return ""
    pocos, muchos = int(meses.min()), int(meses.max())
    cuantos = f"{pocos}" if pocos == muchos else tr("de {pocos} a {muchos}", pocos=pocos, muchos=muchos)
    donde = "" if len(meses) == tabla["estado"].eq("dato").sum() else tr(" en {meses:,} lugares", meses=len(meses))
    return tr(
        "{periodo} lleva {cuantos} {dicho}{donde}: su tasa va llevada a un año.",
        periodo=periodo,
        cuantos=cuantos,
        dicho=tr("mes") if muchos == 1 else tr("meses"),
        donde=donde,
    )


def _subtitulo(nivel: str, escala: Escala) -> str:
    partes = []
    if nivel == "areas":
        partes.append(tr("Se pinta el municipio entero; la encuesta cubre su zona urbana."))
    if escala.es_tasa:
        partes.append(tr("Tasa anual por 100 mil habitantes; intervalo de Poisson al 95 % en la descarga."))
    return " ".join([*partes, tr("Límites: {credito}.", credito=limites.PAISES[NIVELES[nivel].pais].credito)])


def _tabla(tabla: pd.DataFrame, nivel: str, lugares: Sequence[str], titulo: str) -> None:
    """La tabla del nivel, que viaja sólo si se abre; de los municipios, los de la entidad del primero marcado."""
    with st.expander(
        tr("El mapa como tabla"), icon=":material/table_rows:", key=f"tabla_{nivel}", on_change="rerun"
    ) as plegado:
        if not plegado.open:
            return
        if nivel == "municipios":
            entidad = (lugares[0] if lugares else datos_mapa.FOCO[nivel])[:5]
            st.caption(
                tr(
                    "Municipios de {entidad}, donde está el primer lugar marcado; todos van en la descarga.",
                    entidad=datos.nombre(entidad),
                )
            )
            tabla = datos.recordar(tabla, ("entidad", entidad), lambda: tabla[tabla["lugar"].str.startswith(entidad)])
        bloque.tabla(datos.recordar(tabla, "tabla", lambda: _en_tabla(tabla, nivel)), titulo)


def _en_tabla(tabla: pd.DataFrame, nivel: str) -> pd.DataFrame:
    filas = tabla.sort_values(["valor", "nombre"], ascending=[False, True], na_position="last")
    if "casos" not in filas:
        return bloque.cifras(filas, _LUGAR[nivel])
    partes = list(zip(filas["estado"], filas["valor"], strict=True))
    dato = [estado in ("dato", "sin_denominador") for estado, _ in partes]
    return pd.DataFrame(
        {
            _LUGAR[nivel]: list(filas["nombre"]),
            tr("Tasa"): [f"{v:,.2f}" if e == "dato" else textos.ESTADO.get(e, "sin dato") for e, v in partes],
            tr("Intervalo al 95 %"): [
                textos.intervalo(*ic) for ic in zip(filas["ic_inf"], filas["ic_sup"], strict=True)
            ],
            tr("Casos"): [textos.entero(c) if hay else "—" for c, hay in zip(filas["casos"], dato, strict=True)],
            tr("Población"): [textos.entero(p) for p in filas["poblacion"]],
        }
    )


def _para_llevar(
    tabla: pd.DataFrame, nivel: str, escala: Escala, lugares: Sequence[str], recuadro: str | None
) -> Figura:
    ancho = ANCHO - 330 if recuadro else ANCHO - 20
    partes = [mapa.panel(tabla, nivel, "nacional", escala, lugares, "claro", ancho, 470)]
    if recuadro:
        chico = mapa.panel(tabla, nivel, recuadro, escala, lugares, "claro", 290, 470)
        partes.append(chico.con(title=RECUADROS[recuadro]))
    mapas = plantilla.juntar("hconcat", partes, 16)
    dibujada = leyenda_mapa.dibujar(tabla, escala, "claro", ANCHO - 20)
    return plantilla.juntar("vconcat", [mapas, dibujada], 10)


def _leyenda_html(tabla: pd.DataFrame, escala: Escala, descripcion: str) -> None:
    """La leyenda en HTML, que se acomoda a cualquier ancho, y para quien no ve la figura, lo que se ve en ella."""
    cuerpo = datos.recordar(tabla, ("leyenda", bloque.modo()), lambda: _leyenda(tabla, escala))
    st.html(
        f"<p class='oculto'>{html.escape(descripcion)}</p>"
        f"<ul class='leyenda' aria-label='{tr('Leyenda del mapa: clase y número de lugares')}'>{cuerpo}</ul>"
    )


def _leyenda(tabla: pd.DataFrame, escala: Escala) -> str:
    p = tema.paleta(bloque.modo())
    colores = [*mapa.rampa(p, escala.sentido), p.cero]
    partes = []
    for clase, rotulo, cuantos in leyenda(tabla, escala):
        ausencia = AUSENCIAS[clase - CERO - 1] if clase > CERO else ""
        fondo = tramas.de_css(ausencia, p) if ausencia else colores[clase]
        raya = "dashed" if ausencia == "no_levantado" else "solid"
        estilo = f"background:{fondo};border:1px {raya} {p.contorno}"
        partes.append(
            f"<li><span style='{estilo}'></span>{html.escape(rotulo)} <small>({textos.entero(cuantos)})</small></li>"
        )
    partes.append(f"<li><span style='border:3px solid {p.texto}'></span>{tr(mapa.MARCADA)}</li>")
    if mapa.hay_dudosas(tabla):
        partes.append(f"<li><span style='border:2px dotted {p.texto}'></span>{tr(mapa.DUDOSA)}</li>")
    return "".join(partes)
