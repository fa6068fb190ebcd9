"""La vista de metodología: se escribe sola con el catálogo y con las cabeceras de `consultas/`."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from atalaya import catalogo, motor, periodos
from atalaya.catalogo.registros import proyecciones
from atalaya.figuras import textos
from atalaya.idiomas import Rotulos, anotado, tr
from atalaya.informes import ficha_conteo
from atalaya.interfaz import bloque, datos
from atalaya.motor import Consulta

_CLASES: Final = (
    (anotado("alta"), anotado("CV menor a 15 %"), anotado("● círculo lleno"), anotado("Se usa sin reserva.")),
    (
        anotado("moderada"),
        anotado("CV de 15 a menos de 30 %"),
        anotado("○ círculo hueco"),
        anotado("Se usa con reserva."),
    ),
    (anotado("baja"), anotado("CV de 30 % o más"), anotado("◇ rombo hueco"), anotado("Sólo indica.")),
    (
        anotado("no publicada"),
        anotado("INEGI no dio clase a esa cifra"),
        anotado("● círculo tenue"),
        anotado("No se sabe: es una suma de dos respuestas."),
    ),
)
_TIPO: Final = Rotulos({"hueco": "hueco", "cambio": "cambio de serie", "aviso": "aviso: se compara, pero se dice"})
PASOS: Final = Rotulos(
    {
        "preparar": "Preparar: de la tabla de cada fuente al esquema común",
        "estimar": "Estimar: cifras con su error de diseño",
        "mostrar": "Mostrar: lo que pide cada página",
        "controlar": "Controlar: devuelven las filas en falta; cero filas es que todo está bien",
    }
)


def fuentes() -> None:
    """Cada fuente con cifras en el acervo: quién la hace, cada cuándo, su licencia y cómo se cita."""
    st.header(tr("De dónde salen las cifras"), anchor=False)
    presentes = {una.fuente for una in datos.acervo().fuentes}
    filas = [
        {
            tr("Fuente"): f.nombre,
            tr("Quién"): f.productor,
            tr("Cada cuándo"): f.calendario,
            tr("Licencia"): f.licencia,
            tr("Cómo se cita"): f.cita,
        }
        for f in catalogo.fuentes().values()
        if f.fuente in presentes
    ]
    with st.container(key="fuentes"):
        bloque.tabla(pd.DataFrame(filas), tr("Fuentes"))


def precision() -> None:
    """Las clases de precisión y cómo se dibuja cada una."""
    st.header(tr("Qué tan precisa es cada cifra"), anchor=False)
    st.markdown(
        tr(
            "INEGI clasifica cada cifra por su coeficiente de variación (CV) y sólo lo dice con el color de la celda; "
            "Atalaya lo lee de ahí. En los gráficos la precisión va en el relleno y la forma del punto, no en el color."
        )
    )
    columnas = (tr("Clase"), tr("Criterio"), tr("En el gráfico"), tr("Cómo leerla"))
    filas = [dict(zip(columnas, map(tr, fila), strict=True)) for fila in _CLASES]
    bloque.tabla(pd.DataFrame(filas), tr("Clases de precisión"))


def tasas() -> None:
    """Qué se hace con lo que se cuenta: tasa, intervalo, denominador y qué no se compara."""
    st.header(tr("Tasas de hechos registrados"), anchor=False)
    st.markdown(
        tr(
            "**Tasa**. {tasa} **Intervalo**. {intervalo} Carpetas de investigación, casos policiales y "
            "víctimas no son el mismo hecho: nunca comparten eje, salvo como cambio contra el año base de "
            "cada lugar. Nada se calcula a través de un cambio de serie.",
            tasa=tr(ficha_conteo.TASA),
            intervalo=tr(ficha_conteo.INTERVALO),
        )
    )
    filas = [
        {tr("Población"): una.nombre, tr("Para"): datos.PAISES[una.pais], tr("Nota"): una.nota}
        for una in proyecciones().values()
    ]
    bloque.tabla(pd.DataFrame(filas), tr("Poblaciones"))


def ausencias() -> None:
    """Qué quiere decir cada falta de cifra."""
    st.header(tr("Cuando no hay cifra"), anchor=False)
    st.markdown(tr("Ninguna de estas ausencias es un cero, y en todo gráfico, mapa y tabla se ven distintas."))
    filas = [
        {tr("Se lee"): textos.ESTADO[e], tr("Quiere decir"): textos.CAUSA[e], tr("Estado"): f"`{e}`"}
        for e in textos.CAUSA
    ]
    bloque.tabla(pd.DataFrame(filas), tr("Ausencias"))


def rupturas() -> None:
    """Los huecos y cambios de serie que el catálogo registra, con su evidencia."""
    st.header(tr("Huecos y cambios en las series"), anchor=False)
    por_texto: dict[tuple[str, str, str, str], list[str]] = {}
    for r in catalogo.rupturas():
        alcance = catalogo.lugar(r.lugar).nombre_corto if r.lugar else ""
        clave = (r.periodo, r.tipo, r.descripcion, r.evidencia)
        por_texto.setdefault(clave, []).append(
            ": ".join(p for p in (alcance, catalogo.indicador(r.indicador).nombre_corto if r.indicador else "") if p)
        )
    filas = [
        {
            tr("Cuándo"): periodos.nombre_mes(periodo),
            tr("Tipo"): _TIPO[tipo],
            tr("Qué pasó"): descripcion,
            tr("Alcanza a"): _alcance(alcanzados),
            tr("Evidencia"): evidencia,
        }
        for (periodo, tipo, descripcion, evidencia), alcanzados in sorted(
            por_texto.items(), key=lambda par: periodos.clave_orden(par[0][0])
        )
    ]
    bloque.tabla(pd.DataFrame(filas), tr("Huecos y cambios"))


def consulta(una: Consulta) -> None:
    """El método de una consulta, con las palabras de su cabecera, y su SQL entero."""
    filas = [
        (tr("Devuelve"), una.devuelve),
        (tr("Grano"), una.grano),
        (tr("Parámetros"), "; ".join(f"{k} ({t})" for k, t in una.parametros.items()) or tr("ninguno")),
        (tr("Método"), una.metodo),
        (tr("Nota"), una.nota),
    ]
    st.markdown("\n".join(f"- **{rotulo}**: {texto}" for rotulo, texto in filas if texto))
    with st.expander(f"consultas/{una.nombre}.sql", icon=":material/code:"):
        st.code(una.sql, language="sql")


def consultas() -> dict[str, Consulta]:
    """Las consultas por nombre, en el orden en que corre el dato."""
    todas = {una.nombre: una for una in motor.consultas()}
    pasos = list(PASOS)
    return dict(sorted(todas.items(), key=lambda par: (pasos.index(par[0].partition("/")[0]), par[0])))


def indice(todas: dict[str, Consulta]) -> None:
    """La lista de consultas por paso, con lo que devuelve cada una."""
    for paso, rotulo in PASOS.items():
        suyas = [una for una in todas.values() if una.nombre.startswith(f"{paso}/")]
        if suyas:
            with st.expander(f"{rotulo} ({len(suyas)})"):
                filas = [{tr("Consulta"): f"`{una.nombre}`", tr("Devuelve"): una.devuelve} for una in suyas]
                bloque.tabla(pd.DataFrame(filas), rotulo)


def _alcance(alcanzados: list[str]) -> str:
    nombres = [a for a in dict.fromkeys(alcanzados) if a]
    if not nombres:
        return tr("todo")
    return textos.lista(nombres[:4]) + (tr(" y {nombres} más", nombres=len(nombres) - 4) if len(nombres) > 4 else "")
