"""Por qué no hay cifra: cada motivo con los lugares y los periodos a los que de verdad toca."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from atalaya import catalogo, periodos
from atalaya.figuras import textos
from atalaya.idiomas import tr

NACIONES: Final = ("MX", "CL")
"""Los países: se dibujan como referencia, no como una ciudad más."""


def area_vigente(lugar: str, periodo: str) -> catalogo.Lugar | None:
    """El área que en ese periodo cubría el territorio de `lugar`: CDMX Norte, para Iztacalco en 2019T1; o ninguna."""
    suyos = set(catalogo.municipios_de(lugar))
    otras = (area for area in catalogo.lugares().values() if area.tipo == "area_urbana" and area.lugar != lugar)
    return next((a for a in otras if suyos & set(catalogo.municipios_de(a.lugar)) and _cubre(a, periodo)), None)


def motivo(lugar: str, periodo: str, estado: str, nota: object) -> tuple[str, str]:
    """Cómo se llama la ausencia y por qué la hay: el hueco del catálogo, la cobertura de la encuesta o el estado."""
    rotulo = textos.ESTADO[estado].capitalize()
    if estado != "no_levantado":
        return rotulo, textos.CAUSA[estado]
    if isinstance(nota, str) and nota:
        return rotulo, tr(nota)
    if lugar not in catalogo.lugares() or _cubre(catalogo.lugar(lugar), periodo):
        return rotulo, textos.CAUSA[estado]
    suyo = catalogo.lugar(lugar)
    if suyo.hasta and periodos.clave_orden(periodo) > periodos.clave_orden(suyo.hasta):
        return tr("Ya no se publica"), tr(suyo.nota) or tr(
            "Se publicó hasta {hasta}.", hasta=periodos.nombre_mes(suyo.hasta)
        )
    area = area_vigente(lugar, periodo)
    desde = periodos.nombre_mes(suyo.desde)
    if area:
        return tr("Sin cifra propia"), tr(
            "Se encuestaba dentro de {nombre_corto}; como área propia, desde {desde}.",
            nombre_corto=area.nombre_corto,
            desde=desde,
        )
    return tr("Aún no se publicaba"), tr("La encuesta da su cifra desde {desde}.", desde=desde)


def notas(tabla: pd.DataFrame, todos: str = "") -> list[str]:
    """Una nota por motivo, en Markdown: «**Sin cifra propia**: de mar 2019 a sep 2022 (Torreón). …».

    `tabla`: lugar, nombre, periodo, estado y, si lo hay, nota. Los periodos se dicen sólo si la tabla trae varios; la
    nación, sólo si le pasa algo distinto que a todas las ciudades. `todos`: cómo se llama a todos los lugares juntos;
    por omisión, «todas las ciudades».
    """
    todos = todos or tr("todas las ciudades")
    calendario = sorted(tabla["periodo"].unique(), key=periodos.clave_orden)
    ciudades = [lugar for lugar in dict.fromkeys(tabla["lugar"]) if lugar not in NACIONES]
    nombres = dict(zip(tabla["lugar"], tabla["nombre"], strict=True))
    dichos: dict[tuple[str, str], dict[str, set[str]]] = {}
    notas_ = tabla["nota"] if "nota" in tabla else [None] * len(tabla)
    filas = zip(tabla["lugar"], tabla["periodo"], tabla["estado"], notas_, strict=True)
    for lugar, periodo, estado, nota in dict.fromkeys(filas):
        if estado != "dato":
            dichos.setdefault(motivo(lugar, periodo, estado, nota), {}).setdefault(lugar, set()).add(periodo)
    renglones = []
    for (rotulo, causa), por_lugar in dichos.items():
        if causa == textos.CAUSA["no_incorporado"] and len(calendario) > 1:  # el archivo falta para todos
            faltan = [p for p in calendario if any(p in suyos for suyos in por_lugar.values())]
            renglones.append(f"**{rotulo}**: {intervalos(faltan, calendario)}. {causa}")
            continue
        grupos: dict[tuple[str, ...], list[str]] = {}
        for lugar, suyos in por_lugar.items():
            grupos.setdefault(tuple(p for p in calendario if p in suyos), []).append(lugar)
        partes = [
            _parte(
                _quienes(lugares, ciudades, nombres, todos),
                intervalos(cuales, calendario) if len(calendario) > 1 else "",
            )
            for cuales, lugares in grupos.items()
        ]
        renglones.append(f"**{rotulo}**: {'; '.join(partes)}. {causa}")
    return renglones


def intervalos(cuales: Sequence[str], calendario: Sequence[str]) -> str:
    """«jun 2020 y de mar 2022 a dic 2023»: los periodos seguidos del calendario, juntos."""
    rachas: list[list[str]] = []
    for periodo in cuales:
        if rachas and calendario.index(rachas[-1][-1]) + 1 == calendario.index(periodo):
            rachas[-1].append(periodo)
        else:
            rachas.append([periodo])
    dichas = [
        periodos.corto(r[0])
        if len(r) == 1
        else tr("de {desde} a {hasta}", desde=periodos.corto(r[0]), hasta=periodos.corto(r[-1]))
        for r in rachas
    ]
    return textos.lista(dichas)


def _parte(quienes: str, cuando: str) -> str:
    return f"{cuando} ({quienes})" if cuando else quienes


def _quienes(lugares: list[str], ciudades: list[str], nombres: dict[str, str], todos: str) -> str:
    if len(ciudades) > 1 and set(ciudades) <= set(lugares):
        return todos
    sin_nacion = [lugar for lugar in lugares if lugar not in NACIONES]
    return textos.nombres(sorted((nombres[clave] for clave in sin_nacion or lugares), key=catalogo.normalizar))


def _cubre(area: catalogo.Lugar, periodo: str) -> bool:
    orden = periodos.clave_orden
    return not (area.desde and orden(periodo) < orden(area.desde)) and not (
        area.hasta and orden(periodo) > orden(area.hasta)
    )
