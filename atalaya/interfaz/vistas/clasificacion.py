"""La vista de clasificación: el lugar de cada elegida, la lista completa en dos columnas y su tabla."""

from __future__ import annotations

from functools import partial
from typing import Final

import pandas as pd
import streamlit as st

from atalaya import catalogo, periodos
from atalaya.figuras import clasificacion, plantilla, textos, trazo
from atalaya.figuras.plantilla import Figura
from atalaya.informes.imagen import ANCHO
from atalaya.informes.vista import Vista
from atalaya.interfaz import bloque, datos

ENTRE: Final = {
    "ciudades": "Todas las ciudades",
    "municipios": "Áreas de un solo municipio",
    "alcaldias": "Alcaldías de CDMX",
}


def mostrar(
    tabla: pd.DataFrame, nacional: pd.DataFrame, marcadas: list[str], indicador: str, periodo: str, entre: str
) -> Vista:
    """Dibuja los lugares de las elegidas, las dos mitades de la lista y la tabla; devuelve la vista."""
    titulo = f"{catalogo.indicador(indicador).nombre}, {periodos.nombre_mes(periodo)}"
    referencia = _referencia(nacional)
    tope = trazo.tope_eje(*tabla["valor_pct"])
    st.subheader(titulo, anchor=False)
    _lugares(tabla, marcadas)
    clave = ("clasificacion", indicador, periodo, entre, tuple(sorted(marcadas)))
    for k, (columna, mitad) in enumerate(zip(st.columns(2, gap="medium"), clasificacion.mitades(tabla), strict=True)):
        if len(mitad):
            with columna:
                bloque.figura(
                    (*clave, k),
                    partial(_lista, mitad, marcadas, referencia, tope),
                    clasificacion.describir(mitad, titulo, marcadas, referencia),
                )
    with st.expander("La lista como tabla", icon=":material/table_rows:"):
        bloque.tabla(_en_tabla(tabla), titulo)
    return Vista(
        archivo=f"atalaya_clasificacion_{indicador}_{periodo}",
        titulo=titulo,
        subtitulo=f"{ENTRE[entre]}, de mayor a menor cifra. El orden no dice si la diferencia es mayor que el error.",
        tabla=pd.concat([tabla, nacional]),
        figura=lambda: _para_llevar(tabla, marcadas, referencia, tope),
        alternativo=clasificacion.describir(tabla, titulo, marcadas, referencia),
        enlace=bloque.enlace_actual(),
        version=datos.version(),
    )


def _lista(
    mitad: pd.DataFrame,
    marcadas: list[str],
    referencia: tuple[str, float] | None,
    tope: float,
    modo: str = "",
    ancho: int | str = "container",
) -> Figura:
    return clasificacion.clasificacion(mitad, marcadas, referencia, modo or bloque.modo(), ancho, tope)


def _lugares(tabla: pd.DataFrame, marcadas: list[str]) -> None:
    """«24.º de 76» de cada elegida (las cuatro primeras), o por qué no tiene lugar."""
    por_clave = {f["lugar"]: f for f in tabla[tabla["lugar"].isin(marcadas)].to_dict("records")}
    visibles = [por_clave[clave] for clave in marcadas if clave in por_clave][:4]
    if not visibles:
        return
    for columna, fila in zip(st.columns(max(len(visibles), 3)), visibles, strict=False):
        con_lugar = fila["estado"] == "dato"
        puesto = textos.puesto(fila["posicion"], fila["lugares_con_cifra"]) if con_lugar else "—"
        columna.metric(f"{fila['nombre']}: {textos.cifra(fila, 2)}", puesto, border=True)


def _para_llevar(tabla: pd.DataFrame, marcadas: list[str], referencia: tuple[str, float] | None, tope: float) -> Figura:
    mitades = [m for m in clasificacion.mitades(tabla) if len(m)]
    ancho = (ANCHO - 150 * len(mitades)) // len(mitades)
    return plantilla.juntar("hconcat", [_lista(m, marcadas, referencia, tope, "claro", ancho) for m in mitades], 30)


def _referencia(nacional: pd.DataFrame) -> tuple[str, float] | None:
    con_cifra = nacional[nacional["estado"] == "dato"]
    return ("Nacional", float(con_cifra["valor_pct"].iloc[0])) if len(con_cifra) else None


def _en_tabla(tabla: pd.DataFrame) -> pd.DataFrame:
    cifras = bloque.cifras(tabla)
    lugares = [textos.ordinal(int(p)) if pd.notna(p) else "—" for p in tabla["posicion"]]
    return cifras.assign(Lugar=lugares)[["Ciudad", "Cifra", "Lugar", "Precisión"]]
