"""La ficha de un lugar en un párrafo, escrito desde sus cifras: nada que la prueba no sostenga, y lo que falta, dicho.

Funciones puras: reciben las filas de `atalaya.interfaz.datos_ficha` (la última cifra de cada indicador, con lo probado)
y devuelven Markdown. Ningún adjetivo: «supera», «es menor» y «no se distingue» son los tres veredictos que hay.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from atalaya import catalogo, periodos
from atalaya.estadistica.pruebas import RUPTURA
from atalaya.figuras import hallazgos, textos
from atalaya.figuras.conteos import con_mas
from atalaya.figuras.hallazgos_conteo import POCOS
from atalaya.idiomas import Rotulos, anotado, tr

Fila = Mapping[Any, Any]
CONTRA: Final = Rotulos({"previo": "el periodo anterior", "anual": "un año antes"})
EXPERIMENTAL: Final = anotado("experimental, de áreas pequeñas")
_SIN_PRUEBA: Final = anotado("sin cambio probado: falta con qué compararla o su error")


def parrafo(nombre: str, de_encuesta: Sequence[Fila], de_registro: Sequence[Fila], faltas: Sequence[str]) -> str:
    """El párrafo entero; `faltas`: las frases de lo que no hay."""
    frases = [*(encuesta(fila) for fila in de_encuesta), *(registro(fila) for fila in de_registro), *faltas]
    return (
        f"**{nombre}.** " + " ".join(frases)
        if frases
        else tr("**{nombre}.** No hay ninguna cifra suya en el acervo.", nombre=nombre)
    )


def encuesta(fila: Fila) -> str:
    """Una cifra de encuesta: cuánto, con qué intervalo, frente a la nación, si cambió y en qué lugar está."""
    uno = catalogo.indicador(fila["indicador"])
    origen = f"{uno.fuente.upper()}, {periodos.nombre_mes(fila['periodo'])}"
    if fila["metodo"] == "experimental":
        origen += f", {tr(EXPERIMENTAL)}"
    sin_error = bool(pd.isna(fila["ic_inf"]))
    rango: str = (
        tr("sin error conocido")
        if sin_error
        else tr("de {ic_inf} al 95 %", ic_inf=textos.intervalo(fila["ic_inf"], fila["ic_sup"]))
    )
    dicho = f"{uno.nombre}: {textos.cifra(fila)}, {rango} ({origen})"
    partes = [frente(fila), cambio(fila), puesto(fila)]
    return "; ".join([dicho, *(parte for parte in partes if parte)]) + "."


def frente(fila: Fila) -> str:
    """«supera a la nacional, 46.4 %», «es menor que», «no se distingue de»; vacía si no se probó."""
    veredicto = fila.get("frente_veredicto")
    nacional = tr("la nacional, {cual}", cual=textos.pct(fila.get("nacional_pct")))
    dichos = {
        "mayor": tr("supera a {nacional}", nacional=nacional),
        "menor": tr("es menor que {nacional}", nacional=nacional),
        "no_se_distingue": tr("no se distingue de {nacional}", nacional=nacional),
        "no_con_holm": tr("no se distingue de {nacional}", nacional=nacional),
        "comparten": tr("sin prueba frente a {nacional}, porque falta su error", nacional=nacional)
        if pd.isna(fila["ic_inf"])
        else tr(
            "sin prueba frente a {nacional}, porque es parte de ella y no se sabe cuánto comparten", nacional=nacional
        ),
        "sin_prueba": tr("sin prueba frente a {nacional}, porque falta el error de una de las dos", nacional=nacional),
    }
    return dichos.get(veredicto, "") if isinstance(veredicto, str) else ""


def cambio(fila: Fila) -> str:
    """Qué cambió desde el periodo anterior y desde un año antes: sólo lo que resiste la prueba es «subió» o «bajó»."""
    dichos: dict[str, list[str]] = {}
    for contra, cuando in CONTRA.items():
        veredicto = fila.get(f"cambio_{contra}")
        if veredicto in hallazgos.MARCAS:
            verbo = tr("subió") if veredicto == "sube" else tr("bajó")
            puntos = textos.numero(abs(fila[f"diferencia_{contra}"]))
            dichos.setdefault(tr("{verbo} {puntos} puntos desde", verbo=verbo, puntos=puntos), []).append(cuando)
        elif veredicto in ("sin_cambio", "no_con_holm"):
            dichos.setdefault(tr("no cambió más que su error desde"), []).append(cuando)
        elif veredicto == RUPTURA:
            dichos.setdefault(tr("por una ruptura de la serie no se calcula el cambio desde"), []).append(cuando)
    partes = [f"{que} {textos.lista(cuandos)}" for que, cuandos in dichos.items()]
    return "; ".join(partes) or tr(_SIN_PRUEBA)


def puesto(fila: Fila) -> str:
    """«de mayor a menor es 24.º de 76, entre 12.º y 38.º»; vacía si no hay clasificación."""
    if pd.isna(fila.get("posicion")):
        return ""
    dicho = tr("de mayor a menor es {posicion}", posicion=textos.puesto(fila["posicion"], fila["lugares_con_cifra"]))
    return (
        f"{dicho}, {hallazgos.rango(fila)}"
        if hallazgos.con_rango(fila)
        else tr("{dicho}, sin intervalo de rangos", dicho=dicho)
    )


def registro(fila: Fila) -> str:
    """Un conteo: casos, tasa, intervalo y si cambió desde el año anterior más que el azar."""
    uno = catalogo.indicador(fila["indicador"])
    que = uno.nombre if uno.nombre.casefold().startswith(uno.unidad_dicha) else f"{uno.nombre}, {uno.unidad_dicha}"
    tasa = tr(
        "{tasa_100k} por 100 mil habitantes, de {tasa_inf}",
        tasa_100k=textos.numero(fila["tasa_100k"]),
        tasa_inf=textos.intervalo(fila["tasa_inf"], fila["tasa_sup"]),
    )
    pocos = tr(" (con menos de {pocos} casos es poco preciso)", pocos=POCOS) if fila["casos"] < POCOS else ""
    origen = f"{uno.fuente.upper()}, {fila['periodo']}"
    return f"{que}: {textos.entero(fila['casos'])}, {tasa} ({origen}){pocos}; {cambio_registro(fila)}."


def cambio_registro(fila: Fila) -> str:
    """«la tasa bajó 31.3 % …» sólo si supera el azar de los conteos."""
    veredicto, desde = fila.get("veredicto"), fila.get("desde")
    if not isinstance(veredicto, str) or not isinstance(desde, str):
        return tr("sin año anterior entero con que compararlo")
    if veredicto == RUPTURA:
        return tr("no se calcula el cambio desde {desde}, porque cambia la serie", desde=desde)
    if not fila["casos_desde"] > 0:
        return tr("en {desde} no hubo casos: no hay cambio que medir", desde=desde)
    cifra = tr(
        "{cambio}, de {desde} a {hasta}",
        cambio=con_mas(fila["cambio_pct"]),
        desde=con_mas(fila["cambio_inf"]),
        hasta=con_mas(fila["cambio_sup"]),
    )
    if veredicto in hallazgos.MARCAS:
        return tr(
            "la tasa {dicho} desde {desde} más que el azar ({cifra})",
            dicho=tr("subió") if veredicto == "sube" else tr("bajó"),
            desde=desde,
            cifra=cifra,
        )
    return tr("no se distingue un cambio desde {desde} ({cifra})", desde=desde, cifra=cifra)
