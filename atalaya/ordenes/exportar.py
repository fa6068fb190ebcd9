"""`exportar` y `ficha`: lo que se baja de una página, desde la terminal y con el mismo contenido."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from urllib.parse import parse_qs

import typer

from atalaya.ordenes.comun import ErrorUso

if TYPE_CHECKING:
    from atalaya.informes.legajo import Legajo
    from atalaya.informes.vista import Vista


class Llevar(StrEnum):
    """Los formatos en que se lleva una vista."""

    pptx = "pptx"
    pdf = "pdf"
    png = "png"
    svg = "svg"
    xlsx = "xlsx"
    csv = "csv"
    parquet = "parquet"


class Hoja(StrEnum):
    """El papel de un PDF."""

    a4 = "a4"
    carta = "carta"


OpcionSalida = Annotated[
    Path | None,
    typer.Option("--salida", metavar="RUTA", help="Dónde se escribe. [por omisión: el nombre de la vista, aquí]"),
]


class Idioma(StrEnum):
    """En qué idioma sale."""

    es = "es"
    en = "en"
    pt = "pt"


OpcionIdioma = Annotated[
    Idioma | None, typer.Option("--idioma", help="Español, inglés o portugués. [por omisión: el de la dirección, o es]")
]
OpcionHoja = Annotated[Hoja, typer.Option("--hoja", help="Papel del PDF.")]


def exportar(
    vista: Annotated[
        str,
        typer.Argument(
            metavar="VISTA",
            help="La dirección de la página con sus filtros («comparar?lugar=MX-CD28&periodo=2025T2») o el archivo "
            ".json de una presentación.",
        ),
    ],
    formato: Annotated[Llevar, typer.Option("--formato", help="En qué se lleva.")],
    salida: OpcionSalida = None,
    hoja: OpcionHoja = Hoja.a4,
    idioma: OpcionIdioma = None,
) -> None:
    """Escribe la misma vista que enseña la página: su figura, sus cifras con su error, su fuente y su cita.

    Una presentación entera se lleva en pptx o pdf.
    """
    os.environ.setdefault("STREAMLIT_LOGGER_LEVEL", "error")  # fuera del servidor avisa de más
    from atalaya import idiomas
    from atalaya.interfaz import idioma as de_la_visita
    from atalaya.interfaz import recrear

    de_la_direccion = parse_qs(vista.partition("?")[2]).get(de_la_visita.CLAVE, [idiomas.OMISION])[-1]
    with idiomas.usando(idioma or de_la_direccion):
        if vista.endswith(".json"):
            contenido, nombre = _presentacion(Path(vista), formato, hoja)
        else:
            llevada = recrear.vista(vista)
            contenido, nombre = _hacer(llevada, formato, hoja), f"{llevada.archivo}.{formato}"
    _escribir(salida or Path(nombre), contenido)


def ficha(
    lugar: Annotated[str, typer.Argument(metavar="LUGAR", help="Clave del municipio o la comuna: MX-15058, CL-13122.")],
    salida: OpcionSalida = None,
    hoja: OpcionHoja = Hoja.a4,
    idioma: OpcionIdioma = None,
) -> None:
    """Escribe en PDF la ficha de un municipio: cada indicador con su error, sus fuentes y su figura."""
    from atalaya import catalogo

    catalogo.lugar(lugar)  # una clave que no existe se dice aquí, con las parecidas
    exportar(f"ficha?lugar={lugar}", Llevar.pdf, salida or Path(f"atalaya_ficha_{lugar}.pdf"), hoja, idioma)


def _hacer(llevada: Vista | Legajo, formato: Llevar, hoja: Hoja) -> bytes:
    from atalaya.informes import imagen, legajo, paquete, pdf, pptx, tablas
    from atalaya.informes.vista import Vista

    if formato in (Llevar.png, Llevar.svg) and llevada.figura is None:
        raise ErrorUso(f"Esa vista no tiene figura: no se puede llevar en {formato}; pruebe con xlsx, csv o pdf.")
    match formato:
        case Llevar.pdf:
            return pdf.pdf(llevada, hoja)
        case Llevar.pptx:
            return pptx.pptx(llevada)
    if isinstance(llevada, Vista):
        hechas = {
            "csv": tablas.csv,
            "xlsx": tablas.xlsx,
            "parquet": paquete.parquet,
            "png": imagen.png,
            "svg": imagen.svg,
        }
        return hechas[formato](llevada)
    return {
        "csv": legajo.csv,
        "xlsx": legajo.xlsx,
        "parquet": legajo.parquet,
        "png": legajo.png,
        "svg": legajo.svg,
    }[formato](llevada)


def _presentacion(archivo: Path, formato: Llevar, hoja: Hoja) -> tuple[bytes, str]:
    from atalaya.informes import pdf, pptx
    from atalaya.interfaz import presentacion, recrear

    if formato not in (Llevar.pptx, Llevar.pdf):
        raise ErrorUso("Una presentación se lleva en pptx o en pdf.")
    una = presentacion.abrir(archivo)
    vistas = [(recrear.vista(lamina.vista), lamina.titulo, lamina.nota) for lamina in una.laminas]
    nombre = f"{archivo.stem}.{formato}"
    if formato == Llevar.pptx:
        return pptx.laminas(vistas), nombre
    return pdf.juntar(una.titulo, [pdf.de(vista) for vista, _, _ in vistas], hoja), nombre


def _escribir(salida: Path, contenido: bytes) -> None:
    try:
        salida.write_bytes(contenido)
    except OSError as falla:
        raise ErrorUso(f"No se pudo escribir {salida}: {falla.strerror}.") from falla
    typer.echo(f"{salida}  {len(contenido):,} bytes")
