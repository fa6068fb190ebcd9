"""Los filtros de las páginas: con rótulo, en la URL, y con la misma clave que en la línea de órdenes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import streamlit as st

from atalaya import catalogo, periodos
from atalaya.errores import ErrorCatalogo
from atalaya.idiomas import tr
from atalaya.interfaz import datos
from atalaya.interfaz.enlace import Enlace, tocar

BASICOS: Final = (
    "inseguridad_ciudad",
    "identifica_policia_municipal",
    "efectividad_policia_municipal",
    "confianza_policia_municipal",
)
ESENCIAL: Final = "esencial"
BUSCAR: Final = "contains"
"""Al escribir quedan las opciones que contienen eso, sin acentos ni mayúsculas (idioma.py). Con «fuzzy», que acepta
letras salteadas, «leon» elegía Magdalena Contreras."""
MAXIMO_CIUDADES: Final = 16
MAXIMO_INDICADORES: Final = 6


def ciudades(
    enlace: Enlace,
    omision: Sequence[str],
    rotulo: str = "",
    maximo: int = MAXIMO_CIUDADES,
    frontera: bool = False,
) -> list[str]:
    """Varias áreas urbanas, la primera es la destacada. La URL admite también el municipio (`MX-15058`).

    `frontera`: se ofrecen también las comunas y regiones de Chile y los dos países.
    """
    opciones = datos.lugares() if frontera else datos.areas()
    enlace.preparar("lugar", opciones, [o for o in omision if o in opciones], varios=True, traducir=area, maximo=maximo)
    nombrar = datos.nombre_entero if frontera else datos.nombre
    que = tr("Escriba el nombre de {dicho}", dicho=tr("un lugar") if frontera else tr("una ciudad"))
    return varios(
        enlace,
        "lugar",
        rotulo or tr("Ciudades"),
        opciones,
        nombrar,
        maximo,
        que,
        tr("La primera es la que se destaca."),
    )


def ciudad(enlace: Enlace, rotulo: str = "") -> str:
    """Un área urbana."""
    opciones = datos.areas()
    enlace.preparar("lugar", opciones, [datos.FOCO if datos.FOCO in opciones else opciones[0]], traducir=area)
    elegida = st.selectbox(
        rotulo or tr("Ciudad"), opciones, format_func=datos.nombre, key="lugar", filter_mode=BUSCAR, on_change=tocar
    )
    enlace.anotar("lugar", [elegida])
    return str(elegida)


def varios(
    enlace: Enlace,
    clave: str,
    rotulo: str,
    opciones: Sequence[str],
    nombrar: Callable[[str], str],
    maximo: int,
    que: str,
    ayuda: str,
) -> list[str]:
    """El selector de varias opciones de `clave`, que `enlace.preparar` ya dejó lista."""
    elegidas = st.multiselect(
        rotulo,
        opciones,
        format_func=nombrar,
        key=clave,
        filter_mode=BUSCAR,
        max_selections=maximo,
        placeholder=que,
        select_all=False,
        wrap=True,
        on_change=tocar,
        help=tr("Hasta {maximo}. {ayuda}", maximo=maximo, ayuda=ayuda),
    )
    enlace.anotar(clave, elegidas)
    return list(elegidas)


def tema(enlace: Enlace, disponibles: Iterable[str], esenciales: Sequence[str] = BASICOS) -> list[str]:
    """Reduce la lista de indicadores, los `disponibles`, a un tema (son cientos); da las claves de ese tema."""
    por_tema: dict[str, list[str]] = {ESENCIAL: [], **{clave: [] for clave in catalogo.temas()}}
    for clave in disponibles:
        por_tema[catalogo.indicador(clave).tema].append(clave)
        if clave in esenciales:
            por_tema[ESENCIAL].append(clave)
    con_algo = [clave for clave, suyos in por_tema.items() if suyos]
    # Un enlace que sólo trae el indicador abre la lista en su tema.
    pedido = st.query_params.get("indicador", "").partition(",")[0]
    suyo = [clave for clave, suyos in por_tema.items() if pedido in suyos]
    if "tema" not in st.query_params and suyo and st.session_state.get("tema") not in suyo:
        st.session_state["tema"] = suyo[0]
    enlace.preparar("tema", con_algo, suyo[:1] or con_algo[:1])
    elegido = st.selectbox(
        tr("Tema"), con_algo, format_func=nombre_tema, key="tema", filter_mode=BUSCAR, on_change=tocar
    )
    enlace.anotar("tema", [elegido])
    return por_tema[elegido]


def indicadores(
    enlace: Enlace,
    omision: Sequence[str],
    maximo: int = MAXIMO_INDICADORES,
    frontera: bool = False,
    de_conteo: Sequence[str] = (),
) -> list[str]:
    """Varios indicadores, en el orden en que se eligen; la lista es la del tema, más los ya elegidos.

    Los de encuesta, o los `de_conteo` que se digan.
    """
    disponibles = de_conteo or list(datos.disponibles(frontera=frontera))
    columnas = st.columns([1, 3])
    with columnas[0]:
        del_tema = tema(enlace, disponibles, omision if de_conteo else BASICOS)
    omision = [o for o in omision if o in disponibles] or del_tema[:1]
    enlace.preparar("indicador", disponibles, omision, varios=True, maximo=maximo)
    opciones = list(dict.fromkeys([*del_tema, *st.session_state["indicador"]]))
    rotulo, ayuda = tr("Delitos") if de_conteo else tr("Indicadores"), tr("La página Datos los explica todos.")
    with columnas[1]:
        return varios(enlace, "indicador", rotulo, opciones, nombre_indicador, maximo, tr("Elija del tema"), ayuda)


def indicador(enlace: Enlace, omision: str = BASICOS[-1], disponibles: Iterable[str] | None = None) -> str:
    """Un indicador del tema elegido, o el que ya lo estaba; `disponibles`, como en `tema`."""
    disponibles = list(datos.disponibles() if disponibles is None else disponibles)
    columnas = st.columns([2, 3])
    with columnas[0]:
        del_tema = tema(enlace, disponibles)
    enlace.preparar("indicador", disponibles, [omision if omision in disponibles else del_tema[0]])
    opciones = list(dict.fromkeys([*del_tema, st.session_state["indicador"]]))
    elegido = columnas[1].selectbox(
        tr("Indicador"), opciones, format_func=nombre_indicador, key="indicador", filter_mode=BUSCAR, on_change=tocar
    )
    enlace.anotar("indicador", [elegido])
    return str(elegido)


def trimestre(enlace: Enlace, claves: Sequence[str] = (), frontera: bool = False) -> str:
    """Un periodo en que al menos uno de los indicadores tiene cifra; por omisión, el que acaba al último.

    Si varios acaban a la vez (junio y el primer semestre), el más corto.
    """
    opciones = periodos_de(claves, frontera=frontera)
    enlace.preparar("periodo", opciones, sorted(opciones, key=_por_fin)[:1])
    rotulo = tr("Trimestre") if all("T" in o for o in opciones) else tr("Periodo")
    elegido = st.selectbox(
        rotulo, opciones, format_func=nombre_periodo, key="periodo", filter_mode=BUSCAR, on_change=tocar
    )
    enlace.anotar("periodo", [elegido])
    return str(elegido)


def intervalo(
    enlace: Enlace, columnas: Sequence[Any], claves: Sequence[str] = (), frontera: bool = False
) -> tuple[str, str]:
    """Primer y último periodo, del mismo tipo, cada uno en su columna; si se piden al revés se ponen en orden."""
    opciones = periodos_de(claves, por_area=False, frontera=frontera)
    # Un intervalo no mezcla trimestres con semestres: se queda con el tipo del primer indicador.
    modelo = next((o for o in periodos_de(claves[:1], False, frontera)), opciones[0])
    opciones = [o for o in opciones if periodos.partes(o).tipo == periodos.partes(modelo).tipo]
    # La nación tiene series más largas: se pueden pedir, pero de entrada se ven los años en que hay ciudades.
    por_ciudad = [o for o in opciones if o in periodos_de(claves, frontera=frontera)] or opciones
    return desde_hasta(enlace, columnas, opciones, (por_ciudad[-1], opciones[0]))


def desde_hasta(
    enlace: Enlace, columnas: Sequence[Any], opciones: Sequence[str], omisiones: tuple[str, str]
) -> tuple[str, str]:
    """Primer y último periodo de esas opciones, cada uno en su columna; si se piden al revés se ponen en orden."""
    elegidos = []
    for clave, rotulo, columna, omision in zip(
        ("desde", "hasta"), (tr("Desde"), tr("Hasta")), columnas, omisiones, strict=True
    ):
        enlace.preparar(clave, opciones, [omision])
        elegidos.append(
            columna.selectbox(
                rotulo, opciones, format_func=nombre_periodo, key=clave, filter_mode=BUSCAR, on_change=tocar
            )
        )
        enlace.anotar(clave, elegidos[-1:])
    a, b = sorted(elegidos, key=periodos.clave_orden)
    return a, b


def opcion(enlace: Enlace, clave: str, rotulo: str, opciones: Mapping[str, str], omision: str) -> str:
    """Una de pocas opciones a la vista; `opciones` va de clave a rótulo."""
    enlace.preparar(clave, opciones, [omision])
    elegida = st.segmented_control(
        rotulo, list(opciones), format_func=opciones.__getitem__, key=clave, on_change=tocar, required=True
    )
    enlace.anotar(clave, [elegida or omision])
    return elegida or omision


def de_opciones(enlace: Enlace, clave: str, rotulo: str, opciones: Mapping[str, str], omision: str) -> str:
    """Una opción de una lista que se despliega; `opciones` va de clave a rótulo."""
    enlace.preparar(clave, opciones, [omision])
    elegida = st.selectbox(rotulo, list(opciones), format_func=opciones.__getitem__, key=clave, on_change=tocar)
    enlace.anotar(clave, [elegida])
    return str(elegida)


def de_lista(enlace: Enlace, clave: str, rotulo: str, opciones: Sequence[str], omision: str) -> str:
    """Una opción de una lista de claves que se leen tal cual."""
    enlace.preparar(clave, opciones, [omision if omision in opciones else opciones[0]])
    elegida = st.selectbox(rotulo, opciones, key=clave, filter_mode=BUSCAR, on_change=tocar)
    enlace.anotar(clave, [elegida])
    return str(elegida)


def de_todos(enlace: Enlace, hallados: Sequence[str], disponibles: Sequence[str]) -> str:
    """Un indicador entre los hallados por una búsqueda, o el que ya estaba elegido; `disponibles`: todos."""
    enlace.preparar("indicador", disponibles, [hallados[0] if hallados else disponibles[0]])
    opciones = list(dict.fromkeys([st.session_state["indicador"], *hallados[:200]]))
    elegido = st.selectbox(
        tr("Indicador para ver y llevarse"),
        opciones,
        format_func=lambda clave: catalogo.indicador(clave).nombre,
        key="indicador",
        filter_mode=BUSCAR,
        on_change=tocar,
    )
    enlace.anotar("indicador", [elegido])
    return str(elegido)


def busqueda(enlace: Enlace, rotulo: str, ejemplo: str) -> str:
    """Un texto para buscar; se compara sin acentos ni mayúsculas."""
    enlace.preparar_texto("buscar")
    texto = st.text_input(
        rotulo, key="buscar", placeholder=ejemplo, max_chars=80, icon=":material/search:", on_change=tocar
    )
    enlace.anotar("buscar", [texto] if texto else [])
    return str(texto)


def basicos() -> list[str]:
    """Los indicadores esenciales que el acervo trae."""
    return [clave for clave in BASICOS if clave in datos.disponibles()]


def area(clave: str) -> str:
    """El área urbana de una clave de la URL; si no la hay, la misma clave (y se rechazará con aviso)."""
    try:
        return catalogo.area_de(clave).lugar
    except ErrorCatalogo:
        return clave


def nombre_indicador(clave: str) -> str:
    """El nombre del indicador, como se lee en la lista."""
    return catalogo.indicador(clave).nombre_corto


def nombre_tema(clave: str) -> str:
    """El nombre del tema; «Lo esencial» reúne los que se piden siempre."""
    return tr("Lo esencial") if clave == ESENCIAL else catalogo.temas()[clave].nombre


def nombre_periodo(periodo: str) -> str:
    """«Junio de 2025 (T2)»; lo que no es trimestre, por su nombre."""
    mes = periodos.nombre_mes(periodo)
    trimestre_ = f" ({periodo[4:]})" if "T" in periodo else ""
    return f"{mes[:1].upper()}{mes[1:]}{trimestre_}"


def periodos_de(claves: Sequence[str], por_area: bool = True, frontera: bool = False) -> list[str]:
    """Los periodos con cifra de alguno de esos indicadores (de todos, si no se dice); primero el más reciente."""
    disponibles = datos.disponibles(por_area, frontera)
    vistos = {p for clave in (claves or disponibles) for p in disponibles.get(clave, ())}
    return sorted(vistos, key=periodos.clave_orden, reverse=True)


def _por_fin(periodo: str) -> tuple[int, int, int]:
    """Para ordenar del que acaba al último al primero y, si acaban a la vez, primero el más corto."""
    anio, mes, meses = periodos.clave_orden(periodo)
    return -anio, -mes, meses
