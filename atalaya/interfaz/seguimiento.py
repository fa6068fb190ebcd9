"""Las tablas de lo que se sigue, con lo que trajo la visita: sus archivos sirven sólo en su propia sesión."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import pandas as pd
import pyarrow as pa
import streamlit as st

from atalaya.interfaz import datos

_PROPIAS: Final = "tablas_propias"


def correr(consulta: str, **parametros: Any) -> pd.DataFrame:
    """La tabla de `consultas/mostrar/<consulta>.sql`, con los renglones que trajo la visita. No se debe modificar."""
    suyas = propias()
    if not suyas:
        return datos.correr_tal_cual(consulta, **parametros)
    return datos.correr_aparte(consulta, suyas, **parametros)


def propias() -> Mapping[str, pa.Table]:
    """Lo que trajo la visita, por tabla, ya revisado y unido a lo del proyecto; vacío si no trajo."""
    guardadas: Mapping[str, pa.Table] = st.session_state.get(_PROPIAS, {})
    return guardadas


def guardar(tablas: Mapping[str, pa.Table]) -> None:
    """Deja las tablas para el resto de la visita; las sustituye enteras."""
    st.session_state[_PROPIAS] = dict(tablas)
