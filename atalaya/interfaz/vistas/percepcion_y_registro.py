"""La vista de percepción y registro: cuadros alineados en el tiempo, cada uno con su eje, y si cada cosa cambió."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Final

import pandas as pd
import streamlit as st

from atalaya import catalogo, periodos
from atalaya.estadistica import contraste, pruebas, pruebas_conteo
from atalaya.figuras import conteos as palabras
from atalaya.figuras import cronologia, hallazgos, hallazgos_conteo, hallazgos_contraste, lineas, plantilla, trazo
from atalaya.figuras.eje import Eje
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import anotado, tr
from atalaya.informes.imagen import ANCHO
from atalaya.informes.vista import Vista
from atalaya.interfaz import avisos, bloque, conteos, datos, frontera
from atalaya.interfaz.conteos import ANIO
from atalaya.interfaz.filtros_contraste import Pedido
from atalaya.interfaz.frontera import Cruce
from atalaya.interfaz.vistas import incidencia

ALTO: Final = 230
MARGEN: Final = 74
"""Píxeles a la izquierda del eje, los mismos en todos los cuadros: así un mes cae en la misma vertical."""
DICE: Final = anotado("Se dice")
REGISTRA: Final = anotado("Se registra")


@dataclass(frozen=True, eq=False)
class Cuadro:
    """Un eje: su rótulo, sus filas ya dichas, el orden de las series, el eje de la cifra y los años que abarca."""

    rotulo: str
    filas: pd.DataFrame
    orden: tuple[str, ...]
    eje: Eje
    ventana: cronologia.Ventana

    def figura(self, modo: str, ancho: int | str) -> Figura:
        """Las líneas, con el margen que las alinea con las de los otros cuadros."""
        figura = lineas.lineas(self.filas, list(self.orden), modo, ancho, ALTO, eje=self.eje, ventana=self.ventana)
        margen = {"minExtent": MARGEN, "maxExtent": MARGEN}
        return figura.con(config={**figura.spec["config"], "axisY": margen})

    def alternativo(self) -> str:
        """Lo que se ve, en palabras."""
        return lineas.describir(self.filas, self.rotulo, list(self.orden), self.eje)


@dataclass(frozen=True, eq=False)
class Tablas:
    """Lo consultado: la encuesta, el registro como se ve y el registro por año, que es con el que se prueba."""

    cruces: tuple[Cruce, ...]
    encuesta: pd.DataFrame
    registro: pd.DataFrame
    por_anio: pd.DataFrame

    @property
    def clave(self) -> pd.DataFrame:
        """La tabla con la que se recuerda lo que sale de todas."""
        return self.encuesta if len(self.encuesta) else self.registro


def consultar(pedido: Pedido) -> Tablas:
    """Las cifras y los conteos de lo pedido; vacío lo que no se pidió o no tiene ningún periodo."""
    cruces = (
        frontera.de_un_intervalo(pedido.dice, pedido.de_encuesta, pedido.desde, pedido.hasta) if pedido.dice else []
    )
    cruces = [cruce for cruce in cruces if cruce.lados]
    encuesta = frontera.tabla(cruces, pedido.regla) if cruces else pd.DataFrame()
    por_anio = conteos.tabla(pedido.de_registro(ANIO)) if pedido.registra else pd.DataFrame()
    registro = conteos.tabla(pedido.de_registro(pedido.por)) if pedido.registra else pd.DataFrame()
    return Tablas(tuple(cruces), encuesta, registro, por_anio)


def mostrar(pedido: Pedido, tablas: Tablas) -> Vista:
    """Dibuja los cuadros, lo que se prueba, por qué pueden diferir y las tablas; devuelve la vista para descargar."""
    cuadros = datos.recordar(tablas.clave, ("cuadros", pedido), lambda: _cuadros(pedido, tablas))
    for cuadro in cuadros:
        st.markdown(f"**{cuadro.rotulo}**")
        _pintar(tablas.clave, pedido, cuadro)
    _leyenda(tablas)
    for falta in _faltas(pedido):
        st.info(falta, icon=":material/info:")

    def solas() -> list[str]:
        return _cada_una(pedido, tablas, probado)

    probado = datos.recordar(tablas.clave, ("contraste", pedido), lambda: _contraste(pedido, tablas))
    frases = [*hallazgos_contraste.frases(probado), *datos.recordar(tablas.clave, ("solas", pedido), solas)]
    st.header(tr("¿Cambió cada cosa más que su error?"), anchor=False)
    st.markdown("\n".join(f"- {frase}" for frase in frases or [tr(NADA)]))
    if dicha := hallazgos_contraste.nota(probado):
        st.caption(dicha)
    st.header(tr("Por qué pueden ir en direcciones distintas"), anchor=False)
    motivos = hallazgos_contraste.motivos(
        pedido.lugar, pedido.municipios, tablas.encuesta, pedido.dice, pedido.registra
    )
    st.markdown("\n".join(f"- {motivo}" for motivo in motivos))
    with st.expander(tr("Las cifras como tabla"), icon=":material/table_rows:"):
        for cuadro in cuadros:
            bloque.tabla(_en_tabla(cuadro), cuadro.rotulo, True)
    return _vista(pedido, tablas, cuadros, frases)


def ausencias(pedido: Pedido, tablas: Tablas) -> None:
    """Por qué falta lo que falta de cada lado, y los cambios de serie."""
    avisos.rupturas(tablas.cruces, pedido.desde, pedido.hasta)
    # Uno por uno: sus calendarios son distintos y no se pueden decir de corrido.
    for clave, suyas in tablas.encuesta.groupby("indicador", sort=False) if len(tablas.encuesta) else ():
        st.markdown(f"**{catalogo.indicador(str(clave)).nombre}**")
        avisos.ausencias(suyas)
    if len(tablas.registro):
        avisos.rupturas(frontera.de_conteo(pedido.de_registro(pedido.por)), pedido.desde, pedido.hasta)
        notas = palabras.notas(palabras.filas(tablas.registro, "tasa"))
        st.markdown(tr("**Lo que se registra**"))
        st.markdown("\n".join(f"- {nota}" for nota in notas))


def fichas(tablas: Tablas) -> None:
    """La ficha de la encuesta y la del registro."""
    for tabla in (tablas.encuesta, tablas.registro):
        if len(tabla):
            bloque.ficha(tabla)


NADA: Final = anotado("No hay dos periodos comparables de nada de lo elegido: nada que probar.")


def _faltas(pedido: Pedido) -> list[str]:
    """Qué lado no tiene nada que enseñar, y qué hacer."""
    faltas = []
    if not pedido.dice:
        faltas.append(tr("**No se eligió nada de la encuesta.** Elija arriba qué dice la gente."))
    if not pedido.registra:
        pais = datos.PAISES[pedido.lugar[:2]]
        hay = any(clave for clave in conteos.disponibles() if clave)
        faltas.append(
            tr("**No se eligió nada del registro de {pais}.** Elija arriba un delito.", pais=pais)
            if hay
            else tr(
                "**No publicado**: el acervo no trae conteos de delitos. Incorpore los del SESNSP, el CEAD o la SPD "
                "(docs/acervo.md)."
            )
        )
    return faltas


def _cuadros(pedido: Pedido, tablas: Tablas) -> list[Cuadro]:
    """Primero lo que se dice y luego lo que se registra, todos en los mismos años."""
    cuadros = []
    for cruce in tablas.cruces:
        (lado,) = cruce.lados[:1]
        filas = _con_nombres(frontera.filas_de(tablas.encuesta, lado))
        uno = catalogo.indicador(lado.indicador)
        titulo = f"{tr(DICE)}: {uno.nombre} ({lado.encuesta})"
        cuadros.append(_cuadro(pedido, titulo, filas, lado.con_nacion, Eje(titulo=uno.unidad_dicha, con_faltas=True)))
    for clave, suyas in tablas.registro.groupby("indicador", sort=False) if len(tablas.registro) else ():
        filas = palabras.filas(suyas, "tasa")
        eje_ = replace(palabras.eje("tasa", "", ""), titulo=tr("al año por 100 mil"))
        orden = tuple(dict.fromkeys(suyas["lugar"]))
        cuadros.append(_cuadro(pedido, f"{tr(REGISTRA)}: {incidencia.rotulo(str(clave))}", filas, orden, eje_))
    return cuadros


def _cuadro(pedido: Pedido, rotulo: str, filas: pd.DataFrame, orden: tuple[str, ...], eje_: Eje) -> Cuadro:
    ventana = cronologia.ventana(cronologia.eje(filas["periodo"]), int(pedido.desde), int(pedido.hasta))
    return Cuadro(rotulo, filas, orden, eje_, ventana)


def _con_nombres(filas: pd.DataFrame) -> pd.DataFrame:
    """Los países, con su nombre: son los mismos que en el registro."""
    return filas.assign(nombre=[conteos.nombre(clave) for clave in filas["lugar"]])


def _contraste(pedido: Pedido, tablas: Tablas) -> pd.DataFrame:
    if tablas.encuesta.empty or tablas.por_anio.empty:
        return pd.DataFrame()
    propia = tablas.encuesta[tablas.encuesta["lugar"] == pedido.lugar]
    suyas = tablas.por_anio[tablas.por_anio["lugar"].isin(pedido.municipios)]
    return contraste.contrastar(propia, suyas)


def _cada_una(pedido: Pedido, tablas: Tablas, probado: pd.DataFrame) -> list[str]:
    """Lo que se sabe de cada serie por su lado, si no hay ninguna pareja que contrastar."""
    if len(probado) and (probado["motivo"] == "").any():
        return []
    frases = []
    if len(tablas.encuesta):
        cambios = pruebas.cambios(tablas.encuesta[tablas.encuesta["lugar"] == pedido.lugar])
        for clave, suyos in cambios.groupby("indicador", sort=False):
            dichas = hallazgos.de_evolucion(suyos, catalogo.indicador(str(clave)).nombre)
            frases += [f"{tr(DICE)}. {frase}" for frase in dichas]
    if len(tablas.por_anio):
        propios = tablas.por_anio[tablas.por_anio["lugar"].isin(pedido.municipios)]
        for clave, suyos in propios[propios["estado"] == "dato"].groupby("indicador", sort=False):
            cambios = pruebas_conteo.cambios(suyos, min(suyos["periodo"]))
            nombre = catalogo.indicador(str(clave)).nombre
            frases += [f"{tr(REGISTRA)}. {nombre}. {frase}" for frase in hallazgos_conteo.de_cambios(cambios)]
    return frases


def _pintar(clave: pd.DataFrame, pedido: Pedido, cuadro: Cuadro) -> None:
    dibujo = datos.recordar(
        clave,
        ("dibujo", pedido, cuadro.rotulo, bloque.modo()),
        lambda: bloque.preparar(cuadro.figura(bloque.modo(), "container"), cuadro.alternativo()),
    )
    bloque.pintar(dibujo)


def _leyenda(tablas: Tablas) -> None:
    """Qué quiere decir cada banda."""
    partes = [("▒", tr("intervalo al 95 %: de la encuesta, su error muestral; del registro, el azar de Poisson"))]
    metodos = set(tablas.encuesta["metodo_error"].dropna()) if len(tablas.encuesta) else set()
    if "modelada" in metodos:
        partes.append(("┈", tr("orilla punteada: error modelado por Atalaya")))
    partes.append(("○", tr("hueco: precisión moderada o baja, o año a medias")))
    cuerpo = "".join(f"<li><b aria-hidden='true'>{signo}</b>{dicho}</li>" for signo, dicho in partes)
    st.html(f"<ul class='leyenda' aria-label='{tr('Leyenda')}'>{cuerpo}</ul>")


def _en_tabla(cuadro: Cuadro) -> pd.DataFrame:
    """Un renglón por periodo, del más reciente al más antiguo, y dos columnas por serie: la cifra y su intervalo."""
    filas = cuadro.filas if "dicho" in cuadro.filas else trazo.con_dichos(cuadro.filas)
    orden = sorted(set(filas["periodo"]), key=periodos.clave_orden, reverse=True)
    columnas: dict[str, list[Any]] = {tr("Periodo"): [periodos.nombre_mes(p).capitalize() for p in orden]}
    for nombre, suyas in filas.groupby("nombre", sort=False):
        por_periodo = {f["periodo"]: f for f in suyas.to_dict("records")}
        columnas[str(nombre)] = [por_periodo[p]["dicho"] if p in por_periodo else "—" for p in orden]
        columnas[f"{nombre}: al 95 %"] = [por_periodo[p]["intervalo"] if p in por_periodo else "—" for p in orden]
    return pd.DataFrame(columnas)


def _vista(pedido: Pedido, tablas: Tablas, cuadros: list[Cuadro], frases: list[str]) -> Vista:
    def figura() -> Figura:
        dibujos = [cuadro.figura("claro", ANCHO - 120).con(title=cuadro.rotulo) for cuadro in cuadros]
        # Cada cuadro con sus colores y su leyenda: los municipios de un área no son las series de su encuesta.
        propias = dict.fromkeys(("color", "stroke", "fill", "shape", "strokeDash"), "independent")
        return plantilla.juntar("vconcat", dibujos, 36, resolve={"scale": propias})

    nombre = datos.nombre_entero(pedido.lugar)
    llano = " ".join(frases).replace("**", "").replace("\n  - ", " ")
    partes = [tabla for tabla in (tablas.encuesta, tablas.registro) if len(tabla)]
    return Vista(
        archivo=f"atalaya_percepcion_y_registro_{pedido.lugar}_{pedido.desde}_{pedido.hasta}",
        titulo=tr("Lo que se dice y lo que se registra: {nombre}", nombre=nombre),
        subtitulo=tr(
            "De {desde} a {hasta}. Bandas al 95 %: de la encuesta, error muestral; del registro, azar de "
            "Poisson. {nombre}",
            desde=pedido.desde,
            hasta=pedido.hasta,
            nombre=llano,
        ),
        tabla=datos.recordar(tablas.clave, ("vista", pedido), lambda: pd.concat(partes, ignore_index=True)),
        figura=figura,
        alternativo=lambda: " ".join([*(cuadro.alternativo() for cuadro in cuadros), llano]),
        enlace=bloque.enlace_actual(),
        version=datos.version(),
        hallazgos=lambda: [frase.replace("**", "").replace("\n  - ", " ") for frase in frases],
    )
