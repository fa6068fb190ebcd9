"""Si el resultado que un compromiso o una transferencia debía mover se movió más que su error.

Recibe las filas de `mostrar/ligados` y las devuelve con su prueba; no las cambia. De encuesta, la diferencia de
`comparaciones`; de conteo, el cambio de su tasa con la prueba exacta de `tasas`. Nada se
calcula a través de una ruptura.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd

from atalaya import periodos
from atalaya.estadistica import comparaciones, inferencia, tasas
from atalaya.estadistica.pruebas import NIVEL, veredictos_de
from atalaya.idiomas import tr

Fila = Mapping[Any, Any]
LECTURAS: Final = ("se_movio", "al_reves", "no_se_movio", "no_se_sabe")
"""`se_movio`: hacia donde se esperaba, más que su error. `al_reves`: más que su error, hacia el otro lado."""
CIFRA: Final = ("valor_pct", "error_estandar", "gl", "casos", "meses", "poblacion", "metodo")
PRUEBA: Final = ("diferencia", "ic_inf", "ic_sup", "p")
_DE_TASA: Final = ("casos", "poblacion")


def probar(filas: Sequence[Fila], nivel: float = NIVEL) -> list[dict[str, Any]]:
    """Cada liga con diferencia, ic_inf, ic_sup, p, p_holm, veredicto, lectura, unidad_cambio y motivo.

    La diferencia va en puntos (encuesta) o en por ciento de la tasa de partida (conteo): `unidad_cambio` dice cuál.
    Holm ajusta entre los indicadores de una misma clave: basta probar muchos para que alguno se mueva. `veredicto`:
    sube, baja, sin_cambio, no_con_holm, sin_prueba, ruptura, no_comparable o sin_cifra; `motivo`: por qué.
    """
    probadas = [{**fila, **_una(fila, nivel)} for fila in filas]
    ajustadas = np.full(len(probadas), np.nan)
    claves = [fila["clave"] for fila in probadas]
    p = np.array([fila["p"] for fila in probadas], dtype=float)
    for clave in dict.fromkeys(claves):
        suyas = [k for k, otra in enumerate(claves) if otra == clave]
        ajustadas[suyas] = inferencia.holm(p[suyas])
    diferencia = np.array([fila["diferencia"] for fila in probadas], dtype=float)
    palabras = veredictos_de({"diferencia": diferencia, "p": p, "p_holm": ajustadas}, nivel, {})
    for fila, p_holm, palabra in zip(probadas, ajustadas, palabras, strict=True):
        fila["p_holm"] = float(p_holm)
        fila["veredicto"] = fila["veredicto"] or str(palabra)
        fila["lectura"] = _lectura(fila)
    return probadas


def _lectura(fila: Fila) -> str:
    if fila["veredicto"] in ("sube", "baja"):
        return "se_movio" if fila["veredicto"] == fila["sentido"] else "al_reves"
    return "no_se_movio" if fila["veredicto"] in ("sin_cambio", "no_con_holm") else "no_se_sabe"


def _una(fila: Fila, nivel: float) -> dict[str, Any]:
    """La prueba de una liga sola; `veredicto` vacío si la hay, para que lo ponga Holm."""
    conteo = bool(_valor(fila["es_conteo"]))
    antes, despues = ({campo: _valor(fila[f"{campo}_{lado}"]) for campo in CIFRA} for lado in ("de", "a"))
    nada: dict[str, Any] = dict.fromkeys(PRUEBA, np.nan) | {
        "unidad_cambio": tr("% de la tasa") if conteo else tr("puntos"),
        "veredicto": "",
        "motivo": "",
    }
    if veredicto := _impide(fila, antes, despues, conteo):
        return nada | {"veredicto": veredicto[0], "motivo": veredicto[1]}
    prueba = _de_conteo(antes, despues, nivel) if conteo else _de_encuesta(antes, despues, nivel)
    if np.isnan(prueba["p"]):
        falta = (
            tr("falta la población de uno de los dos años") if conteo else tr("falta el error de una de las dos cifras")
        )
        return nada | prueba | {"veredicto": "sin_prueba", "motivo": falta}
    return nada | prueba


def _impide(fila: Fila, antes: Fila, despues: Fila, conteo: bool) -> tuple[str, str] | None:
    """Por qué no se puede probar: veredicto y motivo; None si se puede."""
    de, a = str(fila["antes"]), str(fila["despues"])
    if _valor(fila["fuente"]) is None:
        return "sin_cifra", tr("«{indicador}» no es un indicador del catálogo", indicador=fila["indicador"])
    if periodos.clave_orden(de) >= periodos.clave_orden(a):
        return "no_comparable", tr("el periodo de llegada no es posterior al de partida")
    campo = "casos" if conteo else "valor_pct"
    if sin := [periodos.nombre_mes(p) for p, lado in ((de, antes), (a, despues)) if lado[campo] is None]:
        return "sin_cifra", tr("el acervo no trae la cifra de {sin}", sin=tr(" ni la de ").join(sin))
    fuente, lugar, indicador = (str(fila[c]) for c in ("fuente", "lugar_cifra", "indicador"))
    if ruptura := comparaciones.ruptura_entre(fuente, lugar, indicador, de, a):
        return "ruptura", tr(
            "la serie cambia en {periodo}: {descripcion}",
            periodo=periodos.nombre_mes(ruptura.periodo),
            descripcion=ruptura.descripcion,
        )
    return _impide_el_metodo(antes, despues, conteo)


def _impide_el_metodo(antes: Fila, despues: Fila, conteo: bool) -> tuple[str, str] | None:
    if conteo and antes["meses"] != despues["meses"]:
        return "no_comparable", tr("uno de los dos años está a medias")
    if not conteo and comparaciones.cambia_de_metodo(antes, despues):
        return "no_comparable", tr("una de las dos cifras es experimental y la otra no")
    return None


def _de_encuesta(antes: Fila, despues: Fila, nivel: float) -> dict[str, float]:
    prueba = comparaciones.diferencias([antes], [despues], nivel)
    return {campo: float(prueba[campo][0]) for campo in PRUEBA}


def _de_conteo(antes: Fila, despues: Fila, nivel: float) -> dict[str, float]:
    """Con población y meses de cada año; los casos antes en cero no dan un cambio que medir."""
    casos, personas = ([np.nan if lado[c] is None else lado[c] for lado in (antes, despues)] for c in _DE_TASA)
    cambio = tasas.cambio_relativo(casos[0], personas[0], casos[1], personas[1], nivel=nivel)
    nombres = {"diferencia": "cambio_pct", "ic_inf": "cambio_inf", "ic_sup": "cambio_sup", "p": "p"}
    return {suyo: float(cambio[campo]) for suyo, campo in nombres.items()}


def _valor(celda: Any) -> Any:
    """Nulo donde pandas pone NaN: así lo esperan las pruebas."""
    return None if pd.isna(celda) else celda
