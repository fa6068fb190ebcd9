"""La vista de afirmaciones: cuántas se sostienen, y cada frase con su veredicto, su figura y de dónde salió."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Sequence
from typing import Any, Final

import pandas as pd
import streamlit as st

from atalaya import periodos
from atalaya.estadistica.afirmaciones import VEREDICTOS
from atalaya.figuras import dicho, plantilla, textos
from atalaya.figuras.lectura_dichos import ENTRE, QUE_ES, ROTULO, SIGNO, cercana, decir
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import anotado, tr
from atalaya.informes.imagen import ANCHO
from atalaya.informes.vista import Vista
from atalaya.interfaz import avisos, bloque, datos, filtros
from atalaya.interfaz.dichos import Respuesta
from atalaya.interfaz.enlace import Enlace

TODAS: Final = "todas"
NINGUNO: Final = "sin_lugar"
_REGLA: Final = anotado(
    "- **Una cuenta, un veredicto.** Una frase con dos cuentas son dos renglones: ninguna se compensa con la otra.\n"
    "- **El redondeo es de quien habla.** «7 de cada 10» admite de 65 a menos de 75 %; «45.6» admite de 45.55 a menos "
    "de 45.65 %. Reproducida: la cifra oficial cae ahí.\n"
    "- **El error decide lo demás.** Si el intervalo al 95 % admite algún valor que se diría así, la frase cabe en el "
    "error, aunque también admita otros. Contradicha sólo si no admite ninguno.\n"
    "- **Un lugar** («6.º», «entre los tres primeros») se compara con el lugar estimado y, si no es ése, con los "
    "lugares posibles de todas las ciudades a la vez, al 90 % (Klein, Wright y Wieczorek 2020).\n"
    "- **Sin el archivo de su periodo no hay veredicto.** Se dice qué archivo lo daría; otro periodo no responde "
    "por el suyo.\n"
    "- De veinte frases ciertas, con intervalos al 95 % cabe esperar que una salga contradicha por azar."
)


def cuenta(respuestas: Sequence[Respuesta]) -> None:
    """De un vistazo: cuántas frases hay de cada veredicto."""
    cuantas = Counter(r.juicio.veredicto for r in respuestas)
    tarjetas = "".join(
        f"<li class='{v}'><span aria-hidden='true'>{SIGNO[v]}</span><b>{cuantas[v]}</b>"
        f"<strong>{ROTULO[v]}</strong><small>{QUE_ES[v]}</small></li>"
        for v in VEREDICTOS
    )
    cosas = tr("afirmación") if len(respuestas) == 1 else tr("afirmaciones")
    st.markdown(
        tr(
            "De **{respuestas}** {cosas}: coinciden con la cifra oficial, **{reproducida}**; caben en su "
            "error, **{dentro_del_error}**; no caben, **{contradicha}**; no hay con qué decirlo, "
            "**{no_comprobable}**.",
            respuestas=len(respuestas),
            cosas=cosas,
            reproducida=cuantas["reproducida"],
            dentro_del_error=cuantas["dentro_del_error"],
            contradicha=cuantas["contradicha"],
            no_comprobable=cuantas["no_comprobable"],
        )
    )
    st.html(f"<ul class='veredictos'>{tarjetas}</ul>")


def filtrar(enlace: Enlace, respuestas: Sequence[Respuesta]) -> list[Respuesta]:
    """Los filtros por veredicto, documento y lugar; da las frases que quedan."""
    documentos = {r.frase["documento"]: _documento(r) for r in respuestas}
    lugares = {_clave_lugar(r): _lugar(r) for r in respuestas}
    veredicto = filtros.opcion(enlace, "veredicto", tr("Veredicto"), {TODAS: tr("Todos"), **ROTULO}, TODAS)
    columnas = st.columns(2)
    with columnas[0]:
        documento = filtros.de_opciones(enlace, "documento", tr("Documento"), {TODAS: tr("Todos"), **documentos}, TODAS)
    with columnas[1]:
        lugar = filtros.de_opciones(enlace, "sobre", tr("De qué lugar habla"), {TODAS: tr("Todos"), **lugares}, TODAS)
    return [
        r
        for r in respuestas
        if veredicto in (TODAS, r.juicio.veredicto)
        and documento in (TODAS, r.frase["documento"])
        and lugar in (TODAS, _clave_lugar(r))
    ]


def mostrar(respuestas: Sequence[Respuesta], total: int) -> None:
    """Una tarjeta por frase."""
    if not respuestas:
        que = tr("Ninguna afirmación con esos filtros.") if total else tr("Todavía no hay afirmaciones en la tabla.")
        avisos.vacio(que, tr("Quite un filtro, o pruebe abajo su propia frase."))
    for numero, respuesta in enumerate(respuestas):
        with st.container(border=True, key=f"frase_{numero}"):
            tarjeta(respuesta)


def en_tabla(respuestas: Sequence[Respuesta]) -> None:
    """Las mismas, en una tabla plegada."""
    with st.expander(tr("Todas, como tabla"), icon=":material/table_rows:"):
        bloque.tabla(pd.DataFrame([_renglon(r) for r in respuestas]), tr("Afirmaciones y su veredicto"))


def sin_dicho(respuesta: Respuesta) -> None:
    """La cifra con que se comparará una frase que todavía no dice cuánto."""
    st.markdown(
        tr(
            "Falta **lo que dice** la frase. Se comparará con {cercana}.",
            cercana=cercana(respuesta.cifra, respuesta.frase["conjunto"]),
        )
    )
    figura = dicho.dibujar(respuesta.frase, respuesta.cifra, respuesta.cercanas, bloque.modo())
    bloque.pintar(bloque.preparar(figura, _alternativo(respuesta)))


def regla() -> None:
    """Con qué regla se decide, plegada."""
    with st.expander(tr("Con qué regla se decide"), icon=":material/balance:"):
        st.markdown(tr(_REGLA))


def tarjeta(respuesta: Respuesta) -> None:
    """Una frase: veredicto, cita, de dónde sale, respuesta y figura."""
    if respuesta.cifra:
        izquierda, derecha = st.columns([5, 4], gap="medium")
        with derecha:
            figura = dicho.dibujar(respuesta.frase, respuesta.cifra, respuesta.cercanas, bloque.modo())
            bloque.pintar(bloque.preparar(figura, _alternativo(respuesta)))
    else:
        izquierda = st.container()
    with izquierda:
        st.html(_cabecera(respuesta))
        st.markdown(respuesta.lectura)
        if respuesta.archivo:
            st.html(f"<p class='decidiria'><b>{tr('Qué la decidiría.')}</b> {_con_enlaces(respuesta.archivo)}</p>")
        if respuesta.cercanas:
            otros = "; ".join(cercana(c, respuesta.frase.get("conjunto")) for c in respuesta.cercanas)
            st.caption(
                tr("**Otra cosa, no la respuesta**: los periodos más cercanos que sí se tienen. {otros}.", otros=otros)
            )


def con_propia(visibles: Sequence[Respuesta], propia: Respuesta) -> list[Respuesta]:
    """Las frases a la vista y la propia, si ya dice cuánto o si ninguna otra tiene cifra."""
    dice = pd.notna(propia.frase["valor"])
    return [*visibles, propia] if dice or not any(r.cifra for r in visibles) else list(visibles)


def vista_de(respuestas: Sequence[Respuesta]) -> Vista:
    """Lo que se descarga: una fila por frase con su cifra, y la figura de cada una que se puede buscar."""
    con_figura = [r for r in respuestas if r.cifra]

    def figura() -> Figura:
        partes = [
            dicho.dibujar(r.frase, r.cifra, r.cercanas, "claro", ANCHO - 240).con(title=_titulo(r)) for r in con_figura
        ]
        return plantilla.juntar("vconcat", partes, 34)

    cuantas = Counter(r.juicio.veredicto for r in respuestas)
    return Vista(
        archivo="atalaya_afirmaciones",
        titulo=tr("Afirmaciones comprobadas"),
        subtitulo="; ".join(f"{ROTULO[v]}: {cuantas[v]}" for v in VEREDICTOS if cuantas[v])
        + tr(
            ". Banda: lo que la frase admite. Raya: el intervalo al 95 %, o los lugares posibles, todos a la "
            "vez, al 90 "
            "%. Apagado: otros periodos, que no son la respuesta."
        ),
        tabla=tabla_de(respuestas),
        figura=figura,
        alternativo=lambda: " ".join(_alternativo(r) for r in con_figura),
        enlace=bloque.enlace_actual(),
        version=datos.version(),
    )


def tabla_de(respuestas: Sequence[Respuesta]) -> pd.DataFrame:
    """Una fila por frase: la de su cifra (vacía si no la hay) y lo que se dijo, quién, dónde y el veredicto."""
    filas = [
        {
            **dict.fromkeys(("fuente", "indicador", "periodo", "lugar", "estado", "metodo", "precision")),
            **r.cifra,
            "nombre": _lugar(r),
            "frase": r.frase["texto"],
            "presenta": r.frase.get("presenta"),
            "documento": _documento(r),
            "pasaje": r.frase.get("pasaje"),
            "clase_dicha": r.frase["clase"],
            "valor_dicho": r.frase["valor"],
            "redondeo_dicho": r.frase["precision_dicha"],
            "conjunto": r.frase.get("conjunto"),
            "veredicto_frase": r.juicio.veredicto,
            "respuesta": r.lectura,
            "archivo_que_la_decide": r.archivo or None,
        }
        for r in respuestas
    ]
    columnas = ["fuente", "indicador", "periodo", "lugar", "estado", "metodo", "precision", "valor_pct", "cuadro"]
    return pd.DataFrame(filas) if filas else pd.DataFrame(columns=[*columnas, "frase", "veredicto_frase"])


def _cabecera(respuesta: Respuesta) -> str:
    frase, veredicto = respuesta.frase, respuesta.juicio.veredicto
    quien = [str(frase["presenta"])] if isinstance(frase.get("presenta"), str) else []
    donde = ", ".join(p for p in (_documento(respuesta), frase.get("pasaje")) if isinstance(p, str) and p)
    lugar = _lugar(respuesta) if _clave_lugar(respuesta) != NINGUNO else ""
    de_que = [_indicador(frase.get("indicador")), lugar, _periodo(frase.get("periodo"))]
    renglones = [" · ".join(quien), donde, " · ".join(p for p in de_que if p)]
    pie = "".join(f"<p>{html.escape(r)}</p>" for r in renglones if r)
    return (
        f"<div class='frase'><p class='veredicto {veredicto}'><span aria-hidden='true'>{SIGNO[veredicto]}</span> "
        f"{ROTULO[veredicto]}</p><blockquote lang='es'>«{html.escape(_sin_comillas(frase['texto']))}»</blockquote>"
        f"{pie}</div>"
    )


def _renglon(r: Respuesta) -> dict[str, Any]:
    con_cifra = bool(r.cifra) and r.cifra["estado"] == "dato"
    return {
        tr("Frase"): f"«{_llano(_sin_comillas(r.frase['texto']))}»" if r.frase["texto"] else tr("Sin escribir"),
        tr("Veredicto"): f"{SIGNO[r.juicio.veredicto]} {ROTULO[r.juicio.veredicto]}",
        tr("Dicho"): decir(r.frase) or "—",
        tr("Cifra"): textos.pct(r.cifra["valor_pct"], 2) if con_cifra else "—",
        tr("Intervalo al 95 %"): textos.intervalo(r.cifra["ic_inf"], r.cifra["ic_sup"]) if con_cifra else "—",
        tr("Lugar"): _puesto(r.cifra) if con_cifra else "—",
        tr("Lugares posibles"): _rango(r.cifra) if con_cifra else "—",
        tr("De dónde"): ENTRE.get(str(r.frase.get("conjunto")), _lugar(r)),
    }


def _puesto(cifra: Any) -> str:
    return textos.puesto(cifra["posicion"], cifra["lugares_con_cifra"]) if pd.notna(cifra["posicion"]) else "—"


def _rango(cifra: Any) -> str:
    if pd.isna(cifra["rango_inf"]):
        return "—"
    return tr(
        "{rango_inf} a {rango_sup}",
        rango_inf=textos.ordinal(int(cifra["rango_inf"])),
        rango_sup=textos.ordinal(int(cifra["rango_sup"])),
    )


def _alternativo(r: Respuesta) -> str:
    return dicho.describir(r.frase, r.juicio.veredicto, f"{_lugar(r)}. {r.lectura}", r.cercanas)


def _titulo(r: Respuesta) -> list[str]:
    texto = _sin_comillas(r.frase["texto"])
    # Sin el signo: quien dibuja fuera del navegador no lo tiene en su letra y cambia la de todo el renglón.
    return [
        ROTULO[r.juicio.veredicto],
        f"«{texto[:96]}{'…' if len(texto) > 96 else ''}»",
    ]


def _documento(r: Respuesta) -> str:
    titulo = r.frase.get("documento_titulo")
    return titulo if isinstance(titulo, str) else str(r.frase.get("documento") or "")


def _clave_lugar(r: Respuesta) -> str:
    lugar = r.frase.get("lugar")
    return lugar if isinstance(lugar, str) else NINGUNO


def _lugar(r: Respuesta) -> str:
    clave = _clave_lugar(r)
    return tr("Sin lugar") if clave == NINGUNO else datos.nombre_entero(clave)


def _indicador(clave: object) -> str:
    return filtros.nombre_indicador(clave) if isinstance(clave, str) else ""


def _periodo(clave: object) -> str:
    return periodos.nombre_mes(clave) if isinstance(clave, str) else ""


def _sin_comillas(texto: str) -> str:
    return texto.strip().strip('«»"“”')


def _con_enlaces(texto: str) -> str:
    """HTML escapado, con sus direcciones https como enlaces."""
    return re.sub(r"https://[^\s<>\"';]+", lambda m: f"<a href='{m[0]}'>{m[0]}</a>", html.escape(texto, quote=True))


def _llano(texto: str) -> str:
    """Sin marcas de Markdown: viene de un dato."""
    return texto.translate({ord(c): f"\\{c}" for c in "\\`*_[]<>#$~|"})
