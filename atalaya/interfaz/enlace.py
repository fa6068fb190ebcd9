"""La vista vive en la URL: copiar la barra de direcciones es compartir lo que se ve.

Por qué no `bind="query-params"` de Streamlit: borra de la URL lo que coincide con el valor por omisión y escribe los
rótulos de las opciones. Un enlace al «último trimestre» enseñaría otro en cuanto llegue uno nuevo, y uno con rótulos
se rompe si el catálogo corrige un nombre. Aquí la URL lleva siempre todo, con las claves de la línea de órdenes:
`?lugar=MX-CD28&lugar=MX-CD27&indicador=confianza_policia_municipal&periodo=2025T2`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Final

import streamlit as st

_TOCADO: Final = "_filtro_tocado"
_VISTA: Final = "_vista"  # lo último que se eligió, aunque se cambie de página
_ESCRITO: Final = "_escrito"  # lo último que se puso en la URL, por clave


class Enlace:
    """Los filtros de una página durante una corrida. Se crea, se piden filtros y se llama a `escribir`."""

    def __init__(self) -> None:
        # Si la corrida viene de un filtro, la URL que manda el navegador puede ser la de antes: manda el filtro.
        self._manda_url = not st.session_state.pop(_TOCADO, False)
        self._pedido: dict[str, list[str]] = {}
        self._elegido: dict[str, list[str]] = {}
        self.rechazados: list[tuple[str, str]] = []

    def preparar(
        self,
        clave: str,
        opciones: Iterable[str],
        omision: Sequence[str],
        varios: bool = False,
        traducir: Callable[[str], str] = str,
        maximo: int | None = None,
    ) -> None:
        """Deja en `st.session_state[clave]` lo que debe enseñar el widget `clave`, que se dibuja después.

        Manda la URL; si no trae la clave, lo último elegido en la sesión; si no, `omision`. Lo que la URL trae y no
        está en `opciones` se apunta en `rechazados`. `traducir` lleva una clave de la URL a la de una opción.
        """
        admitidas = set(opciones)
        escrito = st.session_state.setdefault(_ESCRITO, {}).get(clave)
        en_url = [parte for texto in st.query_params.get_all(clave) for parte in texto.split(",")]
        vista = st.session_state.setdefault(_VISTA, {})
        actual = vista.get(clave)
        if self._manda_url and en_url and en_url != escrito:
            traducidos = [traducir(parte) for parte in en_url if parte]
            self.rechazados += [(clave, t) for t in traducidos if t not in admitidas]
            actual = traducidos
            elegido = [t for t in dict.fromkeys(traducidos) if t in admitidas] or (
                [] if en_url == [""] else list(omision)
            )
        elif clave in st.session_state:
            previo = st.session_state[clave]  # otra página pudo dejar una lista donde ésta pide una sola, o al revés
            previos = previo if isinstance(previo, list) else [previo]
            elegido = _admitidos(previos, admitidas, traducir) or ([] if varios and previo == [] else list(omision))
        else:
            recordado = _admitidos(actual or (), admitidas, traducir)
            elegido = recordado or ([] if actual == [] and varios else list(omision))
        elegido = elegido[:maximo] if varios else elegido[:1]
        st.session_state[clave] = elegido if varios else (elegido[0] if elegido else None)

    def preparar_texto(self, clave: str) -> None:
        """Como `preparar`, para un texto libre (una búsqueda); por omisión, vacío."""
        escrito = st.session_state.setdefault(_ESCRITO, {}).get(clave)
        en_url = st.query_params.get_all(clave)
        recordado = st.session_state.setdefault(_VISTA, {}).get(clave, [""])
        if self._manda_url and en_url and en_url != escrito:
            st.session_state[clave] = en_url[0][:80]
        elif clave not in st.session_state:
            st.session_state[clave] = recordado[0]

    def anotar(self, clave: str, elegido: Sequence[str]) -> None:
        """Apunta lo que quedó elegido en el widget `clave`, para la URL y para las demás páginas."""
        self._elegido[clave] = list(elegido)
        st.session_state[_VISTA][clave] = list(elegido)

    def escribir(self) -> None:
        """Pone en la URL todo lo elegido; vacío se escribe `clave=`, para que el enlace reproduzca también lo vacío."""
        valores = {clave: elegido or [""] for clave, elegido in self._elegido.items()}
        if cambian := {clave: v for clave, v in valores.items() if st.query_params.get_all(clave) != v}:
            st.query_params.update(cambian)  # de una vez: cada escritura es un mensaje y un paso de «Atrás»
        st.session_state[_ESCRITO].update(valores)


def _admitidos(previos: Sequence[str], admitidas: set[str], traducir: Callable[[str], str]) -> list[str]:
    """Lo que otra página dejó, en las claves de ésta: MX-CD28 es su municipio donde se cuentan delitos."""
    return list(dict.fromkeys(suya for previa in previos if previa and (suya := traducir(previa)) in admitidas))


def tocar() -> None:
    """`on_change` de todo filtro: la corrida que sigue obedece al filtro y no a la URL."""
    st.session_state[_TOCADO] = True
