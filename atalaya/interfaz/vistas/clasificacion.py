"""La vista de clasificación: el lugar de cada elegida, la lista completa en dos columnas y su tabla."""

from __future__ import annotations

from typing import Final

import pandas as pd
import streamlit as st

from atalaya import catalogo, periodos
from atalaya.estadistica import pruebas
from atalaya.figuras import clasificacion, hallazgos, plantilla, textos, trazo
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import Rotulos, tr
from atalaya.informes.imagen import ANCHO
from atalaya.informes.vista import Vista
from atalaya.interfaz import bloque, datos, precision

ENTRE: Final = Rotulos(
    {
        "ciudades": "Todas las ciudades",
        "municipios": "Áreas de un solo municipio",
        "alcaldias": "Alcaldías de CDMX",
    }
)


def con_rangos(tabla: pd.DataFrame) -> pd.DataFrame:
    """La tabla con el intervalo de rangos de cada ciudad, hecho una vez. No se debe modificar."""
    return datos.recordar(tabla, "rangos", lambda: pruebas.con_rangos(tabla))


def mostrar(
    tabla: pd.DataFrame, nacional: pd.DataFrame, marcadas: list[str], indicador: str, periodo: str, entre: str
) -> Vista:
    """Dibuja los lugares de las elegidas, las dos mitades de la lista y la tabla; devuelve la vista."""
    titulo = f"{catalogo.indicador(indicador).nombre}, {periodos.nombre_mes(periodo)}"
    clave = ("clasificacion", tuple(sorted(marcadas)), bloque.modo())
    st.header(titulo, anchor=False)
    _lugares(tabla, marcadas)
    dibujos = datos.recordar(tabla, clave, lambda: _dibujos(tabla, nacional, marcadas, titulo))
    for columna, dibujo in zip(st.columns(2, gap="medium"), dibujos, strict=False):
        with columna:
            bloque.pintar(dibujo)
    precision.leyenda(tabla)
    with st.expander(tr("La lista como tabla"), icon=":material/table_rows:"):
        bloque.tabla(datos.recordar(tabla, "tabla", lambda: _en_tabla(tabla)), titulo)
    return Vista(
        archivo=f"atalaya_clasificacion_{indicador}_{periodo}",
        titulo=titulo,
        subtitulo=tr(
            "{entre}, de mayor a menor cifra. A la derecha, entre qué lugares está cada una, todas a la vez "
            "({nivel_rangos} % de confianza). {pie}",
            entre=ENTRE[entre],
            nivel_rangos=pruebas.NIVEL_RANGOS,
            pie=precision.pie(tabla),
        ),
        tabla=datos.recordar(tabla, "con nacional", lambda: pd.concat([tabla, nacional])),
        figura=lambda: _para_llevar(tabla, nacional, marcadas),
        alternativo=lambda: clasificacion.describir(tabla, titulo, marcadas, _referencia(nacional)),
        enlace=bloque.enlace_actual(),
        version=datos.version(),
    )


def _dibujos(tabla: pd.DataFrame, nacional: pd.DataFrame, marcadas: list[str], titulo: str) -> list[bloque.Dibujo]:
    referencia, tope = _referencia(nacional), trazo.tope_eje(*tabla["valor_pct"])
    return [
        bloque.preparar(
            clasificacion.clasificacion(m, marcadas, referencia, bloque.modo(), "container", tope),
            clasificacion.describir(m, titulo, marcadas, referencia),
        )
        for m in clasificacion.mitades(tabla)
        if len(m)
    ]


def _lugares(tabla: pd.DataFrame, marcadas: list[str]) -> None:
    """«24.º de 76, entre 12.º y 38.º» de cada elegida (las cuatro primeras), o por qué no tiene lugar."""
    por_clave = datos.recordar(tabla, "por lugar", lambda: {f["lugar"]: f for f in tabla.to_dict("records")})
    visibles = [por_clave[clave] for clave in marcadas if clave in por_clave][:4]
    if not visibles:
        return
    for columna, fila in zip(st.columns(max(len(visibles), 3)), visibles, strict=False):
        con_lugar = fila["estado"] == "dato"
        puesto = textos.puesto(fila["posicion"], fila["lugares_con_cifra"]) if con_lugar else "—"
        entre = hallazgos.rango(fila) if con_lugar and hallazgos.con_rango(fila) else None
        columna.metric(
            f"{fila['nombre']}: {textos.cifra(fila, 2)}",
            puesto,
            entre,
            delta_color="off",
            delta_arrow="off",
            border=True,
        )


def _para_llevar(tabla: pd.DataFrame, nacional: pd.DataFrame, marcadas: list[str]) -> Figura:
    referencia, tope = _referencia(nacional), trazo.tope_eje(*tabla["valor_pct"])
    mitades = [m for m in clasificacion.mitades(tabla) if len(m)]
    ancho = (ANCHO - 150 * len(mitades)) // len(mitades)
    listas = [clasificacion.clasificacion(m, marcadas, referencia, "claro", ancho, tope) for m in mitades]
    return plantilla.juntar("hconcat", listas, 30)


def _referencia(nacional: pd.DataFrame) -> tuple[str, float] | None:
    con_cifra = nacional[nacional["estado"] == "dato"]
    return (tr("Nacional"), float(con_cifra["valor_pct"].iloc[0])) if len(con_cifra) else None


def _en_tabla(tabla: pd.DataFrame) -> pd.DataFrame:
    cifras = bloque.cifras(tabla)
    lugares = [textos.ordinal(int(p)) if pd.notna(p) else "—" for p in tabla["posicion"]]
    posibles = [hallazgos.rango(f) if hallazgos.con_rango(f) else "—" for f in tabla.to_dict("records")]
    return cifras.assign(**{tr("Lugar"): lugares, tr("Lugares posibles"): posibles})
