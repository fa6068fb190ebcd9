"""La vista de incidencia: un cuadro por delito y fuente (dos en un eje, sólo su cambio), lo probado y su tabla."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any, Final

import pandas as pd
import streamlit as st

from atalaya import catalogo, periodos
from atalaya.catalogo import comparabilidad
from atalaya.catalogo.comparabilidad import Par
from atalaya.catalogo.registros import se_enciman
from atalaya.estadistica import pruebas_conteo
from atalaya.figuras import conteos as palabras
from atalaya.figuras import hallazgos_conteo, lineas, plantilla, textos
from atalaya.figuras.eje import Eje
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import Rotulos, anotado, tr
from atalaya.informes.imagen import ANCHO
from atalaya.informes.vista import Vista
from atalaya.interfaz import bloque, conteos, datos, ficha_par
from atalaya.interfaz.conteos import Pedido

LARGO: Final = 18
CORTA: Final = {"carpetas de investigación": "carpetas"}
"""Cómo se abrevia una unidad en el nombre de una serie."""
MISMO_HECHO: Final = anotado(
    "**No son el mismo hecho.** {cuales} se cuentan de modo distinto: cada una va en su cuadro y en su eje. Lo "
    "único que se pone junto es el cambio contra el año base de cada lugar («Cambio desde un año»)."
)
JUNTAS: Final = anotado(
    "**No son el mismo hecho.** {cuales} se cuentan de modo distinto: aquí sólo comparten eje sus cambios, cada uno "
    "contra el {base} de su propio lugar. Que una línea vaya arriba de otra no quiere decir que haya más delito."
)
NADA: Final = anotado("No hay dos periodos enteros y comparables con tasa: nada que probar.")
APARTE: Final = anotado("El cambio de estos delitos tampoco se pone junto: cada uno va en su cuadro.")
NIVEL: Final = anotado("{nivel}. Aquí cada fuente va siempre en su eje; {indice}.")
CON_INDICE: Final = Rotulos(
    {
        "si": "su cambio contra el año base de cada lugar sí se puede ver junto",
        "no": "su cambio tampoco se pone junto",
    }
)


@dataclass(frozen=True)
class Cuadro:
    """Un eje: su rótulo, sus filas ya dichas, el orden de las series y el eje de la cifra."""

    rotulo: str
    filas: pd.DataFrame
    orden: tuple[str, ...]
    eje: Eje

    def figura(self, modo: str, ancho: int | str, alto: int) -> Figura:
        """Las líneas del cuadro."""
        # Dos nombres largos no caben en el renglón de un teléfono.
        columnas = 1 if isinstance(ancho, str) and self.filas["nombre"].str.len().max() > LARGO else None
        return lineas.lineas(self.filas, list(self.orden), modo, ancho, alto, eje=self.eje, columnas=columnas)

    def alternativo(self, frases: Sequence[str]) -> str:
        """Lo que se ve, en palabras, y lo que la prueba sostiene."""
        dicho = palabras.describir(self.filas, self.rotulo, list(self.orden), self.eje)
        return " ".join([dicho, *frases]).replace("**", "")


def mostrar(tabla: pd.DataFrame, pedido: Pedido) -> Vista:
    """Dibuja los cuadros, lo que se prueba, la cobertura y la tabla; devuelve la vista para descargar."""
    aviso(pedido)
    filas = datos.recordar(tabla, ("filas", pedido), lambda: _filas(tabla, pedido))
    cuadros = datos.recordar(tabla, ("cuadros", pedido), lambda: _cuadros(filas, pedido))
    frases = datos.recordar(tabla, ("frases", pedido), lambda: _frases(tabla, pedido))
    columnas: Sequence[Any] = [st.container()]
    for k, cuadro in enumerate(cuadros):
        if len(cuadros) > 1 and k % 2 == 0:  # renglón por renglón: en un teléfono se leen en su orden
            columnas = st.columns(2, gap="medium")
        with columnas[k % len(columnas)]:
            st.header(cuadro.rotulo, anchor=False)
            _pintar(tabla, pedido, cuadro, frases, 300 if len(cuadros) > 1 else 400)
    _leyenda(filas, pedido)
    _hallazgos(frases)
    _cobertura(filas)
    for par in _pares(pedido):
        dicho = tr(NIVEL).format(nivel=par.nivel.capitalize(), indice=CON_INDICE[par.admite_indice])
        ficha_par.de_par(par, dicho)
    with st.expander(tr("Las cifras como tabla"), icon=":material/table_rows:"):
        for clave, suyas in filas.groupby("indicador", sort=False):
            bloque.tabla(palabras.en_tabla(suyas, pedido.medida), rotulo(str(clave)), True)
    return _vista(tabla, filas, pedido, cuadros, frases)


def aviso(pedido: Pedido) -> None:
    """Antes de la figura: que fuentes distintas no cuentan lo mismo, y qué delitos se enciman."""
    if len({catalogo.indicador(clave).fuente for clave in pedido.indicadores}) > 1:
        dichas = textos.lista(list(dict.fromkeys(_de_fuente(clave) for clave in pedido.indicadores)))
        dicho = tr(JUNTAS) if _juntos(pedido) else tr(MISMO_HECHO)
        mayuscula = dichas[:1].upper() + dichas[1:]
        st.warning(dicho.format(cuales=mayuscula, base=pedido.base), icon=":material/call_split:")
        if pedido.medida == "indice" and not _juntos(pedido):
            niegan = [par for par in _pares(pedido) if par.admite_indice == "no"]
            dichos = [
                tr(
                    "{nombre} y {nombre_2}: {que_difiere}",
                    nombre=_nombre(p.indicador_a),
                    nombre_2=_nombre(p.indicador_b),
                    que_difiere=p.que_difiere,
                )
                for p in niegan
            ]
            st.info(f"{tr(APARTE)} {' '.join(dichos)}", icon=":material/block:")
    for a, b in combinations(pedido.indicadores, 2):
        if se_enciman(a, b):
            nombres = [catalogo.indicador(clave).nombre for clave in (a, b)]
            st.info(
                tr("{nombres} y {nombres_2} comparten casos: no se suman.", nombres=nombres[0], nombres_2=nombres[1]),
                icon=":material/join:",
            )


def rotulo(clave: str) -> str:
    """«Homicidio doloso: carpetas de investigación (SESNSP)»; si el nombre ya dice la unidad, no se repite."""
    uno = catalogo.indicador(clave)
    unidad = "" if uno.nombre.casefold().startswith(uno.unidad_dicha) else f": {uno.unidad_dicha}"
    return f"{uno.nombre}{unidad} ({uno.fuente.upper()})"


def con_datos(pedido: Pedido) -> Pedido:
    """Lo pedido sin los delitos que no tienen nada que enseñar, y dice por qué: otra frecuencia o ningún lugar suyo."""
    quedan = []
    for clave in pedido.indicadores:
        uno, tipos = catalogo.indicador(clave), conteos.disponibles()[clave]
        if pedido.por not in tipos:
            como = tr("por año") if conteos.ANIO in tipos else tr("por mes")
            st.info(
                tr(
                    "**{nombre}** ({fuente}) sólo se tiene {como}.",
                    nombre=uno.nombre,
                    fuente=uno.fuente.upper(),
                    como=como,
                ),
                icon=":material/event:",
            )
        elif not pedido.lugares_de(clave):
            pais = datos.PAISES[comparabilidad.pais_de(clave)]
            st.info(
                tr("**{nombre}** es de {pais}: elija un lugar de ahí.", nombre=uno.nombre, pais=pais),
                icon=":material/public:",
            )
        else:
            quedan.append(clave)
    return replace(pedido, indicadores=tuple(quedan))


def _filas(tabla: pd.DataFrame, pedido: Pedido) -> pd.DataFrame:
    """Las filas dichas; si se mide el cambio, contra el año base de cada lugar."""
    if pedido.medida == "indice":
        bases = conteos.tabla(pedido, [pedido.base])
        tabla = pruebas_conteo.indices(tabla, bases).assign(base=pedido.base)
    return palabras.filas(tabla, pedido.medida)


def _cuadros(filas: pd.DataFrame, pedido: Pedido) -> list[Cuadro]:
    """Uno por indicador; de los cambios, uno para todos si el catálogo no lo niega."""
    if _juntos(pedido):
        cortos = _cortos(pedido.indicadores)
        juntas = filas.assign(
            clave=filas["lugar"] + "/" + filas["indicador"],
            nombre=[f"{n}: {cortos[i]}" for n, i in zip(filas["nombre"], filas["indicador"], strict=True)],
        )
        orden = tuple(dict.fromkeys(juntas["clave"]))
        return [
            Cuadro(tr("Cambio desde {base}", base=pedido.base), juntas, orden, palabras.eje("indice", "", pedido.base))
        ]
    cuadros = []
    for clave in pedido.indicadores:
        suyas = filas[filas["indicador"] == clave]
        if len(suyas):
            uno = catalogo.indicador(clave)
            eje = palabras.eje(pedido.medida, uno.unidad_dicha, pedido.base)
            cuadros.append(Cuadro(rotulo(clave), suyas, pedido.lugares_de(clave), eje))
    return cuadros


def _juntos(pedido: Pedido) -> bool:
    """Si van varios delitos en un eje: sólo sus cambios, y si el catálogo lo admite de cada par de fuentes."""
    if pedido.medida != "indice" or len(pedido.indicadores) < 2:
        return False
    return all(par.admite_indice == "si" for par in _pares(pedido))


def _pares(pedido: Pedido) -> list[Par]:
    """Cómo se comparan, dos a dos, los delitos elegidos de fuentes distintas; también lo que nadie ha escrito."""
    return [
        comparabilidad.par(a, b)
        for a, b in combinations(pedido.indicadores, 2)
        if catalogo.indicador(a).fuente != catalogo.indicador(b).fuente
    ]


def _frases(tabla: pd.DataFrame, pedido: Pedido) -> dict[str, list[str]]:
    """Por indicador, lo que la prueba sostiene de sus cambios y de unos lugares frente a otros."""
    contra = [pedido.base] if pedido.por == conteos.ANIO and pedido.base < pedido.desde else []
    completa = pd.concat([conteos.tabla(pedido, contra), tabla]) if contra else tabla
    cambios, razones = pruebas_conteo.cambios(completa, pedido.base), pruebas_conteo.razones(tabla)
    nombres = conteos.nombres(pedido.lugares)
    return {
        clave: [
            *hallazgos_conteo.de_cambios(cambios[cambios["indicador"] == clave]),
            *hallazgos_conteo.de_razones(
                razones[razones["indicador"] == clave], nombres[next(iter(pedido.lugares_de(clave)), "")]
            ),
        ]
        for clave in pedido.indicadores
        if pedido.lugares_de(clave)
    }


def _pintar(tabla: pd.DataFrame, pedido: Pedido, cuadro: Cuadro, frases: dict[str, list[str]], alto: int) -> None:
    def hacer() -> bloque.Dibujo:
        suyas = [frase for clave in dict.fromkeys(cuadro.filas["indicador"]) for frase in frases.get(clave, [])]
        return bloque.preparar(cuadro.figura(bloque.modo(), "container", alto), cuadro.alternativo(suyas))

    bloque.pintar(datos.recordar(tabla, ("dibujo", pedido, cuadro.rotulo, alto, bloque.modo()), hacer))


def _leyenda(filas: pd.DataFrame, pedido: Pedido) -> None:
    """Qué quieren decir la banda, el punto hueco y los signos de lo que falta."""
    de_que = tr("del cambio, exacto") if pedido.medida == "indice" else tr("de Poisson: exacto o de Byar")
    partes = [("▒", tr("intervalo al 95 % {de_que}", de_que=de_que))]
    if filas["hueca"].any():
        partes.append(("○", tr("año a medias")))
    partes += palabras.signos(filas)
    cuerpo = "".join(f"<li><b aria-hidden='true'>{signo}</b>{dicho}</li>" for signo, dicho in partes)
    st.html(f"<ul class='leyenda' aria-label='{tr('Leyenda')}'>{cuerpo}</ul>")
    notas = [palabras.nota_a_medias(filas, pedido.medida), *_denominador(filas, pedido)]
    if dichas := [nota for nota in notas if nota]:
        st.caption(" ".join(dichas))


def _denominador(filas: pd.DataFrame, pedido: Pedido) -> list[str]:
    """Con qué población se hicieron las tasas, y qué pasa si es un censo."""
    if pedido.medida == "casos":
        return []
    usadas = [conteos.proyeccion(p) for p in dict.fromkeys(filas["proyeccion"].dropna())]
    return [tr("Población: {nombre}. {nota}", nombre=una.nombre, nota=una.nota) for una in usadas]


def _hallazgos(frases: dict[str, list[str]]) -> None:
    st.markdown(tr("**Lo que la prueba sostiene**"))
    for clave, suyas in frases.items():
        titulo = f"{rotulo(clave)}\n\n" if len(frases) > 1 else ""
        st.markdown(titulo + "\n".join(f"- {frase}" for frase in suyas or [tr(NADA)]))
    st.caption(hallazgos_conteo.nota())


def _cobertura(filas: pd.DataFrame) -> None:
    if notas := palabras.notas(filas):
        st.markdown(tr("**Lo que falta, y por qué**\n\n") + "\n".join(f"- {nota}" for nota in notas))


def _vista(
    tabla: pd.DataFrame, filas: pd.DataFrame, pedido: Pedido, cuadros: list[Cuadro], frases: dict[str, list[str]]
) -> Vista:
    def figura() -> Figura:
        dibujos = [
            cuadro.figura("claro", ANCHO - 60, 300).con(title=cuadro.rotulo if len(cuadros) > 1 else "")
            for cuadro in cuadros
        ]
        return plantilla.juntar("vconcat", dibujos, 36, comparten_series=len(cuadros) == 1)

    todas = [frase for suyas in frases.values() for frase in suyas]
    titulo = cuadros[0].rotulo if len(cuadros) == 1 else tr("Incidencia")
    lugares = textos.lista(list(dict.fromkeys(filas["nombre"])))
    partes = [
        tr(
            "{lugares}, {de_a}. Bandas: intervalo de Poisson al 95 %.",
            lugares=lugares,
            de_a=periodos.de_a([pedido.desde, pedido.hasta]),
        ),
        palabras.nota_a_medias(filas, pedido.medida),
        *_denominador(filas, pedido),
    ]
    de_lista = tabla if pedido.medida != "indice" else palabras.para_descargar(filas)
    return Vista(
        archivo=f"atalaya_incidencia_{pedido.desde}_{pedido.hasta}",
        titulo=titulo,
        subtitulo=" ".join(parte for parte in partes if parte),
        tabla=de_lista,
        figura=figura,
        alternativo=lambda: " ".join([*(c.alternativo([]) for c in cuadros), *todas]).replace("**", ""),
        enlace=bloque.enlace_actual(),
        version=datos.version(),
        hallazgos=lambda: [frase.replace("**", "") for frase in todas],
    )


def _nombre(clave: str) -> str:
    return catalogo.indicador(clave).nombre


def _cortos(claves: Sequence[str]) -> dict[str, str]:
    """Cómo se distinguen los delitos de un eje: por lo que se cuenta o, si de eso hay varios, por su nombre."""
    unidades = [catalogo.indicador(clave).unidad_dicha for clave in claves]
    return {
        clave: CORTA.get(unidad, unidad)
        if unidades.count(unidad) == 1
        else catalogo.indicador(clave).nombre_corto.removesuffix(" (CL)")
        for clave, unidad in zip(claves, unidades, strict=True)
    }


def _de_fuente(clave: str) -> str:
    uno = catalogo.indicador(clave)
    return f"{uno.unidad_dicha} ({uno.fuente.upper()})"
