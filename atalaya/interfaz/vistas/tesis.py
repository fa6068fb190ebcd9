"""La tesis del seminario puesta a prueba: su lectura, los coeficientes, la dispersión de ciudades y sus límites."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final

import pandas as pd
import streamlit as st

from atalaya import catalogo, periodos
from atalaya.estadistica import tesis
from atalaya.estadistica.tesis import ESLABONES, Eslabon
from atalaya.figuras import cobertura, coeficientes, dispersion, lectura_tesis, textos
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import Rotulos, guardado, tr
from atalaya.informes import tablas
from atalaya.interfaz import bloque, datos, memoria

PAR: Final = "confianza_inseguridad"
PUNTOS: Final = Rotulos({"promedio": "Promedio de sus trimestres", "periodo": "Sólo el trimestre elegido"})
INDICADORES: Final = tesis.INDICADORES


@dataclass(frozen=True, eq=False)
class Prueba:
    """Lo que se ve: las cifras (`mostrar/panel`), lo ajustado con ellas y qué par, ciudad y periodo se dibujan.

    `periodo`: nulo, cada ciudad con el promedio de los suyos.
    """

    panel: pd.DataFrame
    ajustes: pd.DataFrame
    eslabon: Eslabon
    ciudad: str
    periodo: str | None

    @property
    def nube(self) -> pd.DataFrame:
        """Un punto por ciudad (`tesis.puntos_de`)."""
        clave = ("nube", self.eslabon.clave, self.periodo)
        return datos.recordar(self.panel, clave, lambda: tesis.puntos_de(self.panel, self.eslabon, self.periodo))

    @property
    def recta(self) -> dict[Any, Any] | None:
        """La fila de `tesis` de la recta entre esos puntos; ninguna si no hay ciudades suficientes."""
        if self.periodo is None:
            suyas = self.ajustes[(self.ajustes["clave"] == self.eslabon.clave) & (self.ajustes["tipo"] == "entre")]
        else:
            cuando, clave = self.periodo, ("recta", self.eslabon.clave, self.periodo)
            suyas = datos.recordar(self.panel, clave, lambda: tesis.entre_en(self.panel, self.eslabon, cuando))
        return suyas.to_dict("records")[0] if len(suyas) else None

    @property
    def pendiente(self) -> float | None:
        """Puntos de la segunda cifra por cada punto de la primera, entre ciudades."""
        return self.recta["coeficiente"] if self.recta else None

    @property
    def ejes(self) -> tuple[str, str]:
        """Qué va en cada eje."""
        x, y = (f"{catalogo.indicador(clave).nombre_corto} (%)" for clave in (self.eslabon.x, self.eslabon.y))
        return x, y

    @property
    def titulo(self) -> str:
        """«Confía en ella → se siente insegura, promedio de 2019 a 2025» o el trimestre."""
        cuando = periodos.nombre_mes(self.periodo) if self.periodo else tr("promedio{anios}", anios=self._anios())
        return f"{lectura_tesis.nombre(self.eslabon)}, {cuando}"

    def dispersion(self, modo: str, ancho: int | str) -> Figura:
        """La dispersión de ciudades con su recta."""
        return dispersion.dispersion(self.nube, self.ciudad, self.pendiente, self.ejes, modo, ancho)

    def coeficientes(self, modo: str, ancho: int | str) -> Figura:
        """Los coeficientes de todos los pares, con el elegido en negrita."""
        tabla = _con_rotulo(self.ajustes)
        orden = list(dict.fromkeys(tabla["rotulo"]))
        return coeficientes.coeficientes(tabla, orden, lectura_tesis.nombre(self.eslabon, _RENGLON), modo, ancho)

    def alternativos(self) -> tuple[str, str]:
        """Los textos de las dos figuras: coeficientes y dispersión."""
        return (
            coeficientes.describir(_con_rotulo(self.ajustes), tr("La tesis, par por par{anios}", anios=self._anios())),
            dispersion.describir(self.nube, self.titulo, self.ciudad, self.pendiente, self.ejes),
        )

    def _anios(self) -> str:
        vistos = sorted(self.panel.loc[self.panel["estado"] == "dato", "periodo"].unique(), key=periodos.clave_orden)
        return tr(" de {vistos} a {desde}", vistos=vistos[0][:4], desde=vistos[-1][:4]) if vistos else ""


def pares() -> dict[str, str]:
    """Los pares de la dispersión, de clave a rótulo."""
    return {clave: lectura_tesis.nombre(uno) for clave, uno in ESLABONES.items()}


def armar(panel: pd.DataFrame, par: str, ciudad: str, periodo: str, puntos: str) -> Prueba:
    """La prueba de esos filtros. Lo ajustado se hace una vez por versión del acervo."""
    _biblioteca()
    ajustes = datos.recordar(panel, "asociaciones", lambda: tesis.asociaciones(panel))
    return Prueba(panel, ajustes, ESLABONES[par], ciudad, periodo if puntos == "periodo" else None)


def mostrar(prueba: Prueba) -> None:
    """La lectura, las dos figuras con su tabla, y cada eslabón en palabras."""
    st.header(tr("La tesis: más cercanía, más confianza, menos inseguridad"), anchor=False)
    st.markdown("\n".join(f"- {frase}" for frase in lectura_tesis.de_la_tesis(prueba.ajustes)))
    clave = ("tesis", prueba.eslabon.clave, prueba.ciudad, prueba.periodo, bloque.modo())
    dibujos = datos.recordar(prueba.panel, clave, lambda: _dibujos(prueba))
    rotulos = (tr("Cuánto va de una cifra por cada punto de otra"), prueba.titulo)
    for columna, rotulo, dibujo in zip(st.columns(2, gap="medium"), rotulos, dibujos, strict=True):
        with columna:
            st.markdown(f"**{rotulo}**")
            if dibujo:
                bloque.pintar(dibujo)
    st.markdown("\n".join(f"- {frase}" for frase in [donde_esta(prueba), *_frases(prueba)]))
    st.caption(lectura_tesis.nota(prueba.ajustes))
    with st.expander(tr("Los coeficientes y los puntos, como tabla"), icon=":material/table_rows:"):
        bloque.tabla(_tabla_coeficientes(prueba.ajustes), tr("Coeficientes"), True)
        _descargar(prueba.ajustes)
        bloque.tabla(_tabla_puntos(prueba), prueba.titulo, True)


def limites(prueba: Prueba) -> None:
    """Lo que esto no prueba."""
    st.header(tr("Lo que esto no prueba"), anchor=False)
    panel = prueba.panel
    notas = datos.recordar(
        panel, "limites", lambda: lectura_tesis.no_prueba(prueba.ajustes, panel, _dentro_de_otra(panel))
    )
    st.markdown("\n".join(f"- {nota}" for nota in notas))


def donde_esta(prueba: Prueba) -> str:
    """Qué dice la recta de esos puntos y dónde cae la ciudad; o por qué no cae."""
    fila, nombre = prueba.recta, datos.nombre(prueba.ciudad)
    dicho = (
        tr(
            "Entre ciudades, en {periodo}, {de_una}. ",
            periodo=periodos.nombre_mes(prueba.periodo),
            de_una=lectura_tesis.de_una(fila, 1),
        )
        if (fila and prueba.periodo)
        else ""
    )
    suya = prueba.nube[prueba.nube["lugar"] == prueba.ciudad].to_dict("records")
    if not suya:
        return tr(
            "{dicho}**{nombre}** no está en la dispersión: le falta alguna de las dos cifras.",
            dicho=dicho,
            nombre=nombre,
        )
    x, y = suya[0]["x"], suya[0]["y"]
    dicho += tr("**{nombre}** está en {valor} y {y}", nombre=nombre, valor=textos.pct(x), y=textos.pct(y))
    if not fila:
        return f"{dicho}."
    esperada = prueba.nube["y"].mean() + fila["coeficiente"] * (x - prueba.nube["x"].mean())
    return tr(
        "{dicho}; con su primera cifra, la recta da {esperada} en la segunda.",
        dicho=dicho,
        esperada=textos.pct(esperada),
    )


@guardado
def _biblioteca() -> None:
    """La de regresiones tarda casi un segundo y sólo se usa aquí: se importa al usarla, y que no pese en lo demás."""
    import_module("statsmodels.regression.linear_model")
    memoria.congelar()


_RENGLON: Final = "\n→ "


def _con_rotulo(ajustes: pd.DataFrame) -> pd.DataFrame:
    return ajustes.assign(rotulo=[lectura_tesis.nombre(ESLABONES[clave], _RENGLON) for clave in ajustes["clave"]])


def _dibujos(prueba: Prueba) -> tuple[bloque.Dibujo | None, bloque.Dibujo | None]:
    """Coeficientes y dispersión; ninguno de lo que no tiene cifras."""
    modo, ancho = bloque.modo(), "container"
    textos_ = prueba.alternativos() if len(prueba.nube) else ("", "")
    return (
        bloque.preparar(prueba.coeficientes(modo, ancho), textos_[0]) if len(prueba.ajustes) else None,
        bloque.preparar(prueba.dispersion(modo, ancho), textos_[1]) if len(prueba.nube) else None,
    )


def _frases(prueba: Prueba) -> list[str]:
    return lectura_tesis.de_los_eslabones(prueba.ajustes)


def _tabla_coeficientes(ajustes: pd.DataFrame) -> pd.DataFrame:
    filas = [
        {
            tr("Par"): lectura_tesis.nombre(ESLABONES[f["clave"]]),
            tr("Comparación"): coeficientes.TIPOS[f["tipo"]],
            tr("Coeficiente"): textos.con_signo(f["coeficiente"]),
            tr("Intervalo al 95 %"): coeficientes.intervalo(f["ic_inf"], f["ic_sup"]),
            tr("Correlación"): textos.con_signo(f["correlacion"]),
            tr("Confiabilidad de la primera"): f"{f['confiabilidad']:.2f}",
            tr("Ciudades"): textos.entero(f["ciudades"]),
            "p (Holm)": f"{f['p_holm']:.3f}" if f["p_holm"] >= 0.001 else tr("menos de 0.001"),
        }
        for f in ajustes.to_dict("records")
    ]
    return pd.DataFrame(filas)


def _tabla_puntos(prueba: Prueba) -> pd.DataFrame:
    nube = prueba.nube.sort_values("y", ascending=False)
    x, y = prueba.ejes
    return pd.DataFrame(
        {
            tr("Ciudad"): list(nube["nombre"]),
            x: [textos.numero(v, 2) for v in nube["x"]],
            y: [textos.numero(v, 2) for v in nube["y"]],
            tr("Trimestres"): [textos.entero(n) for n in nube["periodos"]],
        }
    )


def _descargar(ajustes: pd.DataFrame) -> None:
    st.download_button(
        tr("Coeficientes (CSV)"),
        data=lambda: tablas.csv_llano(ajustes),
        file_name="atalaya_tesis_coeficientes.csv",
        mime="text/csv",
        key="descarga_coeficientes",
        on_click="ignore",
        icon=":material/download:",
    )


def _dentro_de_otra(panel: pd.DataFrame) -> list[str]:
    """Las áreas que no entran porque son parte de otra: «Torreón, que está dentro de La Laguna»."""
    ultimo = datos.ultimo()
    dentro = [(a, cobertura.area_vigente(a, ultimo)) for a in datos.areas() if a not in set(panel["lugar"])]
    return [
        tr("{desde}, que está dentro de {nombre_corto}", desde=datos.nombre(a), nombre_corto=otra.nombre_corto)
        for a, otra in dentro
        if otra
    ]
