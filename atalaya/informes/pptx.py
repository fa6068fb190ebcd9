"""Láminas de PowerPoint con gráficos nativos: se editan, llevan su error y sus huecos, y citan su fuente.

python-pptx es la biblioteca de referencia para escribir PPTX sin PowerPoint; no sabe de barras de error, que van en el
XML del gráfico (`errores_nativos`).
"""

from __future__ import annotations

import io
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any, Final

import pandas as pd
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.util import Emu, Inches, Pt

from atalaya.figuras import mapa, textos
from atalaya.figuras.plantilla import Figura
from atalaya.idiomas import LOCALES, actual, anotado, tr
from atalaya.informes import imagen, legajo, pptx_nube, proyectable
from atalaya.informes import pptx_graficos as graficos
from atalaya.informes.ficha import cita, pie, pie_precision
from atalaya.informes.legajo import Legajo
from atalaya.informes.pptx_graficos import Sitio
from atalaya.informes.vista import Vista

ANCHO: Final = int(Inches(13.333))
ALTO: Final = int(Inches(7.5))
MARGEN: Final = int(Inches(0.55))
PUNTOS_POR_PULGADA: Final = 220
"""Los que PowerPoint conserva por omisión al guardar: una y media veces los de una pantalla de 1 920 puntos."""
SIN_FIGURA: Final = anotado("Esta vista no tiene figura: su tabla se baja en CSV o XLSX.")
LARGO_TITULO: Final = 170
LARGO_FUENTE: Final = 420
LARGO_DEBAJO: Final = 120
"""Letras que caben en un renglón bajo el título; con más, baja de cuerpo y son dos."""
_TINTA, _TENUE, _MARCA = graficos.TINTA, RGBColor(0x44, 0x52, 0x5E), RGBColor(0x11, 0x55, 0x68)


def pptx(vista: Vista | Legajo) -> bytes:
    """La lámina de una vista."""
    return laminas([(vista, "", "")])


def laminas(vistas: Sequence[tuple[Vista | Legajo, str, str]]) -> bytes:
    """Una lámina por (vista, título, nota). Sin título, lo que la prueba sostiene o, si no prueba nada, el de la vista.

    El gráfico lleva los valores del acervo, con sus huecos, y barras de error con los límites de su intervalo.
    """
    archivo = Presentation()
    archivo.slide_width, archivo.slide_height = Emu(ANCHO), Emu(ALTO)
    archivo.core_properties.author, archivo.core_properties.language = "Atalaya", LOCALES[actual()].replace("_", "-")
    for vista, titulo, nota in vistas:
        _lamina(archivo, vista, titulo, nota)
    salida = io.BytesIO()
    archivo.save(salida)
    return salida.getvalue()


def _lamina(archivo: Any, vista: Vista | Legajo, titulo: str, nota: str) -> None:
    lamina = archivo.slides.add_slide(archivo.slide_layouts[5])  # sólo título
    dicho = titulo or _hallazgo(vista)
    _texto_en(lamina.shapes.title, dicho, 28, _TINTA, negrita=True)
    forma = lamina.shapes.title
    forma.left, forma.top, forma.width, forma.height = (
        Emu(v) for v in (MARGEN, 274_320, ANCHO - 2 * MARGEN, 1_051_560)
    )
    figura = _figura(vista)
    hecho = _que_va(vista, figura)
    debajo = ". ".join(filter(None, ["" if dicho == vista.titulo else vista.titulo, hecho.dicho]))
    if debajo:
        _caja(lamina, debajo, 18 if len(debajo) <= LARGO_DEBAJO else 14, _TENUE, int(Inches(1.4)), int(Inches(0.6)))
    arriba, abajo = int(Inches(2.0 if debajo else 1.5)), int(Inches(6.35))
    hecho.poner(lamina, (MARGEN, arriba, ANCHO - 2 * MARGEN, abajo - arriba))
    _pie(lamina, vista)
    fuente = cita(vista.tabla) if isinstance(vista, Vista) else legajo.cita(vista)
    notas = [nota, vista.alternativo(), hecho.entera, fuente]
    lamina.notes_slide.notes_text_frame.text = "\n\n".join(filter(None, notas))


@dataclass(frozen=True)
class _Hecho:
    """Lo que va en el cuerpo de la lámina: cómo ponerlo, qué decir de lo que no cupo y qué va entero en las notas."""

    poner: Callable[[Any, Sitio], None]
    dicho: str = ""
    entera: str = ""


def _figura(vista: Vista | Legajo) -> Figura | None:
    """La de la página; nula si no tiene o si está vacía."""
    figura = vista.figura() if vista.figura else None
    return figura if figura and figura.spec else None


def _que_va(vista: Vista | Legajo, figura: Figura | None) -> _Hecho:
    """Lo nativo si se puede y se lee; si no, la figura de la página en imagen; si no hay, su texto."""
    if isinstance(vista, Vista):
        if frases := proyectable.frases(vista):
            return _Hecho(partial(_frases, renglones=frases.renglones), frases.dicho, frases.entera)
        if lista := proyectable.lista(vista):
            return _Hecho(lambda donde, sitio: graficos.clasificados(donde, lista, sitio), lista.dicho, lista.entera)
        hechos, fuera = graficos.cuadros(vista)
        if hechos:
            return _Hecho(lambda donde, sitio: graficos.graficos(donde, hechos, sitio), fuera)
    nube = proyectable.nube(figura) if figura else None
    if figura and nube:
        return _con_nube(figura, nube)
    if figura:
        return _Hecho(lambda donde, sitio: _imagen(donde, figura, vista.alternativo(), sitio))
    return _Hecho(
        lambda donde, sitio: _caja(donde, vista.alternativo() or tr(SIN_FIGURA), 20, _TINTA, sitio[1], sitio[3])
    )


def _con_nube(figura: Figura, nube: proyectable.Nube) -> _Hecho:
    """La dispersión y, si la figura los trae, los coeficientes a su izquierda."""
    coeficientes = proyectable.coeficientes(figura)
    cuantas, van = len(figura.spec.get("vconcat", [1])), 1 if coeficientes is None else 2
    dichos = [proyectable.faltan_figuras(van, cuantas)]
    if coeficientes is not None:
        dichos.append(tr("Barra hueca: no se distingue de cero."))
    if nube.sin_punto:
        dichos.append(tr("Sin una de las dos cifras: {sin_punto}.", sin_punto=nube.sin_punto))

    def poner(lamina: Any, sitio: Sitio) -> None:
        x, y, ancho, alto = sitio
        if coeficientes is not None:
            suyo = ancho * 11 // 20  # los nombres de los pares son largos
            pptx_nube.coeficientes(lamina, coeficientes, (x, y, suyo, alto))
            x, ancho = x + suyo, ancho - suyo
        pptx_nube.dispersion(lamina, nube, (x, y, ancho, alto))

    return _Hecho(poner, " ".join(filter(None, dichos)))


def _frases(lamina: Any, sitio: Sitio, renglones: Sequence[tuple[str, str, str]]) -> None:
    """Las afirmaciones, en una tabla nativa: lo dicho, el veredicto y la respuesta."""
    x, y, ancho, alto = sitio
    cabeza = int(Inches(0.4))
    alto_de = min((alto - cabeza) // len(renglones), int(Inches(0.75)))
    tabla = lamina.shapes.add_table(len(renglones) + 1, 3, x, y, ancho, cabeza + alto_de * len(renglones)).table
    for k, parte in enumerate((0.43, 0.15, 0.42)):
        tabla.columns[k].width = int(ancho * parte)
    for r, renglon in enumerate((tuple(map(tr, proyectable.CABEZA_FRASES)), *renglones)):
        tabla.rows[r].height = alto_de if r else cabeza
        for c, dicho in enumerate(renglon):
            _celda(tabla.cell(r, c), dicho, cabeza=r == 0, fuerte=c == 1)


def _celda(celda: Any, dicho: str, cabeza: bool, fuerte: bool) -> None:
    celda.text, celda.vertical_anchor = dicho, MSO_ANCHOR.MIDDLE
    celda.margin_top = celda.margin_bottom = int(Inches(0.03))
    celda.fill.solid()
    celda.fill.fore_color.rgb = _MARCA if cabeza else graficos.BLANCO
    letra = celda.text_frame.paragraphs[0].font
    letra.size, letra.bold, letra.color.rgb = Pt(14), cabeza or fuerte, graficos.BLANCO if cabeza else _TINTA


def _hallazgo(vista: Vista | Legajo) -> str:
    if isinstance(vista, Vista):
        return next((h for h in vista.hallazgos() if len(h) <= LARGO_TITULO), vista.titulo)
    return vista.titulo


def _imagen(lamina: Any, figura: Figura, alternativo: str, sitio: Sitio) -> None:
    """La figura de la página, centrada, con su texto alternativo, a los puntos que caben donde va."""
    x, y, ancho, alto = sitio
    spec = {**mapa.incrustar(proyectable.acomodada(figura).vegalite()), "background": None}
    svg = imagen.dibujo(spec)
    suyo_ancho, suyo_alto = imagen.medidas(svg)
    escala = min(ancho / suyo_ancho, alto / suyo_alto)  # EMU por píxel de la figura
    puntos = imagen.en_puntos(svg, escala / int(Inches(1)) * PUNTOS_POR_PULGADA)
    ancho_de, alto_de = int(suyo_ancho * escala), int(suyo_alto * escala)
    donde = x + (ancho - ancho_de) // 2, y + (alto - alto_de) // 2
    dibujo = lamina.shapes.add_picture(io.BytesIO(puntos), *donde, ancho_de, alto_de)
    dibujo._element.nvPicPr.cNvPr.set("descr", alternativo)


def _pie(lamina: Any, vista: Vista | Legajo) -> None:
    """Fuente, precisión, entrevistas, versión del acervo y el enlace a la vista."""
    if isinstance(vista, Vista):
        partes = [
            pie(vista.tabla),
            pie_precision(vista.tabla),
            _entrevistas(vista.tabla),
            tr("Acervo {version}.", version=vista.version),
        ]
    else:
        partes = [tr("Fuente: {cita}", cita=legajo.cita(vista))]
    dicho = textwrap.shorten(" ".join(filter(None, partes)), LARGO_FUENTE, placeholder=tr(" […] Entera, en las notas."))
    caja = _caja(lamina, f"{dicho} ", 12, _TENUE, int(Inches(6.45)), int(Inches(0.9)))
    if "://" in vista.enlace:
        tramo = caja.text_frame.paragraphs[0].add_run()
        tramo.text, tramo.font.size, tramo.hyperlink.address = tr("Ver la vista en Atalaya"), Pt(12), vista.enlace


def _entrevistas(tabla: pd.DataFrame) -> str:
    n = tabla["n"].dropna() if "n" in tabla else pd.Series(dtype="float64")
    if n.empty:
        return ""
    desde, hasta = textos.entero(n.min()), textos.entero(n.max())
    cuantas = desde if desde == hasta else tr("{desde} a {hasta}", desde=desde, hasta=hasta)
    return tr("Entrevistas por cifra: {cuantas}.", cuantas=cuantas)


def _caja(lamina: Any, dicho: str, puntos: int, color: RGBColor, arriba: int, alto: int) -> Any:
    caja = lamina.shapes.add_textbox(MARGEN, arriba, ANCHO - 2 * MARGEN, alto)
    _texto_en(caja, dicho, puntos, color)
    return caja


def _texto_en(forma: Any, dicho: str, puntos: int, color: RGBColor, negrita: bool = False) -> None:
    marco = forma.text_frame
    marco.word_wrap, marco.vertical_anchor = True, MSO_ANCHOR.TOP
    marco.text = dicho
    letra = marco.paragraphs[0].font
    # Un hallazgo largo baja de cuerpo antes que salirse de su caja.
    baja = 0 if puntos < 20 else 4 * sum(len(dicho) > largo for largo in (80, 125))
    letra.size = Pt(puntos - baja)
    letra.bold, letra.color.rgb = negrita, color
    marco.paragraphs[0].alignment = PP_ALIGN.LEFT
