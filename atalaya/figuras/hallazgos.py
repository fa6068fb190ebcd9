"""Lo probado, en palabras: qué diferencias, cambios y lugares superan el error muestral, y cuáles no.

Cada función devuelve frases en Markdown, listas para leerse debajo de la figura o, sin marcas, en su texto alternativo.
Ningún verbo dice más que la prueba: «supera» sólo si la resiste; si no, «no se distingue».
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from atalaya import periodos
from atalaya.estadistica.pruebas import NIVEL
from atalaya.figuras import textos
from atalaya.figuras.cobertura import NACIONES

MARCAS: Final = {"sube": "▲", "baja": "▼"}
MARCAS_SOLAS: Final = {"sube": "△", "baja": "▽"}
"""Resiste la corrección por probar mucho a la vez; o sólo supera su propio margen."""

VISIBLES: Final = 5
"""Cuántos cambios se escriben de cada serie; los demás van en la figura, la tabla y la descarga."""

NOTA_EVOLUCION: Final = (
    f"Cada cifra se prueba contra la del periodo anterior y la de un año antes, al {NIVEL:g} % de confianza; el "
    "veredicto descuenta que en cada serie son muchas pruebas a la vez (Holm). ± es el margen de cada cambio por "
    "separado. Los periodos se toman por independientes, como hace INEGI. Nada se prueba a través de un hueco ni de un "
    "cambio de serie."
)


def de_comparar(foco: str, probadas: pd.DataFrame) -> list[str]:
    """Frases sobre la ciudad `foco` (su nombre) contra las demás; `probadas`: la de `pruebas.frente_al_foco`."""
    frases = []
    for veredicto, una, varias, union in _COMPARAR:
        grupo = probadas[probadas["veredicto"] == veredicto].to_dict("records")
        if not grupo:
            continue
        if len(grupo) == 1:
            frases.append(una.format(foco=foco, otra=_nombre(grupo[0]), puntos=_puntos(grupo[0])))
        else:
            # Con «; » porque los nombres llevan detrás su cifra.
            enlace = " en " if veredicto in ("mayor", "menor") else ", "
            dichos = [f"{union} {_nombre(f)}{enlace}{_puntos(f)}" for f in grupo]
            frases.append(varias.format(foco=foco, otras="; ".join(dichos)))
    for veredicto, motivo in _SIN_PRUEBA.items():
        grupo = probadas[(probadas["veredicto"] == veredicto) & probadas["diferencia"].notna()].to_dict("records")
        if grupo:
            frases.append(f"Sin prueba frente a {textos.lista([_nombre(f) for f in grupo])}: {motivo}.")
    return frases


def de_frontera(filas: pd.DataFrame, encuestas: dict[str, str]) -> str:
    """Las cifras de dos encuestas, cada una con su intervalo y su periodo, y por qué su diferencia no se prueba.

    `filas`: una por lugar con cifra; `encuestas`: indicador → siglas.
    """
    dichas = []
    for f in filas.to_dict("records"):
        intervalo = "" if pd.isna(f["ic_inf"]) else f" ({textos.intervalo(f['ic_inf'], f['ic_sup'])})"
        cuando = periodos.nombre_mes(f["periodo"])
        dichas.append(f"{f['nombre']}, {textos.pct(f['valor_pct'])}{intervalo}, {encuestas[f['indicador']]}, {cuando}")
    return (
        f"{'; '.join(dichas)}. La diferencia entre las dos encuestas mezcla la realidad con el método: no se prueba."
        if dichas
        else ""
    )


def nota_comparar(probadas: pd.DataFrame) -> str:
    """Con qué se probó: el nivel, cuántas pruebas y qué quiere decir ±."""
    cuantas = int(probadas["p"].notna().sum())
    if not cuantas:
        return ""
    varias = f"; el veredicto descuenta que son {cuantas} pruebas a la vez (Holm)" if cuantas > 1 else ""
    return f"Al {NIVEL:g} % de confianza. ± es el margen de cada diferencia por separado{varias}."


def de_evolucion(probados: pd.DataFrame, nombre: str) -> list[str]:
    """Frases sobre los cambios de una serie; `probados`: sus filas de `pruebas.cambios`."""
    con_prueba = probados[probados["p"].notna()]
    if con_prueba.empty:
        return [f"**{nombre}**: no hay dos periodos comparables con cifra y error."]
    firmes = con_prueba[con_prueba["veredicto"].isin(MARCAS)].to_dict("records")
    solos = con_prueba[con_prueba["veredicto"] == "no_con_holm"].to_dict("records")
    cuantas = f"{len(con_prueba)} {'comparación' if len(con_prueba) == 1 else 'comparaciones'}"
    if firmes:
        dicho = f"{_lista_de_cambios(firmes)}: más que el error muestral"
    elif solos:
        dicho = f"ningún cambio supera el error muestral al descontar que son {cuantas}"
    else:
        dicho = f"ningún cambio supera el error muestral, en {cuantas}"
    if solos:
        dicho += f". Sólo por separado superan su margen, y no basta: {_lista_de_cambios(solos)}"
    return [f"**{nombre}**: {dicho}."]


def _lista_de_cambios(filas: Sequence[Any]) -> str:
    """Los más recientes, y cuántos más hay en la tabla."""
    orden = sorted(filas, key=lambda f: (periodos.clave_orden(f["periodo"]), periodos.clave_orden(f["desde"])))[::-1]
    dichos = [_cambio(f) for f in orden[:VISIBLES]]
    resto = len(orden) - VISIBLES
    return "; ".join(dichos) + (f"; y {resto} más antes" if resto > 0 else "")


def de_clasificacion(fila: Any) -> str:
    """«24.º, entre 12.º y 38.º», o «24.º» si no hay intervalo de rangos."""
    if pd.isna(fila["posicion"]):
        return "—"
    puesto = textos.ordinal(int(fila["posicion"]))
    return f"{puesto}, {rango(fila)}" if con_rango(fila) else puesto


def rango(fila: Any) -> str:
    """«entre 12.º y 38.º»; «sin moverse» si el intervalo es un solo lugar."""
    bajo, alto = int(fila["rango_inf"]), int(fila["rango_sup"])
    if bajo == alto:
        return "sin otro lugar posible"
    return f"entre {textos.ordinal(bajo)} y {textos.ordinal(alto)}"


def con_rango(fila: Any) -> bool:
    """Si la fila trae intervalo de rangos."""
    return pd.notna(fila.get("rango_inf")) and pd.notna(fila.get("rango_sup"))


def de_lugar(fila: Any) -> str:
    """Qué se sabe del lugar de una ciudad: de cuántas la separa la prueba y de cuántas no se distingue."""
    total = int(fila["lugares_con_cifra"])
    if not con_rango(fila):
        return f"**{fila['nombre']}**: sin error de su cifra no se sabe entre qué lugares está."
    arriba, abajo = int(fila["rango_inf"]) - 1, total - int(fila["rango_sup"])
    propios = int(fila["renglones"])
    entre = total - arriba - abajo - propios
    return (
        f"**{fila['nombre']}**: {de_clasificacion(fila)} de {total:,}. Hay {_lugares(arriba)} con cifra mayor y "
        f"{_lugares(abajo)} con cifra menor, más allá del error; no se distingue de "
        f"{'los otros' if entre != 1 else 'el otro'} {entre:,}."
    )


def _lugares(cuantos: int) -> str:
    return f"{cuantos:,} {'lugar' if cuantos == 1 else 'lugares'}"


def _nombre(fila: Any) -> str:
    return "la nacional" if fila["lugar"] in NACIONES else f"la de {fila['nombre']}"


def _puntos(fila: Any) -> str:
    return f"{_puntos_de(abs(fila['diferencia']))} (±\N{NO-BREAK SPACE}{fila['margen']:.1f})"


def _puntos_de(cuantos: float) -> str:
    return f"{cuantos:.1f} {'punto' if f'{cuantos:.1f}' == '1.0' else 'puntos'}".replace(" ", "\N{NO-BREAK SPACE}")


def _cambio(fila: Any) -> str:
    verbo = "subió" if fila["diferencia"] > 0 else "bajó"
    desde, hasta = periodos.corto(fila["desde"]), periodos.corto(fila["periodo"])
    return f"{verbo} {_puntos(fila)} de {desde} a {hasta}"


_SIN_PRUEBA: Final = {
    "comparten": "una es parte de la otra y no se sabe cuánto comparten, así que no son muestras independientes",
    "sin_prueba": "falta el error de una de las dos",
}
_COMPARAR: Final = (
    (
        "mayor",
        "La cifra de {foco} supera a {otra} en {puntos}: más que el error muestral.",
        "La cifra de {foco} supera, más allá del error muestral, {otras}.",
        "a",
    ),
    (
        "menor",
        "La cifra de {foco} es menor que {otra} en {puntos}: más que el error muestral.",
        "La cifra de {foco} es menor, más allá del error muestral, {otras}.",
        "que",
    ),
    (
        "no_con_holm",
        "La diferencia con {otra}, {puntos}, supera su margen pero no la prueba conjunta: no basta para afirmarla.",
        "Superan su margen, pero no la prueba conjunta, y no basta para afirmarlas, las diferencias {otras}.",
        "con",
    ),
    (
        "no_se_distingue",
        "No se distingue de {otra}: difieren {puntos}, dentro del error muestral.",
        "No se distingue, porque difieren menos que el error muestral, {otras}.",
        "de",
    ),
)
