"""Comparar cifras que ya tienen error: dos lugares, dos periodos, y un intervalo con otro nivel o convención.

Las cifras son filas con `valor_pct`, `error_estandar` (puntos) y `gl`, como las da la vista `estimacion_con_error`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray

from atalaya import catalogo, periodos
from atalaya.catalogo import Ruptura
from atalaya.estadistica import inferencia
from atalaya.idiomas import tr

Reales = NDArray[np.float64]
Fila = Mapping[str, Any]
Convencion = Literal["logit", "normal"]

PAIS: Final = "pais"
EXPERIMENTAL: Final = "experimental"
VEREDICTOS: Final = ("sube", "baja", "sin_cambio", "sin_prueba", "no_comparable")


def diferencias(
    a: Sequence[Fila], b: Sequence[Fila], nivel: float, covarianza: ArrayLike = 0.0
) -> dict[str, NDArray[Any]]:
    """Cada b − a con su prueba: diferencia, error_estandar, ic_inf, ic_sup (puntos), gl, p, p_holm, veredicto.

    `covarianza` (puntos²): cero si las muestras son independientes. gl, los de Satterthwaite (1946). Donde falta un
    error, todo menos la diferencia es NaN y el veredicto, `sin_prueba`.
    """
    valor_a, error_a, gl_a = (_columna(a, campo) for campo in ("valor_pct", "error_estandar", "gl"))
    valor_b, error_b, gl_b = (_columna(b, campo) for campo in ("valor_pct", "error_estandar", "gl"))
    diferencia = valor_b - valor_a
    varianza_a, varianza_b = error_a**2, error_b**2
    varianza = varianza_a + varianza_b - 2 * np.asarray(covarianza, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        error = np.sqrt(np.where(varianza > 0, varianza, np.nan))
        gl = (varianza_a + varianza_b) ** 2 / (varianza_a**2 / _gl(gl_a) + varianza_b**2 / _gl(gl_b))
        valor_p = inferencia.valor_p(diferencia / error, gl)
    radio = inferencia.cuantil_t(nivel, gl) * error
    return {
        "diferencia": diferencia,
        "error_estandar": error,
        "ic_inf": diferencia - radio,
        "ic_sup": diferencia + radio,
        "gl": np.floor(gl),
        "p": valor_p,
        "p_holm": inferencia.holm(valor_p),
        "veredicto": inferencia.veredictos(diferencia, valor_p, nivel),
    }


def parte_comun(a: Fila, b: Fila) -> float | None:
    """Covarianza (puntos²) de dos lugares de la misma encuesta y periodo; None si comparten gente y no se sabe cuánta.

    Distintos, son muestras independientes: cero. Si uno es parte del otro (Torreón de La Laguna, una ciudad del país),
    el todo es la parte con peso w y lo demás con 1−w, y la covarianza es w por la varianza de la parte.
    """
    parte = next(((x, todo) for x, todo in ((a, b), (b, a)) if es_parte(x["lugar"], todo["lugar"])), None)
    if parte is None:
        return None if _se_cruzan(a["lugar"], b["lugar"]) else 0.0
    dentro, todo = parte
    if not dentro["denominador"] or not todo["denominador"] or dentro["error_estandar"] is None:
        return None
    return float(dentro["denominador"] / todo["denominador"] * dentro["error_estandar"] ** 2)


def ruptura_entre(fuente: str, lugar: str, indicador: str, de: str, a: str) -> Ruptura | None:
    """La primera ruptura de tipo `cambio` que queda entre dos periodos de la serie de un lugar; None si no hay."""
    inicio, fin = periodos.clave_orden(de), periodos.clave_orden(a)
    alcanzan = (r for r in catalogo.rupturas() if r.tipo == "cambio" and r.alcanza(fuente, lugar, indicador))
    return next((r for r in alcanzan if inicio < periodos.clave_orden(r.periodo) <= fin), None)


def cambia_de_metodo(antes: Fila, despues: Fila) -> bool:
    """Si sólo una de las dos cifras es experimental (áreas pequeñas): su diferencia mezcla el cambio con el método."""
    return (antes.get("metodo") == EXPERIMENTAL) != (despues.get("metodo") == EXPERIMENTAL)


def avisos_entre(fuente: str, indicador: str, de: str, a: str) -> list[str]:
    """Lo que hay que decir al comparar dos periodos de un indicador, aunque no lo impida."""
    inicio, fin = periodos.clave_orden(de), periodos.clave_orden(a)
    return [
        f"{r.periodo}: {r.descripcion}"
        for r in catalogo.rupturas()
        if r.tipo == "aviso" and not r.lugar and r.alcanza(fuente, "", indicador)
        if inicio < periodos.clave_orden(r.periodo) <= fin
    ]


def con_intervalo(filas: Sequence[Fila], nivel: float, convencion: Convencion = "logit") -> list[dict[str, Any]]:
    """Las filas con `ic_inf`, `ic_sup` y `nivel_confianza` a otro nivel; la que no tiene error queda como estaba.

    `logit`: t de Student en la escala logit. `normal`: valor ± z·error, la convención de INEGI, sin salir de 0 a 100.
    """
    valor, error, gl = (_columna(filas, campo) for campo in ("valor_pct", "error_estandar", "gl"))
    if convencion == "normal":
        radio = inferencia.cuantil_t(nivel, np.inf) * error
        extremos = np.clip(valor - radio, 0, 100), np.clip(valor + radio, 0, 100)
    else:
        extremos = tuple(100 * x for x in inferencia.intervalo_logit(valor / 100, error / 100, _gl(gl), nivel))  # type: ignore[assignment]
    return [
        {**fila, "ic_inf": float(inf), "ic_sup": float(sup), "nivel_confianza": float(nivel)}
        if np.isfinite(inf)
        else dict(fila)
        for fila, inf, sup in zip(filas, *extremos, strict=True)
    ]


def en_palabras(nombre_a: str, nombre_b: str, resultado: Fila, nivel: float) -> str:
    """La comparación como se dice: «B está 5.3 puntos arriba de A; la diferencia supera el error muestral (…)»."""
    if resultado["veredicto"] == "no_comparable":
        return tr(
            "{nombre_a} y {nombre_b} comparten entrevistas: no se comparan como muestras independientes.",
            nombre_a=nombre_a,
            nombre_b=nombre_b,
        )
    puntos = resultado["diferencia"]
    sentido = tr("arriba") if puntos > 0 else tr("abajo")
    dicho = (
        tr("{nombre_b} y {nombre_a} tienen el mismo valor", nombre_b=nombre_b, nombre_a=nombre_a)
        if round(puntos, 1) == 0
        else tr(
            "{nombre_b} está {puntos:.1f} puntos {sentido} de {nombre_a}",
            nombre_b=nombre_b,
            puntos=abs(puntos),
            sentido=sentido,
            nombre_a=nombre_a,
        )
    )
    if resultado["veredicto"] == "sin_prueba":
        return tr("{dicho}; sin error muestral de las dos no se sabe si la diferencia es real.", dicho=dicho)
    if resultado["veredicto"] == "sin_cambio":
        return tr(
            "{dicho}; la diferencia no se distingue del error muestral ({nivel:g} % de confianza).",
            dicho=dicho,
            nivel=nivel,
        )
    return tr("{dicho}; la diferencia supera el error muestral ({nivel:g} % de confianza).", dicho=dicho, nivel=nivel)


def _columna(filas: Sequence[Fila], campo: str) -> Reales:
    return np.array([np.nan if fila[campo] is None else fila[campo] for fila in filas], dtype=float)


def _gl(grados: Reales) -> Reales:
    """Sin gl publicados, el error se toma por bien conocido: infinitos."""
    return np.where(np.isnan(grados), np.inf, grados)


def _municipios(lugar: str) -> set[str]:
    return set(catalogo.municipios_de(lugar))


def es_parte(uno: str, otro: str) -> bool:
    """Si `uno` está dentro de `otro`: un municipio de su entidad o de un área mayor, cualquiera de su país."""
    todo = catalogo.lugar(otro)
    if todo.tipo == PAIS:
        return uno != otro and uno.startswith(otro)
    if todo.tipo == "entidad":
        return uno != otro and catalogo.lugar(uno).entidad == otro
    return bool(_municipios(uno)) and _municipios(uno) < _municipios(otro)


def _se_cruzan(uno: str, otro: str) -> bool:
    return uno == otro or bool(_municipios(uno) & _municipios(otro))
