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

Fila = Mapping[Any, Any]
CONTRA: Final = {"previo": "el periodo anterior", "anual": "un año antes"}
EXPERIMENTAL: Final = "experimental, de áreas pequeñas"
_SIN_PRUEBA: Final = "sin cambio probado: falta con qué compararla o su error"


def parrafo(nombre: str, de_encuesta: Sequence[Fila], de_registro: Sequence[Fila], faltas: Sequence[str]) -> str:
    """El párrafo entero; `faltas`: las frases de lo que no hay."""
    frases = [*(encuesta(fila) for fila in de_encuesta), *(registro(fila) for fila in de_registro), *faltas]
    return f"**{nombre}.** " + " ".join(frases) if frases else f"**{nombre}.** No hay ninguna cifra suya en el acervo."


def encuesta(fila: Fila) -> str:
    """Una cifra de encuesta: cuánto, con qué intervalo, frente a la nación, si cambió y en qué lugar está."""
    uno = catalogo.indicador(fila["indicador"])
    origen = f"{uno.fuente.upper()}, {periodos.nombre_mes(fila['periodo'])}"
    if fila["metodo"] == "experimental":
        origen += f", {EXPERIMENTAL}"
    sin_error = bool(pd.isna(fila["ic_inf"]))
    rango: str = "sin error conocido" if sin_error else f"de {textos.intervalo(fila['ic_inf'], fila['ic_sup'])} al 95 %"
    dicho = f"{uno.nombre}: {textos.cifra(fila)}, {rango} ({origen})"
    partes = [frente(fila), cambio(fila), puesto(fila)]
    return "; ".join([dicho, *(parte for parte in partes if parte)]) + "."


def frente(fila: Fila) -> str:
    """«supera a la nacional, 46.4 %», «es menor que», «no se distingue de»; vacía si no se probó."""
    veredicto = fila.get("frente_veredicto")
    nacional = f"la nacional, {textos.pct(fila.get('nacional_pct'))}"
    dichos = {
        "mayor": f"supera a {nacional}",
        "menor": f"es menor que {nacional}",
        "no_se_distingue": f"no se distingue de {nacional}",
        "no_con_holm": f"no se distingue de {nacional}",
        "comparten": f"sin prueba frente a {nacional}, porque falta su error"
        if pd.isna(fila["ic_inf"])
        else f"sin prueba frente a {nacional}, porque es parte de ella y no se sabe cuánto comparten",
        "sin_prueba": f"sin prueba frente a {nacional}, porque falta el error de una de las dos",
    }
    return dichos.get(veredicto, "") if isinstance(veredicto, str) else ""


def cambio(fila: Fila) -> str:
    """Qué cambió desde el periodo anterior y desde un año antes: sólo lo que resiste la prueba es «subió» o «bajó»."""
    dichos: dict[str, list[str]] = {}
    for contra, cuando in CONTRA.items():
        veredicto = fila.get(f"cambio_{contra}")
        if veredicto in hallazgos.MARCAS:
            verbo = "subió" if veredicto == "sube" else "bajó"
            puntos = textos.numero(abs(fila[f"diferencia_{contra}"]))
            dichos.setdefault(f"{verbo} {puntos} puntos desde", []).append(cuando)
        elif veredicto in ("sin_cambio", "no_con_holm"):
            dichos.setdefault("no cambió más que su error desde", []).append(cuando)
        elif veredicto == RUPTURA:
            dichos.setdefault("por una ruptura de la serie no se calcula el cambio desde", []).append(cuando)
    partes = [f"{que} {textos.lista(cuandos)}" for que, cuandos in dichos.items()]
    return "; ".join(partes) or _SIN_PRUEBA


def puesto(fila: Fila) -> str:
    """«de mayor a menor es 24.º de 76, entre 12.º y 38.º»; vacía si no hay clasificación."""
    if pd.isna(fila.get("posicion")):
        return ""
    dicho = f"de mayor a menor es {textos.puesto(fila['posicion'], fila['lugares_con_cifra'])}"
    return f"{dicho}, {hallazgos.rango(fila)}" if hallazgos.con_rango(fila) else f"{dicho}, sin intervalo de rangos"


def registro(fila: Fila) -> str:
    """Un conteo: casos, tasa, intervalo y si cambió desde el año anterior más que el azar."""
    uno = catalogo.indicador(fila["indicador"])
    que = uno.nombre if uno.nombre.casefold().startswith(uno.unidad) else f"{uno.nombre}, {uno.unidad}"
    tasa = (
        f"{textos.numero(fila['tasa_100k'])} por 100 mil habitantes, de "
        f"{textos.intervalo(fila['tasa_inf'], fila['tasa_sup'])}"
    )
    pocos = f" (con menos de {POCOS} casos es poco preciso)" if fila["casos"] < POCOS else ""
    origen = f"{uno.fuente.upper()}, {fila['periodo']}"
    return f"{que}: {textos.entero(fila['casos'])}, {tasa} ({origen}){pocos}; {cambio_registro(fila)}."


def cambio_registro(fila: Fila) -> str:
    """«la tasa bajó 31.3 % …» sólo si supera el azar de los conteos."""
    veredicto, desde = fila.get("veredicto"), fila.get("desde")
    if not isinstance(veredicto, str) or not isinstance(desde, str):
        return "sin año anterior entero con que compararlo"
    if veredicto == RUPTURA:
        return f"no se calcula el cambio desde {desde}, porque cambia la serie"
    if not fila["casos_desde"] > 0:
        return f"en {desde} no hubo casos: no hay cambio que medir"
    cifra = f"{con_mas(fila['cambio_pct'])}, de {con_mas(fila['cambio_inf'])} a {con_mas(fila['cambio_sup'])}"
    if veredicto in hallazgos.MARCAS:
        return f"la tasa {'subió' if veredicto == 'sube' else 'bajó'} desde {desde} más que el azar ({cifra})"
    return f"no se distingue un cambio desde {desde} ({cifra})"
