"""Las tablas de docs/error_modelado.md: qué se calibró y cuánto acierta, cuadro por cuadro."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np
import pandas as pd
import pyarrow as pa

from atalaya.errores import ErrorConsulta
from atalaya.estadistica.error_modelado import acuerdo, diagnosticos, modelos

INICIO: Final = "<!-- calibrar: lo que sigue lo escribe la orden -->"
FIN: Final = "<!-- calibrar: fin -->"


def tablas(
    calibracion: pa.Table, celdas: pd.DataFrame, nuevas: pd.DataFrame, validadas: Mapping[str, pd.DataFrame]
) -> str:
    """El bloque en Markdown: lo calibrado, de qué depende y de qué no y, por cada validación, su acuerdo."""
    partes = [_calibrado(calibracion, nuevas), *_dependencias(celdas, nuevas)]
    for nombre, validada in validadas.items():
        viejas = nombre.startswith("años")
        por = ["tema"] if viejas else ["tema", "cuadro"]
        partes += [f"### Acuerdo: {nombre}", _resumen(validada), _acuerdo(acuerdo(validada, por))]
    return "\n\n".join(partes)


def poner(documento: Path, bloque: str) -> None:
    """Sustituye en el documento lo que hay entre INICIO y FIN. Lanza ErrorConsulta si no están."""
    texto = documento.read_text(encoding="utf-8")
    if texto.count(INICIO) != 1 or texto.count(FIN) != 1:
        raise ErrorConsulta(
            str(documento), f"una línea «{INICIO}» y otra «{FIN}»", "no están", "ponlas donde van las tablas"
        )
    antes, resto = texto.split(INICIO)
    documento.write_text(f"{antes}{INICIO}\n\n{bloque}\n\n{FIN}{resto.split(FIN)[1]}", encoding="utf-8", newline="\n")


def _calibrado(calibracion: pa.Table, nuevas: pd.DataFrame) -> str:
    filas = calibracion.to_pandas()
    general = filas[filas["efecto"] == "general"].iloc[0]
    temas = filas[filas["efecto"] == "tema"]
    lugares = filas[filas["efecto"] == "lugar_periodo"]
    extremos = lugares.sort_values("log_efecto_diseno").iloc[[-1, -2, 0]]
    texto = (
        f"Evidencia: {general['celdas']:,} celdas de áreas urbanas, {nuevas['trimestre'].min()} a "
        f"{nuevas['trimestre'].max()}, de las que {general['celdas_moderada']:,} son moderadas y "
        f"{general['celdas_baja']:,} bajas. Efecto de diseño general: {_veces(general)}. Dispersión entre celdas: "
        f"σ = {general['dispersion_log']:.3f}; entre temas, τ = {temas['dispersion_log'].iloc[0]:.3f}; entre lugares "
        f"y trimestres, τ = {lugares['dispersion_log'].iloc[0]:.3f}. Los lugares que más se apartan: "
        + "; ".join(f"{x.lugar} en {x.periodo}, ×{np.exp(x.log_efecto_diseno):.2f}" for x in extremos.itertuples())
        + "."
    )
    cuerpo = [
        (x["tema"] or x["efecto"], _veces(x), f"{x['celdas']:,}", f"{x['celdas_moderada']:,}", f"{x['celdas_baja']:,}")
        for _, x in filas[filas["efecto"] != "lugar_periodo"].iterrows()
    ]
    return texto + "\n\n" + _markdown(["efecto", "deff (±)", "celdas", "moderadas", "bajas"], cuerpo)


def _dependencias(celdas: pd.DataFrame, nuevas: pd.DataFrame) -> list[str]:
    candidatos = [
        (x["efectos"], f"{x['verosimilitud']:,.1f}", f"{x['sigma']:.3f}", x["taus"])
        for _, x in modelos(nuevas).iterrows()
    ]
    partes = [
        (
            f"{x['por']}: {x['parte']}",
            f"{x['celdas']:,}",
            f"{x['no_altas']:,}",
            f"{x['efecto_diseno']:.2f} (± {x['error_pct']:.1f} %)",
            f"{x['sigma']:.2f}",
        )
        for _, x in diagnosticos(celdas).iterrows()
    ]
    return [
        "### De qué depende el efecto de diseño",
        "Con las celdas que calibran: cuánto gana cada efecto (una unidad de verosimilitud marginal es poco).",
        _markdown(["efectos", "log verosimilitud", "σ", "τ"], candidatos),
        "Con todas las celdas con clase, el general estimado en cada parte por su cuenta. Donde casi todas son de una "
        "misma clase no hay de dónde saberlo, y el error lo dice.",
        _markdown(["parte", "celdas", "no altas", "deff (±)", "σ"], partes),
    ]


def _veces(fila: Any) -> str:
    """El efecto de diseño (o lo que multiplica al general) con su error."""
    signo = "" if fila["efecto"] == "general" else "×"
    return f"{signo}{np.exp(fila['log_efecto_diseno']):.3f} (± {100 * fila['error_log']:.1f} %)"


def _resumen(celdas: pd.DataFrame) -> str:
    todas = acuerdo(celdas, ["fuente"]).iloc[0]
    cruce = pd.crosstab(celdas["precision"], celdas["predicha"])
    clases = [clase for clase in ("alta", "moderada", "baja") if clase in cruce.index]
    cuerpo = [(clase, *(f"{cruce.loc[clase].get(otra, 0):,}" for otra in clases)) for clase in clases]
    return (
        f"{todas['celdas']:,} celdas; acierta {todas['acuerdo_pct']:.1f} % (decir siempre «alta» acertaría "
        f"{todas['todas_altas_pct']:.1f} %). No altas: {todas['publicadas']:,} publicadas, "
        f"{todas['predichas']:,} predichas, {todas['esperadas']:,.0f} esperadas sumando probabilidades.\n\n"
    ) + _markdown(["publicada ↓ predicha →", *clases], cuerpo)


def _acuerdo(resumen: pd.DataFrame) -> str:
    columnas = [c for c in ("tema", "cuadro") if c in resumen]
    cuerpo = [
        (
            *(x[c] for c in columnas),
            f"{x['celdas']:,}",
            f"{x['acuerdo_pct']:.1f}",
            f"{x['todas_altas_pct']:.1f}",
            *(f"{x[c]:,.0f}" for c in ("publicadas", "predichas", "ambas", "esperadas")),
        )
        for _, x in resumen.iterrows()
    ]
    rotulos = ["celdas", "acuerdo %", "«alta» siempre %", "no altas", "predichas", "coinciden", "esperadas"]
    return _markdown([*columnas, *rotulos], cuerpo)


def _markdown(encabezado: Sequence[str], filas: Iterable[Sequence[str]]) -> str:
    raya = ["---"] + ["---:"] * (len(encabezado) - 1)
    return "\n".join("| " + " | ".join(fila) + " |" for fila in [encabezado, raya, *filas])
