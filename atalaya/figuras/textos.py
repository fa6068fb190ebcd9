"""Cómo se dicen las cifras en el idioma de quien mira: en español, punto decimal y coma de millares, como en México."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from atalaya import idiomas
from atalaya.idiomas import Rotulos, tr

ESTADO: Final = Rotulos(
    {
        "dato": "",
        "no_aplica": "no aplica",
        "no_disponible": "sin dato",
        "suprimido": "suprimida por imprecisa",
        "no_levantado": "no se levantó",
        "no_incorporado": "falta su archivo",
        "no_publicado": "no publicado",
        "no_registrado": "no se registra",
        "aun_no_publicado": "aún no publicado",
        "fuera_del_archivo": "no está en el archivo",
        "sin_denominador": "sin población",
        "sin_base": "sin año base",
        "ruptura": "cambia la serie",
    }
)
"""Cada ausencia con su nombre; ninguna es cero. `no_incorporado`: el acervo no tiene el libro de ese periodo.
`no_publicado`: el libro está, pero no da esa cifra para ese lugar. `suprimido`: la regla de precisión no la
deja publicar. De los conteos: `no_registrado`, `aun_no_publicado`, `fuera_del_archivo`; de sus tasas y cambios, los
tres últimos."""

CAUSA: Final = Rotulos(
    {
        "no_aplica": "La oficina escribió NA: no hay policía municipal (alcaldías), o la pregunta no se le hace.",
        "no_disponible": "La oficina escribió ND: la cifra existe pero no la publica.",
        "suprimido": "La regla de precisión, la de su oficina o la elegida aquí, no deja publicarla.",
        "no_levantado": "La encuesta no se levantó, o no daba cifra propia de ese lugar.",
        "no_incorporado": "Atalaya no tiene el archivo que da ese periodo de ese tipo de lugar; se puede pedir.",
        "no_publicado": "La oficina no publicó esta cifra de ese lugar en ese periodo.",
        "no_registrado": "La autoridad de ese lugar no registra ese delito: sus ceros son falta de registro, "
        "no ausencia.",
        "aun_no_publicado": "Es posterior a lo último que la fuente ha publicado de ese tipo de lugar.",
        "fuera_del_archivo": "Los archivos que trae Atalaya no dan ese lugar en ese periodo; puede estar en otros.",
        "sin_denominador": "Hay casos, pero no población de ese lugar y año con ese denominador: sin ella no hay tasa.",
        "sin_base": "El lugar no tiene casos contados en el año base, o son cero: no hay contra qué medir el cambio.",
        "ruptura": "Entre el año base y ese periodo cambia la serie: no se calcula el cambio.",
    }
)

PRECISION: Final = Rotulos(
    {
        "alta": "alta (CV menor a 15 %)",
        "moderada": "moderada (CV de 15 a menos de 30 %)",
        "baja": "baja (CV de 30 % o más)",
    }
)

REGLA: Final = Rotulos(
    {
        "inegi": "INEGI: coeficiente de variación menor a 15 % alta, de 15 a menos de 30 % moderada, de 30 % "
        "o más baja",
        "ine_chile": "INE Chile (2020): 60 entrevistas, 9 grados de libertad y error estándar hasta p^(2/3)/9; si "
        "no, se suprime o se publica como poco fiable (moderada)",
        "cepal": "CEPAL (2023): 100 entrevistas, 60 efectivas y 9 grados de libertad; coeficiente de "
        "variación hasta 20 % "
        "alta, hasta 30 % moderada; lo demás se suprime",
    }
)
"""Qué exige cada regla de precisión (atalaya.estadistica.precision)."""


def pct(valor: float | None, decimales: int = 1) -> str:
    """«55.9 %», con espacio que no se parte; raya si no hay cifra."""
    if valor is None or pd.isna(valor):
        return "—"
    # Sólo el español separa el signo (Ortografía de la lengua española, RAE 2010).
    espacio = "\N{NO-BREAK SPACE}" if idiomas.actual() == idiomas.OMISION else ""
    return f"{idiomas.numero(valor, f',.{decimales}f')}{espacio}%"


def con_signo(valor: float, decimales: int = 2) -> str:
    """«+0.04», «−0.40», con el signo menos de los números; el que redondea a cero, sin signo."""
    dicho = idiomas.numero(valor, f"+.{decimales}f")
    return dicho[1:] if not round(valor, decimales) else dicho.replace("-", "\N{MINUS SIGN}")


def numero(valor: float | None, decimales: int = 1) -> str:
    """«1,234.5»; raya si no hay cifra."""
    return "—" if valor is None or pd.isna(valor) else idiomas.numero(valor, f",.{decimales}f")


def entero(valor: float | None) -> str:
    """«1,031,422»; raya si no hay cifra."""
    return "—" if valor is None or pd.isna(valor) else idiomas.numero(round(valor), ",")


def ordinal(lugar: int) -> str:
    """«24.º»."""
    return idiomas.ordinal(lugar)


def puesto(posicion: float, de_cuantos: float) -> str:
    """«24.º de 76», sin que se parta."""
    return tr("{posicion} de {de_cuantos:,}", posicion=ordinal(int(posicion)), de_cuantos=int(de_cuantos)).replace(
        " ", "\N{NO-BREAK SPACE}"
    )


def cifra(fila: Mapping[Any, Any] | pd.Series, decimales: int = 1) -> str:
    """La cifra como se lee: «12.3 % (precisión baja)», o el nombre de la ausencia."""
    return decir(fila["estado"], fila["valor_pct"], fila.get("precision"), decimales)


def decir(estado: str, valor_pct: float, precision: object, decimales: int = 1) -> str:
    """Como `cifra`, con sus tres partes sueltas."""
    if estado != "dato":
        return ESTADO[estado]
    dicho = pct(valor_pct, decimales)
    return (
        tr("{dicho} (precisión {precision})", dicho=dicho, precision=tr(str(precision)))
        if precision in ("moderada", "baja")
        else dicho
    )


def etiqueta(estado: str, valor_pct: float, precision: object) -> str:
    """Lo que se escribe junto al punto: «55.9», «12.3 moderada»; vacía si no hay cifra."""
    if estado != "dato":
        return ""
    return numero(valor_pct) + (f" {tr(str(precision))}" if precision in ("moderada", "baja") else "")


def intervalo(ic_inf: float | None, ic_sup: float | None, decimales: int = 1) -> str:
    """«48.8 a 62.9»; raya si no hay intervalo."""
    if ic_inf is None or ic_sup is None or pd.isna(ic_inf):
        return "—"
    dicho = tr("{desde} a {hasta}", desde=numero(ic_inf, decimales), hasta=numero(ic_sup, decimales))
    return dicho.replace(" ", "\N{NO-BREAK SPACE}")


def nombres(lugares: Sequence[str], tope: int = 40) -> str:
    """Los lugares de un aviso: todos o, si son demasiados para leerse, cuántos."""
    return lista(lugares) if len(lugares) <= tope else tr("{lugares:,} lugares", lugares=len(lugares))


def lista(cosas: Sequence[str]) -> str:
    """«a, b y c» («e» ante sonido i)."""
    if len(cosas) < 2:
        return "".join(cosas)
    ultima = cosas[-1]
    if idiomas.actual() != idiomas.OMISION:
        return tr("{primeras} y {ultima}", primeras=", ".join(cosas[:-1]), ultima=ultima)
    inicio = ultima.casefold().lstrip("«")
    suena_i = re.match(r"(h?[ií])(?![aáeéoó])", inicio)  # «e Iztapalapa», pero «y Hierro»
    union = "e" if suena_i else "y"
    return f"{', '.join(cosas[:-1])} {union} {ultima}"
