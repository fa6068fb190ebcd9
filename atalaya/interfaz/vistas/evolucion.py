"""La vista de evolución: un cuadro de líneas por indicador, o uno por ciudad, y la tabla de cada uno."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from atalaya import catalogo, periodos
from atalaya.estadistica import pruebas
from atalaya.figuras import hallazgos, lineas, plantilla, textos
from atalaya.figuras.plantilla import Figura
from atalaya.informes.imagen import ANCHO
from atalaya.informes.vista import Vista
from atalaya.interfaz import bloque, datos, precision

FORMAS: Final = {"juntas": "Ciudades juntas", "separadas": "Una ciudad por cuadro"}
MAXIMO: Final = 8


def mostrar(
    tabla: pd.DataFrame, ciudades: list[str], indicadores: list[str], desde: str, hasta: str, forma: str
) -> Vista:
    """Dibuja los cuadros y sus tablas y devuelve la vista para descargar."""
    sin_cambios = tabla
    tabla = datos.recordar(
        sin_cambios, "con cambios", lambda: pruebas.con_cambios(sin_cambios, pruebas.cambios(sin_cambios))
    )
    clave = ("evolucion", tuple(ciudades), tuple(indicadores), forma, bloque.modo())
    dibujos = datos.recordar(tabla, clave, lambda: _dibujos(tabla, ciudades, indicadores, forma))
    columnas: Sequence[Any] = [st.container()]
    for k, (rotulo, dibujo) in enumerate(dibujos):
        if len(dibujos) > 1 and k % 2 == 0:  # renglón por renglón: en un teléfono se leen en su orden
            columnas = st.columns(2, gap="medium")
        with columnas[k % len(columnas)]:
            st.subheader(rotulo, anchor=False)
            bloque.pintar(dibujo)
    precision.leyenda(tabla, con_cambios=True)
    _cambios(tabla, ciudades, indicadores)
    with st.expander("Las cifras como tabla", icon=":material/table_rows:"):
        for indicador in indicadores:
            cifras = datos.recordar(tabla, ("tabla", indicador), partial(_en_tabla, tabla, indicador))
            bloque.tabla(cifras, catalogo.indicador(indicador).nombre, True)
    return _vista(tabla, ciudades, indicadores, desde, hasta, forma)


def _dibujos(
    tabla: pd.DataFrame, ciudades: list[str], indicadores: list[str], forma: str
) -> list[tuple[str, bloque.Dibujo]]:
    cuadros = _cuadros(tabla, ciudades, indicadores, forma)
    alto = 270 if len(cuadros) > 1 else 400
    return [
        (
            rotulo,
            bloque.preparar(
                lineas.lineas(parte, orden, bloque.modo(), "container", alto, dominio),
                " ".join(
                    [
                        lineas.describir(parte, rotulo, orden),
                        *_frases(_probados(tabla), parte["indicador"].iloc[0], orden),
                    ]
                ).replace("**", ""),
            ),
        )
        for rotulo, parte, orden, dominio in cuadros
    ]


def _cuadros(
    tabla: pd.DataFrame, ciudades: list[str], indicadores: list[str], forma: str
) -> list[tuple[str, pd.DataFrame, list[str], tuple[float, float]]]:
    """Rótulo, filas, orden de las series y límites del eje de cada cuadro; un indicador lleva siempre el mismo eje."""
    cuadros = []
    for clave in indicadores:
        suyas = tabla[tabla["indicador"] == clave]
        nombre, dominio = catalogo.indicador(clave).nombre, lineas.dominio_eje(suyas)
        if forma == "juntas":
            cuadros.append((nombre, suyas, [*ciudades, datos.NACIONAL], dominio))
            continue
        for ciudad in ciudades:
            rotulo = datos.nombre(ciudad) if len(indicadores) == 1 else f"{datos.nombre(ciudad)}: {nombre}"
            orden = [ciudad, datos.NACIONAL]
            cuadros.append((rotulo, suyas[suyas["lugar"].isin(orden)], orden, dominio))
    return cuadros


def _vista(
    tabla: pd.DataFrame, ciudades: list[str], indicadores: list[str], desde: str, hasta: str, forma: str
) -> Vista:
    def figura() -> Figura:
        cuadros = _cuadros(tabla, ciudades, indicadores, forma)
        dibujos = [
            lineas.lineas(parte, orden, "claro", ANCHO - 60, 300, dominio).con(title=rotulo if len(cuadros) > 1 else "")
            for rotulo, parte, orden, dominio in cuadros
        ]
        return plantilla.juntar("vconcat", dibujos, 36, comparten_series=forma == "juntas")

    nombres = [catalogo.indicador(clave).nombre for clave in indicadores]
    return Vista(
        archivo=f"atalaya_evolucion_{desde}_{hasta}",
        titulo=nombres[0] if len(nombres) == 1 else "Evolución",
        subtitulo=f"De {periodos.nombre_mes(desde)} a {periodos.nombre_mes(hasta)}. Donde no hay cifra, no hay línea. "
        f"{'Línea punteada: nacional. ' if forma == 'separadas' else ''}{precision.pie(tabla)}",
        tabla=tabla,
        figura=figura,
        alternativo=lambda: " ".join(d.alternativo for _, d in _dibujos(tabla, ciudades, indicadores, forma)),
        enlace=bloque.enlace_actual(),
        version=datos.version(),
    )


def _en_tabla(tabla: pd.DataFrame, indicador: str) -> pd.DataFrame:
    """Un renglón por periodo y una columna por lugar, del más reciente al más antiguo."""
    parte = tabla[tabla["indicador"] == indicador]
    celdas = parte.assign(texto=[f"{textos.cifra(f, 2)}{_marca(f)}" for f in parte.to_dict("records")])
    ancha = celdas.pivot(index="periodo", columns="nombre", values="texto")[list(dict.fromkeys(parte["nombre"]))]
    orden = sorted(ancha.index, key=periodos.clave_orden, reverse=True)
    ancha = ancha.loc[orden].reset_index()
    ancha["periodo"] = [periodos.nombre_mes(p) for p in ancha["periodo"]]
    return ancha.rename(columns={"periodo": "Periodo"})


def _marca(fila: dict[Any, Any]) -> str:
    """« ▲ periodo» si cambió más que el error desde el periodo anterior; « ▲ año», desde el de un año antes."""
    dichas = [
        f" {hallazgos.MARCAS[veredicto]}\N{NO-BREAK SPACE}{rotulo}"
        for contra, rotulo in (("previo", "periodo"), ("anual", "año"))
        if (veredicto := fila[f"cambio_{contra}"]) in hallazgos.MARCAS
    ]
    return "".join(dichas)


def _probados(tabla: pd.DataFrame) -> pd.DataFrame:
    return datos.recordar(tabla, "probados", lambda: pruebas.cambios(tabla))


def _frases_de(tabla: pd.DataFrame, indicador: str, orden: list[str]) -> list[str]:
    return _frases(_probados(tabla), indicador, orden)


def _frases(probados: pd.DataFrame, indicador: str, orden: list[str]) -> list[str]:
    """Qué cambios de cada lugar, en ese orden, superan el error."""
    suyos = probados[probados["indicador"] == indicador]
    return [
        frase
        for lugar in orden
        for frase in hallazgos.de_evolucion(suyos[suyos["lugar"] == lugar], datos.nombre(lugar))
    ]


def _cambios(tabla: pd.DataFrame, ciudades: list[str], indicadores: list[str]) -> None:
    """La lista en palabras: por indicador, un renglón por lugar."""
    orden = [*ciudades, datos.NACIONAL]
    st.markdown("**Cambios mayores que el error**")
    for indicador in indicadores:
        frases = datos.recordar(
            tabla, ("frases", indicador, tuple(orden)), partial(_frases_de, tabla, indicador, orden)
        )
        rotulo = f"{catalogo.indicador(indicador).nombre}\n\n" if len(indicadores) > 1 else ""
        st.markdown(rotulo + "\n".join(f"- {frase}" for frase in frases))
    st.caption(hallazgos.NOTA_EVOLUCION)
