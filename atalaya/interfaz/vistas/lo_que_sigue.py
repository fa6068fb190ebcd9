"""En inicio, lo que el observatorio sigue además de las encuestas: cuánto hay y cuánto pide atención, con su enlace."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

import streamlit as st

from atalaya.estadistica.afirmaciones import VEREDICTOS
from atalaya.figuras import textos
from atalaya.figuras.lectura_dichos import SIGNO
from atalaya.idiomas import Rotulos, tr
from atalaya.interfaz import dichos, marco, seguimiento

_VARIOS: Final = Rotulos(
    {
        "reproducida": "con la cifra oficial",
        "dentro_del_error": "dentro del error",
        "contradicha": "en contra",
        "no_comprobable": "que este acervo no puede comprobar",
    }
)


def hoy() -> str:
    """La fecha con que se dice si un plazo ya pasó."""
    return datetime.now(UTC).date().isoformat()


def mostrar() -> None:
    """Un renglón por cosa que se sigue, sólo si hay alguna; y las páginas que el proyecto trae."""
    cuentas: Any = seguimiento.correr("seguimiento", hoy=hoy()).to_dict("records")[0]
    situaciones = Counter(seguimiento.correr("compromisos_vistos", hoy=hoy())["situacion"])
    veredictos = Counter(r.juicio.veredicto for r in dichos.todas())
    dichas = [una for una in _dichas(cuentas, situaciones, veredictos) if una[1] is not None]
    if not dichas:
        return
    st.header(tr("Lo que el observatorio sigue"), anchor=False)
    renglones = "".join(
        f"<li><b>{textos.entero(cuantos)}</b><strong>{html.escape(uno if cuantos == 1 else varios)}</strong>"
        f"<span>{html.escape(detalle)}</span></li>"
        for (uno, varios), cuantos, detalle, _ in dichas
    )
    st.html(f"<ul class='seguido'>{renglones}</ul>")
    with st.container(horizontal=True, gap="medium"):
        for (_, rotulo), _, _, ruta in dichas:
            if marco.registrada(ruta):
                st.page_link(marco.archivo(ruta), label=tr("Ver {rotulo}", rotulo=rotulo), icon=_icono(ruta))


def _dichas(
    c: Mapping[str, Any], situaciones: Mapping[str, int], veredictos: Mapping[str, int]
) -> Sequence[tuple[tuple[str, str], int | None, str, str]]:
    """Rótulo en singular y plural, cuántos (None si no hay ninguno), qué pide atención y la página."""
    sin_reporte = situaciones.get("vencido sin reporte", 0) + situaciones.get("no reportado", 0)
    filas = [
        (
            (tr("compromiso"), tr("compromisos")),
            sum(situaciones.values()),
            tr(
                "en {cuantos}: {sin_reporte} sin reporte y {cual} tarde, con el plazo vencido y sin llegar a su meta",
                cuantos=_cuantos(c["planes"], tr("plan"), tr("planes")),
                sin_reporte=textos.entero(sin_reporte),
                cual=textos.entero(situaciones.get("tarde", 0)),
            ),
            "compromisos",
        ),
        (
            (tr("evaluación"), tr("evaluaciones")),
            c["evaluaciones"],
            tr(
                "{evaluaciones_abiertas} sin cerrar; {recomendaciones}",
                evaluaciones_abiertas=textos.entero(c["evaluaciones_abiertas"]),
                recomendaciones=_recomendaciones(c),
            ),
            "evaluaciones",
        ),
        (
            (tr("territorio"), tr("territorios")),
            c["territorios"],
            tr(
                "con nombre, en {cuantos}",
                cuantos=_cuantos(c["procesos"], tr("proceso participativo"), tr("procesos participativos")),
            ),
            "participacion",
        ),
        (
            (tr("transferencia"), tr("transferencias")),
            c["transferencias"],
            tr(
                "de prácticas entre municipios, {transferencias_instaladas} ya instaladas; {cuantos} en ficha",
                transferencias_instaladas=textos.entero(c["transferencias_instaladas"]),
                cuantos=_cuantos(c["experiencias"], tr("experiencia"), tr("experiencias")),
            ),
            "intercambio",
        ),
        (
            (tr("afirmación"), tr("afirmaciones")),
            sum(veredictos.values()),
            "; ".join(f"{SIGNO[v]} {veredictos[v]} {_VARIOS[v]}" for v in VEREDICTOS if veredictos.get(v)),
            "afirmaciones",
        ),
    ]
    return [(rotulos, int(cuantos) or None, detalle, ruta) for rotulos, cuantos, detalle, ruta in filas]


def _recomendaciones(c: Mapping[str, Any]) -> str:
    if not c["recomendaciones"]:
        return tr("ninguna recomendación enumerada en sus documentos")
    sin = textos.entero(c["recomendaciones_sin_responder"])
    return tr(
        "{cuantos}, {sin} sin respuesta de la autoridad",
        cuantos=_cuantos(c["recomendaciones"], tr("recomendación"), tr("recomendaciones")),
        sin=sin,
    )


def _cuantos(cuantos: int, uno: str, varios: str) -> str:
    return f"{textos.entero(cuantos)} {uno if cuantos == 1 else varios}"


def _icono(ruta: str) -> str:
    return next(icono for paginas in marco.MENU.values() for _, _, icono, suya in paginas if suya == ruta)
