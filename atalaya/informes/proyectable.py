"""Qué parte de una vista se lee a diez metros, y cómo decir cuánto se dejó fuera.

Lo usan la lámina de PowerPoint y la proyección: las dos enseñan lo mismo. Nada se quita sin decirlo: cada recorte trae
su frase («se muestran 24 de 76»), y lo que no cupo va en las notas.
"""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qs, urlsplit

import pandas as pd

from atalaya.estadistica.pruebas import NIVEL_RANGOS
from atalaya.figuras import clasificacion, hallazgos, lectura_dichos, plantilla, textos, trazo
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import anotado, tr
from atalaya.informes.vista import Vista

TOPE_LUGARES: Final = 24
TOPE_FRASES: Final = 7
TOPE_MARCADAS: Final = 8
TOPE_DICHAS: Final = 2
"""De cuántas marcadas se dice el lugar bajo el título."""
CABEZA_FRASES: Final = (anotado("Lo que se dijo"), anotado("Veredicto"), anotado("Lo que dice la encuesta"))
ALTA: Final = 0.62
"""Alto entre ancho a partir del cual una figura de varios cuadros se acomoda en dos columnas."""
ANCHO_CUADRO: Final = 480
_LETRAS_TITULO: Final = 52
_EN_CELDA: Final = 84
"""Letras que caben en los dos renglones de una celda de la tabla de frases."""
NUBE: Final = frozenset({"nombre", "x", "y", "x_inf", "x_sup", "y_inf", "y_sup", "foco"})
COEFICIENTES: Final = frozenset({"rotulo", "tipo_dicho", "coeficiente", "ic_inf", "ic_sup", "firme"})


@dataclass(frozen=True, eq=False)
class Lista:
    """Una clasificación recortada. `filas`: en su orden, con la nacional (sin `posicion`) donde cae su cifra.

    `dicho`: el lugar de las marcadas y cuántas se muestran. `entera`: toda la lista, para las notas.
    """

    filas: pd.DataFrame
    marcadas: tuple[str, ...]
    dicho: str
    entera: str


@dataclass(frozen=True)
class Frases:
    """Afirmaciones comprobadas: por cada una, lo dicho, el veredicto y la respuesta. `entera`: todas."""

    renglones: tuple[tuple[str, str, str], ...]
    dicho: str
    entera: str


@dataclass(frozen=True, eq=False)
class Nube:
    """La dispersión de una figura: sus puntos, su recta (dos filas, o ninguna), qué es cada eje y su título."""

    puntos: pd.DataFrame
    recta: pd.DataFrame
    ejes: tuple[str, str]
    titulo: str
    sin_punto: int


def lista(vista: Vista) -> Lista | None:
    """La clasificación de una vista; nula si no lo es."""
    tabla = vista.tabla
    if not {"posicion", "lugares_con_cifra"} <= set(tabla) or "frase" in tabla or tabla["indicador"].nunique() != 1:
        return None
    con = tabla[tabla["estado"] == "dato"]
    ciudades = con[con["posicion"].notna()].sort_values(["posicion", "nombre"])
    if tabla["periodo"].nunique() != 1 or ciudades.empty:
        return None
    pedidas = parse_qs(urlsplit(vista.enlace).query).get("lugar", [])
    marcadas = tuple(m for m in dict.fromkeys(pedidas) if m in set(ciudades["lugar"]))
    quedan = _primeras_y_ultimas(ciudades, marcadas[:TOPE_MARCADAS])
    total, sin_cifra = int(ciudades["lugares_con_cifra"].max()), int((tabla["estado"] != "dato").sum())
    dichos = [
        tr(
            "{nombre}: {de_clasificacion} de {total}.",
            nombre=f["nombre"],
            de_clasificacion=hallazgos.de_clasificacion(f),
            total=total,
        )
        for f in ciudades[ciudades["lugar"].isin(marcadas[:TOPE_DICHAS])].to_dict("records")
    ]
    if dichos and ciudades["rango_inf"].notna().any():
        dichos.append(tr("Lugares posibles, todos a la vez, al {nivel_rangos} %.", nivel_rangos=NIVEL_RANGOS))
    if len(quedan) < len(ciudades):
        dichos.append(
            tr(
                "Se muestran {renglones} de {total}: las primeras, las últimas y las marcadas.",
                renglones=_renglones(quedan),
                total=total,
            )
        )
    if sin_cifra:
        dichos.append(tr("Sin cifra: {sin_cifra}.", sin_cifra=sin_cifra))
    # La cifra nacional no tiene lugar: va donde cae su valor.
    junto = pd.concat([quedan, con[con["posicion"].isna()]]).sort_values("valor_pct", ascending=False, kind="stable")
    entera = "; ".join(
        f"{int(f['posicion'])}. {f['nombre']}, {textos.pct(f['valor_pct'])}" for f in ciudades.to_dict("records")
    )
    return Lista(junto, marcadas, " ".join(dichos), tr("La lista entera: {entera}.", entera=entera))


def _renglones(ciudades: pd.DataFrame) -> int:
    """Cuántos lugares ocupan: un área que la encuesta publica en dos renglones ocupa dos."""
    return int(ciudades["renglones"].sum()) if "renglones" in ciudades else len(ciudades)


def _primeras_y_ultimas(ciudades: pd.DataFrame, marcadas: tuple[str, ...]) -> pd.DataFrame:
    """Hasta `TOPE_LUGARES` menos la nacional: las marcadas y, por mitades, las de los extremos."""
    tope = TOPE_LUGARES - 1
    if len(ciudades) <= tope:
        return ciudades
    quedan = set(ciudades.index[ciudades["lugar"].isin(marcadas)])
    orden = list(ciudades.index)
    for k in range(len(orden)):  # 1.ª, última, 2.ª, penúltima…
        if len(quedan) >= tope:
            break
        quedan.add(orden[k // 2] if k % 2 == 0 else orden[-1 - k // 2])
    return ciudades[ciudades.index.isin(quedan)]


def figura_de_lista(una: Lista) -> Figura:
    """La misma figura de la página con sólo esas filas, en dos columnas cortas."""
    ciudades = una.filas[una.filas["posicion"].notna()]
    nacional = una.filas[una.filas["posicion"].isna()]
    referencia = (tr("Nacional"), float(nacional["valor_pct"].iloc[0])) if len(nacional) else None
    tope = trazo.tope_eje(*una.filas["valor_pct"])
    mitades = [m for m in clasificacion.mitades(ciudades) if len(m)]
    listas = [
        clasificacion.clasificacion(m, list(una.marcadas), referencia, "claro", ANCHO_CUADRO // 2, tope)
        for m in mitades
    ]
    return plantilla.juntar("hconcat", listas, 24)


def frases(vista: Vista) -> Frases | None:
    """Las afirmaciones de una vista, primero las que se pudieron decidir; nula si no es de afirmaciones."""
    if not {"frase", "veredicto_frase", "respuesta"} <= set(vista.tabla) or vista.tabla.empty:
        return None
    filas = vista.tabla.to_dict("records")
    decididas = sorted(filas, key=lambda f: f["veredicto_frase"] == "no_comprobable")
    todas = [_renglon(f) for f in decididas]
    sobran = len(todas) > TOPE_FRASES
    dicho = (
        tr(
            "Se muestran {tope_frases} de {todas} frases; todas, en las notas.",
            tope_frases=TOPE_FRASES,
            todas=len(todas),
        )
        if sobran
        else ""
    )
    cortas = [(_corto(f), v.partition(" con ")[0], _corto(r)) for f, v, r in todas[:TOPE_FRASES]]
    entera = "\n".join(f"{frase} {veredicto}. {respuesta}" for frase, veredicto, respuesta in todas)
    return Frases(tuple(cortas), dicho, entera)


def _corto(texto: str) -> str:
    return textwrap.shorten(texto, _EN_CELDA, placeholder=" […]")


def _renglon(fila: Mapping[Any, Any]) -> tuple[str, str, str]:
    dicho = str(fila["frase"] or "").strip().strip('«»"“”')
    return f"«{dicho}»", lectura_dichos.ROTULO[fila["veredicto_frase"]], str(fila["respuesta"])


def nube(figura: Figura) -> Nube | None:
    """La dispersión que lleva una figura; nula si no lleva ninguna."""
    clave = next((k for k, tabla in figura.datos.items() if set(tabla) >= NUBE), None)
    if clave is None:
        return None
    parte = next(p for p in _partes(figura.spec) if p.get("data") == {"name": clave})
    recta = figura.datos.get(clave.replace("filas", "recta"), pd.DataFrame(columns=["x", "y"]))
    puntos = figura.datos[clave].dropna(subset=["x", "y"])
    codigo = next(c["encoding"] for c in parte["layer"] if {"x", "y"} <= set(c.get("encoding", {})))
    ejes = str(codigo["x"]["title"]), str(codigo["y"]["title"])
    return Nube(puntos, recta, ejes, str(parte.get("title", "")), len(figura.datos[clave]) - len(puntos))


def coeficientes(figura: Figura) -> pd.DataFrame | None:
    """Los coeficientes que dibuja una figura (`figuras.coeficientes`); nulo si no dibuja ninguno."""
    return next((tabla for tabla in figura.datos.values() if set(tabla) >= COEFICIENTES), None)


def junto_a_la_nube(figura: Figura) -> tuple[Figura, str] | None:
    """La dispersión con los coeficientes a su lado, y cuántas figuras se muestran; nulo si no lleva dispersión."""
    partes = figura.spec.get("vconcat", [figura.spec])
    van = []
    for columnas in (COEFICIENTES, NUBE):
        claves = [{"name": clave} for clave, tabla in figura.datos.items() if set(tabla) >= columnas]
        van += [p for p in partes if p.get("data") in claves]
    if nube(figura) is None or len(van) == len(partes) == 1:
        return None
    hijas = [{**p, "width": ANCHO_CUADRO - 60, **_titulo(p)} for p in van]
    resto = {c: v for c, v in figura.spec.items() if c not in ("vconcat", "spacing")}
    return Figura({**resto, "hconcat": hijas, "spacing": 28}, figura.datos), faltan_figuras(len(van), len(partes))


def faltan_figuras(van: int, habia: int) -> str:
    """«Se muestran 2 de las 3 figuras de la vista.»; vacío si van todas."""
    return tr("Se muestran {van} de las {habia} figuras de la vista.", van=van, habia=habia) if van < habia else ""


def acomodada(figura: Figura) -> Figura:
    """Una pila alta de cuadros, en dos columnas de cuadros más angostos: los mismos, con la letra más grande."""
    partes = figura.spec.get("vconcat", [])
    anchos = [p.get("width") for p in partes]
    if len(partes) < 2 or not all(isinstance(a, int) for a in anchos):
        return figura
    if sum(p.get("height", 0) for p in partes) < ALTA * max(anchos):
        return figura
    hijas = [{**p, "width": min(p["width"], ANCHO_CUADRO), **_titulo(p)} for p in partes]
    resto = {c: v for c, v in figura.spec.items() if c not in ("vconcat", "spacing")}
    return Figura({**resto, "concat": hijas, "columns": 2, "spacing": 28}, figura.datos)


def _titulo(parte: Mapping[str, Any]) -> dict[str, Any]:
    """El título del cuadro, partido para que quepa en su ancho."""
    titulo = parte.get("title")
    if titulo is None or isinstance(titulo, dict):
        return {}
    renglones = [titulo] if isinstance(titulo, str) else titulo
    return {"title": [corto for uno in renglones for corto in textwrap.wrap(uno, _LETRAS_TITULO)]}


def _partes(spec: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """La figura y las que lleva dentro."""
    hijas = [h for clave in ("vconcat", "hconcat", "concat") for h in spec.get(clave, [])]
    return [spec, *(parte for hija in hijas for parte in _partes(hija))]
