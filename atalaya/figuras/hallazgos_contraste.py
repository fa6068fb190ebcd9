"""Lo que se dice junto a lo que se registra: si cada cosa cambió más que su error, y por qué pueden diferir.

Frases en Markdown. Ningún verbo dice más que la prueba.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import pandas as pd

from atalaya import catalogo, periodos
from atalaya.estadistica.pruebas import NIVEL
from atalaya.figuras import hallazgos_conteo, textos
from atalaya.idiomas import Rotulos, tr

FIRMES: Final = Rotulos({"sube": "suben", "baja": "bajan"})
VICTIMIZACION: Final = ("hogares", "victimizacion_chile")
"""Los temas que preguntan por delitos sufridos; los demás, por lo que se siente o se cree."""
_UNIDAD: Final = Rotulos(
    {
        "carpetas de investigación": "Una carpeta puede llevar varias víctimas o varios delitos, y se abre si alguien "
        "denuncia o la fiscalía se entera.",
        "casos policiales": "Un caso policial es una denuncia o una detención en flagrancia: sube también si "
        "la policía "
        "detiene más.",
        "víctimas": "Los homicidios se registran casi todos; los demás delitos, no.",
    }
)


def frases(contraste: pd.DataFrame) -> list[str]:
    """Una por pareja de series: qué cambió de cada una y si van juntas. `contraste`: la de `contraste.contrastar`.

    Las que no tienen años en común van en una sola frase por indicador de la encuesta.
    """
    if contraste.empty:
        return []
    con_prueba, sin_prueba = contraste[contraste["motivo"] == ""], contraste[contraste["motivo"] != ""]
    sueltas = [
        tr(
            "**{nombre}**: sin dos años con cifra comparable suya y de {series}; no hay cambio que contrastar.",
            nombre=catalogo.indicador(str(clave)).nombre,
            series=_series(suyas),
        )
        for clave, suyas in sin_prueba.groupby("dice", sort=False)
    ]
    return [*(_pareja(fila) for fila in con_prueba.to_dict("records")), *sueltas]


def nota(contraste: pd.DataFrame) -> str:
    """Con qué se probó; vacía si no hubo nada que probar."""
    cuantas = int(contraste["pruebas"].iloc[0]) if len(contraste) else 0
    if not cuantas:
        return ""
    a_la_vez = tr("; se descuenta que son {cuantas} pruebas a la vez (Holm)", cuantas=cuantas) if cuantas > 1 else ""
    return tr(
        "Al {nivel:g} % de confianza, cada serie con su propio error{a_la_vez}. De la encuesta, el "
        "primer periodo del primer año que las dos tienen contra el último del último; del registro, "
        "esos dos años enteros. Que dos series cambien a la vez no prueba que una mueva a la otra.",
        nivel=NIVEL,
        a_la_vez=a_la_vez,
    )


def motivos(
    lugar: str, municipios: Sequence[str], encuesta: pd.DataFrame, dice: Sequence[str], registra: Sequence[str]
) -> list[str]:
    """Por qué las dos series pueden ir en direcciones distintas, con lo que toca a lo que está a la vista."""
    victimas = [clave for clave in dice if catalogo.indicador(clave).tema in VICTIMIZACION]
    unidades = dict.fromkeys(catalogo.indicador(clave).unidad for clave in registra)
    fuentes = dict.fromkeys(catalogo.indicador(clave).fuente for clave in [*dice, *registra])
    calendarios = [f"{clave.upper()}, {catalogo.fuentes()[clave].calendario}" for clave in fuentes]
    notas = [
        tr(
            "**No todo se denuncia.** El registro cuenta lo que llega a la autoridad: si se denuncia más, "
            "sube aunque no haya más delito, y al revés. {unidad}",
            unidad=" ".join(_UNIDAD[u] for u in unidades if u in _UNIDAD),
        ).rstrip(),
        tr(
            "**Sentirse inseguro no es haber sido víctima.** En lo que la gente siente pesan también lo que oye, "
            "lo que ve "
            "en su calle y delitos que no son el que se registra."
        )
        if len(victimas) < len(dice)
        else "",
        tr(
            "**Memoria.** A la víctima se le pregunta por meses pasados: olvida hechos y mete otros de antes. Y cuenta "
            "delitos de toda clase, denunciados o no."
        )
        if victimas
        else "",
        _territorio(lugar, municipios),
        tr(
            "**Calendario.** {calendarios}. En la figura, cada periodo va en el mes en que acaba y cada "
            "año, a su mitad.",
            calendarios="; ".join(calendarios),
        ),
        _lo_que_no_hay(lugar, encuesta),
    ]
    return [nota_ for nota_ in notas if nota_]


def _pareja(fila: Any) -> str:
    dice, registra = (catalogo.indicador(fila[clave]).nombre for clave in ("dice", "registra"))
    titulo = tr(
        "**{dice}, y {minuscula} ({nombre})**", dice=dice, minuscula=_minuscula(registra), nombre=fila["nombre"]
    )
    contado = pd.DataFrame([{**fila, "periodo": fila["hasta"]}])
    # La frase del registro empieza por el nombre del lugar, que ya está en el título.
    registrado = hallazgos_conteo.de_cambios(contado)[0].partition(": ")[2]
    return tr(
        "{titulo}: {junto}\n  - Se dice: {dicho}.\n  - Se registra: {registrado}",
        titulo=titulo,
        junto=_junto(fila),
        dicho=_dicho(fila),
        registrado=registrado,
    )


def _series(filas: pd.DataFrame) -> str:
    """«homicidio doloso (Nezahualcóyotl)»; la comuna, una vez si es la misma."""
    nombres = list(dict.fromkeys(filas["nombre"]))
    registra = [_minuscula(catalogo.indicador(clave).nombre) for clave in dict.fromkeys(filas["registra"])]
    return f"{textos.lista(registra)} ({textos.lista(nombres)})"


def _minuscula(texto: str) -> str:
    return texto[:1].lower() + texto[1:]


def _dicho(fila: Any) -> str:
    entre = tr(
        "de {periodo_desde} a {periodo_hasta}",
        periodo_desde=periodos.nombre_mes(fila["periodo_desde"]),
        periodo_hasta=periodos.nombre_mes(fila["periodo_hasta"]),
    )
    de_a = tr(
        "de {valor_desde} a {valor_hasta}",
        valor_desde=textos.pct(fila["valor_desde"]),
        valor_hasta=textos.pct(fila["valor_hasta"]),
    )
    if pd.isna(fila["p_dice"]):
        return tr("{entre}, {de_a}; sin error de las dos cifras no se sabe si cambió", entre=entre, de_a=de_a)
    puntos = tr(
        "{diferencia} puntos (±\N{NO-BREAK SPACE}{margen:.1f}), {de_a}",
        diferencia=textos.con_signo(fila["diferencia"], 1),
        margen=fila["margen"],
        de_a=de_a,
    )
    if fila["veredicto_dice"] in FIRMES:
        return tr(
            "{entre} {dicho}, {puntos}: más que el error muestral",
            entre=entre,
            dicho=tr("subió") if fila["diferencia"] > 0 else tr("bajó"),
            puntos=puntos,
        )
    if fila["veredicto_dice"] == "no_con_holm":
        return tr(
            "{entre}, {puntos}: supera su margen por separado, pero no la prueba conjunta, y no basta",
            entre=entre,
            puntos=puntos,
        )
    return tr("{entre} no se distingue un cambio, {puntos}", entre=entre, puntos=puntos)


def _junto(fila: Any) -> str:
    uno, otro = fila["veredicto_dice"], fila["veredicto"]
    if uno in FIRMES and otro in FIRMES:
        return (
            tr("las dos {firmes} más que su error.", firmes=FIRMES[uno])
            if uno == otro
            else tr("van en sentidos opuestos, más que su error.")
        )
    if uno in FIRMES:
        return tr("sólo lo que se dice cambió más que su error.")
    if otro in FIRMES:
        return tr("sólo lo que se registra cambió más que su azar.")
    return tr("ninguna de las dos cambió más que su error.")


def _territorio(lugar: str, municipios: Sequence[str]) -> str:
    uno = catalogo.lugar(lugar)
    if uno.tipo != "area_urbana":
        return tr("**Territorio.** La encuesta cubre la zona urbana; el registro, la comuna entera.")
    if len(municipios) == 1:
        return tr(
            "**Territorio.** La encuesta cubre la zona urbana y pregunta a quien vive ahí; el registro, lo ocurrido en "
            "todo el municipio, viva donde viva la víctima."
        )
    nombres = textos.lista([catalogo.lugar(clave).nombre_corto for clave in municipios])
    return tr(
        "**Territorio.** El área urbana de {nombre_corto} está en {municipios} municipios ({nombres}): "
        "la encuesta da una cifra de todos y el registro, una de cada uno, con su zona rural.",
        nombre_corto=uno.nombre_corto,
        municipios=len(municipios),
        nombres=nombres,
    )


def _lo_que_no_hay(lugar: str, encuesta: pd.DataFrame) -> str:
    """Si de la comuna hay menos cifras que de su región, que no se lea una por otra."""
    if catalogo.lugar(lugar).tipo == "area_urbana" or encuesta.empty:
        return ""
    nombre = catalogo.lugar(lugar).nombre_corto
    suyas = encuesta[(encuesta["lugar"] == lugar) & (encuesta["estado"] == "dato")]
    anios = textos.lista(sorted(set(suyas["periodo"])))
    dicho = (
        tr("La ENUSC sólo da cifra de {nombre} en {anios}", nombre=nombre, anios=anios)
        if anios
        else tr("La ENUSC no da cifra de {nombre}", nombre=nombre)
    )
    return tr("**Lo que no hay.** {dicho}: las líneas de su región y del país no son la suya.", dicho=dicho)
