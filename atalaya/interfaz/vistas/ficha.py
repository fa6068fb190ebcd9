"""La vista de la ficha: un municipio o comuna en una página, con cada cifra, su error y con quién se compara."""

from __future__ import annotations

from typing import Any, Final

import pandas as pd
import streamlit as st

from atalaya import catalogo, periodos
from atalaya.catalogo.registros import proyecciones
from atalaya.estadistica import pruebas
from atalaya.estadistica.pruebas import RUPTURA
from atalaya.figuras import hallazgos, hallazgos_conteo, parrafo, puntos, textos, trazo
from atalaya.figuras.conteos import con_mas
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import Rotulos, anotado, tr
from atalaya.informes.imagen import ANCHO
from atalaya.informes.vista import Vista
from atalaya.interfaz import bloque, conteos, datos, datos_ficha, filtros, precision
from atalaya.interfaz.datos_ficha import Ficha
from atalaya.interfaz.enlace import Enlace, tocar

SIN_FIGURA: Final = ("csv", "xlsx")
"""De un lugar sin encuesta no hay figura: se lleva como tabla."""
SIN_CONFIANZA: Final = anotado(
    "No hay cifra comunal de confianza en la policía: Chile no tiene policía municipal y la ENUSC no publica la de "
    "Carabineros por comuna."
)
_NOTA_CAMBIOS: Final = anotado(
    "▲▼: cambió más que su error, al {nivel:g} % y descontando que en cada serie son muchas pruebas (Holm). "
    "△▽: sólo supera su margen por separado, y no basta. El lugar es de mayor a menor cifra; los lugares posibles "
    "valen para todas las ciudades a la vez, con {nivel_rangos} % de confianza."
)
_SUBTITULO: Final = anotado(
    "Cada indicador esencial con su intervalo al 95 % y, en el mismo renglón, la cifra nacional de ese periodo. Una "
    "nacional dentro del intervalo no prueba que sean iguales."
)
_CLASES: Final = Rotulos({"previo": "periodo anterior", "anual": "año antes"})


def elegir(enlace: Enlace) -> str:
    """El selector del lugar; la URL admite el municipio o su área urbana."""
    opciones = datos_ficha.lugares()
    omision = datos_ficha.OMISION if datos_ficha.OMISION in opciones else opciones[0]
    enlace.preparar("lugar", opciones, [omision], traducir=conteos.territorio)
    elegido = st.selectbox(
        tr("Municipio, comuna o área urbana"),
        opciones,
        format_func=datos_ficha.nombre,
        key="lugar",
        filter_mode=filtros.BUSCAR,
        on_change=tocar,
    )
    enlace.anotar("lugar", [elegido])
    return str(elegido)


def mostrar(ficha: Ficha) -> Vista:
    """El párrafo, las tablas y los parecidos; devuelve la vista para descargar."""
    st.header(datos_ficha.nombre(ficha.lugar), anchor=False)
    st.markdown(_parrafo(ficha))
    _de_encuesta(ficha)
    _de_registro(ficha)
    _parecidos(ficha)
    return vista_de(ficha)


def vista_de(ficha: Ficha) -> Vista:
    """Lo que se descarga: todas las cifras del lugar, con el párrafo."""
    dicho = _parrafo(ficha)
    return Vista(
        archivo=f"atalaya_ficha_{ficha.lugar}",
        titulo=tr("Ficha de {lugar}", lugar=datos_ficha.nombre(ficha.lugar)),
        subtitulo=tr(_SUBTITULO) if len(ficha.encuesta) else dicho.replace("**", ""),
        tabla=_para_llevar(ficha),
        figura=lambda: _figura(ficha, "claro", ANCHO - 240),
        alternativo=lambda: f"{_alternativo(ficha)} {dicho.replace('**', '')}",
        enlace=bloque.enlace_actual(),
        version=datos.version(),
    )


def formatos(ficha: Ficha) -> tuple[str, ...]:
    """En qué se puede llevar: como imagen, sólo si hay qué dibujar."""
    return SIN_FIGURA if ficha.encuesta.empty else (*SIN_FIGURA, "png", "svg")


def fichas(ficha: Ficha) -> None:
    """De dónde sale cada cifra a la vista."""
    if len(ficha.encuesta):
        bloque.ficha(_a_la_vista(ficha))
    if len(ficha.registro):
        bloque.ficha(_delitos_a_la_vista(ficha))


def faltas(ficha: Ficha) -> list[str]:
    """Lo que no hay de ese lugar, dicho."""
    dichas = []
    if ficha.cobertura == "compartida" and ficha.encuestado:
        area = catalogo.lugar(ficha.encuestado).nombre_corto
        dichas.append(
            tr(
                "Las cifras de encuesta son del área urbana de {area}, de varios municipios, no sólo de éste.",
                area=area,
            )
        )
    if ficha.encuesta.empty:
        dichas.append(
            tr("Ninguna encuesta da cifra de este lugar: lo que vive y opina su gente no se sabe por municipio.")
        )
    if ficha.pais == "CL":
        dichas.append(tr(SIN_CONFIANZA))
    if ficha.registro.empty:
        dichas.append(
            tr("No hay conteos de delitos: se cuentan por municipio, no por área urbana.")
            if _es_area(ficha)
            else tr("El acervo no trae conteos de delitos de este lugar.")
        )
    return dichas


def _parrafo(ficha: Ficha) -> str:
    delitos = _delitos_a_la_vista(ficha).head(1) if len(ficha.registro) else ficha.registro
    de_encuesta = _a_la_vista(ficha).to_dict("records") if len(ficha.encuesta) else []
    return parrafo.parrafo(ficha.nombre, de_encuesta, delitos.to_dict("records"), faltas(ficha))


def _a_la_vista(ficha: Ficha) -> pd.DataFrame:
    return ficha.encuesta[ficha.encuesta["indicador"].isin(ficha.esenciales)]


def _delitos_a_la_vista(ficha: Ficha) -> pd.DataFrame:
    return ficha.registro[ficha.registro["indicador"].isin(datos_ficha.CONTEOS[ficha.pais])]


def _de_encuesta(ficha: Ficha) -> None:
    st.header(tr("Lo que dice la gente"), anchor=False)
    if ficha.encuesta.empty:
        st.info(tr("Ninguna encuesta da cifra de este lugar."), icon=":material/info:")
        return
    if ficha.encuestado != ficha.lugar and ficha.cobertura == "compartida":
        area = catalogo.lugar(ficha.encuestado).nombre_corto
        st.warning(
            tr("Del área urbana de **{area}**, de varios municipios: no sólo de éste.", area=area),
            icon=":material/groups:",
        )
    bloque.pintar(bloque.preparar(_figura(ficha, bloque.modo(), "container"), _alternativo(ficha)))
    precision.leyenda(_a_la_vista(ficha))
    bloque.tabla(_tabla_encuesta(_a_la_vista(ficha), con_lugar=True), tr("Lo esencial"))
    st.caption(tr(_NOTA_CAMBIOS, nivel=pruebas.NIVEL, nivel_rangos=pruebas.NIVEL_RANGOS))
    demas = ficha.encuesta[~ficha.encuesta["indicador"].isin(ficha.esenciales)]
    temas = demas["indicador"].map(lambda clave: catalogo.indicador(clave).tema)
    for tema, suyas in demas.groupby(temas, sort=False):
        with st.expander(f"{filtros.nombre_tema(str(tema))} ({len(suyas)})"):
            bloque.tabla(_tabla_encuesta(suyas, con_lugar=False), filtros.nombre_tema(str(tema)))


def _figura(ficha: Ficha, modo: str, ancho: int | str) -> Figura:
    """Un renglón por indicador esencial: la cifra con su intervalo y, en el mismo, la nacional de su periodo."""
    return puntos.puntos(_filas(ficha), ficha.encuestado, None, modo, ancho, 100)


def _filas(ficha: Ficha) -> pd.DataFrame:
    """Las esenciales en el orden del catálogo, con el indicador y su fecha por nombre."""
    suyas = _a_la_vista(ficha)
    nombres = [
        f"{catalogo.indicador(clave).nombre_corto}\n{periodos.corto(cuando)}"
        for clave, cuando in zip(suyas["indicador"], suyas["periodo"], strict=True)
    ]
    return trazo.con_dichos(suyas.assign(nombre=nombres))


def _alternativo(ficha: Ficha) -> str:
    dichas = [
        tr(
            "{nombre}: {cifra}, nacional {nacional_pct}",
            nombre=f["nombre"].replace(chr(10), ", "),
            cifra=textos.cifra(f),
            nacional_pct=textos.pct(f["nacional_pct"]),
        )
        for f in _filas(ficha).to_dict("records")
    ]
    return tr(
        "Gráfico de puntos. {lugar} frente a la cifra nacional. {dichas}.",
        lugar=datos_ficha.nombre(ficha.lugar),
        dichas="; ".join(dichas),
    )


def _tabla_encuesta(filas: pd.DataFrame, con_lugar: bool) -> pd.DataFrame:
    renglones = []
    for fila in filas.to_dict("records"):
        renglon = {
            tr("Indicador"): _nombre(fila),
            tr("Cifra"): textos.pct(fila["valor_pct"], 2),
            tr("Intervalo al 95 %"): textos.intervalo(fila["ic_inf"], fila["ic_sup"]),
            tr("Precisión"): tr(fila["precision"]) if isinstance(fila["precision"], str) else tr("no publicada"),
            tr("De cuándo"): periodos.nombre_mes(fila["periodo"]).capitalize(),
            tr("Cambio"): _cambio(fila),
        }
        if con_lugar:
            renglon[tr("Nacional")] = textos.pct(fila.get("nacional_pct"), 2)
            if "posicion" in fila:
                renglon[tr("Lugar")] = _lugar(fila)
        renglones.append(renglon)
    return pd.DataFrame(renglones)


def _nombre(fila: dict[Any, Any]) -> str:
    nombre = catalogo.indicador(fila["indicador"]).nombre
    return f"{nombre} ({tr(parrafo.EXPERIMENTAL)})" if fila["metodo"] == "experimental" else nombre


def _lugar(fila: dict[Any, Any]) -> str:
    if pd.isna(fila["posicion"]):
        return "—"
    dicho = textos.puesto(fila["posicion"], fila["lugares_con_cifra"])
    return f"{dicho}, {hallazgos.rango(fila)}" if hallazgos.con_rango(fila) else dicho


def _cambio(fila: dict[Any, Any]) -> str:
    """«▲ 3.2 que un año antes», «sin cambio mayor que el error», «cambia la serie»."""
    dichos, quietos, rotos = [], 0, 0
    for contra, cuando in _CLASES.items():
        veredicto, diferencia = fila[f"cambio_{contra}"], fila[f"diferencia_{contra}"]
        if veredicto in hallazgos.MARCAS:
            dichos.append(f"{hallazgos.MARCAS[veredicto]} {textos.numero(abs(diferencia))} ({cuando})")
        elif veredicto == "no_con_holm":
            dichos.append(f"{hallazgos.MARCAS_SOLAS['sube' if diferencia > 0 else 'baja']} ({cuando})")
        quietos += veredicto == "sin_cambio"
        rotos += veredicto == RUPTURA
    if dichos:
        return "; ".join(dichos)
    if quietos:
        return tr("sin cambio mayor que el error")
    return tr("cambia la serie: no se calcula") if rotos else tr("sin prueba")


def _de_registro(ficha: Ficha) -> None:
    st.header(tr("Lo que se registra"), anchor=False)
    if ficha.registro.empty:
        st.info(faltas(ficha)[-1], icon=":material/info:")
        if _es_area(ficha):
            _enlaces(list(catalogo.municipios_de(ficha.lugar)))
        return
    bloque.tabla(_tabla_registro(_delitos_a_la_vista(ficha)), tr("Los delitos a la vista"))
    usadas = [proyecciones()[p].nombre for p in dict.fromkeys(ficha.registro["proyeccion"].dropna())]
    st.caption(
        tr(
            "Último año entero de cada delito contra el anterior. Población: {usadas}. {nota}",
            usadas=textos.lista(usadas),
            nota=hallazgos_conteo.nota(),
        )
    )
    demas = ficha.registro[~ficha.registro["indicador"].isin(datos_ficha.CONTEOS[ficha.pais])]
    if len(demas):
        with st.expander(tr("Los demás delitos ({demas})", demas=len(demas))):
            bloque.tabla(_tabla_registro(demas), tr("Los demás delitos"))


def _tabla_registro(filas: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        [
            {
                tr("Delito"): catalogo.indicador(fila["indicador"]).nombre,
                tr("Se cuentan"): catalogo.indicador(fila["indicador"]).unidad_dicha,
                tr("Año"): fila["periodo"],
                tr("Casos"): textos.entero(fila["casos"]),
                tr("Cifra"): textos.numero(fila["tasa_100k"]),
                tr("Intervalo al 95 %"): textos.intervalo(fila["tasa_inf"], fila["tasa_sup"]),
                tr("Población"): textos.entero(fila["poblacion"]),
                tr("Cambio"): _cambio_registro(fila),
            }
            for fila in filas.to_dict("records")
        ]
    ).rename(columns={tr("Cifra"): tr("Tasa por 100 mil")})


def _cambio_registro(fila: dict[Any, Any]) -> str:
    veredicto = fila["veredicto"]
    if veredicto not in hallazgos.MARCAS:
        return parrafo.cambio_registro(fila)
    entre = tr("{cambio} a {desde}", cambio=con_mas(fila["cambio_inf"]), desde=con_mas(fila["cambio_sup"]))
    return tr(
        "{marcas} {cambio} ({entre}) desde {desde}",
        marcas=hallazgos.MARCAS[veredicto],
        cambio=con_mas(fila["cambio_pct"]),
        entre=entre,
        desde=fila["desde"],
    )


def _parecidos(ficha: Ficha) -> None:
    st.header(tr("Con quién se puede comparar"), anchor=False)
    if ficha.parecidos.empty:
        if catalogo.lugar(ficha.lugar).tipo == "municipio":
            dicho = tr(
                "Ninguno con cifra propia de encuesta se le parece: su población y su densidad quedan muy lejos."
            )
        else:
            dicho = tr("Los parecidos se buscan por municipio o comuna: elija uno.")
        st.info(dicho, icon=":material/info:")
        return
    st.caption(
        tr("Los más parecidos por población y densidad, con cifra propia de encuesta. Es una propuesta: usted elige.")
    )
    paises = list(ficha.parecidos.groupby("pais", sort=False))
    for columna, (pais, suyos) in zip(st.columns(len(paises), gap="medium"), paises, strict=True):
        with columna:
            st.markdown(f"**{datos.PAISES[str(pais)]}**")
            for fila in suyos.to_dict("records"):
                _parecido(ficha, fila)


def _parecido(ficha: Ficha, fila: dict[Any, Any]) -> None:
    st.markdown(f"{fila['orden']}. **{conteos.entero(fila['lugar'])}**. {fila['razon']}")
    with st.container(horizontal=True):
        st.page_link("pages/indicadores/ficha.py", label=tr("Su ficha"), query_params={"lugar": fila["lugar"]})
        otro = filtros.area(fila["lugar"])
        if ficha.encuestado:
            st.page_link(
                "pages/indicadores/comparar.py",
                label=tr("Comparar con {nombre}", nombre=ficha.nombre),
                query_params={"lugar": [ficha.encuestado, otro]},
            )


def _enlaces(lugares: list[str]) -> None:
    with st.container(horizontal=True):
        for clave in lugares:
            st.page_link("pages/indicadores/ficha.py", label=conteos.entero(clave), query_params={"lugar": clave})


def _para_llevar(ficha: Ficha) -> pd.DataFrame:
    """Las cifras de encuesta y los conteos, uno debajo del otro, como salen de sus consultas."""
    partes = [tabla for tabla in (ficha.encuesta, ficha.registro) if len(tabla)]
    return pd.concat(partes, ignore_index=True) if partes else ficha.encuesta


def _es_area(ficha: Ficha) -> bool:
    return catalogo.lugar(ficha.lugar).tipo == "area_urbana"
