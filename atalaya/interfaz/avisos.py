"""Avisos con remedio: enlace con algo que no existe, vista vacía, hueco, cifra que no aplica, precisión baja."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from atalaya import catalogo, periodos
from atalaya.errores import ErrorAtalaya
from atalaya.estadistica import pruebas
from atalaya.figuras import cobertura, hallazgos, textos
from atalaya.idiomas import Rotulos, anotado, tr
from atalaya.informes.ficha import regla_de
from atalaya.interfaz import datos
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.frontera import Cruce

_FRECUENCIA: Final = Rotulos({"trimestre": "trimestral", "semestre": "semestral", "mes": "mensual", "anio": "anual"})
bitacora = logging.getLogger(__name__)
_NEGADO = anotado(" Lo de antes no se compara con lo de después: no se calcula ningún cambio a través de esta ruptura.")
_DE_PERIODO = ("periodo", "desde", "hasta")
_ROTULO = Rotulos(
    {
        "lugar": "un lugar con cifras",
        "indicador": "un indicador con cifras",
        "periodo": "un trimestre con cifras",
        "desde": "un trimestre con cifras",
        "hasta": "un trimestre con cifras",
    }
)


def de_enlace(enlace: Enlace) -> None:
    """Dice qué traía la URL que no existe y que se enseña otra cosa en su lugar."""
    huecos = {valor: _hueco(valor) for clave, valor in enlace.rechazados if clave in _DE_PERIODO}
    for porque in huecos.values():
        if porque:
            st.warning(tr("{porque} Se muestra otro periodo.", porque=porque), icon=":material/event_busy:")
    rechazados = [(clave, valor) for clave, valor in enlace.rechazados if not huecos.get(valor)]
    if not rechazados:
        return
    dichos = [
        tr("«{valor}» no es {cual}", valor=valor[:60], cual=_ROTULO.get(clave, "una opción de " + clave))
        for clave, valor in rechazados
    ]
    st.warning(
        tr(
            "El enlace trae algo que Atalaya no reconoce: {dichos}. Se muestra lo demás del enlace o, si no "
            "queda nada, lo que se muestra por omisión. En la página Datos están todas las claves.",
            dichos=textos.lista(dichos),
        ),
        icon=":material/link_off:",
    )


def _hueco(periodo: str) -> str:
    """Por qué un periodo bien escrito no tiene cifras: el hueco del catálogo o que falta su archivo; si no, vacío."""
    try:
        nombre = periodos.nombre_mes(periodos.validar(periodo)).capitalize()
    except ErrorAtalaya:
        return ""
    huecos = [r for r in catalogo.rupturas() if (r.tipo, r.periodo, r.lugar) == ("hueco", periodo, "")]
    generales = [r for r in huecos if not r.indicador] or huecos
    if generales:
        return f"**{nombre}**: {generales[0].descripcion}"
    if periodos.clave_orden(periodo) <= periodos.clave_orden(datos.ultimo()):
        return tr(
            "**{nombre}** no tiene cifras de lo elegido: INEGI no las publicó o falta su archivo en Atalaya.",
            nombre=nombre,
        )
    return tr(
        "**{nombre}** es posterior a lo último que trae Atalaya, {ultimo}.",
        nombre=nombre,
        ultimo=periodos.nombre_mes(datos.ultimo()),
    )


def vacio(que: str, remedio: str) -> None:
    """No hay nada que dibujar: qué falta y qué hacer."""
    st.info(f"**{que}** {remedio}", icon=":material/info:")


def exigir(hay: object, que: str, remedio: str) -> None:
    """Si no hay con qué seguir, dice qué falta y qué hacer, y la página termina ahí."""
    if not hay:
        vacio(que, remedio)
        st.stop()


def ausencias(tabla: pd.DataFrame) -> None:
    """Debajo de una figura: por qué no hay cifra, dónde y cuándo, y la precisión que obliga a cautela."""
    _decir(datos.recordar(tabla, "ausencias", lambda: [*_ausencias(tabla), *_precision(tabla)]))


def orden(tabla: pd.DataFrame, marcadas: list[str]) -> None:
    """Debajo de una clasificación: qué se sabe del lugar de cada marcada."""
    filas = [f for f in tabla.to_dict("records") if f["lugar"] in marcadas and pd.notna(f["posicion"])]
    notas = [hallazgos.de_lugar(fila) for fila in filas]
    notas.append(
        tr(
            "Los lugares posibles valen para todas las ciudades a la vez, con {nivel_rangos} % de confianza "
            "(Klein, Wright y Wieczorek 2020): dos que se enciman no quedan ordenadas por la encuesta.",
            nivel_rangos=pruebas.NIVEL_RANGOS,
        )
    )
    _decir(notas)


def de_otro_periodo(cruces: Sequence[Cruce], periodo: str) -> None:
    """De qué periodo es cada cifra que no es del pedido, y por qué: su encuesta se publica con otra frecuencia."""
    dichos = []
    for lado in dict.fromkeys(lado for cruce in cruces for lado in cruce.lados if lado.periodos[0] != periodo):
        tipo = periodos.partes(lado.periodos[0]).tipo
        es = tr("es {frecuencia}: ", frecuencia=_FRECUENCIA[tipo]) if tipo != periodos.partes(periodo).tipo else ""
        dichos.append(
            tr(
                "**{nombre}** ({encuesta}) {es}no tiene cifra de {periodo}. Se muestra la más cercana, {periodos}.",
                nombre=catalogo.indicador(lado.indicador).nombre,
                encuesta=lado.encuesta,
                es=es,
                periodo=periodos.nombre_mes(periodo),
                periodos=periodos.nombre(lado.periodos[0]),
            )
        )
    if dichos:
        st.info("\n\n".join(dichos), icon=":material/event:")


def cuenta(tablas: list[pd.DataFrame]) -> None:
    """De dónde sale el «de 76» de una clasificación: cuántas áreas son y cuáles cuentan de más."""
    dichas = dict.fromkeys(datos.recordar(tabla, "cuenta", partial(_cuenta, tabla)) for tabla in tablas)
    st.caption(" ".join(dichas))


def _cuenta(tabla: pd.DataFrame) -> str:
    con = tabla[tabla["posicion"].notna()]
    if con.empty:
        return ""
    total, dobles = int(con["lugares_con_cifra"].max()), con[con["renglones"] > 1]
    frase = tr("De {total}: {con} áreas con cifra", total=total, con=len(con))
    if len(dobles):
        frase += tr(
            ", y {cuales} dos veces, porque INEGI la lista en dos entidades",
            cuales=textos.lista(list(dobles["nombre"])),
        )
    dentro = [
        tr("{nombre} está además dentro de {nombre_corto}", nombre=fila["nombre"], nombre_corto=contiene.nombre_corto)
        for fila in con.to_dict("records")
        if (contiene := cobertura.area_vigente(fila["lugar"], fila["periodo"]))
        and len(catalogo.municipios_de(contiene.lugar)) > len(catalogo.municipios_de(fila["lugar"]))
    ]
    return f"{frase}{'; ' if dentro else ''}{textos.lista(dentro)}."


def rupturas(cruces: Sequence[Cruce], desde: str, hasta: str) -> None:
    """Lo que interrumpe o matiza las series en el intervalo; a través de un cambio de serie no se calcula nada."""
    orden = periodos.clave_orden
    for lado in dict.fromkeys(lado for cruce in cruces for lado in cruce.lados):
        clave, lugares = lado.indicador, lado.lugares
        fuente = catalogo.indicador(clave).fuente
        vistas = dict.fromkeys(
            f"**{periodos.nombre_mes(r.periodo).capitalize()}**: {r.descripcion}"
            f"{tr(_NEGADO) if r.tipo == 'cambio' else ''}"
            for r in catalogo.rupturas()
            if r.tipo in ("cambio", "aviso")
            and any(r.alcanza(fuente, lugar, clave) for lugar in lugares)
            and orden(desde) < orden(r.periodo) <= orden(hasta)
        )
        for nota in vistas:
            st.warning(f"{catalogo.indicador(clave).nombre}. {nota}", icon=":material/timeline:")


def falla(error: ErrorAtalaya) -> None:
    """Un error de los nuestros: dónde, qué se esperaba, qué llegó y qué hacer."""
    st.error(
        tr(
            "**{donde}**\n\n- Se esperaba: {esperado}\n- Se recibió: {recibido}\n- Qué hacer: {remedio}",
            donde=error.donde,
            esperado=error.esperado,
            recibido=error.recibido,
            remedio=error.remedio,
        ),
        icon=":material/error:",
    )


def inesperada(error: Exception) -> None:
    """Una falla del programa: va entera a la bitácora; a la persona, qué puede hacer."""
    bitacora.error(tr("falla inesperada en una página"), exc_info=error)
    st.error(
        tr(
            "**Esta página falló por un error de Atalaya.** Los datos no se tocaron. Recargue la página; si se repite, "
            "copie la dirección y avise a quien mantiene el tablero: el detalle quedó en la bitácora del servidor."
        ),
        icon=":material/error:",
    )


def _ausencias(tabla: pd.DataFrame) -> list[str]:
    """Las de cada encuesta por su lado: sus calendarios son distintos y no se pueden decir de corrido."""
    # La fuente es la del indicador: la fila de lo que no se levantó no trae ninguna.
    fuentes = tabla["indicador"].map(lambda clave: catalogo.indicador(clave).fuente)
    por_fuente = [(str(fuente).upper(), suyas) for fuente, suyas in tabla.groupby(fuentes, sort=False)]
    return [
        f"{encuesta}. {nota}" if len(por_fuente) > 1 else nota
        for encuesta, suyas in por_fuente
        for nota in cobertura.notas(suyas)
    ]


def _decir(notas: list[str]) -> None:
    if notas:
        st.markdown("\n".join(f"- {nota}" for nota in notas))


def _precision(tabla: pd.DataFrame) -> list[str]:
    if "precision" not in tabla:  # lo que se cuenta no tiene error muestral
        return []
    notas = []
    for clase in ("moderada", "baja"):
        nombres = dict.fromkeys(tabla.loc[(tabla["precision"] == clase) & (tabla["estado"] == "dato"), "nombre"])
        if nombres:
            regla = regla_de(tabla)
            motivo = _CAUTELA[clase] if regla == "inegi" else tr("Regla de {regla}.", regla=textos.REGLA[regla])
            notas.append(
                tr(
                    "**Precisión {clase}**: {cuales}. {motivo}",
                    clase=tr(clase),
                    cuales=textos.nombres(list(nombres)),
                    motivo=motivo,
                )
            )
    return notas


_CAUTELA = Rotulos(
    {
        "moderada": "INEGI pide usar la cifra con reserva (coeficiente de variación de 15 a menos de 30 %).",
        "baja": "INEGI la considera sólo indicativa (coeficiente de variación de 30 % o más).",
    }
)
