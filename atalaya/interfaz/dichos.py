"""Lo que el acervo responde a una frase: su cifra con error, su lugar entre los demás y el veredicto."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from atalaya import catalogo
from atalaya.estadistica import afirmaciones, pruebas
from atalaya.estadistica.afirmaciones import Juicio
from atalaya.figuras import lectura_dichos
from atalaya.idiomas import Rotulos
from atalaya.interfaz import datos, filtros, rastro, seguimiento

VALLE: Final = "valle de México"
CONJUNTOS: Final = Rotulos({"nacional": "Todas las ciudades de la encuesta", VALLE: "Las del Valle de México"})


@dataclass(frozen=True)
class Respuesta:
    """Una frase (fila de `mostrar/afirmaciones`) y lo que se le contesta.

    `cifra`: la fila de `mostrar/consultar`, con posicion, lugares_con_cifra, rango_inf y rango_sup si se ordena; vacía
    si la frase no dice de qué, de dónde o de cuándo. `cercanas`: lo mismo de otros periodos, si del suyo falta el
    archivo: no son la respuesta. `archivo`: cuál la decidiría.
    """

    frase: Mapping[str, Any]
    juicio: Juicio
    cifra: Mapping[str, Any]
    cercanas: tuple[Mapping[str, Any], ...] = ()
    archivo: str = ""

    @property
    def lectura(self) -> str:
        """La respuesta en palabras."""
        return lectura_dichos.leer(self.frase, self.juicio, self.cifra)


def todas() -> list[Respuesta]:
    """La respuesta a cada frase de la tabla, y a las que trajo la visita."""
    filas: Any = seguimiento.correr("afirmaciones").to_dict("records")
    return [responder(fila) for fila in filas]


def responder(frase: Mapping[str, Any]) -> Respuesta:
    """La respuesta a una frase: clase, valor, precision_dicha, lugar, indicador, periodo y conjunto."""
    claves = [_texto(frase.get(campo)) for campo in ("indicador", "lugar", "periodo")]
    falta = next((m for m, c in zip(("sin_indicador", "sin_lugar", "sin_periodo"), claves, strict=True) if not c), "")
    archivo = _texto(frase.get("archivo_que_la_decide"))
    if frase["clase"] == afirmaciones.OTRA or falta:
        motivo = "sin_cuenta" if frase["clase"] == afirmaciones.OTRA else falta
        return Respuesta(frase, Juicio("no_comprobable", motivo), {}, archivo=archivo)
    indicador, lugar, periodo = claves
    cifra = cifra_de(indicador, lugar, periodo, _texto(frase.get("conjunto")))
    if not cifra:
        return Respuesta(frase, Juicio("no_comprobable", "conteo"), {}, archivo=archivo)
    juicio = afirmaciones.juzgar(frase["clase"], frase["valor"], frase["precision_dicha"], cifra)
    if cifra["estado"] != "no_incorporado":
        return Respuesta(frase, juicio, cifra, archivo=archivo)
    fuente = catalogo.indicador(indicador).fuente
    deciden = lectura_dichos.archivos(fuente, afirmaciones.archivos(fuente, periodo))
    otros = afirmaciones.cercanos(periodo, list(datos.periodos_con_cifra(indicador, (cifra["lugar"],))))
    cercanas = tuple(cifra_de(indicador, lugar, otro, _texto(frase.get("conjunto"))) for otro in otros)
    return Respuesta(frase, juicio, cifra, cercanas, deciden or archivo)


def cifra_de(indicador: str, lugar: str, periodo: str, conjunto: str = "") -> Mapping[str, Any]:
    """La cifra de un lugar con su posición y sus rangos entre los del conjunto; vacía si el indicador es un conteo."""
    return _cifra(datos.version(), indicador, filtros.area(lugar), periodo, conjunto)


@rastro.memorizado(512)
def _cifra(version: str, indicador: str, lugar: str, periodo: str, conjunto: str) -> Mapping[str, Any]:
    if catalogo.indicador(indicador).es_conteo:
        return {}
    propia = datos.correr(
        "consultar", indicadores=[indicador], lugares=[lugar], periodos=[periodo], desgloses=["total"]
    ).to_dict("records")[0]
    orden = dict.fromkeys(("posicion", "lugares_con_cifra", "rango_inf", "rango_sup"), float("nan"))
    lista = _lista(version, indicador, periodo, conjunto)
    suya = lista[lista["lugar"] == lugar].to_dict("records")
    de_lista: dict[str, Any] = {k: suya[0][k] for k in orden} if suya else dict(orden)
    return {**{str(k): v for k, v in propia.items()}, **de_lista}


@rastro.memorizado(64)
def _lista(version: str, indicador: str, periodo: str, conjunto: str) -> pd.DataFrame:
    del version  # sólo distingue un acervo de otro
    tabla = datos.correr("clasificar", indicador=indicador, periodo=periodo, entre="ciudades", desglose="total")
    if conjunto == VALLE:
        tabla = pruebas.con_posicion(tabla[tabla["lugar"].isin(datos.valle_de_mexico())])
    return pruebas.con_rangos(tabla)


def _texto(valor: Any) -> str:
    return valor if isinstance(valor, str) else ""
