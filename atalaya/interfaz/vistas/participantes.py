"""Quiénes participaron en un proceso, en qué etapas, con qué temas y en qué entidades: tablas de una sola lectura."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from atalaya.figuras import barras, cuentas, textos
from atalaya.figuras.barras import Barra
from atalaya.idiomas import anotado, tr
from atalaya.interfaz import bloque, datos
from atalaya.interfaz.llano import llano


def etapas(filas: pd.DataFrame) -> None:
    """Las etapas del proceso, en su orden."""
    if filas.empty:
        return
    renglones = [
        {
            tr("Etapa"): f"{f['orden']} · {llano(f['nombre_etapa'])}",
            tr("Cuándo"): cuentas.lapso(f["inicio"], f["fin"]),
            tr("Qué se hace"): llano(f["descripcion"]) or tr("el documento no lo dice"),
        }
        for f in filas.to_dict("records")
    ]
    bloque.tabla(pd.DataFrame(renglones), tr("Etapas"), con_titulo=True)


def temas(filas: pd.DataFrame) -> None:
    """Los temas, en el orden en que salieron; el documento no da los votos."""
    if filas.empty:
        return
    columnas = {
        tr("Eje"): [llano(eje) or "—" for eje in filas["eje"]],
        tr("Lugar"): [textos.ordinal(int(orden)) for orden in filas["orden"]],
        tr("Tema"): [llano(tema) for tema in filas["tema"]],
        tr("Su mesa"): [cuentas.fecha(dia) or "—" for dia in filas["fecha_mesa"]],
        tr("Problemática"): [llano(problema) or "—" for problema in filas["problema"]],
    }
    tabla = pd.DataFrame({nombre: valores for nombre, valores in columnas.items() if set(valores) != {"—"}})
    bloque.tabla(tabla, tr("Temas, en el orden en que salieron"), con_titulo=True)


def personas(filas: pd.DataFrame) -> None:
    """Participantes por procedencia y sexo, con lo que suman las partes junto a lo que el documento escribe."""
    if filas.empty:
        return
    partes = filas[~filas["es_total"]]
    con_sexo = partes[partes["por_sexo"].notna()]
    st.markdown(tr("**Participantes por procedencia y sexo**"))
    if len(con_sexo):
        figura = barras.barras(renglones(con_sexo), bloque.modo())
        bloque.pintar(bloque.preparar(figura, _describir(con_sexo)))
        st.caption(tr("De izquierda a derecha: hombres y mujeres. El ancho es el número de personas."))
    bloque.tabla(
        pd.DataFrame([_renglon(f) for f in filas.to_dict("records")]), tr("Participantes por procedencia y sexo")
    )
    st.markdown(sumas(filas))


def renglones(filas: pd.DataFrame) -> list[Barra]:
    """Una barra por procedencia, partida en hombres y mujeres, a la escala de la mayor."""
    mayor = float(filas["por_sexo"].max()) or 1.0
    return [
        Barra(
            tr(
                "{procedencia}: {hombres} hombres, {mujeres} mujeres",
                procedencia=f["procedencia"],
                hombres=cuentas.numero(f["hombres"]),
                mujeres=cuentas.numero(f["mujeres"]),
            ),
            ((0.0, f["hombres"] / mayor, "lleno"), (f["hombres"] / mayor, f["por_sexo"] / mayor, "segundo")),
        )
        for f in filas.to_dict("records")
    ]


def sumas(filas: pd.DataFrame) -> str:
    """Si lo que suman las partes es lo que el documento escribe; y si no, dónde y por cuánto."""
    faltas = [_falta(f) for f in filas.to_dict("records") if f["cuadra"] is False or f["cuadra"] == 0]
    if faltas:
        return tr(
            "**Las sumas del documento no cuadran**: {faltas}. Se deja lo que el documento escribe.",
            faltas="; ".join(faltas),
        )
    if filas["cuadra"].notna().any():
        return tr("Sumadas de nuevo, las partes dan lo que el documento escribe.")
    return tr("El documento no escribe totales con que comprobar la suma.")


def ejercicios(filas: pd.DataFrame) -> None:
    """Las entidades del programa, por grupo, y si el documento dice que están activas."""
    if filas.empty:
        return
    tabla = [
        {
            tr("Grupo"): llano(grupo) or "—",
            tr("Entidades"): ", ".join(datos.nombre(lugar) for lugar in suyas["lugar"]),
            tr("Cuántas"): str(len(suyas)),
            tr("Desde"): ", ".join(dict.fromkeys(cuentas.fecha(i) for i in suyas["inicio"].dropna()))
            or tr("no lo dice"),
            tr("Activas"): _activas(suyas["activo"]),
        }
        for grupo, suyas in filas.assign(grupo=filas["grupo"].fillna("")).groupby("grupo", sort=False)
    ]
    bloque.tabla(pd.DataFrame(tabla), tr("Entidades que participan"), con_titulo=True)


def _activas(activo: pd.Series) -> str:
    cuantas = {valor: int(n) for valor, n in activo.value_counts().items()}
    rotulos = {"sí": tr("activas"), "no": tr("inactivas"), "no dicho": tr("sin decir cuáles")}
    return ", ".join(f"{cuantas[valor]} {dicho}" for valor, dicho in rotulos.items() if valor in cuantas)


def _renglon(f: dict[Any, Any]) -> dict[str, str]:
    marca = "**" if f["es_total"] else ""
    nombre = tr("Total que escribe el documento") if f["es_total"] else llano(f["procedencia"])
    cifras = {
        tr("Instituciones"): "instituciones",
        tr("Hombres"): "hombres",
        tr("Mujeres"): "mujeres",
        tr("Personas"): "personas",
    }
    return {tr("Procedencia"): f"{marca}{nombre}{marca}"} | {
        rotulo: textos.entero(f[columna]) for rotulo, columna in cifras.items()
    }


_SUMAS: Final = (anotado("instituciones"), anotado("hombres"), anotado("mujeres"), anotado("personas"))


def _falta(f: dict[Any, Any]) -> str:
    quien = tr("el total") if f["es_total"] else llano(f["procedencia"])
    pares = [(tr("hombres más mujeres"), f["por_sexo"], f["personas"])]
    pares += [(tr(que), f[f"suma_{que}"], f[que]) for que in _SUMAS]
    dichos = [
        tr(
            "{que} suman {suma} y el documento escribe {escrito}",
            que=que,
            suma=cuentas.numero(suma),
            escrito=cuentas.numero(escrito),
        )
        for que, suma, escrito in pares
        if pd.notna(suma) and pd.notna(escrito) and suma != escrito
    ]
    return f"{quien}, {', '.join(dichos)}"


def _describir(filas: pd.DataFrame) -> str:
    return tr("Barras partidas en hombres y mujeres. ") + "; ".join(una.rotulo for una in renglones(filas)) + "."
