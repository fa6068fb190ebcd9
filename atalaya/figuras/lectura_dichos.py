"""Lo que se contesta a una frase, en palabras: el veredicto, la cifra, su intervalo, su lugar y lo que falta."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pandas as pd

from atalaya import catalogo, periodos
from atalaya.catalogo.descargas import Direccion
from atalaya.estadistica import afirmaciones
from atalaya.estadistica.afirmaciones import DE_LISTA, NIVEL, Juicio
from atalaya.figuras import textos
from atalaya.idiomas import Rotulos, tr

ROTULO: Final = Rotulos(
    {
        "reproducida": "Reproducida",
        "dentro_del_error": "Dentro del error",
        "contradicha": "Contradicha",
        "no_comprobable": "No comprobable con este acervo",
    }
)
SIGNO: Final = {"reproducida": "✓", "dentro_del_error": "≈", "contradicha": "✗", "no_comprobable": "?"}
QUE_ES: Final = Rotulos(
    {
        "reproducida": "la cifra oficial, redondeada como se dice, es la dicha",
        "dentro_del_error": "no es la misma, pero su error la admite",
        "contradicha": "ni el error la admite",
        "no_comprobable": "falta el archivo, o la frase no trae con qué",
    }
)
MOTIVOS: Final = textos.CAUSA | Rotulos(
    {
        "sin_cuenta": "La frase no afirma un nivel ni un lugar entre otros: no hay cifra de encuesta que la decida.",
        "sin_indicador": "Ningún indicador del catálogo mide lo que dice.",
        "sin_lugar": "La frase no dice de qué lugar habla.",
        "sin_periodo": "La frase no dice de cuándo habla.",
        "sin_valor": "La frase no dice cuánto.",
        "sin_error": "La cifra no es la dicha, y sin su error no se sabe si la diferencia es real.",
        "fuera_de_lista": "Ese lugar no está entre los que se ordenan.",
        "conteo": "Habla de hechos registrados, no de una encuesta: aquí sólo se comprueban por cientos de encuesta.",
    }
)
_PRODUCTO: Final = Rotulos({"tabulados": "tabulados", "microdatos": "microdatos"})
_DE_DIEZ: Final = 10
ENTRE: Final = Rotulos({"valle de México": "en el Valle de México"})


def leer(frase: Mapping[str, Any], juicio: Juicio, cifra: Mapping[str, Any]) -> str:
    """La respuesta entera: la cifra y su error, frente a lo dicho; o por qué no se puede comprobar."""
    if juicio.veredicto == "no_comprobable" and juicio.motivo != "sin_error":
        cuando = f"{periodos.nombre_mes(cifra['periodo']).capitalize()}. " if cifra else ""
        return f"{cuando}{MOTIVOS[juicio.motivo]}"
    de = _de_nivel if frase["clase"] == NIVEL else _de_lista
    partes = [de(frase, juicio, cifra)]
    if juicio.motivo:
        partes.append(MOTIVOS[juicio.motivo])
    elif juicio.veredicto == "reproducida" and _puede_ser_otra(frase, cifra):
        partes.append(
            tr("Su error admite también otras respuestas: la frase coincide con la cifra, no queda asegurada.")
        )
    return " ".join(partes)


def decir(frase: Mapping[str, Any]) -> str:
    """Lo dicho: «45.6 %», «7 de cada 10 (de 65 a menos de 75 %)», «6.º»; vacío si no es una cuenta."""
    valor, clase = frase["valor"], frase["clase"]
    if pd.isna(valor) or clase not in (NIVEL, *DE_LISTA):
        return ""
    if clase == NIVEL:
        paso = afirmaciones.redondeo(valor, frase["precision_dicha"])
        desde, hasta = afirmaciones.admitidos(valor, frase["precision_dicha"])
        if paso <= 1:
            return textos.pct(valor, 0 if float(valor).is_integer() else 1)
        de_diez = paso == _DE_DIEZ and valor % _DE_DIEZ == 0
        dicho = (
            tr("{valor:g} de cada 10", valor=valor / _DE_DIEZ)
            if de_diez
            else textos.pct(valor, len(f"{valor:g}".partition(".")[2]))
        )
        return tr(
            "{dicho} (de {desde:g} a menos de {hasta:g}\N{NO-BREAK SPACE}%)", dicho=dicho, desde=desde, hasta=hasta
        )
    return (
        textos.ordinal(int(valor))
        if clase == afirmaciones.POSICION
        else tr("entre los {valor} primeros", valor=int(valor))
    )


def posicion(cifra: Mapping[str, Any], conjunto: object = "") -> str:
    """«2.º de 7 en el Valle de México, entre 1.º y 5.º»; vacío si no se ordena."""
    if not cifra or pd.isna(cifra["posicion"]):
        return ""
    puesto = textos.puesto(cifra["posicion"], cifra["lugares_con_cifra"])
    donde = ENTRE.get(str(conjunto), tr("ciudades"))
    return f"{puesto} {donde}{_rango(cifra)}"


def cercana(cifra: Mapping[str, Any], conjunto: object = "") -> str:
    """«diciembre de 2021, 61.4 % (53.9 a 68.3), 1.º de 7 …», de un periodo que no es el de la frase."""
    lugar = posicion(cifra, conjunto)
    return f"{periodos.nombre_mes(cifra['periodo'])}, {_cifra(cifra, 1)}" + (f", {lugar}" if lugar else "")


def archivos(fuente: str, hallados: Sequence[tuple[Direccion, str]]) -> str:
    """Qué archivos oficiales la decidirían, con la página de donde se bajan; vacío si el catálogo no los tiene."""
    if not hallados:
        return ""
    # De una ciudad, primero el tabulado: trae la cifra hecha. Los microdatos dan también su error exacto.
    orden = sorted(hallados, key=lambda uno: uno[0].producto != "tabulados")
    dichos = [f"{nombre or d.a_mano} ({_PRODUCTO.get(d.producto, d.producto)})" for d, nombre in orden]
    return tr(
        "{productor}: {dichos}; se bajan de {pagina}",
        productor=catalogo.fuentes()[fuente].productor,
        dichos=tr(" o ").join(dichos),
        pagina=orden[0][0].pagina,
    )


def _de_nivel(frase: Mapping[str, Any], juicio: Juicio, cifra: Mapping[str, Any]) -> str:
    dicho = decir(frase)
    inicio = tr("La cifra es {cifra}", cifra=_cifra(cifra, 2))
    fin = {
        "reproducida": tr("; con el redondeo de la frase, {dicho}.", dicho=dicho),
        "dentro_del_error": tr(". No es {dicho}, pero su intervalo alcanza valores que se dirían así.", dicho=dicho),
        "contradicha": tr(". Ningún valor de su intervalo se diría {dicho}.", dicho=dicho),
        "no_comprobable": tr("; se dijo {dicho}.", dicho=dicho),
    }[juicio.veredicto]
    lugar = posicion(cifra)
    return f"{inicio}{fin}" + (tr(" Es {lugar}.", lugar=lugar) if lugar else "")


def _de_lista(frase: Mapping[str, Any], juicio: Juicio, cifra: Mapping[str, Any]) -> str:
    fin = {
        "reproducida": tr("Es lo dicho."),
        "dentro_del_error": tr("Lo dicho, {decir}, cabe entre los lugares que su error admite.", decir=decir(frase)),
        "contradicha": tr("Lo dicho, {decir}, queda fuera de los lugares que su error admite.", decir=decir(frase)),
        "no_comprobable": tr("Se dijo {decir}.", decir=decir(frase)),
    }[juicio.veredicto]
    return tr(
        "Es {posicion}, con {cifra}. {fin}",
        posicion=posicion(cifra, frase.get("conjunto")),
        cifra=_cifra(cifra, 2),
        fin=fin,
    )


def _puede_ser_otra(frase: Mapping[str, Any], cifra: Mapping[str, Any]) -> bool:
    """Si el error admite otras respuestas; de un nivel dicho con detalle, siempre, y no hace falta decirlo."""
    if frase["clase"] == NIVEL and afirmaciones.redondeo(frase["valor"], frase["precision_dicha"]) < _DE_DIEZ:
        return False
    return not afirmaciones.asegurada(frase["clase"], frase["valor"], frase["precision_dicha"], cifra)


def _cifra(cifra: Mapping[str, Any], decimales: int) -> str:
    if cifra["estado"] != "dato":
        return textos.ESTADO[cifra["estado"]]
    dicho = textos.pct(cifra["valor_pct"], decimales)
    if pd.isna(cifra["ic_inf"]):
        return tr("{dicho} (sin error publicado)", dicho=dicho)
    return f"{dicho} ({textos.intervalo(cifra['ic_inf'], cifra['ic_sup'])})"


def _rango(cifra: Mapping[str, Any]) -> str:
    if pd.isna(cifra["rango_inf"]):
        return ""
    inf, sup = int(cifra["rango_inf"]), int(cifra["rango_sup"])
    return (
        tr(", sin otro lugar posible")
        if inf == sup
        else tr(", entre {inf} y {sup}", inf=textos.ordinal(inf), sup=textos.ordinal(sup))
    )
