"""Todo lo de una vista en un ZIP: datos, figura, cita, licencias, método y de qué versión del acervo salió."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from datetime import date
from typing import Final

from atalaya.idiomas import Rotulos, tr
from atalaya.informes import imagen, referencias, tablas
from atalaya.informes.ficha import cita
from atalaya.informes.receta import Corrida, receta_python, receta_r, receta_sql, se_puede_rehacer
from atalaya.informes.vista import Vista

_EPOCA: Final = (1980, 1, 1, 0, 0, 0)
LEEME: Final = "LEEME.txt"
_QUE_ES: Final = Rotulos(
    {
        "csv": "los datos en CSV, UTF-8 con marca",
        "parquet": "los datos en Parquet, con sus tipos; la cita y el enlace van en sus metadatos",
        "xlsx": "los datos, qué es cada columna y las fuentes, en un libro",
        "svg": "la figura, editable",
        "png": "la figura, para proyectar",
        "sql": "las consultas con sus parámetros, tal como se corrieron sobre el acervo",
        "py": "rehace la cifra, el intervalo y la diferencia desde el CSV, con Python",
        "R": "lo mismo, con R",
    }
)


def parquet(vista: Vista) -> bytes:
    """La tabla de la vista en Parquet, con sus tipos; cita, enlace y versión en sus metadatos."""
    propios = {
        "titulo": vista.titulo,
        "subtitulo": vista.subtitulo,
        "cita": cita(vista.tabla),
        "enlace": vista.enlace,
        "acervo": vista.version,
    }
    return tablas.en_parquet(tablas.datos(vista), propios)


def paquete(vista: Vista, corridas: Sequence[Corrida] = (), con_figura: bool = True, hoy: date | None = None) -> bytes:
    """El ZIP; sus archivos van sin hora. `corridas`: las consultas que hicieron la vista."""
    hoy = hoy or date.today()
    archivos: dict[str, bytes] = {
        f"{vista.archivo}.csv": tablas.csv(vista),
        f"{vista.archivo}.parquet": parquet(vista),
        f"{vista.archivo}.xlsx": tablas.xlsx(vista),
    }
    if con_figura:
        archivos |= {f"{vista.archivo}.svg": imagen.svg(vista), f"{vista.archivo}.png": imagen.png(vista)}
    if corridas:
        archivos[f"{vista.archivo}.sql"] = receta_sql(corridas, vista.version).encode()
    if se_puede_rehacer(vista):
        archivos[f"{vista.archivo}.py"] = receta_python(vista).encode()
        archivos[f"{vista.archivo}.R"] = receta_r(vista).encode()
    archivos |= {
        "cita_apa.txt": referencias.apa(vista, hoy).encode(),
        "cita.bib": referencias.bibtex(vista, hoy).encode(),
        "licencias.txt": referencias.licencias(referencias.fuentes(vista.tabla)).encode(),
    }
    leeme = _leeme(vista, list(archivos), hoy)
    salida = io.BytesIO()
    with zipfile.ZipFile(salida, "w", zipfile.ZIP_DEFLATED) as libro:
        for nombre, contenido in {LEEME: leeme.encode(), **archivos}.items():
            libro.writestr(zipfile.ZipInfo(nombre, _EPOCA), contenido, zipfile.ZIP_DEFLATED)
    return salida.getvalue()


def _leeme(vista: Vista, nombres: Sequence[str], hoy: date) -> str:
    fijos = {
        "cita_apa.txt": tr("la cita de cada fuente y de esta vista, en APA"),
        "cita.bib": tr("lo mismo, en BibTeX"),
        "licencias.txt": tr("la licencia de cada fuente"),
    }
    renglones = [f"  {n}: {fijos.get(n) or _QUE_ES[n.rpartition('.')[2]]}" for n in nombres]
    return "\n".join(
        [
            vista.titulo,
            vista.subtitulo,
            "",
            tr("Versión del acervo: {version}", version=vista.version),
            tr("Sacado el {dia}", dia=hoy.isoformat()),
            tr("Enlace: {enlace}", enlace=vista.enlace),
            "",
            *renglones,
            "",
            tr("Una cifra vacía no es cero: su columna «estado» dice por qué falta."),
            "",
        ]
    )
