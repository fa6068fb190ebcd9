"""Evolución: una línea por ciudad. Un periodo sin cifra corta la línea; jamás se une con una recta."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from atalaya import catalogo, periodos
from atalaya.catalogo import Ruptura
from atalaya.estadistica.pruebas import CAMBIOS
from atalaya.figuras import cronologia, hallazgos, plantilla, plantilla_lineas, tema, textos, trazo
from atalaya.figuras.cobertura import NACIONES
from atalaya.figuras.eje import Eje
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import Rotulos, tr

ALTO: Final = 340
PREDETERMINADO: Final = Eje()
FRANJA_LEGIBLE: Final = 28
"""Con más periodos que éstos, una franja de un solo periodo es más angosta que su rótulo, y no lo lleva."""
_COLUMNAS: Final = [
    "serie",
    "nombre",
    "pos",
    "periodo_dicho",
    "valor",
    "hueca",
    "tenue",
    "estado",
    "tramo",
    "ic_inf",
    "ic_sup",
    "metodo_error",
    "solo",
    "marca_previo",
    "marca_anual",
    "dicho",
    "intervalo",
]
_FORMA_NACION: Final = {"MX": "circle", "CL": "square"}
_RAYA_NACION: Final = {"MX": [5, 4], "CL": [2, 3]}
CAUSA: Final = Rotulos(
    {
        "no_levantado": "no se levantó",
        "sin_cifra_propia": "aún no se publicaba",
        "varias": "sin cifra",
        "no_incorporado": "falta su archivo",
        "no_publicado": "no publicado",
        "no_disponible": "sin dato",
        "suprimido": "suprimida",
        "no_aplica": "no aplica",
        "no_registrado": "no se registra",
        "aun_no_publicado": "aún no se publica",
        "fuera_del_archivo": "fuera del archivo",
        "sin_denominador": "sin población",
        "sin_base": "sin base",
        "ruptura": "cambió la serie",
    }
)
"""Cómo se rotula cada causa en la franja. `sin_cifra_propia`: la encuesta no llegaba ahí o lo publicaba dentro de otra
área; `varias`: a unas ciudades les falta por una causa y a otras por otra (el detalle va debajo de la figura)."""


SIGNO: Final = {
    **dict.fromkeys(CAUSA, "–"),
    "no_registrado": "✕",
    "aun_no_publicado": "…",
    "no_incorporado": "?",
    "sin_denominador": "÷",
    "sin_base": "÷",
    "ruptura": "≠",
}
"""Lo mismo en un signo, para donde no cabe."""


def lineas(
    tabla: pd.DataFrame,
    orden: list[str],
    modo: str = "claro",
    ancho: int | str = "container",
    alto: int = ALTO,
    dominio: tuple[float, float] | None = None,
    eje: Eje = PREDETERMINADO,
    columnas: int | None = None,
    ventana: cronologia.Ventana | None = None,
) -> Figura:
    """Líneas con huecos, de una sola tabla ya completa: una fila por lugar y periodo del calendario, con su estado.

    `tabla`: lugar, nombre, periodo, valor_pct, precision, estado (también `no_levantado` y `no_incorporado`) y, si los
    hay, ic_inf, ic_sup, metodo_error y los de `pruebas.con_cambios`. `orden`: las claves en el
    orden en que toman color y forma; las naciones van siempre punteadas. Donde una serie cambia hay una regla vertical
    y la línea se corta. Con otro `eje`, la tabla trae su columna en lugar de valor_pct y precision, y ya dichas `dicho`
    e `intervalo`; `hueca` marca los puntos que no van llenos y `clave`, si un lugar lleva varias series, cada una.
    `columnas`: las de la leyenda.
    """
    filas = completar(tabla, eje)
    ejes = cronologia.eje(filas["periodo"])
    limites = dominio or eje.limites(filas)
    return plantilla.llenar(
        plantilla_lineas.forma(modo, columnas or (2 if isinstance(ancho, str) else 5)),
        {
            "posiciones": list(ventana.rotulos) if ventana else cronologia.marcas(ejes),
            "rotulos": ventana.rotulos if ventana else cronologia.rotulos(ejes),
            "calendario": [ventana.desde, ventana.hasta] if ventana else [-0.4, len(ejes) - 0.6],
            "dominio": list(limites),
            "titulo": tr(eje.titulo),
            **_series(filas, orden, tema.paleta(modo)),
        },
        {
            "filas": filas.loc[filas["estado"] == "dato", _COLUMNAS],
            "huecos": _huecos(filas, ejes),
            "rupturas": _rupturas(filas, ejes),
            "faltas": _faltas(filas, orden if eje.con_faltas else [], limites),
            "cero": pd.DataFrame({"y": [0.0] if eje.cero else []}),
        },
        width=ancho,
        height=alto,
    )


def completar(tabla: pd.DataFrame, eje: Eje = PREDETERMINADO) -> pd.DataFrame:
    """La tabla con `pos` (lugar en el calendario), `tramo` (cambia en cada hueco) y las cifras dichas en palabras."""
    filas = tabla.copy() if "dicho" in tabla else _con_precision(trazo.con_dichos(tabla))
    filas["valor"] = filas[eje.columna].astype(float)
    filas["clave"] = filas["clave"] if "clave" in filas else filas["lugar"]
    ejes = cronologia.eje(filas["periodo"])
    filas["pos"] = filas["periodo"].map(cronologia.posiciones(filas["periodo"], ejes))
    filas["periodo_dicho"] = filas["periodo"].map(periodos.nombre_mes)
    filas["serie"] = filas["nombre"]
    filas = filas.sort_values(["clave", "pos"], ignore_index=True)
    # Una línea de Vega une los puntos de un mismo grupo: cada racha sin interrupción es un grupo aparte.
    # Ni un hueco ni un cambio de serie se cruzan: tras él empieza otro grupo.
    corte = (filas["estado"] != "dato").groupby(filas["clave"]).cumsum()
    filas["tramo"] = filas["clave"] + "/" + corte.astype(str)
    for una in cronologia.cambios_de_serie(filas):
        despues = filas["pos"] >= cronologia.lugar_de(una, ejes)
        filas.loc[despues & _alcanzadas(filas, una), "tramo"] += f"/{una.periodo}"
    con_cifra = (filas["estado"] == "dato").groupby(filas["tramo"]).transform("sum")
    filas["solo"] = con_cifra == 1
    for contra in CAMBIOS:
        filas[f"marca_{contra}"] = _marcas(filas, contra)
    return filas


def _con_precision(filas: pd.DataFrame) -> pd.DataFrame:
    """Hueca, la de precisión moderada o baja; tenue, la que la oficina no clasificó."""
    return filas.assign(hueca=filas["precision"].isin(["moderada", "baja"]), tenue=filas["precision"].isna())


def _marcas(filas: pd.DataFrame, contra: str) -> list[str]:
    """El triángulo de cada cambio probado: lleno si resiste la corrección, hueco si sólo supera su margen."""
    if f"cambio_{contra}" not in filas:
        return [""] * len(filas)
    partes = zip(filas[f"cambio_{contra}"], filas[f"diferencia_{contra}"], strict=True)
    return [
        hallazgos.MARCAS_SOLAS["sube" if diferencia > 0 else "baja"]
        if veredicto == "no_con_holm"
        else hallazgos.MARCAS.get(veredicto, "")
        for veredicto, diferencia in partes
    ]


def describir(tabla: pd.DataFrame, titulo: str, orden: list[str], eje: Eje = PREDETERMINADO) -> str:
    """Texto alternativo: de cada ciudad, primera y última cifra y sus extremos; y qué periodos faltan y por qué."""
    filas = completar(tabla, eje)
    partes = [tr("Gráfico de líneas. {titulo}.", titulo=titulo)]
    nombres = dict(zip(filas["clave"], filas["nombre"], strict=True))
    puntos: dict[str, list[tuple[float, str]]] = {}
    for clave, estado, valor, cuando in zip(
        filas["clave"], filas["estado"], filas["valor"], filas["periodo_dicho"], strict=True
    ):
        if estado == "dato":
            puntos.setdefault(clave, []).append((valor, cuando))
    for clave in orden:
        suyos = puntos.get(clave)
        if not suyos:
            partes.append(tr("{cual}: sin cifras en el intervalo.", cual=nombres.get(clave, clave)))
            continue
        (primera, a), (ultima, z), (mayor, alto), (menor, bajo) = suyos[0], suyos[-1], max(suyos), min(suyos)
        partes.append(
            tr(
                "{nombres}: {decir} en {desde} y {decir_2} en {hasta}; máximo {decir_3} ({alto}), mínimo "
                "{decir_4} ({bajo}).",
                nombres=nombres[clave],
                decir=eje.decir(primera),
                desde=a,
                decir_2=eje.decir(ultima),
                hasta=z,
                decir_3=eje.decir(mayor),
                alto=alto,
                decir_4=eje.decir(menor),
                bajo=bajo,
            )
        )
    for estado, sin_cifra in cronologia.vacios(filas).items():
        cuales = textos.lista([periodos.nombre_mes(v) for v in sin_cifra])
        partes.append(tr("Ningún lugar tiene cifra ({causa}) en {cuales}.", causa=CAUSA[estado], cuales=cuales))
    for una in cronologia.cambios_de_serie(filas):
        desde = periodos.nombre_mes(una.periodo)
        partes.append(
            tr(
                "En {desde} cambia la serie y no se compara con lo anterior: {descripcion}",
                desde=desde,
                descripcion=una.descripcion,
            )
        )
    return " ".join(partes)


def _huecos(filas: pd.DataFrame, ejes: list[str]) -> pd.DataFrame:
    """Las franjas de los periodos sin cifra para ninguna ciudad: de dónde a dónde y por qué."""
    bandas = [
        {
            "x": inicio - 0.5,
            "x2": fin + 0.5,
            "medio": (inicio + fin) / 2,
            "causa": "" if len(ejes) > FRANJA_LEGIBLE and inicio == fin else CAUSA[estado],
        }
        for estado, sin_cifra in cronologia.vacios(filas).items()
        for inicio, fin in cronologia.rachas([ejes.index(v) for v in sin_cifra])
    ]
    return pd.DataFrame(bandas, columns=["x", "x2", "medio", "causa"])


def _faltas(filas: pd.DataFrame, orden: list[str], limites: tuple[float, float]) -> pd.DataFrame:
    """Lo que le falta a una serie mientras otras tienen cifra: un renglón por serie, al pie de la figura, y por qué."""
    (abajo, arriba), largo = limites, filas["pos"].max() + 1
    nombres = dict(zip(filas["clave"], filas["nombre"], strict=True))
    marcas = [
        {
            "serie": nombres[clave],
            "x": inicio - 0.35,
            "x2": fin + 0.35,
            "medio": (inicio + fin) / 2,
            "y": abajo + (arriba - abajo) * (0.03 + 0.06 * orden.index(clave)),
            # Un rótulo sólo cabe si la falta es larga; si no, su signo, que la leyenda explica.
            "causa": CAUSA[estado] if fin - inicio + 1 >= largo / 4 else SIGNO[estado],
        }
        for clave, estado, inicio, fin in cronologia.faltas(filas)
        if clave in orden
    ]
    return pd.DataFrame(marcas, columns=["serie", "x", "x2", "medio", "y", "causa"])


def _rupturas(filas: pd.DataFrame, ejes: list[str]) -> pd.DataFrame:
    """Las reglas verticales, entre el último periodo de antes y el primero de después; de qué encuesta, si hay dos."""
    halladas = cronologia.cambios_de_serie(filas)
    varias = len({catalogo.indicador(clave).fuente for clave in filas["indicador"].unique()}) > 1
    donde = sorted({(cronologia.lugar_de(una, ejes) - 0.5, una.fuente.upper() if varias else "") for una in halladas})
    marcas = [(x, tr(cronologia.RUPTURA) + (f" ({encuesta})" if encuesta else "")) for x, encuesta in donde]
    return pd.DataFrame(marcas, columns=["x", "rotulo"])


def _alcanzadas(filas: pd.DataFrame, ruptura: Ruptura) -> pd.Series:
    toca = [
        ruptura.alcanza(catalogo.indicador(indicador).fuente, lugar, indicador)
        for indicador, lugar in zip(filas["indicador"], filas["lugar"], strict=True)
    ]
    return pd.Series(toca, filas.index, dtype=bool)


def _series(filas: pd.DataFrame, orden: list[str], p: tema.Paleta) -> dict[str, list[Any]]:
    """Nombre, color, forma y raya de cada serie. Las naciones: color del texto, cada una con su punteado."""
    por_clave = dict(zip(filas["clave"], filas["nombre"], strict=True))
    claves = [clave for clave in orden if clave in por_clave]
    ciudades = [clave for clave in claves if clave not in NACIONES]
    lugar = [ciudades.index(clave) if clave not in NACIONES else -1 for clave in claves]
    return {
        "series": [por_clave[clave] for clave in claves],
        "colores": [p.referencia if k < 0 else p.series[k % len(p.series)] for k in lugar],
        "formas": [
            _FORMA_NACION[clave] if k < 0 else tema.FORMAS_SERIE[k % len(tema.FORMAS_SERIE)]
            for clave, k in zip(claves, lugar, strict=True)
        ],
        "rayas": [_RAYA_NACION[clave] if k < 0 else [1, 0] for clave, k in zip(claves, lugar, strict=True)],
    }
