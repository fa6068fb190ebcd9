"""El mapa como lo usa una persona: mueve el deslizador con el teclado, hace clic en un lugar y lee su ficha."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from gestos import descargar, url_de
from playwright.sync_api import Page, expect
from visita import Visita

from atalaya.figuras import mapa

pytestmark = pytest.mark.navegador

LIENZO = ".st-key-mapa_{}_{} canvas"


def ficha(pagina: Page) -> str:
    """El lugar y la cifra de la ficha abierta."""
    return " ".join(pagina.locator(".ficha.lugar").inner_text().split())


def clic_en(pagina: Page, nivel: str, encuadre: str, x: float, y: float) -> None:
    """Hace clic en un punto del mapa dado en sus metros, con la misma cuenta que la figura."""
    lienzo = pagina.locator(LIENZO.format(nivel, encuadre))
    caja = mapa.topologia(nivel)["encuadres"][encuadre]
    ancho, alto = (lienzo.evaluate(f"e => e.client{lado}") for lado in ("Width", "Height"))
    alto -= 20  # el margen que Streamlit deja debajo
    escala = min(ancho / (caja[2] - caja[0]), alto / (caja[3] - caja[1]))
    centro = (caja[0] + caja[2]) / 2
    lienzo.click(position={"x": ancho / 2 + escala * (x - centro), "y": escala * (caja[3] - y)})


def dentro_de(nivel: str, lugar: str) -> tuple[float, float]:
    """Un punto dentro de un lugar, en los metros del dibujo: el promedio del contorno de su anillo mayor, que en los
    lugares convexos cae dentro."""
    uno = mapa.topologia(nivel)
    figura = next(f for f in uno["objects"][nivel]["geometries"] if f["id"] == lugar)
    anillos = figura["arcs"] if figura["type"] == "Polygon" else [parte[0] for parte in figura["arcs"]]
    (ex, ey), (tx, ty) = uno["transform"]["scale"], uno["transform"]["translate"]
    mayor: list[tuple[float, float]] = []
    for anillo in anillos:
        puntos = []
        for arco in anillo:
            x = y = 0
            for dx, dy in uno["arcs"][arco if arco >= 0 else ~arco]:
                x, y = x + dx, y + dy
                puntos.append((x * ex + tx, y * ey + ty))
        mayor = max(mayor, puntos, key=len)
    return sum(x for x, _ in mayor) / len(mayor), sum(y for _, y in mayor) / len(mayor)


def test_el_deslizador_se_mueve_con_el_teclado(visita: Visita) -> None:
    pagina = visita.ir("mapa?indicador=confianza_policia_municipal&periodo=2025T2")
    expect(pagina.locator("h2").first).to_contain_text("junio de 2025")
    antes = ficha(pagina)
    deslizador = pagina.get_by_role("slider", name="Trimestre")
    deslizador.focus()
    pagina.keyboard.press("ArrowLeft")
    expect(pagina.locator("h2").first).to_contain_text("marzo de 2025")
    visita.lista()
    assert url_de(pagina)["periodo"] == ["2025T1"]
    assert ficha(pagina) != antes
    assert "marzo de 2025" in ficha(pagina)
    pagina.go_back()
    expect(pagina.locator("h2").first).to_contain_text("junio de 2025")


@pytest.mark.parametrize(
    ("ruta", "nivel", "encuadre", "lugar", "nombre", "dice"),
    [
        (
            "indicador=inseguridad_ciudad&periodo=2025T2",
            "areas",
            "valle_mexico",
            "MX-CD27",
            "Ecatepec",
            "error modelado",
        ),
        ("nivel=comunas&indicador=victimizacion_hogar", "comunas", "gran_santiago", "CL-13119", "Maipú", "VH_DC"),
        ("nivel=regiones&periodo=2024", "regiones", "nacional", "CL-02", "Antofagasta (región)", "según INE Chile"),
    ],
)
def test_al_hacer_clic_en_un_lugar_se_abre_su_ficha(
    visita: Visita, ruta: str, nivel: str, encuadre: str, lugar: str, nombre: str, dice: str
) -> None:
    pagina = visita.ir(f"mapa?{ruta}")
    pagina.wait_for_selector(LIENZO.format(nivel, encuadre))
    pagina.wait_for_timeout(1_500)  # a que el territorio llegue y se dibuje
    assert not ficha(pagina).startswith(nombre)
    clic_en(pagina, nivel, encuadre, *dentro_de(nivel, lugar))
    expect(pagina.locator(".ficha.lugar h3")).to_have_text(nombre)
    visita.lista()
    assert url_de(pagina)["lugar"] == [lugar]
    assert dice in ficha(pagina)
    assert "al 95 %" in ficha(pagina)
    # Con otro elegido en la lista, el mismo lugar se puede volver a abrir con otro clic.
    pagina.get_by_role("combobox", name="Lugares marcados").press("Backspace")
    expect(pagina.locator(".ficha.lugar")).to_have_count(0)
    visita.lista()
    clic_en(pagina, nivel, encuadre, *dentro_de(nivel, lugar))
    expect(pagina.locator(".ficha.lugar h3")).to_have_text(nombre)


def test_lo_que_no_aplica_se_ve_rayado(visita: Visita) -> None:
    """En lienzo Vega pinta fuera de su figura los degradados inclinados: las alcaldías salían del color del fondo."""
    pagina = visita.ir("mapa?indicador=confianza_policia_municipal&periodo=2025T2")
    lienzo = pagina.locator(LIENZO.format("areas", "valle_mexico"))
    expect(lienzo).to_be_visible()
    pagina.wait_for_timeout(1_500)  # a que el territorio llegue y se dibuje
    claros_y_oscuros = lienzo.evaluate(
        """e => {
            const {data} = e.getContext('2d').getImageData(0, 0, e.width, e.height);
            let blancos = 0, rayas = 0;
            for (let i = 0; i < data.length; i += 4) {
                const color = data.slice(i, i + 3).join();
                blancos += color === '255,255,255'; rayas += color === '123,136,148';
            }
            return [blancos, rayas];
        }"""
    )
    assert min(claros_y_oscuros) > 1_000


def test_mover_el_deslizador_no_vuelve_a_pedir_el_territorio(visita: Visita) -> None:
    pagina = visita.ir("mapa")
    pagina.wait_for_selector(LIENZO.format("areas", "nacional"))
    pagina.wait_for_timeout(1_500)
    mapas = [u for u in visita.pedidas if u.endswith(".topojson")]
    assert {urlsplit(u).path for u in mapas} == {"/app/static/mapas/mx_areas.topojson"}
    pagina.get_by_role("slider").first.focus()
    pagina.keyboard.press("ArrowLeft")
    expect(pagina.locator("h2").first).to_contain_text("marzo de 2025")
    pagina.wait_for_timeout(1_000)
    assert [u for u in visita.pedidas if u.endswith(".topojson")] == mapas


@pytest.mark.parametrize(("nivel", "minimo"), [("areas", 120), ("comunas", 345), ("regiones", 16)])
def test_se_descarga_con_su_territorio(visita: Visita, tmp_path: Path, nivel: str, minimo: int) -> None:
    pagina = visita.ir(f"mapa?nivel={nivel}")
    svg = descargar(pagina, "SVG", tmp_path).decode("utf-8")
    assert svg.count("<path") > minimo  # no es una imagen en blanco
    assert "Límites: " in svg
    assert descargar(pagina, "PNG", tmp_path).startswith(b"\x89PNG")
