"""La tesis del seminario, leída desde las cifras: qué eslabón aparece, cuál no, y lo que nada de esto prueba.

Frases en Markdown. Ningún verbo dice más que la prueba: «se asocia» sólo si resiste la corrección por probar varias.
"""

from __future__ import annotations

from typing import Any, Final

import pandas as pd

from atalaya import catalogo, periodos
from atalaya.estadistica.tesis import ESLABONES, INDICADORES, NIVEL, Eslabon
from atalaya.figuras import cobertura, coeficientes, cronologia, textos
from atalaya.idiomas import Rotulos, tr

CORTO: Final = Rotulos(
    {
        "identifica_policia_municipal": "Identifica a la policía",
        "efectividad_policia_municipal": "La ve efectiva",
        "confianza_policia_municipal": "Confía en ella",
        "inseguridad_ciudad": "Se siente insegura",
    }
)
_LARGO: Final = Rotulos(
    {
        "identifica_policia_municipal": "identificación de la policía municipal",
        "efectividad_policia_municipal": "efectividad percibida",
        "confianza_policia_municipal": "confianza",
        "inseguridad_ciudad": "inseguridad",
    }
)
_PARTES: Final = Rotulos(
    {
        "cercania": "«Más cercanía, más confianza»",
        "confianza": "«Más confianza, menos inseguridad»",
        "entera": "De punta a punta, «más cercanía, menos inseguridad»",
    }
)
_SENTIDO: Final = {"sube": 1, "baja": -1}
_EN: Final = Rotulos({"entre": "entre ciudades", "dentro": "dentro de cada ciudad"})


def nombre(eslabon: Eslabon, union: str = " → ") -> str:
    """«Identifica a la policía → confía en ella»."""
    segunda = CORTO[eslabon.y]
    return f"{CORTO[eslabon.x]}{union}{segunda[:1].lower()}{segunda[1:]}"


def de_la_tesis(tabla: pd.DataFrame) -> list[str]:
    """Una frase por parte de la tesis: si aparece, dónde y si algo va al revés. `tabla`: de `tesis.asociaciones`."""
    if tabla.empty:
        return [tr("No hay ciudades suficientes con las dos cifras para estimar ninguna asociación.")]
    return [f"**{rotulo}** {_aparece(tabla, parte)}" for parte, rotulo in _PARTES.items()]


def de_los_eslabones(tabla: pd.DataFrame) -> list[str]:
    """Una frase por eslabón, con sus dos coeficientes y su intervalo."""
    frases = []
    for uno in ESLABONES.values():
        filas = tabla[tabla["clave"] == uno.clave].to_dict("records")
        dichas = [f"{_EN[f['tipo']].capitalize()}, {de_una(f, len(tabla))}." for f in filas]
        frases.append(f"**{nombre(uno)}**. {' '.join(dichas) or tr('Sin ciudades suficientes para estimarlo.')}")
    return frases


def de_una(fila: Any, cuantas: int) -> str:
    """Qué dice un coeficiente, sin mayúscula ni punto. `cuantas` pruebas se hicieron a la vez."""
    coeficiente, rango = fila["coeficiente"], coeficientes.intervalo(fila["ic_inf"], fila["ic_sup"])
    if fila["veredicto"] in _SENTIDO:
        menor, mayor = sorted((abs(fila["ic_inf"]), abs(fila["ic_sup"])))
        return tr(
            "por cada punto más de {largo} hay {puntos:.2f} puntos {dicho} de {largo_2} (de {menor:.2f} a {mayor:.2f})",
            largo=_LARGO[fila["x"]],
            puntos=abs(coeficiente),
            dicho=tr("más") if coeficiente > 0 else tr("menos"),
            largo_2=_LARGO[fila["y"]],
            menor=menor,
            mayor=mayor,
        )
    dicho = tr("{coeficiente} puntos por punto, de {rango}", coeficiente=textos.con_signo(coeficiente), rango=rango)
    if fila["veredicto"] == "no_con_holm":
        return tr(
            "el intervalo excluye el cero ({dicho}), pero no resiste que sean {cuantas} pruebas a la vez: no basta",
            dicho=dicho,
            cuantas=cuantas,
        )
    return tr("no se asocian más allá del error ({dicho})", dicho=dicho)


def nota(tabla: pd.DataFrame) -> str:
    """Con qué se probó: cuántas ciudades y periodos, qué error y qué corrección."""
    if tabla.empty:
        return ""
    ciudades, celdas, cuando = (int(tabla[c].max()) for c in ("ciudades", "celdas", "periodos"))
    return tr(
        "{ciudades} ciudades, {cuando} trimestres y {celdas} pares de cifras. Entre ciudades: recta de "
        "los promedios de cada una, error HC3. Dentro: efectos fijos de ciudad y de trimestre, error "
        "por conglomerados de ciudad. Intervalos al {nivel} %. Marca llena: se distingue de cero, "
        "descontado que son {tabla} pruebas a la vez (Holm).",
        ciudades=ciudades,
        cuando=cuando,
        celdas=textos.entero(celdas),
        nivel=NIVEL,
        tabla=len(tabla),
    )


def no_prueba(tabla: pd.DataFrame, panel: pd.DataFrame, fuera: list[str]) -> list[str]:
    """Los límites de todo lo anterior, con sus números. `panel`: la de `mostrar/panel`; `fuera`: áreas no contadas."""
    con_cifra = panel[panel["estado"] == "dato"]
    notas = [
        tr(
            "**No es causa.** Que dos cifras vayan juntas no dice cuál mueve a cuál, ni descarta una tercera que "
            "mueva a "
            "las dos (lo que pasa en la calle, lo que dicen las noticias). Los efectos fijos quitan lo que en "
            "una ciudad "
            "no cambia y lo que cambió en todas a la vez; nada más."
        ),
        tr(
            "**Identificar no es proximidad.** «Identificar» es reconocer a la corporación: no dice si se "
            "conoce a quien patrulla, si patrulla a pie ni qué modelo de policía hay. {recorrido}. Lo que "
            "salga con esta medida no confirma ni refuta la proximidad como estrategia.",
            recorrido=_recorrido(con_cifra, INDICADORES[0]),
        ),
        _acotado(tabla),
        tr(
            "**Mismas entrevistas en las dos cifras.** A quien identifica a la policía se le pregunta si confía "
            "y si la ve "
            "efectiva, y en la misma visita si su ciudad es insegura: el azar de la muestra mueve las dos a la "
            "vez, y eso "
            "puede asociarlas, sobre todo dentro de cada ciudad, aunque nada más las una."
        ),
        _atenuacion(tabla),
        tr(
            "**Ciudades, no personas.** Lo que vale entre ciudades puede no valer entre las personas de una (falacia "
            "ecológica). Un área de varios municipios tiene varias policías municipales y una sola cifra."
        ),
        _huecos(con_cifra),
        _series(con_cifra),
    ]
    if fuera:
        notas.append(tr("**Cada territorio, una vez.** No se cuenta aparte {fuera}.", fuera=textos.lista(fuera)))
    return [nota_ for nota_ in notas if nota_]


def _aparece(tabla: pd.DataFrame, parte: str) -> str:
    filas = [f for f in tabla.to_dict("records") if ESLABONES[f["clave"]].parte == parte]
    if not filas:
        return tr("no se puede estimar: faltan ciudades con las dos cifras.")
    sentidos = {id(f): _SENTIDO.get(f["veredicto"], 0) * ESLABONES[f["clave"]].espera for f in filas}
    favor, contra = ([f for f in filas if sentidos[id(f)] == signo] for signo in (1, -1))
    total = tr("{filas} coeficientes", filas=len(filas))
    if not favor and not contra:
        return tr("no aparece en estas cifras: ninguno de sus {total} se distingue de cero.", total=total)
    if len(favor) == len(filas):
        return tr("aparece: sus {total} van en el sentido esperado, entre ciudades y dentro de cada una.", total=total)
    if not favor:
        return tr(
            "no aparece: {contra} de sus {total} van en el sentido contrario{cuales}.",
            contra=len(contra),
            total=total,
            cuales=_cuales(contra),
        )
    dicho = tr(
        "aparece a medias: {favor} de sus {total} van en el sentido esperado{cuales}",
        favor=len(favor),
        total=total,
        cuales=_cuales(favor),
    )
    return dicho + (
        tr("; en el contrario, {contra}{cuales}.", contra=len(contra), cuales=_cuales(contra))
        if contra
        else tr("; los demás, en ninguno.")
    )


def _cuales(filas: list[Any]) -> str:
    dichos = [f"{nombre(ESLABONES[f['clave']])}, {_EN[f['tipo']]}" for f in filas]
    return f" ({'; '.join(dichos)})" if dichos else ""


def _recorrido(con_cifra: pd.DataFrame, indicador: str) -> str:
    suyas = con_cifra[con_cifra["indicador"] == indicador].groupby("lugar")["valor_pct"].mean()
    if suyas.empty:
        return tr("No hay cifras suyas")
    return tr(
        "En promedio va de {desde} a {hasta} según la ciudad",
        desde=textos.pct(suyas.min()),
        hasta=textos.pct(suyas.max()),
    )


def _acotado(tabla: pd.DataFrame) -> str:
    """Hasta dónde se descarta lo que no se distingue de cero."""
    filas = tabla[(tabla["clave"] == "identifica_confianza") & ~tabla["veredicto"].isin(_SENTIDO)].to_dict("records")
    topes = [f"{textos.numero(max(abs(f['ic_inf']), abs(f['ic_sup'])), 2)} {_EN[f['tipo']]}" for f in filas]
    if not topes:
        return ""
    return tr(
        "**No hallarla no es probar que no existe.** Entre identificar a la policía y confiar en ella "
        "se descartan asociaciones de más de {topes} (puntos de confianza por punto de identificación); "
        "una menor cabe en el error.",
        topes=textos.lista(topes),
    )


def _atenuacion(tabla: pd.DataFrame) -> str:
    dentro = tabla[tabla["tipo"] == "dentro"].drop_duplicates("x").to_dict("records")
    dichas = [f"{_LARGO[f['x']]}, {textos.pct(100 * f['confiabilidad'], 0)}" for f in dentro]
    if not dichas:
        return ""
    return tr(
        "**Atenuación.** El error muestral de la primera cifra acerca el coeficiente a cero. De lo que "
        "varía dentro de las ciudades no es error: {dichas}. Este sesgo y el anterior pueden ir en "
        "sentidos opuestos, y ninguno se corrige aquí.",
        dichas="; ".join(dichas),
    )


def _huecos(con_cifra: pd.DataFrame) -> str:
    vistos = sorted(con_cifra["periodo"].unique(), key=periodos.clave_orden)
    if len(vistos) < 2:
        return ""
    todos = periodos.rango(vistos[0], vistos[-1])
    faltan = [p for p in todos if p not in vistos]
    por_ciudad = con_cifra.groupby("lugar")["periodo"].nunique()
    dicho = (
        tr("faltan {intervalos}", intervalos=cobertura.intervalos(faltan, todos)) if faltan else tr("no falta ninguno")
    )
    return tr(
        "**Huecos.** De {todos} trimestres entre {vistos} y {desde}, {dicho}. Cada ciudad promedia "
        "los que tiene, de {min} a {hasta}, que no son los mismos para todas.",
        todos=len(todos),
        vistos=periodos.nombre_mes(vistos[0]),
        desde=periodos.nombre_mes(vistos[-1]),
        dicho=dicho,
        min=por_ciudad.min(),
        hasta=por_ciudad.max(),
    )


def _series(con_cifra: pd.DataFrame) -> str:
    """Los cambios de serie del intervalo, que no se cruzan, y los avisos, que se dicen."""
    cambios = [f"{periodos.nombre_mes(u.periodo)}: {u.descripcion}" for u in cronologia.cambios_de_serie(con_cifra)]
    vistos = sorted(con_cifra["periodo"].unique(), key=periodos.clave_orden)
    avisos = dict.fromkeys(
        una.descripcion
        for una in catalogo.rupturas()
        if una.tipo == "aviso"
        and una.indicador in INDICADORES
        and vistos
        and periodos.clave_orden(vistos[0]) < periodos.clave_orden(una.periodo) <= periodos.clave_orden(vistos[-1])
    )
    dicho = (
        tr("De cada ciudad sólo cuenta lo posterior a su último cambio de serie ({cambios})", cambios=" ".join(cambios))
        if cambios
        else tr("En el intervalo ninguna de estas series cambia de definición")
    )
    return tr("**Cambios de serie.** {dicho}. {avisos}", dicho=dicho, avisos=" ".join(avisos)).strip()
