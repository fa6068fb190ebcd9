"""La vista de comparar: por indicador, los puntos ordenados y su tabla al lado; entre países, con su comparabilidad."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from atalaya import catalogo, periodos
from atalaya.estadistica import pruebas
from atalaya.figuras import hallazgos, plantilla, puntos, textos, trazo
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import tr
from atalaya.informes.imagen import ANCHO
from atalaya.informes.vista import Vista
from atalaya.interfaz import bloque, datos, ficha_par, frontera, precision
from atalaya.interfaz.frontera import Cruce, Lado

CIUDADES: Final = ("MX-CD28", "CL-13122", "MX-CD27", "MX-CD91", "MX-CD88", "MX-CD87", "MX-CD89", "MX-CD90", "MX-CD76")
"""Nezahualcóyotl, Peñalolén, los municipios grandes del Valle de México y una alcaldía, que enseña el «no aplica»."""

INDICADORES: Final = ("hogares_victimas", "inseguridad_ciudad", "confianza_policia_municipal")
"""Lo que entre los dos países se compara con reservas, lo que parece lo mismo y no lo es, y lo que allá no existe."""


@dataclass(frozen=True)
class Panel:
    """Un eje: su título, sus puntos, su referencia, qué diferencias prueba y la tabla de sus cifras."""

    titulo: str
    filas: pd.DataFrame
    foco: str
    referencia: tuple[str, float] | None
    frases: tuple[str, ...]
    nota: str
    cifras: pd.DataFrame

    def figura(self, modo: str, ancho: int | str, tope: float) -> Figura:
        """Los puntos del panel."""
        return puntos.puntos(self.filas, self.foco, self.referencia, modo, ancho, tope)

    def alternativo(self) -> str:
        """Lo que se ve, en palabras, con lo que se prueba."""
        return " ".join([puntos.describir(self.filas, self.titulo, self.referencia), *self.frases])


def mostrar(tabla: pd.DataFrame, cruces: Sequence[Cruce], periodo: str) -> Vista:
    """Dibuja un renglón por indicador (figuras, tablas y, entre países, su ficha) y da la vista para descargar."""
    for cruce in cruces:
        st.header(catalogo.indicador(cruce.indicador).nombre, anchor=False)
        ficha_par.aviso(cruce)
        paneles = _paneles(tabla, cruce)
        if len(paneles) > 1:
            for columna, panel in zip(st.columns(2, gap="medium"), paneles, strict=True):
                with columna:
                    st.markdown(f"**{panel.titulo}**")
                    _figura(tabla, panel)
                    bloque.tabla(panel.cifras, panel.titulo)
                    _frases(panel)
        else:
            izquierda, derecha = st.columns([5, 4], gap="medium")
            with izquierda:
                _figura(tabla, paneles[0])
            with derecha:
                bloque.tabla(paneles[0].cifras, paneles[0].titulo)
            _frases(paneles[0])
        ficha_par.ficha(cruce)
    precision.leyenda(tabla)
    return _vista(tabla, cruces, periodo)


def _figura(tabla: pd.DataFrame, panel: Panel) -> None:
    clave = ("dibujo", panel.titulo, tuple(panel.filas["lugar"]), panel.foco, bloque.modo())
    dibujo = datos.recordar(
        tabla,
        clave,
        lambda: bloque.preparar(panel.figura(bloque.modo(), "container", _tope(tabla)), panel.alternativo()),
    )
    bloque.pintar(dibujo)


def _frases(panel: Panel) -> None:
    if panel.frases:
        nota = f"\n\n<small>{panel.nota}</small>" if panel.nota else ""
        st.markdown("\n".join(f"- {frase}" for frase in panel.frases) + nota, unsafe_allow_html=True)


def _paneles(tabla: pd.DataFrame, cruce: Cruce) -> list[Panel]:
    return datos.recordar(tabla, ("paneles", cruce), lambda: _hacer_paneles(tabla, cruce))


def _hacer_paneles(tabla: pd.DataFrame, cruce: Cruce) -> list[Panel]:
    por_lado = [frontera.filas_de(tabla, lado) for lado in cruce.lados]
    if cruce.par is not None and cruce.juntos and len(por_lado) > 1:
        return [_panel_comun(por_lado, cruce)]
    return [_panel(filas, lado) for filas, lado in zip(por_lado, cruce.lados, strict=True)]


def _panel(filas: pd.DataFrame, lado: Lado) -> Panel:
    """El de una sola encuesta: sus lugares, la nación de referencia y las diferencias con el primero."""
    foco = lado.lugares[0]
    nacion = filas[filas["lugar"] == lado.pais]
    ordenadas = puntos.ordenar(filas if foco == lado.pais else filas[filas["lugar"] != lado.pais])
    con_cifra = nacion[nacion["estado"] == "dato"] if foco != lado.pais else nacion.head(0)
    referencia = (con_cifra["nombre"].iloc[0], float(con_cifra["valor_pct"].iloc[0])) if len(con_cifra) else None
    frases, nota = _probado(filas, foco)
    todas = ordenadas if foco == lado.pais else pd.concat([ordenadas, nacion])
    return Panel(
        titulo=f"{catalogo.indicador(lado.indicador).nombre}, {periodos.nombre_mes(lado.periodos[0])}",
        filas=ordenadas,
        foco=foco,
        referencia=referencia,
        frases=tuple(frases),
        nota=nota,
        cifras=bloque.cifras(todas, tr("Ciudad") if lado.pais == datos.NACIONAL else tr("Lugar")),
    )


def _panel_comun(por_lado: list[pd.DataFrame], cruce: Cruce) -> Panel:
    """El de dos encuestas en un eje: cada punto dice la suya; sólo con nivel alta se prueba entre ellas."""
    encuestas = {lado.indicador: lado.encuesta for lado in cruce.lados}
    juntas = pd.concat([f.assign(ajena=k > 0) for k, f in enumerate(por_lado)], ignore_index=True)
    con_encuesta = juntas.assign(
        nombre=[
            f"{nombre}\n{encuestas[clave]} {periodos.corto(cuando)}"
            for nombre, clave, cuando in zip(juntas["nombre"], juntas["indicador"], juntas["periodo"], strict=True)
        ]
    )
    ordenadas = puntos.ordenar(con_encuesta)
    if cruce.par is not None and cruce.par.se_prueba:
        frases, nota = _probado(juntas, cruce.lados[0].lugares[0])
    else:
        probados = [_probado(f, lado.lugares[0]) for f, lado in zip(por_lado, cruce.lados, strict=True)]
        con_cifra = [f[(f["estado"] == "dato")].head(1) for f in por_lado]  # en el orden en que se eligieron
        entre = hallazgos.de_frontera(pd.concat(con_cifra), encuestas) if all(len(f) for f in con_cifra) else ""
        de_cada_una = [
            f"{datos.nombre(lado.lugares[0])} ({lado.encuesta}): {frase[:1].lower()}{frase[1:]}"
            for lado, (suyas, _) in zip(cruce.lados, probados, strict=True)
            for frase in suyas
        ]
        frases = [*([entre] if entre else []), *de_cada_una]
        nota = next((nota for _, nota in probados if nota), "")
    cifras = bloque.cifras(ordenadas.assign(nombre=ordenadas["nombre"].str.partition("\n")[0]), tr("Lugar"))
    cifras.insert(1, tr("Encuesta"), list(ordenadas["nombre"].str.partition("\n")[2]))
    return Panel(
        titulo=textos.lista([catalogo.indicador(lado.indicador).nombre for lado in cruce.lados])
        + f": {textos.lista([f'{u.encuesta}, {periodos.nombre_mes(u.periodos[0])}' for u in cruce.lados])}",
        filas=ordenadas,
        foco=cruce.foco,
        referencia=None,
        frases=tuple(frases),
        nota=nota,
        cifras=cifras,
    )


def _probado(filas: pd.DataFrame, foco: str) -> tuple[list[str], str]:
    probadas = pruebas.frente_al_foco(filas, foco)
    return hallazgos.de_comparar(datos.nombre(foco), probadas), hallazgos.nota_comparar(probadas)


def _tope(tabla: pd.DataFrame) -> float:
    """El mismo eje en todos los paneles: se leen juntos."""
    return trazo.tope_eje(*tabla["valor_pct"])


def _vista(tabla: pd.DataFrame, cruces: Sequence[Cruce], periodo: str) -> Vista:
    paneles = [panel for cruce in cruces for panel in _paneles(tabla, cruce)]

    def figura() -> Figura:
        dibujos = [panel.figura("claro", ANCHO - 220, _tope(tabla)) for panel in paneles]
        titulos = [_titulo_corto(cruce, panel) for cruce in cruces for panel in _paneles(tabla, cruce)]
        con_titulo = [d.con(title=t) for d, t in zip(dibujos, titulos, strict=True)] if len(paneles) > 1 else dibujos
        return plantilla.juntar("vconcat", con_titulo, 36)

    nombres = [catalogo.indicador(cruce.indicador) for cruce in cruces]
    titulo = nombres[0].nombre if len(nombres) == 1 else textos.lista([uno.nombre_corto for uno in nombres])
    lugares = dict.fromkeys(lugar for cruce in cruces for lado in cruce.lados for lugar in lado.lugares)
    niveles = "; ".join(
        tr(
            "comparabilidad de {nombre_corto}: {nivel}",
            nombre_corto=catalogo.indicador(c.indicador).nombre_corto,
            nivel=c.par.nivel,
        )
        for c in cruces
        if c.par
    )
    partes = [f"{textos.lista([datos.nombre(c) for c in lugares])}.", precision.pie(tabla)]
    partes += [f"{niveles[:1].upper()}{niveles[1:]}."] if niveles else []
    focos = {lado.indicador: lado.lugares[0] for cruce in cruces for lado in cruce.lados}
    return Vista(
        archivo=f"atalaya_comparar_{periodo}",
        titulo=f"{titulo}, {periodos.nombre_mes(periodo)}",
        subtitulo=" ".join(filter(None, partes)),
        tabla=datos.recordar(tabla, ("con pruebas", tuple(focos.items())), partial(_con_pruebas, tabla, focos)),
        figura=figura,
        alternativo=lambda: " ".join(panel.alternativo() for panel in paneles),
        enlace=bloque.enlace_actual(),
        version=datos.version(),
        hallazgos=lambda: [frase for panel in paneles for frase in panel.frases],
    )


def _titulo_corto(cruce: Cruce, panel: Panel) -> str:
    """El del indicador; si el cruce se parte en paneles o junta dos encuestas, el del panel."""
    return catalogo.indicador(cruce.indicador).nombre if cruce.par is None else panel.titulo


def _con_pruebas(tabla: pd.DataFrame, focos: dict[str, str]) -> pd.DataFrame:
    """La tabla que se descarga: con la diferencia de la destacada de su encuesta contra cada una, y su prueba."""
    probadas = [
        pruebas.frente_al_foco(parte, focos[str(indicador)]).assign(indicador=indicador, frente_a=focos[str(indicador)])
        for indicador, parte in tabla.groupby("indicador", sort=False)
    ]
    columnas = ["indicador", "lugar", "frente_a", "diferencia", "margen", "p", "p_holm", "veredicto"]
    return tabla.merge(pd.concat(probadas)[columnas], how="left", on=["indicador", "lugar"])
