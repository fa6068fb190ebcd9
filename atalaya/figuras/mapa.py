"""Mapa: cada lugar de un nivel pintado por la clase de su cifra. Cada ausencia tiene su trama; el cero, su color.

Los datos van primero y la figura se busca por clave en el TopoJSON que sirve la propia aplicación: por reejecución
viajan sólo las filas, en los tipos más cortos, y lo que se escribe se arma en el navegador (docs/tablero.md). Para
descargar se incrusta el mapa, porque vl-convert no lee la URL.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import altair as alt
import pandas as pd

from atalaya.figuras import mapa_columnas, plantilla, tema, textos, tramas
from atalaya.figuras.escala import CERO, CLASES, Escala, clase_ausente, leyenda
from atalaya.figuras.plantilla import Figura
from atalaya.fuentes.mapas import CARPETA, NIVELES, Nivel
from atalaya.idiomas import anotado, guardado, tr

URL: Final = "app/static/mapas/"  # relativa: la absoluta falla con baseUrlPath
ELEGIDO: Final = "elegido"
"""El parámetro de Vega con los lugares en que se ha hecho clic."""
MARCADA: Final = anotado("lugar marcado")
DUDOSA: Final = anotado("contorno de puntos: precisión moderada o baja")
_QUE: Final = {
    "areas": (anotado("área urbana"), anotado("áreas urbanas")),
    "municipios": (anotado("municipio"), anotado("municipios")),
    "entidades": (anotado("entidad"), anotado("entidades")),
    "comunas": (anotado("comuna"), anotado("comunas")),
    "regiones": (anotado("región"), anotado("regiones")),
}


def panel(
    tabla: pd.DataFrame,
    nivel: str,
    encuadre: str,
    escala: Escala,
    marcados: Sequence[str],
    modo: str = "claro",
    ancho: int | str = "container",
    alto: int = 470,
) -> Figura:
    """Un encuadre del mapa (`nacional` o un recuadro del nivel). `marcados`, lugares con contorno grueso.

    `tabla`: lugar, valor, estado; de encuesta, además, precision, ic_inf, ic_sup y metodo_error; de registro, casos.
    """
    uno, mapa = NIVELES[nivel], topologia(nivel)
    caja = mapa["encuadres"][encuadre]
    if encuadre != "nacional":
        tabla = tabla[tabla["lugar"].isin(mapa["dentro"][encuadre])]
    forma = _forma(modo, escala.sentido, nivel, encuadre, escala.es_tasa, len(tabla) <= mapa_columnas.CON_INTERVALO)
    if not isinstance(ancho, str):
        forma = _sin_clics(forma)
    filas = mapa_columnas.filas(tabla, uno, escala, marcados)
    return plantilla.llenar(
        forma, {}, {"filas": filas}, width=ancho, height=alto, projection=proyeccion(caja, ancho, alto)
    )


@guardado
def topologia(nivel: str) -> dict[str, Any]:
    """El TopoJSON de un nivel, para incrustarlo y saber sus encuadres. No se debe modificar."""
    return dict(json.loads((CARPETA / NIVELES[nivel].archivo).read_text(encoding="utf-8")))


def rampa(p: tema.Paleta, sentido: str) -> tuple[str, ...]:
    """De menos a más: naranjas si más es peor, azules si no. La intensidad sola basta para leerla."""
    return p.peor if sentido == "mas_es_peor" else p.mejor


def proyeccion(caja: list[float], ancho: int | str, alto: int) -> dict[str, Any]:
    """La que hace caber `caja` (metros, ya proyectada) en el cuadro, centrada y con el norte arriba."""
    x_min, y_min, x_max, y_max = (round(v) for v in caja)
    x, y = (x_min + x_max) / 2, (y_min + y_max) / 2
    if isinstance(ancho, str):  # el ancho se sabrá en la pantalla; si manda él (un teléfono), el dibujo se pega arriba
        escala = f"min(width / {x_max - x_min}, {alto} / {y_max - y_min})"
        factor: Any = {"expr": escala}
        lugar: Any = {"expr": f"[width / 2 - {escala} * {x}, {escala} * {y_max}]"}
    else:
        factor = min(ancho / (x_max - x_min), alto / (y_max - y_min))
        lugar = [ancho / 2 - factor * x, alto / 2 + factor * y]
    # `identity` no usa `center`: está porque Vega-Lite funde las proyecciones que sólo difieren en escala y posición.
    return {"type": "identity", "reflectY": True, "scale": factor, "translate": lugar, "center": [x, y]}


def incrustar(spec: Any) -> Any:
    """La especificación con el TopoJSON dentro, para dibujar fuera del navegador."""
    if isinstance(spec, list):
        return [incrustar(parte) for parte in spec]
    if not isinstance(spec, dict):
        return spec
    if str(spec.get("url", "")).startswith(URL):
        nivel = next(k for k, uno in NIVELES.items() if spec["url"] == URL + uno.archivo)
        return {"values": _solo(nivel, spec["format"]["feature"]), "format": spec["format"]}
    return {clave: incrustar(parte) for clave, parte in spec.items()}


@guardado
def _solo(nivel: str, capa: str) -> dict[str, Any]:
    """El TopoJSON con una sola capa y los arcos que usa: el fondo de miles de municipios son unos pocos."""
    mapa = topologia(nivel)
    usados: dict[int, int] = {}

    def renumerar(arcos: Any) -> Any:
        if isinstance(arcos, list):
            return [renumerar(uno) for uno in arcos]
        nuevo = usados.setdefault(arcos if arcos >= 0 else ~arcos, len(usados))
        return nuevo if arcos >= 0 else ~nuevo

    figuras = [{**f, "arcs": renumerar(f["arcs"])} for f in mapa["objects"][capa]["geometries"]]
    objeto = {**mapa["objects"][capa], "geometries": figuras}
    propios = {clave: mapa[clave] for clave in ("type", "transform")}
    return {**propios, "objects": {capa: objeto}, "arcs": [mapa["arcs"][arco] for arco in usados]}


def hay_dudosas(tabla: pd.DataFrame) -> bool:
    """Si alguna cifra tiene precisión moderada o baja."""
    return "precision" in tabla and bool(
        (tabla["precision"].isin(mapa_columnas.PRECISION) & (tabla["estado"] == "dato")).any()
    )


def decir(fila: Mapping[Any, Any], escala: Escala) -> str:
    """La cifra de un lugar como se lee: «55.9 % (precisión baja)», «12.3 por 100 mil», «cero casos» o su ausencia."""
    if fila["estado"] != "dato":
        return textos.ESTADO.get(fila["estado"], "sin dato")
    if not escala.es_tasa:
        return textos.decir("dato", fila["valor"], fila.get("precision"), 2)
    return tr("cero casos") if fila["valor"] == 0 else f"{fila['valor']:,.1f} {escala.unidad}"


def rotulo(nivel: str, donde: str) -> str:
    """El texto alternativo de la figura en pantalla: no cambia con los datos.

    Streamlit rehace entera la figura cuyo texto alternativo cambia; con éste, al mover el deslizador sólo se repintan
    los lugares. Lo que se ve (`describir`) va como texto junto a la figura.
    """
    return tr(
        "Mapa de {que}: {donde}. Cada lugar va pintado por la clase de su cifra; cuántos hay en cada "
        "clase, la mayor, la menor y los lugares marcados están en la descripción que sigue.",
        que=tr(_QUE[nivel][1]),
        donde=donde,
    )


def describir(tabla: pd.DataFrame, titulo: str, nivel: str, escala: Escala, marcados: Sequence[str]) -> str:
    """Texto alternativo: cuántos lugares hay en cada clase, los extremos, y la cifra de cada lugar marcado."""
    uno, varios = map(tr, _QUE[nivel])
    cuenta = [f"{textos.entero(n)} {uno if n == 1 else varios}, {dicho}" for _, dicho, n in leyenda(tabla, escala) if n]
    partes = [tr("Mapa de {varios}. {titulo}.", varios=varios, titulo=titulo), f"{'; '.join(cuenta)}."]
    con = tabla[tabla["estado"] == "dato"]
    if len(con) > 1:
        en_orden = con.sort_values("valor").to_dict("records")
        menor, mayor = en_orden[0], en_orden[-1]
        partes.append(tr("La mayor, {nombre}: {decir}.", nombre=mayor["nombre"], decir=decir(mayor, escala)))
        if not (escala.es_tasa and menor["valor"] == 0):  # con cero casos suele haber muchos
            partes.append(tr("La menor, {nombre}: {decir}.", nombre=menor["nombre"], decir=decir(menor, escala)))
    suyas = tabla[tabla["lugar"].isin(marcados)].to_dict("records")
    return " ".join([*partes, *(f"{f['nombre']}: {decir(f, escala)}." for f in suyas)])


def _sin_clics(nodo: Any) -> Any:
    """Para una imagen: sin la selección ni el nombre de la vista que la lleva.

    Dos encuadres juntos tendrían el mismo nombre y Vega-Lite los dibujaría con la proyección de uno de ellos.
    """
    if isinstance(nodo, list):
        return [_sin_clics(parte) for parte in nodo]
    if not isinstance(nodo, dict):
        return nodo
    sobra = ("params", "name") if "mark" in nodo or "layer" in nodo else ()
    return {clave: _sin_clics(valor) for clave, valor in nodo.items() if clave not in sobra}


@guardado
def _forma(modo: str, sentido: str, nivel: str, encuadre: str, es_tasa: bool, con_intervalo: bool) -> dict[str, Any]:
    p, uno, mapa = tema.paleta(modo), NIVELES[nivel], topologia(nivel)
    muchos = len(mapa["objects"][nivel]["geometries"]) > mapa_columnas.CON_INTERVALO
    base = alt.Chart()
    # En el país nada se sale; en un recuadro, del fondo va sólo lo que se ve: recortar lo demás tarda segundos en PNG.
    recorte = encuadre != "nacional"
    fondo = _capa(uno, "fondo" if "fondo" in mapa["objects"] else nivel)
    if recorte:
        fondo = fondo.transform_filter(f"indexof({json.dumps(mapa['cerca'][encuadre])}, datum.id) >= 0")
    lugares = (
        base.mark_geoshape(stroke=p.contorno, strokeWidth=0.25 if muchos else 0.5, clip=recorte, cursor="pointer")
        .encode(color=_relleno(p, sentido, Escala((), sentido, tr("por 100 mil") if es_tasa else "%")))
        .encode(strokeDash=_si_ausente("no_levantado", [3, 3], [1, 0]))
        .add_params(alt.selection_point(name=ELEGIDO, fields=["lugar"], toggle="true"))
    )
    # Oscuro con orilla clara: se ve igual sobre lo más tenue y lo más intenso de la rampa.
    marcas = [
        base.transform_filter("datum.marcada").mark_geoshape(
            filled=False, stroke=color, strokeWidth=grueso, clip=recorte
        )
        for color, grueso in ((p.fondo, 6), (p.texto, 3))
    ]
    dudosas = base.transform_filter("datum.precision && datum.clase < 5").mark_geoshape(
        filled=False, stroke=p.texto, strokeWidth=1.2, strokeDash=[2, 2], clip=recorte
    )
    # La figura se busca una vez para todas las capas.
    vivas = (
        alt.layer(lugares, *([] if es_tasa else [dudosas]), *marcas)
        .transform_calculate(**mapa_columnas.desarmado(uno))
        .transform_lookup(lookup="lugar", from_=alt.LookupData(_geometria(uno, nivel), key="id"), as_="figura")
        .transform_calculate(**mapa_columnas.dichos(es_tasa, con_intervalo))
        .encode(shape="figura:G", tooltip=mapa_columnas.globo(es_tasa, con_intervalo), description="leido:N")
    )
    capas = [fondo.mark_geoshape(fill=p.rejilla, stroke=p.fondo, strokeWidth=0.8, clip=recorte), vivas]
    if muchos:  # sin la línea de la entidad, miles de municipios son una mancha
        capas.append(
            fondo.mark_geoshape(filled=False, stroke=p.texto, strokeWidth=0.7, strokeOpacity=0.55, clip=recorte)
        )
    if not recorte and mapa["rotulos"]:
        capas += _rotulos(uno, p)
    forma = plantilla.congelar(alt.layer(*capas, data=alt.NamedData(name="filas")), modo, con_ejes=False)
    # En lienzo: miles de polígonos en SVG tardan segundos en volver a pintarse.
    forma.pop("$schema")  # Streamlit y vl-convert saben cuál es
    return {**forma, "usermeta": {"embedOptions": {"actions": False, "renderer": "canvas"}}}


def _relleno(p: tema.Paleta, sentido: str, escala: Escala) -> Any:
    colores = alt.Scale(domain=list(range(CLASES)), range=list(rampa(p, sentido)))
    rellenos = {clase_ausente(estado): tramas.de_vega(estado, p) for estado in escala.ausencias}
    if escala.es_tasa:
        rellenos[CERO] = p.cero
    casos = [{"test": f"datum.clase === {clase}", "value": relleno} for clase, relleno in rellenos.items()]
    return alt.Color("clase:O", scale=colores, legend=None, condition=casos)


def _si_ausente(estado: str, si: Any, no: Any) -> Any:
    return alt.when(f"datum.clase === {clase_ausente(estado)}").then(alt.value(si)).otherwise(alt.value(no))


def _rotulos(nivel: Nivel, p: tema.Paleta) -> list[Any]:
    """Lo que el mapa de Chile lleva escrito y enmarcado: sus franjas y sus islas."""
    textos_ = alt.Chart(alt.InlineData(values=topologia(nivel.clave)["rotulos"]))
    marco = _capa(nivel, "marcos").mark_geoshape(filled=False, stroke=p.contorno, strokeDash=[3, 3])
    letra: dict[str, Any] = {"fontSize": alt.expr("width < 450 ? 10 : 13"), "align": alt.expr("datum.ancla")}
    rotulo = textos_.mark_text(color=p.tenue, **letra).encode(longitude="x:Q", latitude="y:Q", text="texto:N")
    return [marco, rotulo]


def _capa(nivel: Nivel, capa: str) -> Any:
    return alt.Chart(_geometria(nivel, capa))


def _geometria(nivel: Nivel, capa: str) -> Any:
    return alt.UrlData(url=URL + nivel.archivo, format=alt.TopoDataFormat(type="topojson", feature=capa))
