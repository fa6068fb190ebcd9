"""De la dirección de una vista a la vista: corre su página aparte, con el estado de su URL, y recoge lo que se lleva.

Es la misma página que ve una persona, así que no puede decir otra cosa. Se corre con `AppTest` de Streamlit, que pone
su propio motor de sesiones: por eso nunca en el proceso del servidor, sino en la línea de órdenes o en `obrador`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final
from urllib.parse import parse_qs

from streamlit.testing.v1 import AppTest

from atalaya import idiomas
from atalaya.errores import ErrorConsulta
from atalaya.idiomas import tr
from atalaya.informes.legajo import Legajo
from atalaya.informes.vista import Vista
from atalaya.interfaz import idioma, marco
from atalaya.interfaz.llevada import LLEVADA
from atalaya.motor import RAIZ

ESPERA_S: Final = 120


def vista(direccion: str) -> Vista | Legajo:
    """Lo que se lleva de `comparar?lugar=MX-CD28&periodo=2025T2` (o con el sitio por delante), en el idioma actual.

    Lanza ErrorConsulta si la página no existe, si sus filtros no dejan nada que mostrar o si falla.
    """
    ruta, _, consulta = direccion.partition("?")
    ruta = ruta.rstrip("/").rpartition("/")[2] or "inicio"
    if not marco.registrada(ruta):
        rutas = ", ".join(una[3] for paginas in marco.PAGINAS.values() for una in paginas)
        raise ErrorConsulta(
            direccion,
            tr("una página: {rutas}", rutas=rutas),
            repr(ruta),
            tr("copie la dirección de la barra del navegador"),
        )
    prueba = AppTest.from_file(str(RAIZ / "app.py"), default_timeout=ESPERA_S)
    prueba.switch_page(marco.archivo(ruta))
    # La página corre en otro hilo, que no sabe en qué idioma está éste.
    for clave, valores in {**parse_qs(consulta, keep_blank_values=True), idioma.CLAVE: [idiomas.actual()]}.items():
        prueba.query_params[clave] = valores
    prueba.run()
    llevada = prueba.session_state.get(LLEVADA, None)
    if prueba.exception or not isinstance(llevada, Vista | Legajo):
        dicho = " ".join(aviso.value for aviso in (*prueba.error, *prueba.info, *prueba.warning)) or "nada"
        raise ErrorConsulta(
            direccion, tr("una vista que se pueda llevar"), dicho[:300], tr("ábrala en el tablero y revise sus filtros")
        )
    # Aquí no hay barra de direcciones: el enlace es el de la página con el estado que quedó.
    return replace(llevada, enlace=f"{sitio(direccion)}{ruta}?{llevada.enlace.partition('?')[2]}")


def sitio(direccion: str) -> str:
    """`https://tablero.ejemplo/` de una dirección entera; vacío si sólo trae la página."""
    base = direccion.partition("?")[0]
    return f"{base.rstrip('/').rpartition('/')[0]}/" if "://" in base else ""
