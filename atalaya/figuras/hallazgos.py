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
from atalaya.idiomas import Rotulos, anotado, tr, tr_n

MARCAS: Final = {"sube": "▲", "baja": "▼"}
MARCAS_SOLAS: Final = {"sube": "△", "baja": "▽"}
"""Resiste la corrección por probar mucho a la vez; o sólo supera su propio margen."""

VISIBLES: Final = 5
"""Cuántos cambios se escriben de cada serie; los demás van en la figura, la tabla y la descarga."""

_NOTA_EVOLUCION: Final = anotado(
    "Cada cifra se prueba contra la del periodo anterior y la de un año antes, al {nivel:g} % de confianza; el "
    "veredicto descuenta que en cada serie son muchas pruebas a la vez (Holm). ± es el margen de cada cambio por "
    "separado. Los periodos se toman por independientes, como hace INEGI. Nada se prueba a través de un hueco ni de un "
    "cambio de serie."
)


def nota_evolucion() -> str:
    """Con qué regla se prueban los cambios de una serie."""
    return tr(_NOTA_EVOLUCION, nivel=NIVEL)


def de_comparar(foco: str, probadas: pd.DataFrame) -> list[str]:
    """Frases sobre la ciudad `foco` (su nombre) contra las demás; `probadas`: la de `pruebas.frente_al_foco`."""
    frases = []
    for veredicto, una, varias, union in _COMPARAR:
        grupo = probadas[probadas["veredicto"] == veredicto].to_dict("records")
        if not grupo:
            continue
        if len(grupo) == 1:
            frases.append(tr(una, foco=foco, otra=_nombre(grupo[0]), puntos=_puntos(grupo[0])))
        else:
            # Con «; » porque los nombres llevan detrás su cifra.
            enlace = tr(" en ") if veredicto in ("mayor", "menor") else ", "
            dichos = [f"{tr(union)} {_nombre(f)}{enlace}{_puntos(f)}" for f in grupo]
            frases.append(tr(varias, foco=foco, otras="; ".join(dichos)))
    for veredicto, motivo in _SIN_PRUEBA.items():
        grupo = probadas[(probadas["veredicto"] == veredicto) & probadas["diferencia"].notna()].to_dict("records")
        if grupo:
            frases.append(
                tr(
                    "Sin prueba frente a {nombre}: {motivo}.",
                    nombre=textos.lista([_nombre(f) for f in grupo]),
                    motivo=motivo,
                )
            )
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
        tr(
            "{dichas}. La diferencia entre las dos encuestas mezcla la realidad con el método: no se prueba.",
            dichas="; ".join(dichas),
        )
        if dichas
        else ""
    )


def nota_comparar(probadas: pd.DataFrame) -> str:
    """Con qué se probó: el nivel, cuántas pruebas y qué quiere decir ±."""
    cuantas = int(probadas["p"].notna().sum())
    if not cuantas:
        return ""
    varias = (
        tr("; el veredicto descuenta que son {cuantas} pruebas a la vez (Holm)", cuantas=cuantas) if cuantas > 1 else ""
    )
    return tr(
        "Al {nivel:g} % de confianza. ± es el margen de cada diferencia por separado{varias}.",
        nivel=NIVEL,
        varias=varias,
    )


def de_evolucion(probados: pd.DataFrame, nombre: str) -> list[str]:
    """Frases sobre los cambios de una serie; `probados`: sus filas de `pruebas.cambios`."""
    con_prueba = probados[probados["p"].notna()]
    if con_prueba.empty:
        return [tr("**{nombre}**: no hay dos periodos comparables con cifra y error.", nombre=nombre)]
    firmes = con_prueba[con_prueba["veredicto"].isin(MARCAS)].to_dict("records")
    solos = con_prueba[con_prueba["veredicto"] == "no_con_holm"].to_dict("records")
    cuantas = tr_n("{n} comparación", "{n} comparaciones", len(con_prueba), n=len(con_prueba))
    if firmes:
        dicho = tr("{lista_de_cambios}: más que el error muestral", lista_de_cambios=_lista_de_cambios(firmes))
    elif solos:
        dicho = tr("ningún cambio supera el error muestral al descontar que son {cuantas}", cuantas=cuantas)
    else:
        dicho = tr("ningún cambio supera el error muestral, en {cuantas}", cuantas=cuantas)
    if solos:
        dicho += tr(
            ". Sólo por separado superan su margen, y no basta: {lista_de_cambios}",
            lista_de_cambios=_lista_de_cambios(solos),
        )
    return [f"**{nombre}**: {dicho}."]


def _lista_de_cambios(filas: Sequence[Any]) -> str:
    """Los más recientes, y cuántos más hay en la tabla."""
    orden = sorted(filas, key=lambda f: (periodos.clave_orden(f["periodo"]), periodos.clave_orden(f["desde"])))[::-1]
    dichos = [_cambio(f) for f in orden[:VISIBLES]]
    resto = len(orden) - VISIBLES
    return "; ".join(dichos) + (tr("; y {resto} más antes", resto=resto) if resto > 0 else "")


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
        return tr("sin otro lugar posible")
    return tr("entre {bajo} y {alto}", bajo=textos.ordinal(bajo), alto=textos.ordinal(alto))


def con_rango(fila: Any) -> bool:
    """Si la fila trae intervalo de rangos."""
    return pd.notna(fila.get("rango_inf")) and pd.notna(fila.get("rango_sup"))


def de_lugar(fila: Any) -> str:
    """Qué se sabe del lugar de una ciudad: de cuántas la separa la prueba y de cuántas no se distingue."""
    total = int(fila["lugares_con_cifra"])
    if not con_rango(fila):
        return tr("**{nombre}**: sin error de su cifra no se sabe entre qué lugares está.", nombre=fila["nombre"])
    arriba, abajo = int(fila["rango_inf"]) - 1, total - int(fila["rango_sup"])
    propios = int(fila["renglones"])
    entre = total - arriba - abajo - propios
    return tr(
        "**{nombre}**: {de_clasificacion} de {total:,}. Hay {lugares} con cifra mayor y {lugares_2} con "
        "cifra menor, más allá del error; no se distingue de {dicho} {entre:,}.",
        nombre=fila["nombre"],
        de_clasificacion=de_clasificacion(fila),
        total=total,
        lugares=_lugares(arriba),
        lugares_2=_lugares(abajo),
        dicho=tr("los otros") if entre != 1 else tr("el otro"),
        entre=entre,
    )


def _lugares(cuantos: int) -> str:
    return tr_n("{cuantos:,} lugar", "{cuantos:,} lugares", cuantos, cuantos=cuantos)


def _nombre(fila: Any) -> str:
    return tr("la nacional") if fila["lugar"] in NACIONES else tr("la de {nombre}", nombre=fila["nombre"])


def _puntos(fila: Any) -> str:
    return f"{_puntos_de(abs(fila['diferencia']))} (±\N{NO-BREAK SPACE}{textos.numero(fila['margen'])})"


def _puntos_de(cuantos: float) -> str:
    dicho = tr_n("{cuantos:.1f} punto", "{cuantos:.1f} puntos", round(cuantos, 1), cuantos=cuantos)
    return dicho.replace(" ", "\N{NO-BREAK SPACE}")


def _cambio(fila: Any) -> str:
    verbo = tr("subió") if fila["diferencia"] > 0 else tr("bajó")
    desde, hasta = periodos.corto(fila["desde"]), periodos.corto(fila["periodo"])
    return tr("{verbo} {puntos} de {desde} a {hasta}", verbo=verbo, puntos=_puntos(fila), desde=desde, hasta=hasta)


_SIN_PRUEBA: Final = Rotulos(
    {
        "comparten": "una es parte de la otra y no se sabe cuánto comparten, así que no son muestras independientes",
        "sin_prueba": "falta el error de una de las dos",
    }
)
_COMPARAR: Final = (
    (
        "mayor",
        anotado("La cifra de {foco} supera a {otra} en {puntos}: más que el error muestral."),
        anotado("La cifra de {foco} supera, más allá del error muestral, {otras}."),
        anotado("a"),
    ),
    (
        "menor",
        anotado("La cifra de {foco} es menor que {otra} en {puntos}: más que el error muestral."),
        anotado("La cifra de {foco} es menor, más allá del error muestral, {otras}."),
        anotado("que"),
    ),
    (
        "no_con_holm",
        anotado(
            "La diferencia con {otra}, {puntos}, supera su margen pero no la prueba conjunta: no basta para afirmarla."
        ),
        anotado("Superan su margen, pero no la prueba conjunta, y no basta para afirmarlas, las diferencias {otras}."),
        anotado("con"),
    ),
    (
        "no_se_distingue",
        anotado("No se distingue de {otra}: difieren {puntos}, dentro del error muestral."),
        anotado("No se distingue, porque difieren menos que el error muestral, {otras}."),
        anotado("de"),
    ),
)
