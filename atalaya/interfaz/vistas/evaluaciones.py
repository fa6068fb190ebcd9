"""La vista de una evaluación ciudadana: quién, qué, en cuánto tiempo, con qué criterios y por qué pasos."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from atalaya.figuras import cuentas, textos, voces
from atalaya.idiomas import anotado, tr
from atalaya.interfaz import bloque, datos, filtros, filtros_seguimiento, ligados, seguido, seguimiento
from atalaya.interfaz.enlace import Enlace
from atalaya.interfaz.llano import llano

Fila = dict[Any, Any]
TABLAS: Final = (
    "integrantes_vistos",
    "hitos_vistos",
    "criterios_vistos",
    "criterios_por_perspectiva",
    "voces_en_orden",
)
NO_DICE: Final = anotado("el documento no lo dice")


def fecha(enlace: Enlace) -> str:
    """La fecha a la que se mira: va primero porque mueve el reloj y las voces."""
    with st.columns([2, 7])[0]:
        return filtros_seguimiento.a_la_fecha(enlace)


def exigir(todas: pd.DataFrame) -> None:
    """Si no hay ninguna evaluación, ofrece la plantilla y la página termina ahí."""
    if todas.empty:
        seguido.falta("evaluaciones", tr("Todavía no hay evaluaciones."), tr("Llene la plantilla y cárguela."))
        st.stop()


def elegir(enlace: Enlace, todas: pd.DataFrame) -> Fila:
    """La evaluación que se mira."""
    nombres = {
        f["evaluacion"]: f"{f['observatorio']}: {f['instrumento']} ({f['inicio'][:4]})"
        for f in todas.to_dict("records")
    }
    clave = filtros.de_opciones(enlace, "evaluacion", tr("Evaluación"), nombres, next(iter(nombres)))
    return dict(todas[todas["evaluacion"] == clave].to_dict("records")[0])


def consultar(elegida: Fila) -> dict[str, pd.DataFrame]:
    """Lo suyo, por consulta."""
    return {nombre: seguimiento.correr(nombre, evaluacion=elegida["evaluacion"]) for nombre in TABLAS}


def mostrar(elegida: Fila, tablas: dict[str, pd.DataFrame], todas: pd.DataFrame) -> None:
    """Lo que se evaluó, el reloj, quiénes, los pasos y la matriz de criterios y perspectivas."""
    st.header(llano(elegida["instrumento"]), anchor=False)
    st.markdown(
        tr(
            "**Evalúa**: {nombre}. **Se le recomienda a**: {llano_2}. **Lugar**: {llano_3}. **En qué "
            "acabó**: {llano_4}.",
            nombre=llano(elegida["observatorio"]),
            llano_2=llano(elegida["autoridad"]),
            llano_3=llano(datos.nombre_entero(elegida["lugar"])),
            llano_4=llano(elegida["resultado"]).rstrip(".") or tr(NO_DICE),
        )
    )
    seguido.nota(elegida["nota"])
    izquierda, derecha = st.columns(2, gap="medium")
    with izquierda:
        st.markdown(tr("**El reloj**"))
        dicho = voces.decir_reloj(elegida)
        bloque.pintar(
            bloque.preparar(
                voces.reloj(elegida, bloque.modo()), tr("Barras de días. {dicho}", dicho=dicho).replace("**", "")
            )
        )
        st.markdown(dicho)
    with derecha:
        _integrantes(tablas["integrantes_vistos"])
    izquierda, derecha = st.columns(2, gap="medium")
    with izquierda:
        _hitos(tablas["hitos_vistos"])
    with derecha:
        _matriz(tablas["criterios_por_perspectiva"], elegida)
        _criterios(tablas["criterios_vistos"])
    if len(todas) > 1:
        _todas(todas)


def resultado(elegida: Fila) -> None:
    """Los indicadores que la evaluación debía mover, si alguien los ligó."""
    if filas := ligados.de("evaluaciones").get(str(elegida["evaluacion"])):
        ligados.mostrar(filas, llano(elegida["resultado"]) or tr("Evaluación terminada"))


def _integrantes(filas: pd.DataFrame) -> None:
    if filas.empty:
        st.markdown(tr("**Quiénes evalúan**: el documento no lo dice."))
        return
    personas = [textos.entero(n) if pd.notna(n) else tr("no dice cuántas") for n in filas["personas"]]
    tabla = pd.DataFrame({tr("Perfil"): [llano(p) for p in filas["perfil"]], tr("Personas"): personas})
    bloque.tabla(tabla, tr("Quiénes evalúan, por perfil"), True)


def _hitos(filas: pd.DataFrame) -> None:
    if filas.empty:
        st.markdown(tr("**Los pasos**: el documento no los dice."))
        return
    tabla = pd.DataFrame(
        {
            tr("Paso"): [f"{n}\\. {llano(hito)}" for n, hito in zip(filas["orden"], filas["hito"], strict=True)],
            tr("Cuándo"): [cuentas.fecha(f) or tr("no dice cuándo") for f in filas["fecha"]],
        }
    )
    bloque.tabla(tabla, tr("De la convocatoria al cierre"), True)


def _matriz(celdas: pd.DataFrame, elegida: Fila) -> None:
    """Criterios por perspectivas, con cuántas recomendaciones; sin ninguna enumerada, la celda no es un cero."""
    if celdas.empty:
        return
    hay = int(elegida["recomendaciones_enumeradas"]) > 0
    ancha = celdas.pivot(index="criterio", columns="perspectiva", values="recomendaciones")
    ancha = ancha.loc[list(dict.fromkeys(celdas["criterio"])), list(dict.fromkeys(celdas["perspectiva"]))]
    tabla = pd.DataFrame({tr("Criterio"): [llano(c) for c in ancha.index]})
    for perspectiva in ancha.columns:
        tabla[llano(perspectiva)] = [str(int(n)) if hay else tr("no enumera") for n in ancha[perspectiva]]
    bloque.tabla(tabla, tr("Recomendaciones por criterio y perspectiva"), True)
    if not hay:
        st.caption(
            tr("El documento nombra los criterios y las perspectivas, y no enumera ninguna recomendación: no es cero.")
        )


def _criterios(filas: pd.DataFrame) -> None:
    """Lo que el documento nombra, si con ello no se arma la matriz."""
    clases = set(filas["clase"])
    if clases in ({"criterio"}, {"perspectiva"}):
        rotulo = tr("Criterios") if clases == {"criterio"} else tr("Perspectivas")
        st.markdown(f"**{rotulo}**: {textos.lista([llano(n) for n in filas['nombre_criterio']])}.")


def _todas(todas: pd.DataFrame) -> None:
    renglones = [
        {
            tr("Evaluación"): llano(f["instrumento"]),
            tr("Quién evalúa"): llano(f["observatorio"]),
            tr("Desde"): cuentas.fecha(f["inicio"]),
            tr("Plazo"): tr("{plazo_dias} días", plazo_dias=int(f["plazo_dias"]))
            if pd.notna(f["plazo_dias"])
            else tr(NO_DICE),
            tr("Reloj"): voces.RELOJ[f["reloj"]],
            tr("Recomendaciones"): str(f["recomendaciones_enumeradas"]),
        }
        for f in todas.to_dict("records")
    ]
    with st.expander(tr("Las {todas} evaluaciones", todas=len(todas)), icon=":material/table_rows:"):
        bloque.tabla(pd.DataFrame(renglones), tr("Evaluaciones ciudadanas"))
