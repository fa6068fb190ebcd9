"""La vista de intercambio: qué práctica pasó de quién a quién, con qué convenio, en qué visitas y qué se aprendió."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import streamlit as st

from atalaya.figuras import ciclo, cuentas, pistas, textos
from atalaya.idiomas import Rotulos, anotado, tr
from atalaya.informes.imagen import ANCHO
from atalaya.informes.legajo import Legajo
from atalaya.interfaz import bloque, datos, ligados, seguido, seguimiento
from atalaya.interfaz.llano import en_html, llano

VER: Final = Rotulos(
    {
        "todo": "Todo",
        "transferencias": "Transferencias",
        "experiencias": "Experiencias",
        "convenios": "Convenios y pasantías",
        "modelos": "Modelos y lecciones",
    }
)
CONSULTAS: Final = (
    *("transferencias_vistas", "convenios_vistos", "pasantias_vistas"),
    *("modelos_vistos", "componentes_vistos", "lecciones_vistas"),
    *("casillas", "respuestas_de_ficha", "ciclo_visto"),
)
ESTADO: Final = Rotulos({"no dicho": "el documento no lo dice"})
_SIN_FECHA: Final = anotado("El documento no dice desde cuándo es el modelo")
_CUMPLIDO: Final = Rotulos({"no dicho": "Transferencia cuyo estado no se dice"})
CLASE: Final = Rotulos(
    {
        "componente": "Componentes",
        "eje": "Ejes",
        "problema": "Problemas que quiso resolver",
        "principio": "Principios",
        "fundamento": "Fundamentos",
    }
)
LECCION: Final = Rotulos(
    {
        "punto de partida": "De qué parten",
        "objetivo específico": "Objetivos específicos",
        "lección": "Lecciones",
        "papel del observatorio": "Papel del observatorio",
        "conclusión": "Conclusiones",
    }
)
Tablas = Mapping[str, pd.DataFrame]


def consultar() -> dict[str, pd.DataFrame]:
    """Todo lo del intercambio, por consulta."""
    todas = seguimiento.correr("experiencias_vistas", tipo="", objetivo="", territorial="", tematico="")
    return {**{nombre: seguimiento.correr(nombre) for nombre in CONSULTAS}, "experiencias_vistas": todas}


def legajo(tablas: Tablas, ver: str, elegida: str) -> Legajo:
    """Lo que se lleva: todas las tablas, primero la de lo que se ve, y su figura.

    La figura es la línea de tiempo de las pasantías, el ciclo de la experiencia `elegida` o, si no se ve una sola
    parte, la pista de las transferencias.
    """
    filas, figura, alternativo = {
        "convenios": (con_visita(tablas["pasantias_vistas"]), pistas.fechas, pistas.describir_fechas),
        "experiencias": (
            tablas["ciclo_visto"][tablas["ciclo_visto"]["experiencia"] == elegida],
            ciclo.ciclo,
            lambda suyas: ciclo.describir(suyas, str(suyas["titulo"].iloc[0])),
        ),
    }.get(ver, (con_rotulo(tablas["transferencias_vistas"]), pistas.estados, pistas.describir_estados))
    *dichos, primera = _LAMINA.get(ver, _LAMINA["transferencias"])
    titulo, subtitulo = map(tr, dichos)
    return Legajo(
        archivo=f"atalaya_intercambio_{ver}",
        titulo=f"{filas['titulo'].iloc[0]}: {titulo}" if ver == "experiencias" and len(filas) else titulo,
        subtitulo=subtitulo,
        tablas={primera: tablas[primera], **tablas},
        documentos=seguido.documentos(),
        figura=(lambda: figura(filas, "claro", ANCHO - 240)) if len(filas) and ver != "modelos" else None,
        alternativo=lambda: alternativo(filas),
        enlace=bloque.enlace_actual(),
    )


_LAMINA: Final = {
    "transferencias": (
        anotado("Qué práctica pasó de quién a quién, y en qué estado está"),
        anotado("Cada práctica que un lugar toma de otro, según el documento que lo cuenta."),
        "transferencias_vistas",
    ),
    "convenios": (
        anotado("Quién visitó a quién, y cuándo"),
        anotado("Pasantías, seminarios y congresos, con las fechas del documento."),
        "pasantias_vistas",
    ),
    "experiencias": (
        anotado("en el ciclo de «transparencia inteligente»"),
        anotado("Lleno, el documento lo dice; hueco, no lo dice."),
        "ciclo_visto",
    ),
    "modelos": (
        anotado("Modelos, componentes y lecciones"),
        anotado("Como los nombra su documento."),
        "componentes_vistos",
    ),
}


def transferencias(filas: pd.DataFrame) -> None:
    """Qué pasó de quién a quién y en qué estado está; la figura y su tabla."""
    st.header(tr("Transferencias: qué práctica pasó de quién a quién"), anchor=False)
    if filas.empty:
        seguido.falta(
            "transferencias", tr("Todavía no hay transferencias en la tabla."), tr("Cargue las de su municipio.")
        )
        return
    st.markdown(_resumen(filas))
    figura = pistas.estados(con_rotulo(filas), bloque.modo())
    bloque.pintar(bloque.preparar(figura, pistas.describir_estados(con_rotulo(filas))))
    renglones = [
        {
            tr("Práctica"): llano(f["practica"]),
            tr("De quién a quién"): f"{datos.nombre_entero(f['de_lugar'])} → {datos.nombre_entero(f['a_lugar'])}",
            tr("Estado"): ESTADO.get(f["estado"], f["estado"]),
            tr("Desde"): cuentas.fecha(f["desde"]) or tr("no lo dice"),
            tr("Convenio o modelo"): llano(f["nombre_modelo"]) or llano(f["nombre_convenio"]) or "—",
            tr("Nota"): llano(f["nota"]) or "—",
        }
        for f in filas.to_dict("records")
    ]
    bloque.tabla(seguido.llenas(renglones, (tr("Convenio o modelo"), tr("Nota"))), tr("Transferencias y su estado"))
    _ligados(filas)


def con_rotulo(filas: pd.DataFrame) -> pd.DataFrame:
    """Las transferencias con lo que se escribe sobre su pista: la práctica y, debajo, de quién a quién."""
    return filas.assign(
        rotulo=[
            f"{practica}\n{datos.nombre(de)} → {datos.nombre(a)}"
            for practica, de, a in zip(filas["practica"], filas["de_lugar"], filas["a_lugar"], strict=True)
        ]
    )


def con_visita(filas: pd.DataFrame) -> pd.DataFrame:
    """Las pasantías con lo que se escribe sobre su fecha: quién visita a quién y cuándo."""
    return filas.assign(rotulo=[_visita(f) for f in filas.to_dict("records")])


def convenios(filas: pd.DataFrame, pasantias: pd.DataFrame) -> None:
    """Los convenios y, en una línea de tiempo, sus pasantías."""
    st.header(tr("Convenios y pasantías"), anchor=False)
    if filas.empty:
        seguido.falta("convenios", tr("Todavía no hay convenios en la tabla."), tr("Cargue los de su municipio."))
    for f in filas.to_dict("records"):
        st.markdown(
            tr(
                "**{nombre}**  \n{nombre_entero} y {nombre_entero_2} · {desde}",
                nombre=llano(f["nombre_convenio"]),
                nombre_entero=datos.nombre_entero(f["lugar_a"]),
                nombre_entero_2=datos.nombre_entero(f["lugar_b"]),
                desde=_desde(f["inicio"]),
            )
            + (
                tr(" · Financiamiento: {nombre}", nombre=llano(f["financiamiento"]))
                if isinstance(f["financiamiento"], str)
                else ""
            )
        )
        if isinstance(f["objetivo"], str):
            st.html(f"<div class='cita' lang='es'>{en_html(f['objetivo'])}</div>")
        seguido.nota(f["nota"])
    if pasantias.empty:
        return
    suyas = con_visita(pasantias)
    figura = pistas.fechas(suyas, bloque.modo())
    bloque.pintar(bloque.preparar(figura, pistas.describir_fechas(suyas)))
    renglones = [
        {
            tr("Pasantía, seminario o congreso"): llano(f["nombre_pasantia"]),
            tr("Quién visita"): datos.nombre_entero(f["de_lugar"]),
            tr("Quién recibe"): datos.nombre_entero(f["a_lugar"]),
            tr("Empieza"): cuentas.fecha(f["inicio"]),
            tr("Termina"): cuentas.fecha(f["fin"]),
            tr("Días"): f"{f['dias']:.0f}" if pd.notna(f["dias"]) else tr("no los dice"),
        }
        for f in pasantias.to_dict("records")
    ]
    bloque.tabla(pd.DataFrame(renglones), tr("Pasantías, seminarios y congresos"))


def modelos(filas: pd.DataFrame, partes: pd.DataFrame, lecciones: pd.DataFrame) -> None:
    """Los modelos y sus partes, diciendo lo que el documento cuenta y no nombra; y las lecciones, textuales."""
    st.header(tr("Modelos y sus componentes"), anchor=False)
    if filas.empty:
        seguido.falta("modelos", tr("Todavía no hay modelos en la tabla."), tr("Cargue el de su municipio."))
    for f in filas.to_dict("records"):
        with st.expander(f"**{llano(f['nombre_modelo'])}** · {datos.nombre_entero(f['lugar'])}", expanded=True):
            desde = (
                tr("El modelo empezó en {fecha}", fecha=cuentas.fecha(f["desde"]))
                if isinstance(f["desde"], str)
                else tr(_SIN_FECHA)
            )
            st.markdown(f"{desde}. {componentes_dichos(f)}")
            if isinstance(f["objetivo"], str):
                st.html(f"<div class='cita' lang='es'>{en_html(f['objetivo'])}</div>")
            seguido.nota(f["nota"])
            for clase, suyas in partes[partes["modelo"] == f["modelo"]].groupby("clase", sort=False):
                bloque.tabla(_partes(suyas), f"{CLASE[str(clase)]}", con_titulo=True)
    _lecciones(lecciones)


def componentes_dichos(f: Mapping[Any, Any]) -> str:
    """«El documento dice que tiene 7 componentes y no nombra ninguno: aquí no se rellenan.»."""
    declarados, nombrados = f["componentes_declarados"], int(f["nombrados"])
    if pd.isna(declarados):
        return "" if nombrados else tr("El documento no dice cuántos componentes tiene ni los nombra.")
    cuantos = (
        tr("**El documento dice que tiene {n} ejes**", n=int(declarados))
        if f["clase_declarada"] == "eje"
        else tr("**El documento dice que tiene {n} componentes**", n=int(declarados))
    )
    if nombrados == declarados:
        return tr("{cuantos} y los nombra todos.", cuantos=cuantos)
    dice = tr("no nombra ninguno") if not nombrados else tr("nombra {nombrados}", nombrados=nombrados)
    return tr("{cuantos} y {dice}: lo que falta no se rellena.", cuantos=cuantos, dice=dice)


def _ligados(filas: pd.DataFrame) -> None:
    """Los indicadores que cada práctica debería mover, antes y después con su prueba; y los que nadie ligó."""
    por_clave = ligados.de("transferencias")
    st.markdown(tr("### Lo que debería moverse"))
    sin_liga = []
    for f in filas.to_dict("records"):
        if f["transferencia"] not in por_clave:
            sin_liga.append(f"«{llano(f['practica'])}»")
            continue
        with st.container(border=True):
            st.markdown(
                tr(
                    "**{nombre}**, en {nombre_entero}",
                    nombre=llano(f["practica"]),
                    nombre_entero=datos.nombre_entero(f["a_lugar"]),
                )
            )
            ligados.mostrar(por_clave[f["transferencia"]], _CUMPLIDO.get(f["estado"], f"Transferencia {f['estado']}"))
    if sin_liga:
        st.markdown(
            tr(
                "Sin ningún indicador ligado: {sin_liga}. Mientras nadie diga qué debería moverse, no se puede "
                "decir si la práctica sirvió.",
                sin_liga=textos.lista(sin_liga),
            )
        )
        with st.container(horizontal=True):
            seguido.plantilla("indicadores_ligados")
            seguido.cargar("indicadores_ligados")


def _lecciones(filas: pd.DataFrame) -> None:
    if filas.empty:
        return
    st.header(tr("Lecciones, conclusiones y papel del observatorio"), anchor=False)
    for (clase, de_que), suyas in filas.groupby(["clase", "de_que"], sort=False):
        titulo = LECCION[str(clase)]
        renglones = "".join(f"<li>{en_html(texto)}</li>" for texto in suyas["texto"])
        st.markdown(f"**{titulo}** · {llano(de_que)}")
        st.html(f"<ol class='lecciones' lang='es'>{renglones}</ol>")


def _partes(filas: pd.DataFrame) -> pd.DataFrame:
    tabla = pd.DataFrame(
        {
            tr("Cuál"): [
                f"{orden} · {llano(nombre)}"
                for orden, nombre in zip(filas["orden"], filas["nombre_parte"], strict=True)
            ],
            tr("En qué consiste"): [llano(texto) or "—" for texto in filas["texto"]],
        }
    )
    return tabla if set(tabla[tr("En qué consiste")]) != {"—"} else tabla[[tr("Cuál")]]


_VARIAS: Final = Rotulos(
    {
        "propuesta": "propuestas",
        "en curso": "en curso",
        "instalada": "instaladas",
        "retirada": "retiradas",
        "no dicho": "sin estado dicho",
    }
)


def _resumen(filas: pd.DataFrame) -> str:
    cuantas = filas["estado"].value_counts()
    orden = [estado for estado in (*pistas.PASOS[::-1], "retirada", "no dicho") if estado in cuantas]
    dichos = [
        f"**{cuantas[estado]}** {_VARIAS[estado] if cuantas[estado] != 1 or estado == 'no dicho' else tr(estado)}"
        for estado in orden
    ]
    cosas = tr("práctica") if len(filas) == 1 else tr("prácticas")
    return f"**{len(filas)}** {cosas}: {', '.join(dichos)}."


def _visita(f: Mapping[Any, Any]) -> str:
    quien = tr("{de_lugar} visita {a_lugar}", de_lugar=datos.nombre(f["de_lugar"]), a_lugar=datos.nombre(f["a_lugar"]))
    return f"{quien}\n{cuentas.lapso(f['inicio'], f['fin'])}"


def _desde(fecha: object) -> str:
    return (
        tr("desde {fecha}", fecha=cuentas.fecha(fecha))
        if isinstance(fecha, str)
        else tr("el documento no dice desde cuándo")
    )
