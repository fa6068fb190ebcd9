"""La vista de evolución: un cuadro de líneas por indicador, o uno por lugar, y la tabla de cada uno."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import pandas as pd
import streamlit as st

from atalaya import catalogo, periodos
from atalaya.estadistica import pruebas
from atalaya.figuras import eje, hallazgos, lineas, plantilla, textos
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import Rotulos, tr
from atalaya.informes.imagen import ANCHO
from atalaya.informes.vista import Vista
from atalaya.interfaz import bloque, datos, ficha_par, frontera, precision
from atalaya.interfaz.frontera import Cruce, Lado

FORMAS: Final = Rotulos({"juntas": "Lugares juntos", "separadas": "Un lugar por cuadro"})
MAXIMO: Final = 8


@dataclass(frozen=True)
class Cuadro:
    """Un eje: su rótulo, sus filas, el orden en que las series toman color y los límites del eje."""

    rotulo: str
    filas: pd.DataFrame
    orden: tuple[str, ...]
    dominio: tuple[float, float]

    def figura(self, modo: str, ancho: int | str, alto: int) -> Figura:
        """Las líneas del cuadro."""
        return lineas.lineas(self.filas, list(self.orden), modo, ancho, alto, self.dominio)

    def alternativo(self, probados: pd.DataFrame) -> str:
        """Lo que se ve, en palabras, con los cambios que superan el error."""
        return " ".join([lineas.describir(self.filas, self.rotulo, list(self.orden)), *self.frases(probados)])

    def frases(self, probados: pd.DataFrame) -> list[str]:
        """Los cambios que superan el error y los que no."""
        dichos: list[str] = []
        for clave in dict.fromkeys(self.filas["indicador"]):
            suyas = self.filas.loc[self.filas["indicador"] == clave, "lugar"]
            dichos += _frases(probados, clave, [lugar for lugar in self.orden if lugar in set(suyas)])
        return [dicho.replace("**", "") for dicho in dichos]


def mostrar(tabla: pd.DataFrame, cruces: Sequence[Cruce], desde: str, hasta: str, forma: str) -> Vista:
    """Dibuja los cuadros y sus tablas y devuelve la vista para descargar."""
    sin_cambios = tabla
    tabla = datos.recordar(
        sin_cambios, "con cambios", lambda: pruebas.con_cambios(sin_cambios, pruebas.cambios(sin_cambios))
    )
    por_cruce = _por_cruce(tabla, cruces, forma)
    cuantos = sum(len(cuadros) for cuadros in por_cruce.values())
    columnas: Sequence[Any] = [st.container()]
    k = 0
    for cruce, cuadros in por_cruce.items():
        if cruce.par is not None:  # entre países, cada indicador lleva su aviso encima: no comparte renglón con otro
            ficha_par.aviso(cruce)
            columnas, k = [st.container()], 0
        for cuadro in cuadros:
            parte_renglon = len(cuadros) > 1 if cruce.par is not None else cuantos > 1
            if parte_renglon and k % 2 == 0:  # renglón por renglón: en un teléfono se leen en su orden
                columnas = st.columns(2, gap="medium")
            with columnas[k % len(columnas)]:
                st.header(cuadro.rotulo, anchor=False)
                _pintar(tabla, cuadro, forma, 270 if cuantos > 1 else 400)
            k += 1
        if cruce.par is not None:
            ficha_par.ficha(cruce)
            columnas, k = [st.container()], 0
    precision.leyenda(tabla, con_cambios=True)
    _cambios(tabla, cruces)
    with st.expander(tr("Las cifras como tabla"), icon=":material/table_rows:"):
        for lado in _lados(cruces):
            cifras = datos.recordar(tabla, ("tabla", lado), partial(_en_tabla, tabla, lado))
            bloque.tabla(cifras, catalogo.indicador(lado.indicador).nombre, True)
    return _vista(tabla, cruces, desde, hasta, forma)


def _pintar(tabla: pd.DataFrame, cuadro: Cuadro, forma: str, alto: int) -> None:
    clave = ("evolucion", cuadro.rotulo, cuadro.orden, forma, alto, bloque.modo())
    dibujo = datos.recordar(
        tabla,
        clave,
        lambda: bloque.preparar(cuadro.figura(bloque.modo(), "container", alto), cuadro.alternativo(_probados(tabla))),
    )
    bloque.pintar(dibujo)


def _por_cruce(tabla: pd.DataFrame, cruces: Sequence[Cruce], forma: str) -> dict[Cruce, list[Cuadro]]:
    varios = len(_lados(cruces)) > 1
    return datos.recordar(
        tabla, ("cuadros", tuple(cruces), forma), lambda: {c: _cuadros(tabla, c, forma, varios) for c in cruces}
    )


def _cuadros(tabla: pd.DataFrame, cruce: Cruce, forma: str, varios: bool) -> list[Cuadro]:
    """Los de un indicador; con la contraparte en el mismo eje o, si no se comparan, en los suyos."""
    por_lado = [(lado, frontera.filas_de(tabla, lado)) for lado in cruce.lados]
    if len(por_lado) > 1 and cruce.juntos:
        juntas = pd.concat([_con_encuesta(filas, lado) for lado, filas in por_lado], ignore_index=True)
        dominio = eje.por_ciento(juntas)
        if forma == "juntas":
            rotulo = textos.lista([catalogo.indicador(lado.indicador).nombre for lado, _ in por_lado])
            return [Cuadro(rotulo, juntas, tuple(x for lado, _ in por_lado for x in lado.con_nacion), dominio)]
        por_lado = [(lado, juntas[juntas["indicador"] == lado.indicador]) for lado, _ in por_lado]
        return [c for lado, filas in por_lado for c in _por_lugar(lado, filas, dominio, varios)]
    cuadros = []
    for lado, filas in por_lado:
        dominio = eje.por_ciento(filas)
        if forma == "juntas":
            cuadros.append(Cuadro(catalogo.indicador(lado.indicador).nombre, filas, lado.con_nacion, dominio))
        else:
            cuadros += _por_lugar(lado, filas, dominio, varios)
    return cuadros


def _por_lugar(lado: Lado, filas: pd.DataFrame, dominio: tuple[float, float], varios: bool) -> list[Cuadro]:
    """Un cuadro por lugar, con la nación de referencia; un indicador lleva siempre el mismo eje."""
    nombre = f": {catalogo.indicador(lado.indicador).nombre}" if varios else ""
    return [
        Cuadro(
            f"{datos.nombre(lugar)}{nombre}",
            filas[filas["lugar"].isin([lugar, lado.pais])],
            tuple(dict.fromkeys((lugar, lado.pais))),
            dominio,
        )
        for lugar in lado.lugares
    ]


def _con_encuesta(filas: pd.DataFrame, lado: Lado) -> pd.DataFrame:
    return filas.assign(nombre=filas["nombre"] + f", {lado.encuesta}")


def _vista(tabla: pd.DataFrame, cruces: Sequence[Cruce], desde: str, hasta: str, forma: str) -> Vista:
    cuadros = [cuadro for suyos in _por_cruce(tabla, cruces, forma).values() for cuadro in suyos]

    def figura() -> Figura:
        dibujos = [
            cuadro.figura("claro", ANCHO - 60, 300).con(title=cuadro.rotulo if len(cuadros) > 1 else "")
            for cuadro in cuadros
        ]
        mismas = forma == "juntas" and len({cuadro.orden for cuadro in cuadros}) == 1
        return plantilla.juntar("vconcat", dibujos, 36, comparten_series=mismas)

    nombres = [catalogo.indicador(cruce.indicador).nombre for cruce in cruces]
    niveles = [
        tr("Comparabilidad de «{nombre}»: {nivel}.", nombre=catalogo.indicador(c.indicador).nombre, nivel=c.par.nivel)
        for c in cruces
        if c.par
    ]
    partes = [
        tr(
            "De {desde} a {hasta}. Donde no hay cifra, no hay línea.",
            desde=periodos.nombre_mes(desde),
            hasta=periodos.nombre_mes(hasta),
        ),
        tr("Línea punteada: nacional.") if forma == "separadas" else "",
        precision.pie(tabla),
        *niveles,
    ]
    return Vista(
        archivo=f"atalaya_evolucion_{desde}_{hasta}",
        titulo=nombres[0] if len(nombres) == 1 else tr("Evolución"),
        subtitulo=" ".join(filter(None, partes)),
        tabla=tabla,
        figura=figura,
        alternativo=lambda: " ".join(cuadro.alternativo(_probados(tabla)) for cuadro in cuadros),
        enlace=bloque.enlace_actual(),
        version=datos.version(),
        hallazgos=lambda: [frase for cuadro in cuadros for frase in cuadro.frases(_probados(tabla))],
    )


def _en_tabla(tabla: pd.DataFrame, lado: Lado) -> pd.DataFrame:
    """Un renglón por periodo y una columna por lugar, del más reciente al más antiguo."""
    parte = frontera.filas_de(tabla, lado)
    celdas = parte.assign(texto=[f"{textos.cifra(f, 2)}{_marca(f)}" for f in parte.to_dict("records")])
    ancha = celdas.pivot(index="periodo", columns="nombre", values="texto")[list(dict.fromkeys(parte["nombre"]))]
    orden = sorted(ancha.index, key=periodos.clave_orden, reverse=True)
    ancha = ancha.loc[orden].reset_index()
    ancha["periodo"] = [periodos.nombre_mes(p) for p in ancha["periodo"]]
    return ancha.rename(columns={"periodo": tr("Periodo")})


def _marca(fila: dict[Any, Any]) -> str:
    """« ▲ periodo» si cambió más que el error desde el periodo anterior; « ▲ año», desde el de un año antes."""
    dichas = [
        f" {hallazgos.MARCAS[veredicto]}\N{NO-BREAK SPACE}{rotulo}"
        for contra, rotulo in (("previo", tr("periodo")), ("anual", tr("año")))
        if (veredicto := fila[f"cambio_{contra}"]) in hallazgos.MARCAS
    ]
    return "".join(dichas)


def _probados(tabla: pd.DataFrame) -> pd.DataFrame:
    return datos.recordar(tabla, "probados", lambda: pruebas.cambios(tabla))


def _frases(probados: pd.DataFrame, indicador: str, orden: Sequence[str]) -> list[str]:
    """Qué cambios de cada lugar, en ese orden, superan el error."""
    suyos = probados[probados["indicador"] == indicador]
    nombres = dict(zip(suyos["lugar"], suyos["nombre"], strict=True))
    return [
        frase
        for lugar in orden
        for frase in hallazgos.de_evolucion(suyos[suyos["lugar"] == lugar], nombres.get(lugar, datos.nombre(lugar)))
    ]


def _cambios(tabla: pd.DataFrame, cruces: Sequence[Cruce]) -> None:
    """La lista en palabras: por indicador, un renglón por lugar."""
    lados = _lados(cruces)
    st.markdown(tr("**Cambios mayores que el error**"))
    for lado in lados:
        hacer = partial(_frases, _probados(tabla), lado.indicador, lado.con_nacion)
        frases = datos.recordar(tabla, ("frases", lado), hacer)
        rotulo = f"{catalogo.indicador(lado.indicador).nombre}\n\n" if len(lados) > 1 else ""
        st.markdown(rotulo + "\n".join(f"- {frase}" for frase in frases))
    st.caption(hallazgos.nota_evolucion())


def _lados(cruces: Sequence[Cruce]) -> list[Lado]:
    return list(dict.fromkeys(lado for cruce in cruces for lado in cruce.lados))
