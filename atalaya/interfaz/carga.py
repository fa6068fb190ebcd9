"""Lo que trae una visita: se revisa, sirve sólo en su sesión y se olvida cuando lo pide (o al cerrar la página)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import streamlit as st

from atalaya.interfaz import seguimiento
from atalaya.seguimiento import guardadas
from atalaya.seguimiento.admision import Admision, admitir
from atalaya.seguimiento.contratos import contratos
from atalaya.seguimiento.guardadas import Fila

MAX_ARCHIVOS: Final = 10
INDICADOR: Final = "municipal"
"""El filtro de la página que dice qué indicador municipal se compara."""
_SUYAS: Final = "carga_filas"
_VISTA: Final = "carga_vista"
_VUELTA: Final = "carga_vuelta"


def suyas() -> Mapping[str, list[Fila]]:
    """Las filas aceptadas de esta visita, por tabla."""
    filas: Mapping[str, list[Fila]] = st.session_state.get(_SUYAS, {})
    return filas


def clave_de_subida() -> str:
    """La clave del widget de subir: otra cada vez que se olvida, para que también olvide sus archivos."""
    return f"subida_{st.session_state.get(_VUELTA, 0)}"


def recibir(archivos: Sequence[Any]) -> Admision | None:
    """Revisa los archivos del widget y, si todo está bien, los deja para el resto de la visita.

    Los mismos archivos no se revisan dos veces: cada reejecución los vuelve a dar.
    """
    if not archivos:
        return None
    identidad = tuple((uno.file_id, uno.name, uno.size) for uno in archivos)
    previa = st.session_state.get(_VISTA)
    if previa and previa[0] == identidad:
        admision: Admision = previa[1]
        return admision
    admision = admitir(
        ((uno.name, uno.getvalue()) for uno in archivos[:MAX_ARCHIVOS]), _juntas(guardadas.vigentes(), suyas())
    )
    st.session_state[_VISTA] = (identidad, admision)
    if admision.aceptada and admision.cuantas:
        _guardar(_juntas(suyas(), admision.nuevas))
        if propios := admision.nuevas.get("indicadores_municipales"):
            st.session_state[INDICADOR] = propios[0]["indicador"]  # lo que se acaba de traer es lo que se compara
    return admision


def olvidar() -> None:
    """Borra de la sesión todo lo que trajo la visita."""
    st.session_state.pop(_SUYAS, None)
    st.session_state.pop(_VISTA, None)
    st.session_state[_VUELTA] = st.session_state.get(_VUELTA, 0) + 1
    seguimiento.guardar({})


def publicar() -> int:
    """Pone lo de la visita a la vista de todos; da cuántas filas. Lanza lo que `guardadas.agregar`."""
    filas = {nombre: unas for nombre, unas in suyas().items() if unas}
    cuantas = guardadas.agregar(filas)
    olvidar()
    return cuantas


def _guardar(filas: Mapping[str, list[Fila]]) -> None:
    st.session_state[_SUYAS] = filas
    juntas = _juntas(guardadas.vigentes(filas), filas)
    todos = contratos()
    seguimiento.guardar({nombre: guardadas.en_arrow(todos[nombre], unas) for nombre, unas in juntas.items()})


def _juntas(unas: Mapping[str, list[Fila]], otras: Mapping[str, list[Fila]]) -> dict[str, list[Fila]]:
    return {nombre: [*unas.get(nombre, []), *otras.get(nombre, [])] for nombre in {**unas, **otras}}
