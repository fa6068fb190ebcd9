"""Indicadores propios de los municipios, uno junto a otro: la cifra o su tasa, y de dónde se supo cada una."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from atalaya import idiomas, periodos
from atalaya.figuras import barras, cuentas, textos
from atalaya.figuras.barras import Barra
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import Rotulos, tr

MEDIDAS: Final = Rotulos({"cifra": "La cifra", "por_mil": "Por mil habitantes"})
METODO: Final = Rotulos(
    {
        "citada": "citada: la repite un tercero",
        "publicada": "publicada por el propio gobierno",
        "registro": "de un registro propio",
    }
)
Fila = Mapping[Any, Any]


def figura(filas: Sequence[Fila], medida: str, modo: str = "claro", ancho: int | str = "container") -> Figura:
    """`filas`: de `mostrar/municipales_vistos`, de un indicador, con `quien` (el lugar) y `suya`."""
    return barras.barras(renglones(filas, medida), modo, ancho)


def renglones(filas: Sequence[Fila], medida: str) -> list[Barra]:
    """Una barra por fila: de un color lo registrado o publicado, de otro lo citado; de contorno, lo que no se sabe."""
    mayor = max((v for v in (valor(fila, medida) for fila in filas) if v is not None), default=0.0)
    return [Barra(rotulo(fila, medida), _tramos(fila, medida, mayor)) for fila in filas]


def valor(fila: Fila, medida: str) -> float | None:
    """Lo que mide la barra; None si no lo hay."""
    cuanto = fila["valor"] if medida == "cifra" else fila["por_mil"]
    return None if fila["estado"] != "dato" or cuanto is None or pd.isna(cuanto) else float(cuanto)


def rotulo(fila: Fila, medida: str) -> str:
    """«Nezahualcóyotl, 2013: 100 (citada)», «Suya · Toluca, 2025: 0.4 por mil (registro)»."""
    quien = tr("Suya · {quien}", quien=fila["quien"]) if fila["suya"] else str(fila["quien"])
    cuando = f", {periodo(fila)}" if fila["metodo"] else ""
    como = f" ({fila['metodo']})" if fila["metodo"] else ""
    return f"{quien}{cuando}: {decir(fila, medida)}{como}"


def periodo(fila: Fila) -> str:
    """El periodo como se dice, o que la fuente no lo dice."""
    return periodos.nombre(fila["periodo"]) if isinstance(fila["periodo"], str) else tr("sin fecha")


def decir(fila: Fila, medida: str) -> str:
    """«cerca de 11,000», «0.1 por mil», o por qué no hay cifra."""
    if fila["estado"] == "sin fila":
        return tr("ninguna fuente de aquí lo dice")
    if medida == "cifra" or fila["estado"] != "dato":
        if pd.notna(fila["parte_pct"]):
            return tr(
                "{parte_pct} ({numerador} de ",
                parte_pct=textos.pct(fila["parte_pct"]),
                numerador=cuentas.numero(fila["numerador"]),
            ) + (f"{cuentas.numero(fila['denominador'])})")
        return cuentas.decir(fila["estado"], fila["valor"], fila["alcance"])
    if pd.isna(fila["por_mil"]):
        return _sin_tasa(fila)
    return tr(
        "{alcance}{tasa} por mil habitantes", alcance=cuentas.ALCANCE[fila["alcance"]], tasa=_tasa(fila["por_mil"])
    )


def describir(filas: Sequence[Fila], nombre: str, medida: str) -> str:
    """Texto alternativo: qué se compara, y cada barra con su cifra y cómo se supo."""
    que = nombre if medida == "cifra" else tr("{nombre} por mil habitantes", nombre=nombre)
    return tr(
        "Barras: {que}. {rotulo}. {hallazgo}",
        que=que,
        rotulo="; ".join(rotulo(fila, medida) for fila in filas),
        hallazgo=hallazgo(filas, medida),
    ).strip()


def hallazgo(filas: Sequence[Fila], medida: str) -> str:
    """Quién tiene más y cuántas veces lo del que menos; vacío si no hay dos con cifra."""
    vistas = [(valor(fila, medida), fila) for fila in filas]
    con = sorted(((v, str(f["quien"]), f["alcance"]) for v, f in vistas if v is not None and v > 0), reverse=True)
    if not con or con[0][1] == con[-1][1]:
        return ""
    (mas, quien_mas, como_mas), (menos, quien_menos, como_menos) = con[0], con[-1]
    if como_menos == "mínimo":  # de «más de 100» no se sabe cuántas veces
        return tr("{quien_mas} tiene la cifra más alta de las que se dicen.", quien_mas=quien_mas)
    cerca = {"exacta": "", "aproximada": tr("cerca de "), "mínimo": tr("más de ")}
    como = como_mas if como_mas != "exacta" else como_menos
    return tr(
        "{quien_mas} tiene {cerca}{mas:.1f} veces lo de {quien_menos}.",
        quien_mas=quien_mas,
        cerca=cerca[como],
        mas=mas / menos,
        quien_menos=quien_menos,
    )


def _tasa(tasa: float) -> str:
    return idiomas.numero(tasa, ",.2f" if tasa >= 0.1 else ".2g")


def _sin_tasa(fila: Fila) -> str:
    if not fila["se_cuenta"]:
        return tr("no lleva tasa")
    return tr("sin población de ese año") if pd.notna(fila["anio"]) else tr("sin fecha: no se sabe entre quiénes")


def _tramos(fila: Fila, medida: str, mayor: float) -> tuple[tuple[float, float, str], ...]:
    cuanto = valor(fila, medida)
    if cuanto is None:
        return ((0.0, 1.0, "rayado" if fila["estado"] == "suprimido" else "partido"),)
    clase = "segundo" if fila["metodo"] == "citada" else "lleno"
    return ((0.0, max(0.0, cuanto / mayor) if mayor else 0.0, clase),)
